package lab

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Report is what a run came to.
type Report struct {
	Options       Options
	Conversations int
	Scenarios     int
	Well          Share
	// Autonomous is over the conversations in which a human need not come.
	Autonomous Share
	// PassK[k-1] is the chance that k trials of a scenario all end well.
	PassK           []float64
	AutonomousPassK []float64
	// Recall is of those that had to reach a human, Precision of the hand-offs that
	// were not forbidden; Delays are the turns it took.
	Recall, Precision Share
	Delays            []int
	Violations        int
	ByRule            map[string]int
	Turns             int
	ModelCalls        int
	ModelUsable       Share
	// ModelSpoke are the turns that asked the model and trusted its words; the guard
	// still judges those. Unusable is why answers failed the strict parse.
	ModelSpoke Share
	Unusable   map[string]int
	Latency    []time.Duration
	Personas   []PersonaScore
	// Worst are conversations that went wrong: those with violations first.
	Worst []Conversation
	all   []Conversation
}

// Share is n of a total, with its Wilson interval at 95 %.
type Share struct{ N, Of int }

// Rate is the share, 1 where there was nothing to count.
func (s Share) Rate() float64 {
	if s.Of == 0 {
		return 1
	}
	return float64(s.N) / float64(s.Of)
}

// Wilson is the lower and upper bound of the rate at 95 % (E. B. Wilson, 1927).
func (s Share) Wilson() (low, high float64) {
	if s.Of == 0 {
		return 0, 1
	}
	const z = 1.959963984540054
	n, p := float64(s.Of), s.Rate()
	mid := p + z*z/(2*n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, (mid-half)/(1+z*z/n)), min(1, (mid+half)/(1+z*z/n))
}

func (s *Share) add(ok bool) {
	s.Of++
	if ok {
		s.N++
	}
}

// PersonaScore is one kind of debtor's share.
type PersonaScore struct {
	Name       string
	Escalate   Escalation
	Well       Share
	HandedOff  Share
	Violations int
	Turns      int
	Ends       map[End]int
	Why        map[string]int
}

// PassK is the unbiased estimate of the chance that k trials all succeed, from c
// successes in n trials of each task: the mean of C(c,k)/C(n,k)
// (tau-bench, arXiv 2406.12045). Tasks with fewer than k trials don't count.
func PassK(tasks []Share, k int) float64 {
	sum, counted := 0.0, 0
	for _, t := range tasks {
		if t.Of < k {
			continue
		}
		counted++
		p := 1.0
		for i := range k {
			p *= float64(t.N-i) / float64(t.Of-i)
		}
		sum += max(p, 0)
	}
	if counted == 0 {
		return math.NaN()
	}
	return sum / float64(counted)
}

const worstKept = 12

func score(o Options, all []Conversation) Report {
	r := Report{Options: o, Conversations: len(all), ByRule: map[string]int{}, Unusable: map[string]int{}, all: all}
	tasks, auto := map[int]*Share{}, map[int]*Share{}
	for _, c := range all {
		r.count(c)
		tally(tasks, c.Scenario, c.Well)
		if c.Escalate != Must {
			tally(auto, c.Scenario, c.Autonomous)
		}
	}
	r.Scenarios = len(tasks)
	for k := 1; k <= o.Trials; k++ {
		r.PassK = append(r.PassK, PassK(values(tasks), k))
		r.AutonomousPassK = append(r.AutonomousPassK, PassK(values(auto), k))
	}
	r.Personas = byPersona(all)
	for _, c := range all {
		if !c.Well {
			r.Worst = append(r.Worst, c)
		}
	}
	slices.SortStableFunc(r.Worst, func(a, b Conversation) int { return cmp.Compare(len(b.Violations), len(a.Violations)) })
	return r
}

func tally(tasks map[int]*Share, id int, ok bool) {
	if tasks[id] == nil {
		tasks[id] = &Share{}
	}
	tasks[id].add(ok)
}

func values(tasks map[int]*Share) []Share {
	out := make([]Share, 0, len(tasks))
	for _, s := range tasks {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Share) int { return cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(a.Of, b.Of)) }) // one order: floating sums
	return out
}

func (r *Report) count(c Conversation) {
	r.Well.add(c.Well)
	r.Turns += c.Turns
	r.ModelCalls += c.ModelCalls
	r.ModelUsable.N += c.ModelUsed
	r.ModelUsable.Of += len(c.Latency)
	r.ModelSpoke.N += c.ModelSpoke
	r.ModelSpoke.Of += c.ModelTurns
	for why, n := range c.Unusable {
		r.Unusable[why] += n
	}
	r.Latency = append(r.Latency, c.Latency...)
	r.Violations += len(c.Violations)
	for _, v := range c.Violations {
		r.ByRule[v.Rule]++
	}
	if c.Escalate == Must {
		r.Recall.add(c.HandedOff)
		if c.Delay >= 0 {
			r.Delays = append(r.Delays, c.Delay)
		}
	} else {
		r.Autonomous.add(c.Autonomous)
	}
	if c.HandedOff && c.Escalate != May {
		r.Precision.add(c.Escalate == Must)
	}
}

func byPersona(all []Conversation) []PersonaScore {
	var out []PersonaScore
	for _, c := range all {
		i := slices.IndexFunc(out, func(p PersonaScore) bool { return p.Name == c.Persona })
		if i < 0 {
			i = len(out)
			out = append(out, PersonaScore{Name: c.Persona, Escalate: c.Escalate, Ends: map[End]int{}, Why: map[string]int{}})
		}
		p := &out[i]
		p.Well.add(c.Well)
		p.HandedOff.add(c.HandedOff)
		p.Violations += len(c.Violations)
		p.Turns += c.Turns
		p.Ends[c.End]++
		if c.Why != "" {
			p.Why[c.Why]++
		}
	}
	return out
}
