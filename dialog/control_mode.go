package dialog

import (
	"maps"
	"slices"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/guard"
)

// SetMode says how freely the bot may speak in a conversation from now on. who is an
// agent's name, or "service".
func (e *Engine) SetMode(snap Snapshot, who string, mode Mode, env Env) (Effects, error) {
	t := e.action(snap, who, env)
	if !slices.Contains([]Mode{ModeAuto, ModeDraftOnly, ModeOff}, mode) {
		return Effects{}, notLikeThis("the mode must be auto, draft_only or off")
	}
	if t.conv.Mode != mode {
		t.event("mode.changed", t.who(), map[string]any{"from": t.conv.Mode, "to": mode})
		t.conv.Mode = mode
	}
	return t.finish(), nil
}

// botHas reports whether the bot has the conversation and does something with it, if only a draft.
func (t *turn) botHas() bool { return t.conv.Control == ControlBot && t.conv.Mode != ModeOff }

// unspoken deals with a message the bot may not answer by itself: in draft_only it
// writes what a human may send; where it is off a human is called.
func (t *turn) unspoken() {
	switch {
	case t.cancels():
		t.resume()
	case t.conv.Mode == ModeOff && t.conv.Control == ControlBot:
		t.handOff(Reason{Code: "mode_off", Detail: "The bot is switched off in this conversation."}, 0)
	case t.conv.Mode == ModeDraftOnly && t.drafting():
		t.draft()
	}
}

// drafting reports whether a draft is of use: nobody has taken the conversation, and nothing
// but drafts keeps it from the bot.
func (t *turn) drafting() bool {
	switch t.conv.Control {
	case ControlBot:
		return true
	case ControlQueued, ControlOffered:
		h := t.conv.Handoff
		return h.Open() && len(h.Reasons) == 1 && h.Reasons[0].Code == ReasonDraft
	}
	return false
}

// ReasonDraft is why a conversation waits for a human to send what the bot wrote.
const ReasonDraft = "draft_only"

// draft plays the rest of the turn as if the bot were free, keeps the words for a human, and
// nothing else of it: no offer was made, nothing agreed.
func (t *turn) draft() {
	r := t.copied()
	r.conv.Control, r.conv.Handoff = ControlBot, nil
	r.answer()
	t.trace = r.trace
	detail := "The bot has written a reply for a human to send."
	if r.commits() {
		detail = "The person accepts what was offered. The bot agrees to nothing here: a human does."
	} else if h := r.conv.Handoff; h.Open() && h.Reasons[len(h.Reasons)-1].Code != ReasonDraft {
		t.handOff(h.Reasons[len(h.Reasons)-1], h.Priority)
		return
	} else if n := len(r.fx.Drafts); n > 0 {
		t.putDraft(r.fx.Drafts[n-1])
	}
	t.queue(Reason{Code: ReasonDraft, Detail: detail}, 0)
}

// copied is the turn on a copy: what is played there changes nothing here.
func (t *turn) copied() *turn {
	r := *t
	r.accounts, r.touched, r.asked, r.minted = maps.Clone(t.accounts), maps.Clone(t.touched), maps.Clone(t.asked), maps.Clone(t.minted)
	r.trace.Steps = slices.Clip(t.trace.Steps)
	r.conv.Identity.Held = maps.Clone(t.conv.Identity.Held)
	r.fx = Effects{}
	return &r
}

// commits reports whether a copied turn agreed to something or asked for it to be approved.
func (t *turn) commits() bool {
	was := t.snap.Conversation
	return len(t.fx.Approvals) > 0 || t.conv.Agreement != was.Agreement || t.conv.Promise != was.Promise
}

// withheld keeps a text of the bot's from going out where it may not speak by itself: a human
// has the conversation, or the mode says so. What the law or a hand-off demands goes out all the same.
func (t *turn) withheld(o outgoing, c guard.Cleared) bool {
	if o.From == "bot" && t.humanSpeaks() && (o.Purpose == "" || o.Purpose == "reply") {
		t.putDraft(Draft{Text: o.Text, SHA256: c.SHA256(), Seq: t.replyingTo(), Why: "human"})
		return true
	}
	if o.From != "bot" || t.conv.Mode == ModeAuto || t.conv.Mode == "" || anyEpoch[o.Purpose] {
		return false
	}
	if t.conv.Mode == ModeDraftOnly {
		t.putDraft(Draft{Text: o.Text, SHA256: c.SHA256(), Seq: t.in.Seq, Why: string(ModeDraftOnly)})
		t.queue(Reason{Code: ReasonDraft, Detail: "The bot has written a reply for a human to send."}, 0)
	}
	return true
}

// humanSpeaks reports whether a human has the conversation now.
func (t *turn) humanSpeaks() bool {
	return slices.Contains([]Control{ControlHuman, ControlTransferring, ControlWrapping}, t.conv.Control)
}

// replyingTo is the person's message that what is said now answers: the input, or the last one known.
func (t *turn) replyingTo() int64 {
	if t.in.Seq != 0 {
		return t.in.Seq
	}
	for _, m := range slices.Backward(t.snap.Recent) {
		if m.Direction == "in" {
			return m.Seq
		}
	}
	return 0
}

func (t *turn) putDraft(d Draft) {
	t.fx.Drafts = append(t.fx.Drafts, d)
	t.conv.Draft = &d
	t.event("draft.kept", "bot", map[string]any{"sha256": d.SHA256, "seq": d.Seq})
}

// outbound is a text as a message of this conversation.
func (t *turn) outbound(o outgoing) channels.Outbound {
	return channels.Outbound{
		ID: t.env.NewID(), Conversation: t.conv.ID, Channel: t.conv.Channel, To: t.conv.Address, From: t.conv.Ours,
		Text: o.Text, Choices: o.Choices, Speaker: o.From, Name: t.speakerName(o),
	}
}

// silence records why a hand-off was not told to the person, where it was not.
func (t *turn) silence() {
	if t.snap.Conversation.Control != ControlBot || t.conv.Control != ControlQueued || len(t.fx.Outgoing) > 0 {
		return
	}
	note := map[string]any{"handoff": t.conv.Handoff.ID, "why": "no text was due"}
	switch {
	case len(t.verdict.Findings) > 0:
		note["why"], note["rules"] = "the person may not be contacted", compliance.RuleIDs(t.verdict.Findings)
	case len(t.blockedBy) > 0:
		note["why"], note["rules"] = "no text passed the guard", compliance.RuleIDs(t.blockedBy)
	case t.optedOut():
		note["why"] = "the person has opted out"
	case !t.address.WrongParty.IsZero():
		note["why"] = "the address is not the person's"
	case t.in.Kind == InputFailure:
		note["why"] = "what is sent there does not arrive"
	case t.conv.Mode != ModeAuto:
		note["why"] = "mode " + string(t.conv.Mode)
	}
	t.event("handoff.silent", "service", note)
}
