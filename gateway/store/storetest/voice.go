package storetest

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"parley/channels"
	"parley/compliance/guard"
	"parley/dialog"
	"parley/gateway/store"
)

// call is something that happened on a call of alice's; words only with speech.
func (f *fixture) call(event channels.CallEvent, detail, text string) channels.Accepted {
	f.Helper()
	a := arrival("voice", alice, text, f.id("conv"), f.now)
	a.In.ProviderID = f.id("CA1/" + string(event))
	a.MessageID = f.id("in")
	a.In.Call = &channels.Call{ID: "CA1", Event: event, Detail: detail}
	got, err := f.s.Accept(f.ctx, a)
	f.ok(err)
	return got
}

// spoken is a cleared message that is said in a certain way.
func (f *fixture) spoken(c dialog.Conversation, id string, how channels.Spoken) dialog.Outgoing {
	f.Helper()
	out := channels.Outbound{ID: id, Conversation: c.ID, Channel: c.Channel, From: c.Ours, To: c.Address, Text: "words of " + id, Speaker: "bot", Spoken: how}
	cleared, err := guard.Reopen(out, digest(out))
	f.ok(err)
	return dialog.Outgoing{Cleared: cleared, From: "bot", Purpose: "reply", Turn: "turn-said"}
}

func (f *fixture) told(r channels.Receipt) {
	f.Helper()
	r.Channel, r.At = "voice", f.now
	_, err := f.s.Confirm(f.ctx, r)
	f.ok(err)
}

// saying claims the first words of a call, and says "whole" and "plain" at once.
func (f *fixture) saying() *store.Claim {
	f.Helper()
	f.call(channels.CallSpeech, "", "hello")
	c := f.mustClaim()
	f.ok(f.s.Say(f.ctx, c, f.spoken(c.Snapshot.Conversation, "whole", channels.Spoken{Whole: true}), f.now))
	f.ok(f.s.Say(f.ctx, c, f.spoken(c.Snapshot.Conversation, "plain", channels.Spoken{}), f.now))
	return c
}

// said ends the turn and has everything sent.
func (f *fixture) said() *store.Claim {
	f.Helper()
	c := f.saying()
	f.commit(c, f.effects(c.Snapshot))
	f.deliver()
	return c
}

// receipt claims what became of a message.
func (f *fixture) receipt() (dialog.Input, dialog.Heard) {
	f.Helper()
	in := f.mustClaim().Input
	var h dialog.Heard
	f.ok(json.Unmarshal(in.Body, &h))
	return in, h
}

var voiceCases = []testCase{
	{"what happens on a call stands among the messages, in their order", "InputCall is something that happened on a call and has no words", func(t *testing.T, f *fixture) {
		at := f.now
		f.call(channels.CallStarted, "", "")
		f.later(time.Second)
		f.call(channels.CallSpeech, "", "hello")
		f.later(time.Second)
		f.call(channels.CallSilence, "1", "")
		for _, want := range []struct {
			kind  dialog.InputKind
			event channels.CallEvent
			text  string
		}{{dialog.InputCall, channels.CallStarted, ""}, {dialog.InputMessage, channels.CallSpeech, "hello"}, {dialog.InputCall, channels.CallSilence, ""}} {
			c := f.mustClaim()
			if in := c.Input; in.Kind != want.kind || in.Call == nil || in.Call.Event != want.event || in.Call.ID != "CA1" || in.Text != want.text {
				t.Errorf("input: %+v of %+v", in, in.Call)
			}
			if got := c.Snapshot.Conversation.LastInbound; !got.Equal(at.Add(time.Second)) {
				t.Errorf("they last said something at %s", got)
			}
			if m := c.Snapshot.Recent[0]; m.Call == nil || m.Call.Event != channels.CallStarted || m.From != "system" {
				t.Errorf("message: %+v", m)
			}
			f.commit(c, f.effects(c.Snapshot))
		}
		f.unharmed()
	}},
	{"a call without a word is no telephone conversation", "LastInbound", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice))
		f.call(channels.CallAnswered, channels.AnsweredMachine, "")
		c := f.mustClaim()
		if at := c.Snapshot.Contacts.LastConversation; !at.IsZero() {
			t.Errorf("a conversation at %s", at)
		}
		f.commit(c, f.effects(c.Snapshot))
		f.call(channels.CallSpeech, "", "hello")
		if at := f.mustClaim().Snapshot.Contacts.LastConversation; !at.Equal(f.now) {
			t.Errorf("a conversation at %s", at)
		}
	}},
	{"a sentence is sent while its turn goes on", "queues one message of the turn while the turn goes on", func(t *testing.T, f *fixture) {
		c := f.saying()
		f.same("sent", f.deliver(), []string{"words of whole", "words of plain"})
		f.commit(c, f.effects(c.Snapshot, "last"))
		f.same("sent after", f.deliver(), []string{"last"})
		f.same("feed", f.feed(c.Conversation), []string{"hello", "words of whole", "words of plain", "last"})
		if m := f.message(c.Conversation, "whole"); m.Turn != "turn-said" || m.Spoken == nil || !m.Spoken.Whole || m.Seq != 2 {
			t.Errorf("message: %+v", m)
		}
		f.unharmed()
	}},
	{"the same sentence again is one sentence", "The same message again changes nothing", func(t *testing.T, f *fixture) {
		c := f.saying()
		f.ok(f.s.Say(f.ctx, c, f.spoken(c.Snapshot.Conversation, "plain", channels.Spoken{}), f.now))
		f.same("sent", f.deliver(), []string{"words of whole", "words of plain"})
	}},
	{"a worker that lost its lease says nothing", "ErrFenced: the token is old", func(t *testing.T, f *fixture) {
		c := f.saying()
		f.later(ttl + time.Second)
		f.mustClaim()
		if err := f.s.Say(f.ctx, c, f.spoken(c.Snapshot.Conversation, "late", channels.Spoken{}), f.now); !errors.Is(err, store.ErrFenced) {
			t.Errorf("error %v", err)
		}
		f.same("sent", f.deliver(), []string{"words of whole", "words of plain"})
	}},
	{"nothing is said of a conversation that moved on", "ErrStale: the conversation moved on", func(t *testing.T, f *fixture) {
		c := f.saying()
		f.ok(f.s.Update(f.ctx, c.Conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
			s.Conversation.Control, s.Conversation.Epoch = dialog.ControlHuman, s.Conversation.Epoch+1
			return dialog.Effects{Conversation: s.Conversation}, nil
		}))
		if err := f.s.Say(f.ctx, c, f.spoken(c.Snapshot.Conversation, "late", channels.Spoken{}), f.now); !errors.Is(err, store.ErrStale) {
			t.Errorf("error %v", err)
		}
		f.same("sent", f.deliver(), nil)
		f.ok(f.s.Reload(f.ctx, c))
		f.ok(f.s.Say(f.ctx, c, f.spoken(c.Snapshot.Conversation, "anew", channels.Spoken{}), f.now))
		f.same("sent anew", f.deliver(), []string{"words of anew"})
	}},
	{"what was not cleared is not said", "A message that is not cleared is an error that changes nothing", func(t *testing.T, f *fixture) {
		f.call(channels.CallSpeech, "", "hello")
		c := f.mustClaim()
		if err := f.s.Say(f.ctx, c, dialog.Outgoing{From: "bot"}, f.now); err == nil {
			t.Error("it was said")
		}
		f.same("sent", f.deliver(), nil)
	}},
	{"words that were cut are no failure, and the turn is told", "Words that were cut on a call are undelivered but no failure", func(t *testing.T, f *fixture) {
		c := f.said()
		for i, id := range []string{"plain", "whole"} {
			reason := []string{channels.InterruptedReason, channels.SpuriousReason}[i]
			f.told(channels.Receipt{MessageID: id, Status: channels.StatusUndelivered, Reason: reason, Heard: "words"})
			claim := f.mustClaim()
			var h dialog.Heard
			f.ok(json.Unmarshal(claim.Input.Body, &h))
			if claim.Input.Kind != dialog.InputReceipt || claim.Input.Seq != h.Seq || h.Message != id || h.Reason != reason || h.Status != channels.StatusUndelivered {
				t.Errorf("input: %+v", claim.Input)
			}
			if m := f.message(c.Conversation, id); m.Heard != "words" || m.Status != channels.StatusUndelivered || m.Reason != reason || m.Told() != "words" {
				t.Errorf("message: %+v", m)
			}
			events := f.events(c.Conversation)
			if last := events[len(events)-1]; last != "message.cut" {
				t.Errorf("last event %s", last)
			}
			f.commit(claim, f.effects(claim.Snapshot))
		}
	}},
	{"a mandatory line that was heard is told to the turn, another is not", "as does one for a message that had to be heard whole and was", func(t *testing.T, f *fixture) {
		c := f.said()
		f.told(channels.Receipt{MessageID: "plain", Status: channels.StatusDelivered, Heard: "words of plain"})
		if c := f.claim(); c != nil {
			t.Errorf("input: %+v", c.Input)
		}
		f.told(channels.Receipt{MessageID: "whole", Status: channels.StatusDelivered, Heard: "words of whole"})
		if in, h := f.receipt(); in.Kind != dialog.InputReceipt || h.Message != "whole" || h.Status != channels.StatusDelivered {
			t.Errorf("input: %+v", in)
		}
		if m := f.message(c.Conversation, "whole"); m.Heard != "words of whole" {
			t.Errorf("message: %+v", m)
		}
	}},
	{"a line that proves nothing says so to the turn, and in the message", "as does one for a message that had to be heard whole and was", func(t *testing.T, f *fixture) {
		c := f.said()
		f.told(channels.Receipt{MessageID: "whole", Status: channels.StatusDelivered, Reason: channels.EstimatedReason, Heard: "words of whole"})
		if in, h := f.receipt(); in.Kind != dialog.InputReceipt || h.Reason != channels.EstimatedReason {
			t.Errorf("input: %+v", in)
		}
		if m := f.message(c.Conversation, "whole"); m.Status != channels.StatusDelivered || m.Reason != channels.EstimatedReason {
			t.Errorf("message: %+v", m)
		}
	}},
	{"what was heard only grows", "What was heard is kept with the message", func(t *testing.T, f *fixture) {
		c := f.said()
		f.told(channels.Receipt{MessageID: "plain", Status: channels.StatusSent, Heard: "words of"})
		f.told(channels.Receipt{MessageID: "plain", Status: channels.StatusSent, Heard: "words"})
		if m := f.message(c.Conversation, "plain"); m.Heard != "words of" {
			t.Errorf("heard %q", m.Heard)
		}
	}},
	{"when a call is over nothing of it waits to be sent", "CancelOwn cancels what this conversation itself still has to send", func(t *testing.T, f *fixture) {
		c := f.saying()
		f.settle(f.mustDequeue(), store.Settlement{Status: channels.StatusUncertain, Next: f.now.Add(time.Hour)})
		f.queue(alice, "by text")
		e := f.effects(c.Snapshot)
		e.CancelOwn, e.CancelReason = true, channels.CallEndedReason
		f.commit(c, e)
		f.status(c.Conversation, "whole", channels.StatusUndelivered)
		f.status(c.Conversation, "plain", channels.StatusCancelled)
		if c := f.claim(); c != nil {
			t.Errorf("it was told as %+v", c.Input)
		}
		f.call(channels.CallStarted, "", "")
		f.answer("next call")
		got := f.deliver()
		slices.Sort(got)
		f.same("sent", got, []string{"by text", "next call"})
	}},
	{"a call is one contact, counted where we placed it", "marks it sending and logs the contact", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice))
		f.call(channels.CallStarted, "", "")
		c := f.mustClaim()
		e := f.effects(c.Snapshot, "one", "two")
		e.Conversation.Call = &dialog.CallState{ID: "CA1", StartedAt: f.now}
		f.commit(c, e)
		f.deliver()
		f.call(channels.CallEnded, "completed", "")
		c = f.mustClaim()
		if n := c.Snapshot.Contacts; n.Calls7 != 0 || n.All7 != 0 || n.Initial.IsZero() {
			t.Errorf("their own call: %+v", n)
		}
		e = f.effects(c.Snapshot)
		e.Conversation.Call = nil
		e.Outgoing = []dialog.Outgoing{f.spoken(c.Snapshot.Conversation, "dial", channels.Spoken{Then: channels.ThenDial})}
		f.commit(c, e)
		f.deliver()
		f.call(channels.CallSpeech, "", "yes")
		if n := f.mustClaim().Snapshot.Contacts; n.Calls7 != 1 {
			t.Errorf("calls: %+v", n)
		}
	}},
}

// unharmed checks that every message is what the ledger says it was.
func (f *fixture) unharmed() {
	f.Helper()
	if a, err := f.s.Audit(f.ctx); err != nil || len(a.Faults) > 0 {
		f.Errorf("audit: %+v, %v", a, err)
	}
}
