package oracle

import "math"

// Tolerance is how much the creditor must be able to gain, as a share of the
// balance, at no cost to the debtor, before an agreement counts as inefficient.
const Tolerance = 0.005

// Summary is the measures over many negotiations.
type Summary struct {
	N, Zone, Agreed, Missed int
	Regret, RegretCI        float64 // mean over negotiations with a zone; half of the 95% interval
	RegretAgreed            float64 // mean over agreements
	Pareto, ParetoStrict    float64
	Nash                    float64
	Over, OverCI, OverTerms float64
	OverN                   int
	OverWhole, OverWholeCI  float64
	OverShare, Needed       float64 // of all the value bargained over; what the oracle would have given
	Turns                   float64
	BelowFloor              int
	Unaffordable, Broken    int
}

// Summarize takes the means.
func Summarize(results []Result) Summary {
	var s Summary
	var regret, agreed, nash, over, terms, turns mean
	var efficient, strict, needed, whole mean
	var given, stake float64
	for _, r := range results {
		s.N++
		if r.Zone {
			s.Zone++
			regret.add(r.Regret)
			if !r.Agreed {
				s.Missed++
			}
		}
		if !r.Agreed {
			continue
		}
		s.Agreed++
		agreed.add(r.Regret)
		nash.add(r.Nash)
		turns.add(float64(r.Turns))
		efficient.add(truthy(r.Dominated <= Tolerance))
		strict.add(truthy(r.Dominated <= 1e-6))
		if r.HasOver {
			over.add(r.Over)
			needed.add(r.Needed)
			given, stake = given+r.Given, stake+r.Stake
		}
		if r.HasOverWhole {
			whole.add(r.OverWhole)
		}
		if r.HasTerms {
			terms.add(r.OverTerms)
		}
		s.BelowFloor += int(truthy(r.BelowFloor))
		s.Unaffordable += int(truthy(r.Unaffordable))
		s.Broken += int(truthy(r.Broken))
	}
	s.Regret, s.RegretCI, s.RegretAgreed = regret.value(), regret.ci(), agreed.value()
	s.Pareto, s.ParetoStrict, s.Nash = efficient.value(), strict.value(), nash.value()
	s.Over, s.OverCI, s.OverTerms, s.OverN = over.value(), over.ci(), terms.value(), over.n
	s.OverWhole, s.OverWholeCI = whole.value(), whole.ci()
	s.Turns, s.Needed = turns.value(), needed.value()
	if stake > 0 {
		s.OverShare = given / stake
	}
	return s
}

func truthy(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

type mean struct {
	n          int
	sum, squar float64
}

func (m *mean) add(x float64) { m.n++; m.sum += x; m.squar += x * x }

func (m *mean) value() float64 {
	if m.n == 0 {
		return 0
	}
	return m.sum / float64(m.n)
}

// ci is half the width of the 95% interval of the mean.
func (m *mean) ci() float64 {
	if m.n < 2 {
		return 0
	}
	v := (m.squar - m.sum*m.sum/float64(m.n)) / float64(m.n-1)
	return 1.96 * math.Sqrt(max(v, 0)/float64(m.n))
}
