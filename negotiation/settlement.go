package negotiation

// earned is how many settlement concessions the person's counter-offers have
// brought: one each, but repeating a number, or going back on one, earns at
// most two in all. Who doesn't move is not paid for it.
func (t *table) earned() int {
	best, repeats, pleas := int64(0), 0, 0
	for _, a := range t.said {
		if a.Kind == AskLower && pleas < t.c.Round {
			pleas++
		}
		if a.Kind != AskSettlement {
			continue
		}
		sum := lump(t.c.Balance, a).Minor
		if sum > 0 && sum <= best {
			repeats++
		}
		best = max(best, sum)
	}
	return max(0, t.c.Round+pleas-max(0, repeats-freeRepeats))
}

const freeRepeats = 2

// settlementTotal is the settlement offered now; false when none may be.
// It starts at the policy's opening share whatever the person asks, never goes
// below least, never below what the person offers themselves, and is never
// above a settlement offered before on the same balance.
func (t *table) settlementTotal(s span) (Money, bool) {
	least, ok := t.least(s)
	if !ok {
		return Money{}, false
	}
	unit := t.unit()
	limit := roundUp(least, unit)
	open := max(limit, t.openTotal())
	total := max(rung(open/unit, limit/unit, t.earned(), t.rungs(s))*unit, t.bid())
	if standing := t.lowered(total); standing >= t.floorTotal() {
		total = standing
	}
	return Money{Minor: total, Currency: t.c.Balance.Currency}, total < t.c.Balance.Minor
}

// rungs is how many concessions lead from the first settlement to the last. The
// way to one that is worth as much as a plan is as long as the way to the plan.
func (t *table) rungs(s span) int {
	if _, ok := t.instead(s); ok {
		return planRungs
	}
	return settlementRungs
}

// least is the smallest settlement that may be had now, in minor units; false
// when there are none. It is the creditor's reservation value: the greater of
// the floor and what could be had instead. Where there is a plan the person can
// carry, that is the plan, and the settlement beside it is worth no less.
func (t *table) least(s span) (int64, bool) {
	p := t.p.Settlement
	if !p.Enabled || !t.c.Settle || p.Floor <= 0 || p.Floor > whole {
		return 0, false
	}
	least := t.floorTotal()
	if plan, ok := t.instead(s); ok {
		if equal, fits := t.worthAs(plan.worth); fits {
			least = max(least, min(equal, t.openTotal()))
		}
	}
	return least, true
}

func (t *table) floorTotal() int64 {
	return t.c.Balance.Share(max(t.p.Settlement.Floor, t.p.Value.withDefaults().NoDeal)).Minor
}

func (t *table) openTotal() int64 {
	open := t.c.Balance.Share(min(max(t.p.Settlement.Open, t.p.Settlement.Floor), whole)).Minor
	return roundUp(open, t.unit())
}

// worthAs is the settlement that is worth as much, in minor units; false when
// it would be the balance or more.
func (t *table) worthAs(worth int64) (int64, bool) {
	one := t.worth(t.single(MoveSettlement, t.c.Balance, t.first))
	equal, fits := scale(t.c.Balance.Minor, worth, one)
	return roundUp(equal, t.unit()), fits && equal < t.c.Balance.Minor
}

// instead is the plan that could be had instead of a settlement: the last one
// on the ladder. With a known surplus it counts when it leaves a quarter of
// that; without one until it has been turned down.
func (t *table) instead(s span) (planned, bool) {
	if len(s) == 0 {
		return planned{}, false
	}
	plan := s[max(t.opening(s), t.ease(s))]
	if t.c.Surplus == nil {
		return plan, t.c.Round < lastCall
	}
	return plan, plan.load <= comfortable(t.c.Surplus)
}

// comfortable is three quarters of a surplus: what can be carried with a margin
// for the month that goes wrong.
func comfortable(surplus *Money) int64 { return surplus.Minor * 3 / 4 }

// lowered is a settlement's total, or the lowest one offered before where that
// is lower.
func (t *table) lowered(total int64) int64 {
	for _, o := range t.c.History.Offered {
		if o.Kind == MoveSettlement && o.Total.Currency == t.c.Balance.Currency {
			total = min(total, o.Total.Minor)
		}
	}
	return total
}

// bid is the best settlement the person has offered this turn, in minor units.
func (t *table) bid() int64 {
	var best int64
	for _, a := range t.asks {
		if a.Kind == AskSettlement {
			best = max(best, lump(t.c.Balance, a).Minor)
		}
	}
	return best
}

// unit is what settlements are rounded to: whole dollars, unless the balance
// is small.
func (t *table) unit() int64 {
	unit := int64(1)
	for range exponent(t.c.Balance.Currency) {
		unit *= 10
	}
	if t.c.Balance.Minor < 100*unit {
		return 1
	}
	return unit
}

func roundUp(n, unit int64) int64 { return (n + unit - 1) / unit * unit }
