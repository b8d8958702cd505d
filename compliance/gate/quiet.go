package gate

import (
	"sync"
	"time"
	_ "time/tzdata" // zones must not depend on the machine

	"parley/compliance"
)

// loaded caches zones by name; there are some six hundred.
var loaded sync.Map

// hours are the seconds of a local day in which contact is permitted: from open
// on, before close.
type hours struct{ open, close int }

// permitted are the hours of a local day under one place's figures. The statute
// says after 8 and before 9, so the whole second 08:00:00 is outside
// (1692c(a)(1), 1006.6(b)(1)(i)).
func permitted(h *compliance.Hours, day time.Time) (hours, bool) {
	if h.SkipHolidays && IsHoliday(day) {
		return hours{}, false
	}
	open, end := h.Open, h.Close
	if day.Weekday() == time.Sunday && h.SundayOpen != "" {
		open, end = h.SundayOpen, h.SundayClose
	}
	out := hours{open: clock(open, 0), close: clock(end, 0)}
	if h.OpenExcluded {
		out.open++
	}
	return out, true
}

// figures are the hours of every place that has a say: federal law, the states,
// and the house under the strict profile.
func (f *facts) figures() []*compliance.Hours {
	if f.hours == nil {
		places := append([]string{"US"}, f.States...)
		if f.profile() == Strict {
			places = append(places, "strict")
		}
		for _, place := range places {
			if o, ok := compliance.OverlayFor(place); ok && o.Hours != nil {
				f.hours = append(f.hours, o.Hours)
			}
		}
	}
	return f.hours
}

// checkQuiet is BC-TIME-01: inside the permitted hours of every place they may be.
func checkQuiet(f *facts) compliance.Finding {
	if f.medium() == mediumLetter || f.live() || f.crisis() || f.confirms() {
		return pass()
	}
	if len(f.Zones) == 0 {
		if f.credit() && f.heardWithin(time.Hour) {
			return pass()
		}
		return escalate("no zone is known for this person, and guessing one could wake them")
	}
	open, ok := nextQuiet(f, f.Now)
	switch {
	case !ok:
		return escalate("no hour of the coming year is open in every zone they may be in")
	case open.Equal(f.Now):
		return pass()
	case f.credit():
		if since, ok := nextQuiet(f, f.LastInbound); ok && since.After(f.Now) {
			return pass() // they wrote inside this same quiet period: one reply
		}
	}
	return delay(open, "outside the permitted hours of at least one zone they may be in")
}

// nextQuiet is the first instant from t on that is inside the hours of every zone.
func nextQuiet(f *facts, t time.Time) (time.Time, bool) {
	if f.medium() == mediumLetter {
		return t, true
	}
	for limit := 0; limit < 400; limit++ {
		start := t
		for _, loc := range f.zones() {
			for _, h := range f.figures() {
				t = nextInZone(h, t, loc)
			}
		}
		if t.Equal(start) {
			return t, true
		}
	}
	return time.Time{}, false
}

// nextInZone is the first instant from t on that is inside the hours of one zone.
func nextInZone(figures *compliance.Hours, t time.Time, loc *time.Location) time.Time {
	local := t.In(loc)
	for offset := 0; ; offset++ {
		day := time.Date(local.Year(), local.Month(), local.Day()+offset, 12, 0, 0, 0, loc)
		h, ok := permitted(figures, day)
		if !ok {
			continue
		}
		opens, closes := at(day, h.open), at(day, h.close)
		switch {
		case t.Before(opens):
			return opens.In(t.Location())
		case t.Before(closes):
			return t
		}
	}
}

// at is the instant a local day's clock shows the given second of the day.
func at(day time.Time, second int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), second/3600, second/60%60, second%60, 0, day.Location())
}
