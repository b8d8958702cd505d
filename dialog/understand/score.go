package understand

import (
	"regexp"
	"slices"
	"strings"

	"parley/negotiation"
)

var reBut = compile(`\b(but|however|only if|as long as|if you|if i|unless|except|pero|siempre y cuando|si me|solo si|aunque)\b`)

// intents hears what is wanted, from the words and from the asks.
func (u *Understanding) intents(plain string, cs []clause) {
	scores := map[Name]float64{}
	raise := func(n Name, s float64) { scores[n] = max(scores[n], s) }
	for _, c := range cues {
		if c.re.match(plain) && !c.not.match(plain) {
			raise(c.name, c.score)
		}
	}
	u.Asks = worded(u.Asks, plain)
	for _, a := range u.Asks {
		raiseAsk(a, raise)
	}
	if !u.Factors.Empty() {
		raise(Identify, 0.9)
	} else if scores[Identify] > 0 && len(u.Asks) > 0 && len(u.Amounts) > 0 {
		delete(scores, Identify)
	}
	if u.Affirm && onlyYes(plain) {
		raise(Accept, 0.8)
	} else if u.Affirm {
		raise(Accept, 0.4)
	}
	if u.Choice != 0 {
		raise(Accept, 0.85)
	}
	if u.Deny {
		raise(Decline, 0.65)
	}
	u.settleScores(scores, plain)
	for _, n := range []Name{Callback, Hardship, Defer, AskHuman} {
		if scores[n] >= 0.5 {
			// The day belongs to that, not to a payment.
			u.Asks = slices.DeleteFunc(u.Asks, func(a negotiation.Ask) bool { return a.Kind == negotiation.AskOpen })
		}
	}
	if len(u.Asks) == 0 && scores[Counter] <= 0.6 && len(scores) > 1 {
		delete(scores, Counter)
	}
	for n, s := range scores {
		if s > 0 {
			u.Intents = append(u.Intents, Intent{Name: n, Score: s})
		}
	}
	slices.SortFunc(u.Intents, func(a, b Intent) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		case a.Name < b.Name:
			return -1
		}
		return 1
	})
	u.openAsks(scores, plain)
}

// fillers may stand around a yes without changing it.
var fillers = set(`yes yeah yea yep ok okay sure please pls thanks thank you to i will want that this it its the a do lets go set up for me im am is plan
offer deal sir maam mam good great fine right now then so we can with on in my and lol very much si claro por favor gracias senor senorita esta bien
que asi lo la el le de eso esa por quiero vamos hagalo entonces pues muy ready interested agreed cool ava no problem worries why not como`)

// onlyYes reports whether a message that begins with a yes says little else. A
// yes that opens a longer story may be no more than a manner of speaking.
func onlyYes(plain string) bool {
	others := 0
	for _, w := range strings.Fields(plain) {
		if !fillers[w] && !reYes.MatchString(w) {
			others++
		}
	}
	return others <= 1
}

// raiseAsk says an ask as intents.
func raiseAsk(a negotiation.Ask, raise func(Name, float64)) {
	switch a.Kind {
	case negotiation.AskPlan:
		raise(MakePlan, 0.6)
		raise(Counter, 0.75)
	case negotiation.AskSettlement:
		raise(Settle, 0.85)
		if figuresIn(a) {
			raise(Counter, 0.75)
		}
	case negotiation.AskFull:
		raise(PayFull, 0.85)
	case negotiation.AskPromise:
		raise(Promise, 0.8)
		raise(Counter, 0.6)
	case negotiation.AskLower:
		raise(Decline, 0.6)
		raise(Counter, 0.6)
	case negotiation.AskLater:
		raise(Counter, 0.7)
	default:
		if figuresIn(a) {
			raise(Counter, 0.6)
		}
	}
}

// strong intents are not mere politeness around a yes.
var strong = []Name{AskHuman, Dispute, Validation, Hardship, AskWho, AskBalance, PaymentLink, Callback, UpdateContact, Settle, PayFull, Decline, Defer}

// settleScores lets intents that contradict each other give way. A yes with a
// condition, a figure or another matter beside it is no acceptance: to miss one
// costs a question, to invent one costs a person money.
func (u *Understanding) settleScores(s map[Name]float64, plain string) {
	conditional := reBut.match(plain)
	figured := false
	for _, a := range u.Asks {
		figured = figured || figuresIn(a) || a.Kind == negotiation.AskLower || a.Kind == negotiation.AskLater
	}
	if u.Choice == 0 {
		for _, n := range strong {
			if s[n] >= 0.5 {
				s[Accept] = min(s[Accept], 0.3)
			}
		}
		if conditional || figured || u.Question && (s[MakePlan] >= 0.5 || s[QuestionOther] > 0) || u.doubtful() {
			s[Accept] = min(s[Accept], 0.3)
		}
	} else {
		s[Decline], s[Counter] = min(s[Decline], 0.3), min(s[Counter], 0.4)
		if conditional || figured {
			s[Accept] = 0.4
			s[Counter] = max(s[Counter], 0.6)
		}
	}
	if s[Goodbye] >= 0.5 && u.Choice == 0 {
		s[Accept] = min(s[Accept], 0.4) // "ok thanks bye" takes leave
	}
	if s[Decline] >= 0.5 && figured {
		s[Decline] = min(s[Decline], 0.55)
		s[Counter] = max(s[Counter], 0.7)
	}
	if s[Accept] >= 0.5 {
		delete(s, Greeting)
		delete(s, QuestionOther)
	}
	others := 0
	for n, v := range s {
		if v >= 0.5 && n != QuestionOther && n != Greeting && n != Thanks {
			others++
		}
	}
	if others > 0 || !u.Question && !startsAsQuestion.MatchString(plain) {
		delete(s, QuestionOther)
	}
	if s[PayFull] >= 0.85 {
		s[Settle] = min(s[Settle], 0.4)
	}
	for n, v := range s {
		if v == 0 {
			delete(s, n)
		}
	}
}

var startsAsQuestion = regexp.MustCompile(`^(?:so |and |but |ok |okay |y |pero )?(what|why|how|when|where|which|can (you|i|we|it)|could (you|i|we)|will|would|should|do (you|i|we)|does|did|am i|is (it|there|this)|are (there|you)|que|por que|como|cuando|donde|cual|puede|hay)\b`)

// doubtful reports whether a figure was named that can't be meant.
func (u *Understanding) doubtful() bool {
	bad := func(m Mention) bool { return m.Role == "invalid" || m.Role == "past" }
	return slices.ContainsFunc(u.Amounts, bad) || slices.ContainsFunc(u.Dates, bad)
}

// openAsks adds the asks that are all intent and no figure.
func (u *Understanding) openAsks(s map[Name]float64, plain string) {
	if len(u.Asks) > 0 || s[MakePlan] < 0.5 || s[Accept] >= 0.5 {
		return
	}
	kind := negotiation.AskOpen
	if s[MakePlan] >= 0.8 {
		kind = negotiation.AskPlan
	}
	u.Asks = append(u.Asks, negotiation.Ask{Kind: kind})
}

// contradicts are intents that can't both be meant.
var contradicts = map[Name][]Name{
	Accept:  {Decline, Counter, Defer, Hardship, Dispute, AskHuman, QuestionOther},
	Decline: {Accept, PayFull},
	Counter: {Accept, Decline},
	Settle:  {PayFull},
	PayFull: {Settle, Hardship, Decline},
	Promise: {Hardship, Decline, Accept},
}

// margin is how far the strongest intent stands above what contradicts it.
func (u *Understanding) margin() float64 {
	if len(u.Intents) == 0 || u.Unclear {
		return 0
	}
	top, against := u.Intents[0], 0.0
	for _, i := range u.Intents[1:] {
		if slices.Contains(contradicts[top.Name], i.Name) {
			against = max(against, i.Score)
		}
	}
	return max(0, top.Score-against)
}
