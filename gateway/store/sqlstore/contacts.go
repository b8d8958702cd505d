package sqlstore

import (
	"database/sql"
	"slices"
	"time"

	"parley/dialog"
)

// Media of contacts in the log. Voice is taken for the strictest kind of call.
const (
	mediumText = "sms"
	mediumCall = "ai_voice"
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

// proactive purposes are those nobody asked for; what answers a person is not
// counted against the caps (rulebook BC-FREQ-03).
var proactive = []string{"", "reminder", "callback", "validation_notice", "location", "limited_content_message"}

// neutral purposes convey nothing about a debt, so that they are no
// communication in the sense of 12 CFR 1006.2(d).
var neutral = []string{"opt_out_confirmation", "opt_in_confirmation", "help", "identify", "wrong_party", "crisis", "limited_content_message", "location", "handoff"}

// logContact records that a message is about to reach a person. A message that
// is tried again is one contact.
func logContact(tx *Tx, snap dialog.Snapshot, m dialog.Message, at int64) error {
	c := snap.Conversation
	people := peopleOf(snap.Accounts)
	person := ""
	if len(people) == 1 {
		person = people[0]
	}
	_, err := tx.Exec(`INSERT INTO contact_log (message, conversation, person, account, address, medium, purpose, proactive, communication, at)
		VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (message) DO UPDATE SET at = excluded.at`,
		m.ID, c.ID, person, c.Account, c.Address, mediumOf(c.Channel), m.Purpose,
		flag(slices.Contains(proactive, m.Purpose)), flag(!slices.Contains(neutral, m.Purpose)), at)
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

// window is where today and the last seven calendar days begin, today included.
func (s *Store) window(c dialog.Conversation, accounts []dialog.Account, now time.Time) (today, week time.Time) {
	var zone *time.Location
	if s.opt.Zone != nil {
		zone = s.opt.Zone(c, accounts)
	}
	if zone == nil {
		return now.Add(-24 * time.Hour), now.Add(-7 * 24 * time.Hour)
	}
	y, m, d := now.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone), time.Date(y, m, d-6, 0, 0, 0, 0, zone)
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
	today, week := s.window(conv, accounts, now)
	rows, err := c.Query(`SELECT medium, proactive, at FROM contact_log WHERE `+who+` AND at >= ? AND (proactive = 1 OR medium = '`+mediumCall+`')`, append(slices.Clone(args), nanos(week))...)
	_, err = collect(rows, err, func(rows *sql.Rows) (struct{}, error) {
		var medium string
		var asked, at int64
		err := rows.Scan(&medium, &asked, &at)
		count(&n, medium, asked == 1, at >= nanos(today))
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

func count(n *dialog.Contacts, medium string, unasked, today bool) {
	if medium == mediumCall {
		n.Calls7++
	}
	if !unasked {
		return
	}
	n.All7++
	if medium == mediumCall {
		return
	}
	n.Texts7++
	if today {
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
