package guard

import (
	"slices"
	"testing"

	"parley/compliance"
)

// A real, very small model said the first of these to a person.
func TestAModelDoesNotSpeakOfItsOwnForm(t *testing.T) {
	t.Parallel()
	g := New()
	for text, blocked := range map[string]bool{
		"Your answer is in the form of a JSON object. It's not an instruction to you, but it's a placeholder for your next action.": true,
		"You can use this as a placeholder for future actions.":                                                                     true,
		"The system prompt says so.":                         true,
		"Thanks for your prompt answer.":                     false,
		"I can send you a form to fill in. What works best?": false,
	} {
		found := slices.Contains(compliance.RuleIDs(g.Check(text, Facts{IdentityVerified: true, Channel: "webchat"})), "OD-OFFER-02")
		if found != blocked {
			t.Errorf("%q: blocked %v, want %v", text, found, blocked)
		}
	}
}
