package understand

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/golang-sql/civil"

	"parley/negotiation"
)

// kind is what a token is. Passes turn words and numbers into the later kinds.
type kind uint8

const (
	word    kind = iota
	number       // a number whose meaning isn't known yet
	symbol       // punctuation and signs
	day          // a date
	money        // an amount
	cadence      // how often
	count        // how many payments
	share        // a part of the balance
	ident        // a number that names something: a telephone, a ZIP, a year
)

// token is a piece of the folded text.
type token struct {
	kind kind
	text string
	// num is a number's value in hundredths. digits is how it was written when it
	// was plain digits without a sign or separator.
	num    int64
	digits string
	// ordinal: "15th"; negative: "-50"; glued: no space before it.
	ordinal, negative, glued bool
	// foreign is the currency named when it isn't the dollar.
	foreign string
	// invalid: an amount or day that can't be.
	invalid bool
	date    civil.Date
	cadence negotiation.Cadence
	// weekday: the date came from the name of a day of the week; plural: "fridays".
	weekday, plural bool
	// explicit: the date's year was written.
	explicit bool
	role     string
}

var (
	reISO      = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:\D|$)`)
	reMDY      = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4}|\d{2})(?:[^\d/]|$)`)
	reMD       = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})(?:[^\d/]|$)`)
	reIDRun    = regexp.MustCompile(`^\d+(?:-\d+){2,}`)
	reZIP4     = regexp.MustCompile(`^(\d{5})-\d{4}(?:\D|$)`)
	rePhone7   = regexp.MustCompile(`^\d{3}-\d{4}(?:\D|$)`)
	rePhone    = regexp.MustCompile(`^(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?:\D|$)`)
	reNumber   = regexp.MustCompile(`^\d+(?:[.,]\d+)*`)
	reLetters  = regexp.MustCompile(`^[\pL']+`)
	reClock    = regexp.MustCompile(`^\d{1,2}(?::\d{2})?\s?(?:am|pm|a\.m|p\.m|hrs|h\b|oclock)`)
	reClock24  = regexp.MustCompile(`^\d{1,2}:\d{2}`)
	reRedacted = regexp.MustCompile(`^\[[^\[\]]{1,30}\]`)
)

// lex cuts a folded text into tokens. lang settles what 1.200 and 4/12 mean.
func lex(s, lang string) []token {
	var out []token
	glued := false
	for s != "" {
		if s[0] == ' ' {
			s, glued = s[1:], false
			continue
		}
		t, n := next(s, lang)
		t.glued = glued
		if t.text != "" {
			out = append(out, t)
		}
		s, glued = s[n:], true
	}
	return out
}

// next reads one token and its length in bytes.
func next(s, lang string) (token, int) {
	if m := reRedacted.FindString(s); m != "" {
		return token{kind: ident, text: "[]"}, len(m)
	}
	if m := reLetters.FindString(s); m != "" {
		return token{kind: word, text: strings.ReplaceAll(m, "'", "")}, len(m)
	}
	if s[0] >= '0' && s[0] <= '9' {
		return nextNumber(s, lang)
	}
	if (s[0] == '+' || s[0] == '(') && rePhone.MatchString(s) {
		m := strings.TrimRight(rePhone.FindString(s), " .,;!?")
		return token{kind: ident, text: "phone"}, len(m)
	}
	if s[0] == '.' && len(s) > 1 && s[1] >= '0' && s[1] <= '9' {
		m := reNumber.FindString(s[1:])
		t := token{kind: number, text: "0." + m, num: hundredths("0." + m)}
		return t, len(m) + 1
	}
	size := len(firstRune(s))
	return token{kind: symbol, text: s[:size]}, size
}

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

// nextNumber reads what begins with a digit: dates and telephone numbers as a
// whole, else one number with its suffix.
func nextNumber(s, lang string) (token, int) {
	if m := reISO.FindStringSubmatch(s); m != nil {
		return dayToken(m[1], m[2], m[3], len(m[1]+m[2]+m[3])+2)
	}
	if m := reMDY.FindStringSubmatch(s); m != nil && m[2] == m[4] {
		month, d := monthFirst(m[1], m[3])
		return dayToken(m[5], month, d, len(m[1]+m[3]+m[5])+2)
	}
	if m := reMD.FindStringSubmatch(s); m != nil {
		month, d := monthFirst(m[1], m[2])
		if num(month) >= 1 && num(month) <= 12 && num(d) >= 1 && num(d) <= 31 {
			return dayToken("", month, d, len(m[1]+m[2])+1)
		}
	}
	if m := reZIP4.FindStringSubmatch(s); m != nil {
		return token{kind: number, text: m[1], digits: m[1], num: num(m[1]) * 100}, len(m[1]) + 5
	}
	for _, re := range []*regexp.Regexp{reIDRun, rePhone7, rePhone} {
		if m := re.FindString(s); m != "" {
			m = strings.TrimRightFunc(m, func(r rune) bool { return r < '0' || r > '9' })
			return token{kind: ident, text: "phone"}, len(m)
		}
	}
	if m := reClock.FindString(s); m != "" {
		return token{kind: ident, text: "clock"}, len(m)
	}
	if m := reClock24.FindString(s); m != "" {
		return token{kind: ident, text: "clock"}, len(m)
	}
	return plainNumber(s, lang)
}

// plainNumber reads one number: "1,200.50", "15th", "1.2k".
func plainNumber(s, lang string) (token, int) {
	m := reNumber.FindString(s)
	if i := listComma(m); i > 0 {
		m = m[:i]
	}
	t := token{kind: number, text: m, num: hundredths(m)}
	if strings.Trim(m, "0123456789") == "" {
		t.digits = m
	}
	n := len(m)
	suffix := reLetters.FindString(s[n:])
	switch suffix {
	case "st", "nd", "rd", "th", "ro", "er", "ero", "o":
		t.ordinal = true
		n += len(suffix)
	case "k":
		t.num, t.digits, t.text = kilo(m), "", m+"k"
		n++
	}
	if len(t.digits) > 9 || t.num > maxCents {
		t.num, t.invalid = maxCents, true
	}
	return t, n
}

// maxCents is the largest amount anyone is taken to mean: a million dollars.
const maxCents = 1_000_000_00

// listComma finds a comma that separates numbers, as in "1,2": one digit after it.
func listComma(m string) int {
	i := strings.LastIndexByte(m, ',')
	if i > 0 && len(m)-i-1 < 2 {
		return i
	}
	return -1
}

// hundredths reads a number in either notation as hundredths. Three digits
// after the last separator are thousands: nobody writes tenths of a cent.
func hundredths(m string) int64 {
	last := strings.LastIndexAny(m, ".,")
	whole, frac := m, ""
	if last >= 0 && len(m)-last-1 != 3 {
		whole, frac = m[:last], m[last+1:]
	}
	whole = strings.NewReplacer(",", "", ".", "").Replace(whole)
	if len(whole) > 12 {
		return maxCents + 1
	}
	frac = (frac + "00")[:2]
	return num(whole)*100 + num(frac)
}

// kilo reads "1.2" of "1.2k" as hundredths of 1200.
func kilo(m string) int64 {
	f, err := strconv.ParseFloat(strings.ReplaceAll(m, ",", "."), 64)
	if err != nil || f > 1e6 {
		return maxCents + 1
	}
	return int64(f*1000+0.5) * 100
}

func num(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// monthFirst reads 4/12 the way it is written in the United States, unless it
// can only be the other way.
func monthFirst(a, b string) (month, d string) {
	if num(a) > 12 && num(b) <= 12 {
		return b, a
	}
	return a, b
}

// dayToken makes a date of written numbers; a year of two digits is the one in
// which a person can have been born, or else the coming one, which dates.go settles.
func dayToken(y, m, d string, n int) (token, int) {
	t := token{kind: day, text: "date", explicit: y != ""}
	t.date = civil.Date{Year: int(num(y)), Month: monthOf(num(m)), Day: int(num(d))}
	if len(y) == 2 {
		t.date.Year += 2000
	}
	return t, n
}
