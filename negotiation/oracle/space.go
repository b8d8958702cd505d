package oracle

import (
	"github.com/golang-sql/civil"

	"parley/negotiation"
)

// truth is the case as it really is: with the debtor's surplus and payday, which
// the engine may not know. Worth is the creditor's own, by the policy's figures,
// as in every utility that a bargain is judged by.
func truth(p negotiation.Policy, c negotiation.Case, d Debtor) (negotiation.Policy, negotiation.Case) {
	surplus := negotiation.USD(d.Surplus)
	c.Surplus, c.Payday, c.Round = &surplus, d.Payday, 0
	c.History = negotiation.History{}
	return p, c
}

// outcome is one point of the offer space.
type outcome struct {
	terms   negotiation.Terms
	worth   float64 // to the creditor, by the true hazard
	cost    float64 // to the debtor
	accepts bool    // within the debtor's reservation
}

func (w world) outcome(t negotiation.Terms) outcome {
	return outcome{t, float64(negotiation.Expect(w.p, w.c, t).Minor), w.d.Cost(w.c.Today, t), w.d.Accepts(t)}
}

// world is the whole truth about one negotiation.
type world struct {
	p negotiation.Policy
	c negotiation.Case
	d Debtor
}

// space lists every permitted outcome on a grid: the full balance or any
// settlement from the floor up in steps of 1% of the balance, on either of the
// next two paydays; plans of every number of months, monthly and in the rhythm
// of the wage, from either of those paydays.
func (w world) space() []outcome {
	first := negotiation.NextPayday(w.d.Payday, w.c.Today.AddDays(1))
	starts := []civil.Date{first, negotiation.NextPayday(w.d.Payday, first.AddDays(1))}
	var out []outcome
	add := func(t negotiation.Terms) {
		if negotiation.Validate(w.p, w.c, t) == nil {
			out = append(out, w.outcome(t))
		}
	}
	for _, start := range starts {
		add(once(negotiation.MoveFull, w.c.Balance, start))
		for share := w.p.Settlement.Floor; w.c.Settle && share < 10_000; share += 100 {
			t := once(negotiation.MoveSettlement, w.c.Balance.Share(share), start)
			t.Expires = w.c.Today.AddDays(w.p.Settlement.ExpiresDays)
			add(t)
		}
		add2 := func(cadence negotiation.Cadence) {
			for _, t := range w.plans(cadence, start) {
				add(t)
			}
		}
		add2(negotiation.Monthly)
		if w.d.cadence != negotiation.Monthly {
			add2(w.d.cadence)
		}
	}
	return out
}

func once(kind negotiation.MoveKind, total negotiation.Money, due civil.Date) negotiation.Terms {
	return negotiation.Terms{Kind: kind, Total: total, Installments: []negotiation.Installment{{Due: due, Amount: total}}}
}

func (w world) plans(cadence negotiation.Cadence, start civil.Date) []negotiation.Terms {
	due := negotiation.Dates(start, cadence, negotiation.Most, w.d.Payday)
	var out []negotiation.Terms
	before := 0
	for months := 1; months <= w.p.Plan.MaxMonths; months++ {
		end := start.AddDays(months*365/12 - 3)
		n := 0
		for n < len(due) && due[n].Before(end) {
			n++
		}
		if cadence == negotiation.Monthly {
			n = months
		}
		if n < 2 || n == before {
			continue
		}
		before = n
		if t, ok := plan(w.c.Balance, n, cadence, due); ok {
			out = append(out, t)
		}
	}
	return out
}

func plan(total negotiation.Money, n int, cadence negotiation.Cadence, due []civil.Date) (negotiation.Terms, bool) {
	t := negotiation.Terms{Kind: negotiation.MovePlan, Total: total, Cadence: cadence}
	for i, a := range negotiation.Split(total, n) {
		t.Installments = append(t.Installments, negotiation.Installment{Due: due[i], Amount: a})
	}
	return t, len(t.Installments) > 1
}
