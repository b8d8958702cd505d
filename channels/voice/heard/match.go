package heard

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sure is how many words in a row show that a report belongs to a place in the text.
const sure = 3

// Play notes that the words of spoken were played, next after those played before.
// Some carriers report each time all that was played so far; that is understood too.
// What can't be placed moves nothing. It reports whether anything moved.
func (t *Text) Play(spoken string) bool {
	plain := forms(spoken)
	if len(plain) == 0 {
		if t.carry != "" {
			t.carry += spoken
		}
		return false
	}
	joined, open := spoken, !unicode.IsSpace(lastRune(spoken))
	if t.carry != "" && !unicode.IsSpace(firstRune(spoken)) {
		joined = t.carry + spoken
	}
	words := forms(joined)
	tail := ""
	if open {
		tail = lastPart(joined)
	}
	next := t.align(t.at, words, open)
	if next.all && !next.astray {
		return t.move(next, tail)
	}
	if whole := t.align(0, plain, open); whole.all && whole.end > max(t.at, next.end) {
		return t.move(whole, tail)
	}
	if later, ok := t.sentence(words, t.at+1); ok && next.equal == 0 {
		return t.move(later, "")
	}
	if next.all {
		return t.move(next, tail)
	}
	return t.move(place{end: t.floor(next.end)}, "")
}

// Cut notes that the talk was cut after utterance, which counts from the talk's
// beginning or, on some carriers, from that of a sentence. Where it can be placed
// from the beginning it decides, even against more that was reported as played.
func (t *Text) Cut(utterance string) {
	t.carry = ""
	words := forms(utterance)
	if len(words) == 0 {
		return
	}
	from := t.align(0, words, false)
	if from.all && from.equal >= min(sure, len(words)) {
		t.at = from.end
		return
	}
	if within, ok := t.sentence(words, t.floor(t.at)); ok {
		t.move(within, "")
		return
	}
	t.move(place{end: t.floor(from.end)}, "")
}

// Begins reports whether spoken can only be the beginning of this text.
func (t *Text) Begins(spoken string) bool {
	p := t.align(0, forms(spoken), true)
	return p.all && p.equal > 0 && (p.equal >= sure || p.end == len(t.words))
}

// place is where a report stands in the text.
type place struct {
	end    int  // the words known to have been said
	equal  int  // how many of the report's words are the text's
	all    bool // nothing in the report speaks against it
	inWord bool // the report ends inside a word
	// astray: the report ends in words for a figure, or in words that only may be that.
	astray bool
}

// move goes on to p, never back. tail is what a report that ends inside a word ends in.
func (t *Text) move(p place, tail string) bool {
	if p.end < t.at {
		return false
	}
	moved := p.end > t.at || p.inWord
	t.at, t.carry = p.end, ""
	if p.inWord {
		t.carry = tail
	}
	return moved
}

// align compares spoken with the text from word i on. The report may end inside a
// word if it is open.
func (t *Text) align(i int, spoken []string, open bool) place {
	p := place{end: i, all: true}
	for j := 0; j < len(spoken); {
		switch {
		case p.end == len(t.words):
			p.all = false
			return p
		case t.words[p.end].form == spoken[j]:
			p.end, p.equal, j = p.end+1, p.equal+1, j+1
		case open && j == len(spoken)-1 && strings.HasPrefix(t.words[p.end].form, spoken[j]):
			p.inWord = true
			return p
		case t.words[p.end].loose:
			k, l, found := t.anchor(p.end, spoken, j)
			if !found {
				p.astray = true
				return p // still inside the figure, as far as can be told
			}
			p.end, j = k, l
		default:
			p.all = false
			return p
		}
	}
	return p
}

// anchor finds where spoken, from j on, is past the figures at i and back among
// words: at two of them in a row, or at a long one where two can't be had. A
// short one alone may be part of the figure as it is said ("a hundred").
func (t *Text) anchor(i int, spoken []string, j int) (k, l int, found bool) {
	for k = i; k < len(t.words) && t.words[k].loose; k++ {
	}
	if k == len(t.words) {
		return 0, 0, false
	}
	for l = j; l < len(spoken); l++ {
		if spoken[l] != t.words[k].form {
			continue
		}
		last := l+1 == len(spoken)
		if alone := last || k+1 == len(t.words) || t.words[k+1].loose; alone && len(spoken[l]) > len("cent") ||
			!alone && spoken[l+1] == t.words[k+1].form {
			return k, l, true
		}
	}
	return 0, 0, false
}

// sentence places words at the beginning of the first sentence at or behind word i
// where enough of them fit: what comes before was then said.
func (t *Text) sentence(words []string, i int) (place, bool) {
	for _, s := range t.starts {
		if s < i {
			continue
		}
		if p := t.align(s, words, false); p.all && p.equal >= sure && !p.astray {
			return p, true
		}
	}
	return place{}, false
}

// floor is the last beginning of a sentence at or before word i.
func (t *Text) floor(i int) int {
	at := 0
	for _, s := range t.starts {
		if s <= i {
			at = s
		}
	}
	return at
}

// lastPart is the last word of s as it stands there, with what follows it.
func lastPart(s string) string {
	field := s
	if i := strings.LastIndexFunc(s, unicode.IsSpace); i >= 0 {
		_, size := utf8.DecodeRuneInString(s[i:])
		field = s[i+size:]
	}
	if loose(field) {
		return field
	}
	last := ""
	for part := range parts(field) {
		if last += part; form(part) != "" {
			last = part
		}
	}
	return last
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
