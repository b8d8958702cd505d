package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/compliance/gate"
	"parley/dialog"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
	"parley/gateway/store/sqlstore"
	"parley/gateway/store/storetest"
)

func TestContactsAreTalliedByThePersonsOwnDays(t *testing.T) {
	t.Parallel()
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	// The clocks went back on November 1 2026: these days have 24 and 25 hours.
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 10, day, hour, minute, 0, 0, chicago) }
	now := at(35, 12, 0) // November 4, noon
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "r.db"), sqlite.Options{Options: sqlstore.Options{
		Now:  func() time.Time { return now },
		Zone: func(dialog.Conversation, []dialog.Account) *time.Location { return chicago },
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	contact := func(channel, text string, when time.Time) {
		t.Helper()
		create := &dialog.Conversation{Channel: channel, Address: "+15125550123", Candidates: []string{"acct-1"}}
		err := s.Update(t.Context(), "cv-"+channel, create, when, func(snap dialog.Snapshot) (dialog.Effects, error) {
			o, err := storetest.Outgoing(snap.Conversation, text)
			o.Purpose = "payment_reminder" // one the gate has no name for, which is collection
			return dialog.Effects{Conversation: snap.Conversation, Outgoing: []dialog.Outgoing{o}}, err
		})
		if err != nil {
			t.Fatal(err)
		}
		d, err := s.Dequeue(t.Context(), "w", when, time.Minute, func(dialog.Snapshot, dialog.Message) store.GateResult {
			return store.GateResult{Verdict: gate.Verdict{Decision: gate.Allow}}
		})
		if err != nil || d == nil {
			t.Fatalf("not sent: %v", err)
		}
		if err := s.Settle(t.Context(), d, store.Settlement{Status: "sent"}, when); err != nil {
			t.Fatal(err)
		}
	}
	contact("sms", "too long ago", at(28, 23, 59))
	contact("sms", "the first minute that counts", at(29, 0, 0))
	contact("sms", "the last hour of a day", at(31, 23, 59)) // before the clocks change
	contact("voice", "the long day", at(32, 23, 59))
	contact("voice", "today", at(35, 0, 0))
	contact("sms", "now", at(35, 11, 59))

	snap, err := s.Snapshot(t.Context(), "cv-sms")
	if err != nil {
		t.Fatal(err)
	}
	got := snap.Contacts
	want := dialog.Contacts{
		Calls7: 2, Texts7: 3, All7: 5, ProactiveToday: 1, Initial: at(28, 23, 59).UTC(), LastCall: at(35, 0, 0).UTC(),
		CallDays: gate.Tally{0: 1, 3: 1}, TextDays: gate.Tally{0: 1, 4: 1, 6: 1}, AllDays: gate.Tally{0: 2, 3: 1, 4: 1, 6: 1},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	passed := dialog.Settings{}.Contact(snap, "", "bot", now)
	if passed.CallDays != want.CallDays || passed.TextDays != want.TextDays || passed.AllDays != want.AllDays || !passed.LastCall.Equal(want.LastCall) {
		t.Errorf("the gate is told %+v", passed)
	}
}
