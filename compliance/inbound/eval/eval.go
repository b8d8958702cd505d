// Package eval measures the inbound detector: recall and false positives per
// label, on phrases it was neither trained on nor written against.
package eval

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"parley/compliance/inbound"
)

// Row is a message with the events that must be heard in it.
type Row struct {
	Text   string          `json:"text"`
	Labels []inbound.Label `json:"labels"`
	Lang   string          `json:"lang"`
	// Note may say "family=x", "hard negative for x", and "accept either x or y"
	// or "also x", which takes a label out of the score of this row.
	Note string `json:"note"`
	// Like is the label the row looks like and must not fire.
	Like inbound.Label `json:"-"`
}

// Score counts one label.
type Score struct {
	Label inbound.Label
	// Want and Heard count the rows that carry the label and those of them heard.
	Want, Heard int
	// Alike and FalseAlike count its look-alikes and those that fired it.
	Alike, FalseAlike int
	// Others and FalseOthers count all rows without the label and those that fired it.
	Others, FalseOthers int
}

// Recall is the share heard, 1 if nothing was to be heard.
func (s Score) Recall() float64 { return ratio(s.Heard, s.Want, 1) }

// Report is the outcome of an evaluation.
type Report struct {
	Rows   int
	Scores []Score
	// Alike and FalseAlike sum over labels; Plain counts rows with no event, and
	// FalsePlain those of them that fired anything.
	Alike, FalseAlike, Plain, FalsePlain int
	// Missed and Wrong list what went wrong, for reading.
	Missed, Wrong []string
}

// Evaluate runs the detector over rows.
func Evaluate(d *inbound.Detector, rows []Row) Report {
	r := Report{Rows: len(rows)}
	scores := make(map[inbound.Label]*Score)
	for _, l := range inbound.Labels() {
		scores[l] = &Score{Label: l}
	}
	for _, row := range rows {
		det := d.Detect(row.Text, inbound.Context{Lang: row.Lang})
		want := close(row.Labels)
		like := row.like()
		for _, l := range inbound.Labels() {
			r.count(scores[l], row, l, slices.Contains(want, l), det.Has(l), like == l)
		}
		if len(row.Labels) == 0 && like == "" {
			r.Plain++
			if len(det.Hits) > 0 {
				r.FalsePlain++
			}
		}
	}
	for _, l := range inbound.Labels() {
		r.Scores = append(r.Scores, *scores[l])
		r.Alike += scores[l].Alike
		r.FalseAlike += scores[l].FalseAlike
	}
	return r
}

func (r *Report) count(s *Score, row Row, l inbound.Label, want, heard, alike bool) {
	if row.either(l) {
		return
	}
	switch {
	case want:
		s.Want++
		if heard {
			s.Heard++
		} else {
			r.Missed = append(r.Missed, fmt.Sprintf("%s: %s", l, row.Text))
		}
		return
	case alike:
		s.Alike++
		if heard {
			s.FalseAlike++
		}
	}
	s.Others++
	if heard {
		s.FalseOthers++
		r.Wrong = append(r.Wrong, fmt.Sprintf("%s: %s %v", l, row.Text, row.Labels))
	}
}

// close adds the labels that follow from others (rulebook 0.2).
func close(labels []inbound.Label) []inbound.Label {
	out := slices.Clone(labels)
	for _, l := range labels {
		if f, ok := inbound.Closure(l); ok && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// like is the label a hard negative looks like.
func (r Row) like() inbound.Label {
	if r.Like != "" {
		return r.Like
	}
	_, rest, ok := strings.Cut(r.Note, "hard negative for ")
	if !ok {
		return ""
	}
	name := strings.FieldsFunc(rest, func(c rune) bool { return c != '_' && (c < 'a' || c > 'z') })
	if len(name) == 0 {
		return ""
	}
	return inbound.Label(name[0])
}

// either reports that the row's note takes l out of the score.
func (r Row) either(l inbound.Label) bool {
	for _, mark := range []string{"accept either ", "accept also ", "also "} {
		if _, rest, ok := strings.Cut(r.Note, mark); ok {
			for _, w := range strings.FieldsFunc(rest, func(c rune) bool { return c != '_' && (c < 'a' || c > 'z') }) {
				if inbound.Label(w) == l {
					return true
				}
			}
		}
	}
	return false
}

func ratio(n, of int, none float64) float64 {
	if of == 0 {
		return none
	}
	return float64(n) / float64(of)
}

// Total sums what was to be heard and what was, over labels.
func (r Report) Total() (heard, want int) {
	for _, s := range r.Scores {
		heard, want = heard+s.Heard, want+s.Want
	}
	return heard, want
}

// Summary is the report in a line, with 95% intervals.
func (r Report) Summary() string {
	heard, want := r.Total()
	return fmt.Sprintf("%d rows. Heard %s. Look-alikes that fired: %s. Ordinary messages that fired anything: %s.",
		r.Rows, share(heard, want), share(r.FalseAlike, r.Alike), share(r.FalsePlain, r.Plain))
}

func share(n, of int) string {
	low, high := Wilson(n, of)
	return fmt.Sprintf("%d of %d (%.1f%%; %.1f–%.1f%%)", n, of, 100*ratio(n, of, 0), 100*low, 100*high)
}

// Markdown writes the report as a section of a page. Intervals are Wilson's, of 95%.
func (r Report) Markdown(w io.Writer, title string) {
	fmt.Fprintf(w, "### %s\n\n%s\n\n", title, r.Summary())
	fmt.Fprintln(w, "| label | recall | 95% interval | heard | look-alikes fired | others fired |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|")
	for _, s := range r.Scores {
		low, high := Wilson(s.Heard, s.Want)
		fmt.Fprintf(w, "| %s | %.3f | %.2f–%.2f | %d/%d | %d/%d | %d/%d |\n",
			s.Label, s.Recall(), low, high, s.Heard, s.Want, s.FalseAlike, s.Alike, s.FalseOthers, s.Others)
	}
	fmt.Fprintln(w)
}
