package gate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

// Answer is what [CheckRow] says of a row whose rule decides a contact.
type Answer struct {
	Decision Decision `json:"decision"`
	// Until is a civil date when the row gave its day as one, else an instant. The
	// rules of time and frequency know it.
	Until string `json:"until,omitempty"`
}

// CheckRow answers one row {"id", "rule", "given"} of the contact corpus in the
// shape of its "expect". The rule named is asked, with its closest kin, about the
// facts given; what a rule needs and the row does not give, and any field that is
// not known, is an error that names it.
func CheckRow(raw json.RawMessage) (any, error) {
	var r row
	if err := strictly(raw, &r); err != nil {
		return nil, err
	}
	if len(r.Given) == 0 || string(r.Given) == "null" {
		return nil, errors.New("given is missing")
	}
	var g given
	if err := strictly(r.Given, &g); err != nil {
		return nil, fmt.Errorf("given: %w", err)
	}
	switch r.Rule {
	case "":
		return nil, errors.New("rule is missing")
	case "BC-VAL-02":
		return g.validationEnd()
	case "BC-TCPA-02":
		return g.ceiling()
	case "BC-VAL-01":
		return g.notice()
	case "BC-FURNISH-01":
		return g.furnish()
	case "BC-CARRIER-01":
		return g.carrier()
	}
	return g.decide(r.Rule)
}

func strictly(data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	if dec.More() {
		return errors.New("more than one JSON value")
	}
	return nil
}

func (g *given) validationEnd() (any, error) {
	if g.Sent.IsZero() {
		return nil, errors.New("given.sent is missing")
	}
	return struct {
		End string `json:"earliest_end"`
	}{ValidationEnd(g.Sent.Time).Format(time.DateOnly)}, nil
}

// ceiling answers the opt-out's legal ceiling, or whether a contact after one may
// go out.
func (g *given) ceiling() (any, error) {
	if g.AddressOptedOut || bool(g.OptedOut) || len(g.Prohibited) > 0 {
		return g.decide("BC-TCPA-02")
	}
	if g.Received.IsZero() {
		return nil, errors.New("given.received is missing")
	}
	if !g.Now.IsZero() {
		g.AddressOptedOut = !g.Now.Before(g.Received.Time)
		return g.decide("BC-TCPA-02")
	}
	return struct {
		Ceiling string `json:"legal_ceiling"`
		Policy  string `json:"policy"`
	}{OptOutCeiling(g.Received.Time).Format(time.DateOnly), "immediate"}, nil
}

// notice answers whether the validation notice went out in time and in a form that
// counts: by electronic means outside the initial communication it needs consent
// under the E-SIGN Act.
func (g *given) notice() (any, error) {
	if g.Initial.IsZero() {
		return nil, errors.New("given.initial is missing")
	}
	if g.NoticeSent.IsZero() {
		return g.decide("BC-VAL-01")
	}
	onTime := !civil(g.NoticeSent.Time).After(NoticeDue(g.Initial.Time))
	if !onTime || g.Electronic && !bool(g.ESign) {
		return Answer{Decision: Block}, nil
	}
	return Answer{Decision: Allow}, nil
}

func (g *given) furnish() (any, error) {
	f := CheckFurnish(Furnishing{Spoke: g.Spoke, Sent: first(g.Mailed, g.Sent).Time, Undeliverable: g.Undeliverable.Time, On: g.FurnishOn.Time})
	return Answer{Decision: decision(f.Outcome)}, nil
}

func (g *given) carrier() (any, error) {
	if g.Channel == "" && g.Medium == "" {
		return nil, errors.New("given.channel is missing")
	}
	channel, status := g.Channel, g.CampaignStatus
	if channel == "" {
		channel = g.Medium
	}
	if status == "" {
		status = g.Campaign
	}
	if status == "" && g.Approved != nil && *g.Approved {
		status = "approved"
	}
	if len(CheckCarrier(g.Actor, g.Provider, channel, status, bool(g.ProviderAnswer))) > 0 {
		return Answer{Decision: Block}, nil
	}
	return Answer{Decision: Allow}, nil
}

// kin are the rules asked together, where one never comes without the other.
var kin = map[string][]string{
	"BC-TIME-01": {"BC-TIME-01", "BC-TIME-02"},
	"BC-TIME-02": {"BC-TIME-01", "BC-TIME-02"},
	"BC-FREQ-01": {"BC-FREQ-01", "BC-FREQ-02"},
	"BC-FREQ-02": {"BC-FREQ-01", "BC-FREQ-02"},
}

func (g *given) decide(id string) (any, error) {
	ids := kin[id]
	if ids == nil {
		ids = []string{id}
	}
	var list []rule
	for _, r := range rules() {
		if slices.Contains(ids, r.id) {
			list = append(list, r)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("rule %q is not a rule of the contact gate", id)
	}
	c, err := g.contact(id)
	if err != nil {
		return nil, err
	}
	v := decide(list, c)
	if strings.HasPrefix(id, "BC-STATE-") && g.Medium == "" && g.Channel == "" {
		c.Channel = "voice" // no medium is given: the stricter of a call and a text
		if other := decide(list, c); severity[other.Decision] > severity[v.Decision] {
			v = other
		}
	}
	a := Answer{Decision: v.Decision}
	if v.Decision == Delay && (strings.HasPrefix(id, "BC-TIME-") || strings.HasPrefix(id, "BC-FREQ-")) {
		a.Until = v.Until.UTC().Format(time.RFC3339)
		if g.Now.IsZero() {
			a.Until = v.Until.In(g.home()).Format(time.DateOnly)
		}
	}
	return a, nil
}

// home is the zone that the row's civil dates are read in.
func (g *given) home() *time.Location {
	name := g.TZ
	if name == "" && len(g.Zones) > 0 {
		name = g.Zones[0]
	}
	if name == "" {
		return time.UTC
	}
	if loc, err := load(name); err == nil {
		return loc
	}
	return time.UTC
}

// contact makes the gate's facts of a row's.
func (g *given) contact(id string) (Contact, error) {
	when := first(g.Now, g.Date, g.Today)
	timed := strings.HasPrefix(id, "BC-TIME-") || strings.HasPrefix(id, "BC-FREQ-") || strings.HasPrefix(id, "BC-STATE-")
	if when.IsZero() {
		if timed || id == "BC-VAL-01" || id == "BC-SMS-01" || id == "BC-EMAIL-01" {
			return Contact{}, errors.New("given has neither now, date nor today")
		}
		when = moment{Time: time.Date(2100, 1, 1, 12, 0, 0, 0, time.UTC)} // the row's facts do not depend on the day
	}
	if strings.HasPrefix(id, "BC-TIME-") && g.Now.IsZero() {
		return Contact{}, errors.New("given.now is missing")
	}
	for _, zone := range append(slices.Clone(g.Zones), g.TZ) {
		if _, err := load(zone); zone != "" && err != nil {
			return Contact{}, fmt.Errorf("given: %q is no zone", zone)
		}
	}
	if g.Profile != "" && g.Profile != Legal && g.Profile != Strict {
		return Contact{}, fmt.Errorf("given.profile: %q is neither legal nor strict", g.Profile)
	}
	home := g.home()
	c := Contact{Now: when.in(home), Profile: g.Profile, Actor: g.Actor, Channel: g.Channel, Medium: g.Medium, Purpose: g.Purpose,
		Live: g.Live, Human: g.Human, Approved: true, City: g.City, States: g.States, Zones: g.Zones}
	if g.RepliesSince != nil {
		c.RepliesSince = *g.RepliesSince
	}
	if c.Profile == "" {
		c.Profile = Legal
	}
	if g.State != "" {
		c.States = append(slices.Clone(g.States), strings.ToUpper(g.State))
	}
	if len(c.Zones) == 0 && g.TZ != "" {
		c.Zones = []string{g.TZ}
	}
	g.replies(&c, home, id)
	for _, w := range g.Windows {
		if w.Lifted {
			continue
		}
		window, err := w.window()
		if err != nil {
			return c, err
		}
		c.Windows = append(c.Windows, window)
	}
	g.address(&c, home, id)
	g.person(&c, home)
	if err := g.amounts(&c); err != nil {
		return c, err
	}
	g.histories(&c, home)
	return c, mediumFor(&c, g, id)
}

// mediumFor fills the medium that a row's rule is about when it gives none.
func mediumFor(c *Contact, g *given, id string) error {
	if c.Channel == "" && c.Medium == "" {
		switch {
		case id == "BC-FREQ-01" || id == "BC-FREQ-02" || id == "BC-AIVOICE-01" || id == "BC-TCPA-01" || id == "BC-DNC-01":
			c.Channel = "voice"
		case strings.HasPrefix(id, "BC-EMAIL") || id == "BC-WORKEMAIL-01":
			c.Channel = "email"
		default:
			c.Channel = "sms"
		}
	}
	if mediumOf(c.Medium, c.Channel) == mediumUnknown {
		return fmt.Errorf("given: %q is no medium", c.Medium+c.Channel)
	}
	// An opt-out of the address is one of the medium it was asked for by.
	if g.AddressOptedOut || bool(g.OptedOut) {
		switch mediumOf(c.Medium, c.Channel) {
		case mediumText:
			c.SMSOptedOut = true
		case mediumCall:
			c.VoiceOptedOut = true
		case mediumEmail:
			c.MediumProhibited, c.Email.OptedOut = true, true
		}
	}
	return nil
}

// first is the first moment that is given.
func first(all ...moment) moment {
	for _, m := range all {
		if !m.IsZero() {
			return m
		}
	}
	return moment{}
}

// amounts decides whether a request stays within the undisputed part of a balance.
func (g *given) amounts(c *Contact) error {
	if g.DisputedAmount == "" || g.Balance == "" || g.Amount == "" {
		return nil
	}
	var sums [3]big.Rat
	for i, n := range []number{g.DisputedAmount, g.Balance, g.Amount} {
		if _, ok := sums[i].SetString(string(n)); !ok {
			return fmt.Errorf("given: %q is no amount", n)
		}
	}
	if free := new(big.Rat).Sub(&sums[1], &sums[0]); sums[2].Cmp(free) <= 0 {
		c.Disputed, c.DisputeInValidation = false, false
	}
	return nil
}
