package sqlstore

import (
	"errors"
	"time"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/store"
)

// prepared are effects with all that is made ready outside of the transaction.
type prepared struct {
	dialog.Effects
	read      int64  // the version the effects were made from
	body      string // the conversation's
	address   string
	handoff   string
	accounts  []preparedAccount
	outgoing  []preparedMessage
	timers    []string
	approvals []string
	events    []dialog.LedgerEntry
	trace     preparedTrace
}

type preparedAccount struct {
	dialog.Account
	body string
}

type preparedTrace struct {
	id           string
	seq, started int64
	input, steps string
}

type preparedMessage struct {
	dialog.Outgoing
	id, name, text, sha256 string
	choices, message       string
	spoken                 string
}

// ErrNotCleared is returned for an outgoing message the guard has not made.
var ErrNotCleared = errors.New("store: an outgoing message was not cleared by the guard")

// ErrEpoch is returned for effects that take the control epoch back.
var ErrEpoch = errors.New("store: the epoch of a conversation may only rise")

// prepare makes effects ready to be written. in is the input they answer, nil
// for an action from outside a turn.
func prepare(e dialog.Effects, in *dialog.Input, now time.Time) (*prepared, error) {
	p := &prepared{Effects: e, read: e.Conversation.Version}
	p.Conversation.Version++
	var errs []error
	keep := func(s string, err error) string {
		errs = append(errs, err)
		return s
	}
	p.body = keep(encode(p.Conversation))
	for _, a := range e.Accounts {
		b := a
		b.Version++
		b.UpdatedAt = now.UTC()
		p.accounts = append(p.accounts, preparedAccount{a, keep(encode(b))})
	}
	if e.Address != nil {
		p.address = keep(encode(e.Address))
	}
	if e.Handoff != nil {
		p.handoff = keep(encode(e.Handoff))
	}
	for _, a := range e.Approvals {
		p.approvals = append(p.approvals, keep(encode(a)))
	}
	for _, t := range e.SetTimers {
		kind := t.Kind
		if kind == "" {
			kind = t.Name
		}
		p.timers = append(p.timers, keep(encode(dialog.Input{Kind: dialog.InputTimer, Timer: kind, At: t.Due, Body: t.Body})))
	}
	for _, o := range e.Outgoing {
		m, err := prepareMessage(o, e.Conversation)
		errs = append(errs, err)
		p.outgoing = append(p.outgoing, m)
	}
	events, err := entries(e.Events)
	p.events = events
	errs = append(errs, err, p.prepareTrace(in, now))
	return p, errors.Join(errs...)
}

func prepareMessage(o dialog.Outgoing, c dialog.Conversation) (preparedMessage, error) {
	out := o.Cleared.Out()
	if o.Cleared.Zero() || out.ID == "" {
		return preparedMessage{}, ErrNotCleared
	}
	out.Conversation = c.ID
	if out.From == "" {
		out.From = c.Ours
	}
	m := preparedMessage{Outgoing: o, id: out.ID, name: out.Name, text: out.Text, sha256: o.Cleared.SHA256()}
	var errs [3]error
	m.choices, errs[0] = encodeList(out.Choices)
	m.message, errs[1] = encode(out)
	if out.Channel == "voice" || out.Spoken != (channels.Spoken{}) {
		m.spoken, errs[2] = encode(out.Spoken)
	}
	if m.Planned == m.text {
		m.Planned = ""
	}
	return m, errors.Join(errs[:]...)
}

// prepareTrace puts the steps made at the door before those of the turn. What
// is sent without a trace gets one of its own, for its gate, deliver and confirm.
func (p *prepared) prepareTrace(in *dialog.Input, now time.Time) error {
	t := p.Trace
	if t == nil {
		if len(p.outgoing) == 0 {
			return nil
		}
		t = &dialog.TurnTrace{ID: p.outgoing[0].id, Started: now}
	}
	p.trace = preparedTrace{id: t.ID, seq: t.InputSeq, started: nanos(t.Started), input: "{}"}
	steps := []dialog.StepTrace{}
	var err error
	if in != nil {
		kept := *in
		steps = append(steps, kept.Door...)
		kept.Text, kept.Choice, kept.Media, kept.Door = "", "", nil, nil
		if p.trace.input, err = encode(kept); err != nil {
			return err
		}
	}
	p.trace.steps, err = encode(append(steps, t.Steps...))
	return err
}

// check compares effects with the state they are about to replace.
func (p *prepared) check(was row) error {
	if p.read != was.conv.Version {
		return store.ErrStale
	}
	if p.Conversation.Epoch < was.conv.Epoch {
		return ErrEpoch
	}
	return nil
}
