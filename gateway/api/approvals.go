package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/compliance/inbound"
	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/negotiation"
)

// ApprovalOut is a request that a human permits one exact action.
type ApprovalOut struct {
	ID            string           `json:"id"`
	Conversation  string           `json:"conversation"`
	Account       string           `json:"account"`
	Turn          string           `json:"turn"`
	RequestedBy   string           `json:"requested_by" doc:"bot, or an agent's name; who asked may not decide"`
	Action        string           `json:"action"`
	ActionVersion int              `json:"action_version"`
	Args          ApprovalArgsOut  `json:"args"`
	SHA256        string           `json:"args_sha256" doc:"what is approved: the hash of the exact terms"`
	Policy        string           `json:"policy_version"`
	Reasons       []string         `json:"risk_reasons"`
	Agreement     string           `json:"agreement,omitempty" doc:"the proposed agreement that waits for it"`
	State         string           `json:"state" doc:"pending; approved: edited terms, offered to the person; consumed: approved and done"`
	Parent        string           `json:"parent,omitempty"`
	ReplacedBy    string           `json:"replaced_by,omitempty" doc:"the request an edit made"`
	CreatedAt     time.Time        `json:"created_at"`
	ExpiresAt     time.Time        `json:"expires_at"`
	Verdict       string           `json:"decision,omitempty"`
	DecidedBy     string           `json:"decided_by,omitempty"`
	DecidedAt     *time.Time       `json:"decided_at,omitempty"`
	Comment       string           `json:"comment,omitempty"`
	EditedArgs    *ApprovalArgsOut `json:"edited_args,omitempty"`
	Failure       string           `json:"failure,omitempty" doc:"why what was approved was not done"`
	ConsumedAt    *time.Time       `json:"consumed_at,omitempty"`
	Epoch         int64            `json:"epoch_at_request"`
}

// ApprovalArgsOut are the terms to be agreed.
type ApprovalArgsOut struct {
	Offer        string           `json:"offer"`
	Kind         string           `json:"kind"`
	Total        Money            `json:"total"`
	Installments []InstallmentOut `json:"installments"`
	Expires      string           `json:"expires,omitempty" format:"date" doc:"the last day on which the terms may be accepted"`
}

type approvalOut struct{ Body ApprovalOut }

type approvalList struct {
	Body struct {
		Approvals []ApprovalOut `json:"approvals"`
		Next      string        `json:"next,omitempty" doc:"the cursor of the next page; absent at the end"`
	}
}

type decisionIn struct {
	ID   string `path:"id"`
	Body struct {
		Decision       string `json:"decision" enum:"approve,reject,edit"`
		Comment        string `json:"comment,omitempty" maxLength:"2000" doc:"required to reject; the person does not see it"`
		ExpectedSHA256 string `json:"expected_sha256,omitempty" pattern:"^[0-9a-f]{64}$" patternDescription:"args_sha256 of what was shown"`
		EditedArgs     *struct {
			Total string `json:"total" doc:"the new total, as a decimal such as \"1000.00\""`
		} `json:"edited_args,omitempty" doc:"for edit: other terms, which make a new request for somebody else to decide"`
	}
}

func (a *API) approvals(h huma.API) {
	huma.Register(h, operation(http.MethodGet, "/approvals", "list-approvals", "Requests for approval, oldest first", http.StatusOK), a.listApprovals)
	decide := operation(http.MethodPost, "/approvals/{id}/decision", "decide-approval",
		"Approve, reject or edit; the same decision again by the same decider changes nothing and answers the same", http.StatusOK)
	decide.Errors = []int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusGone, http.StatusPreconditionFailed, http.StatusUnprocessableEntity}
	huma.Register(h, decide, a.decideApproval)
}

func (a *API) listApprovals(ctx context.Context, in *struct {
	State  string `query:"state" enum:"pending,approved,consumed,rejected,expired,superseded,withdrawn,execution_failed"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}) (*approvalList, error) {
	list, next, err := a.Desk.Approvals(ctx, dialog.ApprovalState(in.State), in.Cursor, in.Limit)
	if err != nil {
		return nil, problem(err, "cursor")
	}
	out := &approvalList{}
	out.Body.Next = next
	out.Body.Approvals = []ApprovalOut{}
	for _, x := range list {
		out.Body.Approvals = append(out.Body.Approvals, approvalView(x))
	}
	return out, nil
}

// decideApproval decides under the conversation's lock. Who loses a race, or asks
// again, is told what stands: the same answer for the same decision by the same decider.
func (a *API) decideApproval(ctx context.Context, in *decisionIn) (*approvalOut, error) {
	decider, err := a.Desk.Allow(ctx, staff.ApprovalDecide)
	if err != nil {
		return nil, problem(err, "request for approval")
	}
	d, err := in.decision(decider)
	if err != nil {
		return nil, err
	}
	_, request, err := a.Desk.SeeApproval(ctx, in.ID, staff.ApprovalDecide)
	if err != nil {
		return nil, problem(err, "request for approval")
	}
	if request.State == dialog.ApprovalPending {
		var after dialog.Conversation
		err = a.Record.Update(ctx, request.Conversation, nil, a.now(), func(snap dialog.Snapshot) (dialog.Effects, error) {
			e, err := a.Engine.Decide(snap, in.ID, d, a.Env)
			after = e.Conversation
			return e, err
		})
		if err == nil {
			a.Wake(after)
		} else if !errors.Is(err, dialog.ErrDecided) {
			return nil, decisionProblem(err)
		}
		if request, err = a.Record.Approval(ctx, in.ID); err != nil {
			return nil, problem(err, "request for approval")
		}
	}
	if err := decidedOtherwise(request, d); err != nil {
		return nil, err
	}
	return &approvalOut{Body: approvalView(request)}, nil
}

// decision checks what schemas can't: what each verdict needs.
func (in *decisionIn) decision(by staff.Actor) (dialog.Decision, error) {
	var f fields
	b := in.Body
	d := dialog.Decision{By: by.Name, Role: string(by.Role), Verdict: b.Decision, Comment: inbound.Redact(b.Comment, nil).Text, ExpectedSHA256: b.ExpectedSHA256}
	if d.Verdict == dialog.VerdictReject && d.Comment == "" {
		f.bad("body.comment", "a rejection needs a reason")
	}
	switch {
	case d.Verdict == dialog.VerdictEdit && b.EditedArgs == nil:
		f.bad("body.edited_args", "an edit needs the new total")
	case d.Verdict == dialog.VerdictEdit:
		d.Total = f.decimal("body.edited_args.total", b.EditedArgs.Total)
	case b.EditedArgs != nil:
		f.bad("body.edited_args", "only an edit changes terms; approve what was asked, or edit")
	}
	return d, f.err()
}

// decidedOtherwise is nil where the request stands as this decision would have it.
func decidedOtherwise(a dialog.Approval, d dialog.Decision) error {
	switch {
	case a.DecidedBy == "" && a.State == dialog.ApprovalExpired:
		return huma.Error410Gone("the request expired on " + a.ExpiresAt.UTC().Format(time.RFC3339))
	case d.ExpectedSHA256 != "" && d.ExpectedSHA256 != a.SHA256:
		return decisionProblem(dialog.ErrNotSeen)
	case a.DecidedBy == d.By && a.Verdict == d.Verdict && a.Comment == d.Comment &&
		(d.Verdict != dialog.VerdictEdit || a.EditedArgs != nil && a.EditedArgs.Terms.Total == d.Total):
		return nil
	}
	detail := "the request is " + string(a.State)
	if a.DecidedBy != "" {
		detail += ", decided by " + a.DecidedBy
	}
	r := refuse(http.StatusConflict, detail)
	r.Holder, r.Code = a.DecidedBy, "decided"
	return r
}

// decisionProblem says why a decision was not made; nothing was changed.
func decisionProblem(err error) error {
	bad := func(location string) error {
		return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: location, Message: err.Error()})
	}
	switch {
	case errors.Is(err, dialog.ErrOwn):
		return huma.Error403Forbidden("who asked for it may not decide it")
	case errors.Is(err, dialog.ErrRole):
		return huma.Error403Forbidden("the role has no authority for these terms")
	case errors.Is(err, dialog.ErrExpired):
		return huma.Error410Gone("the request has expired")
	case errors.Is(err, dialog.ErrNotSeen):
		return huma.Error412PreconditionFailed("the request is not the one that was shown; read it again")
	case errors.Is(err, dialog.ErrTerms):
		return bad("body.edited_args.total")
	case errors.Is(err, dialog.ErrNoReason):
		return bad("body.comment")
	case errors.Is(err, dialog.ErrVerdict):
		return bad("body.decision")
	}
	return problem(err, "request for approval")
}

func approvalView(a dialog.Approval) ApprovalOut {
	out := ApprovalOut{
		ID: a.ID, Conversation: a.Conversation, Account: a.Account, Turn: a.Turn, RequestedBy: a.RequestedBy, Action: a.Action, ActionVersion: a.ActionVersion,
		Args: approvalArgs(a.Args.Kind, a.Args.Offer, a.Args.Terms), SHA256: a.SHA256, Policy: a.Policy, Reasons: append([]string{}, a.Reasons...),
		Agreement: a.Agreement, State: string(a.State), Parent: a.Parent, ReplacedBy: a.ReplacedBy, CreatedAt: a.CreatedAt.UTC(), ExpiresAt: a.ExpiresAt.UTC(),
		Verdict: a.Verdict, DecidedBy: a.DecidedBy, DecidedAt: instant(a.DecidedAt), Comment: a.Comment, Failure: a.Failure, ConsumedAt: instant(a.ConsumedAt), Epoch: a.Epoch,
	}
	if e := a.EditedArgs; e != nil {
		edited := approvalArgs(e.Kind, e.Offer, e.Terms)
		out.EditedArgs = &edited
	}
	return out
}

func approvalArgs(kind negotiation.MoveKind, offer string, t negotiation.Terms) ApprovalArgsOut {
	out := ApprovalArgsOut{Offer: offer, Kind: string(kind), Total: money(t.Total), Installments: []InstallmentOut{}}
	for _, i := range t.Installments {
		out.Installments = append(out.Installments, InstallmentOut{i.Due.String(), i.Amount.Decimal()})
	}
	if t.Expires.IsValid() {
		out.Expires = t.Expires.String()
	}
	return out
}

// instant is a time that may be absent.
func instant(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}
