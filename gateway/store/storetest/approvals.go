package storetest

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/dialog"
	"parley/gateway/store"
	"parley/negotiation"
)

// request is a pending one about a conversation.
func (f *fixture) request(conversation string) dialog.Approval {
	args := dialog.ApprovalArgs{Offer: f.id("offer"), Kind: negotiation.MoveSettlement, Terms: negotiation.Terms{Kind: negotiation.MoveSettlement, Total: negotiation.USD(111600)}}
	return dialog.Approval{
		ID: f.id("ap"), Conversation: conversation, Account: "acct-1", RequestedBy: "bot", Action: dialog.ActionAgree, ActionVersion: 1, Args: args, SHA256: args.Hash(),
		Reasons: []string{"settlement is set to approve"}, State: dialog.ApprovalPending, CreatedAt: f.now, ExpiresAt: f.now.Add(dialog.ApprovalLasts),
	}
}

// ask has a turn of the address request approvals, n of them.
func (f *fixture) ask(from string, n int) (string, []dialog.Approval) {
	f.Helper()
	f.hear(from, f.id("may I"))
	c := f.mustClaim()
	e := f.effects(c.Snapshot)
	for range n {
		e.Approvals = append(e.Approvals, f.request(c.Conversation))
	}
	f.commit(c, e)
	return c.Conversation, e.Approvals
}

// consume decides every pending request in the snapshot, as an engine would.
func consume(by string, id string, now time.Time) func(dialog.Snapshot) (dialog.Effects, error) {
	return func(s dialog.Snapshot) (dialog.Effects, error) {
		i := slices.IndexFunc(s.Approvals, func(a dialog.Approval) bool { return a.ID == id && a.State == dialog.ApprovalPending })
		if i < 0 {
			return dialog.Effects{}, dialog.ErrDecided
		}
		a := s.Approvals[i]
		a.State, a.DecidedBy, a.DecidedAt = dialog.ApprovalConsumed, by, now
		return dialog.Effects{Conversation: s.Conversation, Approvals: []dialog.Approval{a}}, nil
	}
}

var approvalCases = []testCase{
	{"a request is written with the turn that makes it and read back whole", "They are written with the effects that make or decide them, in the same transaction", func(t *testing.T, f *fixture) {
		conversation, made := f.ask(alice, 2)
		got, err := f.s.Approval(f.ctx, made[0].ID)
		f.ok(err)
		if d := cmp.Diff(made[0], got); d != "" {
			t.Error(d)
		}
		if got.Args.Hash() != got.SHA256 {
			t.Error("the hash is not of what is read back")
		}
		snap, err := f.s.Snapshot(f.ctx, conversation)
		f.ok(err)
		if d := cmp.Diff(made, snap.Approvals); d != "" {
			t.Error(d)
		}
		if _, err := f.s.Approval(f.ctx, "none"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v", err)
		}
		f.hear(alice, "a stale turn")
		c := f.mustClaim()
		f.ok(f.s.Update(f.ctx, conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
			return dialog.Effects{Conversation: s.Conversation}, nil
		}))
		e := f.effects(c.Snapshot)
		e.Approvals = []dialog.Approval{f.request(conversation)}
		if err := f.s.Commit(f.ctx, c, e, f.now); !errors.Is(err, store.ErrStale) {
			t.Fatalf("a stale commit: %v", err)
		}
		if _, err := f.s.Approval(f.ctx, e.Approvals[0].ID); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a request of a refused commit: %v", err)
		}
	}},
	{"snapshots show the open requests of their own conversation, as they are now", "Approvals are the conversation's open requests for approval, oldest first", func(t *testing.T, f *fixture) {
		mine, made := f.ask(alice, 2)
		f.later(time.Second)
		f.ask(bob, 1)
		f.hear(alice, "and?")
		c := f.mustClaim()
		f.ok(f.s.Update(f.ctx, mine, nil, f.now, consume("ada", made[0].ID, f.now)))
		if n := len(c.Snapshot.Approvals); n != 2 {
			t.Fatalf("the claim saw %d requests", n)
		}
		if err := f.s.Commit(f.ctx, c, f.effects(c.Snapshot), f.now); !errors.Is(err, store.ErrStale) {
			t.Fatalf("got %v", err)
		}
		f.ok(f.s.Reload(f.ctx, c))
		if got := c.Snapshot.Approvals; len(got) != 1 || got[0].ID != made[1].ID {
			t.Errorf("after a decision: %+v", got)
		}
		f.ok(f.s.Update(f.ctx, mine, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
			a := s.Approvals[0]
			a.State = dialog.ApprovalApproved
			return dialog.Effects{Conversation: s.Conversation, Approvals: []dialog.Approval{a}}, nil
		}))
		snap, err := f.s.Snapshot(f.ctx, mine)
		f.ok(err)
		if len(snap.Approvals) != 1 || snap.Approvals[0].State != dialog.ApprovalApproved {
			t.Errorf("a permission that waits is not shown: %+v", snap.Approvals)
		}
	}},
	{"of many deciders at once one decides", "under the conversation's lock", func(t *testing.T, f *fixture) {
		conversation, made := f.ask(alice, 1)
		const deciders = 12
		errs := make([]error, deciders)
		var all sync.WaitGroup
		for i := range deciders {
			all.Go(func() {
				errs[i] = f.s.Update(f.ctx, conversation, nil, f.now, consume(f.name(i), made[0].ID, f.now))
			})
		}
		all.Wait()
		won := -1
		for i, err := range errs {
			switch {
			case err == nil && won >= 0:
				t.Errorf("%s and %s both decided", f.name(won), f.name(i))
			case err == nil:
				won = i
			case !errors.Is(err, dialog.ErrDecided):
				t.Errorf("a loser learns %v", err)
			}
		}
		got, err := f.s.Approval(f.ctx, made[0].ID)
		f.ok(err)
		if won < 0 || got.DecidedBy != f.name(won) || got.State != dialog.ApprovalConsumed {
			t.Errorf("won by %d, kept %+v", won, got)
		}
	}},
	{"a final request is never written again, nor one of another conversation", "one that is final is never written again, ErrStale instead, whoever tries", func(t *testing.T, f *fixture) {
		mine, made := f.ask(alice, 2)
		theirs, _ := f.ask(bob, 1)
		f.ok(f.s.Update(f.ctx, mine, nil, f.now, consume("ada", made[0].ID, f.now)))
		again := func(conversation string, a dialog.Approval) {
			t.Helper()
			a.State, a.DecidedBy = dialog.ApprovalRejected, "bob"
			err := f.s.Update(f.ctx, conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
				e := dialog.Effects{Conversation: s.Conversation, Approvals: []dialog.Approval{a}, Events: []dialog.Event{{Type: "forged", At: f.now, Who: "service"}}}
				return e, nil
			})
			if !errors.Is(err, store.ErrStale) {
				t.Errorf("got %v", err)
			}
			if slices.Contains(f.events(conversation), "forged") {
				t.Error("the rest of the effects was written")
			}
		}
		again(mine, made[0])
		again(theirs, made[1])
		for i, want := range []dialog.ApprovalState{dialog.ApprovalConsumed, dialog.ApprovalPending} {
			got, err := f.s.Approval(f.ctx, made[i].ID)
			f.ok(err)
			if got.State != want || got.DecidedBy == "bob" || got.Conversation != mine {
				t.Errorf("kept %+v", got)
			}
		}
	}},
	{"requests are listed by state, oldest first, a page at a time", "Approvals lists those in a state (\"\": in any), oldest first", func(t *testing.T, f *fixture) {
		conversation, made := f.ask(alice, 3) // at one instant
		for range 2 {
			f.later(time.Second)
			_, more := f.ask(alice, 1)
			made = append(made, more...)
		}
		f.ok(f.s.Update(f.ctx, conversation, nil, f.now, consume("ada", made[1].ID, f.now)))
		list := func(state dialog.ApprovalState) (ids []string) {
			cursor := ""
			for {
				page, next, err := f.s.Approvals(f.ctx, state, cursor, 2)
				f.ok(err)
				for _, a := range page {
					ids = append(ids, a.ID)
				}
				if cursor = next; cursor == "" {
					return ids
				}
			}
		}
		var ids []string
		for _, a := range made {
			ids = append(ids, a.ID)
		}
		f.same("all", list(""), ids)
		f.same("pending", list(dialog.ApprovalPending), slices.Delete(slices.Clone(ids), 1, 2))
		f.same("consumed", list(dialog.ApprovalConsumed), ids[1:2])
		f.same("rejected", list(dialog.ApprovalRejected), nil)
		if _, _, err := f.s.Approvals(f.ctx, "", "no cursor", 2); err == nil {
			t.Error("any word is a cursor")
		}
	}},
	{"a request goes with its conversation's record", "Purge … deletes the conversation", func(t *testing.T, f *fixture) {
		conversation, made := f.ask(alice, 1)
		f.ok(f.s.Update(f.ctx, conversation, nil, f.now, consume("ada", made[0].ID, f.now)))
		_, err := f.s.Purge(f.ctx, conversation, f.now, store.PurgeRequest{Who: "service", Holds: func(store.Retained) []store.Hold { return nil }})
		f.ok(err)
		if _, err := f.s.Approval(f.ctx, made[0].ID); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}},
}

func (f *fixture) name(i int) string { return string(rune('a' + i)) }
