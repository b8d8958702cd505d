package dialog_test

import (
	"strings"
	"testing"
)

func TestPeopleWhoShareZIPAndYearAreAskedForTheirDateOfBirth(t *testing.T) {
	t.Parallel()
	for name, said := range map[string][]string{"in one message": {"zip 78701, born 1986"}, "in two": {"78701", "1986"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, script{Channel: "webchat", Address: "wc_test", Start: "2026-11-23T16:00:00Z"})
			other := w.accounts["acct-1001"]
			other.ID, other.Person.ID, other.Person.Name = "acct-2002", "p-2002", "Ann Shore"
			other.Factors = testKeys.Factors("78701", "1986-10-30", "1234", "9090")
			w.accounts[other.ID] = other
			w.says(t, "hello")
			var e outcome
			for _, text := range said {
				e = w.says(t, text)
			}
			if e.Verified || w.snap.Conversation.Identity.Attempts != 0 || len(e.Says) != 1 || !strings.Contains(e.Says[0], "date of birth") {
				t.Fatalf("after what both have: %+v, %d tries", e, w.snap.Conversation.Identity.Attempts)
			}
			if e = w.says(t, "October 30, 1986"); !e.Verified || w.snap.Conversation.Account != "acct-2002" {
				t.Errorf("identified as %q: %+v", w.snap.Conversation.Account, e)
			}
		})
	}
}
