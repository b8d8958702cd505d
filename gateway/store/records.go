package store

import (
	"context"
	"time"

	"parley/dialog"
)

// Audit is what a check of the whole record found.
type Audit struct {
	// Entries is how many ledger entries there are, Messages how many messages; Purged
	// counts the entries whose bodies were dropped.
	Entries, Messages, Purged int64
	// Head is the hash of the last entry. Noted down elsewhere, it shows later that
	// nothing before it was written anew.
	Head string
	// Faults are in the order they were found; none: the record is as it was written.
	Faults []Fault
}

// Whole reports whether nothing was found.
func (a Audit) Whole() bool { return len(a.Faults) == 0 }

// Fault is one thing that is not as it was written.
type Fault struct {
	// Entry is the ledger entry's place; 0 where a message is meant.
	Entry        int64  `json:"entry,omitempty"`
	Conversation string `json:"conversation,omitempty"`
	// Message and Seq are its id and place.
	Message string `json:"message,omitempty"`
	Seq     int64  `json:"seq,omitempty"`
	What    string `json:"what"`
}

// MaxFaults bounds Audit.Faults; after that many, looking further tells nothing.
const MaxFaults = 100

// Retained is what bears on whether a conversation's record must be kept.
type Retained struct {
	Conversation dialog.Conversation
	// Accounts are those it is, or may be, about.
	Accounts []dialog.Account
	// LastActivity is the last collection activity on any of these debts, in this conversation or another.
	LastActivity time.Time
	// Waiting counts inputs, timers and messages that are not done.
	Waiting int
	// Approvals counts requests that may still lead to something.
	Approvals int
	// Handoff reports that one is open.
	Handoff bool
}

// Purged is what came of a purge: why the record is kept, or what was deleted.
type Purged struct {
	Holds []Hold
	// Messages, Traces and Bodies (of ledger entries) are how many were deleted.
	Messages, Traces, Bodies int64
	LastActivity             time.Time
}

// PurgeRequest says how to purge.
type PurgeRequest struct {
	// Who asks: "service", or "human:NAME".
	Who string
	// DryRun: say what would come of it, change nothing.
	DryRun bool
	// Demanded: the person has demanded it. The demand is recorded, with its
	// outcome; it does not shorten what must be kept.
	Demanded bool
	// Holds decides; it must be pure and quick. See [Holds].
	Holds func(Retained) []Hold
}

// Records proves what is kept, and lets go of what need not be.
type Records interface {
	// Audit walks the whole chain, as Verify, and then compares every message that is kept, and
	// every one that should be, with what the chain says of it. It reads one consistent state.
	Audit(ctx context.Context) (Audit, error)
	// Note appends an event to the ledger of a conversation and changes nothing else.
	// ErrNotFound: there is no such conversation.
	Note(ctx context.Context, conversation string, e dialog.Event) error
	// Stale lists conversations in which nothing was said or sent since before, by id after
	// cursor; "" starts.
	Stale(ctx context.Context, before time.Time, cursor string, limit int) ([]string, error)
	// Purge asks r.Holds under the conversation's lock and, where it names none, deletes the conversation
	// with its messages, traces, drafts, hand-offs, approvals and contacts, and drops the bodies of its ledger
	// entries (but those KeptAfterPurge), in one transaction which also records it as EventPurged. The
	// chain still verifies. Accounts and what is known of addresses, opt-outs above all, stay.
	Purge(ctx context.Context, conversation string, now time.Time, r PurgeRequest) (Purged, error)
}
