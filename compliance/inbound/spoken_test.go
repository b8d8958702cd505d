package inbound_test

import (
	"slices"
	"testing"

	"parley/compliance/inbound"
)

func TestAStopIsHeardAsItIsSaidOnTheTelephone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Stop calling me.", "please stop calling", "um, don't call me", "do not call this number again", "Stop.", "take me off your list please",
		"No me llamen más.", "deje de llamarme por favor", "nine", "Alto"} {
		if !inbound.StopsCalls(text, false) {
			t.Errorf("%q was not heard", text)
		}
	}
	for _, text := range []string{"yes", "don't stop", "I can't stop working", "nineteen eighty six", "can you call me later", "cancel", "I was calling about the stop payment", "nine hundred", "no"} {
		if inbound.StopsCalls(text, false) {
			t.Errorf("%q was taken for a stop", text)
		}
	}
	for keys, want := range map[string]bool{"9": true, "9#": true, " 9 ": true, "99": false, "1": false, "78709": false, "": false} {
		if got := inbound.StopsCalls(keys, true); got != want {
			t.Errorf("keys %q: %t", keys, got)
		}
	}
}

func TestNumbersSaidOnACall(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		kinds      []string
	}{
		{"a card said digit by digit is taken out", "four one one one one one one one one one one one one one one one", []string{"card"}},
		{"a card keyed is taken out", "4111111111111111", []string{"card"}},
		{"a social security number is taken out", "my social is five one two four four six seven eight nine", []string{"ssn"}},
		{"a ZIP code stays", "seven eight seven zero one", nil},
		{"a year of birth stays", "nineteen eighty six", nil},
		{"a ZIP code and a year in one breath stay", "seven eight seven zero one and nineteen eighty six", nil},
		{"a ZIP code and a year in one breath stay, in Spanish", "siete ocho siete cero uno y mil novecientos ochenta y seis", nil},
		{"keyed factors stay", "78701", nil},
		{"a social security number beside a year is taken out", "five one two four four six seven eight nine and nineteen eighty six", []string{"ssn"}},
	} {
		r := inbound.RedactSpoken(c.text, nil)
		if !slices.Equal(r.Kinds, c.kinds) || (len(c.kinds) == 0) != (r.Text == c.text) {
			t.Errorf("%s: %q, %q", c.name, r.Text, r.Kinds)
		}
	}
}
