package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialog"
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
	}
}

type transferIn struct {
	ID   string `path:"id"`
	Body struct {
		To      string `json:"to" minLength:"1" maxLength:"64" doc:"the agent's name"`
		Comment string `json:"comment,omitempty" maxLength:"1000" doc:"what whoever takes over should know; the person never sees it"`
	}
}

func (a *API) handoffs(h huma.API) {
	huma.Register(h, operation(http.MethodGet, "/handoffs", "list-handoffs", "Open hand-offs, most urgent first", http.StatusOK), a.listHandoffs)
	huma.Register(h, operation(http.MethodPost, "/handoffs/{id}/claim", "claim-handoff", "Take it; 409 names the holder", http.StatusOK), a.claim)
	huma.Register(h, operation(http.MethodPost, "/handoffs/{id}/release", "release-handoff", "Give it back to the queue, with its original wait; a supervisor also what another holds", http.StatusOK), a.release)
	huma.Register(h, operation(http.MethodPost, "/handoffs/{id}/transfer", "transfer-handoff", "Ask another agent to take it, who then claims it; a supervisor gives away what another holds at once", http.StatusOK), a.transfer)
	huma.Register(h, operation(http.MethodPost, "/handoffs/{id}/resolve", "resolve-handoff", "End it with a disposition", http.StatusOK), a.resolve)
}

func (a *API) listHandoffs(ctx context.Context, in *struct {
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}) (*handoffList, error) {
	list, next, err := a.Record.Handoffs(ctx, in.Cursor, in.Limit)
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

func (a *API) claim(ctx context.Context, in *handoffID) (*handoffOut, error) {
	return a.control(ctx, in.ID, func(snap dialog.Snapshot) (dialog.Effects, error) {
		if h := snap.Conversation.Handoff; h.Open() && h.Reserved != nil && h.Reserved.To == who(ctx).Name {
			return a.Engine.Accept(snap, in.ID, who(ctx).Name, a.Env)
		}
		return a.Engine.Claim(snap, in.ID, who(ctx).Name, a.Env)
	})
}

func (a *API) release(ctx context.Context, in *handoffID) (*handoffOut, error) {
	return a.control(ctx, in.ID, func(snap dialog.Snapshot) (dialog.Effects, error) {
		if oversees(ctx) && holdsAnother(ctx, snap) {
			return a.Engine.Reassign(snap, in.ID, who(ctx).Name, "", "", a.Env)
		}
		return a.Engine.Release(snap, in.ID, who(ctx).Name, a.Env)
	})
}

func (a *API) transfer(ctx context.Context, in *transferIn) (*handoffOut, error) {
	return a.control(ctx, in.ID, func(snap dialog.Snapshot) (dialog.Effects, error) {
		if oversees(ctx) && holdsAnother(ctx, snap) {
			return a.Engine.Reassign(snap, in.ID, who(ctx).Name, in.Body.To, orDefault(in.Body.Comment, "through the API"), a.Env)
		}
		until := a.now().Add(a.Engine.Settings.Desk.WithDefaults().OfferFor)
		return a.Engine.Transfer(snap, in.ID, who(ctx).Name, in.Body.To, orDefault(in.Body.Comment, "through the API"), until, a.Env)
	})
}

// oversees reports whether the caller may take a hand-off from its holder: one who
// is gone could not give it back, and nobody else would ever have it.
func oversees(ctx context.Context) bool {
	return slices.Contains([]string{"supervisor", "admin"}, who(ctx).Role)
}

func holdsAnother(ctx context.Context, snap dialog.Snapshot) bool {
	h := snap.Conversation.Handoff
	return h.Open() && h.Holder != "" && h.Holder != who(ctx).Name
}

func (a *API) resolve(ctx context.Context, in *resolveIn) (*handoffOut, error) {
	return a.control(ctx, in.ID, func(snap dialog.Snapshot) (dialog.Effects, error) {
		return a.Engine.Resolve(snap, in.ID, who(ctx).Name, dialog.Resolution{
			Disposition: in.Body.Disposition, Note: in.Body.Note, ToBot: in.Body.To == "bot"}, a.Env)
	})
}

// control runs an agent's action on a hand-off.
func (a *API) control(ctx context.Context, id string, act func(dialog.Snapshot) (dialog.Effects, error)) (*handoffOut, error) {
	if err := may(ctx, "agent", "senior_agent", "supervisor"); err != nil {
		return nil, err
	}
	h, err := a.Record.Handoff(ctx, id)
	if err != nil {
		return nil, problem(err, "hand-off")
	}
	if _, err := a.apply(ctx, h.Conversation, nil, http.StatusOK, act); err != nil {
		return nil, err
	}
	if h, err = a.Record.Handoff(ctx, id); err != nil {
		return nil, problem(err, "hand-off")
	}
	return &handoffOut{Body: handoffView(h)}, nil
}

func handoffView(h dialog.Handoff) HandoffOut {
	out := HandoffOut{ID: h.ID, Conversation: h.Conversation, Account: h.Account, Priority: h.Priority, Since: h.Since.UTC(), Disposition: h.Disposition, Reasons: []ReasonOut{}}
	for _, r := range h.Reasons {
		out.Reasons = append(out.Reasons, ReasonOut{r.Code, r.Words, r.Detail, r.Confidence})
	}
	if h.Holder != "" {
		out.Holder = &h.Holder
	}
	if !h.ResolvedAt.IsZero() {
		out.ResolvedAt = &h.ResolvedAt
	}
	return out
}
