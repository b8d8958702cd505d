package dialog

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/golang-sql/civil"

	"parley/negotiation"
)

// ErrTransition is returned when an agreement or a promise can't go from the
// state it is in to the one asked for. Nothing is changed.
var ErrTransition = errors.New("dialog: no such step in its life")

// agreementMoves is the life of an agreement: what may follow each state. What is
// not in here can't happen. An agreement is accepted when the person has said yes,
// active once money has come in on it, broken while an instalment is missed after
// its grace, and active again when it catches up.
var agreementMoves = map[AgreementState][]AgreementState{
	"":                {AgreementProposed, AgreementAccepted},
	AgreementProposed: {AgreementApproved, AgreementCancelled},
	AgreementApproved: {AgreementAccepted, AgreementCancelled},
	AgreementAccepted: {AgreementActive, AgreementBroken, AgreementCancelled},
	AgreementActive:   {AgreementCompleted, AgreementBroken, AgreementCancelled},
	AgreementBroken:   {AgreementActive, AgreementCancelled},
}

// To is the agreement in its next state. The error wraps [ErrTransition].
func (a Agreement) To(next AgreementState) (Agreement, error) {
	if !slices.Contains(agreementMoves[a.State], next) {
		return a, fmt.Errorf("%w: an agreement that is %q does not become %q", ErrTransition, a.State, next)
	}
	a.State = next
	return a, nil
}

// InForce reports whether payments count towards it.
func (s AgreementState) InForce() bool {
	return s == AgreementAccepted || s == AgreementActive || s == AgreementBroken
}

// InForce is the account's agreement that payments count towards; there is at
// most one, since a new one ends the old.
func (a Account) InForce() (Agreement, bool) {
	for i := len(a.Agreements) - 1; i >= 0; i-- {
		if a.Agreements[i].State.InForce() {
			return a.Agreements[i], true
		}
	}
	return Agreement{}, false
}

// Progress is where an agreement stands by the payments that came since it was made.
func (a Account) Progress(g Agreement, today civil.Date) (negotiation.Progress, error) {
	return negotiation.Apply(g.Terms.Installments, a.paidSince(g.day(), g.At, today), today, GraceDays)
}

// day is the civil date it was made on, where the person is.
func (a Agreement) day() civil.Date { return madeOn(a.On, a.At) }

func madeOn(on civil.Date, at time.Time) civil.Date {
	if on.IsValid() {
		return on
	}
	return civil.DateOf(at)
}

// withAgreement is the account with g in place of its earlier state, or added.
func (a Account) withAgreement(g Agreement) Account {
	a.Agreements = slices.Clone(a.Agreements)
	i := slices.IndexFunc(a.Agreements, func(x Agreement) bool { return x.ID == g.ID })
	if i < 0 {
		a.Agreements = append(a.Agreements, g)
		return a
	}
	a.Agreements[i] = g
	return a
}

// keep writes an account and brings the conversation's copies of its agreement
// and promise in line with it. Every change of either goes through here, so the
// two never differ.
func (t *turn) keep(a Account) {
	t.change(a)
	t.mirror()
}

// mirror copies the account's word on the conversation's agreement and promise:
// they may have moved since, in another conversation or by a payment.
func (t *turn) mirror() {
	if g := t.conv.Agreement; g != nil {
		list := t.accounts[g.Account].Agreements
		if i := slices.IndexFunc(list, func(x Agreement) bool { return x.ID == g.ID }); i >= 0 {
			now := list[i]
			t.conv.Agreement = &now
		}
	} else if a, ok := t.account(); ok { // a proposal was withdrawn: what was agreed before stands
		if g, ok := a.InForce(); ok && g.Conversation == t.conv.ID {
			t.conv.Agreement = &g
		}
	}
	if p := t.conv.Promise; p != nil {
		list := t.accounts[p.Account].Promises
		if i := slices.IndexFunc(list, func(x Promise) bool { return x.ID == p.ID }); i >= 0 {
			now := list[i]
			t.conv.Promise = &now
		}
	}
}

// propose makes an agreement out of an offer, in state proposed or accepted.
func (t *turn) propose(o Offer, state AgreementState) {
	a := Agreement{ID: t.env.NewID(), Account: t.conv.Account, Conversation: t.conv.ID, Offer: o.ID, Kind: o.Kind, Terms: o.Terms, At: t.now, On: t.today()}
	t.conv.Agreement = &a
	t.moveAgreement(state)
}

// moveAgreement takes the conversation's agreement to its next state. A step its
// life doesn't have is not taken: it is recorded, and a human looks.
func (t *turn) moveAgreement(to AgreementState) bool {
	if t.conv.Agreement == nil {
		return false
	}
	next, err := t.conv.Agreement.To(to)
	if err != nil {
		t.event("agreement.refused", t.who(), map[string]any{"agreement": next.ID, "from": next.State, "to": to})
		t.queue(Reason{Code: "agreement_state", Detail: "An agreement could not be moved: " + err.Error()}, 1)
		return false
	}
	if to == AgreementAccepted {
		t.replaceOthers(next.ID)
	}
	t.conv.Agreement = &next
	if acc, ok := t.accounts[next.Account]; ok {
		t.keep(acc.withAgreement(next))
	}
	who := t.who()
	if t.actor == "" {
		who = "person" // their word did it
	}
	t.event("agreement."+string(to), who, map[string]any{
		"agreement": next.ID, "offer": next.Offer, "kind": next.Kind, "total": next.Terms.Total.Decimal(), "payments": len(next.Terms.Installments)})
	return true
}

// replaceOthers cancels what was agreed on the account before: what the person
// owes is agreed once.
func (t *turn) replaceOthers(id string) {
	acc, ok := t.account()
	if !ok {
		return
	}
	for _, g := range acc.Agreements {
		if g.ID == id || !g.State.InForce() {
			continue
		}
		next, err := g.To(AgreementCancelled)
		if err != nil {
			continue // completed meanwhile: it stays so
		}
		acc = acc.withAgreement(next)
		t.event("agreement.cancelled", t.who(), map[string]any{"agreement": g.ID, "replaced_by": id})
	}
	t.keep(acc)
}

// settleAgreement moves an agreement to where its payments put it today, through
// every state on the way. Missed remembers each instalment that was ever missed.
func settleAgreement(a Account, g Agreement, today civil.Date) (Agreement, []AgreementState, error) {
	p, err := a.Progress(g, today)
	if err != nil {
		return g, nil, err
	}
	for _, s := range p.Installments {
		if s.State == negotiation.InstallmentMissed && !slices.Contains(g.Missed, s.Due) {
			g.Missed = append(slices.Clone(g.Missed), s.Due)
		}
	}
	var path []AgreementState
	switch {
	case p.State == negotiation.PlanCompleted:
		path = []AgreementState{AgreementActive, AgreementCompleted}
	case p.State == negotiation.PlanBroken:
		path = []AgreementState{AgreementBroken}
	case p.Paid.Positive():
		path = []AgreementState{AgreementActive}
	}
	var taken []AgreementState
	for _, next := range path {
		if g.State == next {
			continue
		}
		if g, err = g.To(next); err != nil {
			return g, taken, err
		}
		taken = append(taken, next)
	}
	return g, taken, nil
}
