// Package store is the record: one port, with one conformance suite
// (storetest), and adapters for SQLite and PostgreSQL.
//
// The database is the truth. Work is rows: inbox, timers, outbox. A worker takes
// a conversation by lease; each claim has a new fencing token, and a commit with
// an old one writes nothing. Every method is safe for use by many goroutines and
// processes, returns by its context's deadline, and either does all it says or nothing.
// Where the deadline strikes while a write is under way, its outcome is not known to
// the caller; Accept may simply be called again.
//
// The record keeps some facts of a conversation itself, from what it sees pass:
// Channel, Address, Ours, CreatedAt, LastInbound, LastOutbound and RepliesSince. What
// effects say of those is not written. A message that arrives does not change Version.
//
// Beside the events it is given, the record writes its own into the ledger, as "service":
// message.queued, .delayed, .sent, .uncertain, .failed, .cancelled, .delivered, .read, .cut (with
// message, seq, and what belongs to each), address.opted_out, draft.discarded, account.written,
// and those that bind what is kept to the chain: see [EventMessageStored].
// Events of callers need not, and should not, hold what people have written: the
// ledger can't be redacted later.
package store

import (
	"context"
	"errors"
	"time"

	"parley/channels"
	"parley/compliance/gate"
	"parley/dialog"
)

// Errors a caller acts on.
var (
	// ErrNotFound: no such row.
	ErrNotFound = errors.New("store: not found")
	// ErrFenced: the lease was lost; another worker has, or had, the conversation.
	ErrFenced = errors.New("store: lease lost")
	// ErrStale: the conversation or an account changed since it was read. Read again and redo.
	ErrStale = errors.New("store: changed since it was read")
)

// Arrival is an inbound message at the door, redacted, with what must be in the
// same transaction.
type Arrival struct {
	In channels.Inbound
	// New is the conversation to open when the address has none that is open on
	// this channel. Its ID is used as it is. The store fills Candidates from the
	// accounts that list the address.
	New dialog.Conversation
	// MessageID is our id for the message.
	MessageID string
	// Input goes to the inbox; the store fills ID and Seq.
	Input dialog.Input
	// OptOut suppresses the address for the channel at once and cancels what is
	// queued to it, in every conversation.
	OptOut bool
	// Earlier rewrites earlier messages of the conversation, by Seq: a number was split over them.
	Earlier map[int64]string
	Events  []dialog.Event
}

// Inbox takes in messages.
type Inbox interface {
	// Accept stores the message, its work and its effects once, durably, before it
	// returns. The same (Channel, ProviderID) again changes nothing and answers
	// Duplicate with the first one's place. Concurrent calls may share one commit.
	Accept(ctx context.Context, a Arrival) (channels.Accepted, error)
	// RecentInbound returns the last n texts the person wrote on this channel and
	// address, newest first, with their Seq: what a split number is looked for in.
	RecentInbound(ctx context.Context, channel, address string, n int) ([]dialog.Message, error)
}

// Claim is a conversation held by a worker.
type Claim struct {
	Conversation string
	Token        int64
	Until        time.Time
	// Input is the oldest waiting one. One claim is for one input. A timer's Input has its
	// Kind in Timer (its Name where it has no Kind) and its due time in At. A failure's Input has
	// the Seq of the message it is about, and in Body its "message", "status", "reason", "purpose" and "turn".
	Input dialog.Input
	// Attempts counts how often this input was given back, or its lease ran out, before.
	Attempts int
	// Snapshot was read after the claim was made.
	Snapshot dialog.Snapshot
}

// Work hands out conversations that have something to do.
type Work interface {
	// Claim takes the conversation whose oldest due input (message, timer or failure)
	// has waited longest and that no live lease holds. It returns nil when there is none.
	Claim(ctx context.Context, owner string, now time.Time, ttl time.Duration) (*Claim, error)
	// Extend moves the lease's end; ErrFenced when it is lost.
	Extend(ctx context.Context, c *Claim, until time.Time) error
	// Commit writes the effects, marks the input done and ends the lease, in one
	// transaction. ErrFenced: the token is old. ErrStale: the conversation or an
	// account moved on (an agent acted meanwhile); the lease is kept, call Reload. Anything else is a fault of the
	// effects (a message that is not cleared, an epoch that falls) or of the database; the lease is kept too.
	Commit(ctx context.Context, c *Claim, e dialog.Effects, now time.Time) error
	// Say queues one message of the turn while the turn goes on: at once, under the claim's token and the
	// conversation's epoch as the claim read it. It ends no lease and changes no version; Commit must not be given
	// the message again. Turn in o names the turn. The same message again changes nothing. ErrFenced: the token is
	// old. ErrStale: the conversation moved on; nothing more may be said for this claim. A message that is not cleared is
	// an error that changes nothing.
	Say(ctx context.Context, c *Claim, o dialog.Outgoing, now time.Time) error
	// Reload reads the snapshot of a claim again. ErrFenced: the lease was lost, or the input was
	// taken back meanwhile (a timer that was cancelled) and there is nothing left to do.
	Reload(ctx context.Context, c *Claim) error
	// Release gives the conversation back with its input still waiting, not before due.
	// Attempts counts how often that happened to this input, this time included.
	Release(ctx context.Context, c *Claim, due time.Time) (attempts int, err error)
	// NextWork is when the earliest waiting input, timer or queued message falls due; zero when none waits.
	NextWork(ctx context.Context) (time.Time, error)
}

// Delivery is an outgoing message that is now "sending": committed as such
// before it was returned.
type Delivery struct {
	Out     channels.Outbound
	SHA256  string // as cleared
	Epoch   int64
	Purpose string
	From    string
	Attempt int       // from 1
	Token   int64     // fences Settle
	Since   time.Time // when it was first marked sending
	Turn    string
}

// GateResult is the contact gate's word at dequeue.
type GateResult struct {
	Verdict gate.Verdict
	Trace   dialog.StepTrace
}

// Outbox sends.
type Outbox interface {
	// Dequeue takes the next queued message that is due, oldest first, in the exact
	// order of its conversation: never while an earlier one of the same conversation is queued,
	// sending or uncertain. Inside the transaction it cancels those written under another
	// epoch (unless AnyEpoch), then asks decide with a fresh snapshot: allow marks it sending and logs the
	// contact, delay moves it to Until, block cancels it, escalate cancels it and puts a
	// failure into the inbox. decide must be pure and quick. nil: nothing to send now.
	Dequeue(ctx context.Context, owner string, now time.Time, lease time.Duration,
		decide func(dialog.Snapshot, dialog.Message) GateResult) (*Delivery, error)
	// Settle records how a send ended: sent (gives the message its place in the feed), failed
	// (puts a failure into the inbox), queued again not before next, or uncertain. ErrFenced: the
	// delivery was taken away meanwhile (its lease ran out).
	Settle(ctx context.Context, d *Delivery, s Settlement, now time.Time) error
	// Expire makes deliveries whose lease has run out uncertain, and returns how many.
	Expire(ctx context.Context, now time.Time) (int, error)
	// Uncertain takes one uncertain delivery for resolution, not before its NextTry; nil when none.
	// Settle ends it.
	Uncertain(ctx context.Context, owner string, now time.Time, lease time.Duration) (*Delivery, error)
	// Confirm records a receipt; statuses only move forward (channels.Status.Rank). A receipt for an
	// uncertain or sending message proves that it went out. What was heard is kept with the message. Words that were cut
	// on a call (dialog.CutReason) are undelivered but no failure: a receipt goes into the inbox (dialog.InputReceipt), as does one
	// for a message that had to be heard whole and was. It reports the message's conversation, "" when unknown.
	Confirm(ctx context.Context, r channels.Receipt) (conversation string, err error)
}

// Settlement is how a send ended.
type Settlement struct {
	Status channels.Status // sent, failed, queued, uncertain
	Parts  []channels.Part // all parts known to be out
	Reason string
	Next   time.Time // queued: not before; uncertain: next look
	// OptedOut: the provider has the address on its stop list; suppress it and cancel what is queued.
	OptedOut bool
	Trace    *dialog.StepTrace
}

// Update is an action on a conversation from outside a turn: an agent's, an
// operator's, a payment's.
type Update interface {
	// Update reads a snapshot, calls act, and writes what it returns, all under the
	// conversation's lock. act must be pure and quick, and may be called again. An error of act is returned as it is
	// and nothing is written. ErrNotFound when the conversation doesn't exist and create is nil; else it is created,
	// with the id given. Where create's address has an open conversation on its channel already, act gets that one,
	// as the ID in its snapshot shows.
	Update(ctx context.Context, conversation string, create *dialog.Conversation, now time.Time,
		act func(dialog.Snapshot) (dialog.Effects, error)) error
}

// Accounts keeps accounts.
type Accounts interface {
	// PutAccount creates or replaces an account's own facts; flags already set, agreements, promises and payments stay. Flags set in a are added.
	PutAccount(ctx context.Context, a dialog.Account, now time.Time) (created bool, err error)
	// UpdateAccount reads an account, calls act, and writes the account it returns with its events, which belong to
	// no conversation, all in one transaction. act must be pure and quick, and may be called again. An error of act
	// is returned as it is and nothing is written. ErrNotFound: there is no such account.
	UpdateAccount(ctx context.Context, id string, now time.Time, act func(dialog.Account) (dialog.Account, []dialog.Event, error)) error
	Account(ctx context.Context, id string) (dialog.Account, error)
	AccountsByAddress(ctx context.Context, value string) ([]dialog.Account, error)
	// AccountsByFactor finds accounts whose lookup key (a keyed hash) matches: see dialog.LookupKey.
	AccountsByFactor(ctx context.Context, key string) ([]dialog.Account, error)
	AddressFacts(ctx context.Context, value string) (dialog.AddressFacts, error)
}

// Reader serves pages and APIs. It never waits for the writer.
type Reader interface {
	Snapshot(ctx context.Context, conversation string) (dialog.Snapshot, error)
	// Messages returns up to limit messages with Seq > after, oldest first.
	Messages(ctx context.Context, conversation string, after int64, limit int) ([]dialog.Message, error)
	// Feed returns up to limit messages the person has seen or written with Feed > after, in order of Feed.
	Feed(ctx context.Context, conversation string, after int64, limit int) ([]dialog.Message, error)
	// Conversations lists newest activity first; cursor "" starts, and the returned one goes on ("" at the end).
	Conversations(ctx context.Context, f Filter, cursor string, limit int) ([]dialog.Conversation, string, error)
	// OpenConversation is the id of the conversation of an address that is not closed, "" when there is none.
	OpenConversation(ctx context.Context, channel, address string) (string, error)
	// LastEvent is when the newest entry of the ledger was written; zero: there is none.
	LastEvent(ctx context.Context) (time.Time, error)
	// ProviderID reports whether the id is that of a part of some outgoing message.
	ProviderID(ctx context.Context, channel, id string) (known bool, err error)
	// Handoffs lists open ones, highest priority first, then longest waiting.
	Handoffs(ctx context.Context, cursor string, limit int) ([]dialog.Handoff, string, error)
	Handoff(ctx context.Context, id string) (dialog.Handoff, error)
	Traces(ctx context.Context, conversation string) ([]dialog.TurnTrace, error)
	Ledger(ctx context.Context, conversation string, after int64, limit int) ([]dialog.LedgerEntry, error)
	// Verify walks the whole chain and returns the number of entries and the first broken one (0: none).
	Verify(ctx context.Context) (entries, broken int64, err error)
	Stats(ctx context.Context) (Stats, error)
}

// Filter narrows a list of conversations; empty fields don't.
type Filter struct {
	Account string
	Control dialog.Control
	Channel string
}

// Stats are gauges for metrics and reports.
type Stats struct {
	Inbox, Outbox, Uncertain, Handoffs int
	Conversations                      map[dialog.Control]int
	OldestInput                        time.Time
}

// Store is the whole record.
type Store interface {
	Inbox
	Work
	Outbox
	Update
	Accounts
	Reader
	Approvals
	Autonomy
	Staff
	Desk
	Records
	// Ping reports whether the record can be written.
	Ping(ctx context.Context) error
	Close() error
}
