package sqlstore

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// clause is a condition with its arguments.
type clause struct {
	sql  string
	args []any
}

func (c clause) and(other clause) clause {
	if other.sql == "" {
		return c
	}
	if c.sql == "" {
		return other
	}
	return clause{c.sql + ` AND ` + other.sql, append(append([]any{}, c.args...), other.args...)}
}

// inScope is the condition on conversation c that it is in a scope.
func inScope(s store.Scope) clause {
	if len(s.Portfolios) == 0 {
		return clause{}
	}
	// The worst of its accounts counts: 2 for one that is not in the scope, 0 where none is known.
	in := clause{`COALESCE((SELECT MAX(CASE WHEN x.portfolio IN (` + holes(len(s.Portfolios)) + `) THEN 1 ELSE 2 END) FROM conversation_accounts ca
		JOIN accounts x ON x.id = ca.account WHERE ca.conversation = c.id AND x.portfolio <> ''), 0)`, anys(s.Portfolios)}
	if s.Unknown {
		in.sql += ` < 2`
	} else {
		in.sql += ` = 1`
	}
	return in
}

// handedOff are the views of hand-offs: they are looked for among those alone.
func handedOff(v store.View) bool {
	return v != store.ViewBot && v != store.ViewApprovals && v != store.ViewAll
}

// viewTables is where a view looks, with its hand-off where there is one.
func viewTables(v store.View) (from string, where clause) {
	if handedOff(v) {
		return ` FROM handoffs h JOIN conversations c ON c.id = h.conversation`, clause{`h.open = 1`, nil}
	}
	return ` FROM conversations c LEFT JOIN handoffs h ON h.conversation = c.id AND h.open = 1`, clause{}
}

// spokeLast: the newest message is an agent's.
const spokeLast = `EXISTS (SELECT 1 FROM messages w WHERE w.conversation = c.id AND w.seq = c.last_seq AND w.sender = 'agent')`

const pending = `EXISTS (SELECT 1 FROM approvals p WHERE p.conversation = c.id AND p.state = 'pending')`

// ofView is the condition of a view.
func ofView(v store.View, who string) (clause, error) {
	switch v {
	case store.ViewOffered:
		return clause{`h.offered_to = ? AND h.offered_to <> ''`, []any{who}}, nil
	case store.ViewMine:
		return clause{`h.holder = ? AND h.holder <> ''`, []any{who}}, nil
	case store.ViewUnassigned:
		return clause{`c.control = 'queued' AND h.id IS NOT NULL`, nil}, nil
	case store.ViewTeam:
		return clause{`h.id IS NOT NULL`, nil}, nil
	case store.ViewBot:
		return clause{`c.control = 'bot'`, nil}, nil
	case store.ViewWaiting:
		return clause{`h.holder = ? AND h.holder <> '' AND ` + spokeLast, []any{who}}, nil
	case store.ViewApprovals:
		return clause{pending, nil}, nil
	case store.ViewAll:
		return clause{}, nil
	}
	return clause{}, fmt.Errorf("store: there is no view %q", v)
}

// lookedFor narrows to what somebody looks for.
func lookedFor(text string) clause {
	text = strings.TrimSpace(text)
	if text == "" {
		return clause{}
	}
	like := `%` + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + `%`
	return clause{`(c.id = ? OR c.address = ? OR EXISTS (SELECT 1 FROM conversation_accounts ca JOIN accounts x ON x.id = ca.account
		WHERE ca.conversation = c.id AND (x.id = ? OR x.person = ? OR x.last4 = ? OR x.name LIKE ? ESCAPE '\')))`,
		[]any{text, text, text, text, text, like}}
}

// order is how a list is sorted: two numbers that rise, and after them the id.
func order(s store.Sort) (columns [2]string, err error) {
	switch s {
	case store.SortDeadline:
		return [2]string{`CASE WHEN COALESCE(h.deadline, 0) = 0 THEN 1 ELSE 0 END`, `COALESCE(h.deadline, 0)`}, nil
	case store.SortWait:
		return [2]string{`CASE WHEN h.id IS NULL THEN 1 ELSE 0 END`, `COALESCE(h.since, 0)`}, nil
	case store.SortPriority:
		return [2]string{`COALESCE(h.rank, 9)`, `COALESCE(h.since, 0)`}, nil
	case store.SortActivity:
		return [2]string{`0 * c.epoch`, `-c.active_at`}, nil
	}
	return columns, fmt.Errorf("store: there is no order %q", s)
}

// deskCursor is where a page ended.
type deskCursor struct {
	View store.View `json:"v"`
	Sort store.Sort `json:"s"`
	A    int64      `json:"a"`
	B    int64      `json:"b"`
	ID   string     `json:"i"`
}

func (d deskCursor) String() string {
	raw, err := json.Marshal(d)
	if err != nil {
		return "" // it holds strings and numbers, which always encode
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

func parseDeskCursor(text string, q store.ItemQuery) (d deskCursor, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(raw, &d) != nil || d.View != q.View || d.Sort != q.Sort {
		return d, ErrCursor
	}
	return d, nil
}

const itemColumns = `SELECT c.id, c.channel, c.address, c.account, c.control, c.epoch, c.version, c.created_at, c.last_inbound, c.last_outbound, c.active_at, b.body,
	COALESCE(h.body, ''), COALESCE(a.body, ''), COALESCE(m.seq, 0), COALESCE(m.direction, ''), COALESCE(m.sender, ''), COALESCE(m.name, ''), COALESCE(m.text, ''), COALESCE(m.at, 0), COALESCE(m.status, ''),
	(SELECT COUNT(*) FROM conversation_accounts ca WHERE ca.conversation = c.id),
	(SELECT COUNT(*) FROM messages u WHERE u.conversation = c.id AND u.direction = 'in'
		AND u.seq > COALESCE((SELECT s.seq FROM desk_seen s WHERE s.conversation = c.id AND s.who = ?), 0)
		AND u.seq > COALESCE((SELECT MAX(o.seq) FROM messages o WHERE o.conversation = c.id AND o.direction = 'out' AND o.sender <> 'system' AND o.purpose NOT IN ('handoff', 'crisis')), 0)),
	(SELECT COUNT(*) FROM approvals p WHERE p.conversation = c.id AND p.state = 'pending'), place.first, place.second`

// The places of a page are found first, and the rest is read for its rows alone.
const itemTables = ` place JOIN conversations c ON c.id = place.id
	LEFT JOIN handoffs h ON h.conversation = c.id AND h.open = 1
	JOIN conversation_bodies b ON b.conversation = c.id
	LEFT JOIN accounts a ON a.id = CASE WHEN c.account <> '' THEN c.account ELSE (SELECT MIN(ca.account) FROM conversation_accounts ca WHERE ca.conversation = c.id) END
	LEFT JOIN messages m ON m.conversation = c.id AND m.seq = c.last_seq
	ORDER BY place.first, place.second, c.id`

// Items implements [store.DeskQueue].
func (s *Store) Items(ctx context.Context, q store.ItemQuery) (store.ItemPage, error) {
	where, err := ofView(q.View, q.Who)
	if err != nil {
		return store.ItemPage{}, err
	}
	scope := inScope(q.Scope)
	from, open := viewTables(q.View)
	where = open.and(where).and(scope).and(lookedFor(q.Text))
	columns, err := order(q.Sort)
	if err != nil {
		return store.ItemPage{}, err
	}
	if q.Cursor != "" {
		at, err := parseDeskCursor(q.Cursor, q)
		if err != nil {
			return store.ItemPage{}, err
		}
		where = where.and(clause{`(` + columns[0] + `, ` + columns[1] + `, c.id) > (?, ?, ?)`, []any{at.A, at.B, at.ID}})
	}
	n := page(q.Limit)
	places := `SELECT c.id AS id, ` + columns[0] + ` AS first, ` + columns[1] + ` AS second` + from
	if where.sql != "" {
		places += ` WHERE ` + where.sql
	}
	query := itemColumns + ` FROM (` + places + ` ORDER BY first, second, id` + limit(n+1) + `)` + itemTables
	return read(ctx, s.b, func(c Conn) (p store.ItemPage, err error) {
		rows, err := c.Query(query, append([]any{q.Who}, where.args...)...)
		var ends []deskCursor
		p.Items, err = collect(rows, err, func(rows *sql.Rows) (store.Item, error) {
			end := deskCursor{View: q.View, Sort: q.Sort}
			it, err := scanItem(rows, &end)
			ends = append(ends, end)
			return it, err
		})
		if err != nil {
			return p, err
		}
		if len(p.Items) > n {
			p.Items, p.Next = p.Items[:n], ends[n-1].String()
		}
		return p, countViews(c, q.Who, scope, &p)
	})
}

func scanItem(rows *sql.Rows, end *deskCursor) (it store.Item, err error) {
	c, m := &it.Conversation, &it.Last
	var body, handoff, account, id, channel, address, about, control string
	var epoch, version, created, in, out, active, at, accounts int64
	err = rows.Scan(&id, &channel, &address, &about, &control, &epoch, &version, &created, &in, &out, &active, &body,
		&handoff, &account, &m.Seq, &m.Direction, &m.From, &m.Name, &m.Text, &at, &m.Status, &accounts, &it.Unread, &it.Approvals, &end.A, &end.B)
	if err != nil {
		return it, err
	}
	if err := decode(body, c); err != nil {
		return it, err
	}
	c.ID, c.Channel, c.Address, c.Account, c.Control, c.Epoch, c.Version = id, channel, address, about, dialog.Control(control), epoch, version
	c.CreatedAt, c.LastInbound, c.LastOutbound = instant(created), instant(in), instant(out)
	it.ActiveAt, m.At, end.ID = instant(active), instant(at), id
	it.Others = max(0, int(accounts)-1)
	if handoff != "" {
		it.Handoff = &dialog.Handoff{}
		if err := decode(handoff, it.Handoff); err != nil {
			return it, err
		}
	}
	if account != "" {
		it.Account = &dialog.Account{}
		err = decode(account, it.Account)
	}
	return it, err
}

// countViews counts what each view holds, and finds who has waited longest: the views of hand-offs in one go over those that are open.
func countViews(c Conn, who string, scope clause, p *store.ItemPage) error {
	p.Counts = map[store.View]int{}
	var columns []string
	var args []any
	var views []store.View
	for _, v := range store.Views {
		where, err := ofView(v, who)
		if err != nil {
			return err
		}
		switch {
		case handedOff(v):
			views = append(views, v)
			columns = append(columns, `COALESCE(SUM(CASE WHEN `+where.sql+` THEN 1 ELSE 0 END), 0)`)
			args = append(args, where.args...)
		case v != store.ViewAll:
			where = where.and(scope)
			var n int
			if err := c.Row(`SELECT COUNT(*) FROM (SELECT 1 FROM conversations c WHERE `+where.sql+limit(store.CountLimit)+`) counted`, where.args...).Scan(&n); err != nil {
				return err
			}
			p.Counts[v] = n
		}
	}
	from, where := viewTables(store.ViewTeam)
	where = where.and(scope)
	counts, into := make([]int, len(views)), []any{}
	for i := range counts {
		into = append(into, &counts[i])
	}
	var oldest int64
	err := c.Row(`SELECT `+strings.Join(columns, `, `)+`, COALESCE(MIN(CASE WHEN h.holder = '' THEN h.since END), 0)`+from+` WHERE `+where.sql,
		append(args, where.args...)...).Scan(append(into, &oldest)...)
	for i, v := range views {
		p.Counts[v] = min(counts[i], store.CountLimit)
	}
	p.Oldest = instant(oldest)
	return err
}

// InScope implements [store.DeskQueue].
func (s *Store) InScope(ctx context.Context, conversation string, scope store.Scope) (bool, error) {
	in := inScope(scope)
	if in.sql == "" {
		in.sql = `1 = 1`
	}
	return read(ctx, s.b, func(c Conn) (bool, error) {
		var yes int64
		err := c.Row(`SELECT CASE WHEN `+in.sql+` THEN 1 ELSE 0 END FROM conversations c WHERE c.id = ?`, append(append([]any{}, in.args...), conversation)...).Scan(&yes)
		return yes == 1, found(err)
	})
}

// Portfolios implements [store.DeskQueue].
func (s *Store) Portfolios(ctx context.Context, conversations []string) (map[string][]string, error) {
	all := map[string][]string{}
	if len(conversations) == 0 {
		return all, nil
	}
	return read(ctx, s.b, func(c Conn) (map[string][]string, error) {
		for part := range slices.Chunk(conversations, 100) {
			rows, err := c.Query(`SELECT DISTINCT ca.conversation, x.portfolio FROM conversation_accounts ca JOIN accounts x ON x.id = ca.account
				WHERE ca.conversation IN (`+holes(len(part))+`) AND x.portfolio <> '' ORDER BY ca.conversation, x.portfolio`, anys(part)...)
			pairs, err := collect(rows, err, scanPair)
			if err != nil {
				return nil, err
			}
			for _, p := range pairs {
				if !slices.Contains(all[p[0]], p[1]) {
					all[p[0]] = append(all[p[0]], p[1])
				}
			}
		}
		return all, nil
	})
}

// Held implements [store.DeskQueue].
func (s *Store) Held(ctx context.Context) ([]dialog.Handoff, error) {
	return read(ctx, s.b, func(c Conn) ([]dialog.Handoff, error) {
		rows, err := c.Query(`SELECT body FROM handoffs WHERE open = 1 AND (holder <> '' OR offered_to <> '') ORDER BY since, id`)
		return collect(rows, err, scanHandoff)
	})
}

// Seen implements [store.DeskQueue].
func (s *Store) Seen(ctx context.Context, conversation, who string, seq int64, now time.Time) error {
	return s.b.Write(ctx, func(tx *Tx) error {
		if err := exists(tx, conversation); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO desk_seen (conversation, who, seq, at) VALUES (?,?,?,?)
			ON CONFLICT (conversation, who) DO UPDATE SET seq = excluded.seq, at = excluded.at WHERE excluded.seq > desk_seen.seq`, conversation, who, seq, nanos(now))
		return err
	})
}

// exists is ErrNotFound where there is no such conversation.
func exists(c Conn, conversation string) error {
	var one int64
	return found(c.Row(`SELECT 1 FROM conversations WHERE id = ?`, conversation).Scan(&one))
}

// Past implements [store.DeskQueue].
func (s *Store) Past(ctx context.Context, account, except string, n int) ([]store.PastConversation, error) {
	return read(ctx, s.b, func(c Conn) ([]store.PastConversation, error) {
		rows, err := c.Query(`SELECT c.id, c.channel, c.control, c.active_at,
			COALESCE((SELECT h.body FROM handoffs h WHERE h.conversation = c.id AND h.open = 0 ORDER BY h.since DESC, h.id DESC LIMIT 1), '')
			FROM conversations c WHERE c.id <> ? AND c.id IN (SELECT ca.conversation FROM conversation_accounts ca WHERE ca.account = ?)
			ORDER BY c.active_at DESC, c.id`+limit(page(n)), except, account)
		return collect(rows, err, func(rows *sql.Rows) (p store.PastConversation, err error) {
			var at int64
			var body string
			var h dialog.Handoff
			if err := rows.Scan(&p.ID, &p.Channel, &p.Control, &at, &body); err != nil {
				return p, err
			}
			err = decode(body, &h)
			p.At, p.Disposition = instant(at), h.Disposition
			return p, err
		})
	})
}

// offeredTo is whom a hand-off is reserved for, "" for nobody.
func offeredTo(h *dialog.Handoff) string {
	if h.Reserved == nil {
		return ""
	}
	return h.Reserved.To
}
