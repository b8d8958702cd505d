package responder

import (
	"regexp"
	"slices"
	"strings"

	"parley/dialog/llm"
	"parley/dialog/understand"
	"parley/negotiation"
)

var reMoney = regexp.MustCompile(`(?i)\$|\b(dollars?|bucks?|usd|d[oó]lar(es)?|pesos?)\b`)

// commandOf is the command that says an intent.
var commandOf = []struct {
	intent understand.Name
	cmd    llm.CommandName
}{
	{understand.Hardship, llm.CmdHardship},
	{understand.Counter, llm.CmdCounter},
	{understand.Settle, llm.CmdSettle},
	{understand.PayFull, llm.CmdFull},
	{understand.Promise, llm.CmdPromise},
	{understand.MakePlan, llm.CmdPlan},
	{understand.Decline, llm.CmdDecline},
}

// paying deals with offers. It reports whether it said anything.
func (w *writer) paying() bool {
	if w.accepting() {
		return true
	}
	h := w.b.Heard
	wants := false
	for _, c := range commandOf {
		if h.Has(c.intent) {
			w.do(c.cmd)
			wants = true
		}
	}
	answersUs := w.b.Pending != "" && !w.identifying() && (h.Surplus != nil || h.Payday != "" || len(h.Amounts)+len(h.Dates) > 0)
	if !wants && len(h.Asks) == 0 && !answersUs {
		return false
	}
	if h.Unclear && (len(h.Asks) == 0 || doubtful(h)) && !h.Has(understand.Hardship) {
		return false
	}
	return w.propose()
}

// accepting takes the offer a person says yes to, or chooses by number.
func (w *writer) accepting() bool {
	h := w.b.Heard
	if h.Choice == 0 && !h.Has(understand.Accept) {
		return false
	}
	offers := w.b.Offers()
	var tabled []llm.Option
	for _, o := range offers {
		if o.Tabled {
			tabled = append(tabled, o)
		}
	}
	switch n := h.Choice; {
	case n > 0 && n <= len(offers):
		w.accept(offers[n-1])
	case n == -1 && len(offers) > 0:
		w.accept(offers[len(offers)-1])
	case n == 0 && len(tabled) == 1:
		w.accept(tabled[0])
	case len(offers) > 0:
		w.do(llm.CmdClarify)
		if len(offers) == 1 {
			w.move = offers[0]
			return w.say("offer")
		}
		return w.say("which")
	default:
		return false
	}
	return true
}

func (w *writer) accept(o llm.Option) {
	w.move = o
	w.do(llm.CmdAccept)
	switch {
	case o.Kind == negotiation.MovePromise:
		w.say("accepted_promise")
	case o.Values[llm.PhOthers] != "":
		_ = w.say("accepted_total") || w.say("accepted")
	default:
		w.say("accepted")
	}
}

// propose puts the engine's answer into words.
func (w *writer) propose() bool {
	h := w.b.Heard
	offers := w.b.Offers()
	for _, o := range offers {
		if o.Accepts && !w.half(o) {
			w.move = o
			return w.say("accepts")
		}
	}
	if h.Has(understand.Hardship) {
		return w.hardTimes(offers)
	}
	if len(w.b.Options) == 0 {
		return h.Has(understand.Decline) && w.say("declined")
	}
	switch first := w.b.Options[0]; first.Kind {
	case negotiation.MoveAsk:
		w.move = first
		return w.say("ask."+first.Field) || w.say("ask")
	case negotiation.MoveHold:
		w.move = first
		if len(offers) > 1 {
			return w.say("hold_menu")
		}
		return w.say("hold") || w.say("declined")
	case negotiation.MoveHandoff:
		w.move = first
		w.do(llm.CmdHandoff)
		return w.say("human")
	case negotiation.MoveHardship:
		return w.hardTimes(offers)
	}
	return w.offer(w.matching(offers))
}

// hardTimes prefers the engine's hardship path, then its smallest offer.
func (w *writer) hardTimes(offers []llm.Option) bool {
	w.do(llm.CmdHardship)
	if w.take(negotiation.MoveHardship) {
		return w.say("hardship")
	}
	for _, o := range offers {
		if o.Kind == negotiation.MovePlan {
			w.move = o
			return w.say("hardship_offer")
		}
	}
	w.do(llm.CmdHandoff)
	w.take(negotiation.MoveHandoff)
	return w.say("hardship")
}

// matching keeps the offers of the kind the person asks for, or all when there are none.
func (w *writer) matching(offers []llm.Option) []llm.Option {
	h := w.b.Heard
	kind := negotiation.MoveKind("")
	switch {
	case h.Has(understand.Settle):
		kind = negotiation.MoveSettlement
	case h.Has(understand.PayFull):
		kind = negotiation.MoveFull
	case h.Has(understand.MakePlan):
		kind = negotiation.MovePlan
	}
	var out []llm.Option
	for _, o := range offers {
		if o.Kind == kind {
			out = append(out, o)
		}
	}
	if len(out) == 0 {
		return offers
	}
	return out
}

// offer says one offer by its words, or all of them as a numbered list, since
// numbers count every offer.
func (w *writer) offer(offers []llm.Option) bool {
	if len(offers) == 0 {
		return false
	}
	w.move = offers[0]
	list := ""
	if len(offers) > 1 {
		list = "_menu"
	}
	if !w.named() {
		if list == "" {
			return w.say("offer")
		}
		return w.say("menu")
	}
	return w.counter(offers[0], list)
}

// counter puts an offer against what the person asked for, and is true: it says
// "can't" only of what policy forbids, and names the person's figure as theirs.
// list is "_menu" where several are offered.
func (w *writer) counter(o llm.Option, list string) bool {
	asked := w.asked()
	switch {
	case o.Beyond:
		return w.say("counter" + list + "_beyond")
	case asked != "" && o.Sooner && list == "" && w.sayOf("counter_sooner", "{asked}", asked):
		return true
	case asked != "" && w.sayOf("counter"+list+"_asked", "{asked}", asked):
		return true
	}
	return w.say("counter" + list)
}

// asked is the one figure the person has just named, in their words: "$110.00 a
// month", "$50.00 to $80.00". It is empty when they named none, or several, and
// when nothing shows that the number is money: a bare "4111" may be half of a card's.
func (w *writer) asked() string {
	asks := w.b.Heard.Asks
	if len(asks) != 1 || asks[0].Amount.Minor <= 0 || asks[0].Share != 0 || asks[0].Cadence == "" && !reMoney.MatchString(w.b.Text) {
		return ""
	}
	a := asks[0]
	words := llm.Money(a.Amount, w.b.Language)
	if a.Max.Minor > a.Amount.Minor {
		words = strings.NewReplacer("{least}", words, "{asked}", llm.Money(a.Max, w.b.Language)).Replace(w.book.Say("asked.range", 0))
	}
	if a.Kind == negotiation.AskPlan && a.Cadence != "" {
		words = strings.ReplaceAll(w.book.Say("asked."+string(a.Cadence), 0), "{asked}", words)
	}
	return words
}

// half reports whether an offer takes only the first part of what was asked:
// "500 down, then 100 a month" is no single payment.
func (w *writer) half(o llm.Option) bool {
	return o.Kind == negotiation.MovePromise && len(w.b.Heard.Asks) > 1 &&
		slices.ContainsFunc(w.b.Heard.Asks, func(a negotiation.Ask) bool { return a.Kind == negotiation.AskPlan })
}

// named reports whether the person named a figure or a day of their own, which
// the offer then answers. Who only asks for monthly payments is not refused anything.
func (w *writer) named() bool {
	return w.b.Heard.Has(understand.Counter) && slices.ContainsFunc(w.b.Heard.Asks, func(a negotiation.Ask) bool {
		return a.Amount.Minor != 0 || a.Share != 0 || a.Count != 0 || a.Start.IsValid() || a.By.IsValid() || a.NotBefore.IsValid()
	})
}

// take picks the first option of a kind.
func (w *writer) take(k negotiation.MoveKind) bool {
	for _, o := range w.b.Options {
		if o.Kind == k {
			w.move = o
			return true
		}
	}
	return false
}
