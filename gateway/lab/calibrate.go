package lab

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"parley/dialog"
)

// What is promised of the thresholds: among what is acted on at most heardRisk is
// wrong, and among the answers that are used at most answeredRisk, but for a chance
// of delta that the sample misled us. A wrong answer still has the guard and the
// engine before it, and can commit nothing; a message misheard has not.
const (
	heardRisk    = 0.05
	answeredRisk = 0.10
	delta        = 0.05
)

// calibrationModels give answers right and wrong to learn from. A hostile model is
// none of them: its words can look right by every feature, and are the guard's to stop.
var calibrationModels = []Model{Ideal, Noisy, Sycophant}

// Fit is a calibration with how well it holds on the held-out families.
type Fit struct {
	Confidence      dialog.Confidence
	Heard, Answered Quality
	Train, Test     int
}

// Quality is how good a confidence is on data it hasn't seen.
type Quality struct {
	Samples, Wrong    int
	Groups            int // of samples that hang together
	ECE, Brier, AUC   float64
	ECELow, ECEHigh   float64 // its interval
	Threshold         float64
	Coverage          Share   // at or above the threshold
	Errors            Share   // among those
	Bound             float64 // the upper bound of their rate, by Clopper and Pearson
	Curve             []point
	Weights           map[string]float64
	Bias              float64
	TrainedOn, Wrong0 int
}

// point is coverage at a risk.
type point struct{ Risk, Coverage float64 }

// Calibrate plays o.Conversations with each of several models, every answer of
// theirs taken, and fits the confidence of what was heard and of what a model
// answered. It plays them twice: once to fit, and once more, with other seeds and
// people who use other words, to choose the thresholds and measure.
func Calibrate(ctx context.Context, o Options) (Fit, error) {
	train, err := played(ctx, o, toFit)
	if err != nil {
		return Fit{}, err
	}
	o.Seed ^= 1 << 40
	test, err := played(ctx, o, heldOut)
	if err != nil {
		return Fit{}, err
	}
	return fit(train, unseen(train, test))
}

// played are the samples of one side's conversations. Each model meets people of its
// own: the same ones again would only look like more.
func played(ctx context.Context, o Options, on side) ([]Sample, error) {
	open := dialog.Calibration()
	open.TrustAt, open.ActAt, open.HandOffBelow = 0, 0, 0
	o.Confidence, o.Slips, o.side = &open, 0.4, on
	var all []Sample
	for i, m := range calibrationModels {
		o.Model = m
		o.Seed += uint64(i) << 48
		r, err := Run(ctx, o)
		if err != nil {
			return nil, err
		}
		for _, c := range r.all {
			for _, s := range c.Samples {
				s.Conversation |= i << 32
				all = append(all, s)
			}
		}
	}
	return all, nil
}

// unseen drops from what is held out the messages that a persona always says in the
// same words: the fit has seen them. What a model answered to them it has not.
func unseen(train, test []Sample) []Sample {
	seen := map[string]bool{"": true}
	for _, s := range train {
		seen[s.Wording] = true
	}
	return slices.DeleteFunc(test, func(s Sample) bool { return s.Of == dialog.OfHeard && seen[s.Wording] })
}

func fit(fitted, held []Sample) (Fit, error) {
	src, err := json.Marshal(slices.Concat(fitted, held))
	if err != nil {
		return Fit{}, err
	}
	sum := sha256.Sum256(src)
	f := Fit{Confidence: dialog.Confidence{DataSHA256: hex.EncodeToString(sum[:])}}
	f.Confidence.Version = "fit-" + f.Confidence.DataSHA256[:8]
	for _, part := range []struct {
		of   string
		l    *dialog.Logistic
		q    *Quality
		at   *float64
		risk float64
	}{{dialog.OfHeard, &f.Confidence.Heard, &f.Heard, &f.Confidence.ActAt, heardRisk},
		{dialog.OfAnswered, &f.Confidence.Answered, &f.Answered, &f.Confidence.TrustAt, answeredRisk}} {
		train, test := only(fitted, part.of), only(held, part.of)
		f.Train += len(train)
		f.Test += len(test)
		*part.l = logistic(train)
		scores := scoresOf(*part.l, test)
		at, ok := threshold(scores, part.risk)
		if !ok {
			return f, fmt.Errorf("lab: no threshold of %q keeps the risk below %.0f%% on %d samples", part.of, 100*part.risk, len(test))
		}
		*part.at = at
		*part.q = quality(scores, at)
		part.q.Weights, part.q.Bias, part.q.TrainedOn = part.l.Weights, part.l.Bias, len(train)
		for _, s := range train {
			if !s.Right {
				part.q.Wrong0++
			}
		}
		if part.of == dialog.OfHeard {
			f.Confidence.HandOffBelow = hopeless(scores, at)
		}
	}
	return f, nil
}

// only are the samples of one assessment.
func only(all []Sample, of string) []Sample {
	var out []Sample
	for _, s := range all {
		if s.Of == of {
			out = append(out, s)
		}
	}
	return out
}

func milli(x float64) float64 { return math.Round(x*1000) / 1000 }

type counted struct {
	x            []float64
	right, wrong float64
}

func compact(samples []Sample) ([]string, []counted) {
	set := map[string]bool{}
	for _, s := range samples {
		for k := range s.Features {
			set[k] = true
		}
	}
	names := slices.Sorted(maps.Keys(set))
	rows := map[string]*counted{}
	for _, s := range samples {
		x := make([]float64, len(names))
		for i, n := range names {
			x[i] = s.Features[n]
		}
		key := fmt.Sprint(x)
		if rows[key] == nil {
			rows[key] = &counted{x: x}
		}
		if s.Right {
			rows[key].right++
		} else {
			rows[key].wrong++
		}
	}
	var out []counted
	for _, k := range slices.Sorted(maps.Keys(rows)) {
		out = append(out, *rows[k])
	}
	return names, out
}

// scoredSample is a probability and the truth, and what it hangs together with.
type scoredSample struct {
	p     float64
	right bool
	group string
}

func scoresOf(l dialog.Logistic, samples []Sample) []scoredSample {
	out := make([]scoredSample, len(samples))
	for i, s := range samples {
		out[i] = scoredSample{l.Probability(s.Features), s.Right, s.group()}
	}
	byScore(out)
	return out
}

// byScore puts the surest first; those that are equally sure come in an order that
// is always the same and means nothing.
func byScore(s []scoredSample) {
	rand.New(rand.NewPCG(5, 6)).Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	slices.SortStableFunc(s, func(a, b scoredSample) int { return cmp.Compare(b.p, a.p) })
}

func at(scores []scoredSample, t float64) (n, wrong int) {
	for _, s := range scores {
		if s.p >= t {
			n++
			if !s.right {
				wrong++
			}
		}
	}
	return n, wrong
}

// fewest is how many samples without an error it takes to keep a risk of 5 %.
const fewest = 59

// threshold goes from the strictest threshold that enough samples reach down, and
// stops at the first whose error may be above the risk: fixed-sequence testing,
// which needs no correction for the many looks (Learn then Test, arXiv 2110.01052).
// Where it starts depends on the scores alone, not on the truth. It ends at one half:
// what is more likely wrong than right is not acted on, however good the rest is.
func threshold(scores []scoredSample, risk float64) (float64, bool) {
	best, found := 1.0, false
	for step := 99; step >= 50; step-- {
		t := float64(step) / 100
		n, wrong := at(scores, t)
		if n < fewest {
			continue
		}
		if UpperBound(wrong, n, delta) > risk {
			break
		}
		best, found = t, true
	}
	return best, found
}

// hopeless is the largest threshold below which a message is more likely
// misunderstood than not, by the bound and by the confidence itself; never above
// the one for acting.
func hopeless(scores []scoredSample, act float64) float64 {
	best := 0.05
	for step := 5; float64(step)/100 <= min(act, 0.5); step++ {
		t := float64(step) / 100
		n, right := 0, 0
		for _, s := range scores {
			if s.p < t {
				n++
				if s.right {
					right++
				}
			}
		}
		if n > 0 && UpperBound(right, n, delta) <= 0.5 {
			best = t
		}
	}
	return best
}

// UpperBound is the upper end of the one-sided interval of Clopper and Pearson
// (1934) for k of n at confidence 1-delta: the largest rate under which so few
// would still be seen with a chance of delta. It is 1 for no observations.
func UpperBound(k, n int, delta float64) float64 {
	if k >= n {
		return 1
	}
	low, high := float64(k)/float64(n), 1.0
	for range 60 {
		mid := (low + high) / 2
		if binomialAtMost(k, n, mid) > delta {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// binomialAtMost is the chance of k or fewer of n at rate p.
func binomialAtMost(k, n int, p float64) float64 {
	if p <= 0 {
		return 1
	}
	if p >= 1 {
		return 0
	}
	ln, _ := math.Lgamma(float64(n + 1))
	sum := 0.0
	for i := range k + 1 {
		a, _ := math.Lgamma(float64(i + 1))
		b, _ := math.Lgamma(float64(n - i + 1))
		sum += math.Exp(ln - a - b + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

// JSON is the file dialog embeds.
func (f Fit) JSON() ([]byte, error) {
	src, err := json.MarshalIndent(f.Confidence, "", "  ")
	return append(src, '\n'), err
}

// Markdown writes docs/confidence.md.
func (f Fit) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Confidence\n\nWritten by `parley simulate --calibrate`; weights `%s`, fitted on samples with SHA-256 `%s`.\n\n", f.Confidence.Version, f.Confidence.DataSHA256)
	fmt.Fprintf(&b, `Every turn asks twice how sure it may be. **Heard**: did the rules understand the message? At or above %.2f the turn
acts; below it asks; below %.2f after an unclear message, or the third unclear one in a row, a human looks. **Answered**: is what the
model answered what a sound reading of the same facts would have answered? At or above %.2f its words go on to the guard; below, the
built-in responder's do. Only asking for a human is taken at its word.

The weights are a logistic regression on simulated conversations, in which what the person means is known. Every way of saying
a thing belongs to one side: half of the wordings to the fit, the others, with other seeds, to the choice of thresholds and to
these figures; what a persona always says in the same words counts on neither. The threshold is the lowest one at which the upper
bound of the error rate (Clopper and Pearson, one-sided, δ = %.0f%%) stays at or below %.0f%% of what is heard and %.0f%% of what is answered, looked for from the strictest down and stopped at
the first failure, so that looking often costs nothing.

A wording is understood or not, however often it is said, so the sample is as large as the number of wordings and not as that of
messages: the interval of the calibration error resamples whole wordings, and whole conversations of answers. The promise holds for
people who write as the simulated ones do; a simulator is easier than people are. Refit when transcripts of real conversations have been labelled.

Read both figures as optimistic: features were added after held-out errors had been looked at, and the thresholds come from the same half.

`, f.Confidence.ActAt, f.Confidence.HandOffBelow, f.Confidence.TrustAt, 100*delta, 100*heardRisk, 100*answeredRisk)
	f.Heard.markdown(&b, "Heard")
	f.Answered.markdown(&b, "Answered")
	_, err := io.WriteString(w, b.String())
	return err
}
