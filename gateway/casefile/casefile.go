// Package casefile makes the case file of a conversation: everything the record
// holds of it, in one document that proves itself, as JSON and as a page that a
// lawyer can read and print. docs/records.md describes the JSON.
//
// It holds what people wrote, and is personal data of the person. It never holds
// identity factors, not even their hashes.
package casefile

import (
	"encoding/json"
	"io"
	"time"

	"parley/channels"
	"parley/compliance/gate"
	"parley/dialog"
	"parley/gateway/store"
	"parley/negotiation"
)

// Schema names the shape of the JSON. It changes when a field is removed or changes its meaning.
const Schema = "parley.casefile/1"

// File is a case file.
type File struct {
	Schema string `json:"schema"`
	// MadeAt and MadeBy are when it was made, and for whom; Program is the version that made it.
	MadeAt  time.Time `json:"made_at"`
	MadeBy  string    `json:"made_by"`
	Program string    `json:"program,omitempty"`
	// Zone is the consumer's time zone that local times are given in; Zones are all it may be.
	Zone  string   `json:"zone"`
	Zones []string `json:"zones"`
	// Purged: only the ledger is left.
	Purged       bool          `json:"purged,omitempty"`
	Verification Verification  `json:"verification"`
	Gaps         []string      `json:"gaps"` // what this file can't show, in plain words
	Conversation Conversation  `json:"conversation"`
	Accounts     []Account     `json:"accounts"`
	Address      Address       `json:"address"`
	Flags        []Flag        `json:"flags"`
	Disclosures  []Disclosure  `json:"disclosures"`
	Contacts     []Decision    `json:"contact_decisions"`
	Messages     []Message     `json:"messages"`
	Rules        []Rule        `json:"rules"` // every rule named anywhere in the file
	Ledger       []LedgerEntry `json:"ledger"`
	// Turns are every step of every turn.
	Turns []dialog.TurnTrace `json:"turns"`
}

// Verification is what a check of the whole record found when the file was made.
type Verification struct {
	At time.Time `json:"at"`
	// Whole: nothing is amiss in the whole record.
	Whole bool `json:"whole"`
	// Entries counts the ledger's; Head is the hash of the last one.
	Entries int64  `json:"entries"`
	Head    string `json:"head"`
	// Sound counts this conversation's entries that prove themselves from what stands in this file.
	Sound int `json:"sound"`
	// Faults are those of this conversation; Elsewhere counts the others.
	Faults    []store.Fault `json:"faults"`
	Elsewhere int           `json:"faults_elsewhere"`
}

// Conversation is its state when the file was made.
type Conversation struct {
	ID           string     `json:"id"`
	Channel      string     `json:"channel"`
	Address      string     `json:"address"`
	Ours         string     `json:"ours,omitempty"`
	Account      string     `json:"account,omitempty"`
	Candidates   []string   `json:"candidates,omitempty"`
	Control      string     `json:"control"`
	Mode         string     `json:"mode"`
	Language     string     `json:"language"`
	Verified     bool       `json:"verified"`
	VerifiedAt   *time.Time `json:"verified_at,omitempty"`
	CreatedAt    time.Time  `json:"created_at"`
	LastInbound  *time.Time `json:"last_inbound,omitempty"`
	LastOutbound *time.Time `json:"last_outbound,omitempty"`
	// Offers are all that were made, oldest first.
	Offers    []dialog.Offer    `json:"offers"`
	Agreement *dialog.Agreement `json:"agreement,omitempty"`
	Promise   *dialog.Promise   `json:"promise,omitempty"`
	Handoff   *dialog.Handoff   `json:"handoff,omitempty"`
}

// Account is a debt as it is known when the file was made, without identity factors.
type Account struct {
	ID          string              `json:"id"`
	Portfolio   string              `json:"portfolio"`
	Person      dialog.Person       `json:"person"`
	Creditor    dialog.Creditor     `json:"creditor"`
	Last4       string              `json:"account_last4"`
	Balance     negotiation.Money   `json:"balance"`
	Itemization *dialog.Itemization `json:"itemization,omitempty"`
	Validation  string              `json:"validation_sent,omitempty"`
	ChargedOff  string              `json:"charged_off,omitempty"`
	LastPayment string              `json:"last_payment,omitempty"`
	Agreements  []dialog.Agreement  `json:"agreements"`
	Promises    []dialog.Promise    `json:"promises"`
	Payments    []dialog.Payment    `json:"payments"`
	UpdatedAt   time.Time           `json:"updated_at"`
}

// Address is what is known of the address, whatever the debt.
type Address struct {
	Value         string     `json:"value"`
	SMSOptedOut   *time.Time `json:"sms_opted_out,omitempty"`
	VoiceOptedOut *time.Time `json:"voice_opted_out,omitempty"`
	WrongParty    *time.Time `json:"wrong_party,omitempty"`
	Reassigned    *time.Time `json:"reassigned,omitempty"`
	// Consents are those of the address and those the accounts list for it.
	Consents   []gate.Consent `json:"consents"`
	Windows    []gate.Window  `json:"windows,omitempty"`
	Places     []string       `json:"places,omitempty"`
	Prohibited []string       `json:"prohibited,omitempty"`
}

// Flag is a fact with legal weight: when it was set and why.
type Flag struct {
	Account      string    `json:"account"`
	Flag         string    `json:"flag"`
	At           time.Time `json:"at"`
	Why          string    `json:"why"` // a rule's id, or "record": the system of record brought it
	Cite         string    `json:"cite,omitempty"`
	Conversation string    `json:"conversation,omitempty"`
}

// Disclosure is one that a message carried.
type Disclosure struct {
	// Kind: initial, subsequent, ai, opt_out, or the id of the rule that put it there.
	Kind    string          `json:"kind"`
	At      time.Time       `json:"at"`
	Message string          `json:"message"`
	Seq     int64           `json:"seq"`
	Status  channels.Status `json:"status"`
	// Given: the message is known to have gone out.
	Given bool   `json:"given"`
	Rule  string `json:"rule,omitempty"`
	Cite  string `json:"cite,omitempty"`
}

// Decision is one of the contact gate's.
type Decision struct {
	At       time.Time `json:"at"`
	Turn     string    `json:"turn"`
	When     string    `json:"when"` // queue, dequeue
	Purpose  string    `json:"purpose"`
	Decision string    `json:"decision"`
	Until    string    `json:"until,omitempty"`
	Rules    []string  `json:"rules"`
}

// Message is one thing said.
type Message struct {
	dialog.Message
	// Local is At on the consumer's clock.
	Local string `json:"local"`
	// Rewrites are the rules for whose sake the guard added to the text.
	Rewrites []string `json:"rewrites,omitempty"`
}

// Rule is one that the file names.
type Rule struct {
	ID    string `json:"id"`
	Title string `json:"title,omitempty"`
	Cite  string `json:"cite,omitempty"`
}

// LedgerEntry is an entry with what the chain needs to be followed by hand.
type LedgerEntry struct {
	dialog.LedgerEntry
	Local string `json:"local"`
	// Sound: its hash is that of its fields, and its body's that of its body.
	Sound bool `json:"sound"`
	// Dropped: it had a body, which was redacted or purged; its hash stands.
	Dropped bool `json:"dropped,omitempty"`
}

// JSON writes the file, indented.
func (f File) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(f)
}
