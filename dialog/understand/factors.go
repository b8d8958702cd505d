package understand

import (
	"github.com/golang-sql/civil"
)

var (
	birthWords   = []string{"born", "birth", "birthday", "bday", "dob", "birthyear", "year", "nacido", "nacida", "nacimiento", "naci", "nac", "ano", "cumpleanos", "yob"}
	ssnWords     = []string{"ssn", "social", "ss", "seguro", "ssa"}
	accountWords = []string{"account", "acct", "acc", "card", "ending", "ends", "cuenta", "termina", "terminada", "terminacion"}
	lastWords    = []string{"last", "final", "ultimos", "digits", "digitos", "finales"}
)

// identifying finds what a person gives to show who they are, and takes it out
// of the running for an amount.
func identifying(ts []token, today civil.Date) ([]token, Factors) {
	var f Factors
	bare := onlyNumbers(ts)
	zipThere := false
	for i, t := range ts {
		if t.kind == number && len(t.digits) == 5 && !paidWith(ts, i) {
			zipThere = true
		}
	}
	for i := range ts {
		t := &ts[i]
		switch {
		case t.kind == day && t.role == "birth":
			f.BirthDates = append(f.BirthDates, t.date)
			if swapped, ok := otherWay(*t); ok {
				f.BirthDates = append(f.BirthDates, swapped)
			}
		case t.kind == number && t.digits != "" && !t.ordinal:
			f.number(ts, i, today, bare, zipThere)
		case t.kind == number && t.digits == "" && nearby(ts, i, 3, birthWords):
			f.spelled(ts, i, today)
		}
	}
	return ts, f
}

// number sorts one plain number into the factors it may be.
func (f *Factors) number(ts []token, i int, today civil.Date, bare, zipThere bool) {
	t := &ts[i]
	n := int(t.num / 100)
	switch len(t.digits) {
	case 5:
		if !paidWith(ts, i) {
			t.kind = ident
			f.ZIPs = append(f.ZIPs, t.digits)
		}
	case 4:
		f.four(ts, i, today, bare, zipThere)
	case 2:
		if y := 1900 + n; nearby(ts, i, 3, birthWords[:5]) && !paidWith(ts, i) && bornIn(y, today) {
			t.kind = ident
			f.BirthYears = append(f.BirthYears, y)
		}
	case 8:
		t.kind = ident
		d := civil.Date{Year: n % 10000, Month: monthOf(int64(n / 1000000)), Day: n / 10000 % 100}
		if exists(d) && bornIn(d.Year, today) {
			f.BirthDates = append(f.BirthDates, d)
		}
	case 6, 7, 9:
		if !paidWith(ts, i) {
			t.kind = ident
		}
	}
}

// four sorts a number of four digits: a year of birth, or the last digits of
// something. Standing alone it may be any of them, or an amount.
func (f *Factors) four(ts []token, i int, today civil.Date, bare, zipThere bool) {
	t := &ts[i]
	if paidWith(ts, i) {
		return
	}
	year := bornIn(int(t.num/100), today)
	ssn, account, last := nearby(ts, i, 6, ssnWords), nearby(ts, i, 5, accountWords), nearby(ts, i, 4, lastWords)
	birth := nearby(ts, i, 4, birthWords)
	if ssn || account || last {
		t.kind = ident
		if ssn || last && !account {
			f.SSNLast4 = append(f.SSNLast4, t.digits)
		}
		if account || last && !ssn {
			f.AccountLast4 = append(f.AccountLast4, t.digits)
		}
		return
	}
	if year && (birth || zipThere || bare) {
		t.kind = ident
		f.BirthYears = append(f.BirthYears, int(t.num/100))
	}
	if bare {
		f.SSNLast4 = append(f.SSNLast4, t.digits)
		if zipThere {
			t.kind = ident
		}
	}
}

// spelled reads "nineteen eighty six".
func (f *Factors) spelled(ts []token, i int, today civil.Date) {
	if ts[i].num != 1900 || i+1 >= len(ts) || ts[i+1].kind != number {
		return
	}
	if y := 1900 + int(ts[i+1].num/100); bornIn(y, today) {
		f.BirthYears = append(f.BirthYears, y)
		ts[i].kind, ts[i+1].kind = ident, ident
	}
}

func bornIn(year int, today civil.Date) bool { return year >= 1900 && year <= today.Year-14 }

// otherWay reads 04/12 as the 4th of December, for those who write it so.
func otherWay(t token) (civil.Date, bool) {
	d := civil.Date{Year: t.date.Year, Month: monthOf(int64(t.date.Day)), Day: int(t.date.Month)}
	return d, t.text == "date" && exists(d) && d != t.date
}

// onlyNumbers reports whether a message is nothing but numbers.
func onlyNumbers(ts []token) bool {
	some := false
	for _, t := range ts {
		switch t.kind {
		case number, ident:
			some = some || len(t.digits) >= 4
		case day:
			some = true
		case symbol:
			if t.text == "$" || t.text == "%" || foreignWords[t.text] != "" {
				return false
			}
		default:
			if !in([]string{"and", "y", "n"}, t.text) {
				return false
			}
		}
	}
	return some
}

// nearby reports whether one of the words stands within n tokens before, or
// just after.
func nearby(ts []token, i, n int, words []string) bool {
	for j := max(0, i-n); j < min(len(ts), i+2); j++ {
		if ts[j].kind == word && in(words, ts[j].text) {
			return true
		}
	}
	return false
}

// paidWith reports whether a number is said of money.
func paidWith(ts []token, i int) bool {
	before, after := textAt(ts, i-1), textAt(ts, i+1)
	if before == "$" || in(dollarWords, after) || foreignWords[before] != "" || foreignWords[after] != "" {
		return true
	}
	if i+1 < len(ts) && ts[i+1].kind == cadence {
		return true
	}
	return in([]string{"pay", "paying", "send", "offer", "settle", "afford", "pagar", "pago", "ofrezco", "owe", "debo"}, before)
}
