package oracle

import (
	"bytes"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/golang-sql/civil"
	"github.com/google/go-cmp/cmp"

	"parley/negotiation"
)

func TestASeedTellsEverything(t *testing.T) {
	t.Parallel()
	for i := range 40 {
		if diff := cmp.Diff(Simulate(7, i), Simulate(7, i)); diff != "" {
			t.Fatal(diff)
		}
	}
	var a, b bytes.Buffer
	if err := Report(&a, 3, 60); err != nil {
		t.Fatal(err)
	}
	if err := Report(&b, 3, 60); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() || !strings.Contains(a.String(), "| tit-for-tat |") {
		t.Error("the same seed prints another page")
	}
}

// It fails when a figure lies beyond its goal by more than chance explains in a
// sample this small, on a seed that nothing was tuned on.
func TestAgreementsAreLawfulAndNearTheBest(t *testing.T) {
	t.Parallel()
	s := Summarize(Run(1002, 1500))
	if s.BelowFloor+s.Unaffordable+s.Broken != 0 {
		t.Errorf("%d below the floor, %d unaffordable, %d broken", s.BelowFloor, s.Unaffordable, s.Broken)
	}
	chance := 1.96 * math.Sqrt(0.01*0.99/float64(s.Agreed))
	if s.Regret-s.RegretCI > 0.02 || s.Pareto+chance < 0.99 || s.Over-s.OverCI > 0.35 {
		t.Errorf("regret %.4f ± %.4f, Pareto %.4f ± %.4f, over-concession %.3f ± %.3f", s.Regret, s.RegretCI, s.Pareto, chance, s.Over, s.OverCI)
	}
	if s.Agreed < s.Zone*99/100 {
		t.Errorf("%d agreements in %d zones", s.Agreed, s.Zone)
	}
}

func TestAYesAtOnceIsMeasuredFromTheOfferThatWasReady(t *testing.T) {
	t.Parallel()
	w := hand()
	ask := negotiation.Ask{Kind: negotiation.AskPlan, Amount: negotiation.USD(25_000), Cadence: negotiation.Monthly}
	g := &game{p: w.p, c: w.c, d: w.d, asked: &ask}
	final, _ := w.layOut(ask)
	var res Result
	res.concession(w, g, final, w.outcome(final).worth)
	ready, ok := g.would(negotiation.MovePlan)
	if stake := (w.outcome(ready).worth - w.outcome(final).worth) / float64(w.c.Balance.Minor); !ok || res.HasOver != (stake >= Tolerance) {
		t.Errorf("ready %v, stake %.4f, %+v", ready, stake, res)
	}
}

// hand is a world small enough to reckon by hand: $1,000, nobody stops, time
// costs next to nothing, a debtor who carries $250 of $600 a month and has $700.
func hand() world {
	c := negotiation.Case{Balance: negotiation.USD(100_000), Today: civil.Date{Year: 2026, Month: 1, Day: 1}, Settle: true}
	p := negotiation.Policy{
		Settlement: negotiation.SettlementPolicy{Enabled: true, Floor: 6000, Open: 9000, ExpiresDays: 14},
		Plan:       negotiation.PlanPolicy{MaxMonths: 6, MinPayment: negotiation.USD(2500)},
	}
	d := Debtor{Surplus: 60_000, Limit: 25_000, Cash: 70_000, Rate: 0.2, Hazard: 1, Payday: "1", cadence: negotiation.Monthly}
	p, c = truth(p, c, d)
	p.Value.AnnualRate, p.Value.Hazard = 1, 1
	return world{p, c, d}
}

func TestTheOracleFindsTheBestOutcome(t *testing.T) {
	t.Parallel()
	w := hand()
	space := w.space()
	best, ok := oracleBest(space)
	if !ok {
		t.Fatal("no zone")
	}
	four, _ := plan(w.c.Balance, 4, negotiation.Monthly, negotiation.Dates(civil.Date{Year: 2026, Month: 2, Day: 1}, negotiation.Monthly, 4, "1"))
	if want := w.outcome(four); math.Abs(best-want.worth) > 1 || !want.accepts {
		t.Errorf("best %.0f, but four times $250 is worth %.0f", best, want.worth)
	}
	for _, o := range space {
		if o.terms.Kind == negotiation.MoveSettlement && o.terms.Total.Minor < 60_000 {
			t.Errorf("a settlement of %v is below the floor", o.terms.Total)
		}
		if o.accepts && o.terms.Kind == negotiation.MovePlan && load(o.terms.Installments) > 25_000 {
			t.Errorf("%v is above the limit", o.terms)
		}
	}
}

func TestTheMeasuresOnCasesReckonedByHand(t *testing.T) {
	t.Parallel()
	w := hand()
	space := w.space()
	best, _ := oracleBest(space)
	at := func(share negotiation.Bp) outcome {
		return w.outcome(once(negotiation.MoveSettlement, w.c.Balance.Share(share), civil.Date{Year: 2026, Month: 2, Day: 1}))
	}
	t.Run("the best outcome has no regret and is efficient", func(t *testing.T) {
		t.Parallel()
		var top outcome
		for _, o := range space {
			if o.accepts && o.worth == best {
				top = o
			}
		}
		var res Result
		res.judge(w, top, space, best)
		if res.Regret != 0 || res.Dominated != 0 {
			t.Errorf("%+v", res)
		}
	})
	t.Run("a settlement at 60% forgoes two fifths", func(t *testing.T) {
		t.Parallel()
		var res Result
		res.judge(w, at(6000), space, best)
		if math.Abs(res.Regret-0.4) > 0.01 {
			t.Errorf("regret %.3f", res.Regret)
		}
	})
	t.Run("half of the way is an index of a half", func(t *testing.T) {
		t.Parallel()
		ask := negotiation.Ask{Kind: negotiation.AskSettlement, Amount: negotiation.USD(50_000)}
		g := &game{opened: []negotiation.Terms{at(9000).terms}, asked: &ask}
		var res Result
		res.concession(w, g, at(7000).terms, best)
		if !res.HasOver || math.Abs(res.Over-0.5) > 0.01 || math.Abs(res.OverTerms-0.5) > 0.01 {
			t.Errorf("%+v", res)
		}
		res = Result{}
		res.concession(w, g, once(negotiation.MoveSettlement, negotiation.USD(50_000), civil.Date{Year: 2026, Month: 2, Day: 1}), best)
		if math.Abs(res.Over-1) > 0.01 {
			t.Errorf("capitulation is %.3f", res.Over)
		}
	})
	t.Run("a later payday at the same price is dominated", func(t *testing.T) {
		t.Parallel()
		w := w
		w.p.Value.Hazard, w.p.Value.AnnualRate, w.d.Rate = 2000, 5000, 0
		late := once(negotiation.MoveSettlement, w.c.Balance.Share(7000), civil.Date{Year: 2026, Month: 2, Day: 14})
		var res Result
		res.judge(w, w.outcome(late), w.space(), best)
		if res.Dominated < Tolerance {
			t.Errorf("dominated by %.4f", res.Dominated)
		}
	})
	t.Run("what is wrong is counted", func(t *testing.T) {
		t.Parallel()
		g := &game{c: w.c}
		low := once(negotiation.MoveSettlement, negotiation.USD(59_999), civil.Date{Year: 2026, Month: 2, Day: 1})
		var res Result
		res.check(w.p, g, w.d, low)
		if !res.BelowFloor || !res.Broken {
			t.Errorf("%+v", res)
		}
		heavy, _ := plan(w.c.Balance, 3, negotiation.Monthly, negotiation.Dates(civil.Date{Year: 2026, Month: 2, Day: 1}, negotiation.Monthly, 3, "1"))
		res = Result{}
		d := w.d
		d.Surplus = 30_000
		res.check(w.p, g, d, heavy)
		if !res.Unaffordable {
			t.Errorf("%+v", res)
		}
		stated := negotiation.USD(30_000)
		g = &game{c: w.c}
		g.c.Surplus = &stated
		res = Result{}
		res.check(w.p, g, w.d, heavy)
		if !res.Unaffordable {
			t.Errorf("above what was stated: %+v", res)
		}
	})
}

func TestDebtorsBehaveAsTheirNamesSay(t *testing.T) {
	t.Parallel()
	shares := func(b Behavior) []float64 {
		g := &game{d: Debtor{Behavior: b, Patience: 6, opening: 0.5, exponent: 1}}
		r := rand.New(rand.NewPCG(1, 1))
		g.d.shape(r)
		g.d.opening, g.share = 0.5, 0.5
		var out []float64
		for ; g.turn < 5; g.turn++ {
			g.loads = append(g.loads, int64(1000-100*g.turn))
			g.concede()
			out = append(out, g.share)
		}
		return out
	}
	hard, soft := shares(Hardliner), shares(Conceder)
	if hard[2] > 0.52 || soft[2] < 0.85 || hard[4] != 1 || soft[4] != 1 {
		t.Errorf("hardliner %v, conceder %v", hard, soft)
	}
	if tit := shares(TitForTat); tit[1] <= tit[0] || math.Abs(tit[1]/tit[0]-1000.0/900) > 0.01 {
		t.Errorf("tit-for-tat %v", tit)
	}
	for i := range 200 {
		r := rand.New(rand.NewPCG(9, uint64(i)))
		_, c, d := draw(r, Liar)
		if d.Stated > d.Surplus*9/10 || c.Surplus != nil && c.Surplus.Minor != d.Stated {
			t.Fatalf("an honest liar: %+v", d)
		}
		if _, c, d := draw(r, Payday); c.Payday == "" || d.Cash != 0 {
			t.Fatalf("payday-bound: %+v", d)
		}
	}
}
