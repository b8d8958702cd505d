package dialog

import (
	"slices"
	"time"

	"parley/channels"
)

// CallState is one telephone call of a conversation. Who they are is known for one
// call only; the conversation, one person on one number, survives it.
type CallState struct {
	// ID is the provider's id of the call; "" while a call of ours is not connected yet.
	ID string `json:"id"`
	// Outbound: we placed it.
	Outbound  bool      `json:"outbound,omitempty"`
	PlacedAt  time.Time `json:"placed_at,omitzero"`
	StartedAt time.Time `json:"started_at,omitzero"`
	EndedAt   time.Time `json:"ended_at,omitzero"`
	Stage     CallStage `json:"stage"`
	// Opened is when the opening (who speaks, that it is an assistant, that the call is
	// recorded and transcribed) was heard to its end; Disclosed the same of the debt disclosure.
	Opened    time.Time `json:"opened,omitzero"`
	Disclosed time.Time `json:"disclosed,omitzero"`
	// Answered is what picked up a call of ours: one of the Answered constants.
	Answered string `json:"answered,omitempty"`
	// Resumes counts lost connections; Silences those in a row, as last reported.
	Resumes  int `json:"resumes,omitempty"`
	Silences int `json:"silences,omitempty"`
	// Asked counts how often it was asked whether this is the person; Screened how often a machine asked who calls.
	Asked    int `json:"asked,omitempty"`
	Screened int `json:"screened,omitempty"`
	// Held is the place of what the person said last, while it waits for a disclosure to be heard.
	Held int64 `json:"held,omitempty"`
	// ReadBack is the offer whose terms were read back and wait for a yes; Reads counts how often.
	ReadBack string `json:"read_back,omitempty"`
	Reads    int    `json:"reads,omitempty"`
	// CopyDue is an offer that was agreed on the call and is still owed in writing.
	CopyDue string `json:"copy_due,omitempty"`
	// Bye: the goodbye was said, and the call ends once it is heard.
	Bye bool `json:"bye,omitempty"`
	// Outcome is how it ended, in the provider's word.
	Outcome string `json:"outcome,omitempty"`
}

// CallStage is how far a call has come.
type CallStage string

// The stages of a call, in order; a call may end at each.
const (
	CallDialling    CallStage = "dialling"
	CallOpening     CallStage = "opening"     // the opening is being said
	CallAsking      CallStage = "asking"      // is this the person?
	CallIdentifying CallStage = "identifying" // who are they: two factors
	CallDisclosing  CallStage = "disclosing"  // the debt disclosure is being said
	CallTalking     CallStage = "talking"
	CallTransfer    CallStage = "transferring" // to a human, by telephone
	CallOver        CallStage = "over"
)

// dialFor is how long a call of ours that nobody has told us of counts as being placed.
const dialFor = 2 * time.Minute

// longestCall is how long a call that nobody has told us the end of counts as going on.
const longestCall = 4 * time.Hour

// Live reports whether both ends are connected.
func (c *CallState) Live() bool {
	return c != nil && c.ID != "" && !c.StartedAt.IsZero() && c.EndedAt.IsZero()
}

// Heard is the body of an [InputReceipt], and of a failure on a call: which message it is about and what became of it.
type Heard struct {
	Message string          `json:"message"`
	Seq     int64           `json:"seq"`
	Status  channels.Status `json:"status"`
	Reason  string          `json:"reason,omitempty"`
	Purpose string          `json:"purpose,omitempty"`
	Turn    string          `json:"turn,omitempty"`
}

// CutReason reports a receipt's reason that says words were cut on a call. Such a
// message did not fail to be delivered: part of it may have been heard.
func CutReason(reason string) bool {
	return slices.Contains([]string{channels.InterruptedReason, channels.SpuriousReason, channels.CallEndedReason}, reason)
}

// Told is what the person is known to have been told by a message of ours: of
// words that were cut on a call only what was heard.
func (m Message) Told() string {
	if m.Direction == "out" && m.Spoken != nil && m.Status == channels.StatusUndelivered {
		return m.Heard
	}
	return m.Text
}

// Happened says in plain words what happened on a call where that came without words of
// the person's; "" for everything else.
func (m Message) Happened() string {
	switch {
	case m.Text != "":
		return ""
	case m.Spoken != nil && m.Spoken.Then == channels.ThenDial:
		return "The person is called"
	case m.Call == nil:
		return ""
	}
	detail := m.Call.Detail
	switch m.Call.Event {
	case channels.CallStarted:
		return "The call started"
	case channels.CallResumed:
		return "The line broke, and is back"
	case channels.CallSilence:
		return "Silence"
	case channels.CallAnswered:
		return withDetail("Answered", map[string]string{channels.AnsweredHuman: "a person", channels.AnsweredMachine: "a machine",
			channels.AnsweredFax: "a fax machine", channels.AnsweredUnknown: "it is not known by whom"}[detail])
	case channels.CallAgent:
		if detail == "completed" {
			return "The call with the agent is over"
		}
		return withDetail("The agent's telephone was not answered", detail)
	case channels.CallEnded:
		if detail == "completed" {
			return "The call ended"
		}
		return withDetail("The call ended", detail)
	}
	return "Something happened on the call"
}

func withDetail(text, detail string) string {
	if detail == "" {
		return text
	}
	return text + ": " + detail
}
