package dialog

import (
	"encoding/json"
	"time"
)

// Step names one of the 21 steps in the life of a message, in order.
type Step string

// The steps.
const (
	StepReceive    Step = "receive"
	StepNormalise  Step = "normalise"
	StepRedact     Step = "redact"
	StepClaim      Step = "claim"
	StepKeyword    Step = "keyword"
	StepLease      Step = "lease"
	StepLoad       Step = "load"
	StepIdentify   Step = "identify"
	StepDetect     Step = "detect"
	StepUnderstand Step = "understand"
	StepAssess     Step = "assess"
	StepNegotiate  Step = "negotiate"
	StepDecide     Step = "decide"
	StepValidate   Step = "validate"
	StepAuthorise  Step = "authorise"
	StepAct        Step = "act"
	StepCompose    Step = "compose"
	StepGuard      Step = "guard"
	StepGate       Step = "gate"
	StepDeliver    Step = "deliver"
	StepConfirm    Step = "confirm"
)

// StepOutcome is how a step ended.
type StepOutcome string

// The outcomes.
const (
	StepOK       StepOutcome = "ok"
	StepRetry    StepOutcome = "retry"
	StepFallback StepOutcome = "fallback"
	StepHandoff  StepOutcome = "handoff"
	StepBlocked  StepOutcome = "blocked"
	StepSkipped  StepOutcome = "skipped"
)

// TurnTrace is everything one turn did.
type TurnTrace struct {
	ID           string      `json:"id"`
	Conversation string      `json:"-"`
	InputSeq     int64       `json:"input_seq"`
	Started      time.Time   `json:"started"`
	Steps        []StepTrace `json:"steps"`
}

// StepTrace is one attempt of one step.
type StepTrace struct {
	Name    Step        `json:"name"`
	Started time.Time   `json:"started"`
	MS      float64     `json:"ms"`
	Attempt int         `json:"attempt"`
	Outcome StepOutcome `json:"outcome"`
	// Input and Output are free of redacted numbers and of identity factors.
	Input    any               `json:"input"`
	Output   any               `json:"output"`
	Versions map[string]string `json:"versions"`
	Error    *string           `json:"error"`
}

// Event is one fact for the ledger. Its body is written as JSON; the store
// chains it by hash to what came before.
type Event struct {
	Type string    `json:"type"` // message.received, flag.set, control.changed, ...
	At   time.Time `json:"at"`
	// Who: "person", "bot", "service", or "human:NAME".
	Who  string `json:"who"`
	Turn string `json:"turn,omitempty"`
	Body any    `json:"body,omitempty"`
}

// LedgerEntry is an event as it stands in the ledger.
type LedgerEntry struct {
	N            int64     `json:"n"` // place in the whole ledger, from 1
	Conversation string    `json:"conversation"`
	Type         string    `json:"type"`
	At           time.Time `json:"at"`
	Who          string    `json:"who"`
	Turn         string    `json:"turn,omitempty"`
	// Body is absent where the event had none, and where it was dropped since; BodySHA256 stays.
	Body       json.RawMessage `json:"body,omitempty"`
	BodySHA256 string          `json:"body_sha256"`
	// Prev and Hash are hex SHA-256; Hash covers Prev and every other field, the body by BodySHA256.
	Prev string `json:"prev"`
	Hash string `json:"hash"`
}
