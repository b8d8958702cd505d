package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func (p *till) ask(method, path, body string) *httptest.ResponseRecorder {
	p.Helper()
	r := httptest.NewRequestWithContext(p.Context(), method, "/api/v1/"+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer k0")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	p.mux.ServeHTTP(w, r)
	return w
}

func TestEveryMistakeIsAProblemDocument(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	for _, c := range []struct {
		method, path string
		status       int
		says         string
	}{
		{http.MethodGet, "nothing", http.StatusNotFound, "openapi.json"},
		{http.MethodDelete, "accounts/a", http.StatusMethodNotAllowed, "GET, PUT"},
		{http.MethodPost, "handoffs/h/eat", http.StatusNotFound, ""},
		{http.MethodGet, "conversations?cursor=nonsense", http.StatusUnprocessableEntity, "query.cursor"},
		{http.MethodGet, "handoffs?cursor=nonsense", http.StatusUnprocessableEntity, "query.cursor"},
		{http.MethodGet, "desk/items?cursor=nonsense", http.StatusUnprocessableEntity, "query.cursor"},
		{http.MethodGet, "desk/blocked?cursor=nonsense", http.StatusUnprocessableEntity, "query.cursor"},
		{http.MethodGet, "desk/items?view=everything", http.StatusUnprocessableEntity, "query.view"},
		{http.MethodGet, "desk/conversations/none", http.StatusNotFound, "no such conversation"},
		{http.MethodGet, "conversations/none/trace", http.StatusNotFound, "no such conversation"},
	} {
		w := p.ask(c.method, c.path, "")
		if w.Code != c.status || w.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s %s: %d %s %s", c.method, c.path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
	if allow := p.ask(http.MethodDelete, "accounts/a", "").Header().Get("Allow"); allow != "GET, PUT" {
		t.Errorf("Allow: %q", allow)
	}
}

func TestAnErrorNeverSaysWhatWasInTheRequest(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	for _, body := range []string{
		`{"portfolio":"p","person":{"id":"x","name":"A B","birth_date":"1986-04-12","ssn_last4":"123456789","nonsense":1}}`,
		`{"person":{"birth_date":"1986-04-12","ssn_last4":"123456789"}`,
	} {
		w := p.ask(http.MethodPut, "accounts/a", body)
		if w.Code < 400 || strings.Contains(w.Body.String(), "123456789") || strings.Contains(w.Body.String(), "1986") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
}

func TestAPaydayNobodyCanReadIsRefused(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	for payday, ok := range map[string]bool{"someday": false, "0": false, "32": false, "friday": true, "15": true, "1,15": true, "last": true, "15,last": true, "": true} {
		body := `{"portfolio":"p","person":{"id":"x","name":"A B"},"creditor":{"current":"N"},"account_last4":"4421","balance":{"amount":"10.00","currency":"USD"},"finances":{"payday":"` + payday + `"}}`
		if w := p.ask(http.MethodPut, "accounts/a", body); (w.Code < 300) != ok {
			t.Errorf("%q: %d %s", payday, w.Code, w.Body)
		}
	}
}
