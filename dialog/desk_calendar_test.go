package dialog_test

import (
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"

	"parley/dialog"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// office is Monday to Friday 8 to 20, Saturday 9 to 13, by New York's clock.
func office(t testing.TB) dialog.Calendar {
	c := dialog.Calendar{Zone: zone(t, "America/New_York")}
	for day := time.Monday; day <= time.Friday; day++ {
		c.Weekly[day] = []dialog.Span{{From: 8 * 60, To: 20 * 60}}
	}
	c.Weekly[time.Saturday] = []dialog.Span{{From: 9 * 60, To: 13 * 60}}
	return c
}

func TestTheDeskOpensWhenItsClockSaysSo(t *testing.T) {
	t.Parallel()
	ny := zone(t, "America/New_York")
	federal := office(t)
	federal.USFederal = true
	shut := office(t)
	shut.Holidays = []civil.Date{{Year: 2026, Month: time.November, Day: 27}}
	nights := dialog.Calendar{Zone: ny}
	nights.Weekly[time.Sunday] = []dialog.Span{{From: 60, To: 4 * 60}}
	for name, k := range map[string]struct {
		c        dialog.Calendar
		at, next string
	}{
		"before it opens":                               {office(t), "2026-11-23 07:59", "2026-11-23 08:00"},
		"as it opens":                                   {office(t), "2026-11-23 08:00", "2026-11-23 08:00"},
		"in its last minute":                            {office(t), "2026-11-23 19:59", "2026-11-23 19:59"},
		"as it closes":                                  {office(t), "2026-11-23 20:00", "2026-11-24 08:00"},
		"from Saturday noon over Sunday":                {office(t), "2026-11-28 13:00", "2026-11-30 08:00"},
		"Thanksgiving":                                  {federal, "2026-11-26 10:00", "2026-11-27 08:00"},
		"Independence Day, observed on Friday":          {federal, "2026-07-03 10:00", "2026-07-06 08:00"},
		"New Year's Day 2028, observed the year before": {federal, "2027-12-31 10:00", "2028-01-03 08:00"},
		"Juneteenth":                                    {federal, "2026-06-19 10:00", "2026-06-20 09:00"},
		"Christmas":                                     {federal, "2026-12-24 20:00", "2026-12-26 09:00"},
		"a holiday of its own, and Saturday":            {shut, "2026-11-26 20:00", "2026-11-28 09:00"},
		"a night that has two o'clock once, spring":     {nights, "2026-03-08 00:30", "2026-03-08 01:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at, err := time.ParseInLocation("2006-01-02 15:04", k.at, ny)
			if err != nil {
				t.Fatal(err)
			}
			if got := k.c.NextOpen(at).In(ny).Format("2006-01-02 15:04"); got != k.next {
				t.Errorf("opens %s, want %s", got, k.next)
			}
			if k.c.Open(at) != (k.at == k.next) {
				t.Errorf("open: %v", k.c.Open(at))
			}
		})
	}
	if c := (dialog.Calendar{}); !c.Open(time.Date(2026, 12, 25, 3, 0, 0, 0, time.UTC)) {
		t.Error("a desk without hours is not always open")
	}
	if never := (dialog.Calendar{Weekly: [7][]dialog.Span{{{From: 60, To: 60}}}}); !never.NextOpen(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		t.Error("a desk that never opens opens")
	}
}

// The federal holidays relied on, as the Office of Personnel Management lists them.
func TestTheFederalHolidaysAreThoseOfTheLaw(t *testing.T) {
	t.Parallel()
	want := map[int][]string{
		2026: {"01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "07-04", "09-07", "10-12", "11-11", "11-26", "12-25"},
		2027: {"01-01", "01-18", "02-15", "05-31", "06-18", "06-19", "07-04", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-25", "12-31"},
		2028: {"01-01", "01-17", "02-21", "05-29", "06-19", "07-04", "09-04", "10-09", "11-10", "11-11", "11-23", "12-25"},
	}
	c := dialog.Calendar{USFederal: true}
	for year, days := range want {
		listed := map[string]bool{}
		for _, d := range days {
			listed[d] = true
		}
		for d := (civil.Date{Year: year, Month: 1, Day: 1}); d.Year == year; d = d.AddDays(1) {
			if name := d.String()[5:]; c.Holiday(d) != listed[name] {
				t.Errorf("%s: holiday %v, want %v", d, c.Holiday(d), listed[name])
			}
		}
	}
}

func TestOpenTimeIsCountedOverNights(t *testing.T) {
	t.Parallel()
	ny := zone(t, "America/New_York")
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, ny)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, k := range []struct {
		from string
		d    time.Duration
		to   string
	}{
		{"2026-11-23 10:00", time.Hour, "2026-11-23 11:00"},
		{"2026-11-27 19:30", time.Hour, "2026-11-28 09:30"},
		{"2026-11-28 12:30", time.Hour, "2026-11-30 08:30"},
		{"2026-11-29 12:00", 0, "2026-11-30 08:00"},
		{"2026-11-23 08:00", 24 * time.Hour, "2026-11-24 20:00"},
	} {
		if got := office(t).Add(at(k.from), k.d).In(ny).Format("2006-01-02 15:04"); got != k.to {
			t.Errorf("%s and %s: %s, want %s", k.from, k.d, got, k.to)
		}
	}
}

func TestTheNextOpeningIsOpenAndNoneComesBefore(t *testing.T) {
	t.Parallel()
	zones := []string{"America/New_York", "America/Phoenix", "Pacific/Honolulu", "America/Puerto_Rico"}
	rapid.Check(t, func(rt *rapid.T) {
		c := dialog.Calendar{Zone: zone(t, rapid.SampledFrom(zones).Draw(rt, "zone")), USFederal: rapid.Bool().Draw(rt, "federal")}
		for day := range c.Weekly {
			from := 0
			for range rapid.IntRange(0, 2).Draw(rt, "spans") {
				if from >= 1439 {
					break
				}
				s := dialog.Span{From: rapid.IntRange(from, 1439).Draw(rt, "from")}
				s.To = rapid.IntRange(s.From+1, 1440).Draw(rt, "to")
				c.Weekly[day] = append(c.Weekly[day], s)
				from = s.To
			}
		}
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 2*365*24*60).Draw(rt, "minute")) * time.Minute)
		next := c.NextOpen(start)
		if next.IsZero() {
			return
		}
		if next.Before(start) || !c.Open(next) {
			rt.Fatalf("%s: opens %s, open %v", start, next, c.Open(next))
		}
		if gap := next.Sub(start); gap > 0 {
			before := start.Add(time.Duration(rapid.Int64Range(0, int64(gap)-1).Draw(rt, "between")))
			if c.Open(before) {
				rt.Fatalf("open at %s, before %s", before, next)
			}
		}
		d := time.Duration(rapid.IntRange(0, 600).Draw(rt, "work")) * time.Minute
		if end := c.Add(start, d); end.Before(next.Add(d)) {
			rt.Fatalf("%s of work from %s ends %s", d, start, end)
		}
	})
}
