package responder_test

import (
	"testing"

	"github.com/golang-sql/civil"

	"parley/dialog/llm"
	"parley/dialog/llm/responder"
	"parley/dialog/understand"
	"parley/negotiation"
)

var monday = civil.Date{Year: 2026, Month: 11, Day: 23}

// plan is n equal payments with the remainder in the last one.
func plan(key string, total int64, n int, tabled bool) llm.Option {
	t := negotiation.Terms{Kind: negotiation.MovePlan, Total: usd(total), Cadence: negotiation.Monthly}
	for i := range n {
		amount := total / int64(n)
		if i == n-1 {
			amount = total - amount*int64(n-1)
		}
		t.Installments = append(t.Installments, negotiation.Installment{Due: civil.Date{Year: 2026, Month: 12, Day: 4}.AddDays(30 * i), Amount: usd(amount)})
	}
	o := llm.NewOption("turn1-"+key, negotiation.Move{Key: key, Kind: negotiation.MovePlan, Terms: t}, "en")
	o.Tabled = tabled
	return o
}

func usd(minor int64) negotiation.Money { return negotiation.Money{Minor: minor, Currency: "USD"} }

func brief(text string, options ...llm.Option) llm.Brief {
	return llm.Brief{
		Language: "en", Brand: "Northwind Bank", Assistant: "Ava", Actor: "the creditor", Channel: "sms", Today: monday,
		Verified: true, Text: text, Heard: understand.Parse(text, "en", monday), Options: options,
		Answers: map[string]string{"balance": "$1,240.00", "creditor": "Northwind Bank"},
	}
}

func TestDecide(t *testing.T) {
	t.Parallel()
	out, err := llm.Decide(t.Context(), nil, responder.Model{}, brief("yes", plan("a", 124000, 12, true)))
	if err != nil {
		t.Fatal(err)
	}
	if out.Answer.Move != "turn1-a" || out.Answer.Commands[0].Name != llm.CmdAccept {
		t.Errorf("a yes to the one offer on the table was answered by %v %v", out.Answer.Move, out.Answer.Commands)
	}
	t.Log(out.Text)
}
