package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"parley/compliance/gate"
	"parley/compliance/inbound"
	"parley/dialog"
)

// errStale: what the effects were made from is not what the record holds any more.
var errStale = errors.New("lab: the record has changed since it was read")

// record keeps one conversation as a store does: what a turn changes is written
// whole or not at all, under the versions it was read at; a message goes out
// under its epoch and after a second look of the contact gate. Everything is
// copied on the way in and out, so that nothing is shared with a turn.
type record struct {
	settings dialog.Settings
	now      time.Time
	ids      int

	conv      dialog.Conversation
	accounts  map[string]dialog.Account
	address   dialog.AddressFacts
	messages  []dialog.Message
	approvals []dialog.Approval
	timers    map[string]dialog.Timer
	outbox    []queued
	arrivals  map[string]bool
	done      map[int64]bool // inputs whose turn is written
	inputs    int64
	sent      []sent
	handoffs  int
	// lookup fails for this call when it gives an error: a fault of the directory.
	lookup func() error
}

// queued is a message that waits to go out.
type queued struct {
	out   dialog.Outgoing
	epoch int64
	seq   int64
	due   time.Time
}

// sent is a message as it went out.
type sent struct {
	At       time.Time
	Text     string
	Choices  []string
	From     string
	Purpose  string
	Verified bool // as the record stood when it was written
	Control  dialog.Control
}

func (r *record) env() dialog.Env {
	return dialog.Env{
		Now:   func() time.Time { return r.now },
		NewID: func() string { r.ids++; return fmt.Sprintf("lab%05d", r.ids) },
	}
}

// AccountsByFactor implements [dialog.Directory].
func (r *record) AccountsByFactor(_ context.Context, key string) ([]dialog.Account, error) {
	if r.lookup != nil {
		if err := r.lookup(); err != nil {
			return nil, err
		}
	}
	var out []dialog.Account
	for _, id := range slices.Sorted(maps.Keys(r.accounts)) {
		if r.accounts[id].Factors["lookup"] == key {
			out = append(out, clone(r.accounts[id]))
		}
	}
	return out, nil
}

// accept is the door: it redacts, hears keywords and stores the message once. It
// reports false for one that it has already.
func (r *record) accept(id, text, choice string) (dialog.Input, bool) {
	if r.arrivals[id] {
		return dialog.Input{}, false
	}
	r.arrivals[id] = true
	var before []string
	var places []int
	for i := len(r.messages) - 1; i >= 0 && len(before) < 2; i-- {
		if r.messages[i].Direction == "in" {
			before, places = append(before, r.messages[i].Text), append(places, i)
		}
	}
	red := inbound.Redact(text, before)
	for n, t := range red.Earlier {
		r.messages[places[n]].Text = t
	}
	keyword, _ := inbound.Keyword(red.Text)
	r.inputs++
	seq := int64(len(r.messages) + 1)
	shown := red.Text
	if shown == "" {
		shown = r.label(choice)
	}
	r.messages = append(r.messages, dialog.Message{Conversation: r.conv.ID, Seq: seq, Direction: "in", From: "person", Text: shown, Choice: choice, At: r.now, Status: dialog.StatusReceived})
	if keyword == inbound.OptOut && r.conv.Channel == "sms" && r.address.SMSOptedOut.IsZero() {
		r.address.SMSOptedOut = r.now
		r.cancel("opt_out")
	}
	r.address.LastInbound = r.now
	return dialog.Input{ID: r.inputs, Seq: seq, Kind: dialog.InputMessage, Text: red.Text, Choice: choice, At: r.now, Keyword: keyword, Redacted: red.Kinds}, true
}

func (r *record) label(choice string) string {
	for _, o := range r.conv.Table {
		if o.ID == choice {
			return o.Label
		}
	}
	return ""
}

// snapshot is a copy of everything a turn may know.
func (r *record) snapshot() dialog.Snapshot {
	s := dialog.Snapshot{Conversation: clone(r.conv), Address: clone(r.address)}
	for _, id := range slices.Sorted(maps.Keys(r.accounts)) {
		if id == r.conv.Account || (r.conv.Account == "" && slices.Contains(r.conv.Candidates, id)) {
			s.Accounts = append(s.Accounts, clone(r.accounts[id]))
		}
	}
	s.Recent = clone(r.messages[max(0, len(r.messages)-dialog.RecentLimit):])
	for _, a := range r.approvals {
		if a.Open() {
			s.Approvals = append(s.Approvals, clone(a))
		}
	}
	return s
}

// commit writes a turn's effects, all or nothing. input is 0 for an action that
// answers none.
func (r *record) commit(e dialog.Effects, input int64) error {
	if input != 0 && r.done[input] {
		return fmt.Errorf("lab: input %d was answered before", input)
	}
	if e.Conversation.Version != r.conv.Version || e.Conversation.Epoch < r.conv.Epoch {
		return errStale
	}
	for _, a := range e.Accounts {
		if have, ok := r.accounts[a.ID]; !ok || have.Version != a.Version {
			return errStale
		}
	}
	was := r.conv
	r.conv = clone(e.Conversation)
	r.conv.Version++
	for _, a := range e.Accounts {
		a = clone(a)
		a.Version++
		r.accounts[a.ID] = a
	}
	if e.Address != nil {
		r.address = clone(*e.Address)
	}
	if e.CancelAddress != "" || len(e.CancelAccounts) > 0 {
		r.cancel(e.CancelReason)
	}
	r.keepTimers(e)
	if e.Handoff != nil && was.Handoff == nil {
		r.handoffs++
	}
	for _, a := range e.Approvals {
		r.putApproval(clone(a))
	}
	r.queue(e)
	if input != 0 {
		r.done[input] = true
	}
	return nil
}

func (r *record) keepTimers(e dialog.Effects) {
	for _, name := range e.CancelTimers {
		delete(r.timers, name)
	}
	for _, t := range e.SetTimers {
		r.timers[t.Name] = t
	}
}

func (r *record) putApproval(a dialog.Approval) {
	for i := range r.approvals {
		if r.approvals[i].ID == a.ID {
			r.approvals[i] = a
			return
		}
	}
	r.approvals = append(r.approvals, a)
}

func (r *record) queue(e dialog.Effects) {
	for _, o := range e.Outgoing {
		out := o.Cleared.Out()
		seq := int64(len(r.messages) + 1)
		r.messages = append(r.messages, dialog.Message{Conversation: r.conv.ID, Seq: seq, ID: out.ID, Direction: "out", From: o.From, Text: out.Text,
			Choices: out.Choices, At: r.now, SHA256: o.Cleared.SHA256(), Purpose: o.Purpose})
		r.outbox = append(r.outbox, queued{out: o, epoch: r.conv.Epoch, seq: seq, due: o.NotBefore})
	}
}

func (r *record) cancel(string) { r.outbox = nil }

// deliver sends what is due, in order, and gives what went out. send is the
// provider: an error that stays after a few tries makes a failure of the message.
func (r *record) deliver(send func() error) (out []sent, failed []dialog.Message) {
	for len(r.outbox) > 0 {
		q := r.outbox[0]
		if q.due.After(r.now) {
			r.now = q.due // nothing else happens meanwhile
		}
		if q.epoch != r.conv.Epoch && !q.out.AnyEpoch {
			r.outbox = r.outbox[1:]
			continue
		}
		v := gate.Decide(r.settings.Contact(r.snapshot(), q.out.Purpose, q.out.From, r.now))
		if v.Decision == gate.Delay && v.Until.After(r.now) {
			r.outbox[0].due = v.Until
			continue
		}
		r.outbox = r.outbox[1:]
		if v.Decision != gate.Allow {
			continue
		}
		m := q.out.Cleared.Out()
		if err := retry(5, send); err != nil {
			failed = append(failed, r.messages[q.seq-1])
			continue
		}
		s := sent{At: r.now, Text: m.Text, From: q.out.From, Purpose: q.out.Purpose, Verified: r.conv.Identity.Verified, Control: r.conv.Control}
		for _, c := range m.Choices {
			s.Choices = append(s.Choices, c.ID)
		}
		out = append(out, s)
		r.sent = append(r.sent, s)
	}
	return out, failed
}

func retry(n int, do func() error) (err error) {
	for range n {
		if err = do(); err == nil {
			return nil
		}
	}
	return err
}

// clone copies through JSON, as a store does.
func clone[T any](v T) T {
	src, err := json.Marshal(v)
	if err != nil {
		panic("lab: " + err.Error()) // our own types always encode
	}
	var out T
	if err := json.Unmarshal(src, &out); err != nil {
		panic("lab: " + strings.TrimSpace(err.Error()))
	}
	return out
}
