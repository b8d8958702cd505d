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
	Reasons []string `json:"risk_reasons"`
	// Agreement is the proposed agreement that waits for it, "" where there is none (a promise).
	Agreement string        `json:"agreement,omitempty"`
	State     ApprovalState `json:"state"`
	// Parent is the request this one replaces after an edit, ReplacedBy the one that replaces it.
	Parent     string    `json:"parent,omitempty"`
	ReplacedBy string    `json:"replaced_by,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	ExpiresAt  time.Time `json:"expires_at"`
	// Verdict is what DecidedBy decided: approve, reject or edit. EditedArgs are the
	// terms an edit asked for; they are the next request's.
	Verdict    string        `json:"verdict,omitempty"`
	DecidedBy  string        `json:"decided_by,omitempty"`
	DecidedAt  time.Time     `json:"decided_at,omitzero"`
	Comment    string        `json:"comment,omitempty"`
	EditedArgs *ApprovalArgs `json:"edited_args,omitempty"`
	// Failure is why what was approved was not done.
	Failure    string    `json:"failure,omitempty"`
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

// The states. Only pending ones may be decided:
//
//	pending → consumed | rejected | superseded | expired | withdrawn | execution_failed
//	pending → approved → consumed | expired    for edited terms, which the person has yet to accept
const (
	ApprovalPending    ApprovalState = "pending"
	ApprovalApproved   ApprovalState = "approved" // permitted, and offered to the person
	ApprovalConsumed   ApprovalState = "consumed" // permitted and done, in one transaction
	ApprovalRejected   ApprovalState = "rejected"
	ApprovalExpired    ApprovalState = "expired"
	ApprovalSuperseded ApprovalState = "superseded" // an edit made a new request
	ApprovalWithdrawn  ApprovalState = "withdrawn"  // the person agreed to something else
	ApprovalFailed     ApprovalState = "execution_failed"
)

// ApprovalStates are all states.
var ApprovalStates = []ApprovalState{
	ApprovalPending, ApprovalApproved, ApprovalConsumed, ApprovalRejected,
	ApprovalExpired, ApprovalSuperseded, ApprovalWithdrawn, ApprovalFailed,
}

// Open reports whether the request may still lead to the action.
func (a Approval) Open() bool { return a.State == ApprovalPending || a.State == ApprovalApproved }

// ApprovalLasts is how long a request may be decided, and how long edited and
// approved terms may be accepted.
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

func (a ApprovalArgs) offer() Offer { return Offer{ID: a.Offer, Kind: a.Kind, Terms: a.Terms} }
