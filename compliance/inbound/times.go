package inbound

import (
	"slices"
	"strings"
	"time"
)

// Times is a stretch of the week in which the person does not want to be
// reached (12 CFR 1006.6(b)(1)). No Days means every day; From and To are
// minutes after midnight where the person is, To not included, 1440 for the end
// of the day. A window the person allows ("only after 6") is turned round.
type Times struct {
	Days []time.Weekday `json:"days,omitempty"`
	From int            `json:"from"`
	To   int            `json:"to"`
	// Now says that only the present moment is meant ("driving rn").
	Now bool `json:"now,omitempty"`
	// Words are the words that said it, normalised.
	Words string `json:"words,omitempty"`
}

// Covers reports whether minute of weekday lies in the stretch. It doesn't look
// at Now.
func (t Times) Covers(day time.Weekday, minute int) bool {
	return (len(t.Days) == 0 || slices.Contains(t.Days, day)) && minute >= t.From && minute < t.To
}

// Place is where the person must not be reached: "work", "home", or another
// word the person used ("church", "school", "parents").
type Place string

// The places with rules of their own.
const (
	Work Place = "work"
	Home Place = "home"
)

// Medium is a way the person must not be reached.
type Medium string

// The media.
const (
	Calls   Medium = "call"
	Texts   Medium = "text"
	Letters Medium = "letter"
	Emails  Medium = "email"
)

const day = 24 * 60

// stated reads when, where and by which medium the person doesn't want to be
// reached. It reads only what is said in plain numbers and names; the label
// fires on more than this can spell out.
func stated(m *parsed, heard func(Label) bool) (ts []Times, ps []Place, ms []Medium) {
	if heard(InconvenientTime) {
		ts = statedTimes(m)
	}
	if heard(InconvenientPlace) || heard(EmployerProhibits) {
		ps = statedPlaces(m)
		if heard(EmployerProhibits) && !slices.Contains(ps, Work) {
			ps = append(ps, Work)
		}
	}
	if heard(MediumRestriction) {
		ms = statedMedia(m)
	}
	return ts, ps, ms
}

var weekdays = map[string][]time.Weekday{
	"sunday": {0}, "sundays": {0}, "sun": {0}, "domingo": {0}, "domingos": {0},
	"monday": {1}, "mondays": {1}, "mon": {1}, "lunes": {1},
	"tuesday": {2}, "tuesdays": {2}, "tue": {2}, "tues": {2}, "martes": {2},
	"wednesday": {3}, "wednesdays": {3}, "wed": {3}, "miercoles": {3},
	"thursday": {4}, "thursdays": {4}, "thu": {4}, "thur": {4}, "thurs": {4}, "jueves": {4},
	"friday": {5}, "fridays": {5}, "fri": {5}, "viernes": {5},
	"saturday": {6}, "saturdays": {6}, "sat": {6}, "sabado": {6}, "sabados": {6},
	"weekend": {0, 6}, "weekends": {0, 6}, "weekday": {1, 2, 3, 4, 5}, "weekdays": {1, 2, 3, 4, 5},
}

// parts are parts of the day by name.
var parts = map[string][2]int{
	"morning": {0, 12 * 60}, "mornings": {0, 12 * 60}, "afternoon": {12 * 60, 17 * 60}, "afternoons": {12 * 60, 17 * 60},
	"evening": {17 * 60, day}, "evenings": {17 * 60, day}, "night": {20 * 60, day}, "nights": {20 * 60, day}, "noche": {20 * 60, day},
	"noches": {20 * 60, day}, "mananas": {0, 12 * 60}, "tarde": {12 * 60, 20 * 60}, "tardes": {12 * 60, 20 * 60},
	"dinner": {17 * 60, 19 * 60}, "lunch": {12 * 60, 13 * 60},
}

var (
	befores  = wordSet(`before until till antes hasta`)
	afters   = wordSet(`after past since despues`)
	betweens = wordSet(`between from entre`)
	forbids  = wordSet(`dont never not no stop quit cant nunca jamas wont bad off`)
	allows   = wordSet(`only just solo solamente best better prefer available free reach call have llamenme escribanme`)
	nows     = wordSet(`now driving meeting manejando ahorita busy asleep sleeping interview class junta reunion cenando durmiendo`)
)

// clause is what one sentence says of time.
type clause struct {
	days          []time.Weekday
	from, to      int
	bounded       bool
	forbid, allow bool
	now           bool
}

func statedTimes(m *parsed) []Times {
	var out []Times
	for i := 0; i < len(m.tokens); {
		j := i
		for j < len(m.tokens) && m.tokens[j].sentence == m.tokens[i].sentence {
			j++
		}
		words := m.words(span{first: i, end: j})
		out = append(out, readClause(m.tokens[i:j]).times(words)...)
		i = j
	}
	return out
}

func readClause(ts []token) clause {
	c := clause{from: 0, to: day}
	for i, t := range ts {
		c.forbid = c.forbid || forbids[t.text]
		c.allow = c.allow || allows[t.text]
		c.now = c.now || nows[t.text]
		for _, d := range weekdays[t.text] {
			if !slices.Contains(c.days, d) {
				c.days = append(c.days, d)
			}
		}
		if p, ok := parts[t.text]; ok && !c.bounded {
			c.from, c.to, c.bounded = p[0], p[1], true
		}
		switch {
		case befores[t.text]:
			if at, _, ok := clockAt(ts, i+1, false); ok {
				c.from, c.to, c.bounded = 0, at, true
			}
		case afters[t.text]:
			if at, _, ok := clockAt(ts, i+1, true); ok {
				c.from, c.to, c.bounded = at, day, true
			}
		case betweens[t.text]:
			if a, n, ok := clockAt(ts, i+1, true); ok {
				if b, _, ok := clockAt(ts, n+1, true); ok && b > a {
					c.from, c.to, c.bounded = a, b, true
				}
			}
		}
		if a, b, ok := rangeOf(t.text); ok {
			c.from, c.to, c.bounded = a, b, true
		}
	}
	slices.Sort(c.days)
	return c
}

// times turns a clause into the stretches to avoid.
func (c clause) times(words string) []Times {
	avoid := func(from, to int, days []time.Weekday) Times {
		return Times{Days: days, From: from, To: to, Words: words}
	}
	switch {
	case c.forbid && (c.bounded || len(c.days) > 0):
		return []Times{avoid(c.from, c.to, c.days)}
	case c.bounded && (c.allow || !c.now):
		var out []Times
		if c.from > 0 {
			out = append(out, avoid(0, c.from, nil))
		}
		if c.to < day {
			out = append(out, avoid(c.to, day, nil))
		}
		if others := otherDays(c.days); len(others) > 0 && c.allow {
			out = append(out, avoid(0, day, others))
		}
		return out
	case c.allow && len(c.days) > 0:
		return []Times{avoid(0, day, otherDays(c.days))}
	case c.now:
		return []Times{{From: 0, To: day, Now: true, Words: words}}
	}
	return nil
}

func otherDays(days []time.Weekday) []time.Weekday {
	if len(days) == 0 {
		return nil
	}
	var out []time.Weekday
	for d := time.Sunday; d <= time.Saturday; d++ {
		if !slices.Contains(days, d) {
			out = append(out, d)
		}
	}
	return out
}

// clockAt reads a time of day at token i, past "las" and the like, and returns
// the index of the last token it used. afternoon says how to read a bare 1 to 7:
// "after 5" is 17:00, while "before 7" is the morning.
func clockAt(ts []token, i int, afternoon bool) (minute, last int, ok bool) {
	for i < len(ts) && (ts[i].text == "las" || ts[i].text == "la" || ts[i].text == "de" || ts[i].text == "at" || ts[i].text == "and" || ts[i].text == "y" || ts[i].text == "to" || ts[i].text == "a") {
		i++
	}
	if i >= len(ts) {
		return 0, 0, false
	}
	switch ts[i].text {
	case "noon", "mediodia":
		return 12 * 60, i, true
	case "midnight", "medianoche":
		return day, i, true
	}
	half := ""
	if i+1 < len(ts) && (ts[i+1].text == "am" || ts[i+1].text == "pm") {
		half, last = ts[i+1].text, i+1
	} else {
		last = i
	}
	minute, ok = clock(ts[i].text, ts[i].num, half, afternoon)
	return minute, last, ok
}

func clock(text string, num int, half string, afternoon bool) (int, bool) {
	for _, h := range []string{"am", "pm"} {
		if t, found := strings.CutSuffix(text, h); found {
			text, half = t, h
		}
	}
	hour, minute := num, 0
	if h, m, found := strings.Cut(text, ":"); found {
		hour, minute = digitsOf(h), digitsOf(m)
	} else if d := digitsOf(text); d >= 0 {
		hour = d
	}
	if hour < 0 || hour > 24 || minute < 0 || minute > 59 {
		return 0, false
	}
	switch {
	case half == "pm" && hour < 12:
		hour += 12
	case half == "am" && hour == 12:
		hour = 0
	case half == "" && afternoon && hour >= 1 && hour <= 7:
		hour += 12
	}
	return hour*60 + minute, true
}

func digitsOf(s string) int {
	if s == "" || len(s) > 2 || !allDigits(s) {
		return -1
	}
	n := 0
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

// rangeOf reads "2-4" or "9-11am" as two times of day.
func rangeOf(text string) (from, to int, ok bool) {
	a, b, found := strings.Cut(text, "-")
	if !found {
		return 0, 0, false
	}
	from, ok1 := clock(a, -1, "", true)
	to, ok2 := clock(b, -1, "", true)
	return from, to, ok1 && ok2 && to > from
}

// placeWords are the words for places, with the place they mean.
var placeWords = numberWords(`work work job work office work workplace work jobsite work desk work employer work boss work trabajo work
 chamba work oficina work empleo work shift work home home house home apartment home casa home landline home domicilio home
 church church iglesia church misa church hospital hospital school school escuela school court court corte court funeral funeral
 parents parents moms parents shelter shelter albergue shelter`)

func statedPlaces(m *parsed) []Place {
	var out []Place
	for _, t := range m.tokens {
		if p, ok := placeWords[t.text]; ok && !slices.Contains(out, Place(p)) {
			out = append(out, Place(p))
		}
	}
	return out
}

var mediumWords = numberWords(`call call calls call calling call phone call voice call voicemail call voicemails call landline call ringing call
 llamen call llame call llamadas call llamar call marquen call robocalls call
 text text texts text texting text message text messages text mensajes text textos text sms text
 mail letter letters letter mailing letter letter letter cartas letter carta letter postcards letter
 email email emails email emailing email correo email correos email`)

// insteads turn a sentence round: the medium behind them is the one allowed.
var insteads = wordSet(`only instead prefer prefiero solo solamente just use fine ok okay`)

// statedMedia reads the media barred: those named in a clause with a no, or all
// others where a clause allows only one.
func statedMedia(m *parsed) []Medium {
	var barred, allowed []Medium
	forbid := false
	for i, t := range m.tokens {
		if i > 0 && (t.sentence != m.tokens[i-1].sentence || strings.Contains(m.normal[m.tokens[i-1].end:t.start], ",")) {
			forbid = false
		}
		forbid = (forbid || forbids[t.text]) && !insteads[t.text]
		med, ok := mediumWords[t.text]
		if !ok {
			continue
		}
		if forbid {
			barred = append(barred, Medium(med))
		} else {
			allowed = append(allowed, Medium(med))
		}
	}
	if len(barred) == 0 && len(allowed) > 0 {
		for _, x := range []Medium{Calls, Texts, Letters, Emails} {
			if !slices.Contains(allowed, x) {
				barred = append(barred, x)
			}
		}
	}
	slices.Sort(barred)
	return slices.Compact(barred)
}
