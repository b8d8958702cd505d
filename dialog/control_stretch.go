package dialog

import (
	"fmt"
	"slices"
	"time"

	"parley/compliance/inbound"
	"parley/dialog/llm"
)

// marker tells a model that a human had the conversation and gave it back: the words of
// a hand-off still stand in what went before, and would else read as if they held on.
func (s Stretch) marker() llm.Message {
	return llm.Message{From: "system", Text: fmt.Sprintf(
		"A human agent had this conversation from %s to %s and has given it back; the assistant answers again. Outcome: %s. What the agent promised: %s",
		s.From.UTC().Format(time.DateTime), s.To.UTC().Format(time.DateTime), s.Disposition, inbound.Fragment(s.Promised))}
}

// backToBot leaves the mark of a human stretch, and nothing of what was open before it.
func (t *turn) backToBot(h Handoff, r Resolution) {
	t.conv.Unclear, t.conv.Pending, t.conv.Table, t.conv.Draft = 0, "", nil, nil
	t.conv.Identity.Attempts = 0
	s := Stretch{Handoff: h.ID, Agent: h.Holder, From: h.ClaimedAt, To: t.now, Disposition: r.Disposition, Promised: r.Brief}
	if n := len(t.snap.Recent); n > 0 {
		s.Seq = t.snap.Recent[n-1].Seq
	}
	t.conv.Stretches = append(slices.Clone(t.conv.Stretches), s)
	if n := len(t.conv.Stretches); n > maxStretches {
		t.conv.Stretches = t.conv.Stretches[n-maxStretches:]
	}
	if !t.conv.WaitingSince.IsZero() {
		t.setTimer(TimerReturned, t.now, mustJSON(deskTimer{Handoff: h.ID}))
	}
	t.event("human.ended", t.who(), map[string]any{"handoff": h.ID, "disposition": r.Disposition, "since": stamp(h.ClaimedAt)})
	t.recheckApprovals()
}

// maxStretches bounds Conversation.Stretches; hand-offs themselves are all kept.
const maxStretches = 8

// recheckApprovals looks again at what was asked for while a human had the conversation:
// what may not be done any more is withdrawn, so that nobody approves it.
func (t *turn) recheckApprovals() {
	for _, a := range t.snap.Approvals {
		if !a.Open() {
			continue
		}
		why := t.overtaken(a)
		if why == "" {
			if err := t.stillGood(a.Args.offer()); err != nil {
				why = "no longer valid: " + err.Error()
			}
		}
		if why != "" {
			a.State, a.Failure = ApprovalWithdrawn, why
			t.putApproval(a)
			t.withdraw(a)
		}
	}
}

// playReturned answers what the person wrote to a human who gave the conversation back
// without answering it.
func (t *turn) playReturned() {
	if !t.speaks() || t.conv.WaitingSince.IsZero() {
		return
	}
	for i := len(t.snap.Recent) - 1; i >= 0; i-- {
		if m := t.snap.Recent[i]; m.Direction == "in" {
			t.in = Input{ID: t.in.ID, Kind: InputMessage, Seq: m.Seq, Text: m.Text, Choice: m.Choice, At: m.At}
			t.understandEarly()
			t.answer()
			return
		}
	}
}
