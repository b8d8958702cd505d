package dialog_test

import (
	"testing"

	"github.com/golang-sql/civil"

	"parley/compliance/gate"
	"parley/dialog"
	"parley/negotiation"
)

func day(t *testing.T, s string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// testAccounts are invented people.
func testAccounts(t *testing.T) map[string]dialog.Account {
	t.Helper()
	make := func(id, person, name, birth, zip, state, lang, phone, last4 string, cents int64) dialog.Account {
		return dialog.Account{
			ID: id, Portfolio: "northwind-cards", Last4: last4, Balance: negotiation.USD(cents), Flags: map[string]dialog.Flag{},
			Person: dialog.Person{ID: person, Name: name, Language: lang, State: state, Zip: zip,
				Addresses: []dialog.Address{{Channel: "sms", Value: phone, Consents: []gate.Consent{{Scope: "sms", Source: "web form", Direct: true}}}}},
			Creditor:   dialog.Creditor{Original: "Northwind Bank", Current: "Northwind Bank"},
			Validation: &dialog.Validation{SentAt: day(t, "2026-08-03")},
			Factors:    testKeys.Factors(zip, birth, "6789", last4),
		}
	}
	surplus := negotiation.USD(18000)
	angela := make("acct-1001", "p-1001", "Angela Torres", "1986-04-12", "78701", "TX", "en", "+15125550123", "4421", 124000)
	angela.Finances = dialog.Finances{MonthlySurplus: &surplus, Payday: "friday"}
	rosa := make("acct-1003", "p-1003", "Rosa Jiménez", "1991-01-22", "77002", "TX", "es", "+17135550167", "1907", 231050)
	return map[string]dialog.Account{angela.ID: angela, rosa.ID: rosa}
}
