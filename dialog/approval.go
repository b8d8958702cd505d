package dialog

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"parley/negotiation"
)

// Approval is a request that a human permits one exact action. It is bound to
// the action's arguments by their hash, expires, and is used at most once.
type Approval struct {
	ID           string `json:"id"`
	Conversation string `json:"conversation"`
	Account      string `json:"account"`
	Turn         string `json:"turn"`
	// RequestedBy is "bot" or an agent's name; who asked may not approve.
	RequestedBy string `json:"requested_by"`
	// Action is what would be done; its version rises when its meaning changes.
	Action        string `json:"action"`
	ActionVersion int    `json:"action_version"`
	// Args are the exact terms; SHA256 is their hash in hex.
	Args   ApprovalArgs `json:"args"`
	SHA256 string       `json:"args_sha256"`
	// Policy is the version of the policy it was asked under.
	Policy string `json:"policy_version"`
	// Reasons say why a human must look.
	Reasons []string      `json:"risk_reasons"`
	State   ApprovalState `json:"state"`
	// Parent is the request this one replaces after an edit.
	Parent     string    `json:"parent,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	ExpiresAt  time.Time `json:"expires_at"`
	DecidedBy  string    `json:"decided_by,omitempty"`
	DecidedAt  time.Time `json:"decided_at,omitzero"`
	Comment    string    `json:"comment,omitempty"`
	ConsumedAt time.Time `json:"consumed_at,omitzero"`
	Epoch      int64     `json:"epoch_at_request"`
}

// ApprovalArgs are the terms to be agreed.
type ApprovalArgs struct {
	Offer string               `json:"offer"`
	Kind  negotiation.MoveKind `json:"kind"`
	Terms negotiation.Terms    `json:"terms"`
}

// ApprovalState is where a request stands.
type ApprovalState string

// The states. Only pending ones may be decided.
const (
	ApprovalPending    ApprovalState = "pending"
	ApprovalConsumed   ApprovalState = "consumed" // approved and done, in one transaction
	ApprovalRejected   ApprovalState = "rejected"
	ApprovalExpired    ApprovalState = "expired"
	ApprovalSuperseded ApprovalState = "superseded" // an edit made a new request
	ApprovalFailed     ApprovalState = "execution_failed"
)

// ApprovalLasts is how long a request may be decided.
const ApprovalLasts = 24 * time.Hour

// ActionAgree makes an agreement out of an offer the person accepted.
const ActionAgree = "agreement.accept"

// Hash is the digest of the arguments in their canonical form. encoding/json
// writes struct fields in their order and map keys sorted, so it is one.
func (a ApprovalArgs) Hash() string {
	src, err := json.Marshal(a)
	if err != nil {
		return "" // matches nothing: an action that can't be described can't be approved
	}
	sum := sha256.Sum256(src)
	return hex.EncodeToString(sum[:])
}
