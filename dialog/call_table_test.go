package dialog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/dialog"
)

// wholeCall is a call to an agreement, beat by beat.
var wholeCall = []callBeat{
	{Event: "started"}, {Say: "yes this is she"}, {Say: "seven eight seven zero one"}, {Say: "nineteen eighty six"},
	{Say: "can i pay monthly"}, {Say: "yes that works"}, {Say: "yes that's right"}, {Say: "goodbye"},
}

func plainLine(t *testing.T, outbound bool) *line {
	return newLine(t, callScript{Address: "+15125550123", Account: "acct-1001", Start: "2026-11-30T16:00:00Z", Outbound: outbound})
}

func TestAHangUpAtAnyPointClosesTheBooks(t *testing.T) {
	t.Parallel()
	for n := range len(wholeCall) + 1 {
		for _, cut := range []bool{false, true} {
			t.Run(fmt.Sprintf("after %d beats, words cut %t", n, cut), func(t *testing.T) {
				t.Parallel()
				l := plainLine(t, false)
				for i, b := range wholeCall[:n] {
					if cut && i == n-1 {
						b.Cut, b.Words = channels.CallEndedReason, 1
					}
					l.beat(b)
				}
				agreed := l.w.snap.Conversation.Agreement
				o := l.beat(callBeat{Event: "ended", Detail: "completed"})
				c := l.w.snap.Conversation
				if len(o.Says) > 0 || o.Cancelled != channels.CallEndedReason || o.Verified || c.Call.Stage != dialog.CallOver || c.Call.EndedAt.IsZero() {
					t.Errorf("after the hang-up: %+v of %+v", o, c.Call)
				}
				if (n < 7) != (agreed == nil) || agreed == nil && c.Agreement != nil {
					t.Errorf("agreed: %+v, then %+v", agreed, c.Agreement)
				}
				if want := n >= 7; c.Handoff.Open() != want { // the written copy is due, and nothing else
					t.Errorf("handoff: %+v", c.Handoff)
				}
				if again := l.beat(callBeat{Event: "ended", Detail: "completed"}); len(again.Says) > 0 || slices.Contains(again.Events, "call.closed") {
					t.Errorf("told twice: %+v", again)
				}
			})
		}
	}
}

func TestWhatIsLeftOfACallThatIsOverIsNoFailure(t *testing.T) {
	t.Parallel()
	l := plainLine(t, false)
	for _, b := range wholeCall[:4] {
		l.beat(b)
	}
	l.beat(callBeat{Event: "ended", Detail: "completed"})
	var last dialog.Message
	for _, m := range l.w.snap.Recent {
		if m.Direction == "out" {
			last = m
		}
	}
	for _, kind := range []dialog.InputKind{dialog.InputReceipt, dialog.InputFailure} {
		body, err := json.Marshal(dialog.Heard{Message: last.ID, Seq: last.Seq, Status: channels.StatusUndelivered, Reason: channels.CallEndedReason})
		if err != nil {
			t.Fatal(err)
		}
		l.fx = nil
		l.turn(dialog.Input{Kind: kind, Seq: last.Seq, At: l.w.now, Body: body}, callBeat{})
		if o := l.outcome(); len(o.Says) > 0 || o.Control != "bot" {
			t.Errorf("%s: %+v", kind, o)
		}
	}
	t.Run("a late stop is still heard", func(t *testing.T) {
		o := l.beat(callBeat{Say: "stop calling me"})
		if len(o.Says) > 0 || l.w.snap.Address.VoiceOptedOut.IsZero() {
			t.Errorf("%+v, opted out %s", o, l.w.snap.Address.VoiceOptedOut)
		}
	})
}

func TestStopIsHeardAtEveryPointOfACall(t *testing.T) {
	t.Parallel()
	for n := 1; n <= len(wholeCall)-1; n++ {
		for _, stop := range []callBeat{{Say: "stop calling me"}, {Keys: "9"}, {Say: "please don't call this number again"}} {
			t.Run(fmt.Sprintf("after %d beats, %s%s", n, stop.Say, stop.Keys), func(t *testing.T) {
				t.Parallel()
				l := plainLine(t, true)
				for _, b := range wholeCall[:n] {
					l.beat(b)
				}
				o := l.beat(stop)
				if len(o.Says) != 1 || !strings.HasSuffix(o.Says[0], "Goodbye. [hang_up]") || l.w.snap.Address.VoiceOptedOut.IsZero() || o.Cancelled == "" {
					t.Errorf("%+v, opted out %s", o, l.w.snap.Address.VoiceOptedOut)
				}
				if more := l.beat(callBeat{Say: "hello"}); len(more.Says) > 0 {
					t.Errorf("it went on: %q", more.Says)
				}
			})
		}
	}
}

func TestNothingOfTheDebtIsSaidBeforeTheDisclosureWasHeard(t *testing.T) {
	t.Parallel()
	telling := []string{"$", "balance", "owe", "pay", "plan", "account"}
	says := []string{"how much do i owe", "yes", "can i pay monthly", "what is this about", "seven eight seven zero one", "nineteen eighty six", "i can pay fifty dollars a month", "hello"}
	for _, first := range says {
		for _, second := range says {
			l := plainLine(t, false)
			beats := append(slices.Clone(wholeCall[:3]), callBeat{Say: "nineteen eighty six", Playing: true}, callBeat{Say: first}, callBeat{Say: second},
				callBeat{Event: "silence", Detail: "1"}, callBeat{Event: "resumed"})
			for _, b := range beats {
				for _, text := range l.beat(b).Says {
					if strings.Contains(text, "attempt to collect") {
						continue
					}
					for _, word := range telling {
						if strings.Contains(strings.ToLower(text), word) {
							t.Errorf("%q, %q: %q was said before the disclosure was heard", first, second, text)
						}
					}
				}
			}
		}
	}
}

func TestAMandatoryLineThatIsNeverHeardGoesToAHuman(t *testing.T) {
	t.Parallel()
	l := plainLine(t, false)
	for _, b := range wholeCall[:3] {
		l.beat(b)
	}
	l.beat(callBeat{Say: "nineteen eighty six", Playing: true})
	for range 4 {
		for i := range l.w.snap.Recent {
			if m := &l.w.snap.Recent[i]; m.Direction == "out" && m.Status != channels.StatusUndelivered && m.Purpose == "debt_disclosure" {
				l.heard(m, channels.SpuriousReason, 2)
			}
		}
		if len(l.pending) == 0 {
			break
		}
		in := l.pending[0]
		l.pending = nil
		in.At = l.w.now
		l.fx = nil
		l.turn(in, callBeat{Playing: true})
	}
	if c := l.w.snap.Conversation; !c.Handoff.Open() || c.Handoff.Reasons[0].Code != "not_heard" || !c.Call.Disclosed.IsZero() {
		t.Errorf("handoff %+v, call %+v", c.Handoff, c.Call)
	}
}

func TestACallIsPlacedOnlyWhereEveryRuleAllowsIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(l *line)
		rule   string
	}{
		"without consent to an artificial voice": {func(l *line) {
			for id, a := range l.w.accounts {
				a.Person.Addresses = nil
				l.w.accounts[id] = a
			}
		}, "BC-TCPA-01"},
		"at night": {func(l *line) { l.w.now = time.Date(2026, 12, 1, 5, 0, 0, 0, time.UTC) }, "BC-TIME-01"},
		"after seven calls": {func(l *line) {
			l.w.snap.Contacts.Calls7, l.w.snap.Contacts.CallDays = 7, gate.Tally{0, 7}
		}, "BC-FREQ-01"},
		"three days after a conversation": {func(l *line) { l.w.snap.Contacts.LastConversation = l.w.now.AddDate(0, 0, -3) }, "BC-FREQ-02"},
		"to who asked us to stop":         {func(l *line) { l.w.snap.Address.VoiceOptedOut = l.w.now.Add(-time.Hour) }, "BC-TCPA-02"},
		"to the wrong person":             {func(l *line) { l.w.snap.Address.WrongParty = l.w.now.Add(-time.Hour) }, "BC-3P-01"},
		"in a name that tells of debts":   {func(l *line) { l.w.engine.Settings.Brand.Name = "Harbor Debt Recovery" }, "BC-AIVOICE-01"},
		"without a number to call back":   {func(l *line) { l.w.engine.Settings.Brand.Phone = "" }, "BC-AIVOICE-01"},
		"with all in order":               {func(*line) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := plainLine(t, true)
			c.change(l)
			purpose := ""
			o := l.beat(callBeat{Dial: &purpose, After: "1s"})
			if c.rule == "" && (o.Refused != "" || !slices.Equal(o.Says, []string{"[dial]"})) || c.rule != "" && !strings.Contains(o.Refused, c.rule) {
				t.Errorf("%+v", o)
			}
			if c.rule != "" && (l.w.snap.Conversation.Call != nil || len(o.Says) > 0) {
				t.Errorf("something was placed: %+v", o)
			}
		})
	}
	t.Run("and not what has changed as it is answered", func(t *testing.T) {
		t.Parallel()
		l := plainLine(t, true)
		purpose := ""
		l.beat(callBeat{Dial: &purpose})
		l.w.snap.Address.WrongParty = l.w.now
		o := l.beat(callBeat{Event: "started"})
		if last := o.Says[len(o.Says)-1]; !strings.HasSuffix(last, "[hang_up]") || !slices.Contains(o.Events, "call.refused") {
			t.Errorf("%+v", o)
		}
	})
}

func TestAnAgentsWordsAreSpokenOnTheCallAndNowhereElse(t *testing.T) {
	t.Parallel()
	l := talking(t)
	c := &l.w.snap.Conversation
	c.Control, c.Handoff = dialog.ControlHuman, &dialog.Handoff{ID: "h1", Conversation: c.ID, Holder: "amy", Since: l.w.now}
	l.w.snap.Accounts = l.w.visible()
	e, err := l.w.engine.AgentReply(l.w.snap, "amy", "Hello, Amy here. How can I help you?", 0, l.w.env())
	if err != nil || len(e.Outgoing) != 1 || e.Outgoing[0].Cleared.Out().Speaker != "agent" || e.Outgoing[0].Cleared.Out().Spoken.Then != "" {
		t.Fatalf("%+v, %v", e.Outgoing, err)
	}
	c.Call.Disclosed = time.Time{}
	var refused *dialog.Refused
	if _, err := l.w.engine.AgentReply(l.w.snap, "amy", "Your balance is $1,240.00.", 0, l.w.env()); !errors.As(err, &refused) ||
		!slices.ContainsFunc(refused.Findings, func(f compliance.Finding) bool { return f.Rule == "CALL-MM-01" }) {
		t.Errorf("before the disclosure was heard: %v", err)
	}
	c.Call.EndedAt = l.w.now
	if _, err := l.w.engine.AgentReply(l.w.snap, "amy", "Hello?", 0, l.w.env()); err == nil {
		t.Error("words were said though the call was over")
	}
}

func TestACallWhoseEndWasNeverToldIsOverAfterHours(t *testing.T) {
	t.Parallel()
	l := plainLine(t, false)
	for _, b := range wholeCall[:5] {
		l.beat(b)
	}
	purpose := ""
	if o := l.beat(callBeat{Dial: &purpose}); !strings.Contains(o.Refused, "going on") {
		t.Errorf("during the call: %+v", o)
	}
	l.outbound = true
	o := l.beat(callBeat{Dial: &purpose, After: "5h"})
	if o.Refused != "" || o.Verified || !slices.Contains(o.Events, "call.closed") {
		t.Errorf("after hours: %+v", o)
	}
}

func TestAHelloIntoOurFirstWordsIsNoAnswer(t *testing.T) {
	t.Parallel()
	l := plainLine(t, true)
	l.beat(callBeat{Event: "started", Playing: true})
	if o := l.beat(callBeat{Say: "hello?"}); len(o.Says) > 0 {
		t.Errorf("said again: %q", o.Says)
	}
	l.beat(callBeat{Heard: true})
	if o := l.beat(callBeat{Say: "hello?"}); len(o.Says) != 1 || o.Says[0] != "Am I speaking with Angela Torres?" {
		t.Errorf("said: %q", o.Says)
	}
}
