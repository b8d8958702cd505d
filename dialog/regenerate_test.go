package dialog_test

import (
	"strings"
	"testing"
)

const (
	threat  = `{"commands":[],"move":"","reply":"Pay today or we will have you arrested."}`
	balance = `{"commands":[],"move":"","reply":"Thanks, {first_name}. The balance is {balance}. Would smaller payments help?"}`
)

func TestAModelIsToldTheRuleItBrokeAndWritesOnceMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "webchat", Address: "wc_test", Start: "2026-11-23T16:00:00Z", Model: []string{threat, balance}})
	b := w.turn(beat{Say: "zip 78701, born 1986"})
	if len(b.Expect.Says) != 1 || !strings.HasPrefix(b.Expect.Says[0], "Thanks, Angela.") {
		t.Fatalf("said %q", b.Expect.Says)
	}
	if len(w.model.prompts) != 2 || strings.Contains(w.model.prompts[0], "BROKE") {
		t.Fatalf("%d prompts", len(w.model.prompts))
	}
	told := w.model.prompts[1][strings.Index(w.model.prompts[1], "BROKE"):]
	if !strings.Contains(told, "OD-ARREST-01") || strings.Contains(told, "Pay today") {
		t.Errorf("it was told, and not in its own words: %s", told)
	}
}

func TestAModelThatBreaksTheRulesTwiceIsNotAskedAThirdTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "webchat", Address: "wc_test", Start: "2026-11-23T16:00:00Z", Model: []string{threat, threat, balance}})
	b := w.turn(beat{Say: "zip 78701, born 1986"})
	if len(w.model.prompts) != 2 || len(b.Expect.Says) != 1 || !strings.Contains(b.Expect.Says[0], "$1,240.00") || b.Expect.Control != "bot" {
		t.Errorf("%d prompts, said %q", len(w.model.prompts), b.Expect.Says)
	}
}
