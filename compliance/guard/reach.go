package guard

import (
	"regexp"
	"strings"
)

var (
	linkRE  = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>"]+|\b[a-z0-9][a-z0-9._%+-]*@[a-z0-9.-]+\.[a-z]{2,}\b|\b(?:[a-z0-9-]+\.)+(?:com|net|org|gov|info|co|us|biz|io|me|ly|app|link|pay|example|test|online|site|xyz|top)(?:/[^\s<>"]*)?`)
	phoneRE = regexp.MustCompile(`(?:\+?1[-. ]?)?\(?\b\d{3}\)?[-. ]?\d{3}[-. ]\d{4}\b|\b1?\d{10}\b|\+1\d{10}\b`)
	// publicHosts belong to bodies a person may be pointed to.
	publicHosts = []string{"consumerfinance.gov", "cfpb.gov", "ftc.gov", "identitytheft.gov", "irs.gov", "annualcreditreport.com", "988lifeline.org", "usa.gov", "lawhelp.org", "lsc.gov", "donotcall.gov", "militaryonesource.mil", "nyc.gov", "ca.gov"}
)

// reachIssues checks telephone numbers and links; both lead the person
// somewhere, so both must be ours or a public body's.
func (m *message) reachIssues(done []bool) []issue {
	var out []issue
	if strings.ContainsAny(m.text, ".@:") {
		for _, r := range linkRE.FindAllStringIndex(m.text, -1) {
			from, to := m.span(r)
			if from < 0 {
				continue
			}
			bad := !m.knownLink(m.text[r[0]:r[1]]) && !m.subsumed(from)
			for k := from; k < to; k++ {
				bad = bad && !done[k]
				done[k] = true
			}
			if bad {
				out = append(out, issue{from: from, to: to, detail: "This link or address is not in the record."})
			}
		}
	}
	if !m.manyDigits() {
		return out
	}
	for _, r := range phoneRE.FindAllStringIndex(m.plain, -1) {
		is := m.range_(r)
		from, to := is.from, is.to
		known := m.knownPhone(m.plain[r[0]:r[1]])
		bad := !known && !m.subsumed(from)
		for k := from; k < to; k++ {
			bad = bad && !done[k]
			done[k] = true
		}
		if bad {
			out = append(out, issue{from: from, to: to, detail: "This telephone number is not in the record."})
		}
	}
	return out
}

// span are the tokens that overlap a byte range.
func (m *message) span(r []int) (from, to int) {
	from = -1
	for i := range m.toks {
		if m.toks[i].start < r[1] && m.toks[i].end > r[0] {
			if from < 0 {
				from = i
			}
			to = i + 1
		}
	}
	return from, to
}

func (m *message) knownPhone(s string) bool {
	d := digits(s)
	d = d[max(0, len(d)-10):]
	for _, p := range append([]string{m.Callback}, m.Phones...) {
		k := digits(p)
		if len(k) >= 10 && k[len(k)-10:] == d {
			return true
		}
	}
	return false
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, s)
}

// knownLink reports whether a link is listed, a public body's, or at the
// speaker's own domain.
func (m *message) knownLink(s string) bool {
	s = strings.ToLower(strings.TrimRight(s, ".,;:)!?"))
	for _, l := range m.Links {
		if strings.HasPrefix(s, strings.ToLower(l)) || trimScheme(s) == trimScheme(strings.ToLower(l)) {
			return true
		}
	}
	host := trimScheme(s)
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		host = host[i+1:]
	}
	if i := strings.IndexAny(host, "/?#:"); i >= 0 {
		host = host[:i]
	}
	for _, p := range publicHosts {
		if host == p || strings.HasSuffix(host, "."+p) {
			return true
		}
	}
	labels := strings.Split(host, ".")
	if len(labels) < 2 {
		return false
	}
	own := labels[len(labels)-2]
	for _, n := range [...]string{m.Collector, m.Brand, m.Creditor} {
		if n != "" && own == squash(shortName(n)) {
			return true
		}
	}
	return false
}

func trimScheme(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	return strings.TrimPrefix(s, "www.")
}

func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || isDigit(r) {
			return r
		}
		return -1
	}, strings.ToLower(s))
}
