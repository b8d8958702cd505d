package dialog

import (
	"encoding/json"
	"slices"
	"time"

	"parley/channels"
	"parley/compliance/guard"
)

// playHeard takes up what became of our words: a mandatory line that was heard lets the
// call go on, one that was cut is said again.
func (t *turn) playHeard() {
	var h Heard
	if json.Unmarshal(t.in.Body, &h) != nil {
		return // nothing can be concluded from it, so nothing was heard
	}
	i := slices.IndexFunc(t.snap.Recent, func(m Message) bool { return m.ID == h.Message })
	if i < 0 || t.conv.Call == nil || t.snap.Recent[i].At.Before(t.conv.Call.PlacedAt) {
		return // of an earlier call
	}
	m := t.snap.Recent[i]
	if heardWhole(m) {
		t.lineHeard(m)
		return
	}
	if unproven(m) {
		t.cannotProve(m)
		return
	}
	if !t.onCall() || h.Reason == channels.CallEndedReason || t.conv.Call.Bye && m.Spoken.Then == channels.ThenListen {
		return // there is nobody to say it to again
	}
	switch {
	case m.Purpose == guard.PurposeOpening:
		t.sayAgain(m.Purpose, t.opening)
	case m.Purpose == guard.PurposeDisclosure:
		t.sayAgain(m.Purpose, t.disclose)
	case m.Spoken.Whole || h.Reason == channels.SpuriousReason:
		t.sayOnceMore(m)
	default:
		t.dropUnheard() // the person spoke: their words come next
	}
}

// cannotProve passes on a call whose line does not tell what was heard: no disclosure on it can be
// proven, so the bot says nothing there that needs one.
func (t *turn) cannotProve(m Message) {
	if m.Purpose != guard.PurposeOpening && m.Purpose != guard.PurposeDisclosure {
		return
	}
	t.event("disclosure.unproven", "service", map[string]any{"message": m.ID, "sha256": m.SHA256, "line": m.Purpose, "call": t.conv.Call.ID})
	if t.onCall() && t.botHas() && !t.conv.Call.Bye {
		t.handOff(Reason{Code: "not_heard", Detail: "The line doesn't report what it plays: no disclosure on it can be proven."}, 1)
	}
}

// lineHeard notes a mandatory line that was heard to its end: only now it was said.
func (t *turn) lineHeard(m Message) {
	c := t.conv.Call
	switch m.Purpose {
	case guard.PurposeOpening:
		if c.Opened.IsZero() {
			c.Opened, t.conv.Disclosed.AI = t.in.At, t.in.At
			t.event("disclosure.heard", "service", map[string]any{"message": m.ID, "sha256": m.SHA256, "line": m.Purpose, "call": c.ID})
		}
	case guard.PurposeDisclosure:
		if c.Disclosed.IsZero() {
			c.Disclosed, t.conv.Disclosed.Initial, t.conv.Disclosed.Session = t.in.At, t.in.At, t.in.At
			t.event("disclosure.heard", "service", map[string]any{"message": m.ID, "sha256": m.SHA256, "line": m.Purpose, "call": c.ID})
			t.begin()
		}
	}
}

// begin goes on once the disclosure was heard: with what the person said meanwhile, or
// with what the call is about.
func (t *turn) begin() {
	c := t.conv.Call
	if !c.Live() || c.Bye || c.Stage == CallTransfer || !t.conv.Identity.Verified {
		return
	}
	c.Stage = CallTalking
	if !t.speaks() {
		return
	}
	if held := c.Held; held != 0 {
		c.Held = 0
		if i := slices.IndexFunc(t.snap.Recent, func(m Message) bool { return m.Seq == held }); i >= 0 {
			m := t.snap.Recent[i]
			t.in = Input{ID: t.in.ID, Seq: m.Seq, Kind: InputMessage, Text: m.Text, At: m.At, Call: m.Call}
			t.understandEarly()
			t.talk()
			return
		}
	}
	t.takeUp()
}

// takeUp says what there is to talk about: what is due, what still lies on the table, or
// the balance and how it may be paid.
func (t *turn) takeUp() {
	switch flag := t.restricted(); {
	case t.paidUp() || t.blind():
	case flag != "":
		t.handOff(Reason{Code: flag, Detail: "The account has a flag under which the bot may not collect."}, 1)
	case t.tellNotice():
	case len(t.conv.Table) > 0 && t.restate():
	default:
		if text := t.whatFor(); text == "" || !t.send(outgoing{Text: text, Purpose: "reply", From: "bot"}) {
			t.callSay("call_help", "reply", channels.Spoken{})
		}
	}
}

// whatFor is the balance and the ways to pay it, where that may be told.
func (t *turn) whatFor() string {
	facts := t.answers()
	if facts["balance"] == "" {
		return ""
	}
	text := t.phrase("balance", facts)
	if text == "" {
		return ""
	}
	t.use("answer_balance", "")
	text += " " + t.phrase("ways", nil)
	t.record(StepCompose, StepOK, map[string]any{"template": "balance"}, map[string]any{"text": text})
	return text
}

// holdWords keeps what was said while the disclosure was not heard yet, for when it was.
func (t *turn) holdWords() {
	if len(t.said.Asks) > 0 || len(t.said.Intents) > 0 && t.said.Factors.Empty() {
		t.conv.Call.Held = t.in.Seq
	}
}

// sayOnceMore says a line again that was cut though nobody spoke, or that must be heard whole.
func (t *turn) sayOnceMore(m Message) {
	n := 0
	for _, x := range t.thisCall() {
		if x.Direction == "out" && x.Text == m.Text {
			n++
		}
	}
	if n >= maxSaid {
		t.handOff(Reason{Code: "not_heard", Detail: "A line could not be said to its end."}, 1)
		return
	}
	t.record(StepCompose, StepOK, map[string]any{"again": m.ID}, map[string]any{"text": m.Text})
	shown := t.offersIn(m.ID)
	if t.send(outgoing{Text: m.Text, Purpose: m.Purpose, From: m.From, Offers: shown, Spoken: *m.Spoken, AnyEpoch: anyEpoch[m.Purpose]}) {
		t.putOn(shown)
		return
	}
	t.dropUnheard()
	t.callSay("call_repeat", guard.PurposeWait, channels.Spoken{})
}

// offersIn are the offers on the table that a message put there last.
func (t *turn) offersIn(message string) []Offer {
	var in []Offer
	for _, o := range t.conv.Table {
		if o.Message == message {
			in = append(in, o)
		}
	}
	return in
}

// putOn notes in which message offers were put to the person last.
func (t *turn) putOn(offers []Offer) {
	if !t.voice() || t.lastSent == "" {
		return
	}
	table := slices.Clone(t.conv.Table)
	for i := range table {
		if slices.ContainsFunc(offers, func(o Offer) bool { return o.ID == table[i].ID }) {
			table[i].Message = t.lastSent
		}
	}
	t.conv.Table = table
}

// dropUnheard takes offers from the table whose words were cut: no agreement can rest on
// what was not heard.
func (t *turn) dropUnheard() {
	kept := slices.DeleteFunc(slices.Clone(t.conv.Table), func(o Offer) bool {
		i := slices.IndexFunc(t.snap.Recent, func(m Message) bool { return o.Message != "" && m.ID == o.Message })
		if i < 0 {
			return false
		}
		switch t.snap.Recent[i].Status {
		case channels.StatusUndelivered, channels.StatusFailed, channels.StatusCancelled:
			t.event("offer.unheard", "service", map[string]any{"offer": o.ID, "message": o.Message})
			return true
		}
		return false
	})
	if len(kept) == len(t.conv.Table) {
		return
	}
	t.conv.Table = kept
	if len(kept) == 0 && (t.conv.Pending == "accept" || t.conv.Pending == PendingReadBack) {
		t.conv.Pending = ""
	}
}

// playCallFailure takes up words that could not be said. When the call is over that is no
// failure of anything; while it goes on a human has to take it.
func (t *turn) playCallFailure() {
	var h Heard
	_ = json.Unmarshal(t.in.Body, &h) // an unreadable reason is still a failure
	if h.Reason == "" {
		h.Reason = string(h.Status)
	}
	t.event("delivery.unsaid", "service", map[string]any{"message": h.Message, "reason": h.Reason})
	switch {
	case t.ofEarlierCall(h.Message):
	case t.dialFailed(h):
		t.conv.Call.EndedAt, t.conv.Call.Stage, t.conv.Call.Outcome = t.now, CallOver, "failed"
		t.queue(Reason{Code: "call_failed", Detail: "A call could not be placed: " + h.Reason}, 0)
	case h.Reason == "no_call" || h.Reason == "connection_lost": // most often the person has hung up, and that is told next
		if t.onCall() && !t.conv.Call.Bye && h.Purpose != "handoff" {
			t.setTimer(TimerUnsaid, t.now.Add(unsaidFor), t.in.Body)
		}
	case t.onCall() && !t.conv.Call.Bye && h.Purpose != "handoff":
		t.handOff(Reason{Code: "delivery_failed", Detail: "Something could not be said on the call: " + h.Reason}, 1)
	}
}

// TimerUnsaid looks at words that met no connection, where the call neither ended nor came back since.
const TimerUnsaid = "call_unsaid"

const unsaidFor = 10 * time.Second

func (t *turn) playUnsaid() {
	if t.onCall() && t.botHas() && !t.conv.Call.Bye {
		t.handOff(Reason{Code: "delivery_failed", Detail: "Something could not be said on the call: it has no connection here."}, 1)
	}
}

// ofEarlierCall reports a message from before the call that is going on.
func (t *turn) ofEarlierCall(id string) bool {
	i := slices.IndexFunc(t.snap.Recent, func(m Message) bool { return m.ID == id })
	return i >= 0 && t.conv.Call.Live() && t.snap.Recent[i].At.Before(t.conv.Call.PlacedAt)
}

// dialFailed reports that what failed is the placing of the call.
func (t *turn) dialFailed(h Heard) bool {
	i := slices.IndexFunc(t.snap.Recent, func(m Message) bool { return m.ID == h.Message })
	return i >= 0 && t.conv.Call != nil && t.conv.Call.Stage == CallDialling &&
		t.snap.Recent[i].Spoken != nil && t.snap.Recent[i].Spoken.Then == channels.ThenDial
}
