package dialog

import (
	"context"
	"slices"

	"parley/compliance/inbound"
	"parley/dialog/understand"
	"parley/negotiation"
)

// understandEarly reads the message once: identification needs the factors,
// everything after needs the rest.
func (t *turn) understandEarly() {
	if t.firstWords() { // until they say otherwise, the language on file
		for _, id := range t.about() {
			if lang := t.accounts[id].Person.Language; lang != "" {
				t.conv.Language = lang
				break
			}
		}
	}
	t.said = understand.Parse(t.in.Text, t.conv.Language, t.today())
	if t.said.Language != "" && t.in.Text != "" {
		t.conv.Language = t.said.Language
	}
	if spanishKeywords[inbound.Normalise(t.in.Text)] {
		t.conv.Language = "es"
	}
}

// firstWords reports whether this is the person's first message of the thread. (When they last
// wrote doesn't tell: the record has set that at the door.)
func (t *turn) firstWords() bool {
	return !slices.ContainsFunc(t.snap.Recent, func(m Message) bool { return m.Direction == "in" && m.From == "person" && m.Seq < t.in.Seq })
}

// spanishKeywords are answered in the language they are written in.
var spanishKeywords = map[string]bool{"alto": true, "parar": true, "cancelar": true, "ayuda": true}

// understand records what was understood and remembers what the person has said
// of their means and figures.
func (t *turn) understand() {
	t.hearInContext()
	_, _ = step(t, StepUnderstand, map[string]any{"language": t.conv.Language, "characters": len(t.in.Text), "choice": t.in.Choice != ""},
		func(context.Context) (understand.Understanding, error) { return t.said, nil },
		func(u understand.Understanding) any {
			u.Factors = understand.Factors{}
			return u
		})
	if t.said.Surplus != nil {
		t.conv.Surplus = t.said.Surplus
	} else if t.said.Income != nil && t.said.Expenses != nil {
		left := negotiation.Money{Minor: max(0, t.said.Income.Minor-t.said.Expenses.Minor), Currency: t.said.Income.Currency}
		t.conv.Surplus = &left
	}
	if t.said.Payday != "" {
		t.conv.Payday = t.said.Payday
	}
	if t.said.Has(understand.Hardship) {
		t.conv.Hardship = true
	}
	for _, m := range t.said.Amounts {
		t.conv.Theirs = remember(t.conv.Theirs, m.Money.Minor)
	}
	for _, m := range t.said.Dates {
		if m.Date.IsValid() {
			t.conv.TheirDates = remember(t.conv.TheirDates, m.Date)
		}
	}
}

// hearInContext hears a bare figure as an answer to what was offered last: a
// counter to a settlement while nothing else is on the table, and everything
// where it covers what is owed.
func (t *turn) hearInContext() {
	settling := len(t.conv.Table) > 0 && !slices.ContainsFunc(t.conv.Table, func(o Offer) bool { return o.Kind != negotiation.MoveSettlement })
	a, known := t.account()
	asks := slices.Clone(t.said.Asks)
	for i, ask := range asks {
		if !known || ask.Kind != negotiation.AskPlan || ask.Amount.Minor == 0 || ask.Cadence != "" || ask.Count != 0 || ask.Share != 0 {
			continue
		}
		switch {
		case ask.Amount.Minor >= a.Owed().Minor && ask.Amount.Minor <= 2*a.Owed().Minor: // more is hardly meant
			asks[i] = negotiation.Ask{Kind: negotiation.AskFull, Start: ask.Start, By: ask.By, NotBefore: ask.NotBefore}
			t.said.Intents = append([]understand.Intent{{Name: understand.PayFull, Score: 0.85}}, t.said.Intents...)
		case settling:
			asks[i].Kind = negotiation.AskSettlement
			t.said.Intents = append([]understand.Intent{{Name: understand.Settle, Score: 0.85}}, t.said.Intents...)
		}
	}
	t.said.Asks = asks
}

// remember keeps the last twenty of a person's own figures, each once.
func remember[T comparable](list []T, v T) []T {
	for _, x := range list {
		if x == v {
			return list
		}
	}
	list = append(append([]T(nil), list...), v)
	if len(list) > 20 {
		list = list[1:]
	}
	return list
}
