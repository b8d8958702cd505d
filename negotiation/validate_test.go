package negotiation

import (
	"errors"
	"slices"
	"testing"

	"github.com/golang-sql/civil"
)

// the permitted terms that each test case spoils in one place
func permitted(t testing.TB, kind MoveKind) Terms {
	t.Helper()
	switch kind {
	case MovePlan:
		return Terms{Kind: MovePlan, Total: USD(124000), Cadence: Monthly,
			Installments: lay(split(USD(124000), 8), day(t, "2026-12-04"), Monthly, parsePayday("friday"))}
	case MoveSettlement:
		return Terms{Kind: MoveSettlement, Total: USD(74400), Expires: day(t, "2026-12-14"),
			Installments: []Installment{{day(t, "2026-12-11"), USD(74400)}}}
	case MovePromise:
		return Terms{Kind: MovePromise, Total: USD(20000), Installments: []Installment{{day(t, "2026-12-11"), USD(20000)}}}
	}
	return Terms{Kind: MoveFull, Total: USD(124000), Installments: []Installment{{day(t, "2026-12-11"), USD(124000)}}}
}

func TestValidateLetsPermittedTermsPass(t *testing.T) {
	t.Parallel()
	for _, kind := range []MoveKind{MoveFull, MovePlan, MoveSettlement, MovePromise} {
		if err := Validate(sample(), angela(t), permitted(t, kind)); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	t.Run("a down payment the person has named may exceed the surplus", func(t *testing.T) {
		t.Parallel()
		c, terms := angela(t), permitted(t, MovePlan)
		terms.Installments = lay([]Money{USD(60000), USD(16000), USD(16000), USD(16000), USD(16000)}, day(t, "2026-12-04"), Monthly, payday{})
		if Validate(sample(), c, terms) == nil {
			t.Error("it passes without having been named")
		}
		c.History.Asked = []Ask{{Kind: AskPromise, Amount: USD(60000)}}
		if err := Validate(sample(), c, terms); err != nil {
			t.Error(err)
		}
		low := USD(15999)
		c.Surplus = &low
		if Validate(sample(), c, terms) == nil {
			t.Error("the payments after it may not")
		}
	})
	t.Run("a last payment may be smaller than the smallest", func(t *testing.T) {
		t.Parallel()
		terms := permitted(t, MovePlan)
		terms.Installments = lay(splitBy(USD(124000), USD(15400)), day(t, "2026-12-04"), Monthly, payday{})
		if err := Validate(sample(), angela(t), terms); err != nil {
			t.Error(err)
		}
	})
}

func TestValidateRefusesTermsSpoiltInOnePlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		kind  MoveKind
		spoil func(*Policy, *Case, *Terms)
	}{
		{"a cent too little", MovePlan, func(_ *Policy, _ *Case, x *Terms) { x.Installments[7].Amount.Minor-- }},
		{"a cent too much", MovePlan, func(_ *Policy, _ *Case, x *Terms) { x.Installments[0].Amount.Minor++ }},
		{"a total that isn't the balance", MovePlan, func(_ *Policy, _ *Case, x *Terms) { x.Total.Minor--; x.Installments[7].Amount.Minor-- }},
		{"a negative payment", MovePlan, func(_ *Policy, _ *Case, x *Terms) {
			x.Installments[0].Amount.Minor += 20000
			x.Installments[1].Amount.Minor -= 20000
		}},
		{"amounts that overflow to the total", MovePlan, func(_ *Policy, _ *Case, x *Terms) {
			x.Installments[0].Amount.Minor, x.Installments[1].Amount.Minor = 1<<62, 1<<62
		}},
		{"another currency", MovePlan, func(_ *Policy, _ *Case, x *Terms) { x.Installments[3].Amount.Currency = "EUR" }},
		{"a total in another currency", MovePromise, func(_ *Policy, _ *Case, x *Terms) { x.Total.Currency = "EUR" }},
		{"no payments", MovePlan, func(_ *Policy, _ *Case, x *Terms) { x.Installments = nil }},
		{"too many payments", MovePlan, func(p *Policy, _ *Case, x *Terms) {
			p.Plan = PlanPolicy{MaxMonths: 1000}
			x.Cadence, x.Installments = Weekly, nil
			for i := range Most + 1 {
				x.Installments = append(x.Installments, Installment{civil.Date{Year: 2026, Month: 12, Day: 4}.AddDays(7 * i), USD(475)})
			}
			x.Installments[Most].Amount = USD(500)
		}},
		{"one payment is no plan", MovePlan, func(_ *Policy, c *Case, x *Terms) {
			c.Surplus = nil
			x.Installments = []Installment{{x.Installments[0].Due, x.Total}}
		}},
		{"a payment today", MoveFull, func(_ *Policy, c *Case, x *Terms) { x.Installments[0].Due = c.Today }},
		{"a payment in the past", MoveFull, func(_ *Policy, c *Case, x *Terms) { x.Installments[0].Due = c.Today.AddDays(-1) }},
		{"a day that doesn't exist", MovePlan, func(_ *Policy, _ *Case, x *Terms) {
			x.Installments[2].Due = civil.Date{Year: 2027, Month: 2, Day: 30}
		}},
		{"dates out of order", MovePlan, func(_ *Policy, _ *Case, x *Terms) {
			x.Installments[1].Due, x.Installments[2].Due = x.Installments[2].Due, x.Installments[1].Due
		}},
		{"the same day twice", MovePlan, func(_ *Policy, _ *Case, x *Terms) { x.Installments[1].Due = x.Installments[0].Due }},
		{"a first payment too far off", MoveFull, func(_ *Policy, c *Case, x *Terms) { x.Installments[0].Due = c.Today.AddDays(46) }},
		{"a first payment too far off after a broken promise", MoveFull, func(_ *Policy, c *Case, x *Terms) {
			c.Behavior.BrokenPromises = 1
			x.Installments[0].Due = c.Today.AddDays(32)
		}},
		{"an offer that has expired", MovePlan, func(_ *Policy, c *Case, x *Terms) { x.Expires = c.Today.AddDays(-1) }},
		{"a plan that takes a month too long", MovePlan, func(p *Policy, _ *Case, _ *Terms) { p.Plan.MaxMonths = 7 }},
		{"a payment below the smallest", MovePlan, func(p *Policy, _ *Case, _ *Terms) { p.Plan.MinPayment = USD(15501) }},
		{"a policy in another currency", MovePlan, func(p *Policy, _ *Case, _ *Terms) { p.Plan.MinPayment = Money{Minor: 1, Currency: "EUR"} }},
		{"a payment above the surplus", MovePlan, func(_ *Policy, c *Case, _ *Terms) { c.Surplus = &Money{Minor: 15499, Currency: "USD"} }},
		{"a surplus in another currency", MovePlan, func(_ *Policy, c *Case, _ *Terms) { c.Surplus.Currency = "EUR" }},
		{"a cadence nobody has", MovePlan, func(_ *Policy, _ *Case, x *Terms) { x.Cadence = "hourly" }},
		{"a cent below the floor", MoveSettlement, func(_ *Policy, _ *Case, x *Terms) { x.Total.Minor--; x.Installments[0].Amount.Minor-- }},
		{"a floor below what is expected anyway", MoveSettlement, func(p *Policy, _ *Case, _ *Terms) { p.Value.NoDeal = 6001 }},
		{"a settlement where there are none", MoveSettlement, func(p *Policy, _ *Case, _ *Terms) { p.Settlement.Enabled = false }},
		{"a settlement on an account without", MoveSettlement, func(_ *Policy, c *Case, _ *Terms) { c.Settle = false }},
		{"a settlement without an expiry", MoveSettlement, func(_ *Policy, _ *Case, x *Terms) { x.Expires = civil.Date{} }},
		{"a settlement that expires too late", MoveSettlement, func(_ *Policy, _ *Case, x *Terms) { x.Expires = x.Expires.AddDays(1) }},
		{"a settlement of the whole balance", MoveSettlement, func(_ *Policy, _ *Case, x *Terms) {
			x.Total, x.Installments[0].Amount = USD(124000), USD(124000)
		}},
		{"a settlement in two payments", MoveSettlement, func(_ *Policy, _ *Case, x *Terms) {
			x.Installments = append(x.Installments, Installment{x.Installments[0].Due.AddDays(1), USD(100)})
			x.Installments[0].Amount.Minor -= 100
		}},
		{"a promise of the whole balance", MovePromise, func(_ *Policy, _ *Case, x *Terms) {
			x.Total, x.Installments[0].Amount = USD(124000), USD(124000)
		}},
		{"a promise below the smallest payment", MovePromise, func(_ *Policy, _ *Case, x *Terms) {
			x.Total, x.Installments[0].Amount = USD(2499), USD(2499)
		}},
		{"a long promise after a broken one", MovePromise, func(_ *Policy, c *Case, x *Terms) {
			c.Behavior.BrokenPromises = 1
			x.Installments[0].Due = c.Today.AddDays(15)
		}},
		{"a promise after three broken ones", MovePromise, func(_ *Policy, c *Case, _ *Terms) { c.Behavior.BrokenPromises = 3 }},
		{"full payment of a part", MoveFull, func(_ *Policy, c *Case, _ *Terms) { c.Balance = USD(124001) }},
		{"more than the balance", MoveFull, func(_ *Policy, c *Case, _ *Terms) { c.Balance = USD(123999) }},
		{"no balance", MoveFull, func(_ *Policy, c *Case, _ *Terms) { c.Balance = Money{} }},
		{"a kind that has no terms", MoveHold, func(_ *Policy, _ *Case, x *Terms) { x.Kind = MoveHold }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, in, terms := sample(), angela(t), permitted(t, c.kind)
			terms.Installments = slices.Clone(terms.Installments)
			c.spoil(&p, &in, &terms)
			if err := Validate(p, in, terms); !errors.Is(err, ErrTerms) {
				t.Errorf("got %v", err)
			}
		})
	}
}
