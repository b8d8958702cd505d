package gate

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/nyaruka/phonenumbers"
)

//go:embed zones.yaml
var zonesYAML []byte

// atlas is the data of zones.yaml, by state and by the first three digits of a ZIP.
type atlas struct {
	states map[string][]string
	zips   map[string]string   // ZIP prefix → state
	parts  map[string][]string // ZIP prefix → zones, where narrower than the state's
}

var geography = sync.OnceValue(func() atlas {
	a, err := parseZones(zonesYAML)
	if err != nil {
		panic(err)
	}
	return a
})

// Zones is every IANA zone a person may be in, by their address and by their
// number's area code, sorted. All may be empty; no answer means that nothing is
// known. A ZIP code narrows a state that has several zones; the city of a known
// state changes nothing, as no table of cities would be complete.
func Zones(zip, state, city, phone string) []string {
	a := geography()
	var found []string
	state = strings.ToUpper(strings.TrimSpace(state))
	prefix := zipPrefix(zip)
	switch home, known := a.zips[prefix]; {
	case known && (state == "" || state == home) && len(a.parts[prefix]) > 0:
		found = append(found, a.parts[prefix]...)
	case known && state == "":
		found = append(found, a.states[home]...)
	case known && state != home:
		found = append(append(found, a.states[home]...), a.states[state]...)
	default:
		found = append(found, a.states[state]...)
	}
	found = append(found, areaZones(phone)...)
	slices.Sort(found)
	return slices.Compact(found)
}

// States is every state the person plausibly has a link to, by address and ZIP
// code. A code of another state than the one named counts too.
func States(zip, state string) []string {
	a := geography()
	var found []string
	state = strings.ToUpper(strings.TrimSpace(state))
	if _, ok := a.states[state]; ok {
		found = append(found, state)
	}
	if home, ok := a.zips[zipPrefix(zip)]; ok && home != state {
		found = append(found, home)
	}
	return found
}

func zipPrefix(zip string) string {
	zip = strings.TrimSpace(zip)
	if len(zip) < 5 {
		return ""
	}
	return zip[:3]
}

// areaZones is the zones of a number's area code. A toll-free number, which the
// table puts in every zone of its plan, says nothing of a place and adds none.
func areaZones(phone string) []string {
	if phone == "" {
		return nil
	}
	number, err := phonenumbers.Parse(phone, "US")
	if err != nil {
		return nil
	}
	zones, err := phonenumbers.GetTimezonesForNumber(number)
	const everywhere = 10
	if err != nil || len(zones) >= everywhere {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(zones), func(z string) bool { return z == phonenumbers.UNKNOWN_TIMEZONE })
}

func parseZones(data []byte) (atlas, error) {
	var raw struct {
		States map[string][]string `yaml:"states"`
		Zips   map[string][]string `yaml:"zips"`
		Parts  []struct {
			Zips  []string `yaml:"zips"`
			Zones []string `yaml:"zones"`
		} `yaml:"parts"`
	}
	if err := yaml.UnmarshalWithOptions(data, &raw, yaml.Strict()); err != nil {
		return atlas{}, fmt.Errorf("zones: %w", err)
	}
	a := atlas{states: raw.States, zips: map[string]string{}, parts: map[string][]string{}}
	for state, ranges := range raw.Zips {
		if len(a.states[state]) == 0 {
			return atlas{}, fmt.Errorf("zones: %s has ZIP codes and no zone", state)
		}
		for _, prefix := range expand(ranges) {
			if other := a.zips[prefix]; other != "" {
				return atlas{}, fmt.Errorf("zones: %s is in %s and in %s", prefix, other, state)
			}
			a.zips[prefix] = state
		}
	}
	for _, part := range raw.Parts {
		for _, prefix := range expand(part.Zips) {
			home := a.zips[prefix]
			for _, zone := range part.Zones {
				if !slices.Contains(a.states[home], zone) {
					return atlas{}, fmt.Errorf("zones: %s is not a zone of %q, the state of %s", zone, home, prefix)
				}
			}
			a.parts[prefix] = part.Zones
		}
	}
	return a, nil
}

// expand turns "850-853" into its four prefixes.
func expand(ranges []string) (all []string) {
	for _, r := range ranges {
		var from, to int
		if n, _ := fmt.Sscanf(r, "%d-%d", &from, &to); n < 2 {
			to = from
		}
		for p := from; p <= to; p++ {
			all = append(all, fmt.Sprintf("%03d", p))
		}
	}
	return all
}
