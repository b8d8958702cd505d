package dialog

import (
	"regexp"

	"parley/compliance/inbound"
)

var reUndo = regexp.MustCompile(`\b(cancel|undo|call off|back out|get out of|end|stop|change|cancela\w*|anula\w*|cambia\w*|deshace\w*)\b.{0,24}\b(plans?|agreements?|arrangements?|settlements?|promises?|deal|what we agreed|acuerdos?|promesas?|arreglos?|convenios?)\b`)

// undoes hands over a person who wants what was agreed undone or changed: the
// written copy says that they may ask for it here. A change with figures in it is
// negotiated like any other ask.
func (t *turn) undoes() bool {
	g, p := t.conv.Agreement, t.conv.Promise
	agreed := g != nil && g.State != AgreementCancelled || p != nil && p.State == PromiseOpen
	if !agreed || len(t.said.Amounts)+len(t.said.Dates) > 0 || !reUndo.MatchString(inbound.Normalise(t.in.Text)) {
		return false
	}
	for _, a := range t.said.Asks {
		if a.Count > 0 || a.Cadence != "" {
			return false
		}
	}
	t.handOff(Reason{Code: "change_agreement", Detail: "The person wants what was agreed cancelled or changed."}, 1)
	return true
}

// goOn takes the thread up in the language asked for.
func (t *turn) goOn() bool {
	if len(t.conv.Table) > 0 {
		return t.restate()
	}
	return t.sayPhrase("greet_verified", nil)
}
