package dialog

import (
	"slices"
	"time"

	"github.com/golang-sql/civil"
	"github.com/rickar/cal/v2/us"
)

// Calendar is when the desk is open, by the wall clock of one place. The zero
// one is always open.
type Calendar struct {
	// Zone is where the desk is; nil: UTC.
	Zone *time.Location
	// Weekly are the open hours by weekday, Sunday first. None at all: always open but on holidays.
	Weekly [7][]Span
	// Holidays are days on which the desk is closed.
	Holidays []civil.Date
	// USFederal closes it on the federal holidays of the United States as well, on the day
	// itself and on the one it is observed on (5 USC 6103).
	USFederal bool
}

// Span is a time of the day, in minutes after midnight: from From until before To, at most 1440.
type Span struct{ From, To int }

// lookAhead bounds how far ahead an opening is looked for.
const lookAhead = 400

// Open reports whether the desk is open at t.
func (c Calendar) Open(t time.Time) bool { return c.NextOpen(t).Equal(t) }

// NextOpen is the first moment from t on at which the desk is open; zero when it
// does not open within a year.
func (c Calendar) NextOpen(t time.Time) time.Time {
	start, _, ok := c.next(t)
	if !ok {
		return time.Time{}
	}
	return start
}

// Add is the moment at which the desk has been open for d since t. A Friday's last
// half hour and an hour more is Monday's first half. Zero: it never is that long.
func (c Calendar) Add(t time.Time, d time.Duration) time.Time {
	for range lookAhead {
		start, end, ok := c.next(t)
		if !ok {
			return time.Time{}
		}
		if end.IsZero() || !start.Add(d).After(end) {
			return start.Add(d)
		}
		d -= end.Sub(start)
		t = end
	}
	return time.Time{}
}

// next is the first open time from t on: from t itself where the desk is open. A zero
// end is none.
func (c Calendar) next(t time.Time) (start, end time.Time, ok bool) {
	if c.always() {
		return t, time.Time{}, true
	}
	day := civil.DateOf(t.In(c.zone()))
	for range lookAhead {
		for _, s := range c.hours(day) {
			from, to := c.at(day, s.From), c.at(day, s.To)
			if !to.After(t) || !to.After(from) {
				continue
			}
			if from.Before(t) {
				from = t
			}
			return from, to, true
		}
		day = day.AddDays(1)
	}
	return time.Time{}, time.Time{}, false
}

func (c Calendar) always() bool {
	weekly := slices.ContainsFunc(c.Weekly[:], func(s []Span) bool { return len(s) > 0 })
	return !weekly && len(c.Holidays) == 0 && !c.USFederal
}

// hours of one day, in order.
func (c Calendar) hours(day civil.Date) []Span {
	if c.Holiday(day) {
		return nil
	}
	if !slices.ContainsFunc(c.Weekly[:], func(s []Span) bool { return len(s) > 0 }) {
		return []Span{{0, 24 * 60}}
	}
	spans := slices.Clone(c.Weekly[day.In(utc).Weekday()])
	slices.SortFunc(spans, func(a, b Span) int { return a.From - b.From })
	return spans
}

// Holiday reports whether the desk is closed all that day.
func (c Calendar) Holiday(day civil.Date) bool {
	return slices.Contains(c.Holidays, day) || c.USFederal && federal(day)
}

// federal reports whether a federal holiday falls, or is observed, on that day. New Year's Day may
// be observed on the last day of the year before.
func federal(day civil.Date) bool {
	for year := day.Year; year <= day.Year+1; year++ {
		for _, h := range us.Holidays {
			if actual, observed := h.Calc(year); !actual.IsZero() && (civil.DateOf(actual) == day || civil.DateOf(observed) == day) {
				return true
			}
		}
	}
	return false
}

func (c Calendar) zone() *time.Location {
	if c.Zone == nil {
		return utc
	}
	return c.Zone
}

func (c Calendar) at(day civil.Date, minutes int) time.Time {
	return time.Date(day.Year, day.Month, day.Day, 0, minutes, 0, 0, c.zone())
}
