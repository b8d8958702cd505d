package dialog_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/compliance/inbound"
	"parley/dialog"
)

func TestTheProvidersConfirmationOfAStopIsTheOnlyOne(t *testing.T) {
	t.Parallel()
	for handled, says := range map[bool]int{true: 0, false: 1} {
		w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
		in := w.input(beat{Say: "STOP"})
		in.ProviderHandled = handled
		w.snap.Accounts = w.visible()
		e := w.engine.Turn(context.Background(), w.snap, in, w.env())
		if len(e.Outgoing) != says || e.Address == nil || e.Address.SMSOptedOut.IsZero() || e.Address.Confirmed.IsZero() {
			t.Errorf("handled by the provider: %v; %d messages, %+v", handled, len(e.Outgoing), e.Address)
		}
	}
}

func TestWhatShowedWhoTheyAreIsHiddenFromAModelEverAfter(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z",
		Model: []string{`{"commands":[],"move":"","reply":"You owe {balance}."}`, `{"commands":[],"move":"","reply":"You owe {balance}."}`}})
	w.turn(beat{Say: "zip 78701, born 1986. how much do I owe?"})
	w.turn(beat{Say: "sorry, how much is it?"})
	if len(w.model.prompts) == 0 {
		t.Fatal("the model was not asked")
	}
	for i, p := range w.model.prompts {
		for _, factor := range []string{"78701", "1986"} {
			if strings.Contains(p, factor) {
				t.Errorf("prompt %d holds %s", i, factor)
			}
		}
	}
}

func TestAnOfferIsTakenUntilTheEndOfItsLastDayWhereThePersonIs(t *testing.T) {
	t.Parallel()
	for after, agreed := range map[string]bool{"0s": true, "24h": false} {
		w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
		p := w.engine.Settings.Portfolios["northwind-cards"]
		p.Autonomy["settlement"] = dialog.LevelAuto
		p.Policy.Settlement.ExpiresDays = 2
		w.engine.Settings.Portfolios["northwind-cards"] = p
		w.turn(beat{Say: "zip 78701"})
		w.turn(beat{Say: "can I settle for less?"})
		i := slices.IndexFunc(w.snap.Conversation.Table, func(o dialog.Offer) bool { return o.Terms.Expires.IsValid() })
		if i < 0 {
			t.Fatalf("no offer that expires: %+v", w.snap.Conversation.Table)
		}
		last := w.snap.Conversation.Table[i].Terms.Expires
		// Eleven at night in Austin on its last day, when it is the next day in UTC.
		w.now = last.In(time.UTC).Add(29 * time.Hour)
		w.turn(beat{Say: "zip 78701", After: "0s"})
		b := w.turn(beat{Say: "yes", After: after})
		if agreed != (b.Expect.Agreement != "") {
			t.Errorf("%s later: agreement %q, says %q", after, b.Expect.Agreement, b.Expect.Says)
		}
	}
}

func TestAStopIsHeardAtTheDoorAsWell(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
	in := w.input(beat{Say: "pls no more"})
	in.Keyword = inbound.OptOut // what the provider heard counts though we would not have
	w.snap.Accounts = w.visible()
	if e := w.engine.Turn(context.Background(), w.snap, in, w.env()); e.Address == nil || e.Address.SMSOptedOut.IsZero() {
		t.Errorf("not opted out: %+v", e.Address)
	}
}
