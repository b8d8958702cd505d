package negotiation

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// three payments of $100, due on the 4th
func three(t testing.TB) []Installment {
	return []Installment{{day(t, "2026-12-04"), USD(10000)}, {day(t, "2027-01-04"), USD(10000)}, {day(t, "2027-02-04"), USD(10000)}}
}

func TestApplyTellsHowAPlanStands(t *testing.T) {
	t.Parallel()
	paid := func(on string, cents int64) Payment { return Payment{On: day(t, on), Amount: USD(cents)} }
	for _, c := range []struct {
		name     string
		today    string
		payments []Payment
		states   string
		state    PlanState
		next     string
		missing  int64
		overdue  int64
		late     int
	}{
		{"nothing is due yet", "2026-12-01", nil, "open open open", PlanKept, "2026-12-04", 10000, 0, 0},
		{"due today is not late", "2026-12-04", nil, "open open open", PlanKept, "2026-12-04", 10000, 0, 0},
		{"within the grace it is still open", "2026-12-06", nil, "open open open", PlanKept, "2026-12-04", 10000, 0, 0},
		{"the day after the grace it is missed", "2026-12-07", nil, "missed open open", PlanBroken, "2026-12-04", 10000, 10000, 1},
		{"a part after the grace is partial", "2026-12-07", []Payment{paid("2026-12-05", 4000)}, "partial open open", PlanPartial, "2026-12-04", 6000, 6000, 1},
		{"on the last day of the grace it is on time", "2026-12-07", []Payment{paid("2026-12-06", 10000)}, "paid open open", PlanKept, "2027-01-04", 10000, 0, 0},
		{"late money mends the plan, and is remembered", "2026-12-20", []Payment{paid("2026-12-07", 10000)}, "paid open open", PlanKept, "2027-01-04", 10000, 0, 1},
		{"money goes to the oldest first", "2027-01-10", []Payment{paid("2026-12-04", 15000)}, "paid partial open", PlanPartial, "2027-01-04", 5000, 5000, 1},
		{"one missed and one partly paid is broken", "2027-02-10", []Payment{paid("2026-12-04", 12000)}, "paid partial missed", PlanBroken, "2027-01-04", 8000, 18000, 2},
		{"paid ahead", "2026-12-10", []Payment{paid("2026-12-01", 30000)}, "paid paid paid", PlanCompleted, "", 0, 0, 0},
		{"a reversed payment never was", "2026-12-20", []Payment{paid("2026-12-04", 10000), paid("2026-12-09", -10000)}, "missed open open", PlanBroken, "2026-12-04", 10000, 10000, 1},
		{"reversed and paid again is late", "2026-12-20", []Payment{paid("2026-12-04", 10000), paid("2026-12-05", -10000), paid("2026-12-15", 10000)}, "paid open open", PlanKept, "2027-01-04", 10000, 0, 1},
		{"money after today doesn't count", "2026-12-07", []Payment{paid("2026-12-08", 10000)}, "missed open open", PlanBroken, "2026-12-04", 10000, 10000, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := Apply(three(t), c.payments, day(t, c.today), 2)
			if err != nil {
				t.Fatal(err)
			}
			states := ""
			for i, s := range p.Installments {
				if i > 0 {
					states += " "
				}
				states += string(s.State)
			}
			next := ""
			if !p.NextDue.IsZero() {
				next = p.NextDue.String()
			}
			if states != c.states || p.State != c.state || next != c.next || p.NextAmount != USD(c.missing) || p.Overdue != USD(c.overdue) || p.Late != c.late {
				t.Errorf("got %s, %s, next %s %v, overdue %v, late %d", states, p.State, next, p.NextAmount, p.Overdue, p.Late)
			}
		})
	}
}

func TestApplyRefusesWhatDoesNotAddUp(t *testing.T) {
	t.Parallel()
	euros := []Payment{{day(t, "2026-12-04"), Money{Minor: 1, Currency: "EUR"}}}
	if _, err := Apply(three(t), euros, day(t, "2026-12-07"), 0); !errors.Is(err, ErrMoney) {
		t.Errorf("euros: %v", err)
	}
	if _, err := Apply(nil, nil, day(t, "2026-12-07"), 0); !errors.Is(err, ErrTerms) {
		t.Errorf("no instalments: %v", err)
	}
	mixed := three(t)
	mixed[1].Amount.Currency = "EUR"
	if _, err := Apply(mixed, nil, day(t, "2026-12-07"), 0); !errors.Is(err, ErrMoney) {
		t.Errorf("mixed instalments: %v", err)
	}
}

func TestApplyLosesNoCentAndNeedsNoOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first := civilDates().Draw(t, "first")
		var list []Installment
		var owed int64
		for i, part := range split(USD(rapid.Int64Range(1, 500_000).Draw(t, "total")), rapid.IntRange(1, 12).Draw(t, "n")) {
			list = append(list, Installment{addMonths(first, i, first.Day), part})
			owed += part.Minor
		}
		payments := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Payment {
			return Payment{first.AddDays(rapid.IntRange(-30, 500).Draw(t, "on")), USD(rapid.Int64Range(-1000, 100_000).Draw(t, "amount"))}
		}), 0, 8).Draw(t, "payments")
		today := first.AddDays(rapid.IntRange(-10, 500).Draw(t, "today"))
		p, err := Apply(list, payments, today, rapid.IntRange(0, 10).Draw(t, "grace"))
		if err != nil {
			t.Fatal(err)
		}
		var on int64
		for _, s := range p.Installments {
			on += s.Paid.Minor
			if s.Paid.Minor < 0 || s.Paid.Minor > s.Amount.Minor || (s.State == InstallmentPaid) != (s.Paid == s.Amount) || (s.State == InstallmentPaid) != !s.PaidOn.IsZero() {
				t.Fatalf("standing %+v", s)
			}
		}
		if on+p.Left.Minor != owed || on+p.Over.Minor != max(p.Paid.Minor, 0) || (p.State == PlanCompleted) != (p.Left.Minor == 0) {
			t.Fatalf("%+v", p)
		}
		back := slices.Clone(payments)
		slices.Reverse(back)
		other, _ := Apply(list, back, today, 0)
		if other.Left != p.Left {
			t.Fatalf("left %v in one order, %v in the other", p.Left, other.Left)
		}
	})
}

func TestAPromiseIsSettledWhenItsGraceEnds(t *testing.T) {
	t.Parallel()
	promise := Installment{day(t, "2026-12-25"), USD(60000)}
	for _, c := range []struct {
		name  string
		today string
		on    string
		cents int64
		want  PromiseState
	}{
		{"open before its day", "2026-12-24", "2026-12-24", 100, PromiseOpen},
		{"open within the grace", "2026-12-27", "2026-12-24", 100, PromiseOpen},
		{"kept at once when paid", "2026-12-01", "2026-12-01", 60000, PromiseKept},
		{"kept within the grace", "2027-01-10", "2026-12-27", 60000, PromiseKept},
		{"partial when something came", "2026-12-28", "2026-12-20", 100, PromisePartial},
		{"broken when nothing came", "2026-12-28", "2026-12-20", 0, PromiseBroken},
		{"broken though it came later", "2027-01-10", "2026-12-28", 60000, PromiseBroken},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := Settle(promise, []Payment{{day(t, c.on), USD(c.cents)}}, day(t, c.today), 2)
			if err != nil || got != c.want {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
	if _, err := Settle(promise, []Payment{{promise.Due, Money{Minor: 1, Currency: "EUR"}}}, promise.Due, 0); err == nil {
		t.Error("euros keep a promise in dollars")
	}
}
