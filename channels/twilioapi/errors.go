package twilioapi

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"parley/channels"
)

// Classify says what a failed call means for what it was about; codes say it for Twilio's
// own error codes, and one that is not among them is judged by the answer's HTTP status.
//
// What Twilio refuses with a 4xx it has not created. What it fails at with a
// 5xx it may have: the answer can come from a proxy in front of a request that
// went through, so even a 503 is uncertain; [channels.Finder] tells later. Without
// any answer the message certainly did not go out only if no connection was
// ever had.
func (c *Caller) Classify(codes map[int]channels.ErrorKind, err error) *channels.SendError {
	fail := &channels.SendError{Err: err, RetryAfter: c.retryAfter}
	var refused *apiError
	switch {
	case errors.As(err, &refused):
		fail.Kind, fail.Reason = judge(codes, refused)
	case c.status != 0:
		fail.Kind, fail.Reason = channels.Uncertain, "bad_answer"
		if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
			fail.Reason = "timeout"
		}
	case c.neverConnected():
		fail.Kind, fail.Reason = channels.Retryable, "connect"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		fail.Kind, fail.Reason = channels.Uncertain, "timeout"
	default:
		fail.Kind, fail.Reason = channels.Uncertain, "connection_lost"
	}
	return fail
}

func judge(codes map[int]channels.ErrorKind, e *apiError) (kind channels.ErrorKind, reason string) {
	reason = "http_" + strconv.Itoa(e.status)
	if e.code != 0 {
		reason = strconv.Itoa(e.code)
	}
	switch {
	case e.status >= 500, e.status == http.StatusRequestTimeout:
		return channels.Uncertain, "http_" + strconv.Itoa(e.status)
	case e.status == http.StatusTooManyRequests:
		return channels.Retryable, reason
	}
	if kind, known := codes[e.code]; known {
		return kind, reason
	}
	switch {
	case e.status < 400, // a redirect: the API's address is wrong
		e.status == http.StatusUnauthorized, e.status == http.StatusForbidden,
		e.status == http.StatusNotFound, e.status == http.StatusMethodNotAllowed,
		e.status == http.StatusProxyAuthRequired:
		return channels.Misconfigured, reason
	}
	return channels.Rejected, reason
}
