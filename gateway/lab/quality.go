package lab

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// bins of the expected calibration error, of equal mass.
const bins = 15

// quality measures scores, which are in falling order.
func quality(scores []scoredSample, t float64) Quality {
	q := Quality{Samples: len(scores), Threshold: t, ECE: ece(scores), AUC: auc(scores)}
	q.ECELow, q.ECEHigh = eceInterval(scores)
	groups := map[string]bool{}
	for _, s := range scores {
		groups[s.group] = true
	}
	q.Groups = len(groups)
	for _, s := range scores {
		y := 0.0
		if s.right {
			y = 1
		} else {
			q.Wrong++
		}
		q.Brier += (s.p - y) * (s.p - y) / float64(len(scores))
	}
	n, wrong := at(scores, t)
	q.Coverage, q.Errors = Share{n, len(scores)}, Share{wrong, n}
	q.Bound = UpperBound(wrong, n, delta)
	for _, r := range []float64{0.005, 0.01, 0.02, 0.05, 0.1} {
		q.Curve = append(q.Curve, point{r, coverage(scores, r)})
	}
	return q
}

// ece is the mean distance between confidence and accuracy over bins of equal mass.
func ece(scores []scoredSample) float64 {
	n, sum := len(scores), 0.0
	for b := range bins {
		part := scores[b*n/bins : (b+1)*n/bins]
		conf, acc := 0.0, 0.0
		for _, s := range part {
			conf += s.p
			if s.right {
				acc++
			}
		}
		sum += math.Abs(conf - acc)
	}
	return sum / float64(max(n, 1))
}

// eceInterval is the middle 95 % of the error over resamples of whole groups: what
// one wording gets right or wrong it gets so each time it is said, and what one
// conversation's model answers hangs together.
func eceInterval(scores []scoredSample) (low, high float64) {
	groups := map[string][]scoredSample{}
	for _, s := range scores {
		groups[s.group] = append(groups[s.group], s)
	}
	names := slices.Sorted(maps.Keys(groups))
	if len(names) == 0 {
		return 0, 0
	}
	rng := rand.New(rand.NewPCG(1, 2)) // always the same resamples
	drawn := make([]float64, resamples)
	for i := range drawn {
		var again []scoredSample
		for range names {
			again = append(again, groups[names[rng.IntN(len(names))]]...)
		}
		byScore(again)
		drawn[i] = ece(again)
	}
	slices.Sort(drawn)
	return drawn[resamples/40], drawn[resamples-1-resamples/40]
}

// resamples of the bootstrap (B. Efron, 1979).
const resamples = 1000

// auc is the chance that a right one has a higher confidence than a wrong one; a tie counts half.
func auc(scores []scoredSample) float64 {
	wrongBelow, pairs, rights := 0.0, 0.0, 0.0
	for i := 0; i < len(scores); {
		j, right, wrong := i, 0.0, 0.0
		for ; j < len(scores) && scores[j].p == scores[i].p; j++ {
			if scores[j].right {
				right++
			} else {
				wrong++
			}
		}
		wrongBelow += wrong*rights + wrong*right/2
		rights += right
		pairs += wrong
		i = j
	}
	if pairs*rights == 0 {
		return math.NaN()
	}
	return wrongBelow / (pairs * rights)
}

// coverage is the largest share that can be taken, the surest first, with at most so many wrong among them.
func coverage(scores []scoredSample, risk float64) float64 {
	best, wrong := 0, 0
	for i, s := range scores {
		if !s.right {
			wrong++
		}
		whole := i+1 == len(scores) || scores[i+1].p != s.p
		if whole && float64(wrong) <= risk*float64(i+1) {
			best = i + 1
		}
	}
	return float64(best) / float64(max(len(scores), 1))
}

func (q Quality) markdown(b *strings.Builder, name string) {
	fmt.Fprintf(b, "## %s\n\n| what, held out | figure |\n|---|---|\n", name)
	for _, r := range []row{
		{"fitted on", fmt.Sprintf("%d samples, %d wrong", q.TrainedOn, q.Wrong0)},
		{"held out", fmt.Sprintf("%d samples, %d wrong", q.Samples, q.Wrong)},
		{"expected calibration error, 15 bins of equal mass", fmt.Sprintf("%.4f (95%%, by resampling %d groups: %.4f–%.4f)", q.ECE, q.Groups, q.ECELow, q.ECEHigh)},
		{"Brier score", fmt.Sprintf("%.4f", q.Brier)},
		{"area under the ROC curve", fmt.Sprintf("%.3f", q.AUC)},
		{"threshold", fmt.Sprintf("%.2f", q.Threshold)},
		{"coverage at the threshold", q.Coverage.String()},
		{"wrong among those", q.Errors.String()},
		{"upper bound of that rate", fmt.Sprintf("%.2f%%", 100*q.Bound)},
	} {
		fmt.Fprintf(b, "| %s | %s |\n", r.What, r.Value)
	}
	for _, p := range q.Curve {
		fmt.Fprintf(b, "| coverage at %.1f%% realised error | %.1f%% |\n", 100*p.Risk, 100*p.Coverage)
	}
	fmt.Fprintf(b, "\n| feature | weight |\n|---|---|\n| (bias) | %.3f |\n", q.Bias)
	for _, k := range slices.Sorted(maps.Keys(q.Weights)) {
		fmt.Fprintf(b, "| %s | %.3f |\n", k, q.Weights[k])
	}
	b.WriteString("\n")
}
