package storetest

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/dialog"
	"parley/gateway/store"
)

// fall is an override from auto to approve, decided on a version.
func fall(version int64, reason string) (dialog.Override, store.LevelChange) {
	return dialog.Override{Portfolio: "northwind", Capability: "promise", Level: dialog.LevelApprove, Configured: dialog.LevelAuto, By: "service", Reason: reason, Version: version},
		store.LevelChange{Portfolio: "northwind", Capability: "promise", From: dialog.LevelAuto, To: dialog.LevelApprove, Configured: dialog.LevelAuto, Reason: reason, Well: 350, Of: 400, Bound: 0.84}
}

var autonomyCases = []testCase{
	{"a level is kept with its change in the ledger", "writes one with its change in the ledger, in one transaction", func(t *testing.T, f *fixture) {
		o, c := fall(0, "drift")
		f.ok(f.s.SetOverride(f.ctx, o, c, f.now))
		other := dialog.Override{Portfolio: "a", Capability: "z", Level: dialog.LevelDraft, Configured: dialog.LevelOff, By: "human:ada", Reason: "try"}
		f.ok(f.s.SetOverride(f.ctx, other, store.LevelChange{}, f.now))
		f.later(time.Hour)
		o.Version, o.Level, o.By = 1, dialog.LevelDraft, "human:ada"
		f.ok(f.s.SetOverride(f.ctx, o, c, f.now))
		got, err := f.s.Overrides(f.ctx)
		f.ok(err)
		o.At, o.Version, other.At, other.Version = f.now, 2, f.now.Add(-time.Hour), 1
		if diff := cmp.Diff([]dialog.Override{other, o}, got); diff != "" {
			t.Error(diff)
		}
		ledger, err := f.s.Ledger(f.ctx, "", 0, 100)
		f.ok(err)
		if len(ledger) != 3 || ledger[0].Type != store.EventAutonomy || ledger[0].Who != "service" || ledger[2].Who != "human:ada" {
			t.Fatalf("the ledger has %+v", ledger)
		}
		var body store.LevelChange
		f.ok(json.Unmarshal(ledger[0].Body, &body))
		if diff := cmp.Diff(c, body); diff != "" {
			t.Error(diff)
		}
		if _, broken, err := f.s.Verify(f.ctx); err != nil || broken != 0 {
			t.Errorf("entry %d is broken: %v", broken, err)
		}
	}},
	{"of two who decide on the same level one writes", "ErrStale: somebody else wrote meanwhile; nothing is written", func(t *testing.T, f *fixture) {
		for version := range int64(2) {
			var all sync.WaitGroup
			errs := make([]error, 4)
			for i := range errs {
				all.Go(func() {
					o, c := fall(version, "drift")
					errs[i] = f.s.SetOverride(f.ctx, o, c, f.now)
				})
			}
			all.Wait()
			won := 0
			for _, err := range errs {
				switch {
				case err == nil:
					won++
				case !errors.Is(err, store.ErrStale):
					t.Error(err)
				}
			}
			ledger, err := f.s.Ledger(f.ctx, "", 0, 100)
			f.ok(err)
			if won != 1 || len(ledger) != int(version)+1 {
				t.Errorf("on version %d %d wrote; %d entries", version, won, len(ledger))
			}
		}
		o, c := fall(7, "drift")
		o.Capability = "unknown"
		if err := f.s.SetOverride(f.ctx, o, c, f.now); !errors.Is(err, store.ErrStale) {
			t.Errorf("on a version that never was: %v", err)
		}
		if all, err := f.s.Overrides(f.ctx); err != nil || len(all) != 1 || all[0].Version != 2 {
			t.Errorf("left are %+v %v", all, err)
		}
	}},
	{"uses are found from the newest back", "Uses lists entries of the type [dialog.EventUsed], the newest first, that stand before an entry", func(t *testing.T, f *fixture) {
		var uses []int64
		var ids []string
		for i := range 5 {
			id := f.hear(alice, string(rune('a'+i))).Conversation
			c := f.mustClaim()
			e := f.effects(c.Snapshot)
			e.Events = []dialog.Event{{Type: "message.received", At: f.now, Who: "person"}, {Type: dialog.EventUsed, At: f.now, Who: "bot", Body: dialog.Use{Capability: "promise", Offer: string(rune('a' + i))}}}
			f.ok(f.s.Commit(f.ctx, c, e, f.now))
			ids = append(ids, id)
		}
		for before, want := int64(0), "edcba"; want != ""; {
			page, err := f.s.Uses(f.ctx, before, 2)
			f.ok(err)
			if len(page) != min(2, len(want)) {
				t.Fatalf("%d entries before %d, %q are left", len(page), before, want)
			}
			for _, e := range page {
				var u dialog.Use
				f.ok(json.Unmarshal(e.Body, &u))
				if u.Offer != want[:1] || e.Type != dialog.EventUsed || e.Conversation != ids[0] {
					t.Errorf("got %+v, want the use of %s", e, want[:1])
				}
				want, before = want[1:], e.N
				uses = append(uses, e.N)
			}
		}
		if got, last, err := f.s.Touched(f.ctx, uses[1], 100); err != nil || len(got) != 1 || got[0] != ids[0] || last < uses[0] {
			t.Errorf("touched since: %v %d %v", got, last, err)
		}
	}},
	{"what was touched is told in pages", "the last entry that was looked at (after itself where there is none)", func(t *testing.T, f *fixture) {
		a := f.hear(alice, "hello").Conversation
		b := f.hear(bob, "hi").Conversation
		f.put(f.account("acct-1", "p-1", "+15125550199"))
		var got []string
		var at int64
		for range 100 {
			ids, last, err := f.s.Touched(f.ctx, at, 1)
			f.ok(err)
			if last == at {
				if len(ids) != 0 {
					t.Errorf("nothing was looked at, and it found %v", ids)
				}
				break
			}
			got, at = append(got, ids...), last
		}
		seen := map[string]bool{}
		for _, id := range got {
			seen[id] = true
		}
		if !seen[a] || !seen[b] || len(seen) != 2 {
			t.Errorf("found %v, want %s and %s and not the entry of no conversation", got, a, b)
		}
	}},
}
