package negotiation

// How many concessions there are from the first offer to the last one.
const (
	planRungs       = 3
	settlementRungs = 14
)

// lastCall is the counter-offer after which what may be given up is given up:
// the plan ladder has come to its end, and a settlement may be had for any
// permitted sum. Fewer people than that can be counted on to ask a fourth time.
// insisted is the one from which a person's own plan is taken as it is.
const (
	lastCall = planRungs
	insisted = lastCall + 2
	enough   = 10 // a person may do better
)

// rung is where a concession from open towards limit stands after k steps of
// n: the time-dependent tactic of Faratin, Sierra and Jennings (1998) with an
// exponent of 1, in whole units. It is the slowest one whose steps never grow;
// a remainder is given first.
func rung(open, limit int64, k, n int) int64 {
	steps, of := int64(min(max(k, 0), n)), int64(n)
	gap, sign := limit-open, int64(1)
	if gap < 0 {
		gap, sign = -gap, -1
	}
	return open + sign*(gap/of*steps+min(gap%of, steps))
}

// planRung is the place, in a span, of the plan offered now: the opening one,
// then longer with each counter-offer. It is not longer than what the person
// asks for, and never heavier a month than an even plan offered before.
func (t *table) planRung(s span) int {
	short := t.opening(s)
	last := len(s) - 1
	if t.c.Hardship {
		return last
	}
	at := short
	if t.c.Round > 0 {
		at = int(rung(int64(short), int64(max(short, t.ease(s))), t.c.Round, planRungs))
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

// ease is the place of the longest plan that lightening the load can justify:
// with a known surplus the first that is comfortable, since below that a longer
// plan is hardly safer, only later; else the longest there is.
func (t *table) ease(s span) int {
	if t.c.Surplus == nil {
		return len(s) - 1
	}
	return s.within(comfortable(t.c.Surplus))
}

// even reports instalments without a down payment.
func even(list []Installment) bool {
	return len(list) > 1 && (list[0].Amount == list[1].Amount || len(list) == 2 && list[0].Amount.Minor-list[1].Amount.Minor <= 1)
}

// opening is the place of the first plan to offer. With a known surplus it is
// the plan with the highest expected value that leaves a tenth of it in
// hand: short enough to be paid soon, light enough to be kept. Without one it
// takes a quarter of the longest time.
func (t *table) opening(s span) int {
	if t.c.Surplus == nil {
		return (len(s) - 1) / 4
	}
	best := s.within(t.c.Surplus.Minor * 9 / 10)
	for i := best; i < len(s); i++ {
		if s[i].worth > s[best].worth {
			best = i
		}
	}
	return best
}

// alike is how far apart the values of two offers may be that count as
// equivalent.
const alike Bp = 50

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
