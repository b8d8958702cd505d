package sqlstore

import (
	"database/sql"
	"slices"
	"time"

	"parley/channels"
	"parley/compliance/gate"
	"parley/dialog"
)

// Media of contacts in the log. Voice is taken for the strictest kind of call.
const (
	mediumText = "sms"
	mediumCall = "ai_voice"
	// mediumSpoken is what is said on a call that is going on: the call is the contact, and was
	// counted when it was placed; one the person placed is not counted (1006.14(b)(3)).
	mediumSpoken = "spoken"
)

// mediumOf is the medium a channel's messages count under; a channel without a
// medium of its own in the rulebook counts under its name.
func mediumOf(channel string) string {
	switch channel {
	case "sms":
		return mediumText
	case "voice":
		return mediumCall
	}
	return channel
}

// neutral purposes convey nothing about a debt, so that they are no
// communication in the sense of 12 CFR 1006.2(d).
var neutral = []string{"opt_out_confirmation", "opt_in_confirmation", "help", "identify", "wrong_party", "crisis", "limited_content_message", "location", "handoff", "call_opening", "call_end", "call_dial"}

// logContact records that a message is about to reach a person. A message that
// is tried again is one contact.
func logContact(tx *Tx, snap dialog.Snapshot, m dialog.Message, at int64) error {
	c := snap.Conversation
	people := peopleOf(snap.Accounts)
	person := ""
	if len(people) == 1 {
		person = people[0]
	}
	if c.Channel == "voice" && c.Call.Live() && (m.Spoken == nil || m.Spoken.Then != channels.ThenDial) {
		return logSpoken(tx, c, person, m, at)
	}
	_, err := tx.Exec(`INSERT INTO contact_log (message, conversation, person, account, address, medium, purpose, proactive, communication, at)
		VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (message) DO UPDATE SET at = excluded.at`,
		m.ID, c.ID, person, c.Account, c.Address, mediumOf(c.Channel), m.Purpose,
		flag(dialog.Proactive(m.Purpose, m.From, c, instant(at))), flag(!slices.Contains(neutral, m.Purpose)), at)
	return err
}

// ownContact is the entry of a message that went out in part: its rest is the same
// contact, and must not be counted against itself.
type ownContact []any

const contactColumns = `message, conversation, person, account, address, medium, purpose, proactive, communication, at`

// setAside takes the entry of a message out of the log, where it has one.
func setAside(tx *Tx, r outRow) (ownContact, error) {
	if r.parts == "" {
		return nil, nil
	}
	var text [7]string
	var n [3]int64
	err := tx.Row(`SELECT `+contactColumns+` FROM contact_log WHERE message = ?`, r.id).
		Scan(&text[0], &text[1], &text[2], &text[3], &text[4], &text[5], &text[6], &n[0], &n[1], &n[2])
	if none(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(`DELETE FROM contact_log WHERE message = ?`, r.id)
	return append(anys(text[:]), n[0], n[1], n[2]), err
}

func (c ownContact) putBack(tx *Tx) error {
	if c == nil {
		return nil
	}
	_, err := tx.Exec(`INSERT INTO contact_log (`+contactColumns+`) VALUES (`+holes(10)+`)`, c...)
	return err
}

// logSpoken records a call once, whatever is said on it. It becomes a communication about
// the debt with the first words that convey something of it.
func logSpoken(tx *Tx, c dialog.Conversation, person string, m dialog.Message, at int64) error {
	about := flag(!slices.Contains(neutral, m.Purpose))
	_, err := tx.Exec(`INSERT INTO contact_log (message, conversation, person, account, address, medium, purpose, proactive, communication, at)
		VALUES (?,?,?,?,?,?,?,0,?,?) ON CONFLICT (message) DO UPDATE SET communication = CASE WHEN excluded.communication = 1 THEN 1 ELSE contact_log.communication END`,
		"call "+c.Call.ID, c.ID, person, c.Account, c.Address, mediumSpoken, m.Purpose, about, at)
	return err
}

func peopleOf(accounts []dialog.Account) []string {
	var people []string
	for _, a := range accounts {
		if a.Person.ID != "" && !slices.Contains(people, a.Person.ID) {
			people = append(people, a.Person.ID)
		}
	}
	return people
}

// days are the person's last seven calendar days, today included; by tells the
// day of a moment (0 is today), or -1 where the person's zone is not known.
type days struct {
	today, week time.Time
	by          func(time.Time) int
}

// window finds where those days begin. Without a zone it looks back over whole 24
// hours, which never counts less.
func (s *Store) window(c dialog.Conversation, accounts []dialog.Account, now time.Time) days {
	var zone *time.Location
	if s.opt.Zone != nil {
		zone = s.opt.Zone(c, accounts)
	}
	if zone == nil {
		return days{now.Add(-24 * time.Hour), now.Add(-7 * 24 * time.Hour), func(time.Time) int { return -1 }}
	}
	day := func(at time.Time) time.Time { // the civil date as a UTC midnight, so that days have 24 hours
		y, m, d := at.In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	y, m, d := now.In(zone).Date()
	return days{time.Date(y, m, d, 0, 0, 0, 0, zone), time.Date(y, m, d-6, 0, 0, 0, 0, zone),
		func(at time.Time) int { return max(0, int(day(now).Sub(day(at))/(24*time.Hour))) }}
}

// contacts counts what was done to reach the conversation's person: on its
// address, and anywhere as one of the persons it may be.
func (s *Store) contacts(c Conn, conv dialog.Conversation, accounts []dialog.Account, now time.Time) (dialog.Contacts, error) {
	var n dialog.Contacts
	who, args := `address = ?`, []any{conv.Address}
	if people := peopleOf(accounts); len(people) > 0 {
		who = `(address = ? OR person <> '' AND person IN (` + holes(len(people)) + `))`
		args = append(args, anys(people)...)
	}
	w := s.window(conv, accounts, now)
	rows, err := c.Query(`SELECT medium, proactive, at FROM contact_log WHERE `+who+` AND at >= ? AND (proactive = 1 OR medium = '`+mediumCall+`')`, append(slices.Clone(args), nanos(w.week))...)
	_, err = collect(rows, err, func(rows *sql.Rows) (struct{}, error) {
		var medium string
		var asked, at int64
		err := rows.Scan(&medium, &asked, &at)
		count(&n, medium, asked == 1, instant(at), w)
		return struct{}{}, err
	})
	if err != nil {
		return n, err
	}
	var first int64
	err = c.Row(`SELECT COALESCE(MIN(at), 0) FROM contact_log WHERE `+who+` AND communication = 1`, args...).Scan(&first)
	if err != nil {
		return n, err
	}
	n.Initial = instant(first)
	n.LastConversation, err = lastCall(c, conv, accounts)
	return n, err
}

func count(n *dialog.Contacts, medium string, unasked bool, at time.Time, w days) {
	add := func(t *gate.Tally) {
		if d := w.by(at); d >= 0 && d < len(t) {
			t[d]++
		}
	}
	if medium == mediumCall {
		n.Calls7++
		n.LastCall = latest(n.LastCall, at)
		add(&n.CallDays)
	}
	if !unasked {
		return
	}
	n.All7++
	add(&n.AllDays)
	if medium == mediumCall {
		return
	}
	n.Texts7++
	add(&n.TextDays)
	if !at.Before(w.today) {
		n.ProactiveToday++
	}
}

// lastCall is when the person last spoke on the telephone with us.
func lastCall(c Conn, conv dialog.Conversation, accounts []dialog.Account) (time.Time, error) {
	var at int64
	about := []any{conv.Address}
	for _, a := range accounts {
		about = append(about, a.ID)
	}
	if len(about) == 1 {
		about = append(about, "")
	}
	err := c.Row(`SELECT COALESCE(MAX(last_inbound), 0) FROM conversations WHERE channel = 'voice' AND (address = ? OR id IN (
		SELECT conversation FROM conversation_accounts WHERE account IN (`+holes(len(about)-1)+`)))`, about...).Scan(&at)
	return instant(at), err
}
