package negotiation

import "github.com/golang-sql/civil"

// How far ahead a first payment may lie, in days. The shorter one is for
// people who have broken a promise; it still reaches every payday.
const (
	horizon        = 45
	horizonBroken  = 31
	lead           = 7 // to the first payment when the payday is unknown
	brokenForHuman = 3 // broken promises after which a person takes over promises
)

// table is what Moves works on: the input, read once.
type table struct {
	p       Policy
	c       Case
	pay     payday
	asks    []Ask  // this turn's, cleaned
	flaws   []flaw // of the asks, by place
	said    []Ask  // all there were, oldest first
	first   civil.Date
	latest  civil.Date // last day for a first payment
	cadence Cadence    // what the person wants, else monthly
	reserve int64      // what no agreement is worth less than, in minor units
}

// lay a table; false when the input is no sound basis for offers.
func newTable(p Policy, c Case, asks []Ask) (*table, bool) {
	if !c.Balance.Positive() || len(c.Balance.Currency) != 3 || !c.Today.IsValid() ||
		c.Surplus != nil && (c.Surplus.Currency != c.Balance.Currency || c.Surplus.Minor > MaxMinor) {
		return nil, false
	}
	t := &table{p: p, c: c, pay: parsePayday(c.Payday), cadence: Monthly}
	t.reserve = c.Balance.Share(p.Value.withDefaults().NoDeal).Minor
	for _, a := range c.History.Asked {
		a, _ = clean(a, c)
		t.said = append(t.said, a)
	}
	for _, a := range asks {
		a, found := clean(a, c)
		t.asks, t.flaws = append(t.asks, a), append(t.flaws, found)
	}
	t.said = append(t.said, t.asks...)
	if len(c.History.Offered) > 0 && countering(t.asks) {
		t.c.Round = max(t.c.Round, 1) // an answer to an offer is a round, whoever counts
	}
	t.latest = c.Today.AddDays(reach(c.Behavior))
	earliest := c.Today.AddDays(1)
	if !t.pay.known() {
		earliest = c.Today.AddDays(lead)
	}
	for _, a := range t.said {
		if a.NotBefore.After(earliest) {
			earliest = a.NotBefore
		}
		if a.Kind == AskPlan && a.Cadence != "" {
			t.cadence = a.Cadence
		}
	}
	t.first = t.pay.onOrAfter(earliest)
	if earliest.After(t.latest) || t.first.After(t.latest) {
		for t.first = t.latest; t.pay.known() && !t.pay.on(t.first); {
			t.first = t.first.AddDays(-1)
		}
	}
	return t, true
}

// countering reports an ask that turns an offer down or puts another against it.
func countering(asks []Ask) bool {
	for _, a := range asks {
		if a.Kind == AskPlan || a.Kind == AskSettlement || a.Kind == AskLower {
			return true
		}
	}
	return false
}

// reach is how many days ahead a first payment may lie.
func reach(b Behavior) int {
	if b.BrokenPromises > 0 {
		return horizonBroken
	}
	return horizon
}

// promiseReach is how many days ahead a promise may lie: shorter with every
// promise broken, 0 when a person has to take it.
func promiseReach(b Behavior) int {
	switch {
	case b.BrokenPromises <= 0:
		return horizon
	case b.BrokenPromises == 1:
		return 14
	case b.BrokenPromises < brokenForHuman:
		return 7
	}
	return 0
}

func (t *table) worth(terms Terms) int64 {
	return expect(t.p.Value.withDefaults(), hazard(t.p.Value.withDefaults(), t.c, t.pay, terms), t.c.Today, terms).Minor
}

// ok is the last word on every offer: the independent check.
func (t *table) ok(terms Terms) bool {
	c := t.c
	c.History.Asked = t.said
	return Validate(t.p, c, terms) == nil
}

func (t *table) asked(kind AskKind) bool {
	for _, a := range t.said {
		if a.Kind == kind {
			return true
		}
	}
	return false
}

func (t *table) single(kind MoveKind, total Money, due civil.Date) Terms {
	return Terms{Kind: kind, Total: total, Installments: []Installment{{Due: due, Amount: total}}}
}
