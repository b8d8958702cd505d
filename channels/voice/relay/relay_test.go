package relay_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels/channeltest"
	"parley/channels/voice"
	"parley/channels/voice/relay"
	"parley/channels/voice/voicetest"
)

const (
	account = "AC0123456789abcdef0123456789abcdef"
	token   = "5ecret0123456789abcdef0123456789"
	number  = "+15125550100"
	person  = "+15125550123"
	public  = "https://parley.example.com/p"
)

func config() relay.Config {
	return relay.Config{AccountSID: account, AuthTokens: []string{"n3w", token}, From: number, PublicURL: public}
}

// rig is the carrier behind a proxy that takes the public address's path away.
type rig struct {
	t        testing.TB
	clock    *voicetest.Clock
	twilio   *voicetest.Twilio
	receiver *channeltest.Receiver
	url      string
}

func open(t testing.TB, edit func(*relay.Config)) *rig {
	t.Helper()
	r := &rig{t: t, clock: voicetest.NewClock(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)), receiver: channeltest.NewReceiver()}
	c := config()
	if edit != nil {
		edit(&c)
	}
	carrier, err := relay.New(c)
	if err != nil {
		t.Fatal(err)
	}
	adapter, err := voice.New(voice.Config{Carrier: carrier, Clock: r.clock})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	adapter.Routes(mux, r.receiver)
	server := httptest.NewServer(mux)
	r.url = server.URL
	httpClient := &http.Client{Transport: channeltest.Guard(), Timeout: 30 * time.Second}
	r.twilio = voicetest.New(voicetest.Config{
		AccountSID: account, AuthToken: token, Number: number, PublicURL: strings.TrimRight(c.PublicURL, "/"), Base: r.url, Client: httpClient, Clock: r.clock,
	})
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		r.twilio.Close()
		if err := adapter.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		server.Close()
		httpClient.CloseIdleConnections()
	})
	return r
}

func form(more ...string) url.Values {
	v := url.Values{"AccountSid": {account}, "CallSid": {"CA00000000000000000000000000000001"}, "From": {person}, "To": {number},
		"Direction": {"inbound"}, "CallStatus": {"ringing"}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// connect asks what to do with a call.
func (r *rig) connect(more ...string) voicetest.Doc {
	r.t.Helper()
	text, err := r.twilio.Post(r.t.Context(), public+relay.CallsPath, form(more...))
	if err != nil {
		r.t.Fatal(err)
	}
	doc, err := voicetest.ParseTwiML(text)
	if err != nil {
		r.t.Fatal(err)
	}
	return doc
}

// Twilio ignores attributes it does not know: one that is misspelt does nothing, silently.
func TestTwiML(t *testing.T) {
	t.Parallel()
	t.Run("every attribute is there, spelled as Twilio reads it", func(t *testing.T) {
		t.Parallel()
		doc := open(t, nil).connect()
		if diff := cmp.Diff(map[string]string{"action": public + "/channels/voice/ended?tries=0"}, doc.Attributes); diff != "" || doc.Verb != "Connect" {
			t.Errorf("%s want -, got +:\n%s", doc.Verb, diff)
		}
		want := map[string]string{
			"url": "wss://parley.example.com/p/channels/voice/relay", "language": "en-US", "interruptible": "any", "reportInputDuringAgentSpeech": "any",
			"dtmfDetection": "true", "ignoreBackchannel": "true", "events": "speaker-events tokens-played",
		}
		if diff := cmp.Diff(want, doc.Relay); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		if diff := cmp.Diff([]map[string]string{{"code": "en-US"}, {"code": "es-US"}}, doc.Languages); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		if len(doc.Parameters) != 1 || doc.Parameters["token"] == "" {
			t.Errorf("parameters %v", doc.Parameters)
		}
	})
	t.Run("how it sounds is as configured", func(t *testing.T) {
		t.Parallel()
		doc := open(t, func(c *relay.Config) {
			c.Speech = relay.Speech{
				Language: "es-US", TTSProvider: "Google", Voice: "es-US-Neural2-A", TranscriptionProvider: "Deepgram", SpeechModel: "nova-3-general",
				Languages: []relay.Language{{Code: "en-US", TTSProvider: "Amazon", Voice: "Joanna-Neural", TranscriptionProvider: "Google", SpeechModel: "telephony"}},
				Hints:     []string{"Northwind", "Ava"}, InterruptSensitivity: "low",
			}
		}).connect()
		want := map[string]string{
			"url": "wss://parley.example.com/p/channels/voice/relay", "language": "es-US", "ttsProvider": "Google", "voice": "es-US-Neural2-A",
			"transcriptionProvider": "Deepgram", "speechModel": "nova-3-general", "hints": "Northwind,Ava", "interruptSensitivity": "low",
			"interruptible": "any", "reportInputDuringAgentSpeech": "any", "dtmfDetection": "true", "ignoreBackchannel": "true",
			"events": "speaker-events tokens-played",
		}
		if diff := cmp.Diff(want, doc.Relay); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		if diff := cmp.Diff([]map[string]string{{"code": "en-US", "ttsProvider": "Amazon", "voice": "Joanna-Neural",
			"transcriptionProvider": "Google", "speechModel": "telephony"}}, doc.Languages); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
	})
}

func TestWebhooksAreSigned(t *testing.T) {
	t.Parallel()
	for _, path := range []string{relay.CallsPath, relay.EndedPath, relay.AgentPath, relay.WhisperPath, relay.StatusPath} {
		t.Run("a forged request is refused before any work: "+path, func(t *testing.T) {
			t.Parallel()
			r := open(t, nil)
			forged := form("CallStatus", "completed", "HandoffData", "{}", "AnsweredBy", "machine_start", "Direction", "outbound-api", "From", number, "To", person)
			for name, post := range map[string]func() (string, error){
				"another token":   func() (string, error) { return r.twilio.PostForged(t.Context(), public+path, forged) },
				"another address": func() (string, error) { return r.twilio.Post(t.Context(), r.url+path, forged) },
			} {
				_, err := post()
				var refused *voicetest.Refused
				if !errors.As(err, &refused) || refused.Code != http.StatusForbidden {
					t.Errorf("%s: %v", name, err)
				}
			}
			if n := len(r.receiver.Received()) + len(r.receiver.Confirmed()); n != 0 {
				t.Errorf("%d things reached the receiver", n)
			}
		})
	}
	for _, c := range []struct {
		name  string
		edit  []string
		field string
	}{
		{"another account's call", []string{"AccountSid", "ACffff"}, "AccountSid"},
		{"a call without an id", []string{"CallSid", ""}, "CallSid"},
		{"a caller who has no number", []string{"From", "anonymous"}, "From"},
		{"a call to a number that is not ours", []string{"To", "+15125550999"}, "To"},
		{"a call of ours from another number", []string{"Direction", "outbound-api", "From", "+15125550999", "To", person}, "From"},
	} {
		t.Run("refused by its field: "+c.name, func(t *testing.T) {
			t.Parallel()
			_, err := open(t, nil).twilio.Post(t.Context(), public+relay.CallsPath, form(c.edit...))
			var refused *voicetest.Refused
			if !errors.As(err, &refused) || refused.Code != http.StatusBadRequest || !strings.HasPrefix(refused.Body, c.field+":") {
				t.Errorf("%v %+v", err, refused)
			}
			if refused != nil && strings.Contains(refused.Body, "555") {
				t.Error("the answer quotes a number")
			}
		})
	}
	t.Run("a field that is there twice is not signed for", func(t *testing.T) {
		t.Parallel()
		r := open(t, nil)
		twice := form("Direction", "outbound-api", "From", number, "To", person, "AnsweredBy", "human")
		twice["AnsweredBy"] = append(twice["AnsweredBy"], "machine_start")
		_, err := r.twilio.Post(t.Context(), public+relay.CallsPath, twice)
		var refused *voicetest.Refused
		if !errors.As(err, &refused) || refused.Code != http.StatusForbidden {
			t.Errorf("%v", err)
		}
	})
	t.Run("a receiver that fails has Twilio try again", func(t *testing.T) {
		t.Parallel()
		r := open(t, nil)
		r.receiver.Fail(errors.New("the disk is full"))
		_, err := r.twilio.Post(t.Context(), public+relay.StatusPath, form("CallStatus", "completed"))
		var refused *voicetest.Refused
		if !errors.As(err, &refused) || refused.Code != http.StatusServiceUnavailable {
			t.Errorf("%v", err)
		}
	})
	t.Run("a status nobody knows is acknowledged and not passed on", func(t *testing.T) {
		t.Parallel()
		r := open(t, nil)
		if _, err := r.twilio.Post(t.Context(), public+relay.StatusPath+"?message=m1",
			form("CallStatus", "dreaming", "Direction", "outbound-api", "From", number, "To", person)); err != nil {
			t.Fatal(err)
		}
		if n := len(r.receiver.Received()) + len(r.receiver.Confirmed()); n != 0 {
			t.Errorf("%d things reached the receiver", n)
		}
	})
	t.Run("a brief that is not ours is not read to the agent", func(t *testing.T) {
		t.Parallel()
		if _, err := open(t, nil).twilio.Post(t.Context(), public+relay.WhisperPath+"?brief=AAAA", form()); err == nil {
			t.Error("it was")
		}
	})
	t.Run("one call too many gets the busy signal", func(t *testing.T) {
		t.Parallel()
		r := open(t, func(c *relay.Config) { c.MaxCalls = 1 })
		if _, err := r.twilio.Call(t.Context(), person); err != nil {
			t.Fatal(err)
		}
		if doc := r.connect("CallSid", "CA00000000000000000000000000000002"); doc.Verb != "Reject" || doc.Attributes["reason"] != "busy" {
			t.Errorf("answered %+v", doc)
		}
	})
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit func(*relay.Config)
		want string
	}{
		"no account":                  {func(c *relay.Config) { c.AccountSID = "" }, "AccountSID"},
		"no token":                    {func(c *relay.Config) { c.AuthTokens = nil }, "AuthTokens"},
		"a token with a space":        {func(c *relay.Config) { c.AuthTokens = []string{"x "} }, "AuthTokens[0]"},
		"no number":                   {func(c *relay.Config) { c.From = "" }, "From"},
		"a number that is none":       {func(c *relay.Config) { c.Numbers = []string{"512"} }, "Numbers[0]"},
		"an agent without a number":   {func(c *relay.Config) { c.AgentNumber = "Joe" }, "AgentNumber"},
		"a workflow that is none":     {func(c *relay.Config) { c.WorkflowSID = "x" }, "WorkflowSID"},
		"two ways to a human":         {func(c *relay.Config) { c.AgentNumber, c.WorkflowSID = person, "WW012345" }, "WorkflowSID"},
		"no address":                  {func(c *relay.Config) { c.PublicURL = "" }, "PublicURL"},
		"an address without TLS":      {func(c *relay.Config) { c.PublicURL = "http://parley.example.com" }, "PublicURL"},
		"an API that is no address":   {func(c *relay.Config) { c.APIURL = "api" }, "APIURL"},
		"a negative timeout":          {func(c *relay.Config) { c.Timeout = -1 }, "Timeout"},
		"an agent who rings for ever": {func(c *relay.Config) { c.AgentTimeout = time.Hour }, "AgentTimeout"},
		"fewer than no calls":         {func(c *relay.Config) { c.MaxCalls = -1 }, "MaxCalls"},
		"a language that is none":     {func(c *relay.Config) { c.Speech.Language = "english!" }, "Speech.Language"},
		"a second language so":        {func(c *relay.Config) { c.Speech.Languages = []relay.Language{{}} }, "Speech.Languages[0].Code"},
		"a sensitivity nobody knows":  {func(c *relay.Config) { c.Speech.InterruptSensitivity = "some" }, "Speech.InterruptSensitivity"},
		"several faults, all of them": {func(c *relay.Config) { c.AccountSID, c.From = "", "" }, "From"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config()
			c.edit(&cfg)
			_, err := relay.New(cfg)
			if err == nil || !strings.Contains(err.Error(), c.want+" ") {
				t.Errorf("error %v, want one that names %s", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), token) {
				t.Error("the error quotes the token")
			}
		})
	}
	if _, err := relay.New(config()); err != nil {
		t.Error(err)
	}
}
