package desk

import (
	"errors"

	"parley/dialog"
	"parley/gateway/desk/staff"
)

// abilities collects what somebody may do, and why not.
type abilities struct {
	a      staff.Actor
	can    map[string]bool
	whyNot map[string]string
}

// say decides one: all of the permissions, and no reason against it.
func (x *abilities) say(name, against string, needs ...staff.Permission) {
	for _, p := range needs {
		if !x.a.May(p) {
			against = "your role has no " + string(p)
			break
		}
	}
	x.can[name] = against == ""
	if against != "" {
		x.whyNot[name] = against
	}
}

// either is the first of reasons there is, "" where there is none.
func either(reasons ...string) string {
	for _, r := range reasons {
		if r != "" {
			return r
		}
	}
	return ""
}

func when(so bool, why string) string {
	if so {
		return why
	}
	return ""
}

// can says what an actor may do to a conversation now. Each action checks for itself again.
func (s *Service) can(snap dialog.Snapshot, a staff.Actor) (map[string]bool, map[string]string) {
	x := &abilities{a: a, can: map[string]bool{}, whyNot: map[string]string{}}
	c, h := snap.Conversation, snap.Conversation.Handoff
	mine := holder(h) == a.Name && a.Name != ""
	offered := h.Open() && h.Reserved != nil && h.Reserved.To == a.Name && s.now().Before(h.Reserved.Until)
	notMine := when(!mine, s.whose(c, a))
	speaking := when(c.Control != dialog.ControlHuman && c.Control != dialog.ControlTransferring && c.Control != dialog.ControlWrapping, "the conversation is "+string(c.Control))
	writing := when(c.Control == dialog.ControlWrapping, "it is being written up")
	moving := when(c.Control == dialog.ControlTransferring, "a transfer is under way")
	oversees := a.May(staff.HandoffReassign) && holder(h) != "" && !mine

	x.say("reply", either(notMine, speaking), staff.ConversationReply)
	x.say("claim", when(c.Control != dialog.ControlQueued && !offered, either(notMine, "you have it")), staff.HandoffClaim)
	x.say("accept", when(!offered, "it is not offered to you"), staff.HandoffClaim)
	x.say("decline", when(!offered, "it is not offered to you"), staff.HandoffClaim)
	x.say("take_over", either(when(c.Control == dialog.ControlClosed, "the conversation is closed"), when(mine, "you have it")), staff.TakeOver)
	x.say("offer", when(c.Control != dialog.ControlQueued, "it does not wait in the queue"), staff.HandoffReassign)
	x.say("release", when(!oversees, notMine), staff.HandoffClaim)
	x.say("transfer", when(!oversees, either(notMine, moving, writing)), staff.HandoffTransfer)
	x.say("cancel_transfer", either(notMine, when(c.Control != dialog.ControlTransferring, "no transfer is under way")), staff.HandoffTransfer)
	x.say("wrap", either(notMine, moving, writing), staff.HandoffResolve)
	x.say("resolve", either(notMine, moving), staff.HandoffResolve)
	x.say("return_to_bot", either(notMine, moving, s.whyNoReturn(snap, a)), staff.HandoffResolve)
	x.say("whisper", either(when(holder(h) == "", "no agent has it"), when(mine, "you have it")), staff.Whisper)
	x.say("note", "", staff.NoteWrite)
	x.say("mode", when(c.Control == dialog.ControlClosed, "the conversation is closed"), staff.TakeOver)
	x.say("reveal", when(c.Account == "", "no account is identified"), staff.Reveal)
	x.say("export", "", staff.Export, staff.ConversationRead)
	x.say("agree", either(notMine, speaking, when(c.Account == "", "no account is identified")), staff.ConversationReply)
	x.say("request_approval", either(notMine, when(c.Account == "", "no account is identified")), staff.ConversationReply)
	return x.can, x.whyNot
}

// whose says who has a conversation that the actor has not.
func (s *Service) whose(c dialog.Conversation, a staff.Actor) string {
	h := c.Handoff
	switch {
	case holder(h) != "":
		return s.display(h.Holder) + " has the conversation"
	case h.Open() && h.Reserved != nil && h.Reserved.To != a.Name:
		return "it is offered to " + s.display(h.Reserved.To)
	case c.Control == dialog.ControlBot:
		return "the bot has the conversation"
	case c.Control == dialog.ControlClosed:
		return "the conversation is closed"
	}
	return "claim it first"
}

// whyNoReturn asks the engine what stands against giving a held conversation back to the bot, but for the brief.
func (s *Service) whyNoReturn(snap dialog.Snapshot, a staff.Actor) string {
	h := snap.Conversation.Handoff
	if holder(h) != a.Name || a.Name == "" {
		return ""
	}
	_, err := s.Engine.Resolve(snap, h.ID, a.Name, dialog.Resolution{Disposition: "no_resolution", ToBot: true, Brief: "nothing was promised"}, s.Env)
	var refused *dialog.Refused
	if errors.As(err, &refused) {
		return refused.Why
	}
	return ""
}
