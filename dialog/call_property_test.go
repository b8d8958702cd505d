package dialog_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/channels"
	"parley/dialog"
)

// anything is what may happen on a call, in any order.
var anything = []callBeat{
	{Say: "yes this is she"}, {Say: "yes"}, {Say: "no"}, {Say: "seven eight seven zero one"}, {Say: "nineteen eighty six"}, {Keys: "78701"}, {Keys: "1986"}, {Keys: "1"}, {Keys: "2"}, {Keys: "115"},
	{Say: "how much do i owe"}, {Say: "can i pay monthly"}, {Say: "i can pay one hundred and fifteen dollars a month"}, {Say: "i can pay one hundred and fifty dollars a month"}, {Say: "can i settle for less"},
	{Say: "who is this"}, {Say: "am i talking to a robot"}, {Say: "hello"}, {Say: "what did you say"}, {Say: "i lost my job"}, {Say: "my card is four one one one one one one one one one one one one one one one"},
	{Say: "the second one"}, {Say: "en español por favor"}, {Event: "silence", Detail: "1"}, {Event: "silence", Detail: "2"}, {Event: "resumed"},
	{Say: "i'm driving"}, {Say: "stop calling me"}, {Keys: "9"}, {Say: "let me talk to a person"}, {Say: "this is her husband"}, {Say: "i have a lawyer"}, {Say: "goodbye"},
	{Event: "agent", Detail: "no-answer"}, {Event: "ended", Detail: "completed"}, {Event: "started"}, {Heard: true},
}

func TestWhateverHappensOnACallItsPromisesHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		l := plainLine(t, rapid.Bool().Draw(r, "outbound"))
		beats := []callBeat{{Event: "started"}}
		if rapid.Bool().Draw(r, "known") { // go deeper: most random calls end early
			beats = append(slices.Clone(wholeCall[:4]), wholeCall[4:4+rapid.IntRange(0, 2).Draw(r, "far")]...)
		}
		for range rapid.IntRange(1, 8).Draw(r, "beats") {
			b := rapid.SampledFrom(anything).Draw(r, "beat")
			switch rapid.IntRange(0, 4).Draw(r, "fate") {
			case 0:
				b.Cut, b.Words = rapid.SampledFrom([]string{channels.InterruptedReason, channels.SpuriousReason, channels.CallEndedReason}).Draw(r, "cut"), 1
			case 1:
				b.Playing = !b.Heard
			}
			beats = append(beats, b)
		}
		for _, b := range beats {
			before := l.w.snap.Conversation
			from := len(l.w.snap.Recent)
			o := l.beat(b)
			l.promises(r, b, before, l.w.snap.Recent[min(from, len(l.w.snap.Recent)):], o)
		}
	})
}

// promises are what holds after every beat.
func (l *line) promises(r *rapid.T, b callBeat, before dialog.Conversation, added []dialog.Message, o callOutcome) {
	c := l.w.snap.Conversation
	bye := before.Call != nil && before.Call.Bye && before.Call.EndedAt.IsZero()
	for _, m := range added {
		if m.Direction != "out" {
			continue
		}
		if bye && b.Event != "started" {
			r.Errorf("%+v: %q was said after the goodbye", b, m.Text)
		}
		if before.Call.Live() && !before.Call.Disclosed.IsZero() || c.Call != nil && !c.Call.Disclosed.IsZero() {
			continue
		}
		low := strings.ToLower(m.Text)
		if m.Purpose != "debt_disclosure" && (strings.Contains(low, "$") || strings.Contains(low, "balance") || strings.Contains(low, "payment")) {
			r.Errorf("%+v: %q was said before the disclosure was heard", b, m.Text)
		}
		if m.Purpose == "debt_disclosure" && (!m.Spoken.Whole || !c.Identity.Verified) {
			r.Errorf("%+v: the disclosure could be cut, or was said to a stranger", b)
		}
	}
	if before.Agreement == nil && c.Agreement != nil {
		last := dialog.Message{}
		for _, m := range l.w.snap.Recent[:len(l.w.snap.Recent)-len(added)] {
			if m.Purpose == "readback" {
				last = m
			}
		}
		if last.Status != channels.StatusDelivered || last.Heard != last.Text {
			r.Errorf("%+v: agreed on terms of which %q was heard", b, last.Heard)
		}
	}
	if b.Event == "ended" && (len(o.Says) > 0 || c.Identity.Verified || c.Call != nil && c.Call.Live()) {
		r.Errorf("after the end: %+v", o)
	}
	if !l.w.snap.Address.VoiceOptedOut.IsZero() && c.Call.Live() && before.Call.Live() && !c.Call.Bye && c.Call.Stage != dialog.CallTransfer {
		r.Errorf("%+v: the call goes on though they said stop", b)
	}
	if c.Call.Live() && len(o.Says) == 0 && !bye && (b.Say != "" || b.Keys != "") && c.Control == dialog.ControlBot && !l.waiting() {
		r.Errorf("%+v: nobody answers at stage %s", b, c.Call.Stage)
	}
}

// waiting reports words that are still playing: what was said meanwhile may wait for their end.
func (l *line) waiting() bool {
	return slices.ContainsFunc(l.w.snap.Recent, func(m dialog.Message) bool { return m.Direction == "out" && m.Status == channels.StatusSent })
}
