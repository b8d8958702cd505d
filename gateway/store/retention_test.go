package store_test

import (
	"testing"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

func TestWhatHoldsARecord(t *testing.T) {
	t.Parallel()
	last := time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)
	open := &dialog.Agreement{ID: "ag", Account: "acct", State: dialog.AgreementAccepted}
	with := func(edit func(*store.Retained)) store.Retained {
		r := store.Retained{Conversation: dialog.Conversation{Control: dialog.ControlBot}, LastActivity: last, Accounts: []dialog.Account{{ID: "acct"}}}
		edit(&r)
		return r
	}
	late := last.AddDate(4, 0, 0)
	for _, c := range []struct {
		name string
		r    store.Retained
		now  time.Time
		want string
	}{
		{"nothing", with(func(*store.Retained) {}), late, ""},
		{"the third anniversary", with(func(*store.Retained) {}), last.AddDate(3, 0, 0), ""},
		{"a nanosecond before", with(func(*store.Retained) {}), last.AddDate(3, 0, 0).Add(-1), "retention"},
		{"a leap day counts to March 1", with(func(r *store.Retained) { r.LastActivity = time.Date(2028, 2, 29, 0, 0, 0, 0, time.UTC) }), time.Date(2031, 2, 28, 23, 0, 0, 0, time.UTC), "retention"},
		{"an activity that is not known", with(func(r *store.Retained) { r.LastActivity = time.Time{} }), late, "retention"},
		{"a hand-off", with(func(r *store.Retained) { r.Handoff = true }), late, "open_handoff"},
		{"a hand-off the conversation knows", with(func(r *store.Retained) { r.Conversation.Handoff = &dialog.Handoff{} }), late, "open_handoff"},
		{"one that was resolved", with(func(r *store.Retained) { r.Conversation.Handoff = &dialog.Handoff{ResolvedAt: last} }), late, ""},
		{"a person who has it", with(func(r *store.Retained) { r.Conversation.Control = dialog.ControlHuman }), late, "human_control"},
		{"a closed one", with(func(r *store.Retained) { r.Conversation.Control = dialog.ControlClosed }), late, ""},
		{"a request for approval", with(func(r *store.Retained) { r.Approvals = 1 }), late, "open_approval"},
		{"something that waits", with(func(r *store.Retained) { r.Waiting = 1 }), late, "work_waiting"},
		{"an agreement only the conversation knows", with(func(r *store.Retained) { r.Conversation.Agreement = open }), late, "open_agreement"},
		{"one that the account says is completed", with(func(r *store.Retained) {
			r.Conversation.Agreement = open
			r.Accounts[0].Agreements = []dialog.Agreement{{ID: "ag", State: dialog.AgreementCompleted}}
		}), late, ""},
		{"a promise that was kept in part", with(func(r *store.Retained) { r.Accounts[0].Promises = []dialog.Promise{{State: "partial"}} }), late, "open_promise"},
		{"a promise that was kept", with(func(r *store.Retained) { r.Accounts[0].Promises = []dialog.Promise{{State: "kept"}} }), late, ""},
		{"a matter that is open", with(func(r *store.Retained) {
			r.Accounts[0].Flags = map[string]dialog.Flag{dialog.FlagBankruptcy: {}}
		}), late, "flag:bankruptcy"},
		{"a flag that is for good", with(func(r *store.Retained) {
			r.Accounts[0].Flags = map[string]dialog.Flag{dialog.FlagCease: {}, dialog.FlagVulnerable: {}}
		}), late, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := ""
			for _, h := range store.Holds(c.r, c.now) {
				got += h.Code
			}
			if got != c.want {
				t.Errorf("held by %q, want %q", got, c.want)
			}
		})
	}
}
