package compliance

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestTheRulebookNamesEveryRule(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, r := range Rules() {
		count[r.Section()]++
	}
	for section, want := range map[string]int{"BC": 30, "IN": 33, "OD": 45, "VAL": 1, "DELIV": 1, "CALL": 11, "EV": 7, "REC": 7} {
		if count[section] != want {
			t.Errorf("%s has %d rules, want %d", section, count[section], want)
		}
	}
}

func TestCitations(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"BC-TIME-01":    "1006.6(b)(1)(i)",
		"OD-AMOUNT-01":  "1692e(2)(A)",
		"BC-STATE-MA":   "940 CMR 7.04",
		"BC-CARRIER-01": "30863",
	} {
		if got := Cite(id); !strings.Contains(got, want) {
			t.Errorf("%s is cited as %q, without %q", id, got, want)
		}
	}
	for _, id := range []string{"", "BC-NONE-01", "BC-STATE-ZZ"} {
		if got := Cite(id); got != "" {
			t.Errorf("%q is cited as %q", id, got)
		}
	}
}

func TestABadRulebookIsRefused(t *testing.T) {
	t.Parallel()
	good := "- {id: BC-A-01, title: t, cite: c, confidence: V, condition: d, outcome: o, enforced_in: x}\n"
	if _, err := parseRulebook([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"an id twice":           good + good,
		"an unknown key":        strings.Replace(good, "title", "titel", 1),
		"an unknown section":    strings.Replace(good, "BC-A", "XX-A", 1),
		"an unknown mark":       strings.Replace(good, "confidence: V", "confidence: Q", 1),
		"no citation":           strings.Replace(good, "cite: c", "cite: \"\"", 1),
		"both ends of a choice": strings.Replace(good, "enforced_in: x", "enforced_in: x, not_enforced: y", 1),
		"neither end":           strings.Replace(good, ", enforced_in: x", "", 1),
		"a date that is none":   strings.Replace(good, "enforced_in: x", "enforced_in: x, from: \"2026-02-30\"", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := parseRulebook([]byte(data)); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestBadOverlaysAreRefused(t *testing.T) {
	t.Parallel()
	good := "- {place: US, name: n, cite: c, confidence: V, per: debt, hours: {open: \"08:00\", close: \"21:00\"}, caps: [{media: [call], max: 7, days: 7}]}\n" +
		"- {place: strict, name: n, cite: c, confidence: P, per: debt}\n"
	if _, err := parseOverlays([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"a place twice":              good + "- {place: US, name: n, cite: c, confidence: V, per: debt}\n",
		"an unknown key":             strings.Replace(good, "hours", "ours", 1),
		"hours that close first":     strings.Replace(good, "08:00", "22:00", 1),
		"hours that are none":        strings.Replace(good, "08:00", "8 a.m.", 1),
		"a cap without a number":     strings.Replace(good, "max: 7", "max: 0", 1),
		"a cap on an unknown medium": strings.Replace(good, "[call]", "[fax]", 1),
		"an unknown mark":            strings.Replace(good, "confidence: V", "confidence: v", 1),
		"a cap by nothing":           strings.Replace(good, "per: debt", "per: moon", 1),
		"a date that is none":        strings.Replace(good, "per: debt", "per: debt, from: \"soon\"", 1),
		"no federal figures":         strings.Replace(good, "place: US", "place: TX", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := parseOverlays([]byte(data)); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestAnOverlayIsInForceFromItsDate(t *testing.T) {
	t.Parallel()
	o, ok := OverlayFor("NYC")
	if !ok {
		t.Fatal("no overlay of New York City")
	}
	if o.InForce(time.Date(2026, 8, 31, 23, 0, 0, 0, time.UTC)) {
		t.Error("in force a day early")
	}
	if !o.InForce(time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)) {
		t.Error("not in force on its day")
	}
}

func TestTheRenderedRulebookHasEveryRuleAndPlace(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := RenderRulebook(&out); err != nil {
		t.Fatal(err)
	}
	for _, r := range Rules() {
		if !strings.Contains(out.String(), "| "+r.ID+" |") {
			t.Errorf("%s is missing", r.ID)
		}
	}
	for _, o := range Overlays() {
		if !strings.Contains(out.String(), "BC-STATE-"+o.Place+" ") {
			t.Errorf("%s is missing", o.Place)
		}
	}
}

func TestBadKeywordsAreRefused(t *testing.T) {
	t.Parallel()
	good := "- {event: opt_out, cite: c, confidence: V, words: [stop]}\n"
	if _, err := parseKeywords([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"an unknown event": strings.Replace(good, "opt_out", "opt_up", 1),
		"no words":         strings.Replace(good, "[stop]", "[]", 1),
		"an unknown key":   strings.Replace(good, "words", "wrods", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := parseKeywords([]byte(data)); err == nil {
				t.Error("no error")
			}
		})
	}
}
