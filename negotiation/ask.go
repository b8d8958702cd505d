package negotiation

import "github.com/golang-sql/civil"

// flaw is why an ask can't be taken as it was said.
type flaw int

const (
	sound flaw = iota
	badAmount
	badCurrency
	badDate
)

// clean drops from an ask what can't be meant: amounts that are negative or
// beyond MaxMinor, another currency, shares outside of 0 to 100%, days that
// don't exist or lie in the past, unknown cadences. What is left is used.
func clean(a Ask, c Case) (Ask, flaw) {
	found := sound
	for _, m := range []*Money{&a.Amount, &a.Max} {
		switch {
		case m.Minor == 0:
		case !m.Positive():
			found, *m = badAmount, Money{}
		case m.Currency != c.Balance.Currency:
			found, *m = badCurrency, Money{}
		}
	}
	if a.Share < 0 || a.Share > whole {
		a.Share, found = 0, badAmount
	}
	if a.Count < 0 {
		a.Count, found = 0, max(found, badAmount)
	}
	if a.Count > Most { // "as long as there is"
		a.Count = 0
	}
	for _, d := range []*civil.Date{&a.Start, &a.By, &a.NotBefore} {
		if !d.IsZero() && (!d.IsValid() || d.Before(c.Today)) {
			*d = civil.Date{}
			found = max(found, badDate)
		}
	}
	if a.Start == c.Today { // "now": the first day a payment can be set for
		a.Start = c.Today.AddDays(1)
	}
	if a.By == c.Today {
		a.By = c.Today.AddDays(1)
	}
	if a.Cadence != Weekly && a.Cadence != Biweekly && a.Cadence != Monthly {
		a.Cadence = ""
	}
	return a, found
}

// day is when a single payment that a person asks for falls due: the day they
// name, else the table's first date. exact is false when the day named is out
// of reach and the last one in reach stands in for it.
func (t *table) day(a Ask, latest civil.Date) (due civil.Date, exact bool) {
	due = t.first
	switch {
	case !a.Start.IsZero():
		due = a.Start
	case !a.By.IsZero():
		due = a.By
	case !a.NotBefore.IsZero():
		due = t.pay.onOrAfter(a.NotBefore)
	}
	if due.After(latest) {
		return latest, false
	}
	return due, true
}

// planFor lays out the plan an ask describes. exact is false when a part of
// the ask had to give; ok is false when it describes no plan that could be
// laid out at all.
func (t *table) planFor(a Ask) (terms Terms, exact, ok bool) {
	first, exact := t.day(Ask{Start: a.Start, NotBefore: a.NotBefore}, t.latest)
	cadence := a.Cadence
	if cadence == "" {
		cadence = Monthly
	}
	down := t.c.Balance.Share(a.Share)
	rest := Money{Minor: t.c.Balance.Minor - down.Minor, Currency: t.c.Balance.Currency}
	each := Money{Minor: max(a.Amount.Minor, a.Max.Minor), Currency: rest.Currency}
	if rest.Minor <= 0 {
		return Terms{}, false, false
	}
	var amounts []Money
	if down.Minor > 0 {
		amounts = append(amounts, down)
	}
	switch {
	case each.Minor > 0:
		if (rest.Minor-1)/each.Minor >= Most-1 {
			return Terms{}, false, false
		}
		amounts = append(amounts, splitBy(rest, each)...)
		exact = exact && (a.Count == 0 || a.Count == len(amounts))
	case a.Count > len(amounts):
		amounts = append(amounts, split(rest, a.Count-len(amounts))...)
	case !a.By.IsZero():
		n := countBefore(dates(first, cadence, Most, t.pay), a.By.AddDays(1))
		if n <= len(amounts) {
			return Terms{}, false, false
		}
		amounts = append(amounts, split(rest, n-len(amounts))...)
	default:
		return Terms{}, false, false
	}
	terms = Terms{Kind: MovePlan, Total: t.c.Balance, Cadence: cadence, Installments: lay(amounts, first, cadence, t.pay)}
	last := terms.Installments[len(terms.Installments)-1].Due
	return terms, exact && (a.By.IsZero() || !last.After(a.By)), len(amounts) > 1
}
