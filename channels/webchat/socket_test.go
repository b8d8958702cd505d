package webchat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"parley/channels"
)

func TestConversation(t *testing.T) {
	t.Parallel()

	t.Run("a first hello gets an unguessable conversation that is not stored", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		a, b := r.hello("", 0), r.hello("", 0)
		if !validHandle(a.conversation) || len(a.conversation) < len(handlePrefix)+26 {
			t.Errorf("conversation %q is too short for 128 bits of base 32", a.conversation)
		}
		if a.conversation == b.conversation {
			t.Error("two people share a conversation")
		}
		if len(r.feeds) != 0 {
			t.Error("hello stored something")
		}
	})

	t.Run("a message is durable before its ack, and every tab sees it", func(t *testing.T) {
		t.Parallel()
		at := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
		r := newRig(t, func(c *Config) { c.Now = func() time.Time { return at } })
		c := r.hello("", 0)
		other := r.hello(c.conversation, 0)
		if other.conversation != c.conversation {
			t.Fatal("the second tab is in another conversation")
		}
		c.send(map[string]any{"type": "message", "id": "m1", "text": "hello\r\nthere"})
		ack := c.want("ack")
		if ack.ID != "m1" || *ack.Seq != 1 {
			t.Errorf("ack = %+v", ack)
		}
		want := []channels.Inbound{{Channel: "webchat", ProviderID: c.conversation + "/m1", From: c.conversation, To: "webchat", Text: "hello\nthere", ReceivedAt: at}}
		if diff := cmp.Diff(want, r.received); diff != "" {
			t.Error(diff)
		}
		m := other.want("message")
		if m.From != FromYou || m.ID != "m1" || m.Text != "hello\nthere" || *m.Seq != 1 || m.At != "2026-11-22T15:00:00Z" {
			t.Errorf("the other tab got %+v", m)
		}
		for _, id := range []string{"m2", "m3", "m4"} { // the other tab is idle now: only a wake shows these
			c.send(map[string]any{"type": "message", "id": id, "text": "more"})
			if m := other.want("message"); m.ID != id {
				t.Errorf("the other tab got %+v", m)
			}
		}
	})

	t.Run("the same client id twice is one message and the same ack", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		c := r.hello("", 0)
		for range 3 {
			c.send(map[string]any{"type": "message", "id": "m1", "text": "once"})
			if ack := c.want("ack"); ack.ID != "m1" || *ack.Seq != 1 {
				t.Errorf("ack = %+v", ack)
			}
		}
		again := r.hello(c.conversation, 0)
		again.send(map[string]any{"type": "message", "id": "m1", "text": "once"})
		if ack := again.want("ack"); *ack.Seq != 1 {
			t.Errorf("ack on another socket = %+v", ack)
		}
		if n := r.count(); n != 1 {
			t.Errorf("%d messages were stored", n)
		}
	})

	t.Run("no ack when the receiver fails, and a repeat is taken", func(t *testing.T) {
		t.Parallel()
		var faults []string
		r := newRig(t, func(c *Config) { c.Fault = func(op string, _ error) { faults = append(faults, op) } })
		c := r.hello("", 0)
		r.mu.Lock()
		r.fail = errors.New("disk full")
		r.mu.Unlock()
		c.send(map[string]any{"type": "message", "id": "m1", "text": "hi"})
		f, err := c.next()
		if err != nil || f.Type != "error" || f.Code != CodeTryAgain || f.ID != "m1" || strings.Contains(f.Detail, "disk") {
			t.Errorf("got %+v, %v", f, err)
		}
		r.mu.Lock()
		r.fail = nil
		r.mu.Unlock()
		c.send(map[string]any{"type": "message", "id": "m1", "text": "hi"})
		if ack := c.want("ack"); *ack.Seq != 1 {
			t.Errorf("ack = %+v", ack)
		}
		if len(faults) != 1 || faults[0] != "receive" {
			t.Errorf("faults = %v", faults)
		}
	})

	t.Run("a message the receiver can never take is refused by field", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		r.fail = fmt.Errorf("redact: %w", &channels.InputError{Field: "text", Reason: "could not be made safe"})
		c := r.hello("", 0)
		c.send(map[string]any{"type": "message", "id": "m1", "text": "hi"})
		if f := c.wantError(CodeInvalidField); f.ID != "m1" || f.Field != "text" {
			t.Errorf("got %+v", f)
		}
	})

	t.Run("a choice carries its id and the words on the button", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		c := r.hello("", 0)
		c.send(map[string]any{"type": "message", "id": "m1", "text": "plan?"})
		c.want("ack")
		r.bot(c.conversation, "Twelve months?", channels.Choice{ID: "mv-1", Label: "Yes, 12 × $103.34"}, channels.Choice{ID: "mv-2", Label: "No"})
		var offer serverFrame
		for offer.From != FromBot {
			offer = c.want("message")
		}
		if len(offer.Choices) != 2 || offer.Choices[0].Label != "Yes, 12 × $103.34" {
			t.Errorf("choices = %+v", offer.Choices)
		}
		c.send(map[string]any{"type": "choice", "id": "c1", "move": "mv-1"})
		c.want("ack")
		c.send(map[string]any{"type": "choice", "id": "c2", "move": "never-offered"})
		c.want("ack")
		got := r.received[1:]
		if got[0].Choice != "mv-1" || got[0].Text != "Yes, 12 × $103.34" || got[1].Choice != "never-offered" || got[1].Text != "" {
			t.Errorf("received %+v", got)
		}
	})

	t.Run("typing, control and wakes reach the sockets of that conversation only", func(t *testing.T) {
		t.Parallel()
		typed := make(chan string, 1)
		r := newRig(t, func(c *Config) { c.PersonTyping = func(conv string) { typed <- conv } })
		a, b := r.hello("", 0), r.hello("", 0)
		r.a.Typing(context.Background(), a.conversation, "bot")
		if f := a.want("typing"); f.From != "bot" {
			t.Errorf("typing = %+v", f)
		}
		r.a.Control(b.conversation, "human")
		if f, err := b.next(); err != nil || f.Type != "control" || f.State != "human" {
			t.Errorf("b's first frame is %+v, %v", f, err)
		}
		b.send(map[string]any{"type": "typing"})
		if got := <-typed; got != b.conversation {
			t.Errorf("typed in %s", got)
		}
	})

	t.Run("a returning person is told who speaks", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		conv := handlePrefix + strings.Repeat("A", 26)
		r.show(conv, Item{From: FromBot, Text: "hi"})
		r.states[conv] = "queued"
		c := r.hello(conv, 1)
		if c.conversation != conv || c.seq != 1 {
			t.Fatalf("welcome to %s at %d", c.conversation, c.seq)
		}
		if f := c.want("control"); f.State != "queued" {
			t.Errorf("control = %+v", f)
		}
	})

	t.Run("what changes while hello is answered is not lost, and the welcome comes first", func(t *testing.T) {
		t.Parallel()
		conv := handlePrefix + strings.Repeat("A", 26)
		var r *rig
		r = newRig(t, func(c *Config) {
			c.Token = func(context.Context, string, string) error {
				r.a.Typing(context.Background(), conv, "agent")
				r.bot(conv, "two")
				return nil
			}
		})
		r.show(conv, Item{From: FromBot, Text: "one"})
		r.states[conv] = "bot"
		r.onExists = func() {
			r.house.mu.Lock()
			r.states[conv] = "human"
			r.house.mu.Unlock()
			r.a.Control(conv, "human") // nobody is listening yet
		}
		c := r.dial(nil)
		c.send(map[string]any{"type": "hello", "conversation": conv, "since": 1, "token": "t"})
		var got []string
		for range 4 {
			f, err := c.next()
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, f.Type+" "+f.State+f.From+f.Text)
		}
		if diff := cmp.Diff([]string{"welcome ", "control human", "typing agent", "message bottwo"}, got); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("an unknown or malformed conversation gets a new one from the beginning", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		for _, asked := range []string{handlePrefix + strings.Repeat("Z", 26), "nonsense", "wc_../../etc/passwd", strings.Repeat("x", 900)} {
			if c := r.hello(asked, 7); c.conversation == asked || c.seq != 0 {
				t.Errorf("asked for %q, got %q at %d", asked, c.conversation, c.seq)
			}
		}
	})

	t.Run("a conversation whose first message is still on its way keeps its handle", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		hold := make(chan struct{})
		r.hold = hold
		c := r.hello("", 0)
		c.send(map[string]any{"type": "message", "id": "m1", "text": "first"})
		c.ws.Close() // the line breaks before the ack
		again := r.hello(c.conversation, 0)
		if again.conversation != c.conversation {
			t.Error("the person was given a second conversation")
		}
		again.send(map[string]any{"type": "message", "id": "m1", "text": "first"})
		close(hold)
		again.want("ack")
		if n := r.count(); n != 1 {
			t.Errorf("%d messages were stored", n)
		}
	})
}

func TestToken(t *testing.T) {
	t.Parallel()
	t.Run("a signed link is checked for this conversation, and the chat goes on without one", func(t *testing.T) {
		t.Parallel()
		var asked []string
		r := newRig(t, func(c *Config) {
			c.Token = func(_ context.Context, conversation, token string) error {
				asked = append(asked, conversation+" "+token)
				if token != "good" {
					return errors.New("expired: person p-1001")
				}
				return nil
			}
		})
		good := r.dial(nil)
		good.send(map[string]any{"type": "hello", "token": "good"})
		conv := good.want("welcome").Conversation
		bad := r.dial(nil)
		bad.send(map[string]any{"type": "hello", "token": "old", "conversation": conv, "since": nil})
		if f, _ := bad.next(); f.Type != "welcome" || f.Conversation != conv {
			t.Errorf("first frame %+v", f)
		}
		if f := bad.wantError(CodeBadToken); strings.Contains(f.Detail, "p-1001") {
			t.Errorf("the detail tells too much: %q", f.Detail)
		}
		bad.send(map[string]any{"type": "message", "id": "m1", "text": "hi"})
		bad.want("ack")
		if diff := cmp.Diff([]string{conv + " good", conv + " old"}, asked); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("without a hook every token is refused", func(t *testing.T) {
		t.Parallel()
		c := newRig(t, nil).dial(nil)
		c.send(map[string]any{"type": "hello", "token": "x"})
		c.wantError(CodeBadToken)
	})
}

func TestSend(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	conv := handlePrefix + strings.Repeat("A", 26)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	cases := []struct {
		name string
		ctx  context.Context
		out  channels.Outbound
		kind channels.ErrorKind
	}{
		{"a message in the feed is sent", context.Background(), channels.Outbound{ID: "o1", To: conv, Text: "hi"}, ""},
		{"an address that is not a conversation is rejected", context.Background(), channels.Outbound{ID: "o1", To: "+15125550123", Text: "hi"}, channels.Rejected},
		{"an empty text is rejected", context.Background(), channels.Outbound{ID: "o1", To: conv}, channels.Rejected},
		{"a text over the limit is rejected", context.Background(), channels.Outbound{ID: "o1", To: conv, Text: strings.Repeat("x", channels.MaxTextBytes+1)}, channels.Rejected},
		{"a context that has ended is retryable", ended, channels.Outbound{ID: "o1", To: conv, Text: "hi"}, channels.Retryable},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			sent, err := r.a.Send(tc.ctx, tc.out)
			if tc.kind == "" {
				if err != nil || sent.Status != channels.StatusSent || len(sent.Parts) != 1 || sent.Parts[0].ProviderID != "o1" {
					t.Errorf("sent %+v, %v", sent, err)
				}
				return
			}
			var se *channels.SendError
			if !errors.As(err, &se) || se.Kind != tc.kind {
				t.Errorf("err = %v, want kind %s", err, tc.kind)
			}
		})
	}
	t.Run("a sleeping socket is woken by Send alone", func(t *testing.T) {
		r.show(conv, Item{From: FromBot, Text: "one"})
		c := r.hello(conv, 1)
		r.show(conv, Item{From: FromBot, Text: "two"})
		if _, err := r.a.Send(context.Background(), channels.Outbound{To: conv, Text: "two"}); err != nil {
			t.Fatal(err)
		}
		if m := c.want("message"); m.Text != "two" {
			t.Errorf("got %+v", m)
		}
	})
}

func TestShutdown(t *testing.T) {
	t.Parallel()
	t.Run("a message in hand is finished and acknowledged, then the socket closes with 1012", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		hold := make(chan struct{})
		r.hold = hold
		c := r.hello("", 0)
		c.send(map[string]any{"type": "message", "id": "m1", "text": "hi"})
		idle := r.hello("", 0)
		done := make(chan error, 1)
		go func() { done <- r.a.Shutdown(context.Background()) }()
		idle.wantClose(websocket.CloseServiceRestart)
		close(hold)
		if ack := c.want("ack"); ack.ID != "m1" {
			t.Errorf("ack = %+v", ack)
		}
		c.wantClose(websocket.CloseServiceRestart)
		if err := <-done; err != nil {
			t.Error(err)
		}
		_, resp, err := websocket.DefaultDialer.Dial(r.url(), nil)
		if err == nil || resp.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("a late socket got %v, %v; want 503", resp, err)
		}
	})
	t.Run("when its time is up it cuts what is left", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		r.hold = make(chan struct{})
		c := r.hello("", 0)
		c.send(map[string]any{"type": "message", "id": "m1", "text": "hi"})
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if err := r.a.Shutdown(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("err = %v", err)
		}
		if s := r.a.Stats(); s.Sockets != 0 {
			t.Errorf("%d sockets are left", s.Sockets)
		}
	})
}
