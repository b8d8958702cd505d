package dialog_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/channels"
	"parley/dialog"
	"parley/dialog/llm"
)

// talker is a model that streams one answer in pieces. before is called before each.
type talker struct {
	raw    []string
	before func(i int)
	end    error
}

func (talker) Name() string { return "talker" }

func (m talker) Complete(ctx context.Context, r llm.Request) (llm.Response, error) {
	return m.Stream(ctx, r, func(string) error { return nil })
}

func (m talker) Stream(_ context.Context, _ llm.Request, more func(string) error) (llm.Response, error) {
	for i, piece := range m.raw {
		if m.before != nil {
			m.before(i)
		}
		if err := more(piece); err != nil {
			return llm.Response{Raw: []byte(strings.Join(m.raw[:i+1], "")), Attempts: 1}, err
		}
	}
	return llm.Response{Raw: []byte(strings.Join(m.raw, "")), FinishReason: "stop", Attempts: 1}, m.end
}

// fataler is what a test and a property have in common.
type fataler interface{ Fatal(...any) }

// answerOf is an answer that commits to nothing: what it does comes before what it says.
func answerOf(t fataler, reply string) string {
	raw, err := json.Marshal(map[string]any{"commands": []any{}, "move": "", "reply": reply})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// spoken is a turn whose reply was said while the model wrote.
type spoken struct {
	now, later []string // said at once, and with the effects
	effects    dialog.Effects
	verdicts   []string // on the sentences
}

// speak plays one turn with the model.
func (l *line) speak(t fataler, m llm.Model, env func(*dialog.Env)) spoken {
	l.w.engine.Model = m
	l.w.now = l.w.now.Add(5 * time.Second)
	in := l.input(callBeat{Say: "what was that again"})
	l.w.snap.Accounts = l.w.visible()
	var s spoken
	e := l.w.env()
	e.Say = func(_ context.Context, o dialog.Outgoing) error {
		if o.Cleared.Zero() || o.Turn == "" {
			t.Fatal("something was said that is not cleared, or of no turn")
		}
		s.now = append(s.now, o.Cleared.Out().Text)
		return nil
	}
	if env != nil {
		env(&e)
	}
	s.effects = l.w.engine.Turn(context.Background(), l.w.snap, in, e)
	for _, o := range s.effects.Outgoing {
		s.later = append(s.later, o.Cleared.Out().Text)
	}
	for _, step := range s.effects.Trace.Steps {
		if out, ok := step.Output.(map[string]any); ok && step.Name == dialog.StepGuard && out["verdict"] != nil {
			s.verdicts = append(s.verdicts, out["verdict"].(string))
		}
	}
	return s
}

// talking is a call that has come to its talk.
func talking(t *testing.T) *line {
	t.Helper()
	l := newLine(t, callScript{Address: "+15125550123", Account: "acct-1001", Start: "2026-11-30T16:00:00Z"})
	for _, b := range []callBeat{{Event: "started"}, {Say: "yes this is she"}, {Keys: "78701"}, {Keys: "1986"}} {
		l.beat(b)
	}
	if !l.w.snap.Conversation.Identity.Verified || l.w.snap.Conversation.Call.Stage != dialog.CallTalking {
		t.Fatal("the call did not come to its talk")
	}
	return l
}

func has(list []string, part string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, part) })
}

func TestAHarmlessSentenceIsSaidWhileTheModelWrites(t *testing.T) {
	t.Parallel()
	raw := answerOf(t, "Thank you for telling me. I hear you. Your balance is {balance}. Take your time.")
	s := talking(t).speak(t, talker{raw: strings.SplitAfter(raw, " ")}, nil)
	if !slices.Equal(s.now, []string{"Thank you for telling me.", "I hear you."}) {
		t.Errorf("said at once: %q", s.now)
	}
	if !slices.Equal(s.later, []string{"Your balance is $1,240.00. Take your time."}) {
		t.Errorf("said once the answer was whole: %q", s.later)
	}
	if !slices.Equal(s.verdicts, []string{"said", "said", "waits", "waits"}) {
		t.Errorf("traced: %q", s.verdicts)
	}
}

func TestTheFirstViolationDropsTheRest(t *testing.T) {
	t.Parallel()
	raw := answerOf(t, "Thank you for telling me. You will be arrested. Have a good one.")
	s := talking(t).speak(t, talker{raw: strings.SplitAfter(raw, " ")}, nil)
	all := slices.Concat(s.now, s.later)
	if has(all, "arrested") || has(all, "Have a good one") || len(s.now) != 1 || len(s.later) == 0 {
		t.Errorf("said %q, then %q", s.now, s.later)
	}
	if c := s.effects.Conversation; c.Control != dialog.ControlBot || c.Refused != 1 {
		t.Errorf("control %s, refused %d", c.Control, c.Refused)
	}
}

func TestASlowModelIsFilledForOnce(t *testing.T) {
	t.Parallel()
	ring, heard := make(chan time.Time, 1), make(chan struct{})
	ring <- time.Time{}
	raw := answerOf(t, "Thank you for telling me. How would that be?")
	m := talker{raw: []string{raw[:30], raw[30:]}, before: func(i int) {
		if i == 0 {
			<-heard // the model thinks until the filler was said
		}
	}}
	var now []string
	s := talking(t).speak(t, m, func(e *dialog.Env) {
		e.After = func(time.Duration) <-chan time.Time { return ring }
		e.Say = func(_ context.Context, o dialog.Outgoing) error {
			if now = append(now, o.Cleared.Out().Text); len(now) == 1 {
				close(heard)
			}
			return nil
		}
	})
	if len(now) < 2 || now[0] != "One moment, please." || now[1] != "Thank you for telling me." || has(now[1:], "One moment") {
		t.Errorf("said %q, then %q", now, s.later)
	}
}

func TestWhatCanNotBeSaidAtOnceIsSaidWithTheTurn(t *testing.T) {
	t.Parallel()
	raw := answerOf(t, "Thank you for telling me. I hear you.")
	tries := 0
	s := talking(t).speak(t, talker{raw: []string{raw}}, func(e *dialog.Env) {
		e.Say = func(context.Context, dialog.Outgoing) error { tries++; return errors.New("stale") }
	})
	if tries != 1 || !slices.Equal(s.later, []string{"Thank you for telling me. I hear you."}) {
		t.Errorf("%d tries, then %q", tries, s.later)
	}
}

func TestABrokenStreamIsFinishedByTheBuiltInResponder(t *testing.T) {
	t.Parallel()
	raw := answerOf(t, "Thank you for telling me. I hear you. And")
	m := talker{raw: []string{raw[:len(raw)-6]}, end: &llm.Error{Kind: llm.Unavailable, Reason: "cut"}}
	s := talking(t).speak(t, m, nil)
	if !slices.Equal(s.now, []string{"Thank you for telling me."}) || len(s.later) == 0 {
		t.Errorf("said %q, then %q", s.now, s.later)
	}
}

func TestAnAttemptAfterASpokenOneSaysNothingTwice(t *testing.T) {
	t.Parallel()
	l := talking(t)
	raw := answerOf(t, "Thank you for telling me. I hear you.")
	l.w.snap.Recent = append(l.w.snap.Recent, dialog.Message{Seq: l.w.seq + 5, ID: "before", Direction: "out", From: "bot",
		Text: "Thank you for telling me.", At: l.w.now, Status: channels.StatusSent, Spoken: &channels.Spoken{}})
	s := l.speak(t, talker{raw: []string{raw}}, nil)
	if len(s.now) != 0 || !slices.Equal(s.later, []string{"I hear you."}) {
		t.Errorf("said %q, then %q", s.now, s.later)
	}
}

// harms are sentences that no rule lets out.
var harms = []string{
	"You will be arrested.", "We will tell your employer.", "Pay now or we will sue you.", "I am a human being, not a machine.",
	"You are a deadbeat.", "The lowest we take is 60 percent.", "Read me your card number.", "Your credit score will go up.",
	"An attorney has reviewed your file.", "The police will come to your house.", "Settle for $100.00.", "This is your last chance.",
}

func TestNoViolatingSentenceEverLeaves(t *testing.T) {
	t.Parallel()
	good := []string{"Thank you for telling me.", "I hear you.", "I'm sorry to hear that.", "That makes sense.", "Let's look at it together.", "How does that sound?"}
	rapid.Check(t, func(r *rapid.T) {
		var reply []string
		for range rapid.IntRange(0, 4).Draw(r, "before") {
			reply = append(reply, rapid.SampledFrom(good).Draw(r, "good"))
		}
		bad := rapid.SampledFrom(harms).Draw(r, "bad")
		reply = append(reply, bad)
		for range rapid.IntRange(0, 2).Draw(r, "after") {
			reply = append(reply, rapid.SampledFrom(good).Draw(r, "good"))
		}
		rest := answerOf(r, strings.Join(reply, " "))
		var raw []string
		for len(rest) > 0 {
			n := rapid.IntRange(1, min(12, len(rest))).Draw(r, "n")
			raw, rest = append(raw, rest[:n]), rest[n:]
		}
		s := talking(t).speak(r, talker{raw: raw}, nil)
		if all := slices.Concat(s.now, s.later); has(all, bad) || len(all) == 0 {
			r.Errorf("said %q, then %q", s.now, s.later)
		}
		for _, text := range s.now {
			if !slices.Contains(good, text) {
				r.Errorf("%q was said before the answer was whole", text)
			}
		}
	})
}
