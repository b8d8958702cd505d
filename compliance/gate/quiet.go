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

// permitted are the hours of a local day. The statute says after 8 and before 9,
// so the whole second 08:00:00 is outside (1692c(a)(1), 1006.6(b)(1)(i)). The
// strict profile's figures are in the data of the overlays.
func permitted(p Profile, day time.Time) (h hours, ok bool) {
	if p == Legal {
		return hours{open: 8*3600 + 1, close: 21 * 3600}, true
	}
	if IsHoliday(day) {
		return hours{}, false
	}
	if day.Weekday() == time.Sunday {
		return hours{open: 12 * 3600, close: 20 * 3600}, true
	}
	return hours{open: 9 * 3600, close: 20 * 3600}, true
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
			t = nextInZone(f.profile(), t, loc)
		}
		if t.Equal(start) {
			return t, true
		}
	}
	return time.Time{}, false
}

// nextInZone is the first instant from t on that is inside the hours of one zone.
func nextInZone(p Profile, t time.Time, loc *time.Location) time.Time {
	local := t.In(loc)
	for offset := 0; ; offset++ {
		day := time.Date(local.Year(), local.Month(), local.Day()+offset, 12, 0, 0, 0, loc)
		h, ok := permitted(p, day)
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
