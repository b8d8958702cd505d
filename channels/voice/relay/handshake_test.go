package relay_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/twilio/twilio-go/client"

	"parley/channels"
	"parley/channels/voice/relay"
	"parley/channels/voice/voicetest"
)

func TestHandshake(t *testing.T) {
	t.Parallel()
	const wss = "wss://parley.example.com/p/channels/voice/relay"
	dial := func(t *testing.T, r *rig, signature string) (*websocket.Conn, int) {
		t.Helper()
		ws, res, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(r.url, "http")+relay.RelayPath,
			http.Header{"X-Twilio-Signature": {signature}})
		if err != nil {
			if res == nil {
				t.Fatal(err)
			}
			return nil, res.StatusCode
		}
		t.Cleanup(func() { ws.Close() })
		return ws, http.StatusSwitchingProtocols
	}
	for name, address := range map[string]string{
		"as given":                 wss,
		"with the scheme's port":   "wss://parley.example.com:443/p/channels/voice/relay",
		"under the second token":   wss,
		"as https, the usual bug":  "https://parley.example.com/p/channels/voice/relay",
		"without TLS":              "ws://parley.example.com/p/channels/voice/relay",
		"with a query":             wss + "?x=1",
		"for where it really runs": "",
	} {
		t.Run("an address signed "+name, func(t *testing.T) {
			t.Parallel()
			r := open(t, nil)
			if address == "" {
				address = "ws" + strings.TrimPrefix(r.url, "http") + relay.RelayPath
			}
			want := http.StatusForbidden
			if name == "as given" || name == "with the scheme's port" || name == "under the second token" {
				want = http.StatusSwitchingProtocols
			}
			if _, got := dial(t, r, voicetest.Sign(token, address, nil)); got != want {
				t.Errorf("answered %d, want %d", got, want)
			}
		})
	}
	t.Run("a handshake that is not signed is refused before it is a connection", func(t *testing.T) {
		t.Parallel()
		for _, signature := range []string{"", "AAAA", voicetest.Sign("other", wss, nil)} {
			if _, got := dial(t, open(t, nil), signature); got != http.StatusForbidden {
				t.Errorf("%q: answered %d", signature, got)
			}
		}
	})
	t.Run("the stand-in signs as Twilio's library does", func(t *testing.T) {
		t.Parallel()
		v := client.NewRequestValidator(token)
		if !v.Validate(wss, map[string]string{}, voicetest.Sign(token, wss, nil)) ||
			!v.Validate(public, map[string]string{"a": "1", "B": "2"}, voicetest.Sign(token, public, url.Values{"a": {"1"}, "B": {"2"}})) {
			t.Error("the signatures differ")
		}
	})
	setup := func(call, from, token string) map[string]any {
		return map[string]any{"type": "setup", "sessionId": "VX1", "accountSid": account, "callSid": call, "from": from, "to": number,
			"customParameters": map[string]string{"token": token}}
	}
	const call = "CA00000000000000000000000000000001"
	// opens reports whether a connection with that setup becomes a call.
	opens := func(t *testing.T, r *rig, frame any) bool {
		t.Helper()
		ws, _ := dial(t, r, voicetest.Sign(token, wss, nil))
		if err := ws.WriteJSON(frame); err != nil {
			t.Fatal(err)
		}
		ponged := false
		ws.SetPongHandler(func(string) error { ponged = true; return errors.New("enough") })
		if err := ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(5*time.Second)); err != nil {
			t.Fatal(err)
		}
		_ = ws.SetReadDeadline(time.Now().Add(10 * time.Second))
		_, _, err := ws.ReadMessage()
		if !ponged && !websocket.IsCloseError(err, websocket.ClosePolicyViolation) {
			t.Fatalf("it ended with %v", err)
		}
		return ponged
	}
	t.Run("a token opens its call once", func(t *testing.T) {
		t.Parallel()
		r := open(t, nil)
		key := r.connect().Parameters["token"]
		if !opens(t, r, setup(call, person, key)) {
			t.Fatal("it did not open")
		}
		if opens(t, r, setup(call, person, key)) {
			t.Error("it opened twice")
		}
	})
	for name, c := range map[string]struct {
		after time.Duration
		frame func(key string) any
	}{
		"of another call":   {0, func(key string) any { return setup("CA00000000000000000000000000000002", person, key) }},
		"for somebody else": {0, func(key string) any { return setup(call, "+15125550124", key) }},
		"too late":          {2*time.Minute + time.Second, func(key string) any { return setup(call, person, key) }},
		"that was changed":  {0, func(key string) any { return setup(call, person, "A"+key) }},
		"without its seal":  {0, func(key string) any { return setup(call, person, strings.Split(key, ".")[0]+".") }},
		"that is missing":   {0, func(string) any { return setup(call, person, "") }},
		"in something else": {0, func(string) any { return map[string]any{"type": "prompt", "voicePrompt": "hello"} }},
		"in another account's": {0, func(key string) any {
			s := setup(call, person, key)
			s["accountSid"] = "ACffff"
			return s
		}},
	} {
		t.Run("a token "+name+" opens nothing", func(t *testing.T) {
			t.Parallel()
			r := open(t, nil)
			key := r.connect().Parameters["token"]
			r.clock.Advance(c.after)
			if opens(t, r, c.frame(key)) {
				t.Error("it opened")
			}
			if n := len(r.receiver.Received()); n != 0 {
				t.Errorf("%d things reached the receiver", n)
			}
		})
	}
	t.Run("a frame that is too large ends the connection", func(t *testing.T) {
		t.Parallel()
		r := open(t, nil)
		p, err := r.twilio.Call(t.Context(), person)
		if err != nil {
			t.Fatal(err)
		}
		first := p.Session()
		_ = p.Raw(`{"type":"prompt","voicePrompt":"` + strings.Repeat("a", 70<<10) + `"}`)
		if err := p.AwaitSession(t.Context(), first); err != nil {
			t.Error(err)
		}
		for _, in := range r.receiver.Received() {
			if in.Call.Event == channels.CallSpeech {
				t.Error("it was passed on")
			}
		}
	})
}
