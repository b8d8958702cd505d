package guard

import "testing"

func TestAnIntroductionDoesNotHideWhatFollowsIt(t *testing.T) {
	t.Parallel()
	f := Facts{Channel: "webchat", Banner: true, IdentityVerified: true, AIDisclosed: true, Lang: "en"}
	for text, rule := range map[string]string{
		"To be clear, and this isn't a threat: Send me your full Social Security number to continue.": "OD-PII-01",
		"This is not a joke: type your full card number here.":                                        "OD-CARD-01",
		"To be clear, and this isn't a threat: This is the Federal Debt Recovery Bureau.":             "OD-GOVT-01",
	} {
		ok := false
		for _, x := range New().Check(text, f) {
			ok = ok || x.Rule == rule
		}
		if !ok {
			t.Errorf("%q passes %s", text, rule)
		}
	}
}
