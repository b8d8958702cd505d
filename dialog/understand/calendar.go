package understand

import (
	"time"

	"github.com/golang-sql/civil"
)

var months = map[string]time.Month{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6,
	"july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11,
	"nov": 11, "december": 12, "dec": 12,
	"enero": 1, "ene": 1, "febrero": 2, "marzo": 3, "abril": 4, "abr": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "ago": 8,
	"septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12, "dic": 12,
}

var weekdays = map[string]time.Weekday{
	"monday": 1, "mondays": 1, "mon": 1, "tuesday": 2, "tuesdays": 2, "tue": 2, "tues": 2, "wednesday": 3, "wednesdays": 3, "weds": 3,
	"wed": 3, "thursday": 4, "thursdays": 4, "thu": 4, "thur": 4, "thurs": 4, "friday": 5, "fridays": 5, "fri": 5, "saturday": 6,
	"saturdays": 6, "sat": 6, "sunday": 0, "sundays": 0,
	"lunes": 1, "martes": 2, "miercoles": 3, "jueves": 4, "viernes": 5, "sabado": 6, "sabados": 6, "domingo": 0, "domingos": 0,
}

// ordinals in words, up to the last day of a month.
var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
	"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "primero": 1, "primer": 1,
}

func monthOf(n int64) time.Month {
	if n < 1 || n > 12 {
		return 0
	}
	return time.Month(n)
}

// exists reports whether a day is in the calendar.
func exists(d civil.Date) bool { return d.Month >= 1 && d.IsValid() }

// upcoming is the first day after today with this day of the month. Months too
// short for it are passed over.
func upcoming(today civil.Date, dom int) civil.Date {
	if dom < 1 || dom > 31 {
		return civil.Date{}
	}
	d := civil.Date{Year: today.Year, Month: today.Month, Day: dom}
	for i := 0; i < 13; i++ {
		if exists(d) && d.After(today) {
			return d
		}
		if d.Month++; d.Month > 12 {
			d.Month, d.Year = 1, d.Year+1
		}
	}
	return civil.Date{}
}

// yearless is the next such month and day, today included. A day that is in no
// year is returned as it is, and doesn't exist.
func yearless(today civil.Date, m time.Month, dom int) civil.Date {
	d := civil.Date{Year: today.Year, Month: m, Day: dom}
	if m == 2 && dom == 29 {
		for i := 0; i < 8 && (!exists(d) || d.Before(today)); i++ {
			d.Year++
		}
		return d
	}
	if exists(d) && d.Before(today) {
		d.Year++
	}
	return d
}

// lastOf is the last day of a month.
func lastOf(y int, m time.Month) civil.Date {
	return civil.DateOf(time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC))
}

// monthEnd is the end of this month, or of the next when today is the end.
func monthEnd(today civil.Date) civil.Date {
	if d := lastOf(today.Year, today.Month); d.After(today) {
		return d
	}
	n := nextMonth(today)
	return lastOf(n.Year, n.Month)
}

// nextMonth is the first day of the next month.
func nextMonth(today civil.Date) civil.Date { return upcoming(today, 1) }

// addMonths moves by months, keeping to the last day where a month is short.
func addMonths(d civil.Date, n int) civil.Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := lastOf(first.Year(), first.Month())
	return civil.Date{Year: first.Year(), Month: first.Month(), Day: min(d.Day, last.Day)}
}

// onWeekday is the next such day after today; with skip, the one of the week
// after this one, as "next Friday" is said in English.
func onWeekday(today civil.Date, w time.Weekday, skip bool) civil.Date {
	ahead := (int(w) - int(Weekday(today)) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	if skip {
		// Weeks begin on Monday.
		toMonday := (8 - int(Weekday(today))) % 7
		if toMonday == 0 {
			toMonday = 7
		}
		ahead = toMonday + (int(w)+6)%7
	}
	return today.AddDays(ahead)
}

// holiday is the next such feast.
func holiday(today civil.Date, name string) (civil.Date, bool) {
	switch name {
	case "christmas", "xmas", "navidad":
		return yearless(today, time.December, 25), true
	case "newyear":
		return upcomingOn(today, time.January, 1), true
	case "halloween":
		return yearless(today, time.October, 31), true
	case "valentines":
		return yearless(today, time.February, 14), true
	case "thanksgiving":
		d := fourthThursday(today.Year)
		if d.Before(today) {
			d = fourthThursday(today.Year + 1)
		}
		return d, true
	}
	return civil.Date{}, false
}

func upcomingOn(today civil.Date, m time.Month, dom int) civil.Date {
	d := yearless(today, m, dom)
	if d == today {
		d.Year++
	}
	return d
}

func fourthThursday(year int) civil.Date {
	first := civil.Date{Year: year, Month: time.November, Day: 1}
	ahead := (4 - int(Weekday(first)) + 7) % 7
	return first.AddDays(ahead + 21)
}
