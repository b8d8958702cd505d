package storetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"github.com/google/go-cmp/cmp"

	"parley/dialog"
	"parley/gateway/store"
)

var accountCases = []testCase{
	{"an account that is put again keeps what Parley knows since", "flags already set, agreements, promises and payments stay. Flags set in a are added", func(t *testing.T, f *fixture) {
		a := f.account("acct-1", "p-1", alice)
		created, err := f.s.PutAccount(f.ctx, a, f.now)
		f.ok(err)
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		known := c.Snapshot.Accounts[0]
		known.Flags = map[string]dialog.Flag{dialog.FlagDisputed: {At: f.now, Why: "IN-DISPUTE-01", Conversation: c.Conversation}}
		known.Agreements = []dialog.Agreement{{ID: "ag-1", Account: "acct-1", State: dialog.AgreementAccepted, At: f.now}}
		known.Promises = []dialog.Promise{{ID: "pr-1", State: "open", Due: civil.Date{Year: 2026, Month: 12, Day: 4}, At: f.now}}
		known.Payments = []dialog.Payment{{ID: "pay-1", Date: civil.Date{Year: 2026, Month: 11, Day: 1}}}
		e.Accounts = []dialog.Account{known}
		f.commit(c, e)

		f.later(time.Hour)
		a.Balance.Minor = 99
		a.Factors = nil
		a.Flags = map[string]dialog.Flag{dialog.FlagDisputed: {At: f.now, Why: "record"}, dialog.FlagCease: {At: f.now, Why: "record"}}
		again, err := f.s.PutAccount(f.ctx, a, f.now)
		f.ok(err)
		if !created || again {
			t.Errorf("created: %v, then %v", created, again)
		}
		got, err := f.s.Account(f.ctx, "acct-1")
		f.ok(err)
		want := known
		want.Balance.Minor, want.Version, want.UpdatedAt = 99, 3, f.now
		want.Flags = maps.Clone(known.Flags)
		want.Flags[dialog.FlagCease] = a.Flags[dialog.FlagCease]
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}},
	{"accounts are found by address and by factor", "AccountsByFactor finds accounts whose lookup key matches", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-2", "p-1", alice, bob))
		f.put(f.account("acct-1", "p-1", alice))
		f.put(f.account("acct-3", "p-3", bob))
		ids := func(all []dialog.Account, err error) (ids []string) {
			f.ok(err)
			for _, a := range all {
				ids = append(ids, a.ID)
			}
			return ids
		}
		f.same("by address", ids(f.s.AccountsByAddress(f.ctx, alice)), []string{"acct-1", "acct-2"})
		f.same("by factor", ids(f.s.AccountsByFactor(f.ctx, "key-p-1")), []string{"acct-1", "acct-2"})
		f.same("by no factor", ids(f.s.AccountsByFactor(f.ctx, "")), nil)
		f.put(f.account("acct-2", "p-2", bob))
		f.same("by address", ids(f.s.AccountsByAddress(f.ctx, alice)), []string{"acct-1"})
		f.same("by factor", ids(f.s.AccountsByFactor(f.ctx, "key-p-2")), []string{"acct-2"})
		if _, err := f.s.Account(f.ctx, "none"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}},
	{"an identified conversation knows the person's accounts, its own first", "Accounts are the candidates', or the identified person's", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice))
		f.put(f.account("acct-2", "p-1"))
		f.put(f.account("acct-3", "p-3", alice))
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.Conversation.Account = "acct-2"
		f.commit(c, e)
		snap, err := f.s.Snapshot(f.ctx, c.Conversation)
		f.ok(err)
		var ids []string
		for _, a := range snap.Accounts {
			ids = append(ids, a.ID)
		}
		f.same("accounts", ids, []string{"acct-2", "acct-1"})
		for account, want := range map[string]int{"acct-2": 1, "acct-3": 0} {
			all, _, err := f.s.Conversations(f.ctx, store.Filter{Account: account}, "", 10)
			f.ok(err)
			if len(all) != want {
				t.Errorf("%d conversations about %s", len(all), account)
			}
		}
	}},
	{"an address nobody knows has no facts", "AddressFacts", func(t *testing.T, f *fixture) {
		facts, err := f.s.AddressFacts(f.ctx, "+15125550111")
		f.ok(err)
		if d := cmp.Diff(dialog.AddressFacts{Value: "+15125550111"}, facts); d != "" {
			t.Error(d)
		}
	}},
}

// write has the bot write of its own accord.
func (f *fixture) write(to, channel, text, purpose string) {
	f.Helper()
	create := &dialog.Conversation{Channel: channel, Address: to, Ours: ours}
	f.ok(f.s.Update(f.ctx, f.id("w"), create, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
		o := f.say(s.Conversation, text)
		o.Purpose = purpose
		return dialog.Effects{Conversation: s.Conversation, Outgoing: []dialog.Outgoing{o}}, nil
	}))
}

func (f *fixture) contacts(address string) (n dialog.Contacts) {
	f.Helper()
	f.write(address, "sms", f.id("probe"), "help")
	if f.dequeueBy(func(s dialog.Snapshot, m dialog.Message) store.GateResult {
		n = s.Contacts
		return store.GateResult{}
	}) != nil {
		f.Error("the probe was sent")
	}
	return n
}

var contactCases = []testCase{
	{"contacts are counted for the gate", "Contacts are this person's counters for the contact gate", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice, bob))
		start := f.now
		f.write(alice, "sms", "help", "help")
		f.later(time.Minute)
		f.write(alice, "sms", "first", "")
		f.write(bob, "sms", "second", "reminder")
		f.write(alice, "voice", "call", "")
		f.deliver()
		called := f.now
		f.later(time.Minute)
		f.hear(alice, "yes?")
		f.write(alice, "sms", "answer", "reply")
		f.write(alice, "sms", "more", "")
		f.deliver()
		want := dialog.Contacts{Calls7: 1, Texts7: 2, All7: 3, ProactiveToday: 2, Initial: start.Add(time.Minute), LastCall: called}
		if d := cmp.Diff(want, f.contacts(alice)); d != "" {
			t.Error(d)
		}
		f.later(8 * 24 * time.Hour)
		if d := cmp.Diff(dialog.Contacts{Initial: want.Initial}, f.contacts(alice)); d != "" {
			t.Error(d)
		}
	}},
	{"a contact tried twice counts once, and one that never went out not at all", "logs the contact", func(t *testing.T, f *fixture) {
		f.write(alice, "sms", "first", "reminder")
		f.settle(f.mustDequeue(), store.Settlement{Status: "queued", Next: f.now.Add(time.Minute)})
		if n := f.contactsOf(alice); n.Texts7 != 0 {
			t.Errorf("counted %+v", n)
		}
		f.later(time.Minute)
		f.deliver()
		if n := f.contactsOf(alice); n.Texts7 != 1 {
			t.Errorf("counted %+v", n)
		}
	}},
	{"a telephone conversation counts whoever began it", "LastConversation", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice, bob))
		_, err := f.s.Accept(f.ctx, arrival("voice", bob, "hello?", "call", f.now))
		f.ok(err)
		f.hear(alice, "hello")
		c := f.answer()
		if c.Input.Text != "hello?" {
			c = f.answer()
		}
		if got := f.contactsOf(alice).LastConversation; !got.Equal(f.now) {
			t.Errorf("last conversation %s", got)
		}
	}},
}

// contactsOf reads the counters of the conversation with an address as a page would.
func (f *fixture) contactsOf(address string) dialog.Contacts {
	f.Helper()
	got, err := f.s.RecentInbound(f.ctx, "sms", address, 1)
	f.ok(err)
	var n dialog.Contacts
	if len(got) == 0 {
		f.hear(address, f.id("hi"))
	} else {
		f.hear(address, f.id("hi again"))
	}
	for c := f.claim(); c != nil; c = f.claim() {
		if c.Snapshot.Conversation.Address == address {
			n = c.Snapshot.Contacts
		}
		f.commit(c, dialog.Effects{Conversation: c.Snapshot.Conversation})
	}
	return n
}

var readerCases = []testCase{
	{"messages and the feed are read from a place on", "Messages returns up to limit messages with Seq > after, oldest first", func(t *testing.T, f *fixture) {
		var c string
		for i := range 5 {
			c = f.hear(alice, fmt.Sprint("m", i)).Conversation
		}
		all, err := f.s.Messages(f.ctx, c, 2, 2)
		f.ok(err)
		if len(all) != 2 || all[0].Seq != 3 || all[1].Seq != 4 || all[0].Conversation != c {
			t.Errorf("got %+v", all)
		}
		all, err = f.s.Feed(f.ctx, c, 3, 10)
		f.ok(err)
		if len(all) != 2 || all[0].Feed != 4 {
			t.Errorf("got %+v", all)
		}
		snap, err := f.s.Snapshot(f.ctx, c)
		f.ok(err)
		if n := len(snap.Recent); n != 5 || snap.Recent[0].Seq != 1 {
			t.Errorf("%d recent ones", n)
		}
	}},
	{"a snapshot holds only the last messages", "at most RecentLimit", func(t *testing.T, f *fixture) {
		var c string
		for i := range dialog.RecentLimit + 3 {
			c = f.hear(alice, fmt.Sprint("m", i)).Conversation
		}
		snap, err := f.s.Snapshot(f.ctx, c)
		f.ok(err)
		if n := len(snap.Recent); n != dialog.RecentLimit || snap.Recent[0].Seq != 4 {
			t.Errorf("%d recent ones from %d", n, snap.Recent[0].Seq)
		}
		if _, err := f.s.Snapshot(f.ctx, "none"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}},
	{"conversations are listed newest activity first, a page at a time", "Conversations lists newest activity first; cursor \"\" starts, and the returned one goes on", func(t *testing.T, f *fixture) {
		want := []string{}
		for i := range 7 {
			if i%3 != 0 { // some at the same instant
				f.later(time.Second)
			}
			want = append(want, f.hear(fmt.Sprintf("+1512555%04d", i), fmt.Sprint("m", i)).Conversation)
		}
		f.later(time.Second)
		f.hear("+15125550002", "again")
		want = append(slices.Delete(slices.Clone(want), 2, 3), want[2])
		slices.Reverse(want)
		var got []string
		cursor, pages := "", 0
		for {
			page, next, err := f.s.Conversations(f.ctx, noFilter, cursor, 3)
			f.ok(err)
			pages++
			for _, c := range page {
				got = append(got, c.ID)
			}
			if cursor = next; cursor == "" {
				break
			}
		}
		slices.Sort(got[5:]) // the first two began at the same instant
		slices.Sort(want[5:])
		f.same("conversations", got, want)
		if pages != 3 {
			t.Errorf("%d pages", pages)
		}
		if _, _, err := f.s.Conversations(f.ctx, noFilter, "not a cursor", 3); err == nil {
			t.Error("a bad cursor was taken")
		}
	}},
	{"conversations are filtered", "Filter narrows a list of conversations; empty fields don't", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice))
		f.hear(alice, "a")
		f.hear(bob, "b")
		_, err := f.s.Accept(f.ctx, arrival("webchat", "handle", "c", "chat", f.now))
		f.ok(err)
		for _, c := range []struct {
			f    store.Filter
			want int
		}{{store.Filter{}, 3}, {store.Filter{Account: "acct-1"}, 1}, {store.Filter{Channel: "sms"}, 2}, {store.Filter{Control: dialog.ControlBot}, 3}, {store.Filter{Control: dialog.ControlHuman}, 0}, {store.Filter{Account: "acct-1", Channel: "webchat"}, 0}} {
			all, _, err := f.s.Conversations(f.ctx, c.f, "", 10)
			f.ok(err)
			if len(all) != c.want {
				t.Errorf("%+v gave %d", c.f, len(all))
			}
		}
	}},
	{"the gauges count what waits", "Stats are gauges for metrics and reports", func(t *testing.T, f *fixture) {
		f.queue(alice, "one", "two")
		f.hear(alice, "x")
		st, err := f.s.Stats(f.ctx)
		f.ok(err)
		if st.Inbox != 1 || st.Outbox != 2 || st.Uncertain != 0 || st.Conversations[dialog.ControlBot] != 1 {
			t.Errorf("stats: %+v", st)
		}
		f.ok(f.s.Ping(f.ctx))
	}},
	{"readers do not wait for a writer", "It never waits for the writer", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one")
		f.ok(f.s.Update(f.ctx, c.Conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
			if _, err := f.s.Snapshot(f.ctx, c.Conversation); err != nil {
				t.Error(err)
			}
			return dialog.Effects{Conversation: s.Conversation}, nil
		}))
	}},
}

var ledgerCases = []testCase{
	{"the ledger is one chain in the order of commits", "a LedgerEntry's Hash covers Prev and every other field", func(t *testing.T, f *fixture) {
		f.queue(alice, "one")
		c := f.queue(bob, "two")
		f.deliver()
		n, broken, err := f.s.Verify(f.ctx)
		f.ok(err)
		if broken != 0 || n != 8 {
			t.Errorf("%d entries, broken at %d", n, broken)
		}
		all, err := f.s.Ledger(f.ctx, c.Conversation, 0, 2)
		f.ok(err)
		if len(all) != 2 || all[0].Type != "message.received" || all[0].Who != "person" || !contains(string(all[0].Body), "in-") || all[0].Hash == "" {
			t.Fatalf("got %+v", all)
		}
		rest, err := f.s.Ledger(f.ctx, c.Conversation, all[1].N, 10)
		f.ok(err)
		if len(rest) != 2 || rest[1].Type != "message.sent" {
			t.Errorf("got %+v", rest)
		}
	}},
	{"an empty ledger is whole", "Verify walks the whole chain", func(t *testing.T, f *fixture) {
		if n, broken, err := f.s.Verify(f.ctx); n != 0 || broken != 0 || err != nil {
			t.Errorf("%d, %d, %v", n, broken, err)
		}
	}},
	{"one changed byte is found, and so is a missing entry", "Verify returns the first broken one", func(t *testing.T, f *fixture) {
		tamper, can := f.s.(Tamperer)
		if !can {
			t.Fatal("the store under test can't be tampered with: implement storetest.Tamperer")
		}
		f.queue(alice, "one", "two", "three")
		f.deliver()
		check := func(want int64) {
			t.Helper()
			if _, broken, err := f.s.Verify(f.ctx); broken != want || err != nil {
				t.Errorf("broken at %d, want %d (%v)", broken, want, err)
			}
		}
		check(0)
		var kept string
		f.ok(tamper.Tamper(f.ctx, 3, func(b string) string { kept = b; return strings.Replace(b, "e", "f", 1) }))
		check(3)
		f.ok(tamper.Tamper(f.ctx, 3, func(string) string { return kept }))
		check(0)
		f.ok(tamper.Tamper(f.ctx, 8, nil)) // the last one
		check(8)
		f.ok(tamper.Tamper(f.ctx, 2, nil))
		check(2)
	}},
}
