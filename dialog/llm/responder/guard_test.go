package responder_test

import (
	"strconv"
	"strings"
	"testing"

	"parley/compliance"
	"parley/compliance/guard"
	"parley/dialog/llm"
	"parley/dialog/llm/responder"
	"parley/negotiation"
	"parley/prompts"
)

// facts are what the guard knows of a brief in these tests.
func facts(b llm.Brief, terms ...negotiation.Terms) guard.Facts {
	f := guard.Facts{
		Actor: compliance.CreditorOwed, Brand: "Northwind Bank", Collector: "Northwind Bank N.A.", Creditor: "Northwind Bank", Consumer: "Angela Torres",
		Assistant: "Ava", Agent: "ai", AIDisclosed: true, Channel: "webchat", Banner: true, IdentityVerified: b.Verified, State: "TX", Lang: b.Language,
		Today: "2026-11-23", Balance: 124000, Amounts: []guard.Cents{124000}, FloorPct: 60, MaxInstalments: 12, AccountLast4: "4421", Theirs: []guard.Cents{11000},
		Links: []string{"https://pay.northwind.example/x"}, Furnished: "not_furnished",
	}
	if !b.Verified {
		f.Purpose, f.Creditor, f.Balance, f.Amounts, f.AccountLast4 = "identify", "", 0, nil, ""
	}
	for _, t := range terms {
		n := len(t.Installments)
		f.Amounts, f.Counts = append(f.Amounts, guard.Cents(t.Total.Minor)), append(f.Counts, n, n-1)
		if t.Kind == negotiation.MoveSettlement {
			f.Settlements = append(f.Settlements, guard.Cents(t.Total.Minor))
		}
		for _, i := range t.Installments {
			f.Amounts, f.Dates = append(f.Amounts, guard.Cents(i.Amount.Minor)), append(f.Dates, i.Due.String())
		}
		if !t.Expires.IsZero() {
			f.Dates, f.OfferExpires = append(f.Dates, t.Expires.String()), t.Expires.String()
		}
	}
	return f
}

func terms(kind negotiation.MoveKind, total int64, amounts ...int64) negotiation.Terms {
	t := negotiation.Terms{Kind: kind, Total: usd(total), Cadence: negotiation.Monthly}
	for i, a := range amounts {
		t.Installments = append(t.Installments, negotiation.Installment{Due: monday.AddDays(11 + 30*i), Amount: usd(a)})
	}
	if kind == negotiation.MoveSettlement {
		t.Expires = monday.AddDays(20)
	}
	return t
}

// everyForm is one offer of each form in which terms are said.
var everyForm = []negotiation.Terms{
	terms(negotiation.MoveFull, 124000, 124000), terms(negotiation.MovePlan, 124000, 31000, 31000, 31000, 31000),
	terms(negotiation.MovePlan, 124000, 41333, 41333, 41334), terms(negotiation.MovePlan, 124000, 62000, 62000),
	terms(negotiation.MovePlan, 124000, 40000, 30000, 30000, 24000), terms(negotiation.MoveSettlement, 111600, 111600),
	terms(negotiation.MoveSettlement, 111600, 55800, 55800), terms(negotiation.MoveSettlement, 111601, 37200, 37200, 37201),
	terms(negotiation.MovePromise, 10000, 10000),
}

// TestTheGuardPassesEverySentence fills every sentence of both books with every
// form of offer and asks the guard.
func TestTheGuardPassesEverySentence(t *testing.T) {
	t.Parallel()
	g := guard.New()
	for _, lang := range []string{"en", "es"} {
		book := prompts.Phrases(lang)
		for _, key := range book.Keys() {
			if strings.HasPrefix(key, "terms.") || strings.HasPrefix(key, "label.") || strings.HasPrefix(key, "need.") || strings.HasPrefix(key, "cadence.") || strings.HasPrefix(key, "asked.") || key == "and" {
				continue // parts of sentences, and buttons
			}
			for i, sentence := range book[key] {
				t.Run(lang+" "+key+" "+strconv.Itoa(i), func(t *testing.T) {
					t.Parallel()
					for _, terms := range everyForm {
						checkSentence(t, g, lang, sentence, terms)
					}
				})
			}
		}
	}
}

func checkSentence(t *testing.T, g *guard.Guard, lang, sentence string, terms negotiation.Terms) {
	t.Helper()
	b := brief("", lang, llm.NewOption("x", negotiation.Move{Kind: terms.Kind, Terms: terms}, lang))
	b.Answers["link"] = "https://pay.northwind.example/x"
	values := b.Values("x")
	values["asked"] = "$110.00 a month"
	values["need"], values["for"] = "ZIP code", "you start by December 4, 2026"
	if lang == "es" {
		values["asked"] = "$110.00 al mes"
		values["need"], values["for"] = "código postal", "empieza antes del 4 de diciembre de 2026"
	}
	text, err := llm.Fill(sentence, values)
	if err != nil {
		return // this form hasn't all the figures the sentence needs
	}
	for _, finding := range g.Check(text, facts(b, terms)) {
		t.Errorf("%s on %q: %q (%s)", finding.Rule, finding.Words, text, finding.Detail)
	}
}

func TestTheGuardPassesWhatAStrangerIsTold(t *testing.T) {
	t.Parallel()
	g := guard.New()
	for _, lang := range []string{"en", "es"} {
		for _, text := range []string{"who is this", "hi", "quien es", "human please", "zip 11111", "asdf", "yes"} {
			b := brief(text, lang)
			b.Verified, b.Answers, b.Need = false, nil, []string{"zip", "birth_year"}
			a := responder.Answer(b)
			said, err := llm.Fill(a.Reply, b.Values(a.Move))
			if err != nil {
				t.Fatal(err)
			}
			for _, finding := range g.Check(said, facts(b)) {
				t.Errorf("%s on %q: %q", finding.Rule, finding.Words, said)
			}
		}
	}
}
