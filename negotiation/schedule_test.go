package negotiation

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDatesStayOnPaydays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, first string
		cadence     Cadence
		payday      string
		want        string
	}{
		{"weekly is every seventh day", "2026-12-04", Weekly, "friday", "2026-12-04 2026-12-11 2026-12-18 2026-12-25 2027-01-01"},
		{"biweekly is every fourteenth day", "2026-12-04", Biweekly, "friday", "2026-12-04 2026-12-18 2027-01-01"},
		{"biweekly follows both days of a person paid twice a month", "2026-12-15", Biweekly, "1,15", "2026-12-15 2027-01-01 2027-01-15 2027-02-01"},
		{"biweekly follows the middle and the end of the month", "2027-01-31", Biweekly, "15,last", "2027-01-31 2027-02-15 2027-02-28 2027-03-15"},
		{"monthly keeps the day", "2026-12-15", Monthly, "15", "2026-12-15 2027-01-15 2027-02-15"},
		{"monthly keeps the weekday of a person paid by the week", "2026-12-04", Monthly, "friday", "2026-12-04 2027-01-01 2027-02-05 2027-03-05"},
		{"the fifth Friday is the fourth where there are four", "2027-01-29", Monthly, "friday", "2027-01-29 2027-02-26 2027-03-26 2027-04-30"},
		{"the 31st is clamped and comes back", "2027-01-31", Monthly, "", "2027-01-31 2027-02-28 2027-03-31 2027-04-30 2027-05-31"},
		{"the 30th is clamped in February only", "2027-01-30", Monthly, "30", "2027-01-30 2027-02-28 2027-03-30"},
		{"the last day started in February is the last day after", "2027-02-28", Monthly, "last", "2027-02-28 2027-03-31 2027-04-30"},
		{"leap years have the 29th", "2028-01-31", Monthly, "last", "2028-01-31 2028-02-29 2028-03-31"},
		{"a year turns", "2026-11-15", Monthly, "15", "2026-11-15 2026-12-15 2027-01-15"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := strings.Fields(c.want)
			var got []string
			for _, d := range Dates(day(t, c.first), c.cadence, len(want), c.payday) {
				got = append(got, d.String())
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got  %v\nwant %v", got, want)
			}
		})
	}
}

func TestNextPayday(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ payday, from, want string }{
		{"friday", "2026-11-30", "2026-12-04"},
		{"Fri", "2026-12-04", "2026-12-04"},
		{"15", "2026-12-16", "2027-01-15"},
		{"1,15", "2026-12-02", "2026-12-15"},
		{"last", "2027-02-01", "2027-02-28"},
		{"31", "2027-04-02", "2027-04-30"},
		{"", "2026-12-02", "2026-12-02"},
		{"whenever", "2026-12-02", "2026-12-02"},
		{"0", "2026-12-02", "2026-12-02"},
		{"1,8,15", "2026-12-02", "2026-12-02"},
	} {
		if got := NextPayday(c.payday, day(t, c.from)); got != day(t, c.want) {
			t.Errorf("payday %q from %s: %v, want %s", c.payday, c.from, got, c.want)
		}
	}
}

func TestDatesRiseAndExist(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		payday := paydays().Draw(t, "payday")
		first := NextPayday(payday, civilDates().Draw(t, "first"))
		cadence := rapid.SampledFrom([]Cadence{Weekly, Biweekly, Monthly}).Draw(t, "cadence")
		n := rapid.IntRange(1, Most).Draw(t, "n")
		list := Dates(first, cadence, n, payday)
		if len(list) != n || list[0] != first {
			t.Fatalf("%d dates from %v, want %d from %v", len(list), list[0], n, first)
		}
		for i, d := range list {
			if !d.IsValid() || i > 0 && !d.After(list[i-1]) {
				t.Fatalf("date %d of %v", i, list)
			}
			if cadence == Monthly && (d.Year-first.Year)*12+int(d.Month)-int(first.Month) != i {
				t.Fatalf("the monthly date %d is %v", i, d)
			}
		}
	})
}

func TestSplitAddsUpToTheCent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := USD(rapid.OneOf(rapid.Int64Range(1, 500), rapid.Int64Range(1, MaxMinor)).Draw(t, "total"))
		n := rapid.IntRange(-1, Most+10).Draw(t, "n")
		parts := Split(total, n)
		var got int64
		for i, p := range parts {
			got += p.Minor
			if p.Minor <= 0 || i < len(parts)-1 && p != parts[0] || p.Minor > parts[0].Minor {
				t.Fatalf("parts %v", parts)
			}
		}
		if got != total.Minor || len(parts) > max(1, n) {
			t.Fatalf("%d parts of %v sum to %d", len(parts), total, got)
		}
	})
	parts := Split(USD(124000), 12)
	if parts[0] != USD(10334) || parts[11] != USD(10326) {
		t.Errorf("the last part absorbs the remainder: %v", parts)
	}
}
