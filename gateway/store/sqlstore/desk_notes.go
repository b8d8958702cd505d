package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// AddNote implements [store.DeskNotes].
func (s *Store) AddNote(ctx context.Context, n store.Note, e dialog.Event) error {
	ledger, err := entries([]dialog.Event{e})
	if err != nil {
		return err
	}
	return s.b.Write(ctx, func(tx *Tx) error {
		if err := exists(tx, n.Conversation); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO desk_notes (id, conversation, who, kind, text, at) VALUES (?,?,?,?,?,?)`,
			n.ID, n.Conversation, n.Who, n.Kind, n.Text, nanos(n.At))
		tx.record(n.Conversation, ledger)
		return err
	})
}

// Notes implements [store.DeskNotes]. Where there are more, the latest are listed.
func (s *Store) Notes(ctx context.Context, conversation string, n int) ([]store.Note, error) {
	return read(ctx, s.b, func(c Conn) ([]store.Note, error) {
		rows, err := c.Query(`SELECT id, conversation, who, kind, text, at FROM
			(SELECT * FROM desk_notes WHERE conversation = ? ORDER BY at DESC, id DESC`+limit(page(n))+`) latest ORDER BY at, id`, conversation)
		return collect(rows, err, func(rows *sql.Rows) (x store.Note, err error) {
			var at int64
			err = rows.Scan(&x.ID, &x.Conversation, &x.Who, &x.Kind, &x.Text, &at)
			x.At = instant(at)
			return x, err
		})
	})
}

// Type implements [store.DeskNotes].
func (s *Store) Type(ctx context.Context, t store.Typed) error {
	return s.b.Write(ctx, func(tx *Tx) error {
		if err := exists(tx, t.Conversation); err != nil {
			return err
		}
		if t.Text == "" {
			_, err := tx.Exec(`DELETE FROM desk_typed WHERE conversation = ? AND who = ?`, t.Conversation, t.Who)
			return err
		}
		_, err := tx.Exec(`INSERT INTO desk_typed (conversation, who, text, epoch, at) VALUES (?,?,?,?,?)
			ON CONFLICT (conversation, who) DO UPDATE SET text = excluded.text, epoch = excluded.epoch, at = excluded.at`,
			t.Conversation, t.Who, t.Text, t.Epoch, nanos(t.At))
		return err
	})
}

// Typed implements [store.DeskNotes].
func (s *Store) Typed(ctx context.Context, conversation, who string) (store.Typed, error) {
	return read(ctx, s.b, func(c Conn) (store.Typed, error) {
		t := store.Typed{Conversation: conversation, Who: who}
		var at int64
		err := c.Row(`SELECT text, epoch, at FROM desk_typed WHERE conversation = ? AND who = ?`, conversation, who).Scan(&t.Text, &t.Epoch, &at)
		t.At = instant(at)
		return t, found(err)
	})
}

// Suggest implements [store.DeskSuggestions].
func (s *Store) Suggest(ctx context.Context, conversation string, all []store.Suggestion, now time.Time) error {
	return s.b.Write(ctx, func(tx *Tx) error {
		if err := exists(tx, conversation); err != nil {
			return err
		}
		for _, x := range all {
			_, err := tx.Exec(`UPDATE desk_suggestions SET fate = 'stale', fate_at = ? WHERE conversation = ? AND fate = '' AND seq < ?`, nanos(now), conversation, x.Seq)
			if err != nil {
				return err
			}
			_, err = tx.Exec(`INSERT INTO desk_suggestions (id, conversation, seq, rank, kind, text, reason, source, made_at) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING`,
				x.ID, conversation, x.Seq, x.Rank, x.Kind, x.Text, x.Reason, x.Source, nanos(x.MadeAt))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

const suggestionColumns = `SELECT id, conversation, seq, rank, kind, text, reason, source, made_at, fate, who, why, fate_at, sent, distance FROM desk_suggestions s `

func scanSuggestion(rows *sql.Rows) (x store.Suggestion, err error) {
	var made, at int64
	err = rows.Scan(&x.ID, &x.Conversation, &x.Seq, &x.Rank, &x.Kind, &x.Text, &x.Reason, &x.Source, &made, &x.Fate, &x.Who, &x.Why, &at, &x.Sent, &x.Distance)
	x.MadeAt, x.FateAt = instant(made), instant(at)
	return x, err
}

// Suggestions implements [store.DeskSuggestions].
func (s *Store) Suggestions(ctx context.Context, conversation string, seq int64) ([]store.Suggestion, error) {
	return read(ctx, s.b, func(c Conn) ([]store.Suggestion, error) {
		rows, err := c.Query(suggestionColumns+`WHERE s.conversation = ? AND s.seq = ? AND s.fate = '' ORDER BY s.rank, s.id`, conversation, seq)
		return collect(rows, err, scanSuggestion)
	})
}

// Suggestion implements [store.DeskSuggestions].
func (s *Store) Suggestion(ctx context.Context, id string) (store.Suggestion, error) {
	return read(ctx, s.b, func(c Conn) (store.Suggestion, error) {
		rows, err := c.Query(suggestionColumns+`WHERE s.id = ?`, id)
		all, err := collect(rows, err, scanSuggestion)
		if err != nil || len(all) == 0 {
			return store.Suggestion{}, cmpErr(err)
		}
		return all[0], nil
	})
}

// Decided implements [store.DeskSuggestions].
func (s *Store) Decided(ctx context.Context, x store.Suggestion) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		n, err := tx.Exec(`UPDATE desk_suggestions SET fate = ?, who = ?, why = ?, fate_at = ?, sent = ?, distance = ? WHERE id = ? AND fate = ''`,
			string(x.Fate), x.Who, x.Why, nanos(x.FateAt), x.Sent, x.Distance, x.ID)
		if err == nil && n == 0 {
			err = store.ErrStale
		}
		return struct{}{}, err
	})
	return err
}

// BotDrafts implements [store.DeskSuggestions].
func (s *Store) BotDrafts(ctx context.Context, conversation string, seq int64) ([]dialog.Draft, error) {
	return read(ctx, s.b, func(c Conn) ([]dialog.Draft, error) {
		rows, err := c.Query(`SELECT text, seq, cause FROM drafts WHERE conversation = ? AND kind = 'draft_only' AND seq = (SELECT MAX(m.seq) FROM messages m
			WHERE m.conversation = ? AND m.direction = 'in' AND m.seq <= ?) ORDER BY n DESC`, conversation, conversation, seq)
		return collect(rows, err, func(rows *sql.Rows) (d dialog.Draft, err error) {
			err = rows.Scan(&d.Text, &d.Seq, &d.Why)
			return d, err
		})
	})
}

// Decisions implements [store.DeskSuggestions].
func (s *Store) Decisions(ctx context.Context, since time.Time, scope store.Scope) (map[store.Fate]int, error) {
	where := clause{`s.made_at >= ?`, []any{nanos(since)}}.and(inScope(scope))
	return read(ctx, s.b, func(c Conn) (map[store.Fate]int, error) {
		rows, err := c.Query(`SELECT s.fate, COUNT(*) FROM desk_suggestions s JOIN conversations c ON c.id = s.conversation WHERE `+where.sql+` GROUP BY s.fate`, where.args...)
		counts := map[store.Fate]int{}
		_, err = collect(rows, err, func(rows *sql.Rows) (struct{}, error) {
			var fate store.Fate
			var n int
			err := rows.Scan(&fate, &n)
			counts[fate] = n
			return struct{}{}, err
		})
		return counts, err
	})
}

// Canned implements [store.DeskCanned].
func (s *Store) Canned(ctx context.Context, who string, portfolios []string) ([]store.Canned, error) {
	where := clause{`scope = 'all' OR (scope = 'mine' AND owner = ?)`, []any{who}}
	if len(portfolios) == 0 {
		where.sql += ` OR scope = 'team'`
	} else {
		where = clause{where.sql + ` OR (scope = 'team' AND team IN (` + holes(len(portfolios)) + `))`, append(where.args, anys(portfolios)...)}
	}
	return s.canned(ctx, where)
}

func (s *Store) canned(ctx context.Context, where clause) ([]store.Canned, error) {
	return read(ctx, s.b, func(c Conn) ([]store.Canned, error) {
		rows, err := c.Query(`SELECT id, scope, owner, team, shortcut, title, text, language, locked, version, updated_at, updated_by FROM desk_canned
			WHERE `+where.sql+` ORDER BY shortcut, scope, team, id`, where.args...)
		return collect(rows, err, func(rows *sql.Rows) (x store.Canned, err error) {
			var locked, at int64
			err = rows.Scan(&x.ID, &x.Scope, &x.Owner, &x.Team, &x.Shortcut, &x.Title, &x.Text, &x.Language, &locked, &x.Version, &at, &x.UpdatedBy)
			x.Locked, x.UpdatedAt = locked == 1, instant(at)
			return x, err
		})
	})
}

// CannedText implements [store.DeskCanned].
func (s *Store) CannedText(ctx context.Context, id string) (store.Canned, error) {
	all, err := s.canned(ctx, clause{`id = ?`, []any{id}})
	if err != nil || len(all) == 0 {
		return store.Canned{}, cmpErr(err)
	}
	return all[0], nil
}

// PutCanned implements [store.DeskCanned].
func (s *Store) PutCanned(ctx context.Context, x store.Canned) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		var other string
		err := tx.Row(`SELECT id FROM desk_canned WHERE scope = ? AND owner = ? AND team = ? AND shortcut = ?`, x.Scope, x.Owner, x.Team, x.Shortcut).Scan(&other)
		if err = found(err); err == nil && other != x.ID {
			return struct{}{}, store.ErrStale
		} else if err != nil && !errors.Is(err, store.ErrNotFound) {
			return struct{}{}, err
		}
		var n int64
		if x.Version == 0 {
			n, err = tx.Exec(`INSERT INTO desk_canned (id, scope, owner, team, shortcut, title, text, language, locked, version, updated_at, updated_by)
				VALUES (?,?,?,?,?,?,?,?,?,1,?,?) ON CONFLICT (id) DO NOTHING`,
				x.ID, x.Scope, x.Owner, x.Team, x.Shortcut, x.Title, x.Text, x.Language, flag(x.Locked), nanos(x.UpdatedAt), x.UpdatedBy)
		} else {
			n, err = tx.Exec(`UPDATE desk_canned SET scope = ?, owner = ?, team = ?, shortcut = ?, title = ?, text = ?, language = ?, locked = ?, version = version + 1,
				updated_at = ?, updated_by = ? WHERE id = ? AND version = ?`,
				x.Scope, x.Owner, x.Team, x.Shortcut, x.Title, x.Text, x.Language, flag(x.Locked), nanos(x.UpdatedAt), x.UpdatedBy, x.ID, x.Version)
		}
		if err == nil && n == 0 {
			err = store.ErrStale
		}
		return struct{}{}, err
	})
	return err
}

// DropCanned implements [store.DeskCanned].
func (s *Store) DropCanned(ctx context.Context, id string) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		n, err := tx.Exec(`DELETE FROM desk_canned WHERE id = ?`, id)
		if err == nil && n == 0 {
			err = store.ErrNotFound
		}
		return struct{}{}, err
	})
	return err
}
