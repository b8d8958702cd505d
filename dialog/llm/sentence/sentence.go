// Package sentence cuts a text into sentences while it is still being written,
// so that each can be checked and spoken before the next is there. It knows
// English and Spanish: amounts, decimals, abbreviations, ordinals, links and
// {placeholders} hold no end of a sentence.
//
// A doubt joins rather than cuts: a piece of two sentences is only later, a piece
// of half of one is wrong.
package sentence

import (
	"unicode"
	"unicode/utf8"
)

// Max is the longest piece in characters, unless a [Splitter] says otherwise:
// what a voice speaks in some twelve seconds.
const Max = 200

// Splitter cuts a growing text. The zero value is ready for use; it belongs to
// one text and one goroutine.
type Splitter struct {
	// Max is the longest piece in characters; 0 means [Max]. A longer sentence is
	// cut at its last clause, else between two words, else anywhere but within a
	// placeholder that is no longer than a piece.
	Max int

	pending string
}

// Push adds text and gives the pieces that are now complete. A piece is complete
// when what follows shows that it is, so the last one may be held back until more
// text comes. Each keeps the white space after it: the pieces of a text, with
// what [Splitter.Flush] gives, joined, are the text, byte for byte. How the text
// was divided among calls changes nothing.
func (s *Splitter) Push(text string) []string {
	s.pending += text
	var out []string
	for {
		n := s.cut()
		if n == 0 {
			return out
		}
		out = append(out, s.pending[:n])
		s.pending = s.pending[n:]
	}
}

// Flush gives what is left, "" for nothing, when the text has ended.
func (s *Splitter) Flush() string {
	rest := s.pending
	s.pending = ""
	return rest
}

// Split cuts a whole text.
func Split(text string) []string {
	var s Splitter
	out := s.Push(text)
	if rest := s.Flush(); rest != "" {
		out = append(out, rest)
	}
	return out
}

// cut is the length in bytes of the first complete piece of what is pending; 0
// when there is none yet.
func (s *Splitter) cut() int {
	limit := s.Max
	if limit <= 0 {
		limit = Max
	}
	text := s.pending
	clause, word, plain := 0, 0, 0 // where a piece too long may be cut, best first
	count, open := 0, false
	for i := 0; i < len(text); {
		if !utf8.FullRuneInString(text[i:]) {
			return 0 // half a character: the other half is on its way
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if count++; count > limit && (!open || count > 2*limit) {
			return first(clause, word, plain, i)
		}
		switch r {
		case '{':
			open = true
		case '}':
			open = false
		}
		end := i + size
		if !open {
			if terminal(r) {
				n, known := ends(text, i)
				if !known {
					return 0
				}
				if n > 0 {
					return n
				}
			}
			switch {
			case !unicode.IsSpace(r):
			case clauseEnd(text[:i]) && count > limit/3 && !digitAt(text, end):
				clause = end
			default:
				word = end
			}
			if count <= limit && !unicode.Is(unicode.Mn, next(text[end:])) {
				plain = end
			}
		}
		i = end
	}
	return 0
}

func first(at ...int) int {
	for _, n := range at {
		if n > 0 {
			return n
		}
	}
	return 0
}

func next(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func digitAt(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

// clauseEnd reports whether the text ends as a clause does.
func clauseEnd(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == ',' || r == ';' || r == ':' || r == '—' || r == '–' || r == ')'
}
