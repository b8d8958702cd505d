package dialog_test

import (
	"strings"
	"testing"
	"time"
)

func smsWorld(t *testing.T) *world {
	return newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
}

func (w *world) says(t *testing.T, text string) outcome {
	t.Helper()
	return w.turn(beat{Say: text}).Expect
}

func TestAListOfGuessesIsOneFailedTry(t *testing.T) {
	t.Parallel()
	for _, list := range []string{"1984 1985 1986", "zip 78701 or 78702", "my zip is 78701, before that 78702, born 1986", "born 04/12/1986, or 1985"} {
		w := smsWorld(t)
		w.says(t, "hello")
		if e := w.says(t, list); e.Verified || w.snap.Conversation.Identity.Attempts != 1 {
			t.Errorf("%q: verified %v after %d tries", list, e.Verified, w.snap.Conversation.Identity.Attempts)
		}
	}
}

func TestAfterThreeFailedTriesNoGuessIsHeard(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	for _, guess := range []string{"zip 11111", "born 1970", "zip 90210", "zip 78701", "born 1986"} {
		if e := w.says(t, guess); e.Verified {
			t.Fatalf("%q identified after the tries were used up", guess)
		}
	}
}

func TestWhoSaysTheyAreSomebodyElseIsNotThePerson(t *testing.T) {
	t.Parallel()
	for name, said := range map[string][]string{
		"says so, then gives the ZIP code": {"I am her husband, what does she owe?", "zip 78701"},
		"says so and gives it at once":     {"I am her husband, zip 78701"},
		"was taken for the person before":  {"zip 78701", "I am her husband, what does she owe?"},
		"wrong number":                     {"wrong number", "sorry, it is me. zip 78701"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := smsWorld(t)
			var last outcome
			for _, text := range said {
				last = w.says(t, text)
			}
			if last.Verified || last.Control != "queued" {
				t.Errorf("verified %v, control %s", last.Verified, last.Control)
			}
		})
	}
}

func TestWhoNeverSaysWhoTheyAreReachesAHuman(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	heard := map[string]bool{}
	words := []string{"hello", "what is it", "hm", "tell me", "?"}
	reached := 0
	for i := 0; reached == 0 && i < 40; i++ {
		e := w.says(t, words[i%len(words)])
		if len(e.Says) != 1 {
			t.Fatalf("message %d was answered with %v", i+1, e.Says)
		}
		heard[e.Says[0]] = true
		if e.Control == "queued" {
			reached = i + 1
		}
	}
	if reached != 21 {
		t.Errorf("a human was reached after %d messages", reached)
	}
	if len(heard) < 3 {
		t.Errorf("the same question over and over: %v", heard)
	}
}

func TestHelpAndStartAreAnsweredThoughAHumanHasIt(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	for _, text := range []string{"78701", "I want a human", "STOP", "hello?"} {
		w.says(t, text)
	}
	if e := w.says(t, "START"); len(e.Says) != 1 || !strings.Contains(e.Says[0], "receive texts again") {
		t.Errorf("START: %v", e.Says)
	}
	if e := w.says(t, "HELP"); len(e.Says) != 1 || e.Control != "queued" {
		t.Errorf("HELP: %+v", e)
	}
}

func TestAFigureAfterASettlementIsACounterToIt(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"1000", "can you do 1000", "ok 1000"} {
		w := smsWorld(t)
		w.says(t, "78701")
		w.says(t, "can I settle for less?")
		e := w.says(t, said)
		if len(e.Says) != 1 || !strings.Contains(e.Says[0], "settle the account") {
			t.Errorf("%q was answered with %v", said, e.Says)
		}
	}
}

func TestWhatCoversTheBalanceIsAPaymentInFull(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	w.says(t, "78701")
	if e := w.says(t, "1240"); len(e.Says) != 1 || !strings.Contains(e.Says[0], "one payment of $1,240.00") {
		t.Errorf("answered with %v", e.Says)
	}
}

func TestAYesThatEndsWithANoAgreesToNothing(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	for _, text := range []string{"78701", "60 a month?", "yes and also no"} {
		if e := w.says(t, text); e.Agreement != "" {
			t.Errorf("%q agreed to %s", text, e.Agreement)
		}
	}
}

func TestWhatWasAgreedCanBeCancelledByWriting(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	for _, text := range []string{"78701", "60 a month?", "yes"} {
		w.says(t, text)
	}
	if e := w.says(t, "cancel my plan"); e.Control != "queued" || len(e.Says) != 1 {
		t.Errorf("answered with %+v", e)
	}
}

func TestAskedForAnotherLanguageTheThreadGoesOnInIt(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	for _, text := range []string{"78701", "can I pay monthly?"} {
		w.says(t, text)
	}
	if e := w.says(t, "prefiero español"); len(e.Says) != 1 || !strings.Contains(e.Says[0], "pagos mensuales") {
		t.Errorf("answered with %v", e.Says)
	}
}

func TestAYesToAnOfferNobodyCouldHaveReadIsNone(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	w.says(t, "78701")
	w.says(t, "60 a month?")
	w.snap.Conversation.Table[0].MadeAt = w.now.Add(time.Hour) // after they wrote
	if e := w.says(t, "yes"); e.Agreement != "" || len(e.Says) != 1 || !strings.Contains(e.Says[0], "$") {
		t.Errorf("agreed to %q, said %v", e.Agreement, e.Says)
	}
}

func TestNothingIsSaidToBeSetUpThatIsNot(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"1", "3", "third one", "option 2", "yes to everything", "the last one please"} {
		w := smsWorld(t)
		w.says(t, "78701")
		e := w.says(t, said)
		if e.Agreement != "" || e.Promise != "" {
			continue
		}
		for _, text := range e.Says {
			if strings.Contains(text, "set") && strings.Contains(text, "up") || strings.Contains(text, "noted") {
				t.Errorf("%q was answered with %q, and nothing is agreed", said, text)
			}
		}
	}
}

func TestALanguageAloneIsAskedFor(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	for _, text := range []string{"78701", "hola", "english"} {
		w.says(t, text)
	}
	if w.snap.Conversation.Language != "en" {
		t.Errorf("goes on in %s", w.snap.Conversation.Language)
	}
}
