package understand

import (
	"slices"

	"github.com/golang-sql/civil"
)

// inTime reads "in two weeks", "in 10 days", "a month from now", "dentro de 3 dias".
func (d dater) inTime(in, _ []token) (token, int) {
	start := phrase(in, "in a couple of", "in a couple", "in about", "in", "within", "dentro de", "en unos", "en")
	i := start
	var n int64
	switch {
	case start >= 3 && in[1].text == "a":
		n = 2
	case i < len(in) && in[i].kind == number && in[i].num%100 == 0 && !in[i].ordinal:
		n = in[i].num / 100
		i++
	case i < len(in) && (in[i].text == "a" || in[i].text == "one" || in[i].text == "un" || in[i].text == "una"):
		n = 1
		i++
	default:
		return token{}, 0
	}
	if i >= len(in) || n < 0 || n > 400 {
		return token{}, 0
	}
	date := civil.Date{}
	switch in[i].text {
	case "day", "days", "dia", "dias":
		date = d.today.AddDays(int(n))
	case "week", "weeks", "semana", "semanas":
		date = d.today.AddDays(7 * int(n))
	case "month", "months", "mes", "meses":
		if n > 2 && phrase(in[i+1:], "from now", "from today", "a partir de hoy") == 0 {
			return token{}, 0 // "in 10 months" is how long a plan lasts
		}
		date = addMonths(d.today, int(n))
	default:
		return token{}, 0
	}
	i++
	k := phrase(in[i:], "from now", "from today", "a partir de hoy", "de ahora", "out")
	// "in 6 payments", "in 6 months" as a length of plan is told by its clause;
	// here a time must begin with a word, or end in "from now".
	if start == 0 && k == 0 {
		return token{}, 0
	}
	return token{date: date, role: ""}, i + k
}

// fixed reads today, tomorrow and feasts.
func (d dater) fixed(in, before []token) (token, int) {
	for _, f := range []struct {
		days    int
		phrases []string
	}{
		{2, []string{"the day after tomorrow", "day after tomorrow", "pasado manana"}},
		{0, []string{"today", "tonight", "right now", "hoy", "ahora mismo", "hoy mismo", "2day"}},
		{1, []string{"tomorrow", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow"}},
	} {
		if n := phrase(in, f.phrases...); n > 0 {
			return token{date: d.today.AddDays(f.days)}, n
		}
	}
	if in[0].text == "manana" {
		// "por la manana" is the morning.
		if len(before) == 0 || before[len(before)-1].text != "la" {
			return token{date: d.today.AddDays(1)}, 1
		}
	}
	if n := phrase(in, "new years day", "new years", "new year", "ano nuevo", "el ano nuevo", "the new year"); n > 0 {
		h, _ := holiday(d.today, "newyear")
		return token{date: h}, n
	}
	if n := phrase(in, "valentines day", "valentines", "san valentin"); n > 0 {
		h, _ := holiday(d.today, "valentines")
		return token{date: h}, n
	}
	if n := phrase(in, "christmas eve", "xmas eve", "nochebuena"); n > 0 {
		return token{date: yearless(d.today, 12, 24)}, n
	}
	if h, ok := holiday(d.today, in[0].text); ok && in[0].kind == word {
		return token{date: h}, 1
	}
	return token{}, 0
}

// next reads "next week", "the next month", "el mes que viene".
func (d dater) next(in, _ []token) (token, int) {
	if n := phrase(in, "the following month", "next month", "the next month", "el proximo mes", "proximo mes", "el mes que viene", "mes que viene", "el mes proximo", "el otro mes"); n > 0 {
		return token{date: nextMonth(d.today)}, n
	}
	if n := phrase(in, "the following week", "next week", "the next week", "la proxima semana", "proxima semana", "la semana que viene", "semana que viene", "la otra semana"); n > 0 {
		return token{date: onWeekday(d.today, 1, true)}, n
	}
	return token{}, 0
}

// named reads days of the week: "friday", "next friday", "el viernes que viene".
func (d dater) named(in, before []token) (token, int) {
	i := phrase(in, "the next", "next", "this coming", "the following", "this", "coming", "el proximo", "proximo", "este", "el", "los", "the")
	if i >= len(in) || in[i].kind != word {
		return token{}, 0
	}
	w, ok := weekdays[in[i].text]
	if !ok || (in[i].text == "sat" && i == 0 && !timeWord(before)) {
		return token{}, 0
	}
	skip := i > 0 && (in[i-1].text == "next" || in[i-1].text == "following")
	plural := in[i].text[len(in[i].text)-1] == 's' && len(in[i].text) > 5 && slices.Contains([]string{"mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "sabados", "domingos"}, in[i].text)
	plural = plural || (i > 0 && in[i-1].text == "los")
	n := i + 1
	n += phrase(in[n:], "que viene", "proximo", "after next")
	date := onWeekday(d.today, w, skip)
	// "friday the 13th", "friday december 4" say the day themselves.
	for _, rule := range []func([]token, []token) (token, int){d.monthDay, d.dayMonth, d.ordinal} {
		j := n
		if j < len(in) && in[j].text == "," {
			j++
		}
		if j < len(in) {
			if t, k := rule(in[j:], nil); k > 0 {
				return t, j + k
			}
		}
	}
	return token{date: date, weekday: true, plural: plural}, n
}

func timeWord(before []token) bool {
	return len(before) > 0 && slices.Contains([]string{"on", "by", "until", "till", "this", "next", "every", "each", "before", "after"}, before[len(before)-1].text)
}

// ordinal reads a day of the month alone: "the 15th", "on the 1st", "el 15".
func (d dater) ordinal(in, before []token) (token, int) {
	i := phrase(in, "the", "el dia", "el", "dia", "day")
	if i >= len(in) {
		return token{}, 0
	}
	dom, ok := dayNumber(in[i])
	t := in[i]
	if !ok || dom > 31 && !t.ordinal {
		return token{}, 0
	}
	follows := ""
	if i+1 < len(in) {
		follows = in[i+1].text
	}
	if slices.Contains([]string{"one", "option", "offer", "payment", "plan", "choice", "opcion", "pago", "time", "installment", "oferta", "%", "percent", "dollars", "bucks", "dolares", "a", "al", "per"}, follows) || follows == "of" && t.kind == word {
		return token{}, 0
	}
	switch {
	case t.ordinal && t.text != "" && t.digits != "":
		// "15th" alone is a day.
	case t.kind == word && i > 0 && dom > 3:
		// "the fifteenth"
	case t.kind == word && i > 0 && timeWord(before):
		// "by the first"
	case t.kind == number && i > 0 && t.digits != "" && in[0].text != "day" && follows != "$" && dom <= 31:
		// "the 15", "el 15"
	default:
		return token{}, 0
	}
	return token{date: upcoming(d.today, dom)}, i + 1
}
