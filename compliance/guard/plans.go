package guard

import (
	"maps"
	"slices"
	"strings"
)

// A term is n payments of an amount, as the text states them.
type term struct {
	n, amount int64
	from, to  int
}

// planIssues adds up the payments the text states. They must make the balance
// or a permitted settlement exactly, to the cent.
func (m *message) planIssues(done []bool) []issue {
	terms := m.terms()
	lines := map[int][]term{}
	for _, t := range terms {
		n := strings.Count(m.text[:m.toks[t.from].start], "\n")
		lines[n] = append(lines[n], t)
	}
	if len(lines) < 2 {
		return m.planIssuesOf(terms, done)
	}
	// Options on lines of their own: each must add up alone.
	var out []issue
	for _, n := range slices.Sorted(maps.Keys(lines)) {
		out = append(out, m.planIssuesOf(lines[n], done)...)
	}
	return out
}

// planIssuesOf adds up terms that belong to one plan.
func (m *message) planIssuesOf(terms []term, done []bool) []issue {
	var out []issue
	several := false
	for _, t := range terms {
		several = several || t.n > 1
	}
	if !several {
		return nil
	}
	sum, n := int64(0), int64(0)
	for _, t := range terms {
		sum, n = sum+t.n*t.amount, n+t.n
	}
	if listed := m.listed(terms); listed != nil {
		terms = listed
		sum, n = 0, 0
		for _, t := range terms {
			sum, n = sum+t.n*t.amount, n+t.n
		}
	}
	first, last := terms[0], terms[len(terms)-1]
	whole := issue{from: first.from, to: last.to}
	ok := m.totalSplit(terms) || Cents(sum) == m.Balance || slices.Contains(m.Settlements, Cents(sum)) || m.alternatives(terms) || m.optionsInARow(terms)
	if ok {
		for _, t := range terms {
			for k := t.from; k < t.to; k++ {
				done[k] = true
			}
		}
	}
	if !ok && !m.subsumed(first.from) {
		whole.detail = "The payments do not add up to the balance or a permitted settlement."
		out = append(out, whole)
	}
	if h := m.headCount(first.from); h > 1 && h != n && ok && Cents(sum) == m.Balance && !m.alternatives(terms) {
		whole.detail = "The number of payments is not the number of payments listed."
		out = append(out, whole)
	}
	return out
}

// listed reads "2 payments of $243.10 and $243.09": the count is that of the
// amounts listed, each paid once. It returns nil if the text is not so.
func (m *message) listed(terms []term) []term {
	if len(terms) != 1 {
		return nil
	}
	t := terms[0]
	out := []term{{1, t.amount, t.from, t.to}}
	for k := t.to; k < len(m.toks) && int64(len(out)) < t.n && m.toks[k].sent == m.toks[t.from].sent; k++ {
		switch {
		case m.toks[k].kind == kMoney && m.toks[k-1].s == "and" || m.toks[k].kind == kMoney && m.toks[k].brk == brkComma:
			out = append(out, term{1, m.toks[k].amount, k, k + 1})
		case m.toks[k].s != "and":
			return nil
		}
	}
	if int64(len(out)) != t.n {
		return nil
	}
	return out
}

// alternatives: several plans in one text, each of which adds up alone.
func (m *message) alternatives(terms []term) bool {
	for _, t := range terms {
		sum := Cents(t.n * t.amount)
		if sum != m.Balance && !slices.Contains(m.Settlements, sum) {
			return false
		}
	}
	return true
}

// totalSplit: "the full $912.50 in 6 payments" names the total, not one payment.
func (m *message) totalSplit(terms []term) bool {
	if len(terms) != 1 {
		return false
	}
	t := terms[0]
	return m.toks[t.from].kind == kMoney && m.at(t.from+1) == "in" && (Cents(t.amount) == m.Balance || slices.Contains(m.Settlements, Cents(t.amount)))
}

// optionsInARow: several options in one sentence, each of one or more terms that
// add up: "$912.50 in one payment, or 5 of $152.09 and one of $152.05".
func (m *message) optionsInARow(terms []term) bool {
	sum := Cents(0)
	for _, t := range terms {
		sum += Cents(t.n * t.amount)
		if sum == m.Balance || slices.Contains(m.Settlements, sum) {
			sum = 0
		}
	}
	return sum == 0
}

// headCount is the number in "12 payments: 11 of …" before token i, or 0.
func (m *message) headCount(i int) int64 {
	for k := i - 1; k >= 1 && k >= i-5 && m.toks[k].sent == m.toks[i].sent; k-- {
		if planAfter[m.toks[k].s] && m.toks[k-1].kind == kNumber {
			return m.toks[k-1].amount / 100
		}
	}
	return 0
}

// terms reads "11 payments of $103.33 and one of $103.37", "3 × $100",
// "$103.33 a month for 12 months".
func (m *message) terms() []term {
	var out []term
	used := map[int]bool{}
	add := func(n int64, money, from, to int) {
		if used[money] || n < 1 || n > 1000 {
			return
		}
		used[money] = true
		out = append(out, term{n, m.toks[money].amount, from, to})
	}
	for i := range m.toks {
		t := &m.toks[i]
		switch {
		case t.kind == kNumber && t.amount%100 == 0:
			if k := m.moneyAfterCount(i); k > 0 {
				add(t.amount/100, k, i, k+1)
			}
		case t.kind == kMoney && !used[i]:
			if m.isLast(i) && len(out) > 0 {
				add(1, i, i, i+1)
			} else if n, k := m.countAfterMoney(i); n > 0 {
				add(n, i, i, k)
			}
		}
	}
	return out
}

var (
	termWords = set("payments payment of at for installments instalments equal monthly biweekly weekly x pagos pago de mensuales cuotas cuota parts checks easy months with mensualidades por")
	lastWords = set("last final ultimo ultima then plus remaining un una uno")
)

var ordinals = set("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth last final")

// moneyAfterCount finds the amount in "11 [monthly] payments of $103.33".
func (m *message) moneyAfterCount(i int) int {
	for k := i + 1; k < len(m.toks) && k < i+6; k++ {
		t := &m.toks[k]
		if t.sent != m.toks[i].sent || t.brk >= brkComma && !(t.kind == kMoney && t.brk == brkStrong && m.enumerates(i, k)) {
			return 0
		}
		if t.kind == kMoney {
			if k == i+1 && !(m.toks[i].end < len(m.text) && m.starBetween(i, k)) {
				return 0
			}
			return k
		}
		if !termWords[t.s] {
			return 0
		}
	}
	return 0
}

// enumerates: "2 payments: $243.10 and $243.09" lists as many amounts from token
// k on as the number at token i says.
func (m *message) enumerates(i, k int) bool {
	n := int64(0)
	for ; k < len(m.toks) && m.toks[k].sent == m.toks[i].sent; k++ {
		switch {
		case m.toks[k].kind == kMoney:
			n++
		case m.toks[k].s != "and" && m.toks[k].s != "y" && m.toks[k].s != "then":
			return n == m.toks[i].amount/100
		}
	}
	return n == m.toks[i].amount/100
}

// starBetween reports whether a sign of multiplication stands between tokens.
func (m *message) starBetween(i, k int) bool {
	for _, r := range m.text[min(m.toks[i].end, m.toks[k].start):m.toks[k].start] {
		if r == '*' || r == '×' || r == 'x' || r == '@' {
			return true
		}
	}
	return false
}

// isLast: "and a final $103.37", "and one of $103.37", "+206.65".
func (m *message) isLast(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5 && m.toks[k].sent == m.toks[i].sent; k-- {
		if m.toks[k].kind == kMoney {
			break
		}
		if lastWords[m.toks[k].s] {
			return true
		}
	}
	for k := i + 1; k < i+5 && k < len(m.toks) && m.toks[k].sent == m.toks[i].sent && m.toks[k].kind != kMoney; k++ {
		if hasOrdinal(m.toks[k].s) || ordinals[m.toks[k].s] {
			return true
		}
	}
	return strings.HasSuffix(strings.TrimRight(m.text[:m.toks[i].start], " "), "+")
}

var everyWords = set("a per every each month monthly al cada mes por mensuales mensual week weekly for over durante x times in across to spread")

// countAfterMoney reads "$103.33 a month for 12 months" after the amount at i.
func (m *message) countAfterMoney(i int) (n int64, to int) {
	for k := i + 1; k < len(m.toks) && k < i+7; k++ {
		t := &m.toks[k]
		if t.sent != m.toks[i].sent || t.brk >= brkComma || t.kind == kMoney {
			return 0, 0
		}
		if t.kind == kNumber {
			if planAfter[m.at(k+1)] || m.at(k+1) == "times" || m.at(k-1) == "x" {
				return t.amount / 100, k + 2
			}
			return 0, 0
		}
		if !everyWords[t.s] {
			return 0, 0
		}
	}
	return 0, 0
}
