package lab

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"parley/dialog"
)

func TestWhatIsHeldOutIsSaidInOtherWords(t *testing.T) {
	t.Parallel()
	for kind := range moreWords {
		for _, lang := range []string{"en", "es"} {
			for _, slang := range []bool{false, true} {
				if slang && (lang == "es" || len(wordsOf[kind].slang) == 0) {
					continue
				}
				fit, held := textsOf(kind, lang, slang, toFit), textsOf(kind, lang, slang, heldOut)
				if len(fit) < 2 || len(held) < 2 {
					t.Errorf("%s in %s, slang %v: %d wordings to fit, %d held out", kind, lang, slang, len(fit), len(held))
				}
				for _, w := range fit {
					if slices.Contains(held, w) {
						t.Errorf("%q is on both sides", w)
					}
				}
			}
		}
	}
	if got := textsOf("accept", "en", false, either); !slices.Equal(got, wordsOf["accept"].en) {
		t.Errorf("outside of calibration people say %q", got)
	}
}

func TestAMessageTheFitHasSeenIsNotHeldOut(t *testing.T) {
	t.Parallel()
	sample := func(of, wording string) Sample { return Sample{Of: of, Wording: wording} }
	got := unseen([]Sample{sample(dialog.OfHeard, "yes")}, []Sample{
		sample(dialog.OfHeard, "yes"), sample(dialog.OfHeard, ""), sample(dialog.OfHeard, "yep"), sample(dialog.OfAnswered, ""),
	})
	if len(got) != 2 || got[0].Wording != "yep" || got[1].Of != dialog.OfAnswered {
		t.Errorf("%+v", got)
	}
}

// drawn are scores that are right as often as they say, but for a bias.
func drawn(n int, bias float64) []scoredSample {
	rng := rand.New(rand.NewPCG(7, 7))
	out := make([]scoredSample, n)
	for i := range out {
		p := rng.Float64()
		out[i] = scoredSample{p, rng.Float64() < p+bias, strconv.Itoa(i % 200)}
	}
	byScore(out)
	return out
}

func TestTheCalibrationErrorIsThatOfTheScores(t *testing.T) {
	t.Parallel()
	if e := ece(drawn(20000, 0)); e > 0.02 {
		t.Errorf("honest scores are off by %.3f", e)
	}
	scores := drawn(20000, -0.1)
	if e := ece(scores); math.Abs(e-0.1) > 0.02 {
		t.Errorf("scores too sure by 0.1 are off by %.3f", e)
	}
	low, high := eceInterval(scores[:2000])
	if e := ece(scores[:2000]); low > e || high < e || high-low > 0.2 || high == low {
		t.Errorf("%.3f lies outside of %.3f to %.3f", e, low, high)
	}
}

func TestWeightsFindWhatMatters(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 3))
	var samples []Sample
	for range 4000 {
		sure, noise := float64(rng.IntN(2)), float64(rng.IntN(2))
		p := 0.2
		if sure == 1 {
			p = 0.9
		}
		samples = append(samples, Sample{Features: map[string]float64{"sure": sure, "noise": noise}, Right: rng.Float64() < p})
	}
	l := logistic(samples)
	for sure, want := range []float64{0.2, 0.9} {
		if got := l.Probability(map[string]float64{"sure": float64(sure)}); math.Abs(got-want) > 0.04 {
			t.Errorf("with sure %d it says %.2f, want about %.2f", sure, got, want)
		}
	}
}
