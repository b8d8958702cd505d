package gate

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"parley/compliance"
)

// row is one line of the contact corpus. Expect and note are carried by the sample
// file and not read.
type row struct {
	ID     json.RawMessage `json:"id"`
	Rule   string          `json:"rule"`
	Given  json.RawMessage `json:"given"`
	Expect json.RawMessage `json:"expect"`
	Note   json.RawMessage `json:"note"`
}

// given has every fact that a row may give, whatever its rule.
type given struct {
	// When, where, how.
	Now          moment           `json:"now"`
	Date         moment           `json:"date"`
	Today        moment           `json:"today"`
	TZ           string           `json:"tz"`
	Zones        []string         `json:"tz_candidates"`
	Profile      Profile          `json:"profile"`
	Actor        compliance.Actor `json:"actor"`
	Channel      string           `json:"channel"`
	Medium       string           `json:"medium"`
	Purpose      string           `json:"purpose"`
	State        string           `json:"state"`
	States       []string         `json:"states"`
	City         string           `json:"city"`
	Person       string           `json:"person"`
	Debt         string           `json:"debt"`
	Account      string           `json:"account"`
	Live         bool             `json:"consumer_active_session"`
	ReplyTo      moment           `json:"reply_to_inbound_at"`
	RepliesSince *int             `json:"replies_since_inbound"`
	Reply        truth            `json:"reply_to_inbound"`
	TheyBegan    truth            `json:"consumer_initiated"`
	TheyUsed     truth            `json:"consumer_used_medium"`
	Windows      []givenWindow    `json:"inconvenient_windows"`
	Human        bool             `json:"human"`

	// Histories.
	Calls    []givenContact `json:"call_log"`
	Contacts []givenContact `json:"contact_log"`
	Prior    *struct {
		Received moment `json:"received"`
		For      moment `json:"for_date"`
		Expires  moment `json:"expires"`
		Revoked  any    `json:"revoked"`
	} `json:"prior_consent"`

	// Addresses and consents.
	Basis           string    `json:"basis"`
	LastText        moment    `json:"last_text"`
	Consent         moment    `json:"consent"`
	Renewed         moment    `json:"renewed"`
	Withdrawn       truth     `json:"withdrawn"`
	Revoked         truth     `json:"revoked"`
	ConsentRevoked  truth     `json:"consent_revoked"`
	RND             *givenRND `json:"rnd"`
	LedToDisclosure bool      `json:"led_to_disclosure"`
	OptedOut        truth     `json:"opted_out"`
	AddressOptedOut bool      `json:"address_opted_out"`
	OptedOutOn      string    `json:"opted_out_on_debt"`
	Prohibited      []string  `json:"prohibited_media"`
	Places          []string  `json:"inconvenient_places"`
	AtPlace         bool      `json:"at_place_now"`
	EmployerBars    bool      `json:"employer_prohibits"`
	WorkAddress     bool      `json:"work_address"`
	AddressType     string    `json:"address_type"`
	NumberType      string    `json:"number_type"`
	EmployerDomain  bool      `json:"employer_domain"`
	WroteFromWork   bool      `json:"consumer_used"`
	Notice          moment    `json:"notice"`
	OptOutWindow    int       `json:"opt_out_window_days"`
	PriorUsed       *bool     `json:"prior_collector_used"`
	DoNotCall       bool      `json:"do_not_call"`
	Public          bool      `json:"public"`

	// The person and the debt.
	Represented    bool   `json:"represented"`
	AttorneyAllows bool   `json:"attorney_consents"`
	Unrelated      bool   `json:"unrelated_matter"`
	Bankruptcy     bool   `json:"bankruptcy"`
	Deceased       bool   `json:"deceased"`
	Executor       bool   `json:"executor_verified"`
	Minor          bool   `json:"minor"`
	Military       bool   `json:"military"`
	ThirdParty     bool   `json:"recipient_is_third_party"`
	Recipient      string `json:"recipient"`
	OthersConsent  truth  `json:"consent_on_file"`
	Verified       truth  `json:"relationship_verified"`
	LegalName      string `json:"legal_name"`
	DBA            string `json:"dba"`
	IdentityTheft  bool   `json:"identity_theft"`
	Cease          moment `json:"cease_received"`
	Refused        moment `json:"refused"`
	TimesSent      int    `json:"times_sent"`
	Confirmations  int    `json:"confirmations_sent"`
	AttorneyKnown  *bool  `json:"attorney_known"`
	AttorneyName   string `json:"attorney_name"`
	OCRequested    moment `json:"oc_requested"`
	OCSent         moment `json:"oc_sent"`
	DisputedOn     moment `json:"disputed_on"`
	ValidationEnd  moment `json:"validation_end"`
	Verification   moment `json:"verification_sent"`
	DisputedAmount number `json:"disputed_amount"`
	Balance        number `json:"balance"`
	Amount         number `json:"amount"`
	Initial        moment `json:"initial"`
	NoticeSent     moment `json:"notice_sent"`
	Electronic     bool   `json:"electronic"`
	ESign          truth  `json:"esign_consent"`

	// Dates, reporting, configuration.
	Sent           moment `json:"sent"`
	Received       moment `json:"received"`
	Mailed         moment `json:"mailed"`
	Undeliverable  moment `json:"undeliverable"`
	Spoke          bool   `json:"spoke"`
	FurnishOn      moment `json:"furnish_on"`
	Provider       string `json:"provider"`
	Campaign       string `json:"campaign"`
	CampaignStatus string `json:"campaign_status"`
	Approved       *bool  `json:"campaign_approved"`
	SenderType     string `json:"sender_type"`
	ProviderAnswer truth  `json:"provider_answer"`
	License        string `json:"license"`
}

// givenContact is one past contact of a log.
type givenContact struct {
	Date         moment   `json:"date"`
	At           moment   `json:"at"`
	Person       string   `json:"person"`
	Debt         string   `json:"debt"`
	Account      string   `json:"account"`
	Debts        []string `json:"debts"`
	Medium       string   `json:"medium"`
	Channel      string   `json:"channel"`
	Connected    *bool    `json:"connected"`
	Result       string   `json:"result"`
	Conversation bool     `json:"conversation"`
	InitiatedBy  string   `json:"initiated_by"`
	Excluded     any      `json:"excluded"`
	Proactive    *bool    `json:"proactive"`
	Reply        bool     `json:"reply"`
	Voicemail    bool     `json:"voicemail"` // counts, whether or not one was left
	Note         string   `json:"note"`
}

type givenRND struct {
	Checked    moment `json:"checked"`
	Reassigned *bool  `json:"reassigned"`
	Error      truth  `json:"error"`
}

// givenWindow is a stated inconvenient time. Days are three-letter names.
type givenWindow struct {
	Days  []string `json:"days"`
	From  string   `json:"from"`
	To    string   `json:"to"`
	Start string   `json:"start"`
	End   string   `json:"end"`
	// Before and After leave the other end of the day open; Hours is "15:00-17:00".
	Before string `json:"before"`
	After  string `json:"after"`
	Hours  string `json:"hours"`
	Until  string `json:"until"`
	TZ     string `json:"tz"`
	Lifted truth  `json:"lifted"`
	Source string `json:"source"` // who said so: the creditor's file binds as well
	Note   string `json:"note"`
}

func (g givenWindow) window() (Window, error) {
	from, to := g.From+g.Start+g.After, g.To+g.End+g.Before
	if a, b, ok := strings.Cut(g.Hours, "-"); ok {
		from, to = a, b
	}
	w := Window{From: clockText(from), To: clockText(to), Until: g.Until, Zone: g.TZ}
	for _, name := range g.Days {
		day, ok := weekday(name)
		if !ok {
			return w, fmt.Errorf("inconvenient_windows: %q is no day", name)
		}
		w.Days = append(w.Days, day)
	}
	for _, s := range []string{w.From, w.To} {
		if _, err := compliance.SecondOfDay(s); s != "" && err != nil {
			return w, fmt.Errorf("inconvenient_windows: %w", err)
		}
	}
	if _, err := time.Parse(time.DateOnly, w.Until); w.Until != "" && err != nil {
		return w, fmt.Errorf("inconvenient_windows: until: %w", err)
	}
	return w, nil
}

// clockText makes HH:MM of a time of day that also gives whole minutes' seconds.
func clockText(s string) string {
	if len(s) == len("15:00:00") {
		return strings.TrimSuffix(s, ":00")
	}
	return s
}

func weekday(name string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		full := strings.ToLower(d.String())
		if n := strings.ToLower(name); n == full || n == full[:3] || len(n) == 4 && strings.HasPrefix(full, n) {
			return d, true
		}
	}
	return 0, false
}

// moment is a civil date or an instant.
type moment struct {
	time.Time
	civil bool
}

func (m *moment) UnmarshalJSON(data []byte) error {
	var s *string
	if string(data) == "false" {
		return nil // it did not happen
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("a date or an instant must be a string: %s", data)
	}
	if s == nil {
		return nil
	}
	if t, err := time.Parse(time.DateOnly, *s); err == nil {
		*m = moment{Time: t, civil: true}
		return nil
	}
	t, err := time.Parse(time.RFC3339, *s)
	if err != nil {
		return fmt.Errorf("%q is neither YYYY-MM-DD nor RFC 3339", *s)
	}
	*m = moment{Time: t}
	return nil
}

// in is the moment as an instant: noon of a civil date there.
func (m moment) in(loc *time.Location) time.Time {
	if m.civil {
		return time.Date(m.Year(), m.Month(), m.Day(), 12, 0, 0, 0, loc)
	}
	return m.Time
}

// truth is true, or a date that says since when.
type truth bool

func (t *truth) UnmarshalJSON(data []byte) error {
	var b *bool
	if err := json.Unmarshal(data, &b); err == nil {
		*t = truth(b != nil && *b)
		return nil
	}
	var m moment
	if err := m.UnmarshalJSON(data); err != nil {
		return fmt.Errorf("%s is neither a boolean nor a date", data)
	}
	*t = truth(!m.IsZero())
	return nil
}

// number is an amount, written as a number or a string.
type number string

func (n *number) UnmarshalJSON(data []byte) error {
	*n = number(strings.Trim(string(data), `"`))
	if *n == "null" {
		*n = ""
	}
	return nil
}
