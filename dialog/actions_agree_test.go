package dialog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"parley/dialog"
	"parley/negotiation"
)

// withAda is a conversation in which Ada speaks with an identified person who has asked for something.
func withAda(t *testing.T, ask string) *world {
	t.Helper()
	w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"})
	w.turn(beat{Say: "hi, zip 78701, born 1986"})
	w.turn(beat{Say: "I want a human"})
	w.snap.Accounts = w.visible()
	w.did(w.engine.Claim(w.snap, w.snap.Conversation.Handoff.ID, "ada", w.env()))
	w.turn(beat{Say: ask})
	w.snap.Accounts = w.visible()
	return w
}

func offerOf(t *testing.T, w *world, kind negotiation.MoveKind) dialog.Offer {
	t.Helper()
	for _, o := range w.engine.Offers(w.snap, w.env()) {
		if o.Kind == kind {
			return o
		}
	}
	t.Fatalf("no %s among %+v", kind, w.engine.Offers(w.snap, w.env()))
	return dialog.Offer{}
}

func TestAnAgentRecordsWhatThePersonAccepted(t *testing.T) {
	t.Parallel()
	w := withAda(t, "can I pay by the month?")
	o := offerOf(t, w, negotiation.MovePlan)
	e := w.did(w.engine.Agree(w.snap, "ada", "agent", o.ID, w.env()))
	g := w.snap.Conversation.Agreement
	if g == nil || g.State != dialog.AgreementAccepted || g.Terms.Total != o.Terms.Total || len(w.accounts["acct-1001"].Agreements) != 1 {
		t.Fatalf("agreed: %+v", g)
	}
	if w.snap.Conversation.Control != dialog.ControlHuman {
		t.Errorf("control is %s", w.snap.Conversation.Control)
	}
	for _, out := range e.Outgoing {
		if out.Purpose != "written_copy" {
			t.Errorf("the bot said %q", out.Cleared.Out().Text)
		}
	}
	if d := w.snap.Conversation.Draft; len(e.Outgoing) == 0 || d == nil || !strings.Contains(d.Text, "$") {
		t.Errorf("%d messages; the agent is given %+v", len(e.Outgoing), d)
	}
	w.snap.Accounts = w.visible()
	if again := w.did(w.engine.Agree(w.snap, "ada", "agent", o.ID, w.env())); len(again.Outgoing)+len(again.Events) != 0 {
		t.Errorf("recorded twice: %+v", again.Events)
	}
}

func TestAnAgentRecordsNothingThatMayNotBeAgreed(t *testing.T) {
	t.Parallel()
	w := withAda(t, "can I pay by the month?")
	plan := offerOf(t, w, negotiation.MovePlan)
	for name, try := range map[string]func() error{
		"by somebody who does not hold it": func() error {
			_, err := w.engine.Agree(w.snap, "bob", "agent", plan.ID, w.env())
			return err
		},
		"of terms nobody may offer": func() error {
			_, err := w.engine.Agree(w.snap, "ada", "agent", "agreed.0123456789abcdef0123", w.env())
			return err
		},
		"on an account in bankruptcy": func() error {
			snap := w.snap
			a := w.accounts["acct-1001"]
			a.Flags = map[string]dialog.Flag{"bankruptcy": {At: w.now, Why: "said so"}}
			snap.Accounts = []dialog.Account{a}
			_, err := w.engine.Agree(snap, "ada", "agent", plan.ID, w.env())
			return err
		},
	} {
		var refused *dialog.Refused
		if err := try(); !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestASettlementBeyondTheRoleIsRecordedWithAnApprovalOnly(t *testing.T) {
	t.Parallel()
	w := withAda(t, "can I settle for less?")
	o := offerOf(t, w, negotiation.MoveSettlement)
	var refused *dialog.Refused
	if _, err := w.engine.Agree(w.snap, "ada", "trainee", o.ID, w.env()); !errors.As(err, &refused) || !strings.Contains(refused.Why, "approval") {
		t.Fatalf("without an approval: %v", err)
	}
	args := dialog.ApprovalArgs{Offer: "asked", Kind: o.Kind, Terms: o.Terms}
	w.snap.Approvals = []dialog.Approval{{ID: "ap-1", Conversation: w.snap.Conversation.ID, Account: "acct-1001", Action: dialog.ActionAgree, ActionVersion: 1, Args: args,
		SHA256: args.Hash(), State: dialog.ApprovalApproved, ExpiresAt: w.now.Add(time.Hour)}}
	e, err := w.engine.Agree(w.snap, "ada", "trainee", o.ID, w.env())
	if err != nil || e.Conversation.Agreement == nil || e.Conversation.Agreement.Kind != "settlement" {
		t.Fatalf("with one: %v", err)
	}
	if len(e.Approvals) != 1 || e.Approvals[0].State != dialog.ApprovalConsumed {
		t.Errorf("the approval: %+v", e.Approvals)
	}
}
