package dialog_test

import (
	"testing"
	"time"

	"parley/compliance"
	"parley/compliance/gate"
	"parley/dialog"
)

func TestConsentGivenToTheCreditorIsGivenToWhoSpeaksForIt(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	for actor, want := range map[compliance.Actor]bool{compliance.CreditorOwed: true, compliance.DebtBuyerOwner: false, compliance.ThirdParty: false} {
		recorded := []gate.Consent{{Scope: "sms", Source: "creditor", At: now}, {Scope: "sms", Source: "web form", At: now, Direct: true}}
		snap := dialog.Snapshot{
			Conversation: dialog.Conversation{Channel: "sms", Address: "+15125550123"},
			Accounts:     []dialog.Account{{ID: "a", Person: dialog.Person{Addresses: []dialog.Address{{Channel: "sms", Value: "+15125550123", Consents: recorded}}}}},
		}
		c := dialog.Settings{Actor: actor}.Contact(snap, "", "bot", now)
		if len(c.Consents) != 2 || c.Consents[0].Direct != want || !c.Consents[1].Direct {
			t.Errorf("%s relies on %+v", actor, c.Consents)
		}
		if recorded[0].Direct {
			t.Errorf("%s rewrote the record", actor)
		}
	}
}

func TestWhatThePersonAskedForIsNotProactive(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, purpose, from, channel string
		ago                          time.Duration
		replies                      int
		want                         bool
	}{
		{"an answer at once", "", "bot", "sms", time.Minute, 0, false},
		{"one follow-up", "reply", "bot", "sms", time.Hour, 1, false},
		{"a second follow-up", "reply", "bot", "sms", time.Hour, 2, true},
		{"an answer after a day", "reply", "bot", "sms", 25 * time.Hour, 0, true},
		{"a hand-off notice in time", "handoff", "bot", "sms", time.Hour, 1, false},
		{"a hand-off notice after a day", "handoff", "bot", "sms", 25 * time.Hour, 0, true},
		{"a reminder, though they wrote just now", "reminder", "bot", "sms", time.Minute, 0, true},
		{"a purpose nobody knows", "payment_reminder", "bot", "sms", time.Minute, 0, true},
		{"a human who talks with them", "reply", "agent", "sms", 10 * time.Minute, 7, false},
		{"a human after hours of silence", "reply", "agent", "sms", 2 * time.Hour, 7, true},
		{"a live web chat", "reply", "bot", "webchat", 10 * time.Minute, 9, false},
		{"the confirmation of an opt-out", "opt_out_confirmation", "bot", "sms", 48 * time.Hour, 3, false},
	} {
		conv := dialog.Conversation{Channel: c.channel, LastInbound: now.Add(-c.ago), RepliesSince: c.replies}
		if got := dialog.Proactive(c.purpose, c.from, conv, now); got != c.want {
			t.Errorf("%s: proactive %v", c.name, got)
		}
	}
	if !dialog.Proactive("", "bot", dialog.Conversation{Channel: "sms"}, now) {
		t.Error("a first message to somebody who never wrote is not proactive")
	}
}
