package inbound

import (
	"fmt"
	"strconv"
	"strings"
)

// A pattern is a sequence of elements, parted by spaces, matched against the
// words of a message:
//
//	stop            the word
//	stop|quit       one of these; a_b is the words a b in a row
//	text*           any word that begins so
//	@contact        one of a named class
//	please?         may be missing
//	~3              up to three words, within the sentence
//	~~              any words, also over the end of a sentence
//	#  #1-17        a number; a number between these
//	^ $             where a sentence begins, ends
//	^^ $$           where the message begins, ends
//	!by|in          not before one of these
//	<!bus|non       not behind one of these
//	<q> <!q>        the sentence is, is not a question
//
// Words with a typing slip match the word meant, see lexicon.
type pattern struct {
	source string
	elems  []elem
	// anchor is the element whose words decide whether trying is worth while;
	// it lies between before[0] and before[1] words behind the start.
	anchor int
	before [2]int
}

type elemKind uint8

const (
	elemWord elemKind = iota
	elemGap
	elemAnyGap
	elemStart
	elemEnd
	elemMessageStart
	elemMessageEnd
	elemNotNext
	elemNotPrevious
	elemQuestion
	elemNoQuestion
)

type elem struct {
	kind     elemKind
	optional bool
	atoms    bits
	ids      []int32
	phrases  [][]int32 // alternatives of several words
	heads    bits      // the words these begin with
	ranges   [][2]int  // alternatives that are numbers
	hi       int       // gap length
}

type bits []uint64

func (b bits) has(i int32) bool { return int(i>>6) < len(b) && b[i>>6]&(1<<(i&63)) != 0 }

func (b *bits) set(i int32) {
	for int(i>>6) >= len(*b) {
		*b = append(*b, 0)
	}
	(*b)[i>>6] |= 1 << (i & 63)
}

const unbounded = 1 << 20

// compile reads a pattern. A mistake in a pattern is a mistake in the program.
func (lx *lexicon) compile(source string) pattern {
	p := pattern{source: source}
	for _, f := range strings.Fields(source) {
		e, err := lx.element(f)
		if err != nil {
			panic(fmt.Sprintf("inbound: pattern %q: %v", source, err))
		}
		p.elems = append(p.elems, e)
	}
	p.findAnchor(lx)
	return p
}

func (lx *lexicon) element(f string) (elem, error) {
	switch f {
	case "^":
		return elem{kind: elemStart}, nil
	case "$":
		return elem{kind: elemEnd}, nil
	case "^^":
		return elem{kind: elemMessageStart}, nil
	case "$$":
		return elem{kind: elemMessageEnd}, nil
	case "~~":
		return elem{kind: elemAnyGap, hi: unbounded}, nil
	case "<q>":
		return elem{kind: elemQuestion}, nil
	case "<!q>":
		return elem{kind: elemNoQuestion}, nil
	}
	switch {
	case f[0] == '~':
		n, err := strconv.Atoi(f[1:])
		return elem{kind: elemGap, hi: n}, err
	case f[0] == '!':
		return lx.words(elemNotNext, f[1:])
	case strings.HasPrefix(f, "<!"):
		return lx.words(elemNotPrevious, f[2:])
	}
	return lx.words(elemWord, f)
}

func (lx *lexicon) words(kind elemKind, list string) (elem, error) {
	e := elem{kind: kind}
	if s, ok := strings.CutSuffix(list, "?"); ok {
		list, e.optional = s, true
	}
	for _, w := range strings.Split(list, "|") {
		if class, ok := strings.CutPrefix(w, "@"); ok {
			words, known := classes[class]
			if !known {
				return e, fmt.Errorf("no class %q", class)
			}
			for _, cw := range strings.Fields(words) {
				lx.addWord(&e, cw)
			}
			continue
		}
		if w == "" {
			return e, fmt.Errorf("empty word in %q", list)
		}
		lx.addWord(&e, w)
	}
	return e, nil
}

func (lx *lexicon) addWord(e *elem, w string) {
	if lo, hi, ok := strings.Cut(w, "-"); ok && w[0] == '#' {
		l, err1 := strconv.Atoi(lo[1:])
		h, err2 := strconv.Atoi(hi)
		if err1 != nil || err2 != nil {
			panic("inbound: bad range " + w)
		}
		e.ranges = append(e.ranges, [2]int{l, h})
		e.ids = append(e.ids, lx.atom("#"))
		return
	}
	if parts := canonical(w); len(parts) > 1 {
		var phrase []int32
		for _, part := range parts {
			phrase = append(phrase, lx.atom(part))
		}
		e.phrases = append(e.phrases, phrase)
		e.heads.set(phrase[0])
		return
	}
	if parts := canonical(w); len(parts) == 1 {
		w = parts[0]
	}
	id := lx.atom(w)
	e.atoms.set(id)
	e.ids = append(e.ids, id)
}

// findAnchor picks the element with the fewest and rarest words.
func (p *pattern) findAnchor(lx *lexicon) {
	p.anchor = -1
	best := 1 << 30
	lo, hi := 0, 0
	for i, e := range p.elems {
		if e.kind == elemWord && !e.optional {
			cost := 0
			for _, id := range e.firsts() {
				cost++
				if lx.common(id) {
					cost += 40
				}
			}
			if hi >= unbounded {
				cost += 10000
			}
			if cost < best {
				best, p.anchor, p.before = cost, i, [2]int{lo, hi}
			}
		}
		l, h := e.length()
		lo, hi = lo+l, min(hi+h, unbounded)
	}
	if p.anchor < 0 {
		panic("inbound: pattern without a word: " + p.source)
	}
}

// firsts are the atoms that can begin e.
func (e elem) firsts() []int32 {
	ids := append([]int32(nil), e.ids...)
	for _, ph := range e.phrases {
		ids = append(ids, ph[0])
	}
	return ids
}

func (e elem) length() (lo, hi int) {
	switch e.kind {
	case elemWord:
		lo, hi = 1, 1
		for _, ph := range e.phrases {
			hi = max(hi, len(ph))
		}
	case elemGap, elemAnyGap:
		return 0, e.hi
	}
	if e.optional {
		lo = 0
	}
	return lo, hi
}
