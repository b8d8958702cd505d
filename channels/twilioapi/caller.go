// Package twilioapi makes the calls of Twilio's REST API for the adapters that use it, and
// says what a failed one means for the message or the call it was about.
package twilioapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/twilio/twilio-go/client"
)

// maxAnswer bounds what is read of an answer of Twilio's API.
const maxAnswer = 4 << 20

// Account is whose calls are made, and where.
type Account struct {
	SID, Token string
	// API is where the API is; its path goes before that of each call.
	API  *url.URL
	HTTP *http.Client
	Now  func() time.Time
}

// Caller carries the calls of twilio-go's generated client for one context: the
// client itself has no place for one. It sends them to the configured API
// address and keeps what the generated code drops: the status, Retry-After,
// and whether a connection was ever had. Its errors name no person: Twilio's
// own messages quote telephone numbers, and so do the addresses of look-ups.
type Caller struct {
	ctx     context.Context
	account Account

	status     int
	retryAfter time.Duration
	// wanted and connected follow the connection; they are set by the transport,
	// from other goroutines.
	wanted, connected atomic.Bool
}

var _ client.BaseClient = (*Caller)(nil)

// New makes a caller for the calls of one context.
func New(ctx context.Context, a Account) *Caller { return &Caller{ctx: ctx, account: a} }

// Handler is what twilio-go's generated services are made with.
func (c *Caller) Handler() *client.RequestHandler {
	return &client.RequestHandler{Client: c} // not NewRequestHandler, which reads the environment
}

// The rest of client.BaseClient; deadlines come from ctx, credentials from the account.
func (c *Caller) AccountSid() string       { return c.account.SID }
func (c *Caller) SetTimeout(time.Duration) {}
func (c *Caller) SetOauth(client.OAuth)    {}
func (c *Caller) OAuth() client.OAuth      { return nil }

// apiError is a refusal by Twilio's API.
type apiError struct{ status, code int }

func (e *apiError) Error() string {
	if e.code == 0 {
		return fmt.Sprintf("twilio answered %d", e.status)
	}
	return fmt.Sprintf("twilio answered %d with error %d", e.status, e.code)
}

// SendRequest makes one call. A refusal is an *apiError.
func (c *Caller) SendRequest(method, rawURL string, data url.Values, headers map[string]any, _ ...byte) (*http.Response, error) {
	req, err := c.request(method, rawURL, data)
	if err != nil {
		return nil, err
	}
	for key, value := range headers {
		req.Header.Set(key, fmt.Sprint(value))
	}
	res, err := c.account.HTTP.Do(req)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err // without the address, which may hold a telephone number
		}
		return nil, err
	}
	c.status = res.StatusCode
	c.retryAfter = retryAfter(res.Header.Get("Retry-After"), c.account.Now())
	if res.StatusCode >= 300 {
		defer res.Body.Close()
		var body struct {
			Code int `json:"code"`
		}
		_ = json.NewDecoder(io.LimitReader(res.Body, maxAnswer)).Decode(&body) // the status alone is enough
		return nil, &apiError{res.StatusCode, body.Code}
	}
	res.Body = limited{io.LimitReader(res.Body, maxAnswer), res.Body}
	return res, nil
}

// request is the call, addressed to the configured API.
func (c *Caller) request(method, rawURL string, data url.Values) (*http.Request, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, errors.New("bad address")
	}
	u.Scheme, u.Host, u.Path = c.account.API.Scheme, c.account.API.Host, c.account.API.Path+u.Path
	var body io.Reader
	if method == http.MethodGet {
		if len(data) > 0 {
			u.RawQuery = data.Encode()
		}
	} else {
		body = strings.NewReader(data.Encode())
	}
	ctx := httptrace.WithClientTrace(c.ctx, &httptrace.ClientTrace{
		GetConn: func(string) { c.wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { c.connected.Store(true) },
	})
	req, err := http.NewRequestWithContext(ctx, method, u.String(), body)
	if err != nil {
		return nil, errors.New("bad address")
	}
	req.SetBasicAuth(c.account.SID, c.account.Token)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "parley twilio-go/"+client.LibraryVersion)
	return req, nil
}

// neverConnected reports whether the call certainly did not reach Twilio: a
// connection was asked for and none was had.
func (c *Caller) neverConnected() bool { return c.wanted.Load() && !c.connected.Load() }

// limited reads from one and closes the other.
type limited struct {
	io.Reader
	io.Closer
}

// retryAfter reads the header's seconds or date (RFC 9110, 10.2.3); 0 when it says neither.
func retryAfter(s string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(s); err == nil && seconds > 0 {
		return time.Duration(min(seconds, 24*60*60)) * time.Second
	}
	if at, err := http.ParseTime(s); err == nil && at.After(now) {
		return min(at.Sub(now), 24*time.Hour)
	}
	return 0
}
