package negotiation

import (
	"time"

	"github.com/golang-sql/civil"
)

// monthlyLoad is the largest sum that falls due within one calendar month.
// Months are where surplus is counted, so a month with five Fridays counts
// five weekly payments.
func monthlyLoad(list []Installment) int64 {
	type month struct {
		year  int
		month time.Month
	}
	var most, load int64
	var current month
	for _, in := range list {
		if m := (month{in.Due.Year, in.Due.Month}); m != current {
			current, load = m, 0
		}
		load += in.Amount.Minor
		most = max(most, load)
	}
	return most
}

// affordable reports whether a plan fits a surplus. Money the person has
// offered to pay at once is theirs to judge: a first payment within it is not
// counted against the surplus.
func affordable(list []Installment, surplus *Money, offered int64) bool {
	if surplus == nil {
		return true
	}
	if len(list) > 0 && list[0].Amount.Minor <= offered {
		list = list[1:]
	}
	return monthlyLoad(list) <= surplus.Minor
}

// offered is the largest sum the person has said they can pay at once.
func offered(balance Money, asks []Ask) int64 {
	var most int64
	for _, a := range asks {
		switch a.Kind {
		case AskPromise, AskSettlement:
			most = max(most, lump(balance, a).Minor)
		case AskPlan:
			most = max(most, balance.Share(a.Share).Minor)
		case AskFull:
			most = max(most, balance.Minor)
		}
	}
	return most
}

// lump is the single sum an ask speaks of, zero when it names none. Of a range
// it is the upper end: the person has said they can reach it.
func lump(balance Money, a Ask) Money {
	switch {
	case a.Max.Minor > a.Amount.Minor:
		return a.Max
	case a.Amount.Minor > 0:
		return a.Amount
	case a.Share > 0:
		return balance.Share(a.Share)
	}
	return Money{Currency: balance.Currency}
}

// span is the plans of one cadence that policy, reservation value and surplus
// permit, from the shortest to the longest. An empty span is an empty zone of
// agreement.
type span []planned

// planned is a plan with what it is worth and what it takes a month, reckoned
// once.
type planned struct {
	Terms
	worth, load int64
}

func (t *table) span(cadence Cadence) span {
	var out span
	limit := t.months()
	due := t.dates(cadence)
	for months := 1; months <= limit; months++ {
		n := months
		if cadence != Monthly {
			n = countBefore(due, addMonths(t.first, months, t.first.Day))
		}
		if n < 2 || len(out) > 0 && len(out[len(out)-1].Installments) == n {
			continue
		}
		amounts := split(t.c.Balance, n)
		if len(amounts) < 2 || amounts[0].Minor < t.p.Plan.MinPayment.Minor {
			break
		}
		terms := Terms{Kind: MovePlan, Total: t.c.Balance, Cadence: cadence, Installments: pair(amounts, due)}
		if !affordable(terms.Installments, t.c.Surplus, 0) {
			continue
		}
		if plan := (planned{terms, t.worth(terms), monthlyLoad(terms.Installments)}); plan.worth >= t.reserve {
			out = append(out, plan)
		}
	}
	return out
}

// months is the longest plan in months; five years at most, whatever the policy.
func (t *table) months() int { return max(0, min(t.p.Plan.MaxMonths, 60)) }

// dates are the due dates of the longest plan of a cadence. A monthly one has
// one in each month; others end before their first day comes round again.
func (t *table) dates(cadence Cadence) []civil.Date {
	if cadence == Monthly {
		return dates(t.first, cadence, t.months(), t.pay)
	}
	due := dates(t.first, cadence, Most, t.pay)
	return due[:countBefore(due, addMonths(t.first, t.months(), t.first.Day))]
}

func countBefore(due []civil.Date, end civil.Date) int {
	n := 0
	for n < len(due) && due[n].Before(end) {
		n++
	}
	return n
}

// within is the place of the first plan whose payments take no more than load
// a month; the longest plan's when none does.
func (s span) within(load int64) int {
	for i, plan := range s {
		if plan.load <= load {
			return i
		}
	}
	return len(s) - 1
}
