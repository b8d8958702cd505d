package sqlstore

import (
	"crypto/rand"
	"encoding/json"
	"fmt"

	"parley/dialog"
	"parley/gateway/store"
)

// seal binds an incoming message to the ledger. The salt keeps a short text, or
// half of a card number, from being guessed once the entry's body is dropped.
type seal struct {
	Message string  `json:"message"`
	Seq     int64   `json:"seq"`
	Salt    string  `json:"salt"`
	SHA256  string  `json:"sha256"`
	Entries []int64 `json:"entries,omitempty"`
}

func newSeal(m dialog.Message) seal {
	salt := rand.Text()
	return seal{Message: m.ID, Seq: m.Seq, Salt: salt, SHA256: store.MessageHash(salt, m)}
}

// bind is the seal of an arrival that was given its place.
func (p *arriving) bind(seq int64) seal {
	in := p.In
	return newSeal(dialog.Message{ID: p.MessageID, Seq: seq, At: instant(p.at), ProviderID: in.ProviderID, Text: in.Text, Choice: in.Choice, Media: in.Media, Call: in.Call})
}

// seal notes a message's seal.
func (tx *Tx) seal(conversation string, at int64, s seal) error {
	raw, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("store: encode a seal: %w", err)
	}
	tx.pending = append(tx.pending, entry{LedgerEntry: dialog.LedgerEntry{Conversation: conversation, Type: store.EventMessageStored, At: instant(at), Who: "service", Body: raw}})
	return nil
}

// resealed notes a new seal, of a message whose text was redacted. What was noted
// of the earlier text may be in the same transaction, and is dropped when this is written.
func (tx *Tx) resealed(conversation string, at int64, s seal) {
	tx.pending = append(tx.pending, entry{
		LedgerEntry: dialog.LedgerEntry{Conversation: conversation, Type: store.EventMessageRedacted, At: instant(at), Who: "service"}, reseal: &s,
	})
}

// dropSeals drops the bodies of a message's earlier seals, and says which in the new one.
func (tx *Tx) dropSeals(e *entry) error {
	rows, err := tx.Query(ledgerColumns+`WHERE conversation = ? AND type IN ('`+store.EventMessageStored+`', '`+store.EventMessageRedacted+`') AND body <> '' ORDER BY n`, e.Conversation)
	all, err := collect(rows, err, scanEntry)
	if err != nil {
		return fmt.Errorf("store: look for a message's seal: %w", err)
	}
	e.reseal.Entries = nil
	for _, was := range all {
		var s seal
		if err := decode(string(was.Body), &s); err != nil {
			return err
		}
		if s.Seq != e.reseal.Seq {
			continue
		}
		if _, err := tx.Exec(`UPDATE ledger SET body = '' WHERE n = ?`, was.N); err != nil {
			return fmt.Errorf("store: drop a message's seal: %w", err)
		}
		// What was dropped for an earlier redaction stays accounted for.
		e.reseal.Entries = append(append(e.reseal.Entries, s.Entries...), was.N)
	}
	e.Body, err = json.Marshal(e.reseal)
	return err
}
