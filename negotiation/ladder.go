package negotiation

// How many concessions there are from the first offer to the last one.
const (
	planRungs       = 6
	settlementRungs = 10
)

// rung is where a concession from open towards limit stands after k steps of
// n. Steps only shrink: the i-th takes 2/(n−i+2) of what is left, rounded up,
// which never exceeds the step before it. The last step arrives at the limit.
func rung(open, limit int64, k, n int) int64 {
	at, sign := open, int64(1)
	if limit < open {
		sign = -1
	}
	for left := n; left > 0 && left > n-k; left-- {
		gap := (limit - at) * sign
		at += sign * ((2*gap + int64(left)) / int64(left+1))
	}
	return at
}

// earned is how many settlement concessions the person's counter-offers have
// brought: one each, but repeating a number, or going back on one, earns at
// most two in all. Who doesn't move is not paid for it.
func (t *table) earned() int {
	best, repeats := int64(0), 0
	for _, a := range t.said {
		if a.Kind != AskSettlement {
			continue
		}
		sum := lump(t.c.Balance, a).Minor
		if sum > 0 && sum <= best {
			repeats++
		}
		best = max(best, sum)
	}
	return max(0, t.c.Round-max(0, repeats-freeRepeats))
}

const freeRepeats = 2

// settlementTotal is the settlement offered now; false when none may be.
// It starts at the policy's opening share whatever the person asks, never goes
// below floor and reservation, never below what the person offers themselves,
// and is never above a settlement offered before on the same balance.
func (t *table) settlementTotal() (Money, bool) {
	s := t.p.Settlement
	if !s.Enabled || !t.c.Settle || s.Floor <= 0 || s.Floor > whole {
		return Money{}, false
	}
	reserve := max(s.Floor, t.p.Value.withDefaults().NoDeal)
	unit := t.unit()
	limit := roundUp(t.c.Balance.Share(reserve).Minor, unit)
	open := max(limit, roundUp(t.c.Balance.Share(min(max(s.Open, reserve), whole)).Minor, unit))
	total := rung(open/unit, limit/unit, t.earned(), settlementRungs) * unit
	total = max(total, t.bid())
	if standing := t.lowered(total); standing >= limit {
		total = standing
	}
	return Money{Minor: total, Currency: t.c.Balance.Currency}, total < t.c.Balance.Minor
}

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

// planRung is the place, in a span, of the plan offered now: the opening one,
// then longer with each counter-offer. It is not longer than what the person
// asks for, and never heavier a month than an even plan offered before.
func (t *table) planRung(s span) int {
	short, long := t.opening(s)
	last := len(s) - 1
	if t.c.Hardship {
		return last
	}
	at := short
	if t.c.Round > 0 {
		at = int(rung(int64(long), int64(max(long, t.ease(s))), t.pleas(), planRungs))
	}
	if load := t.askedLoad(); load > 0 {
		at = min(at, max(short, s.within(load)))
	}
	for _, o := range t.c.History.Offered {
		if o.Kind == MovePlan && o.Total == t.c.Balance && even(o.Installments) {
			at = max(at, s.within(monthlyLoad(o.Installments)))
		}
	}
	return at
}

// pleas is how far up the plan ladder the counter-offers have brought: one rung
// each, and two for one that names no number, since it leaves nothing to meet.
func (t *table) pleas() int {
	k := t.c.Round
	for _, a := range t.said {
		if a.Kind == AskLower && k < 2*t.c.Round {
			k++
		}
	}
	return k
}

// ease is the place of the longest plan that lightening the load can justify:
// with a known surplus the first that takes half of it, since below that a
// longer plan is no safer, only later; else the longest there is.
func (t *table) ease(s span) int {
	if t.c.Surplus == nil {
		return len(s) - 1
	}
	return s.within(t.c.Surplus.Minor * 2 / 3)
}

// even reports instalments without a down payment.
func even(list []Installment) bool {
	return len(list) > 1 && (list[0].Amount == list[1].Amount || len(list) == 2 && list[0].Amount.Minor-list[1].Amount.Minor <= 1)
}

// opening is the first plan to offer, and the longest one that is worth the
// same. With a known surplus it is the plan with the highest expected value:
// short enough to be paid soon, light enough to be kept. Without one it takes
// a quarter of the longest time.
func (t *table) opening(s span) (short, long int) {
	if t.c.Surplus == nil {
		at := (len(s) - 1) / 4
		return at, at
	}
	short = s.within(t.c.Surplus.Minor * 9 / 10)
	for i := short; i < len(s); i++ {
		if s[i].worth > s[short].worth {
			short = i
		}
	}
	long = short
	for i := short; i < len(s); i++ {
		if s[i].worth >= less(s[short].worth, alike) {
			long = i
		}
	}
	return short, long
}

// alike is how far apart the values of two offers may be that count as
// equivalent.
const alike Bp = 50

// patience is what the engine gives up to agree to a plan over the whole
// balance that the person has put forward themselves: little at first, more
// with every round. From the fourth on any permitted plan will do, because a
// plan people made themselves is better than the one they were talked into,
// and any is better than none.
var patience = []Bp{100, 150, 250, whole}

func (t *table) patience() Bp { return patience[min(max(t.c.Round, 0), len(patience)-1)] }

func less(worth int64, by Bp) int64 { return worth - worth*int64(by)/int64(whole) }

// askedLoad is what the person's latest plan would take a month; 0 when they
// have named none.
func (t *table) askedLoad() int64 {
	for i := len(t.said) - 1; i >= 0; i-- {
		a := t.said[i]
		if a.Kind != AskPlan || lump(t.c.Balance, Ask{Amount: a.Amount, Max: a.Max}).Minor == 0 {
			continue
		}
		each := max(a.Amount.Minor, a.Max.Minor)
		switch a.Cadence {
		case Weekly:
			return each * 5 // as monthlyLoad counts: by the fullest month
		case Biweekly:
			return each * 3
		}
		return each
	}
	return 0
}
