package understand

import (
	"slices"
	"strings"

	"github.com/golang-sql/civil"
)

// dater turns words and numbers into day tokens. Each rule looks at the tokens
// from one place on and says what it found and how many tokens it took.
type dater struct {
	today civil.Date
	lang  string
}

func (d dater) join(in []token) []token {
	out := make([]token, 0, len(in))
	for i := 0; i < len(in); {
		t, n := d.read(in, i, out)
		if n == 0 {
			out = append(out, in[i])
			i++
			continue
		}
		t.kind, t.text = day, joinText(in[i:i+n])
		t.glued = in[i].glued
		out = append(out, d.judge(t))
		i += n
	}
	return out
}

// judge marks a day that doesn't exist, is past, or is too far off to be meant.
func (d dater) judge(t token) token {
	switch {
	case !exists(t.date):
		t.invalid = true
	case t.explicit && d.birthday(&t):
		t.role = "birth"
	case t.date.Before(d.today):
		t.role = "past"
	case t.date.DaysSince(d.today) > 5*366:
		t.invalid = true
	}
	return t
}

// birthday reports whether a day with its year is one on which an adult may
// have been born; "86" is 1986 then.
func (d dater) birthday(t *token) bool {
	age := d.today.Year - t.date.Year
	if age < -13 && age > -100 {
		age += 100
	}
	if age < 14 || age > 115 {
		return false
	}
	t.date.Year = d.today.Year - age
	return exists(t.date)
}

func (d dater) read(in []token, i int, before []token) (token, int) {
	if in[i].kind == day {
		t := in[i]
		if !t.explicit && t.date.Year == 0 {
			t.date = yearless(d.today, t.date.Month, t.date.Day)
		}
		return t, 1
	}
	rest := in[i:]
	for _, rule := range []func([]token, []token) (token, int){d.monthDay, d.dayMonth, d.edge, d.inTime, d.fixed, d.next, d.named, d.ordinal} {
		if t, n := rule(rest, before); n > 0 {
			return t, n
		}
	}
	return token{}, 0
}

// texts are the first n tokens' texts, for matching phrases.
func texts(in []token, n int) string {
	return joinText(in[:min(n, len(in))])
}

// phrase reports how many tokens of in a phrase takes; 0 when it isn't there.
func phrase(in []token, phrases ...string) int {
	if len(in) == 0 || in[0].text == "" {
		return 0
	}
	for _, p := range phrases {
		if !strings.HasPrefix(p, in[0].text) {
			continue
		}
		n := strings.Count(p, " ") + 1
		if len(in) >= n && texts(in, n) == p {
			return n
		}
	}
	return 0
}

// dayNumber is a day of the month in a token: "15", "15th", "fifteenth".
func dayNumber(t token) (int, bool) {
	if t.kind == number && (t.digits != "" || t.ordinal) && t.num%100 == 0 {
		n := int(t.num / 100)
		return n, n >= 1 && (n <= 31 || t.ordinal) && len(t.text) <= 4
	}
	if t.kind == number && t.digits == "" && !t.glued && t.num%100 == 0 && t.num <= 3100 && t.num > 0 {
		return int(t.num / 100), true
	}
	n, ok := ordinals[t.text]
	return n, ok && t.kind == word
}

// yearAfter reads ", 2026", "2026", "de 2026", "del 2026".
func yearAfter(in []token) (int, int) {
	i := 0
	for i < len(in) && i < 2 && slices.Contains([]string{",", "de", "del", "of"}, in[i].text) {
		i++
	}
	if i < len(in) && in[i].kind == number && len(in[i].digits) == 4 {
		if y := int(in[i].num / 100); y >= 1900 && y < 2200 {
			return y, i + 1
		}
	}
	return 0, 0
}

func (d dater) dated(m token, dom int, rest []token, n int) (token, int) {
	t := token{}
	if y, k := yearAfter(rest); k > 0 {
		t.date, t.explicit = civil.Date{Year: y, Month: months[m.text], Day: dom}, true
		return t, n + k
	}
	t.date = yearless(d.today, months[m.text], dom)
	return t, n
}

// monthDay reads "december 15", "dec 15th, 2026", "diciembre 15".
func (d dater) monthDay(in, before []token) (token, int) {
	if in[0].kind != word || months[in[0].text] == 0 {
		return token{}, 0
	}
	i := 1
	if i < len(in) && (in[i].text == "." || in[i].text == "the") {
		i++
	}
	if i < len(in) {
		if dom, ok := dayNumber(in[i]); ok && !(in[0].text == "may" && i > 1) {
			return d.dated(in[0], dom, in[i+1:], i+1)
		}
		if in[i].text == "twenty" && i+1 < len(in) && ordinals[in[i+1].text] > 0 && ordinals[in[i+1].text] < 10 {
			return d.dated(in[0], 20+ordinals[in[i+1].text], in[i+2:], i+2)
		}
	}
	if y, k := yearAfter(in[1:]); k > 0 && in[0].text != "may" {
		return token{date: civil.Date{Year: y, Month: months[in[0].text], Day: 1}, explicit: true}, 1 + k
	}
	// A month alone counts only after a word that makes it a time.
	if len(before) > 0 && slices.Contains([]string{"in", "by", "until", "till", "for", "next", "en", "para", "hasta", "before", "desde", "this", "since"}, before[len(before)-1].text) {
		if in[0].text == "may" && len(in) > 1 && in[1].kind == word {
			return token{}, 0
		}
		return token{date: upcomingOn(d.today, months[in[0].text], 1)}, 1
	}
	return token{}, 0
}

// dayMonth reads "15 dec", "the 15th of december", "el 15 de diciembre de 2026".
func (d dater) dayMonth(in, _ []token) (token, int) {
	i := phrase(in, "el dia", "the", "el", "dia")
	if i >= len(in) {
		return token{}, 0
	}
	dom, ok := dayNumber(in[i])
	if !ok {
		return token{}, 0
	}
	i++
	if i < len(in) && (in[i].text == "of" || in[i].text == "de") {
		i++
	}
	if i < len(in) && in[i].kind == word && months[in[i].text] > 0 {
		if in[i].text == "mar" || in[i].text == "may" && i+1 < len(in) && in[i+1].kind == word && in[i+1].text != "de" {
			return token{}, 0
		}
		return d.dated(in[i], dom, in[i+1:], i+1)
	}
	return token{}, 0
}

// edge reads the end, middle or beginning of a month.
func (d dater) edge(in, _ []token) (token, int) {
	at, n := "", 0
	for _, e := range []struct {
		at      string
		phrases []string
	}{
		{"end", []string{"the end of", "end of", "the last day of", "last day of", "finales de", "fines de", "fin de", "el fin de", "el final de", "final de", "el ultimo dia de", "ultimo dia de"}},
		{"mid", []string{"the middle of", "middle of", "mid", "mediados de"}},
		{"start", []string{"the beginning of", "beginning of", "the start of", "start of", "early", "the first of", "first of", "the 1 of", "1 of", "principios de", "comienzos de", "el primero de"}},
	} {
		if k := phrase(in, e.phrases...); k > 0 {
			at, n = e.at, k
			break
		}
	}
	if n == 0 {
		if k := phrase(in, "month end", "months end", "eom"); k > 0 {
			return token{date: monthEnd(d.today)}, k
		}
		return token{}, 0
	}
	rest := in[n:]
	switch {
	case at == "end" && phrase(rest, "next month", "the next month", "proximo mes", "el proximo mes") > 0:
		m := nextMonth(d.today)
		return token{date: lastOf(m.Year, m.Month)}, n + phrase(rest, "next month", "the next month", "proximo mes", "el proximo mes")
	case phrase(rest, "the month", "this month", "month", "mes", "este mes", "el mes") > 0:
		k := n + phrase(rest, "the month", "this month", "month", "mes", "este mes", "el mes")
		return token{date: map[string]civil.Date{"end": monthEnd(d.today), "mid": upcoming(d.today, 15), "start": upcoming(d.today, 1)}[at]}, k
	case phrase(rest, "next month", "the next month", "proximo mes", "the new month") > 0:
		first := nextMonth(d.today)
		dom := map[string]int{"mid": 15, "start": 1}[at]
		return token{date: civil.Date{Year: first.Year, Month: first.Month, Day: dom}}, n + phrase(rest, "next month", "the next month", "proximo mes", "the new month")
	case phrase(rest, "the year", "this year", "year", "ano", "the week", "this week", "week", "semana") > 0:
		return d.edgeOfYear(at, rest, n)
	case len(rest) > 0 && rest[0].kind == word && months[rest[0].text] > 0:
		dom := map[string]int{"mid": 15, "start": 1}[at]
		first := yearless(d.today, months[rest[0].text], max(dom, 1))
		if at == "end" {
			first = lastOf(d.today.Year, months[rest[0].text])
			if first.Before(d.today) {
				first = lastOf(d.today.Year+1, months[rest[0].text])
			}
		}
		return token{date: first}, n + 1
	}
	return token{}, 0
}

func (d dater) edgeOfYear(at string, rest []token, n int) (token, int) {
	k := n + phrase(rest, "the year", "this year", "year", "ano", "the week", "this week", "week", "semana")
	if strings.HasSuffix(texts(rest, k-n), "week") || rest[0].text == "semana" {
		return token{date: onWeekday(d.today, 5, false)}, k
	}
	if at != "end" {
		return token{date: upcomingOn(d.today, 1, 1)}, k
	}
	return token{date: civil.Date{Year: d.today.Year, Month: 12, Day: 31}}, k
}
