package storetest

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"github.com/google/go-cmp/cmp"

	"parley/channels"
	"parley/compliance/guard"
	"parley/dialog"
	"parley/gateway/store"
	"parley/negotiation"
)

var commitCases = []testCase{
	{"a commit writes all its effects", "Commit writes the effects, marks the input done and ends the lease, in one transaction", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice))
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot, "one", "two")
		e.Conversation.Account, e.Conversation.Language, e.Conversation.Pending = "acct-1", "es", "accept"
		e.Conversation.Surplus = &negotiation.Money{Minor: 18000, Currency: "USD"}
		terms := negotiation.Terms{Kind: negotiation.MoveFull, Total: negotiation.Money{Minor: 124000, Currency: "USD"}, Installments: []negotiation.Installment{
			{Due: civil.Date{Year: 2026, Month: 12, Day: 4}, Amount: negotiation.Money{Minor: 124000, Currency: "USD"}},
		}}
		e.Conversation.Table = []dialog.Offer{{ID: "o-1", Kind: terms.Kind, Terms: terms, MadeAt: f.now}}
		e.Conversation.Asked = []negotiation.Ask{{Kind: negotiation.AskLower}}
		e.Conversation.Agreement = &dialog.Agreement{ID: "ag-1", Terms: terms, At: f.now}
		e.Accounts = []dialog.Account{c.Snapshot.Accounts[0]}
		e.Accounts[0].Flags = map[string]dialog.Flag{dialog.FlagDisputed: {At: f.now, Why: "IN-DISPUTE-01"}}
		e.Address = &dialog.AddressFacts{Value: alice, Places: []string{"work"}}
		e.Handoff = &dialog.Handoff{ID: "h-1", Conversation: c.Conversation, Since: f.now, Priority: 1}
		e.Discarded = []dialog.Draft{{Text: "too late"}}
		e.Events = []dialog.Event{{Type: "flag.set", At: f.now, Who: "person", Body: "disputed"}}
		f.commit(c, e)

		snap, err := f.s.Snapshot(f.ctx, c.Conversation)
		f.ok(err)
		want := e.Conversation
		want.Version, want.LastInbound = 2, f.now
		if d := cmp.Diff(want, snap.Conversation); d != "" {
			t.Error(d)
		}
		if a := snap.Accounts; len(a) != 1 || !a[0].Has(dialog.FlagDisputed) || a[0].Version != 2 || a[0].Balance.Minor != 124000 {
			t.Errorf("accounts: %+v", a)
		}
		f.same("places", snap.Address.Places, []string{"work"})
		f.same("ledger", f.events(c.Conversation), []string{"message.received", "flag.set", "message.queued", "message.queued", "draft.discarded"})
		if s := f.steps(c.Conversation, e.Trace.ID); s != "receive decide" {
			t.Errorf("steps: %s", s)
		}
		m := f.message(c.Conversation, "out-two")
		if m.Seq != 3 || m.Feed != 0 || m.Status != channels.StatusQueued || m.SHA256 != e.Outgoing[1].Cleared.SHA256() || m.Turn != e.Trace.ID || m.Name != "Ava" || m.From != "bot" {
			t.Errorf("message: %+v", m)
		}
		h, err := f.s.Handoff(f.ctx, "h-1")
		f.ok(err)
		if h.Priority != 1 || !h.Since.Equal(f.now) {
			t.Errorf("hand-off: %+v", h)
		}
	}},
	{"a commit on a conversation that moved on is stale and keeps the lease", "ErrStale: the conversation or an account moved on; the lease is kept, call Reload", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		f.ok(f.s.Update(f.ctx, c.Conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
			s.Conversation.Pending = "agent was here"
			return dialog.Effects{Conversation: s.Conversation}, nil
		}))
		if err := f.s.Commit(f.ctx, c, f.effects(c.Snapshot, "stale"), f.now); !errors.Is(err, store.ErrStale) {
			t.Fatalf("commit: %v", err)
		}
		f.ok(f.s.Reload(f.ctx, c))
		if c.Snapshot.Conversation.Pending != "agent was here" || c.Input.Text != "hello" {
			t.Errorf("after reload: %+v", c.Snapshot.Conversation)
		}
		f.commit(c, f.effects(c.Snapshot, "fresh"))
		f.same("sent", f.deliver(), []string{"fresh"})
	}},
	{"a commit on an account that moved on is stale and writes nothing", "ErrStale: the conversation or an account moved on", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice))
		f.hear(alice, "hello")
		c := f.mustClaim()
		f.put(f.account("acct-1", "p-1", alice))
		e := f.effects(c.Snapshot, "stale")
		e.Accounts = c.Snapshot.Accounts
		e.Events = []dialog.Event{{Type: "late", At: f.now, Who: "bot"}}
		e.Handoff = &dialog.Handoff{ID: "h-1", Since: f.now}
		e.SetTimers = []dialog.Timer{{Name: "t", Due: f.now}}
		if err := f.s.Commit(f.ctx, c, e, f.now); !errors.Is(err, store.ErrStale) {
			t.Fatalf("commit: %v", err)
		}
		f.same("sent", f.deliver(), nil)
		f.same("ledger", f.events(c.Conversation), []string{"message.received"})
		if _, err := f.s.Handoff(f.ctx, "h-1"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("hand-off: %v", err)
		}
		f.ok(f.s.Reload(f.ctx, c))
		f.commit(c, f.effects(c.Snapshot))
		if c := f.claim(); c != nil {
			t.Errorf("a timer of the stale commit fired: %+v", c.Input)
		}
	}},
	{"a message that arrives during a turn does not make it stale", "one claim is for one input", func(t *testing.T, f *fixture) {
		f.hear(alice, "one")
		c := f.mustClaim()
		f.hear(alice, "two")
		f.commit(c, f.effects(c.Snapshot, "reply"))
		if c := f.mustClaim(); c.Input.Text != "two" || c.Input.Seq != 2 {
			t.Errorf("then came %+v", c.Input)
		}
		if m := f.message(c.Conversation, "out-reply"); m.Seq != 3 {
			t.Errorf("the reply is number %d", m.Seq)
		}
	}},
	{"what the guard has not cleared is refused", "Outgoing can't be made without the guard", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.Outgoing = []dialog.Outgoing{{Cleared: guard.Cleared{}, From: "bot"}}
		if err := f.s.Commit(f.ctx, c, e, f.now); err == nil {
			t.Error("an uncleared message was queued")
		}
		f.commit(c, f.effects(c.Snapshot))
	}},
	{"an epoch never falls", "Epoch rises by one on every change of Control", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.Conversation.Epoch = 5
		f.commit(c, e)
		f.hear(alice, "again")
		c = f.mustClaim()
		e = f.effects(c.Snapshot)
		e.Conversation.Epoch = 4
		if err := f.s.Commit(f.ctx, c, e, f.now); err == nil {
			t.Error("the epoch fell")
		}
	}},
	{"flags cancel what is queued about the accounts, before anything new", "CancelAccounts cancel everything queued in any conversation about those accounts, before Outgoing is queued", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice, bob))
		f.put(f.account("acct-2", "p-2", "+15125550999"))
		f.queue(alice, "a")
		f.queue("+15125550999", "c")
		f.hear(bob, "I have a lawyer")
		c := f.mustClaim()
		e := f.effects(c.Snapshot, "understood")
		e.CancelAccounts, e.CancelReason = []string{"acct-1"}, "IN-ATTY-01"
		f.commit(c, e)
		sent := f.deliver()
		slices.Sort(sent)
		f.same("sent", sent, []string{"c", "understood"})
	}},
	{"what is cancelled says why", "CancelReason", func(t *testing.T, f *fixture) {
		f.queue(alice, "a", "b")
		f.hear(alice, "wrong number")
		c := f.mustClaim()
		e := f.effects(c.Snapshot, "sorry")
		e.CancelAddress, e.CancelReason = alice, "IN-WRONG-01"
		f.commit(c, e)
		f.same("sent", f.deliver(), []string{"sorry"})
		if m := f.message(c.Conversation, "out-a"); m.Status != channels.StatusCancelled || m.Reason != "IN-WRONG-01" || m.Feed != 0 {
			t.Errorf("message: %+v", m)
		}
	}},
	{"a cancelled context is not written", "either does all it says or nothing", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		gone, cancel := cancelled(f.ctx)
		cancel()
		if err := f.s.Commit(gone, c, f.effects(c.Snapshot, "x"), f.now); err == nil {
			t.Error("committed under an ended context")
		}
		f.same("sent", f.deliver(), nil)
		f.commit(c, f.effects(c.Snapshot))
	}},
	{"discarded drafts are told to the ledger without their words", "Discarded are texts the bot wrote too late", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.Discarded = []dialog.Draft{{Text: "secret words", Why: dialog.CauseControl}, {Text: "more"}}
		f.commit(c, e)
		all, err := f.s.Ledger(f.ctx, c.Conversation, 0, 10)
		f.ok(err)
		raw, err := json.Marshal(all)
		f.ok(err)
		if contains(string(raw), "secret words") {
			t.Error("the ledger holds the words")
		}
		f.same("ledger", f.events(c.Conversation), []string{"message.received", "draft.discarded", "draft.discarded"})
	}},
}

var updateCases = []testCase{
	{"an agent's action reads and writes under the conversation's lock", "Update reads a snapshot, calls act, and writes what it returns", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "bot's words")
		f.ok(f.s.Update(f.ctx, c.Conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
			if len(s.Recent) != 2 || s.Conversation.Version != 2 {
				t.Errorf("snapshot: %+v", s)
			}
			e := dialog.Effects{Conversation: s.Conversation, Outgoing: []dialog.Outgoing{f.say(s.Conversation, "agent's words")}}
			e.Conversation.Control = dialog.ControlHuman
			e.Conversation.Epoch++
			return e, nil
		}))
		f.same("sent", f.deliver(), []string{"agent's words"})
		f.status(c.Conversation, "out-bot's words", channels.StatusCancelled)
		m := f.message(c.Conversation, "out-agent's words")
		if s := f.steps(c.Conversation, m.Turn); s != "gate deliver" {
			t.Errorf("steps of a message without a turn: %q", s)
		}
	}},
	{"an error of the action is returned and nothing is written", "An error of act is returned as it is and nothing is written", func(t *testing.T, f *fixture) {
		c := f.queue(alice)
		mine := errors.New("no")
		err := f.s.Update(f.ctx, c.Conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
			s.Conversation.Pending = "changed"
			return dialog.Effects{Conversation: s.Conversation}, mine
		})
		if !errors.Is(err, mine) {
			t.Errorf("got %v", err)
		}
		err = f.s.Update(f.ctx, "new", &dialog.Conversation{Channel: "sms", Address: bob}, f.now, func(dialog.Snapshot) (dialog.Effects, error) {
			return dialog.Effects{}, mine
		})
		if !errors.Is(err, mine) {
			t.Errorf("got %v", err)
		}
		if _, err := f.s.Snapshot(f.ctx, "new"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a conversation was opened: %v", err)
		}
		snap, err := f.s.Snapshot(f.ctx, c.Conversation)
		f.ok(err)
		if snap.Conversation.Pending != "" {
			t.Error("something was written")
		}
	}},
	{"a conversation that does not exist is not found", "ErrNotFound when the conversation doesn't exist and create is nil", func(t *testing.T, f *fixture) {
		err := f.s.Update(f.ctx, "nowhere", nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
			t.Error("act was called")
			return dialog.Effects{Conversation: s.Conversation}, nil
		})
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}},
	{"a conversation is created to make contact", "else it is created", func(t *testing.T, f *fixture) {
		create := &dialog.Conversation{Channel: "sms", Address: alice, Ours: ours, Account: "acct-1", Language: "en"}
		say := func(text string) func(dialog.Snapshot) (dialog.Effects, error) {
			return func(s dialog.Snapshot) (dialog.Effects, error) {
				return dialog.Effects{Conversation: s.Conversation, Outgoing: []dialog.Outgoing{f.say(s.Conversation, text)}}, nil
			}
		}
		f.ok(f.s.Update(f.ctx, "c-1", create, f.now, say("hello")))
		f.same("sent", f.deliver(), []string{"hello"})
		if got := f.hear(alice, "yes?"); got.Conversation != "c-1" || got.Seq != 2 {
			t.Errorf("the answer went to %+v", got)
		}
		f.ok(f.s.Update(f.ctx, "c-2", create, f.now, say("again")))
		f.same("feed", f.feed("c-1"), []string{"hello", "yes?"})
		if d := f.mustDequeue(); d.Out.Conversation != "c-1" {
			t.Errorf("a second conversation was opened with the same address: %s", d.Out.Conversation)
		}
	}},
	{"of agents who act at once each sees the other's action", "all under the conversation's lock", func(t *testing.T, f *fixture) {
		c := f.queue(alice)
		errs := make(chan error)
		const agents = 12
		for range agents {
			go func() {
				errs <- f.s.Update(f.ctx, c.Conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
					s.Conversation.Unclear++
					return dialog.Effects{Conversation: s.Conversation}, nil
				})
			}()
		}
		for range agents {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		snap, err := f.s.Snapshot(f.ctx, c.Conversation)
		f.ok(err)
		if snap.Conversation.Unclear != agents {
			t.Errorf("%d of %d actions count", snap.Conversation.Unclear, agents)
		}
	}},
	{"a hand-off is listed by priority, then by wait, until it is resolved", "Handoffs lists open ones, highest priority first, then longest waiting", func(t *testing.T, f *fixture) {
		c := f.queue(alice)
		put := func(h dialog.Handoff) {
			t.Helper()
			f.ok(f.s.Update(f.ctx, c.Conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
				return dialog.Effects{Conversation: s.Conversation, Handoff: &h}, nil
			}))
		}
		put(dialog.Handoff{ID: "old", Since: f.now.Add(-time.Hour)})
		put(dialog.Handoff{ID: "new", Since: f.now})
		put(dialog.Handoff{ID: "distress", Since: f.now, Priority: 3})
		put(dialog.Handoff{ID: "done", Since: f.now})
		put(dialog.Handoff{ID: "done", Since: f.now, ResolvedAt: f.now})
		put(dialog.Handoff{ID: "old", Since: f.now.Add(-time.Hour), Holder: "kim"})
		var ids []string
		cursor := ""
		for {
			page, next, err := f.s.Handoffs(f.ctx, cursor, 2)
			f.ok(err)
			for _, h := range page {
				ids = append(ids, h.ID)
			}
			if cursor = next; cursor == "" {
				break
			}
		}
		f.same("hand-offs", ids, []string{"distress", "old", "new"})
		h, err := f.s.Handoff(f.ctx, "old")
		f.ok(err)
		if h.Holder != "kim" {
			t.Errorf("hand-off: %+v", h)
		}
	}},
}
