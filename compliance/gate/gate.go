// Package gate decides whether a person may be contacted: here, now, this way.
// It runs before contact and again at dequeue, on every path.
package gate

import (
	"time"

	"parley/compliance"
)

// Decision is the gate's answer; the zero value blocks.
type Decision string

// The decisions.
const (
	Deny     Decision = ""
	Allow    Decision = "allow"
	Delay    Decision = "delay"
	Block    Decision = "block"
	Escalate Decision = "escalate"
)

// Verdict is the answer with its reasons.
type Verdict struct {
	Decision Decision
	// Until is the first instant at which a delayed contact may be tried again.
	Until time.Time
	// Findings has every rule that did not allow, strictest first.
	Findings []compliance.Finding
}

// Profile is how strictly rules with a choice are read.
type Profile string

// The profiles.
const (
	Legal  Profile = "legal"  // what the law demands
	Strict Profile = "strict" // the house's tighter figures; satisfies every state overlay
)

// Contact is one intended contact with everything the rules need. Histories are
// counted by the caller's record, so its size does not grow with them.
type Contact struct {
	Now     time.Time
	Profile Profile
	Actor   compliance.Actor
	Channel string // sms, webchat, voice, email, mail
	Medium  string // "" or sms, call, ai_voice, prerecorded, ringless, email, letter
	// Purpose: "" (collection), reply, opt_out_confirmation, help, crisis, verification, validation_notice,
	// wrong_party, handoff, written_copy, reminder, callback, location, 6c2_terminating_efforts,
	// 6c2_may_invoke_remedy, 6c2_intends_remedy.
	Purpose string
	// Live: the person is in the session now (web chat open, call connected).
	Live bool
	// Human: a human agent sends it.
	Human bool

	// Zones are all IANA zones the person might be in: address, area code, stated, device.
	Zones []string
	// States are all states with a plausible link; City is the person's city.
	States []string
	City   string

	// LastInbound is when they last wrote on this address and medium;
	// RepliesSince is how many messages went out since.
	LastInbound  time.Time
	RepliesSince int

	Windows    []Window // stated inconvenient times
	Places     []string // stated inconvenient places: home, work, ...
	AtPlaceNow bool     // known to be at an inconvenient place now
	PlaceUntil time.Time

	// Address facts.
	SMSOptedOut, VoiceOptedOut, MediumProhibited bool
	WrongParty, Reassigned, LedToDisclosure      bool
	WorkAddress                                  bool
	Consents                                     []Consent
	LastTextFromPerson                           time.Time // about the debt, from this number
	RNDCheckedAt                                 time.Time

	// Person and debt facts.
	Represented, Minor, Deceased, Bankruptcy, SelfHarm bool
	Military, IdentityTheft                            bool
	RecipientIsThirdParty                              bool
	CeaseAt, RefusedAt                                 time.Time
	CeaseNoticesSent                                   int // 6(c)(2) notices of this purpose
	Disputed                                           bool
	DisputeInValidation                                bool
	VerificationSent                                   bool
	InitialAt                                          time.Time // initial communication
	NoticeSentAt                                       time.Time // validation notice

	// Counters over the last seven local calendar days, this person and debt.
	Calls7, Texts7, All7, ProactiveToday int
	LastConversation                     time.Time // telephone conversation, either side began it
}

// Window is a recurring time a person said is inconvenient, in their zone.
type Window struct {
	Days  []time.Weekday `json:"days,omitempty"` // empty: every day
	From  string         `json:"from"`           // "15:00"; empty: all day
	To    string         `json:"to"`
	Until string         `json:"until,omitempty"` // civil date; empty: for ever
	Zone  string         `json:"zone,omitempty"`
}

// Consent is a person's recorded permission for an address.
type Consent struct {
	Scope  string    `json:"scope"` // sms, ai_voice, email
	Source string    `json:"source"`
	At     time.Time `json:"at"`
	// Direct: given by the person to us, not through the creditor.
	Direct  bool `json:"direct"`
	Revoked bool `json:"revoked"`
}
