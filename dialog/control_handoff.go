package dialog

import (
	"slices"
	"time"

	"parley/channels"
	"parley/compliance/inbound"
)

// free takes a hand-off from whoever has it or is offered it.
func (h *Handoff) free() {
	h.Holder, h.ClaimedAt, h.RepliedAt, h.WrappedAt, h.Reserved = "", time.Time{}, time.Time{}, time.Time{}, nil
}

// give gives it to an agent.
func (h *Handoff) give(agent string, at time.Time) {
	h.free()
	h.Holder, h.ClaimedAt = agent, at
}

// decline ends the offer that stands.
func (h *Handoff) decline(why string, at time.Time) {
	if h.Reserved != nil {
		h.Declined = append(slices.Clone(h.Declined), Declined{Agent: h.Reserved.To, Why: why, At: at})
	}
	h.Reserved = nil
}

func (h *Handoff) comment(by, text string, at time.Time) {
	if text != "" {
		h.Comments = append(slices.Clone(h.Comments), Comment{By: by, Text: text, At: at})
	}
}

func (h *Handoff) noticed(code string) bool {
	return slices.ContainsFunc(h.Notices, func(n Notice) bool { return n.Code == code })
}

// reasonSkills are the skills a reason asks for.
var reasonSkills = map[string]string{
	string(inbound.SelfHarm): "distress", string(inbound.Vulnerable): "hardship", string(inbound.Hardship): "hardship",
	string(inbound.RegulatorComplaint): "complaint", string(inbound.LegalThreat): "complaint",
	string(inbound.Attorney): "legal", string(inbound.Bankruptcy): "legal", string(inbound.Deceased): "legal", string(inbound.Minor): "legal",
	string(inbound.Dispute): "dispute", string(inbound.ValidationRequest): "dispute", string(inbound.IdentityTheft): "dispute", string(inbound.CoercedDebt): "dispute",
}

// describe says whom a hand-off needs, and by when.
func (t *turn) describe(h *Handoff) {
	h.Account = t.conv.Account
	if a, ok := t.account(); ok {
		h.Portfolio = a.Portfolio
	}
	if h.Has(string(inbound.SelfHarm)) {
		h.Lane, h.Priority = LaneDistress, 3
	}
	var skills []string
	if lang := t.conv.Language; lang != "" && lang != "en" {
		skills = append(skills, "language:"+lang)
	}
	if h.Portfolio != "" {
		skills = append(skills, "portfolio:"+h.Portfolio)
	}
	for _, r := range h.Reasons {
		if s := reasonSkills[r.Code]; s != "" {
			skills = append(skills, s)
		}
	}
	h.Skills = dedupe(sorted(skills))
	if h.Deadline.IsZero() {
		h.Deadline = t.deadline(h.Since)
	}
}

// evidenced adds what the turn knows of a reason.
func (t *turn) evidenced(r Reason) Reason {
	r.Turn, r.At = t.id, t.now
	if r.Words == "" && t.in.Kind == InputMessage {
		r.Words = t.in.Text
	}
	r.Words = excerpt(inbound.Fragment(r.Words)) // a card's first half must not stand here while its second is to come
	for _, s := range t.trace.Steps {
		if a, ok := s.Output.(Assessment); ok && r.Confidence != 0 {
			r.Features = a.Features
		}
		if s.Outcome != StepOK && s.Outcome != "" {
			r.Steps = append(r.Steps, string(s.Name)+": "+string(s.Outcome))
		}
	}
	for _, o := range t.conv.Offered {
		r.Offers = append(r.Offers, o.ID)
	}
	if n := len(r.Offers); n > maxOffers {
		r.Offers = r.Offers[n-maxOffers:]
	}
	return r
}

// maxOffers bounds Reason.Offers.
const maxOffers = 12

// excerpt is the beginning of a text.
func excerpt(s string) string {
	const most = 280
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// unanswered is when the person wrote the first message that nothing which went out has
// answered; zero: there is none. What is only queued has not gone out, but for a human's words.
func (t *turn) unanswered() time.Time {
	var since time.Time
	for _, m := range t.snap.Recent {
		switch {
		case m.Direction == "in" && m.From == "system": // something that happened on a call
		case m.Direction == "in":
			if since.IsZero() {
				since = m.At
			}
		case m.From == "agent" && m.Status != channels.StatusCancelled && m.Status != channels.StatusFailed,
			m.From == "bot" && m.Purpose != "handoff" && m.Purpose != "crisis" && wentOut(m.Status):
			since = time.Time{}
		}
	}
	if w := t.conv.WaitingSince; !since.IsZero() && !w.IsZero() && w.Before(since) {
		return w // further back than the snapshot reaches
	}
	return since
}

// wentOut reports a status of a message that left, or may have.
func wentOut(s channels.Status) bool {
	return s != channels.StatusQueued && s != channels.StatusCancelled && s != channels.StatusFailed
}

// waits notes a message of the person's that is to be answered, and has whoever holds the
// conversation answer in time.
func (t *turn) waits() {
	t.conv.Draft = nil // it answers what was said before
	if !t.conv.WaitingSince.IsZero() {
		return
	}
	t.conv.WaitingSince = t.in.At
	h := t.conv.Handoff
	if !h.Open() {
		return
	}
	next := *h
	next.Waiting = t.conv.WaitingSince
	t.conv.Handoff, t.fx.Handoff = &next, &next
	if next.Holder != "" && t.conv.Control != ControlWrapping {
		due := t.replyDue(next, t.e.Settings.Desk.WithDefaults())
		t.setTimer(TimerFirstReply, due, mustJSON(deskTimer{Handoff: next.ID, Epoch: t.conv.Epoch}))
	}
}

// answered notes an answer that is going out: a human's, or the bot's where it has
// control. A notice of a hand-off is none, nor what is said while a human is awaited.
func (t *turn) answered(o outgoing) {
	switch {
	case o.From == "agent":
		t.conv.WaitingSince, t.conv.Draft = time.Time{}, nil
		if h := t.conv.Handoff; h.Open() {
			next := *h
			next.RepliedAt, next.Waiting = t.now, time.Time{}
			t.conv.Handoff, t.fx.Handoff = &next, &next
			t.setTimer(TimerFirstReply, timeZero, nil)
		}
	case o.From == "bot" && t.conv.Control == ControlBot && o.Purpose != "handoff":
		t.conv.WaitingSince = time.Time{}
	}
}
