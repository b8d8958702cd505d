package dialog_test

import (
	"encoding/json"
	"testing"

	"parley/channels"
	"parley/dialog"
)

func TestWordsThatMetNoConnection(t *testing.T) {
	t.Parallel()
	begun := func(t *testing.T) *line {
		l := newLine(t, callScript{Address: "+15125550123", Account: "acct-1001", Start: "2026-11-30T16:00:00Z"})
		l.beat(callBeat{Event: "started"})
		body, err := json.Marshal(dialog.Heard{Message: "m", Status: channels.StatusFailed, Reason: "no_call"})
		if err != nil {
			t.Fatal(err)
		}
		l.turn(dialog.Input{Kind: dialog.InputFailure, At: l.w.now, Body: body}, callBeat{})
		if l.w.snap.Conversation.Handoff.Open() {
			t.Fatal("a human was called at once")
		}
		return l
	}
	t.Run("are nothing for a human where the person has hung up", func(t *testing.T) {
		t.Parallel()
		l := begun(t)
		l.beat(callBeat{Event: "ended", Detail: "completed"})
		if _, set := l.w.timers[dialog.TimerUnsaid]; set || l.w.snap.Conversation.Handoff.Open() {
			t.Errorf("timer %v, handoff %+v", set, l.w.snap.Conversation.Handoff)
		}
	})
	t.Run("go to a human where the call goes on without us", func(t *testing.T) {
		t.Parallel()
		l := begun(t)
		l.turn(dialog.Input{Kind: dialog.InputTimer, Timer: dialog.TimerUnsaid, At: l.w.now}, callBeat{})
		if h := l.w.snap.Conversation.Handoff; !h.Open() || h.Reasons[0].Code != "delivery_failed" {
			t.Errorf("handoff %+v", h)
		}
	})
}
