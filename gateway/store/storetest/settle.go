package storetest

import (
	"testing"
	"time"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/store"
)

func (f *fixture) uncertain() *store.Delivery {
	f.Helper()
	d, err := f.s.Uncertain(f.ctx, "resolver", f.now, ttl)
	f.ok(err)
	return d
}

func (f *fixture) expire(want int) {
	f.Helper()
	n, err := f.s.Expire(f.ctx, f.now)
	f.ok(err)
	if n != want {
		f.Errorf("%d deliveries expired, want %d", n, want)
	}
}

var settleCases = []testCase{
	{"a message that is sent takes its place in the feed", "sent (gives the message its place in the feed)", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one", "two")
		f.hear(alice, "meanwhile")
		f.later(time.Second)
		f.deliver()
		all, err := f.s.Feed(f.ctx, c.Conversation, 1, 10)
		f.ok(err)
		var texts []string
		for _, m := range all {
			texts = append(texts, m.Text)
		}
		f.same("feed after the first", texts, []string{"meanwhile", "one", "two"})
		m := f.message(c.Conversation, "out-one")
		if m.Status != channels.StatusSent || m.ProviderID != "SM-out-one" || m.Feed != 3 || !m.At.Equal(f.now) {
			t.Errorf("message: %+v", m)
		}
		if s := f.steps(c.Conversation, m.Turn); s != "receive decide gate deliver gate deliver" {
			t.Errorf("steps: %s", s)
		}
		if d := f.dequeue(); d != nil {
			t.Error("a sent message was sent again")
		}
	}},
	{"a failed send tells the conversation, and leaves no gap in the feed", "failed (puts a failure into the inbox)", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one", "two")
		f.settle(f.mustDequeue(), store.Settlement{Status: channels.StatusFailed, Reason: "30003"})
		if m := f.message(c.Conversation, "out-one"); m.Status != channels.StatusFailed || m.Reason != "30003" || m.Feed != 0 {
			t.Errorf("message: %+v", m)
		}
		f.deliver()
		if n := len(f.feed(c.Conversation)); n != 2 {
			t.Errorf("%d in the feed", n)
		}
		if in := f.answer().Input; in.Kind != dialog.InputFailure || in.Seq != 2 || !contains(string(in.Body), "30003") {
			t.Errorf("input: %+v", in)
		}
		if c := f.claim(); c != nil {
			t.Error("a failure was told twice")
		}
	}},
	{"a send that may be tried again is tried again with what is known to be out", "queued again not before next", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one")
		d := f.mustDequeue()
		since := d.Since
		f.settle(d, store.Settlement{Status: channels.StatusQueued, Next: f.now.Add(time.Minute), Reason: "http_429", Parts: []channels.Part{{Index: 0, ProviderID: "SM-a"}}})
		if d := f.dequeue(); d != nil {
			t.Error("it was tried too early")
		}
		f.later(time.Minute)
		d = f.mustDequeue()
		if d.Attempt != 2 || len(d.Out.Done) != 1 || d.Out.Done[0].ProviderID != "SM-a" || !d.Since.Equal(since) {
			t.Errorf("delivery: %+v", d)
		}
		f.settle(d, store.Settlement{Status: channels.StatusSent, Parts: []channels.Part{{Index: 0, ProviderID: "SM-a"}, {Index: 1, ProviderID: "SM-b"}}})
		if m := f.message(c.Conversation, "out-one"); m.Status != channels.StatusSent || m.ProviderID != "SM-a" {
			t.Errorf("message: %+v", m)
		}
	}},
	{"a sender that slept past its lease settles nothing", "ErrFenced: the delivery was taken away meanwhile", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one")
		d := f.mustDequeue()
		f.later(ttl)
		f.expire(1)
		fenced(t, "settle", f.s.Settle(f.ctx, d, sent(d), f.now))
		f.status(c.Conversation, "out-one", channels.StatusUncertain)
		f.expire(0)
		u := f.uncertain()
		if u == nil || u.Out.ID != d.Out.ID || u.Token <= d.Token || u.Attempt != 1 || !u.Since.Equal(d.Since) {
			t.Fatalf("uncertain: %+v", u)
		}
		if again := f.uncertain(); again != nil {
			t.Error("it was taken twice")
		}
		fenced(t, "settle", f.s.Settle(f.ctx, d, sent(d), f.now))
		f.settle(u, sent(u))
		fenced(t, "second settle", f.s.Settle(f.ctx, u, sent(u), f.now))
		f.same("feed", f.feed(c.Conversation)[1:], []string{"one"})
	}},
	{"a lease that lives does not expire", "Expire makes deliveries whose lease has run out uncertain", func(t *testing.T, f *fixture) {
		f.queue(alice, "one")
		d := f.mustDequeue()
		f.later(ttl - time.Second)
		f.expire(0)
		f.settle(d, sent(d))
	}},
	{"an uncertain message is looked at again later, and by another when the first gives up", "takes one uncertain delivery for resolution, not before its NextTry", func(t *testing.T, f *fixture) {
		f.queue(alice, "one")
		f.settle(f.mustDequeue(), store.Settlement{Status: channels.StatusUncertain, Next: f.now.Add(time.Minute)})
		if d := f.uncertain(); d != nil {
			t.Error("it was taken too early")
		}
		f.later(time.Minute)
		lost := f.uncertain()
		f.later(ttl)
		d := f.uncertain()
		if d == nil {
			t.Fatal("a resolver that died keeps the message")
		}
		fenced(t, "settle", f.s.Settle(f.ctx, lost, sent(lost), f.now))
		f.settle(d, store.Settlement{Status: channels.StatusUncertain, Next: f.now.Add(time.Minute)})
		if d := f.uncertain(); d != nil {
			t.Error("it was taken too early")
		}
		st, err := f.s.Stats(f.ctx)
		f.ok(err)
		if st.Uncertain != 1 || st.Outbox != 1 {
			t.Errorf("stats: %+v", st)
		}
	}},
	{"an uncertain message known not to have gone out is sent again", "resend only when it is known not to have gone out", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one", "two")
		f.settle(f.mustDequeue(), store.Settlement{Status: channels.StatusUncertain})
		u := f.uncertain()
		f.settle(u, store.Settlement{Status: channels.StatusQueued})
		f.same("sent", f.deliver(), []string{"one", "two"})
		f.same("feed", f.feed(c.Conversation)[1:], []string{"one", "two"})
	}},
	{"an uncertain message that failed frees what waits behind it", "Settle ends it", func(t *testing.T, f *fixture) {
		f.queue(alice, "one", "two")
		f.settle(f.mustDequeue(), store.Settlement{Status: channels.StatusUncertain})
		f.settle(f.uncertain(), store.Settlement{Status: channels.StatusFailed, Reason: "gone"})
		f.same("sent", f.deliver(), []string{"two"})
	}},
	{"an address the provider has stopped is suppressed", "OptedOut: the provider has the address on its stop list; suppress it and cancel what is queued", func(t *testing.T, f *fixture) {
		f.queue(alice, "one", "two")
		f.settle(f.mustDequeue(), store.Settlement{Status: channels.StatusFailed, Reason: "21610", OptedOut: true})
		f.same("sent", f.deliver(), nil)
		facts, err := f.s.AddressFacts(f.ctx, alice)
		f.ok(err)
		if !facts.SMSOptedOut.Equal(f.now) {
			t.Errorf("facts: %+v", facts)
		}
	}},
}

func receipt(id string, status channels.Status, at time.Time) channels.Receipt {
	return channels.Receipt{Channel: "sms", MessageID: id, ProviderID: "SM-" + id, Status: status, At: at}
}

func (f *fixture) confirm(r channels.Receipt, want string) {
	f.Helper()
	got, err := f.s.Confirm(f.ctx, r)
	f.ok(err)
	if got != want {
		f.Errorf("the receipt was said to be about %q, want %q", got, want)
	}
}

var receiptCases = []testCase{
	{"receipts move a message only forward", "statuses only move forward (channels.Status.Rank)", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one")
		f.deliver()
		f.confirm(receipt("out-one", channels.StatusDelivered, f.now), c.Conversation)
		f.status(c.Conversation, "out-one", channels.StatusDelivered)
		for _, late := range []channels.Status{channels.StatusSent, channels.StatusUndelivered, channels.StatusQueued, channels.StatusDelivered, "nonsense"} {
			f.confirm(receipt("out-one", late, f.now), c.Conversation)
			f.status(c.Conversation, "out-one", channels.StatusDelivered)
		}
		f.confirm(receipt("out-one", channels.StatusRead, f.now), c.Conversation)
		f.status(c.Conversation, "out-one", channels.StatusRead)
		if s := f.steps(c.Conversation, f.message(c.Conversation, "out-one").Turn); s != "receive decide gate deliver confirm confirm" {
			t.Errorf("steps: %s", s)
		}
		if c := f.claim(); c != nil {
			t.Errorf("a late receipt made work: %+v", c.Input)
		}
	}},
	{"a receipt finds its message by the provider's id alone", "It reports the message's conversation", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one")
		f.deliver()
		f.confirm(channels.Receipt{Channel: "sms", ProviderID: "SM-out-one", Status: channels.StatusDelivered, At: f.now}, c.Conversation)
		f.status(c.Conversation, "out-one", channels.StatusDelivered)
	}},
	{"an unknown receipt is no error", "\"\" when unknown", func(t *testing.T, f *fixture) {
		f.queue(alice, "one")
		f.deliver()
		f.confirm(receipt("never", channels.StatusDelivered, f.now), "")
		f.confirm(channels.Receipt{Channel: "sms", ProviderID: "never", Status: channels.StatusDelivered}, "")
		f.confirm(channels.Receipt{Channel: "webchat", ProviderID: "SM-out-one", Status: channels.StatusDelivered}, "")
		f.confirm(channels.Receipt{}, "")
	}},
	{"a message that was not delivered tells the conversation once", "a message of ours could not be delivered", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one")
		f.deliver()
		r := receipt("out-one", channels.StatusUndelivered, f.now)
		r.Reason = "30005"
		f.confirm(r, c.Conversation)
		f.confirm(r, c.Conversation)
		if m := f.message(c.Conversation, "out-one"); m.Status != channels.StatusUndelivered || m.Reason != "30005" || m.Feed != 2 {
			t.Errorf("message: %+v", m)
		}
		if in := f.answer().Input; in.Kind != dialog.InputFailure {
			t.Errorf("input: %+v", in)
		}
		if c := f.claim(); c != nil {
			t.Error("it was told twice")
		}
	}},
	{"a receipt proves that an uncertain message went out", "A receipt for an uncertain or sending message proves that it went out", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one", "two")
		f.settle(f.mustDequeue(), store.Settlement{Status: channels.StatusUncertain})
		u := f.uncertain()
		f.confirm(receipt("out-one", channels.StatusDelivered, f.now), c.Conversation)
		f.status(c.Conversation, "out-one", channels.StatusDelivered)
		fenced(t, "the resolver's settle", f.s.Settle(f.ctx, u, store.Settlement{Status: channels.StatusQueued}, f.now))
		f.same("sent", f.deliver(), []string{"two"})
		f.same("feed", f.feed(c.Conversation)[1:], []string{"one", "two"})
	}},
	{"a receipt that overtakes the provider's answer is kept", "A receipt for an uncertain or sending message proves that it went out", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one", "two")
		d := f.mustDequeue()
		f.confirm(receipt("out-one", channels.StatusDelivered, f.now), c.Conversation)
		f.status(c.Conversation, "out-one", channels.StatusDelivered)
		f.settle(d, sent(d))
		f.status(c.Conversation, "out-one", channels.StatusDelivered)
		f.same("sent", f.deliver(), []string{"two"})
		f.same("feed", f.feed(c.Conversation)[1:], []string{"one", "two"})
	}},
	{"a receipt for one part of several proves that part and no more", "Of is how many parts the message goes out in", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one", "two")
		f.settle(f.mustDequeue(), store.Settlement{Status: channels.StatusUncertain})
		part := func(index int) channels.Receipt {
			return channels.Receipt{Channel: "sms", MessageID: "out-one", ProviderID: "SM-" + string(rune('a'+index)), Part: index, Of: 2, Status: channels.StatusDelivered, At: f.now}
		}
		f.confirm(part(0), c.Conversation)
		f.status(c.Conversation, "out-one", channels.StatusUncertain)
		u := f.uncertain()
		if u == nil || len(u.Out.Done) != 1 {
			t.Fatalf("the message is not looked up any more: %+v", u)
		}
		f.settle(u, store.Settlement{Status: channels.StatusQueued, Parts: u.Out.Done, Reason: "sent_in_part"})
		d := f.mustDequeue()
		if d.Out.ID != "out-one" || len(d.Out.Done) != 1 || d.Out.Done[0] != (channels.Part{Index: 0, ProviderID: "SM-a"}) {
			t.Fatalf("delivery: %+v", d)
		}
		f.confirm(part(1), c.Conversation)
		f.status(c.Conversation, "out-one", channels.StatusDelivered)
		f.later(ttl)
		f.expire(1)
		if u := f.uncertain(); u != nil {
			t.Error("what is wholly proven was called uncertain")
		}
		f.same("sent", f.deliver(), []string{"two"})
		f.same("feed", f.feed(c.Conversation)[1:], []string{"one", "two"})
	}},
	{"the rest of a message is not counted against its first part", "A message that is tried again is one contact", func(t *testing.T, f *fixture) {
		f.write(alice, "sms", "first", "reminder")
		f.settle(f.mustDequeue(), store.Settlement{Status: channels.StatusUncertain})
		f.settle(f.uncertain(), store.Settlement{Status: channels.StatusQueued, Parts: []channels.Part{{Index: 0, ProviderID: "SM-a"}}})
		seen := -1
		if f.dequeueBy(func(s dialog.Snapshot, m dialog.Message) store.GateResult {
			seen = s.Contacts.Texts7
			return verdict("delay", f.now.Add(time.Hour), "")(s, m)
		}) != nil || seen != 0 {
			t.Errorf("the gate counted %d texts before the rest of the first", seen)
		}
		if n := f.contactsOf(alice); n.Texts7 != 1 {
			t.Errorf("counted %+v", n)
		}
	}},
	{"a sender that dies after the receipt leaves no doubt", "A receipt for an uncertain or sending message proves that it went out", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one", "two")
		f.mustDequeue()
		f.confirm(receipt("out-one", channels.StatusSent, f.now), c.Conversation)
		f.later(ttl)
		f.expire(1)
		if u := f.uncertain(); u != nil {
			t.Error("what is proven was called uncertain")
		}
		f.same("sent", f.deliver(), []string{"two"})
	}},
	{"a receipt for a message that is to be tried again keeps it from going out twice", "A receipt proves that it went out; Done are the parts an earlier attempt is known to have sent", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one")
		f.settle(f.mustDequeue(), store.Settlement{Status: channels.StatusQueued})
		f.confirm(receipt("out-one", channels.StatusSent, f.now), c.Conversation)
		d := f.mustDequeue()
		if len(d.Out.Done) != 1 || d.Out.Done[0] != (channels.Part{Index: 0, ProviderID: "SM-out-one"}) {
			t.Errorf("done: %+v", d.Out.Done)
		}
		f.settle(d, sent(d))
		f.same("feed", f.feed(c.Conversation)[1:], []string{"one"})
	}},
	{"a message in parts is as far as its slowest part", "Part: the index of the part", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one")
		d := f.mustDequeue()
		how := sent(d)
		how.Parts = []channels.Part{{Index: 0, ProviderID: "SM-a"}, {Index: 1, ProviderID: "SM-b"}}
		f.settle(d, how)
		part := func(id string, index int, s channels.Status) channels.Receipt {
			return channels.Receipt{Channel: "sms", MessageID: "out-one", ProviderID: id, Part: index, Status: s, At: f.now}
		}
		f.confirm(part("SM-b", 1, channels.StatusDelivered), c.Conversation)
		f.status(c.Conversation, "out-one", channels.StatusSent)
		f.confirm(part("SM-a", 0, channels.StatusDelivered), c.Conversation)
		f.status(c.Conversation, "out-one", channels.StatusDelivered)
	}},
	{"a part that fails fails the message", "Part: the index of the part", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one")
		d := f.mustDequeue()
		how := sent(d)
		how.Parts = []channels.Part{{Index: 0, ProviderID: "SM-a"}, {Index: 1, ProviderID: "SM-b"}}
		f.settle(d, how)
		f.confirm(channels.Receipt{Channel: "sms", ProviderID: "SM-b", Status: channels.StatusUndelivered, At: f.now}, c.Conversation)
		f.status(c.Conversation, "out-one", channels.StatusUndelivered)
	}},
}
