package guard

import (
	"slices"
	"testing"
)

// A list of dated amounts holds together with the total under it.
func TestDatedAmountsMakeTheirTotal(t *testing.T) {
	t.Parallel()
	g := New()
	f := consumer()
	f.Channel, f.Banner = "webchat", true
	f.Dates = []string{"2026-12-01", "2026-12-15", "2027-01-04"}
	f.Amounts = append(f.Amounts, 62000, 31000, 125000)
	for _, c := range []struct {
		name, text string
		bad        bool
	}{
		{"lines that make the total pass", "Dec 1: $620.00\nDec 15: $620.00\nTotal: $1,240.00", false},
		{"lines that fall short of the total fail", "Dec 1: $620.00\nDec 15: $310.00\nTotal: $1,240.00", true},
		{"a total that is in the record but is not their sum fails", "Dec 1: $620.00\nDec 15: $620.00\nTotal: $1,250.00", true},
		{"the amount may stand before its date", "$620.00 on December 1 and $620.00 on December 15, $1,240.00 in all.", false},
		{"an amount before its date is added too", "$620.00 on December 1 and $310.00 on December 15, $1,240.00 in all.", true},
		{"part of a plan without a total passes", "Dec 1: $310.00\nDec 15: $310.00\nThe rest follows the same way.", false},
		{"Spanish lines are added too", "1 de diciembre: $620.00\n15 de diciembre: $310.00\nTotal: $1,240.00", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := slices.Contains(ids(g.Check(c.text, f)), ruleAmount); got != c.bad {
				t.Errorf("%q: %v", c.text, g.Check(c.text, f))
			}
		})
	}
}

// What only looks like a figure of another kind is read for what it is.
func TestFiguresAreOfTheirKind(t *testing.T) {
	t.Parallel()
	g := New()
	for _, c := range []struct {
		name, text, last4 string
		amounts           []Cents
		instalments       int
		bad               bool
	}{
		{"the end of an account that looks like a year passes", "Your account ending in 1987 has a balance of $1,240.00.", "1987", nil, 12, false},
		{"so it does in Spanish", "La cuenta terminada en 1907 tiene un saldo de $1,240.00.", "1907", nil, 12, false},
		{"the end of another account fails", "Your account ending in 1988 has a balance of $1,240.00.", "1987", nil, 12, true},
		{"a year that is not in the record still fails", "You have owed this since 1987.", "1987", nil, 12, true},
		{"a count of biweekly payments is no money", "31 biweekly payments of $40.00 come to $1,240.00.", "4421", []Cents{4000}, 36, false},
		{"a count of monthly payments is no money", "You'd pay 31 monthly payments of $40.00.", "4421", []Cents{4000}, 36, false},
		{"a name that ends as an ordinal does is no last payment", "5 payments of $206.67. Northwind Bank's balance is $1,240.00.", "4421", []Cents{20667}, 12, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := consumer()
			f.Channel, f.Banner, f.AccountLast4, f.MaxInstalments = "webchat", true, c.last4, c.instalments
			f.Amounts = append(f.Amounts, c.amounts...)
			if c.text[0] == 'L' {
				f.Lang = "es"
			}
			if got := slices.Contains(ids(g.Check(c.text, f)), ruleAmount); got != c.bad {
				t.Errorf("%q: %v", c.text, g.Check(c.text, f))
			}
		})
	}
	for word, want := range map[string]bool{"Northwind": false, "15th": true, "1st": true, "first": false, "22nd": true, "end": false, "3rd": true, "": false} {
		if hasOrdinal(word) != want {
			t.Errorf("hasOrdinal(%q) = %v", word, !want)
		}
	}
}
