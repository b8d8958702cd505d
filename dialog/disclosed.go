package dialog

import (
	"slices"
	"strings"
	"time"

	"parley/channels"
)

// disclosed remembers which disclosures a queued message carries.
func (t *turn) disclosed(text string) {
	if t.voice() {
		return // on a call only what was heard was said: see lineHeard
	}
	if saysInitial(text) {
		t.conv.Disclosed.Initial = t.now
	}
	if saysAI(text) {
		t.conv.Disclosed.AI = t.now
	}
	if t.conv.Identity.Verified && t.conv.Disclosed.Session.Before(t.conv.SessionStart) {
		t.conv.Disclosed.Session = t.now
	}
}

func saysInitial(text string) bool {
	return holdsAny(text, "will be used for that purpose", "se usará para ese fin")
}

func saysAI(text string) bool {
	return holdsAny(text, "ai assistant", "inteligencia artificial", "asistente de ia")
}

func saysAnything(string) bool { return true }

func holdsAny(text string, phrases ...string) bool {
	lower := strings.ToLower(text)
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(lower, p) })
}

// takeBack forgets disclosures that came to nothing: those in messages that were
// cancelled or failed after they were queued were not made (12 CFR 1006.18(e)), and the next
// message makes them.
func (t *turn) takeBack() {
	if t.voice() {
		return
	}
	d := &t.conv.Disclosed
	d.Initial = t.stillSaid(d.Initial, saysInitial)
	d.AI = t.stillSaid(d.AI, saysAI)
	d.Session = t.stillSaid(d.Session, saysAnything)
}

// stillSaid is at, or zero where all messages since then that say it came to nothing.
func (t *turn) stillSaid(at time.Time, says func(string) bool) time.Time {
	lost := false
	for _, m := range t.snap.Recent {
		if m.Direction != "out" || m.At.Before(at) || !says(m.Text) {
			continue
		}
		switch m.Status {
		case channels.StatusCancelled, channels.StatusFailed, channels.StatusUndelivered:
			lost = true
		default:
			return at
		}
	}
	if lost {
		return time.Time{}
	}
	return at
}
