package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/gateway/desk"
)

type noteList struct {
	Notes []desk.Note `json:"notes"`
}

type cannedList struct {
	Canned []desk.Canned `json:"canned"`
}

type dispositionList struct {
	Dispositions []desk.Disposition `json:"dispositions"`
}

// cannedBody is a text to be kept.
type cannedBody struct {
	ID        string `json:"id,omitempty" doc:"not read: the path has it"`
	Shortcut  string `json:"shortcut" maxLength:"64"`
	Title     string `json:"title" maxLength:"400"`
	Text      string `json:"text" maxLength:"16000"`
	Language  string `json:"language,omitempty" enum:"en,es,"`
	Scope     string `json:"scope" enum:"all,team,mine"`
	Portfolio string `json:"portfolio,omitempty" maxLength:"128" doc:"the team's, where the scope is team"`
	Locked    bool   `json:"locked,omitempty"`
	Version   int64  `json:"version,omitempty" doc:"of the one to be replaced; 409 where it is another by now"`
}

func (b cannedBody) text() desk.CannedText {
	return desk.CannedText{Shortcut: b.Shortcut, Title: b.Title, Text: b.Text, Language: b.Language, Scope: b.Scope, Portfolio: b.Portfolio, Locked: b.Locked, Version: b.Version}
}

// keep is what people of the house keep: notes, texts, and the ways in which work ends.
func (a *API) keep(h huma.API) {
	const notes, canned = "/desk/conversations/{id}/notes", "/desk/canned"
	huma.Register(h, operation(http.MethodGet, notes, "list-notes", "Notes on a conversation, which the debtor never sees", http.StatusOK),
		func(ctx context.Context, in *conversationID) (*answer[noteList], error) {
			list, err := a.Desk.Notes(ctx, in.ID)
			return answered(noteList{list}, err, "conversation")
		})
	huma.Register(h, operation(http.MethodPost, notes, "add-note", "Write a note", http.StatusCreated),
		func(ctx context.Context, in *textIn) (*answer[desk.Note], error) {
			n, err := a.Desk.AddNote(ctx, in.ID, in.Body.Text)
			return answered(n, err, "conversation")
		})
	huma.Register(h, operation(http.MethodGet, "/desk/dispositions", "list-dispositions", "Ways for a hand-off to end, and what each does", http.StatusOK),
		func(ctx context.Context, _ *struct{}) (*answer[dispositionList], error) {
			list, err := a.Desk.Dispositions(ctx)
			return answered(dispositionList{list}, err, "disposition")
		})
	huma.Register(h, operation(http.MethodGet, canned, "list-canned", "Texts kept for use again", http.StatusOK),
		func(ctx context.Context, _ *struct{}) (*answer[cannedList], error) {
			list, err := a.Desk.CannedTexts(ctx)
			return answered(cannedList{list}, err, "text")
		})
	huma.Register(h, operation(http.MethodPost, canned, "add-canned", "Keep a text: your own, or with the permission one for others", http.StatusCreated),
		func(ctx context.Context, in *answer[cannedBody]) (*answer[desk.Canned], error) {
			c, err := a.Desk.AddCanned(ctx, in.Body.text())
			return answered(c, err, "text: its shortcut may be taken; the text")
		})
	huma.Register(h, operation(http.MethodPut, canned+"/{id}", "change-canned", "Replace a text", http.StatusOK),
		func(ctx context.Context, in *struct {
			ID   string `path:"id"`
			Body cannedBody
		}) (*answer[desk.Canned], error) {
			c, err := a.Desk.ChangeCanned(ctx, in.ID, in.Body.text())
			return answered(c, err, "text")
		})
	huma.Register(h, operation(http.MethodDelete, canned+"/{id}", "delete-canned", "Delete a text", http.StatusNoContent),
		func(ctx context.Context, in *conversationID) (*struct{}, error) {
			return nil, problem(a.Desk.DropCanned(ctx, in.ID), "text")
		})
}
