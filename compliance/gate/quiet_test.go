package gate

import (
	"testing"
	"time"
)

func ts(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestQuietHours(t *testing.T) {
	t.Parallel()
	const et, pt = "America/New_York", "America/Los_Angeles"
	for _, tt := range []struct {
		name    string
		contact Contact
		want    Decision
		until   string
	}{
		{"13:30Z is 05:30 in Los Angeles, so it waits for 08:00 there",
			Contact{Now: ts("2026-11-23T13:30:00Z"), Profile: Legal, Channel: "sms", Zones: []string{et, pt}}, Delay, "2026-11-23T16:00:01Z"},
		{"20:59:59 is lawful", Contact{Now: ts("2026-11-24T01:59:59Z"), Profile: Legal, Channel: "sms", Zones: []string{et}}, Allow, ""},
		{"20:59:59 is late for the strict profile",
			Contact{Now: ts("2026-11-24T01:59:59Z"), Profile: Strict, Channel: "sms", Zones: []string{et}}, Delay, "2026-11-24T14:00:00Z"},
		{"21:00:00 is not before nine", Contact{Now: ts("2026-11-24T02:00:00Z"), Profile: Legal, Channel: "sms", Zones: []string{et}}, Delay, "2026-11-24T13:00:01Z"},
		{"08:00:00 is not after eight", Contact{Now: ts("2026-11-23T13:00:00Z"), Profile: Legal, Channel: "sms", Zones: []string{et}}, Delay, "2026-11-23T13:00:01Z"},
		{"08:00:01 is", Contact{Now: ts("2026-11-23T13:00:01Z"), Profile: Legal, Channel: "sms", Zones: []string{et}}, Allow, ""},
		{"Phoenix does not shift in summer: 07:59 there is 08:59 in Denver",
			Contact{Now: ts("2026-07-15T14:59:00Z"), Profile: Legal, Channel: "sms", Zones: []string{"America/Phoenix"}}, Delay, "2026-07-15T15:00:01Z"},
		{"the night the clocks go back", Contact{Now: ts("2026-11-01T05:30:00Z"), Profile: Legal, Channel: "sms", Zones: []string{et}}, Delay, "2026-11-01T13:00:01Z"},
		{"the night the clocks go forward", Contact{Now: ts("2027-03-14T05:30:00Z"), Profile: Legal, Channel: "sms", Zones: []string{et}}, Delay, "2027-03-14T12:00:01Z"},
		{"no zone is known", Contact{Now: ts("2026-11-23T18:00:00Z"), Profile: Legal, Channel: "sms"}, Escalate, ""},
		{"a zone that does not exist denies", Contact{Now: ts("2026-11-23T18:00:00Z"), Profile: Legal, Channel: "sms", Zones: []string{"America/Nowhere"}}, Block, ""},
		{"the one reply to a text of 21:58", Contact{Now: ts("2026-11-24T03:00:00Z"), Profile: Legal, Channel: "sms", Zones: []string{et},
			Purpose: "reply", LastInbound: ts("2026-11-24T02:58:00Z")}, Allow, ""},
		{"the second reply waits", Contact{Now: ts("2026-11-24T03:05:00Z"), Profile: Legal, Channel: "sms", Zones: []string{et},
			Purpose: "reply", LastInbound: ts("2026-11-24T02:58:00Z"), RepliesSince: 1}, Delay, "2026-11-24T13:00:01Z"},
		{"a text of the afternoon earns no reply at night", Contact{Now: ts("2026-11-24T03:05:00Z"), Profile: Legal, Channel: "sms", Zones: []string{et},
			Purpose: "reply", LastInbound: ts("2026-11-23T20:00:00Z")}, Delay, "2026-11-24T13:00:01Z"},
		{"they are in the web chat", Contact{Now: ts("2026-11-24T03:00:00Z"), Profile: Legal, Channel: "webchat", Zones: []string{et}, Live: true}, Allow, ""},
		{"a crisis outranks the night", Contact{Now: ts("2026-11-24T08:00:00Z"), Profile: Legal, Channel: "sms", Zones: []string{et},
			SelfHarm: true, Purpose: "crisis", LastInbound: ts("2026-11-24T07:59:58Z")}, Allow, ""},
		{"the strict profile rests on Thanksgiving", Contact{Now: ts("2026-11-26T18:00:00Z"), Profile: Strict, Channel: "sms", Zones: []string{et}}, Delay, "2026-11-27T14:00:00Z"},
		{"and on Sunday morning", Contact{Now: ts("2026-11-22T15:00:00Z"), Profile: Strict, Channel: "sms", Zones: []string{et}}, Delay, "2026-11-22T17:00:00Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := decide([]rule{{id: "BC-TIME-01", check: checkQuiet, next: nextQuiet}}, tt.contact)
			if got.Decision != tt.want {
				t.Fatalf("decision %q, want %q: %+v", got.Decision, tt.want, got.Findings)
			}
			if tt.until != "" && !got.Until.Equal(ts(tt.until)) {
				t.Errorf("until %v, want %v", got.Until.UTC(), tt.until)
			}
		})
	}
}

func TestAZeroContactIsBlocked(t *testing.T) {
	t.Parallel()
	if got := Decide(Contact{}); got.Decision != Block {
		t.Fatalf("a zero contact got %q", got.Decision)
	}
	if (Verdict{}).Decision == Allow {
		t.Fatal("a zero verdict allows")
	}
}
