package dialog

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/negotiation"
)

func TestAnAgreementOnlyTakesTheStepsOfItsLife(t *testing.T) {
	t.Parallel()
	allowed := []string{
		" proposed", " accepted", "proposed approved", "proposed cancelled", "approved accepted", "approved cancelled",
		"accepted active", "accepted broken", "accepted cancelled", "active completed", "active broken", "active cancelled",
		"broken active", "broken cancelled",
	}
	states := []AgreementState{"", AgreementProposed, AgreementApproved, AgreementAccepted, AgreementActive, AgreementCompleted, AgreementBroken, AgreementCancelled}
	for _, from := range states {
		for _, to := range states {
			got, err := Agreement{State: from}.To(to)
			want := slices.Contains(allowed, string(from)+" "+string(to))
			if (err == nil) != want {
				t.Errorf("%q to %q: %v", from, to, err)
			}
			if err != nil && (!errors.Is(err, ErrTransition) || got.State != from) {
				t.Errorf("%q to %q: refused, and yet it is %q: %v", from, to, got.State, err)
			}
		}
	}
}

func TestAPromiseIsSettledOnce(t *testing.T) {
	t.Parallel()
	states := []string{"", PromiseOpen, PromiseKept, PromisePartial, PromiseBroken}
	for _, from := range states {
		for _, to := range states {
			_, err := Promise{State: from}.To(to)
			want := from == "" && to == PromiseOpen || from == PromiseOpen && to != PromiseOpen && to != ""
			if (err == nil) != want {
				t.Errorf("%q to %q: %v", from, to, err)
			}
		}
	}
}

func TestAStepThatIsNotAllowedChangesNothingAndAHumanLooks(t *testing.T) {
	t.Parallel()
	x := agreedTurn("sms", "en", 124000)
	x.propose(Offer{ID: "o1", Kind: negotiation.MovePlan, Terms: spread(negotiation.MovePlan, 124000, 8, 0)}, AgreementAccepted)
	if x.moveAgreement(AgreementApproved) {
		t.Error("an accepted agreement went back to approved")
	}
	if got := x.conv.Agreement.State; got != AgreementAccepted {
		t.Errorf("it is %s", got)
	}
	if x.fx.Handoff == nil || x.fx.Handoff.Reasons[0].Code != "agreement_state" {
		t.Errorf("nobody looks: %+v", x.fx.Handoff)
	}
}

func TestANewAgreementEndsTheOldOne(t *testing.T) {
	t.Parallel()
	x := agreedTurn("sms", "en", 124000)
	x.propose(Offer{ID: "o1", Kind: negotiation.MovePlan, Terms: spread(negotiation.MovePlan, 124000, 8, 0)}, AgreementAccepted)
	first := x.conv.Agreement.ID
	x.propose(Offer{ID: "o2", Kind: negotiation.MoveSettlement, Terms: spread(negotiation.MoveSettlement, 111600, 1, 0)}, AgreementProposed)
	if a, _ := x.account(); a.Agreements[0].State != AgreementAccepted {
		t.Fatal("a mere proposal ended what was agreed")
	}
	x.moveAgreement(AgreementCancelled)
	x.conv.Agreement = nil
	x.mirror()
	if g := x.conv.Agreement; g == nil || g.ID != first {
		t.Fatalf("after the proposal was withdrawn the conversation has %+v", g)
	}
	x.propose(Offer{ID: "o3", Kind: negotiation.MovePlan, Terms: spread(negotiation.MovePlan, 124000, 10, 0)}, AgreementAccepted)
	a, _ := x.account()
	var got []AgreementState
	for _, g := range a.Agreements {
		got = append(got, g.State)
	}
	if diff := cmp.Diff([]AgreementState{AgreementCancelled, AgreementCancelled, AgreementAccepted}, got); diff != "" {
		t.Error(diff)
	}
}

// paidOn makes a payment of dollars, told at noon of its day.
func paidOn(id string, cents int64, d civil.Date) Payment {
	return Payment{ID: id, Amount: negotiation.USD(cents), Date: d, At: d.In(time.UTC).Add(12 * time.Hour)}
}

var today = civil.Date{Year: 2026, Month: 11, Day: 23}

func promised50(id string, due civil.Date) Promise {
	return Promise{ID: id, Amount: negotiation.USD(5000), Due: due, State: PromiseOpen, At: today.In(time.UTC), On: today}
}

func TestTheSameMoneyNeverKeepsTwoPromises(t *testing.T) {
	t.Parallel()
	a := Account{Promises: []Promise{promised50("late", today.AddDays(20)), promised50("soon", today.AddDays(5))}}
	a.Payments = []Payment{paidOn("p1", 5000, today.AddDays(2))}
	a, _, err := settle(a, today.AddDays(3))
	if err != nil || a.Promises[0].State != PromiseOpen || a.Promises[1].State != PromiseKept {
		t.Errorf("%v %+v", err, a.Promises)
	}
	a.Payments = append(a.Payments, paidOn("p2", 2000, today.AddDays(4)))
	a, _, err = settle(a, today.AddDays(24))
	if err != nil || a.Promises[0].State != PromisePartial || a.Promises[1].State != PromiseKept {
		t.Errorf("%v %+v", err, a.Promises)
	}
}

func TestPromisesAreSettledAtTheEndOfTheGrace(t *testing.T) {
	t.Parallel()
	due := today.AddDays(5)
	for name, c := range map[string]struct {
		payments []Payment
		on       civil.Date
		want     string
	}{
		"open on the last day of the grace":          {nil, due.AddDays(GraceDays), PromiseOpen},
		"broken the day after":                       {nil, due.AddDays(GraceDays + 1), PromiseBroken},
		"kept by money on the last day of the grace": {[]Payment{paidOn("a", 5000, due.AddDays(GraceDays))}, due.AddDays(10), PromiseKept},
		"broken though the money came later":         {[]Payment{paidOn("a", 5000, due.AddDays(GraceDays+1))}, due.AddDays(10), PromiseBroken},
		"partial with a part in time":                {[]Payment{paidOn("a", 4999, due)}, due.AddDays(10), PromisePartial},
		"not kept by money that was known before": {[]Payment{{ID: "a", Amount: negotiation.USD(5000), Date: today, At: today.In(time.UTC).Add(-time.Hour)}},
			due.AddDays(10), PromiseBroken},
		"not kept by money from before it was made": {[]Payment{paidOn("a", 5000, today.AddDays(-1))}, due.AddDays(10), PromiseBroken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, _, err := settle(Account{Promises: []Promise{promised50("p", due)}, Payments: c.payments}, c.on)
			if err != nil || a.Promises[0].State != c.want {
				t.Errorf("%v %s", err, a.Promises[0].State)
			}
		})
	}
}

func planned() Account {
	return Account{ID: "a", Balance: negotiation.USD(20000), AsOf: today.In(time.UTC), Agreements: []Agreement{{ID: "g", Account: "a", Kind: negotiation.MovePlan,
		State: AgreementAccepted, At: today.In(time.UTC), On: today, Terms: negotiation.Terms{Kind: negotiation.MovePlan, Total: negotiation.USD(20000),
			Installments: []negotiation.Installment{{Due: today.AddDays(10), Amount: negotiation.USD(10000)}, {Due: today.AddDays(40), Amount: negotiation.USD(10000)}}}}}}
}

func TestAPlanIsFollowedThroughEveryState(t *testing.T) {
	t.Parallel()
	a := planned()
	steps := []struct {
		pay  int64
		day  int
		want []string
	}{
		{0, 13, nil},
		{0, 14, []string{"agreement.broken", "installment.missed"}},
		{0, 15, nil},
		{4000, 16, []string{"agreement.active"}}, // a part of it: under way again
		{6000, 17, nil},
		{10000, 30, []string{"agreement.completed"}},
		{0, 60, nil},
	}
	for i, s := range steps {
		on := today.AddDays(s.day)
		if s.pay > 0 {
			a.Payments = append(a.Payments, paidOn(fmt.Sprint(i), s.pay, on))
		}
		next, facts, err := settle(a, on)
		if err != nil {
			t.Fatal(err)
		}
		a = next
		var kinds []string
		for _, f := range facts {
			kinds = append(kinds, f.kind)
		}
		if diff := cmp.Diff(s.want, kinds); diff != "" {
			t.Errorf("day %d:\n%s", s.day, diff)
		}
	}
	if b := behavior(a); b.BrokenPromises != 1 || b.KeptPromises != 1 || b.Payments != 3 {
		t.Errorf("the engine is told %+v", b)
	}
}

func TestWhatIsOwedFollowsTheRecordAndThePayments(t *testing.T) {
	t.Parallel()
	a := planned()
	a.Payments = []Payment{paidOn("before", 3000, today.AddDays(-2)), paidOn("after", 5000, today.AddDays(2))}
	if got := a.Owed(); got != negotiation.USD(15000) {
		t.Errorf("owed %s", got)
	}
	a.Balance, a.AsOf = negotiation.USD(15000), today.AddDays(5).In(time.UTC) // the record has caught up
	if got := a.Owed(); got != negotiation.USD(15000) {
		t.Errorf("owed %s: the payment is counted twice", got)
	}
	a.Agreements[0].Kind, a.Agreements[0].State = negotiation.MoveSettlement, AgreementCompleted
	if got := a.Owed(); got.Minor != 0 {
		t.Errorf("a settled account owes %s", got)
	}
}

func TestAPaymentIsTakenInOnceAndNeverOnADisputedDebt(t *testing.T) {
	t.Parallel()
	a := planned()
	p := paidOn("p1", 10000, today.AddDays(1))
	a, _, err := pay(a, p, today.AddDays(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := pay(a, p, today.AddDays(1)); !errors.Is(err, ErrPaid) {
		t.Errorf("again: %v", err)
	}
	other := p
	other.Amount.Minor++
	if _, _, err := pay(a, other, today.AddDays(1)); !errors.Is(err, ErrPaidOther) {
		t.Errorf("another one under its id: %v", err)
	}
	for name, amount := range map[string]negotiation.Money{"nothing": negotiation.USD(0), "less than nothing": negotiation.USD(-1), "euros": {Minor: 1, Currency: "EUR"}} {
		if _, _, err := pay(a, Payment{ID: "x", Amount: amount, Date: today}, today); !errors.Is(err, ErrPayment) {
			t.Errorf("%s: %v", name, err)
		}
	}
	a.Flags = map[string]Flag{FlagDisputed: {}}
	_, _, err = pay(a, paidOn("p2", 100, today), today)
	var refused *Refused
	if !errors.As(err, &refused) || refused.Kind != RefusedByLaw || refused.Findings[0].Cite != "12 CFR 1006.30(c)" {
		t.Errorf("disputed: %v", err)
	}
}

func TestSettlingTwiceIsSettlingOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := planned()
		a.Promises = []Promise{promised50("p", today.AddDays(rapid.IntRange(1, 30).Draw(t, "due")))}
		for i := range rapid.IntRange(0, 6).Draw(t, "payments") {
			a.Payments = append(a.Payments, paidOn(fmt.Sprint(i), rapid.Int64Range(1, 12000).Draw(t, "amount"), today.AddDays(rapid.IntRange(0, 50).Draw(t, "day"))))
		}
		on := today.AddDays(rapid.IntRange(0, 60).Draw(t, "today"))
		before := cmp.Diff(planned().Agreements, a.Agreements)
		once, _, err := settle(a, on)
		if err != nil {
			t.Fatal(err)
		}
		if before != cmp.Diff(planned().Agreements, a.Agreements) || a.Promises[0].State != PromiseOpen {
			t.Fatal("the account given was written to")
		}
		twice, facts, err := settle(once, on)
		if err != nil || len(facts) > 0 {
			t.Fatalf("again something changed: %v %v", err, facts)
		}
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Fatal(diff)
		}
	})
}
