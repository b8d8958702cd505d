package dialog

import (
	"encoding/json"
	"maps"
	"slices"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/guard"
)

// callSay says one of the fixed texts of a call.
func (t *turn) callSay(kind, purpose string, how channels.Spoken) bool {
	data := t.templateData()
	data["phone"] = spokenPhone(t.e.Settings.Brand.Phone)
	if name := t.callee(); name != "" {
		data["person"] = name
	}
	text := guard.Template(kind, t.conv.Language, t.e.Settings.Actor, data)
	if text == "" {
		return false
	}
	t.record(StepCompose, StepOK, map[string]any{"template": kind}, map[string]any{"text": text})
	return t.send(outgoing{Text: text, Purpose: purpose, From: "bot", Spoken: how, AnyEpoch: anyEpoch[purpose]})
}

// spokenPhone writes a number as a voice reads it best: digit by digit, in groups.
func spokenPhone(e164 string) string {
	if len(e164) == 12 && e164[:2] == "+1" {
		return e164[2:5] + "-" + e164[5:8] + "-" + e164[8:]
	}
	return e164
}

// callee is the name of the only person the number belongs to, "" where that is not known.
func (t *turn) callee() string {
	names := map[string]string{}
	for _, id := range t.about() {
		p := t.accounts[id].Person
		names[p.ID] = p.Name
	}
	if len(names) != 1 {
		return ""
	}
	return slices.Collect(maps.Values(names))[0]
}

// opening says the first words, which nothing may cut (CALL-ID-01, CALL-AI-01, CALL-REC-01).
func (t *turn) opening() bool {
	kind := "call_opening_in"
	if t.conv.Call.Outbound {
		kind = "call_opening_out"
	}
	return t.callSay(kind, guard.PurposeOpening, channels.Spoken{Whole: true})
}

// disclose says that it is about a debt (CALL-MM-01). Nothing else of it is said until this was
// heard to its end.
func (t *turn) disclose() bool {
	t.conv.Call.Stage = CallDisclosing
	return t.callSay("call_disclosure", guard.PurposeDisclosure, channels.Spoken{Whole: true})
}

// goodbye ends the call with fixed words that say where to call.
func (t *turn) goodbye(kind string) {
	if t.conv.Call.Bye {
		return
	}
	t.conv.Call.Bye = true
	if t.callSay(kind, guard.PurposeEnd, channels.Spoken{Then: channels.ThenHangUp}) || kind == "call_end" {
		return
	}
	t.callSay("call_end", guard.PurposeEnd, channels.Spoken{Then: channels.ThenHangUp})
}

// transfer connects the person with a human by telephone. While the desk is closed they are
// told so, and the call ends with the promise of another. Who is signed in at the desk's page
// says nothing of who sits by its telephone: that one rings, and comes back where nobody answers.
func (t *turn) transfer() {
	c := t.conv.Call
	if c.Bye || c.Stage == CallTransfer {
		return
	}
	if t.deskNow().Closed {
		t.queue(Reason{Code: ReasonCallBack, Detail: "No human could take the call. The person was promised to be called back."}, 1)
		t.event("callback.promised", "service", map[string]any{"call": c.ID, "why": "the desk is closed"})
		t.goodbye("call_away")
		return
	}
	c.Stage = CallTransfer
	t.callSay("call_transfer", "handoff", channels.Spoken{Whole: true, Then: channels.ThenTransfer, Handoff: t.handoffNote()})
}

// callNote is what whoever takes the call over learns of it: no card number, no identity
// factor, and nothing the desk doesn't show them.
type callNote struct {
	Handoff      string   `json:"handoff,omitempty"`
	Conversation string   `json:"conversation"`
	Reasons      []string `json:"reasons,omitempty"`
	Account      string   `json:"account,omitempty"`
	Verified     bool     `json:"verified"`
	Opened       bool     `json:"opening_heard"`
	Disclosed    bool     `json:"disclosure_heard"`
	// Heard are the ids of the last messages that were heard, oldest first.
	Heard    []string `json:"heard,omitempty"`
	Language string   `json:"language"`
}

func (t *turn) handoffNote() string {
	c := t.conv.Call
	n := callNote{Conversation: t.conv.ID, Account: t.conv.Account, Verified: t.conv.Identity.Verified,
		Opened: !c.Opened.IsZero(), Disclosed: !c.Disclosed.IsZero(), Language: t.conv.Language}
	if h := t.conv.Handoff; h.Open() {
		n.Handoff = h.ID
		for _, r := range h.Reasons {
			n.Reasons = append(n.Reasons, r.Code)
		}
	}
	for _, m := range t.thisCall() {
		if m.Direction == "out" && m.Told() != "" && wentOut(m.Status) {
			n.Heard = append(n.Heard, m.ID)
		}
	}
	if k := len(n.Heard); k > 10 {
		n.Heard = n.Heard[k-10:]
	}
	src, err := json.Marshal(n)
	if err != nil {
		return "{}"
	}
	return string(src)
}

// thisCall are the messages since the call began, oldest first.
func (t *turn) thisCall() []Message {
	c := t.conv.Call
	i := slices.IndexFunc(t.snap.Recent, func(m Message) bool { return !m.At.Before(c.StartedAt) })
	if c == nil || i < 0 {
		return nil
	}
	return t.snap.Recent[i:]
}

// saidFor finds the latest message of a purpose on this call.
func (t *turn) saidFor(purpose string) (Message, bool) {
	all := t.thisCall()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Direction == "out" && all[i].Purpose == purpose {
			return all[i], true
		}
	}
	return Message{}, false
}

// heardWhole reports whether a message is known to have been heard to its end. That there
// was time to say it on a line that reports nothing is no proof of that.
func heardWhole(m Message) bool {
	return m.Status.Rank() >= channels.StatusDelivered.Rank() && m.Reason != channels.EstimatedReason
}

// unproven reports a message that was said on such a line.
func unproven(m Message) bool {
	return m.Status.Rank() >= channels.StatusDelivered.Rank() && m.Reason == channels.EstimatedReason
}

// begunNotHeard reports whether the latest line of a purpose came to nothing, or was never begun; one
// that is on its way is neither.
func (t *turn) begunNotHeard(purpose string) bool {
	m, ok := t.saidFor(purpose)
	return !ok || m.Status == channels.StatusUndelivered || m.Status == channels.StatusFailed || m.Status == channels.StatusCancelled
}

// sayAgain says a mandatory line once more where it was not heard, a few times at most; then
// a human takes over.
func (t *turn) sayAgain(purpose string, say func() bool) {
	if !t.begunNotHeard(purpose) {
		return
	}
	n := 0
	for _, m := range t.thisCall() {
		if m.Direction == "out" && m.Purpose == purpose {
			n++
		}
	}
	if n >= maxSaid {
		t.handOff(Reason{Code: "not_heard", Detail: "A mandatory line could not be said to its end."}, 1)
		return
	}
	say()
}

func findingIDs(f []compliance.Finding) []string { return compliance.RuleIDs(f) }
