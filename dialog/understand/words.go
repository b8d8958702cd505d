package understand

import (
	"fmt"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"parley/negotiation"
)

// Weekday is the day of the week of d.
func Weekday(d civil.Date) time.Weekday { return d.In(time.UTC).Weekday() }

// AskWords says an ask in a fixed form, for prompts and traces:
// "plan 60.00 USD monthly from 2026-12-04". It holds none of the person's words.
func AskWords(a negotiation.Ask) string {
	kind := string(a.Kind)
	if kind == "" {
		kind = "open"
	}
	parts := []string{kind}
	if a.Amount.Minor != 0 {
		s := decimal(a.Amount.Minor)
		if a.Max.Minor != 0 {
			s += " to " + decimal(a.Max.Minor)
		}
		parts = append(parts, s+" "+a.Amount.Currency)
	}
	if a.Share != 0 {
		parts = append(parts, fmt.Sprintf("%d%% of the balance", int(a.Share)/100))
	}
	if a.Cadence != "" {
		parts = append(parts, string(a.Cadence))
	}
	if a.Count != 0 {
		parts = append(parts, fmt.Sprintf("in %d payments", a.Count))
	}
	for _, d := range []struct {
		word string
		day  civil.Date
	}{{"from", a.Start}, {"by", a.By}, {"not before", a.NotBefore}} {
		if d.day.IsValid() {
			parts = append(parts, d.word+" "+d.day.String())
		}
	}
	return strings.Join(parts, " ")
}

func decimal(minor int64) string {
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	}
	return fmt.Sprintf("%s%d.%02d", sign, minor/100, minor%100)
}
