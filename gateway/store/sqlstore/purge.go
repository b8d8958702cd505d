package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// purgeNote is the body of a [store.EventPurged].
type purgeNote struct {
	Through      int64     `json:"through"`
	Messages     int64     `json:"messages"`
	Traces       int64     `json:"traces"`
	Bodies       int64     `json:"bodies"`
	LastActivity time.Time `json:"last_activity"`
	Accounts     []string  `json:"accounts"`
}

// Purge implements [store.Records].
func (s *Store) Purge(ctx context.Context, conversation string, now time.Time, r store.PurgeRequest) (store.Purged, error) {
	if r.DryRun {
		return read(ctx, s.b, func(c Conn) (store.Purged, error) {
			kept, err := retained(c, conversation, false)
			if err != nil {
				return store.Purged{}, err
			}
			p := store.Purged{Holds: r.Holds(kept), LastActivity: kept.LastActivity}
			if len(p.Holds) > 0 {
				return p, nil
			}
			err = c.Row(`SELECT (SELECT COUNT(*) FROM messages WHERE conversation = ?), (SELECT COUNT(*) FROM traces WHERE conversation = ?),
				(SELECT COUNT(*) FROM ledger WHERE conversation = ? AND body <> '' AND type NOT IN (`+keptTypes+`))`,
				conversation, conversation, conversation).Scan(&p.Messages, &p.Traces, &p.Bodies)
			return p, err
		})
	}
	return write(ctx, s.b, func(tx *Tx) (store.Purged, error) {
		kept, err := retained(tx, conversation, true)
		if err != nil {
			return store.Purged{}, err
		}
		p := store.Purged{Holds: r.Holds(kept), LastActivity: kept.LastActivity}
		if r.Demanded {
			if err := tx.demanded(conversation, now, r.Who, p.Holds); err != nil {
				return p, err
			}
		}
		if len(p.Holds) > 0 {
			return p, nil
		}
		return p, tx.purge(kept, now, r.Who, &p)
	})
}

// retained reads what bears on keeping a conversation's record.
func retained(c Conn, id string, lock bool) (store.Retained, error) {
	r, err := loadRow(c, id, lock)
	if err != nil {
		return store.Retained{}, err
	}
	kept := store.Retained{Conversation: r.conv}
	if ids := about(r.conv); len(ids) > 0 {
		if kept.Accounts, err = queryAccounts(c, `WHERE id IN (`+holes(len(ids))+`) ORDER BY id`, anys(ids)...); err != nil {
			return kept, err
		}
	}
	var open int64
	err = c.Row(`SELECT (SELECT COUNT(*) FROM inbox WHERE conversation = ?) +
		(SELECT COUNT(*) FROM outbox WHERE conversation = ? AND state IN ('queued', 'sending', 'uncertain')),
		(SELECT COUNT(*) FROM handoffs WHERE conversation = ? AND open = 1)`, id, id, id).Scan(&kept.Waiting, &open)
	kept.Handoff = open > 0
	if err != nil {
		return kept, err
	}
	asked, err := openApprovals(c, id)
	if err != nil {
		return kept, err
	}
	kept.Approvals = len(asked)
	kept.LastActivity, err = lastActivity(c, id, kept.Accounts)
	return kept, err
}

// lastActivity is the last time anything was done about the debts: in any
// conversation about one of them, or by a payment, a promise or an agreement.
// What was done with the record itself, such as reading it, is not collection.
func lastActivity(c Conn, id string, accounts []dialog.Account) (time.Time, error) {
	about := []any{id}
	for _, a := range accounts {
		about = append(about, a.ID)
	}
	same := `(SELECT ?`
	if n := len(accounts); n > 0 {
		same += ` UNION SELECT conversation FROM conversation_accounts WHERE account IN (` + holes(n) + `)`
	}
	same += `)`
	var last time.Time
	for _, query := range []string{
		`SELECT COALESCE(MAX(created_at), 0) FROM conversations WHERE id IN `,
		`SELECT COALESCE(MAX(last_inbound), 0) FROM conversations WHERE id IN `,
		`SELECT COALESCE(MAX(last_outbound), 0) FROM conversations WHERE id IN `,
		`SELECT COALESCE(MAX(at), 0) FROM contact_log WHERE conversation IN `,
		`SELECT COALESCE(MAX(at), 0) FROM ledger WHERE type NOT LIKE 'record.%' AND type <> '` + store.EventPurged + `' AND conversation IN `,
	} {
		var at int64
		if err := c.Row(query+same, about...).Scan(&at); err != nil {
			return last, fmt.Errorf("store: find the last activity: %w", err)
		}
		last = latest(last, instant(at))
	}
	for _, a := range accounts {
		for _, g := range a.Agreements {
			last = latest(last, g.At)
		}
		for _, p := range a.Promises {
			last = latest(last, p.At)
		}
		for _, p := range a.Payments { // the whole day, wherever it was
			last = latest(last, p.Date.In(time.UTC).AddDate(0, 0, 2))
		}
	}
	return last, nil
}

// keptTypes is the SQL list of types whose bodies outlive a purge.
var keptTypes = func() string {
	var all []string
	for _, t := range store.KeptTypes {
		all = append(all, "'"+t+"'")
	}
	return strings.Join(all, ", ")
}()

// purge deletes a conversation and records that it did.
func (tx *Tx) purge(kept store.Retained, now time.Time, who string, p *store.Purged) error {
	id := kept.Conversation.ID
	note := purgeNote{LastActivity: kept.LastActivity, Accounts: []string{}}
	for _, a := range kept.Accounts {
		note.Accounts = append(note.Accounts, a.ID)
	}
	if err := tx.Row(`SELECT COALESCE(MAX(n), 0) FROM ledger WHERE conversation = ?`, id).Scan(&note.Through); err != nil {
		return err
	}
	// What is held back in this transaction is written after it, and is about the record itself.
	bodies, err := tx.Exec(`UPDATE ledger SET body = '' WHERE conversation = ? AND body <> '' AND type NOT IN (`+keptTypes+`)`, id)
	if err != nil {
		return fmt.Errorf("store: purge: %w", err)
	}
	p.Bodies = bodies
	for _, d := range purgeOrder {
		n, err := tx.Exec(`DELETE FROM `+d.table+` WHERE `+d.where, id)
		if err != nil {
			return fmt.Errorf("store: purge %s: %w", d.table, err)
		}
		switch d.table {
		case "messages":
			p.Messages = n
		case "traces":
			p.Traces = n
		}
	}
	note.Messages, note.Traces, note.Bodies = p.Messages, p.Traces, p.Bodies
	prepared, err := entries([]dialog.Event{{Type: store.EventPurged, At: now, Who: who, Body: note}})
	tx.record(id, prepared)
	return err
}

// purgeOrder is what is deleted, what others point to last.
var purgeOrder = []struct{ table, where string }{
	{"trace_steps", `turn IN (SELECT id FROM traces WHERE conversation = ?)`},
	{"traces", `conversation = ?`},
	{"drafts", `conversation = ?`},
	{"handoffs", `conversation = ?`},
	{"approvals", `conversation = ?`},
	{"contact_log", `conversation = ?`},
	{"message_parts", `message IN (SELECT id FROM outbox WHERE conversation = ?)`},
	{"outbox", `conversation = ?`},
	{"inbox", `conversation = ?`},
	{"messages", `conversation = ?`},
	{"conversation_accounts", `conversation = ?`},
	{"conversation_bodies", `conversation = ?`},
	{"conversations", `id = ?`},
}

// demanded records a demand to delete and what came of it.
func (tx *Tx) demanded(id string, now time.Time, who string, holds []store.Hold) error {
	body := map[string]any{"outcome": "deleted"}
	if len(holds) > 0 {
		codes := make([]string, 0, len(holds))
		var until time.Time
		for _, h := range holds {
			codes = append(codes, h.Code)
			until = latest(until, h.Until)
		}
		slices.Sort(codes)
		body = map[string]any{"outcome": "retained", "holds": slices.Compact(codes), "rule": "REC-01"}
		if !until.IsZero() {
			body["until"] = until.UTC()
		}
	}
	prepared, err := entries([]dialog.Event{{Type: store.EventDeletionDemanded, At: now, Who: who, Body: body}})
	tx.record(id, prepared)
	return err
}
