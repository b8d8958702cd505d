package sqlstore

import (
	"context"
	"time"

	"parley/channels"
	"parley/compliance/guard"
	"parley/dialog"
	"parley/gateway/store"
)

// auditPage bounds the memory of an audit: this many conversations' ids at once,
// and one conversation's messages.
const auditPage = 500

// namedConversations is every id that any of the three tables names, in order: a
// conversation may be gone from one of them, and be found that way.
const namedConversations = `SELECT conversation FROM (
	SELECT conversation FROM (SELECT id AS conversation FROM conversations WHERE id > ? ORDER BY id LIMIT ?) AS c
	UNION SELECT conversation FROM (SELECT DISTINCT conversation FROM ledger WHERE conversation > ? ORDER BY conversation LIMIT ?) AS l
	UNION SELECT conversation FROM (SELECT DISTINCT conversation FROM messages WHERE conversation > ? ORDER BY conversation LIMIT ?) AS m
	) AS named ORDER BY conversation LIMIT ?`

// Audit implements [store.Records].
func (s *Store) Audit(ctx context.Context) (store.Audit, error) {
	return read(ctx, s.b, func(c Conn) (store.Audit, error) {
		w, err := walkChain(c)
		a := store.Audit{Entries: w.entries, Head: w.head, Purged: w.purged}
		if w.broken > 0 {
			a.Faults = append(a.Faults, store.Fault{Entry: w.broken, Conversation: w.conversation, What: w.what})
		}
		if err != nil {
			return a, err
		}
		for after := ""; ; {
			rows, err := c.Query(namedConversations, after, auditPage, after, auditPage, after, auditPage, auditPage)
			ids, err := collect(rows, err, scanString)
			if err != nil {
				return a, err
			}
			for _, id := range ids {
				if err := auditConversation(c, id, &a); err != nil {
					return a, err
				}
				if len(a.Faults) >= store.MaxFaults {
					return a, nil
				}
				after = id
			}
			if len(ids) < auditPage {
				return a, nil
			}
		}
	})
}

// bound is what the ledger says of a message.
type bound struct {
	seal
	From string `json:"from"`
	out  bool
	seen bool
}

// auditConversation compares messages with what binds them, both ways.
func auditConversation(c Conn, id string, a *store.Audit) error {
	want, order, err := boundMessages(c, id)
	if err != nil {
		return err
	}
	channel, address, err := whereabouts(c, id)
	if err != nil {
		return err
	}
	messages, err := queryMessages(c, `WHERE m.conversation = ? ORDER BY m.seq`, id)
	if err != nil {
		return err
	}
	fault := func(seq int64, message, what string) {
		a.Faults = append(a.Faults, store.Fault{Conversation: id, Message: message, Seq: seq, What: what})
	}
	for _, m := range messages {
		a.Messages++
		b := want[m.Seq]
		switch {
		case b == nil:
			fault(m.Seq, m.ID, "the ledger knows nothing of this message")
			continue
		case b.Message != m.ID || b.out != (m.Direction == "out"):
			fault(m.Seq, m.ID, "the ledger has another message in this place")
		case !b.out && (m.From != "person" && m.Call == nil || store.MessageHash(b.Salt, m) != b.SHA256):
			fault(m.Seq, m.ID, "it was changed after it was received")
		case b.out && !unchanged(m, b, channel, address):
			fault(m.Seq, m.ID, "it was changed after it was cleared")
		}
		b.seen = true
	}
	for _, seq := range order {
		if b := want[seq]; !b.seen {
			fault(seq, b.Message, "it is missing")
		}
	}
	return nil
}

// unchanged reports whether an outgoing message is byte for byte the one that was cleared.
func unchanged(m dialog.Message, b *bound, channel, address string) bool {
	if m.SHA256 != b.SHA256 || m.From != b.From {
		return false
	}
	out := channels.Outbound{Channel: channel, To: address, Text: m.Text, Choices: m.Choices}
	if m.Spoken != nil {
		out.Spoken = *m.Spoken
	}
	_, err := guard.Reopen(out, b.SHA256)
	return err == nil
}

// boundMessages are the messages that should be there: the last word of the ledger on each.
func boundMessages(c Conn, id string) (map[int64]*bound, []int64, error) {
	rows, err := c.Query(ledgerColumns+`WHERE conversation = ? AND type IN ('`+store.EventMessageStored+`', '`+store.EventMessageQueued+`', '`+store.EventMessageRedacted+`') AND body <> '' ORDER BY n`, id)
	entries, err := collect(rows, err, scanEntry)
	if err != nil {
		return nil, nil, err
	}
	all := map[int64]*bound{}
	var order []int64
	for _, e := range entries {
		b := bound{out: e.Type == store.EventMessageQueued}
		if decode(string(e.Body), &b) != nil {
			continue // the chain has named it
		}
		if all[b.Seq] == nil {
			order = append(order, b.Seq)
		}
		all[b.Seq] = &b
	}
	return all, order, nil
}

func whereabouts(c Conn, id string) (channel, address string, err error) {
	err = c.Row(`SELECT channel, address FROM conversations WHERE id = ?`, id).Scan(&channel, &address)
	if none(err) {
		return "", "", nil
	}
	return channel, address, err
}

// Note implements [store.Records].
func (s *Store) Note(ctx context.Context, conversation string, e dialog.Event) error {
	prepared, err := entries([]dialog.Event{e})
	if err != nil {
		return err
	}
	_, err = write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		var id string
		if err := tx.Row(`SELECT id FROM conversations WHERE id = ?`, conversation).Scan(&id); err != nil {
			return struct{}{}, found(err)
		}
		tx.record(conversation, prepared)
		return struct{}{}, nil
	})
	return err
}

// Stale implements [store.Records].
func (s *Store) Stale(ctx context.Context, before time.Time, cursor string, limit int) ([]string, error) {
	return read(ctx, s.b, func(c Conn) ([]string, error) {
		rows, err := c.Query(`SELECT id FROM conversations WHERE id > ? AND last_inbound < ? AND last_outbound < ? AND created_at < ? ORDER BY id LIMIT ?`,
			cursor, nanos(before), nanos(before), nanos(before), page(limit))
		return collect(rows, err, scanString)
	})
}
