package dialog

import (
	"parley/channels"
	"parley/compliance/gate"
)

// StartCall places a call to a person who asked for one, or may be called: "callback",
// "reminder" or "" as the purpose. The gate is asked now, again as the call is dialled, and again when it is
// answered: consent to an artificial voice, hours, how often, flags. The error is a *[Refused] that says which rule
// stands against it and until when; nothing is placed then.
func (e *Engine) StartCall(snap Snapshot, account, purpose string, env Env) (Effects, error) {
	t := e.action(snap, "service", env)
	switch {
	case !t.voice():
		return Effects{}, notLikeThis("a call is placed in a conversation by telephone")
	case t.conv.Control != ControlBot:
		return Effects{}, heldBy(t.conv)
	case t.conv.Call.Live() || t.conv.Call != nil && t.conv.Call.Stage == CallDialling && t.now.Sub(t.conv.Call.PlacedAt) < dialFor:
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "a call with this person is going on"}
	}
	if _, ok := t.accounts[account]; !ok {
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "the open conversation on this number is not about this account"}
	}
	t.conv.Call = &CallState{Outbound: true, PlacedAt: t.now, Stage: CallDialling}
	t.event("call.placed", "service", map[string]any{"account": account, "purpose": purpose})
	return t.speakOut(dialling(purpose))
}

// dialling is the message that places a call: it has no words.
func dialling(purpose string) outgoing {
	return outgoing{Purpose: purpose, From: "bot", Spoken: channels.Spoken{Then: channels.ThenDial}}
}

// sendOrCall says something the person did not ask for. By telephone that takes a call: what there is to
// say is then said once they are known, and the call has come to it.
func (t *turn) sendOrCall(o outgoing) bool {
	if !t.voice() || t.onCall() {
		return t.send(o)
	}
	was := t.conv.Call
	t.conv.Call = &CallState{Outbound: true, PlacedAt: t.now, Stage: CallDialling}
	ok := t.send(dialling(o.Purpose))
	if !ok || t.verdict.Decision != gate.Allow {
		t.conv.Call = was
		return ok
	}
	t.event("call.placed", "service", map[string]any{"account": t.conv.Account, "purpose": o.Purpose})
	return true
}
