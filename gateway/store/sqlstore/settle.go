package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"parley/channels"
	"parley/gateway/store"
)

// Settle implements [store.Outbox].
func (s *Store) Settle(ctx context.Context, d *store.Delivery, how store.Settlement, now time.Time) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) { return struct{}{}, settle(tx, d, how, nanos(now)) })
	return err
}

func settle(tx *Tx, d *store.Delivery, how store.Settlement, now int64) error {
	if err := lockConversation(tx, d.Out.Conversation); err != nil {
		return err
	}
	r, err := loadOut(tx, d.Out.ID)
	if err != nil {
		return fmt.Errorf("store: settle: %w", err)
	}
	if r.token != d.Token || r.state != "sending" && r.state != "uncertain" {
		return store.ErrFenced
	}
	if err := keepParts(tx, &r, d.Out.Channel, how.Parts); err != nil {
		return err
	}
	if err := end(tx, r, how, now); err != nil {
		return err
	}
	if err := addStep(tx, r.turn, how.Trace); err != nil {
		return err
	}
	if how.OptedOut {
		if err := suppress(tx, r.conversation, d.Out.Channel, d.Out.To, now, "provider"); err != nil {
			return err
		}
	}
	return reschedule(tx, r.conversation)
}

// lockConversation takes the row lock that orders everything in a conversation.
func lockConversation(tx *Tx, id string) error {
	var one int
	err := tx.Row(`SELECT 1 FROM conversations WHERE id = ?`+forUpdate, id).Scan(&one)
	return found(err)
}

// end moves the row to where the send has ended. A message that a receipt has
// proven to be out is not made uncertain again.
func end(tx *Tx, r outRow, how store.Settlement, now int64) error {
	status := how.Status
	if status == channels.StatusUncertain && r.proven {
		status = channels.StatusSent
	}
	switch status {
	case channels.StatusSent, channels.StatusDelivered, channels.StatusRead:
		if err := finish(tx, r.id, "sent"); err != nil {
			return err
		}
		return wentOut(tx, r, status, now)
	case channels.StatusFailed, channels.StatusUndelivered, channels.StatusCancelled:
		if err := finish(tx, r.id, "failed"); err != nil {
			return err
		}
		return failed(tx, r, status, how.Reason, now)
	case channels.StatusQueued:
		return again(tx, r, how, now)
	case channels.StatusUncertain:
		return doubt(tx, r, cmp.Or(nanos(how.Next), now), how.Reason, now)
	}
	return fmt.Errorf("store: a send can't end as %q", how.Status)
}

// wentOut gives a message its place in the feed, once.
func wentOut(tx *Tx, r outRow, status channels.Status, now int64) error {
	if err := advance(tx, r, status, ""); err != nil {
		return err
	}
	if r.feed != 0 {
		return nil
	}
	feed, err := nextFeed(tx, r, now)
	if err != nil {
		return err
	}
	return tx.note(r.conversation, "message.sent", now, r.turn, map[string]any{"message": r.id, "seq": r.seq, "feed": feed, "sha256": r.sha256, "attempt": r.attempts})
}

func nextFeed(tx *Tx, r outRow, now int64) (feed int64, err error) {
	err = tx.change(`UPDATE conversations SET last_feed = last_feed + 1, last_outbound = ?, replies_since = replies_since + 1,
		active_at = CASE WHEN active_at < ? THEN ? ELSE active_at END WHERE id = ? RETURNING last_feed`, now, now, now, r.conversation).Scan(&feed)
	if err != nil {
		return 0, fmt.Errorf("store: give a message its place: %w", err)
	}
	_, err = tx.Exec(`UPDATE messages SET feed = ?, at = ? WHERE conversation = ? AND seq = ?`, feed, now, r.conversation, r.seq)
	return feed, err
}

func failed(tx *Tx, r outRow, status channels.Status, reason string, now int64) error {
	if err := advance(tx, r, status, reason); err != nil {
		return err
	}
	if err := tx.note(r.conversation, "message.failed", now, r.turn, map[string]any{"message": r.id, "seq": r.seq, "reason": reason, "attempt": r.attempts}); err != nil {
		return err
	}
	return putFailure(tx, r, status, reason, now)
}

// again puts a message back that is known not to have gone out, or not wholly.
// Nothing of it having reached the person, it was no contact.
func again(tx *Tx, r outRow, how store.Settlement, now int64) error {
	_, err := tx.Exec(`UPDATE outbox SET state = 'queued', token = token + 1, owner = '', wake = 0, due = ? WHERE id = ?`, cmp.Or(nanos(how.Next), now), r.id)
	if err != nil {
		return err
	}
	if r.parts != "" || r.proven {
		return nil
	}
	if _, err := tx.Exec(`DELETE FROM contact_log WHERE message = ?`, r.id); err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE messages SET status = 'queued', reason = ? WHERE conversation = ? AND seq = ?`, how.Reason, r.conversation, r.seq)
	return err
}

func doubt(tx *Tx, r outRow, next int64, reason string, now int64) error {
	_, err := tx.Exec(`UPDATE outbox SET state = 'uncertain', token = token + 1, owner = '', wake = ? WHERE id = ?`, next, r.id)
	if err != nil {
		return err
	}
	if r.state == "uncertain" {
		return nil
	}
	if err := advance(tx, r, channels.StatusUncertain, reason); err != nil {
		return err
	}
	return tx.note(r.conversation, "message.uncertain", now, r.turn, map[string]any{"message": r.id, "seq": r.seq, "reason": reason, "attempt": r.attempts})
}

// keepParts remembers which parts are out and under which provider ids.
func keepParts(tx *Tx, r *outRow, channel string, parts []channels.Part) error {
	if len(parts) == 0 {
		return nil
	}
	var have []channels.Part
	if err := decode(r.parts, &have); err != nil {
		return err
	}
	for _, p := range parts {
		if !slices.ContainsFunc(have, func(h channels.Part) bool { return h.Index == p.Index }) {
			have = append(have, p)
		}
		if err := putPart(tx, r.id, channel, p, channels.StatusSent); err != nil {
			return err
		}
	}
	slices.SortFunc(have, func(a, b channels.Part) int { return a.Index - b.Index })
	body, err := encode(have)
	if err != nil {
		return err
	}
	r.parts = body
	if _, err := tx.Exec(`UPDATE outbox SET parts = ? WHERE id = ?`, body, r.id); err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE messages SET provider_id = ? WHERE conversation = ? AND seq = ?`, have[0].ProviderID, r.conversation, r.seq)
	return err
}

func putPart(tx *Tx, message, channel string, p channels.Part, status channels.Status) error {
	_, err := tx.Exec(`INSERT INTO message_parts (message, part, channel, provider_id, status) VALUES (?,?,?,?,?)
		ON CONFLICT (message, part) DO UPDATE SET provider_id = CASE WHEN excluded.provider_id = '' THEN message_parts.provider_id ELSE excluded.provider_id END`,
		message, p.Index, channel, p.ProviderID, string(status))
	return err
}

// Expire implements [store.Outbox].
func (s *Store) Expire(ctx context.Context, now time.Time) (int, error) {
	total := 0
	for {
		ready, err := s.exists(ctx, `SELECT 1 FROM outbox WHERE state = 'sending' AND state IN ('sending', 'uncertain') AND wake <= ? LIMIT 1`, nanos(now))
		if err != nil || !ready {
			return total, err
		}
		n, err := write(ctx, s.b, func(tx *Tx) (int, error) { return expire(tx, nanos(now)) })
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
}

func expire(tx *Tx, now int64) (int, error) {
	rows, err := tx.Query(`SELECT id, conversation FROM outbox WHERE state = 'sending' AND state IN ('sending', 'uncertain') AND wake <= ? ORDER BY wake LIMIT ?`, now, settleBatch)
	all, err := collect(rows, err, scanPair)
	if err != nil {
		return 0, fmt.Errorf("store: expire: %w", err)
	}
	for _, p := range all {
		if err := lockConversation(tx, p[1]); err != nil {
			return 0, err
		}
		r, err := loadOut(tx, p[0])
		if err != nil {
			return 0, err
		}
		if r.state != "sending" {
			continue
		}
		if err := end(tx, r, store.Settlement{Status: channels.StatusUncertain, Reason: "lease_expired"}, now); err != nil {
			return 0, err
		}
		if err := reschedule(tx, r.conversation); err != nil {
			return 0, err
		}
	}
	return len(all), nil
}

// Uncertain implements [store.Outbox].
func (s *Store) Uncertain(ctx context.Context, owner string, now time.Time, lease time.Duration) (*store.Delivery, error) {
	const due = `FROM outbox WHERE state = 'uncertain' AND state IN ('sending', 'uncertain') AND wake <= ?`
	ready, err := s.exists(ctx, `SELECT 1 `+due+` LIMIT 1`, nanos(now))
	if err != nil || !ready {
		return nil, err
	}
	return write(ctx, s.b, func(tx *Tx) (*store.Delivery, error) {
		var id string
		err := tx.Row(`SELECT id `+due+` ORDER BY wake, id LIMIT 1`+forUpdate+skipLocked, nanos(now)).Scan(&id)
		if none(err) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("store: take an uncertain message: %w", err)
		}
		if _, err := tx.Exec(`UPDATE outbox SET token = token + 1, owner = ?, wake = ? WHERE id = ?`, owner, nanos(now.Add(lease)), id); err != nil {
			return nil, err
		}
		r, err := loadOut(tx, id)
		if err != nil {
			return nil, err
		}
		return r.delivery()
	})
}
