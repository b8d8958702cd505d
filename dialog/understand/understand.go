// Package understand hears what a person says by rules alone: what they want,
// the amounts and days they name, who they say they are. It serves when there
// is no model, and as a second opinion when there is one. It is pure: the text,
// a language and a day go in, an [Understanding] comes out.
//
// It never decides. What it hears are asks; the engine answers them. Doubt is
// said as doubt ([Understanding.Unclear]), never settled by a guess that costs
// the person something.
package understand

import (
	"slices"

	"github.com/golang-sql/civil"

	"parley/negotiation"
)

// Name is an intent.
type Name string

// The intents.
const (
	AskBalance    Name = "ask_balance"
	MakePlan      Name = "make_plan"
	Settle        Name = "settle"
	PayFull       Name = "pay_full"
	Promise       Name = "promise"
	Accept        Name = "accept"
	Decline       Name = "decline"
	Counter       Name = "counter"
	Hardship      Name = "hardship"
	AskWho        Name = "ask_who"
	AskHuman      Name = "ask_human"
	PaymentLink   Name = "payment_link"
	UpdateContact Name = "update_contact"
	Callback      Name = "callback"
	Dispute       Name = "dispute"
	Validation    Name = "validation"
	Greeting      Name = "greeting"
	Thanks        Name = "thanks"
	Goodbye       Name = "goodbye"
	SmallTalk     Name = "small_talk"
	QuestionOther Name = "question_other"
	Identify      Name = "identify"
)

// Intent is one thing the person wants, with a score from 0 to 1.
type Intent struct {
	Name  Name    `json:"name"`
	Score float64 `json:"score"`
}

// Mention is an amount or a day as it stands in the text.
type Mention struct {
	// Words as written, after folding.
	Words string `json:"words"`
	// Money is set for amounts, in the currency named (USD when none is).
	Money negotiation.Money `json:"money,omitzero"`
	// Date is set for days. It is the zero date when the words name a day that
	// doesn't exist.
	Date civil.Date `json:"date,omitzero"`
	// Role says what it is to the ask: "amount", "max", "down", "surplus",
	// "income", "expenses", "start", "by", "not_before", "past", "invalid", "retracted".
	Role string `json:"role,omitempty"`
}

// Factors are what the person says to show who they are. A number that could be
// two things is in both lists; the caller compares, in constant time.
type Factors struct {
	ZIPs         []string     `json:"zips,omitempty"`
	BirthYears   []int        `json:"birth_years,omitempty"`
	BirthDates   []civil.Date `json:"birth_dates,omitempty"`
	SSNLast4     []string     `json:"ssn_last4,omitempty"`
	AccountLast4 []string     `json:"account_last4,omitempty"`
}

// Empty reports whether nothing was given.
func (f Factors) Empty() bool {
	return len(f.ZIPs)+len(f.BirthYears)+len(f.BirthDates)+len(f.SSNLast4)+len(f.AccountLast4) == 0
}

// Understanding is what was heard in one message.
type Understanding struct {
	// Intents, the strongest first. Several are usual.
	Intents []Intent `json:"intents,omitempty"`
	// Asks are what the person would have, one for each alternative named.
	Asks []negotiation.Ask `json:"asks,omitempty"`
	// Amounts and Dates are every amount and day named, in order.
	Amounts []Mention `json:"amounts,omitempty"`
	Dates   []Mention `json:"dates,omitempty"`
	Factors Factors   `json:"factors,omitzero"`
	// Surplus, Income and Expenses are a month's, as stated; nil when not said.
	Surplus  *negotiation.Money `json:"surplus,omitempty"`
	Income   *negotiation.Money `json:"income,omitempty"`
	Expenses *negotiation.Money `json:"expenses,omitempty"`
	// Payday is "friday", "15", "1,15" or "last", as negotiation.Case wants it.
	Payday string `json:"payday,omitempty"`
	// Affirm and Deny: a yes or a no stands in it, whatever else does. Both may be set.
	Affirm bool `json:"affirm,omitempty"`
	Deny   bool `json:"deny,omitempty"`
	// Choice is the number of the option chosen, from 1; 0: none, -1: the last one.
	Choice int `json:"choice,omitempty"`
	// Correction: the person takes back something said before. What they say
	// instead is in Asks, with only the fields that change.
	Correction bool `json:"correction,omitempty"`
	// Question: something is asked.
	Question bool `json:"question,omitempty"`
	// Language is "en" or "es" where the words tell, else the language given.
	Language string `json:"language"`
	// Unclear: nothing was understood, or what was is in doubt (a day that
	// doesn't exist, a negative amount, another currency). One short question is due.
	Unclear bool `json:"unclear,omitempty"`
	// Margin is how far the strongest intent stands above the next one that
	// contradicts it, 0 to 1.
	Margin float64 `json:"margin"`
}

// Has reports whether any of the intents was heard with a score of 0.5 or more.
func (u Understanding) Has(names ...Name) bool {
	return slices.ContainsFunc(u.Intents, func(i Intent) bool {
		return i.Score >= 0.5 && slices.Contains(names, i.Name)
	})
}

// Score is an intent's score, 0 when it wasn't heard.
func (u Understanding) Score(name Name) float64 {
	for _, i := range u.Intents {
		if i.Name == name {
			return i.Score
		}
	}
	return 0
}

// Top is the strongest intent, "" when there is none.
func (u Understanding) Top() Name {
	if len(u.Intents) == 0 {
		return ""
	}
	return u.Intents[0].Name
}
