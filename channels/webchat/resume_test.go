package webchat

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A client that hangs up and comes back at any point, while others write, sees
// every message once and in order.
func TestResume(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *Config) { c.Limits.SocketsPerConversation = 100; c.Limits.SocketsPerIP = 1000 })
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		conv := fmt.Sprintf("%s%026d", handlePrefix, round)
		total := rapid.IntRange(1, 260).Draw(rt, "messages")
		before := rapid.IntRange(1, total).Draw(rt, "messages before the first hello")
		writers := rapid.IntRange(1, 4).Draw(rt, "writers")
		hangUps := rapid.SliceOfN(rapid.IntRange(0, 40), 0, 4).Draw(rt, "frames read before hanging up")
		for range before {
			r.show(conv, Item{From: FromBot, Text: "x"})
		}
		var left sync.WaitGroup
		work := make(chan int, total)
		for i := before; i < total; i++ {
			work <- i
		}
		close(work)
		for range writers {
			left.Go(func() {
				for range work {
					r.show(conv, Item{From: FromBot, Text: "x"})
					r.a.Wake(conv)
				}
			})
		}
		last := int64(0)
		for i := 0; last < int64(total); i++ {
			c := r.hello(conv, last)
			if c.conversation != conv || c.seq < last {
				rt.Fatalf("welcomed to %s at %d after %d", c.conversation, c.seq, last)
			}
			quota := total
			if i < len(hangUps) {
				quota = hangUps[i]
			}
			for read := 0; read < quota && last < int64(total); read++ {
				m := c.want("message")
				if *m.Seq != last+1 {
					rt.Fatalf("seq %d follows %d", *m.Seq, last)
				}
				last = *m.Seq
			}
			c.ws.Close()
		}
		left.Wait()
	})
}

func TestFeedEdges(t *testing.T) {
	t.Parallel()
	conv := handlePrefix + strings.Repeat("A", 26)

	t.Run("the welcome says how far the replay goes", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		for range 250 {
			r.show(conv, Item{From: FromBot, Text: "x"})
		}
		if c := r.hello(conv, 0); c.seq != 250 {
			t.Errorf("welcome at %d, want 250", c.seq)
		}
		if c := r.hello(conv, 250); c.seq != 250 {
			t.Errorf("welcome at %d, want 250", c.seq)
		}
	})

	t.Run("a since that the feed never reached shows everything anew", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		r.show(conv, Item{From: FromBot, Text: "one"})
		c := r.hello(conv, 9)
		if c.seq != 1 {
			t.Errorf("welcome at %d", c.seq)
		}
		if m := c.want("message"); *m.Seq != 1 {
			t.Errorf("got seq %d", *m.Seq)
		}
	})

	t.Run("nothing is shown beyond a hole until it is filled", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		r.show(conv, Item{From: FromBot, Text: "one"})
		c := r.hello(conv, 1)
		r.mu.Lock()
		r.feeds[conv] = append(r.feeds[conv], Item{Seq: 3, From: FromBot, Text: "three"})
		r.mu.Unlock()
		r.a.Wake(conv)
		r.a.Control(conv, "bot") // comes through after the wake was served or with it
		c.want("control")
		r.mu.Lock()
		f := r.feeds[conv]
		r.feeds[conv] = []Item{f[0], {Seq: 2, From: FromBot, Text: "two"}, f[1]}
		r.mu.Unlock()
		r.a.Wake(conv)
		for want := int64(2); want <= 3; want++ {
			if m := c.want("message"); *m.Seq != want {
				t.Errorf("got seq %d, want %d", *m.Seq, want)
			}
		}
	})

	t.Run("a feed that is down at hello sends the widget away to come back", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, nil)
		r.feedFail = errors.New("connection refused")
		c := r.dial(nil)
		c.send(map[string]any{"type": "hello", "conversation": conv})
		c.wantError(CodeTryAgain)
		c.wantClose(1013)
	})

	t.Run("a feed that fails later is read again without being woken", func(t *testing.T) {
		t.Parallel()
		failed := make(chan struct{}, 8)
		r := newRig(t, func(c *Config) { c.Fault = func(string, error) { failed <- struct{}{} } })
		r.show(conv, Item{From: FromBot, Text: "one"})
		c := r.hello(conv, 0)
		c.want("message")
		r.mu.Lock()
		r.feedFail = errors.New("connection refused")
		r.mu.Unlock()
		r.bot(conv, "two")
		<-failed
		r.mu.Lock()
		r.feedFail = nil
		r.mu.Unlock()
		if m := c.want("message"); m.Text != "two" {
			t.Errorf("got %+v", m)
		}
	})

	t.Run("a wake that got lost is made up for", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, func(c *Config) { c.Limits.Recheck = time.Millisecond; c.Limits.PingEvery = 20 * time.Millisecond })
		r.show(conv, Item{From: FromBot, Text: "one"})
		c := r.hello(conv, 1)
		r.show(conv, Item{From: FromBot, Text: "two"}) // nobody calls Wake
		if m := c.want("message"); m.Text != "two" {
			t.Errorf("got %+v", m)
		}
	})
}
