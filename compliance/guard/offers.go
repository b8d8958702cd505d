package guard

import (
	"slices"
	"time"
)

// floor is the least that settles the account.
func (f *Facts) floor() Cents {
	if f.FloorPct > 0 {
		bp := int64(f.FloorPct*100 + 0.5)
		return Cents((int64(f.Balance)*bp + 9999) / 10000)
	}
	if len(f.Settlements) == 0 {
		return f.Balance
	}
	return slices.Min(f.Settlements)
}

// checkOffer is OD-OFFER-01: settlements the engine did not permit, plans that
// are too long, and terms only a human may grant.
func checkOffer(m *message) []issue {
	out := m.issues("offer")
	inPlan := map[int]bool{}
	for _, t := range m.terms() {
		for k := t.from; k < t.to; k++ {
			inPlan[k] = true
		}
		if m.MaxInstalments > 0 && t.n > int64(m.MaxInstalments) {
			out = append(out, issue{from: t.from, to: t.to, detail: "The plan has more payments than are allowed."})
		}
	}
	out = append(out, m.longPlans()...)
	inDate := map[int]bool{} // a year is no amount
	for _, d := range dates(m.text, m.toks) {
		for k := d.from; k < d.to; k++ {
			inDate[k] = true
		}
	}
	for _, h := range m.raised("settle") {
		for i := h.from; i < h.to; i++ {
			t := &m.toks[i]
			if inDate[i] && t.kind == kNumber {
				continue
			}
			if m.otherOption(i, h.to) || m.saving(i) {
				continue
			}
			switch {
			case (t.kind == kMoney || t.kind == kNumber && t.amount >= 10000) && !inPlan[i] && !m.instalment(i) && !m.maySettle(Cents(t.amount)):
			case t.kind == kPercent && !m.knownPercent(t.amount) && m.at(i+1) != "of" || t.kind == kPercent && t.amount < int64(m.FloorPct*100):
			case shares[t.s] > 0 && !m.knownPercent(shares[t.s]):
			default:
				continue
			}
			if (m.refuses(t.sent) || m.at(h.from-1) == "you" && slices.Contains(m.Theirs, Cents(t.amount))) && m.labelledTheirs(t.sent) {
				continue
			}
			out = append(out, issue{from: h.from, to: h.to, detail: "This settlement is not one that may be offered."})
		}
	}
	return append(out, m.planTotals()...)
}

// saving reports whether the amount at token i is what a permitted settlement
// takes off the balance, said to be that.
func (m *message) saving(i int) bool {
	if m.toks[i].kind != kMoney {
		return false
	}
	for k := max(0, i-4); k < min(len(m.toks), i+3); k++ {
		switch m.toks[k].s {
		case "save", "saves", "saving", "savings", "discount", "off", "less", "ahorra", "ahorro", "descuento":
			return slices.Contains(m.Settlements, m.Balance-Cents(m.toks[i].amount))
		}
	}
	return false
}

// otherOption: "2 payments of $620.00, or settle for $744.00": what settles is
// another option than the amount at token i.
func (m *message) otherOption(i, to int) bool {
	if m.toks[i].kind != kMoney {
		return false
	}
	for k := i + 1; k < to; k++ {
		switch m.toks[k].s {
		case "or", "o":
			return m.toks[k].brk == brkComma || m.toks[k].brk == brkStrong
		}
	}
	return false
}

// refuses reports whether the sentence declines what the person asked.
func (m *message) refuses(sent int) bool {
	for i := range m.toks {
		if m.toks[i].sent == sent && (negators[m.toks[i].s] || m.toks[i].s == "unable") {
			return true
		}
	}
	return false
}

// planTotals: payments that together stay below what may be taken, offered as
// settling the account.
func (m *message) planTotals() []issue {
	terms := m.terms()
	if len(terms) == 0 || !m.mentions("settled") {
		return nil
	}
	sum := Cents(0)
	for _, t := range terms {
		sum += Cents(t.n * t.amount)
	}
	if m.Balance > 0 && sum < m.floor() {
		return []issue{{from: terms[0].from, to: terms[len(terms)-1].to, detail: "The payments stay below what may settle the account."}}
	}
	return nil
}

// shares are fractions in words, in hundredths of a percent of the balance.
var shares = map[string]int64{"half": 5000, "mitad": 5000, "quarter": 2500, "third": 3333, "tercio": 3333}

// maySettle reports whether the amount may be offered to settle the account.
func (m *message) maySettle(c Cents) bool {
	if c == m.Balance {
		return true
	}
	if len(m.Settlements) > 0 {
		return slices.Contains(m.Settlements, c)
	}
	return c >= m.floor()
}

// instalment: the amount at token i is one payment of several.
func (m *message) instalment(i int) bool {
	for k := i + 1; k < i+4; k++ {
		switch m.at(k) {
		case "month", "monthly", "mes", "mensuales", "week", "weekly", "biweekly", "paycheck", "down", "toward", "towards", "each":
			return true
		}
	}
	for k := max(0, i-7); k < i; k++ {
		if m.toks[k].sent == m.toks[i].sent && (m.toks[k].s == "monthly" || m.toks[k].s == "weekly" || m.toks[k].s == "mensual") {
			return true
		}
	}
	switch m.at(i - 1) {
	case "of", "de":
		return planAfter[m.at(i-2)]
	}
	return false
}

// longPlans: "36 months", "two years to pay".
func (m *message) longPlans() []issue {
	if m.MaxInstalments == 0 {
		return nil
	}
	var out []issue
	for i := range m.toks {
		t := &m.toks[i]
		if t.kind != kNumber || t.amount%100 != 0 {
			continue
		}
		n, next := t.amount/100, m.at(i+1)
		switch next {
		case "payments", "installments", "instalments", "months", "pagos", "cuotas", "meses", "month", "mensualidades":
		case "year", "years", "anos":
			n *= 12
		default:
			continue
		}
		if n > int64(m.MaxInstalments) && n < 400 && m.planTalk(i) && m.at(i+2) != "since" {
			out = append(out, issue{from: i, to: i + 2, detail: "The plan is longer than is allowed."})
		}
	}
	return out
}

// planTalk reports whether the number at token i is about how long to pay.
func (m *message) planTalk(i int) bool {
	for _, h := range m.hits[m.match.index["plantalk"]] {
		if m.toks[h.from].sent == m.toks[i].sent {
			return true
		}
	}
	return false
}

// checkUrgency is OD-URGENCY-01: a deadline must be the record's.
func checkUrgency(m *message) []issue {
	out := m.issues("urgency")
	for _, h := range m.raised("expires") {
		if !m.realDeadline(h) {
			out = append(out, issue{from: h.from, to: h.to})
		}
	}
	return out
}

// realDeadline reports whether the sentence of h names the offer's real last
// day, or a date that the record has as the person's own payment day.
func (m *message) realDeadline(h hit) bool {
	exp, err := time.Parse(time.DateOnly, m.OfferExpires)
	today, _ := time.Parse(time.DateOnly, m.Today)
	for _, d := range dates(m.text, m.toks) {
		if m.toks[d.from].sent != m.toks[h.from].sent {
			continue
		}
		if err == nil && !d.relative && d.fits(exp, today) {
			return true
		}
	}
	return false
}
