package responder

import (
	"strings"

	"parley/dialog/llm"
	"parley/dialog/understand"
	"parley/negotiation"
)

// unverified speaks to someone who hasn't shown who they are: nothing about a debt.
func (w *writer) unverified() {
	h := w.b.Heard
	switch {
	case h.Has(understand.AskHuman):
		w.do(llm.CmdHandoff)
		w.say("human")
		return
	case h.Has(understand.AskWho):
		w.do(llm.CmdAnswer)
		w.say("who_unverified")
	case !h.Factors.Empty():
		w.do(llm.CmdIdentify)
	case h.Has(understand.Greeting) || w.b.Pending == "":
		w.do(llm.CmdChitChat)
		w.say("greet")
	}
	need := w.need()
	if need == "" {
		return
	}
	key := "identify"
	if !h.Factors.Empty() && w.identifying() {
		key = "identify_again"
	}
	w.pieces = append(w.pieces, strings.ReplaceAll(w.book.Say(key, w.b.Seed), "{need}", need))
}

// verified answers questions first, then the matter of paying.
func (w *writer) verified() {
	h := w.b.Heard
	if w.handOver() {
		return
	}
	answered := w.questions()
	if w.paying() {
		return
	}
	if !answered {
		w.smallThings()
	}
	if len(w.pieces) == 0 || (answered && h.Has(understand.Identify)) {
		w.opening()
	}
}

// handOver leaves to a human what is a human's, and says so.
func (w *writer) handOver() bool {
	h := w.b.Heard
	for _, c := range []struct {
		intent understand.Name
		cmd    llm.CommandName
		key    string
	}{
		{understand.AskHuman, llm.CmdHandoff, "human"},
		{understand.Dispute, llm.CmdDispute, "dispute"},
		{understand.Validation, llm.CmdValidation, "validation"},
	} {
		if h.Has(c.intent) {
			w.do(c.cmd)
			w.take(negotiation.MoveHandoff)
			w.say(c.key)
			return true
		}
	}
	return false
}

// questions answers what is asked for besides terms.
func (w *writer) questions() bool {
	h := w.b.Heard
	said := len(w.pieces)
	if h.Has(understand.AskWho) {
		w.do(llm.CmdAnswer)
		w.say("ai")
		w.say("creditor")
	}
	if h.Has(understand.AskBalance) {
		w.do(llm.CmdAnswer)
		_ = w.say("balance") || w.say("balance_plain") || w.say("unknown_fact")
		if w.b.Pending == "" && len(h.Intents) == 1 {
			w.say("ways")
		}
	}
	if h.Has(understand.PaymentLink) {
		w.do(llm.CmdPaymentLink)
		_ = w.say("payment_link") || w.say("payment_no_link")
	}
	if h.Has(understand.Callback) {
		w.do(llm.CmdCallback)
		w.say("callback")
	}
	if h.Has(understand.UpdateContact) {
		w.do(llm.CmdContact)
		w.say("update_contact")
	}
	return len(w.pieces) > said
}

// smallThings are greeting, thanks, goodbye and talk.
func (w *writer) smallThings() {
	h := w.b.Heard
	switch {
	case h.Has(understand.Goodbye):
		w.do(llm.CmdChitChat)
		w.say("goodbye")
	case h.Has(understand.Thanks):
		w.do(llm.CmdChitChat)
		w.say("thanks")
		w.say("anything")
	case h.Has(understand.Identify):
		// what follows is the opening
	case h.Has(understand.Greeting) && len(w.b.Offers()) == 0:
		w.do(llm.CmdChitChat)
		w.say("greet_verified")
	case h.Has(understand.SmallTalk):
		w.do(llm.CmdChitChat)
		w.say("small_talk")
		w.say("anything")
	case h.Has(understand.QuestionOther):
		w.do(llm.CmdClarify)
		w.say("unknown_fact")
	}
}

// opening says the balance and the ways to pay, or asks again.
func (w *writer) opening() {
	h := w.b.Heard
	switch {
	case h.Has(understand.Identify) || h.Has(understand.Greeting):
		w.do(llm.CmdAnswer)
		_ = w.say("balance") || w.say("balance_plain")
		w.say("ways")
	case h.Unclear && invalidDay(h):
		w.do(llm.CmdClarify)
		w.say("unclear_date")
	case h.Unclear && len(h.Amounts) > 0:
		w.do(llm.CmdClarify)
		w.say("unclear_amount")
	default:
		w.do(llm.CmdClarify)
		w.say("unclear")
	}
}

// doubtful reports whether a figure was named that can't be meant.
func doubtful(h understand.Understanding) bool {
	for _, a := range h.Amounts {
		if a.Role == "invalid" {
			return true
		}
	}
	return invalidDay(h)
}

// identifying reports whether we last asked who the person is.
func (w *writer) identifying() bool {
	return w.b.Pending == "identify" || w.b.Pending == "identity"
}

func invalidDay(h understand.Understanding) bool {
	for _, d := range h.Dates {
		if d.Role == "invalid" || d.Role == "past" {
			return true
		}
	}
	return false
}
