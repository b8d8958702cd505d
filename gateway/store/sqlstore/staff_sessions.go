package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

func openSession(tx *Tx, member string, s store.StaffSession) error {
	if _, err := tx.Exec(`INSERT INTO staff_sessions (id, member, created_at, idle_at, ends_at, data) VALUES (?,?,?,?,?,?)`,
		s.ID, member, nanos(s.CreatedAt), nanos(s.IdleAt), nanos(s.EndsAt), string(s.Data)); err != nil {
		return fmt.Errorf("store: open a session: %w", err)
	}
	return nil
}

const sessionColumns = `SELECT s.id, s.member, s.created_at, s.idle_at, s.ends_at, s.data`

func scanSession(rows *sql.Rows, more ...any) (s store.StaffSession, err error) {
	var created, idle, ends int64
	var data string
	err = rows.Scan(append([]any{&s.ID, &s.Member, &created, &idle, &ends, &data}, more...)...)
	s.CreatedAt, s.IdleAt, s.EndsAt, s.Data = instant(created), instant(idle), instant(ends), []byte(data)
	return s, err
}

// signedIn is a session with its member.
type signedIn struct {
	session store.StaffSession
	member  store.StaffMember
}

// StaffSession implements [store.StaffSessions]. It is one statement, as every request of the desk asks.
func (s *Store) StaffSession(ctx context.Context, id string, now time.Time) (store.StaffSession, store.StaffMember, error) {
	got, err := readOne(ctx, s.b, func(c Conn) (signedIn, error) {
		rows, err := c.Query(sessionColumns+`, m.body, m.credentials, m.version FROM staff_sessions s JOIN staff m ON m.id = s.member
			WHERE s.id = ? AND s.idle_at > ? AND s.ends_at > ?`, id, nanos(now), nanos(now))
		all, err := collect(rows, err, func(rows *sql.Rows) (in signedIn, err error) {
			var body, credentials string
			var version int64
			if in.session, err = scanSession(rows, &body, &credentials, &version); err != nil {
				return in, err
			}
			in.member, err = openStaff(body, credentials, version)
			return in, err
		})
		if err != nil || len(all) == 0 {
			return signedIn{}, cmpErr(err)
		}
		return all[0], nil
	})
	return got.session, got.member, err
}

// UseStaffSession implements [store.StaffSessions].
func (s *Store) UseStaffSession(ctx context.Context, id string, idleAt time.Time) error {
	_, err := write(ctx, s.b, func(tx *Tx) (int64, error) {
		return tx.Exec(`UPDATE staff_sessions SET idle_at = ? WHERE id = ? AND idle_at < ?`, nanos(idleAt), id, nanos(idleAt))
	})
	return err
}

// EndStaffSession implements [store.StaffSessions].
func (s *Store) EndStaffSession(ctx context.Context, id string, events ...dialog.Event) (bool, error) {
	ledger, err := entries(events)
	if err != nil {
		return false, err
	}
	return write(ctx, s.b, func(tx *Tx) (bool, error) {
		n, err := tx.Exec(`DELETE FROM staff_sessions WHERE id = ?`, id)
		if err != nil || n == 0 {
			return false, err
		}
		tx.record("", ledger)
		return true, nil
	})
}

// StaffSessions implements [store.StaffSessions].
func (s *Store) StaffSessions(ctx context.Context, member string, now time.Time) ([]store.StaffSession, error) {
	return readOne(ctx, s.b, func(c Conn) ([]store.StaffSession, error) {
		rows, err := c.Query(sessionColumns+` FROM staff_sessions s WHERE s.member = ? AND s.idle_at > ? AND s.ends_at > ?
			ORDER BY s.created_at DESC, s.id`, member, nanos(now), nanos(now))
		return collect(rows, err, func(rows *sql.Rows) (store.StaffSession, error) { return scanSession(rows) })
	})
}

// SweepStaff implements [store.StaffSessions].
func (s *Store) SweepStaff(ctx context.Context, now, tries time.Time) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		if _, err := tx.Exec(`DELETE FROM staff_sessions WHERE idle_at <= ? OR ends_at <= ?`, nanos(now), nanos(now)); err != nil {
			return struct{}{}, fmt.Errorf("store: drop ended sessions: %w", err)
		}
		if _, err := tx.Exec(`DELETE FROM sign_in_tries WHERE at < ?`, nanos(tries)); err != nil {
			return struct{}{}, fmt.Errorf("store: drop old tries: %w", err)
		}
		return struct{}{}, nil
	})
	return err
}

// tryAnswer is the answer to a try.
type tryAnswer struct {
	full  int
	until time.Time
}

// TakeTry implements [store.SignInTries]. The row of the ledger's end is locked for it where rows are: tries
// are rare, and two at the same moment must not both be the last.
func (s *Store) TakeTry(ctx context.Context, limits []store.TryLimit, now time.Time, window time.Duration) (int, time.Time, error) {
	got, err := write(ctx, s.b, func(tx *Tx) (tryAnswer, error) {
		var head int64
		if err := tx.Row(`SELECT n FROM ledger_head WHERE id = 1` + forUpdate).Scan(&head); err != nil {
			return tryAnswer{}, err
		}
		for i, l := range limits {
			rows, err := tx.Query(`SELECT at FROM sign_in_tries WHERE key = ? AND at > ? ORDER BY at DESC`+limit(l.Max), l.Key, nanos(now.Add(-window)))
			all, err := collect(rows, err, func(rows *sql.Rows) (at int64, err error) {
				err = rows.Scan(&at)
				return at, err
			})
			if err != nil {
				return tryAnswer{}, err
			}
			if len(all) >= l.Max {
				return tryAnswer{i, instant(all[len(all)-1]).Add(window)}, nil
			}
		}
		for _, l := range limits {
			if _, err := tx.Exec(`INSERT INTO sign_in_tries (key, at) VALUES (?,?)`, l.Key, nanos(now)); err != nil {
				return tryAnswer{}, fmt.Errorf("store: count a try: %w", err)
			}
		}
		return tryAnswer{full: -1}, nil
	})
	return got.full, got.until, err
}

// ForgetTries implements [store.SignInTries].
func (s *Store) ForgetTries(ctx context.Context, all, one []string, at time.Time) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		for _, key := range all {
			if _, err := tx.Exec(`DELETE FROM sign_in_tries WHERE key = ?`, key); err != nil {
				return struct{}{}, fmt.Errorf("store: forget tries: %w", err)
			}
		}
		for _, key := range one {
			if _, err := tx.Exec(`DELETE FROM sign_in_tries WHERE key = ? AND at = ?`, key, nanos(at)); err != nil {
				return struct{}{}, fmt.Errorf("store: forget a try: %w", err)
			}
		}
		return struct{}{}, nil
	})
	return err
}
