package negotiation

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/golang-sql/civil"
)

// Payment is money that came in, or went back (a negative amount, when a
// payment is reversed), on a day.
type Payment struct {
	On     civil.Date
	Amount Money
}

// InstallmentState is where one instalment stands.
type InstallmentState string

// The states of an instalment. Until its grace is over an instalment that is
// not fully paid is open.
const (
	InstallmentOpen    InstallmentState = "open"
	InstallmentPaid    InstallmentState = "paid"
	InstallmentPartial InstallmentState = "partial" // grace is over, something is missing
	InstallmentMissed  InstallmentState = "missed"  // grace is over, nothing came
)

// PlanState is where a plan stands.
type PlanState string

// The states of a plan. They say how it stands today: a plan that catches up
// is kept again, and Late remembers.
const (
	PlanKept      PlanState = "kept"
	PlanPartial   PlanState = "partial"
	PlanBroken    PlanState = "broken"
	PlanCompleted PlanState = "completed"
)

// PromiseState is what became of a promise. Unlike a plan's it is settled by
// the end of the grace: money that comes later does not make it kept.
type PromiseState string

// The states of a promise.
const (
	PromiseOpen    PromiseState = "open"
	PromiseKept    PromiseState = "kept"
	PromisePartial PromiseState = "partial"
	PromiseBroken  PromiseState = "broken"
)

// Standing is one instalment with what was paid on it.
type Standing struct {
	Installment
	Paid   Money
	State  InstallmentState
	PaidOn civil.Date // the day it was fully paid; zero while it is not
	Late   bool       // was fully paid only after the grace
}

// Progress is a plan or a promise measured against payments.
type Progress struct {
	Installments []Standing
	State        PlanState
	Paid         Money      // all that counts, overpayment included
	Left         Money      // still to pay
	Over         Money      // paid beyond the total
	NextDue      civil.Date // the oldest instalment not fully paid; zero when there is none
	NextAmount   Money      // what is missing on it
	Overdue      Money      // missing on instalments whose grace is over
	Late         int        // instalments paid late, partial or missed
}

// Apply measures instalments, in order of due date, against payments in any
// order. Money goes to the oldest instalment first. Grace is in days: an
// instalment due on the 4th with a grace of 2 is on time on the 6th. Payments
// after today don't count. It fails on currencies that differ.
func Apply(list []Installment, payments []Payment, today civil.Date, grace int) (Progress, error) {
	if len(list) == 0 {
		return Progress{}, fmt.Errorf("%w: no instalments", ErrTerms)
	}
	currency := list[0].Amount.Currency
	received, err := upTo(payments, today, currency)
	if err != nil {
		return Progress{}, err
	}
	zero := Money{Currency: currency}
	p := Progress{Paid: zero, Left: zero, Over: zero, NextAmount: zero, Overdue: zero}
	for _, r := range received {
		p.Paid.Minor += r.Amount.Minor
	}
	free, owed := max(p.Paid.Minor, 0), int64(0)
	for _, in := range list {
		if in.Amount.Currency != currency {
			return Progress{}, fmt.Errorf("%w: instalments in several currencies", ErrMoney)
		}
		owed += in.Amount.Minor
		got := min(free, in.Amount.Minor)
		free -= got
		p.add(stand(in, got, owed, received, today, grace))
	}
	p.Over.Minor = free
	p.State = p.state()
	return p, nil
}

func upTo(payments []Payment, today civil.Date, currency string) ([]Payment, error) {
	var out []Payment
	for _, r := range payments {
		if r.Amount.Currency != currency || magnitude(r.Amount.Minor) > uint64(MaxMinor) {
			return nil, fmt.Errorf("%w: a payment in another currency or too large", ErrMoney)
		}
		if !r.On.After(today) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b Payment) int { return cmp.Compare(a.On.DaysSince(b.On), 0) })
	return out, nil
}

// stand is one instalment's standing; owed is what falls due up to it.
func stand(in Installment, got, owed int64, received []Payment, today civil.Date, grace int) Standing {
	s := Standing{Installment: in, Paid: Money{Minor: got, Currency: in.Amount.Currency}, State: InstallmentOpen}
	deadline := in.Due.AddDays(max(grace, 0))
	switch {
	case got == in.Amount.Minor:
		s.State = InstallmentPaid
		s.PaidOn = reached(received, owed)
		s.Late = s.PaidOn.After(deadline)
	case !today.After(deadline):
	case got > 0:
		s.State = InstallmentPartial
	default:
		s.State = InstallmentMissed
	}
	return s
}

// reached is the day the sum received came to what was owed and stayed there.
func reached(received []Payment, owed int64) civil.Date {
	var sum int64
	var on civil.Date
	for _, r := range received {
		sum += r.Amount.Minor
		switch {
		case sum < owed:
			on = civil.Date{}
		case on.IsZero():
			on = r.On
		}
	}
	return on
}

func (p *Progress) add(s Standing) {
	missing := s.Amount.Minor - s.Paid.Minor
	p.Installments = append(p.Installments, s)
	p.Left.Minor += missing
	if missing > 0 && p.NextDue.IsZero() {
		p.NextDue, p.NextAmount.Minor = s.Due, missing
	}
	if s.State == InstallmentPartial || s.State == InstallmentMissed {
		p.Overdue.Minor += missing
		p.Late++
	}
	if s.Late {
		p.Late++
	}
}

func (p *Progress) state() PlanState {
	if p.Left.Minor == 0 {
		return PlanCompleted
	}
	state := PlanKept
	for _, s := range p.Installments {
		switch s.State {
		case InstallmentMissed:
			return PlanBroken
		case InstallmentPartial:
			state = PlanPartial
		}
	}
	return state
}

// Settle says what became of a promise, which is one instalment. It fails as
// Apply does.
func Settle(promise Installment, payments []Payment, today civil.Date, grace int) (PromiseState, error) {
	deadline := promise.Due.AddDays(max(grace, 0))
	seen := today
	if deadline.Before(today) {
		seen = deadline
	}
	p, err := Apply([]Installment{promise}, payments, seen, grace)
	switch {
	case err != nil:
		return "", err
	case p.Left.Minor == 0:
		return PromiseKept, nil
	case !today.After(deadline):
		return PromiseOpen, nil
	case p.Paid.Minor > 0:
		return PromisePartial, nil
	}
	return PromiseBroken, nil
}
