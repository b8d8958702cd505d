package sms

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"

	"parley/channels"
)

// maxBody bounds a webhook's body. Twilio's are a few kilobytes.
const maxBody = 64 << 10

// errForbidden: the request is not Twilio's.
var errForbidden = errors.New("forbidden")

// signed wraps a webhook's handler: it is called with the fields of a request
// whose signature is good, and its error becomes the answer. Until the
// signature is known to be good nothing of the request is looked at, noted or
// passed on.
func (a *Adapter) signed(path string, handle func(ctx context.Context, form, query url.Values) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		form, err := a.authentic(w, r, path)
		if err == nil {
			err = handle(r.Context(), form, r.URL.Query())
		}
		answer(w, err)
	})
}

// authentic reads the request's fields if Twilio signed them.
func (a *Adapter) authentic(w http.ResponseWriter, r *http.Request, path string) (url.Values, error) {
	signature := r.Header.Get("X-Twilio-Signature")
	if _, ok := decodeSignature(signature); !ok {
		return nil, errForbidden
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, err
	}
	address := a.publicURL + path
	if r.URL.RawQuery != "" {
		address += "?" + r.URL.RawQuery
	}
	if sum := r.URL.Query().Get("bodySHA256"); sum != "" {
		if !verify(a.tokens, address, nil, signature) || !verifyBody(body, sum) {
			return nil, errForbidden
		}
		return fields(r, body)
	}
	// Without the hash in its query the body counts as a form, whatever its type
	// says: every byte of it is then under the signature, or there is none.
	form, err := url.ParseQuery(string(body))
	if err != nil || !verify(a.tokens, address, form, signature) {
		return nil, errForbidden
	}
	return form, nil
}

func isJSON(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "application/json"
}

// fields reads a body that is known to be Twilio's: a form, or a JSON object
// whose members are the form's fields.
func fields(r *http.Request, body []byte) (url.Values, error) {
	if !isJSON(r) {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, &channels.InputError{Field: "body", Reason: "is not a form"}
		}
		return form, nil
	}
	var members map[string]any
	if err := json.Unmarshal(body, &members); err != nil {
		return nil, &channels.InputError{Field: "body", Reason: "is not a JSON object"}
	}
	form := url.Values{}
	for key, member := range members {
		switch v := member.(type) {
		case string:
			form.Set(key, v)
		case nil:
		default: // numbers and the like, as they are written
			text, _ := json.Marshal(v)
			form.Set(key, string(text))
		}
	}
	return form, nil
}

// answer tells Twilio what became of its request. An acknowledgement is an
// empty TwiML document: the reply goes out by REST. A 5xx makes Twilio try
// again where the webhook's address says so (docs/channels.md).
func answer(w http.ResponseWriter, err error) {
	var input *channels.InputError
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><Response/>`)
	case errors.Is(err, errForbidden):
		http.Error(w, "forbidden", http.StatusForbidden)
	case errors.As(err, &input):
		http.Error(w, input.Error(), http.StatusBadRequest)
	case errors.As(err, &tooLarge):
		http.Error(w, "body: is too large", http.StatusRequestEntityTooLarge)
	default:
		http.Error(w, "try again", http.StatusServiceUnavailable)
	}
}
