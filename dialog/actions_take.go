package dialog

// Claim gives a waiting hand-off to an agent. One wins; the others learn who. What is
// offered to another can't be claimed until the offer lapses. Claiming again what one
// has changes nothing.
func (e *Engine) Claim(snap Snapshot, handoff, agent string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.openHandoff(handoff)
	switch {
	case err != nil:
		return Effects{}, err
	case h.Holder == agent:
		return t.finish(), nil
	case h.Holder != "", t.conv.Control == ControlOffered && h.Reserved.To != agent && t.now.Before(h.Reserved.Until),
		t.conv.Control != ControlQueued && t.conv.Control != ControlOffered:
		return Effects{}, heldBy(t.conv)
	}
	h.give(agent, t.now)
	t.setControl(ControlHuman, &h)
	return t.finish(), nil
}

// TakeOver gives an agent the conversation from the bot, or from the queue whoever it is
// offered to. From another agent only a supervisor takes it: see [Engine.Reassign].
func (e *Engine) TakeOver(snap Snapshot, agent, why string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h := Handoff{ID: t.env.NewID(), Conversation: t.conv.ID, Since: t.now}
	if old := t.conv.Handoff; old.Open() {
		h = *old
	}
	switch {
	case t.conv.Control == ControlClosed:
		return Effects{}, heldBy(t.conv)
	case h.Holder == agent:
		return t.finish(), nil
	case h.Holder != "":
		return Effects{}, heldBy(t.conv)
	case t.conv.Control == ControlBot:
		h.Reasons = []Reason{t.evidenced(Reason{Code: "taken_over", Detail: why})}
		t.describe(&h)
	case t.conv.Control == ControlOffered && h.Reserved.To != agent:
		h.decline("taken over by "+agent, t.now)
	}
	h.comment(agent, why, t.now)
	h.give(agent, t.now)
	t.setControl(ControlHuman, &h)
	t.event("handoff.taken_over", t.who(), map[string]any{"handoff": h.ID})
	return t.finish(), nil
}

// Release puts a held hand-off back into the queue, with its original wait.
func (e *Engine) Release(snap Snapshot, handoff, agent string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.heldHandoff(handoff, agent)
	if err != nil {
		return Effects{}, err
	}
	h.free()
	t.setControl(ControlQueued, &h)
	return t.finish(), nil
}

// Requeue takes a hand-off from a holder, or from whom it is offered to, who is gone: it waits
// again in its old place, before others, and a supervisor is told why. What is only being
// written up, and has nobody waiting, is left to end by itself.
func (e *Engine) Requeue(snap Snapshot, handoff, why string, env Env) (Effects, error) {
	t := e.action(snap, "service", env)
	h, err := t.openHandoff(handoff)
	if err != nil {
		return Effects{}, err
	}
	switch {
	case t.conv.Control == ControlOffered:
		h.decline(why, t.now)
		t.setControl(ControlQueued, &h)
		return t.finish(), nil
	case h.Holder == "":
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "nobody holds the hand-off"}
	case t.conv.Control == ControlWrapping && t.conv.WaitingSince.IsZero():
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "it is being written up, and ends by itself", Holder: h.Holder}
	}
	t.notify(&h, noticeGone, h.Holder)
	h.comment("service", why, t.now)
	t.requeue(h)
	return t.finish(), nil
}

// Reassign takes a held hand-off from whoever holds it and gives it to another
// agent, or with to "" back to the queue: the way out when its holder is gone. Who may is
// the caller's to know. why is recorded, and needed but where it goes back to the queue.
func (e *Engine) Reassign(snap Snapshot, handoff, supervisor, to, why string, env Env) (Effects, error) {
	t := e.action(snap, supervisor, env)
	h, err := t.openHandoff(handoff)
	switch {
	case err != nil:
		return Effects{}, err
	case h.Holder == "":
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "nobody holds the hand-off: it can be claimed"}
	case to != "" && why == "":
		return Effects{}, notLikeThis("say why it is taken from " + h.Holder)
	case to == h.Holder:
		return t.finish(), nil
	}
	if to != supervisor {
		if err := t.eligible(to, h); err != nil {
			return Effects{}, err
		}
	}
	t.notify(&h, noticeTaken, h.Holder)
	h.comment(supervisor, why, t.now)
	next := ControlQueued
	if h.free(); to != "" {
		h.give(to, t.now)
		next = ControlHuman
	}
	t.setControl(next, &h)
	return t.finish(), nil
}

// eligible refuses an agent who may not be given the hand-off by somebody else.
func (t *turn) eligible(agent string, h Handoff) error {
	if agent == "" || t.e.Eligible == nil {
		return nil
	}
	if why := t.e.Eligible(agent, h); why != "" {
		return notLikeThis(agent + " can't be given the conversation: " + why)
	}
	return nil
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
	note := map[string]any{"from": t.conv.Control, "to": to, "handoff": h.ID}
	if h.Holder != "" {
		note["holder"] = h.Holder
	}
	if h.Reserved != nil {
		note["offered"] = h.Reserved.To
	}
	t.conv.Handoff, t.fx.Handoff = h, h
	t.move(to, h, note)
}
