package gate

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"parley/compliance"
)

// Decide asks every rule and keeps the strictest answer. It reads no clock and
// keeps nothing: the same Contact always has the same Verdict.
//
// Until of a delay is the first whole second at which none of the rules that
// look at the clock objects any more; other facts must be asked again then. A
// contact that no hour of the coming year allows goes to a human.
func Decide(c Contact) Verdict { return decide(rules(), c) }

// rule is one rule of the list. A rule that panics or answers with the zero
// Finding denies.
type rule struct {
	id string
	// check answers for the facts as they are; Allow means no objection.
	check func(*facts) compliance.Finding
	// next is set for rules that depend on the hour only: the first instant, not
	// before t, at which the rule has no objection.
	next func(f *facts, t time.Time) (time.Time, bool)
}

func decide(list []rule, c Contact) Verdict {
	f := &facts{Contact: c}
	v := Verdict{Decision: Allow}
	for _, r := range list {
		finding := r.apply(f)
		if finding.Outcome == compliance.Allow {
			continue
		}
		v.Findings = append(v.Findings, finding)
		if d := decision(finding.Outcome); severity[d] > severity[v.Decision] {
			v.Decision = d
		}
	}
	slices.SortStableFunc(v.Findings, func(a, b compliance.Finding) int {
		return cmp.Compare(severity[decision(b.Outcome)], severity[decision(a.Outcome)])
	})
	if v.Decision == Delay {
		v.settle(list, f)
	}
	return v
}

// severity orders the decisions, mildest first.
var severity = map[Decision]int{Allow: 0, Delay: 1, Escalate: 2, Block: 3, Deny: 4}

func decision(o compliance.Outcome) Decision {
	switch o {
	case compliance.Allow:
		return Allow
	case compliance.Delay:
		return Delay
	case compliance.Escalate:
		return Escalate
	default:
		return Block
	}
}

// apply asks the rule and stamps the answer with its id and citation.
func (r rule) apply(f *facts) (finding compliance.Finding) {
	defer func() {
		if recover() != nil {
			finding = compliance.Finding{Outcome: compliance.Block,
				Detail: "the rule failed, so nothing may go out until that is mended"}
		}
		if finding.Outcome == compliance.Deny {
			finding.Outcome = compliance.Block
		}
		if finding.Outcome != compliance.Allow {
			finding.Rule, finding.Cite = r.id, compliance.Cite(r.id)
		}
	}()
	return r.check(f)
}

// settle finds the first instant that is not before any delay's end and at which
// every rule of the clock is content.
func (v *Verdict) settle(list []rule, f *facts) {
	for _, finding := range v.Findings {
		if finding.Until.After(v.Until) {
			v.Until = finding.Until
		}
	}
	if t, ok := opening(list, f, v.Until); ok {
		v.Until = t
		return
	}
	v.Decision, v.Until = Escalate, time.Time{}
}

// opening is the first instant, not before t, that all rules of the clock allow.
// Each rule moves t only forward and only as far as it must, so the place where
// none moves it is the earliest.
func opening(list []rule, f *facts, t time.Time) (_ time.Time, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	horizon := t.AddDate(1, 0, 7)
	for {
		start := t
		for _, r := range list {
			if r.next == nil {
				continue
			}
			var open bool
			if t, open = r.next(f, t); !open || t.After(horizon) {
				return time.Time{}, false
			}
		}
		if t.Equal(start) {
			return t, true
		}
	}
}

func pass() compliance.Finding { return compliance.Finding{Outcome: compliance.Allow} }

func block(detail string) compliance.Finding {
	return compliance.Finding{Outcome: compliance.Block, Detail: detail}
}

func escalate(detail string) compliance.Finding {
	return compliance.Finding{Outcome: compliance.Escalate, Detail: detail}
}

func delay(until time.Time, format string, args ...any) compliance.Finding {
	return compliance.Finding{Outcome: compliance.Delay, Until: until, Detail: fmt.Sprintf(format, args...)}
}
