package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/store"
)

// Confirm implements [store.Outbox].
func (s *Store) Confirm(ctx context.Context, r channels.Receipt) (string, error) {
	at := r.At
	if at.IsZero() {
		at = s.opt.Now()
	}
	return write(ctx, s.b, func(tx *Tx) (string, error) { return confirm(tx, r, at) })
}

func confirm(tx *Tx, rc channels.Receipt, at time.Time) (string, error) {
	r, err := receiptFor(tx, rc)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("store: confirm: %w", err)
	}
	if err := lockConversation(tx, r.conversation); err != nil {
		return "", err
	}
	if r, err = loadOut(tx, r.id); err != nil { // again, now that nobody else changes it
		return "", err
	}
	part, status, err := partStatus(tx, r, rc)
	if err != nil {
		return "", err
	}
	before := r.status
	if err := hear(tx, r, rc.Heard); err != nil {
		return "", err
	}
	if status, err = prove(tx, r, part, rc.Of, status, rc.Reason, nanos(at)); err != nil {
		return "", err
	}
	if status.Rank() <= before.Rank() {
		return r.conversation, reschedule(tx, r.conversation)
	}
	step := &dialog.StepTrace{
		Name: dialog.StepConfirm, Started: at, Attempt: 1, Outcome: dialog.StepOK,
		Versions: map[string]string{"step": "1"},
		Input:    map[string]any{"part": rc.Part, "status": rc.Status, "reason": rc.Reason}, Output: map[string]any{"message": r.id, "status": status, "was": before},
	}
	if err := addStep(tx, r.turn, step); err != nil {
		return "", err
	}
	return r.conversation, reschedule(tx, r.conversation)
}

// receiptFor finds the message a receipt is about.
func receiptFor(tx *Tx, rc channels.Receipt) (outRow, error) {
	id := rc.MessageID
	if id == "" {
		if rc.ProviderID == "" {
			return outRow{}, store.ErrNotFound
		}
		err := tx.Row(`SELECT message FROM message_parts WHERE provider_id = ? AND channel = ?`, rc.ProviderID, rc.Channel).Scan(&id)
		if err != nil {
			return outRow{}, found(err)
		}
	}
	r, err := loadOut(tx, id)
	if err != nil {
		return r, err
	}
	var out channels.Outbound
	if err := decode(r.message, &out); err != nil {
		return r, err
	}
	if rc.Channel != "" && out.Channel != "" && rc.Channel != out.Channel {
		return r, store.ErrNotFound
	}
	return r, nil
}

// partStatus moves the part a receipt is about forward and returns it with what
// that makes of the whole message: it has failed when a part has, and is as far as
// its slowest part.
func partStatus(tx *Tx, r outRow, rc channels.Receipt) (channels.Part, channels.Status, error) {
	status := rc.Status
	if status.Rank() < channels.StatusSent.Rank() { // the provider has it: that is all we mean by sent
		status = channels.StatusSent
	}
	part := channels.Part{Index: rc.Part, ProviderID: rc.ProviderID}
	if rc.MessageID == "" || rc.ProviderID != "" {
		// Where the provider's id is known, it says which part this is.
		err := tx.Row(`SELECT part FROM message_parts WHERE message = ? AND provider_id = ?`, r.id, rc.ProviderID).Scan(&part.Index)
		if err != nil && !none(err) {
			return part, "", fmt.Errorf("store: confirm: %w", err)
		}
	}
	if err := putPart(tx, r.id, rc.Channel, part, channels.StatusSent); err != nil {
		return part, "", fmt.Errorf("store: confirm: %w", err)
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
		return part, "", fmt.Errorf("store: confirm: %w", err)
	}
	whole := channels.StatusRead
	for _, p := range all {
		if p.part == part.Index && status.Rank() > p.status.Rank() {
			p.status = status
			if _, err := tx.Exec(`UPDATE message_parts SET status = ? WHERE message = ? AND part = ?`, string(status), r.id, part.Index); err != nil {
				return part, "", err
			}
		}
		if bad(p.status) {
			return part, p.status, nil
		}
		if p.status.Rank() < whole.Rank() {
			whole = p.status
		}
	}
	return part, whole, nil
}

func bad(s channels.Status) bool {
	return s == channels.StatusFailed || s == channels.StatusUndelivered || s == channels.StatusCancelled
}

// prove draws the conclusion from a receipt: the provider has the message, so
// it went out. A part proves no more than itself: until all of them are known the
// message stays as it is, and is looked up. One that is being sent stays with its sender, who knows of all
// its parts; one that was uncertain is that no more; one that was to be tried
// again, as it was thought not to have gone out, is tried without this part.
func prove(tx *Tx, r outRow, part channels.Part, of int, status channels.Status, reason string, at int64) (channels.Status, error) {
	if r.state == "sending" || r.state == "uncertain" || r.state == "queued" {
		if err := keepParts(tx, &r, "", []channels.Part{part}); err != nil {
			return "", err
		}
		if known, err := partsKnown(r); err != nil || known < of && !bad(status) {
			return r.status, err
		}
		if _, err := tx.Exec(`UPDATE outbox SET proven = 1 WHERE id = ?`, r.id); err != nil {
			return "", err
		}
	}
	if r.state == "uncertain" {
		if err := finish(tx, r.id, "sent"); err != nil {
			return "", err
		}
	}
	if status.Rank() <= r.status.Rank() {
		return status, nil
	}
	if dialog.CutReason(reason) && bad(status) {
		return status, cut(tx, r, status, reason, at)
	}
	if bad(status) {
		return status, failed(tx, r, status, reason, at)
	}
	if err := wentOut(tx, r, status, at); err != nil || status == channels.StatusSent {
		return status, err
	}
	about := map[string]any{"message": r.id, "seq": r.seq}
	if reason == channels.EstimatedReason { // no proof: whoever reads the status must see it
		about["reason"] = reason
		if err := advance(tx, r, status, reason); err != nil {
			return "", err
		}
	}
	if err := tx.note(r.conversation, "message."+string(status), at, r.turn, about); err != nil {
		return "", err
	}
	return status, heardWhole(tx, r, status, reason, at)
}

// partsKnown is how many parts are known to be out.
func partsKnown(r outRow) (int, error) {
	var have []channels.Part
	err := decode(r.parts, &have)
	return len(have), err
}
