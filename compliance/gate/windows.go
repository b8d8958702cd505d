package gate

import (
	"slices"
	"time"

	"parley/compliance"
)

// checkWindows is BC-TIME-02: times the person, or the creditor's file, called
// inconvenient (cmt 6(b)(1)-1). They never expire by themselves.
func checkWindows(f *facts) compliance.Finding {
	if f.live() || f.crisis() || f.confirms() || len(f.Windows) == 0 || f.medium() == mediumLetter {
		return pass()
	}
	open, ok := nextWindow(f, f.Now)
	switch {
	case !ok:
		return escalate("the times they call inconvenient leave no hour of the coming year")
	case open.Equal(f.Now):
		return pass()
	case f.credit():
		if since, ok := nextWindow(f, f.LastInbound); ok && since.After(f.Now) {
			return pass() // they wrote inside this same window: one reply
		}
	}
	return delay(open, "inside a time they called inconvenient")
}

// nextWindow is the first instant from t on that lies in none of the windows.
func nextWindow(f *facts, t time.Time) (time.Time, bool) {
	if f.medium() == mediumLetter {
		return t, true
	}
	for limit := 0; limit < 1000; limit++ {
		start := t
		for _, w := range f.Windows {
			for _, loc := range f.windowZones(w) {
				t = w.leave(t, loc)
			}
		}
		if t.Equal(start) {
			return t, true
		}
	}
	return time.Time{}, false
}

// windowZones are the zones a window is read in: its own, else all candidates.
func (f *facts) windowZones(w Window) []*time.Location {
	if w.Zone != "" {
		return []*time.Location{location(w.Zone)}
	}
	return f.zones()
}

// leave is t, or the end of the window when t lies inside it. A window that ends
// before it begins runs over midnight and belongs to the day it begins on.
func (w Window) leave(t time.Time, loc *time.Location) time.Time {
	local := t.In(loc)
	for back := 0; back <= 1; back++ {
		day := time.Date(local.Year(), local.Month(), local.Day()-back, 12, 0, 0, 0, loc)
		from, to, ok := w.on(day)
		if ok && !t.Before(from) && t.Before(to) {
			return to.In(t.Location())
		}
	}
	return t
}

// on is the window on one local day. Malformed times panic, and so deny.
func (w Window) on(day time.Time) (from, to time.Time, ok bool) {
	if w.Until != "" {
		if _, err := time.Parse(time.DateOnly, w.Until); err != nil {
			panic(err)
		}
		if day.Format(time.DateOnly) > w.Until {
			return from, to, false
		}
	}
	if len(w.Days) > 0 && !slices.Contains(w.Days, day.Weekday()) {
		return from, to, false
	}
	open, end := clock(w.From, 0), clock(w.To, 24*3600)
	from, to = at(day, open), at(day, end)
	if end <= open {
		to = at(day.AddDate(0, 0, 1), end)
	}
	return from, to, true
}

func clock(s string, absent int) int {
	if s == "" {
		return absent
	}
	second, err := compliance.SecondOfDay(s)
	if err != nil {
		panic(err)
	}
	return second
}

// checkPlace is BC-PLACE-01: a medium tied to a barred place, or any medium while
// they are known to be somewhere unfit.
func checkPlace(f *facts) compliance.Finding {
	if f.live() || f.crisis() || f.confirms() {
		return pass()
	}
	if slices.Contains(f.Places, "home") && (f.medium() == mediumLetter || f.Medium == "landline") {
		return block("they asked not to be contacted at home, and this medium reaches them there")
	}
	if !f.AtPlaceNow || f.credit() {
		return pass()
	}
	until := f.PlaceUntil
	if !until.After(f.Now) {
		until = f.startOfDay(1)
	}
	return delay(until, "they are known to be at an inconvenient place now")
}

// checkWork is BC-WORK-01: never at work when the employer forbids it or they
// asked us not to; under the strict profile only when they wrote from there.
func checkWork(f *facts) compliance.Finding {
	if !f.WorkAddress || f.live() || f.crisis() || f.confirms() {
		return pass()
	}
	if slices.Contains(f.Places, "work") {
		return block("contact at work is not wanted or not permitted")
	}
	if f.profile() == Strict && !f.WroteFromWork {
		return block("an address at work is not used unless they used it themselves")
	}
	return pass()
}

// checkWorkEmail is BC-WORKEMAIL-01 (1006.22(f)(3)).
func checkWorkEmail(f *facts) compliance.Finding {
	if f.medium() != mediumEmail || !f.WorkAddress && !f.Email.EmployerDomain || f.crisis() {
		return pass()
	}
	used := f.WroteFromWork || f.Email.Basis == "consumer_used" || f.Email.Basis == "direct_consent"
	if used && !f.Email.OptedOut && !f.MediumProhibited {
		return pass()
	}
	return block("the employer gives this e-mail address, and they did not use it or consent to it")
}

// startOfDay is the first instant at which it is, in every zone, at least the
// given number of days after today's date.
func (f *facts) startOfDay(days int) time.Time {
	var latest time.Time
	zones := f.zones()
	if len(zones) == 0 {
		zones = []*time.Location{time.UTC}
	}
	for _, loc := range zones {
		local := f.Now.In(loc)
		if t := time.Date(local.Year(), local.Month(), local.Day()+days, 0, 0, 0, 0, loc); t.After(latest) {
			latest = t
		}
	}
	return latest.UTC()
}

// days is how many local midnights lie between an instant and now, at most over
// all zones.
func (f *facts) days(since time.Time) int {
	most := localDays(since, f.Now, time.UTC)
	for i, loc := range f.zones() {
		if d := localDays(since, f.Now, loc); i == 0 || d > most {
			most = d
		}
	}
	return most
}
