package voice_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels"
	"parley/channels/voice"
)

// line is a transport in the test's own hands: it says what it was given, and calls
// back while it is given it.
type line struct {
	mu     sync.Mutex
	said   []voice.Sentence
	ends   []string
	saying func(n int, s voice.Sentence) error
	ended  chan struct{}
	closed chan struct{}
	close  sync.Once
}

func newLine() *line { return &line{ended: make(chan struct{}, 8), closed: make(chan struct{})} }

func (l *line) Say(_ context.Context, s voice.Sentence) error {
	l.mu.Lock()
	n := len(l.said)
	l.said = append(l.said, s)
	l.mu.Unlock()
	if l.saying != nil {
		return l.saying(n, s)
	}
	return nil
}

func (l *line) End(_ context.Context, handoff string) error {
	l.mu.Lock()
	l.ends = append(l.ends, handoff)
	l.mu.Unlock()
	l.ended <- struct{}{}
	return nil
}

func (l *line) Run(ctx context.Context, _ voice.Ear) error {
	select {
	case <-l.closed:
	case <-ctx.Done():
	}
	return nil
}

func (l *line) Close() error {
	l.close.Do(func() { close(l.closed) })
	return nil
}

// sentences are those that were said so far.
func (l *line) sentences() []voice.Sentence {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.said)
}

// hold serves the line as a call; the ear is what the transport would tell.
func hold(t *testing.T) (h *house, l *line, ear func() voice.Ear) {
	t.Helper()
	h, l = open(t, nil), newLine()
	ears := make(chan voice.Ear, 1)
	var done sync.WaitGroup
	done.Go(func() {
		_ = h.adapter.Serve(context.Background(), voice.Leg{Call: "CA1", Session: "VX1", Person: person, Ours: number}, earing{l, ears})
	})
	t.Cleanup(func() {
		_ = l.Close()
		done.Wait()
	})
	h.heardOf(channels.CallStarted, 1)
	return h, l, sync.OnceValue(func() voice.Ear { return <-ears })
}

// earing is a line that gives its ear away.
type earing struct {
	*line
	ears chan voice.Ear
}

func (e earing) Run(ctx context.Context, ear voice.Ear) error {
	e.ears <- ear
	return e.line.Run(ctx, ear)
}

func TestCuttingWhileSending(t *testing.T) {
	t.Parallel()
	t.Run("what is not yet sent when the person breaks in is dropped, and the talk closed", func(t *testing.T) {
		t.Parallel()
		h, l, ear := hold(t)
		l.saying = func(n int, _ voice.Sentence) error {
			if n == 1 { // the second sentence is on its way
				ear().Speaking(voice.Person, true)
				ear().Interrupted("One")
			}
			return nil
		}
		h.say("m1", "One is first. Two is next. Three is last.", channels.Spoken{})
		want := []voice.Sentence{{Text: "One is first. "}, {Text: "Two is next. "}, {Last: true}}
		if diff := cmp.Diff(want, l.sentences()); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		if r := h.receipt("m1"); r.Heard != "One" || r.Reason != channels.InterruptedReason {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("a line that breaks in the middle leaves it uncertain, and the talk is closed", func(t *testing.T) {
		t.Parallel()
		h, l, _ := hold(t)
		l.saying = func(n int, _ voice.Sentence) error {
			if n == 1 {
				return errors.New("broken")
			}
			return nil
		}
		_, err := h.adapter.Send(h.ctx(), message("m1", "One is first. Two is next.", channels.Spoken{}))
		var fail *channels.SendError
		if !errors.As(err, &fail) || fail.Kind != channels.Uncertain {
			t.Errorf("error %v", err)
		}
		if said := l.sentences(); !said[len(said)-1].Last {
			t.Errorf("the talk is open: %+v", said)
		}
		if r := h.receipt("m1"); r.Status != channels.StatusUndelivered {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("what must be heard whole is still said after what was cut", func(t *testing.T) {
		t.Parallel()
		h, _, ear := hold(t)
		h.say("m1", "You would pay $50.00 a month.", channels.Spoken{})
		h.say("m2", notice, channels.Spoken{Whole: true})
		h.say("m3", "Is that clear?", channels.Spoken{})
		ear().Speaking(voice.Person, true)
		ear().Interrupted("You would")
		if r := h.receipt("m3"); r.Reason != channels.InterruptedReason {
			t.Errorf("receipt %+v", r)
		}
		ear().Played(notice)
		if r := h.receipt("m2"); r.Status != channels.StatusDelivered {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("our voice may end a moment before the word that it was cut", func(t *testing.T) {
		t.Parallel()
		h, _, ear := hold(t)
		h.say("m1", "You would pay $50.00 a month.", channels.Spoken{})
		ear().Speaking(voice.Ours, true)
		h.clock.Advance(10 * time.Second)
		ear().Speaking(voice.Person, true)
		ear().Speaking(voice.Ours, false)
		h.clock.Advance(200 * time.Millisecond)
		ear().Interrupted("You would")
		h.clock.Advance(time.Second)
		if r := h.receipt("m1"); r.Status != channels.StatusUndelivered || r.Heard != "You would" {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("our part ends once, and nothing is said after it", func(t *testing.T) {
		t.Parallel()
		h, l, ear := hold(t)
		h.say("m1", "Goodbye.", channels.Spoken{Then: channels.ThenHangUp})
		h.say("m2", "", channels.Spoken{Then: channels.ThenTransfer, Handoff: "{}"})
		ear().Played("Goodbye.")
		select {
		case <-l.ended:
		case <-h.ctx().Done():
			t.Fatal("it did not end")
		}
		_, err := h.adapter.Send(h.ctx(), message("m3", "Are you still there?", channels.Spoken{}))
		var fail *channels.SendError
		if !errors.As(err, &fail) || fail.Reason != voice.NoCall {
			t.Errorf("error %v", err)
		}
		h.clock.Advance(time.Minute)
		l.mu.Lock()
		defer l.mu.Unlock()
		if diff := cmp.Diff([]string{""}, l.ends); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
	})
	t.Run("a second connection of a call takes the place of the first", func(t *testing.T) {
		t.Parallel()
		h, l, _ := hold(t)
		second, done := newLine(), make(chan error, 1)
		go func() {
			done <- h.adapter.Serve(context.Background(), voice.Leg{Call: "CA1", Session: "VX2", Person: person, Ours: number, Resumed: true}, second)
		}()
		h.heardOf(channels.CallResumed, 1)
		select {
		case <-l.closed:
		default:
			t.Error("the first is still open")
		}
		h.say("m1", "I am back.", channels.Spoken{})
		if said := second.sentences(); len(said) != 1 {
			t.Errorf("said %+v", said)
		}
		_ = second.Close()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
