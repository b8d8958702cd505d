package channels

import (
	"fmt"
	"time"
)

// ErrorKind says what to do about a failed send. The set is closed: policy is
// written against it, in one place, above the adapters.
type ErrorKind string

// The kinds.
const (
	// Uncertain: it may or may not have gone out. Never resend blindly. It is also
	// how a zero or unknown kind is treated.
	Uncertain ErrorKind = "uncertain"
	// Retryable: it certainly did not go out, and may later (429, refused connection).
	Retryable ErrorKind = "retryable"
	// Rejected: the provider will never take this message to this address.
	Rejected ErrorKind = "rejected"
	// OptedOut: the provider has the address on its stop list.
	OptedOut ErrorKind = "opted_out"
	// Misconfigured: credentials, sender or account are wrong; no message will go
	// out until a person mends it.
	Misconfigured ErrorKind = "misconfigured"
)

// SendError is the only error [Channel.Send] returns.
type SendError struct {
	Kind ErrorKind
	// Reason is a stable label such as "http_503" or "21610"; never a person's words or number.
	Reason string
	// RetryAfter is how long the provider asks to wait; 0 when it does not say.
	RetryAfter time.Duration
	// Done are the parts that went out before the failure.
	Done []Part
	Err  error
}

func (e *SendError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("send %s: %s", e.Kind, e.Reason)
	}
	return fmt.Sprintf("send %s: %s: %v", e.Kind, e.Reason, e.Err)
}

func (e *SendError) Unwrap() error { return e.Err }

// InputError is a message from outside that can't be accepted, and why. Its
// text names the field and may be shown to the sender; it never quotes the value.
type InputError struct {
	Field  string
	Reason string
}

func (e *InputError) Error() string { return e.Field + ": " + e.Reason }
