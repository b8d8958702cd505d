package guard

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A token is one word or number of a text, as the rules see it: lower case,
// without accents, look-alikes and invisible characters, contractions spelled
// out ("won't" is two tokens, "will" and "not").
type token struct {
	s          string
	start, end int   // bytes in the original text
	brk        brk   // what stands before it
	sent       int   // index of its sentence
	cap, upper bool  // first letter, all letters (two or more) are capitals
	kind       tkind // word, number, money, percent
	amount     int64 // hundredths, for numbers
}

// tkind is what a token is.
type tkind uint8

const (
	kWord tkind = iota
	kNumber
	kMoney
	kPercent
)

// brk is the boundary before a token.
type brk uint8

const (
	brkNone brk = iota
	brkComma
	brkStrong // ; : ( ) dash, newline in a list
	brkSentence
)

// A nrune is a rune after normalisation and where it came from.
type nrune struct {
	r          rune
	start, end int
}

// normalise maps text to the form the rules read: compatibility forms,
// full-width and foreign digits, look-alike letters of other scripts, curly
// quotes and dashes become plain; zero-width characters and accents go.
// Foreign counts letters of scripts no rule can read.
func normalise(text string) (out []nrune, foreign int) {
	out = make([]nrune, 0, len(text))
	for i, r := range text {
		if r < 0x80 {
			out = append(out, nrune{r, i, i + 1})
			continue
		}
		end := i + len(string(r))
		if r == unicode.ReplacementChar && !strings.HasPrefix(text[i:], "\uFFFD") {
			end = i + 1
		}
		if c, ok := plain[r]; ok {
			if c != 0 {
				out = append(out, nrune{c, i, end})
			}
			continue
		}
		if unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me, unicode.Variation_Selector) {
			continue
		}
		if unicode.Is(unicode.Nd, r) {
			out = append(out, nrune{digitOf(r), i, end})
			continue
		}
		for _, d := range norm.NFKD.String(string(r)) {
			switch {
			case unicode.Is(unicode.Mn, d):
			case d < 0x80:
				out = append(out, nrune{d, i, end})
			case unicode.Is(unicode.Nd, d):
				out = append(out, nrune{digitOf(d), i, end})
			case unicode.IsSpace(d):
				out = append(out, nrune{' ', i, end})
			default:
				if c, ok := plain[d]; ok && c != 0 {
					d = c
				}
				if unicode.IsLetter(d) && !unicode.Is(unicode.Latin, d) {
					foreign++
				}
				out = append(out, nrune{d, i, end})
			}
		}
	}
	return out, foreign
}

// flatten writes the normalised runes as a string, with where each byte stood.
func flatten(text string, rs []nrune) (string, []int) {
	if len(rs) == len(text) && !slices.ContainsFunc(rs, func(n nrune) bool { return n.end != n.start+1 }) {
		return text, nil
	}
	var sb strings.Builder
	origin := make([]int, 0, len(text))
	for _, n := range rs {
		for range len(string(n.r)) {
			origin = append(origin, n.start)
		}
		sb.WriteRune(n.r)
	}
	return sb.String(), origin
}

// digitOf maps a decimal digit of any script to '0'..'9'.
func digitOf(r rune) rune {
	n := rune(0)
	for n < 9 && unicode.Is(unicode.Nd, r-n-1) {
		n++
	}
	return '0' + n%10
}

// plain maps single characters to what they look like or stand for; zero drops.
var plain = func() map[rune]rune {
	m := map[rune]rune{
		'’': '\'', '‘': '\'', 'ʼ': '\'', '´': '\'', '′': '\'', '`': '\'',
		'“': '"', '”': '"', '«': '"', '»': '"', '–': '-', '—': '—', '―': '—', '−': '-', '‐': '-', '‑': '-',
		'…': '.', '¿': '¿', '¡': '¡', '×': '*', '∙': ' ', '•': ' ', '·': ' ',
		'ı': 'i', 'ł': 'l', 'ø': 'o', 'đ': 'd', 'ß': 's', 'ɑ': 'a', 'ɡ': 'g', 'ɩ': 'i', 'ʀ': 'r', 'ꜱ': 's', 'ᴀ': 'a',
		'\u00ad': 0, '\u034f': 0, '\u115f': 0, '\u1160': 0, '\u3164': 0, '\u2800': 0, '\ufeff': 0,
	}
	pairs := []string{
		"аaвbеeзzкkмmнhоoрpсcтtуyхxіiїiјjѕsԁdһhԛqԝwɡgӏlьbпn", "АAВBЕEЗZКKМMНHОOРPСCТTУYХXІIЈJЅSԌG",
		"αaβbεeηnικkνvοoρpτtυuχxγyωwσoςs", "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX",
		"ᴀaʙbᴄcᴅdᴇeɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrsᴛtᴜuᴠvᴡwʏyᴢz",
	}
	for _, p := range pairs {
		rs := []rune(p)
		for i := 0; i+1 < len(rs); i++ {
			if rs[i] >= 0x80 && rs[i+1] < 0x80 {
				m[rs[i]] = rs[i+1]
				i++
			}
		}
	}
	return m
}()

// abbreviations end in a full stop that ends no sentence.
var abbreviations = set("mr mrs ms dr sr sra jr lic no acct ext st ave inc llc ltd co corp dept a p m am pm vs approx est esq num nro tel")

// tokenise splits normalised text into tokens. It keeps where each stood.
func tokenise(rs []nrune) []token {
	toks := make([]token, 0, len(rs)/4+4)
	b, sent := brkSentence, 0
	for i := 0; i < len(rs); {
		r := rs[i].r
		switch {
		case isWordRune(r) || r == '$' && i+1 < len(rs) && (isDigit(rs[i+1].r) || rs[i+1].r == ' ' && i+2 < len(rs) && isDigit(rs[i+2].r)):
			j := wordEnd(rs, i)
			if b == brkSentence && len(toks) > 0 {
				sent++
			}
			toks = appendWord(toks, rs[i:j], b, sent)
			b = brkNone
			i = j
			continue
		case r == ',':
			b = max(b, brkComma)
		case r == ';' || r == ':' || r == '(' || r == ')' || r == '—' || r == '"' || r == '/' && i > 0 && rs[i-1].r == ' ':
			b = max(b, brkStrong)
		case r == '-' && i > 0 && (rs[i-1].r == ' ' || rs[i-1].r == '-'):
			b = max(b, brkStrong)
		case r == '\n':
			b = max(b, brkSentence)
		case r == '!' || r == '?' || r == '¿' || r == '¡':
			b = max(b, brkSentence)
		case r == '.':
			if !abbreviates(toks, rs, i) {
				b = max(b, brkSentence)
			}
		}
		i++
	}
	return readNumberWords(joinSpelled(toks))
}

// abbreviates reports whether the full stop at rs[i] belongs to an abbreviation
// or initials ("Ms.", "U.S. Treasury") and ends no sentence.
func abbreviates(toks []token, rs []nrune, i int) bool {
	if len(toks) == 0 || i+1 < len(rs) && rs[i+1].r == '.' {
		return false
	}
	last := &toks[len(toks)-1]
	if last.s == "no" || last.s == "lic" || last.s == "num" {
		return followedBy(rs, i, isDigit)
	}
	if closers[last.s] {
		return !followedBy(rs, i, unicode.IsUpper)
	}
	if abbreviations[last.s] {
		return true
	}
	if len(last.s) != 1 || last.kind != kWord {
		return false
	}
	if i+1 < len(rs) && unicode.IsLetter(rs[i+1].r) {
		return true
	}
	return len(toks) > 1 && len(toks[len(toks)-2].s) == 1 && toks[len(toks)-2].end+1 == last.start
}

// closers are abbreviations that may as well end a sentence.
var closers = set("inc llc ltd co corp m etc ext st ave dept")

// followedBy reports whether the next sign that is no space is of a kind.
func followedBy(rs []nrune, i int, is func(rune) bool) bool {
	for i++; i < len(rs) && (rs[i].r == ' ' || rs[i].r == '#'); i++ {
	}
	return i < len(rs) && is(rs[i].r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || isDigit(r) }

// wordEnd is where the word or number that starts at i ends.
func wordEnd(rs []nrune, i int) int {
	j := i
	if rs[j].r == '$' {
		j++
		for rs[j].r == ' ' {
			j++
		}
	}
	for j < len(rs) {
		r := rs[j].r
		next := rune(0)
		if j+1 < len(rs) {
			next = rs[j+1].r
		}
		switch {
		case isWordRune(r):
		case (r == '.' || r == ',') && j > i && isDigit(rs[j-1].r) && isDigit(next):
		case r == '\'' && j > i && unicode.IsLetter(rs[j-1].r) && unicode.IsLetter(next):
		case r == '%' && j > i && isDigit(rs[j-1].r):
			return j + 1
		default:
			return j
		}
		j++
	}
	return j
}

// appendWord adds the tokens of one written word: several for a contraction.
func appendWord(toks []token, rs []nrune, b brk, sent int) []token {
	var sb strings.Builder
	letters, uppers := 0, 0
	for _, n := range rs {
		if unicode.IsLetter(n.r) {
			letters++
			if unicode.IsUpper(n.r) {
				uppers++
			}
		}
		if n.r != ' ' {
			sb.WriteRune(unicode.ToLower(n.r))
		}
	}
	t := token{s: sb.String(), start: rs[0].start, end: rs[len(rs)-1].end, brk: b, sent: sent,
		cap: unicode.IsUpper(rs[0].r), upper: letters > 1 && uppers == letters}
	if isDigit(rs[0].r) || rs[0].r == '$' {
		return append(toks, numberToken(t))
	}
	t.s = deleet(t.s)
	parts, ok := contractions[t.s]
	if !ok {
		parts = expand(t.s)
	}
	if parts == nil {
		return append(toks, t)
	}
	for i, p := range parts {
		u := t
		u.s = p
		if i > 0 {
			u.brk = brkNone
			u.cap = false
		}
		toks = append(toks, u)
	}
	return toks
}

// deleet reads digits inside a word as the letters they stand for: "arr3st".
// Words that are only digits and a suffix, as 401k or 15th, stay.
func deleet(s string) string {
	if !strings.ContainsAny(s, "0134578") || strings.IndexFunc(s, unicode.IsLetter) != 0 {
		return s
	}
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < 3 || isDigit(rune(s[len(s)-1])) && letters < len(s)-1 {
		return s
	}
	return leet.Replace(s)
}

var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b")

// expand spells out a contraction, or returns nil. A possessive loses its "'s".
func expand(s string) []string {
	i := strings.LastIndexByte(s, '\'')
	if i <= 0 {
		return nil
	}
	head, tail := s[:i], s[i+1:]
	switch tail {
	case "t":
		if strings.HasSuffix(head, "n") {
			return []string{head[:len(head)-1], "not"}
		}
	case "ll":
		return []string{head, "will"}
	case "re":
		return []string{head, "are"}
	case "ve":
		return []string{head, "have"}
	case "d":
		return []string{head, "would"}
	case "m":
		return []string{head, "am"}
	case "s":
		if pronouns[head] {
			return []string{head, "is"}
		}
		return []string{head}
	}
	return []string{head + tail}
}

var pronouns = set("it he she that there what who here where how this everything nothing nobody everyone somebody one everybody when")

// contractions are the irregular ones, and those written without an apostrophe.
var contractions = map[string][]string{
	"can't": {"can", "not"}, "cant": {"can", "not"}, "cannot": {"can", "not"}, "won't": {"will", "not"}, "wont": {"will", "not"},
	"shan't": {"shall", "not"}, "ain't": {"is", "not"}, "aint": {"is", "not"}, "let's": {"let", "us"}, "lets": {"let", "us"}, "dont": {"do", "not"}, "doesnt": {"does", "not"},
	"didnt": {"did", "not"}, "isnt": {"is", "not"}, "arent": {"are", "not"}, "wasnt": {"was", "not"}, "wouldnt": {"would", "not"}, "couldnt": {"could", "not"},
	"shouldnt": {"should", "not"}, "hasnt": {"has", "not"}, "havent": {"have", "not"}, "youre": {"you", "are"}, "theyre": {"they", "are"},
	"youll": {"you", "will"}, "youve": {"you", "have"}, "weve": {"we", "have"}, "ive": {"i", "have"}, "im": {"i", "am"},
	"thats": {"that", "is"}, "optout": {"opt", "out"}, "gonna": {"going", "to"}, "wanna": {"want", "to"}, "gotta": {"got", "to"}, "y'all": {"you"}, "ma'am": {"maam"},
	"gov't": {"government"}, "govt": {"government"},
}

// joinSpelled joins four or more letters written apart: "a r r e s t".
func joinSpelled(toks []token) []token {
	run := 0
	out := toks[:0]
	for i := range toks {
		single := len(toks[i].s) == 1 && toks[i].kind == kWord
		if single && run > 0 && (toks[i].sent == toks[i-1].sent || toks[i].start == toks[i-1].end+1) {
			run++
		} else if single {
			run = 1
		} else {
			run = 0
		}
		out = append(out, toks[i])
		last := i+1 == len(toks) || len(toks[i+1].s) != 1 || toks[i+1].kind != kWord
		if last && run >= 4 {
			first := len(out) - run
			var sb strings.Builder
			for _, t := range out[first:] {
				sb.WriteString(t.s)
			}
			j := out[first]
			j.s, j.end = sb.String(), out[len(out)-1].end
			out = append(out[:first], j)
			run = 0
		}
	}
	return out
}

// set makes a set of the words in s.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}
