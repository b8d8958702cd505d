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
	holder, why := "", "the conversation is "+string(c.Control)
	if c.Handoff.Open() && c.Handoff.Holder != "" {
		holder = c.Handoff.Holder
		why = holder + " has the conversation"
	}
	return &Refused{Kind: RefusedByControl, Why: why, Holder: holder}
}

// action is a turn played for a human or an integrator instead of an input.
func (e *Engine) action(snap Snapshot, who string, env Env) *turn {
	t := newTurn(context.Background(), e, snap, Input{}, env)
	t.trace.InputSeq = 0
	t.actor = who
	return t
}

// Claim gives a waiting hand-off to an agent. One wins; the others learn who.
func (e *Engine) Claim(snap Snapshot, handoff, agent string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.openHandoff(handoff)
	if err != nil {
		return Effects{}, err
	}
	if h.Holder == agent {
		return t.finish(), nil
	}
	if h.Holder != "" || (t.conv.Control != ControlQueued && t.conv.Control != ControlOffered) {
		return Effects{}, heldBy(t.conv)
	}
	h.Holder, h.ClaimedAt = agent, t.now
	t.setControl(ControlHuman, &h)
	return t.finish(), nil
}

// Release puts a held hand-off back into the queue, with its original wait.
func (e *Engine) Release(snap Snapshot, handoff, agent string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.heldHandoff(handoff, agent)
	if err != nil {
		return Effects{}, err
	}
	h.Holder, h.ClaimedAt = "", time.Time{}
	t.setControl(ControlQueued, &h)
	return t.finish(), nil
}

// Transfer gives a held hand-off to another agent.
func (e *Engine) Transfer(snap Snapshot, handoff, agent, to string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.heldHandoff(handoff, agent)
	if err != nil {
		return Effects{}, err
	}
	h.Holder, h.ClaimedAt = to, t.now
	t.setControl(ControlHuman, &h)
	return t.finish(), nil
}

// Reassign takes a held hand-off from whoever holds it and gives it to another
// agent, or with to "" back to the queue: the way out when its holder is gone. Who may is the caller's to know.
func (e *Engine) Reassign(snap Snapshot, handoff, supervisor, to string, env Env) (Effects, error) {
	t := e.action(snap, supervisor, env)
	h, err := t.openHandoff(handoff)
	if err != nil {
		return Effects{}, err
	}
	if h.Holder == "" {
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "nobody holds the hand-off: it can be claimed"}
	}
	next := ControlHuman
	h.Holder, h.ClaimedAt = to, t.now
	if to == "" {
		next, h.ClaimedAt = ControlQueued, time.Time{}
	}
	t.setControl(next, &h)
	return t.finish(), nil
}

// Resolution is how a hand-off ends.
type Resolution struct {
	Disposition, Note string
	// ToBot gives the conversation back to the bot instead of closing it.
	ToBot bool
}

// Resolve ends a held hand-off.
func (e *Engine) Resolve(snap Snapshot, handoff, agent string, r Resolution, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.heldHandoff(handoff, agent)
	if err != nil {
		return Effects{}, err
	}
	h.ResolvedAt, h.Disposition, h.Note = t.now, r.Disposition, r.Note
	next := ControlClosed
	if r.ToBot {
		next = ControlBot
		t.conv.Unclear, t.conv.Pending, t.conv.Table = 0, "", nil
		t.conv.Identity.Attempts = 0
	}
	t.setControl(next, &h)
	return t.finish(), nil
}

func (t *turn) openHandoff(id string) (Handoff, error) {
	h := t.conv.Handoff
	if h == nil || h.ID != id || !h.Open() || t.conv.Control == ControlClosed {
		return Handoff{}, &Refused{Kind: RefusedByControl, Why: "the hand-off has ended"}
	}
	return *h, nil
}

func (t *turn) heldHandoff(id, agent string) (Handoff, error) {
	h, err := t.openHandoff(id)
	if err != nil {
		return h, err
	}
	if h.Holder != agent {
		return h, heldBy(t.conv)
	}
	return h, nil
}

// setControl moves control under a new epoch; whatever was written under the old one is not sent.
func (t *turn) setControl(to Control, h *Handoff) {
	from := t.conv.Control
	t.conv.Control = to
	t.conv.Epoch++
	t.conv.Handoff, t.fx.Handoff = h, h
	t.event("control.changed", t.who(), map[string]any{"from": from, "to": to, "epoch": t.conv.Epoch, "handoff": h.ID})
}

// AgentReply sends a human's words, through the same guard and gate as the
// bot's. Only who has control may speak; what they have said goes out though they
// hand the conversation on meanwhile.
func (e *Engine) AgentReply(snap Snapshot, agent, text string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h := t.conv.Handoff
	if t.conv.Control != ControlHuman || !h.Open() || h.Holder != agent {
		return Effects{}, heldBy(t.conv)
	}
	return t.speakOut(outgoing{Text: text, Purpose: "", From: "agent", Name: agent, AnyEpoch: true})
}

// Start contacts a person who has not written first.
func (e *Engine) Start(snap Snapshot, account, purpose string, env Env) (Effects, error) {
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
