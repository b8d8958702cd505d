package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"parley/dialog"
	"parley/gateway/store"
)

// verifyBatch bounds the memory of a walk through the chain.
const verifyBatch = 1000

// walk goes through the chain and stops at the first entry that isn't as it was written.
type walk struct {
	entries, broken, purged int64
	head                    string
	conversation, what      string
}

// Verify implements [store.Reader]. An entry is broken when a field of it was
// changed, when it doesn't follow the one before, when it is missing (at the end
// of the chain too), or when its body is gone and no later entry says why.
func (s *Store) Verify(ctx context.Context) (entries, broken int64, err error) {
	w, err := read(ctx, s.b, walkChain)
	return w.entries, w.broken, err
}

func walkChain(c Conn) (walk, error) {
	var w walk
	var end int64
	var endHash string
	if err := c.Row(`SELECT n, hash FROM ledger_head WHERE id = 1`).Scan(&end, &endHash); err != nil {
		return w, err
	}
	for {
		rows, err := c.Query(ledgerColumns+`WHERE n > ? ORDER BY n LIMIT ?`, w.entries, verifyBatch)
		batch, err := collect(rows, err, scanEntry)
		if err != nil {
			return w, err
		}
		for _, e := range batch {
			if w.what, err = w.fault(c, e); err != nil || w.what != "" {
				w.broken, w.conversation = w.entries+1, e.Conversation
				return w, err
			}
			w.entries, w.head = e.N, e.Hash
		}
		if len(batch) == 0 {
			break
		}
	}
	if w.entries != end || w.head != endHash {
		w.broken, w.what = w.entries+1, "entries are missing at the end of the ledger"
	}
	return w, nil
}

// fault is what is wrong with the next entry of the chain, "" for nothing.
func (w *walk) fault(c Conn, e dialog.LedgerEntry) (string, error) {
	switch {
	case e.N != w.entries+1:
		return fmt.Sprintf("entry %d is missing", w.entries+1), nil
	case e.Prev != w.head:
		return "it does not follow the entry before it", nil
	case !store.Sound(e):
		return "it was changed after it was written", nil
	case !store.Dropped(e):
		return "", nil
	}
	w.purged++
	covered, err := dropIsCovered(c, e)
	if err == nil && !covered {
		return "its body is gone, and no purge or redaction is recorded", nil
	}
	return "", err
}

// dropIsCovered reports whether a later entry of the conversation says that the
// body of e was dropped, and may say so of an entry of its kind.
func dropIsCovered(c Conn, e dialog.LedgerEntry) (bool, error) {
	const later = `WHERE conversation = ? AND n > ? AND type = ? ORDER BY n DESC`
	rows, err := c.Query(ledgerColumns+later+` LIMIT 1`, e.Conversation, e.N, store.EventPurged)
	purges, err := collect(rows, err, scanEntry)
	if err != nil {
		return false, err
	}
	for _, l := range purges {
		var says purgeNote
		if decode(string(l.Body), &says) == nil && e.N <= says.Through && !store.KeptAfterPurge(e.Type) {
			return true, nil
		}
	}
	if e.Type != store.EventMessageStored && e.Type != store.EventMessageRedacted {
		return false, nil
	}
	rows, err = c.Query(ledgerColumns+later, e.Conversation, e.N, store.EventMessageRedacted)
	seals, err := collect(rows, err, scanEntry)
	return slices.ContainsFunc(seals, func(l dialog.LedgerEntry) bool {
		var says seal
		return decode(string(l.Body), &says) == nil && slices.Contains(says.Entries, e.N)
	}), err
}
