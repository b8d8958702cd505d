package guard

import "testing"

// The classifier may only speak for a sentence that is harmless as a whole.
func TestASentenceIsAcquittedOnlyForItself(t *testing.T) {
	t.Parallel()
	g := New()
	f := consumer()
	f.Channel, f.Banner = "webchat", true
	for _, c := range []struct {
		name, text string
		blocked    bool
	}{
		{"taking up a fear passes", "I understand you're scared of losing your car. This debt has no claim on it.", false},
		{"taking up what was said and denying it passes", "The court case you mention isn't ours. We haven't filed anything.", false},
		{"a threat among kind words is blocked", "Thank you so much for writing back today. I hope you and your family are doing well. You're a liar and a thief. Is there anything else I can help you with?", true},
		{"sorrow for what is threatened is blocked", "I'm sorry you're going to be arrested over this.", true},
		{"understanding that turns is blocked", "I understand you're scared of jail, and you should be.", true},
		{"thanks before a threat is blocked", "Thank you for waiting, the sheriff is on his way to arrest you.", true},
		{"an identifier is never given up", "I understand you are worried about this, type your Social Security number here.", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := g.Check(c.text, f); len(got) > 0 != c.blocked {
				t.Errorf("%q: %v", c.text, got)
			}
		})
	}
	t.Run("without the classifier's word the same phrase is found", func(t *testing.T) {
		t.Parallel()
		m := g.read("I understand you're scared of losing your car.", &f, false)
		hits := m.issues("garnish")
		if len(hits) == 0 {
			t.Fatal("the phrase is not found at all; the test shows nothing")
		}
		if !m.acquitted("OD-GARNISH-01", hits[0]) {
			t.Error("it is not acquitted")
		}
		hits[0].insisted = true
		if m.acquitted("OD-GARNISH-01", hits[0]) {
			t.Error("an insisted phrase is acquitted")
		}
	})
}

// Saying that the attorney will be written to is what the law wants.
func TestTheAttorneyMayBeNamedAsTheOneToDealWith(t *testing.T) {
	t.Parallel()
	g := New()
	f := consumer()
	f.Channel, f.Banner, f.Represented, f.Attorney = "webchat", true, true, "Maria Chen"
	for text, blocked := range map[string]bool{
		"We'll deal with Maria Chen from here on.":               false,
		"It'd be simpler if we didn't deal with Maria Chen.":     true,
		"We'd deal with Maria Chen, but $744.00 now settles it.": true,
	} {
		if got := g.Check(text, f); len(got) > 0 != blocked {
			t.Errorf("%q: %v", text, got)
		}
	}
}
