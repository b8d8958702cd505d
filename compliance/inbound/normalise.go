package inbound

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normalise folds a text to the form in which it is matched: compatibility forms,
// case, accents, invisible and direction characters, look-alike letters of other
// scripts, digits that stand for letters where that makes a keyword, letters
// spelled out one by one, stretched letters, emoji, punctuation and white space.
//
// The result is for matching only; it is not what the person wrote. Apostrophes
// vanish ("don't" is "dont"); of punctuation only . , ? ! : / $ % + - between
// or beside digits and sentence marks remain. Normalise is idempotent.
func Normalise(text string) string {
	// Each pass only simplifies; the bound is a backstop, two passes are usual.
	for range 6 {
		next := normaliseOnce(text)
		if next == text {
			break
		}
		text = next
	}
	return text
}

func normaliseOnce(text string) string {
	rs := foldRunes(text)
	words := strings.Fields(string(rs))
	out := make([]string, 0, len(words))
	for _, w := range words {
		if plainWord(w) {
			out = append(out, w)
			continue
		}
		w = unstretch(unleet(unmix(w)))
		w = strings.Map(punctuation, w)
		for _, part := range strings.Fields(w) {
			if part = trimMarks(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return strings.Join(joinSpelled(out), " ")
}

// plainWord reports a word of Latin letters alone, none of them stretched, which
// the folds below leave as it is. Most words are.
func plainWord(w string) bool {
	run := 1
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
		if i > 0 && w[i] == w[i-1] {
			run++
		} else {
			run = 1
		}
		if run > 2 {
			return false
		}
	}
	return true
}

// foldRunes decomposes, drops what cannot be seen, lowers, and gives emoji and
// lettered symbols their reading.
func foldRunes(text string) []rune {
	rs := make([]rune, 0, len(text)+8)
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(text, " ")) {
		switch {
		case r < 0x80:
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			if r < 0x20 || r == 0x7f {
				r = ' '
			}
			rs = append(rs, r)
		case invisible(r):
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r):
		case unicode.IsSpace(r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			rs = append(rs, ' ')
		default:
			rs = appendSymbol(rs, r)
		}
	}
	return rs
}

// invisible reports characters that show nothing and are used to hide words:
// zero width, direction, variation selectors, tags, fillers, skin tones.
func invisible(r rune) bool {
	switch {
	case unicode.Is(unicode.Cf, r), r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0x034F, r == 0x2800:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE0FFF, r >= 0x1F3FB && r <= 0x1F3FF:
		return true
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Co, r)
}

func appendSymbol(rs []rune, r rune) []rune {
	if l, ok := letteredSymbol(r); ok {
		return append(rs, l)
	}
	if word, ok := emojiWords[r]; ok {
		rs = append(rs, ' ')
		rs = append(rs, []rune(word)...)
		return append(rs, ' ')
	}
	if d := digitValue(r); d >= 0 {
		return append(rs, rune('0'+d))
	}
	if p, ok := punctuationFolds[r]; ok {
		return append(rs, p)
	}
	l := unicode.ToLower(r)
	if x, ok := latinFolds[l]; ok {
		return append(rs, []rune(x)...)
	}
	switch {
	case unicode.IsLetter(l), unicode.IsDigit(l):
		return append(rs, l)
	case unicode.Is(unicode.So, l), unicode.Is(unicode.Sm, l):
		return append(rs, ' ', l, ' ')
	}
	return append(rs, ' ')
}

// punctuation keeps sentence marks and the marks that belong to numbers.
func punctuation(r rune) rune {
	if r >= 0x80 || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	switch r {
	case '\'', '`':
		return -1
	case '.', ',', '?', '!', ':', '/', '$', '%', '+', '-', ';':
		return r
	}
	return ' '
}

// trimMarks takes apart what is left around one word: marks inside words part
// them, marks inside numbers stay, sentence marks at the end stay once.
func trimMarks(w string) string {
	var b strings.Builder
	rs := []rune(w)
	for i, r := range rs {
		if !mark(r) {
			b.WriteRune(r)
			continue
		}
		before := i > 0 && isDigit(rs[i-1])
		after := i+1 < len(rs) && isDigit(rs[i+1])
		switch {
		case before && after && r != '!' && r != '?' && r != ';':
			b.WriteRune(r)
		case (r == '$' || r == '+') && after, r == '%' && before:
			b.WriteRune(r)
		case r == '.' || r == ',' || r == '?' || r == '!' || r == ':' || r == ';':
			b.WriteRune(' ')
			b.WriteRune(sentenceMark(r))
			b.WriteRune(' ')
		default:
			b.WriteRune(' ')
		}
	}
	parts := strings.Fields(b.String())
	kept := parts[:0]
	for _, p := range parts {
		if len(kept) > 0 && len(p) == 1 && mark(rune(p[0])) && kept[len(kept)-1] == p {
			continue
		}
		kept = append(kept, p)
	}
	return strings.Join(kept, " ")
}

func sentenceMark(r rune) rune {
	if r == ':' || r == ';' {
		return ','
	}
	return r
}

func mark(r rune) bool {
	switch r {
	case '.', ',', '?', '!', ':', '/', '$', '%', '+', '-', ';':
		return true
	}
	return false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// unmix maps look-alike letters of other scripts to Latin, in a word that holds
// Latin letters too or that look-alikes alone make up. A word of real Russian or
// Greek keeps its letters.
func unmix(w string) string {
	latin, mapped, other := 0, 0, 0
	for _, r := range w {
		switch {
		case r >= 'a' && r <= 'z':
			latin++
		case lookalikes[r] != 0:
			mapped++
		case r >= 0x80 && unicode.IsLetter(r):
			other++
		}
	}
	if mapped == 0 || latin == 0 && other > 0 {
		return w
	}
	return strings.Map(func(r rune) rune {
		if l := lookalikes[r]; l != 0 {
			return l
		}
		return r
	}, w)
}

// unleet reads digits and signs as letters where the word then is one of the
// words that matter, such as st0p or @lto.
func unleet(w string) string {
	trimmed := strings.TrimRight(w, ".,?!;:")
	if trimmed == "" || len(trimmed) > 16 {
		return w
	}
	letters, signs := 0, 0
	for _, r := range trimmed {
		switch {
		case r >= 'a' && r <= 'z':
			letters++
		case leet(r, false) != r:
			signs++
		case r == '*' || r == '#' || r == '_' || r == '-' || r == '.':
		default:
			return w
		}
	}
	if signs == 0 && letters == len(trimmed) || letters == 0 {
		return w
	}
	for _, l := range []bool{false, true} {
		var b strings.Builder
		for _, r := range trimmed {
			if r == '_' || r == '-' || r == '.' || r == '*' || r == '#' {
				continue
			}
			b.WriteRune(leet(r, l))
		}
		if s := b.String(); leetWords[s] {
			return s + w[len(trimmed):]
		}
	}
	return w
}

func leet(r rune, oneIsL bool) rune {
	switch r {
	case '0':
		return 'o'
	case '1', '|', '!':
		if oneIsL {
			return 'l'
		}
		return 'i'
	case '3':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$':
		return 's'
	case '7', '+':
		return 't'
	case '8':
		return 'b'
	case '9':
		return 'g'
	}
	return r
}

// unstretch shortens a letter written three times or more: to one where that
// makes a word that matters, else to two.
func unstretch(w string) string {
	one, two := squeeze(w, 1), squeeze(w, 2)
	if two == w || len(squeeze(strings.TrimRight(w, ".,?!"), 1)) == 1 {
		return w // nothing stretched, or an initialism like BBB
	}
	if leetWords[strings.TrimRight(one, ".,?!")] {
		return one
	}
	return two
}

func squeeze(w string, to int) string {
	rs := []rune(w)
	out := make([]rune, 0, len(rs))
	for i := 0; i < len(rs); {
		j := i
		for j < len(rs) && rs[j] == rs[i] {
			j++
		}
		n := j - i
		if n >= 3 && rs[i] >= 'a' && rs[i] <= 'z' {
			n = to
		}
		for range n {
			out = append(out, rs[i])
		}
		i = j
	}
	return string(out)
}

// joinSpelled joins words spelled letter by letter, "s t o p" or "s . t . o . p",
// where they make a keyword.
func joinSpelled(words []string) []string {
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		if j, joined := spelledFrom(words, i); joined != "" {
			out = append(out, joined)
			i = j
			continue
		}
		// A repeated sentence mark says nothing more than one.
		if n := len(out); n > 0 && len(words[i]) == 1 && mark(rune(words[i][0])) && out[n-1] == words[i] {
			continue
		}
		out = append(out, words[i])
	}
	return out
}

func spelledFrom(words []string, i int) (last int, joined string) {
	var b strings.Builder
	for j := i; j < len(words) && j < i+24; j++ {
		w := words[j]
		if len(w) == 1 && mark(rune(w[0])) {
			if b.Len() == 0 {
				return 0, ""
			}
			continue
		}
		if len(w) != 1 {
			break
		}
		r := leet(rune(w[0]), false)
		if r < 'a' || r > 'z' {
			break
		}
		b.WriteRune(r)
		if spelledWords[b.String()] {
			last, joined = j, b.String()
		}
	}
	return last, joined
}
