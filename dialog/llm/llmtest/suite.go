package llmtest

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"parley/dialog/llm"
	"parley/dialog/understand"
	"parley/negotiation"
)

// Secret is planted in the sample brief's text, so that suites can tell whether
// an error or a log repeats it.
const Secret = "quokka-7391"

// Brief is a sample: a verified person haggles, with two offers on the table.
func Brief() llm.Brief {
	today := civil.Date{Year: 2026, Month: 11, Day: 23}
	text := "that's too much, can I do 60 a month? " + Secret
	return llm.Brief{
		Language: "en", Brand: "Northwind Bank", Assistant: "Ava", Actor: "the creditor", Channel: "sms", Today: today, Verified: true,
		Text: text, Heard: understand.Parse(text, "en", today), Pending: "accept",
		Recent: []llm.Message{{From: "person", Text: "how much do I owe"}, {From: "bot", Text: "Your balance is $1,240.00."}},
		Options: []llm.Option{
			llm.NewOption("mv-1", negotiation.Move{Key: "a", Kind: negotiation.MovePlan, Terms: plan(12, negotiation.Monthly)}, "en"),
			llm.NewOption("mv-2", negotiation.Move{Key: "b", Kind: negotiation.MovePlan, Terms: plan(6, negotiation.Monthly)}, "en"),
		},
		Answers: map[string]string{"balance": "$1,240.00", "creditor": "Northwind Bank"},
		MustSay: []string{"Reply STOP to stop texts."},
	}
}

func plan(n int, c negotiation.Cadence) negotiation.Terms {
	t := negotiation.Terms{Kind: negotiation.MovePlan, Total: negotiation.Money{Minor: 124000, Currency: "USD"}, Cadence: c}
	each := int64(124000 / n)
	for i := range n {
		amount := each
		if i == n-1 {
			amount = 124000 - each*int64(n-1)
		}
		t.Installments = append(t.Installments, negotiation.Installment{
			Due: civil.Date{Year: 2026, Month: 12, Day: 4}.AddDays(30 * i), Amount: negotiation.Money{Minor: amount, Currency: "USD"}})
	}
	return t
}

func request(t testing.TB) llm.Request {
	t.Helper()
	r, err := llm.NewRequest(Brief())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// RunModel holds a model to the promises of [llm.Model]. Each case quotes the
// sentence it checks.
func RunModel(t *testing.T, newModel func(t *testing.T) llm.Model) {
	t.Helper()
	t.Run("Name is what the model is called in traces and reports", func(t *testing.T) {
		m := newModel(t)
		if m.Name() == "" || m.Name() != m.Name() {
			t.Errorf("the name is %q", m.Name())
		}
	})
	t.Run("a nil error means that the provider finished its answer", func(t *testing.T) {
		r := request(t)
		resp, err := newModel(t).Complete(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if resp.FinishReason != "stop" || len(resp.Raw) == 0 || resp.Attempts < 1 {
			t.Errorf("finish %q, %d bytes, %d attempts", resp.FinishReason, len(resp.Raw), resp.Attempts)
		}
		if _, err := llm.Parse(resp.Raw, r.Brief); err != nil {
			t.Errorf("a good model's answer is refused: %v", err)
		}
	})
	t.Run("it returns by ctx's deadline, and the error is an *Error", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := newModel(t).Complete(ctx, request(t))
		if llm.KindOf(err) != llm.Timeout {
			t.Errorf("a done context gives %v", err)
		}
	})
	t.Run("it may be asked by many goroutines", func(t *testing.T) {
		m, r := newModel(t), request(t)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := m.Complete(context.WithoutCancel(t.Context()), r); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

// RunStreamer holds a model to the promises of [llm.Streamer].
func RunStreamer(t *testing.T, newModel func(t *testing.T) llm.Streamer) {
	t.Helper()
	RunModel(t, func(t *testing.T) llm.Model { return newModel(t) })
	t.Run("Stream answers as Complete does", func(t *testing.T) {
		m, r := newModel(t), request(t)
		want, err := m.Complete(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		raw, resp, err := drink(t.Context(), m, r)
		if err != nil || raw != string(want.Raw) || string(resp.Raw) != raw {
			t.Errorf("%v; streamed %q, complete %q, raw %q", err, raw, want.Raw, resp.Raw)
		}
		if resp.FinishReason != "stop" || resp.Attempts < 1 {
			t.Errorf("finish %q after %d attempts", resp.FinishReason, resp.Attempts)
		}
	})
	t.Run("an error of more closes the stream and is returned as it is", func(t *testing.T) {
		enough, calls := errors.New("enough"), 0
		_, err := newModel(t).Stream(t.Context(), request(t), func(string) error { calls++; return enough })
		if err != enough || calls != 1 {
			t.Errorf("%v after %d calls", err, calls)
		}
	})
	t.Run("a stream returns by ctx's deadline, and the error is an *Error", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if raw, _, err := drink(ctx, newModel(t), request(t)); llm.KindOf(err) != llm.Timeout || raw != "" {
			t.Errorf("a done context gives %v and %q", err, raw)
		}
	})
}

// drink reads a stream to its end.
func drink(ctx context.Context, m llm.Streamer, r llm.Request) (string, llm.Response, error) {
	var raw strings.Builder
	resp, err := m.Stream(ctx, r, func(s string) error { raw.WriteString(s); return nil })
	return raw.String(), resp, err
}

// streamKinds are how streams fail, for [RunEndpoint]. partly: something was
// handed out before.
var streamKinds = []struct {
	mode   Mode
	kind   llm.Kind
	partly bool
}{
	{Hang, llm.Timeout, false}, {RateLimit, llm.RateLimited, false}, {ServerError, llm.Unavailable, false}, {Truncated, llm.Truncated, true},
	{NoFinish, llm.Truncated, true}, {Empty, llm.Malformed, false}, {Refusing, llm.Refused, false}, {Denied, llm.Refused, false},
	{Cut, llm.Unavailable, true}, {Stall, llm.Timeout, true}, {Garbage, llm.Malformed, true},
}

// runStreams holds a streaming endpoint to the kinds of [llm.Error].
func runStreams(t *testing.T, newModel func(t *testing.T, baseURL string, patience time.Duration) llm.Streamer) {
	t.Helper()
	t.Run("as a streamer", func(t *testing.T) {
		RunStreamer(t, func(t *testing.T) llm.Streamer { return newModel(t, serve(t, New(Config{Mode: Ideal})), Long) })
	})
	for _, c := range streamKinds {
		t.Run("a stream in mode "+string(c.mode)+" gives the error "+string(c.kind), func(t *testing.T) {
			patience := Long
			if c.mode == Hang || c.mode == Stall {
				patience = Short
			}
			s := New(Config{Mode: c.mode})
			raw, resp, err := drink(t.Context(), newModel(t, serve(t, s), patience), request(t))
			if llm.KindOf(err) != c.kind || (raw != "") != c.partly || string(resp.Raw) != raw {
				t.Errorf("got %v and %d bytes, want kind %s, some %v", err, len(raw), c.kind, c.partly)
			}
			if c.partly && len(s.Requests()) != 1 {
				t.Errorf("it asked %d times, though it had handed something out", len(s.Requests()))
			}
			if err != nil && (strings.Contains(err.Error(), Secret) || strings.Contains(err.Error(), "Northwind")) {
				t.Errorf("the error repeats the prompt: %v", err)
			}
		})
	}
}

// How long a client waits in the suites: Short where the server never answers,
// Long where it does, however slow the machine is.
const (
	Short = 50 * time.Millisecond
	Long  = time.Minute
)

// RunEndpoint holds a model behind a network to the kinds of [llm.Error], for
// every way in which an endpoint can fail. newModel gets the base URL of a
// server of this package and how long one call may take; the model makes two
// calls at most, without waiting between them.
func RunEndpoint(t *testing.T, newModel func(t *testing.T, baseURL string, patience time.Duration) llm.Model) {
	t.Helper()
	t.Run("as a model", func(t *testing.T) {
		RunModel(t, func(t *testing.T) llm.Model { return newModel(t, serve(t, New(Config{Mode: Ideal})), Long) })
	})
	for _, c := range []struct {
		mode Mode
		kind llm.Kind
	}{
		{Hang, llm.Timeout}, {RateLimit, llm.RateLimited}, {ServerError, llm.Unavailable}, {Truncated, llm.Truncated},
		{NoFinish, llm.Truncated}, {Empty, llm.Malformed}, {Refusing, llm.Refused}, {Denied, llm.Refused},
		{Huge, llm.Malformed}, {Cut, llm.Unavailable},
	} {
		t.Run("an endpoint in mode "+string(c.mode)+" gives the error "+string(c.kind), func(t *testing.T) {
			patience := Long
			if c.mode == Hang {
				patience = Short
			}
			m := newModel(t, serve(t, New(Config{Mode: c.mode})), patience)
			_, err := m.Complete(t.Context(), request(t))
			if llm.KindOf(err) != c.kind {
				t.Errorf("got %v, want kind %s", err, c.kind)
			}
			if err != nil && (strings.Contains(err.Error(), Secret) || strings.Contains(err.Error(), "Northwind")) {
				t.Errorf("the error repeats the prompt: %v", err)
			}
		})
	}
	if _, ok := newModel(t, "http://127.0.0.1:1/v1", Long).(llm.Streamer); ok {
		runStreams(t, func(t *testing.T, baseURL string, patience time.Duration) llm.Streamer {
			return newModel(t, baseURL, patience).(llm.Streamer)
		})
	}
	t.Run("an endpoint that isn't there gives the error unavailable", func(t *testing.T) {
		srv := httptest.NewServer(New(Config{}))
		srv.Close()
		_, err := newModel(t, srv.URL+"/v1", Long).Complete(t.Context(), request(t))
		if llm.KindOf(err) != llm.Unavailable {
			t.Errorf("got %v", err)
		}
	})
	t.Run("what stands in the answer is not checked yet", func(t *testing.T) {
		for _, mode := range []Mode{Malformed, WrongSchema, Sycophant, Hostile, Adaptive, Stale, Fenced} {
			m := newModel(t, serve(t, New(Config{Mode: mode})), Long)
			if resp, err := m.Complete(t.Context(), request(t)); err != nil || len(resp.Raw) == 0 {
				t.Errorf("mode %s: %v", mode, err)
			}
		}
	})
}

// serve runs a server for the test and gives its base URL.
func serve(t *testing.T, s *Server) string {
	t.Helper()
	srv := httptest.NewServer(s)
	t.Cleanup(func() {
		srv.CloseClientConnections()
		srv.Close()
	})
	return srv.URL + "/v1"
}
