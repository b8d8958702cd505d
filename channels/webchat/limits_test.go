package webchat

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func TestBadFrames(t *testing.T) {
	t.Parallel()

	t.Run("a frame before hello is refused and nothing is stored", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		c := r.dial(nil)
		c.send(map[string]any{"type": "message", "id": "m1", "text": "hi"})
		if f := c.wantError(CodeHelloFirst); f.ID != "m1" {
			t.Errorf("got %+v", f)
		}
		if r.count() != 0 {
			t.Error("it was stored")
		}
	})

	t.Run("a second hello is refused and the first conversation goes on", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		c := r.hello("", 0)
		c.send(map[string]any{"type": "hello"})
		c.wantError(CodeAlreadyHere)
		c.send(map[string]any{"type": "message", "id": "m1", "text": "hi"})
		c.want("ack")
	})

	t.Run("after a bad frame the socket goes on", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		c := r.hello("", 0)
		c.raw(`{"type":"message","id":"m1","text":"hi","admin":true}`)
		if f := c.wantError(CodeUnknownField); f.Field != "admin" || f.ID != "m1" {
			t.Errorf("got %+v", f)
		}
		c.send(map[string]any{"type": "message", "id": "m2", "text": "a\u0007b"})
		if f := c.wantError(CodeInvalidField); f.Field != "text" || f.ID != "m2" {
			t.Errorf("got %+v", f)
		}
		c.send(map[string]any{"type": "message", "id": "m3", "text": "  \n "})
		c.wantError(CodeInvalidField)
		c.send(map[string]any{"type": "message", "id": "m4", "text": strings.Repeat("é", 2001)})
		if f := c.wantError(CodeInvalidField); f.Field != "text" || f.ID != "m4" {
			t.Errorf("got %+v", f)
		}
		c.send(map[string]any{"type": "message", "id": "m5", "text": strings.Repeat("é", 2000)})
		c.want("ack")
		if r.count() != 1 {
			t.Errorf("%d messages were stored", r.count())
		}
	})

	t.Run("broken UTF-8 closes with 1007, a binary frame with 1003, an oversize one with 1009", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		c := r.hello("", 0)
		c.raw("{\"type\":\"message\",\"id\":\"a\",\"text\":\"\xc3\x28\"}")
		c.wantError(CodeBadFrame)
		c.wantClose(websocket.CloseInvalidFramePayloadData)
		c = r.hello("", 0)
		c.ws.WriteMessage(websocket.BinaryMessage, []byte(`{"type":"typing"}`))
		c.wantError(CodeBadFrame)
		c.wantClose(websocket.CloseUnsupportedData)
		c = r.hello("", 0)
		c.raw(`{"type":"message","id":"a","text":"` + strings.Repeat("x", 40_000) + `"}`)
		c.wantClose(websocket.CloseMessageTooBig)
		if r.count() != 0 {
			t.Error("something was stored")
		}
	})
}

func TestFlood(t *testing.T) {
	t.Parallel()
	stopped := func(c *Config) {
		at := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
		c.Now = func() time.Time { return at } // no token ever comes back
		c.Limits.MessageBurst, c.Limits.Strikes = 4, 6
	}
	t.Run("too many messages are refused by id, and a flood that goes on is closed", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, stopped)
		c := r.hello("", 0) // takes the first of the four
		for i := range 40 {
			if c.ws.WriteJSON(map[string]any{"type": "message", "id": fmt.Sprint("m", i), "text": "x"}) != nil {
				break
			}
		}
		if f := c.wantError(CodeRateLimited); f.ID != "m3" || f.Detail == "" {
			t.Errorf("got %+v", f)
		}
		c.wantClose(websocket.ClosePolicyViolation)
		if r.count() != 3 {
			t.Errorf("%d messages were stored, want 3", r.count())
		}
		if s := r.a.Stats(); s.Flooded != 1 {
			t.Errorf("stats = %+v", s)
		}
	})
	t.Run("so is a flood of typing frames, and one of pings", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, stopped)
		c, d := r.hello("", 0), r.hello("", 0)
		for range 200 {
			c.ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"typing"}`))
			d.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second))
		}
		c.wantClose(websocket.ClosePolicyViolation)
		d.wantClose(websocket.ClosePolicyViolation)
	})
	t.Run("a refused message may be sent again when the clock has moved", func(t *testing.T) {
		t.Parallel()
		clock := make(chan time.Time, 100)
		now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
		r := newRig(t, func(c *Config) {
			stopped(c)
			c.Now = func() time.Time {
				select {
				case now = <-clock:
				default:
				}
				return now
			}
		})
		c := r.hello("", 0)
		for i := range 4 {
			c.send(map[string]any{"type": "message", "id": fmt.Sprint("m", i), "text": "x"})
		}
		if f := c.wantError(CodeRateLimited); f.ID != "m3" {
			t.Errorf("got %+v", f)
		}
		clock <- now.Add(5 * time.Second)
		c.send(map[string]any{"type": "message", "id": "m3", "text": "x"})
		if ack := c.want("ack"); ack.ID != "m3" || *ack.Seq != 4 {
			t.Errorf("ack = %+v", ack)
		}
	})
}

// until waits for something another goroutine does; the limit only ends a failure.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for limit := time.After(15 * time.Second); !done(); runtime.Gosched() {
		select {
		case <-limit:
			t.Fatalf("%s did not happen", what)
		default:
		}
	}
}

func TestSlowReader(t *testing.T) {
	t.Parallel()
	conv := handlePrefix + strings.Repeat("A", 26)
	big := strings.Repeat("x", 256<<10)

	t.Run("a client that does not read is dropped and others are not kept waiting", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, func(c *Config) { c.Limits.WriteWait = 3 * time.Second })
		r.show(conv, Item{From: FromBot, Text: "start"})
		r.hello(conv, 1) // reads nothing from here on
		quick := r.hello(conv, 1)
		const messages = 60
		for range messages {
			r.bot(conv, big)
		}
		for range messages {
			quick.want("message")
		}
		until(t, "dropping the slow client", func() bool { return r.a.Stats().Slow == 1 })
		r.bot(conv, "still here")
		if m := quick.want("message"); m.Text != "still here" {
			t.Errorf("got %q", m.Text)
		}
	})

	t.Run("a client whose queue is full is dropped before its write times out", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, func(c *Config) { c.Limits.WriteWait = time.Hour; c.Limits.Queue = 4 })
		r.show(conv, Item{From: FromBot, Text: "start"})
		c := r.hello(conv, 1)
		r.bot(conv, strings.Repeat(big, 128))
		if _, _, err := c.ws.NextReader(); err != nil { // the write has begun, and can't end
			t.Fatal(err)
		}
		for range 5 {
			r.a.Control(conv, "bot")
		}
		until(t, "giving its place back", func() bool { return r.a.Stats().Sockets == 0 })
		if n := r.a.Stats().Slow; n != 1 {
			t.Errorf("%d slow clients were counted", n)
		}
	})
}

func TestCaps(t *testing.T) {
	t.Parallel()
	t.Run("one address may not open too many sockets, another still may", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, func(c *Config) {
			c.Limits.SocketsPerIP = 2
			c.ClientIP = func(r *http.Request) string { return r.Header.Get("X-Test-IP") }
		})
		from := func(ip string) http.Header { return http.Header{"X-Test-Ip": {ip}} }
		a := r.dial(from("2001:db8::1"))
		r.dial(from("2001:db8::2"))
		_, resp, err := websocket.DefaultDialer.Dial(r.url(), from("2001:db8::3"))
		if err == nil || resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
			t.Errorf("third socket of the /64: %v %v", resp, err)
		}
		r.dial(from("2001:db8:0:1::1"))
		a.ws.Close()
	})
	t.Run("one address may not begin conversations without end, but may go on with its own", func(t *testing.T) {
		t.Parallel()
		at := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
		r := newRig(t, func(c *Config) { c.Limits.NewBurst = 2; c.Now = func() time.Time { return at } })
		first := r.hello("", 0)
		r.hello("", 0)
		third := r.dial(nil)
		third.send(map[string]any{"type": "hello"})
		third.wantError(CodeTooManySocket)
		third.wantClose(websocket.CloseTryAgainLater)
		if c := r.hello(first.conversation, 0); c.conversation != first.conversation {
			t.Error("lost the conversation")
		}
	})
	t.Run("a conversation may not be open in too many places", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, func(c *Config) { c.Limits.SocketsPerConversation = 1 })
		first := r.hello("", 0)
		c := r.dial(nil)
		c.send(map[string]any{"type": "hello", "conversation": first.conversation})
		c.wantError(CodeTooManySocket)
		c.wantClose(websocket.CloseTryAgainLater)
	})
	t.Run("a socket that stays silent is closed", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, func(c *Config) { c.Limits.HelloWait = 20 * time.Millisecond })
		c := r.dial(nil)
		if _, err := c.next(); err == nil {
			t.Error("got a frame")
		}
	})
	t.Run("a client that answers no ping is gone, one that does stays", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, func(c *Config) { c.Limits.PingEvery = 500 * time.Millisecond })
		dead := r.hello("", 0)
		dead.ws.SetPingHandler(func(string) error { return nil })
		live := r.hello("", 0)
		pings, answer := 0, live.ws.PingHandler()
		live.ws.SetPingHandler(func(s string) error {
			if pings++; pings == 3 {
				r.a.Control(live.conversation, "bot")
			}
			return answer(s)
		})
		gone := make(chan error, 1)
		go func() { _, err := dead.next(); gone <- err }()
		live.want("control")
		if err := <-gone; err == nil {
			t.Error("got a frame")
		}
	})
	t.Run("the books are even when all have gone", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		c := r.hello("", 0)
		c.send(map[string]any{"type": "message", "id": "m", "text": "x"})
		c.want("ack")
		c.ws.Close()
		until(t, "giving the places back", func() bool { return r.a.Stats().Sockets == 0 })
		if len(r.a.hub.sockets) != 0 || len(r.a.ips.peers["127.0.0.1"].sockets) != 0 {
			t.Error("something is left in the tables")
		}
	})
}

func TestOrigin(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *Config) { c.AllowedOrigins = []string{"https://shop.example.com"} })
	own := r.srv.URL
	for _, tc := range []struct {
		origin string
		ok     bool
	}{
		{"", true}, {own, true}, {"https://shop.example.com", true}, {"HTTPS://SHOP.EXAMPLE.COM", true},
		{"http://shop.example.com", false}, {"https://shop.example.com.evil.test", false}, {"https://evil.test", false},
		{"https://shop.example.com:8443", false}, {"null", false}, {"://", false},
	} {
		h := http.Header{}
		if tc.origin != "" {
			h.Set("Origin", tc.origin)
		}
		ws, resp, err := websocket.DefaultDialer.Dial(r.url(), h)
		if tc.ok != (err == nil) {
			t.Errorf("origin %q: %v", tc.origin, err)
		}
		if !tc.ok && (resp == nil || resp.StatusCode != http.StatusForbidden) {
			t.Errorf("origin %q: response %v, want 403", tc.origin, resp)
		}
		if err == nil {
			ws.Close()
		}
	}
	if n := r.a.Stats().Refused; n != 6 {
		t.Errorf("%d refused, want 6", n)
	}
}

func TestConfigFaults(t *testing.T) {
	t.Parallel()
	_, err := New(Config{AllowedOrigins: []string{"*", "example.com"}, Words: map[string]Words{"fr": {}}, Limits: Limits{MaxText: 1 << 20, Strikes: -1},
		NewID: func() string { return "short" }}, nil)
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range []string{"feed", "brand", "assistant", `"*"`, `"example.com"`, `"fr"`, "max_text", "negative", "new_id"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not mention %s:\n%v", want, err)
		}
	}
}
