package lab

import (
	"parley/dialog"
	"parley/dialog/understand"
)

// Sample is one assessment with the truth beside it.
type Sample struct {
	Family   string             `json:"family"`
	Of       string             `json:"of"`
	Features map[string]float64 `json:"features"`
	Right    bool               `json:"right"`
}

// keepSample notes an assessment whose truth is known.
func (s *stage) keepSample(a dialog.Assessment, u *understand.Understanding, line say) {
	switch {
	case a.Of == dialog.OfAnswered:
		s.run.Samples = append(s.run.Samples, Sample{s.run.Family, a.Of, a.Features, s.sane})
	case u != nil && line.Means.scored():
		s.run.Samples = append(s.run.Samples, Sample{s.run.Family, a.Of, a.Features, line.Means.right(*u)})
	}
}
