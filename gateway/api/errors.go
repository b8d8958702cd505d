package api

import (
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/compliance"
	"parley/gateway/store"
	"parley/gateway/store/sqlstore"
)

// problem turns the record's errors into the API's.
func problem(err error, what string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, store.ErrNotFound):
		return huma.Error404NotFound("there is no such " + what)
	case errors.Is(err, store.ErrStale):
		return huma.Error409Conflict("the " + what + " changed at the same moment; read it again")
	case errors.Is(err, sqlstore.ErrCursor):
		return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: "query.cursor", Message: "is not a cursor of this list"})
	}
	var status huma.StatusError
	if errors.As(err, &status) {
		return err
	}
	return huma.Error503ServiceUnavailable("the record did not answer; nothing was changed")
}

// Refusal is a problem document with what the law says: rules, and until when.
type Refusal struct {
	huma.ErrorModel
	Findings []compliance.Finding `json:"findings,omitempty" doc:"the rules against it, with the words that caused them"`
	Until    *time.Time           `json:"until,omitempty" doc:"when it may be tried again"`
	Holder   string               `json:"holder,omitempty" doc:"who has control"`
}

// ContentType implements [huma.ContentTypeFilter].
func (r *Refusal) ContentType(string) string { return "application/problem+json" }

func refuse(status int, detail string) *Refusal {
	return &Refusal{ErrorModel: huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: detail}}
}
