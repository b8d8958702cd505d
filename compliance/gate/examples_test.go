package gate

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/compliance"
)

const (
	eastern = "America/New_York"
	central = "America/Chicago"
)

// noon is a Tuesday, 11:00 in Chicago.
var noon = ts("2026-11-24T17:00:00Z")

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t.Add(17 * time.Hour)
}

// lawful is a text that nothing speaks against, changed by with.
func lawful(with ...func(*Contact)) Contact {
	c := Contact{Now: noon, Profile: Legal, Actor: compliance.CreditorOwed, Channel: "sms", Zones: []string{central}, States: []string{"TX"}, City: "Austin",
		Consents: []Consent{{Scope: "sms", At: day("2026-11-01"), Direct: true}, {Scope: "ai_voice", At: day("2026-11-01"), Direct: true}}}
	for _, change := range with {
		change(&c)
	}
	return c
}

func reply(c *Contact)  { c.Purpose, c.LastInbound = "reply", c.Now.Add(-10*time.Second) }
func call(c *Contact)   { c.Channel = "voice" }
func letter(c *Contact) { c.Channel = "mail" }
func email(c *Contact) {
	c.Channel = "email"
	c.Email.Basis = "consumer_used"
}
func strict(c *Contact) { c.Profile = Strict }
func on(date string) func(*Contact) {
	return func(c *Contact) { c.Now = day(date); c.Consents[0].At, c.Consents[1].At = c.Now, c.Now }
}
func in(state string) func(*Contact) {
	return func(c *Contact) { c.States, c.City = []string{state}, "" }
}
func purpose(p string) func(*Contact) { return func(c *Contact) { c.Purpose = p } }
func calls(days ...int) func(*Contact) {
	return func(c *Contact) {
		for _, ago := range days {
			c.CallDays[ago]++
			c.AllDays[ago]++
		}
	}
}
func texts(days ...int) func(*Contact) {
	return func(c *Contact) {
		for _, ago := range days {
			c.TextDays[ago]++
			c.AllDays[ago]++
		}
	}
}
func aiCall(c *Contact) {
	c.Channel, c.Medium = "voice", "ai_voice"
	c.AICall = AICall{NameSafe: true, CallbackSet: true, OptOutWorks: true, AsksForThem: true}
}

type example struct {
	name    string
	rule    string // must be among the findings, when want is not Allow
	contact Contact
	want    Decision
	until   string
}

// examples are the rulebook's own, and the edges of each rule.
var examples = slices.Concat(timeExamples, flagExamples, frequencyExamples, consentExamples, stateExamples)

func (e example) fault(v Verdict) string {
	if v.Decision != e.want {
		return "decision " + string(v.Decision) + ", want " + string(e.want)
	}
	if e.want != Allow && !slices.ContainsFunc(v.Findings, func(f compliance.Finding) bool { return f.Rule == e.rule && f.Cite != "" && f.Detail != "" }) {
		return "no finding of " + e.rule + " with a citation and a reason"
	}
	if e.until != "" && !v.Until.Equal(ts(e.until)) {
		return "until " + v.Until.UTC().Format(time.RFC3339) + ", want " + e.until
	}
	return ""
}

func TestEveryRuleByExample(t *testing.T) {
	t.Parallel()
	for _, e := range examples {
		t.Run(e.rule+" "+e.name, func(t *testing.T) {
			t.Parallel()
			v := Decide(e.contact)
			if fault := e.fault(v); fault != "" {
				t.Errorf("%s: %+v", fault, v.Findings)
			}
		})
	}
}

// A rule whose loss no example notices is a rule nobody tests.
func TestTakingAnyRuleOutIsNoticed(t *testing.T) {
	t.Parallel()
	for i, r := range rules() {
		if place, ok := strings.CutPrefix(r.id, "BC-STATE-"); ok {
			o, _ := compliance.OverlayFor(place)
			weaker := place == "WV" // its cap is wider than the federal one
			if weaker || len(o.Caps) == 0 && !o.ElectronicNeedsConsent && !o.EmailNeedsConsent && o.WorkCalls7 == 0 && o.OtherNumbers30 == 0 {
				continue // nothing for the gate to apply
			}
		}
		without := slices.Delete(slices.Clone(rules()), i, i+1)
		if !slices.ContainsFunc(examples, func(e example) bool { return e.fault(decide(without, e.contact)) != "" }) {
			t.Errorf("no example fails without %s", r.id)
		}
	}
}

func TestARuleThatPanicsOrSaysNothingDenies(t *testing.T) {
	t.Parallel()
	for name, check := range map[string]func(*facts) compliance.Finding{
		"panics":       func(*facts) compliance.Finding { panic("broken") },
		"says nothing": func(*facts) compliance.Finding { return compliance.Finding{} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := decide([]rule{{id: "BC-LIC-01", check: check}}, lawful())
			if v.Decision != Block || len(v.Findings) != 1 || v.Findings[0].Rule != "BC-LIC-01" {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestEveryRuleOfTheGateIsInTheRulebook(t *testing.T) {
	t.Parallel()
	for _, r := range rules() {
		if compliance.Cite(r.id) == "" {
			t.Errorf("%s has no citation", r.id)
		}
	}
}

func TestEveryContactRuleOfTheRulebookIsApplied(t *testing.T) {
	t.Parallel()
	elsewhere := []string{"BC-VAL-02", "BC-FURNISH-01", "BC-CARRIER-01", "BC-TBD-01"} // dates, reporting, configuration, words
	for _, r := range compliance.Rules() {
		in := slices.ContainsFunc(rules(), func(own rule) bool { return own.id == r.ID })
		if r.Section() == "BC" && in == slices.Contains(elsewhere, r.ID) {
			t.Errorf("%s: in the gate's list: %v", r.ID, in)
		}
	}
}

func TestFindingsComeStrictestFirst(t *testing.T) {
	t.Parallel()
	c := lawful(call, calls(0, 1, 2, 3, 4, 5, 6), func(c *Contact) { c.Military, c.Bankruptcy = true, true })
	v := Decide(c)
	var got []compliance.Outcome
	for _, f := range v.Findings {
		got = append(got, f.Outcome)
	}
	want := []compliance.Outcome{compliance.Block, compliance.Escalate, compliance.Delay}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if !v.Until.IsZero() {
		t.Error("a block says until when")
	}
}
