package guard

import (
	"regexp"
	"strings"
)

var (
	ssnRE  = regexp.MustCompile(`\b\d{3}[- .]\d{2}[- .]\d{4}\b`)
	longRE = regexp.MustCompile(`\b\d(?:[ .-]?\d){6,23}\b`)
)

// checkCard is OD-CARD-01: card data asked for, repeated or kept.
func checkCard(m *message) []issue {
	out := m.issues("card")
	if !m.manyDigits() {
		return out
	}
	for _, r := range longRE.FindAllStringIndex(m.plain, -1) {
		d := digits(m.plain[r[0]:r[1]])
		if len(d) >= 13 && len(d) <= 19 && luhn(d) && !m.accountWord(r) {
			out = append(out, m.range_(r))
		}
	}
	return out
}

// checkPII is OD-PII-01: whole identifiers asked for or shown.
func checkPII(m *message) []issue {
	var out []issue
	if m.Purpose != "location" && m.Purpose != "location_information" { // an address is what such a call may confirm
		out = m.issues("pii")
	}
	if !m.manyDigits() {
		return out
	}
	for _, r := range ssnRE.FindAllStringIndex(m.plain, -1) {
		out = append(out, m.range_(r))
	}
	for _, r := range longRE.FindAllStringIndex(m.plain, -1) {
		s := m.plain[r[0]:r[1]]
		d := digits(s)
		switch {
		case m.knownPhone(s) || strings.Contains(m.license(), s) || phoneRE.MatchString(s) && len(d) <= 11 && !m.accountWord(r):
		case len(d) >= 13 && luhn(d) && !m.accountWord(r): // a card: OD-CARD-01
		case len(d) >= 12 || m.accountWord(r):
			out = append(out, m.range_(r))
		}
	}
	return out
}

// accountWord reports whether an account number is announced before r.
func (m *message) accountWord(r []int) bool {
	before := strings.ToLower(m.plain[max(0, r[0]-40):r[0]])
	for _, w := range [...]string{"account", "acct", "routing", "cuenta", "reference", "ssn", "social"} {
		if strings.Contains(before, w) {
			return true
		}
	}
	return false
}

// manyDigits reports whether the text has enough digits for an identifier.
func (m *message) manyDigits() bool {
	n := 0
	for i := range len(m.plain) {
		if m.plain[i] >= '0' && m.plain[i] <= '9' {
			n++
		}
	}
	return n >= 7
}

// range_ is the issue for a range of bytes of the plain text.
func (m *message) range_(r []int) issue {
	if m.origin != nil {
		r = []int{m.origin[r[0]], m.origin[r[1]-1] + 1}
	}
	from, to := m.span(r)
	return issue{from: max(from, 0), to: max(to, 0)}
}

func luhn(d string) bool {
	sum := 0
	for i := range d {
		v := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}
