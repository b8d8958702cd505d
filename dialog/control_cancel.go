package dialog

import (
	"parley/compliance/inbound"
)

// resumes are the words with which a person who waits goes on with the bot.
var resumes = map[string]bool{
	"continue": true, "continue here": true, "continue with the bot": true, "go on": true, "never mind": true, "nevermind": true,
	"continuar": true, "seguir": true, "sigamos": true, "olvidelo": true, "no importa": true,
}

// mayCancel reports whether the person may give up waiting: nobody has taken the
// conversation, and nothing in it asks for a human whatever they say. Whoever could not be identified
// does not get more guesses by it, nor do those who said they are somebody else.
func (t *turn) mayCancel() bool {
	h := t.conv.Handoff
	if !h.Open() || t.conv.Mode != ModeAuto || t.conv.Control != ControlQueued && t.conv.Control != ControlOffered {
		return false
	}
	if !t.conv.Identity.Verified && t.conv.Identity.Attempts >= maxIdentityAttempts || t.deniedToBe() {
		return false
	}
	return t.humanOnly(*h) == ""
}

// cancels reports whether the person gives up waiting for a human.
func (t *turn) cancels() bool {
	return t.in.Kind == InputMessage && t.mayCancel() && resumes[inbound.Normalise(t.in.Text)]
}

// DispositionCancelled ends a hand-off the person did not want any more.
const DispositionCancelled = "cancelled_by_person"

// resume gives the conversation back to the bot, which takes the thread up.
func (t *turn) resume() {
	h := *t.conv.Handoff
	h.Reserved = nil
	h.ResolvedAt, h.Disposition = t.now, DispositionCancelled
	t.conv.Unclear, t.conv.Pending = 0, ""
	t.setControl(ControlBot, &h)
	if !t.conv.Identity.Verified || !t.goOn() {
		t.answer()
	}
}

// humanOnly is why only a human may go on with a hand-off, "" where the bot may.
func (t *turn) humanOnly(h Handoff) string {
	for _, r := range h.Reasons {
		if humansOnly[r.Code] {
			return r.Code
		}
	}
	if t.conv.Account != "" {
		if flag := t.restricted(); humanFlags[flag] {
			return flag
		}
	}
	return ""
}
