package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/channels/voice/voicetest"
)

// debtWords convey a debt to whoever hears them.
var debtWords = []string{"debt", "balance", "owe", "payment", "$", "account", "collect"}

// saysNothing fails where anything that was sent conveys a debt.
func saysNothing(t *testing.T, call *voicetest.Peer) {
	t.Helper()
	for _, f := range call.Frames() {
		for _, w := range debtWords {
			if strings.Contains(strings.ToLower(f.Token), w) {
				t.Errorf("somebody else was told %q", f.Token)
			}
		}
	}
}

func TestWhoeverElseAnswersLearnsNothing(t *testing.T) {
	t.Parallel()
	x := startCalls(t)
	for i, s := range []struct {
		who   string
		c     caller
		says  []string
		words string
	}{
		{"somebody else", torres, []string{"No, she's not home. What is this about?"}, "Goodbye."},
		{"a child", bell, []string{"my mommy is in the shower"}, "Goodbye."},
		{"a machine that asks who calls", price, []string{
			"Hi, the person you're calling is using a screening service. Please state your name and why you're calling.",
			"Please say your name and the reason for your call."}, "Northwind Bank"},
	} {
		call := x.dial(s.c)
		x.ok(call.Answer(x.ctx, "human"))
		x.hears(call, "Am I speaking with")
		for _, words := range s.says {
			x.ok(call.Speak(x.ctx, words))
			x.next(call)
			x.ok(call.PlayAll())
		}
		x.hears(call, s.words)
		if i == 2 {
			x.ok(call.HangUp(x.ctx))
		}
		c := x.over(call, s.c)
		if saysNothing(t, call); c.Handoff != nil || len(c.Flags) > 0 {
			t.Errorf("%s: %+v %v", s.who, c.Handoff, c.Flags)
		}
	}
}

func TestAMachineHearsNothingAndIsCounted(t *testing.T) {
	t.Parallel()
	x := startCalls(t)
	for by, c := range map[string]caller{"machine_start": wu, "fax": priya} {
		call := x.dial(c)
		x.ok(call.Answer(x.ctx, by))
		got := x.over(call, c)
		if len(call.Frames()) > 0 || len(got.with("")) != 1 || !got.has("answered") {
			t.Errorf("%s: %d frames, %+v", by, len(call.Frames()), got.Messages)
		}
	}
}

// Each is the last word on the subject, also said into our own words.
func TestStopIsHeardAtAnyMoment(t *testing.T) {
	t.Parallel()
	x := startCalls(t)
	for _, s := range []struct {
		c    caller
		when string // words of ours that are playing
		stop func(*voicetest.Peer) error
	}{
		{torres, "", func(p *voicetest.Peer) error { return p.Speak(x.ctx, "Stop calling me.") }},
		{bell, "Thank you for calling", func(p *voicetest.Peer) error { return p.Speak(x.ctx, "Stop calling me!") }},
		{priya, "", func(p *voicetest.Peer) error { return p.Press("9") }},
		{wu, "Thank you for calling", func(p *voicetest.Peer) error { return p.Press("9") }},
	} {
		call := x.ring(s.c.phone)
		if s.when == "" {
			x.hears(call, "Am I speaking with")
		} else {
			if talk := x.next(call); !strings.Contains(talk.Text, s.when) {
				t.Fatalf("first came %q", talk.Text)
			}
			x.ok(call.PlayWords(1))
		}
		x.ok(s.stop(call))
		x.hears(call, "Goodbye.")
		got := x.over(call, s.c)
		if bye := got.with("Goodbye."); len(bye) != 1 {
			t.Errorf("%d goodbyes: %+v", len(bye), bye)
		}
		saysNothing(t, call)
		if code := x.call(http.MethodPost, "/conversations", map[string]string{"account": s.c.account, "channel": "voice", "purpose": "callback"}, nil); code != http.StatusConflict {
			t.Errorf("a call after it answered %d", code)
		}
	}
}

func TestSilenceIsAskedIntoAndThenEndsTheCall(t *testing.T) {
	t.Parallel()
	x := startCalls(t, "PARLEY_VOICE_SILENCE=5s")
	call := x.ring(torres.phone)
	x.hears(call, "Am I speaking with")
	x.hears(call, "Goodbye.")
	got := x.over(call, torres)
	var told []string
	for _, m := range got.Messages {
		if m.Call != nil && m.Call.Event == "silence" {
			told = append(told, m.Call.Detail+" "+m.Call.Text)
		}
	}
	if !slices.Equal(told, []string{"1 Silence", "2 Silence", "3 Silence"}) {
		t.Errorf("told %q", told)
	}
	saysNothing(t, call)
}

// A person hangs up while the nth thing is being said, for each n there is.
func TestHangingUpLeavesNothingBehindAtAnyPoint(t *testing.T) {
	t.Parallel()
	x := startCalls(t)
	for n := range 7 {
		call := x.ring(price.phone)
		for k := range n + 1 {
			talk := x.next(call)
			switch {
			case k == n: // in the middle of it
				x.ok(call.PlayWords(1))
				continue
			case strings.Contains(talk.Text, "Am I speaking"):
				x.ok(call.PlayAll())
				x.ok(call.Speak(x.ctx, "Yes, this is me."))
			case strings.Contains(talk.Text, "ZIP code"):
				x.ok(call.PlayAll())
				x.ok(call.Press(price.zip + "#"))
			case strings.Contains(talk.Text, "you were born"):
				x.ok(call.PlayAll())
				x.ok(call.Press(price.born + "#"))
			case strings.Contains(talk.Text, asksWhat):
				x.ok(call.PlayAll())
				x.ok(call.Speak(x.ctx, "Can I pay fifty dollars a month?"))
			default:
				x.ok(call.PlayAll())
			}
		}
		before := len(call.Frames())
		x.ok(call.HangUp(x.ctx))
		got := x.over(call, price)
		if after := call.Frames()[before:]; len(after) > 0 {
			t.Errorf("at %d: after the end came %+v", n, after)
		}
		if got.Agreement != nil || got.Handoff != nil {
			t.Errorf("at %d: %+v %+v", n, got.Agreement, got.Handoff)
		}
		if said := fmt.Sprint(call.Heard()); n < 4 && strings.Contains(said, "$") {
			t.Errorf("at %d: %q", n, said)
		}
	}
}
