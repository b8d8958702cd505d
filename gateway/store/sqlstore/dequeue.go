package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/dialog"
	"parley/gateway/store"
)

// outRow is an outbox row with what its message row adds.
type outRow struct {
	queued
	state             string
	epoch             int64
	anyEpoch, proven  bool
	due, token, since int64
	attempts          int
	message, parts    string
	status            channels.Status
	sha256, purpose   string
	from, reason      string
	feed              int64
}

const outColumns = `SELECT o.id, o.conversation, o.seq, o.state, o.epoch, o.any_epoch, o.proven, o.due, o.token, o.since, o.attempts, o.message, o.parts,
	m.turn, m.status, m.sha256, m.purpose, m.sender, m.reason, m.feed
	FROM outbox o JOIN messages m ON m.conversation = o.conversation AND m.seq = o.seq `

func scanOut(scan func(...any) error) (outRow, error) {
	var r outRow
	var anyEpoch, proven int64
	err := scan(&r.id, &r.conversation, &r.seq, &r.state, &r.epoch, &anyEpoch, &proven, &r.due, &r.token, &r.since, &r.attempts, &r.message, &r.parts,
		&r.turn, &r.status, &r.sha256, &r.purpose, &r.from, &r.reason, &r.feed)
	r.anyEpoch, r.proven = anyEpoch == 1, proven == 1
	return r, found(err)
}

func loadOut(c Conn, id string) (outRow, error) {
	return scanOut(c.Row(outColumns+`WHERE o.id = ?`, id).Scan)
}

// delivery is the row as the port gives it out.
func (r outRow) delivery() (*store.Delivery, error) {
	d := &store.Delivery{SHA256: r.sha256, Epoch: r.epoch, Purpose: r.purpose, From: r.from, Attempt: r.attempts, Token: r.token, Since: instant(r.since), Turn: r.turn}
	if err := decode(r.message, &d.Out); err != nil {
		return nil, err
	}
	return d, decode(r.parts, &d.Out.Done)
}

// taken is a message that was marked sending, or word that there may be more.
type taken struct {
	delivery *store.Delivery
	more     bool
}

// Dequeue implements [store.Outbox].
func (s *Store) Dequeue(ctx context.Context, owner string, now time.Time, lease time.Duration,
	decide func(dialog.Snapshot, dialog.Message) store.GateResult,
) (*store.Delivery, error) {
	for range maxRounds {
		ready, err := s.exists(ctx, `SELECT 1 FROM conversations WHERE out_due <= ? LIMIT 1`, nanos(now))
		if err != nil || !ready {
			return nil, err
		}
		q := dequeue{s: s, owner: owner, now: now, until: now.Add(lease), decide: decide}
		got, err := write(ctx, s.b, q.next)
		if err != nil || got.delivery != nil || !got.more {
			return got.delivery, err
		}
	}
	return nil, nil
}

type dequeue struct {
	s          *Store
	owner      string
	now, until time.Time
	decide     func(dialog.Snapshot, dialog.Message) store.GateResult
}

func (q dequeue) next(tx *Tx) (taken, error) {
	for range settleBatch {
		var id string
		var epoch int64
		err := tx.Row(`SELECT id, epoch FROM conversations WHERE out_due <= ? ORDER BY out_due, id LIMIT 1`+forUpdate+skipLocked, nanos(q.now)).Scan(&id, &epoch)
		if none(err) {
			return taken{}, nil
		}
		if err != nil {
			return taken{}, fmt.Errorf("store: dequeue: %w", err)
		}
		d, err := q.head(tx, id, epoch)
		if err != nil {
			return taken{}, err
		}
		if err := reschedule(tx, id); err != nil {
			return taken{}, err
		}
		if d != nil {
			return taken{delivery: d}, nil
		}
	}
	return taken{more: true}, nil
}

// head deals with the first live message of a conversation.
func (q dequeue) head(tx *Tx, id string, epoch int64) (*store.Delivery, error) {
	r, err := scanOut(tx.Row(outColumns+`WHERE o.conversation = ? AND o.state IN ('queued', 'sending', 'uncertain') ORDER BY o.seq LIMIT 1`, id).Scan)
	if errors.Is(err, store.ErrNotFound) || err == nil && (r.state != "queued" || r.due > nanos(q.now)) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("store: dequeue: %w", err)
	}
	if r.epoch != epoch && !r.anyEpoch {
		if err := addStep(tx, r.turn, blockedStep(q.now, "epoch")); err != nil {
			return nil, err
		}
		return nil, cancelOne(tx, r.queued, "epoch", nanos(q.now))
	}
	own, err := setAside(tx, r)
	if err != nil {
		return nil, fmt.Errorf("store: dequeue: %w", err)
	}
	snap, err := q.s.snapshot(tx, id, q.now)
	if err == nil {
		err = own.putBack(tx)
	}
	if err != nil {
		return nil, fmt.Errorf("store: dequeue: %w", err)
	}
	m, err := loadMessage(tx, id, r.seq)
	if err != nil {
		return nil, fmt.Errorf("store: dequeue: %w", err)
	}
	res := q.decide(snap, m)
	if err := addStep(tx, r.turn, &res.Trace); err != nil {
		return nil, err
	}
	return q.obey(tx, r, snap, m, res.Verdict)
}

// obey does what the gate says; an unknown word blocks.
func (q dequeue) obey(tx *Tx, r outRow, snap dialog.Snapshot, m dialog.Message, v gate.Verdict) (*store.Delivery, error) {
	now := nanos(q.now)
	switch v.Decision {
	case gate.Allow:
		return q.send(tx, r, snap, m)
	case gate.Delay:
		until := v.Until
		if !until.After(q.now) { // a delay that has no end yet is looked at again soon
			until = q.now.Add(time.Minute)
		}
		if _, err := tx.Exec(`UPDATE outbox SET due = ? WHERE id = ?`, nanos(until), r.id); err != nil {
			return nil, err
		}
		return nil, tx.note(r.conversation, "message.delayed", now, r.turn, map[string]any{"message": r.id, "seq": r.seq, "until": until.UTC(), "rules": compliance.RuleIDs(v.Findings)})
	case gate.Escalate:
		if err := cancelOne(tx, r.queued, reasonOf(v, "escalate"), now); err != nil {
			return nil, err
		}
		return nil, putFailure(tx, r, "cancelled", reasonOf(v, "escalate"), now)
	}
	return nil, cancelOne(tx, r.queued, reasonOf(v, "block"), now)
}

func (q dequeue) send(tx *Tx, r outRow, snap dialog.Snapshot, m dialog.Message) (*store.Delivery, error) {
	now := nanos(q.now)
	if r.since == 0 {
		r.since = now
	}
	r.token++
	r.attempts++
	_, err := tx.Exec(`UPDATE outbox SET state = 'sending', token = ?, attempts = ?, since = ?, owner = ?, wake = ? WHERE id = ?`,
		r.token, r.attempts, r.since, q.owner, nanos(q.until), r.id)
	if err != nil {
		return nil, fmt.Errorf("store: mark as sending: %w", err)
	}
	if err := advance(tx, r, channels.StatusSending, ""); err != nil {
		return nil, err
	}
	if err := logContact(tx, snap, m, now); err != nil {
		return nil, fmt.Errorf("store: log the contact: %w", err)
	}
	return r.delivery()
}

// advance moves a message's status forward, never back.
func advance(tx *Tx, r outRow, to channels.Status, reason string) error {
	if to.Rank() <= r.status.Rank() {
		return nil
	}
	_, err := tx.Exec(`UPDATE messages SET status = ?, reason = ? WHERE conversation = ? AND seq = ?`, string(to), reason, r.conversation, r.seq)
	return err
}

// reasonOf is the rule that decided, or the decision where no rule is named.
func reasonOf(v gate.Verdict, decision string) string {
	if len(v.Findings) > 0 {
		return v.Findings[0].Rule
	}
	return decision
}

// putFailure tells the conversation that a message of ours won't reach the person.
func putFailure(tx *Tx, r outRow, status channels.Status, reason string, at int64) error {
	about, err := encode(map[string]any{"message": r.id, "seq": r.seq, "status": status, "reason": reason, "purpose": r.purpose, "turn": r.turn})
	if err != nil {
		return err
	}
	return putInput(tx, r, dialog.InputFailure, dialog.Input{Timer: "delivery_failed", At: instant(at), Body: []byte(about)}, at)
}
