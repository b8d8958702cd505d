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
	// 6c2_may_invoke_remedy, 6c2_intends_remedy, status_notice, redial. A purpose that is not known
	// counts as collection.
	Purpose string
	// Live: the person is in the session now (web chat open, call connected).
	Live bool
	// Human: a human agent sends it.
	Human bool
	// Approved: a person approved this very contact, as the notices of 1006.6(c)(2) need.
	Approved bool

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
	// DoNotCall: they asked to be on the internal do-not-call list.
	DoNotCall bool
	// ProhibitedMedia are media the person barred: call, sms, email, letter.
	ProhibitedMedia []string
	// WroteFromWork: they wrote to us about the debt from their work address.
	WroteFromWork bool
	// Email has what 1006.6(d)(4) asks about an e-mail address.
	Email EmailFacts
	// AICall has what an outbound call by an artificial voice needs.
	AICall AICall
	// Public: the message could be seen by others (social media).
	Public bool

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

	// AttorneyAllows: the attorney consented to direct contact, or did not answer
	// in a reasonable time and a person approved contact.
	AttorneyAllows bool
	// HandlesEstate: the recipient is the verified personal representative of a
	// deceased person, and so the consumer (1006.6(a)(4)).
	HandlesEstate bool
	// Licenses are licence numbers by state, for states that demand one.
	Licenses map[string]string

	// Counters over the last seven local calendar days, today included, this
	// person and debt. Calls that the law does not count (busy, not in service,
	// with prior consent, the person's own) are left out by the caller. All7 has
	// proactive contacts over all media, Texts7 proactive texts, Emails7 proactive
	// e-mails and private messages; ProactiveToday is today's texts and e-mails.
	Calls7, Texts7, All7, ProactiveToday int
	// The same, one number a local calendar date: index 0 is today, 6 six days
	// ago. When all are zero and the sum is not, the day on which the oldest leaves
	// the window is not known, and the gate says to ask again tomorrow.
	CallDays, TextDays, EmailDays, AllDays Tally
	Emails7                                int
	// WorkCalls7 and OtherNumbers30 count calls to work and to other numbers than the
	// person's home and mobile, where a state caps them.
	WorkCalls7, OtherNumbers30 int
	OtherNumber                bool      // this address is such another number
	Redials                    int       // calls back after the latest dropped call
	LastCall                   time.Time // the latest counted call placed
	LastConversation           time.Time // telephone conversation, either side began it
	// CallConsent is prior consent given directly to be called (1006.14(b)(3)(i)).
	CallConsent CallConsent
}

// Tally counts contacts per local calendar date: index 0 is today.
type Tally [7]int

// CallConsent lets a call be made that would exceed the frequency limits. It
// ends after seven days (the day of consent is the first), on a conversation, or
// when its own shorter term ends.
type CallConsent struct {
	At      time.Time // zero: none
	For     string    // civil date, when it was for one day only
	Revoked bool
}

// EmailFacts is what is known about how an e-mail address came to be used.
type EmailFacts struct {
	Basis string // consumer_used, direct_consent, creditor_notice, prior_collector
	// NoticeAt is when the creditor's notice went out, OptOutDays how long it let
	// the person opt out.
	NoticeAt           time.Time
	OptOutDays         int
	EmployerDomain     bool
	PriorCollectorUsed bool
	OptedOut           bool
}

// AICall says which preconditions of an artificial-voice call are met. All must be.
type AICall struct {
	NameSafe     bool // the registered name does not reveal collection
	CallbackSet  bool
	OptOutWorks  bool
	AsksForThem  bool // the script asks for the person before any debt content
	RightPartyOK bool // right-party contact is already established
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
