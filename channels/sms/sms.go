// Package sms is the text message channel, on Twilio.
//
// Messages come in by webhook and are acknowledged, with an empty TwiML
// document, once the [channels.Receiver] has them; replies go out by REST.
// Every webhook's signature is checked before anything else is done with it.
//
// Twilio forbids third-party debt collection by SMS in the US and Canada
// (Twilio errors 30863 and 30460): this channel serves the party owed the debt.
package sms

import (
	"context"
	"net/http"
	"net/url"
	"time"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"parley/channels"
	"parley/channels/twilioapi"
)

// Name is the channel's name.
const Name = "sms"

// The paths the channel registers, below [Config.PublicURL].
const (
	MessagesPath = "/channels/sms/messages"
	StatusPath   = "/channels/sms/status"
)

// MaxText is the longest text Send takes, in bytes: ten parts of plain text.
const MaxText = 10 * MaxPart

// Adapter is the channel. It is safe for concurrent use and keeps no state of
// its own. Make one with [New].
type Adapter struct {
	accountSID       string
	tokens           [][]byte
	from             string
	numbers          map[string]bool
	providerConfirms bool
	publicURL        string
	api              *url.URL
	apiToken         string
	http             *http.Client
	timeout          time.Duration
	now              func() time.Time
}

var (
	_ channels.Channel   = (*Adapter)(nil)
	_ channels.Finder    = (*Adapter)(nil)
	_ channels.Confirmer = (*Adapter)(nil)
)

// Name is "sms".
func (a *Adapter) Name() string { return Name }

// Capabilities of the channel: receipts and attachments, to an address the law knows.
func (a *Adapter) Capabilities() channels.Capabilities {
	like := make(map[rune]string, len(lookalikes))
	for r, s := range lookalikes {
		like[r] = s
	}
	return channels.Capabilities{Receipts: true, Media: true, Addressed: true, MaxText: MaxText, Lookalikes: like}
}

// ProviderConfirms reports what the configuration says of Twilio's own answer to STOP.
func (a *Adapter) ProviderConfirms() bool { return a.providerConfirms }

// Routes registers the webhooks for incoming messages and for delivery status.
func (a *Adapter) Routes(r channels.Routes, to channels.Receiver) {
	r.Handle("POST "+MessagesPath, a.signed(MessagesPath, func(ctx context.Context, form url.Values, _ url.Values) error {
		return a.receive(ctx, form, to)
	}))
	r.Handle("POST "+StatusPath, a.signed(StatusPath, func(ctx context.Context, form url.Values, query url.Values) error {
		return a.confirm(ctx, form, query, to)
	}))
}

// service is Twilio's generated client, making its calls under ctx. The answer
// to the last call is noted in the returned caller.
func (a *Adapter) service(ctx context.Context) (*openapi.ApiService, *twilioapi.Caller) {
	c := twilioapi.New(ctx, twilioapi.Account{SID: a.accountSID, Token: a.apiToken, API: a.api, HTTP: a.http, Now: a.now})
	return openapi.NewApiService(c.Handler()), c
}
