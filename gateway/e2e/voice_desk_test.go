package e2e

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"parley/channels/voice/voicetest"
)

func TestACallGoesOnAfterKillNine(t *testing.T) {
	t.Parallel()
	x := startCalls(t)
	call := x.toReadBack(torres, "Can I pay one hundred and fifty five dollars a month?")
	x.wait("what was heard on record", func() bool { return !x.calls(torres).open() })
	session, heard := call.Session(), call.Heard()
	x.kill()
	x.launch()
	x.ok(call.AwaitSession(x.ctx, session))
	x.wait("the call to be resumed", func() bool { return x.calls(torres).has("resumed") })
	x.next(call)
	x.ok(call.PlayAll())
	again := strings.TrimPrefix(call.Heard(), heard)
	if strings.Contains(again, "ZIP") || strings.Contains(again, "attempt to collect") {
		t.Errorf("what was known and heard was asked and said again: %q", again)
	}
	for range 4 { // the read-back, or the yes to it
		if a := x.calls(torres).Agreement; a != nil && a.State == "accepted" {
			break
		}
		x.ok(call.Speak(x.ctx, "Yes."))
		x.next(call)
		x.ok(call.PlayAll())
	}
	x.ok(call.HangUp(x.ctx))
	c := x.over(call, torres)
	if c.Agreement == nil || c.Agreement.State != "accepted" || cents(t, c.conversation) != 124000 {
		t.Errorf("agreement %+v; heard %q", c.Agreement, call.Heard())
	}
	if n := len(c.with("in all.")); n != 1 {
		t.Errorf("it was agreed to %d times", n)
	}
	if n := len(c.with("collect a debt")); n != 1 {
		t.Errorf("the disclosure was said %d times", n)
	}
}

func TestAnAgentTakesTheCallOrNobodyDoes(t *testing.T) {
	t.Parallel()
	x := startCalls(t)
	ask := func(c caller) *voicetest.Peer {
		call := x.ring(c.phone)
		x.hears(call, "Am I speaking with")
		x.speaks(call, "Let me talk to a person please.", "One moment, please.")
		x.ok(call.Await(x.ctx, voicetest.Dialling))
		return call
	}
	call := ask(torres)
	whisper, err := call.AgentAnswers(x.ctx)
	x.ok(err)
	if whisper == "" || strings.Contains(whisper, "Torres") || strings.Contains(whisper, "78701") {
		t.Errorf("the agent hears %q", whisper)
	}
	x.ok(call.AgentDone(x.ctx, "completed"))
	x.over(call, torres)

	call = ask(bell)
	x.ok(call.AgentDone(x.ctx, "no-answer"))
	x.hears(call, "A person will call you back.")
	if c := x.over(call, bell); c.Handoff == nil || !strings.Contains(strings.Join(c.Handoff.Reasons, " "), "callback_promised") {
		t.Errorf("nobody calls back: %+v", c.Handoff)
	}
}

func TestWhatAnAgentTypesIsSaidOnTheCall(t *testing.T) {
	t.Parallel()
	x := startCalls(t, "PARLEY_API_KEYS=e2e:"+apiKey+",ada:ada-key-0123456789:supervisor")
	call := x.ring(torres.phone)
	x.identify(call, torres)
	x.hears(call, asksWhat)
	id := x.calls(torres).ID
	if code, body := x.as("ada", http.MethodPost, "/desk/conversations/"+id+"/takeover", `{"why":"complaint"}`); code != http.StatusOK {
		t.Fatalf("taking over answered %d %s", code, body)
	}
	say := func(text string) (int, string) {
		in, err := json.Marshal(map[string]string{"text": text})
		x.ok(err)
		code, body := x.as("ada", http.MethodPost, "/conversations/"+id+"/messages", string(in))
		return code, string(body)
	}
	if code, body := say("Hello Angela, this is Ada, a person. How can I help?"); code != http.StatusAccepted {
		t.Fatalf("the reply answered %d %s", code, body)
	}
	x.hears(call, "this is Ada, a person.")
	if code, _ := say("Pay today or we'll have you arrested."); code != http.StatusUnprocessableEntity {
		t.Errorf("a threat answered %d", code)
	}
	x.ok(call.Speak(x.ctx, "Can I pay a hundred dollars a month?"))
	x.wait("the words in the record", func() bool {
		m := x.calls(torres).Messages
		return m[len(m)-1].Direction == "in" && m[len(m)-1].From == "person"
	})
	if code, body := say("Yes, let's look at that together."); code != http.StatusAccepted {
		t.Fatalf("the reply answered %d %s", code, body)
	}
	x.hears(call, "look at that together.")
	for _, f := range call.Frames() {
		if strings.Contains(f.Token, "arrested") {
			t.Error("the threat was spoken")
		}
	}
	for _, m := range x.calls(torres).with("Ada") {
		if m.From != "agent" || m.Heard == nil || *m.Heard != m.Text {
			t.Errorf("the agent's words: %+v", m)
		}
	}
}
