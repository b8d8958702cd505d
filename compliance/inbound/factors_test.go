package inbound_test

import (
	"testing"

	"parley/compliance/inbound"
)

// Who they are is asked for as ZIP code and year of birth: nine digits in all,
// which are no social security number. Nine digits in one piece are.
func TestZIPAndYearAreLeftToIdentify(t *testing.T) {
	t.Parallel()
	for text, kept := range map[string]bool{
		"78701 1986": true, "78701, 1986": true, "1986 78701": true, "its 78701 and 1986": true,
		"123456789": false, "123 45 6789": false, "123-45-6789": false, "my ssn is 78701 1986": false,
	} {
		if r := inbound.Redact(text, nil); (r.Text == text) != kept {
			t.Errorf("%q became %q", text, r.Text)
		}
	}
}

func TestPayingOverTimeIsNoCrisis(t *testing.T) {
	t.Parallel()
	d := inbound.NewDetector()
	for text, crisis := range map[string]bool{
		"I want to pay it off over time": false, "I want to spread it over time": false, "I just want it all to be over": true, "i want everything over": true,
		"I want to pay it over time because I want to die": true,
	} {
		if d.Detect(text, inbound.Context{Lang: "en"}).Has(inbound.SelfHarm) != crisis {
			t.Errorf("%q: crisis should be %v", text, crisis)
		}
	}
}
