package inbound

import "strings"

// lexicon knows the words of all patterns, and which word a mistyped one means.
type lexicon struct {
	exact    map[string]int32
	prefixes map[string]int32
	names    []string
	known    map[string]bool
	// slips maps a word with one letter dropped to the pattern words it may come from.
	slips map[string][]string
}

func newLexicon(known map[string]bool) *lexicon {
	return &lexicon{exact: map[string]int32{}, prefixes: map[string]int32{}, known: known}
}

// atom gives a word or prefix of a pattern its number.
func (lx *lexicon) atom(w string) int32 {
	table := lx.exact
	key := w
	if p, ok := strings.CutSuffix(w, "*"); ok {
		table, key = lx.prefixes, p
	}
	if id, ok := table[key]; ok {
		return id
	}
	id := int32(len(lx.names))
	lx.names = append(lx.names, w)
	table[key] = id
	return id
}

// seal prepares the correction of slips, after all patterns are compiled.
func (lx *lexicon) seal() {
	lx.slips = make(map[string][]string)
	for w := range lx.exact {
		if len(w) < minSlipLength || !asciiLetters(w) {
			continue
		}
		lx.slips[w] = append(lx.slips[w], w)
		for i := range len(w) {
			key := w[:i] + w[i+1:]
			lx.slips[key] = append(lx.slips[key], w)
		}
	}
}

// minSlipLength is the shortest word whose slips are understood; shorter ones
// are one letter away from too many others.
const minSlipLength = 5

func asciiLetters(w string) bool {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

// beNot are contractions in which patterns must find the word not.
var beNot = wordSet(`isnt arent wasnt werent aint`)

// name fills in what patterns know each word as.
func (lx *lexicon) name(p *parsed) {
	for i := range p.tokens {
		t := &p.tokens[i]
		t.atoms = lx.atomsOf(t.text)
		if id, ok := lx.exact["#"]; ok && t.num >= 0 {
			t.atoms = append(t.atoms, id)
		}
		if id, ok := lx.exact["not"]; ok && beNot[t.text] {
			t.atoms = append(t.atoms, id)
		}
	}
}

func (lx *lexicon) atomsOf(w string) []int32 {
	ids := lx.direct(w, nil)
	if len(ids) > 0 || len(w) < minSlipLength-1 || len(w) > 20 || !asciiLetters(w) {
		return ids
	}
	// "lawyers", "fathers": what belongs to the one, or several of it.
	if one, ok := strings.CutSuffix(w, "s"); ok {
		if ids = lx.direct(one, ids); len(ids) > 0 {
			return ids
		}
	}
	if lx.known[w] {
		return ids
	}
	if meant := lx.meant(w); meant != "" {
		return lx.direct(meant, ids)
	}
	return ids
}

func (lx *lexicon) direct(w string, ids []int32) []int32 {
	if id, ok := lx.exact[w]; ok {
		ids = append(ids, id)
	}
	for n := 2; n <= len(w) && n <= 14; n++ {
		if id, ok := lx.prefixes[w[:n]]; ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// meant is the pattern word one slip away from w, the first in order if several.
func (lx *lexicon) meant(w string) string {
	best := ""
	try := func(key string) {
		for _, c := range lx.slips[key] {
			if (best == "" || c < best) && oneSlip(w, c) {
				best = c
			}
		}
	}
	try(w)
	for i := range len(w) {
		try(w[:i] + w[i+1:])
	}
	return best
}

// common reports words too frequent to anchor a pattern.
func (lx *lexicon) common(id int32) bool { return commonWords[lx.names[id]] }

var commonWords = wordSet(`i you the a to me my is it im this that of and in on not no dont for with your are do de la el que en y
 a me mi no un una es lo con por su se te he she we they be was have has can cant will pay call text get stop want just now`)
