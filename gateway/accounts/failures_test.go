package accounts_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/dialog"
	"parley/gateway/accounts"
)

// failureCase is a way for a system of record to fail.
type failureCase struct {
	answer func(t *testing.T, w http.ResponseWriter, r *http.Request)
	want   string
	tries  int
	unfit  bool // the stored account must not be used, however young
}

var failureCases = map[string]failureCase{
	"status 500":   {func(_ *testing.T, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "status 500", 3, false},
	"status 503":   {func(_ *testing.T, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, "status 503", 3, false},
	"a long wait":  {wait("600"), "status 429", 1, false},
	"status 400":   {func(_ *testing.T, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(400) }, "status 400", 1, false},
	"status 204":   {func(_ *testing.T, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, "status 204", 1, false},
	"a bad token":  {func(_ *testing.T, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, "refuses the token", 1, false},
	"no such one":  {func(_ *testing.T, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, "no such account", 1, true},
	"a page":       {body("text/html", "<html>secret</html>"), "not application/json", 1, false},
	"no JSON":      {body("application/json", "<html>secret</html>"), "no whole JSON document", 3, false},
	"half of it":   {body("application/json", `{"id":"acct-1","person":{"name":"secret`), "no whole JSON document", 3, false},
	"two of it":    {body("application/json", `{} {}`), "no whole JSON document", 3, false},
	"a list":       {body("application/json", `[]`), "no JSON object", 1, false},
	"null":         {body("application/json", `null`), "no JSON object", 1, false},
	"a huge body":  {huge, "larger than 262144 bytes", 1, false},
	"a short body": {cut, "cut short", 3, false},
	"a hang up":    {func(*testing.T, http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "can't be reached", 3, false},
	"a new field":  {edited(func(m map[string]any) { m["score"] = "secret" }), "score: is no field of an account", 1, false},
	"another type": {edited(func(m map[string]any) { m["balance"] = "secret" }), "balance: expected object", 1, false},
	"a lost field": {edited(func(m map[string]any) { delete(m, "creditor") }), "creditor: is missing", 1, false},
	"another id":   {edited(func(m map[string]any) { m["id"] = "acct-2" }), "gave another account", 1, false},
	"a number id":  {edited(func(m map[string]any) { m["id"] = 1 }), "gave another account", 1, false},
	"other policy": {edited(func(m map[string]any) { m["portfolio"] = "secret" }), "portfolio: is not in the configuration", 1, false},
	"other person": {edited(func(m map[string]any) { m["person"].(map[string]any)["id"] = "secret" }), "another person's", 1, true},
	"a redirect": {func(_ *testing.T, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://127.0.0.1:1/elsewhere", http.StatusTemporaryRedirect)
	}, "only the configured host is asked", 1, false},
}

func wait(seconds string) func(*testing.T, http.ResponseWriter, *http.Request) {
	return func(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", seconds)
		w.WriteHeader(http.StatusTooManyRequests)
	}
}

func body(kind, text string) func(*testing.T, http.ResponseWriter, *http.Request) {
	return func(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, text)
	}
}

func edited(edit func(map[string]any)) func(*testing.T, http.ResponseWriter, *http.Request) {
	return func(t *testing.T, w http.ResponseWriter, _ *http.Request) { give(t, w, edit) }
}

func huge(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"id":"`)
	for range 400 {
		_, _ = io.WriteString(w, strings.Repeat("x", 1024))
	}
	_, _ = io.WriteString(w, `"}`)
}

func cut(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", "4096")
	_, _ = io.WriteString(w, `{"id":"acct-1"`)
}

func TestAFailureLeavesTheStoredAccountWithItsAge(t *testing.T) {
	t.Parallel()
	for name, c := range failureCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int64
			var told []error
			h := connect(t, func(w http.ResponseWriter, r *http.Request) {
				calls.Add(1)
				c.answer(t, w, r)
			}, func(h *accounts.HTTPConfig) { h.Fault = func(err error) { told = append(told, err) } })
			stored := account(t, nil)
			got, stale, err := h.Refresh(context.Background(), stored)
			var failed *dialog.StaleError
			if !errors.As(err, &failed) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			if stale != 5*time.Minute || !failed.Since.Equal(noon) || got.Balance != stored.Balance {
				t.Errorf("stale %v since %v", stale, failed.Since)
			}
			if failed.Usable == c.unfit {
				t.Errorf("usable is %v", failed.Usable)
			}
			if int(calls.Load()) != c.tries || len(failed.Tries) != c.tries {
				t.Errorf("%d calls, %d told, want %d", calls.Load(), len(failed.Tries), c.tries)
			}
			if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "Ann") {
				t.Errorf("a value shows in %v", err)
			}
			if len(told) != 1 {
				t.Errorf("%d faults were told", len(told))
			}
		})
	}
}
