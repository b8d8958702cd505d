package gateway

import (
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/voice/voicetest"
	"parley/dialog"
)

func TestACallIsPassedOnAndComesBack(t *testing.T) {
	t.Parallel()
	p := newPhone(t, false)
	p.g.Engine.Settings.Desk.AgentsOnline = func() int { return 1 }
	p.g.Engine.Settings.Desk.Calendar = dialog.Calendar{}
	call, err := p.twilio.Call(p.ctx, angela)
	p.ok(err)
	p.hears(call, "Am I speaking with Angela Torres?")
	p.ok(call.Speak(p.ctx, "Let me talk to a person please."))
	p.hears(call, "One moment, please.")
	p.until(func() bool { return call.State() == voicetest.Dialling || call.State() == voicetest.Queued })
	c := p.conversation().Conversation
	if c.Control != dialog.ControlQueued || c.Call.Stage != dialog.CallTransfer || !c.Handoff.Open() {
		t.Errorf("control %s, call %+v", c.Control, c.Call)
	}
	p.ok(call.AgentDone(p.ctx, "no-answer"))
	p.hears(call, "A person will call you back.")
	p.ok(call.Await(p.ctx, voicetest.Over))
	p.until(func() bool { return p.conversation().Conversation.Call.Stage == dialog.CallOver })
	if c := p.conversation().Conversation; c.Control != dialog.ControlQueued || !c.Handoff.Has(dialog.ReasonCallBack) {
		t.Errorf("control %s, handoff %+v", c.Control, c.Handoff)
	}
}

func TestACallGoesOnAfterALostConnection(t *testing.T) {
	t.Parallel()
	p := newPhone(t, false)
	call, err := p.twilio.Call(p.ctx, angela)
	p.ok(err)
	p.hears(call, "Am I speaking with Angela Torres?")
	p.ok(call.Speak(p.ctx, "Yes, this is she."))
	p.hears(call, "ZIP code")
	p.ok(call.Press("78701"))
	p.hears(call, "you were born")
	p.ok(call.Press("1986"))
	p.hears(call, "Your balance")
	heard, session := call.Heard(), call.Session()
	p.ok(call.Drop(p.ctx))
	p.ok(call.AwaitSession(p.ctx, session))
	p.until(func() bool { return p.conversation().Conversation.Call.Resumes == 1 })
	p.ok(call.Speak(p.ctx, "Can I pay one hundred and fifty five dollars a month?"))
	p.hears(call, "$155.00")
	again := strings.TrimPrefix(call.Heard(), heard)
	if strings.Contains(again, "attempt to collect") || strings.Contains(again, "ZIP") {
		t.Errorf("what was heard was said again: %q", again)
	}
}

func TestACallIsPlacedAndCounted(t *testing.T) {
	t.Parallel()
	p := newPhone(t, false)
	id := "cv_voice"
	open := &dialog.Conversation{ID: id, Channel: "voice", Address: angela, Ours: ourPhone, Language: "en"}
	place := func() error {
		err := p.g.Record.Update(p.ctx, id, open, p.g.env.Now(), func(s dialog.Snapshot) (dialog.Effects, error) {
			return p.g.Engine.Start(s, "acct-1001", "", p.g.env)
		})
		p.g.courier.outgoing.ring()
		return err
	}
	p.ok(place())
	call := p.placed()
	p.ok(call.Answer(p.ctx, "human"))
	p.hears(call, "Am I speaking with Angela Torres?")
	if heard := call.Heard(); !strings.Contains(heard, "Northwind Bank") || !strings.Contains(heard, "recorded and transcribed") || !strings.Contains(heard, "800-555-0100") {
		t.Errorf("it began %q", heard)
	}
	p.ok(call.Speak(p.ctx, "I'm driving right now."))
	p.hears(call, "Goodbye.")
	p.ok(call.Await(p.ctx, voicetest.Over))
	p.until(func() bool { return p.conversation().Conversation.Call.Stage == dialog.CallOver })
	snap := p.conversation()
	if n := snap.Contacts; n.Calls7 != 1 || n.LastConversation.IsZero() {
		t.Errorf("contacts: %+v", n)
	}
	if err := place(); err == nil || !strings.Contains(err.Error(), "BC-FREQ-02") {
		t.Errorf("called again the same day: %v", err)
	}
}

func TestToAMachineNothingIsSaid(t *testing.T) {
	t.Parallel()
	p := newPhone(t, false)
	open := &dialog.Conversation{ID: "cv_voice", Channel: "voice", Address: angela, Ours: ourPhone, Language: "en"}
	p.ok(p.g.Record.Update(p.ctx, open.ID, open, p.g.env.Now(), func(s dialog.Snapshot) (dialog.Effects, error) {
		return p.g.Engine.Start(s, "acct-1001", "", p.g.env)
	}))
	p.g.courier.outgoing.ring()
	call := p.placed()
	p.ok(call.Answer(p.ctx, "machine_start"))
	p.ok(call.Await(p.ctx, voicetest.Over))
	p.until(func() bool { return p.conversation().Conversation.Call.Stage == dialog.CallOver })
	snap := p.conversation()
	if snap.Conversation.Call.Answered != channels.AnsweredMachine || call.Heard() != "" || snap.Contacts.Calls7 != 1 || !snap.Contacts.LastConversation.IsZero() {
		t.Errorf("call %+v, heard %q, contacts %+v", snap.Conversation.Call, call.Heard(), snap.Contacts)
	}
	for _, m := range snap.Recent {
		if m.Direction == "out" && m.Text != "" {
			t.Errorf("%q was meant for a machine", m.Text)
		}
	}
	if snap.Conversation.Handoff.Open() {
		t.Errorf("a human is to look at %+v", snap.Conversation.Handoff)
	}
}

// placed is the call that was placed, once the network has taken it.
func (p *phone) placed() *voicetest.Peer {
	p.Helper()
	p.until(func() bool {
		m := p.conversation().Recent
		return len(m) == 1 && m[0].Status.Rank() >= channels.StatusSent.Rank()
	})
	return p.twilio.Calls()[0]
}
