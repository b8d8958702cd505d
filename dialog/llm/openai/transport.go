package openai

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// transport reads what the client library drops from errors, and bounds bodies.
type transport struct {
	next    http.RoundTripper
	maxBody int64
	now     func() time.Time
}

// seen is what a transport saw of one call's response.
type seen struct {
	at         time.Time
	retryAfter time.Duration
	// whole: the body is one JSON document, not a stream of events.
	whole bool
}

type seenKey struct{}

func withSeen(ctx context.Context, s *seen) context.Context {
	return context.WithValue(ctx, seenKey{}, s)
}

// RoundTrip passes the request on.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if s, ok := r.Context().Value(seenKey{}).(*seen); ok {
		s.at = t.now()
		s.retryAfter = retryAfter(resp.Header, s.at)
		form, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
		s.whole = form == "application/json"
	}
	resp.Body = &bounded{body: resp.Body, left: t.maxBody}
	return resp, nil
}

// maxRetryAfter bounds what a provider may ask: beyond it, it is down.
const maxRetryAfter = time.Hour

// retryAfter reads seconds or an HTTP date (RFC 9110 section 10.2.3), and the
// vendor's own header in milliseconds. Nonsense is zero.
func retryAfter(h http.Header, now time.Time) time.Duration {
	d := time.Duration(0)
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil && ms > 0 && ms < 1e9 {
		d = time.Duration(ms * float64(time.Millisecond))
	} else if v := strings.TrimSpace(h.Get("Retry-After")); v != "" {
		if s, err := strconv.ParseFloat(v, 64); err == nil {
			if s > 0 && s < 1e6 {
				d = time.Duration(s * float64(time.Second))
			}
		} else if at, err := http.ParseTime(v); err == nil {
			d = at.Sub(now)
		}
	}
	return min(max(d, 0), maxRetryAfter)
}

var errBodyTooLarge = errors.New("openai: body too large")

// bounded refuses to read past its bound, instead of cutting the body short.
type bounded struct {
	body io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		var one [1]byte
		if n, err := b.body.Read(one[:]); n == 0 {
			return 0, err
		}
		return 0, errBodyTooLarge
	}
	n, err := b.body.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

func (b *bounded) Close() error { return b.body.Close() }
