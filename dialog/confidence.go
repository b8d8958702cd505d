package dialog

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"sync"
)

// Confidence is how features become a probability of being right, and what that
// probability is enough for. It is data, fitted on simulated conversations with
// known meanings by `parley simulate --calibrate`; docs/confidence.md has the
// figures. It is used twice a turn: on what was heard, before anything is done
// about it, and on what a model answered, before its words are used.
type Confidence struct {
	// Version names the weights in traces.
	Version string `json:"version"`
	// DataSHA256 is the hash of the samples they were fitted on.
	DataSHA256 string   `json:"data_sha256"`
	Heard      Logistic `json:"heard"`
	Answered   Logistic `json:"answered"`
	// ActAt: at or above it the turn acts on what it heard; below, it asks.
	ActAt float64 `json:"act_at"`
	// HandOffBelow: below it, and after an unclear message, a human looks.
	HandOffBelow float64 `json:"hand_off_below"`
	// TrustAt: at or above it a model's answer is used; below, the built-in responder's.
	TrustAt float64 `json:"trust_at"`
}

// Logistic is a logistic function of named features. A feature without a weight counts nothing.
type Logistic struct {
	Bias    float64            `json:"bias"`
	Weights map[string]float64 `json:"weights"`
}

// Probability is 1/(1+e^-z), in three decimals, so that it reads the same on every
// machine. It is never 0 or 1: no sample is large enough for that.
func (l Logistic) Probability(features map[string]float64) float64 {
	z := l.Bias
	for _, name := range sorted(keys(features)) { // in one order: floating sums depend on it
		z += l.Weights[name] * features[name]
	}
	return min(max(round(1/(1+math.Exp(-z))), 0.001), 0.999)
}

//go:embed confidence.json
var confidenceJSON []byte

// Calibration is the confidence this build carries.
var Calibration = sync.OnceValue(func() Confidence {
	c, err := ReadConfidence(confidenceJSON)
	if err != nil {
		panic("dialog: confidence.json: " + err.Error()) // embedded; a test reads it
	}
	return c
})

// ReadConfidence reads fitted weights. The error names what is wrong with them.
func ReadConfidence(data []byte) (Confidence, error) {
	var c Confidence
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return c, err
	}
	for name, at := range map[string]float64{"act_at": c.ActAt, "hand_off_below": c.HandOffBelow, "trust_at": c.TrustAt} {
		if at < 0 || at > 1 || math.IsNaN(at) {
			return c, fmt.Errorf("%s is %v, not a probability", name, at)
		}
	}
	switch {
	case c.Version == "" || c.DataSHA256 == "":
		return c, fmt.Errorf("version and data_sha256 are missing")
	case c.HandOffBelow > c.ActAt:
		return c, fmt.Errorf("hand_off_below is above act_at")
	case len(c.Heard.Weights) == 0 || len(c.Answered.Weights) == 0:
		return c, fmt.Errorf("there are no weights")
	}
	return c, nil
}

// confidence is the engine's, or the build's.
func (e *Engine) confidence() Confidence {
	if e.Confidence != nil {
		return *e.Confidence
	}
	return Calibration()
}
