package negotiation

import "github.com/golang-sql/civil"

const (
	ppm       = 1_000_000
	whole  Bp = 10_000
	period    = 30 // days a hazard is stated for
)

func (v ValuePolicy) withDefaults() ValuePolicy {
	if v.AnnualRate <= 0 {
		v.AnnualRate = 1200
	}
	if v.Hazard <= 0 {
		v.Hazard = 200
	}
	if v.NoDeal <= 0 {
		v.NoDeal = 2000
	}
	v.AnnualRate, v.Hazard, v.NoDeal = min(v.AnnualRate, whole), min(v.Hazard, whole), min(v.NoDeal, whole)
	return v
}

// Expect is what an agreement is worth to the creditor today:
//
//	Σ S(i) · a(i) / (1 + r·t(i)/365),  S(i) = Π_{j≤i} (1 − h·gap(j)/30)
//
// a(i) is the i-th payment, t(i) its distance from today in days, gap(j) the
// days since the payment before, r the yearly rate and h the chance per 30
// days that the person stops (see hazard). Integer arithmetic, so that every
// machine ranks offers the same way. The terms must pass Validate.
func Expect(p Policy, c Case, t Terms) Money {
	v := p.Value.withDefaults()
	return expect(v, hazard(v, c, parsePayday(c.Payday), t), c.Today, t)
}

func expect(v ValuePolicy, h int64, today civil.Date, t Terms) Money {
	alive, worth, before := int64(ppm), int64(0), today
	for _, in := range t.Installments {
		gap := int64(in.Due.DaysSince(before))
		alive -= min(alive, alive*h/ppm*gap/period)
		days := int64(in.Due.DaysSince(today))
		discount := int64(ppm) * 365 * int64(whole) / (365*int64(whole) + int64(v.AnnualRate)*days)
		worth += in.Amount.Minor * alive / ppm * discount / ppm
		before = in.Due
	}
	return Money{Minor: worth, Currency: t.Total.Currency}
}

// hazard is the chance, in millionths per 30 days, that the person stops
// paying these terms. It rises with broken promises, with the part of the
// monthly surplus that the payments take (doubled when they take all of it),
// and when payments miss the paydays; it falls with promises kept.
func hazard(v ValuePolicy, c Case, pay payday, t Terms) int64 {
	h := int64(v.Hazard) * 100
	h += 15_000 * int64(min(max(c.Behavior.BrokenPromises, 0), 5))
	h -= 1500 * int64(min(max(c.Behavior.KeptPromises, 0), 5))
	h = max(h, 2500)
	if t.Kind == MovePlan {
		h = h * strain(c, t) / int64(whole)
	}
	for _, in := range t.Installments {
		if pay.known() && !pay.on(in.Due) {
			h = h * 5 / 4
			break
		}
	}
	return min(h, ppm)
}

// strain multiplies the hazard, in hundredths of a percent: 10000 while the
// payments take up to half of the surplus, 20000 when they take all of it, and
// 12500 when the surplus is unknown.
func strain(c Case, t Terms) int64 {
	if c.Surplus == nil || c.Surplus.Minor <= 0 {
		return 12_500
	}
	used := min(monthlyLoad(t.Installments[1:]), c.Surplus.Minor) * int64(whole) / c.Surplus.Minor
	return int64(whole) + 2*max(0, used-int64(whole)/2)
}
