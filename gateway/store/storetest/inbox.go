package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/dialog"
)

var inboxCases = []testCase{
	{"twenty posts of one message at once are one message", "the same (Channel, ProviderID) again changes nothing and answers Duplicate with the first one's place", func(t *testing.T, f *fixture) {
		f.hear(alice, "before")
		var wg sync.WaitGroup
		got := make([]channels.Accepted, 20)
		for i := range got {
			a := f.arrival(alice, "hello")
			a.MessageID = fmt.Sprintf("in-%d", i)
			wg.Go(func() {
				var err error
				if got[i], err = f.s.Accept(f.ctx, a); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		first := 0
		for _, g := range got {
			if !g.Duplicate {
				first++
			}
			if g.Seq != 2 || g.Conversation != got[0].Conversation {
				t.Errorf("a post was placed at %+v", g)
			}
		}
		if first != 1 {
			t.Errorf("%d posts were taken for the first", first)
		}
		f.same("feed", f.feed(got[0].Conversation), []string{"before", "hello"})
		f.same("ledger", f.events(got[0].Conversation), []string{"message.received", "message.received"})
		f.answer()
		f.answer()
		if c := f.claim(); c != nil {
			t.Errorf("there is a third input: %+v", c.Input)
		}
	}},
	{"a duplicate opens no conversation of its own", "the same (Channel, ProviderID) again changes nothing", func(t *testing.T, f *fixture) {
		first := f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.Conversation.Control = dialog.ControlClosed
		e.Conversation.Epoch++
		f.commit(c, e)
		if again := f.hear(alice, "hello"); !again.Duplicate || again.Conversation != first.Conversation || again.Seq != first.Seq {
			t.Errorf("the repeat was placed at %+v, the first at %+v", again, first)
		}
		if c := f.claim(); c != nil {
			t.Errorf("a duplicate made work: %+v", c)
		}
		st, err := f.s.Stats(f.ctx)
		f.ok(err)
		if len(st.Conversations) != 1 || st.Conversations[dialog.ControlClosed] != 1 {
			t.Errorf("conversations: %v", st.Conversations)
		}
	}},
	{"the same provider id on another channel is another message", "unique (Channel, ProviderID)", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		got, err := f.s.Accept(f.ctx, arrival("webchat", alice, "hello", "other", f.now))
		f.ok(err)
		if got.Duplicate || got.Conversation != "other" {
			t.Errorf("got %+v", got)
		}
	}},
	{"first messages of one address at once open one conversation", "New: the conversation to open when the address has none that is open on this channel", func(t *testing.T, f *fixture) {
		var wg sync.WaitGroup
		for i := range 16 {
			a := f.arrival(alice, fmt.Sprint("m", i))
			wg.Go(func() {
				if _, err := f.s.Accept(f.ctx, a); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		all, _, err := f.s.Conversations(f.ctx, noFilter, "", 10)
		f.ok(err)
		if len(all) != 1 || len(f.feed(all[0].ID)) != 16 {
			t.Errorf("%d conversations", len(all))
		}
	}},
	{"a closed conversation is not written to again", "New: the conversation to open when the address has none that is open on this channel", func(t *testing.T, f *fixture) {
		f.hear(alice, "one")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.Conversation.Control, e.Conversation.Epoch = dialog.ControlClosed, e.Conversation.Epoch+1
		f.commit(c, e)
		if id, err := f.s.OpenConversation(f.ctx, "sms", alice); id != "" || err != nil {
			t.Errorf("%q is open, %v", id, err)
		}
		got := f.hear(alice, "two")
		if got.Conversation == c.Conversation || got.Seq != 1 {
			t.Errorf("got %+v", got)
		}
		if id, err := f.s.OpenConversation(f.ctx, "sms", alice); id != got.Conversation || err != nil {
			t.Errorf("%q is open, %v", id, err)
		}
	}},
	{"a new conversation knows the accounts that list its address", "The store fills Candidates from the accounts that list the address", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-2", "p-2", alice))
		f.put(f.account("acct-1", "p-1", alice, bob))
		f.put(f.account("acct-3", "p-3", bob))
		f.hear(alice, "hello")
		c := f.mustClaim()
		f.same("candidates", c.Snapshot.Conversation.Candidates, []string{"acct-1", "acct-2"})
		if n := len(c.Snapshot.Accounts); n != 2 || c.Snapshot.Accounts[0].ID != "acct-1" {
			t.Errorf("%d accounts in the snapshot", n)
		}
	}},
	{"an opt-out suppresses the address and cancels what is queued to it everywhere", "OptOut suppresses the address for the channel at once and cancels what is queued to it, in every conversation", func(t *testing.T, f *fixture) {
		here := f.queue(alice, "one", "two")
		_, err := f.s.Accept(f.ctx, arrival("webchat", alice, "by chat", "chat", f.now))
		f.ok(err)
		f.answer("three")
		f.queue(bob, "four")
		stop := f.arrival(alice, "STOP")
		stop.OptOut = true
		_, err = f.s.Accept(f.ctx, stop)
		f.ok(err)
		facts, err := f.s.AddressFacts(f.ctx, alice)
		f.ok(err)
		if !facts.SMSOptedOut.Equal(f.now) || !facts.VoiceOptedOut.IsZero() || !facts.LastInbound.Equal(f.now) {
			t.Errorf("facts: %+v", facts)
		}
		f.same("sent", f.deliver(), []string{"four"})
		f.status(here.Conversation, "out-one", channels.StatusCancelled)
		f.status("chat", "out-three", channels.StatusCancelled)
		f.same("ledger", f.events("chat"), []string{"message.received", "message.queued", "message.cancelled"})
	}},
	{"an opt-out by voice is one of voice", "OptOut suppresses the address for the channel", func(t *testing.T, f *fixture) {
		a := arrival("voice", alice, "stop calling", "call", f.now)
		a.OptOut = true
		_, err := f.s.Accept(f.ctx, a)
		f.ok(err)
		facts, err := f.s.AddressFacts(f.ctx, alice)
		f.ok(err)
		if !facts.VoiceOptedOut.Equal(f.now) || !facts.SMSOptedOut.IsZero() {
			t.Errorf("facts: %+v", facts)
		}
	}},
	{"a number split over messages is taken out of the earlier ones", "Earlier rewrites earlier messages of the conversation, by Seq", func(t *testing.T, f *fixture) {
		f.hear(alice, "4111 1111")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.Trace.Steps[0].Input = map[string]string{"text": "4111 1111"}
		e.Handoff = &dialog.Handoff{ID: "h1", Conversation: c.Conversation, Since: f.now, Reasons: []dialog.Reason{{Code: "x", Words: "4111 1111"}}}
		e.Conversation.Handoff, e.Conversation.Control = e.Handoff, dialog.ControlQueued
		f.commit(c, e)
		f.hear(alice, "1111")
		a := f.arrival(alice, "[card]")
		a.Earlier = map[int64]string{1: "[card]", 2: "[...]"}
		got, err := f.s.Accept(f.ctx, a)
		f.ok(err)
		f.same("feed", f.feed(got.Conversation), []string{"[card]", "[...]", "[card]"})
		if c := f.mustClaim(); c.Input.Text != "[...]" {
			t.Errorf("the waiting input still says %q", c.Input.Text)
		}
		traces, err := f.s.Traces(f.ctx, got.Conversation)
		f.ok(err)
		if s := fmt.Sprint(traces); contains(s, "4111") {
			t.Error("the trace still holds the number")
		}
		h, err := f.s.Handoff(f.ctx, "h1")
		f.ok(err)
		snap, err := f.s.Snapshot(f.ctx, got.Conversation)
		f.ok(err)
		if is := snap.Conversation.Handoff; h.Reasons[0].Words != "[card]" || is == nil || is.Reasons[0].Words != "[card]" {
			t.Errorf("the hand-off still holds the number: %+v, %+v", h.Reasons, is)
		}
	}},
	{"what the person wrote lately comes newest first", "RecentInbound returns the last n texts the person wrote on this channel and address, newest first, with their Seq", func(t *testing.T, f *fixture) {
		f.queue(alice, "ours")
		f.deliver()
		f.hear(alice, "b")
		f.hear(alice, "c")
		got, err := f.s.RecentInbound(f.ctx, "sms", alice, 2)
		f.ok(err)
		if len(got) != 2 || got[0].Text != "c" || got[0].Seq != 4 || got[1].Text != "b" || got[1].Seq != 3 {
			t.Errorf("got %+v", got)
		}
		if got, err = f.s.RecentInbound(f.ctx, "webchat", alice, 2); err != nil || len(got) != 0 {
			t.Errorf("another channel gave %v, %v", got, err)
		}
	}},
	{"an inbound message starts the count of replies anew", "LastInbound, RepliesSince: messages out since LastInbound", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one", "two")
		f.deliver()
		snap, err := f.s.Snapshot(f.ctx, c.Conversation)
		f.ok(err)
		if snap.Conversation.RepliesSince != 2 || !snap.Conversation.LastOutbound.Equal(f.now) {
			t.Errorf("got %d replies", snap.Conversation.RepliesSince)
		}
		f.later(time.Minute)
		f.hear(alice, "more")
		snap, err = f.s.Snapshot(f.ctx, c.Conversation)
		f.ok(err)
		if snap.Conversation.RepliesSince != 0 || !snap.Conversation.LastInbound.Equal(f.now) {
			t.Errorf("got %d replies, last inbound %s", snap.Conversation.RepliesSince, snap.Conversation.LastInbound)
		}
	}},
}
