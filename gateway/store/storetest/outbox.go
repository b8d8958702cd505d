package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/compliance/gate"
	"parley/dialog"
	"parley/gateway/store"
)

func cancelled(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(ctx)
}

var outboxCases = []testCase{
	{"what is dequeued is sending before it is returned", "a Delivery is committed as sending before it was returned", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "hello")
		d := f.mustDequeue()
		o := d.Out
		if o.ID != "out-hello" || o.Conversation != c.Conversation || o.Channel != "sms" || o.To != alice || o.From != ours || o.Text != "hello" || o.Speaker != "bot" || o.Name != "Ava" {
			t.Errorf("out: %+v", o)
		}
		if d.SHA256 != f.message(c.Conversation, o.ID).SHA256 || d.Attempt != 1 || !d.Since.Equal(f.now) || d.Purpose != "reply" || d.From != "bot" || d.Turn == "" {
			t.Errorf("delivery: %+v", d)
		}
		f.status(c.Conversation, o.ID, channels.StatusSending)
	}},
	{"a conversation's messages go out in order, one at a time", "never while an earlier one of the same conversation is queued, sending or uncertain", func(t *testing.T, f *fixture) {
		f.queue(alice, "one", "two", "three")
		d := f.mustDequeue()
		if next := f.dequeue(); next != nil {
			t.Fatalf("%q overtook", next.Out.Text)
		}
		f.settle(d, store.Settlement{Status: channels.StatusUncertain, Next: f.now.Add(time.Minute)})
		if next := f.dequeue(); next != nil {
			t.Fatalf("%q overtook an uncertain one", next.Out.Text)
		}
		f.later(time.Minute)
		d, err := f.s.Uncertain(f.ctx, "resolver", f.now, ttl)
		f.ok(err)
		f.settle(d, store.Settlement{Status: channels.StatusQueued, Next: f.now.Add(time.Minute)})
		if next := f.dequeue(); next != nil {
			t.Fatalf("%q overtook one that waits", next.Out.Text)
		}
		f.later(time.Minute)
		f.same("sent", f.deliver(), []string{"one", "two", "three"})
	}},
	{"a message that waits for its time holds back those after it", "in the exact order of its conversation", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot, "one", "two")
		e.Outgoing[0].NotBefore = f.now.Add(time.Hour)
		f.commit(c, e)
		f.same("sent", f.deliver(), nil)
		f.later(time.Hour)
		f.same("sent", f.deliver(), []string{"one", "two"})
	}},
	{"across conversations the one due first goes first", "takes the next queued message that is due, oldest first", func(t *testing.T, f *fixture) {
		f.queue(bob, "b1", "b2")
		f.later(time.Second)
		f.queue(alice, "a1")
		f.later(time.Second)
		first, second := f.mustDequeue(), f.mustDequeue()
		f.same("order", []string{first.Out.Text, second.Out.Text}, []string{"b1", "a1"})
	}},
	{"what was written under another epoch is not sent", "it cancels those written under another epoch (unless AnyEpoch)", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot, "bot's", "notice", "bot's second")
		e.Outgoing[1].AnyEpoch = true
		f.commit(c, e)
		f.ok(f.s.Update(f.ctx, c.Conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
			s.Conversation.Control, s.Conversation.Epoch = dialog.ControlHuman, s.Conversation.Epoch+1
			return dialog.Effects{Conversation: s.Conversation}, nil
		}))
		f.same("sent", f.deliver(), []string{"notice"})
		f.status(c.Conversation, "out-bot's", channels.StatusCancelled)
		if m := f.message(c.Conversation, "out-bot's second"); m.Reason != "epoch" || m.Feed != 0 {
			t.Errorf("message: %+v", m)
		}
	}},
	{"a message is written under the epoch its turn ends with", "each outgoing row carries the epoch it was written under", func(t *testing.T, f *fixture) {
		f.hear(alice, "human please")
		c := f.mustClaim()
		e := f.effects(c.Snapshot, "one moment")
		e.Conversation.Control, e.Conversation.Epoch = dialog.ControlQueued, e.Conversation.Epoch+1
		f.commit(c, e)
		if d := f.mustDequeue(); d.Epoch != e.Conversation.Epoch {
			t.Errorf("epoch %d", d.Epoch)
		}
	}},
	{"the gate sees the world as it is at dequeue", "then asks decide with a fresh snapshot", func(t *testing.T, f *fixture) {
		f.put(f.account("acct-1", "p-1", alice))
		c := f.queue(alice, "hello")
		a := f.account("acct-1", "p-1", alice)
		a.Flags = map[string]dialog.Flag{dialog.FlagCease: {At: f.now, Why: "record"}}
		f.put(a)
		d := f.dequeueBy(func(s dialog.Snapshot, m dialog.Message) store.GateResult {
			if m.ID != "out-hello" || m.Text != "hello" || m.Purpose != "reply" || s.Conversation.ID != c.Conversation || !s.Accounts[0].Has(dialog.FlagCease) {
				t.Errorf("the gate saw %+v about %+v", s, m)
			}
			return verdict(gate.Block, time.Time{}, "BC-CEASE-01")(s, m)
		})
		if d != nil {
			t.Error("it was sent")
		}
		if m := f.message(c.Conversation, "out-hello"); m.Status != channels.StatusCancelled || m.Reason != "BC-CEASE-01" {
			t.Errorf("message: %+v", m)
		}
		if s := f.steps(c.Conversation, f.message(c.Conversation, "out-hello").Turn); s != "receive decide gate" {
			t.Errorf("steps: %s", s)
		}
	}},
	{"a gate that says nothing blocks", "the zero value blocks", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one")
		if d := f.dequeueBy(func(dialog.Snapshot, dialog.Message) store.GateResult { return store.GateResult{} }); d != nil {
			t.Error("it was sent")
		}
		f.status(c.Conversation, "out-one", channels.StatusCancelled)
	}},
	{"a delay moves the message to its time", "delay moves it to Until", func(t *testing.T, f *fixture) {
		f.queue(alice, "one", "two")
		until := f.now.Add(17 * time.Hour)
		if d := f.dequeueBy(verdict(gate.Delay, until, "BC-HOURS-01")); d != nil {
			t.Error("it was sent")
		}
		if at, err := f.s.NextWork(f.ctx); err != nil || !at.Equal(until) {
			t.Errorf("next work at %s, %v", at, err)
		}
		f.same("sent", f.deliver(), nil)
		f.now = until
		f.same("sent", f.deliver(), []string{"one", "two"})
	}},
	{"an escalation cancels and tells the conversation", "escalate cancels it and puts a failure into the inbox", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one", "two")
		once := true
		d := f.dequeueBy(func(s dialog.Snapshot, m dialog.Message) store.GateResult {
			if once {
				once = false
				return verdict(gate.Escalate, time.Time{}, "BC-THIRD-01")(s, m)
			}
			return allow(s, m)
		})
		if d == nil || d.Out.Text != "two" {
			t.Errorf("got %+v", d)
		}
		f.status(c.Conversation, "out-one", channels.StatusCancelled)
		if in := f.mustClaim().Input; in.Kind != dialog.InputFailure || in.Seq != 2 || !contains(string(in.Body), "BC-THIRD-01") {
			t.Errorf("input: %+v", in)
		}
	}},
	{"many senders send each message once and in order", "takes the next queued message, in the exact order of its conversation", func(t *testing.T, f *fixture) {
		const people, each = 5, 6
		for p := range people {
			var texts []string
			for i := range each {
				texts = append(texts, fmt.Sprintf("%d-%d", p, i))
			}
			f.queue(fmt.Sprintf("+1512555%04d", p), texts...)
		}
		var mu sync.Mutex
		got := map[string][]string{}
		total := 0
		var wg sync.WaitGroup
		for w := range 6 {
			wg.Go(func() {
				for {
					mu.Lock()
					done := total == people*each
					mu.Unlock()
					if done {
						return
					}
					d, err := f.s.Dequeue(f.ctx, fmt.Sprint(w), f.now, ttl, allow)
					if err != nil {
						t.Error(err)
						return
					}
					if d == nil {
						continue
					}
					mu.Lock()
					got[d.Out.To] = append(got[d.Out.To], d.Out.Text)
					total++
					mu.Unlock()
					if err := f.s.Settle(f.ctx, d, sent(d), f.now); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		for p := range people {
			var want []string
			for i := range each {
				want = append(want, fmt.Sprintf("%d-%d", p, i))
			}
			f.same("sent", got[fmt.Sprintf("+1512555%04d", p)], want)
		}
	}},
}
