package accounts

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/retrypolicy"

	"parley/dialog"
	"parley/gateway/accounts/recordurl"
)

// HTTPConfig is a system of record that answers GET with one account as JSON, in
// the shape of PUT /api/v1/accounts/{id}.
type HTTPConfig struct {
	// URL has {id} in its path, such as "https://core.example.com/accounts/{id}". It is
	// https; plain http only to this machine itself. No other host is ever asked: redirects are refused.
	URL string
	// Token, where not empty, is sent as a bearer token.
	Token string
	// Timeout bounds one refresh, its retries and waits included. One attempt has half
	// of it, so that a lost connection leaves time for another. Defaults to 2s.
	Timeout time.Duration
	// MaxAge is how old a stored account may be to stand in while the system of record can't be had. Defaults to 15m.
	MaxAge time.Duration
	// MaxAttempts bounds the attempts of one refresh. Defaults to 3.
	MaxAttempts int
	// Backoff is the first wait between attempts; it doubles, and half of it is chance. Defaults to 100ms.
	Backoff time.Duration
	// After BreakerFailures failed attempts in a row nothing is asked for BreakerDelay; then one
	// attempt tells. Default to 6 and 15s.
	BreakerFailures uint
	BreakerDelay    time.Duration
	// MaxBody bounds an answer. Defaults to 256 KiB.
	MaxBody int64
	// Transport defaults to one of its own.
	Transport http.RoundTripper
	// Now is the clock ages are read on, Jitter a number in [0,1). Nil: the real ones.
	Now    func() time.Time
	Jitter func() float64
	// Fault, where not nil, is told of every refresh that failed. The error holds no value of an account.
	Fault func(error)
}

// HTTP is a system of record. It is safe for use by many goroutines.
type HTTP struct {
	config  HTTPConfig
	shape   *Shape
	client  *http.Client
	before  string // of the URL, around {id}
	after   string
	breaker circuitbreaker.CircuitBreaker[dialog.Account]
	retry   retrypolicy.RetryPolicy[dialog.Account]
}

var _ dialog.Accounts = (*HTTP)(nil)

// NewHTTP makes the connector; nothing is asked yet.
func NewHTTP(c HTTPConfig, shape *Shape) (*HTTP, error) {
	if err := recordurl.Check(c.URL); err != nil {
		return nil, err
	}
	c.defaults()
	h := &HTTP{config: c, shape: shape}
	h.before, h.after, _ = strings.Cut(c.URL, "{id}")
	h.client = &http.Client{Transport: c.Transport,
		// A redirect would carry the token, and an account's id, to a host nobody configured.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	transient := func(_ dialog.Account, err error) bool { return kindOf(err) == transientFailure }
	h.breaker = circuitbreaker.NewBuilder[dialog.Account]().HandleIf(transient).
		WithFailureThreshold(c.BreakerFailures).WithDelay(c.BreakerDelay).WithSuccessThreshold(1).Build()
	h.retry = retrypolicy.NewBuilder[dialog.Account]().HandleIf(transient).
		WithMaxAttempts(c.MaxAttempts).WithDelayFunc(h.delay).ReturnLastFailure().Build()
	return h, nil
}

func (c *HTTPConfig) defaults() {
	set(&c.Timeout, 2*time.Second)
	set(&c.MaxAge, 15*time.Minute)
	set(&c.MaxAttempts, 3)
	set(&c.Backoff, 100*time.Millisecond)
	set(&c.BreakerFailures, 6)
	set(&c.BreakerDelay, 15*time.Second)
	set(&c.MaxBody, 256<<10)
	if c.Transport == nil {
		c.Transport = &http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: c.Timeout, KeepAlive: 30 * time.Second}).DialContext,
			ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 16, IdleConnTimeout: 90 * time.Second,
			TLSHandshakeTimeout: c.Timeout, MaxResponseHeaderBytes: 64 << 10,
		}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
}

func set[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Refresh implements [dialog.Accounts].
func (h *HTTP) Refresh(ctx context.Context, a dialog.Account) (dialog.Account, time.Duration, error) {
	outer := ctx
	ctx, cancel := context.WithTimeout(ctx, h.config.Timeout)
	defer cancel()
	var tries []dialog.Try
	fresh, err := failsafe.With[dialog.Account](h.retry, h.breaker).WithContext(ctx).Get(func() (dialog.Account, error) {
		began := h.config.Now()
		acc, err := h.attempt(ctx, outer, a)
		if err != nil {
			tries = append(tries, dialog.Try{Started: began, Took: h.config.Now().Sub(began), Why: err.Error()})
		}
		return acc, err
	})
	if err == nil {
		return Merge(a, fresh, h.shape.engine.Keys), 0, nil
	}
	stale := max(0, h.config.Now().Sub(a.AsOf))
	err = h.settle(err, a, stale, tries)
	if h.config.Fault != nil {
		h.config.Fault(err)
	}
	return a, stale, err
}

// settle says what a failure means for the stored account.
func (h *HTTP) settle(err error, a dialog.Account, stale time.Duration, tries []dialog.Try) error {
	var f *failure
	switch {
	case errors.As(err, &f):
	case errors.Is(err, circuitbreaker.ErrOpen):
		f = &failure{kind: transientFailure, why: "the system of record was down a moment ago and is left alone"}
	default:
		f = &failure{kind: transientFailure, why: "the system of record did not answer in time"}
	}
	if len(tries) == 0 {
		tries = []dialog.Try{{Started: h.config.Now(), Why: f.why}}
	}
	known := !a.AsOf.IsZero()
	return &dialog.StaleError{Since: a.AsOf, Tries: tries, Why: f,
		Usable: known && stale <= h.config.MaxAge && f.kind != goneFailure}
}

// delay is how long to wait before the next attempt.
func (h *HTTP) delay(e failsafe.ExecutionAttempt[dialog.Account]) time.Duration {
	var f *failure
	if errors.As(e.LastError(), &f) && f.after > 0 {
		return f.after
	}
	d := h.config.Backoff << min(e.Retries(), 6)
	return d/2 + time.Duration(float64(d)/2*h.config.Jitter())
}
