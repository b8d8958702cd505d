package understand

import (
	"slices"

	"parley/negotiation"
)

// cadencePhrases say how often. Longer ones first: "twice a month" isn't monthly.
var cadencePhrases = []struct {
	cadence negotiation.Cadence
	phrases []string
}{
	{negotiation.Biweekly, []string{
		"twice a month", "2 times a month", "twice monthly", "every other week", "every second week", "every 2 weeks", "each 2 weeks", "every 2 wks",
		"every 2 week", "every 14 days", "every 15 days", "bi weekly", "bi - weekly", "biweekly", "byweekly", "bimonthly", "semi monthly", "semimonthly", "fortnightly", "a fortnight",
		"per fortnight", "every fortnight", "every payday", "each payday", "every paycheck", "each paycheck", "per paycheck", "a paycheck", "every pay period", "per pay period",
		"cada 2 semanas", "cada 15 dias", "cada 14 dias", "cada quincena", "por quincena", "a la quincena", "quincenalmente", "quincenales", "quincenal", "2 veces al mes", "la quincena",
	}},
	{negotiation.Monthly, []string{
		"a month", "per month", "each month", "every month", "every 4 weeks", "every 30 days", "/ month", "/ mo", "/ mth", "monthly", "montly", "monthy", "a mo", "per mo", "p / m", "once a month", "every mo",
		"al mes", "por mes", "cada mes", "todos los meses", "mensualmente", "mensuales", "mensual", "x mes", "/ mes", "cada 30 dias", "mensualidades de", "month by month",
	}},
	{negotiation.Weekly, []string{
		"a week", "per week", "each week", "every week", "/ week", "/ wk", "weekly", "weekley", "a wk", "per wk", "every 7 days", "once a week", "week by week",
		"a la semana", "por semana", "cada semana", "todas las semanas", "semanalmente", "semanales", "semanal", "x semana", "/ semana", "cada 7 dias", "cada 8 dias",
	}},
}

// joinCadences marks how often. A day said to recur ("every friday") stays a
// day and gets its cadence.
func joinCadences(in []token) []token {
	out := make([]token, 0, len(in))
	for i := 0; i < len(in); {
		c, n := readCadence(in, i)
		if n == 0 {
			out = append(out, in[i])
			i++
			continue
		}
		out = append(out, token{kind: cadence, text: joinText(in[i : i+n]), cadence: c, glued: in[i].glued})
		i += n
	}
	return out
}

func readCadence(in []token, i int) (negotiation.Cadence, int) {
	for _, c := range cadencePhrases {
		n := phrase(in[i:], c.phrases...)
		if n == 0 {
			continue
		}
		// "in a month", "a month from now", "half a month" are times, not rates;
		// "a month" after "in", "for", "within", "about" too.
		if in[i].text == "a" && i > 0 && slices.Contains([]string{"in", "within", "for", "half", "about", "just", "give", "need"}, in[i-1].text) {
			return "", 0
		}
		if phrase(in[i+n:], "from now", "from today", "ago", "or so", "behind", "late") > 0 {
			return "", 0
		}
		return c.cadence, n
	}
	return "", 0
}

// recurring joins "every" to the day that follows: "every friday",
// "every other friday", "cada viernes", "the 15th of every month".
func recurring(in []token) []token {
	out := make([]token, 0, len(in))
	for i := 0; i < len(in); i++ {
		n := phrase(in[i:], "every other", "every second", "every", "each", "cada", "todos")
		if n > 0 && i+n < len(in) && in[i+n].kind == day {
			t := in[i+n]
			t.cadence = negotiation.Monthly
			if t.weekday {
				t.cadence = negotiation.Weekly
			}
			if n == 2 {
				t.cadence = negotiation.Biweekly
			}
			out = append(out, t)
			i += n
			continue
		}
		t := in[i]
		if t.kind == day && t.plural {
			t.cadence = negotiation.Weekly
		}
		out = append(out, t)
	}
	return out
}
