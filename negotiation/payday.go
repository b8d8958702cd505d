package negotiation

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-sql/civil"
)

// payday is when a person's money comes in. The zero value is "unknown".
type payday struct {
	weekday time.Weekday
	weekly  bool  // paid on that weekday
	days    []int // else days of the month, ascending; 31 stands for the last
}

func (d payday) known() bool { return d.weekly || len(d.days) > 0 }

// parsePayday reads "friday", "15", "1,15", "last" or "15,last". What it can't
// read counts as unknown: a wrong guess would put payments on bad days.
func parsePayday(s string) payday {
	s = strings.ToLower(strings.TrimSpace(s))
	for day := time.Sunday; day <= time.Saturday; day++ {
		name := strings.ToLower(day.String())
		if s == name || s == name[:3] || s == name+"s" {
			return payday{weekday: day, weekly: true}
		}
	}
	var days []int
	for part := range strings.SplitSeq(s, ",") {
		part = strings.TrimSpace(part)
		day, err := strconv.Atoi(part)
		if part == "last" {
			day, err = 31, nil
		}
		if err != nil || day < 1 || day > 31 {
			return payday{}
		}
		days = append(days, day)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	if len(days) > 2 {
		return payday{}
	}
	return payday{days: days}
}

// on reports whether the person is paid on that date.
func (d payday) on(date civil.Date) bool {
	if d.weekly {
		return weekdayOf(date) == d.weekday
	}
	for _, day := range d.days {
		if clampDay(date.Year, date.Month, day) == date {
			return true
		}
	}
	return false
}

// onOrAfter is the first payday from a date on; the date itself when the
// payday is unknown.
func (d payday) onOrAfter(date civil.Date) civil.Date {
	if !d.known() {
		return date
	}
	for !d.on(date) { // at most 31 steps: every month has one
		date = date.AddDays(1)
	}
	return date
}

func weekdayOf(d civil.Date) time.Weekday { return d.In(time.UTC).Weekday() }

// clampDay is that day of that month, or the month's last day when it has no
// such day: the 31st of a February is the 28th, or the 29th of a leap year.
func clampDay(year int, month time.Month, day int) civil.Date {
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	return civil.Date{Year: last.Year(), Month: last.Month(), Day: min(day, last.Day())}
}

// addMonths moves a date by whole months, keeping the given day of the month
// where the month has it.
func addMonths(d civil.Date, months, day int) civil.Date {
	return clampDay(d.Year, d.Month+time.Month(months), day)
}
