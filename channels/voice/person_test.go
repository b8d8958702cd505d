package voice_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/voice"
	"parley/channels/voice/relay"
)

func TestSilence(t *testing.T) {
	t.Parallel()
	silences := func(h *house) int { return len(of(h.record.all(), channels.CallSilence)) }
	t.Run("it counts from the end of our words, three times", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.clock.Advance(9 * time.Second)
		h.say("m1", strings.Repeat("All these words take a good while to be said. ", 6), channels.Spoken{})
		if _, err := p.Hear(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.receipt("m1")
		h.clock.Advance(9 * time.Second)
		if n := silences(h); n != 0 {
			t.Fatalf("silent %d times", n)
		}
		for n, detail := range []string{"1", "2", "3"} {
			h.clock.Advance(10 * time.Second)
			if in := h.heardOf(channels.CallSilence, n+1); in.Call.Detail != detail || in.Text != "" {
				t.Errorf("silence %+v", in.Call)
			}
		}
		h.clock.Advance(time.Minute)
		h.must(p.Press("1#"))
		h.heardOf(channels.CallDigits, 1) // what came before is on record by now
		if n := silences(h); n != 3 {
			t.Errorf("silent %d times", n)
		}
	})
	t.Run("nobody is silent while our words are still to be heard", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", strings.Repeat("All these words take a good while to be said. ", 6), channels.Spoken{})
		h.clock.Advance(25 * time.Second)
		h.must(p.Press("1#"))
		h.heardOf(channels.CallDigits, 1)
		if n := silences(h); n != 0 {
			t.Errorf("silent %d times", n)
		}
	})
	t.Run("a person who speaks is not silent, and begins anew", func(t *testing.T) {
		t.Parallel()
		h := open(t, func(_ *relay.Config, c *voice.Config) { c.Silence = 5 * time.Second })
		p := h.call()
		h.clock.Advance(5 * time.Second)
		h.heardOf(channels.CallSilence, 1)
		h.must(p.Begin())
		h.clock.Advance(time.Minute)
		if n := silences(h); n != 1 {
			t.Fatalf("silent %d times", n)
		}
		h.clock.Advance(30 * time.Second) // but not for ever
		h.heardOf(channels.CallSilence, 2)
		h.must(p.Begin())
		h.must(p.End("en-US", "I am here."))
		h.heardOf(channels.CallSpeech, 1)
		h.clock.Advance(14 * time.Second) // the answer is ours to give
		if n := silences(h); n != 2 {
			t.Fatalf("silent %d times", n)
		}
		h.say("m1", "Good.", channels.Spoken{})
		if _, err := p.Hear(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.receipt("m1")
		h.clock.Advance(5 * time.Second)
		if in := h.heardOf(channels.CallSilence, 3); in.Call.Detail != "1" {
			t.Errorf("detail %q", in.Call.Detail)
		}
	})
}

func TestKeys(t *testing.T) {
	t.Parallel()
	digits := func(h *house, n int) string { return h.heardOf(channels.CallDigits, n).Text }
	t.Run("keys in a row are one entry", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.must(p.Press("78701"))
		h.clock.Advance(2 * time.Second)
		if got := digits(h, 1); got != "78701" {
			t.Errorf("keys %q", got)
		}
	})
	t.Run("a hash ends an entry, and words do", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.must(p.Press("1986#"))
		if got := digits(h, 1); got != "1986" {
			t.Errorf("keys %q", got)
		}
		h.must(p.Press("9"))
		h.must(p.Speak(h.ctx(), "hello"))
		if got := digits(h, 2); got != "9" {
			t.Errorf("keys %q", got)
		}
		if a, b := h.heardOf(channels.CallDigits, 2), h.heardOf(channels.CallSpeech, 1); a.ProviderID == b.ProviderID {
			t.Error("two things have one id")
		}
	})
}

func TestReceiverThatFails(t *testing.T) {
	t.Parallel()
	h := open(t, nil)
	p := h.call()
	h.record.failing(func(any) error { return errors.New("the disk is full") })
	h.must(p.Speak(h.ctx(), "one"))
	h.must(p.Speak(h.ctx(), "two"))
	h.clock.Advance(time.Second)
	h.record.failing(nil)
	for ctx := h.ctx(); !h.record.has(channels.CallSpeech, 2) && ctx.Err() == nil; runtime.Gosched() {
		h.clock.Advance(50 * time.Millisecond) // a retry begins to wait when the one before has failed
	}
	first, second := h.heardOf(channels.CallSpeech, 1), h.heardOf(channels.CallSpeech, 2)
	if first.Text != "one" || second.Text != "two" {
		t.Errorf("got %q, %q", first.Text, second.Text)
	}
}
