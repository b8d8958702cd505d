package dialog

import (
	"slices"
	"time"
)

// Handoff is a conversation waiting for, or held by, a human.
type Handoff struct {
	ID           string   `json:"id"`
	Conversation string   `json:"conversation"`
	Reasons      []Reason `json:"reasons"`
	// Priority: 0 routine, 1 raised, 2 urgent, 3 distress.
	Priority int `json:"priority"`
	// Lane is "distress" where a person may be in danger: at once, and before everything else.
	Lane string `json:"lane,omitempty"`
	// Skills are what the agent should have: language:es, portfolio:NAME, complaint, legal, hardship, distress.
	Skills []string  `json:"skills,omitempty"`
	Since  time.Time `json:"since"` // the original wait, kept when requeued
	// Waiting is since when the person has waited for an answer, as it stood at the last change.
	Waiting time.Time `json:"waiting,omitzero"`
	// Deadline is by when a human should have answered first: as soon as both the desk's hours and
	// those in which the person may be contacted allow it, and a while. Zero: no hour is known to be allowed.
	Deadline time.Time `json:"deadline,omitzero"`
	// Told is the time from which a human will answer, as the person was told; zero: none was named.
	Told time.Time `json:"told,omitzero"`
	// Holder is the agent who has it, "" while it waits.
	Holder    string    `json:"holder"`
	ClaimedAt time.Time `json:"claimed_at,omitzero"`
	// Reserved is the offer that stands, where control is offered or transferring.
	Reserved *Reservation `json:"reserved,omitempty"`
	// Declined are the offers that came to nothing, oldest first.
	Declined []Declined `json:"declined,omitempty"`
	// Comments go with it from one to the next; the person never sees them.
	Comments []Comment `json:"comments,omitempty"`
	// RepliedAt is the holder's last message since they took it; zero: none yet.
	RepliedAt time.Time `json:"replied_at,omitzero"`
	WrappedAt time.Time `json:"wrapped_at,omitzero"`
	// Notices are for the supervisor: what went wrong on the way.
	Notices     []Notice  `json:"notices,omitempty"`
	ResolvedAt  time.Time `json:"resolved_at,omitzero"`
	Disposition string    `json:"disposition,omitempty"`
	Note        string    `json:"note,omitempty"`
	// Brief is what was promised, where the bot went on.
	Brief string `json:"brief,omitempty"`
	// Account is the account it is about, where known; Portfolio is that one's.
	Account   string `json:"account,omitempty"`
	Portfolio string `json:"portfolio,omitempty"`
}

// LaneDistress is the lane of a person who may be in danger.
const LaneDistress = "distress"

// Open reports whether the hand-off still waits or is held.
func (h *Handoff) Open() bool { return h != nil && h.ResolvedAt.IsZero() }

// Has reports whether one of the reasons has this code.
func (h *Handoff) Has(code string) bool {
	return h != nil && slices.ContainsFunc(h.Reasons, func(r Reason) bool { return r.Code == code })
}

// Reservation is an offer to one agent, good for a while.
type Reservation struct {
	To string `json:"to"`
	// By is who offers: an agent's name, or "router".
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Until   time.Time `json:"until"`
	Comment string    `json:"comment,omitempty"`
}

// Declined is an offer that was not taken.
type Declined struct {
	Agent string    `json:"agent"`
	Why   string    `json:"why"` // "lapsed" where there was no answer
	At    time.Time `json:"at"`
}

// Comment is said from one agent to another.
type Comment struct {
	By   string    `json:"by"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Notice is something a supervisor should look at.
type Notice struct {
	// Code is stable: auto_wrap, silent_holder, slow_reply, holder_gone, waited_too_long, taken_away.
	Code  string    `json:"code"`
	Agent string    `json:"agent,omitempty"`
	At    time.Time `json:"at"`
}

// Reason is why, with the evidence.
type Reason struct {
	// Code is stable: request_human, low_confidence, identity_failed, delivery_failed, or a legal label.
	Code string `json:"code"`
	// Words are the person's words that caused it, redacted.
	Words string `json:"words,omitempty"`
	// Detail is for the agent, in plain words.
	Detail     string  `json:"detail,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
	// Features are what the confidence was made of.
	Features map[string]float64 `json:"features,omitempty"`
	// Steps are the steps of the turn that did not go as they should, with how they ended.
	Steps []string `json:"steps,omitempty"`
	// Offers are the ids of the offers made so far, newest last.
	Offers []string `json:"offers,omitempty"`
	// Turn is the turn that asked for the human; its trace has the rest.
	Turn string    `json:"turn,omitempty"`
	At   time.Time `json:"at,omitzero"`
}

// Stretch is one time a human had the conversation and gave it back to the bot.
type Stretch struct {
	Handoff     string    `json:"handoff"`
	Agent       string    `json:"agent"`
	From        time.Time `json:"from"`
	To          time.Time `json:"to"`
	Disposition string    `json:"disposition"`
	// Promised is what the agent says was promised.
	Promised string `json:"promised"`
	// Seq is the place of the last message known when it ended.
	Seq int64 `json:"seq,omitempty"`
}

// Draft is a text of the bot's that passed the guard and was not sent.
type Draft struct {
	// Text is what it says; what must be said besides is added when it is sent, for whoever sends it.
	Text string `json:"text"`
	// SHA256 is the hash of what the guard cleared, with what was added.
	SHA256 string `json:"sha256"`
	// Seq is the message it answers: with a newer one it is stale.
	Seq int64 `json:"seq"`
	// Why it was not sent: draft_only, human (one has the conversation), control_changed or overtaken.
	Why string `json:"why"`
}

// Why a draft that was written too late is discarded.
const (
	CauseControl   = "control_changed" // somebody else has control by then
	CauseOvertaken = "overtaken"       // something else changed; the turn is played again
)
