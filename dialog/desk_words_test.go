package dialog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/dialog"
)

// closedDesk is a world whose desk keeps New York's office hours, at a time of the day
// there, with its address in Texas.
func closedDesk(t *testing.T, at string, channel string) *world {
	t.Helper()
	start, err := time.ParseInLocation("2006-01-02 15:04", at, zone(t, "America/New_York"))
	if err != nil {
		t.Fatal(err)
	}
	s := script{Channel: channel, Address: "+15125550123", Account: "acct-1001", Start: start.Add(-time.Minute).UTC().Format(time.RFC3339)}
	if channel == "webchat" {
		s.Address, s.Account = "wc_1", ""
	}
	w := newWorld(t, s)
	w.engine.Settings.Desk.Calendar = office(t)
	return w
}

func TestWhenAPersonWillAnswerIsSaidTruly(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]struct {
		at, channel string
		says        []string // the last is the one looked at
		want        string
	}{
		"Saturday afternoon, by text, in the person's hours and zone": {"2026-11-28 15:00", "sms", []string{"zip 78701", "I want a human"},
			"A person will answer here Monday, Nov 30, after 8:00 am."},
		"the same in Spanish": {"2026-11-28 15:00", "sms", []string{"zip 78701", "quiero hablar con una persona"},
			"Una persona le responderá aquí el lunes 30 de noviembre, después de las 8:00 a. m."},
		"before it is known who writes": {"2026-11-28 15:00", "sms", []string{"I want a human"}, "A person will answer here Monday, Nov 30, after 8:00 am."},
		"in the web chat, where no zone is known": {"2026-11-28 15:00", "webchat", []string{"I want a human"},
			"Please write here again Monday, Nov 30, after 8:00 am EST, and a person will answer."},
		"in the web chat, once it is known": {"2026-11-28 15:00", "webchat", []string{"zip 78701, born 1986", "I want a human"},
			"A person will answer here Monday, Nov 30, after 8:00 am."},
		"while the desk is open": {"2026-11-27 15:00", "sms", []string{"zip 78701", "I want a human"}, "I'm passing you to a person on our team now."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := closedDesk(t, k.at, k.channel)
			var e dialog.Effects
			for _, words := range k.says {
				w.turn(beat{Say: words})
				e = w.effects
			}
			if len(e.Outgoing) != 1 || !strings.Contains(e.Outgoing[0].Cleared.Out().Text, k.want) {
				t.Fatalf("said %+v, want %q", w.outcome().Says, k.want)
			}
			h := w.snap.Conversation.Handoff
			if told := strings.Contains(k.want, "8:00"); told != !h.Told.IsZero() {
				t.Errorf("told %v", h.Told)
			}
			if h.Told.After(h.Deadline) && !h.Deadline.IsZero() {
				t.Errorf("told %s, due %s", h.Told, h.Deadline)
			}
		})
	}
}

func TestNobodyThereIsSaidTruly(t *testing.T) {
	t.Parallel()
	for online, want := range map[int]string{0: "Nobody on our team is free right now. A person will answer here as soon as they can.", 1: "I'm passing you to a person on our team now."} {
		w := smsWorld(t)
		w.engine.Settings.Desk.AgentsOnline = func() int { return online }
		w.turn(beat{Say: "zip 78701"})
		if e := w.says(t, "I want a human"); len(e.Says) != 1 || !strings.Contains(e.Says[0], want) {
			t.Errorf("%d online: %q", online, e.Says)
		}
	}
}

func TestDistressIsAlertedAtAnyHourAndNobodyIsSaidToJoinWhoDoesNot(t *testing.T) {
	t.Parallel()
	for at, says := range map[string]string{"2026-11-29 03:00": "Our team has been alerted.", "2026-11-27 15:00": "A person from our team is joining now."} {
		w := closedDesk(t, at, "sms")
		w.turn(beat{Say: "I want to die"})
		h := w.snap.Conversation.Handoff
		if got := w.outcome().Says; len(got) != 1 || !strings.Contains(got[0], says) || !strings.Contains(got[0], "988") {
			t.Errorf("%s: said %q", at, got)
		}
		if h.Lane != dialog.LaneDistress || h.Priority != 3 || !slices.Contains(h.Skills, "distress") || !strings.Contains(events(w.effects), "handoff.alert") {
			t.Errorf("%s: %+v, %s", at, h, events(w.effects))
		}
	}
}

func TestTheDeadlineIsWhenBothCalendarsAllow(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]struct{ at, from string }{
		"both allow it now": {"2026-11-23 15:00", "2026-11-23 15:00"},
		"the desk opens before the person may be texted": {"2026-11-30 07:00", "2026-11-30 09:00"}, // 8 am in Texas
		"the desk is closed longer":                      {"2026-11-28 15:00", "2026-11-30 09:00"},
	} {
		w := closedDesk(t, k.at, "sms")
		w.turn(beat{Say: "hello"})
		w.snap.Accounts = w.visible()
		at, err := time.ParseInLocation("2006-01-02 15:04", k.at, zone(t, "America/New_York"))
		if err != nil {
			t.Fatal(err)
		}
		got, ok := w.engine.Settings.Answerable(w.snap, at)
		if !ok || got.In(zone(t, "America/New_York")).Format("2006-01-02 15:04") != k.from {
			t.Errorf("%s: %s %v, want %s", name, got.In(zone(t, "America/New_York")), ok, k.from)
		}
	}
}
