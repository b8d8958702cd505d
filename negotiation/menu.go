package negotiation

import (
	"fmt"
	"slices"

	"github.com/golang-sql/civil"
)

// spell is a date as a person reads it: "Friday 4 December 2026".
func spell(d civil.Date) string {
	return fmt.Sprintf("%s %d %s %d", weekdayOf(d), d.Day, d.Month, d.Year)
}

// menu is what is offered now: two or three offers worth about the same, of
// different shapes, so that the person's choice shows what matters to them
// without anything being given away.
func (t *table) menu(s span, at int) []Move {
	plans := t.plans(s, at)
	var lumps []Move
	settlement, settles := t.settlement(s, at)
	if settles {
		lumps = append(lumps, settlement)
	}
	if settles && t.c.Round < lastCall && t.asked(AskSettlement) && !t.asked(AskPlan) && !t.c.Hardship {
		plans = t.alike(plans, t.worth(settlement.Terms))
	}
	full := t.full()
	switch {
	case t.c.Round == 0 && !t.asked(AskPlan) && !t.asked(AskSettlement): // open high
		return slices.Concat(full, plans, lumps)
	case settles && t.asked(AskSettlement):
		return slices.Concat(lumps, plans)
	case settles:
		return slices.Concat(plans, lumps)
	}
	return slices.Concat(plans, full)
}

// alike keeps the offers that are worth as much or more. To a person who is
// asking about a lump sum, and so has one, a plan worth less than it would be
// given for nothing.
func (t *table) alike(offers []Move, worth int64) []Move {
	return slices.DeleteFunc(offers, func(m Move) bool { return t.worth(m.Terms) < less(worth, alike) })
}

func (t *table) full() []Move {
	m, ok := t.acceptFull(Ask{})
	if !ok {
		return nil
	}
	m.Accepts = false
	return []Move{m}
}

// settlement is the lump sum on offer. To a person who has not asked for one it
// is never worth less than the plan beside it, and at first it is volunteered
// only where that holds by itself: to turn a plan down is not to haggle over a
// lump sum.
func (t *table) settlement(s span, at int) (Move, bool) {
	total, ok := t.settlementTotal(s)
	if !ok {
		return Move{}, false
	}
	terms := t.settle(total, t.first)
	if _, plan := t.instead(s); plan && !t.asked(AskSettlement) && t.worth(terms) < s[at].worth {
		equal, fits := t.worthAs(s[at].worth)
		terms = t.settle(Money{Minor: t.lowered(equal), Currency: total.Currency}, t.first)
		ok = fits && t.c.Round > 0
	}
	return Move{Kind: MoveSettlement, Terms: terms, For: "one payment by " + spell(t.first),
		Reason: "one payment closes the account for less than the balance"}, ok && t.ok(terms)
}

func (t *table) settle(total Money, due civil.Date) Terms {
	terms := t.single(MoveSettlement, total, due)
	terms.Expires = t.c.Today.AddDays(expiryDays(t.p.Settlement))
	if last := due.AddDays(-1); last.Before(terms.Expires) && !last.Before(t.c.Today) {
		terms.Expires = last // it can't be taken once its day of payment has come
	}
	return terms
}

func expiryDays(s SettlementPolicy) int {
	if s.ExpiresDays <= 0 {
		return 14
	}
	return s.ExpiresDays
}

// plans are the plan of this rung and, where there is one, a longer plan that
// is worth the same.
func (t *table) plans(s span, at int) []Move {
	if len(s) == 0 {
		return nil
	}
	out := []Move{{Kind: MovePlan, Terms: s[at].Terms, Reason: t.planReason()}}
	if at > t.opening(s) {
		out[0].For = "a first payment on " + spell(s[at].Installments[0].Due)
	}
	if t.c.Surplus == nil && !t.asked(AskPromise) {
		if terms, ok := t.withDown(s, at); ok {
			out = append(out, Move{Kind: MovePlan, Terms: terms, Reason: "more at the start makes the later payments smaller",
				For: terms.Installments[0].Amount.String() + " as the first payment"})
		}
	}
	return out
}

func (t *table) planReason() string {
	if t.c.Surplus != nil {
		return "payments over the whole balance that fit what is left each month"
	}
	return "equal payments over the whole balance"
}

// withDown is a longer plan that a down payment makes worth as much as the
// plan at this rung. It is for people whose surplus isn't known: above a known
// one a down payment could not be carried, below it would change little.
func (t *table) withDown(s span, at int) (Terms, bool) {
	longer := min(len(s)-1, at+(at+2)/2)
	if longer <= at {
		return Terms{}, false
	}
	n := len(s[longer].Installments)
	target := less(s[at].worth, alike)
	for share := Bp(1000); share <= whole/2; share += 500 {
		down := Money{Minor: roundUp(t.c.Balance.Share(share).Minor, t.unit()), Currency: t.c.Balance.Currency}
		rest := Money{Minor: t.c.Balance.Minor - down.Minor, Currency: down.Currency}
		if rest.Minor <= 0 || down.Minor <= s[at].Installments[0].Amount.Minor {
			continue
		}
		amounts := append([]Money{down}, split(rest, n-1)...)
		terms := Terms{Kind: MovePlan, Total: t.c.Balance, Cadence: s[at].Cadence, Installments: lay(amounts, t.first, s[at].Cadence, t.pay)}
		if t.worth(terms) >= target {
			return terms, t.ok(terms)
		}
	}
	return Terms{}, false
}
