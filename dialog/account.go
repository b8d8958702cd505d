package dialog

import (
	"time"

	"github.com/golang-sql/civil"

	"parley/compliance/gate"
	"parley/negotiation"
)

// Account is one debt of one person with one creditor.
type Account struct {
	ID        string   `json:"id"`
	Portfolio string   `json:"portfolio"`
	Person    Person   `json:"person"`
	Creditor  Creditor `json:"creditor"`
	Last4     string   `json:"account_last4"`
	// Balance is the system of record's word as of AsOf; see [Account.Owed].
	Balance     negotiation.Money `json:"balance"`
	Itemization *Itemization      `json:"itemization,omitempty"`
	Validation  *Validation       `json:"validation,omitempty"`
	ChargedOff  *civil.Date       `json:"charged_off,omitempty"`
	LastPayment *civil.Date       `json:"last_payment,omitempty"`
	Finances    Finances          `json:"finances,omitzero"`
	Flags       map[string]Flag   `json:"flags,omitempty"` // set ones only
	Agreements  []Agreement       `json:"agreements,omitempty"`
	Promises    []Promise         `json:"promises,omitempty"`
	Payments    []Payment         `json:"payments,omitempty"`
	// Factors are keyed hashes of what proves who someone is: birth_date,
	// birth_year, zip, ssn_last4. Never returned by an API, never logged.
	Factors map[string]string `json:"factors,omitempty"`
	// AsOf is when its system of record last gave these facts; zero: not known.
	AsOf time.Time `json:"as_of,omitzero"`
	// BalanceAt is since when the system of record has said this balance; zero: since AsOf. A
	// balance that stands where it stood does not know yet of payments made meanwhile.
	BalanceAt time.Time `json:"balance_at,omitzero"`
	// Version rises by one on every write.
	Version   int64     `json:"version"`
	UpdatedAt time.Time `json:"updated_at"`
}

// Person is who owes.
type Person struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Language  string    `json:"language,omitempty"`
	State     string    `json:"state,omitempty"`
	City      string    `json:"city,omitempty"`
	Zip       string    `json:"zip,omitempty"`
	Addresses []Address `json:"addresses,omitempty"`
}

// Address is a way to reach a person.
type Address struct {
	Channel  string         `json:"channel"`
	Value    string         `json:"value"`
	Consents []gate.Consent `json:"consents,omitempty"`
}

// Creditor names who is owed.
type Creditor struct {
	Original string `json:"original"`
	Current  string `json:"current"`
}

// Itemization is the debt's make-up since the itemization date (12 CFR 1006.34(b)(3)).
type Itemization struct {
	Date     civil.Date        `json:"date,omitzero"`
	Amount   negotiation.Money `json:"amount"`
	Interest negotiation.Money `json:"interest"`
	Fees     negotiation.Money `json:"fees"`
	Payments negotiation.Money `json:"payments"`
	Credits  negotiation.Money `json:"credits"`
}

// Validation is when the validation notice was sent.
type Validation struct {
	SentAt civil.Date `json:"sent_at,omitzero"`
}

// Finances are what the record knows of the person's means.
type Finances struct {
	MonthlySurplus *negotiation.Money `json:"monthly_surplus,omitempty"`
	Payday         string             `json:"payday,omitempty"`
}

// Flag is a fact with legal weight: when it was set, why, and in which conversation.
type Flag struct {
	At           time.Time `json:"at"`
	Why          string    `json:"why"` // rule id, or "record" for the system of record
	Conversation string    `json:"conversation,omitempty"`
}

// The flags.
const (
	FlagTimeBarred    = "time_barred"
	FlagDisputed      = "disputed"
	FlagCease         = "cease"
	FlagRefused       = "refused"
	FlagRepresented   = "represented"
	FlagBankruptcy    = "bankruptcy"
	FlagDeceased      = "deceased"
	FlagMinor         = "minor"
	FlagIdentityTheft = "identity_theft"
	FlagCoerced       = "coerced_debt"
	FlagMilitary      = "military"
	FlagVulnerable    = "vulnerable"
	FlagSelfHarm      = "self_harm"
	FlagHold          = "collection_hold"
	FlagLitigation    = "litigation_hold"
)

// Has reports whether a flag is set.
func (a Account) Has(flag string) bool { _, ok := a.Flags[flag]; return ok }

// AddressFacts is what is known of an address, whatever channel or debt.
type AddressFacts struct {
	Value         string         `json:"value"`
	SMSOptedOut   time.Time      `json:"sms_opted_out,omitzero"`
	VoiceOptedOut time.Time      `json:"voice_opted_out,omitzero"`
	WrongParty    time.Time      `json:"wrong_party,omitzero"`
	Reassigned    time.Time      `json:"reassigned,omitzero"`
	Consents      []gate.Consent `json:"consents,omitempty"`
	Windows       []gate.Window  `json:"windows,omitempty"`
	Places        []string       `json:"places,omitempty"`
	// Prohibited are media the person barred: call, sms, email, letter.
	Prohibited  []string  `json:"prohibited,omitempty"`
	LastInbound time.Time `json:"last_inbound,omitzero"`
	// Confirmed is when the one confirmation of an opt-out was queued.
	Confirmed time.Time `json:"confirmed,omitzero"`
}

// Agreement is a plan or settlement.
type Agreement struct {
	ID           string               `json:"id"`
	Account      string               `json:"account"`
	Conversation string               `json:"conversation"`
	Offer        string               `json:"offer"`
	Kind         negotiation.MoveKind `json:"kind"`
	State        AgreementState       `json:"state"`
	Terms        negotiation.Terms    `json:"terms"`
	At           time.Time            `json:"at"`
	// On is the day it was made, where the person is: payments from then on count.
	On civil.Date `json:"on,omitzero"`
	// Missed are the due dates of instalments that were not paid within their grace, whatever came later.
	Missed []civil.Date `json:"missed,omitempty"`
}

// AgreementState is how far an agreement has come.
type AgreementState string

// The states.
const (
	AgreementProposed  AgreementState = "proposed"
	AgreementApproved  AgreementState = "approved"
	AgreementAccepted  AgreementState = "accepted"
	AgreementActive    AgreementState = "active"
	AgreementCompleted AgreementState = "completed"
	AgreementBroken    AgreementState = "broken"
	AgreementCancelled AgreementState = "cancelled"
)

// Promise is an amount on a day.
type Promise struct {
	ID      string            `json:"id"`
	Account string            `json:"account"`
	Offer   string            `json:"offer,omitempty"` // that was accepted
	Amount  negotiation.Money `json:"amount"`
	Due     civil.Date        `json:"due,omitzero"` // zero: no day was named
	Method  string            `json:"method,omitempty"`
	State   string            `json:"state"` // open, kept, partial, broken
	At      time.Time         `json:"at"`
	// On is the day it was made, where the person is.
	On           civil.Date `json:"on,omitzero"`
	Conversation string     `json:"conversation,omitempty"`
}

// Payment is what the payment system says was paid.
type Payment struct {
	// ID is the payment system's; it names one payment of the account.
	ID     string            `json:"id"`
	Amount negotiation.Money `json:"amount"`
	Date   civil.Date        `json:"date,omitzero"` // zero: not known
	Method string            `json:"method,omitempty"`
	// At is when Parley was told.
	At time.Time `json:"at,omitzero"`
}
