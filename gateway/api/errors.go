package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/compliance"
	"parley/dialog"
	"parley/gateway/desk"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
	"parley/gateway/store/sqlstore"
)

// problem turns the errors of the record and of the desk into the API's.
func problem(err error, what string) error {
	var denied staff.Denied
	var invalid *staff.Invalid
	switch {
	case err == nil:
		return nil
	case errors.Is(err, store.ErrNotFound):
		return huma.Error404NotFound("there is no such " + what)
	case errors.Is(err, store.ErrStale):
		return huma.Error409Conflict("the " + what + " changed at the same moment; read it again")
	case errors.Is(err, sqlstore.ErrCursor):
		return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: "query.cursor", Message: "is not a cursor of this list"})
	case errors.Is(err, staff.ErrNobody):
		return huma.Error401Unauthorized("nobody is signed in")
	case errors.As(err, &denied):
		r := refuse(http.StatusForbidden, denied.Error())
		r.Code = "permission"
		return r
	case errors.As(err, &invalid):
		return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: "body." + invalid.Field, Message: invalid.What})
	}
	var status huma.StatusError
	if errors.As(err, &status) {
		return err
	}
	return huma.Error503ServiceUnavailable("the record did not answer; nothing was changed")
}

// Refusal is a problem document with what the law says: rules, and until when; or with who has control.
type Refusal struct {
	huma.ErrorModel
	Code     string       `json:"code,omitempty" enum:"permission,control_changed,blocked,contact_refused,not_permitted,decided" doc:"what stands against it"`
	Findings []FindingOut `json:"findings,omitempty" doc:"the rules against it, with the words that caused them"`
	Until    *time.Time   `json:"until,omitempty" doc:"when it may be tried again"`
	Holder   string       `json:"holder,omitempty" doc:"who has control"`
	Epoch    int64        `json:"epoch,omitempty" doc:"the conversation's, as it is now"`
}

// FindingOut is one rule's word. Cite, outcome and detail say the same as citation, severity and why.
type FindingOut struct {
	desk.Finding
	Cite    string `json:"cite"`
	Outcome string `json:"outcome"`
	Detail  string `json:"detail,omitempty"`
}

func findings(text string, found []compliance.Finding) []FindingOut {
	var out []FindingOut
	for i, f := range desk.Findings(text, found) {
		out = append(out, FindingOut{Finding: f, Cite: found[i].Cite, Outcome: string(found[i].Outcome), Detail: found[i].Detail})
	}
	return out
}

// ContentType implements [huma.ContentTypeFilter].
func (r *Refusal) ContentType(string) string { return "application/problem+json" }

func refuse(status int, detail string) *Refusal {
	return &Refusal{ErrorModel: huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: detail}}
}

// refusal says why an action on a conversation was refused: the law, another's control, or that it may not be done like this.
// text is what was to be said, "" where nothing was.
func (a *API) refusal(ctx context.Context, conversation, text string, err error) error {
	out := actionProblem(err, text)
	var r *Refusal
	if errors.As(out, &r) && r.Code == "control_changed" && conversation != "" {
		if snap, err := a.Record.Snapshot(ctx, conversation); err == nil {
			r.Epoch = snap.Conversation.Epoch
		}
	}
	return out
}

func actionProblem(err error, text string) error {
	var refused *dialog.Refused
	if !errors.As(err, &refused) {
		return problem(err, "conversation")
	}
	r := refuse(http.StatusConflict, refused.Error())
	switch refused.Kind {
	case dialog.RefusedByGuard:
		r = refuse(http.StatusUnprocessableEntity, refused.Error())
		r.Code = "blocked"
	case dialog.RefusedByGate:
		r.Code = "contact_refused"
	case dialog.RefusedByControl:
		r.Code = "control_changed"
	default:
		r.Code = "not_permitted"
	}
	r.Findings, r.Holder = findings(text, refused.Findings), refused.Holder
	if !refused.Until.IsZero() {
		until := refused.Until.UTC()
		r.Until = &until
	}
	return r
}
