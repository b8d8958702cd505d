package asterisk

import (
	"context"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"parley/channels/voice"
	"parley/channels/voice/linetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// counted remembers what was handed over, so that the stand-in knows what is to come.
type counted struct {
	*line
	mu   sync.Mutex
	said string
}

func (c *counted) Say(ctx context.Context, s voice.Sentence) error {
	err := c.line.Say(ctx, s)
	if err == nil {
		c.mu.Lock()
		c.said += s.Text
		c.mu.Unlock()
	}
	return err
}

func openLine(tb testing.TB) linetest.Line {
	tb.Helper()
	l, p, over := open(tb, speller{}, voice.SystemClock{})
	c := &counted{line: l}
	return linetest.Line{
		Transport: c,
		Begin: func() {
			p.until("the first words", func() bool { return len(p.queue) > 8 })
			p.play(8)
		},
		Play: func() {
			c.mu.Lock()
			want := c.said
			c.mu.Unlock()
			p.playUntil("all that was said", func(heard string) bool {
				return p.flushes > 0 && len(p.queue) == 0 || heard == want && len(p.queue) == 0
			})
		},
		Speak:  p.say,
		Press:  p.press,
		HangUp: p.close,
		Heard:  p.heardText,
		Handoff: func() string {
			p.until("the end of our part", func() bool { return p.hungUp })
			return <-over
		},
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	linetest.Conformance(t, openLine)
}

func TestWhatIsHandedOverIsSaidAsItWasSpelled(t *testing.T) {
	t.Parallel()
	if got := spelled(spell("hello there")); got != "hello there" || strings.Contains(got, "x") {
		t.Errorf("got %q", got)
	}
}
