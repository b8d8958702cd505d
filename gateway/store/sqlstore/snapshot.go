package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

func cmpErr(err error) error { return cmp.Or(err, store.ErrNotFound) }

// snapshot reads everything a turn may know.
func (s *Store) snapshot(c Conn, id string, now time.Time) (dialog.Snapshot, error) {
	r, err := loadRow(c, id, false)
	if err != nil {
		return dialog.Snapshot{}, err
	}
	return s.around(c, r.conv, now)
}

// around reads what belongs to a conversation that was read already.
func (s *Store) around(c Conn, conv dialog.Conversation, now time.Time) (snap dialog.Snapshot, err error) {
	snap.Conversation = conv
	if snap.Accounts, err = accountsOf(c, conv); err != nil {
		return snap, err
	}
	if snap.Address, err = addressFacts(c, conv.Address); err != nil {
		return snap, err
	}
	snap.Recent, err = queryMessages(c, `WHERE m.conversation = ? ORDER BY m.seq DESC`+limit(dialog.RecentLimit), conv.ID)
	if err != nil {
		return snap, err
	}
	slices.Reverse(snap.Recent)
	if snap.Approvals, err = openApprovals(c, conv.ID); err != nil {
		return snap, err
	}
	snap.Contacts, err = s.contacts(c, conv, snap.Accounts, now)
	return snap, err
}

// accountsOf reads the account a conversation is about, first, and the same
// person's others; while nobody is identified, the candidates.
func accountsOf(c Conn, conv dialog.Conversation) ([]dialog.Account, error) {
	if conv.Account == "" {
		if len(conv.Candidates) == 0 {
			return nil, nil
		}
		all, err := queryAccounts(c, `WHERE id IN (`+holes(len(conv.Candidates))+`)`, anys(conv.Candidates)...)
		slices.SortFunc(all, func(a, b dialog.Account) int {
			return slices.Index(conv.Candidates, a.ID) - slices.Index(conv.Candidates, b.ID)
		})
		return all, err
	}
	all, err := queryAccounts(c, `WHERE id = ?`, conv.Account)
	if err != nil || len(all) == 0 || all[0].Person.ID == "" {
		return all, err
	}
	others, err := queryAccounts(c, `WHERE person = ? AND id <> ? ORDER BY id`, all[0].Person.ID, conv.Account)
	return append(all, others...), err
}

func scanAccount(rows *sql.Rows) (dialog.Account, error) {
	var a dialog.Account
	var body string
	var version, updated int64
	if err := rows.Scan(&body, &version, &updated); err != nil {
		return a, err
	}
	err := decode(body, &a)
	a.Version, a.UpdatedAt = version, instant(updated)
	return a, err
}

func queryAccounts(c Conn, where string, args ...any) ([]dialog.Account, error) {
	rows, err := c.Query(`SELECT body, version, updated_at FROM accounts `+where, args...)
	return collect(rows, err, scanAccount)
}

// addressFacts reads what is known of an address. When it last wrote is taken
// from its conversations, on whatever channel.
func addressFacts(c Conn, value string) (dialog.AddressFacts, error) {
	f, err := loadAddress(c, value, false)
	if err != nil {
		return f, err
	}
	var in int64
	err = c.Row(`SELECT COALESCE(MAX(last_inbound), 0) FROM conversations WHERE address = ?`, value).Scan(&in)
	f.LastInbound = latest(f.LastInbound, instant(in))
	return f, err
}

func loadAddress(c Conn, value string, lock bool) (dialog.AddressFacts, error) {
	f := dialog.AddressFacts{Value: value}
	q := `SELECT body FROM addresses WHERE value = ?`
	if lock {
		q += forUpdate
	}
	var body string
	if err := c.Row(q, value).Scan(&body); err != nil {
		if none(err) {
			return f, nil
		}
		return f, err
	}
	err := decode(body, &f)
	f.Value = value
	return f, err
}

func putAddress(tx *Tx, value, body string) error {
	_, err := tx.Exec(`INSERT INTO addresses (value, body) VALUES (?,?) ON CONFLICT (value) DO UPDATE SET body = excluded.body`, value, body)
	return err
}

// Snapshot implements [store.Reader].
func (s *Store) Snapshot(ctx context.Context, conversation string) (dialog.Snapshot, error) {
	return read(ctx, s.b, func(c Conn) (dialog.Snapshot, error) { return s.snapshot(c, conversation, s.opt.Now()) })
}
