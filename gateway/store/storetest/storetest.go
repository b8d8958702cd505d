// Package storetest proves that a record keeps the promises of the port. Each
// case quotes the promise it checks; an adapter runs them all, and has no way to
// leave one out.
package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/dialog"
	"parley/gateway/store"
	"parley/negotiation"
)

// Tamperer is a store under test that can change the ledger and messages behind the port's
// back: it sets the body of entry n to what change makes of it, or removes the
// entry when change is nil.
type Tamperer interface {
	Tamper(ctx context.Context, n int64, change func(body string) string) error
	// TamperMessage does so with the text of a message.
	TamperMessage(ctx context.Context, conversation string, seq int64, change func(text string) string) error
}

// testCase is one promise and what proves it.
type testCase struct {
	name    string
	promise string
	run     func(t *testing.T, f *fixture)
}

// Run runs every case on a store of its own. open makes an empty one and
// arranges for its end.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	cases := slices.Concat(inboxCases, workCases, commitCases, approvalCases, outboxCases, settleCases, receiptCases, updateCases, accountCases, accountUpdateCases, contactCases, readerCases, ledgerCases, auditCases, purgeCases, voiceCases, autonomyCases, staffCases, deskCases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := &fixture{T: t, s: open(t), ctx: t.Context(), now: time.Date(2026, 11, 30, 15, 0, 0, 0, time.UTC)}
			c.run(t, f)
			if t.Failed() {
				t.Logf("the promise: %q", c.promise)
			}
		})
	}
	t.Run("any sequence of calls leaves what the model says", func(t *testing.T) {
		t.Parallel()
		runModel(t, open)
	})
}

// fixture is a store with the small change of a case.
type fixture struct {
	*testing.T
	s   store.Store
	ctx context.Context
	now time.Time
	n   int
}

func (f *fixture) ok(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// id is a new unique id.
func (f *fixture) id(prefix string) string {
	f.n++
	return fmt.Sprintf("%s-%d", prefix, f.n)
}

func (f *fixture) later(d time.Duration) { f.now = f.now.Add(d) }

const (
	ours  = "+15125550100"
	alice = "+15125550123"
	bob   = "+15125550124"
)

// arrival is a text from an address; its provider id is also its text.
func (f *fixture) arrival(from, text string) store.Arrival {
	return arrival("sms", from, text, f.id("conv"), f.now)
}

func arrival(channel, from, text, conversation string, at time.Time) store.Arrival {
	return store.Arrival{
		In:        channels.Inbound{Channel: channel, ProviderID: "SM-" + text, From: from, To: ours, Text: text, ReceivedAt: at},
		New:       dialog.Conversation{ID: conversation, Language: "en"},
		MessageID: "in-" + text,
		Input:     dialog.Input{At: at, Door: []dialog.StepTrace{{Name: dialog.StepReceive, Started: at, Attempt: 1, Outcome: dialog.StepOK}}},
		Events:    []dialog.Event{{Type: "message.received", At: at, Who: "person", Body: map[string]any{"id": "in-" + text}}},
	}
}

// hear accepts a text and returns where it stands.
func (f *fixture) hear(from, text string) channels.Accepted {
	f.Helper()
	got, err := f.s.Accept(f.ctx, f.arrival(from, text))
	f.ok(err)
	return got
}

const ttl = 30 * time.Second

func (f *fixture) claim() *store.Claim {
	f.Helper()
	c, err := f.s.Claim(f.ctx, "worker", f.now, ttl)
	f.ok(err)
	return c
}

func (f *fixture) mustClaim() *store.Claim {
	f.Helper()
	c := f.claim()
	if c == nil {
		f.Fatal("there is nothing to claim")
	}
	return c
}

// effects keep the conversation as it is and say the texts.
func (f *fixture) effects(snap dialog.Snapshot, texts ...string) dialog.Effects {
	e := dialog.Effects{Conversation: snap.Conversation}
	for _, text := range texts {
		e.Outgoing = append(e.Outgoing, f.say(snap.Conversation, text))
	}
	e.Trace = &dialog.TurnTrace{ID: f.id("turn"), Started: f.now, Steps: []dialog.StepTrace{{Name: dialog.StepDecide, Started: f.now, Attempt: 1, Outcome: dialog.StepOK}}}
	return e
}

// say is a message as the guard would have cleared it; its id is its text.
func (f *fixture) say(c dialog.Conversation, text string) dialog.Outgoing {
	f.Helper()
	o, err := Outgoing(c, text)
	f.ok(err)
	return o
}

// Outgoing is a cleared reply in a conversation. Its id is "out-" and its text.
func Outgoing(c dialog.Conversation, text string) (dialog.Outgoing, error) {
	out := channels.Outbound{ID: "out-" + text, Channel: c.Channel, From: c.Ours, To: c.Address, Text: text, Speaker: "bot", Name: "Ava"}
	cleared, err := guard.Reopen(out, digest(out))
	return dialog.Outgoing{Cleared: cleared, From: "bot", Purpose: "reply"}, err
}

// digest is the hash the guard documents: channel, to, text and choices, each
// with its length before it.
func digest(out channels.Outbound) string {
	h := sha256.New()
	for _, s := range []string{out.Channel, out.To, out.Text} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(append(n[:], s...))
	}
	if s := out.Spoken; s != (channels.Spoken{}) {
		for _, s := range []string{fmt.Sprint(s.Whole), s.Language, string(s.Then), s.Handoff} {
			var n [8]byte
			binary.BigEndian.PutUint64(n[:], uint64(len(s)))
			h.Write(append(n[:], s...))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (f *fixture) commit(c *store.Claim, e dialog.Effects) {
	f.Helper()
	f.ok(f.s.Commit(f.ctx, c, e, f.now))
}

// answer claims the next input and answers it.
func (f *fixture) answer(texts ...string) *store.Claim {
	f.Helper()
	c := f.mustClaim()
	f.commit(c, f.effects(c.Snapshot, texts...))
	return c
}

// queue has a conversation with texts waiting in the outbox.
func (f *fixture) queue(from string, texts ...string) *store.Claim {
	f.Helper()
	f.hear(from, "hello from "+from+f.id(" "))
	return f.answer(texts...)
}

func verdict(d gate.Decision, until time.Time, rule string) func(dialog.Snapshot, dialog.Message) store.GateResult {
	return func(dialog.Snapshot, dialog.Message) store.GateResult {
		v := gate.Verdict{Decision: d, Until: until}
		if rule != "" {
			v.Findings = []compliance.Finding{{Rule: rule}}
		}
		return store.GateResult{Verdict: v, Trace: dialog.StepTrace{Name: dialog.StepGate, Attempt: 1, Outcome: dialog.StepOK}}
	}
}

var allow = verdict(gate.Allow, time.Time{}, "")

func (f *fixture) dequeue() *store.Delivery {
	f.Helper()
	return f.dequeueBy(allow)
}

func (f *fixture) dequeueBy(decide func(dialog.Snapshot, dialog.Message) store.GateResult) *store.Delivery {
	f.Helper()
	d, err := f.s.Dequeue(f.ctx, "sender", f.now, ttl, decide)
	f.ok(err)
	return d
}

func (f *fixture) mustDequeue() *store.Delivery {
	f.Helper()
	d := f.dequeue()
	if d == nil {
		f.Fatal("there is nothing to send")
	}
	return d
}

func (f *fixture) settle(d *store.Delivery, how store.Settlement) {
	f.Helper()
	f.ok(f.s.Settle(f.ctx, d, how, f.now))
}

func sent(d *store.Delivery) store.Settlement {
	return store.Settlement{
		Status: channels.StatusSent, Parts: []channels.Part{{Index: 0, ProviderID: "SM-" + d.Out.ID}},
		Trace: &dialog.StepTrace{Name: dialog.StepDeliver, Attempt: d.Attempt, Outcome: dialog.StepOK},
	}
}

// deliver sends everything that is due and returns the texts.
func (f *fixture) deliver() []string {
	f.Helper()
	var texts []string
	for d := f.dequeue(); d != nil; d = f.dequeue() {
		texts = append(texts, d.Out.Text)
		f.settle(d, sent(d))
	}
	return texts
}

func (f *fixture) message(conversation, id string) dialog.Message {
	f.Helper()
	all, err := f.s.Messages(f.ctx, conversation, 0, 100)
	f.ok(err)
	for _, m := range all {
		if m.ID == id {
			return m
		}
	}
	f.Fatalf("there is no message %s", id)
	return dialog.Message{}
}

func (f *fixture) status(conversation, id string, want channels.Status) {
	f.Helper()
	if got := f.message(conversation, id).Status; got != want {
		f.Errorf("status of %s is %s, want %s", id, got, want)
	}
}

func (f *fixture) feed(conversation string) []string {
	f.Helper()
	all, err := f.s.Feed(f.ctx, conversation, 0, 100)
	f.ok(err)
	var texts []string
	for i, m := range all {
		if m.Feed != int64(i+1) {
			f.Errorf("place %d of the feed is numbered %d", i+1, m.Feed)
		}
		texts = append(texts, m.Text)
	}
	return texts
}

func (f *fixture) same(what string, got, want []string) {
	f.Helper()
	if !slices.Equal(got, want) {
		f.Errorf("%s: got %q, want %q", what, got, want)
	}
}

// steps are the names of a turn's steps, in order.
func (f *fixture) steps(conversation, turn string) string {
	f.Helper()
	all, err := f.s.Traces(f.ctx, conversation)
	f.ok(err)
	for _, tr := range all {
		if tr.ID == turn {
			var names []string
			for _, s := range tr.Steps {
				names = append(names, string(s.Name))
			}
			return strings.Join(names, " ")
		}
	}
	f.Errorf("there is no trace of %s", turn)
	return ""
}

// events are the types of a conversation's ledger entries, but for those that bind its incoming messages.
func (f *fixture) events(conversation string) []string {
	f.Helper()
	all, err := f.s.Ledger(f.ctx, conversation, 0, 500)
	f.ok(err)
	var types []string
	for _, e := range all {
		if e.Type != store.EventMessageStored {
			types = append(types, e.Type)
		}
	}
	return types
}

func (f *fixture) account(id, person string, addresses ...string) dialog.Account {
	a := dialog.Account{
		ID: id, Portfolio: "northwind", Person: dialog.Person{ID: person, Name: "Angela Torres", State: "TX"},
		Balance: negotiation.Money{Minor: 124000, Currency: "USD"}, Factors: map[string]string{"lookup": "key-" + person, "zip": "h"},
	}
	for _, v := range addresses {
		a.Person.Addresses = append(a.Person.Addresses, dialog.Address{Channel: "sms", Value: v})
	}
	return a
}

func (f *fixture) put(a dialog.Account) {
	f.Helper()
	_, err := f.s.PutAccount(f.ctx, a, f.now)
	f.ok(err)
}
