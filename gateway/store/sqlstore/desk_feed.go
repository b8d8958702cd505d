package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// People implements [store.DeskPresence].
func (s *Store) People(ctx context.Context) ([]store.Presence, error) {
	return read(ctx, s.b, func(c Conn) ([]store.Presence, error) {
		rows, err := c.Query(`SELECT name, status, last_seen, last_act, by_key FROM desk_presence ORDER BY name`)
		return collect(rows, err, func(rows *sql.Rows) (p store.Presence, err error) {
			var seen, act, key int64
			err = rows.Scan(&p.Name, &p.Status, &seen, &act, &key)
			p.LastSeen, p.LastAct, p.Key = instant(seen), instant(act), key == 1
			return p, err
		})
	})
}

const insertPresence = `INSERT INTO desk_presence (name, status, last_seen, last_act, by_key) VALUES (?,?,?,?,?) ON CONFLICT (name) DO UPDATE SET `

// Heartbeat implements [store.DeskPresence].
func (s *Store) Heartbeat(ctx context.Context, name string, seen, act time.Time, key bool) error {
	return s.b.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(insertPresence+`by_key = excluded.by_key,
			last_seen = CASE WHEN excluded.last_seen > desk_presence.last_seen THEN excluded.last_seen ELSE desk_presence.last_seen END,
			last_act = CASE WHEN excluded.last_act > desk_presence.last_act THEN excluded.last_act ELSE desk_presence.last_act END`,
			name, "offline", nanos(seen), nanos(act), flag(key))
		return err
	})
}

// SetStatus implements [store.DeskPresence].
func (s *Store) SetStatus(ctx context.Context, name, status string, e dialog.Event) error {
	ledger, err := entries([]dialog.Event{e})
	if err != nil {
		return err
	}
	return s.b.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(insertPresence+`status = excluded.status`, name, status, 0, 0, 0)
		tx.record("", ledger)
		return err
	})
}

// Events implements [store.DeskFeed].
func (s *Store) Events(ctx context.Context, after int64, n int) ([]dialog.LedgerEntry, error) {
	return read(ctx, s.b, func(c Conn) ([]dialog.LedgerEntry, error) {
		rows, err := c.Query(ledgerColumns+`WHERE n > ? ORDER BY n`+limit(n), after)
		return collect(rows, err, scanEntry)
	})
}

// LastEntry implements [store.DeskFeed].
func (s *Store) LastEntry(ctx context.Context) (n int64, err error) {
	return readOne(ctx, s.b, func(c Conn) (n int64, err error) {
		err = c.Row(`SELECT n FROM ledger_head WHERE id = 1`).Scan(&n)
		return n, err
	})
}

// EntryBefore implements [store.DeskFeed]. It halves the ledger until it has it, as
// times stand in no index.
func (s *Store) EntryBefore(ctx context.Context, at time.Time) (int64, error) {
	return read(ctx, s.b, func(c Conn) (int64, error) {
		var high int64
		if err := c.Row(`SELECT n FROM ledger_head WHERE id = 1`).Scan(&high); err != nil {
			return 0, err
		}
		low := int64(0) // made before at, or none
		for low < high {
			middle := low + (high-low+1)/2
			var made int64
			if err := c.Row(`SELECT at FROM ledger WHERE n = ?`, middle).Scan(&made); err != nil {
				return 0, found(err)
			}
			if made < nanos(at) {
				low = middle
			} else {
				high = middle - 1
			}
		}
		return low, nil
	})
}

// Refusals implements [store.DeskFeed]. The type stands in the statement as it
// does in the index over such entries.
func (s *Store) Refusals(ctx context.Context, before int64, n int) ([]dialog.LedgerEntry, error) {
	where, args := `WHERE type = 'message.blocked'`, []any{}
	if before > 0 {
		where += ` AND n < ?`
		args = append(args, before)
	}
	return read(ctx, s.b, func(c Conn) ([]dialog.LedgerEntry, error) {
		rows, err := c.Query(ledgerColumns+where+` ORDER BY n DESC`+limit(n), args...)
		return collect(rows, err, scanEntry)
	})
}

// AddBlocked implements [store.DeskFeed].
func (s *Store) AddBlocked(ctx context.Context, b store.Blocked, e dialog.Event) error {
	ledger, err := entries([]dialog.Event{e})
	if err != nil {
		return err
	}
	return s.b.Write(ctx, func(tx *Tx) error {
		if err := exists(tx, b.Conversation); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO desk_blocked (n, at, conversation, who, findings, text) SELECT COALESCE(MAX(n), 0) + 1, CAST(? AS BIGINT), ?, ?, ?, ? FROM desk_blocked`,
			nanos(b.At), b.Conversation, b.Who, string(b.Findings), b.Text)
		tx.record(b.Conversation, ledger)
		return err
	})
}

// Blocked implements [store.DeskFeed].
func (s *Store) Blocked(ctx context.Context, scope store.Scope, before int64, n int) ([]store.Blocked, error) {
	where := clause{`1 = 1`, nil}.and(inScope(scope))
	if before > 0 {
		where = where.and(clause{`d.n < ?`, []any{before}})
	}
	return read(ctx, s.b, func(c Conn) ([]store.Blocked, error) {
		rows, err := c.Query(`SELECT d.n, d.at, d.conversation, d.who, d.findings, d.text FROM desk_blocked d JOIN conversations c ON c.id = d.conversation
			WHERE `+where.sql+` ORDER BY d.n DESC`+limit(page(n)), where.args...)
		return collect(rows, err, func(rows *sql.Rows) (b store.Blocked, err error) {
			var at int64
			var findings string
			err = rows.Scan(&b.N, &at, &b.Conversation, &b.Who, &findings, &b.Text)
			b.At, b.Findings = instant(at), json.RawMessage(findings)
			return b, err
		})
	})
}
