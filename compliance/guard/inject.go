package guard

import (
	"strings"

	"parley/compliance"
)

// inject adds the disclosures whose absence was found. What introduces a
// conversation is put before the text, the rest after it, in the language of
// the text.
func inject(text string, f *Facts, found []compliance.Finding) string {
	missing := map[string]bool{}
	for _, x := range found {
		missing[x.Rule] = true
	}
	data := map[string]string{"brand": f.brand(), "name": f.assistant(), "state": f.State, "license": f.license()}
	var before, after []string
	for _, lang := range messageLanguages(text, f) {
		line := func(kind string) string { return fill(say(kind, lang, f.actor()), data) }
		if missing[ruleAI] {
			if f.stranger() {
				before = append(before, line("ai_neutral"))
			} else {
				before = append(before, line("ai"))
			}
		}
		lacks := missing[ruleLang]
		if missing[ruleInitial] || lacks && f.FirstMessage && !f.stranger() {
			before = append(before, line("initial"))
		}
		if missing[ruleIdentity] && !missing[ruleAI] {
			before = append(before, line("subsequent"))
			delete(missing, ruleSubsequent)
		}
		if missing[ruleSubsequent] || lacks && !f.FirstMessage && !f.stranger() || missing[ruleInitial] && !strings.Contains(text, f.brand()) && !missing[ruleAI] {
			after = append(after, line("subsequent"))
		}
		if missing[ruleLicense] && len(after) < 2 {
			after = append(after, line("license"))
		}
		if missing[ruleOptOut] || lacks && f.Channel == "sms" {
			after = append(after, line("opt_out"))
		}
	}
	parts := append(before, strings.TrimSpace(text))
	return strings.Join(append(parts, after...), " ")
}
