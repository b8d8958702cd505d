package gate

import (
	"slices"
	"time"

	"parley/compliance"
)

// checkCalls is BC-FREQ-01: at most seven calls in seven local calendar days for a
// person and debt (1006.14(b)(2)(i)(A)); the strict profile's figures are its
// overlay's, and it keeps two hours between calls.
func checkCalls(f *facts) compliance.Finding {
	if !f.callCounts() || f.consentedCall() {
		return pass()
	}
	found := f.cap(f.federal().Caps)
	const apart = 2 * time.Hour
	if f.profile() == Strict && !f.LastCall.IsZero() && f.Now.Sub(f.LastCall) < apart {
		found = later(found, delay(f.LastCall.Add(apart), "calls are kept two hours apart"))
	}
	return found
}

// checkConversation is BC-FREQ-02: seven days of quiet after a telephone
// conversation, whoever began it (1006.14(b)(2)(i)(B)).
func checkConversation(f *facts) compliance.Finding {
	if !f.callCounts() || f.LastConversation.IsZero() || f.consentedCall() || f.redial() {
		return pass()
	}
	us, _ := compliance.OverlayFor("US")
	passed := f.daysSince(f.LastConversation)
	if passed >= us.AfterConversationDays {
		return pass()
	}
	return delay(f.startOfDay(us.AfterConversationDays-passed), "a telephone conversation took place %d days ago", passed)
}

// checkElectronic is BC-FREQ-03 [P]: proactive texts at most one a day and two in
// seven days, and in the strict profile three contacts over all media.
func checkElectronic(f *facts) compliance.Finding {
	if !f.proactive() || slices.Contains(demanded, f.Purpose) || f.crisis() || f.confirms() {
		return pass() // what the law demands to be sent is no harassment
	}
	found := pass()
	if f.electronic() {
		if f.ProactiveToday+f.TextDays[0]+f.EmailDays[0] >= 1 {
			found = delay(f.startOfDay(1), "one proactive message has gone out today")
		}
		found = later(found, f.cap([]compliance.Cap{{Media: []string{"electronic"}, Max: 2, Days: 7}}))
	}
	if f.profile() == Strict {
		strict, _ := compliance.OverlayFor("strict")
		found = later(found, f.cap(strict.Caps))
	}
	return found
}

// later is the stricter of two findings; of two delays the one that ends later.
func later(a, b compliance.Finding) compliance.Finding {
	x, y := severity[decision(a.Outcome)], severity[decision(b.Outcome)]
	if y > x || y == x && b.Until.After(a.Until) {
		return b
	}
	return a
}

// federal is the overlay with the caps in force for calls.
func (f *facts) federal() compliance.Overlay {
	place := "US"
	if f.profile() == Strict {
		place = "strict"
	}
	o, _ := compliance.OverlayFor(place)
	return o
}

// callCounts reports an attempt to ring the person, which the limits count.
func (f *facts) callCounts() bool {
	return f.medium() == mediumCall && !f.live() && !f.crisis()
}

// consentedCall reports a call under prior consent given directly: seven days, the
// day of consent being the first, until a conversation, a revocation or its own
// shorter term (1006.14(b)(3)(i), cmt 14(b)(3)(i)-1 to -4).
func (f *facts) consentedCall() bool {
	c := f.CallConsent
	if c.At.IsZero() || c.Revoked || f.Now.Before(c.At) || f.days(c.At) > 6 {
		return false
	}
	zones := f.zones()
	if len(zones) == 0 {
		zones = []*time.Location{time.UTC}
	}
	for _, loc := range zones {
		if c.For != "" && f.Now.In(loc).Format(time.DateOnly) != c.For {
			return false
		}
		if !f.LastConversation.IsZero() && localDays(c.At, f.LastConversation, loc) > 0 {
			return false
		}
	}
	return true
}

// redial reports the one call back by a person within two minutes of a call that
// dropped (CALL-DROP-01).
func (f *facts) redial() bool {
	return f.Purpose == "redial" && f.Human && f.Redials == 0 && !f.Now.Before(f.LastConversation) &&
		f.Now.Sub(f.LastConversation) <= 2*time.Minute
}

// daysSince is how many local midnights lie between an instant and now, at least
// over all zones: the reading that waits longest.
func (f *facts) daysSince(since time.Time) int {
	least := localDays(since, f.Now, time.UTC)
	for i, loc := range f.zones() {
		if d := localDays(since, f.Now, loc); i == 0 || d < least {
			least = d
		}
	}
	return least
}

// cap delays when one of the caps that concern this medium is reached, to the
// first day on which all have room again.
func (f *facts) cap(caps []compliance.Cap) compliance.Finding {
	wait, count, limit := 0, 0, 0
	for _, c := range caps {
		if !f.concerned(c) {
			continue
		}
		days, sum := f.counted(c)
		if w := room(days, sum, c); w > wait {
			wait, count, limit = w, sum, c.Max
		}
	}
	if wait == 0 {
		return pass()
	}
	return delay(f.startOfDay(wait), "%d contacts, of at most %d", count, limit)
}

// concerned reports whether a cap limits contact by this medium.
func (f *facts) concerned(c compliance.Cap) bool {
	m := f.medium()
	for _, media := range c.Media {
		switch {
		case media == "all",
			media == "call" && m == mediumCall,
			media == "text" && m == mediumText,
			media == "electronic" && f.electronic(),
			media == "cell" && (m == mediumCall || m == mediumText):
			return true
		}
	}
	return false
}

// counted is what a cap counts, by day and in all. The sum can be larger than the
// days where the record gave only sums.
func (f *facts) counted(c compliance.Cap) (days Tally, sum int) {
	add := func(t Tally, n int) {
		for i := range t {
			days[i] += t[i]
		}
		sum += max(n, total(t))
	}
	for _, media := range c.Media {
		switch media {
		case "all":
			add(f.AllDays, f.All7)
		case "call":
			add(f.CallDays, f.Calls7)
		case "text":
			add(f.TextDays, f.Texts7)
		case "electronic":
			add(f.TextDays, f.Texts7)
			add(f.EmailDays, f.Emails7)
		case "cell":
			add(f.CallDays, f.Calls7)
			add(f.TextDays, f.Texts7)
		}
	}
	return days, sum
}

// room is in how many days the cap has room for one more; zero is now.
func room(days Tally, sum int, c compliance.Cap) int {
	if c.Days == 1 {
		if days[0] >= c.Max {
			return 1
		}
		return 0
	}
	if sum < c.Max {
		return 0
	}
	if sum > total(days) {
		return 1 // the days are not known: ask again tomorrow
	}
	for wait := 1; wait <= len(days); wait++ {
		sum -= days[len(days)-wait]
		if sum < c.Max {
			return wait
		}
	}
	return len(days)
}

func total(t Tally) (sum int) {
	for _, n := range t {
		sum += n
	}
	return sum
}
