package negotiation

import (
	"testing"

	"github.com/golang-sql/civil"
)

func day(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sample is the policy of the sample configuration.
func sample() Policy {
	return Policy{
		Settlement: SettlementPolicy{Enabled: true, Floor: 6000, Open: 9000, ExpiresDays: 14},
		Plan:       PlanPolicy{MaxMonths: 12, MinPayment: USD(2500)},
		Authority:  map[string]Bp{"agent": 8000, "senior_agent": 7000, "supervisor": 6000},
		Version:    "1",
	}
}

// angela owes $1,240.00 and is paid on Fridays; the day is a Monday.
func angela(t testing.TB) Case {
	surplus := USD(18000)
	return Case{Balance: USD(124000), Today: day(t, "2026-11-30"), Surplus: &surplus, Payday: "friday", Settle: true}
}

// unknown is angela before she has said what she has left.
func unknown(t testing.TB) Case {
	c := angela(t)
	c.Surplus = nil
	return c
}

func find(moves []Move, kind MoveKind) (Move, bool) {
	for _, m := range moves {
		if m.Kind == kind {
			return m, true
		}
	}
	return Move{}, false
}

func accepting(moves []Move) (Move, bool) {
	for _, m := range moves {
		if m.Accepts {
			return m, true
		}
	}
	return Move{}, false
}
