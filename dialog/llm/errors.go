package llm

import (
	"errors"
	"fmt"
	"time"
)

// Kind is why a model gave no usable answer.
type Kind string

// The kinds. The set is closed.
const (
	Timeout     Kind = "timeout"      // no answer by the deadline
	RateLimited Kind = "rate_limited" // the provider asks to wait RetryAfter
	Unavailable Kind = "unavailable"  // not reached, 5xx, or the breaker is open
	Refused     Kind = "refused"      // the provider or model declines: key, quota, content filter
	Malformed   Kind = "malformed"    // it answered, but not what was asked for
	Truncated   Kind = "truncated"    // the answer was cut off
)

// Error is a model's failure. It never holds words of the prompt or the answer.
type Error struct {
	Kind Kind
	// RetryAfter is how long the provider asks to wait; zero when it doesn't say.
	RetryAfter time.Duration
	// Reason is a short label with no content, such as "http 503" or "unknown field".
	Reason string
	// Err is the cause where it is safe to show, such as context.DeadlineExceeded.
	Err error
}

// Error says kind and reason.
func (e *Error) Error() string {
	s := "model: " + string(e.Kind)
	if e.Reason != "" {
		s += ": " + e.Reason
	}
	if e.RetryAfter > 0 {
		s += fmt.Sprintf(" (retry after %s)", e.RetryAfter)
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Retryable reports whether the same request may succeed a little later.
func (e *Error) Retryable() bool {
	return e.Kind == Timeout || e.Kind == RateLimited || e.Kind == Unavailable
}

// KindOf is the kind of err; "" for nil, Unavailable for an error of no kind.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Unavailable
}

// malformed makes a Malformed error. Reasons are fixed words: never the
// model's own, which may repeat what a person wrote.
func malformed(format string, args ...any) *Error {
	return &Error{Kind: Malformed, Reason: fmt.Sprintf(format, args...)}
}
