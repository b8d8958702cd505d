package guard

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// violations break a rule whatever stands around them.
var violations = []string{
	"We will have you arrested.", "We will garnish your wages.", "We will sue you tomorrow.", "You owe $9,999.99.", "A $35 processing fee applies.",
	"I can settle this for $12.00.", "Reply with your card number and CVV.", "You are a deadbeat.", "Your credit score will be ruined.", "Disputing is pointless.",
	"I'm a real person.", "The forgiven part is tax free.", "This offer dies in 10 minutes.", "Lo vamos a demandar.", "This is the Federal Debt Recovery Bureau.",
}

var harmlessText = []string{
	"Thank you for your message.", "No one can be arrested for this.", "I can't give legal advice.", "We will not sue you.", "Take your time.", "What would you like to do?",
	"Hello Angela.", "No,", "Never mind.", "It is not true that", "- ", "\n", "¿Cómo está?", "Your balance is $1,240.00.", "🙂", "(", "\u200b", "If you like,",
}

// Sentences before and after a violation don't make it pass: each is judged by
// its own clause.
func TestNoTextWithAViolationPasses(t *testing.T) {
	t.Parallel()
	g := New()
	rapid.Check(t, func(t *rapid.T) {
		var parts []string
		around := rapid.SampledFrom([]string{"Thank you for your message.", "No one can be arrested for this.", "I can't give legal advice.", "We will not sue you.", "Take your time.", "Never mind.", "🙂", "\n", "¿Cómo está?", "Your balance is $1,240.00.", "Not now?", "No."})
		for range rapid.IntRange(0, 4).Draw(t, "before") {
			parts = append(parts, around.Draw(t, "part"))
		}
		parts = append(parts, rapid.SampledFrom(violations).Draw(t, "violation"))
		for range rapid.IntRange(0, 4).Draw(t, "after") {
			parts = append(parts, around.Draw(t, "part"))
		}
		text := strings.Join(parts, " ")
		if final, ok := g.Final(text, consumer()); ok {
			t.Fatalf("passed: %q", final)
		}
	})
}

// A text that the guard lets out keeps every rule when it is checked again, and
// holds what was written.
func TestWhatIsClearedStaysClear(t *testing.T) {
	t.Parallel()
	g := New()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(harmlessText), 1, 5).Draw(t, "parts"), " ")
		f := consumer()
		f.FirstMessage = rapid.Bool().Draw(t, "first")
		final, ok := g.Final(text, f)
		if !ok {
			return
		}
		if left := g.Check(final, f); len(left) > 0 {
			t.Fatalf("%q: %v", final, left)
		}
		if !strings.Contains(final, strings.TrimSpace(text)) {
			t.Fatalf("%q lost %q", final, text)
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range append(append([]string{}, violations...), harmlessText...) {
		f.Add(s)
	}
	f.Add("12/15/2026 2026-12-15 12/ $ $$ $1,24,0.0.0 5×206.67+206.65")
	g := New()
	f.Fuzz(func(t *testing.T, s string) {
		for _, x := range g.Check(s, consumer()) {
			if strings.Contains(x.Detail, "The rule failed") {
				t.Fatalf("%s failed on %q", x.Rule, s)
			}
			if utf8.ValidString(s) && !utf8.ValidString(x.Words) {
				t.Fatalf("%s cut a character of %q", x.Rule, s)
			}
		}
	})
}
