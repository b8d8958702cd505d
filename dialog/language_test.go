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

func TestTheLanguageAskedForIsTheOneThatIsNotRefused(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"en español por favor, no hablo inglés":    "es",
		"no hablo inglés, ¿alguien habla español?": "es",
		"no hablo inglés":                          "es",
		"no hablo español, inglés por favor":       "en",
		"do you speak spanish?":                    "es",
		"english please, not spanish":              "en",
	} {
		w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
		w.turn(beat{Say: "hello"})
		w.turn(beat{Say: said})
		if got := w.snap.Conversation.Language; got != want {
			t.Errorf("%q is answered in %q, want %q", said, got, want)
		}
	}
}
