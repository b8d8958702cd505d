package understand_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/golang-sql/civil"

	"parley/dialog/understand"
)

// monday is the day on which every row is said.
var monday = civil.Date{Year: 2026, Month: 11, Day: 23}

// row is one line of testdata/heard.txt:
//
//	text | lang | intents | asks | extras
//
// intents must be there (or must not, with "!"); asks are the whole list, in the
// form of AskWords, separated by ";"; "*" means any. extras are facts in the
// form of facts.
type row struct {
	line         int
	text, lang   string
	intents      []string
	asks, extras string
}

func rows(t testing.TB) []row {
	f, err := os.Open("testdata/heard.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []row
	s := bufio.NewScanner(f)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimSpace(s.Text())
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		cols := strings.Split(line, " | ")
		if len(cols) != 5 {
			t.Fatalf("line %d has %d columns, not 5", n, len(cols))
		}
		r := row{line: n, text: strings.ReplaceAll(cols[0], `\n`, "\n"), lang: cols[1], asks: cols[3], extras: cols[4]}
		if cols[2] != "*" {
			r.intents = strings.Split(cols[2], ",")
		}
		out = append(out, r)
	}
	return out
}

// facts says everything else that was heard.
func facts(u understand.Understanding) string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, z := range u.Factors.ZIPs {
		add("zip=%s", z)
	}
	for _, y := range u.Factors.BirthYears {
		add("year=%d", y)
	}
	for _, d := range u.Factors.BirthDates {
		add("born=%s", d)
	}
	for _, s := range u.Factors.SSNLast4 {
		add("ssn=%s", s)
	}
	for _, s := range u.Factors.AccountLast4 {
		add("account=%s", s)
	}
	if u.Surplus != nil {
		add("surplus=%d", u.Surplus.Minor)
	}
	if u.Income != nil {
		add("income=%d", u.Income.Minor)
	}
	if u.Expenses != nil {
		add("expenses=%d", u.Expenses.Minor)
	}
	if u.Payday != "" {
		add("payday=%s", u.Payday)
	}
	if u.Choice != 0 {
		add("choice=%d", u.Choice)
	}
	if u.Correction {
		add("correction")
	}
	if u.Unclear {
		add("unclear")
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, " ")
}

func asks(u understand.Understanding) string {
	var out []string
	for _, a := range u.Asks {
		out = append(out, understand.AskWords(a))
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, "; ")
}

func TestEveryPhraseIsHeardAsItWasMeant(t *testing.T) {
	t.Parallel()
	all := rows(t)
	if len(all) < 250 {
		t.Errorf("only %d rows", len(all))
	}
	for _, r := range all {
		t.Run(fmt.Sprintf("line %d", r.line), func(t *testing.T) {
			t.Parallel()
			u := understand.Parse(r.text, r.lang, monday)
			for _, want := range r.intents {
				name, absent := strings.CutPrefix(want, "!")
				if name != "" && name != "-" && u.Has(understand.Name(name)) == absent {
					t.Errorf("%q: intents %v, want %s", r.text, u.Intents, want)
				}
			}
			if slices.Equal(r.intents, []string{"-"}) && len(u.Intents) > 0 {
				t.Errorf("%q: intents %v, want none", r.text, u.Intents)
			}
			if got := asks(u); r.asks != "*" && got != r.asks {
				t.Errorf("%q: asks %q, want %q", r.text, got, r.asks)
			}
			if got := facts(u); r.extras != "*" && got != r.extras {
				t.Errorf("%q: facts %q, want %q", r.text, got, r.extras)
			}
		})
	}
}
