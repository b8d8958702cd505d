package dialog_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/dialog"
)

// fires lets the timer of a kind fire, at its time.
func (w *world) fires(kind string) dialog.Effects {
	w.t.Helper()
	next, ok := w.timers[kind]
	if !ok {
		w.t.Fatalf("no timer %s is set: %v", kind, w.timers)
	}
	delete(w.timers, kind)
	w.now = next.Due
	w.snap.Accounts = w.visible()
	e := w.engine.Turn(context.Background(), w.snap, dialog.Input{Kind: dialog.InputTimer, Timer: next.Kind, At: next.Due, Body: next.Body}, w.env())
	w.apply(e)
	return e
}

// due is how long until a timer fires; negative where none is set.
func (w *world) due(kind string) time.Duration {
	x, ok := w.timers[kind]
	if !ok {
		return -1
	}
	return x.Due.Sub(w.now)
}

func events(e dialog.Effects) string {
	var all []string
	for _, ev := range e.Events {
		all = append(all, ev.Type)
	}
	return strings.Join(all, " ")
}

func notices(h *dialog.Handoff) string {
	var all []string
	for _, n := range h.Notices {
		all = append(all, n.Code+" "+n.Agent)
	}
	return strings.Join(all, ", ")
}

func TestAnOfferNobodyAnswersLapses(t *testing.T) {
	t.Parallel()
	w, _ := in(t, offered)
	if w.due(dialog.TimerOffer) != time.Minute {
		t.Fatalf("due in %s", w.due(dialog.TimerOffer))
	}
	w.fires(dialog.TimerOffer)
	c := w.snap.Conversation
	if c.Control != waiting || c.Handoff.Reserved != nil || c.Handoff.Declined[0] != (dialog.Declined{Agent: "ada", Why: "lapsed", At: w.now}) || c.Handoff.Priority != 0 {
		t.Errorf("%s %+v", c.Control, c.Handoff)
	}
}

func TestATransferNobodyAnswersStaysWithItsHolder(t *testing.T) {
	t.Parallel()
	w, _ := in(t, transferring)
	w.fires(dialog.TimerTransfer)
	if c := w.snap.Conversation; c.Control != human || c.Handoff.Holder != "ada" || c.Handoff.Reserved != nil || c.Handoff.Declined[0].Agent != "bob" {
		t.Errorf("%s %+v", c.Control, c.Handoff)
	}
}

func TestATimerOfWhatHasPassedDoesNothing(t *testing.T) {
	t.Parallel()
	for state, kind := range map[dialog.Control]string{offered: dialog.TimerOffer, transferring: dialog.TimerTransfer, human: dialog.TimerFirstReply, wrapping: dialog.TimerWrapUp} {
		w, id := in(t, state)
		old := w.timers[kind]
		if state == offered {
			w.did(w.engine.Decline(w.snap, id, "ada", "busy", w.env()))
			w.did(w.engine.Offer(w.snap, id, "bob", "router", w.now.Add(time.Hour), w.env()))
		} else {
			w.did(w.engine.Release(w.snap, id, "ada", w.env()))
		}
		if x, ok := w.timers[kind]; ok && string(x.Body) == string(old.Body) {
			t.Errorf("%s: its timer was not taken back", state)
		}
		was := w.snap.Conversation
		w.now = w.now.Add(2 * time.Minute)
		e := w.engine.Turn(context.Background(), w.snap, dialog.Input{Kind: dialog.InputTimer, Timer: old.Kind, At: old.Due, Body: old.Body}, w.env())
		if e.Conversation.Control != was.Control || e.Conversation.Epoch != was.Epoch || len(e.Outgoing) != 0 {
			t.Errorf("%s: an old timer made it %s", state, e.Conversation.Control)
		}
	}
}

func TestWhoTakesItAndSaysNothingLosesIt(t *testing.T) {
	t.Parallel()
	w, _ := in(t, human)
	since := w.snap.Conversation.Handoff.Since
	if w.due(dialog.TimerFirstReply) != 5*time.Minute {
		t.Fatalf("due in %s", w.due(dialog.TimerFirstReply))
	}
	e := w.fires(dialog.TimerFirstReply)
	c := w.snap.Conversation
	if c.Control != waiting || c.Handoff.Holder != "" || c.Handoff.Priority != 1 || !c.Handoff.Since.Equal(since) || notices(c.Handoff) != "silent_holder ada" || !strings.Contains(events(e), "handoff.notice") {
		t.Errorf("%s %+v, %s", c.Control, c.Handoff, events(e))
	}
}

func TestWhoHasAnsweredKeepsItAndASupervisorIsTold(t *testing.T) {
	t.Parallel()
	w, _ := in(t, human)
	w.did(w.engine.AgentReply(w.snap, "ada", "Hello, I am Ada. How can I help?", 0, w.env()))
	if w.due(dialog.TimerFirstReply) >= 0 || !w.snap.Conversation.WaitingSince.IsZero() {
		t.Error("an answer did not stop the clock")
	}
	w.turn(beat{Say: "can I pay later?", After: "1h"})
	if w.due(dialog.TimerFirstReply) != 5*time.Minute {
		t.Fatalf("the next answer is due in %s", w.due(dialog.TimerFirstReply))
	}
	w.fires(dialog.TimerFirstReply)
	if c := w.snap.Conversation; c.Control != human || c.Handoff.Holder != "ada" || notices(c.Handoff) != "slow_reply ada" {
		t.Errorf("%s %+v", c.Control, c.Handoff)
	}
}

func TestAtNightNobodyIsCalledSilent(t *testing.T) {
	t.Parallel()
	w, id := queued(t)
	w.now = time.Date(2026, 11, 24, 2, 50, 0, 0, time.UTC) // 8:50 pm in Texas
	w.turn(beat{Say: "still there?", After: "8h"})         // 4:50 am: nobody may text
	w.did(w.engine.Claim(w.snap, id, "ada", w.env()))
	if due := w.timers[dialog.TimerFirstReply].Due; due.Before(time.Date(2026, 11, 24, 10, 50, 0, 0, time.UTC)) {
		t.Errorf("due %s", due)
	}
}

func TestWritingUpEnds(t *testing.T) {
	t.Parallel()
	w, _ := in(t, human)
	w.did(w.engine.AgentReply(w.snap, "ada", "You are all set. Goodbye.", 0, w.env()))
	w.did(w.engine.Wrap(w.snap, w.snap.Conversation.Handoff.ID, "ada", w.env()))
	e := w.fires(dialog.TimerWrapUp)
	if c := w.snap.Conversation; c.Control != ended || c.Handoff.Disposition != dialog.DispositionAutoWrap || c.Handoff.Open() || notices(c.Handoff) != "auto_wrap ada" {
		t.Errorf("%s %+v, %s", c.Control, c.Handoff, events(e))
	}
	if len(w.timers) != 0 {
		t.Errorf("timers remain: %v", w.timers)
	}
}

func TestWhatIsWrittenUpByWhoIsGoneEndsByItself(t *testing.T) {
	t.Parallel()
	w, id := in(t, human)
	w.did(w.engine.AgentReply(w.snap, "ada", "You are all set. Goodbye.", 0, w.env()))
	w.did(w.engine.Wrap(w.snap, id, "ada", w.env()))
	if _, err := w.engine.Requeue(w.snap, id, "lease ran out", w.env()); err == nil {
		t.Error("it is queued again, and nobody waits")
	}
	w.turn(beat{Say: "one more thing"})
	if e := w.did(w.engine.Requeue(w.snap, id, "lease ran out", w.env())); e.Conversation.Control != waiting {
		t.Errorf("%s", e.Conversation.Control)
	}
}

func TestWhoWritesWhileItIsWrittenUpIsNotClosedOn(t *testing.T) {
	t.Parallel()
	w, _ := in(t, wrapping)
	w.turn(beat{Say: "one more thing"})
	if w.snap.Conversation.Control != wrapping {
		t.Fatalf("%s", w.snap.Conversation.Control)
	}
	w.fires(dialog.TimerWrapUp)
	if c := w.snap.Conversation; c.Control != waiting || c.Handoff.Priority != 1 || !c.Handoff.Open() {
		t.Errorf("%s %+v", c.Control, c.Handoff)
	}
}

func TestWhoWaitsTooLongIsToldTheTruth(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
	w.engine.Settings.Desk.MaxWait = 20 * time.Minute
	w.turn(beat{Say: "I want a human"})
	was := w.snap.Conversation.WaitingSince
	if w.due(dialog.TimerMaxWait) != 20*time.Minute {
		t.Fatalf("due in %s", w.due(dialog.TimerMaxWait))
	}
	id := w.snap.Conversation.Handoff.ID
	w.did(w.engine.Offer(w.snap, id, "ada", "router", w.now.Add(time.Minute), w.env()))
	w.fires(dialog.TimerOffer) // the wait goes on through an offer
	e := w.fires(dialog.TimerMaxWait)
	c := w.snap.Conversation
	if c.Control != waiting || c.Handoff.Priority != 1 || notices(c.Handoff) != "waited_too_long " {
		t.Errorf("%s %+v", c.Control, c.Handoff)
	}
	if len(e.Outgoing) != 1 || !strings.Contains(e.Outgoing[0].Cleared.Out().Text, "sorry you are still waiting") {
		t.Errorf("said %+v", e.Outgoing)
	}
	if !c.WaitingSince.Equal(was) {
		t.Error("an apology stopped the clock")
	}
	w.did(w.engine.Offer(w.snap, id, "ada", "router", w.now.Add(time.Minute), w.env()))
	w.fires(dialog.TimerOffer)
	if w.due(dialog.TimerMaxWait) >= 0 {
		t.Error("they would be told again and again")
	}
}

func TestWhatOnlyAHumanMayDoNeverGoesBackByItself(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"I dispute this debt", "I filed for bankruptcy", "I want to die", "I want a human"} {
		w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
		w.engine.Settings.Desk.MaxWait = 20 * time.Minute
		w.turn(beat{Say: words})
		for range 5 {
			for _, kind := range slices.Sorted(maps.Keys(w.timers)) {
				w.fires(kind)
			}
			if c := w.snap.Conversation.Control; c != waiting {
				t.Fatalf("%q: %s", words, c)
			}
		}
	}
}

func TestWhoWaitsMayGoOnWithTheBot(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]struct {
		says  []string
		state dialog.Control
		ok    bool
	}{
		"who has asked for a human":          {[]string{"zip 78701", "I want a human"}, waiting, true},
		"in Spanish":                         {[]string{"zip 78701", "quiero hablar con una persona"}, waiting, true},
		"while it is offered":                {[]string{"zip 78701", "I want a human"}, offered, true},
		"not from a human who has it":        {[]string{"zip 78701", "I want a human"}, human, false},
		"not after a dispute":                {[]string{"zip 78701", "I dispute this debt"}, waiting, false},
		"not after distress":                 {[]string{"zip 78701", "I want to die"}, waiting, false},
		"not with a dispute while they wait": {[]string{"zip 78701", "I want a human", "I dispute this debt"}, waiting, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := smsWorld(t)
			w.engine.Settings.Desk.MaxWait = 20 * time.Minute
			for _, s := range k.says {
				w.turn(beat{Say: s})
			}
			if k.state == waiting {
				e := w.fires(dialog.TimerMaxWait)
				said := ""
				for _, o := range e.Outgoing {
					said += o.Cleared.Out().Text
				}
				if offersIt := strings.Contains(said, "CONTINU"); offersIt != k.ok {
					t.Errorf("said %q", said)
				}
				if alert := strings.Contains(events(e), "handoff.alert"); alert != (name == "not after distress") || alert == (said != "") {
					t.Errorf("alert %v, said %q", alert, said)
				}
			} else {
				w.bring(k.state)
			}
			word := map[bool]string{true: "Continuar", false: "CONTINUE"}[name == "in Spanish"]
			w.turn(beat{Say: word})
			c := w.snap.Conversation
			if !k.ok {
				if c.Control != k.state || len(w.effects.Outgoing) != 0 {
					t.Errorf("%s, said %q", c.Control, w.outcome().Says)
				}
				return
			}
			if c.Control != bot || c.Handoff.Open() || c.Handoff.Disposition != dialog.DispositionCancelled || len(w.effects.Outgoing) != 1 || !c.WaitingSince.IsZero() {
				t.Errorf("%s %+v, said %q", c.Control, c.Handoff, w.outcome().Says)
			}
			if w.turn(beat{Say: "can I pay monthly?"}); len(w.snap.Conversation.Table) == 0 {
				t.Errorf("the bot does not go on: %q", w.outcome().Says)
			}
		})
	}
}

func TestWhatAHumanLeftUnansweredTheBotAnswers(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	w.turn(beat{Say: "zip 78701"})
	w.turn(beat{Say: "I want a human"})
	id := w.snap.Conversation.Handoff.ID
	w.did(w.engine.Claim(w.snap, id, "ada", w.env()))
	w.turn(beat{Say: "can I pay monthly?"})
	w.snap.Accounts = w.visible()
	w.did(w.engine.Resolve(w.snap, id, "ada", dialog.Resolution{Disposition: "answered", Brief: "Nothing was promised.", ToBot: true}, w.env()))
	e := w.fires(dialog.TimerReturned)
	if len(e.Outgoing) != 1 || !strings.Contains(e.Outgoing[0].Cleared.Out().Text, "$155.00") || len(w.snap.Conversation.Table) == 0 {
		t.Errorf("said %+v", e.Outgoing)
	}
	if !w.snap.Conversation.WaitingSince.IsZero() {
		t.Error("an answer did not stop the clock")
	}
	w.now = w.now.Add(time.Minute)
	again := w.engine.Turn(context.Background(), w.snap, dialog.Input{Kind: dialog.InputTimer, Timer: dialog.TimerReturned, At: w.now}, w.env())
	if len(again.Outgoing) != 0 {
		t.Error("it was answered twice")
	}
}
