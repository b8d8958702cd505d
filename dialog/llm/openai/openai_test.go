package openai_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
	"parley/dialog/llm/openai"
)

func config(url string) openai.Config {
	return openai.Config{
		BaseURL: url, APIKey: "sk-test", Model: "small-1", Timeout: 2 * llmtest.Long, AttemptTimeout: llmtest.Long, MaxAttempts: 2,
		Backoff: time.Millisecond, Jitter: func() float64 { return 0 },
	}
}

func client(t *testing.T, c openai.Config) *openai.Client {
	t.Helper()
	cl, err := openai.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return cl
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() })
	return srv.URL + "/v1"
}

func request(t *testing.T) llm.Request {
	t.Helper()
	r, err := llm.NewRequest(llmtest.Brief())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAnEndpointIsAModel(t *testing.T) {
	t.Parallel()
	llmtest.RunEndpoint(t, func(t *testing.T, url string, patience time.Duration) llm.Model {
		c := config(url)
		c.Timeout, c.AttemptTimeout = 2*patience, patience
		return client(t, c)
	})
}

func formats(s *llmtest.Server) []string {
	var out []string
	for _, r := range s.Requests() {
		out = append(out, r.Format)
	}
	return out
}

func TestTheStrictestFormatTheEndpointKnowsIsFoundOnceAndRemembered(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		knows []string
		mute  bool
		calls []string
		now   string
	}{
		{"one that knows schemas", []string{"json_schema", "json_object"}, false, []string{"json_schema", "json_schema"}, "json_schema"},
		{"one that knows objects only", []string{"json_object"}, false, []string{"json_schema", "json_object", "json_object"}, "json_object"},
		{"one that knows neither", []string{}, false, []string{"json_schema", "json_object", "", ""}, "prompt"},
		{"one that doesn't say what it refuses", []string{}, true, []string{"json_schema", "json_object", "", ""}, "prompt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := llmtest.New(llmtest.Config{Mode: llmtest.Ideal, Formats: c.knows, Mute: c.mute})
			cl := client(t, config(serve(t, s)))
			for range 2 {
				if _, err := cl.Complete(t.Context(), request(t)); err != nil {
					t.Fatal(err)
				}
			}
			if got := formats(s); !slices.Equal(got, c.calls) {
				t.Errorf("asked for %q, want %q", got, c.calls)
			}
			if cl.Format() != c.now {
				t.Errorf("remembers %q, want %q", cl.Format(), c.now)
			}
		})
	}
}

func TestARefusalThatIsNotAboutTheFormatTeachesNothing(t *testing.T) {
	t.Parallel()
	calls := 0
	cl := client(t, config(serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.WriteHeader(http.StatusBadRequest)
	}))))
	_, err := cl.Complete(t.Context(), request(t))
	if llm.KindOf(err) != llm.Refused || cl.Format() != "json_schema" || calls != 3 {
		t.Errorf("error %v, format %s, %d calls", err, cl.Format(), calls)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	t.Run("a wait that fits the deadline is waited, then asked again", func(t *testing.T) {
		t.Parallel()
		n := 0
		ideal := llmtest.New(llmtest.Config{Mode: llmtest.Ideal})
		cl := client(t, config(serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if n++; n == 1 {
				w.Header().Set("Retry-After-Ms", "5")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			ideal.ServeHTTP(w, r)
		}))))
		resp, err := cl.Complete(t.Context(), request(t))
		if err != nil || resp.Attempts != 2 {
			t.Errorf("%v after %d attempts", err, resp.Attempts)
		}
	})
	t.Run("a wait beyond the deadline is not waited, and the error says how long", func(t *testing.T) {
		t.Parallel()
		s := llmtest.New(llmtest.Config{Mode: llmtest.RateLimit, RetryAfter: "300"})
		_, err := client(t, config(serve(t, s))).Complete(t.Context(), request(t))
		e, ok := err.(*llm.Error)
		if !ok || e.Kind != llm.RateLimited || e.RetryAfter != 300*time.Second || len(s.Requests()) != 1 {
			t.Errorf("%v after %d requests", err, len(s.Requests()))
		}
	})
	t.Run("a date is read by the client's clock", func(t *testing.T) {
		t.Parallel()
		now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		s := llmtest.New(llmtest.Config{Mode: llmtest.RateLimit, RetryAfter: now.Add(90 * time.Second).Format(http.TimeFormat)})
		c := config(serve(t, s))
		c.Now = func() time.Time { return now }
		c.MaxAttempts = 1
		_, err := client(t, c).Complete(t.Context(), request(t))
		if e, ok := err.(*llm.Error); !ok || e.RetryAfter != 90*time.Second {
			t.Errorf("%v", err)
		}
	})
}

func TestOnlySafeKindsAreRetried(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode  llmtest.Mode
		calls int
	}{
		{llmtest.ServerError, 2}, {llmtest.Cut, 2}, {llmtest.Hang, 2},
		{llmtest.Truncated, 1}, {llmtest.Empty, 1}, {llmtest.Refusing, 1}, {llmtest.Denied, 1}, {llmtest.Huge, 1},
	} {
		t.Run(string(c.mode), func(t *testing.T) {
			t.Parallel()
			s := llmtest.New(llmtest.Config{Mode: c.mode})
			conf := config(serve(t, s))
			if c.mode == llmtest.Hang {
				conf.AttemptTimeout = llmtest.Short
			}
			_, err := client(t, conf).Complete(t.Context(), request(t))
			if got := len(s.Requests()); err == nil || got != c.calls {
				t.Errorf("%d calls, want %d (%v)", got, c.calls, err)
			}
		})
	}
	t.Run("an endpoint that fails once answers the second time", func(t *testing.T) {
		t.Parallel()
		s := llmtest.New(llmtest.Config{Mode: llmtest.Ideal, FailFirst: 1})
		resp, err := client(t, config(serve(t, s))).Complete(t.Context(), request(t))
		if err != nil || resp.Attempts != 2 {
			t.Errorf("%v after %d attempts", err, resp.Attempts)
		}
	})
}

func TestTheBreakerStopsAskingAnEndpointThatIsDown(t *testing.T) {
	t.Parallel()
	s := llmtest.New(llmtest.Config{Mode: llmtest.ServerError})
	c := config(serve(t, s))
	c.MaxAttempts, c.BreakerFailures, c.BreakerDelay = 1, 3, time.Hour
	cl := client(t, c)
	for range 6 {
		if _, err := cl.Complete(t.Context(), request(t)); llm.KindOf(err) != llm.Unavailable {
			t.Errorf("%v", err)
		}
	}
	if !cl.Open() || len(s.Requests()) != 3 {
		t.Errorf("open %v after %d requests", cl.Open(), len(s.Requests()))
	}
}

func TestACallerWhoLeavesDoesNotOpenTheBreaker(t *testing.T) {
	t.Parallel()
	s := llmtest.New(llmtest.Config{Mode: llmtest.Hang})
	c := config(serve(t, s))
	c.BreakerFailures, c.Timeout, c.AttemptTimeout = 1, time.Minute, time.Minute
	cl := client(t, c)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { _, err := cl.Complete(ctx, request(t)); done <- err }()
	for len(s.Requests()) == 0 {
		time.Sleep(time.Millisecond) // until the request is there
	}
	cancel()
	if err := <-done; llm.KindOf(err) != llm.Timeout || cl.Open() {
		t.Errorf("%v, open %v", err, cl.Open())
	}
}

func TestARedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := llmtest.New(llmtest.Config{Mode: llmtest.Ideal})
	to := serve(t, elsewhere)
	cl := client(t, config(serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, to+"/chat/completions", http.StatusTemporaryRedirect)
	}))))
	if _, err := cl.Complete(t.Context(), request(t)); err == nil || len(elsewhere.Requests()) != 0 {
		t.Errorf("%v; the other host got %d requests", err, len(elsewhere.Requests()))
	}
}

func TestWhatTheProviderTellsIsPassedOn(t *testing.T) {
	t.Parallel()
	s := llmtest.New(llmtest.Config{Mode: llmtest.Ideal, LogProb: -0.25})
	c := config(serve(t, s))
	c.LogProbs = true
	resp, err := client(t, c).Complete(t.Context(), request(t))
	if err != nil || resp.LogProb == nil || *resp.LogProb != -0.25 || resp.InputTokens != 100 || resp.OutputTokens == 0 || resp.Model != "small-1" {
		t.Errorf("%+v %v", resp, err)
	}
	body := string(s.Requests()[0].Body)
	if !strings.Contains(body, `"strict":true`) || !strings.Contains(body, `"mv-2"`) || s.Requests()[0].Header.Get("Authorization") != "Bearer sk-test" {
		t.Error("the schema, its moves or the key are missing from the request")
	}
}

func TestABadConfigurationIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []openai.Config{{}, {Model: "m", BaseURL: "ftp://host"}, {Model: "m", BaseURL: "localhost:8080"}, {Model: "m", BaseURL: "http://"}} {
		if _, err := openai.New(c); err == nil {
			t.Errorf("%+v is taken", c)
		}
	}
}
