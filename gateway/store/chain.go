package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
	"slices"
	"time"

	"parley/dialog"
)

// Ledger entries that are about the ledger and the keeping of records themselves.
const (
	// EventMessageStored binds an incoming message to the chain: message, seq, salt and
	// sha256 as [MessageHash] makes it. (EventMessageQueued does so for an outgoing one, with the guard's hash.)
	EventMessageStored = "message.stored"
	EventMessageQueued = "message.queued"
	// EventMessageRedacted does it again for a message whose text was redacted later; entries are
	// those about the earlier text, whose bodies are dropped so that nothing can be guessed from a hash.
	EventMessageRedacted = "message.redacted"
	// EventPurged says that the conversation was purged: the bodies of its entries up to
	// through are dropped, but those that [KeptAfterPurge].
	EventPurged = "conversation.purged"
	// EventDeletionDemanded is a person's demand to delete, and what came of it.
	EventDeletionDemanded = "record.deletion_demanded"
	// EventRecordRead is someone's reading of a person's record.
	EventRecordRead = "record.read"
)

// KeptTypes are the entries whose bodies outlive the purge of their conversation:
// opt-outs and revocations (47 CFR 64.1200(d)(6); kept at least ten years, and
// never deleted by this program), flags, and what was done with the record
// itself. None of them holds what a person wrote.
var KeptTypes = []string{"address.opted_out", "address.suppressed", "flag.set", EventPurged, EventDeletionDemanded, EventRecordRead}

// KeptAfterPurge reports whether a type of entry is one of [KeptTypes].
func KeptAfterPurge(eventType string) bool { return slices.Contains(KeptTypes, eventType) }

// HashBody is the hash of an entry's body: SHA-256, in hex, of its bytes as they stand.
func HashBody(body json.RawMessage) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// HashEntry is the hash an entry must have: SHA-256, in hex, over the previous
// hash and every other field, each with its length before it. The time counts
// as nanoseconds since 1970, and the body by its own hash, so that a body can be
// dropped and the chain still be followed.
func HashEntry(e dialog.LedgerEntry) string {
	f := newFields()
	f.text(e.Prev)
	f.number(e.N)
	f.text(e.Conversation)
	f.text(e.Type)
	f.number(nanos(e.At))
	f.text(e.Who)
	f.text(e.Turn)
	f.text(e.BodySHA256)
	return f.sum()
}

// Dropped reports whether the entry had a body that is gone.
func Dropped(e dialog.LedgerEntry) bool {
	return len(e.Body) == 0 && e.BodySHA256 != HashBody(nil)
}

// Sound reports whether an entry, by itself, is as it was written, its body
// included where it still is there.
func Sound(e dialog.LedgerEntry) bool {
	return e.Hash == HashEntry(e) && (len(e.Body) == 0 || e.BodySHA256 == HashBody(e.Body))
}

// MessageHash binds an incoming message: SHA-256, in hex, over the salt, its id,
// time, provider's id, text, choice and media.
func MessageHash(salt string, m dialog.Message) string {
	f := newFields()
	f.text(salt)
	f.text(m.ID)
	f.number(nanos(m.At))
	f.text(m.ProviderID)
	f.text(m.Text)
	f.text(m.Choice)
	for _, x := range m.Media {
		f.text(x.URL)
		f.text(x.ContentType)
	}
	if m.Call != nil {
		f.text(m.Call.ID)
		f.text(string(m.Call.Event))
		f.text(m.Call.Detail)
	}
	return f.sum()
}

// fields hashes values so that no two lists of them share the bytes hashed.
type fields struct{ h hash.Hash }

func newFields() fields { return fields{sha256.New()} }

func (f fields) number(n int64) {
	var buf [8]byte
	binary.BigEndian.PutUint64(buf[:], uint64(n))
	f.h.Write(buf[:])
}

func (f fields) text(s string) {
	f.number(int64(len(s)))
	f.h.Write([]byte(s))
}

func (f fields) sum() string { return hex.EncodeToString(f.h.Sum(nil)) }

func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}
