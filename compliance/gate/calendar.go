package gate

import "time"

// IsHoliday reports a legal public holiday of 5 USC 6103(a) by its civil date. A
// day that is only observed in place of one on a weekend is none: 6103(b) and
// Executive Order 11582 move it for federal workers, not for 1006.34(b)(5).
func IsHoliday(day time.Time) bool {
	month, d, weekday := day.Month(), day.Day(), day.Weekday()
	nth := (d-1)/7 + 1
	switch month {
	case time.January:
		return d == 1 || weekday == time.Monday && nth == 3
	case time.February:
		return weekday == time.Monday && nth == 3
	case time.May:
		return weekday == time.Monday && d > 24
	case time.June:
		return d == 19
	case time.July:
		return d == 4
	case time.September:
		return weekday == time.Monday && nth == 1
	case time.October:
		return weekday == time.Monday && nth == 2
	case time.November:
		return d == 11 || weekday == time.Thursday && nth == 4
	case time.December:
		return d == 25
	}
	return false
}

// IsBusinessDay reports a day that is no Saturday, no Sunday and no holiday.
func IsBusinessDay(day time.Time) bool {
	w := day.Weekday()
	return w != time.Saturday && w != time.Sunday && !IsHoliday(day)
}

// BusinessDays is the civil date n business days after day, which itself is not
// counted. The clock and zone of day are dropped: the answer is midnight UTC.
func BusinessDays(day time.Time, n int) time.Time {
	day = civil(day)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if IsBusinessDay(day) {
			n--
		}
	}
	return day
}

// ValidationEnd is the earliest lawful last day of the validation period of a
// notice sent on the civil date sent: thirty days after its assumed receipt, which
// is five business days after sending (BC-VAL-02, 1006.34(b)(5)).
func ValidationEnd(sent time.Time) time.Time { return BusinessDays(sent, 5).AddDate(0, 0, 30) }

// NoticeDue is the last civil date on which the validation notice may be sent
// after an initial communication on the civil date initial that had none in it
// (BC-VAL-01, 1006.34(a)(1)(i)(B)).
func NoticeDue(initial time.Time) time.Time { return civil(initial).AddDate(0, 0, 5) }

// OptOutCeiling is the last civil date on which the law still permits an opt-out
// to be taking effect: ten business days after it came (BC-TCPA-02,
// 64.1200(a)(10)). Parley acts at once; this is what the law would allow.
func OptOutCeiling(received time.Time) time.Time { return BusinessDays(received, 10) }

// civil is midnight UTC of the date that t's own clock shows.
func civil(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// localDays counts local midnights between two instants as seen in loc.
func localDays(from, to time.Time, loc *time.Location) int {
	return int(civil(to.In(loc)).Sub(civil(from.In(loc))) / (24 * time.Hour))
}
