package compliance

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed rulebook.yaml
var rulebookYAML []byte

// Rule is one entry of the rulebook.
type Rule struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
	// Cite is the law or policy behind the rule.
	Cite string `yaml:"cite"`
	// Confidence is one of [Confidences]: how sure the source is.
	Confidence string `yaml:"confidence"`
	// Condition is what must hold, Outcome what happens when it does not.
	Condition string `yaml:"condition"`
	Outcome   string `yaml:"outcome"`
	// EnforcedIn is the package or file that applies the rule. Where it is empty,
	// NotEnforced says why nothing does.
	EnforcedIn  string `yaml:"enforced_in"`
	NotEnforced string `yaml:"not_enforced"`
	// From and Until are civil dates of the days the rule is in force; empty: always.
	From  string `yaml:"from"`
	Until string `yaml:"until"`
}

// Section is the family of the rule: the first part of its id, such as "BC".
func (r Rule) Section() string { return strings.SplitN(r.ID, "-", 2)[0] }

// Rules is the whole rulebook in its order. The slice is the caller's.
func Rules() []Rule { return slices.Clone(rulebook().rules) }

// Lookup finds a rule by its id.
func Lookup(id string) (Rule, bool) {
	b := rulebook()
	i, ok := b.index[id]
	if !ok {
		return Rule{}, false
	}
	return b.rules[i], true
}

// Cite is the law or policy behind a rule, also for a place's overlay such as
// "BC-STATE-MA"; empty for an id the rulebook lacks.
func Cite(id string) string {
	if r, ok := Lookup(id); ok {
		return r.Cite
	}
	if place, ok := strings.CutPrefix(id, "BC-STATE-"); ok {
		o, _ := OverlayFor(place)
		return o.Cite
	}
	return ""
}

type book struct {
	rules []Rule
	index map[string]int
}

// rulebook decodes the embedded data once. Data that breaks its schema is a
// programming error that the tests find.
var rulebook = sync.OnceValue(func() book {
	b, err := parseRulebook(rulebookYAML)
	if err != nil {
		panic(err)
	}
	return b
})

func parseRulebook(data []byte) (book, error) {
	b := book{index: map[string]int{}}
	if err := yaml.UnmarshalWithOptions(data, &b.rules, yaml.Strict()); err != nil {
		return b, fmt.Errorf("rulebook: %w", err)
	}
	for i, r := range b.rules {
		if _, twice := b.index[r.ID]; twice {
			return b, fmt.Errorf("rulebook: %s stands there twice", r.ID)
		}
		if err := r.check(); err != nil {
			return b, fmt.Errorf("rulebook: %q: %w", r.ID, err)
		}
		b.index[r.ID] = i
	}
	return b, nil
}

var ruleID = regexp.MustCompile(`^(GATE|BC|IN|OD|VAL|DELIV|CALL|EV|REC)(-[A-Z0-9]+)+$`)

func (r Rule) check() error {
	switch {
	case !ruleID.MatchString(r.ID):
		return fmt.Errorf("the id belongs to no section")
	case r.Title == "" || r.Cite == "" || r.Condition == "" || r.Outcome == "":
		return fmt.Errorf("title, cite, condition and outcome are needed")
	case !slices.Contains(Confidences, r.Confidence):
		return fmt.Errorf("confidence %q is none of %v", r.Confidence, Confidences)
	case (r.EnforcedIn == "") == (r.NotEnforced == ""):
		return fmt.Errorf("exactly one of enforced_in and not_enforced is needed")
	}
	for _, date := range []string{r.From, r.Until} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return err
		}
	}
	return nil
}
