package llm

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"parley/negotiation"
	"parley/prompts"
)

// The placeholders of an offer's terms. Those that don't apply are absent.
const (
	PhAmount      = "amount"       // the usual instalment, or the single payment
	PhTotal       = "total"        // all instalments together
	PhCount       = "count"        // how many payments
	PhOthers      = "others"       // how many payments besides the last
	PhMiddle      = "middle"       // how many payments between the first and the last
	PhCadence     = "cadence"      // "monthly"
	PhFirstDate   = "first_date"   // "December 4, 2026"
	PhFirstAmount = "first_amount" // the first payment
	PhLastDate    = "last_date"
	PhLastAmount  = "last_amount"
	PhExpires     = "expires" // the last day on which it may be accepted
	PhFor         = "for"     // what is asked in return
)

// NewOption says an engine's move in words, in "en" or "es". The terms are the
// engine's to the cent and the day; the same move gives the same words.
func NewOption(id string, m negotiation.Move, lang string) Option {
	o := Option{ID: id, Kind: m.Kind, Accepts: m.Accepts, Beyond: m.Beyond, Sooner: m.Sooner, Field: m.Field, Reason: m.Reason, For: m.For, Values: map[string]string{}}
	book := prompts.Phrases(lang)
	o.Label = book.Say("label."+labelKey(m.Kind), 0)
	if o.Offer() && m.Terms.Total.Minor > 0 {
		o.Values = termValues(m.Terms, lang)
		words := book.Say("terms."+termsKey(m.Terms), 0)
		if !m.Terms.Expires.IsZero() {
			words += book.Say("terms.expires", 0)
		}
		o.Words = mustFill(words, o.Values)
		o.Label = mustFill(o.Label, o.Values)
	}
	if m.For != "" {
		o.Values[PhFor] = m.For
	}
	return o
}

// mustFill fills a built-in sentence; a test walks all of them.
func mustFill(s string, values map[string]string) string {
	out, err := Fill(s, values)
	if err != nil {
		return ""
	}
	return out
}

func labelKey(k negotiation.MoveKind) string {
	switch k {
	case negotiation.MoveFull:
		return "full"
	case negotiation.MovePlan:
		return "plan"
	default:
		return string(k)
	}
}

// termsKey picks the sentence that says every figure which matters.
func termsKey(t negotiation.Terms) string {
	n := len(t.Installments)
	dated := n > 0
	switch {
	case t.Kind == negotiation.MoveFull && dated:
		return "full"
	case t.Kind == negotiation.MoveFull:
		return "full_nodate"
	case t.Kind == negotiation.MoveSettlement && !dated:
		return "settlement_nodate"
	case t.Kind == negotiation.MoveSettlement && n == 1:
		return "settlement"
	case t.Kind == negotiation.MovePromise || n == 1:
		return "promise"
	}
	key := "plan"
	if t.Kind == negotiation.MoveSettlement {
		key = "settlement_parts"
	}
	first, second, last := t.Installments[0].Amount, t.Installments[1].Amount, t.Installments[n-1].Amount
	switch {
	case n > 2 && first != second && key == "plan":
		return "plan_down"
	case first != last:
		return key + "_last"
	}
	return key
}

func termValues(t negotiation.Terms, lang string) map[string]string {
	v := map[string]string{PhTotal: Money(t.Total, lang), PhAmount: Money(t.Total, lang)}
	if t.Cadence != "" {
		v[PhCadence] = prompts.Phrases(lang).Say("cadence."+string(t.Cadence), 0)
	}
	if !t.Expires.IsZero() {
		v[PhExpires] = Date(t.Expires, lang)
	}
	n := len(t.Installments)
	if n == 0 {
		return v
	}
	first, last := t.Installments[0], t.Installments[n-1]
	usual := first
	if n > 2 {
		usual = t.Installments[1]
	}
	v[PhAmount], v[PhCount] = Money(usual.Amount, lang), strconv.Itoa(n)
	if n > 1 {
		v[PhOthers] = strconv.Itoa(n - 1)
		v[PhMiddle] = strconv.Itoa(n - 2)
	}
	v[PhFirstAmount], v[PhFirstDate] = Money(first.Amount, lang), Date(first.Due, lang)
	v[PhLastAmount], v[PhLastDate] = Money(last.Amount, lang), Date(last.Due, lang)
	return v
}

// Money says an amount: "$1,240.00". Other currencies than dollars carry their code.
func Money(m negotiation.Money, _ string) string {
	minor, sign := m.Minor, ""
	if minor < 0 {
		minor, sign = -minor, "-"
	}
	whole := strconv.FormatInt(minor/100, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	s := fmt.Sprintf("%s$%s.%02d", sign, whole, minor%100)
	if m.Currency != "USD" && m.Currency != "" {
		s = strings.Replace(s, "$", "", 1) + " " + m.Currency
	}
	return s
}

var monthsES = [...]string{"", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
	"septiembre", "octubre", "noviembre", "diciembre"}

// Date says a day: "December 4, 2026", "4 de diciembre de 2026".
func Date(d civil.Date, lang string) string {
	if lang == "es" && d.Month >= 1 && d.Month <= 12 {
		return fmt.Sprintf("%d de %s de %d", d.Day, monthsES[d.Month], d.Year)
	}
	return d.In(time.UTC).Format("January 2, 2006")
}
