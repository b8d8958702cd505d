package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/gateway/desk"
)

// answer is a body and nothing else.
type answer[T any] struct{ Body T }

// answered wraps what the desk says, or says why it doesn't.
func answered[T any](v T, err error, what string) (*answer[T], error) {
	if err != nil {
		return nil, problem(err, what)
	}
	return &answer[T]{Body: v}, nil
}

type statusIn struct {
	Body struct {
		Status string `json:"status" enum:"available,busy,away,offline" doc:"only available ones are offered what waits"`
	}
}

type agentList struct {
	Agents []desk.Agent `json:"agents"`
}

func (a *API) people(h huma.API) {
	huma.Register(h, operation(http.MethodGet, "/me", "get-me", "Who asks, and what they may do", http.StatusOK), func(ctx context.Context, _ *struct{}) (*answer[desk.Me], error) {
		me, err := a.Desk.Me(ctx)
		return answered(me, err, "person")
	})
	huma.Register(h, operation(http.MethodPut, "/me/status", "set-status", "Choose whether to be offered what waits", http.StatusOK), func(ctx context.Context, in *statusIn) (*answer[desk.Me], error) {
		me, err := a.Desk.SetStatus(ctx, in.Body.Status)
		return answered(me, err, "person")
	})
	huma.Register(h, operation(http.MethodGet, "/agents", "list-agents", "Who works here, and who is there", http.StatusOK), func(ctx context.Context, _ *struct{}) (*answer[agentList], error) {
		list, err := a.Desk.Agents(ctx)
		return answered(agentList{list}, err, "person")
	})
}
