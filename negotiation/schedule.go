package negotiation

import (
	"time"

	"github.com/golang-sql/civil"
)

// Most is the largest number of instalments a schedule may have: five years
// of weekly payments. It bounds the work an ask can cause.
const Most = 260

// Dates lists n due dates of a cadence from a first one on. The payday is in the
// form of Case.Payday. There are at most Most.
func Dates(first civil.Date, cadence Cadence, n int, payday string) []civil.Date {
	return dates(first, cadence, max(n, 0), parsePayday(payday))
}

// NextPayday is the first payday from a day on; that day itself when the
// payday is unknown.
func NextPayday(payday string, from civil.Date) civil.Date {
	return parsePayday(payday).onOrAfter(from)
}

// Split divides a positive total into n parts that add up to it exactly; see
// Terms. It gives fewer parts where n would leave the last one empty.
func Split(total Money, n int) []Money { return split(total, n) }

// dates lists n due dates of a cadence, the first one as given. Later ones
// stay on the person's paydays:
//
//   - weekly: every seventh day;
//   - biweekly: every fourteenth day, or both days of the month for a person
//     paid twice a month;
//   - monthly: the same day of the month (month ends are clamped), or the same
//     weekday of the month ("the first Friday") for a person paid by the week.
func dates(first civil.Date, cadence Cadence, n int, pay payday) []civil.Date {
	n = min(n, Most)
	out := make([]civil.Date, 0, n)
	for i := range n {
		out = append(out, dateAt(first, cadence, i, pay, out))
	}
	return out
}

func dateAt(first civil.Date, cadence Cadence, i int, pay payday, before []civil.Date) civil.Date {
	switch {
	case i == 0:
		return first
	case cadence == Weekly:
		return first.AddDays(7 * i)
	case cadence == Biweekly && len(pay.days) == 2 && pay.on(first):
		return pay.onOrAfter(before[i-1].AddDays(1))
	case cadence == Biweekly:
		return first.AddDays(14 * i)
	case pay.weekly && pay.on(first):
		return weekdayOfMonth(addMonths(first, i, 1), weekdayOf(first), (first.Day-1)/7)
	default:
		return addMonths(first, i, anchorDay(first, pay))
	}
}

// anchorDay is the day of the month a monthly schedule keeps. Where the first
// date is a clamped payday (the 28th of February for "last"), it is the payday.
func anchorDay(first civil.Date, pay payday) int {
	for _, day := range pay.days {
		if clampDay(first.Year, first.Month, day) == first {
			return day
		}
	}
	return first.Day
}

// weekdayOfMonth is the nth (from 0) such weekday in the month of d; the fifth
// one is the fourth where the month has only four.
func weekdayOfMonth(d civil.Date, day time.Weekday, nth int) civil.Date {
	start := clampDay(d.Year, d.Month, 1)
	shift := (int(day) - int(weekdayOf(start)) + 7) % 7
	date := start.AddDays(shift + 7*nth)
	if date.Month != d.Month {
		date = date.AddDays(-7)
	}
	return date
}

// split divides a total into n parts that add up to it exactly: equal ones,
// rounded up to the cent, and a last one that absorbs the remainder. It gives
// fewer parts when n parts of a whole cent would exceed the total.
func split(total Money, n int) []Money {
	n = max(1, min(n, Most))
	each := (total.Minor + int64(n) - 1) / int64(n)
	return splitBy(total, Money{Minor: each, Currency: total.Currency})
}

// splitBy divides a total into payments of the given amount; the last one
// absorbs the remainder. The amount must be positive; parts beyond Most are
// folded into the last one.
func splitBy(total, each Money) []Money {
	var parts []Money
	left := total.Minor
	for left > 0 {
		part := min(left, each.Minor)
		if len(parts) == Most-1 {
			part = left
		}
		parts = append(parts, Money{Minor: part, Currency: total.Currency})
		left -= part
	}
	return parts
}

// lay puts amounts on dates.
func lay(amounts []Money, first civil.Date, cadence Cadence, pay payday) []Installment {
	return pair(amounts, dates(first, cadence, len(amounts), pay))
}

func pair(amounts []Money, due []civil.Date) []Installment {
	out := make([]Installment, len(amounts))
	for i := range amounts {
		out[i] = Installment{Due: due[i], Amount: amounts[i]}
	}
	return out
}
