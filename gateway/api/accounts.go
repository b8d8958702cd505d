package api

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/golang-sql/civil"

	"parley/compliance/gate"
	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// AccountIn is an account as the system of record gives it. Identity factors
// (birth_date, ssn_last4) are write-only: kept as keyed hashes, never returned.
type AccountIn struct {
	ID          string       `json:"id,omitempty" maxLength:"128" doc:"if given it must be the path's"`
	Portfolio   string       `json:"portfolio" minLength:"1" maxLength:"128"`
	Person      PersonIn     `json:"person"`
	Creditor    Creditor     `json:"creditor"`
	Last4       string       `json:"account_last4" pattern:"^[0-9]{4}$" patternDescription:"four digits"`
	Balance     Money        `json:"balance"`
	Itemization *Itemization `json:"itemization,omitempty"`
	Validation  *Validation  `json:"validation,omitempty"`
	ChargedOff  string       `json:"charged_off,omitempty" format:"date"`
	LastPayment string       `json:"last_payment,omitempty" format:"date"`
	Finances    *Finances    `json:"finances,omitempty"`
	Flags       Flags        `json:"flags,omitempty"`
}

// PersonIn is who owes.
type PersonIn struct {
	ID        string      `json:"id" minLength:"1" maxLength:"128"`
	Name      string      `json:"name" minLength:"1" maxLength:"200"`
	BirthDate string      `json:"birth_date,omitempty" format:"date" writeOnly:"true"`
	SSNLast4  string      `json:"ssn_last4,omitempty" pattern:"^[0-9]{4}$" writeOnly:"true"`
	Language  string      `json:"language,omitempty" enum:"en,es" default:"en"`
	State     string      `json:"state,omitempty" pattern:"^[A-Z]{2}$" patternDescription:"two capital letters"`
	City      string      `json:"city,omitempty" maxLength:"120"`
	Zip       string      `json:"zip,omitempty" pattern:"^[0-9]{5}(-[0-9]{4})?$" patternDescription:"a ZIP code"`
	Addresses []AddressIn `json:"addresses,omitempty" maxItems:"20"`
}

// AddressIn is a way to reach the person.
type AddressIn struct {
	Channel  string    `json:"channel" enum:"sms,voice,email"`
	Value    string    `json:"value" minLength:"3" maxLength:"254"`
	Consents []Consent `json:"consents,omitempty" maxItems:"20"`
}

// Consent is a recorded permission.
type Consent struct {
	Scope  string    `json:"scope" enum:"sms,ai_voice,email"`
	Source string    `json:"source" maxLength:"200"`
	At     time.Time `json:"at"`
}

// Creditor names who is owed.
type Creditor struct {
	Original string `json:"original,omitempty" maxLength:"200"`
	Current  string `json:"current" minLength:"1" maxLength:"200"`
}

// Itemization is the debt's make-up since the itemization date.
type Itemization struct {
	Date     string `json:"date" format:"date"`
	Amount   string `json:"amount"`
	Interest string `json:"interest"`
	Fees     string `json:"fees"`
	Payments string `json:"payments"`
	Credits  string `json:"credits"`
}

// Validation is when the validation notice was sent.
type Validation struct {
	SentAt string `json:"sent_at" format:"date"`
}

// Finances are what is known of the person's means.
type Finances struct {
	MonthlySurplus string `json:"monthly_surplus,omitempty"`
	Payday         string `json:"payday,omitempty" maxLength:"40" doc:"a weekday, days of the month such as 1,15, or last"`
}

// Flags are facts with legal weight.
type Flags struct {
	TimeBarred  bool `json:"time_barred,omitempty"`
	Disputed    bool `json:"disputed,omitempty"`
	Cease       bool `json:"cease,omitempty"`
	Represented bool `json:"represented,omitempty"`
	Bankruptcy  bool `json:"bankruptcy,omitempty"`
	Deceased    bool `json:"deceased,omitempty"`
}

func (f Flags) names() map[string]bool {
	return map[string]bool{dialog.FlagTimeBarred: f.TimeBarred, dialog.FlagDisputed: f.Disputed, dialog.FlagCease: f.Cease,
		dialog.FlagRepresented: f.Represented, dialog.FlagBankruptcy: f.Bankruptcy, dialog.FlagDeceased: f.Deceased}
}

type putAccount struct {
	ID   string `path:"id" minLength:"1" maxLength:"128"`
	Body AccountIn
}

type accountOut struct {
	Status int
	Body   AccountOut
}

func (a *API) accounts(h huma.API) {
	huma.Register(h, operation(http.MethodPut, "/accounts/{id}", "put-account", "Create or replace an account", http.StatusOK), a.putAccount)
	huma.Register(h, operation(http.MethodGet, "/accounts/{id}", "get-account", "An account with what Parley knows since", http.StatusOK), a.getAccount)
}

func (a *API) putAccount(ctx context.Context, in *putAccount) (*accountOut, error) {
	writer, err := a.Desk.Allow(ctx, staff.AccountWrite)
	if err != nil {
		return nil, problem(err, "account")
	}
	if !writer.Covers(in.Body.Portfolio) {
		return nil, huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: "body.portfolio", Message: "is not one of yours"})
	}
	if in.Body.ID == "" {
		in.Body.ID = in.ID
	}
	acc, err := in.Body.Account(a.Engine, a.now())
	if err != nil {
		return nil, err
	}
	if acc.ID != in.ID {
		return nil, huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: "body.id", Message: "must be the id in the path"})
	}
	stored, err := a.Record.Account(ctx, acc.ID)
	switch {
	case err == nil && !writer.Covers(stored.Portfolio):
		return nil, problem(store.ErrNotFound, "account")
	case err == nil: // factors are write-only: one that is left out is kept
		acc.Factors = a.Engine.Keys.KeepFactors(stored.Factors, acc.Factors)
	case !errors.Is(err, store.ErrNotFound):
		return nil, problem(err, "account")
	}
	if err := a.byHand(ctx, writer, EventAccountPut, acc.ID, map[string]any{"portfolio": acc.Portfolio, "balance": acc.Balance.Decimal()}); err != nil {
		return nil, problem(err, "account")
	}
	created, err := a.Record.PutAccount(ctx, acc, a.now())
	if err != nil {
		return nil, problem(err, "account")
	}
	out, err := a.account(ctx, in.ID)
	if err == nil && created {
		out.Status = http.StatusCreated
	}
	return out, err
}

// The ledger's words on a person who does by hand what other systems do.
const (
	EventAccountPut  = "account.put"
	EventPaymentTold = "payment.told"
)

// byHand records who does it, before it is done: the balance, consents, identity factors and payments are what
// everything else is judged by, and what is written of them says only that it was.
func (a *API) byHand(ctx context.Context, by staff.Actor, event, account string, body map[string]any) error {
	if by.Session == "" {
		return nil
	}
	body["account"], body["session"], body["ip"] = account, by.Session, by.IP
	return a.Record.NoteStaff(ctx, dialog.Event{Type: event, At: a.now(), Who: by.Who(), Body: body})
}

func (a *API) getAccount(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*accountOut, error) {
	reader, _, err := a.Desk.SeeAccount(ctx, in.ID, staff.AccountRead)
	if err == nil {
		err = a.Desk.ReadAccount(ctx, reader, in.ID)
	}
	if err != nil {
		return nil, problem(err, "account")
	}
	return a.account(ctx, in.ID)
}

func (a *API) account(ctx context.Context, id string) (*accountOut, error) {
	acc, err := a.Record.Account(ctx, id)
	if err != nil {
		return nil, problem(err, "account")
	}
	var facts []dialog.AddressFacts
	for _, addr := range acc.Person.Addresses {
		f, err := a.Record.AddressFacts(ctx, addr.Value)
		if err != nil {
			return nil, problem(err, "account")
		}
		facts = append(facts, f)
	}
	out := view(acc, facts)
	if inPerson(ctx) {
		out.mask()
	}
	return &accountOut{Status: http.StatusOK, Body: out}, nil
}

// Account checks the values and makes the account of the record; the error names
// every field that is wrong.
func (in AccountIn) Account(e *dialog.Engine, now time.Time) (dialog.Account, error) {
	var f fields
	acc := dialog.Account{
		ID: in.ID, Portfolio: in.Portfolio, Last4: in.Last4, UpdatedAt: now, AsOf: now,
		Creditor: dialog.Creditor{Original: in.Creditor.Original, Current: in.Creditor.Current},
		Person: dialog.Person{ID: in.Person.ID, Name: in.Person.Name, Language: in.Person.Language, State: in.Person.State,
			City: in.Person.City, Zip: in.Person.Zip},
		Balance: f.decimal("body.balance.amount", in.Balance.Amount), Flags: map[string]dialog.Flag{},
	}
	if _, ok := e.Settings.Portfolios[in.Portfolio]; !ok {
		f.bad("body.portfolio", "is not in the configuration")
	}
	if in.Person.BirthDate != "" && f.date("body.person.birth_date", in.Person.BirthDate).After(civil.DateOf(now)) {
		f.bad("body.person.birth_date", "lies in the future")
	}
	zip := in.Person.Zip
	if len(zip) > 5 {
		zip = zip[:5]
	}
	acc.Factors = e.Keys.Factors(zip, in.Person.BirthDate, in.Person.SSNLast4, in.Last4)
	acc.Person.Addresses = in.addresses(&f)
	in.history(&f, &acc)
	for name, set := range in.Flags.names() {
		if set {
			acc.Flags[name] = dialog.Flag{At: now, Why: "record"}
		}
	}
	return acc, f.err()
}

// rePayday is what the engine reads as a payday; "" is one that is not known.
var rePayday = regexp.MustCompile(`^(?i:(sun|mon|tues|wednes|thurs|fri|satur)days?|sun|mon|tue|wed|thu|fri|sat|(0?[1-9]|[12]\d|3[01]|last)( *, *(0?[1-9]|[12]\d|3[01]|last))?)?$`)

func (in AccountIn) addresses(f *fields) []dialog.Address {
	var out []dialog.Address
	for i, addr := range in.Person.Addresses {
		value, err := normalAddress(addr.Channel, addr.Value)
		if err != nil {
			f.bad(index("body.person.addresses", i, "value"), err.Error())
		}
		known := dialog.Address{Channel: addr.Channel, Value: value}
		for _, c := range addr.Consents {
			known.Consents = append(known.Consents, gate.Consent{Scope: c.Scope, Source: c.Source, At: c.At.UTC(), Direct: c.Source != "creditor"})
		}
		out = append(out, known)
	}
	return out
}

func (in AccountIn) history(f *fields, acc *dialog.Account) {
	if i := in.Itemization; i != nil {
		acc.Itemization = &dialog.Itemization{
			Date: f.date("body.itemization.date", i.Date), Amount: f.decimal("body.itemization.amount", i.Amount),
			Interest: f.decimal("body.itemization.interest", i.Interest), Fees: f.decimal("body.itemization.fees", i.Fees),
			Payments: f.decimal("body.itemization.payments", i.Payments), Credits: f.decimal("body.itemization.credits", i.Credits),
		}
	}
	if v := in.Validation; v != nil {
		acc.Validation = &dialog.Validation{SentAt: f.date("body.validation.sent_at", v.SentAt)}
	}
	if in.ChargedOff != "" {
		d := f.date("body.charged_off", in.ChargedOff)
		acc.ChargedOff = &d
	}
	if in.LastPayment != "" {
		d := f.date("body.last_payment", in.LastPayment)
		acc.LastPayment = &d
	}
	if fin := in.Finances; fin != nil {
		acc.Finances.Payday = fin.Payday
		if !rePayday.MatchString(fin.Payday) {
			f.bad("body.finances.payday", "must be a weekday, one or two days of the month such as 1,15, or last")
		}
		if fin.MonthlySurplus != "" {
			m := f.decimal("body.finances.monthly_surplus", fin.MonthlySurplus)
			acc.Finances.MonthlySurplus = &m
		}
	}
}
