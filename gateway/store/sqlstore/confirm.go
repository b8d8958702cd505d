package sqlstore

import (
	"database/sql"
	"fmt"

	"parley/channels"
)

// partStatus moves the part a receipt is about forward and returns what that
// makes of the whole message: it has failed when a part has, and is as far as
// its slowest part.
func partStatus(tx *Tx, r outRow, rc channels.Receipt) (channels.Status, error) {
	status := rc.Status
	if status.Rank() < channels.StatusSent.Rank() { // the provider has it: that is all we mean by sent
		status = channels.StatusSent
	}
	part := rc.Part
	if rc.MessageID == "" || rc.ProviderID != "" {
		// Where the provider's id is known, it says which part this is.
		err := tx.Row(`SELECT part FROM message_parts WHERE message = ? AND provider_id = ?`, r.id, rc.ProviderID).Scan(&part)
		if err != nil && !none(err) {
			return "", fmt.Errorf("store: confirm: %w", err)
		}
	}
	if err := putPart(tx, r.id, rc.Channel, channels.Part{Index: part, ProviderID: rc.ProviderID}, channels.StatusSent); err != nil {
		return "", fmt.Errorf("store: confirm: %w", err)
	}
	rows, err := tx.Query(`SELECT part, status FROM message_parts WHERE message = ? ORDER BY part`, r.id)
	type piece struct {
		part   int
		status channels.Status
	}
	all, err := collect(rows, err, func(rows *sql.Rows) (p piece, err error) {
		err = rows.Scan(&p.part, &p.status)
		return p, err
	})
	if err != nil {
		return "", fmt.Errorf("store: confirm: %w", err)
	}
	whole := channels.StatusRead
	for _, p := range all {
		if p.part == part && status.Rank() > p.status.Rank() {
			p.status = status
			if _, err := tx.Exec(`UPDATE message_parts SET status = ? WHERE message = ? AND part = ?`, string(status), r.id, part); err != nil {
				return "", err
			}
		}
		if bad(p.status) {
			return p.status, nil
		}
		if p.status.Rank() < whole.Rank() {
			whole = p.status
		}
	}
	return whole, nil
}

func bad(s channels.Status) bool {
	return s == channels.StatusFailed || s == channels.StatusUndelivered || s == channels.StatusCancelled
}

// prove draws the conclusion from a receipt: the provider has the message, so
// it went out. One that is being sent stays with its sender, who knows of all
// its parts; one that was uncertain is that no more.
func prove(tx *Tx, r outRow, status channels.Status, reason string, at int64) error {
	if r.state == "sending" || r.state == "uncertain" {
		if _, err := tx.Exec(`UPDATE outbox SET proven = 1 WHERE id = ?`, r.id); err != nil {
			return err
		}
	}
	if r.state == "uncertain" {
		if err := finish(tx, r.id, "sent"); err != nil {
			return err
		}
	}
	if status.Rank() <= r.status.Rank() {
		return nil
	}
	if !bad(status) {
		if err := wentOut(tx, r, status, at); err != nil || status == channels.StatusSent {
			return err
		}
		return tx.note(r.conversation, "message."+string(status), at, r.turn, map[string]any{"message": r.id, "seq": r.seq})
	}
	return failed(tx, r, status, reason, at)
}
