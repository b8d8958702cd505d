package accounts

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parley/dialog"
)

// failureKind is what can be done about a failed attempt.
type failureKind int

const (
	otherFailure     failureKind = iota // another attempt would not mend it
	transientFailure                    // another attempt may
	goneFailure                         // the system of record knows it otherwise: the stored copy is wrong
)

// failure is one failed attempt. Its words hold no value of an account.
type failure struct {
	kind  failureKind
	why   string
	after time.Duration // the server's Retry-After
}

func (f *failure) Error() string { return f.why }

func fail(kind failureKind, format string, args ...any) error {
	return &failure{kind: kind, why: fmt.Sprintf(format, args...)}
}

func kindOf(err error) failureKind {
	var f *failure
	if errors.As(err, &f) {
		return f.kind
	}
	return otherFailure
}

// attempt asks once. outer is the turn's own context: when that has ended, nobody failed.
func (h *HTTP) attempt(ctx, outer context.Context, a dialog.Account) (dialog.Account, error) {
	call, cancel := context.WithTimeout(ctx, h.config.Timeout/2)
	defer cancel()
	tree, err := h.get(call, a.ID)
	switch {
	case err == nil:
		return h.read(tree, a)
	case outer.Err() != nil:
		return dialog.Account{}, fail(otherFailure, "the turn was stopped")
	case call.Err() != nil && kindOf(err) == transientFailure:
		return dialog.Account{}, fail(transientFailure, "the system of record did not answer in time")
	}
	var f *failure
	if deadline, ok := ctx.Deadline(); ok && errors.As(err, &f) && f.after >= time.Until(deadline) {
		f.kind = otherFailure // it wants more patience than a person has
	}
	return dialog.Account{}, err
}

// get asks for an account and decodes what it gets.
func (h *HTTP) get(ctx context.Context, id string) (map[string]any, error) {
	if id == "" || id == "." || id == ".." {
		return nil, fail(otherFailure, "the account's id can't stand in a URL")
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.before+url.PathEscape(id)+h.after, nil)
	if err != nil {
		return nil, fail(otherFailure, "the account's id can't stand in a URL")
	}
	r.Header.Set("Accept", "application/json")
	if h.config.Token != "" {
		r.Header.Set("Authorization", "Bearer "+h.config.Token)
	}
	resp, err := h.client.Do(r)
	if err != nil {
		return nil, fail(transientFailure, "the system of record can't be reached: %s", cause(err))
	}
	defer resp.Body.Close()
	if err := status(resp, h.config.Now()); err != nil {
		return nil, err
	}
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil || (kind != "application/json" && !strings.HasSuffix(kind, "+json")) {
		return nil, fail(otherFailure, "the answer is not application/json")
	}
	return h.body(resp.Body)
}

func (h *HTTP) body(r io.Reader) (map[string]any, error) {
	src, err := io.ReadAll(io.LimitReader(r, h.config.MaxBody+1))
	switch {
	case err != nil:
		return nil, fail(transientFailure, "the answer was cut short")
	case int64(len(src)) > h.config.MaxBody:
		return nil, fail(otherFailure, "the answer is larger than %d bytes", h.config.MaxBody)
	}
	var v any
	if err := json.Unmarshal(src, &v); err != nil {
		return nil, fail(transientFailure, "the answer is no whole JSON document")
	}
	tree, ok := v.(map[string]any)
	if !ok {
		return nil, fail(otherFailure, "the answer is no JSON object")
	}
	return tree, nil
}

// status sorts the HTTP status of an answer.
func status(resp *http.Response, now time.Time) error {
	code := resp.StatusCode
	switch {
	case code == http.StatusOK:
		return nil
	case code == http.StatusNotFound || code == http.StatusGone:
		return fail(goneFailure, "the system of record has no such account (status %d)", code)
	case code >= 300 && code < 400:
		return fail(otherFailure, "the system of record redirects (status %d); only the configured host is asked", code)
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return fail(otherFailure, "the system of record refuses the token (status %d)", code)
	case code >= 500 || code == http.StatusTooManyRequests || code == http.StatusRequestTimeout || code == http.StatusTooEarly:
		return &failure{kind: transientFailure, why: fmt.Sprintf("the system of record answered with status %d", code),
			after: retryAfter(resp.Header.Get("Retry-After"), now)}
	}
	return fail(otherFailure, "the system of record answered with status %d", code)
}

// retryAfter reads seconds or a date (RFC 9110 section 10.2.3).
func retryAfter(text string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(text); err == nil && n >= 0 && n < 1<<20 {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// read holds an answer to the shape and to the account that was asked for.
func (h *HTTP) read(tree map[string]any, a dialog.Account) (dialog.Account, error) {
	if id, given := tree["id"]; given && id != a.ID {
		return dialog.Account{}, fail(otherFailure, "the system of record gave another account than it was asked for")
	}
	tree["id"] = a.ID
	acc, err := h.shape.Account(tree, h.config.Now().UTC())
	var faults Faults
	if errors.As(err, &faults) {
		if len(faults) > 8 {
			faults = append(faults[:8:8], Fault{What: fmt.Sprintf("and %d more", len(faults)-8)})
		}
		return dialog.Account{}, fail(otherFailure, "the answer does not have the shape of an account: %s", faults.Error())
	}
	if err != nil {
		return dialog.Account{}, fail(otherFailure, "the answer does not have the shape of an account")
	}
	if acc.Person.ID != a.Person.ID {
		// Whoever is in the conversation was identified as somebody else.
		return dialog.Account{}, fail(goneFailure, "the account is another person's now")
	}
	return acc, nil
}

// cause is the reason of a failed request, without the URL, which holds an id.
func cause(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Op + ": " + op.Err.Error()
	}
	return err.Error()
}
