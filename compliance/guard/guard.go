// Package guard lets a text out, or not. It alone makes a [Cleared] message, and
// only a Cleared message can be sent.
package guard

import (
	"parley/channels"
	"parley/compliance"
)

// Facts is everything the guard may rely on about one message. The JSON form is
// that of the sample corpus (parley check outbound). Amounts are decimals in
// dollars there, and are kept as int64 cents after decoding.
type Facts struct {
	Actor     compliance.Actor `json:"actor"`     // zero: third_party (the strictest wording)
	Brand     string           `json:"brand"`     // name used in messages; zero: Collector
	Collector string           `json:"collector"` // legal name of who speaks
	Creditor  string           `json:"creditor"`  // current creditor
	Original  string           `json:"original_creditor"`
	Consumer  string           `json:"consumer"`   // full name
	Assistant string           `json:"assistant"`  // the bot's name
	Agent     string           `json:"agent"`      // "ai" or "human": who writes
	AgentName string           `json:"agent_name"` // a human agent's name

	Channel string `json:"channel"` // sms, webchat, voice, voicemail, social
	Purpose string `json:"message_purpose"`
	// Purpose is one of "", opt_out_confirmation, opt_in_confirmation, help, identify, wrong_party,
	// crisis, limited_content_message, location, handoff, validation_notice, cease_exception, and on a call
	// call_opening, debt_disclosure, readback, call_wait, call_end.
	Lang  string `json:"lang"`
	State string `json:"state"`
	City  string `json:"city"`
	Today string `json:"today"` // civil date in the consumer's zone

	FirstMessage bool `json:"first_message"` // no initial disclosure was heard yet
	NewSession   bool `json:"new_session"`
	NewCall      bool `json:"new_call"`
	Banner       bool `json:"banner"` // web chat shows the persistent disclosures
	CallOpened   bool `json:"call_opening_disclosed"`
	// CallPlaced: we placed the call. DisclosureUnheard: on this call the debt disclosure was not
	// heard to its end yet, so nothing about the debt may be said.
	CallPlaced        bool `json:"call_placed"`
	DisclosureUnheard bool `json:"call_disclosure_unheard"`

	AIDisclosed      bool   `json:"ai_disclosed"`
	AIVoice          bool   `json:"ai_voice"`
	IdentityVerified bool   `json:"identity_verified"`
	Recipient        string `json:"recipient"` // "" or "consumer": the consumer; else who, e.g. "third_party"

	AccountLast4   string   `json:"account_last4"`
	Balance        Cents    `json:"balance"`
	FloorPct       float64  `json:"floor_pct"`
	MaxInstalments int      `json:"max_installments"`
	Amounts        []Cents  `json:"allowed_amounts"`
	Settlements    []Cents  `json:"allowed_settlements"`
	Dates          []string `json:"allowed_dates"`
	Statutory      []Cents  `json:"statutory_amounts"`
	Theirs         []Cents  `json:"consumer_amounts"` // amounts the person named
	TheirDates     []string `json:"consumer_dates"`
	Counts         []int    `json:"allowed_counts"` // numbers of payments, days, months that are true
	Names          []string `json:"allowed_names"`
	Phones         []string `json:"allowed_phones"`
	Links          []string `json:"allowed_links"`
	OfferExpires   string   `json:"offer_expires"`

	Disputed         bool              `json:"disputed"`
	InValidation     bool              `json:"in_validation_period"`
	ValidationEnd    string            `json:"validation_end"`
	VerificationSent bool              `json:"verification_sent"`
	TimeBarred       bool              `json:"time_barred"`
	LitigationIntent bool              `json:"litigation_intended"`
	Judgment         bool              `json:"judgment"`
	Furnished        string            `json:"furnished"`
	FeesAuthorized   bool              `json:"fees_authorized"`
	InterestAccruing bool              `json:"interest_accruing"`
	EConsent         bool              `json:"econsent"`
	OptedOut         bool              `json:"opted_out"`
	CeaseReceived    bool              `json:"cease_notice_received"`
	CeaseException   string            `json:"cease_exception"`
	Represented      bool              `json:"attorney_represented"`
	Attorney         string            `json:"attorney"`
	Bankruptcy       bool              `json:"bankruptcy"`
	Deceased         bool              `json:"deceased"`
	Crisis           bool              `json:"crisis"`
	SignedACH        bool              `json:"signed_ach_authorization"`
	CALicense        string            `json:"ca_license"`
	Licenses         map[string]string `json:"licenses"` // state → number
	LCMBusinessName  string            `json:"lcm_business_name"`
	Callback         string            `json:"callback"`
	AskedEmployer    bool              `json:"asked_employer"`
}

// Cleared is a message every rule has passed. Only this package makes one; the
// zero value is refused by whoever sends.
type Cleared struct {
	out      channels.Outbound
	sha256   string
	rewrites []compliance.Finding
}
