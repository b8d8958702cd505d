package dialog

import "time"

// Handoff is a conversation waiting for, or held by, a human.
type Handoff struct {
	ID           string   `json:"id"`
	Conversation string   `json:"conversation"`
	Reasons      []Reason `json:"reasons"`
	// Priority: 0 routine, 1 raised, 2 urgent, 3 distress.
	Priority int       `json:"priority"`
	Since    time.Time `json:"since"` // the original wait, kept when requeued
	// Holder is the agent who has it, "" while it waits.
	Holder      string    `json:"holder"`
	ClaimedAt   time.Time `json:"claimed_at,omitzero"`
	ResolvedAt  time.Time `json:"resolved_at,omitzero"`
	Disposition string    `json:"disposition,omitempty"`
	Note        string    `json:"note,omitempty"`
	// Account is the account it is about, where known.
	Account string `json:"account,omitempty"`
}

// Open reports whether the hand-off still waits or is held.
func (h *Handoff) Open() bool { return h != nil && h.ResolvedAt.IsZero() }

// Reason is why, with the evidence.
type Reason struct {
	// Code is stable: requested_human, low_confidence, identity_failed, delivery_failed, or a legal label.
	Code string `json:"code"`
	// Words are the person's words that caused it, redacted.
	Words string `json:"words,omitempty"`
	// Detail is for the agent, in plain words.
	Detail     string  `json:"detail,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
}
