package voice_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/voice"
	"parley/channels/voice/relay"
	"parley/channels/voice/voicetest"
)

func TestHangingUp(t *testing.T) {
	t.Parallel()
	t.Run("we hang up once the last words were heard, and not before", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", "Thank you. Goodbye.", channels.Spoken{Then: channels.ThenHangUp})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		for _, f := range p.Frames() {
			if f.Type == "end" {
				t.Fatal("the call was ended before the words were heard")
			}
		}
		h.must(p.PlayAll())
		h.must(p.Await(h.ctx(), voicetest.Over))
		if in := h.heardOf(channels.CallEnded, 1); in.Call.Detail != "completed" || in.ProviderID != p.SID+"#ended" {
			t.Errorf("ended %+v %s", in.Call, in.ProviderID)
		}
		if r := h.receipt("m1"); r.Status != channels.StatusDelivered {
			t.Errorf("receipt %+v", r)
		}
		last := p.Frames()[len(p.Frames())-1]
		if last.Type != "end" || last.HandoffData != "" {
			t.Errorf("the last frame is %+v", last)
		}
		if !strings.Contains(p.Docs()[1], "<Hangup/>") {
			t.Errorf("answered %s", p.Docs()[1])
		}
	})
	t.Run("we don't hang up on a person who breaks in", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", "Thank you very much for your call today. Goodbye.", channels.Spoken{Then: channels.ThenHangUp})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.PlayWords(1))
		h.must(p.Speak(h.ctx(), "One more thing"))
		h.heardOf(channels.CallSpeech, 1)
		h.clock.Advance(time.Minute)
		if p.State() != voicetest.Connected {
			t.Error("the call is over")
		}
	})
	t.Run("without words we hang up after those that are still being said", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", "Goodbye.", channels.Spoken{})
		h.say("m2", "", channels.Spoken{Then: channels.ThenHangUp})
		if _, err := p.Hear(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.Await(h.ctx(), voicetest.Over))
	})
	t.Run("words that never came to the ear do not keep the line for ever", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.must(p.Raw(`{"type":"info","name":"agentSpeaking","value":"off"}`))
		h.say("m1", "Goodbye.", channels.Spoken{Then: channels.ThenHangUp})
		h.clock.Advance(30 * time.Second)
		h.must(p.Await(h.ctx(), voicetest.Over))
	})
	t.Run("when the person hangs up, what they did not hear is told before the end", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", notice, channels.Spoken{Whole: true})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.PlayWords(1))
		h.must(p.Press("9"))
		h.must(p.HangUp(h.ctx()))
		h.heardOf(channels.CallEnded, 1)
		var order []string
		for _, e := range h.record.all()[1:] {
			switch e := e.(type) {
			case channels.Receipt:
				order = append(order, e.Reason+" "+e.Heard)
			case channels.Inbound:
				order = append(order, string(e.Call.Event)+" "+e.Text)
			}
		}
		if got := strings.Join(order, "; "); got != "digits 9; call_ended This is an attempt; ended " {
			t.Errorf("in this order: %s", got)
		}
		if n := h.adapter.Live(); n != 0 {
			t.Errorf("%d calls live", n)
		}
		if _, err := h.adapter.Send(h.ctx(), message("m2", "Hello?", channels.Spoken{})); err == nil {
			t.Error("something was said on a call that is over")
		}
	})
}

const handoff = `{"reason":"requested_human","verified":true,"account":"acct-1001"}`

func TestHandingOver(t *testing.T) {
	t.Parallel()
	hand := func(t *testing.T, h *house) *voicetest.Peer {
		t.Helper()
		p := h.call()
		h.say("m1", "I will put you through.", channels.Spoken{Then: channels.ThenTransfer, Handoff: handoff})
		if _, err := p.Hear(h.ctx()); err != nil {
			t.Fatal(err)
		}
		return p
	}
	t.Run("the agent's telephone rings, and they are told why before the person is put through", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := hand(t, h)
		h.must(p.Await(h.ctx(), voicetest.Dialling))
		doc := p.Doc()
		if doc.Number != agent || doc.Attributes["timeout"] != "20" || doc.Attributes["answerOnBridge"] != "true" || doc.Attributes["callerId"] != number {
			t.Errorf("the document is %+v", doc)
		}
		if strings.Contains(doc.Whisper, "requested") || strings.Contains(p.Docs()[1], "acct-1001") {
			t.Error("the handoff stands readable in an address")
		}
		said, err := p.AgentAnswers(h.ctx())
		if err != nil || said != "A call is being handed over to you. Reason: requested human. The person's identity was confirmed." {
			t.Errorf("the agent heard %q, %v", said, err)
		}
		h.must(p.AgentDone(h.ctx(), "completed"))
		if in := h.heardOf(channels.CallAgent, 1); in.Call.Detail != "completed" {
			t.Errorf("agent %+v", in.Call)
		}
		h.heardOf(channels.CallEnded, 1)
	})
	for _, result := range []string{"no-answer", "busy", "failed", "canceled"} {
		t.Run("a person nobody took over comes back: "+result, func(t *testing.T) {
			t.Parallel()
			h := open(t, nil)
			p := hand(t, h)
			h.must(p.Await(h.ctx(), voicetest.Dialling))
			first := p.Session()
			h.must(p.AgentDone(h.ctx(), result))
			in := h.heardOf(channels.CallAgent, 1)
			if in.Call.Detail != result || in.Call.ID != p.SID || p.Session() == first {
				t.Errorf("agent %+v", in.Call)
			}
			h.say("m2", "I am sorry, nobody is free. We will call you back.", channels.Spoken{})
			if _, err := p.Hear(h.ctx()); err != nil {
				t.Fatal(err)
			}
			if r := h.receipt("m2"); r.Status != channels.StatusDelivered {
				t.Errorf("receipt %+v", r)
			}
		})
	}
	t.Run("a person who hangs up while it rings is not called back by a machine", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := hand(t, h)
		h.must(p.Await(h.ctx(), voicetest.Dialling))
		_, err := h.twilio.Post(h.ctx(), p.Doc().Attributes["action"], p.Form("DialCallStatus", "canceled", "CallStatus", "completed"))
		h.must(err)
		h.heardOf(channels.CallEnded, 1)
	})
	t.Run("the queue is given what the agent must know", func(t *testing.T) {
		t.Parallel()
		h := open(t, func(c *relay.Config, _ *voice.Config) { c.AgentNumber, c.WorkflowSID = "", "WW0123456789abcdef" })
		p := hand(t, h)
		h.must(p.Await(h.ctx(), voicetest.Queued))
		if doc := p.Doc(); doc.Attributes["workflowSid"] != "WW0123456789abcdef" || doc.Task != handoff {
			t.Errorf("the document is %+v", doc)
		}
		h.must(p.AgentDone(h.ctx(), "queue-full"))
		if in := h.heardOf(channels.CallAgent, 1); in.Call.Detail != "failed" {
			t.Errorf("agent %+v", in.Call)
		}
	})
	t.Run("where there is nobody to hand it to the call comes back at once", func(t *testing.T) {
		t.Parallel()
		h := open(t, func(c *relay.Config, _ *voice.Config) { c.AgentNumber = "" })
		p := hand(t, h)
		if in := h.heardOf(channels.CallAgent, 1); in.Call.Detail != "failed" || p.State() == voicetest.Over {
			t.Errorf("agent %+v", in.Call)
		}
	})
}

func TestLosingTheConnection(t *testing.T) {
	t.Parallel()
	t.Run("a call that loses its connection goes on", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.say("m1", notice, channels.Spoken{Whole: true})
		if _, err := p.Listen(h.ctx()); err != nil {
			t.Fatal(err)
		}
		h.must(p.PlayWords(1))
		h.must(p.Drop(h.ctx()))
		in := h.heardOf(channels.CallResumed, 1)
		if in.Call.ID != p.SID || in.ProviderID != p.Session()+"#resumed" {
			t.Errorf("resumed %+v", in)
		}
		if r := h.receipt("m1"); r.Status != channels.StatusUndelivered || r.Heard != "This is an attempt" {
			t.Errorf("receipt %+v", r)
		}
		h.say("m2", notice, channels.Spoken{Whole: true})
		if _, err := p.Hear(h.ctx()); err != nil {
			t.Fatal(err)
		}
		if r := h.receipt("m2"); r.Status != channels.StatusDelivered {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("after the third loss the call goes to a human", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		h.must(p.Drop(h.ctx()))
		h.heardOf(channels.CallResumed, 1)
		h.must(p.Drop(h.ctx()))
		h.heardOf(channels.CallResumed, 2)
		h.must(p.Drop(h.ctx()))
		h.must(p.Await(h.ctx(), voicetest.Dialling))
		if said, err := p.AgentAnswers(h.ctx()); err != nil || !strings.Contains(said, "technical failure") {
			t.Errorf("the agent heard %q, %v", said, err)
		}
	})
	t.Run("a restarted gateway takes the call up again", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		first, old := p.Session(), h.adapter
		h.start("http://127.0.0.1:1", nil) // the new process is there before the old one goes
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		h.must(old.Shutdown(ctx))
		h.must(p.AwaitSession(ctx, first))
		h.heardOf(channels.CallResumed, 1)
		h.say("m1", "I am back.", channels.Spoken{})
		if _, err := p.Hear(ctx); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("a call of which nothing more is heard counts as ended after a while", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		p.Unplug()
		h.noneLive()
		h.clock.Advance(2 * time.Minute)
		if in := h.heardOf(channels.CallEnded, 1); in.Call.Detail != "failed" {
			t.Errorf("ended %+v", in.Call)
		}
	})
	t.Run("a call that does not come back when it was asked to counts as ended", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		action := p.Doc().Attributes["action"]
		p.Unplug()
		h.noneLive()
		_, err := h.twilio.Post(h.ctx(), action, p.Form("SessionStatus", "failed", "ErrorCode", "39001"))
		h.must(err)
		h.clock.Advance(2*time.Minute - time.Second)
		if h.record.has(channels.CallEnded, 1) {
			t.Fatal("it was given up too soon")
		}
		h.clock.Advance(time.Second)
		h.heardOf(channels.CallEnded, 1)
	})
	t.Run("a call that ended twice ended once", func(t *testing.T) {
		t.Parallel()
		h := open(t, nil)
		p := h.call()
		action := p.Doc().Attributes["action"]
		h.must(p.HangUp(h.ctx()))
		for range 3 {
			_, err := h.twilio.Post(h.ctx(), action, p.Form("SessionStatus", "completed", "CallStatus", "completed"))
			h.must(err)
			h.must(p.Progress(h.ctx(), "completed"))
		}
		if n := len(of(h.record.all(), channels.CallEnded)); n != 1 {
			t.Errorf("it ended %d times", n)
		}
	})
}
