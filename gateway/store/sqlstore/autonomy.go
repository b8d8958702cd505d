package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// Overrides implements [store.Autonomy].
func (s *Store) Overrides(ctx context.Context) ([]dialog.Override, error) {
	return read(ctx, s.b, func(c Conn) ([]dialog.Override, error) {
		rows, err := c.Query(`SELECT portfolio, capability, level, configured, set_by, reason, at, version FROM autonomy ORDER BY portfolio, capability`)
		return collect(rows, err, func(rows *sql.Rows) (o dialog.Override, err error) {
			var at int64
			err = rows.Scan(&o.Portfolio, &o.Capability, &o.Level, &o.Configured, &o.By, &o.Reason, &at, &o.Version)
			o.At = instant(at)
			return o, err
		})
	})
}

// SetOverride implements [store.Autonomy].
func (s *Store) SetOverride(ctx context.Context, o dialog.Override, c store.LevelChange, now time.Time) error {
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("store: encode %s: %w", store.EventAutonomy, err)
	}
	_, err = write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		at := nanos(now)
		n, err := tx.Exec(`INSERT INTO autonomy (portfolio, capability, level, configured, set_by, reason, at, version) VALUES (?,?,?,?,?,?,?,1)
			ON CONFLICT (portfolio, capability) DO NOTHING`, o.Portfolio, o.Capability, string(o.Level), string(o.Configured), o.By, o.Reason, at)
		if err == nil && o.Version > 0 {
			if n > 0 {
				return struct{}{}, store.ErrStale
			}
			n, err = tx.Exec(`UPDATE autonomy SET level = ?, configured = ?, set_by = ?, reason = ?, at = ?, version = version + 1
				WHERE portfolio = ? AND capability = ? AND version = ?`,
				string(o.Level), string(o.Configured), o.By, o.Reason, at, o.Portfolio, o.Capability, o.Version)
		}
		if err != nil {
			return struct{}{}, fmt.Errorf("store: write a level: %w", err)
		}
		if n == 0 {
			return struct{}{}, store.ErrStale
		}
		tx.record("", []dialog.LedgerEntry{{Type: store.EventAutonomy, At: now, Who: o.By, Body: body}})
		return struct{}{}, nil
	})
	return err
}

// Uses implements [store.Autonomy]. The type stands in the statement as it does
// in the index over such entries.
func (s *Store) Uses(ctx context.Context, before int64, n int) ([]dialog.LedgerEntry, error) {
	where := `WHERE type = '` + dialog.EventUsed + `'`
	args := []any{}
	if before > 0 {
		where += ` AND n < ?`
		args = append(args, before)
	}
	return read(ctx, s.b, func(c Conn) ([]dialog.LedgerEntry, error) {
		rows, err := c.Query(ledgerColumns+where+` ORDER BY n DESC`+limit(n), args...)
		return collect(rows, err, scanEntry)
	})
}

// Touched implements [store.Autonomy].
func (s *Store) Touched(ctx context.Context, after int64, n int) ([]string, int64, error) {
	type touched struct {
		ids  []string
		last int64
	}
	got, err := read(ctx, s.b, func(c Conn) (touched, error) {
		out, seen := touched{last: after}, map[string]bool{"": true}
		rows, err := c.Query(`SELECT n, conversation FROM ledger WHERE n > ? ORDER BY n`+limit(n), after)
		_, err = collect(rows, err, func(rows *sql.Rows) (id string, err error) {
			err = rows.Scan(&out.last, &id)
			if !seen[id] {
				seen[id] = true
				out.ids = append(out.ids, id)
			}
			return id, err
		})
		return out, err
	})
	return got.ids, got.last, err
}
