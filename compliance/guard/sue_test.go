package guard

import (
	"slices"
	"testing"

	"parley/compliance"
)

func TestSueIsANameWhereSheIsIntroduced(t *testing.T) {
	t.Parallel()
	g := New()
	for text, threat := range map[string]bool{
		"Hello Angela, this is Sue, a person.":       false,
		"Hi, I'm Sue. How can I help?":               false,
		"My name is Sue Lindqvist. Good morning.":    false,
		"Hola, soy Sue, una persona.":                false,
		"The next step is Sue You in court.":         true,
		"Our plan is to sue.":                        true,
		"What we do next is SUE.":                    true,
		"Sue is what we do.":                         true,
		"This is Sue. We will sue you if you don't.": true,
	} {
		f := Facts{IdentityVerified: true, Channel: "webchat"}
		found := slices.Contains(compliance.RuleIDs(g.Check(text, f)), "OD-LITIG-01")
		if found != threat {
			t.Errorf("%q: found %v, want %v", text, found, threat)
		}
	}
}
