package oracle

import (
	"math"
	"math/rand/v2"

	"github.com/golang-sql/civil"

	"parley/negotiation"
)

// Behavior is how a simulated debtor bargains.
type Behavior string

// The library of behaviours.
const (
	Hardliner  Behavior = "hardliner"           // stays at the first number until the last turn
	Conceder   Behavior = "conceder"            // moves most of the way early
	TitForTat  Behavior = "tit-for-tat"         // moves by the share the creditor moved
	Anchorer   Behavior = "anchorer"            // opens absurdly low, then moves evenly
	Liar       Behavior = "liar about income"   // states half to nine tenths of the surplus, never goes above it
	Payday     Behavior = "payday-bound"        // pays on paydays, in the rhythm of the wage, or not at all
	Defaulter  Behavior = "strategic defaulter" // agrees easily, wants it long, often stops paying
	Vague      Behavior = "vague"               // names no number: "that's too much"
	Reluctant  Behavior = "tells no income"     // an even conceder who won't say what is left
	Forthright Behavior = "forthright"          // states the true surplus and asks near the limit
)

// Behaviors lists the library.
func Behaviors() []Behavior {
	return []Behavior{Hardliner, Conceder, TitForTat, Anchorer, Liar, Payday, Defaulter, Vague, Reluctant, Forthright}
}

// Debtor is one simulated person. What is private is known to the simulation
// and the oracle, never to the engine.
type Debtor struct {
	Behavior Behavior
	Payday   string // the real one

	Surplus int64          // private: cents a month after essentials
	Limit   int64          // private: the most they will carry a month
	Cash    int64          // private: what they can raise to close the account; not for a plan
	Rate    float64        // private: yearly rate at which later money counts less
	Hazard  negotiation.Bp // private: real chance per 30 days of stopping

	Stated   int64   // surplus they state when asked; negative: they won't say
	Patience int     // turns until they leave
	opening  float64 // share of the limit they ask for first
	exponent float64 // of the time-dependent tactic; above 1 concedes early
	lump     bool    // bargains for a lump sum first
	cadence  negotiation.Cadence
}

// lumpShare is how many debtors in a hundred have a sum at hand and bargain for
// a lump sum; the others pay by the month.
const lumpShare = 25

// draw makes the i-th debtor's account, policy and private facts.
func draw(r *rand.Rand, b Behavior) (negotiation.Policy, negotiation.Case, Debtor) {
	balance := int64(300+math.Exp(r.NormFloat64()*0.8+7.2)) * 100
	balance = min(balance, 2_000_000) + r.Int64N(100)
	d := Debtor{Behavior: b, Rate: 0.15 + 0.35*r.Float64(), Hazard: negotiation.Bp(100 + r.IntN(250)), Stated: -1}
	d.Surplus = balance / int64(2+r.IntN(18))
	d.Limit = int64(float64(d.Surplus) * (0.75 + 0.25*r.Float64()))
	if r.IntN(100) < lumpShare {
		d.Cash = int64(float64(balance) * (0.3 + 0.8*r.Float64()))
		d.lump = true
	}
	d.Payday = pick(r, "friday", "thursday", "15", "1,15", "last", "1")
	d.Patience, d.opening, d.exponent = 4+r.IntN(5), 0.4+0.3*r.Float64(), 1
	if r.IntN(10) < 7 {
		d.Stated = d.Surplus
	}
	d.cadence = negotiation.Monthly
	d.shape(r)

	p := negotiation.Policy{
		Settlement: negotiation.SettlementPolicy{Enabled: true, Floor: negotiation.Bp(pick(r, 5000, 6000, 7000)), Open: 9000, ExpiresDays: 14},
		Plan:       negotiation.PlanPolicy{MaxMonths: pick(r, 12, 12, 18, 24), MinPayment: negotiation.USD(2500)},
	}
	c := negotiation.Case{
		Balance: negotiation.USD(balance),
		Today:   civil.Date{Year: 2026, Month: 1, Day: 1}.AddDays(r.IntN(1096)),
		Settle:  r.IntN(2) == 0,
	}
	if r.IntN(10) < 7 || b == Payday {
		c.Payday = d.Payday
	}
	if d.Stated >= 0 && r.IntN(2) == 0 { // it is on record already
		stated := negotiation.USD(d.Stated)
		c.Surplus = &stated
	}
	if b == Defaulter {
		c.Behavior.BrokenPromises = r.IntN(3)
	}
	return p, c, d
}

// shape sets what sets a behaviour apart.
func (d *Debtor) shape(r *rand.Rand) {
	switch d.Behavior {
	case Hardliner:
		d.exponent, d.opening = 0.1, 0.5+0.2*r.Float64()
	case Conceder:
		d.exponent = 3
	case Anchorer:
		d.opening = 0.1
	case Liar:
		d.Stated = int64(float64(d.Surplus) * (0.5 + 0.4*r.Float64()))
		d.Limit = min(d.Limit, d.Surplus)
		d.opening = 0.3 + 0.3*r.Float64()
	case Payday:
		d.Cash, d.lump = 0, false // they live from wage to wage
		if d.Payday == "friday" || d.Payday == "thursday" {
			d.cadence = pick(r, negotiation.Weekly, negotiation.Biweekly)
		} else if d.Payday == "1,15" {
			d.cadence = negotiation.Biweekly
		}
	case Defaulter:
		d.exponent, d.Hazard = 2, negotiation.Bp(600+r.IntN(600))
	case Reluctant:
		d.Stated = -1
	case Forthright:
		d.Stated, d.opening, d.exponent = d.Surplus, 0.75+0.2*r.Float64(), 2
	}
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// Accepts reports whether terms are within what the debtor would agree to in
// the end: the reservation.
func (d Debtor) Accepts(t negotiation.Terms) bool { return d.within(t, d.Limit, d.Cash) }

// within reports whether terms stay within a monthly load and a lump sum.
func (d Debtor) within(t negotiation.Terms, limit, cash int64) bool {
	list := t.Installments
	if d.Behavior == Payday {
		for _, in := range list {
			if negotiation.NextPayday(d.Payday, in.Due) != in.Due {
				return false
			}
		}
		if t.Kind == negotiation.MovePlan && t.Cadence != d.cadence {
			return false
		}
	}
	if t.Kind != negotiation.MovePlan {
		return t.Total.Minor <= cash
	}
	return load(list) <= limit
}

// Cost is what terms cost the debtor, in cents of today: later payments count
// less, and a plan that takes more than half of the surplus costs up to 5%
// more for the tight months.
func (d Debtor) Cost(today civil.Date, t negotiation.Terms) float64 {
	var cost float64
	for _, in := range t.Installments {
		cost += float64(in.Amount.Minor) / (1 + d.Rate*float64(in.Due.DaysSince(today))/365)
	}
	if t.Kind == negotiation.MovePlan && d.Surplus > 0 {
		used := float64(load(t.Installments[1:])) / float64(d.Surplus)
		cost *= 1 + 0.1*min(max(used-0.5, 0), 0.5)
	}
	return cost
}

// load is the largest sum due within a calendar month.
func load(list []negotiation.Installment) int64 {
	due := map[int]int64{}
	var most int64
	for _, in := range list {
		month := in.Due.Year*12 + int(in.Due.Month)
		due[month] += in.Amount.Minor
		most = max(most, due[month])
	}
	return most
}
