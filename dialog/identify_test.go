package dialog_test

import (
	"slices"
	"strings"
	"testing"

	"parley/dialog"
)

// household is a world where two people share a number and a ZIP code.
func household(t *testing.T) *world {
	w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
	partner := w.accounts["acct-1001"]
	partner.ID, partner.Person.ID, partner.Person.Name = "acct-2001", "p-2001", "Ben Torres"
	partner.Factors = testKeys.Factors("78701", "1984-07-09", "1234", "9090")
	w.accounts[partner.ID] = partner
	w.snap.Conversation.Candidates = []string{"acct-1001", "acct-2001"}
	return w
}

func TestANumberTwoPeopleShareIsAskedForMore(t *testing.T) {
	t.Parallel()
	w := household(t)
	b := w.turn(beat{Say: "my zip is 78701"})
	if b.Expect.Verified || w.snap.Conversation.Identity.Attempts != 0 || !strings.Contains(b.Expect.Says[0], "year of birth") {
		t.Fatalf("after the ZIP code both have: %+v", b.Expect)
	}
	b = w.turn(beat{Say: "1984"})
	if !b.Expect.Verified || w.snap.Conversation.Account != "acct-2001" {
		t.Errorf("identified as %q: %+v", w.snap.Conversation.Account, b.Expect)
	}
}

func TestAThreadIsOnePersonsAndIsNotTakenOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "webchat", Address: "wc_test", Start: "2026-11-23T16:00:00Z"})
	w.turn(beat{Say: "zip 78701, born 1986"})
	b := w.turn(beat{Say: "zip 77002, born 1991", After: "2h"})
	if b.Expect.Verified || w.snap.Conversation.Account != "acct-1001" || w.snap.Conversation.Identity.Attempts != 1 {
		t.Errorf("another person took the thread over: %+v %+v", w.snap.Conversation.Account, b.Expect)
	}
}

func TestWrongFactorsNeverIdentify(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"zip 78701, born 1987", "zip 78702, born 1986", "78701", "born 1986", "04/13/1986 78701", "zip 78701 ssn 0000"} {
		w := newWorld(t, script{Channel: "webchat", Address: "wc_test", Start: "2026-11-23T16:00:00Z"})
		w.turn(beat{Say: "hello"})
		if b := w.turn(beat{Say: said}); b.Expect.Verified {
			t.Errorf("%q identified as %s", said, w.snap.Conversation.Account)
		}
	}
}

func TestRightFactorsIdentifyHoweverTheyAreSaid(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"zip 78701, born 1986", "78701 1986", "my birthday is April 12 1986 and I live in 78701", "1986, 78701", "04/12/1986 78701", "nací en 1986, código postal 78701"} {
		w := newWorld(t, script{Channel: "webchat", Address: "wc_test", Start: "2026-11-23T16:00:00Z"})
		w.turn(beat{Say: "hello"})
		if b := w.turn(beat{Say: said}); !b.Expect.Verified {
			t.Errorf("%q did not identify: %q", said, b.Expect.Says)
		}
	}
}

func TestAListOfGuessesIsATryThatFailedWhateverIsInIt(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"zip 78699 78701", "born 1985 or 1986", "ssn 1111 2222 3333 6789", "last four of my social 1111, 2222, 6789",
		"dob 04/10/1986, 04/11/1986, 04/12/1986", "04/10/1986 04/11/1986 04/12/1986"} {
		w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
		w.turn(beat{Say: "hello"})
		if b := w.turn(beat{Say: said}); b.Expect.Verified || w.snap.Conversation.Identity.Attempts != 1 {
			t.Errorf("%q: verified %v after %d tries", said, b.Expect.Verified, w.snap.Conversation.Identity.Attempts)
		}
	}
}

func TestWhatIsNotOnFileContradictsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
	a := w.accounts["acct-1001"]
	a.Factors = testKeys.Factors("78701", "", "", "")
	w.accounts[a.ID] = a
	if b := w.turn(beat{Say: "zip 78701, born 1986"}); !b.Expect.Verified {
		t.Errorf("without a year of birth on file: %+v", b.Expect)
	}
}

func TestFactorsAreKeptAsKeyedHashesOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "webchat", Address: "wc_test", Start: "2026-11-23T16:00:00Z"})
	w.turn(beat{Say: "hello"})
	w.turn(beat{Say: "born 1986"})
	held := w.snap.Conversation.Identity.Held
	if len(held) == 0 || slices.ContainsFunc(values(held), func(v string) bool { return strings.Contains(v, "1986") || len(v) != 64 }) {
		t.Errorf("held: %v", held)
	}
	other, err := dialog.NewKeyer([]byte("another key of 16"))
	if err != nil {
		t.Fatal(err)
	}
	if other.Factor("zip", "78701") == testKeys.Factor("zip", "78701") {
		t.Error("the hash does not depend on the key")
	}
	if _, err := dialog.NewKeyer([]byte("short")); err == nil {
		t.Error("a short key was accepted")
	}
}

func values(m map[string]string) []string {
	var out []string
	for _, v := range m {
		out = append(out, v)
	}
	return out
}
