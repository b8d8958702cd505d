package accounts_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/dialog"
	"parley/gateway/accounts"
	"parley/gateway/accounts/recordurl"
)

// connect makes a connector to a handler behind a real socket.
func connect(t *testing.T, handler http.HandlerFunc, edit func(*accounts.HTTPConfig)) *accounts.HTTP {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return connector(t, func(c *accounts.HTTPConfig) {
		c.URL = server.URL + "/accounts/{id}"
		if edit != nil {
			edit(c)
		}
	})
}

func connector(t *testing.T, edit func(*accounts.HTTPConfig)) *accounts.HTTP {
	t.Helper()
	c := accounts.HTTPConfig{URL: "https://core.example.com/accounts/{id}", Token: "a-token", Timeout: 20 * time.Second, Backoff: time.Microsecond,
		BreakerFailures: 100, Now: func() time.Time { return noon.Add(5 * time.Minute) }, Jitter: func() float64 { return 0 }}
	edit(&c)
	h, err := accounts.NewHTTP(c, shape())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func give(t *testing.T, w http.ResponseWriter, edit func(map[string]any)) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err := json.NewEncoder(w).Encode(object(t, edit)); err != nil {
		t.Error(err)
	}
}

func TestAnAccountIsFetched(t *testing.T) {
	t.Parallel()
	stored := account(t, nil)
	stored.Version = 9
	stored.Promises = []dialog.Promise{{ID: "pr-1"}}
	h := connect(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.Path != "/accounts/acct-1" || r.Header.Get("Authorization") != "Bearer a-token" || r.Header.Get("Accept") != "application/json" {
			t.Errorf("asked %s %s %v", r.Method, r.URL, r.Header)
		}
		give(t, w, func(m map[string]any) {
			delete(m, "id")
			m["balance"].(map[string]any)["amount"] = "900.00"
		})
	}, nil)
	got, stale, err := h.Refresh(context.Background(), stored)
	if err != nil || stale != 0 {
		t.Fatal(stale, err)
	}
	if got.Balance.Minor != 90000 || got.ID != "acct-1" || got.Version != 9 || len(got.Promises) != 1 || !got.AsOf.Equal(noon.Add(5*time.Minute)) {
		t.Errorf("got %+v", got)
	}
}

func TestAnIdStaysInItsPlace(t *testing.T) {
	t.Parallel()
	for id, path := range map[string]string{"a/../../b": "/accounts/a%2F..%2F..%2Fb", "a?x=1#y": "/accounts/a%3Fx=1%23y", "@evil.example.com": "/accounts/@evil.example.com", "a b\nc": "/accounts/a%20b%0Ac"} {
		var asked atomic.Value
		h := connect(t, func(w http.ResponseWriter, r *http.Request) {
			asked.Store(r.RequestURI)
			give(t, w, func(m map[string]any) { m["id"] = id })
		}, nil)
		a := account(t, func(m map[string]any) { m["id"] = id })
		if _, _, err := h.Refresh(context.Background(), a); err != nil || asked.Load() != path {
			t.Errorf("%q: asked %v, %v", id, asked.Load(), err)
		}
	}
	for _, id := range []string{"", ".", ".."} {
		h := connect(t, func(http.ResponseWriter, *http.Request) { t.Errorf("%q was asked for", id) }, nil)
		a := account(t, nil)
		a.ID = id
		if _, _, err := h.Refresh(context.Background(), a); err == nil {
			t.Errorf("%q was taken", id)
		}
	}
}

func TestAConnectionRefusedIsAFailure(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	url := server.URL
	server.Close()
	h := connector(t, func(c *accounts.HTTPConfig) { c.URL = url + "/accounts/{id}" })
	_, _, err := h.Refresh(context.Background(), account(t, nil))
	var failed *dialog.StaleError
	if !errors.As(err, &failed) || !failed.Usable || len(failed.Tries) != 3 || !strings.Contains(err.Error(), "can't be reached") || strings.Contains(err.Error(), "acct-1") {
		t.Errorf("got %v", err)
	}
}

func TestHowOldMayTheStoredAccountBe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		asOf   time.Time
		usable bool
	}{
		"just young enough":      {noon.Add(5*time.Minute - 15*time.Minute), true},
		"a second too old":       {noon.Add(5*time.Minute - 15*time.Minute - time.Second), false},
		"its age is not known":   {time.Time{}, false},
		"it lies ahead of clock": {noon.Add(time.Hour), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := connect(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, nil)
			a := account(t, nil)
			a.AsOf = c.asOf
			_, stale, err := h.Refresh(context.Background(), a)
			var failed *dialog.StaleError
			if !errors.As(err, &failed) || failed.Usable != c.usable || stale < 0 {
				t.Errorf("stale %v, %v", stale, err)
			}
		})
	}
}

func TestAFaultThatPassesIsRetried(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64
	h := connect(t, func(w http.ResponseWriter, _ *http.Request) {
		if calls.Add(1) < 3 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		give(t, w, nil)
	}, nil)
	if _, _, err := h.Refresh(context.Background(), account(t, nil)); err != nil || calls.Load() != 3 {
		t.Errorf("%d calls, %v", calls.Load(), err)
	}
}

// inMemory answers without a socket, so that time can be the test's own.
type inMemory func(*http.Request) (*http.Response, error)

func (f inMemory) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func respond(code int, header http.Header) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: code, Header: header, Body: io.NopCloser(strings.NewReader(""))}
}

func bubble(t *testing.T, f inMemory, edit func(*accounts.HTTPConfig)) *accounts.HTTP {
	t.Helper()
	return connector(t, func(c *accounts.HTTPConfig) {
		c.Transport, c.Timeout, c.Backoff, c.Now = f, 2*time.Second, 100*time.Millisecond, time.Now
		if edit != nil {
			edit(c)
		}
	})
}

func TestTime(t *testing.T) {
	t.Parallel()
	fetch := func(t *testing.T, h *accounts.HTTP) (time.Duration, error) {
		t.Helper()
		began := time.Now()
		a := account(t, nil)
		a.AsOf = began
		_, _, err := h.Refresh(t.Context(), a)
		return time.Since(began), err
	}
	t.Run("one that never answers is left after the timeout, having been tried twice", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			calls := 0
			h := bubble(t, func(r *http.Request) (*http.Response, error) {
				calls++
				<-r.Context().Done()
				return nil, r.Context().Err()
			}, nil)
			took, err := fetch(t, h)
			if took != 2*time.Second || calls != 2 || !strings.Contains(fmt.Sprint(err), "did not answer in time") {
				t.Errorf("took %v, %d calls, %v", took, calls, err)
			}
		})
	})
	t.Run("Retry-After is waited for where a person can wait", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			calls := 0
			h := bubble(t, func(*http.Request) (*http.Response, error) {
				calls++
				return respond(429, http.Header{"Retry-After": {"1"}}), nil
			}, nil)
			took, err := fetch(t, h)
			if took != time.Second || calls != 2 || err == nil {
				t.Errorf("took %v, %d calls, %v", took, calls, err)
			}
		})
	})
	t.Run("waits double, with chance in half of each", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			h := bubble(t, func(*http.Request) (*http.Response, error) { return respond(500, nil), nil }, nil)
			if took, _ := fetch(t, h); took != 150*time.Millisecond {
				t.Errorf("without jitter it took %v", took)
			}
			h = bubble(t, func(*http.Request) (*http.Response, error) { return respond(500, nil), nil },
				func(c *accounts.HTTPConfig) { c.Jitter = func() float64 { return 1 } })
			if took, _ := fetch(t, h); took != 300*time.Millisecond {
				t.Errorf("with all of it, %v", took)
			}
		})
	})
	t.Run("after six failures in a row it is left alone, then tried once", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			calls, up := 0, false
			h := bubble(t, func(r *http.Request) (*http.Response, error) {
				calls++
				if up {
					rec := httptest.NewRecorder()
					give(t, rec, nil)
					return rec.Result(), nil
				}
				return respond(500, nil), nil
			}, func(c *accounts.HTTPConfig) { c.BreakerFailures = 6 })
			_, _ = fetch(t, h)
			_, _ = fetch(t, h)
			took, err := fetch(t, h)
			var failed *dialog.StaleError
			if calls != 6 || took != 0 || !errors.As(err, &failed) || !failed.Usable || !strings.Contains(err.Error(), "left alone") {
				t.Errorf("%d calls, took %v, %v", calls, took, err)
			}
			time.Sleep(15 * time.Second) // the bubble's time
			_, _ = fetch(t, h)
			if calls != 7 {
				t.Errorf("%d calls", calls)
			}
			up = true
			time.Sleep(15 * time.Second)
			if _, err := fetch(t, h); err != nil || calls != 8 {
				t.Errorf("%d calls, %v", calls, err)
			}
			if _, err := fetch(t, h); err != nil || calls != 9 {
				t.Errorf("%d calls, %v", calls, err)
			}
		})
	})
	t.Run("answers of another shape do not open the breaker", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			calls := 0
			h := bubble(t, func(*http.Request) (*http.Response, error) { calls++; return respond(404, nil), nil },
				func(c *accounts.HTTPConfig) { c.BreakerFailures = 2 })
			for range 5 {
				_, _ = fetch(t, h)
			}
			if calls != 5 {
				t.Errorf("%d calls", calls)
			}
		})
	})
	t.Run("a turn that is stopped is nobody's failure", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			calls := 0
			h := bubble(t, func(r *http.Request) (*http.Response, error) {
				calls++
				<-r.Context().Done()
				return nil, r.Context().Err()
			}, func(c *accounts.HTTPConfig) { c.BreakerFailures = 1 })
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			_, _, err := h.Refresh(ctx, account(t, nil))
			_, _, _ = h.Refresh(t.Context(), account(t, nil))
			if err == nil || calls != 2 {
				t.Errorf("%v; %d calls", err, calls)
			}
		})
	})
}

func TestTheURLIsChecked(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"https://core.example.com/accounts/{id}", "https://core.example.com:8443/v2/{id}/summary?fields=all", "http://localhost:9000/{id}", "http://127.0.0.1/{id}", "http://[::1]:80/{id}"} {
		if err := recordurl.Check(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "https://core.example.com/accounts", "https://{id}.example.com/", "https://{id}/", "https://example.com{id}", "https://example.com?{id}", "https://example.com/a?id={id}",
		"https://example.com/#{id}", "https://a:b@example.com/{id}", "http://core.example.com/{id}", "http://localhost.example.com/{id}", "ftp://localhost/{id}", "file:///{id}", "/accounts/{id}", "https:///{id}",
		"https://example.com/{id}/{id}", "https://example.com/{id}#x", "https://exa mple.com/{id}", "http://127.0.0.1@example.com/{id}"} {
		if recordurl.Check(bad) == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}
