package negotiation

import "slices"

// answer says yes to an ask where that is right: policy permits it, the person
// can carry it, and it is worth at least what would be offered next (the rule
// AC_next of Baarslag, Hindriks and Jonker, 2014). Late, what is permitted is
// enough (their AC_time). at is the place of that next plan in s.
func (t *table) answer(a Ask, s span, at int) (Move, bool) {
	switch a.Kind {
	case AskFull:
		return t.acceptFull(a)
	case AskSettlement:
		return t.acceptSettlement(a, s)
	case AskPromise:
		return t.acceptPromise(a)
	case AskPlan:
		return t.acceptPlan(a, s, at)
	}
	return Move{}, false
}

func (t *table) acceptFull(a Ask) (Move, bool) {
	due, exact := t.day(a, t.latest)
	terms := t.single(MoveFull, t.c.Balance, due)
	return Move{Kind: MoveFull, Terms: terms, Accepts: exact, Reason: "paying everything at once closes the account"}, t.ok(terms)
}

func (t *table) acceptSettlement(a Ask, s span) (Move, bool) {
	bid := lump(t.c.Balance, a)
	if bid.Minor >= t.c.Balance.Minor {
		return t.acceptFull(a)
	}
	total, ok := t.settlementTotal(s)
	if least, _ := t.least(s); ok && t.c.Round >= lastCall && bid.Minor >= least {
		total = Money{Minor: min(total.Minor, bid.Minor), Currency: total.Currency}
	}
	if !ok || bid.Minor < total.Minor {
		return Move{}, false
	}
	due, exact := t.day(a, t.latest)
	terms := t.settle(total, due)
	return Move{Kind: MoveSettlement, Terms: terms, Accepts: exact && a.Count <= 1, For: "one payment by " + spell(due),
		Reason: "one payment that closes the account can be agreed at this amount"}, t.ok(terms)
}

func (t *table) acceptPromise(a Ask) (Move, bool) {
	sum := lump(t.c.Balance, a)
	if sum.Minor >= t.c.Balance.Minor {
		return t.acceptFull(a)
	}
	days := promiseReach(t.c.Behavior)
	if sum.Minor <= 0 || days == 0 {
		return Move{}, false
	}
	latest := t.c.Today.AddDays(days)
	due, exact := t.day(a, latest)
	terms := t.single(MovePromise, sum, due)
	reason := "a payment towards the balance; the rest stays to be arranged"
	if !exact {
		reason = "a nearer day makes a payment surer to arrive"
	}
	return Move{Kind: MovePromise, Terms: terms, Accepts: exact, Reason: reason}, t.ok(terms)
}

func (t *table) acceptPlan(a Ask, s span, at int) (Move, bool) {
	terms, exact, ok := t.wanted(a)
	if !ok || !t.ok(terms) {
		return Move{}, false
	}
	if worth := t.worth(terms); worth < t.reserve || worth < t.next(s, at) && !t.insists(terms) {
		return Move{}, false
	}
	m := Move{Kind: MovePlan, Terms: terms, Accepts: exact, Reason: "these payments cover the whole balance in the time there is"}
	if !exact {
		m.Reason = "this is as close as can be to what was asked"
	}
	return m, true
}

// wanted lays out the plan an ask describes. Where the upper end of a range is
// too much, the lower one is tried.
func (t *table) wanted(a Ask) (terms Terms, exact, ok bool) {
	terms, exact, ok = t.planFor(a)
	if a.Max.Minor > a.Amount.Minor && a.Amount.Minor > 0 && !(ok && t.ok(terms)) {
		low := a
		low.Max = Money{}
		terms, exact, ok = t.planFor(low)
	}
	return terms, exact, ok
}

// insists reports that the person asks for this plan again after an offer of
// ours. What policy permits is then taken: to counter a third time would spend
// more goodwill than the difference is worth.
func (t *table) insists(terms Terms) bool {
	if t.c.Round == 0 {
		return false
	}
	for _, a := range t.said[:len(t.said)-len(t.asks)] {
		if a.Kind != AskPlan {
			continue
		}
		if before, _, ok := t.wanted(a); ok && samePayments(before, terms) {
			return true
		}
	}
	return false
}

// samePayments reports the same amounts in the same rhythm, whatever the days.
func samePayments(a, b Terms) bool {
	return a.Cadence == b.Cadence && slices.EqualFunc(a.Installments, b.Installments, func(a, b Installment) bool { return a.Amount == b.Amount })
}

// next is what a plan must be worth to be accepted: as much as the one that
// would be offered next, or about as much while nothing has been haggled over;
// nothing in particular once the person has insisted for long enough, because
// any plan is better than none.
func (t *table) next(s span, at int) int64 {
	switch {
	case len(s) == 0 || t.c.Round >= insisted:
		return 0
	case t.c.Round == 0:
		return less(s[at].worth, alike)
	}
	return s[at].worth
}
