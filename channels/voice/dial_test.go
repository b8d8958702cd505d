package voice_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels"
	"parley/channels/voice/relay"
	"parley/channels/voice/voicetest"
)

func TestPlacingACall(t *testing.T) {
	t.Parallel()
	dial := message("d1", "", channels.Spoken{Then: channels.ThenDial})
	place := func(t *testing.T, h *house) *voicetest.Peer {
		t.Helper()
		sent, err := h.adapter.Send(h.ctx(), dial)
		if err != nil {
			t.Fatal(err)
		}
		p := h.twilio.Calls()[0]
		if len(sent.Parts) != 1 || sent.Parts[0].ProviderID != p.SID {
			t.Errorf("sent as %+v", sent)
		}
		return p
	}
	t.Run("it is placed so that nothing is said before it is known who answered, and nothing recorded", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := place(t, h)
		got := map[string]string{}
		for k := range p.Params {
			got[k] = p.Params.Get(k)
		}
		want := map[string]string{
			"To": person, "From": number, "Url": h.url + relay.CallsPath + "?message=d1", "Method": "POST",
			"StatusCallback": h.url + relay.StatusPath + "?message=d1", "StatusCallbackMethod": "POST", "StatusCallbackEvent": "initiated",
			"Timeout": "30", "MachineDetection": "Enable", "MachineDetectionTimeout": "30", "MachineDetectionSpeechThreshold": "2400",
			"MachineDetectionSpeechEndThreshold": "1200", "MachineDetectionSilenceTimeout": "5000",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		if diff := cmp.Diff([]string{"initiated", "ringing", "answered", "completed"}, p.Params["StatusCallbackEvent"]); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a human who answers is spoken to, and the message that asked for the call is delivered", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := place(t, h)
		h.must(p.Answer(h.ctx(), "human"))
		in := h.heardOf(channels.CallStarted, 1)
		if in.From != person || in.To != number || !in.Call.Outbound {
			t.Errorf("started %+v %+v", in, in.Call)
		}
		if a := h.heardOf(channels.CallAnswered, 1); a.Call.Detail != channels.AnsweredHuman || a.From != person {
			t.Errorf("answered %+v", a.Call)
		}
		if r := h.receipt("d1"); r.Status != channels.StatusDelivered || r.ProviderID != p.SID {
			t.Errorf("receipt %+v", r)
		}
		h.say("m1", "Hello, this is Ava.", channels.Spoken{})
		if talk, err := p.Hear(h.ctx()); err != nil || talk.Text != "Hello, this is Ava." {
			t.Errorf("heard %q %v", talk.Text, err)
		}
		h.must(p.HangUp(h.ctx()))
		h.heardOf(channels.CallEnded, 1)
	})
	for by, want := range map[string]string{"machine_start": channels.AnsweredMachine, "machine_end_beep": channels.AnsweredMachine, "fax": channels.AnsweredFax} {
		t.Run("nothing is said to a "+by, func(t *testing.T) {
			t.Parallel()
			h := open(t, nil)
			p := place(t, h)
			h.must(p.Answer(h.ctx(), by))
			if in := h.heardOf(channels.CallAnswered, 1); in.Call.Detail != want {
				t.Errorf("answered %+v", in.Call)
			}
			h.heardOf(channels.CallEnded, 1)
			if p.State() != voicetest.Over || p.Doc().Verb != "Hangup" || len(p.Frames()) != 0 {
				t.Errorf("the call is %s at %+v", p.State(), p.Doc())
			}
		})
	}
	for _, status := range []string{"busy", "no-answer", "failed", "canceled"} {
		t.Run("a call nobody takes is a message that failed: "+status, func(t *testing.T) {
			t.Parallel()
			h := open(t, nil)
			p := place(t, h)
			h.must(p.Progress(h.ctx(), "ringing"))
			h.must(p.Progress(h.ctx(), status))
			if r := h.receipt("d1"); r.Status != channels.StatusFailed || r.Reason != status {
				t.Errorf("receipt %+v", r)
			}
			if in := h.heardOf(channels.CallEnded, 1); in.Call.Detail != status || !in.Call.Outbound {
				t.Errorf("ended %+v", in.Call)
			}
		})
	}
	for _, c := range []struct {
		name   string
		fault  voicetest.Fault
		kind   channels.ErrorKind
		reason string
		after  time.Duration
	}{
		{"too many requests", voicetest.Fault{Status: 429, Code: 20429, RetryAfter: "3"}, channels.Retryable, "20429", 3 * time.Second},
		{"a number that can't be called", voicetest.Fault{Status: 400, Code: 21211}, channels.Rejected, "21211", 0},
		{"a refusal nobody knows", voicetest.Fault{Status: 400, Code: 99999}, channels.Rejected, "99999", 0},
		{"credentials that are wrong", voicetest.Fault{Status: 401, Code: 20003}, channels.Misconfigured, "20003", 0},
		{"a failure of Twilio's", voicetest.Fault{Status: 503}, channels.Uncertain, "http_503", 0},
		{"an answer that is none", voicetest.Fault{Garbage: true}, channels.Uncertain, "bad_answer", 0},
		{"a connection that breaks", voicetest.Fault{Drop: true}, channels.Uncertain, "connection_lost", 0},
	} {
		t.Run("it says what to do about "+c.name, func(t *testing.T) {
			t.Parallel()
			h := open(t, nil)
			h.twilio.Fail(c.fault)
			_, err := h.adapter.Send(h.ctx(), dial)
			var fail *channels.SendError
			if !errors.As(err, &fail) || fail.Kind != c.kind || fail.Reason != c.reason || fail.RetryAfter != c.after {
				t.Errorf("error %+v", fail)
			}
			if err != nil && (contains(err.Error(), person) || contains(err.Error(), token)) {
				t.Error("the error holds what is private")
			}
		})
	}
	t.Run("a call whose placing got no answer is found", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		h.twilio.Fail(voicetest.Fault{Accept: true, Drop: true})
		if _, err := h.adapter.Send(h.ctx(), dial); err == nil {
			t.Fatal("no error")
		}
		sid := h.twilio.Calls()[0].SID
		parts, found, err := h.adapter.Find(h.ctx(), dial, began, nil)
		if err != nil || !found || parts[0].ProviderID != sid {
			t.Errorf("found %v %v %v", parts, found, err)
		}
		if _, found, err := h.adapter.Find(h.ctx(), dial, began, func(id string) bool { return id == sid }); found || err != nil {
			t.Errorf("another message's call: found %v, %v", found, err)
		}
		if _, found, err := h.adapter.Find(h.ctx(), dial, began.Add(time.Hour), nil); found || err != nil {
			t.Errorf("an old call: found %v, %v", found, err)
		}
	})
	t.Run("nothing is recorded unless it is asked for", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := place(t, h)
		h.must(p.Answer(h.ctx(), "human"))
		if n := len(h.twilio.Tapes()); n != 0 {
			t.Fatalf("%d recordings", n)
		}
		h.must(h.adapter.Record(h.ctx(), p.SID, true))
		h.must(h.adapter.Record(h.ctx(), p.SID, false))
		if diff := cmp.Diff([]voicetest.Tape{{Call: p.SID, On: true}, {Call: p.SID}}, h.twilio.Tapes()); diff != "" {
			t.Error(diff)
		}
	})
	for _, c := range []struct {
		name   string
		out    channels.Outbound
		reason string
	}{
		{"words before the call", message("x", "Hello", channels.Spoken{Then: channels.ThenDial}), "text_before_the_call"},
		{"no words", message("x", " ", channels.Spoken{}), "empty_text"},
		{"broken words", message("x", "\xff", channels.Spoken{}), "invalid_text"},
		{"a handoff that is none", message("x", "One moment.", channels.Spoken{Then: channels.ThenTransfer, Handoff: "[]"}), "invalid_handoff"},
		{"something else to follow", message("x", "One moment.", channels.Spoken{Then: "dance"}), "unknown_then"},
	} {
		t.Run("refused: "+c.name, func(t *testing.T) {
			t.Parallel()
			h := open(t, nil)
			_, err := h.adapter.Send(h.ctx(), c.out)
			var fail *channels.SendError
			if !errors.As(err, &fail) || fail.Kind != channels.Rejected || fail.Reason != c.reason {
				t.Errorf("error %v", err)
			}
		})
	}
}
