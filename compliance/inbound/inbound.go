// Package inbound hears what a person says in law, whatever words they choose.
//
// Order of use: [Redact] before anything is stored, [Keyword] before the
// acknowledgement, [Detector.Detect] in the turn. All are pure.
package inbound

// Label is a legally significant event. The set is that of the rulebook, section 2.
type Label string

// The labels.
const (
	OptOut             Label = "opt_out"
	OptIn              Label = "opt_in"
	Help               Label = "help"
	CeaseContact       Label = "cease_contact"
	RefusalToPay       Label = "refusal_to_pay"
	Attorney           Label = "attorney_represented"
	Dispute            Label = "dispute"
	ValidationRequest  Label = "validation_request"
	IdentityTheft      Label = "identity_theft"
	CoercedDebt        Label = "coerced_debt"
	Bankruptcy         Label = "bankruptcy"
	Deceased           Label = "deceased"
	WrongNumber        Label = "wrong_number"
	ThirdParty         Label = "third_party"
	InconvenientTime   Label = "inconvenient_time"
	InconvenientPlace  Label = "inconvenient_place"
	EmployerProhibits  Label = "employer_prohibits"
	MediumRestriction  Label = "medium_restriction"
	Hardship           Label = "hardship"
	Vulnerable         Label = "vulnerable"
	SelfHarm           Label = "self_harm"
	RequestHuman       Label = "request_human"
	BotQuery           Label = "bot_query"
	LegalThreat        Label = "legal_threat"
	RegulatorComplaint Label = "regulator_complaint"
	Minor              Label = "minor"
	LanguageRequest    Label = "language_request"
	Military           Label = "military"
	RecordingObjection Label = "recording_objection"
	CardData           Label = "card_data"
	StopPayment        Label = "stop_payment"
)

// By says which layer heard it.
type By string

// The layers.
const (
	ByRule       By = "rule"
	ByClassifier By = "classifier"
	ByModel      By = "model"
)

// Hit is one event heard.
type Hit struct {
	Label Label `json:"label"`
	By    By    `json:"by"`
	// Rule is the rulebook's id, such as "IN-ATTY-01".
	Rule string `json:"rule"`
	// Words are the words that caused it; for the classifier the strongest ones.
	Words string `json:"words,omitempty"`
	// Confidence is 1 for rules, a calibrated probability else.
	Confidence float64 `json:"confidence"`
}

// Redaction is a text with what must never be stored taken out.
type Redaction struct {
	// Text is safe to store, log, show and send to a model.
	Text string
	// Kinds are what was found: "card", "cvv", "ssn", "bank_account", "pin".
	Kinds []string
	// Earlier holds new texts for earlier messages, by index into what was passed
	// as earlier, when a number was split over several messages.
	Earlier map[int]string
}

// Found reports whether anything was taken out.
func (r Redaction) Found() bool { return len(r.Kinds) > 0 }
