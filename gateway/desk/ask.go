package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/golang-sql/civil"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/negotiation"
)

// Ask is what an agent wants permitted: a settlement outside their own authority.
type Ask struct {
	Total negotiation.Money
	// Installments may be empty: one payment, within the days for which an offer stands.
	Installments []negotiation.Installment
	Comment      string
}

// RequestApproval asks somebody else to permit a settlement. Approved, it is offered to the person in exactly these terms;
// that they have agreed to anything is not taken for granted. Nobody can be asked for what the policy never permits.
func (s *Service) RequestApproval(ctx context.Context, conversation string, in Ask) (dialog.Approval, error) {
	a, err := s.See(ctx, conversation, staff.ConversationReply)
	if err != nil {
		return dialog.Approval{}, err
	}
	s.Acted(ctx, a)
	var made dialog.Approval
	err = s.update(ctx, conversation, func(snap dialog.Snapshot) (dialog.Effects, error) {
		x, err := s.approval(snap, a, in)
		if err != nil {
			return dialog.Effects{}, err
		}
		made = x
		return asking(snap, a, x)
	})
	return made, err
}

// approval makes the request, or says why it can't be one.
func (s *Service) approval(snap dialog.Snapshot, a staff.Actor, in Ask) (dialog.Approval, error) {
	c := snap.Conversation
	refused := func(why string) error { return &dialog.Refused{Kind: dialog.RefusedByPolicy, Why: why} }
	if holder(c.Handoff) != a.Name || a.Name == "" {
		return dialog.Approval{}, &dialog.Refused{Kind: dialog.RefusedByControl, Why: s.whose(c, a), Holder: holder(c.Handoff)}
	}
	acc, ok := meant(snap)
	policy, known := s.Engine.Settings.Portfolios[acc.Portfolio]
	switch {
	case !ok || c.Account == "" || !known:
		return dialog.Approval{}, refused("it is not known yet which account this is about")
	case !c.Identity.Verified:
		return dialog.Approval{}, refused("the person is not identified")
	}
	for _, open := range snap.Approvals {
		if open.Open() {
			return dialog.Approval{}, refused("another request is open: one thing is asked for at a time")
		}
	}
	terms, err := settlement(acc, policy.Policy, in, today(snap, s.now()))
	if err != nil {
		return dialog.Approval{}, err
	}
	id, now := "ap_"+s.Env.NewID(), s.now()
	args := dialog.ApprovalArgs{Offer: id + ".asked", Kind: negotiation.MoveSettlement, Terms: terms}
	reasons := []string{"asked for by " + a.Name}
	if in.Comment != "" {
		reasons = append(reasons, shorten(s.redact(in.Comment), 500))
	}
	// Its parent is the hand-off it was asked in: what has a parent was not accepted by the person, and is offered to them first.
	return dialog.Approval{ID: id, Conversation: c.ID, Account: c.Account, RequestedBy: a.Name, Action: dialog.ActionAgree, ActionVersion: 1, Args: args,
		SHA256: args.Hash(), Policy: policy.Policy.Version, Reasons: reasons, State: dialog.ApprovalPending, Parent: c.Handoff.ID,
		CreatedAt: now, ExpiresAt: now.Add(dialog.ApprovalLasts), Epoch: c.Epoch}, nil
}

// today is the day where the person is, the earliest where that may be several places: the terms are judged by
// that day again when they are carried out, and a day that only UTC has begun would then be a day too late.
func today(snap dialog.Snapshot, now time.Time) civil.Date {
	var first civil.Date
	for _, name := range dialog.Zones(snap) {
		zone, err := time.LoadLocation(name)
		if err != nil {
			continue
		}
		if day := civil.DateOf(now.In(zone)); !first.IsValid() || day.Before(first) {
			first = day
		}
	}
	if !first.IsValid() {
		return civil.DateOf(now)
	}
	return first
}

// settlement checks the terms against what may be offered at all. Everything is checked again when it is decided.
func settlement(acc dialog.Account, p negotiation.Policy, in Ask, today civil.Date) (negotiation.Terms, error) {
	owed := acc.Owed()
	bad := func(what string) (negotiation.Terms, error) {
		return negotiation.Terms{}, &staff.Invalid{Field: "terms.total", What: what}
	}
	switch {
	case !in.Total.Positive() || in.Total.Currency != owed.Currency:
		return bad("must be an amount above zero, in the account's currency")
	case in.Total.Minor >= owed.Minor:
		return bad("must be below what is owed: for all of it nobody need be asked")
	case in.Total.Minor < owed.Share(p.Settlement.Floor).Minor:
		return bad("is below what anybody may permit")
	}
	t := negotiation.Terms{Kind: negotiation.MoveSettlement, Total: in.Total, Installments: in.Installments, Expires: today.AddDays(max(p.Settlement.ExpiresDays, 1))}
	if len(t.Installments) == 0 {
		t.Installments = []negotiation.Installment{{Due: t.Expires, Amount: in.Total}}
	}
	sum, last := int64(0), today
	for _, i := range t.Installments {
		if !i.Due.IsValid() || i.Due.Before(last) || !i.Amount.Positive() {
			return negotiation.Terms{}, &staff.Invalid{Field: "terms.installments", What: "must be amounts on days from today on, in order"}
		}
		sum, last = sum+i.Amount.Minor, i.Due
	}
	if sum != in.Total.Minor {
		return negotiation.Terms{}, &staff.Invalid{Field: "terms.installments", What: "must add up to the total"}
	}
	return t, nil
}

// asking writes the request with its timer.
func asking(snap dialog.Snapshot, a staff.Actor, x dialog.Approval) (dialog.Effects, error) {
	body, err := json.Marshal(x)
	if err != nil {
		return dialog.Effects{}, fmt.Errorf("desk: encode a request: %w", err)
	}
	return dialog.Effects{Conversation: snap.Conversation, Approvals: []dialog.Approval{x},
		SetTimers: []dialog.Timer{{Name: "approval." + x.ID, Kind: dialog.TimerApproval, Due: x.ExpiresAt, Body: body}},
		Events: []dialog.Event{{Type: "approval." + string(x.State), At: x.CreatedAt, Who: a.Who(), Body: map[string]any{"approval": x.ID, "offer": x.Args.Offer,
			"sha256": x.SHA256, "kind": x.Args.Kind, "total": x.Args.Terms.Total.Decimal(), "requested_by": x.RequestedBy}}}}, nil
}
