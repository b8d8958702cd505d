package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"parley/dialog"
	"parley/gateway/store"
	"parley/negotiation"
)

func (f *fixture) purge(conversation string, r store.PurgeRequest) store.Purged {
	f.Helper()
	if r.Who == "" {
		r.Who = "service"
	}
	if r.Holds == nil {
		r.Holds = func(k store.Retained) []store.Hold { return store.Holds(k, f.now) }
	}
	p, err := f.s.Purge(f.ctx, conversation, f.now, r)
	f.ok(err)
	return p
}

func codes(holds []store.Hold) []string {
	var all []string
	for _, h := range holds {
		all = append(all, h.Code)
	}
	return all
}

// over is a conversation about acct-1 that has come to rest, on 2026-11-23.
func (f *fixture) over() string {
	f.Helper()
	f.now = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)
	f.put(f.account("acct-1", "p-1", alice))
	c := f.queue(alice, "one", "two").Conversation
	f.deliver()
	return c
}

// change edits the account of a conversation as a turn would.
func (f *fixture) change(conversation string, edit func(*dialog.Conversation, *dialog.Account)) {
	f.Helper()
	f.ok(f.s.Update(f.ctx, conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
		c, a := s.Conversation, s.Accounts[0]
		edit(&c, &a)
		e := dialog.Effects{Conversation: c, Accounts: []dialog.Account{a}}
		if c.Handoff != nil {
			e.Handoff = c.Handoff
		}
		return e, nil
	}))
}

var fourYears = time.Date(2030, 11, 24, 0, 0, 0, 0, time.UTC)

var purgeCases = []testCase{
	{"three years after the last activity, and not a moment before", "12 CFR 1006.100(a)", func(t *testing.T, f *fixture) {
		c := f.over()
		f.now = time.Date(2029, 11, 23, 14, 59, 59, 0, time.UTC)
		p := f.purge(c, store.PurgeRequest{})
		if len(p.Holds) != 1 || p.Holds[0].Rule != "REC-01" || p.Holds[0].Until.Format(time.DateOnly) != "2029-11-23" {
			t.Fatalf("got %+v", p)
		}
		if n := len(f.feed(c)); n != 3 {
			t.Errorf("%d messages are left", n)
		}
		f.later(time.Second)
		if p = f.purge(c, store.PurgeRequest{}); len(p.Holds) != 0 || p.Messages != 3 || p.Traces == 0 || p.Bodies == 0 {
			t.Errorf("got %+v", p)
		}
	}},
	{"a purge leaves no word, and a chain that verifies", "The chain still verifies", func(t *testing.T, f *fixture) {
		c := f.over()
		f.now = fourYears
		f.purge(c, store.PurgeRequest{Who: "human:Sam"})
		if _, err := f.s.Snapshot(f.ctx, c); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("the conversation: %v", err)
		}
		for what, n := range map[string]int{"messages": len(f.feed(c)), "traces": f.traces(c)} {
			if n != 0 {
				t.Errorf("%d %s are left", n, what)
			}
		}
		all, err := f.s.Ledger(f.ctx, c, 0, 100)
		f.ok(err)
		last := all[len(all)-1]
		for _, e := range all[:len(all)-1] {
			if len(e.Body) > 0 {
				t.Errorf("entry %d still says %s", e.N, e.Body)
			}
		}
		if last.Type != store.EventPurged || last.Who != "human:Sam" || !strings.Contains(string(last.Body), `"accounts":["acct-1"]`) {
			t.Errorf("the last entry is %+v", last)
		}
		a := f.whole()
		if _, broken, err := f.s.Verify(f.ctx); broken != 0 || err != nil || a.Purged != int64(len(all)-1) || a.Messages != 0 {
			t.Errorf("broken at %d, %v, %+v", broken, err, a)
		}
		f.ok(f.tamperer().Tamper(f.ctx, last.N, func(s string) string { return strings.Replace(s, "through", "thrOugh", 1) }))
		if f.audit().Whole() {
			t.Error("a purge that was not recorded passes")
		}
	}},
	{"a dry run says what would be deleted and deletes nothing", "say what would come of it, change nothing", func(t *testing.T, f *fixture) {
		c := f.over()
		f.now = fourYears
		before := f.whole()
		dry := f.purge(c, store.PurgeRequest{DryRun: true})
		if after := f.whole(); after.Head != before.Head || len(f.feed(c)) != 3 {
			t.Errorf("changed: %+v", after)
		}
		wet := f.purge(c, store.PurgeRequest{})
		if dry.Messages != wet.Messages || dry.Traces != wet.Traces || dry.Bodies != wet.Bodies || dry.Bodies == 0 {
			t.Errorf("said %+v, did %+v", dry, wet)
		}
	}},
	{"opt-outs outlive what they were said in", "Accounts and what is known of addresses, opt-outs above all, stay", func(t *testing.T, f *fixture) {
		f.over()
		a := f.arrival(alice, "STOP")
		a.OptOut = true
		got, err := f.s.Accept(f.ctx, a)
		f.ok(err)
		f.answer()
		said := f.now
		f.now = fourYears
		if p := f.purge(got.Conversation, store.PurgeRequest{}); len(p.Holds) != 0 {
			t.Fatalf("held: %v", codes(p.Holds))
		}
		facts, err := f.s.AddressFacts(f.ctx, alice)
		f.ok(err)
		if !facts.SMSOptedOut.Equal(said) {
			t.Errorf("opted out at %s", facts.SMSOptedOut)
		}
		if e := f.entry(got.Conversation, "address.opted_out"); len(e.Body) == 0 {
			t.Error("the ledger no longer says how")
		}
		if _, err := f.s.Account(f.ctx, "acct-1"); err != nil {
			t.Error(err)
		}
		f.whole()
	}},
	{"activity on the debt anywhere keeps all its conversations", "the last collection activity on any of these debts, in this conversation or another", func(t *testing.T, f *fixture) {
		c := f.over()
		f.now = time.Date(2028, 1, 5, 0, 0, 0, 0, time.UTC)
		f.put(f.account("acct-1", "p-1", alice, bob)) // an import alone is no activity
		f.hear(bob, "hello again")
		f.answer("hello")
		f.deliver()
		f.now = time.Date(2029, 12, 1, 0, 0, 0, 0, time.UTC)
		p := f.purge(c, store.PurgeRequest{})
		if len(p.Holds) != 1 || p.Holds[0].Until.Format(time.DateOnly) != "2031-01-05" {
			t.Errorf("got %+v", p)
		}
	}},
	{"a payment is activity, reading the record is not", "the last collection activity", func(t *testing.T, f *fixture) {
		c := f.over()
		f.change(c, func(_ *dialog.Conversation, a *dialog.Account) {
			a.Payments = []dialog.Payment{{ID: "pay", Amount: negotiation.Money{Minor: 100, Currency: "USD"}, Date: civil.Date{Year: 2027, Month: 3, Day: 1}}}
		})
		f.now = time.Date(2030, 2, 1, 0, 0, 0, 0, time.UTC)
		f.ok(f.s.Note(f.ctx, c, dialog.Event{Type: store.EventRecordRead, At: f.now, Who: "human:Sam"}))
		p := f.purge(c, store.PurgeRequest{})
		if len(p.Holds) != 1 || p.Holds[0].Until.Format(time.DateOnly) != "2030-03-03" {
			t.Errorf("got %+v", p)
		}
		f.now = p.Holds[0].Until
		if p := f.purge(c, store.PurgeRequest{}); len(p.Holds) != 0 {
			t.Errorf("held: %+v", p.Holds)
		}
	}},
	{"what is open holds the record, with the reason", "where it names none", func(t *testing.T, f *fixture) {
		c := f.over()
		f.change(c, func(c *dialog.Conversation, a *dialog.Account) {
			c.Control, c.Epoch = dialog.ControlQueued, c.Epoch+1
			c.Handoff = &dialog.Handoff{ID: "ho", Conversation: c.ID, Since: f.now}
			a.Flags = map[string]dialog.Flag{dialog.FlagLitigation: {At: f.now, Why: "IN-LEGAL-01"}, dialog.FlagDisputed: {At: f.now, Why: "IN-DISPUTE-01"}, dialog.FlagVulnerable: {At: f.now}}
			a.Agreements = []dialog.Agreement{{ID: "ag", Account: a.ID, State: dialog.AgreementActive, At: f.now}}
			a.Promises = []dialog.Promise{{ID: "pr", Account: a.ID, State: "open", Due: civil.Date{Year: 2026, Month: 12, Day: 4}, At: f.now}}
		})
		f.hear(alice, "and another thing")
		f.now = fourYears
		want := []string{"open_handoff", "work_waiting", "flag:litigation_hold", "flag:disputed", "open_agreement", "open_promise"}
		f.same("holds", codes(f.purge(c, store.PurgeRequest{}).Holds), want)
		f.same("holds of a dry run", codes(f.purge(c, store.PurgeRequest{DryRun: true}).Holds), want)
	}},
	{"a demand to delete is recorded, and shortens nothing", "it does not shorten what must be kept", func(t *testing.T, f *fixture) {
		c := f.over()
		f.later(24 * time.Hour)
		p := f.purge(c, store.PurgeRequest{Who: "human:Sam", Demanded: true})
		if len(p.Holds) != 1 || len(f.feed(c)) != 3 {
			t.Fatalf("got %+v", p)
		}
		e := f.entry(c, store.EventDeletionDemanded)
		for _, want := range []string{`"outcome":"retained"`, `"retention"`, `"until":"2029-11-23T15:00:00Z"`} {
			if !strings.Contains(string(e.Body), want) {
				t.Errorf("%s does not say %s", e.Body, want)
			}
		}
		f.now = fourYears // the demand itself was no activity
		if p := f.purge(c, store.PurgeRequest{Demanded: true}); len(p.Holds) != 0 {
			t.Errorf("held: %+v", p.Holds)
		}
		if e := f.entry(c, store.EventDeletionDemanded); len(e.Body) == 0 {
			t.Error("the demand was purged")
		}
		f.whole()
	}},
	{"a conversation that goes on is not stale", "conversations in which nothing was said or sent since before", func(t *testing.T, f *fixture) {
		c := f.over()
		f.later(time.Hour)
		other := f.hear(bob, "hi").Conversation
		for _, want := range []struct {
			before time.Time
			ids    []string
		}{{f.now, []string{c}}, {f.now.Add(1), []string{c, other}}, {f.now.Add(-time.Hour), nil}} {
			got, err := f.s.Stale(f.ctx, want.before, "", 10)
			f.ok(err)
			slices.Sort(want.ids)
			f.same("stale", got, want.ids)
		}
		ids, err := f.s.Stale(f.ctx, f.now.Add(1), min(c, other), 10)
		f.ok(err)
		f.same("after the cursor", ids, []string{max(c, other)})
		if _, err := f.s.Purge(f.ctx, "none", f.now, store.PurgeRequest{}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}},
	{"a purge covers neither what it keeps nor what came after it", "(but those KeptAfterPurge)", func(t *testing.T, f *fixture) {
		tamper := f.tamperer()
		c := f.over()
		f.ok(f.s.Note(f.ctx, c, dialog.Event{Type: store.EventRecordRead, At: f.now, Who: "human:Sam", Body: "kept"}))
		f.now = fourYears
		f.purge(c, store.PurgeRequest{})
		read := f.entry(c, store.EventRecordRead)
		var body string
		f.ok(tamper.Tamper(f.ctx, read.N, func(b string) string { body = b; return "" }))
		if got := f.audit().Faults; len(got) == 0 || got[0].Entry != read.N {
			t.Errorf("what a purge keeps was taken away: %+v", got)
		}
		f.ok(tamper.Tamper(f.ctx, read.N, func(string) string { return body }))
		f.whole()
	}},
	{"after a purge the address begins anew", "deletes the conversation", func(t *testing.T, f *fixture) {
		c := f.over()
		f.now = fourYears
		f.purge(c, store.PurgeRequest{})
		got := f.hear(alice, "hello after years")
		if got.Conversation == c || got.Seq != 1 || got.Duplicate {
			t.Errorf("got %+v", got)
		}
		f.answer("hello")
		f.same("sent", f.deliver(), []string{"hello"})
		f.whole()
	}},
}

func (f *fixture) traces(conversation string) int {
	f.Helper()
	all, err := f.s.Traces(f.ctx, conversation)
	f.ok(err)
	return len(all)
}
