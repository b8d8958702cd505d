package e2e

import (
	"slices"
	"strings"
	"testing"

	"parley/channels/voice/voicetest"
)

// toReadBack goes from the first words to terms that were read back and heard.
func (x *exchange) toReadBack(c caller, ask string) *voicetest.Peer {
	x.t.Helper()
	call := x.ring(c.phone)
	x.identify(call, c)
	x.hears(call, disclosure)
	x.hears(call, asksWhat)
	x.speaks(call, ask, "$")
	x.speaks(call, "Yes, that works.", "Please say yes or no.")
	return call
}

func TestACallSettlesIntoAPlanThatWasReadBack(t *testing.T) {
	t.Parallel()
	x := startCalls(t)
	call := x.toReadBack(torres, "Can I pay one hundred and fifty five dollars a month?")
	if a := x.calls(torres).Agreement; a != nil && a.State == "accepted" {
		t.Errorf("it was agreed before the terms were confirmed: %+v", a)
	}
	x.speaks(call, "Yes.", "in all.")
	x.wait("the agreement", func() bool { a := x.calls(torres).Agreement; return a != nil && a.State == "accepted" })
	if sum := cents(t, x.calls(torres).conversation); sum != 124000 {
		t.Errorf("the instalments add up to %d cents", sum)
	}
	x.ok(call.HangUp(x.ctx))
	c := x.over(call, torres)
	for _, m := range c.Messages {
		switch {
		case m.Spoken != nil && m.Spoken.Whole && (m.Heard == nil || *m.Heard != m.Text || m.Status != "delivered"):
			t.Errorf("of %q was heard %v (%s)", m.Text, m.Heard, m.Status)
		case m.From == "system" && m.Text == "" && (m.Call == nil || m.Call.Text == ""):
			t.Errorf("message %d says nothing of itself", m.Seq)
		}
	}
	x.wait("the written copy to be owed", func() bool { c = x.calls(torres); return c.Handoff != nil })
	if !slices.Contains(c.Handoff.Reasons, "written_copy_due") {
		t.Errorf("nobody owes the written copy: %+v", c.Handoff)
	}
}

// The disclosure is played as something nothing may cut. Where the line loses it all the same,
// it was not said.
func TestADisclosureThatWasCutIsSaidAgainBeforeAnyWordOfTheDebt(t *testing.T) {
	t.Parallel()
	x := startCalls(t)
	call := x.ring(bell.phone)
	x.identify(call, bell)
	if talk := x.next(call); !talk.Whole || !strings.Contains(talk.Text, "collect a debt") {
		t.Fatalf("instead of the disclosure: %+v", talk)
	}
	x.ok(call.PlayWords(2))
	session := call.Session()
	x.ok(call.Drop(x.ctx))
	x.ok(call.AwaitSession(x.ctx, session))
	if strings.Contains(call.Heard(), "486.19") {
		t.Fatalf("a debt was told before its disclosure: %q", call.Heard())
	}
	x.hears(call, disclosure)
	x.hears(call, asksWhat)
	c := x.calls(bell)
	lines := c.with("collect a debt")
	if len(lines) != 2 || lines[0].Status != "undelivered" || *lines[0].Heard == lines[0].Text || lines[1].Status != "delivered" || *lines[1].Heard != lines[1].Text {
		t.Errorf("the disclosures: %+v", lines)
	}
	if before, _, _ := strings.Cut(call.Heard(), disclosure); strings.Contains(before, "$") || strings.Contains(before, "balance") {
		t.Errorf("before it was heard: %q", before)
	}
}

func TestAnOfferThatWasCutIsNotAgreedToByAYes(t *testing.T) {
	t.Parallel()
	x := startCalls(t)
	call := x.ring(torres.phone)
	x.identify(call, torres)
	x.hears(call, asksWhat)
	x.ok(call.Speak(x.ctx, "Can I pay in monthly payments?"))
	talk := x.next(call)
	if !strings.Contains(talk.Text, "$") {
		t.Fatalf("no offer: %q", talk.Text)
	}
	x.ok(call.PlayWords(1))
	x.ok(call.Speak(x.ctx, "Yes, okay."))
	x.next(call)
	x.ok(call.PlayAll())
	c := x.calls(torres)
	cut := c.with(strings.TrimSpace(talk.Text))
	if len(cut) == 0 || cut[0].Status != "undelivered" || cut[0].Reason != "interrupted" || cut[0].Heard == nil || *cut[0].Heard == cut[0].Text {
		t.Errorf("the offer that was cut: %+v", cut)
	}
	if c.Agreement != nil && c.Agreement.State == "accepted" {
		t.Errorf("a yes to what was not heard agreed: %+v", c.Agreement)
	}
	if len(c.with("read that back")) > 0 && !strings.Contains(call.Heard(), "per month") && !strings.Contains(call.Heard(), "$") {
		t.Errorf("terms were read back that were never heard: %q", call.Heard())
	}
}
