package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// Commit implements [store.Work].
func (s *Store) Commit(ctx context.Context, c *store.Claim, e dialog.Effects, now time.Time) error {
	e.Conversation.ID = c.Conversation
	p, err := prepare(e, &c.Input, now)
	if err != nil {
		return err
	}
	_, err = write(ctx, s.b, func(tx *Tx) (struct{}, error) { return struct{}{}, p.commit(tx, c, nanos(now)) })
	return err
}

func (p *prepared) commit(tx *Tx, c *store.Claim, now int64) error {
	was, err := loadRow(tx, c.Conversation, true)
	if errors.Is(err, store.ErrNotFound) || err == nil && (was.leaseToken != c.Token || was.leaseUntil == 0) {
		return store.ErrFenced
	}
	if err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	if err := p.check(was); err != nil {
		return err
	}
	n, err := tx.Exec(`DELETE FROM inbox WHERE conversation = ? AND n = ?`, c.Conversation, c.Input.ID)
	if err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	if n != 1 {
		return store.ErrFenced
	}
	if err := p.apply(tx, was, now); err != nil {
		return err
	}
	return endLease(tx, c.Conversation)
}

// Update implements [store.Update].
func (s *Store) Update(ctx context.Context, conversation string, create *dialog.Conversation, now time.Time,
	act func(dialog.Snapshot) (dialog.Effects, error),
) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		was, err := loadOrCreate(tx, conversation, create, nanos(now))
		if err != nil {
			return struct{}{}, err
		}
		snap, err := s.around(tx, was.conv, now)
		if err != nil {
			return struct{}{}, err
		}
		e, err := act(snap)
		if err != nil {
			return struct{}{}, err
		}
		e.Conversation.ID = was.conv.ID
		p, err := prepare(e, nil, now)
		if err != nil {
			return struct{}{}, err
		}
		if err := p.check(was); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, p.apply(tx, was, nanos(now))
	})
	return err
}

// loadOrCreate reads a conversation under its lock, or opens it. Where its
// address has an open one on the channel already, that one is taken.
func loadOrCreate(tx *Tx, id string, create *dialog.Conversation, now int64) (row, error) {
	was, err := loadRow(tx, id, true)
	if create == nil || !errors.Is(err, store.ErrNotFound) {
		return was, err
	}
	c := *create
	c.ID = id
	made, err := insertConversation(tx, &c, now, false, 0)
	if err != nil {
		return row{}, fmt.Errorf("store: open a conversation: %w", err)
	}
	if !made {
		if id, err = openAt(tx, c.Channel, c.Address); err != nil {
			return row{}, err
		}
	}
	return loadRow(tx, id, true)
}

// apply writes effects whose versions were checked, but for the accounts',
// which are checked as they are written.
func (p *prepared) apply(tx *Tx, was row, now int64) error {
	c := p.Conversation
	c.Channel, c.Address = was.conv.Channel, was.conv.Address
	for _, a := range p.accounts {
		if err := updateAccount(tx, a, now); err != nil {
			return err
		}
	}
	if p.address != "" {
		if err := putAddress(tx, c.Address, p.address); err != nil {
			return err
		}
	}
	if err := p.cancel(tx, now); err != nil {
		return err
	}
	tx.record(c.ID, p.events)
	inputs, err := p.setTimers(tx, c.ID, was.lastInput)
	if err != nil {
		return err
	}
	if err := p.queue(tx, c, was.lastSeq, now); err != nil {
		return err
	}
	if err := p.putApprovals(tx, c.ID); err != nil {
		return err
	}
	if err := p.keep(tx, c.ID, now); err != nil {
		return err
	}
	if err := moveAbout(tx, was.conv, c); err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE conversation_bodies SET body = ? WHERE conversation = ?`, p.body, c.ID); err != nil {
		return fmt.Errorf("store: write the conversation: %w", err)
	}
	_, err = tx.Exec(`UPDATE conversations SET slot = ?, account = ?, control = ?, epoch = ?, version = version + 1,
		last_seq = last_seq + ?, last_input = ?, active_at = CASE WHEN active_at < ? THEN ? ELSE active_at END, due = `+dueOf+`, out_due = `+outDueOf+` WHERE id = ?`,
		slot(c), c.Account, string(c.Control), c.Epoch, len(p.outgoing), inputs, now, now, c.ID)
	if err != nil {
		return fmt.Errorf("store: write the conversation: %w", err)
	}
	return nil
}

// cancel cancels what the effects say, before anything new is queued.
func (p *prepared) cancel(tx *Tx, now int64) error {
	if p.CancelOwn {
		if err := cancelOwn(tx, p.Conversation.ID, p.CancelReason, now); err != nil {
			return err
		}
	}
	if p.CancelAddress != "" {
		if err := cancelTo(tx, p.CancelAddress, p.CancelReason, now); err != nil {
			return err
		}
	}
	if len(p.CancelAccounts) == 0 {
		return nil
	}
	return cancelQueued(tx, `o.conversation IN (SELECT conversation FROM conversation_accounts WHERE account IN (`+holes(len(p.CancelAccounts))+`))`,
		anys(p.CancelAccounts), p.CancelReason, now)
}

func (p *prepared) setTimers(tx *Tx, id string, last int64) (int64, error) {
	const drop = `DELETE FROM inbox WHERE conversation = ? AND kind = 'timer' AND name = ?`
	for _, name := range p.CancelTimers {
		if _, err := tx.Exec(drop, id, name); err != nil {
			return 0, fmt.Errorf("store: cancel a timer: %w", err)
		}
	}
	for i, t := range p.SetTimers {
		if _, err := tx.Exec(drop, id, t.Name); err != nil {
			return 0, fmt.Errorf("store: set a timer: %w", err)
		}
		last++
		if _, err := tx.Exec(`INSERT INTO inbox (conversation, n, kind, name, due, body) VALUES (?,?,'timer',?,?,?)`, id, last, t.Name, nanos(t.Due), p.timers[i]); err != nil {
			return 0, fmt.Errorf("store: set a timer: %w", err)
		}
	}
	return last, nil
}

// queue writes outgoing messages under the new epoch, each with its place.
func (p *prepared) queue(tx *Tx, c dialog.Conversation, seq, now int64) error {
	for _, m := range p.outgoing {
		seq++
		if err := m.put(tx, c, p.trace.id, seq, now); err != nil {
			return err
		}
	}
	return nil
}

// put queues one message in its place.
func (m preparedMessage) put(tx *Tx, c dialog.Conversation, turn string, seq, now int64) error {
	due := now
	if !m.NotBefore.IsZero() {
		due = nanos(m.NotBefore)
	}
	_, err := tx.Exec(`INSERT INTO messages (conversation, seq, id, direction, sender, name, text, choices, at, status, sha256, turn, purpose, spoken, planned)
		VALUES (?,?,?,'out',?,?,?,?,?,'queued',?,?,?,?,?)`, c.ID, seq, m.id, m.From, m.name, m.text, m.choices, now, m.sha256, turn, m.Purpose, m.spoken, m.Planned)
	if err != nil {
		return fmt.Errorf("store: queue a message: %w", err)
	}
	_, err = tx.Exec(`INSERT INTO outbox (id, conversation, seq, state, epoch, any_epoch, due, message) VALUES (?,?,?,'queued',?,?,?,?)`,
		m.id, c.ID, seq, c.Epoch, flag(m.AnyEpoch), due, m.message)
	if err != nil {
		return fmt.Errorf("store: queue a message: %w", err)
	}
	return tx.note(c.ID, "message.queued", now, turn, map[string]any{"message": m.id, "seq": seq, "from": m.From, "purpose": m.Purpose, "sha256": m.sha256, "epoch": c.Epoch})
}

// keep writes what is kept beside the conversation: hand-off, drafts, trace.
func (p *prepared) keep(tx *Tx, id string, now int64) error {
	if h := p.Handoff; h != nil {
		_, err := tx.Exec(`INSERT INTO handoffs (id, conversation, open, rank, since, holder, offered_to, deadline, body) VALUES (?,?,?,?,?,?,?,?,?)
			ON CONFLICT (id) DO UPDATE SET open = excluded.open, rank = excluded.rank, since = excluded.since, holder = excluded.holder,
				offered_to = excluded.offered_to, deadline = excluded.deadline, body = excluded.body`,
			h.ID, id, flag(h.Open()), -h.Priority, nanos(h.Since), h.Holder, offeredTo(h), nanos(h.Deadline), p.handoff)
		if err != nil {
			return fmt.Errorf("store: write a hand-off: %w", err)
		}
	}
	if err := p.keepDrafts(tx, id, now); err != nil {
		return err
	}
	if p.trace.id == "" {
		return nil
	}
	return putTrace(tx, id, p.trace)
}

// cancelTo cancels everything queued to an address, in whatever conversation.
func cancelTo(tx *Tx, address, reason string, at int64) error {
	return cancelQueued(tx, `o.conversation IN (SELECT id FROM conversations WHERE address = ?)`, []any{address}, reason, at)
}

type queued struct {
	id, conversation, turn string
	seq                    int64
}

// cancelQueued cancels queued messages and moves up what waited behind them.
func cancelQueued(tx *Tx, where string, args []any, reason string, at int64) error {
	rows, err := tx.Query(`SELECT o.id, o.conversation, o.seq, m.turn FROM outbox o JOIN messages m ON m.conversation = o.conversation AND m.seq = o.seq
		WHERE o.state = 'queued' AND o.state IN ('queued', 'sending', 'uncertain') AND `+where, args...)
	all, err := collect(rows, err, func(rows *sql.Rows) (q queued, err error) {
		err = rows.Scan(&q.id, &q.conversation, &q.seq, &q.turn)
		return q, err
	})
	if err != nil {
		return fmt.Errorf("store: cancel what is queued: %w", err)
	}
	for _, q := range all {
		if err := cancelOne(tx, q, reason, at); err != nil {
			return err
		}
		if err := reschedule(tx, q.conversation); err != nil {
			return err
		}
	}
	return nil
}

// cancelOne cancels one queued message. What a receipt has shown of it stays:
// some of it may have gone out before it was queued again.
func cancelOne(tx *Tx, q queued, reason string, at int64) error {
	if err := finish(tx, q.id, "cancelled"); err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE messages SET status = 'cancelled', reason = ? WHERE conversation = ? AND seq = ? AND status IN ('queued', 'sending', 'uncertain')`, reason, q.conversation, q.seq); err != nil {
		return err
	}
	return tx.note(q.conversation, "message.cancelled", at, q.turn, map[string]any{"message": q.id, "seq": q.seq, "reason": reason})
}

// finish makes an outbox row final; its token can't be used again.
func finish(tx *Tx, id, state string) error {
	_, err := tx.Exec(`UPDATE outbox SET state = ?, token = token + 1, owner = '', wake = 0 WHERE id = ?`, state, id)
	return err
}

// blockedStep is the gate's step for a message the store itself holds back.
func blockedStep(now time.Time, why string) *dialog.StepTrace {
	return &dialog.StepTrace{
		Name: dialog.StepGate, Started: now, Attempt: 1, Outcome: dialog.StepBlocked,
		Output: map[string]string{"cancelled": strings.ToLower(why)},
	}
}
