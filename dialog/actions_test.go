package dialog_test

import (
	"errors"
	"testing"
	"time"

	"parley/dialog"
)

// queued is a conversation that waits for a human, with its hand-off.
func queued(t *testing.T) (*world, string) {
	t.Helper()
	w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
	w.turn(beat{Say: "I want a human"})
	if w.snap.Conversation.Control != dialog.ControlQueued {
		t.Fatalf("control is %s", w.snap.Conversation.Control)
	}
	w.snap.Accounts = w.visible()
	return w, w.snap.Conversation.Handoff.ID
}

// did applies an action that must be allowed.
func (w *world) did(e dialog.Effects, err error) dialog.Effects {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	w.apply(e)
	return e
}

func TestOneClaimsAndTheOthersLearnWho(t *testing.T) {
	t.Parallel()
	w, id := queued(t)
	epoch := w.snap.Conversation.Epoch
	w.did(w.engine.Claim(w.snap, id, "ada", w.env()))
	if c := w.snap.Conversation; c.Control != dialog.ControlHuman || c.Handoff.Holder != "ada" || c.Epoch != epoch+1 {
		t.Errorf("after the claim: %s, %q, epoch %d", c.Control, c.Handoff.Holder, c.Epoch)
	}
	for what, do := range map[string]func() (dialog.Effects, error){
		"claim":   func() (dialog.Effects, error) { return w.engine.Claim(w.snap, id, "bob", w.env()) },
		"release": func() (dialog.Effects, error) { return w.engine.Release(w.snap, id, "bob", w.env()) },
		"transfer": func() (dialog.Effects, error) {
			return w.engine.Transfer(w.snap, id, "bob", "cy", "please", w.now.Add(time.Minute), w.env())
		},
		"resolve": func() (dialog.Effects, error) {
			return w.engine.Resolve(w.snap, id, "bob", dialog.Resolution{}, w.env())
		},
		"reply": func() (dialog.Effects, error) { return w.engine.AgentReply(w.snap, "bob", "Hello.", 0, w.env()) },
	} {
		var refused *dialog.Refused
		if _, err := do(); !errors.As(err, &refused) || refused.Kind != dialog.RefusedByControl || refused.Holder != "ada" {
			t.Errorf("another's %s: %v", what, err)
		}
	}
}

func TestWhatAnAgentSaidGoesOutThoughTheyHandItOn(t *testing.T) {
	t.Parallel()
	w, id := queued(t)
	w.did(w.engine.Claim(w.snap, id, "ada", w.env()))
	e := w.did(w.engine.AgentReply(w.snap, "ada", "Hello, I am Ada. How can I help?", 0, w.env()))
	if len(e.Outgoing) != 1 || !e.Outgoing[0].AnyEpoch || e.Outgoing[0].From != "agent" {
		t.Errorf("queued %+v", e.Outgoing)
	}
}

func TestASupervisorTakesAHandOffFromWhoeverHoldsIt(t *testing.T) {
	t.Parallel()
	for to, control := range map[string]dialog.Control{"": dialog.ControlQueued, "bob": dialog.ControlHuman} {
		w, id := queued(t)
		since := w.snap.Conversation.Handoff.Since
		w.did(w.engine.Claim(w.snap, id, "ada", w.env()))
		e := w.did(w.engine.Reassign(w.snap, id, "sue", to, "she has gone home", w.env()))
		c := w.snap.Conversation
		if c.Control != control || c.Handoff.Holder != to || !c.Handoff.Since.Equal(since) || e.Events[len(e.Events)-1].Who != "human:sue" {
			t.Errorf("to %q: %s, held by %q, events %+v", to, c.Control, c.Handoff.Holder, e.Events)
		}
		if _, err := w.engine.AgentReply(w.snap, "ada", "Hello.", 0, w.env()); err == nil {
			t.Errorf("to %q: the one it was taken from still speaks", to)
		}
	}
	w, id := queued(t)
	if _, err := w.engine.Reassign(w.snap, id, "sue", "bob", "why not", w.env()); err == nil {
		t.Error("one that nobody holds was given away; it is there to be claimed")
	}
}
