package dialog

import (
	"context"
	"time"

	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/compliance/inbound"
	"parley/dialog/llm"
	"parley/negotiation"
)

// Engine answers inputs. It is made once, holds no conversation, and is safe
// for use by many goroutines.
type Engine struct {
	Settings Settings
	Guard    *guard.Guard
	Detector *inbound.Detector
	// Model finds the words; nil: only BuiltIn does.
	Model llm.Model
	// BuiltIn needs nothing outside the process and stands in whenever Model fails.
	BuiltIn llm.Model
	// Confidence is what decides how sure is sure enough; nil: what this build carries.
	Confidence *Confidence
	Directory  Directory
	// Accounts is the system of record asked at the start of a turn; nil: what is stored is the record.
	Accounts Accounts
	Keys     Keyer
	// Called is how an agent is called to the person, "Dana Reyes" for "dana"; nil: by the name
	// they sign in with. It must not block.
	Called func(agent string) string
	// Levels says how much a capability of a portfolio may do alone, now; nil: what Settings
	// say. It is asked often and by many goroutines, and must not block.
	Levels func(portfolio, capability string) Level
	// Eligible says why an agent may not be given a hand-off by somebody else, "" where they may: they are
	// unknown, away, full, or may not reply to it. nil: anyone may. It must not block.
	Eligible func(agent string, h Handoff) string
}

// Settings are what the operator decides, in the engine's terms.
type Settings struct {
	Actor      compliance.Actor
	Brand      Brand
	Portfolios map[string]Portfolio
	Profile    gate.Profile
	// PaymentLink makes the link a person pays by, from now on for some weeks; the same
	// arguments give the same link. Empty result: none is configured.
	PaymentLink func(account, conversation string, now time.Time) string
	// ModelBudget bounds everything the model may take in one turn, repairs
	// included, so that a person has an answer within 15 seconds. Zero: 9 seconds.
	ModelBudget time.Duration
	// Desk is how the humans work.
	Desk Desk
	// Versions name what the decisions were made with, for the trace: policy, rulebook, binary.
	Versions map[string]string
}

// Brand is who Parley says it is.
type Brand struct {
	Name, LegalName, Phone, Mail, Assistant string
	Licenses                                map[string]string
}

// Portfolio is the policy of a group of accounts.
type Portfolio struct {
	Policy   negotiation.Policy
	Autonomy map[string]Level
}

// Level is how much a capability may do alone.
type Level string

// The levels. An unknown one is off.
const (
	LevelOff     Level = "off"
	LevelDraft   Level = "draft"
	LevelApprove Level = "approve"
	LevelAuto    Level = "auto"
)

// Directory finds people who are not known by their address.
type Directory interface {
	// AccountsByFactor finds the accounts whose lookup key matches; see [Keyer.Lookup].
	AccountsByFactor(ctx context.Context, key string) ([]Account, error)
}

// Env is what a turn takes from the world besides its input.
type Env struct {
	Now   func() time.Time
	NewID func() string
	// Say queues one message at once, while the turn goes on; it is set on channels where words
	// are spoken, and nil elsewhere. After an error nothing more may be said this way in the turn.
	Say func(ctx context.Context, o Outgoing) error
	// After tells when so much real time has passed, as time.After does, to hold a model that is slow. nil:
	// nothing is said while it thinks.
	After func(d time.Duration) <-chan time.Time
}

// Turn answers one input of one conversation. It changes nothing: all it would
// change is in the effects. It has no error: whatever fails inside ends in a
// reply or with a human. It takes at most about ten seconds whatever the model does.
func (e *Engine) Turn(ctx context.Context, snap Snapshot, in Input, env Env) Effects {
	t := newTurn(ctx, e, snap, in, env)
	t.play()
	return t.finish()
}

// GiveUp is the turn of an input that failed again and again: a human gets the
// conversation, and the person is told.
func (e *Engine) GiveUp(snap Snapshot, in Input, env Env) Effects {
	t := newTurn(context.Background(), e, snap, in, env)
	t.handOff(Reason{Code: "turn_failed", Detail: "The bot failed on this message several times."}, 2)
	return t.finish()
}
