package dialog_test

import (
	"strings"
	"testing"

	"parley/dialog"
)

func TestAMessageThatMeetsAClosedConversationIsAnswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "webchat", Address: "wc_test", Start: "2026-11-23T16:00:00Z"})
	w.turn(beat{Say: "zip 78701, born 1986"})
	w.snap.Conversation.Control = dialog.ControlClosed
	epoch := w.snap.Conversation.Epoch
	b := w.turn(beat{Say: "what is my balance?"})
	if b.Expect.Control != "bot" || len(b.Expect.Says) != 1 || !strings.Contains(b.Expect.Says[0], "$1,240.00") || w.snap.Conversation.Epoch <= epoch {
		t.Errorf("%+v, epoch %d after %d", b.Expect, w.snap.Conversation.Epoch, epoch)
	}
}
