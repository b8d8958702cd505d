package dialog

import (
	"slices"

	"parley/compliance"
	"parley/compliance/gate"
)

// AgentReply sends a human's words, through the same guard and gate as the
// bot's. Only who has control may speak, also while a transfer is under way and while they write up;
// what they have said goes out though they hand the conversation on meanwhile. epoch is the
// one they saw: another by now is refused. 0 stands for whichever it is.
func (e *Engine) AgentReply(snap Snapshot, agent, text string, epoch int64, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	if err := t.maySpeak(agent, epoch); err != nil {
		return Effects{}, err
	}
	return t.speakOut(t.spoken(agent, text))
}

// maySpeak refuses whoever does not hold the conversation.
func (t *turn) maySpeak(agent string, epoch int64) error {
	h := t.conv.Handoff
	if !h.Open() || h.Holder != agent || agent == "" {
		return heldBy(t.conv)
	}
	switch t.conv.Control {
	case ControlHuman, ControlTransferring, ControlWrapping:
	default:
		return heldBy(t.conv)
	}
	if epoch != 0 && epoch != t.conv.Epoch {
		r := heldBy(t.conv)
		r.Why = "control has changed since: " + r.Why
		return r
	}
	return nil
}

// Check is what would come of a reply, had it been sent now.
type Check struct {
	// Findings stand against the words.
	Findings []compliance.Finding
	// Text is what would go out, with what must be said added; "" where Findings stand against it.
	Text string
	// Rewrites are what was missing and was added.
	Rewrites []compliance.Finding
	// Gate says whether the person may be contacted now.
	Gate gate.Verdict
}

// Sendable reports whether it would go out.
func (c Check) Sendable() bool { return len(c.Findings) == 0 && c.Gate.Decision == gate.Allow }

// CheckReply says what would come of an agent's words, and changes nothing: the same guard and gate
// as at sending, while they type. Any agent may ask of any conversation.
func (e *Engine) CheckReply(snap Snapshot, agent, text string, env Env) (Check, error) {
	t := e.action(snap, agent, env)
	return t.check(t.spoken(agent, text))
}

// spoken is an agent's text. It may name the figures of whatever may be offered now, and of
// what is on the table already: terms beyond the agent's authority that others approved.
func (t *turn) spoken(agent, text string) outgoing {
	o := outgoing{Text: text, Purpose: "", From: "agent", Name: t.e.called(agent), AnyEpoch: true, Offers: slices.Clone(t.conv.Table)}
	if s, ok := t.study(); ok {
		o.Offers = append(o.Offers, s.offers()...)
	}
	return o
}

// called is how an agent is called to the person.
func (e *Engine) called(agent string) string {
	if e.Called == nil {
		return agent
	}
	return e.Called(agent)
}

// check passes a text through guard and gate without sending it.
func (t *turn) check(o outgoing) (Check, error) {
	cleared, found, err := t.e.Guard.Clear(t.outbound(o), t.facts(o))
	if err != nil {
		return Check{}, err
	}
	c := Check{Findings: found, Gate: gate.Decide(t.e.Settings.Contact(t.current(), o.Purpose, o.From, t.now))}
	if !cleared.Zero() {
		c.Text, c.Rewrites = cleared.Out().Text, cleared.Rewrites()
	}
	return c, nil
}
