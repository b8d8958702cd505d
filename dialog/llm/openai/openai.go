// Package openai reaches a language model through any endpoint that speaks
// OpenAI's chat completions: the vendor's own, a gateway, or a server on the
// same machine. It asks for JSON as strictly as the endpoint knows how, demands
// a finished answer, retries what is safe to retry within the deadline, and
// stops asking while the endpoint is down. It logs nothing and keeps no content.
package openai

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	api "github.com/sashabaranov/go-openai"

	"parley/dialog/llm"
)

// Config says which endpoint and how patient to be.
type Config struct {
	// BaseURL is the endpoint up to, not including, "/chat/completions".
	// Defaults to "https://api.openai.com/v1".
	BaseURL string
	// APIKey is sent as a bearer token; empty for endpoints that need none.
	APIKey string
	// Model is the model's name at the endpoint. Required.
	Model string
	// Timeout bounds one Complete, retries included. Defaults to 10 s.
	Timeout time.Duration
	// AttemptTimeout bounds one call; of a stream, the wait for its first piece and
	// for each further one. Defaults to 6 s.
	AttemptTimeout time.Duration
	// MaxAttempts bounds the calls of one Complete. Defaults to 3.
	MaxAttempts int
	// Backoff is the wait before the second call; it doubles with each further
	// one, and varies by half. Defaults to 200 ms. Retry-After takes its place.
	Backoff time.Duration
	// BreakerFailures is how many failed calls in a row stop the asking, and
	// BreakerDelay for how long. Defaults: 5, 20 s.
	BreakerFailures uint
	BreakerDelay    time.Duration
	// MaxBody bounds an answer's body in bytes. Defaults to 1 MiB.
	MaxBody int64
	// Temperature of sampling. Defaults to 0.2. It isn't sent to models that refuse it.
	Temperature float32
	// LogProbs asks for log-probabilities, for endpoints that give them.
	LogProbs bool
	// Transport carries the requests. Defaults to http.DefaultTransport.
	Transport http.RoundTripper
	// Now is the clock for latencies and dated Retry-After. Defaults to time.Now.
	Now func() time.Time
	// Jitter gives a number in [0, 1). Defaults to a random one.
	Jitter func() float64
}

// Client is a model at an endpoint. It is safe for use by many goroutines.
type Client struct {
	config  Config
	api     *api.Client
	breaker circuitbreaker.CircuitBreaker[llm.Response]
	retry   retrypolicy.RetryPolicy[llm.Response]
	// format is the strictest form of asking for JSON the endpoint isn't known
	// to refuse. It only ever moves down.
	format atomic.Int32
	// whole and uncounted: the endpoint can't stream, or can't count a stream's tokens.
	whole, uncounted atomic.Bool
}

var _ llm.Streamer = (*Client)(nil)

// New makes a client. It calls nothing.
func New(c Config) (*Client, error) {
	if c.Model == "" {
		return nil, errors.New("openai: the model's name is missing")
	}
	c.defaults()
	u, err := url.Parse(c.BaseURL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, errors.New("openai: the base URL must be http:// or https:// with a host")
	}
	conf := api.DefaultConfig(c.APIKey)
	conf.BaseURL = strings.TrimRight(c.BaseURL, "/")
	conf.HTTPClient = &http.Client{
		Transport: &transport{next: c.Transport, maxBody: c.MaxBody, now: c.Now},
		// A redirect would carry the prompt to a host nobody configured.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	cl := &Client{config: c, api: api.NewClientWithConfig(conf)}
	cl.breaker = circuitbreaker.NewBuilder[llm.Response]().
		HandleIf(func(_ llm.Response, err error) bool { return countsAgainst(err) }).
		WithFailureThreshold(c.BreakerFailures).WithDelay(c.BreakerDelay).WithSuccessThreshold(1).Build()
	cl.retry = retrypolicy.NewBuilder[llm.Response]().
		HandleIf(func(_ llm.Response, err error) bool { return retryable(err) }).
		WithMaxAttempts(c.MaxAttempts).WithDelayFunc(cl.delay).ReturnLastFailure().Build()
	return cl, nil
}

func (c *Config) defaults() {
	set(&c.BaseURL, "https://api.openai.com/v1")
	set(&c.Timeout, 10*time.Second)
	set(&c.AttemptTimeout, 6*time.Second)
	set(&c.MaxAttempts, 3)
	set(&c.Backoff, 200*time.Millisecond)
	set(&c.BreakerFailures, 5)
	set(&c.BreakerDelay, 20*time.Second)
	set(&c.MaxBody, 1<<20)
	set(&c.Temperature, 0.2)
	if c.Transport == nil {
		c.Transport = http.DefaultTransport
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

// Name is the model's name.
func (c *Client) Name() string { return c.config.Model }

// Format is how JSON is asked for now: "json_schema", "json_object" or "prompt".
func (c *Client) Format() string { return formatNames[c.format.Load()] }

// Open reports whether the breaker is open: the endpoint is taken to be down.
func (c *Client) Open() bool { return c.breaker.IsOpen() }

// Complete asks the endpoint. See [llm.Model].
func (c *Client) Complete(ctx context.Context, r llm.Request) (llm.Response, error) {
	return c.complete(ctx, r, nil)
}

// complete asks, handing the answer to a sink as it comes where there is one.
func (c *Client) complete(ctx context.Context, r llm.Request, to *sink) (llm.Response, error) {
	began := c.config.Now()
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	calls := 0
	resp, err := failsafe.With[llm.Response](c.retry, c.breaker).WithContext(ctx).Get(func() (llm.Response, error) {
		return c.attempt(ctx, r, &calls, to)
	})
	resp.Attempts, resp.Latency = calls, c.config.Now().Sub(began)
	if err != nil {
		return resp, settle(ctx, err)
	}
	return resp, nil
}

// settle makes the retries' error one of the closed kinds.
func settle(ctx context.Context, err error) error {
	var f *failure
	switch {
	case errors.As(err, &f):
		return f.err
	case errors.Is(err, circuitbreaker.ErrOpen):
		return &llm.Error{Kind: llm.Unavailable, Reason: "breaker open"}
	case ctx.Err() != nil:
		return &llm.Error{Kind: llm.Timeout, Reason: "deadline", Err: ctx.Err()}
	}
	return &llm.Error{Kind: llm.Unavailable, Reason: fmt.Sprintf("%T", err)}
}

// delay is how long to wait before the next call.
func (c *Client) delay(e failsafe.ExecutionAttempt[llm.Response]) time.Duration {
	var f *failure
	if errors.As(e.LastError(), &f) && f.err.RetryAfter > 0 {
		return f.err.RetryAfter
	}
	d := c.config.Backoff << min(e.Retries(), 6)
	return d/2 + time.Duration(float64(d)*c.config.Jitter())
}
