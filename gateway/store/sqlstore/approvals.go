package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"parley/dialog"
	"parley/gateway/store"
)

// putApprovals writes requests as the effects leave them. A request belongs to
// one conversation, and a final one stays as it is.
func (p *prepared) putApprovals(tx *Tx, id string) error {
	for i, a := range p.Approvals {
		n, err := tx.Exec(`INSERT INTO approvals (id, conversation, account, state, created, expires, body) VALUES (?,?,?,?,?,?,?)
			ON CONFLICT (id) DO UPDATE SET state = excluded.state, expires = excluded.expires, body = excluded.body
			WHERE approvals.conversation = excluded.conversation AND approvals.state IN ('pending', 'approved')`,
			a.ID, id, a.Account, string(a.State), nanos(a.CreatedAt), nanos(a.ExpiresAt), p.approvals[i])
		if err != nil {
			return fmt.Errorf("store: write a request for approval: %w", err)
		}
		if n == 0 {
			return store.ErrStale
		}
	}
	return nil
}

func scanApproval(rows *sql.Rows) (a dialog.Approval, err error) {
	body, err := scanString(rows)
	if err != nil {
		return a, err
	}
	err = decode(body, &a)
	return a, err
}

func queryApprovals(c Conn, where string, args ...any) ([]dialog.Approval, error) {
	rows, err := c.Query(`SELECT body FROM approvals `+where, args...)
	return collect(rows, err, scanApproval)
}

// openApprovals are those of a conversation that may still lead to something.
func openApprovals(c Conn, conversation string) ([]dialog.Approval, error) {
	return queryApprovals(c, `WHERE conversation = ? AND state IN ('pending', 'approved') ORDER BY created, id`, conversation)
}

// Approvals implements [store.Approvals].
func (s *Store) Approvals(ctx context.Context, state dialog.ApprovalState, cursor string, limit int) ([]dialog.Approval, string, error) {
	where, args := `WHERE 1 = 1`, []any{}
	if state != "" {
		where += ` AND state = ?`
		args = append(args, string(state))
	}
	if cursor != "" {
		id, at, err := parseCursor(cursor, 1)
		if err != nil {
			return nil, "", err
		}
		where += ` AND (created, id) > (?, ?)`
		args = append(args, at[0], id)
	}
	limit = page(limit)
	p, err := read(ctx, s.b, func(c Conn) (p listed[dialog.Approval], err error) {
		p.all, err = queryApprovals(c, where+` ORDER BY created, id LIMIT ?`, append(args, limit+1)...)
		if err == nil && len(p.all) > limit {
			p.all = p.all[:limit]
			last := p.all[limit-1]
			p.cursor = cursorOf(last.ID, nanos(last.CreatedAt))
		}
		return p, err
	})
	return p.all, p.cursor, err
}

// Approval implements [store.Approvals].
func (s *Store) Approval(ctx context.Context, id string) (dialog.Approval, error) {
	return read(ctx, s.b, func(c Conn) (dialog.Approval, error) {
		all, err := queryApprovals(c, `WHERE id = ?`, id)
		if err != nil || len(all) == 0 {
			return dialog.Approval{}, cmpErr(err)
		}
		return all[0], nil
	})
}
