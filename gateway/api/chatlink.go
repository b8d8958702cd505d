package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialog"
	"parley/gateway/desk/staff"
)

// EventChatLink is the ledger's word on a link that identifies whoever has it.
const EventChatLink = "chat_link.made"

// chatLinkLasts is how long a link is good for where nobody says.
const chatLinkLasts = 24 * time.Hour

type chatLinkIn struct {
	ID   string `path:"id" minLength:"1" maxLength:"128"`
	Body *struct {
		ExpiresIn int `json:"expires_in,omitempty" minimum:"60" maximum:"604800" default:"86400" doc:"for how long it is good, in seconds; at most seven days"`
	}
}

// ChatLink opens the web chat for a person: whoever has it is taken for them.
type ChatLink struct {
	URL       string    `json:"url" format:"uri"`
	ExpiresAt time.Time `json:"expires_at"`
}

type chatLinkOut struct{ Body ChatLink }

func (a *API) chatLinks(h huma.API) {
	huma.Register(h, operation(http.MethodPost, "/accounts/{id}/chat-link", "make-chat-link",
		"A link to the web chat that says who comes by it; give it to the account's person alone", http.StatusCreated), a.makeChatLink)
}

// makeChatLink signs a link, and records who asked for it.
func (a *API) makeChatLink(ctx context.Context, in *chatLinkIn) (*chatLinkOut, error) {
	if _, _, err := a.Desk.SeeAccount(ctx, in.ID, staff.PaymentWrite); err != nil {
		return nil, problem(err, "account")
	}
	now, lasts := a.now(), chatLinkLasts
	if in.Body != nil && in.Body.ExpiresIn > 0 {
		lasts = time.Duration(in.Body.ExpiresIn) * time.Second
	}
	until := now.Add(lasts).Truncate(time.Second)
	url := ""
	if a.ChatLink != nil {
		url = a.ChatLink(in.ID, until)
	}
	if url == "" {
		return nil, huma.Error409Conflict("no link can be made: public_url is not configured")
	}
	err := a.Record.UpdateAccount(ctx, in.ID, now, func(acc dialog.Account) (dialog.Account, []dialog.Event, error) {
		return acc, []dialog.Event{{Type: EventChatLink, At: now, Who: "human:" + who(ctx).Name,
			Body: map[string]any{"account": in.ID, "expires_at": until}}}, nil
	})
	if err != nil {
		return nil, problem(err, "account")
	}
	return &chatLinkOut{ChatLink{URL: url, ExpiresAt: until}}, nil
}
