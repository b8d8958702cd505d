package negotiation

import (
	"errors"
	"fmt"
	"time"

	"github.com/golang-sql/civil"
)

// ErrTerms is wrapped by every error of Validate.
var ErrTerms = errors.New("negotiation: terms not permitted")

func refuse(why string) error { return fmt.Errorf("%w: %s", ErrTerms, why) }

// Validate checks terms against policy and case, without regard to how they
// came about. It is run before anything is committed, at the day and with the
// history of that moment; c.History.Asked includes what the person has just
// asked. It shares none of the arithmetic that lays out schedules, concedes and
// rounds. Errors wrap ErrTerms and name the rule, not its limit.
func Validate(p Policy, c Case, t Terms) error {
	if err := validAmounts(c, t); err != nil {
		return err
	}
	if err := validDates(c, t); err != nil {
		return err
	}
	switch t.Kind {
	case MoveFull:
		return validFull(c, t)
	case MovePlan:
		return validPlan(p, c, t)
	case MoveSettlement:
		return validSettlement(p, c, t)
	case MovePromise:
		return validPromise(p, c, t)
	}
	return refuse("this kind of move has no terms")
}

func validAmounts(c Case, t Terms) error {
	if c.Balance.Minor <= 0 || c.Balance.Minor > MaxMinor || c.Balance.Currency == "" {
		return refuse("there is no balance to agree on")
	}
	if len(t.Installments) == 0 || len(t.Installments) > Most {
		return refuse("the number of payments")
	}
	if t.Total.Currency != c.Balance.Currency || t.Total.Minor > c.Balance.Minor {
		return refuse("the total is not of this balance")
	}
	left := t.Total.Minor
	for _, in := range t.Installments {
		if in.Amount.Currency != c.Balance.Currency || in.Amount.Minor <= 0 || in.Amount.Minor > left {
			return refuse("the payments don't add up to the total")
		}
		left -= in.Amount.Minor
	}
	if left != 0 {
		return refuse("the payments don't add up to the total")
	}
	return nil
}

func validDates(c Case, t Terms) error {
	before := c.Today
	for _, in := range t.Installments {
		if !in.Due.IsValid() || !in.Due.After(before) {
			return refuse("a due date is not in the future, not in order, or no date")
		}
		before = in.Due
	}
	if t.Installments[0].Due.DaysSince(c.Today) > reach(c.Behavior) {
		return refuse("the first payment is too far off")
	}
	if !t.Expires.IsZero() && (!t.Expires.IsValid() || c.Today.After(t.Expires)) {
		return refuse("the offer has expired")
	}
	return nil
}

func validFull(c Case, t Terms) error {
	if t.Total != c.Balance || len(t.Installments) != 1 {
		return refuse("a full payment is the whole balance, once")
	}
	return nil
}

func validPlan(p Policy, c Case, t Terms) error {
	n := len(t.Installments)
	if t.Total != c.Balance || n < 2 {
		return refuse("a plan is the whole balance in two payments or more")
	}
	if t.Cadence != Weekly && t.Cadence != Biweekly && t.Cadence != Monthly {
		return refuse("the cadence")
	}
	first, last := t.Installments[0].Due, t.Installments[n-1].Due
	months := (last.Year-first.Year)*12 + int(last.Month) - int(first.Month)
	if lastDay := time.Date(last.Year, last.Month+1, 0, 0, 0, 0, 0, time.UTC).Day(); t.Cadence == Monthly || last.Day >= min(first.Day, lastDay) {
		months++
	}
	if months > p.Plan.MaxMonths {
		return refuse("the plan takes too long")
	}
	if p.Plan.MinPayment.Minor > 0 && p.Plan.MinPayment.Currency != c.Balance.Currency {
		return refuse("the policy is in another currency")
	}
	for _, in := range t.Installments[:n-1] {
		if in.Amount.Minor < p.Plan.MinPayment.Minor {
			return refuse("a payment is too small")
		}
	}
	return validSurplus(c, t.Installments)
}

// validSurplus checks month by month, but for a first payment that the person
// has said they can make.
func validSurplus(c Case, list []Installment) error {
	if c.Surplus == nil {
		return nil
	}
	if c.Surplus.Currency != c.Balance.Currency {
		return refuse("the surplus is in another currency")
	}
	if list[0].Amount.Minor <= offered(c.Balance, c.History.Asked) {
		list = list[1:]
	}
	due := map[civil.Date]int64{}
	for _, in := range list {
		month := civil.Date{Year: in.Due.Year, Month: in.Due.Month, Day: 1}
		due[month] += in.Amount.Minor
		if due[month] > c.Surplus.Minor {
			return refuse("a month's payments are more than the person has left")
		}
	}
	return nil
}

func validSettlement(p Policy, c Case, t Terms) error {
	s := p.Settlement
	if !s.Enabled || !c.Settle || s.Floor <= 0 || s.Floor > 10_000 {
		return refuse("settlements are not permitted here")
	}
	if len(t.Installments) != 1 {
		return refuse("a settlement is paid at once")
	}
	// total/balance ≥ floor, without dividing: both sides stay below 2^63
	// because MaxMinor · 10000 does not exceed 10^16.
	floor := max(s.Floor, p.Value.withDefaults().NoDeal)
	if t.Total.Minor*10_000 < c.Balance.Minor*int64(floor) || t.Total.Minor >= c.Balance.Minor {
		return refuse("the settlement's amount")
	}
	if t.Expires.IsZero() || t.Expires.DaysSince(c.Today) > expiryDays(s) {
		return refuse("a settlement offer expires")
	}
	return nil
}

func validPromise(p Policy, c Case, t Terms) error {
	if len(t.Installments) != 1 || t.Total.Minor >= c.Balance.Minor {
		return refuse("a promise is one payment towards the balance")
	}
	if t.Total.Minor < p.Plan.MinPayment.Minor {
		return refuse("the payment is too small")
	}
	if t.Installments[0].Due.DaysSince(c.Today) > promiseReach(c.Behavior) {
		return refuse("the day is too far off")
	}
	return nil
}
