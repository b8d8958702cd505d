package dialog_test

import "testing"

func TestWhoGivesUpWaitingGetsNoMoreGuesses(t *testing.T) {
	t.Parallel()
	for name, said := range map[string][]string{
		"after three failed tries":       {"zip 11111", "born 1970", "zip 90210", "continue", "zip 78701"},
		"and one more, whatever is said": {"zip 11111", "born 1970", "zip 90210", "never mind", "hello", "zip 78701", "continue", "born 1986"},
		"two, a human asked for, two":    {"zip 11111", "born 1970", "let me talk to a human", "continue", "zip 90210", "zip 78701"},
		"who is somebody else":           {"I am her husband, what does she owe?", "continue", "zip 78701"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := smsWorld(t)
			for _, text := range said {
				if e := w.says(t, text); e.Verified {
					t.Fatalf("%q identified", text)
				}
			}
		})
	}
	t.Run("but who has tries left may go on with the bot", func(t *testing.T) {
		t.Parallel()
		w := smsWorld(t)
		w.says(t, "zip 11111")
		w.says(t, "let me talk to a human")
		if e := w.says(t, "continue"); e.Control != "bot" || w.snap.Conversation.Identity.Attempts != 1 {
			t.Errorf("control %s, %d tries", e.Control, w.snap.Conversation.Identity.Attempts)
		}
		if e := w.says(t, "zip 78701"); !e.Verified {
			t.Error("the right ZIP code did not identify")
		}
	})
}
