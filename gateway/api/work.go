package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/gateway/desk"
)

type itemsIn struct {
	View   string `query:"view" enum:"offered,mine,unassigned,team,bot,waiting,approvals,all" default:"team"`
	Sort   string `query:"sort" enum:"deadline,wait,priority,activity" doc:"defaults to priority, for bot and all to activity"`
	Text   string `query:"q" maxLength:"100" doc:"a name, four digits of an account, or an id or address in full"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type conversationID struct {
	ID string `path:"id"`
}

type textIn struct {
	ID   string `path:"id"`
	Body struct {
		Text string `json:"text" maxLength:"16000"`
	}
}

type rejectIn struct {
	ID   string `path:"id"`
	SID  string `path:"sid"`
	Body *struct {
		Why string `json:"why,omitempty" maxLength:"500"`
	}
}

// work is what an agent does to one conversation.
func (a *API) work(h huma.API) {
	const one = "/desk/conversations/{id}"
	huma.Register(h, operation(http.MethodGet, "/desk/items", "list-items", "Conversations as the desk lists them, personal data masked", http.StatusOK),
		func(ctx context.Context, in *itemsIn) (*answer[desk.ItemList], error) {
			list, err := a.Desk.Items(ctx, desk.ItemsQuery{View: in.View, Sort: in.Sort, Text: in.Text, Cursor: in.Cursor, Limit: in.Limit})
			return answered(list, err, "cursor")
		})
	huma.Register(h, operation(http.MethodGet, one, "get-desk-conversation", "One conversation with what may be done; its reading is recorded", http.StatusOK),
		func(ctx context.Context, in *conversationID) (*answer[desk.Conversation], error) {
			c, err := a.Desk.Conversation(ctx, in.ID)
			return answered(c, err, "conversation")
		})
	huma.Register(h, operation(http.MethodGet, one+"/panel", "get-panel", "The person, the account, and what may be said and offered", http.StatusOK),
		func(ctx context.Context, in *conversationID) (*answer[desk.Panel], error) {
			p, err := a.Desk.Panel(ctx, in.ID)
			return answered(p, err, "conversation")
		})
	huma.Register(h, operation(http.MethodPost, one+"/check", "check-reply", "What would come of a reply; nothing is sent", http.StatusOK),
		func(ctx context.Context, in *textIn) (*answer[desk.Check], error) {
			c, err := a.Desk.Check(ctx, in.ID, in.Body.Text)
			return answered(c, err, "conversation")
		})
	huma.Register(h, operation(http.MethodPut, one+"/draft", "put-draft", "Keep what you are writing", http.StatusNoContent),
		func(ctx context.Context, in *textIn) (*struct{}, error) {
			return nil, problem(a.Desk.Type(ctx, in.ID, in.Body.Text), "conversation")
		})
	huma.Register(h, operation(http.MethodDelete, one+"/draft", "delete-draft", "Forget what you were writing", http.StatusNoContent),
		func(ctx context.Context, in *conversationID) (*struct{}, error) {
			return nil, problem(a.Desk.Type(ctx, in.ID, ""), "conversation")
		})
	huma.Register(h, operation(http.MethodGet, one+"/suggestions", "list-suggestions", "What may be said next", http.StatusOK),
		func(ctx context.Context, in *conversationID) (*answer[desk.SuggestionList], error) {
			list, err := a.Desk.Suggestions(ctx, in.ID)
			return answered(list, err, "conversation")
		})
	huma.Register(h, operation(http.MethodPost, one+"/suggestions/{sid}/reject", "reject-suggestion", "Turn a suggestion down", http.StatusNoContent),
		func(ctx context.Context, in *rejectIn) (*struct{}, error) {
			why := ""
			if in.Body != nil {
				why = in.Body.Why
			}
			return nil, problem(a.Desk.RejectSuggestion(ctx, in.ID, in.SID, why), "suggestion")
		})
}
