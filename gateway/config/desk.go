package config

import (
	"fmt"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"parley/dialog"
)

// Desk is when and how the humans answer: see docs/handoff.md.
type Desk struct {
	// Timezone is where the desk is, such as "America/Chicago". Empty: the desk is always open.
	Timezone string `yaml:"timezone"`
	// Hours are when it is open by days of the week, as a map such as {mon-fri: "08:00-12:00, 13:00-20:00", sat: "09:00-13:00"}; days
	// not named are closed. None, with a time zone: mon-fri 08:00-20:00 and sat 09:00-13:00.
	Hours map[string]string `yaml:"hours"`
	// Holidays are dates on which it is closed, such as 2026-11-27.
	Holidays []string `yaml:"holidays"`
	// USFederal closes it on federal holidays of the United States, and on the days they are observed on, too.
	USFederal bool `yaml:"us_federal"`
	// OfferFor is how long one agent is asked to take a conversation before the next, 5s to 10m. Defaults to 45s.
	OfferFor Duration `yaml:"offer_for"`
	// FirstReply is how long an agent may hold a waiting person without a word before it goes back into the queue, 30s to 24h. Defaults to 5m.
	FirstReply Duration `yaml:"first_reply"`
	// WrapUp is how long writing up may take before the conversation is closed as it is, 30s to 24h. Defaults to 5m.
	WrapUp Duration `yaml:"wrap_up"`
	// Lease is how long an agent who is not heard of any more keeps what they hold, 15s to 1h. Defaults to 1m30s.
	Lease Duration `yaml:"lease"`
	// MaxWait is how long a person may wait while the desk is open before they are told that it takes longer, and a
	// supervisor is, 1m to 24h. Defaults to 30m.
	MaxWait Duration `yaml:"max_wait"`
	// Capacity is how many conversations one agent holds at a time, 1 to 50. Defaults to 5.
	Capacity int `yaml:"capacity"`
}

func defaultDesk() Desk {
	return Desk{OfferFor: Duration(45 * time.Second), FirstReply: Duration(5 * time.Minute), WrapUp: Duration(5 * time.Minute),
		Lease: Duration(90 * time.Second), MaxWait: Duration(30 * time.Minute), Capacity: 5}
}

// usualHours are those of a desk of which only the place is said.
var usualHours = map[string]string{"mon-fri": "08:00-20:00", "sat": "09:00-13:00"}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// Dialog is the desk in the engine's terms. It leaves out what can't be read, which the check has told.
func (d Desk) Dialog() dialog.Desk {
	c, _ := d.calendar()
	return dialog.Desk{Calendar: c, OfferFor: time.Duration(d.OfferFor), FirstReply: time.Duration(d.FirstReply), WrapUp: time.Duration(d.WrapUp),
		Lease: time.Duration(d.Lease), MaxWait: time.Duration(d.MaxWait), Capacity: d.Capacity}
}

// calendar reads the hours; mistakes are by key.
func (d Desk) calendar() (dialog.Calendar, map[string]string) {
	wrong := map[string]string{}
	c := dialog.Calendar{USFederal: d.USFederal}
	if d.Timezone != "" {
		zone, err := time.LoadLocation(d.Timezone)
		if err != nil {
			wrong["desk.timezone"] = "must be a time zone such as America/Chicago"
		}
		c.Zone = zone
	}
	hours := d.Hours
	switch {
	case d.Timezone == "" && (len(hours) > 0 || len(d.Holidays) > 0 || d.USFederal):
		wrong["desk.timezone"] = "is missing: hours and holidays are by a clock"
	case d.Timezone != "" && len(hours) == 0:
		hours = usualHours
	}
	for _, key := range sortedKeys(hours) {
		days, err := readDays(key)
		spans, err2 := readSpans(hours[key])
		if err != nil || err2 != nil {
			wrong["desk.hours."+key] = firstOf(err, err2).Error()
			continue
		}
		for _, day := range days {
			if len(c.Weekly[day]) > 0 {
				wrong["desk.hours."+key] = weekdays[day] + " is named twice"
			}
			c.Weekly[day] = append(c.Weekly[day], spans...)
		}
	}
	for _, s := range d.Holidays {
		day, err := civil.ParseDate(strings.TrimSpace(s))
		if err != nil {
			wrong["desk.holidays"] = "must be dates such as 2026-11-27"
			continue
		}
		c.Holidays = append(c.Holidays, day)
	}
	return c, wrong
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// readDays reads "mon", "mon-fri", which may go over the end of the week, or "mon, wed".
func readDays(s string) ([]int, error) {
	var days []int
	for part := range strings.SplitSeq(strings.ToLower(s), ",") {
		first, last, ok := strings.Cut(strings.TrimSpace(part), "-")
		if !ok {
			last = first
		}
		from, to := weekday(first), weekday(last)
		if from < 0 || to < 0 {
			return nil, fmt.Errorf("must be days such as mon, mon-fri or \"tue, thu\"")
		}
		for day := from; ; day = (day + 1) % 7 {
			days = append(days, day)
			if day == to {
				break
			}
		}
	}
	return days, nil
}

func weekday(s string) int {
	for i, name := range weekdays {
		if strings.TrimSpace(s) == name {
			return i
		}
	}
	return -1
}

// readSpans reads "08:00-12:00, 13:00-17:00", in order.
func readSpans(s string) ([]dialog.Span, error) {
	var spans []dialog.Span
	last := 0
	for part := range strings.SplitSeq(s, ",") {
		from, to, _ := strings.Cut(strings.TrimSpace(part), "-")
		span := dialog.Span{From: minutes(from), To: minutes(to)}
		if span.From < last || span.To <= span.From {
			return nil, fmt.Errorf("must be times such as 08:00-20:00, in order, the last at most 24:00")
		}
		last = span.To
		spans = append(spans, span)
	}
	return spans, nil
}

// minutes after midnight of "08:00", -1 for what is no time.
func minutes(s string) int {
	s = strings.TrimSpace(s)
	if s == "24:00" {
		return 24 * 60
	}
	at, err := time.Parse("15:04", s)
	if err != nil || len(s) != 5 {
		return -1
	}
	return at.Hour()*60 + at.Minute()
}

func (k *checker) desk(d Desk) {
	c, wrong := d.calendar()
	for _, key := range sortedKeys(wrong) {
		k.fault(key, wrong[key])
	}
	if len(wrong) == 0 && c.NextOpen(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		k.fault("desk.hours", "must leave the desk open at some time")
	}
	for _, x := range []struct {
		key         string
		v           Duration
		least, most time.Duration
		words       string
	}{
		{"offer_for", d.OfferFor, 5 * time.Second, 10 * time.Minute, "5s to 10m"},
		{"first_reply", d.FirstReply, 30 * time.Second, 24 * time.Hour, "30s to 24h"},
		{"wrap_up", d.WrapUp, 30 * time.Second, 24 * time.Hour, "30s to 24h"},
		{"lease", d.Lease, 15 * time.Second, time.Hour, "15s to 1h"},
		{"max_wait", d.MaxWait, time.Minute, 24 * time.Hour, "1m to 24h"},
	} {
		if t := time.Duration(x.v); t < x.least || t > x.most {
			k.fault("desk."+x.key, "must be "+x.words)
		}
	}
	if d.Capacity < 1 || d.Capacity > 50 {
		k.fault("desk.capacity", "must be 1 to 50")
	}
}
