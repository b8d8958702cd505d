package api

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/golang-sql/civil"
	"github.com/nyaruka/phonenumbers"

	"parley/dialog"
	"parley/gateway/desk"
)

// AccountOut is an account with what Parley knows since.
type AccountOut struct {
	ID          string          `json:"id"`
	Portfolio   string          `json:"portfolio"`
	Person      PersonOut       `json:"person"`
	Creditor    Creditor        `json:"creditor"`
	Last4       string          `json:"account_last4"`
	Balance     Money           `json:"balance"`
	Itemization *Itemization    `json:"itemization,omitempty"`
	Validation  *Validation     `json:"validation,omitempty"`
	ChargedOff  string          `json:"charged_off,omitempty"`
	LastPayment string          `json:"last_payment,omitempty"`
	Finances    *Finances       `json:"finances,omitempty"`
	Flags       map[string]bool `json:"flags"`
	FlagHistory []FlagOut       `json:"flag_history" doc:"when each flag was set, why, and in which conversation"`
	Agreements  []AgreementOut  `json:"agreements"`
	Promises    []PromiseOut    `json:"promises"`
	Payments    []PaymentOut    `json:"payments"`
	UpdatedAt   time.Time       `json:"updated_at"`
}

// PersonOut is who owes, without identity factors.
type PersonOut struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Language  string       `json:"language,omitempty"`
	State     string       `json:"state,omitempty"`
	City      string       `json:"city,omitempty"`
	Zip       string       `json:"zip,omitempty"`
	Addresses []AddressOut `json:"addresses"`
}

// AddressOut is an address with its consents and opt-outs.
type AddressOut struct {
	Channel    string     `json:"channel"`
	Value      string     `json:"value"`
	Consents   []Consent  `json:"consents"`
	OptedOutAt *time.Time `json:"opted_out_at,omitempty"`
	WrongParty *time.Time `json:"wrong_party_at,omitempty"`
}

// FlagOut is one flag's origin.
type FlagOut struct {
	Flag         string    `json:"flag"`
	At           time.Time `json:"at"`
	Why          string    `json:"why" doc:"a rule id, or record for the system of record"`
	Conversation string    `json:"conversation,omitempty"`
}

// AgreementOut is a plan or settlement.
type AgreementOut struct {
	ID           string           `json:"id"`
	Kind         string           `json:"kind"`
	State        string           `json:"state"`
	Total        string           `json:"total"`
	Currency     string           `json:"currency"`
	Installments []InstallmentOut `json:"installments"`
	AcceptedAt   time.Time        `json:"at"`
	Conversation string           `json:"conversation"`
}

// InstallmentOut is one payment of it.
type InstallmentOut struct {
	Due    string `json:"due"`
	Amount string `json:"amount"`
}

// PromiseOut is an amount on a day.
type PromiseOut struct {
	ID     string `json:"id"`
	Amount Money  `json:"amount"`
	Due    string `json:"due"`
	Method string `json:"method,omitempty"`
	State  string `json:"state"`
}

// PaymentOut is what was paid.
type PaymentOut struct {
	ID     string `json:"id"`
	Amount Money  `json:"amount"`
	Date   string `json:"date"`
}

func view(a dialog.Account, facts []dialog.AddressFacts) AccountOut {
	out := AccountOut{
		ID: a.ID, Portfolio: a.Portfolio, Last4: a.Last4, Balance: money(a.Balance), UpdatedAt: a.UpdatedAt.UTC(),
		Creditor: Creditor{Original: a.Creditor.Original, Current: a.Creditor.Current},
		Person: PersonOut{ID: a.Person.ID, Name: a.Person.Name, Language: a.Person.Language, State: a.Person.State, City: a.Person.City,
			Zip: a.Person.Zip, Addresses: []AddressOut{}},
		Flags: map[string]bool{}, FlagHistory: []FlagOut{}, Agreements: []AgreementOut{}, Promises: []PromiseOut{}, Payments: []PaymentOut{},
	}
	for i, addr := range a.Person.Addresses {
		out.Person.Addresses = append(out.Person.Addresses, addressView(addr, facts[i]))
	}
	for name := range (Flags{}).names() {
		out.Flags[name] = a.Has(name)
	}
	for name, f := range a.Flags {
		out.Flags[name] = true
		out.FlagHistory = append(out.FlagHistory, FlagOut{name, f.At.UTC(), f.Why, f.Conversation})
	}
	slices.SortFunc(out.FlagHistory, func(x, y FlagOut) int { return strings.Compare(x.Flag, y.Flag) })
	historyView(&out, a)
	for _, g := range a.Agreements {
		out.Agreements = append(out.Agreements, agreementView(g))
	}
	for _, p := range a.Promises {
		out.Promises = append(out.Promises, promiseView(p))
	}
	for _, p := range a.Payments {
		out.Payments = append(out.Payments, PaymentOut{p.ID, money(p.Amount), day(p.Date)})
	}
	return out
}

// mask hides personal data from people: they ask for what they need, and that is recorded.
func (a *AccountOut) mask() {
	a.Person.Name, a.Person.Zip = desk.MaskName(a.Person.Name), desk.MaskZip(a.Person.Zip)
	for i, addr := range a.Person.Addresses {
		a.Person.Addresses[i].Value = desk.MaskAddress(addr.Channel, addr.Value)
	}
}

func historyView(out *AccountOut, a dialog.Account) {
	if i := a.Itemization; i != nil {
		out.Itemization = &Itemization{i.Date.String(), i.Amount.Decimal(), i.Interest.Decimal(), i.Fees.Decimal(), i.Payments.Decimal(), i.Credits.Decimal()}
	}
	if a.Validation != nil {
		out.Validation = &Validation{a.Validation.SentAt.String()}
	}
	if a.ChargedOff != nil {
		out.ChargedOff = a.ChargedOff.String()
	}
	if a.LastPayment != nil {
		out.LastPayment = a.LastPayment.String()
	}
	if a.Finances.MonthlySurplus != nil || a.Finances.Payday != "" {
		out.Finances = &Finances{Payday: a.Finances.Payday}
		if m := a.Finances.MonthlySurplus; m != nil {
			out.Finances.MonthlySurplus = m.Decimal()
		}
	}
}

func addressView(a dialog.Address, f dialog.AddressFacts) AddressOut {
	out := AddressOut{Channel: a.Channel, Value: a.Value, Consents: []Consent{}}
	for _, c := range append(slices.Clone(a.Consents), f.Consents...) {
		out.Consents = append(out.Consents, Consent{c.Scope, c.Source, c.At.UTC()})
	}
	at := f.SMSOptedOut
	if a.Channel == "voice" {
		at = f.VoiceOptedOut
	}
	if !at.IsZero() {
		out.OptedOutAt = &at
	}
	if !f.WrongParty.IsZero() {
		out.WrongParty = &f.WrongParty
	}
	return out
}

func agreementView(g dialog.Agreement) AgreementOut {
	out := AgreementOut{ID: g.ID, Kind: string(g.Kind), State: string(g.State), Total: g.Terms.Total.Decimal(), Currency: money(g.Terms.Total).Currency,
		AcceptedAt: g.At.UTC(), Conversation: g.Conversation, Installments: []InstallmentOut{}}
	for _, i := range g.Terms.Installments {
		out.Installments = append(out.Installments, InstallmentOut{i.Due.String(), i.Amount.Decimal()})
	}
	return out
}

func promiseView(p dialog.Promise) PromiseOut {
	return PromiseOut{p.ID, money(p.Amount), day(p.Due), p.Method, p.State}
}

// day is a date as the API writes it, "" for none.
func day(d civil.Date) string {
	if d == (civil.Date{}) {
		return ""
	}
	return d.String()
}

var email = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)

// normalAddress brings a telephone number to E.164.
func normalAddress(channel, value string) (string, error) {
	if channel == "email" {
		if !email.MatchString(value) {
			return "", fmt.Errorf("must be an e-mail address")
		}
		return strings.ToLower(value), nil
	}
	n, err := phonenumbers.Parse(value, "US")
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", fmt.Errorf("must be a telephone number, as E.164")
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}

func index(list string, i int, field string) string { return fmt.Sprintf("%s[%d].%s", list, i, field) }
