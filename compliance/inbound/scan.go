package inbound

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// pieceKind says what a piece of a scanned text is.
type pieceKind uint8

const (
	gap    pieceKind = iota // separators
	number                  // digits, however written
	word                    // letters
	masked                  // a mask this package wrote
)

// piece is a stretch of the original text, so that what is found can be cut out
// of it exactly.
type piece struct {
	kind       pieceKind
	start, end int
	// text is the folded word, the plain digits, or the separators.
	text string
	// spoken marks digits that came from number words.
	spoken bool
}

// scan takes a text apart. Invisible characters belong to what they follow.
func scan(text string) []piece {
	ps := make([]piece, 0, 24)
	for i := 0; i < len(text); {
		if n := maskAt(text[i:]); n > 0 {
			ps = append(ps, piece{kind: masked, start: i, end: i + n, text: text[i : i+n]})
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		kind, s := classify(r)
		if s == "" && len(ps) > 0 { // invisible
			ps[len(ps)-1].end = i + n
			i += n
			continue
		}
		if last := len(ps) - 1; last >= 0 && ps[last].kind == kind && ps[last].end == i {
			ps[last].text += s
			ps[last].end = i + n
		} else {
			ps = append(ps, piece{kind: kind, start: i, end: i + n, text: s})
		}
		i += n
	}
	return speak(soften(ps))
}

func classify(r rune) (pieceKind, string) {
	switch {
	case r < 0x80:
		switch {
		case r >= '0' && r <= '9':
			return number, string(r)
		case r >= 'a' && r <= 'z':
			return word, string(r)
		case r >= 'A' && r <= 'Z':
			return word, string(r + 'a' - 'A')
		case r == '\'':
			return gap, ""
		}
		return gap, string(r)
	case invisible(r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r):
		return gap, ""
	}
	if d := digitValue(r); d >= 0 {
		return number, string(rune('0' + d))
	}
	folded := norm.NFKD.String(string(r))
	if allDigits(folded) {
		return number, folded
	}
	if l := lookalikes[unicode.ToLower(r)]; l != 0 {
		return word, string(l)
	}
	if unicode.IsLetter(r) {
		return word, strings.ToLower(strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, folded))
	}
	if p, ok := punctuationFolds[r]; ok {
		return gap, string(p)
	}
	return gap, " "
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// soften reads letters that stand for digits, as in "4ll1 llll OO11 1111": a word
// of o, l and i alone that touches digits or is four letters long.
func soften(ps []piece) []piece {
	for i := range ps {
		if ps[i].kind != word || strings.Trim(ps[i].text, "oli") != "" {
			continue
		}
		touches := i > 0 && ps[i-1].kind == number || i+1 < len(ps) && ps[i+1].kind == number
		if touches || len(ps[i].text) == 4 {
			ps[i].kind = number
			ps[i].text = strings.NewReplacer("o", "0", "l", "1", "i", "1").Replace(ps[i].text)
		}
	}
	return mergeNumbers(ps)
}

func mergeNumbers(ps []piece) []piece {
	out := ps[:0]
	for _, p := range ps {
		if n := len(out); n > 0 && p.kind == number && out[n-1].kind == number && out[n-1].end == p.start {
			out[n-1].text += p.text
			out[n-1].end = p.end
			continue
		}
		out = append(out, p)
	}
	return out
}

var units = numberWords(`zero 0 oh 0 nought 0 nil 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11
 twelve 12 thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19
 cero 0 uno 1 una 1 un 1 dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 doce 12 trece 13 catorce 14
 quince 15 dieciseis 16 diecisiete 17 dieciocho 18 diecinueve 19 veinte 20 veintiuno 21 veintiun 21 veintidos 22 veintitres 23
 veinticuatro 24 veinticinco 25 veintiseis 26 veintisiete 27 veintiocho 28 veintinueve 29`)

var tens = numberWords(`twenty 20 thirty 30 forty 40 fourty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90
 treinta 30 cuarenta 40 cincuenta 50 sesenta 60 setenta 70 ochenta 80 noventa 90`)

var repeats = numberWords(`double 2 triple 3 treble 3 quadruple 4 doble 2`)

func numberWords(list string) map[string]string {
	f := strings.Fields(list)
	m := make(map[string]string, len(f)/2)
	for i := 0; i < len(f); i += 2 {
		m[f[i]] = f[i+1]
	}
	return m
}

// speak turns number words into digits: "forty-one eleven" is 41 11, "double
// four" is 44. A word before hundred or thousand is an amount and stays a word.
func speak(ps []piece) []piece {
	out := make([]piece, 0, len(ps))
	for i := 0; i < len(ps); i++ {
		p := ps[i]
		if p.kind != word {
			out = append(out, p)
			continue
		}
		digits, used := spokenAt(ps[i:])
		if used == 0 {
			out = append(out, p)
			continue
		}
		last := ps[i+used-1]
		out = append(out, piece{kind: number, start: p.start, end: last.end, text: digits, spoken: true})
		i += used - 1
	}
	return out
}

// spokenAt reads the number words at the start of ps and says how many pieces they fill.
func spokenAt(ps []piece) (digits string, used int) {
	if n, ok := repeats[ps[0].text]; ok && len(ps) > 2 && ps[1].kind == gap {
		d, isWord := units[ps[2].text]
		if ps[2].kind == number && len(ps[2].text) <= 2 {
			d, isWord = ps[2].text, true
		}
		if isWord && len(d) <= 2 {
			return strings.Repeat(d, int(n[0]-'0')), 3
		}
		return "", 0
	}
	if t, ok := tens[ps[0].text]; ok {
		// "forty-one", "cuarenta y uno", "forty one".
		for _, at := range []int{2, 4} {
			if len(ps) <= at || ps[at].kind != word || at == 4 && (ps[2].kind != word || ps[2].text != "y") {
				continue
			}
			if u, ok := units[ps[at].text]; ok && len(u) == 1 && u != "0" && short(ps[1]) {
				return t[:1] + u, at + 1
			}
		}
		return t, 1
	}
	if u, ok := units[ps[0].text]; ok {
		if len(ps) > 2 && ps[2].kind == word && magnitude[ps[2].text] {
			return "", 0
		}
		return u, 1
	}
	return "", 0
}

func short(p piece) bool { return p.kind == gap && len(p.text) <= 2 }

var magnitude = wordSet(`hundred thousand grand million cien ciento cientos mil millones`)
