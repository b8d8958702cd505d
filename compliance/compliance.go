// Package compliance holds what the law and the house forbid, as pure functions.
//
// Three places apply it: package gate before any contact, package inbound to
// what a person says, package guard to every word that goes out. This package
// has what they share: the [Finding], the catalogue of rules, and the wording of
// disclosures. Nothing here reads a clock, a file or a network.
package compliance

import "time"

// Outcome is what a rule demands. The zero value denies.
type Outcome string

// The outcomes, from strictest to mildest.
const (
	Deny     Outcome = ""         // no reason given: never
	Block    Outcome = "block"    // not like this; never, until a fact changes
	Escalate Outcome = "escalate" // a human decides
	Delay    Outcome = "delay"    // not before Finding.Until
	Rewrite  Outcome = "rewrite"  // code can mend it, by adding or replacing fixed words
	Allow    Outcome = "allow"
)

// Finding is one rule's word on one message or contact.
type Finding struct {
	// Rule is the rulebook's id, such as "OD-AMOUNT-01".
	Rule string `json:"rule"`
	// Cite is the law or policy behind it.
	Cite string `json:"cite"`
	// Outcome is what the rule demands.
	Outcome Outcome `json:"outcome"`
	// Words are the words of the text that caused it, as they stand there; empty
	// where an absence caused it.
	Words string `json:"words,omitempty"`
	// Detail says in plain words what is wrong and what would be lawful.
	Detail string `json:"detail,omitempty"`
	// Until is when a Delay ends.
	Until time.Time `json:"until,omitzero"`
}

// RuleIDs are the rules behind findings, in their order; never nil.
func RuleIDs(found []Finding) []string {
	ids := make([]string, 0, len(found))
	for _, f := range found {
		ids = append(ids, f.Rule)
	}
	return ids
}

// Actor is in whose name Parley speaks; it decides what may truthfully be said.
type Actor string

// The actors.
const (
	CreditorOwed   Actor = "creditor_owed"    // the creditor itself: never calls itself a debt collector
	DebtBuyerOwner Actor = "debt_buyer_owner" // owns the debt, is a debt collector
	ThirdParty     Actor = "third_party"      // collects for another
)
