package asterisk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels/voice"
	"parley/channels/voice/voicetest"
)

// told writes down what an ear is told.
type told struct {
	mu      sync.Mutex
	list    []string
	changed chan struct{}
}

func (e *told) note(s string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.list = append(e.list, s)
	close(e.changed)
	e.changed = make(chan struct{})
}

func (e *told) Prompt(text string, _ bool, _ string) { e.note("prompt " + text) }
func (e *told) Digits(keys string)                   { e.note("keys " + keys) }
func (e *told) Played(text string)                   { e.note("played " + text) }
func (e *told) Interrupted(heard string)             { e.note("cut " + heard) }
func (e *told) Speaking(side voice.Side, on bool) {
	who, what := "person", "off"
	if side == voice.Ours {
		who = "ours"
	}
	if on {
		what = "on"
	}
	e.note(who + " " + what)
}

func (e *told) all() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.list)
}

// await waits until s was told.
func (e *told) await(t *testing.T, s string) {
	t.Helper()
	for {
		e.mu.Lock()
		found, changed, list := slices.Contains(e.list, s), e.changed, slices.Clone(e.list)
		e.mu.Unlock()
		if found {
			return
		}
		select {
		case <-changed:
		case <-time.After(10 * time.Second):
			t.Fatalf("%q is not told, only %q", s, list)
		}
	}
}

// talking is a line that is being held.
type talking struct {
	*pbx
	line *line
	ear  *told
	over chan string
	done chan error
}

func talk(t *testing.T, s Speech, clock voice.Clock) *talking {
	t.Helper()
	l, p, over := open(t, s, clock)
	k := &talking{pbx: p, line: l, ear: &told{changed: make(chan struct{})}, over: over, done: make(chan error, 1)}
	go func() { k.done <- l.Run(t.Context(), k.ear); close(k.done) }()
	t.Cleanup(func() { _ = l.Close(); <-k.done })
	return k
}

func (k *talking) speak(t *testing.T, s ...voice.Sentence) {
	t.Helper()
	for _, s := range s {
		if err := k.line.Say(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatWasHeardOfWhatWasCut(t *testing.T) {
	t.Parallel()
	k := talk(t, speller{}, voice.SystemClock{})
	k.speak(t, voice.Sentence{Text: "Short one. "}, voice.Sentence{Text: "The second sentence is a longer one.", Last: true})
	k.until("the second sentence", func() bool { return k.marked >= 14 })
	k.play(32 + 25) // the first with its pause, and a third of the second
	k.ear.await(t, "played Short one. ")
	k.say("wait a moment please")
	k.ear.await(t, "prompt wait a moment please")
	list := k.ear.all()
	cut := ""
	for _, s := range list {
		if c, ok := strings.CutPrefix(s, "cut "); ok {
			cut = c
		}
	}
	heard := k.heardText()
	if !strings.HasPrefix(cut, "Short one. The") || strings.Contains(cut, "longer") || !strings.HasPrefix(heard, cut) {
		t.Errorf("it is told that %q was heard, which was %q", cut, heard)
	}
	if slices.Contains(list, "played The second sentence is a longer one.") {
		t.Error("what was cut is told to have been played")
	}
	if slices.Index(list, "person on") > slices.Index(list, "cut "+cut) {
		t.Errorf("that it was cut is told before that the person speaks: %q", list)
	}
}

func TestWhatIsWholeSurvivesACutBeforeIt(t *testing.T) {
	t.Parallel()
	k := talk(t, speller{}, voice.SystemClock{})
	k.speak(t, voice.Sentence{Text: "This may be cut at any time.", Last: true}, voice.Sentence{Text: "This may not.", Whole: true, Last: true})
	k.until("both", func() bool { return k.marked > 7 })
	k.play(8)
	k.say("wait a moment please")
	k.ear.await(t, "prompt wait a moment please")
	k.playOn()
	k.ear.await(t, "played This may not.")
	k.ear.await(t, "ours off")
}

func TestAKeyCuts(t *testing.T) {
	t.Parallel()
	k := talk(t, speller{}, voice.SystemClock{})
	k.speak(t, voice.Sentence{Text: "Press one to hear this again and again.", Last: true})
	k.until("it", func() bool { return len(k.queue) > 8 })
	k.press("1")
	k.ear.await(t, "keys 1")
	if !slices.Contains(k.ear.all(), "cut ") {
		t.Errorf("told %q", k.ear.all())
	}
	k.until("the flush", func() bool { return k.flushes == 1 })
}

func TestACoughCutsNothing(t *testing.T) {
	t.Parallel()
	k := talk(t, speller{}, voice.SystemClock{})
	k.speak(t, voice.Sentence{Text: "All of this is said.", Last: true})
	k.until("it", func() bool { return len(k.queue) > 8 })
	k.play(8)
	k.sound(spell("ugh"))
	k.silence(endsAfter + 5)
	k.playOn()
	k.ear.await(t, "played All of this is said.")
	for _, s := range k.ear.all() {
		if strings.HasPrefix(s, "cut") || strings.HasPrefix(s, "prompt") {
			t.Errorf("told %q", k.ear.all())
		}
	}
}

func TestWhatWasSaidBeforeHangingUpIsHeard(t *testing.T) {
	t.Parallel()
	k := talk(t, speller{}, voice.SystemClock{})
	k.sound(spell("do not call me again"))
	k.close()
	if err := <-k.done; err != nil {
		t.Error(err)
	}
	if !slices.Contains(k.ear.all(), "prompt do not call me again") {
		t.Errorf("told %q", k.ear.all())
	}
}

func TestALineThatGoesDeadWhileSomebodySpeaksEndsTheUtterance(t *testing.T) {
	t.Parallel()
	clock := voicetest.NewClock(time.Unix(0, 0))
	k := talk(t, speller{}, clock)
	k.sound(spell("nothing follows this"))
	k.press("1") // it comes after the sound: now all of that was heard
	k.ear.await(t, "keys 1")
	clock.Advance(stalledAfter)
	k.ear.await(t, "prompt nothing follows this")
}

func TestALongTalkNeverFillsAsterisksQueue(t *testing.T) {
	t.Parallel()
	k := talk(t, speller{}, voice.SystemClock{})
	text := strings.Repeat("All work and no play makes it dull. ", 5)
	var want strings.Builder
	for range 12 {
		want.WriteString(text)
		k.speak(t, voice.Sentence{Text: text})
	}
	k.speak(t, voice.Sentence{Last: true})
	k.until("what may be out", func() bool { return k.marked >= ahead })
	k.playUntil("all", func(heard string) bool {
		frames := 0
		for _, q := range k.queue {
			if _, ok := q.([]byte); ok {
				frames++
			}
		}
		if frames > ahead*chunkFrames {
			t.Errorf("%d frames are out", frames)
			return true
		}
		return len(heard) == want.Len()
	})
}

func TestAnEndpointThatFailsSendsThePersonToAHuman(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		speech speller
		do     func(*talking)
	}{
		"hearing":  {speller{hearFails: true}, func(k *talking) { k.say("hello is anybody there") }},
		"speaking": {speller{speakFails: true}, func(k *talking) { _ = k.line.Say(context.Background(), voice.Sentence{Text: "Hello.", Last: true}) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := talk(t, c.speech, voice.SystemClock{})
			c.do(k)
			if got := <-k.over; got != technical {
				t.Errorf("passed on %q", got)
			}
			if err := <-k.done; !errors.Is(err, errSpeech) {
				t.Errorf("Run returned %v", err)
			}
		})
	}
}

func TestTooManySentencesAreRefused(t *testing.T) {
	t.Parallel()
	l, _, _ := open(t, speller{}, voice.SystemClock{})
	var err error
	for range maxWaiting + 1 {
		err = l.Say(t.Context(), voice.Sentence{Text: "Again. "})
	}
	if err == nil {
		t.Error("all of them were taken")
	}
}
