package dialog

import (
	"strings"
	"time"
)

// Offer asks one agent to take a waiting hand-off, until then. by is who offers:
// "router" or an agent. What is offered to somebody else stays so until that offer lapses.
func (e *Engine) Offer(snap Snapshot, handoff, to, by string, until time.Time, env Env) (Effects, error) {
	t := e.action(snap, by, env)
	if by == "router" {
		t.actor = "service"
	}
	h, err := t.openHandoff(handoff)
	switch {
	case err != nil:
		return Effects{}, err
	case to == "":
		return Effects{}, notLikeThis("an offer needs somebody to take it")
	case !until.After(t.now):
		return Effects{}, notLikeThis("an offer needs time to be taken in")
	case t.conv.Control == ControlOffered && t.now.Before(h.Reserved.Until):
		return Effects{}, heldBy(t.conv)
	case t.conv.Control != ControlQueued && t.conv.Control != ControlOffered:
		return Effects{}, heldBy(t.conv)
	}
	if err := t.eligible(to, h); err != nil {
		return Effects{}, err
	}
	h.decline(lapsed, t.now)
	h.Reserved = &Reservation{To: to, By: by, At: t.now, Until: until.UTC()}
	t.setControl(ControlOffered, &h)
	return t.finish(), nil
}

// Accept takes what was offered to the agent, from the queue or from its holder.
func (e *Engine) Accept(snap Snapshot, handoff, agent string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.openHandoff(handoff)
	switch {
	case err != nil:
		return Effects{}, err
	case h.Holder == agent && t.conv.Control != ControlTransferring:
		return t.finish(), nil
	case h.Reserved == nil:
		return Effects{}, heldBy(t.conv)
	case h.Reserved.To != agent:
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "the conversation is offered to " + h.Reserved.To, Holder: h.Reserved.To}
	case !t.now.Before(h.Reserved.Until):
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "the offer has lapsed", Holder: h.Holder}
	}
	h.give(agent, t.now)
	t.setControl(ControlHuman, &h)
	return t.finish(), nil
}

// Decline turns an offer down: the hand-off waits again in its old place, or stays with
// its holder.
func (e *Engine) Decline(snap Snapshot, handoff, agent, why string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.openHandoff(handoff)
	if err != nil {
		return Effects{}, err
	}
	if h.Reserved == nil || h.Reserved.To != agent {
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "the conversation is not offered to " + agent, Holder: h.Holder}
	}
	h.decline(why, t.now)
	t.setControl(t.withoutOffer(), &h)
	return t.finish(), nil
}

// withoutOffer is the state an offer that comes to nothing leads back to.
func (t *turn) withoutOffer() Control {
	if t.conv.Control == ControlTransferring {
		return ControlHuman
	}
	return ControlQueued
}

// Transfer asks another agent to take over a held hand-off, until then. Its holder
// keeps it, and may go on speaking, until the other accepts; who takes over needs a comment. With
// to "" it goes into the queue at once.
func (e *Engine) Transfer(snap Snapshot, handoff, agent, to, comment string, until time.Time, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.heldHandoff(handoff, agent)
	if err != nil {
		return Effects{}, err
	}
	h.comment(agent, strings.TrimSpace(comment), t.now)
	if to == "" {
		h.free()
		t.setControl(ControlQueued, &h)
		return t.finish(), nil
	}
	switch {
	case t.conv.Control != ControlHuman:
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "the conversation is " + string(t.conv.Control), Holder: h.Holder}
	case to == agent:
		return Effects{}, notLikeThis("one can't transfer to oneself")
	case strings.TrimSpace(comment) == "":
		return Effects{}, notLikeThis("a transfer needs a comment for whoever takes over")
	case !until.After(t.now):
		return Effects{}, notLikeThis("a transfer needs time to be taken in")
	}
	if err := t.eligible(to, h); err != nil {
		return Effects{}, err
	}
	h.Reserved = &Reservation{To: to, By: agent, At: t.now, Until: until.UTC(), Comment: strings.TrimSpace(comment)}
	t.setControl(ControlTransferring, &h)
	return t.finish(), nil
}

// CancelTransfer takes back what its holder offered to another.
func (e *Engine) CancelTransfer(snap Snapshot, handoff, agent string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.heldHandoff(handoff, agent)
	if err != nil {
		return Effects{}, err
	}
	if t.conv.Control != ControlTransferring {
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "no transfer is under way", Holder: h.Holder}
	}
	h.Reserved = nil
	t.setControl(ControlHuman, &h)
	return t.finish(), nil
}
