package sms

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"parley/channels"
)

// codeOptedOut: the person has told Twilio to stop.
const codeOptedOut = "21610"

// codes says what to do about Twilio's error codes
// (https://www.twilio.com/docs/api/errors). A code that is not here is judged
// by the answer's HTTP status.
var codes = map[int]channels.ErrorKind{
	21610: channels.OptedOut, // recipient has replied STOP

	20429: channels.Retryable, // too many requests
	21611: channels.Retryable, // the sender's queue is full

	21211: channels.Rejected, // invalid To
	21217: channels.Rejected, // telephone number not reachable
	21265: channels.Rejected, // To is a short code
	21408: channels.Rejected, // no permission for the region of To
	21602: channels.Rejected, // no body
	21604: channels.Rejected, // no To
	21612: channels.Rejected, // To can't be reached from this sender
	21614: channels.Rejected, // To is not a mobile number
	21617: channels.Rejected, // body too long
	21635: channels.Rejected, // To is a landline

	20003: channels.Misconfigured, // authentication
	20005: channels.Misconfigured, // account not active
	20008: channels.Misconfigured, // test credentials
	20404: channels.Misconfigured, // no such account or resource
	21212: channels.Misconfigured, // invalid From
	21603: channels.Misconfigured, // no From
	21606: channels.Misconfigured, // From can't send messages
	21608: channels.Misconfigured, // trial account, unverified number
	21609: channels.Misconfigured, // invalid StatusCallback
	21659: channels.Misconfigured, // From is not a Twilio number
	21660: channels.Misconfigured, // From belongs to another account
	21701: channels.Misconfigured, // no such messaging service
	21703: channels.Misconfigured, // messaging service without numbers
	21704: channels.Misconfigured, // messaging service without a usable number
	21705: channels.Misconfigured, // invalid messaging service
	30034: channels.Misconfigured, // unregistered sender
}

// classify says what a failed call means for the message.
//
// What Twilio refuses with a 4xx it has not created. What it fails at with a
// 5xx it may have: the answer can come from a proxy in front of a request that
// went through, so even a 503 is uncertain; [Adapter.Find] tells later. Without
// any answer the message certainly did not go out only if no connection was
// ever had.
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
