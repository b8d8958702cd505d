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
	plain    string // the text after normalisation
	origin   []int  // where each byte of plain stood in text; nil: the same place
	toks     []token
	hits     [][]hit
	match    *matcher
	foreign  int
	fragment bool      // a button's label: disclosures stand in the message itself
	found    []finding // what rules before this one found
}

// issue is what a rule found: the words, and what is wrong with them.
type issue struct {
	from, to int // tokens; from < 0: an absence
	detail   string
	outcome  compliance.Outcome // overrides the rule's, where it isn't zero
	insisted bool               // found by a phrase that nothing around it excuses
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

// check looks at the whole text and, where that passes, at what stands behind
// each colon: "This isn't a threat: send me your number" asks for it all the same.
func (g *Guard) check(text string, f *Facts, fragment bool) []compliance.Finding {
	found := g.checkWhole(text, f, fragment)
	if fragment || f.Purpose == "validation_notice" || slices.ContainsFunc(found, func(x compliance.Finding) bool { return x.Outcome != compliance.Rewrite }) {
		return found
	}
	rest := text
	for range maxColons {
		_, after, more := strings.Cut(rest, ": ")
		if !more {
			break
		}
		rest = after
		for _, x := range g.checkWhole(after, f, true) {
			if behindColon[x.Rule] {
				return append(found, x)
			}
		}
	}
	return found
}

// maxColons bounds the looks behind colons.
const maxColons = 4

// behindColon are the rules about words that mean the same wherever a sentence begins.
var behindColon = map[string]bool{"OD-CARD-01": true, "OD-PII-01": true, "OD-GOVT-01": true, "OD-ATTY-01": true}

func (g *Guard) checkWhole(text string, f *Facts, fragment bool) []compliance.Finding {
	if g == nil || g.match == nil || g.err != nil || len(g.rules) == 0 {
		return []compliance.Finding{{Rule: ruleGuard, Cite: "house", Outcome: compliance.Block, Detail: "The guard has no rules; nothing may be sent."}}
	}
	if len(text) > maxText {
		return []compliance.Finding{{Rule: ruleGuard, Cite: "house", Outcome: compliance.Block, Detail: fmt.Sprintf("The text is longer than %d bytes.", maxText)}}
	}
	m := g.read(text, f, fragment)
	said := m
	if f.Purpose == "validation_notice" && !fragment {
		said = g.read(f.outsideForm(text), f, fragment)
	}
	for i := range g.rules {
		switch g.rules[i].id {
		case ruleAmount, ruleNotice:
			if said != m {
				m.found = append(m.found, said.found...)
				said.found = nil
			}
			m.apply(&g.rules[i])
		default:
			said.apply(&g.rules[i])
		}
	}
	if said != m {
		m.found = append(m.found, said.found...)
	}
	if said.unrefused() {
		g.listen(m, said)
	}
	return m.findings()
}

// unrefused reports whether no rule has blocked the text.
func (m *message) unrefused() bool {
	for _, f := range m.found {
		if f.Outcome != compliance.Rewrite {
			return false
		}
	}
	return true
}

// listen asks the classifier about a text that every rule let pass, and reports
// what it hears under the rule it hears. A classifier that fails denies.
func (g *Guard) listen(m, said *message) {
	if said.fragment || said.bareFixed() {
		return
	}
	m.apply(&rule{id: ruleGuard, cite: "house policy", outcome: block, check: func(*message) []issue {
		id := said.suspect()
		for i := range g.rules {
			if r := &g.rules[i]; r.id == id {
				m.found = append(m.found, finding{compliance.Finding{Rule: id, Cite: r.cite, Outcome: block, Words: m.text,
					Detail: "The text reads like this: " + r.wrong + " " + r.lawful}, -1, -1, -1})
			}
		}
		return nil
	}})
}

// bareFixed reports a purpose whose content other rules already limit to fixed words.
func (m *message) bareFixed() bool {
	switch m.Purpose {
	case "opt_out_confirmation", "limited_content_message", "location", "location_information", "validation_notice", "crisis":
		return true
	}
	return m.CeaseReceived || m.Crisis
}

// read makes a text ready for the rules.
func (g *Guard) read(text string, f *Facts, fragment bool) *message {
	m := &message{Facts: f, text: text, match: g.match, fragment: fragment}
	rs, foreign := normalise(text)
	m.foreign = foreign
	m.plain, m.origin = flatten(text, rs)
	m.toks = tokenise(rs)
	m.hits = g.match.scan(m.toks)
	return m
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
		if m.acquitted(r.id, is) {
			continue
		}
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
		if m.yields(f) {
			continue
		}
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

// yields reports whether a more specific rule has refused the same words, or,
// for the two rules of tone, something else in the same sentence: one cause is
// reported once.
func (m *message) yields(f finding) bool {
	stronger := yieldsTo[f.Rule]
	if stronger == nil || f.from < 0 || f.Outcome == compliance.Rewrite {
		return false
	}
	tone := f.Rule == "OD-HARASS-01" || f.Rule == "OD-URGENCY-01"
	for _, o := range m.found {
		if !stronger[o.Rule] || o.from < 0 || o.Outcome == compliance.Rewrite {
			continue
		}
		if o.from < f.to && f.from < o.to || tone && o.sent == f.sent && !independent[o.Rule] {
			return true
		}
	}
	return false
}

var (
	stateRules = "OD-CRISIS-01 OD-CONFIRM-01 OD-CEASE-01 OD-BK-01 OD-DEC-01 OD-LOC-01 OD-LCM-01 OD-ATTY-02 OD-DISPUTE-02 OD-TBD-01 OD-TBD-02 "
	threats    = "OD-3P-01 OD-ARREST-01 OD-GARNISH-01 OD-LITIG-01 OD-GOVT-01 OD-CREDIT-01 "
	// independent rules stand beside urgency and harassment in one sentence.
	independent = set("OD-OFFER-01 OD-OFFER-02 OD-FEE-01 OD-OVERSHADOW-01 OD-PROFANE-01 OD-DISPUTE-01 OD-TAX-01 OD-PROMISE-01")
	yieldsTo    = map[string]map[string]bool{
		"OD-HARASS-01":     set(stateRules + threats + "OD-AI-01 OD-PROFANE-01 OD-FINADV-01 OD-URGENCY-01 OD-DISPUTE-01 OD-MEDICAL-01 OD-ID-01 OD-FEE-01 OD-POSTDATE-01 OD-CARD-01 OD-LEGALADV-01"),
		"OD-URGENCY-01":    set(stateRules + threats + "OD-OVERSHADOW-01 OD-MEDICAL-01 OD-CARD-01 OD-PII-01 OD-ATTY-01 OD-FINADV-01 OD-POSTDATE-01 OD-OPTOUT-01"),
		"OD-PROMISE-01":    set(stateRules + threats + "OD-TAX-01 OD-FEE-01 OD-HARASS-01"),
		"OD-REGE-01":       set(stateRules + threats + "OD-FINADV-01 OD-POSTDATE-01 OD-CARD-01 OD-PII-01"),
		"OD-LEGALADV-01":   set(stateRules + threats + "OD-DISPUTE-01 OD-OVERSHADOW-01"),
		"OD-FINADV-01":     set(stateRules + threats + "OD-PROMISE-01"),
		"OD-MEDICAL-01":    set(stateRules),
		"OD-ATTY-01":       set(stateRules + "OD-GOVT-01 OD-DISPUTE-01"),
		"OD-CREDIT-01":     set(stateRules + "OD-DISPUTE-01 OD-POSTDATE-01 OD-ARREST-01"),
		"OD-OFFER-01":      set(stateRules + threats + "OD-FEE-01 OD-OFFER-02 OD-FINADV-01 OD-REGE-01"),
		"OD-OFFER-02":      set(stateRules),
		"OD-GOVT-01":       set("OD-ARREST-01"),
		"OD-DISPUTE-01":    set(stateRules + "OD-OVERSHADOW-01"),
		"OD-TAX-01":        set(stateRules + "OD-GOVT-01 OD-GARNISH-01"),
		"OD-AI-01":         set(stateRules + "OD-3P-01"),
		"OD-ID-01":         set(stateRules + "OD-GOVT-01"),
		"OD-PII-01":        set(stateRules + "OD-CARD-01 OD-OPTOUT-01"),
		"OD-FEE-01":        set(stateRules + "OD-OPTOUT-01"),
		"OD-AMOUNT-01":     set(stateRules + threats + "OD-OFFER-01 OD-FEE-01"),
		"OD-OVERSHADOW-01": set(stateRules),
		"OD-TBD-02":        set("OD-TBD-01"),
		"OD-LITIG-01":      set(stateRules + "OD-FEE-01 OD-ARREST-01 OD-ATTY-01"),
		"OD-CARD-01":       set("OD-FINADV-01"),
	}
)

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
		if h.phrase.mode == excuses || h.phrase.mode != insists && m.excused(h, hits) {
			continue
		}
		if h.phrase.mode == asserts && (denied(m.toks, h.from, h.to) || deniedInside(m.toks, h)) {
			continue
		}
		out = append(out, h)
	}
	return out
}

// excused reports whether another phrase of the set excuses h: it overlaps it,
// or stands in the same sentence where h is spread over the sentence.
func (m *message) excused(h hit, hits []hit) bool {
	for _, e := range hits {
		if e.phrase.mode != excuses {
			continue
		}
		if h.from < e.to && e.from < h.to || len(h.phrase.others) > 0 && m.toks[e.from].sent == m.toks[h.from].sent {
			return true
		}
	}
	return false
}

// mentions reports whether a set has any phrase in the text, denied or not.
func (m *message) mentions(set string) bool { return len(m.hits[m.match.index[set]]) > 0 }

// says reports whether the text asserts a phrase of the set.
func (m *message) says(set string) bool { return len(m.raised(set)) > 0 }
