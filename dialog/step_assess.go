package dialog

import (
	"context"
	"math"

	"parley/compliance/inbound"
)

// Thresholds of confidence. They hold until the lab has fitted them.
const (
	handOffBelow = 0.30
	askBelow     = 0.55
	// maxUnclear is how many messages in a row may be unclear before a human looks.
	maxUnclear = 2
)

// assessment is what the turn is sure enough to do.
type assessment struct {
	Confidence float64            `json:"confidence"`
	Features   map[string]float64 `json:"features"`
	Decision   string             `json:"decision"` // act, ask, hand_off
}

// assess turns features into a confidence and decides: act, ask, or hand off.
func (t *turn) assess() bool {
	a, err := step(t, StepAssess, nil, func(context.Context) (assessment, error) { return t.weigh(), nil },
		func(a assessment) any { return a })
	if err != nil {
		t.handOff(Reason{Code: "assess_failed"}, 1)
		return false
	}
	t.conv.Confidence = a.Confidence
	switch a.Decision {
	case "hand_off":
		t.mark(StepHandoff)
		t.handOff(Reason{Code: "low_confidence", Confidence: a.Confidence, Detail: "The message was not understood well enough."}, 0)
		return false
	case "ask":
		t.conv.Unclear++
		if t.conv.Unclear >= maxUnclear+1 {
			t.mark(StepHandoff)
			t.handOff(Reason{Code: "low_confidence", Confidence: a.Confidence, Detail: "Several messages in a row were not understood."}, 0)
			return false
		}
	default:
		t.conv.Unclear = 0
	}
	return true
}

// weigh is a logistic of the features. The weights were set by hand; the lab
// replaces them by fitted ones.
func (t *turn) weigh() assessment {
	f := map[string]float64{
		"margin": t.said.Margin, "intents": float64(len(t.said.Intents)), "unclear": yes(t.said.Unclear),
		"unclear_before": float64(t.conv.Unclear), "choice": yes(t.in.Choice != ""), "asks": yes(len(t.said.Asks) > 0),
		"distress": yes(t.hears(inbound.Vulnerable) || t.hears(inbound.Hardship)),
	}
	z := 0.9 + 1.6*f["margin"] + 0.8*math.Min(f["intents"], 2) - 2.4*f["unclear"] - 0.9*f["unclear_before"] +
		3*f["choice"] + 0.6*f["asks"] - 0.2*f["distress"]
	a := assessment{Confidence: round(1 / (1 + math.Exp(-z))), Features: f, Decision: "act"}
	switch {
	case a.Confidence < handOffBelow && t.conv.Unclear > 0:
		a.Decision = "hand_off"
	case a.Confidence < askBelow || (t.said.Unclear && t.in.Choice == ""):
		a.Decision = "ask"
	}
	return a
}

func (t *turn) hears(l inbound.Label) bool {
	for _, h := range t.heard.Hits {
		if h.Label == l {
			return true
		}
	}
	return false
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func round(x float64) float64 { return math.Round(x*1000) / 1000 }
