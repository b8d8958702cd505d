package dialog

import (
	"regexp"
	"slices"
	"strings"

	"parley/channels"
	"parley/compliance/guard"
	"parley/compliance/inbound"
	"parley/dialog/llm"
	"parley/dialog/understand"
	"parley/negotiation"
)

// What is asked and waited for on a call.
const (
	// PendingReadBack: the terms were read back, and wait for a yes.
	PendingReadBack = "readback"
	pendingKeypad   = "keypad" // an amount, by keypad
)

// maxReads is how often terms are read back before a human takes over.
const maxReads = 3

// readBackWords say the exact terms before they are agreed. On a line that loses words nothing else
// makes an agreement.
var readBackWords = map[string]string{
	"en": "Let me read that back to you: {words}. Is that right? Please say yes or no.",
	"es": "Se lo repito: {words}. ¿Es correcto? Diga sí o no, por favor.",
}

// readBack says the terms of an offer the person has taken, and waits for a yes.
func (t *turn) readBack(o Offer) {
	c := t.conv.Call
	if c.ReadBack != o.ID {
		c.ReadBack, c.Reads = o.ID, 0
	}
	if c.Reads++; c.Reads > maxReads {
		t.handOff(Reason{Code: "readback_failed", Detail: "The terms were read back several times without a clear yes."}, 1)
		return
	}
	words, ok := readBackWords[t.conv.Language]
	if !ok {
		words = readBackWords["en"]
	}
	option := llm.NewOption(o.ID, negotiation.Move{Kind: o.Kind, Terms: withoutExpiry(o.Terms)}, t.conv.Language)
	text := fillOr(words, map[string]string{"words": spokenTerms(option)})
	t.record(StepCompose, StepOK, map[string]any{"template": "read_back", "offer": o.ID}, map[string]any{"text": text})
	if text == "" || !t.send(outgoing{Text: text, Purpose: guard.PurposeReadBack, From: "bot", Offers: []Offer{o}}) {
		t.handOff(Reason{Code: "no_lawful_reply", Detail: "The terms could not be read back."}, 1)
		return
	}
	t.conv.Pending = PendingReadBack
	t.event("readback.asked", "bot", map[string]any{"offer": o.ID, "times": c.Reads})
}

// spokenTerms are an option's words with its figures filled in.
func spokenTerms(o llm.Option) string {
	text, err := llm.Fill(o.Words, o.Values)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(text, ".")
}

// answersReadBack reads what the person says to terms that were read back. Only an explicit yes
// to words that were heard to their end agrees to anything.
func (t *turn) answersReadBack() bool {
	c := t.conv.Call
	i := slices.IndexFunc(t.conv.Table, func(o Offer) bool { return o.ID == c.ReadBack })
	if i < 0 {
		t.conv.Pending, c.ReadBack = "", ""
		return false
	}
	o := t.conv.Table[i]
	keyed := ""
	if t.in.Call != nil && t.in.Call.Event == channels.CallDigits {
		keyed = strings.Trim(t.in.Text, " #*")
	}
	other := t.otherTerms(o)
	switch {
	case other && keyed == "" && t.soundsAlike(o):
		t.conv.Pending, c.ReadBack = pendingKeypad, ""
		t.callSay("call_keypad_amount", "reply", channels.Spoken{})
	case keyed == "1" || keyed == "" && !other && t.saysYes():
		t.agree(o)
	case keyed == "2" || other || t.said.Has(understand.Decline, understand.Counter) || len(t.said.Intents) > 0 && !t.said.Has(understand.Accept):
		t.conv.Pending, c.ReadBack = "accept", ""
		if keyed == "2" {
			t.in.Text = "no"
			t.understandEarly()
		}
		return false // it is a wish, a question or a no, and answered as such
	default:
		if c.Reads++; c.Reads > maxReads {
			t.handOff(Reason{Code: "readback_failed", Detail: "The terms were read back without a clear yes."}, 1)
			return true
		}
		t.callSay("call_keypad_yes", "reply", channels.Spoken{})
	}
	return true
}

// agree takes a yes to terms that were read back, where they were heard.
func (t *turn) agree(o Offer) {
	m, ok := t.saidFor(guard.PurposeReadBack)
	if !ok || !heardWhole(m) {
		t.event("readback.unheard", "service", map[string]any{"offer": o.ID, "message": m.ID})
		t.readBack(o)
		return
	}
	t.event("readback.confirmed", "person", map[string]any{"offer": o.ID, "message": m.ID, "sha256": m.SHA256})
	t.conv.Pending, t.conv.Call.ReadBack, t.conv.Call.Reads = "accept", "", 0
	t.accept(o)
}

func (t *turn) saysYes() bool {
	return t.said.Has(understand.Accept) && !t.said.Has(understand.Decline, understand.Counter) && len(t.said.Asks) == 0
}

// otherTerms reports amounts or dates that are not the offer's.
func (t *turn) otherTerms(o Offer) bool {
	return len(t.said.Amounts)+len(t.said.Dates) > 0 && !t.sameTerms(o)
}

// soundsAlike reports an amount that on the telephone sounds like one of the offer's: "fifteen"
// and "fifty". Only the keypad, or a human, tells them apart.
func (t *turn) soundsAlike(o Offer) bool {
	for _, m := range t.said.Amounts {
		for _, i := range o.Terms.Installments {
			if teenAndTy(m.Money.Minor, i.Amount.Minor) {
				return true
			}
		}
		if teenAndTy(m.Money.Minor, o.Terms.Total.Minor) {
			return true
		}
	}
	return false
}

// teenAndTy reports amounts, in cents, that differ as fifteen and fifty, or two hundred and
// thirteen and two hundred and thirty do.
func teenAndTy(a, b int64) bool {
	if a > b {
		a, b = b, a
	}
	if a%100 != 0 || a/10000 != b/10000 {
		return false
	}
	low, high := a/100%100, b/100%100
	return low >= 13 && low <= 19 && high == (low-10)*10
}

// takeKeyed takes an amount that was keyed as one, in whole dollars a month.
func (t *turn) takeKeyed() {
	if t.conv.Pending = ""; len(t.conv.Table) > 0 {
		t.conv.Pending = "accept"
	}
	keyed := strings.Trim(t.in.Text, " #*")
	if t.in.Call == nil || t.in.Call.Event != channels.CallDigits || keyed == "" || len(keyed) > 5 || strings.Trim(keyed, "0123456789") != "" {
		return
	}
	t.in.Text = "I can pay $" + keyed + " a month"
	t.understandEarly()
}

// talk answers an identified person who has heard what the call is about.
func (t *turn) talk() {
	switch t.conv.Pending {
	case PendingReadBack:
		if t.answersReadBack() {
			return
		}
	case pendingKeypad:
		t.takeKeyed()
	}
	if t.takesLeave() {
		t.goodbye("call_end")
		return
	}
	t.answer()
}

var reLeave = regexp.MustCompile(`\b(good ?bye|bye|adios|hasta luego|that's all|that is all|nothing else|have a (good|nice|great) (day|one|night)|i have to go|i need to go|eso es todo|nada mas|me tengo que ir)\b`)

// takesLeave reports that the person ends the talk, and asks for nothing with it.
func (t *turn) takesLeave() bool {
	return len(t.said.Asks)+len(t.said.Amounts)+len(t.said.Dates) == 0 && reLeave.MatchString(inbound.Normalise(t.in.Text))
}
