package voice_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels"
	"parley/channels/voice"
	"parley/channels/voice/voicetest"
)

const notice = "This is an attempt to collect a debt. Any information obtained will be used for that purpose."

func TestACall(t *testing.T) {
	t.Parallel()
	t.Run("a call that comes in is told, and its person's words", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.must(p.SpeakIn(h.ctx(), "es-US", "Hola, ¿quién habla?"))
		in := h.heardOf(channels.CallSpeech, 1)
		want := channels.Inbound{
			Channel: "voice", ProviderID: p.Session() + "#1", From: person, To: number, Text: "Hola, ¿quién habla?",
			Call: &channels.Call{ID: p.SID, Event: channels.CallSpeech, Language: "es-US"}, ReceivedAt: h.clock.Now(),
		}
		if diff := cmp.Diff(want, in); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
	})
	t.Run("what is said goes out sentence by sentence, and the talk is closed", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		sent := h.say("m1", "Hello. You owe $1,240.00. Can we talk?", channels.Spoken{})
		if sent.Parts[0].ProviderID != p.Session()+"#m1" || sent.Status != channels.StatusSent {
			t.Errorf("sent as %+v", sent)
		}
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, f := range p.Frames() {
			got = append(got, f.Token)
			if f.Last != (i == 2) || f.Interruptible != nil || f.Lang != "" {
				t.Errorf("frame %d: %+v", i, f)
			}
		}
		if diff := cmp.Diff([]string{"Hello. ", "You owe $1,240.00. ", "Can we talk?"}, got); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
	})
	t.Run("words that must be heard whole can't be cut, in the language they are in", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", "Esta llamada es de un cobrador. Gracias.", channels.Spoken{Whole: true, Language: "es"})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		for _, f := range p.Frames() {
			if f.Interruptible == nil || *f.Interruptible || f.Preemptible == nil || *f.Preemptible || f.Lang != "es-US" {
				t.Errorf("frame %+v", f)
			}
		}
		h.must(p.PlayWords(1))
		h.must(p.Speak(h.ctx(), "What?"))
		h.must(p.PlayAll())
		if r := h.receipt("m1"); r.Status != channels.StatusDelivered || r.Heard == "" {
			t.Errorf("receipt %+v", r)
		}
		if !strings.Contains(p.Heard(), "Gracias.") {
			t.Error("the words were cut")
		}
	})
	t.Run("sent is not heard: the receipt comes when it was", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", notice, channels.Spoken{})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.PlayWords(2))
		for _, e := range h.record.all() {
			if r, ok := e.(channels.Receipt); ok {
				t.Fatalf("after eight words there is the receipt %+v", r)
			}
		}
		h.must(p.PlayAll())
		want := channels.Receipt{
			Channel: "voice", MessageID: "m1", ProviderID: p.Session() + "#m1", Status: channels.StatusDelivered, Heard: notice,
		}
		got := h.receipt("m1")
		got.At = time.Time{}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
	})
	t.Run("there is nobody to say it to without a call", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		_, err := h.adapter.Send(h.ctx(), message("m1", "Hello?", channels.Spoken{}))
		var fail *channels.SendError
		if !errors.As(err, &fail) || fail.Kind != channels.Rejected || fail.Reason != voice.NoCall {
			t.Errorf("error %v", err)
		}
	})
	t.Run("the same message again is not said again", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		first := h.say("m1", "Hello.", channels.Spoken{})
		again := h.say("m1", "Hello.", channels.Spoken{})
		if diff := cmp.Diff(first, again); diff != "" {
			t.Error(diff)
		}
		if _, err := p.Hear(h.ctx()); err != nil {
			t.Fatal(err)
		}
		if n := len(p.Frames()); n != 1 {
			t.Errorf("%d frames", n)
		}
		parts, found, err := h.adapter.Find(h.ctx(), message("m1", "Hello.", channels.Spoken{}), began, nil)
		if err != nil || !found || parts[0] != first.Parts[0] {
			t.Errorf("found %v %v %v", parts, found, err)
		}
	})
	t.Run("frames nobody knows do no harm", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		for _, f := range []string{`{"type":"new"}`, `{"type":"info","name":"new","value":{"a":1}}`, `[]`, `{`, `{"type":7}`, `{"type":"prompt"}`,
			`{"type":"interrupt","utteranceUntilInterrupt":"x","durationUntilInterruptMs":"460"}`, `{"type":"error","description":"x"}`} {
			h.must(p.Raw(f))
		}
		h.must(p.Raw(`{"type":"prompt","voicePrompt":"a\u0000b\nc","lang":5,"last":true}`))
		if in := h.heardOf(channels.CallSpeech, 1); in.Text != "a b c" {
			t.Errorf("text %q", in.Text)
		}
	})
}

func TestBreakingIn(t *testing.T) {
	t.Parallel()
	t.Run("what was heard is confirmed before the words that cut it are passed on", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", "You would pay $103.34 a month for a year. The first payment is due on Friday. Does that work?", channels.Spoken{})
		h.say("m2", "There is more to say.", channels.Spoken{})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.PlayWords(3)) // with the second sentence's first words
		h.must(p.Speak(h.ctx(), "No, wait"))
		h.heardOf(channels.CallSpeech, 1)
		var order []string
		for _, e := range h.record.all() {
			switch e := e.(type) {
			case channels.Receipt:
				order = append(order, e.MessageID+" "+string(e.Status)+" "+e.Reason+": "+e.Heard)
			case channels.Inbound:
				order = append(order, string(e.Call.Event))
			}
		}
		want := []string{"started", "m1 undelivered interrupted: You would pay $103.34 a month for a year.", "m2 undelivered interrupted: ", "speech"}
		if diff := cmp.Diff(want, order); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		if got := p.Heard(); got != "You would pay $103.34 a month for a year. " {
			t.Errorf("the person heard %q", got)
		}
	})
	t.Run("an interruption by nobody is to be said again", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", notice, channels.Spoken{})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.PlayWords(1))
		h.must(p.Interrupt())
		h.clock.Advance(699 * time.Millisecond)
		if n := len(h.record.all()); n != 1 {
			t.Fatalf("judged too early: %+v", h.record.all())
		}
		h.clock.Advance(time.Millisecond)
		if r := h.receipt("m1"); r.Reason != channels.SpuriousReason || r.Heard != "This is an attempt" || r.Status != channels.StatusUndelivered {
			t.Errorf("receipt %+v", r)
		}
		h.say("m2", notice, channels.Spoken{})
		if _, err := p.Hear(h.ctx()); err != nil {
			t.Fatal(err)
		}
		if r := h.receipt("m2"); r.Status != channels.StatusDelivered {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("a person heard just after it broke in after all", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", notice, channels.Spoken{})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.PlayWords(1))
		h.must(p.Interrupt())
		h.clock.Advance(600 * time.Millisecond)
		h.must(p.Begin())
		if r := h.receipt("m1"); r.Reason != channels.InterruptedReason {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("what comes while the person speaks is not said, and told so", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", notice, channels.Spoken{})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.PlayWords(1))
		h.must(p.Begin())
		h.say("m2", "And another thing.", channels.Spoken{})
		if r := h.receipt("m2"); r.Reason != channels.InterruptedReason || r.Heard != "" {
			t.Errorf("receipt %+v", r)
		}
		h.say("m3", "This must be heard.", channels.Spoken{Whole: true})
		h.must(p.End("en-US", "Who is this?"))
		h.say("m4", "It is Ava.", channels.Spoken{})
		for range 3 {
			if _, err := p.Hear(h.ctx()); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(p.Heard(), "Ava") {
				break
			}
		}
		if strings.Contains(p.Heard(), "another thing") {
			t.Error("the message was said over the person")
		}
		if r := h.receipt("m3"); r.Status != channels.StatusDelivered {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("an unfinished prompt only shows that somebody speaks", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", notice, channels.Spoken{})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.PlayWords(1))
		h.must(p.Interrupt())
		h.must(p.Partial("en-US", "stop cal"))
		if r := h.receipt("m1"); r.Reason != channels.InterruptedReason {
			t.Errorf("receipt %+v", r)
		}
		for _, e := range h.record.all() {
			if in, ok := e.(channels.Inbound); ok && in.Text != "" {
				t.Errorf("passed on: %+v", in)
			}
		}
	})
	t.Run("figures in the voice's own words are heard when the voice ends uncut", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil, func(c *voicetest.Config) { c.Words = -1 })
		p := h.call()
		text := "You owe $50."
		h.say("m1", text, channels.Spoken{})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.Advance(0))
		h.must(p.Raw(`{"type":"info","name":"tokensPlayed","value":"You owe fifty dollars"}`))
		h.must(p.PlayAll())
		h.clock.Advance(time.Second)
		if r := h.receipt("m1"); r.Status != channels.StatusDelivered || r.Heard != text {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("a voice that falls silent too soon has not said all of it", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil, func(c *voicetest.Config) { c.Words = -1 })
		p := h.call()
		h.say("m1", notice, channels.Spoken{Whole: true})
		h.must(p.Raw(`{"type":"info","name":"agentSpeaking","value":"on"}`))
		h.must(p.Raw(`{"type":"info","name":"tokensPlayed","value":"This is an attempt to collect a debt. Any"}`))
		h.clock.Advance(2 * time.Second)
		h.must(p.Raw(`{"type":"info","name":"agentSpeaking","value":"off"}`))
		h.clock.Advance(time.Minute)
		if r := h.receipt("m1"); r.Status != channels.StatusUndelivered || r.Heard != "This is an attempt to collect a debt. Any" {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("a line that tells nothing is given the time it takes", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil, func(c *voicetest.Config) { c.Words, c.Mute = -1, true })
		p := h.call()
		h.say("m1", notice, channels.Spoken{})
		h.clock.Advance(30 * time.Second)
		if r := h.receipt("m1"); r.Status != channels.StatusDelivered || r.Reason != channels.EstimatedReason {
			t.Errorf("receipt %+v", r)
		}
		_ = p
	})
	t.Run("words that never come to the ear are to be said again", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.must(p.Raw(`{"type":"info","name":"agentSpeaking","value":"off"}`))
		h.say("m1", notice, channels.Spoken{})
		h.clock.Advance(30 * time.Second)
		if r := h.receipt("m1"); r.Status != channels.StatusUndelivered || r.Reason != channels.SpuriousReason {
			t.Errorf("receipt %+v", r)
		}
	})
}
