package compliance

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed overlays.yaml
var overlaysYAML []byte

// Overlay is what one place adds to the federal rules; "US" has the federal
// figures and "strict" the house's own.
type Overlay struct {
	Place      string `yaml:"place"` // a state's two letters, DC, NYC, US or strict
	Name       string `yaml:"name"`
	Cite       string `yaml:"cite"`
	Confidence string `yaml:"confidence"`
	// From and Until are civil dates of the days it is in force; empty: always.
	From  string `yaml:"from"`
	Until string `yaml:"until"`
	// Per says what the caps count by: debt, person or account.
	Per             string `yaml:"per"`
	CoversCreditors bool   `yaml:"covers_creditors"`

	Hours                  *Hours  `yaml:"hours"`
	Caps                   []Cap   `yaml:"caps"`
	AfterConversationDays  int     `yaml:"after_conversation_days"`
	ElectronicNeedsConsent bool    `yaml:"electronic_needs_consent"`
	EmailNeedsConsent      bool    `yaml:"email_needs_consent"`
	WorkCalls7             int     `yaml:"work_calls_7d"`     // 0: no cap
	OtherNumbers30         int     `yaml:"other_numbers_30d"` // 0: no cap
	LicenseRequired        []Actor `yaml:"license_required"`

	Duties   []string `yaml:"duties"`
	Proposed string   `yaml:"proposed"`
	Note     string   `yaml:"note"`
}

// Cap is the most contacts over some days. Media are call, text (SMS), electronic
// (SMS, e-mail and social), cell (call and text) or all.
type Cap struct {
	Media []string `yaml:"media"`
	Max   int      `yaml:"max"`
	Days  int      `yaml:"days"`
}

// Hours are local times of day between which contact is permitted. Close itself is
// always outside; the second of Open is, when OpenExcluded.
type Hours struct {
	Open         string `yaml:"open"`
	Close        string `yaml:"close"`
	OpenExcluded bool   `yaml:"open_excluded"`
	SundayOpen   string `yaml:"sunday_open"`
	SundayClose  string `yaml:"sunday_close"`
	SkipHolidays bool   `yaml:"skip_holidays"`
}

// Overlays is all overlays in the data's order. The slice is the caller's.
func Overlays() []Overlay { return slices.Clone(overlays()) }

// OverlayFor finds the overlay of a place.
func OverlayFor(place string) (Overlay, bool) {
	for _, o := range overlays() {
		if o.Place == place {
			return o, true
		}
	}
	return Overlay{}, false
}

// InForce reports whether the overlay holds on a civil date.
func (o Overlay) InForce(day time.Time) bool {
	d := day.Format(time.DateOnly)
	return (o.From == "" || d >= o.From) && (o.Until == "" || d <= o.Until)
}

// overlays decodes the embedded data once. Data that breaks its schema is a
// programming error that the tests find.
var overlays = sync.OnceValue(func() []Overlay {
	all, err := parseOverlays(overlaysYAML)
	if err != nil {
		panic(err)
	}
	return all
})

func parseOverlays(data []byte) ([]Overlay, error) {
	var all []Overlay
	if err := yaml.UnmarshalWithOptions(data, &all, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("overlays: %w", err)
	}
	seen := map[string]bool{}
	for _, o := range all {
		if seen[o.Place] {
			return nil, fmt.Errorf("overlays: %s stands there twice", o.Place)
		}
		seen[o.Place] = true
		if err := o.check(); err != nil {
			return nil, fmt.Errorf("overlays: %s: %w", o.Place, err)
		}
	}
	if !seen["US"] || !seen["strict"] {
		return nil, fmt.Errorf("overlays: US and strict must be there")
	}
	return all, nil
}

func (o Overlay) check() error {
	switch {
	case o.Place == "" || o.Name == "" || o.Cite == "":
		return fmt.Errorf("place, name and cite are needed")
	case !slices.Contains(Confidences, o.Confidence):
		return fmt.Errorf("confidence %q is none of %v", o.Confidence, Confidences)
	case !slices.Contains([]string{"debt", "person", "account"}, o.Per):
		return fmt.Errorf("per %q is not debt, person or account", o.Per)
	}
	for _, date := range []string{o.From, o.Until} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return err
		}
	}
	for _, c := range o.Caps {
		if c.Max < 1 || c.Days != 1 && c.Days != 7 || len(c.Media) == 0 {
			return fmt.Errorf("a cap needs media, a max and 1 or 7 days")
		}
		for _, m := range c.Media {
			if !slices.Contains([]string{"call", "text", "electronic", "cell", "all"}, m) {
				return fmt.Errorf("a cap has the unknown medium %q", m)
			}
		}
	}
	return o.checkHours()
}

func (o Overlay) checkHours() error {
	if o.Hours == nil {
		return nil
	}
	h := *o.Hours
	if h.SundayOpen == "" {
		h.SundayOpen, h.SundayClose = h.Open, h.Close
	}
	for _, pair := range [][2]string{{h.Open, h.Close}, {h.SundayOpen, h.SundayClose}} {
		open, err := SecondOfDay(pair[0])
		if err != nil {
			return err
		}
		end, err := SecondOfDay(pair[1])
		if err != nil {
			return err
		}
		if open >= end {
			return fmt.Errorf("hours open at %s and close at %s", pair[0], pair[1])
		}
	}
	return nil
}

// SecondOfDay reads "HH:MM" as seconds since local midnight; "24:00" is the end of
// the day.
func SecondOfDay(s string) (int, error) {
	if len(s) != 5 || s[2] != ':' {
		return 0, fmt.Errorf("%q is not HH:MM", s)
	}
	h, err1 := strconv.Atoi(s[:2])
	m, err2 := strconv.Atoi(s[3:])
	if err1 != nil || err2 != nil || h < 0 || m < 0 || m > 59 || h*60+m > 24*60 {
		return 0, fmt.Errorf("%q is not HH:MM", s)
	}
	return h*3600 + m*60, nil
}

// Confidences are the marks for how sure a rule's source is: text read, several
// secondary sources, one, general knowledge, product policy.
var Confidences = []string{"V", "S", "S1", "K", "P"}
