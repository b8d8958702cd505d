package lab

import (
	"strconv"

	"parley/dialog"
	"parley/dialog/understand"
)

// Sample is one assessment with the truth beside it.
type Sample struct {
	Family   string             `json:"family"`
	Of       string             `json:"of"`
	Features map[string]float64 `json:"features"`
	Right    bool               `json:"right"`
	// Conversation is the one it is from: samples of one are not independent.
	Conversation int `json:"conversation"`
	// Wording is what the person said, before its figures and slips; "" for what is
	// said alike on both sides.
	Wording string `json:"wording,omitempty"`
}

// keepSample notes an assessment whose truth is known; answered is that of the
// model's last answer.
func (s *stage) keepSample(a dialog.Assessment, u *understand.Understanding, line say, answered bool) {
	switch {
	case a.Of == dialog.OfAnswered:
		s.run.Samples = append(s.run.Samples, s.newSample(a, line, answered))
	case u != nil && line.Means.scored():
		s.run.Samples = append(s.run.Samples, s.newSample(a, line, line.Means.right(*u)))
	}
}

func (s *stage) newSample(a dialog.Assessment, line say, right bool) Sample {
	return Sample{Family: s.run.Family, Of: a.Of, Features: a.Features, Right: right, Conversation: s.run.Scenario<<8 | s.run.Trial, Wording: line.Wording}
}

// group is what a sample hangs together with: of a message, its wording; of an
// answer, its conversation.
func (s Sample) group() string {
	if s.Of == dialog.OfHeard {
		return s.Wording
	}
	return strconv.Itoa(s.Conversation)
}
