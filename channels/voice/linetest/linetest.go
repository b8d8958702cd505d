// Package linetest proves that a [voice.Transport] keeps its promises.
package linetest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels/voice"
)

// Line is a transport and the two ends beyond it: the person, and who takes a call over.
type Line struct {
	Transport voice.Transport
	// Begin plays what was said up to its first words and leaves off in the middle.
	Begin func()
	// Play plays all that was said.
	Play func()
	// Speak is the person saying words, which cuts what may be cut; Press is keys.
	Speak, Press func(string)
	// HangUp is the person hanging up.
	HangUp func()
	// Heard is everything the person has heard.
	Heard func() string
	// Handoff waits for the end of our part and returns what was passed on, "" if it was
	// a hanging up.
	Handoff func() string
}

// Conformance runs the cases; open makes a connected line for each. Cases run in parallel.
func Conformance(t *testing.T, open func(testing.TB) Line) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := &bench{Line: open(t), ear: newEar(), done: make(chan error, 1)}
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			l.ctx = ctx
			t.Cleanup(func() { // not before the case's own end: Run must be back by then
				defer cancel()
				_ = l.Transport.Close()
				if !l.over {
					_ = l.ended(t)
				}
			})
			go func() { l.done <- l.Transport.Run(ctx, l.ear) }()
			c.run(t, l)
		})
	}
}

// bench is one case's line, and the ear it is told to.
type bench struct {
	Line
	ctx  context.Context
	ear  *ear
	done chan error
	over bool
}

var cases = []struct {
	name string
	run  func(testing.TB, *bench)
}{
	{"sentences are said in the order they were handed over", func(t testing.TB, l *bench) {
		l.say(t, "One comes first. ", "Then comes two. ", "Three is the last.")
		l.Play()
		if got := strings.Join(strings.Fields(l.Heard()), " "); got != "One comes first. Then comes two. Three is the last." {
			t.Errorf("the person heard %q", got)
		}
	}},
	{"what was played is told, or at least that the voice ended", func(t testing.TB, l *bench) {
		l.say(t, "These are our words.")
		l.Play()
		l.await(t, func(told []string) bool {
			return strings.Contains(strings.Join(told, " "), "words.") || slices.Contains(told, "ours off")
		})
	}},
	{"the person's words are told once, as final", func(t testing.TB, l *bench) {
		l.Speak("hello there")
		l.await(t, func(told []string) bool { return slices.Contains(told, "prompt hello there") })
	}},
	{"keys are told in order", func(t testing.TB, l *bench) {
		l.Press("787")
		l.await(t, func(told []string) bool { return keys(told) == "787" })
	}},
	{"what may be cut is cut when the person speaks, and that is told before their words", func(t testing.TB, l *bench) {
		l.say(t, "There is a great deal to be said about all of this. ", "And there is even more after it.")
		l.Begin()
		l.Speak("stop please")
		l.await(t, func(told []string) bool { return slices.Contains(told, "prompt stop please") })
		cut := slices.Index(l.ear.all(), "cut")
		if spoke := slices.Index(l.ear.all(), "prompt stop please"); cut < 0 || cut > spoke {
			t.Errorf("told %q", l.ear.all())
		}
		l.Play()
		if strings.Contains(l.Heard(), "even more") {
			t.Error("the rest was said all the same")
		}
	}},
	{"what is whole is not cut", func(t testing.TB, l *bench) {
		l.sayWhole(t, "There is a great deal to be said about all of this. ", "And there is even more after it.")
		l.Begin()
		l.Speak("stop please")
		l.await(t, func(told []string) bool { return slices.Contains(told, "prompt stop please") })
		l.Play()
		if !strings.Contains(l.Heard(), "more after it") {
			t.Errorf("the person heard %q", l.Heard())
		}
		if slices.Contains(l.ear.all(), "cut") {
			t.Error("it is told to have been cut")
		}
	}},
	{"a talk can be closed without words", func(t testing.TB, l *bench) {
		if err := l.Transport.Say(l.ctx, voice.Sentence{Text: "It begins. "}); err != nil {
			t.Fatal(err)
		}
		if err := l.Transport.Say(l.ctx, voice.Sentence{Last: true}); err != nil {
			t.Fatal(err)
		}
		l.say(t, "And goes on.")
		l.Play()
		if !strings.Contains(l.Heard(), "goes on") {
			t.Errorf("the person heard %q", l.Heard())
		}
	}},
	{"hanging up ends the line in order", func(t testing.TB, l *bench) {
		if err := l.Transport.End(l.ctx, ""); err != nil {
			t.Fatal(err)
		}
		if got := l.Handoff(); got != "" {
			t.Errorf("passed on %q", got)
		}
		if err := l.ended(t); err != nil {
			t.Errorf("Run returned %v", err)
		}
	}},
	{"a handoff is passed on as it stands, and nothing is said after it", func(t testing.TB, l *bench) {
		const data = `{"reason":"requested_human","note":"\"quoted\" ñ"}`
		if err := l.Transport.End(l.ctx, data); err != nil {
			t.Fatal(err)
		}
		if err := l.Transport.Say(l.ctx, voice.Sentence{Text: "Hello?", Last: true}); err == nil {
			t.Error("something was said after the end")
		}
		if got := l.Handoff(); got != data {
			t.Errorf("passed on %q", got)
		}
		if err := l.ended(t); err != nil {
			t.Errorf("Run returned %v", err)
		}
	}},
	{"a person who hangs up ends the line in order", func(t testing.TB, l *bench) {
		l.HangUp()
		if err := l.ended(t); err != nil {
			t.Errorf("Run returned %v", err)
		}
	}},
	{"a line that is dropped is broken", func(t testing.TB, l *bench) {
		if err := l.Transport.Close(); err != nil {
			t.Fatal(err)
		}
		if err := l.ended(t); err == nil {
			t.Error("Run says it ended in order")
		}
		if err := l.Transport.Say(l.ctx, voice.Sentence{Text: "Hello?", Last: true}); err == nil {
			t.Error("something was said on it")
		}
	}},
	{"nothing is said once its time is up", func(t testing.TB, l *bench) {
		ctx, cancel := context.WithCancel(l.ctx)
		cancel()
		if err := l.Transport.Say(ctx, voice.Sentence{Text: "Hello?", Last: true}); err == nil {
			t.Error("it was taken")
		}
	}},
}

func (l *bench) say(t testing.TB, sentences ...string)      { l.utter(t, false, sentences) }
func (l *bench) sayWhole(t testing.TB, sentences ...string) { l.utter(t, true, sentences) }

func (l *bench) utter(t testing.TB, whole bool, sentences []string) {
	t.Helper()
	for i, s := range sentences {
		if err := l.Transport.Say(l.ctx, voice.Sentence{Text: s, Whole: whole, Last: i == len(sentences)-1}); err != nil {
			t.Fatal(err)
		}
	}
}

// ended waits for Run to return.
func (l *bench) ended(t testing.TB) error {
	t.Helper()
	select {
	case err := <-l.done:
		l.over = true
		return err
	case <-l.ctx.Done():
		t.Fatal("Run does not return")
		return nil
	}
}

func (l *bench) await(t testing.TB, done func([]string) bool) {
	t.Helper()
	for {
		l.ear.mu.Lock()
		told, changed := slices.Clone(l.ear.told), l.ear.changed
		l.ear.mu.Unlock()
		if done(told) {
			return
		}
		select {
		case <-changed:
		case <-l.ctx.Done():
			t.Fatalf("it was told only %q", told)
		}
	}
}

func keys(told []string) string {
	var b strings.Builder
	for _, s := range told {
		if k, ok := strings.CutPrefix(s, "keys "); ok {
			b.WriteString(k)
		}
	}
	return b.String()
}

// ear writes down what it is told.
type ear struct {
	mu      sync.Mutex
	told    []string
	changed chan struct{}
}

var _ voice.Ear = (*ear)(nil)

func newEar() *ear { return &ear{changed: make(chan struct{})} }

func (e *ear) note(s string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.told = append(e.told, s)
	close(e.changed)
	e.changed = make(chan struct{})
}

func (e *ear) all() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.told)
}

func (e *ear) Prompt(text string, final bool, _ string) {
	if final {
		e.note("prompt " + text)
	}
}
func (e *ear) Digits(keys string) { e.note("keys " + keys) }
func (e *ear) Played(text string) { e.note("played " + text) }
func (e *ear) Interrupted(string) { e.note("cut") }
func (e *ear) Speaking(side voice.Side, on bool) {
	if side == voice.Ours && !on {
		e.note("ours off")
	}
}
