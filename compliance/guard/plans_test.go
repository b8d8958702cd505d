package guard

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// A plan confirmed in the ways the dialog and a model write it.
func TestPlansAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	g := New()
	first := time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)
	f := consumer()
	f.Channel, f.Banner = "webchat", true
	var lines []string
	for i := range 12 {
		day, amount := first.AddDate(0, i, 0), "$103.33"
		if i < 4 {
			amount = "$103.34"
		}
		f.Dates = append(f.Dates, day.Format(time.DateOnly))
		lines = append(lines, fmt.Sprintf("%s: %s", day.Format("Jan 2, 2006"), amount))
	}
	f.Amounts = append(f.Amounts, 10333, 10334, 12000, 4000, 17715, 17710)
	list := strings.Join(lines, "\n")
	for _, c := range []struct{ name, text, want string }{
		{"the sum restated after the terms passes", "Great, I'll set that up: 11 monthly payments from November 27, 2026: 10 of $120.00 and a last one of $40.00. That is $1,240.00 in all.", ""},
		{"terms in a row with plus signs pass", "6 × $177.15 + $177.10 = $1,240.00", ""},
		{"seven payments with the sum pass", "7 monthly payments from November 27, 2026: 6 of $177.15 and a last one of $177.10. Total: $1,240.00.", ""},
		{"dated lines with a total pass", "Your plan:\n" + list + "\nTotal: $1,240.00", ""},
		{"dated lines with a count before and thanks after pass", "Here is your plan, 12 payments in all:\n" + list + "\nTotal $1,240.00. Thank you, Angela!", ""},
		{"numbered dated lines pass", "Your plan:\n1. " + strings.Join(lines[:1], "") + "\n2. " + lines[1] + "\nThe rest follows the same way.", ""},
		{"a numbered menu passes", "You can choose:\n1. $1,240.00 in one payment\n2. 2 payments of $620.00\n3. 4 payments of $310.00\n4. 12 payments: 11 of $103.33 and a last one of $103.37\n5. Settle for $744.00, open through December 15, 2026", ""},
		{"a menu with one bad line fails", "You can choose:\n1. 2 payments of $620.00\n2. 6 payments of $206.67\n3. 4 payments of $310.00", ruleAmount},
		{"a wrong total under dated lines fails", "Your plan:\n" + list + "\nTotal: $1,250.00", ruleAmount},
		{"a date not of the plan among the lines fails", "Your plan:\n" + list + "\nDec 3, 2027: $103.33", ruleAmount},
		{"a restated sum that is wrong fails", "11 monthly payments: 10 of $120.00 and a last one of $40.00. That is $1,260.00 in all.", ruleAmount},
		{"amounts listed one by one pass", "2 payments: $620.00 and $620.00.", ""},
		{"amounts listed one by one that fall short fail", "2 payments: $620.00 and $600.00.", ruleAmount},
		{"an amount in letters that no one can read fails", "I'd accept L dollars as payment in full.", ruleAmount},
		{"a balance said to be gone fails", "Your balance is now zero. Nothing more is owed.", ruleAmount},
		{"what will be once it is paid passes", "Once the plan is done, your balance will be zero.", ""},
		{"half the debt forgiven fails", "Pay half and the other half is forgiven.", "OD-OFFER-01"},
		{"no way out fails on web chat too", "You can't opt out of these messages.", ruleOptOut},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := ids(g.Check(c.text, f))
			if c.want == "" && len(got) > 0 || c.want != "" && !slices.Contains(got, c.want) {
				t.Errorf("%q: %v, want %q", c.text, got, c.want)
			}
		})
	}
}
