package api

import (
	"bytes"
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialog"
	"parley/gateway/casefile"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

type exportOut struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (a *API) export(h huma.API) {
	op := operation(http.MethodGet, "/conversations/{id}/export", "export-conversation",
		"The case file: everything the record holds of a conversation, with proof. The reading is recorded", http.StatusOK)
	op.Responses = map[string]*huma.Response{"200": {Description: "The case file, of the schema " + casefile.Schema + " (docs/records.md)",
		Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: "object", AdditionalProperties: true}}}}}
	huma.Register(h, op, a.exportConversation)
}

// through is the way somebody came.
func through(a staff.Actor) string {
	if a.Session == "" {
		return "api"
	}
	return "desk"
}

// exportConversation makes the case file. That someone read it is recorded first;
// what can't be recorded is not read.
func (a *API) exportConversation(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*exportOut, error) {
	reader, err := a.Desk.Allow(ctx, staff.Export)
	if err == nil {
		err = reader.Demand(staff.ConversationRead)
	}
	if err == nil && len(reader.Portfolios) > 0 { // who sees all may also take out what a purge has left
		_, err = a.Desk.See(ctx, in.ID, staff.Export)
	}
	if err != nil {
		return nil, problem(err, "conversation")
	}
	now := a.now()
	err = a.Record.Note(ctx, in.ID, dialog.Event{Type: store.EventRecordRead, At: now, Who: "human:" + reader.Name,
		Body: map[string]any{"what": "case file", "through": through(reader), "role": string(reader.Role)}})
	if err != nil && !errors.Is(err, store.ErrNotFound) { // of a purged one, the ledger may be left
		return nil, problem(err, "conversation")
	}
	file, err := casefile.Build(ctx, a.Record, in.ID, casefile.Made{At: now, By: reader.Name, Program: a.Version})
	if err != nil {
		return nil, problem(err, "conversation")
	}
	var body bytes.Buffer
	if err := file.JSON(&body); err != nil {
		return nil, problem(err, "conversation")
	}
	return &exportOut{ContentType: "application/json", CacheControl: "no-store", Body: body.Bytes()}, nil
}
