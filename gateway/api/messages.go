package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialog"
	"parley/gateway/desk"
	"parley/gateway/desk/staff"
)

type startIn struct {
	Body struct {
		Account string `json:"account" minLength:"1" maxLength:"128"`
		Channel string `json:"channel" enum:"sms,voice" doc:"voice places a call"`
		Purpose string `json:"purpose" enum:"payment_reminder,plan_offer,verification,written_copy,callback" doc:"why the person is contacted"`
	}
}

type replyIn struct {
	ID   string `path:"id"`
	Body struct {
		Text    string `json:"text" minLength:"1" maxLength:"4000"`
		Epoch   int64  `json:"epoch,omitempty" doc:"the conversation's as it was seen; 409 where it is another by now"`
		DraftOf string `json:"draft_of,omitempty" maxLength:"128" doc:"the suggestion it was made from"`
	}
}

func (a *API) messages(h huma.API) {
	huma.Register(h, operation(http.MethodPost, "/conversations/{id}/messages", "reply", "An agent's reply; 422 with findings when the guard blocks it", http.StatusAccepted), a.reply)
}

// startConversation contacts a person, if the gate allows it now.
func (a *API) startConversation(ctx context.Context, in *startIn) (*conversationOut, error) {
	if _, err := a.Desk.Allow(ctx, staff.ConversationStart); err != nil {
		return nil, problem(err, "account")
	}
	if !slices.Contains(a.Channels, in.Body.Channel) {
		return nil, huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: "body.channel", Message: "is not configured"})
	}
	_, acc, err := a.Desk.SeeAccount(ctx, in.Body.Account, staff.ConversationStart)
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
	if err == nil && id != fresh.ID {
		err = a.mayGoOn(ctx, id)
	}
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

// mayGoOn lets a contact go on in a thread that is open: it may be about others on the same number as well, and
// the answer shows what was said in it.
func (a *API) mayGoOn(ctx context.Context, id string) error {
	reader, err := a.Desk.See(ctx, id, staff.ConversationStart)
	if err == nil && reader.May(staff.ConversationRead) {
		err = a.Desk.Read(ctx, reader, id, "transcript")
	}
	return err
}

// reply sends an agent's words, through the same guard and gate as the bot's.
func (a *API) reply(ctx context.Context, in *replyIn) (*conversationOut, error) {
	err := a.Desk.Reply(ctx, in.ID, desk.Reply{Text: in.Body.Text, Epoch: in.Body.Epoch, DraftOf: in.Body.DraftOf})
	if err != nil {
		return nil, a.refusal(ctx, in.ID, in.Body.Text, err)
	}
	out, err := a.conversation(ctx, in.ID)
	if err == nil {
		out.Status = http.StatusAccepted
	}
	return out, err
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
		return nil, a.refusal(ctx, id, "", err)
	}
	a.Wake(after)
	out, err := a.conversation(ctx, id)
	if err == nil {
		out.Status = status
	}
	return out, err
}

func orDefault(s, d string) string {
	if s == "" {
		return d
	}
	return s
}
