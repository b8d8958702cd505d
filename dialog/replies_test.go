package dialog_test

import (
	"testing"

	"parley/channels"
	"parley/dialog"
)

func TestEachMessageOfThePersonsBuysOneReply(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		about string
		talk  string // i: in, o: out, x: cancelled; the message asked about comes next
		want  int
	}{
		{"the first reply", "i", 0},
		{"a follow-up", "io", 1},
		{"a second follow-up", "ioo", 2},
		{"replies that waited together", "iiio", 0},
		{"the last of them", "iiioo", 0},
		{"one too many", "iiiooo", 1},
		{"what was cancelled doesn't count", "ix", 0},
		{"a contact of our accord", "", 1},
		{"after silence the count begins anew", "iooi", 0},
	} {
		var recent []dialog.Message
		for i, r := range c.talk {
			m := dialog.Message{Seq: int64(i + 1), Direction: "out", Status: channels.StatusSent}
			switch r {
			case 'i':
				m.Direction, m.Status = "in", dialog.StatusReceived
			case 'x':
				m.Status = channels.StatusCancelled
			}
			recent = append(recent, m)
		}
		recent = append(recent, dialog.Message{Seq: int64(len(c.talk) + 1), Direction: "out", Status: channels.StatusQueued})
		if got := dialog.Replies(recent, int64(len(c.talk)+1)); got != c.want {
			t.Errorf("%s (%s): %d before it, want %d", c.about, c.talk, got, c.want)
		}
	}
}
