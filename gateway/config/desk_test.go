package config_test

import (
	"testing"
	"time"

	"parley/gateway/config"
)

func deskOf(t *testing.T, yaml string) config.Desk {
	t.Helper()
	cfg, err := config.Sample([]byte(`actor: creditor_owed
brand: {name: Northwind Bank, legal_name: Northwind Bank N.A., phone: "+18005550100"}
portfolios:
  cards:
    settlement: {floor: 60%, open: 90%}
    plan: {max_months: 12, min_payment: "25.00"}
` + yaml))
	if err != nil {
		t.Fatal(err)
	}
	return cfg.Desk
}

func TestTheDesksHoursAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, chicago)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for name, k := range map[string]struct {
		yaml        string
		open, shut  []string
		next, since string
	}{
		"without a section it is always open": {"", []string{"2026-11-22 03:00", "2026-11-26 12:00"}, nil, "", ""},
		"a place alone has the usual hours": {"desk: {timezone: America/Chicago}",
			[]string{"2026-11-23 08:00", "2026-11-23 19:59", "2026-11-28 12:59"}, []string{"2026-11-23 07:59", "2026-11-23 20:00", "2026-11-28 13:00", "2026-11-29 12:00"},
			"2026-11-30 08:00", "2026-11-28 13:00"},
		"a break, a week that goes round, and holidays": {`desk:
  timezone: America/Chicago
  hours: {fri-mon: "08:00-12:00, 13:00-24:00", "tue, thu": "10:00-11:00"}
  holidays: [2026-11-27]
  us_federal: true
`, []string{"2026-11-22 23:59", "2026-11-23 11:59", "2026-11-24 10:30"}, []string{"2026-11-23 12:30", "2026-11-25 10:30", "2026-11-26 10:30", "2026-11-27 10:00"},
			"2026-11-28 08:00", "2026-11-26 10:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := deskOf(t, k.yaml).Dialog().Calendar
			for _, s := range k.open {
				if !c.Open(at(s)) {
					t.Errorf("shut at %s", s)
				}
			}
			for _, s := range k.shut {
				if c.Open(at(s)) {
					t.Errorf("open at %s", s)
				}
			}
			if k.next != "" && !c.NextOpen(at(k.since)).Equal(at(k.next)) {
				t.Errorf("opens %s, want %s", c.NextOpen(at(k.since)), k.next)
			}
		})
	}
}
