package sms_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/sms"
	"parley/channels/sms/twiliotest"
)

const (
	account = "AC0123456789abcdef0123456789abcdef"
	token   = "5ecret0123456789abcdef0123456789"
	number  = "+15125550100"
	person  = "+15125550123"
)

// openRig is the channel against the stand-in. Webhooks are posted to the kit's
// server, which is also the public address.
func openRig(tb testing.TB, env channeltest.Env) channeltest.Rig {
	tb.Helper()
	twilio := twiliotest.New(twiliotest.Config{
		AccountSID: account, AuthToken: token, Numbers: []string{number},
		Statuses: []string{}, HTTPClient: env.Client, Now: env.Now,
	})
	api := httptest.NewServer(twilio)
	tb.Cleanup(api.Close)
	tb.Cleanup(twilio.Close) // first: lets hanging requests go
	channel, err := sms.New(sms.Config{
		AccountSID: account, AuthTokens: []string{token}, From: number,
		PublicURL: env.URL, APIURL: api.URL, HTTPClient: env.Client, Now: env.Now,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return channeltest.Rig{
		Channel: channel,
		Post: func(m channeltest.Message) channeltest.Answer {
			answer, err := twilio.SendInbound(tb.Context(), env.URL+sms.MessagesPath, m.From, m.Text, options(m)...)
			return httpAnswer(tb, answer, err)
		},
		Report: func(r channeltest.Report) channeltest.Answer {
			var options []twiliotest.Option
			if r.Forged {
				options = append(options, twiliotest.WithToken("not the token"))
			}
			answer, err := twilio.Report(tb.Context(), r.Delivery.ProviderID, r.Status, r.Code, options...)
			return httpAnswer(tb, answer, err)
		},
		Script: func(faults ...channeltest.Fault) {
			for _, f := range faults {
				twilio.Fail(twiliotest.Fault{Status: f.Status, Code: f.Code, RetryAfter: f.RetryAfter,
					Hang: f.Hang, Drop: f.Drop, Garbage: f.Garbage, Accept: f.Accept, Reached: f.Reached})
			}
		},
		Taken: func() (taken []channeltest.Delivery) {
			for _, m := range twilio.Messages() {
				taken = append(taken, channeltest.Delivery{ProviderID: m.SID, From: m.From, To: m.To, Text: m.Body, ReportTo: m.StatusCallback})
			}
			return taken
		},
	}
}

func options(m channeltest.Message) []twiliotest.Option {
	all := []twiliotest.Option{twiliotest.WithSID(m.ID), twiliotest.WithField("To", m.To)}
	var links []string
	for _, item := range m.Media {
		links = append(links, item.URL)
	}
	all = append(all, twiliotest.WithMedia(links...))
	switch m.OptOut {
	case channels.OptOutStop:
		all = append(all, twiliotest.WithField("OptOutType", "STOP"))
	case channels.OptOutStart:
		all = append(all, twiliotest.WithField("OptOutType", "START"))
	case channels.OptOutHelp:
		all = append(all, twiliotest.WithField("OptOutType", "HELP"))
	}
	for name, value := range m.Fields {
		if value == "-" {
			all = append(all, twiliotest.WithField(name))
			continue
		}
		all = append(all, twiliotest.WithField(name, value))
	}
	if m.Forged {
		all = append(all, twiliotest.WithToken("not the token"))
	}
	return all
}

func httpAnswer(tb testing.TB, a twiliotest.Answer, err error) channeltest.Answer {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
	return channeltest.Answer{Code: a.Code, Body: a.Body}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	hello := channeltest.Message{ID: "SM00000000000000000000000000001001", From: person, To: number, Text: "Can I pay $50 on Friday?"}
	with := func(edit func(*channeltest.Message)) channeltest.Message {
		m := hello
		edit(&m)
		return m
	}
	picture := []channels.Media{{URL: "https://api.twilio.com/media/ME1", ContentType: "image/jpeg"}}
	message := func(text string) channels.Inbound {
		return channels.Inbound{From: person, To: number, Text: text}
	}
	optOut := func(o channels.OptOut) channels.Inbound {
		in := message("whatever it says")
		in.OptOut = o
		return in
	}
	said := func(o channels.OptOut) channeltest.Message {
		return with(func(m *channeltest.Message) { m.Text, m.OptOut = "whatever it says", o })
	}
	channeltest.Run(t, channeltest.Suite{
		Open:    openRig,
		Message: hello,
		Out:     channels.Outbound{ID: "msg/1 &x=ü", Channel: sms.Name, To: person, Text: "Yes: $50.00 on Friday works. Reply STOP to opt out."},
		Secrets: []string{token},
		Translations: []channeltest.Translation{
			{Name: "line ends of every kind become newlines", Message: with(func(m *channeltest.Message) { m.Text = "a\r\nb\rc\fd" }), Want: message("a\nb\nc\nd")},
			{Name: "a picture alone is a message, kept as a link", Message: with(func(m *channeltest.Message) { m.Text, m.Media = "", picture }),
				Want: channels.Inbound{From: person, To: number, Media: picture}},
			{Name: "Twilio's STOP is passed on", Message: said(channels.OptOutStop), Want: optOut(channels.OptOutStop)},
			{Name: "Twilio's START is passed on", Message: said(channels.OptOutStart), Want: optOut(channels.OptOutStart)},
			{Name: "Twilio's HELP is passed on", Message: said(channels.OptOutHelp), Want: optOut(channels.OptOutHelp)},
			{Name: "an OptOutType nobody knows is none", Message: with(func(m *channeltest.Message) { m.Fields = map[string]string{"OptOutType": "PAUSE"} }), Want: message(hello.Text)},
		},
		Refusals: []channeltest.Refusal{
			{Name: "another account's message is refused", Fields: map[string]string{"AccountSid": "ACffffffffffffffffffffffffffffffff"}, Field: "AccountSid"},
			{Name: "a message of no account is refused", Fields: map[string]string{"AccountSid": "-"}, Field: "AccountSid"},
			{Name: "a message to a number that is not ours is refused", Fields: map[string]string{"To": "+15125550999"}, Field: "To"},
			{Name: "a message to another messaging service is refused", Fields: map[string]string{"To": "+15125550999", "MessagingServiceSid": "MGffff"}, Field: "To"},
			{Name: "a count of attachments that is no number is refused", Fields: map[string]string{"NumMedia": "many"}, Field: "NumMedia"},
			{Name: "a negative count of attachments is refused", Fields: map[string]string{"NumMedia": "-1"}, Field: "NumMedia"},
			{Name: "an attachment without its link is refused", Fields: map[string]string{"NumMedia": "1"}, Field: "media[0].url"},
		},
		Statuses: map[string]channels.Status{
			"accepted": channels.StatusSent, "scheduled": channels.StatusSent, "queued": channels.StatusSent,
			"sending": channels.StatusSent, "sent": channels.StatusSent, "delivered": channels.StatusDelivered,
			"read": channels.StatusRead, "undelivered": channels.StatusUndelivered, "failed": channels.StatusFailed,
			"canceled": channels.StatusCancelled,
		},
		OptOutCode: "21610",
		Sends:      sendFaults(),
	})
}

func sendFaults() []channeltest.SendCase {
	code := func(status, code int) channeltest.Fault { return channeltest.Fault{Status: status, Code: code} }
	return []channeltest.SendCase{
		{Name: "too many requests is to be retried when Twilio says", Fault: channeltest.Fault{Status: 429, Code: 20429, RetryAfter: 7 * time.Second}, Kind: channels.Retryable, Reason: "20429", RetryAfter: 7 * time.Second},
		{Name: "too many requests without a code or a time is to be retried", Fault: code(429, 0), Kind: channels.Retryable, Reason: "http_429"},
		{Name: "a full queue of the sender is to be retried", Fault: code(400, 21611), Kind: channels.Retryable, Reason: "21611"},
		{Name: "a recipient who said STOP has opted out", Fault: code(400, 21610), Kind: channels.OptedOut, Reason: "21610"},
		{Name: "an invalid recipient is rejected", Fault: code(400, 21211), Kind: channels.Rejected, Reason: "21211"},
		{Name: "a landline is rejected", Fault: code(400, 21614), Kind: channels.Rejected, Reason: "21614"},
		{Name: "a region without permission is rejected", Fault: code(403, 21408), Kind: channels.Rejected, Reason: "21408"},
		{Name: "a refusal without a known code is rejected", Fault: code(400, 99999), Kind: channels.Rejected, Reason: "99999"},
		{Name: "a refusal without any code is rejected", Fault: code(400, 0), Kind: channels.Rejected, Reason: "http_400"},
		{Name: "bad credentials are misconfigured", Fault: code(401, 20003), Kind: channels.Misconfigured, Reason: "20003"},
		{Name: "unauthorised without a code is misconfigured", Fault: code(401, 0), Kind: channels.Misconfigured, Reason: "http_401"},
		{Name: "forbidden without a code is misconfigured", Fault: code(403, 0), Kind: channels.Misconfigured, Reason: "http_403"},
		{Name: "an account that does not exist is misconfigured", Fault: code(404, 20404), Kind: channels.Misconfigured, Reason: "20404"},
		{Name: "a sender that can't send is misconfigured", Fault: code(400, 21606), Kind: channels.Misconfigured, Reason: "21606"},
		{Name: "no sender is misconfigured", Fault: code(400, 21603), Kind: channels.Misconfigured, Reason: "21603"},
		{Name: "a redirect means the API's address is wrong", Fault: code(302, 0), Kind: channels.Misconfigured, Reason: "http_302"},
		{Name: "500 is uncertain", Fault: code(500, 20500), Kind: channels.Uncertain, Reason: "http_500"},
		{Name: "502 from a proxy is uncertain", Fault: code(502, 0), Kind: channels.Uncertain, Reason: "http_502"},
		{Name: "503 is uncertain, and keeps the time to wait", Fault: channeltest.Fault{Status: 503, RetryAfter: 3 * time.Second}, Kind: channels.Uncertain, Reason: "http_503", RetryAfter: 3 * time.Second},
		{Name: "a server that timed out is uncertain", Fault: code(408, 0), Kind: channels.Uncertain, Reason: "http_408"},
		{Name: "a connection dropped before the message was taken is uncertain", Fault: channeltest.Fault{Drop: true}, Kind: channels.Uncertain, Reason: "connection_lost"},
		{Name: "a connection dropped after it was taken is uncertain", Fault: channeltest.Fault{Drop: true, Accept: true}, Kind: channels.Uncertain, Reason: "connection_lost"},
		{Name: "an answer that is no JSON is uncertain", Fault: channeltest.Fault{Garbage: true}, Kind: channels.Uncertain, Reason: "bad_answer"},
		{Name: "a 500 after it was taken is uncertain", Fault: channeltest.Fault{Status: 500, Accept: true}, Kind: channels.Uncertain, Reason: "http_500"},
	}
}
