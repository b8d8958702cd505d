package sqlstore

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"parley/dialog"
)

// keepDrafts keeps what the bot wrote and did not send. The ledger has their hashes,
// their causes and none of their words.
func (p *prepared) keepDrafts(tx *Tx, id string, now int64) error {
	for _, d := range p.Discarded {
		if err := keepDraft(tx, id, p.trace.id, "discarded", d, now); err != nil {
			return err
		}
	}
	for _, d := range p.Drafts {
		if err := keepDraft(tx, id, p.trace.id, "draft_only", d, now); err != nil {
			return err
		}
	}
	return nil
}

func keepDraft(tx *Tx, id, turn, kind string, d dialog.Draft, now int64) error {
	var n int64
	err := tx.change(`INSERT INTO drafts (conversation, n, turn, text, at, kind, cause, seq)
		SELECT ?, COALESCE(MAX(n), 0) + 1, ?, ?, CAST(? AS BIGINT), ?, ?, CAST(? AS BIGINT) FROM drafts WHERE conversation = ? RETURNING n`,
		id, turn, d.Text, now, kind, d.Why, d.Seq, id).Scan(&n)
	if err != nil {
		return fmt.Errorf("store: keep a draft: %w", err)
	}
	if kind != "discarded" {
		return nil // its turn has told the ledger
	}
	sum := sha256.Sum256([]byte(d.Text))
	return tx.note(id, "draft.discarded", now, turn, map[string]any{"draft": n, "sha256": hex.EncodeToString(sum[:]), "cause": d.Why, "seq": d.Seq})
}
