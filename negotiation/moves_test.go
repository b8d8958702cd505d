package negotiation

import (
	"testing"

	"github.com/golang-sql/civil"
)

func TestTheFirstOffersOpenHigh(t *testing.T) {
	t.Parallel()
	t.Run("the whole balance comes first, then a plan the person can carry", func(t *testing.T) {
		t.Parallel()
		moves := Moves(sample(), angela(t), []Ask{{}})
		if moves[0].Kind != MoveFull || moves[1].Kind != MovePlan {
			t.Fatalf("got %v then %v", moves[0].Kind, moves[1].Kind)
		}
		plan := moves[1].Terms
		if monthlyLoad(plan.Installments) > 18000 || plan.Installments[0].Due != day(t, "2026-12-04") {
			t.Errorf("the plan is %v", plan)
		}
	})
	t.Run("their first number doesn't move it", func(t *testing.T) {
		t.Parallel()
		for _, c := range []Case{angela(t), unknown(t)} {
			high, _ := find(Moves(sample(), c, []Ask{{Kind: AskPlan, Amount: USD(9000)}}), MovePlan)
			low, _ := find(Moves(sample(), c, []Ask{{Kind: AskPlan, Amount: USD(100)}}), MovePlan)
			if monthlyLoad(high.Terms.Installments) != monthlyLoad(low.Terms.Installments) {
				t.Errorf("asked 90: %v\nasked 1: %v", high.Terms, low.Terms)
			}
			a, _ := find(Moves(sample(), c, []Ask{{Kind: AskSettlement, Amount: USD(80000)}}), MoveSettlement)
			b, _ := find(Moves(sample(), c, []Ask{{Kind: AskSettlement, Amount: USD(100)}}), MoveSettlement)
			if a.Terms.Total != b.Terms.Total || a.Terms.Total != USD(111600) {
				t.Errorf("settlements open at %v and %v", a.Terms.Total, b.Terms.Total)
			}
		}
	})
	t.Run("hardship and emotion leave the settlement where it was", func(t *testing.T) {
		t.Parallel()
		c := angela(t)
		ask := []Ask{{Kind: AskSettlement, Amount: USD(30000)}}
		calm, _ := find(Moves(sample(), c, ask), MoveSettlement)
		c.Hardship = true
		moves := Moves(sample(), c, ask)
		upset, _ := find(moves, MoveSettlement)
		if calm.Terms.Total != upset.Terms.Total {
			t.Errorf("%v became %v", calm.Terms.Total, upset.Terms.Total)
		}
		if _, ok := find(moves, MoveHardship); !ok {
			t.Error("no hardship path")
		}
	})
}

func TestAnAskIsAcceptedAsItWasSaid(t *testing.T) {
	t.Parallel()
	late := angela(t)
	late.Round = 5
	for _, c := range []struct {
		name  string
		in    Case
		ask   Ask
		kind  MoveKind
		first string
		each  int64
		total int64
		n     int
	}{
		{"150 a month", angela(t), Ask{Kind: AskPlan, Amount: USD(15000)}, MovePlan, "2026-12-04", 15000, 124000, 9},
		{"a range is taken at its upper end", angela(t), Ask{Kind: AskPlan, Amount: USD(10000), Max: USD(15500)}, MovePlan, "2026-12-04", 15500, 124000, 8},
		{"eight payments", angela(t), Ask{Kind: AskPlan, Count: 8}, MovePlan, "2026-12-04", 15500, 124000, 8},
		{"half now, the rest at 100 a month", angela(t), Ask{Kind: AskPlan, Share: 5000, Amount: USD(10000), Start: day(t, "2026-11-30")}, MovePlan, "2026-12-01", 62000, 124000, 8},
		{"all of it by the 10th", angela(t), Ask{Kind: AskFull, By: day(t, "2026-12-10")}, MoveFull, "2026-12-10", 124000, 124000, 1},
		{"half now", angela(t), Ask{Kind: AskPromise, Share: 5000, Start: day(t, "2026-11-30")}, MovePromise, "2026-12-01", 62000, 62000, 1},
		{"600 by Christmas", angela(t), Ask{Kind: AskPromise, Amount: USD(60000), By: day(t, "2026-12-25")}, MovePromise, "2026-12-25", 60000, 60000, 1},
		{"a promise of more than is owed is a full payment", angela(t), Ask{Kind: AskPromise, Amount: USD(500000)}, MoveFull, "2026-12-04", 124000, 124000, 1},
		{"a settlement at the opening share", angela(t), Ask{Kind: AskSettlement, Share: 9000, By: day(t, "2026-12-11")}, MoveSettlement, "2026-12-11", 111600, 111600, 1},
		{"110 a month, insisted on for five rounds", late, Ask{Kind: AskPlan, Amount: USD(11000)}, MovePlan, "2026-12-04", 11000, 124000, 12},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m, ok := accepting(Moves(sample(), c.in, []Ask{c.ask}))
			if !ok {
				t.Fatalf("not accepted: %+v", Moves(sample(), c.in, []Ask{c.ask}))
			}
			in := m.Terms.Installments
			if m.Kind != c.kind || in[0] != (Installment{day(t, c.first), USD(c.each)}) || m.Terms.Total != USD(c.total) || len(in) != c.n {
				t.Errorf("got %v %v, %d payments, first %v", m.Kind, m.Terms.Total, len(in), in[0])
			}
		})
	}
}

func TestWhatCannotBeAcceptedIsCountered(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		ask     Ask
		counter MoveKind
	}{
		{"below the smallest payment", Ask{Kind: AskPlan, Amount: USD(1000)}, MovePlan},
		{"longer than the longest plan", Ask{Kind: AskPlan, Amount: USD(5000)}, MovePlan},
		{"more than is left each month", Ask{Kind: AskPlan, Amount: USD(40000)}, MovePlan},
		{"four hundred payments", Ask{Kind: AskPlan, Count: 400}, MovePlan},
		{"a cent a week", Ask{Kind: AskPlan, Amount: USD(1), Cadence: Weekly}, MovePlan},
		{"one dollar and done", Ask{Kind: AskSettlement, Amount: USD(100)}, MoveSettlement},
		{"a start in two years", Ask{Kind: AskPlan, Amount: USD(14000), Start: day(t, "2028-12-01")}, MovePlan},
		{"too much", Ask{Kind: AskLower}, MovePlan},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			moves := Moves(sample(), angela(t), []Ask{c.ask})
			if m, ok := accepting(moves); ok {
				t.Fatalf("accepted %v", m.Terms)
			}
			if _, ok := find(moves, c.counter); !ok {
				t.Errorf("no %s is offered: %v", c.counter, moves)
			}
		})
	}
}

func TestNothingBeforeTheFirstMovesEveryOffer(t *testing.T) {
	t.Parallel()
	for _, m := range Moves(sample(), angela(t), []Ask{{Kind: AskLater, NotBefore: day(t, "2026-12-20")}}) {
		if len(m.Terms.Installments) > 0 && m.Terms.Installments[0].Due != day(t, "2026-12-25") {
			t.Errorf("%v starts on %v", m.Kind, m.Terms.Installments[0].Due)
		}
	}
	t.Run("but not for ever", func(t *testing.T) {
		t.Parallel()
		moves := Moves(sample(), angela(t), []Ask{{Kind: AskLater, NotBefore: day(t, "2030-01-01")}})
		m, ok := find(moves, MovePlan)
		if first := m.Terms.Installments[0].Due; !ok || first.After(day(t, "2027-01-14")) || weekdayOf(first) != 5 {
			t.Errorf("the plan starts on %v", first)
		}
	})
}

func TestTheSettlementLadder(t *testing.T) {
	t.Parallel()
	rising := func(c Case, rounds int) Case {
		c.Round = rounds
		for i := range rounds {
			c.History.Asked = append(c.History.Asked, Ask{Kind: AskSettlement, Amount: USD(int64(10000 + 100*i))})
		}
		return c
	}
	total := func(t *testing.T, c Case, ask int64) Money {
		t.Helper()
		m, ok := find(Moves(sample(), c, []Ask{{Kind: AskSettlement, Amount: USD(ask)}}), MoveSettlement)
		if !ok {
			t.Fatal("no settlement")
		}
		return m.Terms.Total
	}
	t.Run("ends at the floor, to the cent", func(t *testing.T) {
		t.Parallel()
		if got := total(t, rising(unknown(t), 40), 30000); got != USD(74400) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("ends at what a plan they can carry is worth", func(t *testing.T) {
		t.Parallel()
		c := rising(angela(t), 40)
		plan, _ := find(Moves(sample(), c, []Ask{{Kind: AskLower}}), MovePlan)
		m, _ := find(Moves(sample(), c, []Ask{{Kind: AskSettlement, Amount: USD(30000)}}), MoveSettlement)
		if worth, least := Expect(sample(), c, m.Terms), Expect(sample(), c, plan.Terms); worth.Minor < least.Minor || worth.Minor > least.Minor+200 {
			t.Errorf("a settlement worth %v beside a plan worth %v", worth, least)
		}
	})
	t.Run("is had at last for any sum that is permitted", func(t *testing.T) {
		t.Parallel()
		for round, want := range map[int]bool{2: false, 3: true} {
			m, ok := accepting(Moves(sample(), rising(unknown(t), round), []Ask{{Kind: AskSettlement, Amount: USD(74400)}}))
			if ok != want || ok && m.Terms.Total != USD(74400) {
				t.Errorf("round %d: %v", round, m)
			}
		}
		if m, ok := accepting(Moves(sample(), rising(unknown(t), 9), []Ask{{Kind: AskSettlement, Amount: USD(74399)}})); ok {
			t.Errorf("accepted %v", m.Terms.Total)
		}
	})
	t.Run("stops short for a person who repeats a number", func(t *testing.T) {
		t.Parallel()
		still := unknown(t)
		still.Round = 6
		for range 6 {
			still.History.Asked = append(still.History.Asked, Ask{Kind: AskSettlement, Amount: USD(10000)})
		}
		if a, b := total(t, still, 10000), total(t, rising(unknown(t), 6), 20000); a.Minor <= b.Minor {
			t.Errorf("%v for standing still, %v for moving", a, b)
		}
	})
	t.Run("takes what the person offers where that is more", func(t *testing.T) {
		t.Parallel()
		moves := Moves(sample(), rising(unknown(t), 8), []Ask{{Kind: AskSettlement, Amount: USD(99950)}})
		if m, ok := accepting(moves); !ok || m.Terms.Total != USD(99950) {
			t.Errorf("%+v", moves)
		}
	})
	t.Run("does not charge more than was asked", func(t *testing.T) {
		t.Parallel()
		if m, ok := accepting(Moves(sample(), angela(t), []Ask{{Kind: AskSettlement, Amount: USD(111599)}})); ok {
			t.Errorf("accepted %v", m.Terms.Total)
		}
	})
	t.Run("does not go back up", func(t *testing.T) {
		t.Parallel()
		c := angela(t)
		c.History.Offered = []Terms{{Kind: MoveSettlement, Total: USD(90000)}}
		if got := total(t, c, 30000); got != USD(90000) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("is not gone down for a person who wants a plan", func(t *testing.T) {
		t.Parallel()
		c := angela(t)
		c.Round = 5
		moves := Moves(sample(), c, []Ask{{Kind: AskLower}})
		plan, _ := find(moves, MovePlan)
		m, ok := find(moves, MoveSettlement)
		if !ok || Expect(sample(), c, m.Terms).Minor < Expect(sample(), c, plan.Terms).Minor {
			t.Errorf("a settlement worth %v beside a plan worth %v", Expect(sample(), c, m.Terms), Expect(sample(), c, plan.Terms))
		}
	})
}

func TestThePlanLadder(t *testing.T) {
	t.Parallel()
	count := func(p Policy, c Case) int {
		m, _ := find(Moves(p, c, []Ask{{Kind: AskLower}}), MovePlan)
		return len(m.Terms.Installments)
	}
	t.Run("a lighter plan offered before stays", func(t *testing.T) {
		t.Parallel()
		c := unknown(t)
		before := count(sample(), c)
		c.History.Offered = []Terms{{Kind: MovePlan, Total: c.Balance, Installments: lay(split(c.Balance, 12), day(t, "2026-12-04"), Monthly, payday{})}}
		if got := count(sample(), c); before >= 12 || got != 12 {
			t.Errorf("%d payments, then %d", before, got)
		}
	})
	t.Run("the first no to an offer is a round, though nobody counted it", func(t *testing.T) {
		t.Parallel()
		c := unknown(t)
		before := count(sample(), c)
		for _, m := range Moves(sample(), c, []Ask{{}}) {
			if len(m.Terms.Installments) > 0 {
				c.History.Offered = append(c.History.Offered, m.Terms)
			}
		}
		if got := count(sample(), c); got <= before {
			t.Errorf("%d payments, then %d", before, got)
		}
	})
	t.Run("a down payment offered before is no plan without one", func(t *testing.T) {
		t.Parallel()
		c := unknown(t)
		c.Round = 1
		before := count(sample(), c)
		c.History.Offered = []Terms{{Kind: MovePlan, Total: c.Balance, Installments: lay([]Money{USD(100000), USD(8000), USD(8000), USD(8000)}, day(t, "2026-12-04"), Monthly, payday{})}}
		if got := count(sample(), c); got != before {
			t.Errorf("%d payments became %d", before, got)
		}
	})
	t.Run("a hardship is met with the longest plan", func(t *testing.T) {
		t.Parallel()
		c := unknown(t)
		c.Hardship = true
		if got := count(sample(), c); got != 12 {
			t.Errorf("%d payments", got)
		}
	})
	t.Run("no plan is worth less than no agreement", func(t *testing.T) {
		t.Parallel()
		p := sample()
		p.Value.NoDeal = 9900
		if got := count(p, angela(t)); got != 0 {
			t.Errorf("a plan of %d payments", got)
		}
	})
	t.Run("a known surplus is not asked for a down payment", func(t *testing.T) {
		t.Parallel()
		for round := range 6 {
			c := angela(t)
			c.Round = round
			for _, m := range Moves(sample(), c, []Ask{{Kind: AskLower}}) {
				if m.Kind == MovePlan && !even(m.Terms.Installments) {
					t.Errorf("round %d: %v", round, m.Terms)
				}
			}
		}
	})
	t.Run("an unknown surplus is offered a down payment against time", func(t *testing.T) {
		t.Parallel()
		c := unknown(t)
		var flat, down Move
		for _, m := range Moves(sample(), c, []Ask{{}}) {
			switch {
			case m.Kind == MovePlan && even(m.Terms.Installments):
				flat = m
			case m.Kind == MovePlan:
				down = m
			}
		}
		if down.For == "" || len(down.Terms.Installments) <= len(flat.Terms.Installments) ||
			Expect(sample(), c, down.Terms).Minor < less(Expect(sample(), c, flat.Terms).Minor, alike) {
			t.Errorf("%v against %v", down, flat)
		}
	})
	t.Run("a first number near the longest plan waits when nothing is known", func(t *testing.T) {
		t.Parallel()
		if m, ok := accepting(Moves(sample(), unknown(t), []Ask{{Kind: AskPlan, Amount: USD(11000)}})); ok {
			t.Errorf("accepted %v", m.Terms)
		}
	})
	t.Run("and is taken when it is asked for again", func(t *testing.T) {
		t.Parallel()
		ask := Ask{Kind: AskPlan, Amount: USD(11000)}
		c := unknown(t)
		for _, m := range Moves(sample(), c, []Ask{ask}) {
			if len(m.Terms.Installments) > 0 {
				c.History.Offered = append(c.History.Offered, m.Terms)
			}
		}
		for _, before := range []struct {
			name  string
			asked []Ask
			taken bool
		}{
			{"the same amount", []Ask{ask}, true},
			{"the same amount, and another in between", []Ask{ask, {Kind: AskPlan, Amount: USD(10500)}}, true},
			{"with the rhythm spelled out", []Ask{{Kind: AskPlan, Amount: USD(11000), Cadence: Monthly, Start: day(t, "2026-12-18")}}, true},
			{"another amount", []Ask{{Kind: AskPlan, Amount: USD(10500)}}, false},
			{"another rhythm", []Ask{{Kind: AskPlan, Amount: USD(11000), Cadence: Weekly}}, false},
			{"another kind", []Ask{{Kind: AskPromise, Amount: USD(11000)}}, false},
		} {
			c := c
			c.History.Asked = before.asked
			if m, ok := accepting(Moves(sample(), c, []Ask{ask})); ok != before.taken || ok && len(m.Terms.Installments) != 12 {
				t.Errorf("%s: accepted %t, %v", before.name, ok, m.Terms)
			}
		}
		low := Ask{Kind: AskPlan, Amount: USD(6000)}
		c.History.Asked = []Ask{low, low}
		if m, ok := accepting(Moves(sample(), c, []Ask{low})); ok {
			t.Errorf("longer than the longest plan, but accepted: %v", m.Terms)
		}
	})
	t.Run("today is no payday any more", func(t *testing.T) {
		t.Parallel()
		c := angela(t)
		c.Today = day(t, "2026-12-04")
		m, ok := find(Moves(sample(), c, []Ask{{}}), MovePlan)
		if !ok || m.Terms.Installments[0].Due != day(t, "2026-12-11") {
			t.Errorf("%v", m.Terms)
		}
	})
}

func TestOffersSayHowTheyStandToTheAsk(t *testing.T) {
	t.Parallel()
	plan := func(cents int64, rhythm Cadence) []Ask {
		return []Ask{{Kind: AskPlan, Amount: USD(cents), Cadence: rhythm}}
	}
	for _, c := range []struct {
		name           string
		in             Case
		asks           []Ask
		beyond, sooner bool
	}{
		{"permitted and longer", unknown(t), plan(11000, Monthly), false, true},
		{"permitted and shorter", angela(t), plan(40000, Monthly), false, false}, // more than is left
		{"longer than the longest plan", unknown(t), plan(6000, Monthly), true, false},
		{"below the smallest payment", unknown(t), plan(1000, Weekly), true, false},
		{"more payments than can be counted", unknown(t), plan(1, Weekly), true, false},
		{"the whole balance a month", unknown(t), plan(200000, Monthly), false, false},
		{"too many payments", unknown(t), []Ask{{Kind: AskPlan, Count: 24}}, true, false},
		{"a lump sum below the floor", unknown(t), []Ask{{Kind: AskSettlement, Amount: USD(100)}}, false, false},
		{"a lump sum above the floor", unknown(t), []Ask{{Kind: AskSettlement, Amount: USD(80000)}}, false, false},
		{"no number", unknown(t), []Ask{{Kind: AskLower}}, false, false},
		{"two plans", unknown(t), append(plan(6000, Monthly), plan(11000, Monthly)...), false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m, ok := find(Moves(sample(), c.in, c.asks), MovePlan)
			if !ok || m.Accepts || m.Beyond != c.beyond || m.Sooner != c.sooner {
				t.Errorf("beyond %t, sooner %t: %+v", m.Beyond, m.Sooner, m)
			}
		})
	}
}

func TestSettlementsNeedPermission(t *testing.T) {
	t.Parallel()
	ask := []Ask{{Kind: AskSettlement, Amount: USD(120000)}}
	for name, change := range map[string]func(*Policy, *Case){
		"of the policy":  func(p *Policy, _ *Case) { p.Settlement.Enabled = false },
		"of the case":    func(_ *Policy, c *Case) { c.Settle = false },
		"with a floor":   func(p *Policy, _ *Case) { p.Settlement.Floor = 0 },
		"within a whole": func(p *Policy, _ *Case) { p.Settlement.Floor = 10_001 },
	} {
		p, c := sample(), angela(t)
		change(&p, &c)
		if m, ok := find(Moves(p, c, ask), MoveSettlement); ok {
			t.Errorf("%s: offered %v", name, m.Terms)
		}
	}
}

func TestNoRoomMeansHardshipNotALowerFloor(t *testing.T) {
	t.Parallel()
	c := angela(t)
	little := USD(4000)
	c.Surplus = &little
	moves := Moves(sample(), c, []Ask{{Kind: AskPlan, Amount: USD(3000)}})
	if moves[0].Kind != MoveHardship {
		t.Errorf("the first move is %v", moves[0].Kind)
	}
	if m, ok := find(moves, MovePlan); ok {
		t.Errorf("a plan is offered: %v", m.Terms)
	}
	c.Settle = false
	for _, surplus := range []int64{0, -5000} {
		none := USD(surplus)
		c.Surplus = &none
		if moves := Moves(sample(), c, nil); moves[0].Kind != MoveHardship {
			t.Errorf("with %d left the first move is %v", surplus, moves[0].Kind)
		}
	}
}

func TestBrokenPromisesShortenTheNextAndThenNeedAPerson(t *testing.T) {
	t.Parallel()
	ask := []Ask{{Kind: AskPromise, Amount: USD(20000), By: day(t, "2026-12-24")}}
	for broken, want := range map[int]string{0: "2026-12-24", 1: "2026-12-14", 2: "2026-12-07"} {
		c := angela(t)
		c.Behavior.BrokenPromises = broken
		m, ok := find(Moves(sample(), c, ask), MovePromise)
		if !ok || m.Terms.Installments[0].Due != day(t, want) || m.Accepts != (broken == 0) {
			t.Errorf("after %d broken promises: %+v", broken, m)
		}
	}
	c := angela(t)
	c.Behavior.BrokenPromises = 3
	moves := Moves(sample(), c, ask)
	if m, ok := find(moves, MovePromise); ok {
		t.Errorf("after three broken promises: %v", m.Terms)
	}
	if _, ok := find(moves, MoveHandoff); !ok {
		t.Error("no hand-off after three broken promises")
	}
}

func TestUnusableInputIsForAPerson(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Case){
		"no balance":              func(c *Case) { c.Balance = USD(0) },
		"a negative balance":      func(c *Case) { c.Balance = USD(-1) },
		"an immense balance":      func(c *Case) { c.Balance = USD(1<<63 - 1) },
		"no currency":             func(c *Case) { c.Balance.Currency = "" },
		"a surplus in euros":      func(c *Case) { c.Surplus = &Money{Minor: 5, Currency: "EUR"} },
		"a day that isn't a date": func(c *Case) { c.Today = civil.Date{Year: 2026, Month: 2, Day: 30} },
	} {
		c := angela(t)
		change(&c)
		if moves := Moves(sample(), c, []Ask{{}}); len(moves) != 1 || moves[0].Kind != MoveHandoff {
			t.Errorf("%s: %v", name, moves)
		}
	}
}

func TestAnAskThatCannotBeMeantIsAskedBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field string
		ask   Ask
	}{
		{"amount", Ask{Kind: AskPlan, Amount: USD(-500)}},
		{"amount", Ask{Kind: AskPlan, Amount: USD(1<<63 - 1)}},
		{"amount", Ask{Kind: AskPlan, Amount: Money{Minor: 5000, Currency: "EUR"}}},
		{"amount", Ask{Kind: AskSettlement, Share: -1}},
		{"start", Ask{Kind: AskPromise, Amount: USD(5000), By: day(t, "2020-01-01")}},
		{"start", Ask{Kind: AskPlan, Amount: USD(14000), Start: civil.Date{Year: 2027, Month: 2, Day: 30}}},
	} {
		if m := Moves(sample(), angela(t), []Ask{c.ask})[0]; m.Kind != MoveAsk || m.Field != c.field {
			t.Errorf("%+v: %+v", c.ask, m)
		}
	}
}

func TestQuestionsComeWhereTheyHelp(t *testing.T) {
	t.Parallel()
	c := unknown(t)
	c.Payday = ""
	fields := map[string]bool{}
	for _, m := range Moves(sample(), c, []Ask{{Kind: AskLower}}) {
		fields[m.Field] = true
	}
	if !fields["surplus"] || !fields["payday"] {
		t.Errorf("asked %v", fields)
	}
	for _, m := range Moves(sample(), angela(t), []Ask{{Kind: AskLower}}) {
		if m.Kind == MoveAsk {
			t.Errorf("asked again: %v", m.Field)
		}
	}
}

func TestOffersThatDidNotChangeAreHeld(t *testing.T) {
	t.Parallel()
	c := angela(t)
	c.Settle, c.Round = false, 30
	for _, m := range Moves(sample(), c, []Ask{{Kind: AskLower}}) {
		if len(m.Terms.Installments) > 0 {
			c.History.Offered = append(c.History.Offered, m.Terms)
		}
	}
	moves := Moves(sample(), c, []Ask{{Kind: AskLower}})
	if moves[0].Kind != MoveHold {
		t.Errorf("the first move is %v", moves[0].Kind)
	}
	if _, ok := find(moves, MoveHandoff); !ok {
		t.Error("no way out after many rounds")
	}
}
