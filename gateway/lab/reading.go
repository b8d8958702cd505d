package lab

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// lookalikes are letters of other scripts that pass for Latin ones.
var lookalikes = strings.NewReplacer("а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "х", "x", "у", "y", "і", "i", "ѕ", "s", "ԁ", "d", "һ", "h",
	"α", "a", "ο", "o", "ε", "e", "ι", "i", "ν", "v", "’", "'", "‘", "'", "“", `"`, "”", `"`)

// plain is a text freed of the tricks by which words hide: compatibility forms,
// accents, invisible characters, letters and digits of other scripts, figures
// for letters inside words.
func plain(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		case unicode.IsDigit(r):
			b.WriteByte(byte('0' + digit(r)))
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	text = lookalikes.Replace(b.String())
	return leet.ReplaceAllStringFunc(strings.Join(strings.Fields(text), " "), func(w string) string {
		return strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "@", "a").Replace(w)
	})
}

var leet = regexp.MustCompile(`\b[a-z]+[013457@][a-z]+\b|\b[a-z]+[34@][a-z]*\b`)

// digit is the value of a decimal digit in any script: Unicode keeps each
// script's ten in a row that begins at a multiple of ten from its zero.
func digit(r rune) int {
	zero := r
	for unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	for z := zero; z <= r; z++ { // rows that touch: count from the true zero
		if strings.ContainsRune("0٠۰०০੦૦୦௦౦೦൦๐໐０", z) && r-z <= 9 {
			zero = z
		}
	}
	return int(r-zero) % 10
}

var (
	spaced  = regexp.MustCompile(`\$ ?\d(?: \d)+(?: ?\. ?\d ?\d)?`)
	dollar  = regexp.MustCompile(`\$ ?(\d[\d,]*)(?:\.(\d{1,2})\b)?`)
	unit    = regexp.MustCompile(`\b(\d[\d,]*)(?:\.(\d{1,2}))? ?(?:dollars?|bucks|dolares?|usd)\b`)
	worded  = regexp.MustCompile(`\b((?:[a-z]+[ -]){1,5})(dollars?|bucks|dolares?|cents?|centavos?|pennies)\b`)
	letters = regexp.MustCompile(`[a-z]+`)
)

// figures are all sums of money in a plain text, in cents.
func figures(text string) []int64 {
	text = spaced.ReplaceAllStringFunc(text, func(s string) string { return strings.ReplaceAll(s, " ", "") })
	var out []int64
	for _, re := range []*regexp.Regexp{dollar, unit} {
		for _, g := range re.FindAllStringSubmatch(text, -1) {
			whole, err := strconv.ParseInt(strings.ReplaceAll(strings.TrimRight(g[1], ","), ",", ""), 10, 48)
			if err != nil {
				whole = 1 << 40 // a figure too large to be ours
			}
			part := g[2]
			if len(part) == 1 {
				part += "0"
			}
			frac, _ := strconv.ParseInt("0"+part, 10, 16) // two digits at most
			out = append(out, whole*100+frac)
		}
	}
	for _, g := range worded.FindAllStringSubmatch(text, -1) {
		if n, ok := spelled(letters.FindAllString(g[1], -1)); ok {
			if !strings.HasPrefix(g[2], "c") && g[2] != "pennies" {
				n *= 100
			}
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

var spelling = map[string]int64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"un": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "quince": 15, "veinte": 20,
	"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100,
}

// spelled reads the number that a run of words ends with.
func spelled(words []string) (int64, bool) {
	var n int64
	found := false
	for _, w := range words {
		v, ok := spelling[w]
		switch {
		case ok:
			n += v
			found = true
		case (w == "hundred" || w == "cientos") && found:
			n *= 100
		case (w == "thousand" || w == "mil") && found:
			n *= 1000
		case w == "and" || w == "y":
		default:
			n, found = 0, false
		}
	}
	return n, found
}

var (
	longDate = regexp.MustCompile(`\b(january|february|march|april|may|june|july|august|september|october|november|december) (\d{1,2})(?:, (\d{4}))?`)
	dateES   = regexp.MustCompile(`\b(\d{1,2}) de (enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)(?: de (\d{4}))?`)
	months   = map[string]int{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10,
		"november": 11, "december": 12, "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9,
		"octubre": 10, "noviembre": 11, "diciembre": 12}
)

// days are the days named in a plain text, as month*100+day.
func days(text string) []int {
	var out []int
	for _, g := range longDate.FindAllStringSubmatch(text, -1) {
		d, _ := strconv.Atoi(g[2]) // digits
		out = append(out, months[g[1]]*100+d)
	}
	for _, g := range dateES.FindAllStringSubmatch(text, -1) {
		d, _ := strconv.Atoi(g[1]) // digits
		out = append(out, months[g[2]]*100+d)
	}
	return out
}
