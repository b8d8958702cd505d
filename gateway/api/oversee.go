package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialog"
	"parley/gateway/desk"
)

type whyIn struct {
	ID   string `path:"id"`
	Body struct {
		Why string `json:"why,omitempty" maxLength:"1000" doc:"needed; it is recorded"`
	}
}

type modeIn struct {
	ID   string `path:"id"`
	Body struct {
		Mode string `json:"mode" enum:"auto,draft_only,off"`
	}
}

type revealIn struct {
	ID   string `path:"id"`
	Body struct {
		Field string `json:"field" maxLength:"32" doc:"phone, zip, full_name or mail; a date of birth and digits of a social security number are kept as hashes and can't be shown"`
		Why   string `json:"why" maxLength:"500" doc:"it is recorded"`
	}
}

type revealed struct {
	Value string `json:"value"`
}

// oversee is what is done from above or across: taking over, whispering, revealing.
func (a *API) oversee(h huma.API) {
	const one = "/desk/conversations/{id}"
	huma.Register(h, operation(http.MethodPost, one+"/takeover", "take-over", "Take a conversation at once, from the bot, the queue or another agent", http.StatusOK),
		func(ctx context.Context, in *whyIn) (*answer[desk.Conversation], error) {
			if err := a.Desk.TakeOver(ctx, in.ID, in.Body.Why); err != nil {
				return nil, a.refusal(ctx, in.ID, "", err)
			}
			c, err := a.Desk.Conversation(ctx, in.ID)
			return answered(c, err, "conversation")
		})
	huma.Register(h, operation(http.MethodPost, one+"/mode", "set-mode", "Say how freely the bot may speak in a conversation", http.StatusNoContent),
		func(ctx context.Context, in *modeIn) (*struct{}, error) {
			if err := a.Desk.SetMode(ctx, in.ID, dialog.Mode(in.Body.Mode)); err != nil {
				return nil, a.refusal(ctx, in.ID, "", err)
			}
			return nil, nil
		})
	huma.Register(h, operation(http.MethodPost, one+"/whisper", "whisper", "Tell the agent who has a conversation something the debtor never sees", http.StatusCreated),
		func(ctx context.Context, in *textIn) (*answer[desk.Note], error) {
			n, err := a.Desk.Whisper(ctx, in.ID, in.Body.Text)
			if err != nil {
				return nil, a.refusal(ctx, in.ID, "", err)
			}
			return &answer[desk.Note]{Body: n}, nil
		})
	huma.Register(h, operation(http.MethodPost, "/desk/accounts/{id}/reveal", "reveal", "Show one field of a person's data; it is recorded first", http.StatusOK),
		func(ctx context.Context, in *revealIn) (*answer[revealed], error) {
			value, err := a.Desk.Reveal(ctx, in.ID, in.Body.Field, in.Body.Why)
			return answered(revealed{value}, err, "account or field that can be shown")
		})
}
