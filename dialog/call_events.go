package dialog

import (
	"time"

	"parley/channels"
	"parley/compliance/gate"
	"parley/compliance/guard"
)

// Bounds of a call.
const (
	maxResumes  = 2 // lost connections, then the call ends
	maxSilences = 3 // in a row, then the call ends
	maxAsked    = 3 // times it is asked whether this is the person
	maxScreened = 2 // times a machine that asks who calls is answered
	maxSaid     = 3 // times a mandatory line is begun anew
)

func (t *turn) voice() bool { return t.conv.Channel == "voice" }

// onCall reports whether the turn is played on a call that is connected.
func (t *turn) onCall() bool { return t.voice() && t.conv.Call.Live() }

// playCall answers what happened on a call.
func (t *turn) playCall() {
	in := t.in.Call
	if in == nil {
		return
	}
	t.event("call."+string(in.Event), "service", map[string]any{"call": in.ID, "detail": in.Detail, "outbound": in.Outbound})
	if in.Event == channels.CallStarted {
		t.callStarted(*in)
		return
	}
	if !t.sameCall(*in) {
		return // of another call, which is over
	}
	switch in.Event {
	case channels.CallResumed:
		t.callResumed()
	case channels.CallSilence:
		t.callSilence()
	case channels.CallAnswered:
		t.callAnswered(*in)
	case channels.CallAgent:
		t.callAgent(*in)
	case channels.CallEnded:
		t.callEnded(*in)
	}
}

// sameCall reports whether an event belongs to the call the conversation knows of. A
// call of ours has no id before it is answered, and gets it then.
func (t *turn) sameCall(in channels.Call) bool {
	c := t.conv.Call
	switch {
	case c == nil:
		t.conv.Call = &CallState{ID: in.ID, Outbound: in.Outbound, PlacedAt: t.now, Stage: CallDialling}
	case c.ID == "":
		c.ID = in.ID
	case c.ID != in.ID && in.Event == channels.CallAnswered:
		t.conv.Call = &CallState{ID: in.ID, Outbound: in.Outbound, PlacedAt: t.now, Stage: CallDialling}
	}
	return t.conv.Call.ID == in.ID
}

// callStarted says the first words: who speaks, what speaks, that it is recorded. Who they are is not
// known on any new call, whatever was known before.
func (t *turn) callStarted(in channels.Call) {
	was := t.conv.Call
	c := &CallState{ID: in.ID, Outbound: in.Outbound, PlacedAt: t.now, StartedAt: t.now, Stage: CallOpening}
	if was != nil && (was.ID == in.ID || was.ID == "") {
		if was.Live() {
			return // told twice
		}
		c.PlacedAt, c.Answered = was.PlacedAt, was.Answered
	}
	t.fx.CancelOwn, t.fx.CancelReason = true, "new_call"
	t.setTimer(TimerUnsaid, time.Time{}, nil)
	t.reopen()
	t.forgetWho()
	t.conv.Call, t.conv.SessionStart, t.conv.Unclear = c, t.now, 0
	t.speakTheirs()
	if c.Outbound && !t.mayStillCall() {
		return
	}
	if !t.opening() {
		t.goodbye("call_end")
		return
	}
	if t.mustPassOn() {
		t.transfer()
		return
	}
	t.askPerson()
}

// forgetWho ends what is known of who speaks. Tries that failed lately still count: a new
// call is no new set of guesses.
func (t *turn) forgetWho() {
	id := t.conv.Identity
	t.conv.Identity = Identity{}
	if !id.Verified && t.now.Sub(id.LastSeen) < 24*time.Hour {
		t.conv.Identity = Identity{Attempts: id.Attempts, LastSeen: id.LastSeen}
	}
	t.conv.Disclosed.Session, t.conv.Disclosed.AI = time.Time{}, time.Time{}
	if t.conv.Pending != "" && len(t.conv.Table) == 0 {
		t.conv.Pending = ""
	}
}

// speakTheirs takes the language on file until they say otherwise.
func (t *turn) speakTheirs() {
	for _, id := range t.about() {
		if lang := t.accounts[id].Person.Language; lang != "" {
			t.conv.Language = lang
			return
		}
	}
}

// mayStillCall asks the gate once more as a call of ours is answered: what has come to be
// known since it was placed counts. A call that may not go on ends with an apology.
func (t *turn) mayStillCall() bool {
	snap := t.snap
	snap.Conversation, snap.Address = t.conv, t.address
	snap.Conversation.Call = &CallState{Outbound: true}
	snap.Contacts = withoutThisCall(snap.Contacts)
	v := gate.Decide(t.e.Settings.Contact(snap, "", "bot", t.now))
	outcome := StepOK
	if v.Decision != gate.Allow {
		outcome = StepBlocked
	}
	t.record(StepGate, outcome, map[string]any{"at": "answered"}, map[string]any{"decision": v.Decision, "rules": findingIDs(v.Findings)})
	if outcome == StepOK {
		return true
	}
	t.event("call.refused", "service", map[string]any{"rules": findingIDs(v.Findings)})
	t.opening()
	t.goodbye("call_sorry")
	return false
}

// withoutThisCall takes the call that was just answered out of the counters it is in.
func withoutThisCall(n Contacts) Contacts {
	n.Calls7, n.All7 = max(0, n.Calls7-1), max(0, n.All7-1)
	n.CallDays[0], n.AllDays[0] = max(0, n.CallDays[0]-1), max(0, n.AllDays[0]-1)
	n.LastCall = time.Time{}
	return n
}

// mustPassOn reports a call that a human takes from its beginning.
func (t *turn) mustPassOn() bool {
	if t.conv.Control != ControlBot || t.conv.Mode == ModeOff || t.conv.Mode == ModeDraftOnly || !t.address.WrongParty.IsZero() {
		t.queue(Reason{Code: "called", Detail: "The person called."}, 1)
		return true
	}
	for _, id := range t.about() {
		for _, flag := range []string{FlagCease, FlagRefused, FlagDeceased, FlagMinor, FlagSelfHarm} {
			if t.accounts[id].Has(flag) {
				t.queue(Reason{Code: flag, Detail: "A call came from, or was answered at, a number of an account with this flag."}, 1)
				return true
			}
		}
	}
	return false
}

// callResumed goes on after a lost connection. What was heard stays heard; what was
// not is said again.
func (t *turn) callResumed() {
	c := t.conv.Call
	if !c.Live() {
		return
	}
	c.Resumes++
	t.setTimer(TimerUnsaid, time.Time{}, nil)
	if c.Resumes > maxResumes {
		t.goodbye("call_end")
		return
	}
	if c.Opened.IsZero() {
		t.sayAgain(guard.PurposeOpening, t.opening)
	}
	switch {
	case c.Bye || c.Stage == CallTransfer:
	case !t.conv.Identity.Verified && c.Stage == CallIdentifying:
		t.askFactors()
	case !t.conv.Identity.Verified:
		t.askPerson()
	case c.Disclosed.IsZero():
		t.sayAgain(guard.PurposeDisclosure, t.disclose)
	default:
		t.callSay("call_cut_off", guard.PurposeWait, channels.Spoken{})
		t.takeUp()
	}
}

// callSilence prompts a person who says nothing, and at last ends the call.
func (t *turn) callSilence() {
	c := t.conv.Call
	if !c.Live() || c.Bye || c.Stage == CallTransfer || !t.botHas() {
		return
	}
	c.Silences++
	switch {
	case c.Silences >= maxSilences || t.in.Call.Detail >= "3":
		t.goodbye("call_silent")
	case c.Silences > 1:
		t.callSay("call_still", guard.PurposeWait, channels.Spoken{})
	case c.Opened.IsZero() && t.begunNotHeard(guard.PurposeOpening):
		t.sayAgain(guard.PurposeOpening, t.opening)
		t.askPerson()
	case !t.conv.Identity.Verified && c.Stage == CallIdentifying:
		t.askFactors()
	case !t.conv.Identity.Verified:
		t.askPerson()
	case c.Disclosed.IsZero():
		t.sayAgain(guard.PurposeDisclosure, t.disclose)
	default:
		t.callSay("call_still", guard.PurposeWait, channels.Spoken{})
	}
}

// callAnswered notes what picked up. To a machine nothing is said (CALL-VM-01): the adapter
// hangs up, and the call was counted when it was placed.
func (t *turn) callAnswered(in channels.Call) {
	c := t.conv.Call
	c.Answered = in.Detail
	if in.Detail == channels.AnsweredMachine || in.Detail == channels.AnsweredFax {
		t.fx.CancelOwn, t.fx.CancelReason = true, "machine"
	}
}

// callAgent: the human's end of a transfer. When nobody took it the person is told so, and
// is promised a call back; the conversation keeps waiting for a human.
func (t *turn) callAgent(in channels.Call) {
	c := t.conv.Call
	if in.Detail == "completed" || !c.Live() {
		return
	}
	c.Stage = CallTalking
	t.queue(Reason{Code: ReasonCallBack, Detail: "Nobody took the call: " + in.Detail + ". The person was promised to be called back."}, 2)
	t.event("callback.promised", "service", map[string]any{"call": c.ID, "why": in.Detail})
	t.goodbye("call_no_agent")
}

// ReasonCallBack is why a conversation waits for a human to call back.
const ReasonCallBack = "callback_promised"

// closeLost closes a call whose end was never told.
func (t *turn) closeLost() {
	c := t.conv.Call
	if !c.Live() || t.now.Sub(c.StartedAt) < longestCall {
		return
	}
	t.dropUnheard()
	t.forgetWho()
	c.EndedAt, c.Stage, c.Outcome, c.ReadBack, c.Held = t.now, CallOver, "lost", "", 0
	t.fx.CancelOwn, t.fx.CancelReason = true, channels.CallEndedReason
	t.event("call.closed", "service", map[string]any{"call": c.ID, "outcome": c.Outcome})
}

// callEnded closes the books of the call: nothing of it is sent any more, and it is not
// known any more who speaks. Offers stay only where they were heard.
func (t *turn) callEnded(in channels.Call) {
	c := t.conv.Call
	if !c.EndedAt.IsZero() {
		return
	}
	t.dropUnheard()
	t.forgetWho()
	t.setTimer(TimerUnsaid, time.Time{}, nil)
	if t.conv.Pending == PendingReadBack || t.conv.Pending == pendingKeypad || t.conv.Pending == "identity" {
		t.conv.Pending = ""
	}
	at := c.Stage
	c.EndedAt, c.Stage, c.Outcome, c.ReadBack, c.Held = t.now, CallOver, in.Detail, "", 0
	t.fx.CancelOwn, t.fx.CancelReason = true, channels.CallEndedReason
	if c.CopyDue != "" {
		t.queue(Reason{Code: "written_copy_due", Detail: "This was agreed by telephone; its written copy has to be sent."}, 1)
		c.CopyDue = ""
	}
	t.event("call.closed", "service", map[string]any{"call": c.ID, "stage": at, "outcome": in.Detail,
		"seconds": int(t.now.Sub(c.StartedAt).Seconds()), "opening_heard": !c.Opened.IsZero(), "disclosure_heard": !c.Disclosed.IsZero()})
}
