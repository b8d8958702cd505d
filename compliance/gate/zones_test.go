package gate

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestZones(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, zip, state, city, phone string
		want                          []string
	}{
		{"nothing is known", "", "", "", "", nil},
		{"Austin by ZIP and area code", "78701", "TX", "Austin", "+15125550123", []string{"America/Chicago"}},
		{"El Paso lies in mountain time", "79901", "TX", "", "", []string{"America/Denver"}},
		{"Texas without a ZIP may be either", "", "TX", "", "", []string{"America/Chicago", "America/Denver"}},
		{"an area code of the east with an address in the west", "94105", "CA", "", "+12125550100", []string{"America/Los_Angeles", "America/New_York"}},
		{"Phoenix has its own zone", "85001", "AZ", "Phoenix", "", []string{"America/Phoenix"}},
		{"a ZIP of another state counts too", "10001", "CA", "", "", []string{"America/Los_Angeles", "America/New_York"}},
		{"the ZIP alone", "02108", "", "", "", []string{"America/New_York"}},
		{"a state that does not exist", "", "ZZ", "", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, Zones(tt.zip, tt.state, tt.city, tt.phone)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEveryZoneOfTheTableExists(t *testing.T) {
	t.Parallel()
	a := geography()
	if len(a.states) != 56 {
		t.Errorf("%d states and territories, want 50, DC and five", len(a.states))
	}
	for state, zones := range a.states {
		for _, zone := range zones {
			if _, err := time.LoadLocation(zone); err != nil {
				t.Errorf("%s: %v", state, err)
			}
		}
	}
}

func TestBadZoneDataIsRefused(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"an unknown key":                "states: {TX: [America/Chicago]}\nzipz: {}",
		"a ZIP in two states":           "states: {TX: [America/Chicago], OK: [America/Chicago]}\nzips: {TX: [\"750\"], OK: [\"750\"]}",
		"ZIP codes without a state":     "zips: {TX: [\"750\"]}",
		"a part in a zone of elsewhere": "states: {TX: [America/Chicago]}\nzips: {TX: [\"750\"]}\nparts: [{zips: [\"750\"], zones: [America/Denver]}]",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := parseZones([]byte(data)); err == nil {
				t.Error("no error")
			}
		})
	}
}
