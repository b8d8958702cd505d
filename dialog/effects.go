package dialog

import (
	"encoding/json"
	"time"

	"parley/channels"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/compliance/inbound"
)

// Input is one thing a turn answers to.
type Input struct {
	// ID is the row of the inbox or timer; Seq the message's place in the record (0 for none).
	ID   int64     `json:"id"`
	Seq  int64     `json:"seq"`
	Kind InputKind `json:"kind"`
	Text string    `json:"text,omitempty"` // redacted
	// Choice is the id of an offer the person pressed.
	Choice string           `json:"choice,omitempty"`
	Media  []channels.Media `json:"media,omitempty"`
	At     time.Time        `json:"at"`
	// Keyword is what the keyword layer heard at the door, "" for nothing.
	Keyword inbound.Label `json:"keyword,omitempty"`
	// ProviderHandled: the provider itself answered the keyword.
	ProviderHandled bool `json:"provider_handled,omitempty"`
	// Redacted are the kinds of numbers taken out at the door.
	Redacted []string `json:"redacted,omitempty"`
	// Call is set for everything that comes from a telephone call.
	Call *channels.Call `json:"call,omitempty"`
	// Timer and Body belong to timers, failures and receipts.
	Timer string          `json:"timer,omitempty"`
	Body  json.RawMessage `json:"body,omitempty"`
	// Door holds the steps traced before the acknowledgement; the store puts them
	// before the turn's own.
	Door []StepTrace `json:"door,omitempty"`
}

// InputKind is what an input is.
type InputKind string

// The kinds.
const (
	InputMessage InputKind = "message"
	InputTimer   InputKind = "timer"
	InputFailure InputKind = "failure" // a message of ours could not be delivered
	// InputCall is something that happened on a call and has no words.
	InputCall InputKind = "call"
	// InputReceipt is what became of words said on a call: they were cut, or a mandatory
	// line was heard to its end. Body is a [Heard].
	InputReceipt InputKind = "receipt"
)

// Snapshot is everything a turn may know, read at one moment.
type Snapshot struct {
	Conversation Conversation
	// Accounts are the candidates', or the identified person's.
	Accounts []Account
	Address  AddressFacts
	// Recent are the last messages of the conversation, oldest first, at most RecentLimit.
	Recent []Message
	// Contacts are this person's counters for the contact gate.
	Contacts Contacts
	// Approvals are the conversation's open requests for approval, oldest first.
	Approvals []Approval
}

// RecentLimit bounds Snapshot.Recent.
const RecentLimit = 24

// Contacts counts contacts made with the conversation's person.
type Contacts struct {
	Calls7, Texts7, All7, ProactiveToday int
	LastConversation                     time.Time
	Initial                              time.Time // first communication about any candidate account
	// CallDays, TextDays and AllDays are the sums above by the person's calendar day,
	// today first; all zero where the person's time zone is not known.
	CallDays, TextDays, AllDays gate.Tally
	LastCall                    time.Time // the latest counted call
}

// Outgoing is a message to be sent. It can't be made without the guard.
type Outgoing struct {
	Cleared guard.Cleared
	From    string // bot, agent, system
	Purpose string // as in guard.Facts and gate.Contact
	// NotBefore delays it; zero: now.
	NotBefore time.Time
	// AnyEpoch: goes out whatever the control is by then (notices of a hand-off, opt-out confirmations).
	AnyEpoch bool
	// Planned is the draft before the guard, where that was another text; for the record alone.
	Planned string
	// Turn is the turn it belongs to, for what is said before the turn has ended; else the
	// trace of the effects says so.
	Turn string
}

// Timer wakes a conversation.
type Timer struct {
	// Name is unique in the conversation: setting it again replaces it.
	Name string          `json:"name"`
	Kind string          `json:"kind"`
	Due  time.Time       `json:"due"`
	Body json.RawMessage `json:"body,omitempty"`
}

// Effects is all a turn, or an agent's action, changes. The store writes it in
// one transaction or not at all.
type Effects struct {
	// Conversation is the new state; Version is that of the snapshot it was made from.
	Conversation Conversation
	// Accounts are the changed ones, each with the Version it was read at.
	Accounts []Account
	// Address replaces the facts of the conversation's address, when not nil.
	Address  *AddressFacts
	Outgoing []Outgoing
	// CancelAddress and CancelAccounts cancel everything queued to that address, or
	// in any conversation about those accounts, before Outgoing is queued.
	CancelAddress  string
	CancelAccounts []string
	CancelReason   string
	// CancelOwn cancels what this conversation itself still has to send, before Outgoing is queued, and
	// closes what it is not known to have sent: nothing of it is told as a failure.
	CancelOwn    bool
	SetTimers    []Timer
	CancelTimers []string
	// Handoff is written when not nil.
	Handoff *Handoff
	// Approvals are created or replaced by id.
	Approvals []Approval
	// Drafts are texts the bot wrote and cleared for a human to send: see [ModeDraftOnly].
	Drafts []Draft
	// Discarded are texts the bot wrote too late: something changed meanwhile, and they were not sent.
	Discarded []Draft
	Events    []Event
	Trace     *TurnTrace
}
