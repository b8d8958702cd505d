package sqlstore

import (
	"database/sql"
	"errors"
	"slices"
	"strconv"

	"parley/dialog"
)

// row is a conversation as it stands in the database. Columns are the truth:
// what the body says of them is overlaid when it is read.
type row struct {
	conv                         dialog.Conversation
	lastSeq, lastFeed, lastInput int64
	leaseToken, leaseUntil       int64
}

const conversationColumns = `SELECT id, channel, address, ours, account, control, epoch, version, created_at, last_inbound, last_outbound,
	replies_since, last_seq, last_feed, last_input, lease_token, lease_until,
	(SELECT b.body FROM conversation_bodies b WHERE b.conversation = conversations.id) FROM conversations `

func scanRow(scan func(...any) error) (row, error) {
	var r row
	var body string
	var id, channel, address, ours, account, control string
	var epoch, version, created, in, out, replies int64
	err := scan(&id, &channel, &address, &ours, &account, &control, &epoch, &version, &created, &in, &out,
		&replies, &r.lastSeq, &r.lastFeed, &r.lastInput, &r.leaseToken, &r.leaseUntil, &body)
	if err != nil {
		return r, found(err)
	}
	if err := decode(body, &r.conv); err != nil {
		return r, err
	}
	c := &r.conv
	c.ID, c.Channel, c.Address, c.Ours, c.Account = id, channel, address, ours, account
	c.Control, c.Epoch, c.Version = dialog.Control(control), epoch, version
	c.CreatedAt, c.LastInbound, c.LastOutbound, c.RepliesSince = instant(created), instant(in), instant(out), int(replies)
	return r, nil
}

// loadRow reads a conversation; lock also takes its row lock.
func loadRow(c Conn, id string, lock bool) (row, error) {
	q := conversationColumns + `WHERE id = ?`
	if lock {
		q += forUpdate
	}
	return scanRow(c.Row(q, id).Scan)
}

// slot is what makes one open conversation per channel and address unique.
func slot(c dialog.Conversation) string {
	if c.Control == dialog.ControlClosed {
		return c.ID
	}
	return ""
}

// openAt finds the open conversation of an address on a channel.
func openAt(c Conn, channel, address string) (string, error) {
	var id string
	err := c.Row(`SELECT id FROM conversations WHERE address = ? AND channel = ? AND slot = ''`, address, channel).Scan(&id)
	return id, found(err)
}

// insertConversation opens a conversation and reports false when its address
// already has an open one. Candidates are filled in when nothing is known yet.
// inbound: the first message, with its input, is being placed in it; heard is when the
// person said something, 0 where what happened on a call has no words.
func insertConversation(tx *Tx, c *dialog.Conversation, at int64, inbound bool, heard int64) (bool, error) {
	if c.Control == "" {
		c.Control = dialog.ControlBot
	}
	if c.Mode == "" {
		c.Mode = dialog.ModeAuto
	}
	if c.Account == "" && len(c.Candidates) == 0 {
		rows, err := tx.Query(`SELECT account FROM account_addresses WHERE value = ? ORDER BY account`, c.Address)
		if c.Candidates, err = collect(rows, err, scanString); err != nil {
			return false, err
		}
	}
	c.Version = 1
	c.CreatedAt = instant(at)
	body, err := encode(c)
	if err != nil {
		return false, err
	}
	var first, said int64
	var due any
	if inbound {
		first, said, due = 1, heard, at
	}
	n, err := tx.Exec(`INSERT INTO conversations (id, channel, address, slot, ours, account, control, epoch, version, created_at, active_at,
		last_seq, last_feed, last_input, last_inbound, due)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (address, channel, slot) DO NOTHING`,
		c.ID, c.Channel, c.Address, slot(*c), c.Ours, c.Account, string(c.Control), c.Epoch, c.Version, at, at,
		first, first, first, said, due)
	if err != nil || n == 0 {
		return false, err
	}
	if _, err := tx.Exec(`INSERT INTO conversation_bodies (conversation, body) VALUES (?,?)`, c.ID, body); err != nil {
		return false, err
	}
	return true, putAbout(tx, *c)
}

// about are the accounts a conversation is about: the one it is known to be
// about, else those it may be.
func about(c dialog.Conversation) []string {
	if c.Account != "" {
		return []string{c.Account}
	}
	return c.Candidates
}

func putAbout(tx *Tx, c dialog.Conversation) error {
	for _, a := range about(c) {
		if _, err := tx.Exec(`INSERT INTO conversation_accounts (account, conversation) VALUES (?,?) ON CONFLICT DO NOTHING`, a, c.ID); err != nil {
			return err
		}
	}
	return nil
}

// moveAbout follows a change of what a conversation is about.
func moveAbout(tx *Tx, was, is dialog.Conversation) error {
	if slices.Equal(about(was), about(is)) {
		return nil
	}
	if _, err := tx.Exec(`DELETE FROM conversation_accounts WHERE conversation = ?`, is.ID); err != nil {
		return err
	}
	return putAbout(tx, is)
}

// The first waiting input: messages strictly in order, so that one that is held
// back holds back those after it; timers and failures by when they fall due.
const dueOf = `(SELECT MIN(w.due) FROM (
	SELECT i.due FROM inbox i WHERE i.conversation = conversations.id AND i.kind <> 'message'
	UNION ALL
	SELECT m.due FROM (SELECT j.due FROM inbox j WHERE j.conversation = conversations.id AND j.kind = 'message' ORDER BY j.n LIMIT 1) m) w)`

// The first message not yet final, if it is queued.
const outDueOf = `(SELECT CASE WHEN o.state = 'queued' THEN o.due END FROM outbox o
	WHERE o.conversation = conversations.id AND o.state IN ('queued', 'sending', 'uncertain') ORDER BY o.seq LIMIT 1)`

// reschedule brings a conversation's place in the work queues up to date.
func reschedule(tx *Tx, id string) error {
	_, err := tx.Exec(`UPDATE conversations SET due = `+dueOf+`, out_due = `+outDueOf+` WHERE id = ?`, id)
	return err
}

const messageColumns = `SELECT m.conversation, m.seq, m.feed, m.id, m.direction, m.sender, m.name, m.text, m.choice, m.choices, m.media, m.at,
	m.provider_id, m.status, m.reason, m.sha256, m.turn, m.purpose, m.call, m.spoken, m.heard, m.planned FROM messages m `

func scanMessage(rows *sql.Rows) (dialog.Message, error) {
	var m dialog.Message
	var choices, media, call, spoken string
	var at int64
	err := rows.Scan(&m.Conversation, &m.Seq, &m.Feed, &m.ID, &m.Direction, &m.From, &m.Name, &m.Text, &m.Choice, &choices, &media, &at,
		&m.ProviderID, &m.Status, &m.Reason, &m.SHA256, &m.Turn, &m.Purpose, &call, &spoken, &m.Heard, &m.Planned)
	if err != nil {
		return m, err
	}
	m.At = instant(at)
	return m, errors.Join(decode(choices, &m.Choices), decode(media, &m.Media), decode(call, &m.Call), decode(spoken, &m.Spoken))
}

// limit is a clause that ends a query after n rows. The number is written out: SQLite
// makes its plan anew each time a LIMIT is given as an argument.
func limit(n int) string { return " LIMIT " + strconv.Itoa(n) }

func queryMessages(c Conn, where string, args ...any) ([]dialog.Message, error) {
	rows, err := c.Query(messageColumns+where, args...)
	return collect(rows, err, scanMessage)
}

func loadMessage(c Conn, conversation string, seq int64) (dialog.Message, error) {
	all, err := queryMessages(c, `WHERE m.conversation = ? AND m.seq = ?`, conversation, seq)
	if err != nil || len(all) == 0 {
		return dialog.Message{}, cmpErr(err)
	}
	return all[0], nil
}
