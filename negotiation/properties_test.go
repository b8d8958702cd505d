package negotiation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// talk draws a conversation and calls see with every set of moves in it. What
// was asked and offered goes into the history as it would in life.
func talk(t *rapid.T, p Policy, c Case, see func(Case, []Ask, []Move)) {
	c.Round = 0
	for turn := range rapid.IntRange(1, 8).Draw(t, "turns") {
		asks := rapid.SliceOfN(hostile(c.Today), 0, 3).Draw(t, "asks")
		if turn > 0 {
			c.Round++
		}
		moves := Moves(p, c, asks)
		see(c, asks, moves)
		c.History.Asked = append(c.History.Asked, asks...)
		for _, m := range moves {
			if len(m.Terms.Installments) > 0 {
				c.History.Offered = append(c.History.Offered, m.Terms)
			}
		}
	}
}

func TestEveryOfferHoldsWhateverIsAsked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, c := policies().Draw(t, "policy"), cases().Draw(t, "case")
		talk(t, p, c, func(c Case, asks []Ask, moves []Move) {
			if len(moves) == 0 || len(moves) > 16 {
				t.Fatalf("%d moves", len(moves))
			}
			for i, m := range moves {
				if m.Key != string(rune('a'+i)) || m.Reason == "" {
					t.Fatalf("move %d: %+v", i, m)
				}
				if len(m.Terms.Installments) > 0 {
					holds(t, p, c, asks, m)
				}
			}
		})
	})
}

// holds checks an offer with plain arithmetic, and then with Validate.
func holds(t *rapid.T, p Policy, c Case, asks []Ask, m Move) {
	terms, before, total := m.Terms, c.Today, int64(0)
	for _, in := range terms.Installments {
		total += in.Amount.Minor
		if in.Amount.Minor <= 0 || in.Amount.Currency != "USD" || !in.Due.IsValid() || !in.Due.After(before) {
			t.Fatalf("instalment %v of %+v", in, m)
		}
		before = in.Due
	}
	if total != terms.Total.Minor || total > c.Balance.Minor || m.Kind != terms.Kind {
		t.Fatalf("the parts sum to %d in %+v", total, m)
	}
	if m.Kind == MoveSettlement && (!c.Settle || !p.Settlement.Enabled || float64(total) < float64(c.Balance.Minor)*float64(p.Settlement.Floor)/10_000) {
		t.Fatalf("settlement of %d on %d under %+v", total, c.Balance.Minor, p.Settlement)
	}
	c.History.Asked = append(c.History.Asked[:len(c.History.Asked):len(c.History.Asked)], asks...)
	if m.Kind == MovePlan && c.Surplus != nil {
		months := map[string]int64{}
		for i, in := range terms.Installments {
			if i == 0 && in.Amount.Minor <= offered(c.Balance, c.History.Asked) {
				continue
			}
			months[in.Due.String()[:7]] += in.Amount.Minor
			if months[in.Due.String()[:7]] > c.Surplus.Minor {
				t.Fatalf("month %s is above the surplus in %+v", in.Due, m)
			}
		}
	}
	if err := Validate(p, c, terms); err != nil {
		t.Fatalf("%v: %+v", err, m)
	}
}

func TestOffersNeverGetWorseForThePerson(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, c := policies().Draw(t, "policy"), cases().Draw(t, "case")
		lump, plan := int64(-1), int64(-1)
		talk(t, p, c, func(c Case, asks []Ask, moves []Move) {
			for _, m := range moves {
				switch {
				case m.Kind == MoveSettlement:
					if lump >= 0 && m.Terms.Total.Minor > lump {
						t.Fatalf("a settlement of %d became %d", lump, m.Terms.Total.Minor)
					}
					lump = m.Terms.Total.Minor
				case m.Kind == MovePlan && m.Terms.Cadence == Monthly && even(m.Terms.Installments) && !m.Accepts && quiet(c, asks):
					if load := monthlyLoad(m.Terms.Installments); plan < 0 || load < plan {
						plan = load
					}
				}
			}
			if s := lightest(moves); quiet(c, asks) && plan >= 0 && s >= 0 && s > plan {
				t.Fatalf("payments of %d became %d", plan, s)
			}
		})
	})
}

// quiet reports that nothing was asked that lays plans on another base: another
// cadence, or another first day.
func quiet(c Case, asks []Ask) bool {
	for _, a := range append(asks[:len(asks):len(asks)], c.History.Asked...) {
		if a.Cadence != "" || !a.NotBefore.IsZero() || a.Kind == AskPlan || a.Kind == AskPromise {
			return false
		}
	}
	return true
}

func TestAPlanThatIsPermittedIsTakenTheSecondTimeItIsAskedFor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, c := policies().Draw(t, "policy"), cases().Draw(t, "case")
		c.Round = 0
		ask := Ask{Kind: AskPlan, Cadence: rapid.SampledFrom([]Cadence{"", Weekly, Biweekly, Monthly}).Draw(t, "cadence")}
		if rapid.Bool().Draw(t, "by amount") {
			ask.Amount = USD(rapid.Int64Range(1, 300_000).Draw(t, "amount"))
		} else {
			ask.Count = rapid.IntRange(2, 60).Draw(t, "count")
		}
		for _, m := range Moves(p, c, []Ask{ask}) {
			if m.Accepts {
				return
			}
			if len(m.Terms.Installments) > 0 {
				c.History.Offered = append(c.History.Offered, m.Terms)
			}
		}
		if len(c.History.Offered) == 0 {
			return
		}
		c.History.Asked = []Ask{ask}
		tab, ok := newTable(p, c, []Ask{ask})
		if !ok {
			return
		}
		want, exact, ok := tab.wanted(tab.asks[0])
		permitted := ok && exact && Validate(p, c, want) == nil && tab.worth(want) >= tab.reserve
		m, yes := accepting(Moves(p, c, []Ask{ask}))
		if yes != permitted || yes && cmp.Diff(want, m.Terms) != "" {
			t.Fatalf("permitted %t, accepted %t: %+v, %+v", permitted, yes, want, m.Terms)
		}
	})
}

func lightest(moves []Move) int64 {
	least := int64(-1)
	for _, m := range moves {
		if m.Kind == MovePlan && even(m.Terms.Installments) {
			if load := monthlyLoad(m.Terms.Installments); least < 0 || load < least {
				least = load
			}
		}
	}
	return least
}

func TestConcessionsOnlyShrink(t *testing.T) {
	t.Parallel()
	t.Run("on the ladder", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			open, limit := rapid.Int64Range(0, 1e9).Draw(t, "open"), rapid.Int64Range(0, 1e9).Draw(t, "limit")
			n := rapid.IntRange(1, 20).Draw(t, "n")
			if rung(open, limit, 0, n) != open || rung(open, limit, n, n) != limit || rung(open, limit, n+5, n) != limit {
				t.Fatal("the ladder does not lead from open to limit")
			}
			last := int64(1 << 62)
			for k := 1; k <= n; k++ {
				step := rung(open, limit, k, n) - rung(open, limit, k-1, n)
				if limit < open {
					step = -step
				}
				if step < 0 || step > last {
					t.Fatalf("step %d is %d after %d", k, step, last)
				}
				last = step
			}
		})
	})
	t.Run("in what a person sees who keeps saying it is too much", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			p, c := policies().Draw(t, "policy"), cases().Draw(t, "case")
			var totals []int64
			held := int64(-1)                          // where the first ladder ended
			for c.Round = 0; c.Round < 20; c.Round++ { // or until a bid is accepted: in a balance of cents that comes soon
				if c.Surplus == nil && c.Round == lastCall {
					if len(totals) > 0 {
						held = totals[len(totals)-1]
					}
					totals = nil // the plan has been turned down: another ladder begins, once it has come down to here
				}
				asks := []Ask{{Kind: AskSettlement, Amount: USD(int64(1 + c.Round))}}
				moves := Moves(p, c, asks)
				if _, ok := accepting(moves); ok {
					break
				}
				for _, m := range moves {
					if m.Kind == MoveSettlement && m.Terms.Total.Minor != held {
						totals = append(totals, m.Terms.Total.Minor)
						c.History.Offered = append(c.History.Offered, m.Terms)
					}
				}
				c.History.Asked = append(c.History.Asked, asks...)
			}
			totals = slices.Compact(totals) // a hold is no concession
			for i := 2; i < len(totals); i++ {
				if totals[i-1]-totals[i] > totals[i-2]-totals[i-1] {
					t.Fatalf("concessions grow: %v", totals)
				}
			}
		})
	})
}

func TestSameInputSameMoves(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, c := policies().Draw(t, "policy"), cases().Draw(t, "case")
		asks := rapid.SliceOfN(hostile(c.Today), 0, 3).Draw(t, "asks")
		said := slices.Clone(asks)
		first := Moves(p, c, asks)
		if diff := cmp.Diff(first, Moves(p, c, asks)); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(said, asks); diff != "" {
			t.Fatalf("the asks were changed: %s", diff)
		}
	})
}

func TestReasonsNameNoLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, c := sample(), cases().Draw(t, "case")
		c.Balance = USD(rapid.Int64Range(50_000, 5_000_000).Draw(t, "balance"))
		limits := []string{"60", "90%", p.Plan.MinPayment.Decimal(), p.Plan.MinPayment.String(), c.Balance.Share(p.Settlement.Floor).String(), "12 months"}
		for _, m := range Moves(p, c, rapid.SliceOfN(hostile(c.Today), 0, 3).Draw(t, "asks")) {
			for _, limit := range limits {
				if strings.Contains(m.Reason, limit) {
					t.Fatalf("%q names %s", m.Reason, limit)
				}
			}
			if strings.ContainsAny(m.Reason, "0123456789") {
				t.Fatalf("a number in %q", m.Reason)
			}
		}
	})
}

func TestExpectIsPartOfTheTotal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, c := policies().Draw(t, "policy"), cases().Draw(t, "case")
		for _, m := range Moves(p, c, nil) {
			if len(m.Terms.Installments) == 0 {
				continue
			}
			if worth := Expect(p, c, m.Terms); worth.Minor < 0 || worth.Minor > m.Terms.Total.Minor {
				t.Fatalf("%v is worth %v", m.Terms.Total, worth)
			}
		}
	})
	t.Run("and falls with waiting, strain and broken promises", func(t *testing.T) {
		t.Parallel()
		c := angela(t)
		now := Terms{Kind: MoveFull, Total: c.Balance, Installments: []Installment{{day(t, "2026-12-04"), c.Balance}}}
		later := Terms{Kind: MoveFull, Total: c.Balance, Installments: []Installment{{day(t, "2027-01-08"), c.Balance}}}
		worse := c
		worse.Behavior.BrokenPromises = 2
		for name, pair := range map[string][2]Money{
			"waiting":         {Expect(sample(), c, now), Expect(sample(), c, later)},
			"broken promises": {Expect(sample(), c, later), Expect(sample(), worse, later)},
		} {
			if pair[0].Minor <= pair[1].Minor {
				t.Errorf("%s: %v is not above %v", name, pair[0], pair[1])
			}
		}
	})
}

func BenchmarkMoves(b *testing.B) {
	for _, cadence := range []Cadence{Monthly, Weekly} {
		for _, months := range []int{12, 36} {
			b.Run(fmt.Sprintf("%s/%d", cadence, months), func(b *testing.B) {
				p, c := sample(), angela(b)
				p.Plan.MaxMonths, p.Plan.MinPayment = months, USD(100)
				asks := []Ask{{Kind: AskPlan, Amount: USD(1500), Cadence: cadence}}
				b.ReportAllocs()
				for b.Loop() {
					Moves(p, c, asks)
				}
			})
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	p, c := sample(), angela(b)
	m, _ := find(Moves(p, c, nil), MovePlan)
	for b.Loop() {
		if err := Validate(p, c, m.Terms); err != nil {
			b.Fatal(err)
		}
	}
}
