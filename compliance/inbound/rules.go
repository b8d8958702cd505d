package inbound

import "strings"

// family is the rules of one label: what fires it, and what looks like it and is
// not. A match of fire that shares a word with a match of unless doesn't count.
type family struct {
	label   Label
	rule    string // the rulebook's id
	certain string // patterns nothing excuses
	fire    string // one pattern a line
	unless  string
}

// ruleSet is all families, compiled.
type ruleSet struct {
	lx       *lexicon
	families []family
	patterns []pattern
	owner    []int16 // family of a pattern; negative for its unless patterns, as -1-i
	index    map[int32][]int32
	sure     []int // per family: patterns up to here (of its own) are certain
}

func newRuleSet(families []family, known map[string]bool) *ruleSet {
	rs := &ruleSet{lx: newLexicon(known), families: families, index: make(map[int32][]int32)}
	for i, f := range families {
		rs.add(f.certain, int16(i))
		rs.sure = append(rs.sure, len(rs.patterns))
		rs.add(f.fire, int16(i))
		rs.add(f.unless, int16(-1-i))
	}
	rs.lx.seal()
	return rs
}

func (rs *ruleSet) add(list string, owner int16) {
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		p := rs.lx.compile(line)
		id := int32(len(rs.patterns))
		rs.patterns = append(rs.patterns, p)
		rs.owner = append(rs.owner, owner)
		for _, a := range p.elems[p.anchor].firsts() {
			rs.index[a] = append(rs.index[a], id)
		}
	}
}

// verdict is what the rules of one family say of a message.
type verdict struct {
	fired bool
	span  span
	alike bool // something that only looks like it stands there
}

// judge matches every family against m. The result has an entry per family.
func (rs *ruleSet) judge(m *parsed) []verdict {
	rs.lx.name(m)
	places, ids := rs.anchors(m)
	fires := make([][]span, len(rs.families))
	unless := make([][]span, len(rs.families))
	for _, id := range ids {
		at := places.of(id)
		if o := rs.owner[id]; o >= 0 {
			fires[o] = rs.patterns[id].all(m, at, fires[o], id)
		} else {
			unless[-1-o] = rs.patterns[id].all(m, at, unless[-1-o], id)
		}
	}
	out := make([]verdict, len(rs.families))
	for i := range rs.families {
		out[i].alike = len(unless[i]) > 0
		out[i].decide(fires[i], unless[i], rs.sure[i])
	}
	return out
}

// anchorPlaces holds, for every pattern, the tokens its anchor may stand at, in
// one slice: those of pattern id are at[start[id]:end[id]].
type anchorPlaces struct {
	start, end []int32
	at         []int
}

func (a *anchorPlaces) of(id int32) []int { return a.at[a.start[id]:a.end[id]] }

// anchors finds the patterns worth trying on m, and where.
func (rs *ruleSet) anchors(m *parsed) (anchorPlaces, []int32) {
	a := anchorPlaces{start: make([]int32, len(rs.patterns)), end: make([]int32, len(rs.patterns))}
	var ids []int32
	total := int32(0)
	for t := range m.tokens {
		for _, atom := range m.tokens[t].atoms {
			for _, id := range rs.index[atom] {
				if a.start[id] == 0 {
					ids = append(ids, id)
				}
				a.start[id]++ // a count for now
				total++
			}
		}
	}
	a.at = make([]int, total)
	total = 0
	for _, id := range ids {
		n := a.start[id]
		a.start[id], a.end[id] = total, total
		total += n
	}
	for t := range m.tokens {
		for _, atom := range m.tokens[t].atoms {
			for _, id := range rs.index[atom] {
				if e := a.end[id]; e == a.start[id] || a.at[e-1] != t {
					a.at[e] = t
					a.end[id]++
				}
			}
		}
	}
	return a, ids
}

// decide takes the earliest, longest match that nothing excuses, so that the
// words reported don't depend on the order of matching.
func (v *verdict) decide(fires, unless []span, sure int) {
	for _, f := range fires {
		if int(f.pattern) >= sure && excused(f, unless) {
			continue
		}
		if !v.fired || f.first < v.span.first || f.first == v.span.first && (f.end > v.span.end || f.end == v.span.end && f.pattern < v.span.pattern) {
			v.fired, v.span = true, f
		}
	}
}

func excused(f span, unless []span) bool {
	for _, u := range unless {
		if f.first < u.end && u.first < f.end {
			return true
		}
	}
	return false
}
