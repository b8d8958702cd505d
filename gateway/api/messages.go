package api

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parley/channels"
	"parley/dialog"
)

type startIn struct {
	Body struct {
		Account string `json:"account" minLength:"1" maxLength:"128"`
		Channel string `json:"channel" enum:"sms"`
		Purpose string `json:"purpose" enum:"payment_reminder,plan_offer,verification,written_copy" doc:"why the person is contacted"`
	}
}

type replyIn struct {
	ID   string `path:"id"`
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"4000"`
	}
}

func (a *API) messages(h huma.API) {
	huma.Register(h, operation(http.MethodPost, "/conversations/{id}/messages", "reply", "An agent's reply; 422 with findings when the guard blocks it", http.StatusAccepted), a.reply)
}

// startConversation contacts a person, if the gate allows it now.
func (a *API) startConversation(ctx context.Context, in *startIn) (*conversationOut, error) {
	if err := may(ctx, "integrator", "agent", "senior_agent", "supervisor"); err != nil {
		return nil, err
	}
	if !slices.Contains(a.Channels, in.Body.Channel) {
		return nil, huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: "body.channel", Message: "is not configured"})
	}
	acc, err := a.Record.Account(ctx, in.Body.Account)
	if err != nil {
		return nil, problem(err, "account")
	}
	i := slices.IndexFunc(acc.Person.Addresses, func(x dialog.Address) bool { return x.Channel == in.Body.Channel })
	if i < 0 {
		return nil, huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: "body.channel", Message: "the account has no address for it"})
	}
	fresh := dialog.Conversation{
		ID: "cv_" + a.Env.NewID(), Channel: in.Body.Channel, Address: acc.Person.Addresses[i].Value, Candidates: []string{acc.ID},
		Control: dialog.ControlBot, Mode: dialog.ModeAuto, Language: orDefault(acc.Person.Language, "en"), CreatedAt: a.now(), SessionStart: a.now(),
	}
	id, err := a.openOn(ctx, fresh)
	if err != nil {
		return nil, problem(err, "conversation")
	}
	return a.apply(ctx, id, &fresh, http.StatusCreated, func(snap dialog.Snapshot) (dialog.Effects, error) {
		return a.Engine.Start(snap, acc.ID, in.Body.Purpose, a.Env)
	})
}

// openOn finds the open conversation of the address, so that a thread goes on where it was.
func (a *API) openOn(ctx context.Context, fresh dialog.Conversation) (string, error) {
	id, err := a.Record.OpenConversation(ctx, fresh.Channel, fresh.Address)
	if err != nil || id != "" {
		return id, err
	}
	return fresh.ID, nil
}

// reply sends an agent's words, through the same guard and gate as the bot's.
func (a *API) reply(ctx context.Context, in *replyIn) (*conversationOut, error) {
	if err := may(ctx, "agent", "senior_agent", "supervisor"); err != nil {
		return nil, err
	}
	if err := (channels.Inbound{Channel: "api", ProviderID: "x", From: "x", Text: in.Body.Text}).Validate(); err != nil {
		return nil, huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: "body.text", Message: err.Error()})
	}
	return a.apply(ctx, in.ID, nil, http.StatusAccepted, func(snap dialog.Snapshot) (dialog.Effects, error) {
		return a.Engine.AgentReply(snap, who(ctx).Name, in.Body.Text, 0, a.Env)
	})
}

// apply runs an action under the conversation's lock and answers with the conversation.
func (a *API) apply(ctx context.Context, id string, create *dialog.Conversation, status int, act func(dialog.Snapshot) (dialog.Effects, error)) (*conversationOut, error) {
	var after dialog.Conversation
	err := a.Record.Update(ctx, id, create, a.now(), func(snap dialog.Snapshot) (dialog.Effects, error) {
		e, err := act(snap)
		after = e.Conversation
		return e, err
	})
	if err != nil {
		return nil, actionProblem(err)
	}
	a.Wake(after)
	out, err := a.conversation(ctx, id)
	if err == nil {
		out.Status = status
	}
	return out, err
}

// actionProblem says why an action was refused: the law, or another's control.
func actionProblem(err error) error {
	var refused *dialog.Refused
	if !errors.As(err, &refused) {
		return problem(err, "conversation")
	}
	status := http.StatusConflict
	if refused.Kind == dialog.RefusedByGuard || refused.Kind == dialog.RefusedByPolicy {
		status = http.StatusUnprocessableEntity
	}
	r := refuse(status, refused.Error())
	r.Findings, r.Holder = refused.Findings, refused.Holder
	if !refused.Until.IsZero() {
		r.Until = &refused.Until
	}
	return r
}

func orDefault(s, d string) string {
	if s == "" {
		return d
	}
	return s
}
