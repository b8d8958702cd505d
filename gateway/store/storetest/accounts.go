package storetest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"parley/dialog"
	"parley/gateway/store"
	"parley/negotiation"
)

// pays adds a payment of a cent.
func pays(id string, at time.Time) func(dialog.Account) (dialog.Account, []dialog.Event, error) {
	return func(a dialog.Account) (dialog.Account, []dialog.Event, error) {
		a.Payments = append(a.Payments, dialog.Payment{ID: id, Amount: negotiation.USD(1), Date: civil.DateOf(at)})
		return a, []dialog.Event{{Type: "payment.received", At: at, Who: "service", Body: map[string]any{"payment": id}}}, nil
	}
}

var accountUpdateCases = []testCase{
	{"an account is updated with its events, or not at all", "writes the account it returns with its events", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice))
		before, err := f.s.Account(f.ctx, "acct-1")
		f.ok(err)
		f.later(time.Minute)
		f.ok(f.s.UpdateAccount(f.ctx, "acct-1", f.now, pays("pay-1", f.now)))
		after, err := f.s.Account(f.ctx, "acct-1")
		f.ok(err)
		if len(after.Payments) != 1 || after.Payments[0].ID != "pay-1" || after.Version != before.Version+1 || !after.UpdatedAt.Equal(f.now) {
			t.Errorf("got %+v", after)
		}
		ledger, err := f.s.Ledger(f.ctx, "", 0, 100)
		f.ok(err)
		if last := ledger[len(ledger)-1]; last.Type != "payment.received" || last.Conversation != "" {
			t.Errorf("the ledger ends with %+v", last)
		}
		no := errors.New("no")
		got := f.s.UpdateAccount(f.ctx, "acct-1", f.now, func(a dialog.Account) (dialog.Account, []dialog.Event, error) {
			a.Last4 = "0000"
			return a, []dialog.Event{{Type: "wrong", At: f.now}}, no
		})
		if !errors.Is(got, no) {
			t.Errorf("got %v", got)
		}
		same, err := f.s.Account(f.ctx, "acct-1")
		f.ok(err)
		if same.Version != after.Version || same.Last4 != after.Last4 {
			t.Error("something was written")
		}
		if again, err := f.s.Ledger(f.ctx, "", 0, 100); err != nil || len(again) != len(ledger) {
			t.Errorf("%d entries, were %d: %v", len(again), len(ledger), err)
		}
		if _, broken, err := f.s.Verify(f.ctx); err != nil || broken != 0 {
			t.Errorf("entry %d is broken: %v", broken, err)
		}
	}},
	{"an account nobody knows is not updated", "ErrNotFound: there is no such account", func(t *testing.T, f *fixture) {
		err := f.s.UpdateAccount(f.ctx, "none", f.now, pays("pay-1", f.now))
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}},
	{"updates at the same moment all count", "all in one transaction", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice))
		var all sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			all.Go(func() { errs[i] = f.s.UpdateAccount(f.ctx, "acct-1", f.now, pays(string(rune('a'+i)), f.now)) })
		}
		all.Wait()
		f.ok(errors.Join(errs...))
		a, err := f.s.Account(f.ctx, "acct-1")
		f.ok(err)
		if len(a.Payments) != len(errs) {
			t.Errorf("%d payments of %d", len(a.Payments), len(errs))
		}
	}},
	{"a turn that read the account before an update is told so", "ErrStale: the conversation or an account moved on", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice))
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.Accounts = c.Snapshot.Accounts
		f.ok(f.s.UpdateAccount(f.ctx, "acct-1", f.now, pays("pay-1", f.now)))
		if err := f.s.Commit(f.ctx, c, e, f.now); !errors.Is(err, store.ErrStale) {
			t.Errorf("got %v", err)
		}
	}},
}
