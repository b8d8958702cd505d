package openai

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	api "github.com/sashabaranov/go-openai"

	"parley/dialog/llm"
)

// failure is one call's error and what may follow it.
type failure struct {
	err *llm.Error
	// final: another call can't help, or there is no time left for one.
	final bool
	// cancelled: the caller went away, which says nothing about the endpoint.
	cancelled bool
	// again: the endpoint must be asked in another way, which is known now.
	again bool
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func retryable(err error) bool {
	var f *failure
	return errors.As(err, &f) && f.err.Retryable() && !f.final && !f.cancelled
}

// countsAgainst reports whether a failure speaks against the endpoint itself.
func countsAgainst(err error) bool {
	var f *failure
	return errors.As(err, &f) && f.err.Retryable() && !f.cancelled
}

// classify names what went wrong with a call. call is the context of the call
// alone, ctx that of the whole request.
func classify(ctx, call context.Context, err error, seen *seen) *failure {
	e := &llm.Error{Kind: llm.Unavailable, RetryAfter: seen.retryAfter}
	f := &failure{err: e}
	status, code, _ := provider(err)
	var syntax *json.SyntaxError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.Kind, e.Reason, e.Err, f.cancelled = llm.Timeout, "cancelled", context.Canceled, true
	case errors.Is(err, errBodyTooLarge):
		e.Kind, e.Reason = llm.Malformed, "body too large"
	case call.Err() != nil || errors.Is(err, context.DeadlineExceeded):
		e.Kind, e.Reason, e.Err, f.final = llm.Timeout, "deadline", context.DeadlineExceeded, ctx.Err() != nil
	case status == http.StatusTooManyRequests && code == "insufficient_quota":
		e.Kind, e.Reason = llm.Refused, "quota used up"
	case status == http.StatusTooManyRequests:
		e.Kind, e.Reason = llm.RateLimited, "http 429"
	case status == http.StatusRequestTimeout:
		e.Kind, e.Reason = llm.Timeout, "http 408"
	case status == http.StatusOK && (errors.As(err, &syntax) || errors.As(err, &wrongType)):
		e.Kind, e.Reason = llm.Malformed, "body is not the provider's form"
	case status >= 500 || status == http.StatusConflict || status == http.StatusTooEarly:
		e.Reason = "http " + strconv.Itoa(status)
	case status >= 300:
		e.Kind, e.Reason = llm.Refused, "http "+strconv.Itoa(status)
	case errors.As(err, &syntax) || errors.As(err, &wrongType):
		e.Kind, e.Reason = llm.Malformed, "body is not the provider's form"
	default:
		e.Reason = "not reached"
	}
	if deadline, ok := ctx.Deadline(); ok && e.RetryAfter > 0 && seen.at.Add(e.RetryAfter).After(deadline) {
		f.final = true
	}
	return f
}

// provider is the HTTP status of a provider's error, its code, and the words
// that tell what it didn't understand. The words go no further than this package.
func provider(err error) (status int, code, words string) {
	var ae *api.APIError
	var re *api.RequestError
	switch {
	case errors.As(err, &ae):
		if s, ok := ae.Code.(string); ok {
			code = s
		}
		words = ae.Message + " " + code + " " + ae.Type
		if ae.Param != nil {
			words += " " + *ae.Param
		}
		return ae.HTTPStatusCode, code, strings.ToLower(words)
	case errors.As(err, &re):
		return re.HTTPStatusCode, "", strings.ToLower(string(re.Body))
	}
	return 0, "", ""
}
