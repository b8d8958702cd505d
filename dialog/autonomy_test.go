package dialog_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialog"
)

func TestWilsonIsTheKnownBound(t *testing.T) {
	t.Parallel()
	// 81 of 263 and 15 of 148 are from Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
	for _, c := range []struct {
		well, of int
		want     float64
	}{{81, 263, 0.2553}, {15, 148, 0.0624}, {8, 10, 0.4902}, {10, 10, 0.7225}, {50, 100, 0.4038}, {400, 400, 0.9905},
		{371, 400, 0.8978}, {372, 400, 0.9007}, {0, 20, 0}, {0, 0, 0}, {5, 0, 0}, {-1, 4, 0}} {
		if got := dialog.Wilson(c.well, c.of); math.Abs(got-c.want) > 0.00005 {
			t.Errorf("%d of %d: %.5f, want %.4f", c.well, c.of, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(1, 2000).Draw(t, "of")
		well := rapid.IntRange(0, of).Draw(t, "well")
		b := dialog.Wilson(well, of)
		if share := float64(well) / float64(of); b < 0 || b > share {
			t.Fatalf("%d of %d: %f is not a lower bound of %f", well, of, b, share)
		}
		if well < of && dialog.Wilson(well+1, of) <= b || dialog.Wilson(2*well, 2*of) < b {
			t.Fatal("more evidence lowers it")
		}
	})
}

// told is a ledger, with bodies as the record keeps them.
type told struct{ all []dialog.LedgerEntry }

func (l *told) event(kind string, body any) *told {
	src, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	l.all = append(l.all, dialog.LedgerEntry{N: int64(len(l.all) + 1), Type: kind, Body: src})
	return l
}

type fields = map[string]any

func (l *told) uses(capability, offer string) *told {
	return l.event(dialog.EventUsed, dialog.Use{Capability: capability, Portfolio: "cards", Account: "a", Level: dialog.LevelAuto, Offer: offer})
}

func (l *told) agreed(offer string) *told {
	return l.event("agreement.accepted", fields{"agreement": "g-" + offer, "offer": offer})
}

func (l *told) handedOff(reason string) *told {
	return l.event("handoff.requested", fields{"reason": reason})
}

func (l *told) approval(state dialog.ApprovalState, offer string) *told {
	return l.event("approval."+string(state), fields{"approval": "p", "offer": offer})
}

func TestWhatAConversationShowsOfACapability(t *testing.T) {
	t.Parallel()
	start := func() *told { return (&told{}).event("message.received", fields{"seq": 1}) }
	for name, c := range map[string]struct {
		ledger *told
		result dialog.Result
		why    string
	}{
		"the balance was told":              {start().uses("answer_balance", ""), dialog.ResultWell, ""},
		"a human was asked for":             {start().uses("answer_balance", "").handedOff("request_human"), dialog.ResultWell, ""},
		"the law called for one":            {start().uses("answer_balance", "").handedOff("dispute"), dialog.ResultWell, ""},
		"a flag did":                        {start().uses("answer_balance", "").handedOff(dialog.FlagHold), dialog.ResultWell, ""},
		"another capability is for humans":  {start().uses("answer_balance", "").handedOff("capability_update_contact"), dialog.ResultWell, ""},
		"the bot did not understand":        {start().uses("answer_balance", "").handedOff("low_confidence"), dialog.ResultBadly, "low_confidence"},
		"it had not understood before":      {start().handedOff("low_confidence").uses("answer_balance", ""), dialog.ResultBadly, "low_confidence"},
		"it found no lawful words":          {start().uses("answer_balance", "").handedOff("no_lawful_reply"), dialog.ResultBadly, "no_lawful_reply"},
		"a turn failed":                     {start().uses("answer_balance", "").handedOff("turn_failed"), dialog.ResultBadly, "turn_failed"},
		"a reason nobody knows":             {start().uses("answer_balance", "").handedOff("new_in_2031"), dialog.ResultBadly, "new_in_2031"},
		"no reason at all":                  {start().uses("answer_balance", "").handedOff(""), dialog.ResultBadly, "no reason given"},
		"a plan was agreed":                 {start().uses("payment_plan", "o").agreed("o"), dialog.ResultWell, ""},
		"and not kept":                      {start().uses("payment_plan", "o").agreed("o").event("agreement.broken", fields{"agreement": "g-o"}).handedOff("promise_broken_again"), dialog.ResultWell, ""},
		"and replaced":                      {start().uses("payment_plan", "o").agreed("o").event("agreement.cancelled", fields{"agreement": "g-o", "replaced_by": "h"}), dialog.ResultWell, ""},
		"and taken back":                    {start().uses("payment_plan", "o").agreed("o").event("agreement.cancelled", fields{"agreement": "g-o"}), dialog.ResultBadly, "agreement taken back"},
		"a plan was tried":                  {start().uses("payment_plan", "o").agreed("another"), dialog.ResultBadly, "nothing was recorded"},
		"an offer was not valid any more":   {start().uses("payment_plan", "o").handedOff("offer_not_valid"), dialog.ResultBadly, "offer_not_valid"},
		"a promise was made":                {start().uses("promise", "o").event("promise.made", fields{"promise": "p", "offer": "o"}), dialog.ResultWell, ""},
		"a settlement waits":                {start().uses("settlement", "o").approval(dialog.ApprovalPending, "o"), dialog.ResultOpen, ""},
		"a settlement was approved":         {start().uses("settlement", "o").approval(dialog.ApprovalPending, "o").approval(dialog.ApprovalConsumed, "o").agreed("o"), dialog.ResultWell, ""},
		"it was refused":                    {start().uses("settlement", "o").approval(dialog.ApprovalPending, "o").approval(dialog.ApprovalRejected, "o"), dialog.ResultBadly, "a human refused it"},
		"it was changed, and then accepted": {start().uses("settlement", "o").approval(dialog.ApprovalSuperseded, "o").approval(dialog.ApprovalApproved, "e").uses("settlement", "e").agreed("e"), dialog.ResultBadly, "a human changed it"},
		"nobody decided":                    {start().uses("settlement", "o").approval(dialog.ApprovalExpired, "o").handedOff("approval_expired"), dialog.ResultOpen, ""},
		"nobody decided, and another was accepted and agreed": {start().uses("settlement", "o").approval(dialog.ApprovalExpired, "o").uses("settlement", "p").agreed("p"), dialog.ResultWell, ""},
		"the person accepted something else":                  {start().uses("settlement", "o").approval(dialog.ApprovalWithdrawn, "o"), dialog.ResultOpen, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := dialog.Outcomes(c.ledger.all)
			if len(got) != 1 || got[0].Result != c.result || got[0].Why != c.why || got[0].Portfolio != "cards" {
				t.Errorf("got %+v, want %s %q", got, c.result, c.why)
			}
		})
	}
}

func TestOutcomesAreByCapability(t *testing.T) {
	t.Parallel()
	l := (&told{}).uses("answer_balance", "").uses("payment_plan", "o").uses("answer_balance", "")
	want := []dialog.Outcome{
		{Portfolio: "cards", Capability: "answer_balance", Last: 3, Result: dialog.ResultWell},
		{Portfolio: "cards", Capability: "payment_plan", Last: 2, Result: dialog.ResultBadly, Why: "nothing was recorded"},
	}
	if diff := cmp.Diff(want, dialog.Outcomes(l.all)); diff != "" {
		t.Error(diff)
	}
	for i := range l.all {
		l.all[i].Body = nil
	}
	if got := dialog.Outcomes(l.all); len(got) != 0 {
		t.Errorf("a purged conversation shows %+v", got)
	}
	tally := dialog.Tally{}
	for _, r := range []dialog.Result{dialog.ResultWell, dialog.ResultOpen, dialog.ResultBadly} {
		tally.Add(r)
	}
	if tally != (dialog.Tally{Well: 1, Of: 2}) {
		t.Errorf("counted %+v", tally)
	}
}

func TestTheLowerLevelCountsAfterTheConfigurationChanged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ override, set, now, want dialog.Level }{
		{dialog.LevelAuto, dialog.LevelApprove, dialog.LevelApprove, dialog.LevelAuto},
		{dialog.LevelApprove, dialog.LevelAuto, dialog.LevelAuto, dialog.LevelApprove},
		{dialog.LevelAuto, dialog.LevelApprove, dialog.LevelOff, dialog.LevelOff},
		{dialog.LevelApprove, dialog.LevelAuto, dialog.LevelDraft, dialog.LevelDraft},
		{dialog.LevelDraft, dialog.LevelApprove, dialog.LevelAuto, dialog.LevelDraft},
		{dialog.LevelAuto, dialog.LevelApprove, "", ""},
	} {
		if got := (dialog.Override{Level: c.override, Configured: c.set}).Over(c.now); got != c.want {
			t.Errorf("%s over %s, configured now %s: %s, want %s", c.override, c.set, c.now, got, c.want)
		}
	}
	if dialog.LevelOff.Below("nonsense") || !dialog.Level("nonsense").Below(dialog.LevelDraft) {
		t.Error("an unknown level is not off")
	}
}

func TestTheEngineAsksForTheLevelOfNow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
	level := dialog.LevelAuto
	w.engine.Levels = func(portfolio, capability string) dialog.Level {
		if portfolio == "northwind-cards" && capability == "payment_plan" {
			return level
		}
		return w.engine.Settings.Portfolios[portfolio].Autonomy[capability]
	}
	for _, text := range []string{"78701", "can I pay monthly?"} {
		w.turn(beat{Say: text})
	}
	level = dialog.LevelApprove
	w.turn(beat{Press: 1})
	if n := len(w.effects.Approvals); n != 1 || w.effects.Conversation.Agreement.State != dialog.AgreementProposed {
		t.Fatalf("%d requests for approval, agreement %+v", n, w.effects.Conversation.Agreement)
	}
	var used []dialog.Use
	for _, e := range w.effects.Events {
		if u, ok := e.Body.(dialog.Use); ok && e.Type == dialog.EventUsed {
			used = append(used, u)
		}
	}
	if len(used) != 1 || used[0].Capability != "payment_plan" || used[0].Level != dialog.LevelApprove || used[0].Offer == "" {
		t.Errorf("recorded as used: %+v", used)
	}
	for _, c := range []struct {
		portfolio, capability string
		say                   dialog.Level
		want                  dialog.Level
	}{{"northwind-cards", "payment_plan", "sometimes", dialog.LevelOff}, {"none", "payment_plan", dialog.LevelAuto, dialog.LevelOff},
		{"northwind-cards", "payment_plan", dialog.LevelDraft, dialog.LevelDraft}} {
		level = c.say
		if got := w.engine.Level(c.portfolio, c.capability); got != c.want {
			t.Errorf("%s of %s is %s, want %s", c.capability, c.portfolio, got, c.want)
		}
	}
	w.engine.Levels = nil
	if got := w.engine.Level("northwind-cards", "payment_plan"); got != dialog.LevelAuto {
		t.Errorf("without the port it is %s", got)
	}
}
