package inbound

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestStatedTimes(t *testing.T) {
	t.Parallel()
	d := NewDetector()
	working := []time.Weekday{1, 2, 3, 4, 5}
	for text, want := range map[string][]Times{
		"don't text me before noon":            {{From: 0, To: 720}},
		"never on Sundays":                     {{Days: []time.Weekday{0}, From: 0, To: 1440}},
		"call me after 5":                      {{From: 0, To: 1020}},
		"no me hablen antes de las 10":         {{From: 0, To: 600}},
		"please don't text before 9am":         {{From: 0, To: 540}},
		"Only after 6pm weekdays please":       {{From: 0, To: 1080}, {Days: []time.Weekday{0, 6}, From: 0, To: 1440}},
		"dont msg me during school pickup 2-4": {{From: 840, To: 960}},
		"no calls on tuesdays and thursdays":   {{Days: []time.Weekday{2, 4}, From: 0, To: 1440}},
		"only contact me between 1 and 4":      {{From: 0, To: 780}, {From: 960, To: 1440}},
		"driving rn":                           {{From: 0, To: 1440, Now: true}},
		"don't call after 8:30 pm on weekdays": {{Days: working, From: 1230, To: 1440}},
	} {
		got := d.Detect(text, Context{}).Times
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Times{}, "Words")); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
	if w := (Times{Days: []time.Weekday{0}, From: 60, To: 120}); !w.Covers(0, 60) || w.Covers(0, 120) || w.Covers(1, 60) {
		t.Error("Covers")
	}
}

func TestStatedPlacesAndMedia(t *testing.T) {
	t.Parallel()
	d := NewDetector()
	for text, want := range map[string][]Place{
		"don't call me at work":                {Work},
		"my boss doesn't allow personal calls": {Work},
		"please don't contact me at home":      {Home},
	} {
		if diff := cmp.Diff(want, d.Detect(text, Context{}).Places); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
	for text, want := range map[string][]Medium{
		"stop calling me":                                   {Calls},
		"no calls, texts only":                              {Calls},
		"text only please":                                  {Calls, Emails, Letters},
		"please stop mailing me letters":                    {Letters},
		"Stop mailing letters to my house, text me instead": {Letters},
	} {
		if diff := cmp.Diff(want, d.Detect(text, Context{}).Media); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}
