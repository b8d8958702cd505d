package oracle

import (
	"math"

	"parley/negotiation"
)

// game is one negotiation under way.
type game struct {
	p negotiation.Policy
	c negotiation.Case
	d Debtor

	turn   int
	share  float64 // how far along between nothing and the limit the debtor asks
	loads  []int64 // our lightest plan a month, offer by offer
	lumps  []int64 // our lowest lump sum
	opened []negotiation.Terms
	asked  *negotiation.Ask // the first number the debtor named
}

// play lets a debtor bargain with the engine until they agree or the debtor
// leaves. The speaker puts every offer of the engine on the table and asks
// every question it asks; a debtor who will say what is left each month says
// so once asked.
func (g *game) play() (agreed negotiation.Terms, ok bool) {
	g.share = g.d.opening
	asks := []negotiation.Ask{{}}
	if g.d.opening > 0.5 && g.d.Behavior != Vague { // some come with a number
		asks = []negotiation.Ask{g.ask()}
	}
	for ; g.turn < g.d.Patience; g.turn++ {
		moves := negotiation.Moves(g.p, g.c, asks)
		for g.tell(moves) {
			moves = negotiation.Moves(g.p, g.c, asks)
		}
		if m, ok := accepted(moves); ok && g.d.Accepts(m.Terms) {
			return m.Terms, true
		}
		offers := g.hear(moves)
		g.c.History.Asked = append(g.c.History.Asked, asks...)
		g.concede()
		if t, ok := g.choose(offers); ok {
			return t, true
		}
		if len(offers) > 0 {
			g.c.Round++
		}
		asks = []negotiation.Ask{g.ask()}
	}
	return negotiation.Terms{}, false
}

func accepted(moves []negotiation.Move) (negotiation.Move, bool) {
	for _, m := range moves {
		if m.Accepts && m.Kind != negotiation.MovePromise {
			return m, true
		}
	}
	return negotiation.Move{}, false
}

// hear puts offers on the table.
func (g *game) hear(moves []negotiation.Move) []negotiation.Terms {
	var offers []negotiation.Terms
	lightest, lowest := int64(math.MaxInt64), int64(math.MaxInt64)
	for _, m := range moves {
		switch m.Kind {
		case negotiation.MoveFull, negotiation.MoveSettlement:
			lowest = min(lowest, m.Terms.Total.Minor)
		case negotiation.MovePlan:
			lightest = min(lightest, load(m.Terms.Installments))
		default:
			continue
		}
		offers = append(offers, m.Terms)
	}
	g.loads, g.lumps = append(g.loads, lightest), append(g.lumps, lowest)
	g.c.History.Offered = append(g.c.History.Offered, offers...)
	g.opened = append(g.opened, offers...)
	return offers
}

// tell answers the questions about the surplus, by those who answer it, and
// about the payday; it reports whether anything new was said. A liar who hears
// that nothing fits what they stated finds a little more.
func (g *game) tell(moves []negotiation.Move) (told bool) {
	plans := false
	for _, m := range moves {
		plans = plans || m.Kind == negotiation.MovePlan
		switch {
		case m.Kind != negotiation.MoveAsk:
		case m.Field == "surplus" && g.d.Stated >= 0:
			told = g.state(g.d.Stated) || told
		case m.Field == "payday" && g.c.Payday == "":
			g.c.Payday, told = g.d.Payday, true
		}
	}
	if g.d.Behavior == Liar && !plans && g.turn > 0 && g.c.Surplus != nil {
		told = g.state(min(g.c.Surplus.Minor*5/4, g.d.Limit)) || told
	}
	return told
}

func (g *game) state(surplus int64) bool {
	if g.c.Surplus != nil && g.c.Surplus.Minor >= surplus {
		return false
	}
	stated := negotiation.USD(surplus)
	g.c.Surplus = &stated
	return true
}

// concede moves the debtor's own demand: by the clock, or, for tit-for-tat, by
// the share the creditor moved last. In the last turn everybody goes to the
// limit.
func (g *game) concede() {
	last := g.d.Patience - 1
	switch {
	case g.turn+1 >= last:
		g.share = 1
	case g.d.Behavior == TitForTat:
		moved := max(ratio(g.loads), ratio(g.lumps))
		g.share = min(1, g.share*max(moved, 1.02))
	default:
		g.share = g.d.opening + (1-g.d.opening)*math.Pow(float64(g.turn+1)/float64(last), 1/g.d.exponent)
	}
}

func ratio(of []int64) float64 {
	if len(of) < 2 || of[len(of)-1] == 0 || of[len(of)-2] == math.MaxInt64 {
		return 1
	}
	return float64(of[len(of)-2]) / float64(of[len(of)-1])
}

// choose agrees once an offer is within the present demand, and then takes the
// cheapest of those on the table that can be kept.
func (g *game) choose(offers []negotiation.Terms) (best negotiation.Terms, ok bool) {
	limit, cash := int64(g.share*float64(g.d.Limit)), int64(g.share*float64(g.d.Cash))
	for _, t := range offers {
		ok = ok || g.d.within(t, limit, cash)
		if g.d.Accepts(t) && (len(best.Installments) == 0 || g.d.Cost(g.c.Today, t) < g.d.Cost(g.c.Today, best)) {
			best = t
		}
	}
	return best, ok
}

// ask puts the present demand into a number. A debtor who wants a lump sum
// turns to plans when two attempts brought no settlement.
func (g *game) ask() negotiation.Ask {
	if g.d.Behavior == Vague {
		return negotiation.Ask{Kind: negotiation.AskLower}
	}
	a := negotiation.Ask{Kind: negotiation.AskPlan, Cadence: g.d.cadence}
	if g.d.lump && (g.c.Settle || g.turn < 2) {
		a = negotiation.Ask{Kind: negotiation.AskSettlement, Amount: g.round(g.share*float64(g.d.Cash), 1000)}
	} else {
		each := g.share * float64(g.d.Limit)
		if g.d.Behavior == Liar {
			each = min(each, float64(g.d.Stated))
		}
		switch g.d.cadence {
		case negotiation.Weekly:
			each /= 5
		case negotiation.Biweekly:
			each /= 3
		}
		a.Amount = g.round(each, 500)
	}
	if g.asked == nil {
		g.asked = &a
	}
	return a
}

// round makes a number people say: a multiple of the unit, and to the dollar
// when it is their last word.
func (g *game) round(cents float64, unit int64) negotiation.Money {
	if g.share >= 1 {
		unit = 100
	}
	return negotiation.USD(max(unit, int64(cents)/unit*unit))
}
