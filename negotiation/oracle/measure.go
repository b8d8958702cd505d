// Package oracle measures the engine against debtors who keep their facts to
// themselves and an oracle who knows them. It simulates negotiations with a
// library of behaviours, searches the whole grid of permitted outcomes of each,
// and reports how far from the best the agreements were. The formulas are in
// docs/negotiation.md. Everything follows from a seed.
package oracle

import (
	"math/rand/v2"

	"parley/negotiation"
)

// Result is one negotiation, measured. Values are shares of the balance but
// for Regret and Nash, which are ratios.
type Result struct {
	Behavior Behavior
	Lump     bool // bargains for a lump sum rather than by the month
	Zone     bool // some permitted outcome was within the debtor's reservation
	Agreed   bool
	Kind     negotiation.MoveKind
	Turns    int

	Regret    float64 // 1 − worth/worth of the oracle's best
	Dominated float64 // most the creditor could have gained at no cost to the debtor
	Nash      float64 // Nash product over the greatest one
	Over      float64 // over-concession by value, in [0, 1]
	HasOver   bool    // both opened with a number, apart enough to measure
	Given     float64 // target − final, the numerator of Over, not below 0
	Stake     float64 // target − their opening, its denominator
	Needed    float64 // what Over would be had the oracle made the deal
	// OverWhole is Over with the whole balance as the target of a yes at once, as
	// it was measured before.
	OverWhole    float64
	HasOverWhole bool
	OverTerms    float64 // the same by the figure bargained over: payment, or lump sum
	HasTerms     bool

	BelowFloor   bool
	Unaffordable bool // above the stated surplus, or above the true one
	Broken       bool // terms that don't add up or fail Validate
}

// Simulate plays and measures the i-th negotiation of a seed.
func Simulate(seed uint64, i int) Result {
	return simulate(seed, i, truth)
}

// view says what is true of a negotiation; a sensitivity run bends it.
type view func(negotiation.Policy, negotiation.Case, Debtor) (negotiation.Policy, negotiation.Case)

func simulate(seed uint64, i int, see view) Result {
	all := Behaviors()
	r := rand.New(rand.NewPCG(seed, uint64(i)))
	p, c, d := draw(r, all[i%len(all)])
	g := &game{p: p, c: c, d: d}
	terms, ok := g.play()
	tp, tc := see(p, c, d)
	w := world{tp, tc, d}
	res := Result{Behavior: d.Behavior, Lump: d.lump, Agreed: ok, Turns: g.turn + 1}
	space := w.space()
	best, zone := oracleBest(space)
	res.Zone = zone || ok
	if !ok {
		if zone {
			nothing := float64(c.Balance.Share(2000).Minor)
			res.Regret = 1 - nothing/max(best, nothing)
		}
		return res
	}
	res.Kind = terms.Kind
	res.judge(w, w.outcome(terms), space, best)
	res.concession(w, g, terms, best)
	res.check(p, g, d, terms)
	return res
}

// oracleBest is the worth of the best outcome the debtor would take.
func oracleBest(space []outcome) (best float64, ok bool) {
	for _, o := range space {
		if o.accepts {
			best, ok = max(best, o.worth), true
		}
	}
	return best, ok
}

func (res *Result) judge(w world, got outcome, space []outcome, best float64) {
	balance := float64(w.c.Balance.Minor)
	res.Regret = max(0, 1-got.worth/max(best, got.worth))
	reserve := float64(w.c.Balance.Share(2000).Minor)
	nash := func(o outcome) float64 { return max(0, o.worth-reserve) * max(0, balance-o.cost) }
	most := nash(got)
	for _, o := range space {
		if !o.accepts {
			continue
		}
		most = max(most, nash(o))
		if o.cost <= got.cost {
			res.Dominated = max(res.Dominated, (o.worth-got.worth)/balance)
		}
	}
	res.Nash = 1
	if most > 0 {
		res.Nash = nash(got) / most
	}
}

// concession is the over-concession index (final − target)/(their opening −
// target), with our first offer of the same kind as the target.
func (res *Result) concession(w world, g *game, final negotiation.Terms, best float64) {
	if g.asked == nil {
		return
	}
	theirs, ok := w.layOut(*g.asked)
	if !ok {
		return
	}
	target, ok := first(g.opened, final.Kind)
	before := target
	if !ok {
		before = final
		if final.Kind != negotiation.MoveFull {
			before = once(negotiation.MoveFull, w.c.Balance, negotiation.NextPayday(w.d.Payday, w.c.Today.AddDays(1)))
		}
	}
	res.OverWhole, res.HasOverWhole = index(w, before, theirs, final)
	if !ok {
		if target, ok = g.would(final.Kind); !ok {
			return
		}
	}
	balance := float64(w.c.Balance.Minor)
	t, o, f := w.outcome(target).worth, w.outcome(theirs).worth, w.outcome(final).worth
	if res.Over, res.HasOver = index(w, target, theirs, final); res.HasOver {
		res.Given, res.Stake = max(t-f, 0)/balance, (t-o)/balance
		res.Needed = min(max((best-t)/(o-t), 0), 1)
	}
	if (theirs.Kind == negotiation.MovePlan) == (final.Kind == negotiation.MovePlan) && target.Kind == final.Kind {
		t, o, f := figure(target), figure(theirs), figure(final)
		if t-o >= balance/200 {
			res.OverTerms, res.HasTerms = min(max((f-t)/(o-t), 0), 1), true
		}
	}
}

// index is (final − target)/(their opening − target) by worth, within 0 and 1;
// false where target and opening are too near each other to measure.
func index(w world, target, theirs, final negotiation.Terms) (float64, bool) {
	t, o, f := w.outcome(target).worth, w.outcome(theirs).worth, w.outcome(final).worth
	if t-o < float64(w.c.Balance.Minor)/200 {
		return 0, false
	}
	return min(max((f-t)/(o-t), 0), 1), true
}

// would is the first offer of a kind that the engine had ready when it said yes
// to a number before it had made one.
func (g *game) would(kind negotiation.MoveKind) (negotiation.Terms, bool) {
	ask := negotiation.Ask{Kind: negotiation.AskPlan}
	if kind == negotiation.MoveSettlement {
		ask.Kind = negotiation.AskSettlement
	}
	c := g.c
	c.Round = 0
	var ready []negotiation.Terms
	for _, m := range negotiation.Moves(g.p, c, []negotiation.Ask{ask}) {
		ready = append(ready, m.Terms)
	}
	return first(ready, kind)
}

// figure is what is haggled over: the monthly load, or the lump sum.
func figure(t negotiation.Terms) float64 {
	if t.Kind == negotiation.MovePlan {
		return float64(load(t.Installments[1:]))
	}
	return float64(t.Total.Minor)
}

func first(of []negotiation.Terms, kind negotiation.MoveKind) (negotiation.Terms, bool) {
	for _, t := range of {
		if t.Kind == kind {
			return t, true
		}
	}
	return negotiation.Terms{}, false
}

// layOut is an ask as terms, permitted or not: a plan of that payment for as
// long as it takes, within Most payments.
func (w world) layOut(a negotiation.Ask) (negotiation.Terms, bool) {
	start := negotiation.NextPayday(w.d.Payday, w.c.Today.AddDays(1))
	if a.Kind == negotiation.AskSettlement {
		return once(negotiation.MoveSettlement, negotiation.USD(min(a.Amount.Minor, w.c.Balance.Minor)), start), a.Amount.Minor > 0
	}
	if a.Kind != negotiation.AskPlan || a.Amount.Minor <= 0 {
		return negotiation.Terms{}, false
	}
	n := min(int((w.c.Balance.Minor-1)/a.Amount.Minor)+1, negotiation.Most)
	t := negotiation.Terms{Kind: negotiation.MovePlan, Total: w.c.Balance, Cadence: a.Cadence}
	left := w.c.Balance.Minor
	for _, due := range negotiation.Dates(start, a.Cadence, n, w.d.Payday) {
		part := min(left, a.Amount.Minor)
		left -= part
		t.Installments = append(t.Installments, negotiation.Installment{Due: due, Amount: negotiation.USD(part)})
	}
	return t, true
}

// check counts what must never happen, by arithmetic of its own.
func (res *Result) check(p negotiation.Policy, g *game, d Debtor, t negotiation.Terms) {
	res.BelowFloor = t.Kind == negotiation.MoveSettlement && t.Total.Minor*10_000 < g.c.Balance.Minor*int64(p.Settlement.Floor)
	if t.Kind == negotiation.MovePlan {
		most := load(t.Installments)
		res.Unaffordable = most > d.Surplus || g.c.Surplus != nil && most > g.c.Surplus.Minor
	}
	var sum int64
	for _, in := range t.Installments {
		sum += in.Amount.Minor
	}
	res.Broken = sum != t.Total.Minor || negotiation.Validate(p, g.c, t) != nil
}
