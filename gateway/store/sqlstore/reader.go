package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"parley/dialog"
	"parley/gateway/store"
)

// maxPage bounds a page of a list; more than this, or none asked for, gives maxPage.
const maxPage = 500

func page(limit int) int {
	if limit <= 0 || limit > maxPage {
		return maxPage
	}
	return limit
}

// Messages implements [store.Reader].
func (s *Store) Messages(ctx context.Context, conversation string, after int64, limit int) ([]dialog.Message, error) {
	return read(ctx, s.b, func(c Conn) ([]dialog.Message, error) {
		return queryMessages(c, `WHERE m.conversation = ? AND m.seq > ? ORDER BY m.seq LIMIT ?`, conversation, after, page(limit))
	})
}

// Feed implements [store.Reader].
func (s *Store) Feed(ctx context.Context, conversation string, after int64, n int) ([]dialog.Message, error) {
	return read(ctx, s.b, func(c Conn) ([]dialog.Message, error) {
		return queryMessages(c, `WHERE m.conversation = ? AND m.feed > ? ORDER BY m.feed`+limit(page(n)), conversation, after)
	})
}

// listed is a page and where it ended.
type listed[T any] struct {
	all    []T
	cursor string
}

// Conversations implements [store.Reader].
func (s *Store) Conversations(ctx context.Context, f store.Filter, cursor string, limit int) ([]dialog.Conversation, string, error) {
	where, args := `WHERE 1 = 1`, []any{}
	if f.Account != "" {
		where += ` AND id IN (SELECT conversation FROM conversation_accounts WHERE account = ?)`
		args = append(args, f.Account)
	}
	if f.Control != "" {
		where += ` AND control = ?`
		args = append(args, string(f.Control))
	}
	if f.Channel != "" {
		where += ` AND channel = ?`
		args = append(args, f.Channel)
	}
	if cursor != "" {
		id, at, err := parseCursor(cursor, 1)
		if err != nil {
			return nil, "", err
		}
		where += ` AND (active_at, id) < (?, ?)`
		args = append(args, at[0], id)
	}
	limit = page(limit)
	p, err := read(ctx, s.b, func(c Conn) (p listed[dialog.Conversation], err error) {
		rows, err := c.Query(conversationColumns+where+` ORDER BY active_at DESC, id DESC LIMIT ?`, append(args, limit+1)...)
		all, err := collect(rows, err, func(rows *sql.Rows) (dialog.Conversation, error) {
			r, err := scanRow(rows.Scan)
			return r.conv, err
		})
		if err != nil || len(all) <= limit {
			return listed[dialog.Conversation]{all: all}, err
		}
		var at int64
		last := all[limit-1].ID
		err = c.Row(`SELECT active_at FROM conversations WHERE id = ?`, last).Scan(&at)
		return listed[dialog.Conversation]{all[:limit], cursorOf(last, at)}, err
	})
	return p.all, p.cursor, err
}

// Handoffs implements [store.Reader].
func (s *Store) Handoffs(ctx context.Context, cursor string, limit int) ([]dialog.Handoff, string, error) {
	where, args := `WHERE open = 1`, []any{}
	if cursor != "" {
		id, at, err := parseCursor(cursor, 2)
		if err != nil {
			return nil, "", err
		}
		where += ` AND (rank, since, id) > (?, ?, ?)`
		args = append(args, at[0], at[1], id)
	}
	limit = page(limit)
	p, err := read(ctx, s.b, func(c Conn) (p listed[dialog.Handoff], err error) {
		rows, err := c.Query(`SELECT body FROM handoffs `+where+` ORDER BY rank, since, id LIMIT ?`, append(args, limit+1)...)
		p.all, err = collect(rows, err, scanHandoff)
		if err == nil && len(p.all) > limit {
			p.all = p.all[:limit]
			last := p.all[limit-1]
			p.cursor = cursorOf(last.ID, int64(-last.Priority), nanos(last.Since))
		}
		return p, err
	})
	return p.all, p.cursor, err
}

func scanHandoff(rows *sql.Rows) (h dialog.Handoff, err error) {
	body, err := scanString(rows)
	if err != nil {
		return h, err
	}
	err = decode(body, &h)
	return h, err
}

// Handoff implements [store.Reader].
func (s *Store) Handoff(ctx context.Context, id string) (dialog.Handoff, error) {
	return read(ctx, s.b, func(c Conn) (dialog.Handoff, error) {
		rows, err := c.Query(`SELECT body FROM handoffs WHERE id = ?`, id)
		all, err := collect(rows, err, scanHandoff)
		if err != nil || len(all) == 0 {
			return dialog.Handoff{}, cmpErr(err)
		}
		return all[0], nil
	})
}

// Stats implements [store.Reader]. Timers that are not due yet don't count as waiting.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	now := nanos(s.opt.Now())
	return read(ctx, s.b, func(c Conn) (store.Stats, error) {
		st := store.Stats{Conversations: map[dialog.Control]int{}}
		var oldest int64
		err := c.Row(`SELECT (SELECT COUNT(*) FROM inbox WHERE kind <> 'timer' OR due <= ?),
			(SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending', 'uncertain')),
			(SELECT COUNT(*) FROM outbox WHERE state = 'uncertain' AND state IN ('sending', 'uncertain')),
			(SELECT COUNT(*) FROM handoffs WHERE open = 1),
			COALESCE((SELECT MIN(due) FROM conversations WHERE due <= ?), 0)`, now, now).Scan(&st.Inbox, &st.Outbox, &st.Uncertain, &st.Handoffs, &oldest)
		if err != nil {
			return st, err
		}
		st.OldestInput = instant(oldest)
		rows, err := c.Query(`SELECT control, COUNT(*) FROM conversations GROUP BY control`)
		_, err = collect(rows, err, func(rows *sql.Rows) (struct{}, error) {
			var control dialog.Control
			var n int
			err := rows.Scan(&control, &n)
			st.Conversations[control] = n
			return struct{}{}, err
		})
		return st, err
	})
}

func scanPair(rows *sql.Rows) (p [2]string, err error) {
	err = rows.Scan(&p[0], &p[1])
	return p, err
}

// OpenConversation implements [store.Reader].
func (s *Store) OpenConversation(ctx context.Context, channel, address string) (string, error) {
	return read(ctx, s.b, func(c Conn) (string, error) {
		id, err := openAt(c, channel, address)
		if errors.Is(err, store.ErrNotFound) {
			return "", nil
		}
		return id, err
	})
}
