package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/golang-sql/civil"

	"parley/negotiation"
)

// GraceDays is how many days after it is due a payment still counts as kept.
// Banks take days; nobody is called a defaulter for theirs.
const GraceDays = 3

// The states of a promise, as [Promise.State] holds them.
const (
	PromiseOpen    = string(negotiation.PromiseOpen)
	PromiseKept    = string(negotiation.PromiseKept)
	PromisePartial = string(negotiation.PromisePartial)
	PromiseBroken  = string(negotiation.PromiseBroken)
)

// promiseMoves is the life of a promise. It is settled once: money that comes
// after the grace pays the debt, but does not make the promise kept.
var promiseMoves = map[string][]string{
	"":          {PromiseOpen},
	PromiseOpen: {PromiseKept, PromisePartial, PromiseBroken},
}

// To is the promise in its next state. The error wraps [ErrTransition].
func (p Promise) To(next string) (Promise, error) {
	if !slices.Contains(promiseMoves[p.State], next) {
		return p, fmt.Errorf("%w: a promise that is %q does not become %q", ErrTransition, p.State, next)
	}
	p.State = next
	return p, nil
}

func (p Promise) day() civil.Date { return madeOn(p.On, p.At) }

// promise records an amount on a day.
func (t *turn) promise(o Offer) string {
	p := Promise{ID: t.env.NewID(), Account: t.conv.Account, Conversation: t.conv.ID, Offer: o.ID, Amount: o.Terms.Total, State: PromiseOpen, At: t.now, On: t.today()}
	if n := len(o.Terms.Installments); n > 0 {
		p.Due = o.Terms.Installments[n-1].Due
	}
	t.conv.Promise = &p
	if acc, ok := t.account(); ok {
		acc.Promises = append(slices.Clone(acc.Promises), p)
		t.keep(acc)
	}
	t.event("promise.made", "person", map[string]any{"promise": p.ID, "offer": p.Offer, "amount": p.Amount.Decimal(), "due": p.Due.String()})
	return "promise " + p.ID
}

// paidSince are the payments that count from a moment on: made on that day or
// later, and not yet known then. One dated ahead of today counts as today's: the
// payment system may stand in an earlier zone.
func (a Account) paidSince(on civil.Date, at time.Time, today civil.Date) []negotiation.Payment {
	var out []negotiation.Payment
	for _, p := range a.Payments {
		if p.Date.Before(on) || !p.At.IsZero() && p.At.Before(at) {
			continue
		}
		out = append(out, negotiation.Payment{On: earlier(p.Date, today), Amount: p.Amount})
	}
	return out
}

func earlier(a, b civil.Date) civil.Date {
	if b.Before(a) {
		return b
	}
	return a
}

// pledge is a promise with what has come in on it.
type pledge struct {
	Promise
	Paid negotiation.Money
}

// pledges shares the payments among the promises, the oldest first: the same
// money never keeps two. Payments also count towards a plan, whose instalments
// a promise may be about.
func (a Account) pledges(today civil.Date) ([]pledge, error) {
	left := slices.Clone(a.Payments)
	slices.SortStableFunc(left, func(x, y Payment) int { return cmp.Compare(x.Date.DaysSince(y.Date), 0) })
	out := make([]pledge, 0, len(a.Promises))
	for _, p := range a.Promises {
		out = append(out, pledge{Promise: p})
	}
	slices.SortStableFunc(out, func(x, y pledge) int { return cmp.Compare(x.Due.DaysSince(y.Due), 0) })
	for i := range out {
		p := &out[i]
		rest := Account{Payments: left}
		state, err := negotiation.Settle(negotiation.Installment{Due: p.Due, Amount: p.Amount}, rest.paidSince(p.day(), p.At, today), today, GraceDays)
		if err != nil {
			return nil, err
		}
		if p.State == PromiseOpen && string(state) != PromiseOpen {
			if p.Promise, err = p.To(string(state)); err != nil {
				return nil, err
			}
		}
		p.Paid = take(left, p.Promise, today)
	}
	return out, nil
}

// take uses up what counts towards a promise.
func take(left []Payment, p Promise, today civil.Date) negotiation.Money {
	paid := negotiation.Money{Currency: p.Amount.Currency}
	deadline := p.Due.AddDays(GraceDays)
	for i := range left {
		x := &left[i]
		if x.Date.Before(p.day()) || !x.At.IsZero() && x.At.Before(p.At) || earlier(x.Date, today).After(deadline) {
			continue
		}
		used := min(max(x.Amount.Minor, 0), p.Amount.Minor-paid.Minor)
		x.Amount.Minor -= used
		paid.Minor += used
	}
	return paid
}

// settle brings an account's agreement and promises to where its payments put
// them today, and says what changed. The account's own slices are not written to.
func settle(a Account, today civil.Date) (Account, []fact, error) {
	var facts []fact
	if g, ok := a.InForce(); ok {
		next, taken, err := settleAgreement(a, g, today)
		if err != nil {
			return a, nil, err
		}
		a = a.withAgreement(next)
		for _, s := range taken {
			facts = append(facts, fact{"agreement." + string(s), map[string]any{"agreement": next.ID}})
		}
		for _, due := range next.Missed[len(g.Missed):] {
			facts = append(facts, fact{"installment.missed", map[string]any{"agreement": next.ID, "due": due.String()}})
		}
	}
	pledged, err := a.pledges(today)
	if err != nil {
		return a, nil, err
	}
	a.Promises = slices.Clone(a.Promises)
	for _, p := range pledged {
		i := slices.IndexFunc(a.Promises, func(x Promise) bool { return x.ID == p.ID })
		if a.Promises[i].State != p.State {
			a.Promises[i] = p.Promise
			facts = append(facts, fact{"promise." + p.State, map[string]any{"promise": p.ID, "paid": p.Paid.Decimal()}})
		}
	}
	return a, facts, nil
}

// fact is an event that has no turn yet.
type fact struct {
	kind string
	body map[string]any
}

// behavior is what the record shows of how the person keeps their word. A missed
// instalment weighs as a broken promise, a plan paid off as a kept one.
func behavior(a Account) negotiation.Behavior {
	b := negotiation.Behavior{Payments: len(a.Payments)}
	for _, p := range a.Promises {
		switch p.State {
		case PromiseKept:
			b.KeptPromises++
		case PromiseBroken:
			b.BrokenPromises++
		}
	}
	for _, g := range a.Agreements {
		b.BrokenPromises += len(g.Missed)
		if g.State == AgreementCompleted {
			b.KeptPromises++
		}
	}
	if a.LastPayment != nil {
		b.LastPayment = *a.LastPayment
	}
	for _, p := range a.Payments {
		if !b.LastPayment.IsValid() || p.Date.After(b.LastPayment) {
			b.LastPayment = p.Date
		}
	}
	return b
}
