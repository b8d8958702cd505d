package guard

import (
	"slices"
	"strings"
)

// checkFacts is OD-AMOUNT-01: each figure, date and name of the text is the
// account's, the engine's, the person's own, or one the law knows.
func checkFacts(m *message) []issue {
	done := m.explained()
	out := append(m.issues("approximate"), m.unreadable()...)
	if m.Balance > 0 && !m.Deceased && !m.Bankruptcy {
		out = append(out, m.issues("paidoff")...)
	}
	out = append(out, m.planIssues(done)...)
	out = append(out, m.datedTotal(done)...)
	out = append(out, m.dateIssues(done)...)
	out = append(out, m.reachIssues(done)...)
	for i := range m.toks {
		t := &m.toks[i]
		if done[i] || t.kind == kWord || m.subsumed(i) {
			continue
		}
		ok := false
		switch t.kind {
		case kMoney:
			ok = m.knownMoney(i)
		case kPercent:
			ok = m.knownPercent(t.amount)
		case kNumber:
			ok = m.knownCount(i)
		}
		if !ok {
			out = append(out, issue{from: i, to: i + 1, detail: "This figure is not in the record."})
		}
	}
	return append(out, m.nameIssues()...)
}

// unreadable finds an amount whose number can't be read: "L dollars".
func (m *message) unreadable() []issue {
	var out []issue
	for i := range m.toks {
		switch m.toks[i].s {
		case "dollars", "bucks", "dolares":
		default:
			continue
		}
		prev := m.at(i - 1)
		if i > 0 && m.toks[i-1].kind == kWord && m.toks[i].brk == brkNone && (len(prev) < 3 && prev != "in" && prev != "us" && prev != "of" && prev != "en" && prev != "de" || roman(prev)) {
			out = append(out, issue{from: i - 1, to: i + 1, detail: "This figure can't be read."})
		}
	}
	return out
}

// roman reports a number in Roman numerals.
func roman(s string) bool { return s != "" && strings.Trim(s, "ivxlcdm") == "" }

// moneyRules explain an amount by a finding of their own in the same sentence;
// any rule that blocks explains other figures.
var moneyRules = []string{"OD-FEE-01", "OD-OFFER-01", "OD-OFFER-02", "OD-GARNISH-01", "OD-BK-01", "OD-ATTY-02", "OD-DISPUTE-02", "OD-CEASE-01", "OD-CRISIS-01", "OD-CONFIRM-01",
	"OD-TBD-02", "OD-CARD-01", "OD-PII-01", "OD-LCM-01", "OD-LOC-01", "OD-DEC-01", "OD-REGE-01", "OD-POSTDATE-01", "OD-FINADV-01", "OD-TAX-01", "OD-3P-01"}

// subsumed reports whether a more specific rule has already refused the words.
func (m *message) subsumed(i int) bool {
	s := m.toks[i].sent
	for _, f := range m.found {
		if f.sent != s || f.Outcome == rewrite {
			continue
		}
		if m.toks[i].kind != kMoney || slices.Contains(moneyRules, f.Rule) {
			return true
		}
	}
	return m.optOutLine(s) && m.says("optout_bad")
}

// optOutLine reports whether sentence s is about opting out.
func (m *message) optOutLine(s int) bool {
	for _, set := range [...]string{"optout_bad", "optout_en", "optout_es"} {
		for _, h := range m.hits[m.match.index[set]] {
			if m.toks[h.from].sent == s {
				return true
			}
		}
	}
	return false
}

// explained marks the tokens that stand in a literal the facts have: licence
// number, telephone, address, link, name.
func (m *message) explained() []bool {
	done := make([]bool, len(m.toks))
	lower := strings.ToLower(m.text)
	mark := func(lit string) {
		lit = strings.ToLower(strings.TrimSpace(lit))
		if len(lit) < 3 {
			return
		}
		for at := 0; ; {
			i := strings.Index(lower[at:], lit)
			if i < 0 {
				return
			}
			from, to := at+i, at+i+len(lit)
			for k := range m.toks {
				if m.toks[k].start >= from && m.toks[k].end <= to {
					done[k] = true
				}
			}
			at = to
		}
	}
	if len(lower) != len(m.text) {
		return done
	}
	for _, s := range [...]string{m.license(), m.Callback, m.Collector, m.Brand, m.Creditor, m.Original, m.Consumer, m.Attorney, m.LCMBusinessName} {
		mark(s)
	}
	for _, list := range [...][]string{m.Names, m.Phones, m.Links} {
		for _, s := range list {
			mark(s)
		}
	}
	return done
}

// knownMoney reports whether the amount at token i may be named.
func (m *message) knownMoney(i int) bool {
	c := Cents(m.toks[i].amount)
	if c == m.Balance || slices.Contains(m.Amounts, c) || slices.Contains(m.Settlements, c) {
		return true
	}
	if slices.Contains(m.Statutory, c) || m.saving(i) {
		return true
	}
	return slices.Contains(m.Theirs, c) && m.labelledTheirs(m.toks[i].sent)
}

// labelledTheirs reports whether the sentence says that the figure is the person's.
func (m *message) labelledTheirs(sent int) bool {
	for _, h := range m.hits[m.match.index["theirs"]] {
		if m.toks[h.from].sent == sent {
			return true
		}
	}
	return false
}

// knownPercent reports whether the share, in hundredths of a percent, is that of
// a permitted settlement, or all or nothing.
func (m *message) knownPercent(p int64) bool {
	if p == 0 || p == 10000 {
		return true
	}
	if m.Balance <= 0 {
		return false
	}
	for _, s := range m.Settlements {
		share := (int64(s)*10000 + int64(m.Balance)/2) / int64(m.Balance)
		if abs(share-p) < 50 || abs(10000-share-p) < 50 {
			return true
		}
	}
	return false
}

func abs(n int64) int64 { return max(n, -n) }

// lawful counts are those the law or common speech fixes: "3 business days"
// before a debit, "30 days" to dispute, the crisis line's number.
var lawfulCounts = map[string][]int64{
	"day": {3, 5, 7, 10, 30, 35, 60}, "days": {3, 5, 7, 10, 30, 35, 60}, "dias": {3, 5, 7, 10, 30, 35, 60}, "business": {3, 5, 7, 10}, "day's": {30},
	"calendar": {5, 30}, "habiles": {3, 5, 10}, "hours": {24, 48, 72}, "hour": {24}, "horas": {24, 48}, "minutes": nil,
}

var (
	numbersAlone = map[int64]bool{0: true, 1: true, 911: true, 988: true, 1099: true, 401: true}
	countBefore  = set("chapter form section title option step number press oprima oprimir marque presione key line question reply opcion capitulo paso numero part point room suite box apt version ca lic license licence nmls no po regulation reg usc cfr")
	choiceAfter  = set("options option choices ways things questions steps opciones formas maneras parts copies minutes minute minutos ideas plans sizes links times")
	planAfter    = set("payments payment installments instalments pagos cuotas months month meses mes monthly equal mensuales mensualidades parts partes weeks biweekly weekly quincenas semanas paychecks smaller even easy simple pago")
	timeAfter    = set("am pm a p oclock noon")
)

// knownCount reports whether the bare number at token i is harmless or true.
func (m *message) knownCount(i int) bool {
	t := &m.toks[i]
	n := t.amount / 100
	if t.amount%100 == 0 && (numbersAlone[n] || slices.Contains(m.Counts, int(n))) {
		return true
	}
	if t.amount >= 2000 && m.knownMoney(i) && !accountNoun[m.at(i+1)] {
		return true
	}
	next, prev := m.at(i+1), m.at(i-1)
	if countBefore[prev] || choiceAfter[next] && n <= 5 || next == "digits" && n <= 4 || next == "more" && planAfter[m.at(i+2)] && n <= 12 || timeAfter[next] {
		return true
	}
	if m.lastFour(i) || m.clock(i) || m.itemNumber(i) {
		return true
	}
	if m.houseNumber(i) && (m.Purpose == "location" || m.Purpose == "location_information") {
		return true
	}
	if m.assertsCount(i) {
		return false
	}
	switch prev {
	case "missed", "skipped", "late", "behind", "made", "broken", "broke", "returned", "for", "been", "than":
		if accountNoun[next] && prev != "for" || prev == "been" {
			return false
		}
	}
	if planAfter[next] || planAfter[m.at(i+2)] && (next == "equal" || next == "monthly" || next == "easy" || next == "smaller" || next == "weekly") {
		return m.MaxInstalments == 0 || n <= int64(m.MaxInstalments)
	}
	if slices.Contains(lawfulCounts[next], n) {
		return !m.assertsCount(i)
	}
	return (next == "of" || next == "de") && n <= 24 || n <= 3 && !accountNoun[next] && !accountNoun[m.at(i+2)]
}

// streetWords end the name of a street.
var streetWords = set("street st avenue ave road rd lane ln drive dr court ct boulevard blvd way place terrace circle")

// houseNumber: "14 Oak Avenue".
func (m *message) houseNumber(i int) bool {
	for k := i + 1; k < len(m.toks) && k < i+5 && m.toks[k].cap && m.toks[k].brk == brkNone; k++ {
		if streetWords[m.toks[k].s] {
			return true
		}
	}
	return false
}

// itemNumber: "2." or "2)" before an item of a list.
func (m *message) itemNumber(i int) bool {
	t := &m.toks[i]
	if t.amount > 2000 || t.end >= len(m.text) {
		return false
	}
	before := strings.TrimRight(m.text[:t.start], " (")
	first := before == "" || strings.HasSuffix(before, "\n")
	switch m.text[t.end] {
	case ')':
		return true
	case '.', ':':
		return first
	}
	return false
}

// accountNoun are things whose number is a fact about the account.
var accountNoun = set(`accounts account debts payments missed late days months weeks years calls letters notices times messages emails cards loans cuentas deudas anos dias meses semanas cartas llamadas
	bureaus attempts others collectors`)

// assertsCount: "30 days past due" is a fact about the account, "30 days" to dispute isn't.
func (m *message) assertsCount(i int) bool {
	for k := i + 1; k < i+5; k++ {
		switch m.at(k) {
		case "past", "late", "overdue", "behind", "delinquent", "old", "vencida", "vencido", "atraso", "atrasada":
			return true
		}
	}
	return false
}

// at is the word of token i, or "".
func (m *message) at(i int) string {
	if i < 0 || i >= len(m.toks) {
		return ""
	}
	return m.toks[i].s
}

// lastFour reports whether the number is what an account or card ends in. For
// an account the digits must be the account's.
func (m *message) lastFour(i int) bool {
	if len(m.toks[i].s) != 4 {
		return false
	}
	card := false
	for k := max(0, i-7); k < i; k++ {
		card = card || m.toks[k].s == "card" || m.toks[k].s == "tarjeta"
	}
	for k := max(0, i-4); k < i; k++ {
		switch m.toks[k].s {
		case "ending", "ends", "end", "termina", "terminada", "terminacion", "account", "acct", "digits", "cuenta", "terminado":
			return card && m.toks[k].s != "account" || m.toks[i].s == m.AccountLast4
		}
	}
	return false
}

// clock reports whether the number belongs to a time of day.
func (m *message) clock(i int) bool {
	t := &m.toks[i]
	n := t.amount / 100
	if n > 59 || t.amount%100 != 0 {
		return n == 24 && m.at(i+1) == "7"
	}
	if t.end < len(m.text) && (m.text[t.end] == ':' || m.text[t.end] == '/') && i+1 < len(m.toks) && m.toks[i+1].kind == kNumber {
		return true
	}
	if t.start > 0 && (m.text[t.start-1] == ':' || m.text[t.start-1] == '/') && i > 0 && m.toks[i-1].kind == kNumber {
		return true
	}
	if n > 12 {
		return false
	}
	hours := func(k int) bool {
		return k >= 0 && k < len(m.toks) && m.toks[k].kind == kNumber && m.toks[k].amount <= 1200
	}
	joins := func(s string) bool { return s == "to" || s == "and" || s == "a" || s == "y" }
	if joins(m.at(i+1)) && hours(i+2) || joins(m.at(i-1)) && hours(i-2) || timeAfter[m.at(i+3)] && hours(i+2) {
		return m.mentionsHours(i)
	}
	return (m.at(i-1) == "at" || m.at(i-1) == "las" || m.at(i-1) == "after" || m.at(i-1) == "before" || m.at(i-1) == "between" || m.at(i-1) == "from") && !planAfter[m.at(i+1)]
}

// mentionsHours reports whether days or hours stand near token i.
func (m *message) mentionsHours(i int) bool {
	for k := max(0, i-8); k < min(len(m.toks), i+8); k++ {
		switch s := m.toks[k].s; {
		case weekdays[s] > 0, timeAfter[s], s == "weekdays", s == "between", s == "from", s == "entre", s == "hours", s == "daily", s == "mondays", s == "fridays", s == "de":
			return true
		}
	}
	return false
}

// dateIssues checks every date, and marks its tokens as done.
func (m *message) dateIssues(done []bool) []issue {
	var out []issue
	for _, d := range dates(m.text, m.toks) {
		skip := m.subsumed(d.from)
		for k := d.from; k < d.to; k++ {
			skip = skip || done[k]
			done[k] = true
		}
		if skip || m.known(d) || m.openDate(d) {
			continue
		}
		out = append(out, issue{from: d.from, to: d.to, detail: "This date is not in the record."})
	}
	return out
}

// openDate: a question, an invitation or office hours name a day or month without
// claiming that it is in the record.
func (m *message) openDate(d day) bool {
	if d.weekday == 0 && !d.relative && (d.day > 0 || d.year > 0) {
		return false
	}
	if m.question(m.toks[d.from].sent) {
		return true
	}
	for _, h := range m.hits[m.match.index["openday"]] {
		if h.from <= d.from && d.from < h.to+1 {
			return true
		}
	}
	return false
}

// question reports whether sentence s ends in a question mark.
func (m *message) question(s int) bool {
	last := -1
	for i := range m.toks {
		if m.toks[i].sent == s {
			last = i
		}
	}
	if last < 0 {
		return false
	}
	rest := m.text[m.toks[last].end:]
	for _, r := range rest {
		switch r {
		case '?', '？':
			return true
		case ' ', ')', '"', '\'':
			continue
		}
		return false
	}
	return false
}
