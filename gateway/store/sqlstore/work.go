package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// settleBatch bounds how many rows one transaction passes over before it lets
// others in.
const settleBatch = 32

// maxRounds bounds how many such transactions one call makes, so that a queue that
// is wrong about what is due costs a poll, not a processor.
const maxRounds = 64

// claimed is a lease that was taken, before its snapshot was read.
type claimed struct {
	claim *store.Claim
	more  bool
}

// Claim implements [store.Work].
func (s *Store) Claim(ctx context.Context, owner string, now time.Time, ttl time.Duration) (*store.Claim, error) {
	for range maxRounds {
		ready, err := s.exists(ctx, `SELECT 1 FROM conversations WHERE due <= ? AND lease_until <= ? LIMIT 1`, nanos(now), nanos(now))
		if err != nil || !ready {
			return nil, err
		}
		got, err := write(ctx, s.b, func(tx *Tx) (claimed, error) { return lease(tx, owner, now, now.Add(ttl)) })
		if err != nil {
			return nil, err
		}
		if got.claim == nil {
			if got.more {
				continue
			}
			return nil, nil
		}
		if err := s.fill(ctx, got.claim, now); err != nil {
			return nil, errors.Join(err, s.giveBack(context.WithoutCancel(ctx), got.claim))
		}
		return got.claim, nil
	}
	return nil, nil
}

// exists reports whether a query has a row, without waiting for the writer.
func (s *Store) exists(ctx context.Context, query string, args ...any) (bool, error) {
	return readOne(ctx, s.b, func(c Conn) (bool, error) {
		var one int
		err := c.Row(query, args...).Scan(&one)
		if none(err) {
			return false, nil
		}
		return err == nil, err
	})
}

// lease takes the conversation that has waited longest. One that stands too early
// in the queue, as its first input was held back and another came after it, is only
// put in its right place.
func lease(tx *Tx, owner string, now, until time.Time) (claimed, error) {
	for range settleBatch {
		var id string
		var token, was, input, place int64
		err := tx.Row(`SELECT id, due, lease_token, lease_until, lease_input FROM conversations WHERE due <= ? AND lease_until <= ? ORDER BY due, id LIMIT 1`+forUpdate+skipLocked,
			nanos(now), nanos(now)).Scan(&id, &place, &token, &was, &input)
		if none(err) {
			return claimed{}, nil
		}
		if err != nil {
			return claimed{}, fmt.Errorf("store: claim: %w", err)
		}
		in, due, attempts, err := firstInput(tx, id, nanos(now))
		if err != nil {
			return claimed{}, err
		}
		if in == nil || due != place {
			if err := reschedule(tx, id); err != nil {
				return claimed{}, err
			}
			continue
		}
		if was != 0 && input == in.ID { // a lease on it ran out: that was a failure too
			attempts++
			if _, err := tx.Exec(`UPDATE inbox SET attempts = attempts + 1 WHERE conversation = ? AND n = ?`, id, in.ID); err != nil {
				return claimed{}, err
			}
		}
		_, err = tx.Exec(`UPDATE conversations SET lease_owner = ?, lease_token = lease_token + 1, lease_until = ?, lease_input = ? WHERE id = ?`, owner, nanos(until), in.ID, id)
		return claimed{claim: &store.Claim{Conversation: id, Token: token + 1, Until: until, Input: *in, Attempts: attempts}}, err
	}
	return claimed{more: true}, nil
}

// firstInput is the input of a conversation that is next and due, with when it fell due; nil when none is.
func firstInput(c Conn, id string, now int64) (in *dialog.Input, due int64, attempts int, err error) {
	var n, seq int64
	var kind, name, body string
	const columns = `SELECT n, kind, name, seq, due, attempts, body FROM `
	err = c.Row(columns+`(`+
		columns+`(`+columns+`inbox WHERE conversation = ? AND kind = 'message' ORDER BY n LIMIT 1) m UNION ALL `+
		columns+`(`+columns+`inbox WHERE conversation = ? AND kind <> 'message' ORDER BY due, n LIMIT 1) o) w WHERE due <= ? ORDER BY due, n LIMIT 1`,
		id, id, now).Scan(&n, &kind, &name, &seq, &due, &attempts, &body)
	if none(err) {
		return nil, 0, 0, nil
	}
	if err != nil {
		return nil, 0, 0, fmt.Errorf("store: read the inbox: %w", err)
	}
	if in, err = decodeInput(body); err != nil {
		return nil, 0, 0, err
	}
	in.ID, in.Seq = n, seq
	if in.Kind != dialog.InputCall { // it stands among the messages, in their order
		in.Kind = dialog.InputKind(kind)
	}
	return in, due, attempts, nil
}

// fill reads what a claim is about, after it was made.
func (s *Store) fill(ctx context.Context, c *store.Claim, now time.Time) error {
	type about struct {
		snap dialog.Snapshot
		m    dialog.Message
	}
	v, err := read(ctx, s.b, func(conn Conn) (v about, err error) {
		if v.snap, err = s.snapshot(conn, c.Conversation, now); err != nil {
			return v, err
		}
		if c.Input.Kind == dialog.InputMessage {
			v.m, err = loadMessage(conn, c.Conversation, c.Input.Seq)
		}
		return v, err
	})
	if err != nil {
		return fmt.Errorf("store: read the claimed conversation: %w", err)
	}
	c.Snapshot = v.snap
	if c.Input.Kind == dialog.InputMessage {
		c.Input.Text, c.Input.Choice, c.Input.Media = v.m.Text, v.m.Choice, v.m.Media
	}
	return nil
}

// held checks the token under the conversation's lock.
func held(tx *Tx, c *store.Claim) error {
	var token, until int64
	err := tx.Row(`SELECT lease_token, lease_until FROM conversations WHERE id = ?`+forUpdate, c.Conversation).Scan(&token, &until)
	if none(err) || err == nil && (token != c.Token || until == 0) {
		return store.ErrFenced
	}
	return err
}

// endLease gives the conversation free; its token can't be used again.
func endLease(tx *Tx, id string) error {
	_, err := tx.Exec(`UPDATE conversations SET lease_owner = '', lease_token = lease_token + 1, lease_until = 0, lease_input = 0 WHERE id = ?`, id)
	return err
}

// giveBack ends a lease and leaves its input as it is.
func (s *Store) giveBack(ctx context.Context, c *store.Claim) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		if err := held(tx, c); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, endLease(tx, c.Conversation)
	})
	return err
}

// Extend implements [store.Work].
func (s *Store) Extend(ctx context.Context, c *store.Claim, until time.Time) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		n, err := tx.Exec(`UPDATE conversations SET lease_until = ? WHERE id = ? AND lease_token = ? AND lease_until <> 0`, nanos(until), c.Conversation, c.Token)
		if err == nil && n == 0 {
			err = store.ErrFenced
		}
		return struct{}{}, err
	})
	if err == nil {
		c.Until = until
	}
	return err
}

// Release implements [store.Work].
func (s *Store) Release(ctx context.Context, c *store.Claim, due time.Time) (int, error) {
	return write(ctx, s.b, func(tx *Tx) (attempts int, err error) {
		if err := held(tx, c); err != nil {
			return 0, err
		}
		err = tx.change(`UPDATE inbox SET attempts = attempts + 1, due = CASE WHEN due < ? THEN ? ELSE due END WHERE conversation = ? AND n = ? RETURNING attempts`,
			nanos(due), nanos(due), c.Conversation, c.Input.ID).Scan(&attempts)
		if err != nil && !none(err) { // a timer may have been cancelled meanwhile
			return 0, fmt.Errorf("store: release: %w", err)
		}
		if err := endLease(tx, c.Conversation); err != nil {
			return 0, err
		}
		return attempts, reschedule(tx, c.Conversation)
	})
}

// Reload implements [store.Work]. When the input itself is gone (a timer that
// was cancelled or set anew) there is nothing left to do: the lease ends and
// the error is ErrFenced.
func (s *Store) Reload(ctx context.Context, c *store.Claim) error {
	type state struct {
		token, until int64
		waits        bool
	}
	now, err := read(ctx, s.b, func(conn Conn) (st state, err error) {
		err = conn.Row(`SELECT lease_token, lease_until, EXISTS (SELECT 1 FROM inbox WHERE conversation = ? AND n = ?) FROM conversations WHERE id = ?`,
			c.Conversation, c.Input.ID, c.Conversation).Scan(&st.token, &st.until, &st.waits)
		return st, err
	})
	switch {
	case err != nil:
		return found(err)
	case now.token != c.Token || now.until == 0:
		return store.ErrFenced
	case !now.waits:
		if err := s.giveBack(ctx, c); err != nil {
			return err
		}
		return store.ErrFenced
	}
	return s.fill(ctx, c, s.opt.Now())
}

// NextWork implements [store.Work]. A conversation that is leased, and a
// message that is being sent or uncertain, counts from the end of its lease.
func (s *Store) NextWork(ctx context.Context) (time.Time, error) {
	n, err := read(ctx, s.b, func(c Conn) (int64, error) {
		next, err := nextInput(c)
		if err != nil {
			return 0, err
		}
		var out, wake int64
		err = c.Row(`SELECT COALESCE((SELECT MIN(out_due) FROM conversations WHERE out_due IS NOT NULL), 0),
			COALESCE((SELECT MIN(wake) FROM outbox WHERE state IN ('sending', 'uncertain')), 0)`).Scan(&out, &wake)
		return sooner(sooner(next, out), wake), err
	})
	return instant(n), err
}

// nextInput reads the queue of inputs up to the first conversation that is free
// sooner than any other can be.
func nextInput(c Conn) (int64, error) {
	rows, err := c.Query(`SELECT due, lease_until FROM conversations WHERE due IS NOT NULL ORDER BY due LIMIT 256`)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var best int64
	for rows.Next() {
		var due, until int64
		if err := rows.Scan(&due, &until); err != nil {
			return 0, err
		}
		if best != 0 && due >= best {
			break
		}
		best = sooner(best, max(due, until))
	}
	return best, rows.Err()
}

// sooner is the smaller of two times of which 0 is none.
func sooner(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
