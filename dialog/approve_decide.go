package dialog

import (
	"errors"
	"fmt"
	"slices"

	"parley/negotiation"
)

// Decision is what a human decides on a request.
type Decision struct {
	By, Role string
	// Verdict is approve, reject or edit.
	Verdict string
	// Comment is required to reject.
	Comment string
	// ExpectedSHA256 is the hash of what the human saw; "" where a tool does not show it.
	ExpectedSHA256 string
	// Total replaces the total, for edit.
	Total negotiation.Money
}

// The verdicts.
const (
	VerdictApprove = "approve"
	VerdictReject  = "reject"
	VerdictEdit    = "edit"
)

// Errors of a decision; each changes nothing.
var (
	ErrDecided  = errors.New("dialog: the request was decided already")
	ErrExpired  = errors.New("dialog: the request has expired")
	ErrOwn      = errors.New("dialog: who asked may not approve")
	ErrNotSeen  = errors.New("dialog: the request is not the one that was shown")
	ErrNoReason = errors.New("dialog: a rejection needs a reason")
	ErrRole     = errors.New("dialog: the role has no authority for these terms")
	ErrVerdict  = errors.New("dialog: the verdict must be approve, reject or edit")
	ErrTerms    = errors.New("dialog: the edited terms may not be offered")
)

// Decide carries out a human's decision on one of the snapshot's open requests.
// Everything is checked again now: the law, the policy and the account may have
// changed since it was asked. ErrDecided: it is not among them, or not pending.
func (e *Engine) Decide(snap Snapshot, id string, d Decision, env Env) (Effects, error) {
	t := e.action(snap, d.By, env)
	i := slices.IndexFunc(snap.Approvals, func(a Approval) bool { return a.ID == id })
	if i < 0 {
		return Effects{}, ErrDecided
	}
	a := snap.Approvals[i]
	if err := t.mayDecide(a, d); err != nil {
		return Effects{}, err
	}
	a.Verdict, a.DecidedBy, a.DecidedAt, a.Comment = d.Verdict, d.By, t.now, d.Comment
	switch d.Verdict {
	case VerdictApprove:
		t.carryOut(a)
	case VerdictReject:
		t.reject(a)
	case VerdictEdit:
		if err := t.edit(a, d); err != nil {
			return Effects{}, err
		}
	}
	return t.finish(), nil
}

func (t *turn) mayDecide(a Approval, d Decision) error {
	switch {
	case !slices.Contains([]string{VerdictApprove, VerdictReject, VerdictEdit}, d.Verdict):
		return ErrVerdict
	case a.State != ApprovalPending:
		return fmt.Errorf("%w: it is %s by %s", ErrDecided, a.State, a.DecidedBy)
	case !t.now.Before(a.ExpiresAt):
		return ErrExpired
	case d.By == "" || a.RequestedBy == d.By:
		return ErrOwn
	case a.Action != ActionAgree || a.ActionVersion != 1 || a.SHA256 != a.Args.Hash() || (d.ExpectedSHA256 != "" && d.ExpectedSHA256 != a.SHA256):
		return ErrNotSeen
	case d.Verdict == VerdictReject && d.Comment == "":
		return ErrNoReason
	case d.Verdict != VerdictReject && !t.authority(d.Role, a.Args):
		return ErrRole
	}
	return nil
}

// authority reports whether a role may approve the terms. A key without a role
// acts for the operator and has the widest authority, which is still the floor:
// that is part of the policy every execution is checked against.
func (t *turn) authority(role string, args ApprovalArgs) bool {
	if role == "" || role == "admin" || args.Kind != negotiation.MoveSettlement {
		return true
	}
	lowest, ok := t.policy().Authority[role]
	acc, known := t.account()
	return ok && known && args.Terms.Total.Minor >= acc.Owed().Share(lowest).Minor
}

// reject ends a request; the person is told that it isn't agreed, the reason stays in the record.
func (t *turn) reject(a Approval) {
	a.State = ApprovalRejected
	t.putApproval(a)
	if a.Args.Kind == negotiation.MoveSettlement {
		t.conv.Declined = max(t.conv.Declined, a.Args.Terms.Total.Minor)
	}
	if t.overtaken(a) != "" {
		return
	}
	t.withdraw(a)
	if t.conv.Control == ControlClosed {
		return
	}
	if !t.sayPhrase("approval_rejected", nil) {
		t.handOff(Reason{Code: "approval_rejected", Detail: "It was not approved; the person could not be told by the bot."}, 1)
	}
}

// edit replaces the request by one with other terms, which somebody else must
// approve. Terms that could not be offered anyway make no request.
func (t *turn) edit(a Approval, d Decision) error {
	terms, ok := retotal(a.Args.Terms, d.Total)
	if !ok {
		return fmt.Errorf("%w: the total must be another amount that can be paid in as many payments", ErrTerms)
	}
	args := ApprovalArgs{Offer: t.id + ".edited", Kind: a.Args.Kind, Terms: terms}
	if err := t.stillGood(args.offer()); err != nil {
		return fmt.Errorf("%w: %w", ErrTerms, err)
	}
	next := t.newApproval(d.By, args)
	next.Parent, next.Agreement, next.Reasons = a.ID, a.Agreement, []string{"edited by " + d.By}
	a.State, a.ReplacedBy, a.EditedArgs = ApprovalSuperseded, next.ID, &args
	t.putApproval(a)
	t.putApproval(next)
	return nil
}

// retotal shares another total over the same days in equal payments, of which the
// last takes what doesn't divide.
func retotal(terms negotiation.Terms, total negotiation.Money) (negotiation.Terms, bool) {
	n := int64(len(terms.Installments))
	if n == 0 || total.Minor < n || total.Currency != terms.Total.Currency || total.Minor == terms.Total.Minor {
		return terms, false
	}
	terms.Total = total
	terms.Installments = slices.Clone(terms.Installments)
	for i := range terms.Installments {
		terms.Installments[i].Amount = negotiation.Money{Minor: total.Minor / n, Currency: total.Currency}
	}
	terms.Installments[n-1].Amount.Minor += total.Minor % n
	return terms, true
}
