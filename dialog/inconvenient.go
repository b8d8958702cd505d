package dialog

import (
	"fmt"
	"time"

	"parley/compliance/gate"
	"parley/compliance/inbound"
)

var timeZero time.Time

// consentByText is the consent a person gives by writing START.
func consentByText(channel string, at time.Time) gate.Consent {
	return gate.Consent{Scope: channel, Source: "keyword", At: at, Direct: true}
}

// inconvenient stores stated times and places (12 CFR 1006.6(b)(1)): they bind
// every later contact at this address.
func (t *turn) inconvenient(hit inbound.Hit) {
	switch hit.Label {
	case inbound.InconvenientTime:
		for _, w := range t.heard.Times {
			t.address.Windows = append(t.address.Windows, gate.Window{Days: w.Days, From: clockTime(w.From), To: clockTime(w.To)})
			t.readdr = true
		}
	case inbound.InconvenientPlace:
		for _, p := range t.heard.Places {
			t.addPlace(string(p))
		}
	case inbound.EmployerProhibits:
		t.addPlace("work")
	case inbound.MediumRestriction:
		for _, m := range t.heard.Media {
			t.address.Prohibited = append(t.address.Prohibited, string(m))
			t.readdr = true
		}
	}
}

func (t *turn) addPlace(place string) {
	for _, p := range t.address.Places {
		if p == place {
			return
		}
	}
	t.address.Places = append(t.address.Places, place)
	t.readdr = true
}

// clockTime writes minutes after midnight as the gate reads them; 24:00 is the end of the day.
func clockTime(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }
