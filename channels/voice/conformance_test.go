package voice_test

import (
	"net/http/httptest"
	"strconv"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/voice"
	"parley/channels/voice/relay"
	"parley/channels/voice/voicetest"
)

// openRig is the channel with a person on the line.
func openRig(tb testing.TB, env channeltest.Env) channeltest.Rig {
	tb.Helper()
	clock := voicetest.NewClock(env.Now())
	twilio := voicetest.New(voicetest.Config{AccountSID: account, AuthToken: token, Number: number, PublicURL: env.URL, Client: env.Client, Clock: clock})
	api := httptest.NewServer(twilio)
	carrier, err := relay.New(relay.Config{AccountSID: account, AuthTokens: []string{token}, From: number, PublicURL: env.URL, APIURL: api.URL, HTTPClient: env.Client})
	if err != nil {
		tb.Fatal(err)
	}
	adapter, err := voice.New(voice.Config{Carrier: carrier, Clock: clock})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		twilio.Close()
		if err := adapter.Shutdown(tb.Context()); err != nil && tb.Context().Err() == nil {
			tb.Error(err)
		}
		api.Close()
	})
	var p *voicetest.Peer
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	return channeltest.Rig{
		Channel: adapter,
		Ready: func() {
			p, err = twilio.Call(tb.Context(), person)
			must(err)
		},
		Hear: func() {
			must(p.Sync())
			must(p.PlayAll())
			must(p.HangUp(tb.Context()))
		},
		Taken: func() (taken []channeltest.Delivery) {
			must(p.Sync())
			text := ""
			for _, f := range p.Frames() {
				if text += f.Token; f.Last {
					taken = append(taken, channeltest.Delivery{ProviderID: p.Session() + "#m" + strconv.Itoa(len(taken)+1), To: person, Text: text})
					text = ""
				}
			}
			return taken
		},
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, channeltest.Suite{
		Open:    openRig,
		Out:     channels.Outbound{ID: "msg/1 &x=ü", Channel: voice.Name, To: person, Text: "Yes: $50.00 on Friday works. Anything else?"},
		Secrets: []string{token},
	})
}
