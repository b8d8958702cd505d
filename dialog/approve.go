package dialog

import (
	"errors"
	"fmt"
	"slices"

	"parley/dialog/llm"
	"parley/negotiation"
	"parley/prompts"
)

// requestApproval asks a human to permit an offer the person has accepted, and
// tells the person truthfully that it is not agreed yet. The conversation goes on meanwhile.
func (t *turn) requestApproval(o Offer) {
	t.propose(o, AgreementProposed)
	a := t.newApproval("bot", ApprovalArgs{Offer: o.ID, Kind: o.Kind, Terms: o.Terms})
	a.Reasons = []string{string(o.Kind) + " is set to approve"}
	t.putApproval(a)
	t.conv.Table, t.conv.Pending = nil, "approval"
	t.sayTemplate("pending_approval", "handoff")
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
	if a.State == ApprovalPending {
		t.fx.SetTimers = append(t.fx.SetTimers, Timer{Name: timer, Kind: TimerApproval, Due: a.ExpiresAt, Body: mustJSON(a)})
	} else {
		t.fx.CancelTimers = append(t.fx.CancelTimers, timer)
	}
	t.event("approval."+string(a.State), t.who(), map[string]any{"approval": a.ID, "sha256": a.SHA256, "kind": a.Args.Kind,
		"total": a.Args.Terms.Total.Decimal(), "decided_by": a.DecidedBy, "parent": a.Parent})
}

// Decision is what a human decides on a request.
type Decision struct {
	By, Role string
	// Verdict is approve, reject or edit.
	Verdict string
	// Comment is required to reject.
	Comment string
	// ExpectedSHA256 is the hash of what the human saw; "" where a tool does not show it.
	ExpectedSHA256 string
	// Total replaces the total of a single payment, for edit.
	Total negotiation.Money
}

// Errors of a decision; each changes nothing.
var (
	ErrDecided  = errors.New("dialog: the request was decided already")
	ErrExpired  = errors.New("dialog: the request has expired")
	ErrOwn      = errors.New("dialog: who asked may not approve")
	ErrNotSeen  = errors.New("dialog: the request is not the one that was shown")
	ErrNoReason = errors.New("dialog: a rejection needs a reason")
	ErrRole     = errors.New("dialog: the role has no authority for these terms")
	ErrVerdict  = errors.New("dialog: the verdict must be approve, reject or edit")
)

// Decide carries out a human's decision. Everything is checked again now: the
// law, the policy and the account may have changed since it was asked.
func (e *Engine) Decide(snap Snapshot, a Approval, d Decision, env Env) (Effects, error) {
	t := e.action(snap, d.By, env)
	if err := t.mayDecide(a, d); err != nil {
		return Effects{}, err
	}
	a.DecidedBy, a.DecidedAt, a.Comment = d.By, t.now, d.Comment
	switch d.Verdict {
	case "approve":
		t.carryOut(a)
	case "reject":
		a.State = ApprovalRejected
		t.putApproval(a)
		t.withdraw()
		t.sayPhrase("approval_rejected", nil)
	case "edit":
		t.edit(a, d)
	}
	return t.finish(), nil
}

func (t *turn) mayDecide(a Approval, d Decision) error {
	switch {
	case !slices.Contains([]string{"approve", "reject", "edit"}, d.Verdict):
		return ErrVerdict
	case a.State != ApprovalPending:
		return fmt.Errorf("%w: it is %s by %s", ErrDecided, a.State, a.DecidedBy)
	case !t.now.Before(a.ExpiresAt):
		return ErrExpired
	case a.RequestedBy == d.By:
		return ErrOwn
	case a.SHA256 != a.Args.Hash() || (d.ExpectedSHA256 != "" && d.ExpectedSHA256 != a.SHA256):
		return ErrNotSeen
	case d.Verdict == "reject" && d.Comment == "":
		return ErrNoReason
	case d.Verdict != "reject" && !t.authority(d.Role, a.Args):
		return ErrRole
	}
	return nil
}

// authority reports whether a role may approve the terms. A key without a role
// acts for the operator and has the widest authority, which is still the floor.
func (t *turn) authority(role string, args ApprovalArgs) bool {
	if role == "" || role == "admin" || args.Kind != negotiation.MoveSettlement {
		return true
	}
	lowest, ok := t.policy().Authority[role]
	acc, known := t.account()
	return ok && known && args.Terms.Total.Minor >= acc.Balance.Share(lowest).Minor
}

// carryOut does what was approved, once.
func (t *turn) carryOut(a Approval) {
	offer := Offer{ID: a.Args.Offer, Kind: a.Args.Kind, Terms: a.Args.Terms}
	if err := t.stillGood(offer); err != nil {
		a.State, a.Comment = ApprovalFailed, err.Error()
		t.putApproval(a)
		t.withdraw()
		t.handOff(Reason{Code: "approval_failed", Detail: "Approved, but no longer valid: " + err.Error()}, 1)
		return
	}
	a.State, a.ConsumedAt = ApprovalConsumed, t.now
	t.putApproval(a)
	t.withdraw()
	if a.Parent != "" { // the person has not agreed to the edited terms: it is an offer
		t.offerAgain(offer)
		return
	}
	t.act(offer)
}

// edit replaces the request by one with other terms, which somebody else must approve.
func (t *turn) edit(a Approval, d Decision) {
	terms := a.Args.Terms
	if len(terms.Installments) == 1 && d.Total.Minor > 0 {
		terms.Total = d.Total
		terms.Installments = []negotiation.Installment{{Due: terms.Installments[0].Due, Amount: d.Total}}
	}
	next := t.newApproval(d.By, ApprovalArgs{Offer: a.Args.Offer + ".edited", Kind: a.Args.Kind, Terms: terms})
	next.Parent, next.Reasons = a.ID, []string{"edited by " + d.By}
	a.State = ApprovalSuperseded
	t.putApproval(a)
	t.putApproval(next)
}

// offerAgain puts approved terms that the person has not seen on the table.
func (t *turn) offerAgain(o Offer) {
	option := llm.NewOption(o.ID, negotiation.Move{Kind: o.Kind, Terms: o.Terms}, t.conv.Language)
	o.Label, o.Turn, o.MadeAt = option.Label, t.id, t.now
	t.conv.Table, t.conv.Pending = []Offer{o}, "accept"
	t.conv.Offered = append(t.conv.Offered, o)
	t.sayPhrase("offer", map[string]string{"words": option.Words})
}

// withdraw takes the proposed agreement back, where it is one.
func (t *turn) withdraw() {
	if a := t.conv.Agreement; a != nil && a.State == AgreementProposed {
		t.setAgreement(AgreementCancelled)
		t.conv.Agreement = nil
	}
	if t.conv.Pending == "approval" {
		t.conv.Pending = ""
	}
}

// setAgreement moves the conversation's agreement and the account's copy of it.
func (t *turn) setAgreement(to AgreementState) {
	a := *t.conv.Agreement
	a.State = to
	t.conv.Agreement = &a
	if acc, ok := t.account(); ok {
		acc.Agreements = slices.Clone(acc.Agreements)
		for i := range acc.Agreements {
			if acc.Agreements[i].ID == a.ID {
				acc.Agreements[i].State = to
			}
		}
		t.change(acc)
	}
	t.event("agreement."+string(to), t.who(), map[string]any{"agreement": a.ID})
}

// sayPhrase sends a sentence of the book, filled.
func (t *turn) sayPhrase(key string, values map[string]string) bool {
	text, err := llm.Fill(prompts.Phrases(t.conv.Language).Say(key, 0), values)
	if err != nil || text == "" {
		return false
	}
	t.record(StepCompose, StepOK, map[string]any{"template": key}, map[string]any{"text": text})
	return t.send(outgoing{Text: text, Purpose: "reply", From: "bot", Offers: t.conv.Table})
}

// expireApproval ends a request nobody decided: the person is told, and a human gets it.
func (t *turn) expireApproval(a Approval) {
	a.State, a.DecidedAt = ApprovalExpired, t.now
	t.putApproval(a)
	t.withdraw()
	t.handOff(Reason{Code: "approval_expired", Detail: "Nobody decided on the approval in time."}, 1)
}

// The kinds of timers.
const (
	TimerApproval = "approval"
)
