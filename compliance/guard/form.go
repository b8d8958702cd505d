package guard

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"parley/compliance"
)

var (
	formMoney = regexp.MustCompile(`\$[0-9][0-9,]*(?:\.[0-9]{2})?`)
	formDate  = regexp.MustCompile(`(?:January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{1,2}, [0-9]{4}`)
	formTail  = regexp.MustCompile(`ending in [0-9]{2,4}\b`)
)

// outsideForm drops from a validation notice the lines that are the model form
// itself, word for word but for names, amounts, dates and links. The form is
// the law's own text; the rules about what may be said judge only what was added.
func (f *Facts) outsideForm(text string) string {
	known := formLines()
	var rest []string
	for line := range strings.Lines(text) {
		if !known[f.skeleton(line)] {
			rest = append(rest, line)
		}
	}
	return strings.Join(rest, "")
}

// skeleton is a line with the facts' names and all figures taken out.
func (f *Facts) skeleton(line string) string {
	names := append([]string{f.Collector, f.Brand, f.Creditor, f.Original, f.Consumer}, f.Names...)
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	for _, n := range names {
		if len(n) > 2 {
			line = strings.ReplaceAll(line, n, "NAME")
		}
	}
	line = formMoney.ReplaceAllString(line, "$")
	line = formDate.ReplaceAllString(line, "DATE")
	line = formTail.ReplaceAllString(line, "ending in #")
	if strings.HasPrefix(line, "We accept disputes electronically at ") {
		line = linkRE.ReplaceAllString(line, "LINK")
	}
	return strings.TrimSpace(line)
}

// formLines are the lines of the form, as skeletons.
var formLines = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, actor := range []compliance.Actor{compliance.CreditorOwed, compliance.ThirdParty} {
		n := Notice{Collector: "Collector", CollectorMail: "Collector Mail", Consumer: "Consumer", ConsumerMail: "Consumer Mail", Creditor: "Creditor", AccountTail: "0000",
			ItemizationDate: "2000-01-01", End: "2000-01-01", DisputeLink: "https://example.com", PaymentOptions: true, Spanish: true, Actor: actor}
		text, err := n.Render()
		if err != nil {
			continue
		}
		f := Facts{Names: []string{"Collector", "Collector Mail", "Consumer", "Consumer Mail", "Creditor"}}
		for line := range strings.Lines(text) {
			if s := f.skeleton(line); len(s) > 12 || s == "NAME" {
				out[s] = true
			}
		}
	}
	return out
})
