package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/store"
)

// Say implements [store.Work].
func (s *Store) Say(ctx context.Context, c *store.Claim, o dialog.Outgoing, now time.Time) error {
	m, err := prepareMessage(o, dialog.Conversation{ID: c.Conversation, Ours: c.Snapshot.Conversation.Ours})
	if err != nil {
		return err
	}
	_, err = write(ctx, s.b, func(tx *Tx) (struct{}, error) { return struct{}{}, say(tx, c, m, nanos(now)) })
	return err
}

func say(tx *Tx, c *store.Claim, m preparedMessage, now int64) error {
	was, err := loadRow(tx, c.Conversation, true)
	switch {
	case errors.Is(err, store.ErrNotFound) || err == nil && (was.leaseToken != c.Token || was.leaseUntil == 0):
		return store.ErrFenced
	case err != nil:
		return fmt.Errorf("store: say: %w", err)
	case was.conv.Version != c.Snapshot.Conversation.Version || was.conv.Epoch != c.Snapshot.Conversation.Epoch:
		return store.ErrStale
	}
	if _, err := loadOut(tx, m.id); !errors.Is(err, store.ErrNotFound) {
		return err // said before
	}
	if err := m.put(tx, was.conv, m.Turn, was.lastSeq+1, now); err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE conversations SET last_seq = last_seq + 1 WHERE id = ?`, c.Conversation); err != nil {
		return fmt.Errorf("store: say: %w", err)
	}
	return reschedule(tx, c.Conversation)
}

// hear keeps what was heard of a message; what is known only grows.
func hear(tx *Tx, r outRow, heard string) error {
	if heard == "" {
		return nil
	}
	_, err := tx.Exec(`UPDATE messages SET heard = ? WHERE conversation = ? AND seq = ? AND LENGTH(heard) < CAST(? AS BIGINT)`,
		heard, r.conversation, r.seq, utf8.RuneCountInString(heard))
	if err != nil {
		return fmt.Errorf("store: keep what was heard: %w", err)
	}
	return nil
}

// cut records words that were not heard to their end. The ledger gets a digest of what
// was heard, beside that of what was sent; whether to say them again the turn decides.
func cut(tx *Tx, r outRow, status channels.Status, reason string, at int64) error {
	if err := advance(tx, r, status, reason); err != nil {
		return err
	}
	var heard string
	if err := tx.Row(`SELECT heard FROM messages WHERE conversation = ? AND seq = ?`, r.conversation, r.seq).Scan(&heard); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(heard))
	err := tx.note(r.conversation, "message.cut", at, r.turn, map[string]any{"message": r.id, "seq": r.seq, "reason": reason,
		"heard_characters": utf8.RuneCountInString(heard), "heard_sha256": hex.EncodeToString(sum[:])})
	if err != nil {
		return err
	}
	return putReceipt(tx, r, status, reason, at)
}

// heardWhole tells the conversation that a line which must be heard to its end was, or
// that the line it was said on gives no proof of it.
func heardWhole(tx *Tx, r outRow, status channels.Status, reason string, at int64) error {
	var out channels.Outbound
	if err := decode(r.message, &out); err != nil || !out.Spoken.Whole || status != channels.StatusDelivered {
		return err
	}
	if reason != channels.EstimatedReason {
		reason = ""
	}
	return putReceipt(tx, r, status, reason, at)
}

// putReceipt puts what became of spoken words into the inbox.
func putReceipt(tx *Tx, r outRow, status channels.Status, reason string, at int64) error {
	about, err := encode(dialog.Heard{Message: r.id, Seq: r.seq, Status: status, Reason: reason, Purpose: r.purpose, Turn: r.turn})
	if err != nil {
		return err
	}
	return putInput(tx, r, dialog.InputReceipt, dialog.Input{At: instant(at), Body: []byte(about)}, at)
}

// putInput puts what became of a message into the inbox.
func putInput(tx *Tx, r outRow, kind dialog.InputKind, in dialog.Input, at int64) error {
	in.Kind = kind
	body, err := encode(in)
	if err != nil {
		return err
	}
	var n int64
	if err := tx.change(`UPDATE conversations SET last_input = last_input + 1 WHERE id = ? RETURNING last_input`, r.conversation).Scan(&n); err != nil {
		return fmt.Errorf("store: record what became of a message: %w", err)
	}
	_, err = tx.Exec(`INSERT INTO inbox (conversation, n, kind, seq, due, body) VALUES (?,?,?,?,?,?)`, r.conversation, n, string(kind), r.seq, at, body)
	return err
}

// cancelOwn cancels what a conversation still has to send. Where it is not known whether a
// message went out it is closed as unheard: it would hold back the next call's words.
func cancelOwn(tx *Tx, conversation, reason string, at int64) error {
	if err := cancelQueued(tx, `o.conversation = ?`, []any{conversation}, reason, at); err != nil {
		return err
	}
	rows, err := tx.Query(outColumns+`WHERE o.conversation = ? AND o.state = 'uncertain' AND o.state IN ('queued', 'sending', 'uncertain') ORDER BY o.seq`, conversation)
	open, err := collect(rows, err, func(rows *sql.Rows) (outRow, error) { return scanOut(rows.Scan) })
	if err != nil {
		return fmt.Errorf("store: close what is uncertain: %w", err)
	}
	for _, r := range open {
		if err := finish(tx, r.id, "failed"); err != nil {
			return err
		}
		if err := advance(tx, r, channels.StatusUndelivered, channels.CallEndedReason); err != nil {
			return err
		}
		if err := tx.note(conversation, "message.cut", at, r.turn, map[string]any{"message": r.id, "seq": r.seq, "reason": reason}); err != nil {
			return err
		}
	}
	return nil
}
