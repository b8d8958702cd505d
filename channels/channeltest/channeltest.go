// Package channeltest proves that a channel keeps the promises of package channels.
//
// An adapter's test fills in a [Suite]: how to open the adapter against a
// stand-in for its provider, how a person's message and a delivery report look
// in the provider's form, and the provider's own words as data. [Run] adds the
// rest: what must be refused, what must not be lost, sent twice or leaked.
//
// Each case quotes the sentence of the contract it checks, and fails if the
// sentence is no longer there. A case is skipped only for a capability the
// channel itself declares absent. Nothing a case does may leave the machine:
// importing this package puts a [Guard] in place of the default transport.
package channeltest

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels"
)

// Suite is what the kit has to know of an adapter.
type Suite struct {
	// Open makes a fresh adapter and a fresh stand-in for its provider. It is
	// called once for each case, from cases that run at the same time. Required.
	Open func(tb testing.TB, env Env) Rig
	// Message is an ordinary message that is accepted. Required.
	Message Message
	// Out is an ordinary message that can be sent. Required.
	Out channels.Outbound
	// Secrets are the credentials the adapter is opened with.
	Secrets []string

	// Translations are messages and what must become of them; ReceivedAt and an
	// empty Channel or ProviderID are filled in by the kit.
	Translations []Translation
	// Refusals are messages in which the provider's own fields are wrong.
	Refusals []Refusal
	// Statuses are all the provider's words for a status the adapter knows, each
	// with its meaning. Required where Capabilities.Receipts.
	Statuses map[string]channels.Status
	// OptOutCode is the error code that says a person has opted out, if there is one.
	OptOutCode string
	// Sends are the provider's answers to a send, each with the error it must become.
	Sends []SendCase
}

// Env is what the kit gives an adapter to live in.
type Env struct {
	// URL is where the adapter's routes are served, without a slash at the end.
	URL string
	// Client reaches nothing beyond this machine.
	Client *http.Client
	// Now is a clock that stands still.
	Now func() time.Time
}

// Rig is an adapter and its provider's stand-in.
type Rig struct {
	Channel channels.Channel
	// Post puts a person's message into the provider's form, signs it as the
	// provider does, or wrongly if it is Forged, and delivers it.
	Post func(Message) Answer
	// Report delivers a status in the provider's form. nil where
	// Capabilities.Receipts is false.
	Report func(Report) Answer
	// Script has the stand-in meet the next parts it is given so, one each. nil
	// where no provider stands between the channel and the person.
	Script func(...Fault)
	// Taken is what the stand-in took, in order: one entry for each part.
	Taken func() []Delivery
	// Ready is called once the adapter's routes are served: where Capabilities.Speech it
	// opens a call with the person of Suite.Out. Hear plays them all that was said, ends
	// the call, and returns when that is over. nil elsewhere.
	Ready, Hear func()
}

// Message is a person's message before the provider gives it its form.
type Message struct {
	ID, From, To, Text, Choice string
	Media                      []channels.Media
	OptOut                     channels.OptOut
	// Forged: signed with another key, or from an origin that is not allowed.
	Forged bool
	// Fields replace fields of the provider's form; "-" takes one out.
	Fields map[string]string
}

// Answer is how a message was received: for HTTP the status and what came with
// it; a channel on another protocol says the same in HTTP's terms (200
// acknowledged, 400 refused, 403 not let in, 503 try again).
type Answer struct {
	Code int
	Body string
}

// Delivery is one part as the provider's stand-in took it.
type Delivery struct {
	ProviderID, From, To, Text string
	// ReportTo is the address the adapter gave for its status, if it gave one.
	ReportTo string
}

// Report is what the provider says became of a part, in its own words.
type Report struct {
	Delivery     Delivery
	Status, Code string
	Forged       bool
}

// Fault is how the stand-in meets one part. The zero Fault takes it.
type Fault struct {
	// Status and Code are the provider's answer: HTTP's and its own.
	Status, Code int
	RetryAfter   time.Duration
	// Hang never answers, Drop breaks the connection, Garbage answers nonsense.
	Hang, Drop, Garbage bool
	// Accept takes the part before it strikes.
	Accept bool
	// Reached is called when the part has come, before anything else.
	Reached func()
}

// Translation is a message and what the receiver must be given for it.
type Translation struct {
	Name    string
	Message Message
	Want    channels.Inbound
}

// Refusal is a message that must be refused and the field the answer must name.
type Refusal struct {
	Name   string
	Fields map[string]string
	Field  string
}

// SendCase is how the provider meets a message in one part, and the error Send
// must return for it.
type SendCase struct {
	Name       string
	Fault      Fault
	Kind       channels.ErrorKind
	Reason     string
	RetryAfter time.Duration
}

// Run proves the adapter of s. Cases run in parallel.
func Run(t *testing.T, s Suite) {
	t.Helper()
	promises := contract(t)
	for _, c := range cases(s) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			promises.quoted(t, c.quote)
			if why := c.skipped(t, s); why != "" {
				t.Skip(why)
			}
			c.run(t, open(t, s))
		})
	}
}

// check is one case of the kit. skip gives the absent capability for which it
// does not apply.
type check struct {
	name  string
	quote string
	skip  func(channels.Capabilities, Rig) string
	run   func(testing.TB, *bench)
}

func (c check) skipped(tb testing.TB, s Suite) string {
	if c.skip == nil {
		return ""
	}
	b := open(tb, s)
	return c.skip(b.Channel.Capabilities(), b.Rig)
}

func cases(s Suite) []check {
	var all []check
	groups := [][]check{contractCases(), written(inboundCases(s)), written(receiptCases(s)), spokenCases(), sendCases(s), recoveryCases()}
	for _, group := range groups {
		all = append(all, group...)
	}
	return all
}

// bench is one case's adapter, its receiver, and where both stand.
type bench struct {
	Rig
	suite    Suite
	env      Env
	receiver *Receiver
	routes   *routes
}

// started is what the kit's clock shows.
var started = time.Date(2026, 11, 23, 15, 4, 5, 0, time.UTC)

// open serves a fresh adapter on a port of its own.
func open(tb testing.TB, s Suite) *bench {
	tb.Helper()
	var handler atomic.Pointer[http.ServeMux]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if mux := handler.Load(); mux != nil {
			mux.ServeHTTP(w, r)
		}
	}))
	tb.Cleanup(server.Close)
	b := &bench{suite: s, receiver: NewReceiver(), routes: &routes{mux: http.NewServeMux()}}
	b.env = Env{URL: server.URL, Client: &http.Client{Transport: Guard(), Timeout: time.Minute}, Now: func() time.Time { return started }}
	tb.Cleanup(b.env.Client.CloseIdleConnections)
	b.Rig = s.Open(tb, b.env)
	b.Channel.Routes(b.routes, b.receiver)
	handler.Store(b.routes.mux)
	if b.Ready != nil {
		b.Ready()
	}
	return b
}

// routes notes what an adapter registers.
type routes struct {
	mux      *http.ServeMux
	patterns []string
}

func (r *routes) Handle(pattern string, handler http.Handler) {
	r.patterns = append(r.patterns, pattern)
	r.mux.Handle(pattern, handler)
}
