package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialog"
	"parley/gateway/desk"
	"parley/gateway/desk/staff"
	"parley/negotiation"
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

type askIn struct {
	ID   string `path:"id"`
	Body struct {
		Kind  string `json:"kind" enum:"settlement"`
		Terms struct {
			Kind         string           `json:"kind,omitempty" enum:"settlement"`
			Total        Money            `json:"total"`
			Installments []InstallmentOut `json:"installments,omitempty" maxItems:"12" doc:"none: one payment, while the offer stands"`
		} `json:"terms"`
		Comment string `json:"comment,omitempty" maxLength:"500" doc:"for whoever decides"`
	}
}

func (in *askIn) ask() (desk.Ask, error) {
	var f fields
	out := desk.Ask{Total: f.decimal("body.terms.total.amount", in.Body.Terms.Total.Amount), Comment: in.Body.Comment}
	for i, x := range in.Body.Terms.Installments {
		out.Installments = append(out.Installments, negotiation.Installment{
			Due: f.date(index("body.terms.installments", i, "due"), x.Due), Amount: f.decimal(index("body.terms.installments", i, "amount"), x.Amount)})
	}
	return out, f.err()
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
	huma.Register(h, operation(http.MethodPost, one+"/approvals", "request-approval", "Ask somebody else to permit a settlement outside your own authority", http.StatusCreated),
		func(ctx context.Context, in *askIn) (*approvalOut, error) {
			if _, err := a.Desk.See(ctx, in.ID, staff.ConversationReply); err != nil {
				return nil, problem(err, "conversation")
			}
			ask, err := in.ask()
			if err != nil {
				return nil, err
			}
			x, err := a.Desk.RequestApproval(ctx, in.ID, ask)
			if err != nil {
				return nil, a.refusal(ctx, in.ID, "", err)
			}
			return &approvalOut{Body: approvalView(x)}, nil
		})
	huma.Register(h, operation(http.MethodGet, one+"/offers", "list-offers", "What may be recorded as agreed now", http.StatusOK),
		func(ctx context.Context, in *conversationID) (*answer[offersOut], error) {
			list, err := a.Desk.Recordables(ctx, in.ID)
			return answered(offersOut{list}, err, "conversation")
		})
	huma.Register(h, operation(http.MethodPost, one+"/agreement", "record-agreement", "Record that the person has accepted one of the offers; they are sent its written copy", http.StatusNoContent),
		func(ctx context.Context, in *agreeIn) (*struct{}, error) {
			if err := a.Desk.Agree(ctx, in.ID, in.Body.Offer); err != nil {
				return nil, a.refusal(ctx, in.ID, "", err)
			}
			return nil, nil
		})
	huma.Register(h, operation(http.MethodGet, "/desk/team", "get-team", "Who works, and what waits", http.StatusOK),
		func(ctx context.Context, _ *struct{}) (*answer[desk.Team], error) {
			t, err := a.Desk.Team(ctx)
			return answered(t, err, "team")
		})
	huma.Register(h, operation(http.MethodGet, "/desk/blocked", "list-blocked", "What the guard did not let out, with the words; its reading is recorded", http.StatusOK),
		func(ctx context.Context, in *struct {
			Cursor string `query:"cursor" maxLength:"64"`
		}) (*answer[desk.BlockedList], error) {
			list, err := a.Desk.Blocked(ctx, in.Cursor)
			return answered(list, err, "cursor")
		})
	huma.Register(h, operation(http.MethodGet, "/reports/reliability", "get-reliability", "How conversations went: end-to-end success, what went wrong, and how long it took", http.StatusOK),
		func(ctx context.Context, in *struct {
			Days int `query:"days" minimum:"1" maximum:"366" default:"30" doc:"the window, until now"`
		}) (*answer[desk.Reliability], error) {
			r, err := a.Desk.Reliability(ctx, in.Days)
			return answered(r, err, "report")
		})
}

type offersOut struct {
	Offers []desk.Recordable `json:"offers"`
}

type agreeIn struct {
	ID   string `path:"id"`
	Body struct {
		Offer string `json:"offer" minLength:"1" maxLength:"64" doc:"the id of an offer, of this conversation's offers"`
	}
}
