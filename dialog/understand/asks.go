package understand

import (
	"github.com/golang-sql/civil"

	"parley/negotiation"
)

var (
	reSettleWords = compile(`\b(settle\w*|settling|lump sum|one time payment|be done|call it (even|done|good|square|quits)|clear (it|this|the debt)( up| out)?|wipe (it|this)|make (it|this) go away|forgive|discount|close (it|this)( out)?|close the account|off my back|finish (it|this)|in exchange for|and were done|and we are done|liquid\w+|finiquit\w*|saldar(la|lo)?|quedar a mano|cerrar (la|esta|mi) (cuenta|deuda)|descuento|quita|acabar con esto|terminar con esto|pay less)\b`)
	reFullWords   = compile(`\b(in full|pay (it |this |the )?(all|whole|entire|everything)( of it)?( (balance|amount|thing|debt))?|pay (it|this|the balance|the debt|everything) off|pay off (the|my|this|all|it)|payoff|full (amount|balance|payment)|(the )?whole (thing|amount|balance|debt)|all of it|all at once|the total( amount)?|clear the (whole )?balance|pagar(lo|la)? (todo|completo|la totalidad|el total|entero|al contado)|pago (total|completo|todo)|todo (de una vez|el saldo|de un jalon)|liquidar todo|de contado|saldo completo|la totalidad)\b`)
	reNotFull     = compile(`\b(cant|cannot|not|no way|wont|dont have|unable|never|no puedo|no tengo|no podria|isnt possible|instead of|couldnt|rather than)\b`)
	reLowerWords  = compile(`\b(too (much|high|expensive|steep)|lower|less|smaller|cheaper|reduce|come down|go down|lowest|steep|cant (afford|do|pay|swing|manage) (that|this|it|so much|that much|this much)|that much|more than i (can|have)|(thats|that is|its) (really )?(all|the most|the best) (that )?i (can|could|have|got)|eso es (todo )?lo (unico |mas |maximo )?que (puedo|tengo)|(demasiado|mucho|muy (alto|caro))|menos|mas (bajo|chico|pequeno|barato)|bajar(le|lo)?|no puedo (con )?(eso|tanto)|no me alcanza para eso|es mucho)\b`)
	reLaterWords  = compile(`\b(more time|need time|later|extension|push (it|this|that) (back|out)|delay|postpone|wait|mas tiempo|mas tarde|mas adelante|prorroga|aplazar|posponer|esperar(me)?)\b`)
	reNothing     = compile(`\b(nothing|cant|cannot|not|wont|dont|nada|no)\b`)
	reStartWords  = compile(`\b(start|starting|begin|beginning|first payment|empez\w+|empiez\w+|comenz\w+|comienz\w+|iniciar|primer pago)\b`)
	reRestWords   = compile(`\b(the (rest|remainder|remaining|other half)|el resto|la otra mitad|lo demas)\b`)
	rePaidWords   = compile(`\b(pays|paid|job|gano|cobro|me pagan|sueldo|trabajo|work)\b`)
	reDayTalk     = compile(`\b(works?|do|make (it|that)|how about|what about|better|instead|mejor|puede ser|que tal|could|can we|change|move|fine|good|okay|ok|sirve|conviene|bien|meant)\b`)
	reTooMuch     = compile(`^(is |es |a month |al mes |monthly )*(way )?(too (much|high|expensive|steep)|demasiado|mucho)\b`)
	reCant        = compile(`\b(cant|cannot|can not|couldnt|unable to|not able to|no puedo)( (afford|pay|do|manage|swing|make|handle|pagar|dar))?( (the|that|los|las))?$`)
	reMoreThan    = compile(`\b(than|over|until|till|hasta|mas)\b`)
	reTotalWords  = compile(`\b((would|will|could|can) (you|u)( guys)? (take|accept)|total|all together)\b`)
	reNoSettle    = compile(`\b(dont|not|no) (want to |quiero )?(settle|liquidar)`)
	reIsAllICan   = compile(`^(is|s|es) (really |honestly |about |just )?(what|all|the most|the best|the max|the maximum|as much as|as high as|as far as|lo (unico )?que|todo lo que|lo (mas|maximo)( que)?)( that)? ?(i|me)?( realistically| really)? ?(can|could|have|got|afford|puedo|podria|tengo|alcanza)\b`)
	reMostICanIs  = compile(`\b(most|max|maximum|limit|maximo|limite|lo mas)\b.{0,24}\b(is|es)$|\bbest (offer |i can do )?is$`)
	rePayWords    = compile(`\b(pay|payin|paying|payment|send|have (it|the money|something)|give|make|promise|pagar\w*|pago|mandar\w*|deposit\w*|prometo|abon\w+)\b`)
)

// asksOf makes the asks of a message's clauses. doubt means that a figure was
// named which can't be meant as it stands.
func asksOf(cs []clause, today civil.Date, alone bool) (asks []negotiation.Ask, doubt bool) {
	for _, c := range cs {
		g := gather(c, today, alone)
		doubt = doubt || g.doubt
		ask, ok := g.decide(c.text(), today)
		if !ok {
			continue
		}
		last := len(asks) - 1
		switch {
		case last < 0:
			asks = append(asks, ask)
		case asks[last].Kind == negotiation.AskLower && figuresIn(ask):
			asks[last] = ask // "I can't do 100, I can do 60"
		case ask.Kind == negotiation.AskLower:
		case c.fixes:
			asks[last] = overlay(asks[last], ask)
		case !c.alt && !c.also && joins(asks[last], ask):
			asks[last] = merge(asks[last], ask)
		case ask.Kind == negotiation.AskOpen && !figuresIn(ask):
		default:
			asks = append(asks, ask)
		}
	}
	return asks, doubt
}

// decide gives a clause's figures their kind.
func (g gathered) decide(text string, today civil.Date) (negotiation.Ask, bool) {
	a := g.ask
	settle := reSettleWords.match(text) && !reNoSettle.match(text)
	full := reFullWords.match(text) && !reNotFull.match(text)
	if g.refused && !g.amount && !g.share {
		return negotiation.Ask{Kind: negotiation.AskLower}, true
	}
	settle = settle || g.off || g.amount && reTotalWords.match(text)
	switch {
	case settle && (g.amount || g.share || !g.timed) && !full:
		a.Kind = negotiation.AskSettlement
	case a.Count == 1 && g.amount:
		a.Kind = negotiation.AskSettlement
	case full && !g.amount && a.Cadence == "", a.Count == 1 && !g.share:
		a.Kind = negotiation.AskFull
	case a.Cadence != "" && !g.amount && !g.share && a.Count == 0 && rePaidWords.match(text):
		return a, false
	case a.Cadence != "" || a.Count > 0:
		a.Kind = negotiation.AskPlan
	case (g.amount || g.share) && g.down:
		a.Kind = negotiation.AskPromise
		if !exists(a.Start) {
			a.Start = today
		}
	case g.amount && g.until && a.Start.IsZero():
		a.Kind = negotiation.AskPlan
	case (g.amount || g.share) && g.timed:
		a.Kind = negotiation.AskPromise
		if reStartWords.match(text) && g.amount {
			a.Kind = negotiation.AskPlan
		}
	case g.amount:
		a.Kind = negotiation.AskPlan
	case g.share:
		a.Kind = negotiation.AskPromise
	case g.until:
		a.Kind = negotiation.AskLater
	case g.timed && rePaidWords.match(text) && !rePayWords.match(text):
		return a, false
	case g.timed && reStartWords.match(text):
		a.Kind = negotiation.AskPlan
	case g.timed && reRestWords.match(text):
		a.Kind = negotiation.AskPromise
	case g.timed && rePayWords.match(text) && !reNothing.match(text):
		a.Kind = negotiation.AskPromise
	case g.timed && (g.short || reDayTalk.match(text)):
		a.Kind = negotiation.AskOpen
	default:
		return a, false
	}
	return a, true
}

func figuresIn(a negotiation.Ask) bool {
	a.Kind = ""
	return a != (negotiation.Ask{})
}

// joins reports whether b only adds what a left unsaid.
func joins(a, b negotiation.Ask) bool {
	if a.Amount.Minor != 0 && b.Amount.Minor != 0 || a.Share != 0 && b.Share != 0 {
		return false
	}
	if a.Kind == negotiation.AskLater && b.Kind == negotiation.AskLater {
		return true
	}
	return !(exists(a.Start) && exists(b.Start)) && (a.Cadence == "" || b.Cadence == "")
}

// merge adds b's fields where a has none.
func merge(a, b negotiation.Ask) negotiation.Ask {
	out := overlay(b, a)
	out.Kind = a.Kind
	weak := func(k negotiation.AskKind) bool {
		return k == negotiation.AskOpen || k == negotiation.AskLater || k == negotiation.AskPromise
	}
	if out.Cadence != "" || out.Count > 1 {
		if out.Kind != negotiation.AskSettlement {
			out.Kind = negotiation.AskPlan
		}
	} else if weak(a.Kind) && b.Kind != negotiation.AskOpen {
		out.Kind = b.Kind
	}
	return out
}

// overlay replaces in a what b says.
func overlay(a, b negotiation.Ask) negotiation.Ask {
	if b.Kind != negotiation.AskOpen && (a.Kind == negotiation.AskOpen || b.Kind == negotiation.AskSettlement || b.Kind == negotiation.AskFull) {
		a.Kind = b.Kind
	}
	if b.Amount.Minor != 0 {
		a.Amount, a.Max = b.Amount, b.Max
	}
	if b.Share != 0 {
		a.Share = b.Share
	}
	if b.Cadence != "" {
		a.Cadence = b.Cadence
	}
	if b.Count != 0 {
		a.Count = b.Count
	}
	for _, d := range []struct{ to, from *civil.Date }{{&a.Start, &b.Start}, {&a.By, &b.By}, {&a.NotBefore, &b.NotBefore}} {
		if exists(*d.from) {
			*d.to = *d.from
		}
	}
	return a
}

// worded adds the asks that are said without figures.
func worded(asks []negotiation.Ask, text string) []negotiation.Ask {
	has := func(k negotiation.AskKind) bool {
		for _, a := range asks {
			if a.Kind == k {
				return true
			}
		}
		return false
	}
	full := reFullWords.match(text) && !reNotFull.match(text)
	switch {
	case len(asks) > 0:
	case full:
		asks = append(asks, negotiation.Ask{Kind: negotiation.AskFull})
	case reSettleWords.match(text) && !reNoSettle.match(text):
		asks = append(asks, negotiation.Ask{Kind: negotiation.AskSettlement})
	}
	if reLowerWords.match(text) && len(asks) == 0 && !has(negotiation.AskLower) {
		asks = append(asks, negotiation.Ask{Kind: negotiation.AskLower})
	}
	if reLaterWords.match(text) && len(asks) == 0 {
		asks = append(asks, negotiation.Ask{Kind: negotiation.AskLater})
	}
	return asks
}
