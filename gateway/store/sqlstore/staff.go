package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"parley/dialog"
	"parley/gateway/store"
)

const staffColumns = `SELECT body, credentials, version FROM staff `

func scanStaff(rows *sql.Rows) (m store.StaffMember, err error) {
	var body, credentials string
	var version int64
	if err = rows.Scan(&body, &credentials, &version); err != nil {
		return m, err
	}
	return openStaff(body, credentials, version)
}

func openStaff(body, credentials string, version int64) (m store.StaffMember, err error) {
	if err = decode(body, &m); err == nil {
		err = decode(credentials, &m.Credentials)
	}
	m.Version = version
	return m, err
}

// sealStaff is a member as it stands in its row.
func sealStaff(m store.StaffMember) (body, credentials string, err error) {
	m.Version = 0 // the column says it
	if body, err = encode(m); err == nil {
		credentials, err = encode(m.Credentials)
	}
	return body, credentials, err
}

func queryStaff(c Conn, where string, args ...any) ([]store.StaffMember, error) {
	rows, err := c.Query(staffColumns+where, args...)
	return collect(rows, err, scanStaff)
}

func (s *Store) oneStaff(ctx context.Context, where, value string) (store.StaffMember, error) {
	return readOne(ctx, s.b, func(c Conn) (store.StaffMember, error) {
		all, err := queryStaff(c, where, value)
		if err != nil || len(all) == 0 {
			return store.StaffMember{}, cmpErr(err)
		}
		return all[0], nil
	})
}

// Staff implements [store.StaffMembers].
func (s *Store) Staff(ctx context.Context, id string) (store.StaffMember, error) {
	return s.oneStaff(ctx, `WHERE id = ?`, id)
}

// StaffByName implements [store.StaffMembers].
func (s *Store) StaffByName(ctx context.Context, name string) (store.StaffMember, error) {
	return s.oneStaff(ctx, `WHERE name = ?`, name)
}

// StaffBySubject implements [store.StaffMembers].
func (s *Store) StaffBySubject(ctx context.Context, subject string) (store.StaffMember, error) {
	return s.oneStaff(ctx, `WHERE subject = ?`, subject)
}

// StaffList implements [store.StaffMembers].
func (s *Store) StaffList(ctx context.Context) ([]store.StaffMember, error) {
	return readOne(ctx, s.b, func(c Conn) ([]store.StaffMember, error) { return queryStaff(c, `ORDER BY name`) })
}

// orNull keeps the many without a subject from being one.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// CreateStaff implements [store.StaffMembers].
func (s *Store) CreateStaff(ctx context.Context, m store.StaffMember, events []dialog.Event) error {
	body, credentials, err := sealStaff(m)
	if err != nil {
		return err
	}
	ledger, err := entries(events)
	if err != nil {
		return err
	}
	_, err = write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		n, err := tx.Exec(`INSERT INTO staff (id, name, subject, version, body, credentials) VALUES (?,?,?,1,?,?) ON CONFLICT DO NOTHING`,
			m.ID, m.Name, orNull(m.Subject), body, credentials)
		if err != nil {
			return struct{}{}, fmt.Errorf("store: write a member of staff: %w", err)
		}
		if n == 0 {
			return struct{}{}, store.ErrTaken
		}
		tx.record("", ledger)
		return struct{}{}, nil
	})
	return err
}

// ChangeStaff implements [store.StaffChanges].
func (s *Store) ChangeStaff(ctx context.Context, id string, act func(store.StaffMember) (store.StaffChange, error)) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		all, err := queryStaff(tx, `WHERE id = ?`+forUpdate, id)
		if err != nil || len(all) == 0 {
			return struct{}{}, cmpErr(err)
		}
		change, err := act(all[0])
		if err != nil {
			return struct{}{}, err
		}
		ledger, err := entries(change.Events)
		if err != nil {
			return struct{}{}, err
		}
		if err := writeStaff(tx, all[0], change.Member); err != nil {
			return struct{}{}, err
		}
		if change.EndSessions {
			if _, err := tx.Exec(`DELETE FROM staff_sessions WHERE member = ?`, id); err != nil {
				return struct{}{}, fmt.Errorf("store: end sessions: %w", err)
			}
		}
		if change.Session != nil {
			if err := openSession(tx, id, *change.Session); err != nil {
				return struct{}{}, err
			}
		}
		tx.record("", ledger)
		return struct{}{}, nil
	})
	return err
}

// writeStaff writes a member where something about it is new.
func writeStaff(tx *Tx, was, is store.StaffMember) error {
	is.ID, is.Name, is.CreatedAt, is.Version = was.ID, was.Name, was.CreatedAt, was.Version
	before, beforeCredentials, err := sealStaff(was)
	if err != nil {
		return err
	}
	body, credentials, err := sealStaff(is)
	if err != nil || body == before && credentials == beforeCredentials {
		return err
	}
	if is.Subject != "" && is.Subject != was.Subject {
		var other string
		if err := tx.Row(`SELECT id FROM staff WHERE subject = ? AND id <> ?`, is.Subject, is.ID).Scan(&other); err == nil {
			return store.ErrTaken
		} else if !none(err) {
			return err
		}
	}
	if _, err := tx.Exec(`UPDATE staff SET subject = ?, version = version + 1, body = ?, credentials = ? WHERE id = ?`,
		orNull(is.Subject), body, credentials, is.ID); err != nil {
		return fmt.Errorf("store: write a member of staff: %w", err)
	}
	return nil
}

// NoteStaff implements [store.StaffChanges].
func (s *Store) NoteStaff(ctx context.Context, events ...dialog.Event) error {
	ledger, err := entries(events)
	if err != nil {
		return err
	}
	_, err = write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		tx.record("", ledger)
		return struct{}{}, nil
	})
	return err
}
