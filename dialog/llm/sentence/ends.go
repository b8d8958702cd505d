package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// terminal reports whether a sentence may end at r.
func terminal(r rune) bool {
	return r == '.' || r == '?' || r == '!' || r == '…' || r == '\n'
}

// ends reports where the piece ends whose possible end stands at i: after the
// marks, closing quotes and white space that belong to it. It is 0 when the
// sentence goes on, and unknown while what follows isn't written yet.
func ends(text string, i int) (n int, known bool) {
	end := i
	for end < len(text) && end-i < maxMarks { // "?!", "...", ".”)"
		if !utf8.FullRuneInString(text[end:]) {
			return 0, false
		}
		r, size := utf8.DecodeRuneInString(text[end:])
		if !terminal(r) && !closing(r) || r == '\n' {
			break
		}
		end += size
	}
	space := end
	for space < len(text) {
		if !utf8.FullRuneInString(text[space:]) {
			return 0, false
		}
		r, size := utf8.DecodeRuneInString(text[space:])
		if !unicode.IsSpace(r) {
			break
		}
		space += size
	}
	if space == len(text) {
		return 0, false
	}
	if space == end { // "1,250.50", "pay.example.com", "a.m."
		return 0, true
	}
	if strings.Contains(text[end:space], "\n") {
		if strings.TrimSpace(text[:end]) == "" {
			return 0, true // blank lines belong to what follows
		}
		return space, true
	}
	follows := next(text[space:])
	if unicode.IsLower(follows) || text[i] == '.' && dotGoesOn(text[:i], follows) {
		return 0, true
	}
	return space, true
}

// maxMarks bounds, in bytes, the marks that end a sentence.
const maxMarks = 16

func closing(r rune) bool {
	return r == '"' || r == '\'' || r == ')' || r == ']' || r == '”' || r == '’' || r == '»'
}

// dotGoesOn reports whether the dot after before is not the end of a sentence,
// though white space and no small letter comes next.
func dotGoesOn(before string, follows rune) bool {
	word := lastWord(before)
	bare := strings.ToLower(strings.TrimLeft(word, "(¿¡\"'“«[{"))
	switch {
	case bare == "":
		return false
	case titles[bare]:
		return true
	case numbered[bare]: // "No. 5", but "I said no. We ..."
		return unicode.IsDigit(follows) || follows == '{' || follows == '#'
	case ordinal(bare):
		return lineStart(before, word)
	case initial(bare): // "J. Smith", "EE. UU. y", "U.S. Bank"
		return true
	}
	return false
}

func lastWord(s string) string {
	if i := strings.LastIndexFunc(s, unicode.IsSpace); i >= 0 {
		_, size := utf8.DecodeRuneInString(s[i:])
		return s[i+size:]
	}
	return s
}

// ordinal reports "1" to "99", as items of a list are numbered.
func ordinal(word string) bool {
	return len(word) <= 2 && strings.Trim(word, "0123456789") == ""
}

// lineStart reports whether word stands first on its line.
func lineStart(before, word string) bool {
	head := strings.TrimRight(strings.TrimSuffix(before, word), " \t")
	return head == "" || strings.HasSuffix(head, "\n")
}

// initial reports a single letter, with or without others before it: "J", "U.S", "p.m".
// "I" ends sentences.
func initial(word string) bool {
	r, size := utf8.DecodeLastRuneInString(word)
	if !unicode.IsLetter(r) || word == "i" {
		return false
	}
	rest := word[:len(word)-size]
	if rest == "" {
		return true
	}
	return strings.HasSuffix(rest, ".")
}

// titles are abbreviations after which the sentence goes on, whatever follows.
var titles = set("mr mrs ms dr prof jr st ave blvd rd mt ft attn vs inc ltd co corp bros dept acct bal e.g i.e approx est min max tel ext jan feb mar apr jun jul aug sept sep oct nov dec",
	"sr sra srta srs sres dra prof lic ing d da dña avda av c pza ud uds vd vds ee uu p.ej ej aprox máx mín tel cía s.a dto depto apdo cta ene abr ago dic")

// numbered are abbreviations that a number follows.
var numbered = set("no nos p pp pg sec para art fig", "núm num n.º nro pág págs art cap vol ref")

func set(lists ...string) map[string]bool {
	out := map[string]bool{}
	for _, l := range lists {
		for w := range strings.FieldsSeq(l) {
			out[w] = true
		}
	}
	return out
}
