package dialog

import (
	"encoding/json"
	"slices"
	"time"
)

// queue gives the conversation to the humans: it waits in the queue, under a new
// epoch, so that nothing the bot wrote before goes out any more. A conversation
// that a human has, or that waits already, only gains the reason, and what is
// urgent about it.
func (t *turn) queue(r Reason, priority int) {
	if t.conv.Control == ControlClosed {
		return
	}
	h := t.conv.Handoff
	if !h.Open() {
		h = &Handoff{ID: t.env.NewID(), Conversation: t.conv.ID, Since: t.now}
	}
	next := *h
	next.Priority = max(next.Priority, priority)
	if !next.Has(r.Code) {
		next.Reasons = append(slices.Clone(next.Reasons), t.evidenced(r))
	}
	t.describe(&next)
	t.conv.Handoff, t.fx.Handoff = &next, &next
	if t.conv.Control == ControlBot {
		t.move(ControlQueued, &next, map[string]any{"to": ControlQueued, "reason": r.Code})
	}
	t.event("handoff.requested", "service", map[string]any{"handoff": next.ID, "reason": r.Code, "priority": next.Priority})
	if next.Lane == LaneDistress && h.Lane != LaneDistress {
		t.event("handoff.alert", "service", map[string]any{"handoff": next.ID, "reason": r.Code, "holder": next.Holder})
	}
}

// move changes control, under a new epoch. Timers of the old state end, those of the new one start.
func (t *turn) move(to Control, h *Handoff, note map[string]any) {
	if t.conv.Control == ControlBot {
		t.conv.WaitingSince = t.unanswered() // what the bot has not sent by now is not sent
	}
	h.Waiting = t.conv.WaitingSince
	t.conv.Control = to
	t.conv.Epoch++
	note["epoch"] = t.conv.Epoch
	t.event("control.changed", t.who(), note)
	t.armDesk(to, h)
}

// reopen gives a closed conversation back to the bot: what was written as it was
// being closed must not be left without an answer.
func (t *turn) reopen() {
	if t.conv.Control != ControlClosed {
		return
	}
	t.conv.Control, t.conv.Handoff = ControlBot, nil
	t.conv.Epoch++
	t.event("control.changed", "service", map[string]any{"from": ControlClosed, "to": ControlBot, "epoch": t.conv.Epoch, "reason": "the person wrote"})
}

// handOff queues for a human and tells the person so: never a silent hand-off.
func (t *turn) handOff(r Reason, priority int) { t.handOffSaying("handoff", "handoff", r, priority) }

// handOffSaying queues for a human with a text of its own.
func (t *turn) handOffSaying(template, purpose string, r Reason, priority int) {
	if t.onCall() {
		t.handOffOnCall(template, purpose, r, priority)
		return
	}
	waiting := t.conv.Control != ControlBot
	t.queue(r, priority)
	if purpose == "handoff" && (waiting || t.optedOut()) {
		return // they have been told, or may not be
	}
	if !t.sayWhen(template, purpose) {
		t.sayTemplate(template, purpose)
	}
}

// handOffWords queues for a human and says so in words found for the occasion,
// which pass the guard like any other; else in the fixed ones.
func (t *turn) handOffWords(text string, r Reason, priority int) {
	t.queue(r, priority)
	if t.onCall() {
		t.send(outgoing{Text: text, Purpose: "handoff", From: "bot", AnyEpoch: true})
		t.transfer()
		return
	}
	if !t.send(outgoing{Text: text, Purpose: "handoff", From: "bot", AnyEpoch: true}) {
		t.sayTemplate("handoff", "handoff")
	}
}

// playFailure answers a message of ours that could not be delivered: a human looks at it.
func (t *turn) playFailure() {
	var body struct {
		Reason string `json:"reason"`
	}
	_ = json.Unmarshal(t.in.Body, &body) // an unreadable reason is still a failure
	t.event("delivery.failed", "service", map[string]any{"reason": body.Reason})
	t.queue(Reason{Code: "delivery_failed", Detail: "A message could not be delivered: " + body.Reason}, 1)
}

// playTimer answers a timer. A kind nobody knows is recorded, not lost.
func (t *turn) playTimer() {
	t.event("timer.fired", "service", map[string]any{"timer": t.in.Timer})
	play, ok := timers[t.in.Timer]
	switch {
	case !ok:
	case t.unseen() && !seeless[t.in.Timer]: // we begin nothing on facts, and flags, we can't see
		t.setTimer(t.in.Timer, t.now.Add(seeAgain), t.in.Body)
	default:
		play(t)
	}
}

// seeAgain is how long a timer waits for a system of record that can't be had.
const seeAgain = time.Hour

// seeless are the timers that say nothing of an account.
var seeless = map[string]bool{TimerApproval: true, TimerOffer: true, TimerTransfer: true, TimerFirstReply: true, TimerWrapUp: true, TimerMaxWait: true, TimerUnsaid: true}

// timers say what each kind of timer does.
var timers = map[string]func(*turn){
	TimerApproval: (*turn).playApproval,
	TimerReminder: (*turn).playReminder,
	TimerDue:      (*turn).playDue,
	TimerNotice:   (*turn).playNotice,

	TimerOffer: (*turn).playOfferLapsed, TimerTransfer: (*turn).playTransferLapsed, TimerFirstReply: (*turn).playSilentHolder,
	TimerWrapUp: (*turn).playAutoWrap, TimerMaxWait: (*turn).playWaitedLong, TimerReturned: (*turn).playReturned,
	TimerUnsaid: (*turn).playUnsaid,
}

func (t *turn) playApproval() {
	var a Approval
	if err := json.Unmarshal(t.in.Body, &a); err != nil {
		t.handOff(Reason{Code: "approval_unreadable", Detail: "A request for approval could not be read."}, 1)
		return
	}
	t.expireApproval(a)
}

// mustJSON encodes our own types, which always encode.
func mustJSON(v any) json.RawMessage {
	src, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return src
}
