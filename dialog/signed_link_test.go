package dialog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"parley/dialog"
)

func TestASignedLinkSaysWhoIsThere(t *testing.T) {
	t.Parallel()
	chat := func() *world {
		return newWorld(t, script{Channel: "webchat", Address: "wc_1", Start: "2026-11-23T16:00:00Z"})
	}
	link := func(w *world, id string) error {
		w.snap.Accounts = w.visible()
		e, err := w.engine.VerifyByLink(w.snap, w.accounts[id], w.env())
		if err == nil {
			w.effects = e
			w.apply(e)
		}
		return err
	}
	t.Run("who comes by it is answered at once", func(t *testing.T) {
		w := chat()
		if err := link(w, "acct-1001"); err != nil {
			t.Fatal(err)
		}
		events := w.effects.Events
		if len(events) != 1 || events[0].Type != "identity.verified" || len(w.effects.Outgoing) != 0 {
			t.Errorf("it caused %+v", w.effects)
		}
		if err := link(w, "acct-1001"); !errors.Is(err, dialog.ErrKnown) {
			t.Errorf("again: %v", err)
		}
		w.turn(beat{Say: "how much do I owe?"})
		if n := len(w.effects.Outgoing); n != 1 || !strings.Contains(w.effects.Outgoing[0].Cleared.Out().Text, "$1,240.00") {
			t.Errorf("%d messages: %+v", n, w.effects.Outgoing)
		}
	})
	t.Run("who was asked who they are need not say it", func(t *testing.T) {
		w := chat()
		w.turn(beat{Say: "how much do I owe?"})
		w.turn(beat{Say: "zip 99999, born 1950"})
		if err := link(w, "acct-1001"); err != nil {
			t.Fatal(err)
		}
		if c := w.snap.Conversation; c.Pending == "identity" || c.Identity.Attempts != 0 || !c.Identity.Verified {
			t.Errorf("left is %+v", c)
		}
	})
	t.Run("a session that ended begins anew", func(t *testing.T) {
		w := chat()
		if err := link(w, "acct-1001"); err != nil {
			t.Fatal(err)
		}
		w.turn(beat{Say: "hello"})
		w.now = w.now.Add(time.Hour)
		if err := link(w, "acct-1001"); err != nil {
			t.Fatal(err)
		}
		c := w.snap.Conversation
		if !c.SessionStart.Equal(w.now) || !c.Disclosed.AI.IsZero() || !c.Identity.VerifiedAt.Equal(w.now) {
			t.Errorf("left is %+v", c)
		}
	})
	t.Run("so does that of somebody who never said who they are", func(t *testing.T) {
		w := chat()
		w.turn(beat{Say: "hello"})
		w.now = w.now.Add(time.Hour)
		if err := link(w, "acct-1001"); err != nil {
			t.Fatal(err)
		}
		if c := w.snap.Conversation; !c.SessionStart.Equal(w.now) {
			t.Errorf("the session is from %s", c.SessionStart)
		}
	})
	t.Run("a conversation is about one account", func(t *testing.T) {
		w := chat()
		if err := link(w, "acct-1001"); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(time.Hour) // also when it is not known any more who is there
		other := w.accounts["acct-1001"]
		other.ID, other.Person.ID = "acct-2", "p-2"
		w.accounts["acct-2"] = other
		if err := link(w, "acct-2"); !errors.Is(err, dialog.ErrElsewhere) {
			t.Errorf("another's link: %v", err)
		}
		w.snap.Conversation.Control = dialog.ControlClosed
		if err := link(w, "acct-1001"); !errors.Is(err, dialog.ErrElsewhere) {
			t.Errorf("a closed conversation: %v", err)
		}
	})
}
