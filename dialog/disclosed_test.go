package dialog_test

import (
	"strings"
	"testing"

	"parley/channels"
)

func TestADisclosureThatDidNotGoOutIsMadeAgain(t *testing.T) {
	t.Parallel()
	const initial = "will be used for that purpose"
	for status, again := range map[channels.Status]bool{
		channels.StatusQueued: false, channels.StatusSent: false, channels.StatusUncertain: false, channels.StatusDelivered: false,
		channels.StatusCancelled: true, channels.StatusFailed: true, channels.StatusUndelivered: true,
	} {
		t.Run("after one that is "+string(status), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Actor: "debt_buyer_owner", Start: "2026-11-23T16:00:00Z"})
			if b := w.turn(beat{Say: "zip 78701"}); !strings.Contains(strings.Join(b.Expect.Says, " "), initial) {
				t.Fatalf("the first message: %q", b.Expect.Says)
			}
			for i := range w.snap.Recent {
				if w.snap.Recent[i].Direction == "out" {
					w.snap.Recent[i].Status = status
				}
			}
			b := w.turn(beat{Say: "how much do I owe?"})
			if got := strings.Contains(strings.Join(b.Expect.Says, " "), initial); got != again {
				t.Errorf("said again: %v, want %v: %q", got, again, b.Expect.Says)
			}
		})
	}
}
