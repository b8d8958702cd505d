package inbound

// span is where a pattern matched: tokens from first up to, not including, end.
type span struct {
	first, end int
	pattern    int32
}

// all returns every place where p matches, one per start.
func (p *pattern) all(m *parsed, anchors []int, out []span, id int32) []span {
	tried := -1
	for _, at := range anchors {
		lo := max(at-p.before[1], tried+1, 0)
		for s := lo; s <= at-p.before[0]; s++ {
			tried = s
			if end, ok := p.match(m, 0, s); ok && end > s {
				out = append(out, span{s, end, id})
			}
		}
	}
	return out
}

// match tries elements from e on at token t and returns the end.
func (p *pattern) match(m *parsed, e, t int) (end int, ok bool) {
	if e == len(p.elems) {
		return t, true
	}
	el := &p.elems[e]
	switch el.kind {
	case elemGap, elemAnyGap:
		for n := 0; n <= el.hi; n++ {
			if end, ok := p.match(m, e+1, t+n); ok {
				return end, true
			}
			if t+n >= len(m.tokens) || el.kind == elemGap && t+n+1 < len(m.tokens) && t+n > 0 && m.tokens[t+n].sentence != m.tokens[t+n-1].sentence && n > 0 {
				break
			}
			if el.kind == elemGap && n == 0 && t > 0 && t < len(m.tokens) && m.tokens[t].sentence != m.tokens[t-1].sentence {
				break
			}
		}
		return 0, false
	case elemWord:
		ns, count := el.lengths(m, t)
		for _, n := range ns[:count] {
			if n > 0 && t > 0 && m.tokens[t].sentence != m.tokens[t-1].sentence && p.bound(e) {
				continue
			}
			if end, ok := p.match(m, e+1, t+n); ok {
				return end, true
			}
		}
		return 0, false
	}
	if !el.holds(m, t) {
		return 0, false
	}
	return p.match(m, e+1, t)
}

// bound reports that element e must stand in the sentence of the word before:
// a word of the pattern came earlier, and no ~~ between.
func (p *pattern) bound(e int) bool {
	for i := e - 1; i >= 0; i-- {
		switch p.elems[i].kind {
		case elemAnyGap, elemStart:
			return false
		case elemWord:
			return true
		}
	}
	return false
}

// mostLengths is how many different lengths an element can take in one place.
const mostLengths = 6

// lengths are how many tokens the element can take at t, in an array so that
// matching allocates nothing.
func (el *elem) lengths(m *parsed, t int) (out [mostLengths]int, n int) {
	add := func(length int) {
		if n < mostLengths-1 {
			out[n] = length
			n++
		}
	}
	if t < len(m.tokens) {
		if el.heads.any(m.tokens[t].atoms) {
			for _, ph := range el.phrases {
				if phraseAt(m, t, ph) {
					add(len(ph))
				}
			}
		}
		if el.one(&m.tokens[t]) {
			add(1)
		}
	}
	if el.optional {
		out[n] = 0
		n++
	}
	return out, n
}

// one reports whether the element takes exactly this token.
func (el *elem) one(t *token) bool {
	if el.atoms.any(t.atoms) {
		return true
	}
	for _, r := range el.ranges {
		if t.num >= r[0] && t.num <= r[1] {
			return true
		}
	}
	return false
}

func (b bits) any(ids []int32) bool {
	for _, id := range ids {
		if b.has(id) {
			return true
		}
	}
	return false
}

func phraseAt(m *parsed, t int, phrase []int32) bool {
	if t+len(phrase) > len(m.tokens) {
		return false
	}
	for i, id := range phrase {
		found := false
		for _, a := range m.tokens[t+i].atoms {
			found = found || a == id
		}
		if !found || m.tokens[t+i].sentence != m.tokens[t].sentence {
			return false
		}
	}
	return true
}

// holds tests the elements that take no token.
func (el *elem) holds(m *parsed, t int) bool {
	switch el.kind {
	case elemStart:
		return t == 0 || t < len(m.tokens) && m.tokens[t].sentence != m.tokens[t-1].sentence
	case elemEnd:
		return t == len(m.tokens) || t > 0 && m.tokens[t].sentence != m.tokens[t-1].sentence
	case elemMessageStart:
		return t == 0
	case elemMessageEnd:
		return t == len(m.tokens)
	case elemNotNext:
		return t >= len(m.tokens) || t > 0 && m.tokens[t].sentence != m.tokens[t-1].sentence || !el.at(m, t)
	case elemNotPrevious:
		return t == 0 || m.tokens[t-1].sentence != m.tokens[min(t, len(m.tokens)-1)].sentence || !el.one(&m.tokens[t-1])
	case elemQuestion, elemNoQuestion:
		if len(m.tokens) == 0 {
			return false
		}
		q := m.sentences[m.tokens[min(max(t-1, 0), len(m.tokens)-1)].sentence].question
		return q == (el.kind == elemQuestion)
	}
	return false
}

func (el *elem) at(m *parsed, t int) bool {
	if el.one(&m.tokens[t]) {
		return true
	}
	for _, ph := range el.phrases {
		if phraseAt(m, t, ph) {
			return true
		}
	}
	return false
}
