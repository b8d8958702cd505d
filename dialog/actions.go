package dialog

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/compliance"
	"parley/compliance/gate"
)

// RefusedKind is why an action from outside a turn was refused.
type RefusedKind string

// The kinds.
const (
	RefusedByGuard   RefusedKind = "guard"   // a rule stands against the words
	RefusedByGate    RefusedKind = "gate"    // the person may not be contacted now
	RefusedByControl RefusedKind = "control" // somebody else has control
	RefusedByPolicy  RefusedKind = "policy"  // the action may not be done like this at all
)

// Refused is the error of an action that was not done; nothing was changed.
type Refused struct {
	Kind     RefusedKind
	Why      string
	Findings []compliance.Finding
	Until    time.Time
	// Holder is who has control, where that is the reason.
	Holder string
}

func (r *Refused) Error() string { return r.Why }

func heldBy(c Conversation) *Refused {
	h := c.Handoff
	switch {
	case h.Open() && h.Holder != "":
		return &Refused{Kind: RefusedByControl, Why: h.Holder + " has the conversation", Holder: h.Holder}
	case h.Open() && h.Reserved != nil:
		return &Refused{Kind: RefusedByControl, Why: "the conversation is offered to " + h.Reserved.To, Holder: h.Reserved.To, Until: h.Reserved.Until}
	}
	return &Refused{Kind: RefusedByControl, Why: "the conversation is " + string(c.Control)}
}

func notLikeThis(why string) *Refused { return &Refused{Kind: RefusedByPolicy, Why: why} }

// action is a turn played for a human or an integrator instead of an input.
func (e *Engine) action(snap Snapshot, who string, env Env) *turn {
	t := newTurn(context.Background(), e, snap, Input{}, env)
	t.trace.InputSeq = 0
	t.actor = who
	return t
}

// Start contacts a person who has not written first; by telephone it places a call, as [Engine.StartCall] does.
func (e *Engine) Start(snap Snapshot, account, purpose string, env Env) (Effects, error) {
	if snap.Conversation.Channel == "voice" {
		return e.StartCall(snap, account, purpose, env)
	}
	t := e.action(snap, "service", env)
	if t.conv.Control != ControlBot {
		return Effects{}, heldBy(t.conv)
	}
	a, ok := t.accounts[account]
	if !ok {
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "the open conversation on this address is not about this account"}
	}
	t.conv.Pending = "identity"
	lang := t.conv.Language
	text := e.opening(a, lang)
	return t.speakOut(outgoing{Text: text, Purpose: purpose, From: "bot"})
}

// speakOut guards, gates and queues; a refusal is an error that says the rule.
func (t *turn) speakOut(o outgoing) (Effects, error) {
	t.strict = true
	ok := t.send(o)
	if !ok {
		return Effects{}, &Refused{Kind: RefusedByGuard, Why: fmt.Sprintf("blocked by %v", compliance.RuleIDs(t.blockedBy)), Findings: t.blockedBy}
	}
	if t.verdict.Decision != gate.Allow {
		return Effects{}, &Refused{Kind: RefusedByGate, Why: "the person may not be contacted now: " + fmt.Sprint(compliance.RuleIDs(t.verdict.Findings)),
			Findings: slices.Clone(t.verdict.Findings), Until: t.verdict.Until}
	}
	return t.finish(), nil
}

func (t *turn) who() string {
	if t.actor == "" || t.actor == "service" {
		return "service"
	}
	return "human:" + t.actor
}
