package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"parley/dialog"
	"parley/gateway/store"
)

// Tx is the write transaction an operation runs in. Ledger entries are held
// back and chained at the end, so that a transaction locks the end of the chain
// last and for the shortest time.
type Tx struct {
	Conn
	pending []entry
	writes  int
}

// entry is a ledger entry that is held back. With a seal it is the one that binds
// a message anew after its text was redacted: its body is made when it is written.
type entry struct {
	dialog.LedgerEntry
	reseal *seal
}

// NewTx makes the Tx of a transaction that has begun on c.
func NewTx(c Conn) *Tx { return &Tx{Conn: c} }

// Writes counts the statements so far that may have changed something: where an
// operation fails without having added to it, there is nothing to undo.
func (tx *Tx) Writes() int { return tx.writes }

// Exec implements [Conn].
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	tx.writes++
	return tx.Conn.Exec(query, args...)
}

// change is Row for a statement that changes something and returns a row.
func (tx *Tx) change(query string, args ...any) *sql.Row {
	tx.writes++
	return tx.Conn.Row(query, args...)
}

// Mark is a place to [Tx.Reset] to.
func (tx *Tx) Mark() int { return len(tx.pending) }

// Reset forgets the ledger entries since the mark, with the operation that was undone.
func (tx *Tx) Reset(mark int) { tx.pending = tx.pending[:mark] }

// Flush writes the held-back ledger entries. It is called once, right before the commit.
func (tx *Tx) Flush() error {
	if len(tx.pending) == 0 {
		return nil
	}
	var n int64
	var hash string
	if err := tx.Row(`SELECT n, hash FROM ledger_head WHERE id = 1`+forUpdate).Scan(&n, &hash); err != nil {
		return fmt.Errorf("store: read the end of the ledger: %w", err)
	}
	var rows []any
	for i, e := range tx.pending {
		if e.reseal != nil {
			if err := tx.appendEntries(&rows); err != nil { // it may look for one of them
				return err
			}
			if err := tx.dropSeals(&e); err != nil {
				return err
			}
		}
		n++
		e.N, e.Prev, e.BodySHA256 = n, hash, store.HashBody(e.Body)
		e.Hash = store.HashEntry(e.LedgerEntry)
		hash = e.Hash
		rows = append(rows, e.N, e.Conversation, e.Type, nanos(e.At), e.Who, e.Turn, string(e.Body), e.BodySHA256, e.Prev, e.Hash)
		if len(rows) == ledgerBatch*ledgerWidth || i == len(tx.pending)-1 {
			if err := tx.appendEntries(&rows); err != nil {
				return err
			}
		}
	}
	tx.pending = tx.pending[:0]
	if _, err := tx.Exec(`UPDATE ledger_head SET n = ?, hash = ? WHERE id = 1`, n, hash); err != nil {
		return fmt.Errorf("store: move the end of the ledger: %w", err)
	}
	return nil
}

// Entries are inserted several at a time, as a statement costs more than its row.
const (
	ledgerBatch = 16
	ledgerWidth = 10 // columns
	ledgerRow   = `(?,?,?,?,?,?,?,?,?,?)`
)

var (
	ledgerOne  = `INSERT INTO ledger (n, conversation, type, at, who, turn, body, body_sha256, prev, hash) VALUES ` + ledgerRow
	ledgerMany = ledgerOne + strings.Repeat(`,`+ledgerRow, ledgerBatch-1)
)

// appendEntries inserts rows and empties them.
func (tx *Tx) appendEntries(rows *[]any) error {
	for all := *rows; len(all) > 0; {
		query, size := ledgerOne, ledgerWidth
		if len(all) >= ledgerBatch*ledgerWidth {
			query, size = ledgerMany, ledgerBatch*ledgerWidth
		}
		if _, err := tx.Exec(query, all[:size]...); err != nil {
			return fmt.Errorf("store: append to the ledger: %w", err)
		}
		all = all[size:]
	}
	*rows = (*rows)[:0]
	return nil
}

// record appends prepared entries, for a conversation, to the ledger.
func (tx *Tx) record(conversation string, entries []dialog.LedgerEntry) {
	for _, e := range entries {
		e.Conversation = conversation
		tx.pending = append(tx.pending, entry{LedgerEntry: e})
	}
}

// note appends one of the store's own events.
func (tx *Tx) note(conversation, typ string, at int64, turn string, body map[string]any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("store: encode %s: %w", typ, err)
	}
	tx.pending = append(tx.pending, entry{LedgerEntry: dialog.LedgerEntry{Conversation: conversation, Type: typ, At: instant(at), Who: "service", Turn: turn, Body: raw}})
	return nil
}

// entries prepares events for the ledger, outside of the transaction.
func entries(events []dialog.Event) ([]dialog.LedgerEntry, error) {
	all := make([]dialog.LedgerEntry, 0, len(events))
	for _, e := range events {
		var raw json.RawMessage
		if e.Body != nil {
			b, err := json.Marshal(e.Body)
			if err != nil {
				return nil, fmt.Errorf("store: encode %s: %w", e.Type, err)
			}
			raw = b
		}
		all = append(all, dialog.LedgerEntry{Type: e.Type, At: e.At, Who: e.Who, Turn: e.Turn, Body: raw})
	}
	return all, nil
}

const ledgerColumns = `SELECT n, conversation, type, at, who, turn, body, body_sha256, prev, hash FROM ledger `

func scanEntry(rows *sql.Rows) (dialog.LedgerEntry, error) {
	var e dialog.LedgerEntry
	var at int64
	var body string
	err := rows.Scan(&e.N, &e.Conversation, &e.Type, &at, &e.Who, &e.Turn, &body, &e.BodySHA256, &e.Prev, &e.Hash)
	e.At = instant(at)
	if body != "" {
		e.Body = json.RawMessage(body)
	}
	return e, err
}

// Ledger implements [store.Reader].
func (s *Store) Ledger(ctx context.Context, conversation string, after int64, limit int) ([]dialog.LedgerEntry, error) {
	return read(ctx, s.b, func(c Conn) ([]dialog.LedgerEntry, error) {
		rows, err := c.Query(ledgerColumns+`WHERE conversation = ? AND n > ? ORDER BY n LIMIT ?`, conversation, after, limit)
		return collect(rows, err, scanEntry)
	})
}
