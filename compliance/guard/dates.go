package guard

import (
	"strings"
	"time"
)

// A day is a civil date as written: parts that were not said are zero.
type day struct {
	year, month, day int
	weekday          int // 1 Sunday … 7 Saturday
	offset           int // days from today, with relative set
	relative         bool
	span             int // with relative: the date may be in [offset, offset+span)
	from, to         int // tokens
}

var months = map[string]int{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7,
	"august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
	"enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9, "setiembre": 9, "octubre": 10,
	"noviembre": 11, "diciembre": 12,
}

var weekdays = map[string]int{
	"sunday": 1, "monday": 2, "tuesday": 3, "wednesday": 4, "thursday": 5, "friday": 6, "saturday": 7,
	"domingo": 1, "lunes": 2, "martes": 3, "miercoles": 4, "jueves": 5, "viernes": 6, "sabado": 7,
	"tues": 3, "thurs": 5, "fri": 6,
}

// dates finds every date in the tokens.
func dates(text string, toks []token) []day {
	var out []day
	for i := 0; i < len(toks); {
		d, n := dateAt(text, toks, i)
		if n == 0 {
			i++
			continue
		}
		d.from, d.to = i, i+n
		out = append(out, d)
		i += n
	}
	return out
}

// dateAt reads the date that begins at toks[i] and how many tokens it has.
func dateAt(text string, toks []token, i int) (day, int) {
	t := &toks[i]
	at := func(k int) *token {
		if i+k < len(toks) && toks[i+k].brk <= brkComma && toks[i+k].sent == t.sent {
			return &toks[i+k]
		}
		return &token{}
	}
	if m := months[t.s]; m > 0 && (m != 5 || at(1).kind == kNumber) {
		n := 1
		if at(n).s == "the" {
			n++
		}
		if d := dayNumber(at(n)); d > 0 {
			y, k := yearAt(at(n+1), at(n+2))
			return day{year: y, month: m, day: d}, n + 1 + k
		}
		if y := yearNumber(at(1)); y > 0 {
			return day{year: y, month: m}, 2
		}
		if t.cap || m != 3 && m != 5 {
			return day{month: m}, 1
		}
	}
	if d := dayNumber(t); d > 0 && t.kind == kNumber {
		n := 1
		if at(n).s == "de" || at(n).s == "of" {
			n++
		}
		if m := months[at(n).s]; m > 0 && at(n).s != "may" {
			y, k := yearAt(at(n+1), at(n+2))
			return day{year: y, month: m, day: d}, n + 1 + k
		}
		if d, n := numeric(text, toks, i); n > 0 {
			return d, n
		}
		if hasOrdinal(t.s) && i > 0 && toks[i-1].s == "the" {
			return day{day: d}, 1
		}
	}
	if yearNumber(t) > 0 && !endDigits(toks, i) {
		if d, n := numeric(text, toks, i); n > 0 {
			return d, n
		}
		if t.kind == kNumber && i > 0 && yearWords[toks[i-1].s] {
			return day{year: yearNumber(t)}, 1
		}
	}
	if w := weekdays[t.s]; w > 0 {
		return day{weekday: w}, 1
	}
	switch t.s {
	case "tomorrow", "manana":
		if t.s == "manana" && i > 0 && (toks[i-1].s == "la" || toks[i-1].s == "de") {
			break
		}
		return day{relative: true, offset: 1, span: 1}, 1
	case "yesterday", "ayer":
		return day{relative: true, offset: -1, span: 1}, 1
	case "next":
		if at(1).s == "week" {
			return day{relative: true, offset: 1, span: 13}, 2
		}
		if at(1).s == "month" {
			return day{relative: true, offset: 8, span: 54}, 2
		}
	case "proxima", "siguiente":
		if at(1).s == "semana" {
			return day{relative: true, offset: 1, span: 13}, 2
		}
	}
	return day{}, 0
}

var yearWords = set("in since from until year by of en desde hasta ano de")

// hasOrdinal reports digits with an ordinal's ending: "1st", "15th". A word that
// only ends so ("Northwind") is none.
func hasOrdinal(s string) bool {
	n := len(strings.TrimRight(s, "stndrh"))
	if n == 0 || n > 2 || strings.Trim(s[:n], "0123456789") != "" {
		return false
	}
	switch s[n:] {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// endingWords stand before the last digits of an account or a card.
var endingWords = set("ending ends end digits account acct termina terminada terminado terminacion cuenta digitos finaliza acaba")

// endDigits reports whether the number at toks[i] is what an account or a card
// ends in, so that "ending in 1987" is no year.
func endDigits(toks []token, i int) bool {
	for k := i - 1; k >= 0 && k >= i-3 && toks[k].sent == toks[i].sent; k-- {
		if endingWords[toks[k].s] {
			return true
		}
		switch toks[k].s {
		case "in", "with", "en", "con", "no", "number", "numero", "are", "son", "is", "es", "of", "x", "the", "los":
			continue
		}
		return false
	}
	return false
}

func dayNumber(t *token) int {
	if t.kind == kNumber && t.amount >= 100 && t.amount <= 3100 && t.amount%100 == 0 {
		return int(t.amount / 100)
	}
	return 0
}

func yearNumber(t *token) int {
	if t.kind == kNumber && len(t.s) == 4 && t.amount >= 190000 && t.amount <= 210000 {
		return int(t.amount / 100)
	}
	return 0
}

// yearAt reads ", 2026" or "de 2026".
func yearAt(a, b *token) (year, n int) {
	if y := yearNumber(a); y > 0 {
		return y, 1
	}
	if a.s == "de" || a.s == "of" {
		if y := yearNumber(b); y > 0 {
			return y, 2
		}
	}
	return 0, 0
}

// numeric reads 12/15, 12/15/2026, 12-15-26 and 2026-12-15.
func numeric(text string, toks []token, i int) (day, int) {
	var v [3]int
	n := 0
	for ; n < 3 && i+n < len(toks) && toks[i+n].kind == kNumber && toks[i+n].amount%100 == 0; n++ {
		if n > 0 {
			gap := text[min(toks[i+n-1].end, toks[i+n].start):toks[i+n].start]
			if gap != "/" && (gap != "-" || n == 1 && (i+2 >= len(toks) || toks[i+2].kind != kNumber)) {
				break
			}
		}
		v[n] = int(toks[i+n].amount / 100)
	}
	switch {
	case n == 3 && v[0] > 1900 && v[1] <= 12:
		return day{year: v[0], month: v[1], day: v[2]}, 3
	case n == 3 && v[0] >= 1 && v[0] <= 12 && v[1] >= 1 && v[1] <= 31 && len(toks[i+2].s) != 3:
		y := v[2]
		if y < 100 {
			y += 2000
		}
		return day{year: y, month: v[0], day: v[1]}, 3
	case n >= 2 && v[0] >= 1 && v[0] <= 12 && v[1] >= 1 && v[1] <= 31 && text[toks[i].end] == '/':
		if v[0] == 24 || len(toks[i].s) > 2 {
			return day{}, 0
		}
		return day{month: v[0], day: v[1]}, 2
	}
	return day{}, 0
}

// knownDates are the dates that may be named.
func (f *Facts) knownDates() []time.Time {
	var out []time.Time
	add := func(ss ...string) {
		for _, s := range ss {
			if d, err := time.Parse(time.DateOnly, s); err == nil {
				out = append(out, d)
			}
		}
	}
	add(f.Dates...)
	add(f.TheirDates...)
	add(f.OfferExpires, f.ValidationEnd, f.Today)
	return out
}

// fits reports whether the written day is, or may be, the known date.
func (d day) fits(known, today time.Time) bool {
	switch {
	case d.relative:
		diff := int(known.Sub(today).Hours() / 24)
		return !today.IsZero() && diff >= d.offset && diff < d.offset+d.span
	case d.weekday > 0:
		diff := known.Sub(today).Hours() / 24
		return int(known.Weekday())+1 == d.weekday && (today.IsZero() || diff >= -7 && diff <= 14)
	}
	return (d.year == 0 || d.year == known.Year()) && (d.month == 0 || d.month == int(known.Month())) && (d.day == 0 || d.day == known.Day())
}

// known reports whether the facts have the date.
func (f *Facts) known(d day) bool {
	today, _ := time.Parse(time.DateOnly, f.Today)
	for _, k := range f.knownDates() {
		if d.fits(k, today) {
			return true
		}
	}
	return false
}
