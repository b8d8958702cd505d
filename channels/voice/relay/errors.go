package relay

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"parley/channels"
)

// codes says what to do about Twilio's error codes for a call that was to be placed
// (https://www.twilio.com/docs/api/errors). A code that is not here is judged by the
// answer's HTTP status.
var codes = map[int]channels.ErrorKind{
	20429: channels.Retryable, // too many requests

	13223: channels.Rejected, // invalid phone number format
	13224: channels.Rejected, // invalid phone number
	13225: channels.Rejected, // forbidden phone number
	13227: channels.Rejected, // geographic permission
	21201: channels.Rejected, // no To
	21211: channels.Rejected, // invalid To
	21214: channels.Rejected, // To can't be reached
	21215: channels.Rejected, // no permission for the region of To
	21216: channels.Rejected, // To is on Twilio's block list
	21217: channels.Rejected, // telephone number not reachable

	20003: channels.Misconfigured, // authentication
	20005: channels.Misconfigured, // account not active
	20008: channels.Misconfigured, // test credentials
	20404: channels.Misconfigured, // no such account or resource
	21205: channels.Misconfigured, // invalid Url
	21210: channels.Misconfigured, // From is not verified
	21212: channels.Misconfigured, // invalid From
	21213: channels.Misconfigured, // no From
	21219: channels.Misconfigured, // trial account, unverified number
	21609: channels.Misconfigured, // invalid StatusCallback
}

// classify says what a failed call of the API means: see the sms adapter's reasons in
// docs/channels.md. What Twilio refuses with a 4xx it has not done; what it fails at
// with a 5xx it may have; without any answer it certainly did nothing only if no
// connection was ever had.
func classify(c *caller, err error) *channels.SendError {
	fail := &channels.SendError{Err: err, RetryAfter: c.retryAfter}
	var refused *apiError
	switch {
	case errors.As(err, &refused):
		fail.Kind, fail.Reason = judge(refused)
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

func judge(e *apiError) (kind channels.ErrorKind, reason string) {
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
