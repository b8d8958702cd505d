// Package dialog is the conversation: its state, the steps of a turn, who has
// control, and the ports a turn needs. A turn is a function from what is known
// and one input to [Effects]; whoever calls it persists those in one transaction.
package dialog

import (
	"time"

	"github.com/golang-sql/civil"

	"parley/channels"
	"parley/negotiation"
)

// Control says who speaks in a conversation.
type Control string

// The states of control.
const (
	ControlBot     Control = "bot"
	ControlQueued  Control = "queued"  // waits for a human; the bot is silent but for one notice
	ControlOffered Control = "offered" // reserved for one agent for a while
	ControlHuman   Control = "human"
	// ControlTransferring: its holder still has it and speaks; another agent is asked to take it.
	ControlTransferring Control = "transferring"
	ControlWrapping     Control = "wrapping" // the agent is writing up
	ControlClosed       Control = "closed"
)

// Mode is how freely the bot may speak where it has control.
type Mode string

// The modes.
const (
	ModeAuto      Mode = "auto"
	ModeDraftOnly Mode = "draft_only" // it writes, a human sends
	ModeOff       Mode = "off"
)

// Conversation is one person on one address of one channel. It survives days.
type Conversation struct {
	ID      string `json:"id"`
	Channel string `json:"channel"`
	// Address is the person's: E.164, or the web chat handle. Ours is where they wrote to.
	Address string `json:"address"`
	Ours    string `json:"ours,omitempty"`
	// Candidates are the accounts the address belongs to before anyone is
	// identified; Account is the one this conversation is about, once it is.
	Candidates []string `json:"candidates,omitempty"`
	Account    string   `json:"account,omitempty"`

	Control Control `json:"control"`
	// Epoch rises by one on every change of Control. Whatever was written under
	// an older epoch is not sent.
	Epoch int64 `json:"epoch"`
	Mode  Mode  `json:"mode"`
	// Version rises by one on every write; a write based on an older one is refused.
	Version int64 `json:"version"`

	Language   string            `json:"language"`
	Identity   Identity          `json:"identity"`
	Disclosed  Disclosed         `json:"disclosed"`
	Confidence float64           `json:"confidence"`
	Table      []Offer           `json:"table,omitempty"`   // offers the person may accept now
	Offered    []Offer           `json:"offered,omitempty"` // every offer made, oldest first
	Asked      []negotiation.Ask `json:"asked,omitempty"`
	// Round counts the turns in which the person answered an offer with another wish.
	Round     int        `json:"round,omitempty"`
	Agreement *Agreement `json:"agreement,omitempty"`
	Promise   *Promise   `json:"promise,omitempty"`
	Handoff   *Handoff   `json:"handoff,omitempty"`
	// Call is the telephone call that is going on, or the last one, on channel voice.
	Call *CallState `json:"call,omitempty"`
	// Pending is what Parley has asked and waits for: "identity", "accept", "surplus", ...
	Pending string `json:"pending,omitempty"`
	// Notice is what the person is to be told once it is known that it is them: "reminder" or "missed".
	Notice string `json:"notice,omitempty"`
	// Unclear counts messages in a row that were not understood.
	Unclear int `json:"unclear,omitempty"`
	// Declined is the highest settlement, in cents, that a human refused to approve: it
	// and any for less are not offered again.
	Declined int64 `json:"declined,omitempty"`
	// Refused counts drafts of the model that a rule stood against.
	Refused int `json:"refused,omitempty"`
	// Surplus, Payday and Hardship are what the person has said of their means.
	Surplus  *negotiation.Money `json:"surplus,omitempty"`
	Payday   string             `json:"payday,omitempty"`
	Hardship bool               `json:"hardship,omitempty"`
	// Theirs are figures and dates the person named, which may be echoed as theirs.
	Theirs     []int64      `json:"theirs,omitempty"`
	TheirDates []civil.Date `json:"their_dates,omitempty"`

	// WaitingSince is when the person wrote the first message that nobody has answered yet; zero: none.
	// An answer is a human's, or the bot's where it has control. A notice of a hand-off is none.
	WaitingSince time.Time `json:"waiting_since,omitzero"`
	// Draft is what the bot would say to the person's last message, for a human to send.
	Draft *Draft `json:"draft,omitempty"`
	// Stretches are the times a human had the conversation and gave it back, oldest first.
	Stretches []Stretch `json:"stretches,omitempty"`

	CreatedAt    time.Time `json:"created_at"`
	LastInbound  time.Time `json:"last_inbound,omitzero"`
	LastOutbound time.Time `json:"last_outbound,omitzero"`
	RepliesSince int       `json:"replies_since,omitempty"` // messages out since LastInbound
	SessionStart time.Time `json:"session_start,omitzero"`
}

// Identity is whether we know who is speaking.
type Identity struct {
	Verified   bool      `json:"verified"`
	VerifiedAt time.Time `json:"verified_at,omitzero"`
	// LastSeen is when the identified person last wrote; the session expires after a silence.
	LastSeen time.Time `json:"last_seen,omitzero"`
	// Attempts are failed tries since the last success; the third goes to a human.
	Attempts int `json:"attempts,omitempty"`
	// Held are keyed hashes of factors given so far, by name, until they suffice.
	Held map[string]string `json:"held,omitempty"`
}

// Disclosed is what the person has been told, as far as it is known to be sent.
type Disclosed struct {
	// Initial is when the initial disclosure went out; zero: not yet.
	Initial time.Time `json:"initial,omitzero"`
	// AI is when this session's AI disclosure went out.
	AI time.Time `json:"ai,omitzero"`
	// Session is when this session's first message went out.
	Session time.Time `json:"session,omitzero"`
}

// Offer is a move that was put to the person, under the id minted for its turn.
type Offer struct {
	ID     string               `json:"id"`
	Turn   string               `json:"turn"`
	Kind   negotiation.MoveKind `json:"kind"`
	Terms  negotiation.Terms    `json:"terms"`
	Label  string               `json:"label"`
	MadeAt time.Time            `json:"made_at"`
	// Message is the one that put it to the person last, where words are spoken.
	Message string `json:"message,omitempty"`
}

// Message is one thing said, in either direction.
type Message struct {
	Conversation string `json:"-"`
	// Seq is its place in the record, from 1; a queued message has one already.
	Seq int64 `json:"seq"`
	// Feed is its place among what the person has seen, 0 until it is sent.
	Feed      int64             `json:"feed,omitempty"`
	ID        string            `json:"id"`
	Direction string            `json:"direction"` // in, out
	From      string            `json:"from"`      // person, bot, agent, system
	Name      string            `json:"name,omitempty"`
	Text      string            `json:"text"`
	Choice    string            `json:"choice,omitempty"`
	Choices   []channels.Choice `json:"choices,omitempty"`
	Media     []channels.Media  `json:"media,omitempty"`
	At        time.Time         `json:"at"`
	// ProviderID is the provider's id; of a message in parts, the first one's.
	ProviderID string          `json:"provider_id,omitempty"`
	Status     channels.Status `json:"status"` // "received" for incoming
	Reason     string          `json:"reason,omitempty"`
	SHA256     string          `json:"cleared_sha256,omitempty"`
	Turn       string          `json:"turn,omitempty"`
	Purpose    string          `json:"purpose,omitempty"`
	// Call is set for what came from a call; what happened there may have no text.
	Call *channels.Call `json:"call,omitempty"`
	// Spoken is how an outgoing message is said, on a call. Heard is then what is known to have
	// been heard of Text, and Planned the draft before the guard, where that was another text.
	Spoken  *channels.Spoken `json:"spoken,omitempty"`
	Heard   string           `json:"heard,omitempty"`
	Planned string           `json:"planned,omitempty"`
}

// StatusReceived is the status of every incoming message.
const StatusReceived channels.Status = "received"
