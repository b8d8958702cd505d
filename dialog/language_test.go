package dialog_test

import (
	"testing"
)

func TestTheLanguageOnFileIsSpokenUntilThePersonSpeaks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
	a := w.accounts["acct-1001"]
	a.Person.Language = "es"
	w.accounts[a.ID] = a
	// The record notes when they last wrote at the door, before the turn.
	w.snap.Conversation.LastInbound = w.now
	w.turn(beat{Say: "78701"})
	if got := w.snap.Conversation.Language; got != "es" {
		t.Fatalf("answered in %q", got)
	}
	w.turn(beat{Say: "english please"})
	w.turn(beat{Say: "?"})
	if got := w.snap.Conversation.Language; got != "en" {
		t.Errorf("after they asked for English: %q", got)
	}
}
