package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/store"
)

// arriving is an arrival with all that can be made ready outside of the transaction.
type arriving struct {
	store.Arrival
	at           int64
	key          string
	media, input string
	call, sender string
	heard        int64 // when the person said it, 0 for what has no words
	events       []dialog.LedgerEntry
}

// Accept implements [store.Inbox].
func (s *Store) Accept(ctx context.Context, a store.Arrival) (channels.Accepted, error) {
	p, err := prepareArrival(a)
	if err != nil {
		return channels.Accepted{}, err
	}
	return write(ctx, s.b, func(tx *Tx) (channels.Accepted, error) { return p.accept(tx) })
}

func prepareArrival(a store.Arrival) (*arriving, error) {
	p := &arriving{Arrival: a, key: a.In.Channel + " " + a.In.ProviderID}
	if p.Input.At.IsZero() {
		p.Input.At = a.In.ReceivedAt
	}
	p.at = nanos(p.Input.At)
	p.Input.Kind, p.Input.Call, p.sender, p.heard = dialog.InputMessage, a.In.Call, "person", p.at
	var errs [4]error
	if c := a.In.Call; c != nil {
		p.call, errs[3] = encode(c)
		if c.Event != channels.CallSpeech && c.Event != channels.CallDigits {
			p.Input.Kind, p.sender, p.heard = dialog.InputCall, "system", 0
		}
	}
	// The words are kept once, with the message.
	p.input, errs[0] = packInput(p.Input)
	p.media, errs[1] = encodeList(a.In.Media)
	p.events, errs[2] = entries(a.Events)
	return p, errors.Join(errs[:]...)
}

// accept is the whole transaction of one incoming message. The conversation's
// row is taken before its sequence, so that places are given in commit order;
// a duplicate takes none, as it then has nothing to undo.
func (p *arriving) accept(tx *Tx) (channels.Accepted, error) {
	id, seq, feed, n, err := p.place(tx)
	if errors.Is(err, errDuplicate) {
		return p.first(tx)
	}
	if err != nil {
		return channels.Accepted{}, err
	}
	in := p.In
	rows, err := tx.Exec(`INSERT INTO messages (conversation, seq, feed, id, direction, sender, text, choice, media, at, arrival, provider_id, status, call)
		VALUES (?,?,?,?,'in',?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`,
		id, seq, feed, p.MessageID, p.sender, in.Text, in.Choice, p.media, p.at, p.key, in.ProviderID, string(dialog.StatusReceived), p.call)
	if err != nil {
		return channels.Accepted{}, fmt.Errorf("store: accept: %w", err)
	}
	if rows == 0 { // another process was faster
		dup, err := p.first(tx)
		if err != nil {
			return dup, fmt.Errorf("store: find the first of a duplicate: %w", err)
		}
		return dup, errUndo
	}
	if _, err := tx.Exec(`INSERT INTO inbox (conversation, n, kind, seq, due, body) VALUES (?,?,'message',?,?,?)`, id, n, seq, p.at, p.input); err != nil {
		return channels.Accepted{}, fmt.Errorf("store: accept: %w", err)
	}
	tx.record(id, p.events)
	if err := tx.seal(id, p.at, p.bind(seq)); err != nil {
		return channels.Accepted{}, err
	}
	if err := rewriteEarlier(tx, id, p.Earlier, p.at); err != nil {
		return channels.Accepted{}, err
	}
	if p.OptOut {
		if err := suppress(tx, id, in.Channel, in.From, p.at, "opt_out"); err != nil {
			return channels.Accepted{}, err
		}
	}
	return channels.Accepted{Conversation: id, Seq: feed}, nil
}

// errDuplicate: the message has a place already.
var errDuplicate = errors.New("sqlstore: a duplicate")

// first finds where the same message was placed before.
func (p *arriving) first(tx *Tx) (channels.Accepted, error) {
	dup := channels.Accepted{Duplicate: true}
	err := tx.Row(`SELECT conversation, feed FROM messages WHERE arrival = ?`, p.key).Scan(&dup.Conversation, &dup.Seq)
	return dup, err
}

// place takes the next place in the address's open conversation, opening one
// where there is none. The conversation's place in the queue is changed only where
// it has to be: while earlier messages wait it stands well.
func (p *arriving) place(tx *Tx) (id string, seq, feed, n int64, err error) {
	for range 3 {
		var due sql.NullInt64
		err = tx.change(`UPDATE conversations SET last_seq = last_seq + 1, last_feed = last_feed + 1, last_input = last_input + 1,
			last_inbound = CASE WHEN ? = 0 THEN last_inbound ELSE CAST(? AS BIGINT) END, active_at = ?, replies_since = 0, ours = CASE WHEN ? = '' THEN ours ELSE ? END
			WHERE address = ? AND channel = ? AND slot = '' AND NOT EXISTS (SELECT 1 FROM messages WHERE arrival = ?)
			RETURNING id, last_seq, last_feed, last_input, due`,
			p.heard, p.heard, p.at, p.In.To, p.In.To, p.In.From, p.In.Channel, p.key).Scan(&id, &seq, &feed, &n, &due)
		if err == nil && (!due.Valid || due.Int64 > p.at) {
			_, err = tx.Exec(`UPDATE conversations SET due = ? WHERE id = ?`, p.at, id)
		}
		if !none(err) {
			return id, seq, feed, n, err
		}
		if _, err := p.first(tx); !none(err) {
			return "", 0, 0, 0, cmp.Or(err, errDuplicate)
		}
		c := p.New
		c.Channel, c.Address, c.Ours = p.In.Channel, p.In.From, p.In.To
		made, err := insertConversation(tx, &c, p.at, true, p.heard)
		if err != nil {
			return "", 0, 0, 0, fmt.Errorf("store: open a conversation: %w", err)
		}
		if made {
			return c.ID, 1, 1, 1, nil
		}
	}
	return "", 0, 0, 0, fmt.Errorf("store: open a conversation: %w", err)
}

// suppress puts an address on the stop list of a channel and cancels what is queued to it.
func suppress(tx *Tx, conversation, channel, address string, at int64, why string) error {
	f, err := loadAddress(tx, address, true)
	if err != nil {
		return err
	}
	when := &f.SMSOptedOut
	if channel == "voice" {
		when = &f.VoiceOptedOut
	}
	if when.IsZero() {
		*when = instant(at)
	}
	body, err := encode(f)
	if err != nil {
		return err
	}
	if err := putAddress(tx, address, body); err != nil {
		return err
	}
	if err := tx.note(conversation, "address.opted_out", at, "", map[string]any{"channel": channel, "by": why}); err != nil {
		return err
	}
	return cancelTo(tx, address, why, at)
}

// RecentInbound implements [store.Inbox]. It is read for most messages before they
// are taken in, so it is one statement, and of no more than is asked for.
func (s *Store) RecentInbound(ctx context.Context, channel, address string, n int) ([]dialog.Message, error) {
	return readOne(ctx, s.b, func(c Conn) ([]dialog.Message, error) {
		rows, err := c.Query(`SELECT m.conversation, m.seq, m.id, m.text, m.at FROM conversations c JOIN messages m ON m.conversation = c.id
			WHERE c.address = ? AND c.channel = ? AND c.slot = '' AND m.direction = 'in' AND m.sender = 'person' ORDER BY m.seq DESC`+limit(n), address, channel)
		return collect(rows, err, func(rows *sql.Rows) (dialog.Message, error) {
			m := dialog.Message{Direction: "in", From: "person"}
			var at int64
			err := rows.Scan(&m.Conversation, &m.Seq, &m.ID, &m.Text, &at)
			m.At = instant(at)
			return m, err
		})
	})
}
