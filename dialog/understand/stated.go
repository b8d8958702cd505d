package understand

import (
	"fmt"
	"strings"

	"parley/negotiation"
)

var (
	reSurplus  = compile(`\b(left( over)?|leftover|spare|extra|disposable|after (my |all )?(bills|rent|expenses)|me (queda|sobra)n?|libres?|have about)\b`)
	reIncome   = compile(`\b(i (only |just |barely )?(make|earn|bring home|get paid \$? ?\d[\d.,]*)|my (income|salary|pay|check|paycheck|wage|wages|benefits|pension) (is|are|was)|take home|social security (is|pays)|unemployment (is|pays)|gano|mi (sueldo|salario|ingreso|pension)|mis ingresos|recibo)\b`)
	reExpenses = compile(`\b((my |the )?(bills|rent|mortgage|expenses|groceries|car payment|utilities) (is|are|run|come|cost|total|take)|(mi |la )?(renta|hipoteca) (es|son)|(mis |los )?gastos (son|es)|pago de renta|i pay .{0,20}(in|for) (rent|bills))\b`)
	rePayday   = compile(`\b(i get (my )?(paid|check|paycheck|pay)|get paid|got paid|gets? paid|im paid|paid on|my (payday|pay day|paycheck|check|pay) (is|comes|lands|hits)|payday|me (pagan|depositan|cae)|cobro|mi dia de pago|mi quincena)\b`)
)

// stated finds what a person says of their means, and takes these amounts out
// of the running for an ask.
func stated(cs []clause, u *Understanding) {
	for _, c := range cs {
		text := c.text()
		for _, s := range []struct {
			re   *pattern
			role string
			to   **negotiation.Money
		}{{reExpenses, "expenses", &u.Expenses}, {reSurplus, "surplus", &u.Surplus}, {reIncome, "income", &u.Income}} {
			if s.re.match(text) && statedAmount(c.toks, s.role, s.to) {
				break
			}
		}
		if rePayday.match(text) {
			u.paydayOf(c.toks)
		}
	}
}

// statedAmount reads the clause's amount as so much a month.
func statedAmount(ts []token, role string, to **negotiation.Money) bool {
	rate := negotiation.Monthly
	for _, t := range ts {
		if t.kind == cadence {
			rate = t.cadence
		}
	}
	for i := range ts {
		t := &ts[i]
		isAmount := t.usable() || t.kind == number && !t.ordinal && t.num > 0 && len(t.digits) <= 5
		if !isAmount || t.role != "" && t.role != "amount" {
			continue
		}
		t.kind, t.role = money, role
		if !t.usable() {
			return false
		}
		m := negotiation.Money{Minor: monthly(t.num, rate), Currency: "USD"}
		*to = &m
		for j := range ts {
			if ts[j].kind == cadence {
				ts[j].kind = word // the rate belongs to the statement
			}
		}
		return true
	}
	return false
}

// monthly spreads a rate over the twelve months of a year, rounded down.
func monthly(cents int64, c negotiation.Cadence) int64 {
	switch c {
	case negotiation.Weekly:
		return cents * 52 / 12
	case negotiation.Biweekly:
		return cents * 26 / 12
	}
	return cents
}

// paydayOf reads when someone is paid: "friday", "15", "1,15", "last".
func (u *Understanding) paydayOf(ts []token) {
	var days []string
	for i := range ts {
		t := &ts[i]
		if t.kind != day || t.invalid || dateRole(ts, i) != "start" && !strings.Contains(joinText(ts), "paid") {
			continue
		}
		switch {
		case t.weekday && (t.plural || t.cadence != "" || strings.Contains(t.text, "day") || t.weekday):
			days = append(days, strings.ToLower(Weekday(t.date).String()))
		case strings.Contains(t.text, "last") || strings.Contains(t.text, "end") || strings.Contains(t.text, "ultimo") || strings.Contains(t.text, "fin"):
			days = append(days, "last")
		default:
			days = append(days, fmt.Sprint(t.date.Day))
		}
		if t.role == "" {
			if b := dateRole(ts, i); b == "not_before" {
				continue // "nothing until I get paid on friday" is an ask as well
			}
			t.role = "payday"
		}
	}
	if len(days) > 0 && u.Payday == "" {
		u.Payday = strings.Join(days[:min(len(days), 2)], ",")
	}
}
