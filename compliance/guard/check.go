package guard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/compliance"
)

// Guard checks outgoing texts. It holds no state beyond its compiled rules, and
// may be used by several goroutines. The zero Guard denies everything.
type Guard struct {
	rules []rule
	match *matcher
	err   error
}

// Options change a Guard for tests.
type Options struct {
	// Without removes rules by id, to prove that each one is needed.
	Without []string
}

// New makes a Guard with all rules but those opts takes away.
func New(opts ...Options) *Guard {
	g := &Guard{}
	g.match, g.err = builtin()
	for _, r := range allRules() {
		removed := slices.ContainsFunc(opts, func(o Options) bool { return slices.Contains(o.Without, r.id) })
		if !removed {
			g.rules = append(g.rules, r)
		}
	}
	return g
}

// maxText bounds what is checked; anything longer is refused unread. No channel
// carries more in one message.
const maxText = 16 << 10

// message is one text being checked.
type message struct {
	*Facts
	text     string
	toks     []token
	hits     [][]hit
	match    *matcher
	foreign  int
	fragment bool // a button's label: disclosures stand in the message itself
	facts    []issue
	factsSet bool
	found    []finding // what rules before this one found
}

// issue is what a rule found: the words, and what is wrong with them.
type issue struct {
	from, to int // tokens; from < 0: an absence
	detail   string
	outcome  compliance.Outcome // overrides the rule's, where it isn't zero
}

// finding keeps where the words stand beside the Finding itself.
type finding struct {
	compliance.Finding
	from, to int
	sent     int
}

// Check reports what text breaks under the facts, by rule, in the order of
// [Rules]. Nothing is returned for a rule the text keeps. A rule that fails
// denies: its finding blocks.
func (g *Guard) Check(text string, f Facts) []compliance.Finding {
	return g.check(text, &f, false)
}

func (g *Guard) check(text string, f *Facts, fragment bool) []compliance.Finding {
	if g == nil || g.match == nil || g.err != nil || len(g.rules) == 0 {
		return []compliance.Finding{{Rule: "OD-GUARD-01", Cite: "house", Outcome: compliance.Block, Detail: "The guard has no rules; nothing may be sent."}}
	}
	if len(text) > maxText {
		return []compliance.Finding{{Rule: "OD-GUARD-01", Cite: "house", Outcome: compliance.Block, Detail: fmt.Sprintf("The text is longer than %d bytes.", maxText)}}
	}
	m := &message{Facts: f, text: text, match: g.match, fragment: fragment}
	rs, foreign := normalise(text)
	m.foreign = foreign
	m.toks = tokenise(rs)
	m.hits = g.match.scan(m.toks)
	for i := range g.rules {
		m.apply(&g.rules[i])
	}
	return m.findings()
}

// apply runs one rule; a panic in it is a finding that blocks.
func (m *message) apply(r *rule) {
	defer func() {
		if recover() != nil {
			m.found = append(m.found, finding{compliance.Finding{Rule: r.id, Cite: r.cite, Outcome: compliance.Block,
				Detail: "The rule failed; a text it could not judge is not sent."}, -1, -1, -1})
		}
	}()
	for _, is := range r.check(m) {
		f := compliance.Finding{Rule: r.id, Cite: r.cite, Outcome: cmp.Or(is.outcome, r.outcome, compliance.Block), Detail: is.detail}
		if f.Detail == "" {
			f.Detail = r.wrong
		}
		if r.lawful != "" {
			f.Detail = strings.TrimSpace(f.Detail + " " + r.lawful)
		}
		sent := -1
		if is.from >= 0 {
			f.Words = m.words(is.from, is.to)
			sent = m.toks[is.from].sent
		}
		m.found = append(m.found, finding{f, is.from, is.to, sent})
	}
}

// words is the original text of toks[from:to].
func (m *message) words(from, to int) string {
	if from < 0 || from >= to || to > len(m.toks) {
		return ""
	}
	a, b := m.toks[from].start, m.toks[to-1].end
	for i := from; i < to; i++ {
		a, b = min(a, m.toks[i].start), max(b, m.toks[i].end)
	}
	return m.text[a:b]
}

// findings are those found, one for each rule, the strictest first issue kept.
func (m *message) findings() []compliance.Finding {
	var out []compliance.Finding
	for _, f := range m.found {
		i := slices.IndexFunc(out, func(o compliance.Finding) bool { return o.Rule == f.Rule })
		if i < 0 {
			out = append(out, f.Finding)
			continue
		}
		if out[i].Outcome == compliance.Rewrite && f.Outcome != compliance.Rewrite {
			out[i] = f.Finding
		}
	}
	return out
}

// fired reports whether a rule found something in sentence sent, or anywhere
// when sent is negative.
func (m *message) fired(sent int, ids ...string) bool {
	for _, f := range m.found {
		if f.Outcome == compliance.Rewrite || !slices.Contains(ids, f.Rule) {
			continue
		}
		if sent < 0 || f.sent == sent {
			return true
		}
	}
	return false
}

// raw are all hits of a set that are neither excused nor, unless the phrase
// says so, denied.
func (m *message) raised(set string) []hit {
	id, ok := m.match.index[set]
	if !ok {
		panic("no phrase set " + set)
	}
	hits := m.hits[id]
	var out []hit
	for _, h := range hits {
		if h.phrase.mode == excuses || excused(h, hits) {
			continue
		}
		if h.phrase.mode == asserts && denied(m.toks, h.from, h.to) {
			continue
		}
		out = append(out, h)
	}
	return out
}

// excused reports whether another phrase of the set excuses h.
func excused(h hit, hits []hit) bool {
	for _, e := range hits {
		if e.phrase.mode == excuses && h.from < e.to && e.from < h.to {
			return true
		}
	}
	return false
}

// mentions reports whether a set has any phrase in the text, denied or not.
func (m *message) mentions(set string) bool { return len(m.hits[m.match.index[set]]) > 0 }

// says reports whether the text asserts a phrase of the set.
func (m *message) says(set string) bool { return len(m.raised(set)) > 0 }
