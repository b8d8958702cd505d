package dialog

import (
	"encoding/json"
	"slices"
	"time"
)

// The kinds of timers of a hand-off. Each is a row of the record, so that it
// survives a restart; each does nothing when what it is about has passed.
const (
	TimerOffer      = "handoff.offer"       // an offer was not answered
	TimerTransfer   = "handoff.transfer"    // a transfer was not answered
	TimerFirstReply = "handoff.first_reply" // whoever took it says nothing
	TimerWrapUp     = "handoff.wrap_up"     // writing up takes too long
	TimerMaxWait    = "handoff.max_wait"    // nobody has taken it
	TimerReturned   = "handoff.returned"    // the bot has it again, and there is something to answer
)

// deskTimers are all of them, in a fixed order.
var deskTimers = []string{TimerOffer, TimerTransfer, TimerFirstReply, TimerWrapUp, TimerMaxWait}

// deskTimer is what a timer is about.
type deskTimer struct {
	Handoff string `json:"handoff"`
	Epoch   int64  `json:"epoch"`
}

// armDesk sets the timers of a state of control and ends the others.
func (t *turn) armDesk(to Control, h *Handoff) {
	due := map[string]time.Time{}
	desk := t.e.Settings.Desk.WithDefaults()
	switch to {
	case ControlQueued:
		due[TimerMaxWait] = t.waitEnds(*h, desk)
	case ControlOffered:
		due[TimerOffer] = h.Reserved.Until
		due[TimerMaxWait] = t.waitEnds(*h, desk)
	case ControlTransferring:
		due[TimerTransfer] = h.Reserved.Until
		due[TimerFirstReply] = t.replyDue(*h, desk)
	case ControlHuman:
		due[TimerFirstReply] = t.replyDue(*h, desk)
	case ControlWrapping:
		due[TimerWrapUp] = t.now.Add(desk.WrapUp)
	}
	for _, kind := range deskTimers {
		t.setTimer(kind, due[kind], mustJSON(deskTimer{Handoff: h.ID, Epoch: t.conv.Epoch}))
	}
}

// waitEnds is when a person has waited too long; zero: never, or they were told so already.
func (t *turn) waitEnds(h Handoff, desk Desk) time.Time {
	if desk.MaxWait <= 0 || h.noticed(noticeWaited) {
		return time.Time{}
	}
	return later(desk.Calendar.Add(h.Since, desk.MaxWait), t.now.Add(time.Second))
}

// replyDue is by when whoever has it should have answered a person who waits; zero: nobody
// waits, or nothing may be said.
func (t *turn) replyDue(h Handoff, desk Desk) time.Time {
	if t.conv.WaitingSince.IsZero() || h.ClaimedAt.IsZero() {
		return time.Time{}
	}
	from, ok := t.answerable(latest(h.ClaimedAt, t.conv.WaitingSince))
	if !ok {
		return time.Time{}
	}
	return later(from.Add(desk.FirstReply), t.now.Add(time.Second))
}

func later(a, b time.Time) time.Time {
	if a.IsZero() {
		return a
	}
	return latest(a, b)
}

// waitsFor gives the hand-off a timer is about, where it is still about it.
func (t *turn) waitsFor(anyEpoch bool, in ...Control) (Handoff, bool) {
	var about deskTimer
	if err := json.Unmarshal(t.in.Body, &about); err != nil {
		return Handoff{}, false
	}
	h := t.conv.Handoff
	if !h.Open() || h.ID != about.Handoff || !anyEpoch && about.Epoch != t.conv.Epoch {
		return Handoff{}, false
	}
	for _, c := range in {
		if t.conv.Control == c {
			return *h, true
		}
	}
	return Handoff{}, false
}

// playOfferLapsed: whoever was offered it did not answer. It waits again, in its old place.
func (t *turn) playOfferLapsed() {
	if h, ok := t.waitsFor(false, ControlOffered); ok {
		h.decline(lapsed, t.now)
		t.setControl(ControlQueued, &h)
	}
}

// playTransferLapsed: its holder keeps it.
func (t *turn) playTransferLapsed() {
	if h, ok := t.waitsFor(false, ControlTransferring); ok {
		h.decline(lapsed, t.now)
		t.setControl(ControlHuman, &h)
	}
}

// playSilentHolder: an agent has it and says nothing while the person waits. Where they
// have said nothing at all since they took it, it goes back into the queue, before
// others. A supervisor is told either way.
func (t *turn) playSilentHolder() {
	h, ok := t.waitsFor(true, ControlHuman, ControlTransferring)
	if !ok || t.conv.WaitingSince.IsZero() {
		return
	}
	if h.RepliedAt.IsZero() {
		t.notify(&h, noticeSilent, h.Holder)
		t.requeue(h)
		return
	}
	t.notify(&h, noticeSlow, h.Holder)
	t.conv.Handoff, t.fx.Handoff = &h, &h
}

// notify leaves a supervisor a notice.
func (t *turn) notify(h *Handoff, code, agent string) {
	h.Notices = append(slices.Clone(h.Notices), Notice{Code: code, Agent: agent, At: t.now})
	t.event("handoff.notice", t.who(), map[string]any{"handoff": h.ID, "code": code, "holder": agent})
}

// playAutoWrap: nobody said how it ended. It is closed as such; a person who has
// written meanwhile goes back into the queue instead.
func (t *turn) playAutoWrap() {
	h, ok := t.waitsFor(false, ControlWrapping)
	if !ok {
		return
	}
	t.notify(&h, DispositionAutoWrap, h.Holder)
	if !t.conv.WaitingSince.IsZero() {
		t.requeue(h)
		return
	}
	h.ResolvedAt, h.Disposition = t.now, DispositionAutoWrap
	t.setControl(ControlClosed, &h)
}

// DispositionAutoWrap ends a hand-off whose agent did not say how it ended.
const DispositionAutoWrap = "auto_wrap"

// The codes of notices.
const (
	noticeSilent = "silent_holder"
	noticeSlow   = "slow_reply"
	noticeGone   = "holder_gone"
	noticeWaited = "waited_too_long"
	noticeTaken  = "taken_away"
	lapsed       = "lapsed"
)

// playWaitedLong: nobody has taken it for longer than a person should wait. It goes
// before others, a supervisor is told, and the person is told the truth. It never goes
// back to the bot by itself.
func (t *turn) playWaitedLong() {
	h, ok := t.waitsFor(true, ControlQueued, ControlOffered)
	if !ok {
		return
	}
	t.notify(&h, noticeWaited, "")
	h.Priority = min(h.Priority+1, urgent(h))
	t.conv.Handoff, t.fx.Handoff = &h, &h
	if h.Lane == LaneDistress { // they need somebody, not an apology
		t.event("handoff.alert", "service", map[string]any{"handoff": h.ID, "reason": noticeWaited, "holder": h.Holder})
		return
	}
	t.apologise()
}

// urgent is the highest priority a wait can lead to: distress comes before any wait.
func urgent(h Handoff) int { return max(2, h.Priority) }

// requeue puts it back into the queue in its old place, before others.
func (t *turn) requeue(h Handoff) {
	h.Priority = min(h.Priority+1, urgent(h))
	h.free()
	t.setControl(ControlQueued, &h)
}
