// Package heard follows our words from the page to the ear: it splits a text into
// sentences, and matches what a carrier reports as played against what was sent.
package heard

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSentence is about twelve seconds of speech: a longer stretch without an end
// of sentence is split at a comma or a space, so that speaking begins early.
const maxSentence = 200

// abbreviations end in a period that ends no sentence, in English and Spanish.
var abbreviations = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "st": true, "jr": true, "sr": true, "sra": true, "srta": true, "inc": true,
	"ltd": true, "co": true, "corp": true, "no": true, "núm": true, "vs": true, "etc": true, "approx": true, "ave": true, "apt": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true, "sept": true,
	"oct": true, "nov": true, "dec": true, "ud": true, "uds": true, "av": true, "p.o": true, "u.s": true, "n.a": true, "a.m": true,
	"p.m": true, "e.g": true, "i.e": true,
}

// Sentences splits text into what is said in one breath. Together they are the
// text, byte for byte; none is empty unless the text is.
func Sentences(text string) []string {
	var out []string
	start := 0
	cut := func(end int) {
		if end > start {
			out = append(out, text[start:end])
			start = end
		}
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if !ends(r) || !ended(text, start, i, r) {
			if i-start >= maxSentence {
				cut(breath(text, start, i))
			}
			continue
		}
		cut(trailing(text, i))
		i = start
	}
	cut(len(text))
	return joinBlank(out)
}

// ends reports whether a sentence may end with r.
func ends(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' || r == '\n' }

// ended reports whether the sentence that began at start ends with the r before i.
func ended(text string, start, i int, r rune) bool {
	if r == '\n' {
		return true
	}
	rest := text[trailing(text, i):]
	if rest == "" {
		return true
	}
	if next, _ := utf8.DecodeRuneInString(text[i:]); !unicode.IsSpace(next) && !closes(next) {
		return false // inside "1,250.50" or "example.com"
	}
	if r != '.' {
		return true
	}
	word := strings.ToLower(lastWord(text[start : i-1]))
	next, _ := utf8.DecodeRuneInString(rest)
	return !abbreviations[word] && utf8.RuneCountInString(word) != 1 && !unicode.IsLower(next)
}

// closes reports whether r may stand between the end of a sentence and the space after it.
func closes(r rune) bool { return strings.ContainsRune(`.!?…"'”’»)]`, r) }

// trailing is where what belongs to the sentence that ends before i ends: closing
// quotes and white space.
func trailing(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !closes(r) {
			break
		}
		i += size
	}
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsSpace(r) {
			break
		}
		i += size
	}
	return i
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`("'“‘«¿¡`, r) })
	if i < 0 {
		return s
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[i+size:]
}

// breath is where text may be split between start and i: after its last comma or
// semicolon, else its last space, else at i itself.
func breath(text string, start, i int) int {
	for _, at := range []string{",;:—", " \t"} {
		if j := strings.LastIndexAny(text[start:i], at); j > maxSentence/4 {
			_, size := utf8.DecodeRuneInString(text[start+j:])
			return trailing(text, start+j+size)
		}
	}
	return i
}

// joinBlank adds what has no word in it to the sentence before, or else after, it.
func joinBlank(parts []string) []string {
	var out []string
	blank := ""
	for _, p := range parts {
		switch {
		case hasWord(p):
			out = append(out, blank+p)
			blank = ""
		case len(out) > 0:
			out[len(out)-1] += p
		default:
			blank += p
		}
	}
	if blank != "" {
		out = append(out, blank)
	}
	return out
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) })
}
