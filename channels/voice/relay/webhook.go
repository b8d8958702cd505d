package relay

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/twilio/twilio-go/client"

	"parley/channels"
	"parley/channels/voice"
)

// maxBody bounds a webhook's body. Twilio's are a few kilobytes.
const maxBody = 64 << 10

// errForbidden: the request is not Twilio's.
var errForbidden = errors.New("forbidden")

// request is one of Twilio's, known to be Twilio's.
type request struct{ form, query url.Values }

// signed wraps a webhook's handler: it is called with the fields of a request whose
// signature is good, and its TwiML or error becomes the answer. Until the signature
// is known to be good nothing of the request is noted or passed on.
func (k *Carrier) signed(path string, handle func(context.Context, *request) (string, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in, err := k.authentic(w, r, path)
		doc := ""
		if err == nil {
			doc, err = handle(r.Context(), in)
		}
		answer(w, doc, err)
	})
}

// authentic reads the request's fields if Twilio signed them.
func (k *Carrier) authentic(w http.ResponseWriter, r *http.Request, path string) (*request, error) {
	signature := r.Header.Get("X-Twilio-Signature")
	if signature == "" {
		return nil, errForbidden
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || !k.verify(k.publicURL+path, r.URL.RawQuery, form, signature) {
		return nil, errForbidden
	}
	in := &request{form: form, query: r.URL.Query()}
	if form.Get("AccountSid") != k.cfg.AccountSID {
		return nil, &channels.InputError{Field: "AccountSid", Reason: "is not the configured account"}
	}
	if !callSID.MatchString(form.Get("CallSid")) {
		return nil, &channels.InputError{Field: "CallSid", Reason: "is missing or no call's id"}
	}
	return in, nil
}

// verify reports whether signature is Twilio's for a request to that address, under
// any of the tokens. A field that is given twice is not under the signature's
// protection and makes it bad. Source:
// https://www.twilio.com/docs/usage/security#validating-requests.
func (k *Carrier) verify(address, rawQuery string, form url.Values, signature string) bool {
	fields := make(map[string]string, len(form))
	for key, values := range form {
		if len(values) != 1 {
			return false
		}
		fields[key] = values[0]
	}
	addresses := []string{address}
	if u, err := url.Parse(address); err == nil && u.Port() == "" && u.Scheme == "wss" {
		u.Host += ":443" // the library would try port 80
		addresses = append(addresses, u.String())
	}
	for _, a := range addresses {
		if rawQuery != "" {
			a += "?" + rawQuery
		}
		for _, token := range k.tokens {
			validator := client.NewRequestValidator(string(token))
			if validator.Validate(a, fields, signature) {
				return true
			}
		}
	}
	return false
}

// answer tells Twilio what to do next, or what was wrong with its request.
func answer(w http.ResponseWriter, doc string, err error) {
	var input *channels.InputError
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = io.WriteString(w, doc)
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

// leg is the call a request is about. One we placed runs the other way.
func (k *Carrier) leg(form url.Values) (voice.Leg, error) {
	leg := voice.Leg{Call: form.Get("CallSid"), Person: form.Get("From"), Ours: form.Get("To")}
	person, ours := "From", "To"
	if strings.HasPrefix(form.Get("Direction"), "outbound") {
		leg.Outbound, leg.Person, leg.Ours = true, leg.Ours, leg.Person
		person, ours = ours, person
	}
	switch {
	case !e164.MatchString(leg.Person):
		return leg, &channels.InputError{Field: person, Reason: "is not a telephone number in E.164"}
	case !k.ours[leg.Ours]:
		return leg, &channels.InputError{Field: ours, Reason: "is not a number of ours"}
	}
	return leg, nil
}
