package dialog

import (
	"errors"
	"fmt"
	"slices"

	"parley/compliance"
	"parley/compliance/gate"
	"parley/dialog/llm"
	"parley/negotiation"
	"parley/prompts"
)

// requestApproval asks a human to permit an offer the person has accepted, and
// tells the person truthfully that it is not agreed yet. The conversation goes on
// meanwhile. Terms that a human has approved and the person now accepts are done at once.
func (t *turn) requestApproval(o Offer) {
	args := ApprovalArgs{Offer: o.ID, Kind: o.Kind, Terms: o.Terms}
	if a, ok := t.permission(args); ok {
		t.record(StepAuthorise, StepOK, map[string]any{"approval": a.ID, "offer": o.ID}, map[string]any{"approved_by": a.DecidedBy})
		a.State, a.ConsumedAt = ApprovalConsumed, t.now
		t.putApproval(a)
		t.act(o)
		return
	}
	t.supersede("the person accepted another offer")
	a := t.newApproval("bot", args)
	if !promised(o.Kind) {
		t.propose(o, AgreementProposed)
		a.Agreement = t.conv.Agreement.ID
	}
	a.Reasons = []string{string(o.Kind) + " is set to approve"}
	t.putApproval(a)
	t.conv.Table, t.conv.Pending = nil, "approval"
	t.sayTemplate("pending_approval", "handoff")
}

// promised reports a kind whose acceptance makes a promise, not an agreement.
func promised(k negotiation.MoveKind) bool {
	return k == negotiation.MovePromise || k == negotiation.MoveFull
}

// permission finds what a human approved and the person had yet to accept: these
// very arguments, in time, not used before.
func (t *turn) permission(args ApprovalArgs) (Approval, bool) {
	hash := args.Hash()
	for _, a := range t.snap.Approvals {
		if a.State == ApprovalApproved && hash != "" && a.SHA256 == hash && a.Args.Hash() == hash && t.now.Before(a.ExpiresAt) {
			return a, true
		}
	}
	return Approval{}, false
}

// supersede withdraws what is still open in this conversation: one thing is asked for at a time.
func (t *turn) supersede(why string) {
	for _, a := range t.snap.Approvals {
		if a.Open() {
			a.State, a.Failure = ApprovalWithdrawn, why
			t.putApproval(a)
			t.withdraw(a)
		}
	}
}

func (t *turn) newApproval(by string, args ApprovalArgs) Approval {
	return Approval{
		ID: t.env.NewID(), Conversation: t.conv.ID, Account: t.conv.Account, Turn: t.id, RequestedBy: by, Action: ActionAgree, ActionVersion: 1,
		Args: args, SHA256: args.Hash(), Policy: t.policy().Version, State: ApprovalPending, CreatedAt: t.now, ExpiresAt: t.now.Add(ApprovalLasts), Epoch: t.conv.Epoch,
	}
}

// putApproval writes a request and keeps its timer.
func (t *turn) putApproval(a Approval) {
	t.fx.Approvals = append(t.fx.Approvals, a)
	timer := "approval." + a.ID
	if a.Open() {
		t.fx.SetTimers = append(t.fx.SetTimers, Timer{Name: timer, Kind: TimerApproval, Due: a.ExpiresAt, Body: mustJSON(a)})
	} else {
		t.fx.CancelTimers = append(t.fx.CancelTimers, timer)
	}
	t.event("approval."+string(a.State), t.who(), map[string]any{"approval": a.ID, "offer": a.Args.Offer, "sha256": a.SHA256, "kind": a.Args.Kind,
		"total": a.Args.Terms.Total.Decimal(), "decided_by": a.DecidedBy, "parent": a.Parent, "failure": a.Failure})
}

// carryOut does what was approved, once. Everything is checked again first;
// what does not pass goes to a human, and nothing is agreed.
func (t *turn) carryOut(a Approval) {
	if why := t.overtaken(a); why != "" {
		a.State, a.Failure = ApprovalWithdrawn, why
		t.putApproval(a)
		return
	}
	offer := a.Args.offer()
	err := t.executable(a)
	outcome := StepOK
	if err != nil {
		outcome = StepHandoff
	}
	t.record(StepAuthorise, outcome, map[string]any{"approval": a.ID, "offer": offer.ID, "sha256": a.SHA256},
		map[string]any{"approved_by": a.DecidedBy, "allowed": err == nil})
	switch {
	case err != nil:
		a.State, a.Failure = ApprovalFailed, err.Error()
		t.putApproval(a)
		t.withdraw(a)
		t.handOff(Reason{Code: "approval_failed", Detail: "Approved, but no longer valid: " + err.Error()}, 1)
	case a.Parent != "": // the person has not agreed to the edited terms: it is an offer
		a.State, a.ExpiresAt = ApprovalApproved, t.now.Add(ApprovalLasts)
		t.putApproval(a)
		t.withdraw(a)
		t.offerAgain(offer)
	default:
		a.State, a.ConsumedAt = ApprovalConsumed, t.now
		t.putApproval(a)
		t.complete(a, offer)
	}
}

// overtaken says why there is nothing left to do: the person agreed to something
// else since. It is "" where the action still stands.
func (t *turn) overtaken(a Approval) string {
	g := t.conv.Agreement
	if g != nil && g.ID != a.Agreement && g.State != AgreementCancelled && !g.At.Before(a.CreatedAt) {
		return "the person has agreed to something else since"
	}
	return ""
}

// executable checks everything anew: whose account it is, that we know who we
// would tell, that they may be told, the flags, the offer's last day, and the
// policy with its floor, which no approver can lower.
func (t *turn) executable(a Approval) error {
	switch {
	case t.conv.Control == ControlClosed:
		return errors.New("the conversation is closed")
	case t.conv.Account != a.Account:
		return errors.New("the conversation is about another account")
	case !t.conv.Identity.Verified:
		return errors.New("it is not known any more who is there")
	case a.Agreement != "" && (t.conv.Agreement == nil || t.conv.Agreement.ID != a.Agreement || t.conv.Agreement.State != AgreementProposed):
		return errors.New("the proposed agreement is gone")
	}
	if err := t.stillGood(a.Args.offer()); err != nil {
		return err
	}
	snap := t.snap
	snap.Conversation, snap.Address = t.conv, t.address
	if v := gate.Decide(t.e.Settings.Contact(snap, "reply", "bot", t.now)); v.Decision != gate.Allow && v.Decision != gate.Delay {
		return fmt.Errorf("the person may not be told: %v", compliance.RuleIDs(v.Findings))
	}
	return nil
}

// complete moves the proposed agreement on and confirms it from the record; what
// has no agreement (a promise) is made now.
func (t *turn) complete(a Approval, o Offer) {
	if a.Agreement == "" {
		t.act(o)
		return
	}
	t.setAgreement(AgreementApproved)
	t.setAgreement(AgreementAccepted)
	t.record(StepAct, StepOK, map[string]any{"offer": o.ID, "kind": o.Kind, "approval": a.ID}, "agreement "+a.Agreement)
	t.conv.Table, t.conv.Pending = nil, ""
	t.confirmAgreement(o)
}

// offerAgain puts approved terms that the person has not seen on the table.
func (t *turn) offerAgain(o Offer) {
	option := llm.NewOption(o.ID, negotiation.Move{Kind: o.Kind, Terms: o.Terms}, t.conv.Language)
	o.Label, o.Turn, o.MadeAt = option.Label, t.id, t.now
	t.conv.Table, t.conv.Pending = []Offer{o}, "accept"
	t.conv.Offered = append(slices.Clone(t.conv.Offered), o)
	values := map[string]string{"words": option.Words}
	for k, v := range option.Values {
		values[k] = v
	}
	if !t.sayPhrase("offer", values) {
		t.handOff(Reason{Code: "no_lawful_reply", Detail: "Edited terms were approved; the offer could not be written."}, 1)
	}
}

// withdraw takes the proposed agreement of a request back, where it has one.
func (t *turn) withdraw(a Approval) {
	if g := t.conv.Agreement; g != nil && g.ID == a.Agreement && g.State == AgreementProposed {
		t.setAgreement(AgreementCancelled)
		t.conv.Agreement = nil
	}
	if t.conv.Pending == "approval" {
		t.conv.Pending = ""
	}
}

// setAgreement moves the conversation's agreement, and the account's copy with it.
func (t *turn) setAgreement(to AgreementState) { t.moveAgreement(to) }

// sayPhrase sends a sentence of the book, filled.
func (t *turn) sayPhrase(key string, values map[string]string) bool {
	text, err := llm.Fill(prompts.Phrases(t.conv.Language).Say(key, 0), values)
	if err != nil || text == "" {
		return false
	}
	t.record(StepCompose, StepOK, map[string]any{"template": key}, map[string]any{"text": text})
	return t.send(outgoing{Text: text, Purpose: "reply", From: "bot", Offers: t.conv.Table})
}

// The kinds of timers.
const (
	TimerApproval = "approval"
)

// expireApproval ends a request nobody decided: a human gets the conversation, and
// the person is told that. Approved terms the person did not take just lapse.
func (t *turn) expireApproval(a Approval) {
	i := slices.IndexFunc(t.snap.Approvals, func(x Approval) bool { return x.ID == a.ID && x.Open() })
	if i < 0 {
		return // decided meanwhile
	}
	a = t.snap.Approvals[i]
	pending := a.State == ApprovalPending
	a.State = ApprovalExpired
	t.putApproval(a)
	t.withdraw(a)
	t.conv.Table = slices.DeleteFunc(slices.Clone(t.conv.Table), func(o Offer) bool { return o.ID == a.Args.Offer })
	if pending && t.overtaken(a) == "" {
		t.handOff(Reason{Code: "approval_expired", Detail: "Nobody decided on the approval in time."}, 1)
	}
}
