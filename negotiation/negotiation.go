// Package negotiation makes every offer. It is arithmetic: policy, account,
// behaviour and history go in, permitted moves with exact terms come out. It
// reads no clock, draws no random number and knows no channel; the same input
// gives the same output. A language model may choose among its moves and find
// the words; it never sees what is behind them.
package negotiation

import "github.com/golang-sql/civil"

// Money is an amount in the currency's minor unit (cents).
type Money struct {
	Minor    int64
	Currency string // ISO 4217
}

// Bp is a share in basis points: 6000 is 60%.
type Bp int

// Policy is what the creditor permits for a portfolio.
type Policy struct {
	Settlement SettlementPolicy
	Plan       PlanPolicy
	// Authority is the lowest settlement share each role may approve.
	Authority map[string]Bp
	// Value is how the creditor weighs money later against money now.
	Value   ValuePolicy
	Version string
}

// ValuePolicy holds the creditor's view of time and risk. It orders offers; it
// permits none. The zero value means the defaults.
type ValuePolicy struct {
	// AnnualRate is the yearly cost of waiting. Defaults to 1200 (12%).
	AnnualRate Bp
	// Hazard is the chance, per 30 days, that an ordinary person stops paying.
	// Defaults to 200 (2%).
	Hazard Bp
	// NoDeal is the share of the balance expected without an agreement. No
	// settlement goes below it, whatever the floor. Defaults to 2000 (20%).
	NoDeal Bp
}

// SettlementPolicy bounds lump-sum settlements.
type SettlementPolicy struct {
	Enabled     bool
	Floor, Open Bp // the lowest share, and the first one offered
	ExpiresDays int
}

// PlanPolicy bounds payment plans over the whole balance.
type PlanPolicy struct {
	MaxMonths  int
	MinPayment Money
}

// Cadence is how often instalments fall due.
type Cadence string

// The cadences.
const (
	Weekly   Cadence = "weekly"
	Biweekly Cadence = "biweekly"
	Monthly  Cadence = "monthly"
)

// Case is one account at one moment.
type Case struct {
	Balance Money
	Today   civil.Date
	// Surplus is what the person says or the record shows is left each month
	// after essentials; nil when unknown.
	Surplus *Money
	// Payday is "friday", "15", "1,15", "last" or "" when unknown.
	Payday   string
	Behavior Behavior
	History  History
	// Round counts the person's counter-offers so far, this turn's included. A
	// counter-offer answers an offer of ours: what a person asks before the
	// first offer is none, so that the first offers are made at round 0
	// whatever was asked.
	Round int
	// Hardship: the person has told of one.
	Hardship bool
	// Settle: settlements may be offered now at all.
	Settle bool
}

// Behavior is what the record shows of how the person pays.
type Behavior struct {
	Payments, BrokenPromises, KeptPromises int
	LastPayment                            civil.Date `json:"last_payment,omitzero"`
}

// History is what was put on the table before, oldest first. Moves and Validate
// trust it: an offer once made is not taken back for a worse one, and money the
// person has named is money they say they have.
type History struct {
	Offered []Terms // ours
	Asked   []Ask   // theirs
}

// Ask is what a person asks for, as understood. Zero fields were not said.
type Ask struct {
	Kind      AskKind
	Amount    Money      // per payment, or of the lump sum
	Max       Money      // upper end of a range ("50 to 80 a month")
	Share     Bp         // "half" is 5000
	Cadence   Cadence    // how often
	Count     int        // how many payments
	Start     civil.Date `json:"start,omitzero"`      // first or only payment on this day
	By        civil.Date `json:"by,omitzero"`         // all paid by this day
	NotBefore civil.Date `json:"not_before,omitzero"` // nothing before this day
}

// AskKind is the form of an ask.
type AskKind string

// The kinds.
const (
	AskOpen       AskKind = ""           // "what can you do?"
	AskPlan       AskKind = "plan"       // instalments
	AskSettlement AskKind = "settlement" // less than the balance, to be done with it
	AskFull       AskKind = "full"       // everything at once
	AskPromise    AskKind = "promise"    // an amount on a day, towards the balance
	AskLower      AskKind = "lower"      // "that's too much"
	AskLater      AskKind = "later"      // "not before the 1st"
)

// MoveKind is what a move is.
type MoveKind string

// The kinds.
const (
	MoveFull       MoveKind = "full_payment"
	MovePlan       MoveKind = "payment_plan"
	MoveSettlement MoveKind = "settlement"
	MovePromise    MoveKind = "promise"
	MoveHardship   MoveKind = "hardship" // pause, and facts for a human
	MoveHandoff    MoveKind = "handoff"  // nothing the engine may do
	MoveAsk        MoveKind = "ask"      // one question: Field says which
	MoveHold       MoveKind = "hold"     // the offers on the table stand
)

// Installment is one payment of an agreement.
type Installment struct {
	Due    civil.Date
	Amount Money
}

// Terms are exact: the amounts of Installments add up to Total, to the cent.
type Terms struct {
	Kind         MoveKind
	Total        Money
	Installments []Installment
	Cadence      Cadence
	Expires      civil.Date `json:"expires,omitzero"` // last day on which they may be accepted; zero: does not expire
}

// Move is something Parley may do now.
type Move struct {
	// Key names the move within one call of Moves: "a", "b", ...; callers mint ids from it.
	Key  string
	Kind MoveKind
	// Terms are set for offers.
	Terms Terms
	// Accepts: doing it accepts what the person has just asked for.
	Accepts bool
	// Beyond: the plan the person has just asked for is longer, or its payments
	// are smaller, than policy permits. Only then is it true that it can't be had.
	Beyond bool
	// Sooner: policy permits the plan the person has just asked for, and this one
	// ends before it.
	Sooner bool
	// Field is what a MoveAsk asks: "surplus", "payday", "amount", "start".
	Field string
	// Reason is why, in words a person can read; it names no limit of the policy.
	Reason string
	// For is what the concession is traded for, in words; empty when nothing is conceded.
	For string
}
