package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialog"
	"parley/gateway/store"
)

// HandoffOut is a conversation waiting for, or held by, a human.
type HandoffOut struct {
	ID           string      `json:"id"`
	Conversation string      `json:"conversation"`
	Account      string      `json:"account,omitempty"`
	Reasons      []ReasonOut `json:"reasons"`
	Priority     int         `json:"priority" doc:"0 routine, 1 raised, 2 urgent, 3 distress"`
	Since        time.Time   `json:"since"`
	Holder       *string     `json:"holder"`
	OfferedTo    *string     `json:"offered_to,omitempty" doc:"who is asked to take it; with a holder, a transfer"`
	OfferUntil   *time.Time  `json:"offer_until,omitempty"`
	Deadline     *time.Time  `json:"deadline,omitempty" doc:"by when a human should have answered first"`
	ResolvedAt   *time.Time  `json:"resolved_at,omitempty"`
	Disposition  string      `json:"disposition,omitempty"`
}

// ReasonOut is why, with the evidence.
type ReasonOut struct {
	Code       string  `json:"code"`
	Words      string  `json:"words,omitempty"`
	Detail     string  `json:"detail,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
}

type handoffOut struct{ Body HandoffOut }

type handoffList struct {
	Body struct {
		Handoffs []HandoffOut `json:"handoffs"`
		Next     string       `json:"next,omitempty"`
	}
}

type handoffID struct {
	ID string `path:"id"`
}

type resolveIn struct {
	ID   string `path:"id"`
	Body struct {
		Disposition string `json:"disposition" minLength:"1" maxLength:"64" doc:"what came of it, such as plan_agreed, disputed, no_resolution"`
		Note        string `json:"note,omitempty" maxLength:"4000"`
		To          string `json:"to,omitempty" enum:"bot,closed" default:"closed" doc:"who has the conversation then"`
		Brief       string `json:"brief,omitempty" maxLength:"2000" doc:"for the bot: what was promised; needed for to bot, where the note doesn't say it"`
	}
}

type transferIn struct {
	ID   string `path:"id"`
	Body struct {
		To      string `json:"to" maxLength:"64" doc:"the agent's name; empty: the queue"`
		Comment string `json:"comment,omitempty" maxLength:"1000" doc:"what whoever takes over should know; the person never sees it"`
	}
}

type declineIn struct {
	ID   string `path:"id"`
	Body *struct {
		Why string `json:"why,omitempty" maxLength:"500"`
	}
}

type offerIn struct {
	ID   string `path:"id"`
	Body struct {
		To string `json:"to" minLength:"1" maxLength:"64" doc:"the agent's name"`
	}
}

func (a *API) handoffs(h huma.API) {
	post := func(what, id, summary string) huma.Operation {
		op := operation(http.MethodPost, "/handoffs/{id}/"+what, id, summary, http.StatusOK)
		op.Errors = []int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity}
		return op
	}
	huma.Register(h, operation(http.MethodGet, "/handoffs", "list-handoffs", "Open hand-offs, most urgent first", http.StatusOK), a.listHandoffs)
	huma.Register(h, post("claim", "claim-handoff", "Take it; 409 names the holder"), a.byID(a.Desk.Claim))
	huma.Register(h, post("accept", "accept-handoff", "Take what is offered to you"), a.byID(a.Desk.Accept))
	huma.Register(h, post("decline", "decline-handoff", "Turn down what is offered to you"), a.decline)
	huma.Register(h, post("offer", "offer-handoff", "Ask an agent to take what waits"), a.offer)
	huma.Register(h, post("release", "release-handoff", "Give it back to the queue, with its original wait; a supervisor also what another holds"), a.byID(a.Desk.Release))
	huma.Register(h, post("transfer", "transfer-handoff", "Ask another agent to take it: you keep it until they accept; a supervisor gives away what another holds at once"), a.transfer)
	huma.Register(h, post("transfer/cancel", "cancel-transfer", "Take back what you offered to another"), a.byID(a.Desk.CancelTransfer))
	huma.Register(h, post("wrap", "wrap-handoff", "End the talking and write up"), a.byID(a.Desk.Wrap))
	huma.Register(h, post("resolve", "resolve-handoff", "End it with a disposition, which takes effect in law at once"), a.resolve)
}

func (a *API) listHandoffs(ctx context.Context, in *struct {
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}) (*handoffList, error) {
	list, next, err := a.Desk.Handoffs(ctx, in.Cursor, in.Limit)
	if err != nil {
		return nil, problem(err, "cursor")
	}
	out := &handoffList{}
	out.Body.Next = next
	out.Body.Handoffs = []HandoffOut{}
	for _, h := range list {
		out.Body.Handoffs = append(out.Body.Handoffs, handoffView(h))
	}
	return out, nil
}

// byID is an action that needs nothing but the hand-off.
func (a *API) byID(act func(context.Context, string) (dialog.Handoff, error)) func(context.Context, *handoffID) (*handoffOut, error) {
	return func(ctx context.Context, in *handoffID) (*handoffOut, error) { return a.acted(ctx)(act(ctx, in.ID)) }
}

// acted answers with a hand-off after an action, or with why it was refused.
func (a *API) acted(ctx context.Context) func(dialog.Handoff, error) (*handoffOut, error) {
	return func(h dialog.Handoff, err error) (*handoffOut, error) {
		switch {
		case errors.Is(err, store.ErrNotFound):
			return nil, problem(err, "hand-off")
		case err != nil:
			return nil, a.refusal(ctx, h.Conversation, "", err)
		}
		return &handoffOut{Body: handoffView(h)}, nil
	}
}

func (a *API) decline(ctx context.Context, in *declineIn) (*handoffOut, error) {
	why := ""
	if in.Body != nil {
		why = in.Body.Why
	}
	return a.acted(ctx)(a.Desk.Decline(ctx, in.ID, why))
}

func (a *API) offer(ctx context.Context, in *offerIn) (*handoffOut, error) {
	return a.acted(ctx)(a.Desk.Offer(ctx, in.ID, in.Body.To))
}

func (a *API) transfer(ctx context.Context, in *transferIn) (*handoffOut, error) {
	return a.acted(ctx)(a.Desk.Transfer(ctx, in.ID, in.Body.To, in.Body.Comment))
}

func (a *API) resolve(ctx context.Context, in *resolveIn) (*handoffOut, error) {
	return a.acted(ctx)(a.Desk.Resolve(ctx, in.ID, dialog.Resolution{
		Disposition: in.Body.Disposition, Note: in.Body.Note, ToBot: in.Body.To == "bot", Brief: in.Body.Brief}))
}

func handoffView(h dialog.Handoff) HandoffOut {
	out := HandoffOut{ID: h.ID, Conversation: h.Conversation, Account: h.Account, Priority: h.Priority, Since: h.Since.UTC(), Disposition: h.Disposition, Reasons: []ReasonOut{}}
	for _, r := range h.Reasons {
		out.Reasons = append(out.Reasons, ReasonOut{r.Code, r.Words, r.Detail, r.Confidence})
	}
	if h.Holder != "" {
		out.Holder = &h.Holder
	}
	if r := h.Reserved; r != nil {
		until := r.Until.UTC()
		out.OfferedTo, out.OfferUntil = &r.To, &until
	}
	if !h.Deadline.IsZero() {
		out.Deadline = &h.Deadline
	}
	if !h.ResolvedAt.IsZero() {
		out.ResolvedAt = &h.ResolvedAt
	}
	return out
}
