package lab

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
	"parley/dialog/llm/openai"
	"parley/dialog/llm/responder"
	"parley/dialog/understand"
)

// Model names what answers in a run.
type Model string

// The models.
const (
	BuiltIn   Model = "builtin"   // none: the built-in responder
	Ideal     Model = "ideal"     // answers as well as it can
	Noisy     Model = "noisy"     // one answer in five is broken or wrong
	Sycophant Model = "sycophant" // agrees to any number it hears
	Hostile   Model = "hostile"   // breaks the law in valid JSON
	Adaptive  Model = "adaptive"  // hostile, and learns what is refused
	Broken    Model = "broken"    // answers that are no answers, and errors, in turns
	Slow      Model = "slow"      // too late
	Gone      Model = "gone"      // nobody there
	Live      Model = "live"      // the endpoint in Options
)

// Models are all that need nothing outside the process.
var Models = []Model{BuiltIn, Ideal, Noisy, Sycophant, Hostile, Adaptive, Broken, Slow, Gone}

var breakages = []llmtest.Mode{llmtest.Malformed, llmtest.Fenced, llmtest.Truncated, llmtest.NoFinish, llmtest.Empty, llmtest.WrongSchema,
	llmtest.Stale, llmtest.ServerError, llmtest.Refusing, llmtest.Denied, llmtest.Cut}

// noise is how often the noisy model is wrong.
const noise = 0.2

// wire carries requests to a handler in this process, and keeps every byte. The
// bytes are those that would have gone to a real endpoint.
type wire struct {
	mu      sync.Mutex
	handler http.Handler // nil: nobody there
	server  *llmtest.Server
	rng     *rand.Rand
	faults  float64
	broken  bool
	bodies  [][]byte
}

var errNobody = errors.New("lab: connection refused")

// RoundTrip implements [http.RoundTripper].
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	w.bodies = append(w.bodies, body)
	fails := w.rng.Float64() < w.faults
	if w.broken {
		mode := pick(w.rng, breakages)
		w.server.Set(func(c *llmtest.Config) { c.Mode = mode })
	}
	w.mu.Unlock()
	if fails || w.handler == nil {
		return nil, errNobody
	}
	in := r.Clone(r.Context())
	in.Body = io.NopCloser(bytes.NewReader(body))
	a := &answer{header: http.Header{}, status: http.StatusOK}
	cut := a.serve(w.handler, in)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	resp := &http.Response{StatusCode: a.status, Status: http.StatusText(a.status), Header: a.header, Request: r, Proto: "HTTP/1.1", ProtoMajor: 1,
		ProtoMinor: 1, Body: io.NopCloser(&a.body), ContentLength: int64(a.body.Len())}
	if cut {
		resp.Body, resp.ContentLength = io.NopCloser(io.MultiReader(&a.body, brokenOff{})), -1
	}
	return resp, nil
}

// answer keeps what a handler writes.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// serve lets a handler answer, and reports whether it broke the connection off.
func (a *answer) serve(h http.Handler, r *http.Request) (cut bool) {
	defer func() {
		if p := recover(); p != nil {
			if p != http.ErrAbortHandler {
				panic(p)
			}
			cut = true
		}
	}()
	h.ServeHTTP(a, r)
	return false
}

// brokenOff is the end of a connection that broke.
type brokenOff struct{}

func (brokenOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = status }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

// newModel makes one conversation's model and the wire its bytes go over; both
// are nil for the built-in responder.
func newModel(m Model, seed uint64, faults float64) (llm.Model, *wire, error) {
	if m == BuiltIn || m == "" {
		return nil, nil, nil
	}
	c := llmtest.Config{Mode: llmtest.Mode(m), Seed: seed, Noise: noise, LogProb: -0.02 - float64(seed>>4%7)/20}
	if m == Slow {
		c.Delay = 50 * time.Millisecond
	}
	w := &wire{rng: rand.New(rand.NewPCG(seed, 99)), faults: faults, broken: m == Broken, server: llmtest.New(c)}
	if m != Gone {
		w.handler = w.server
	}
	client, err := openai.New(openai.Config{BaseURL: "http://model.lab/v1", Model: string(m), Transport: w, MaxAttempts: 2, Backoff: time.Nanosecond,
		Jitter: func() float64 { return 0 }, BreakerFailures: 1 << 20, LogProbs: seed%2 == 0, Now: func() time.Time { return time.Time{} }})
	return client, w, err
}

// scored watches a model: was what it answered what the rules' own reading of
// the same facts would have answered? It is the truth of calibration, one verdict
// for each answer.
type scored struct {
	llm.Model
	verdicts *[]bool
}

// Complete asks the model and compares.
func (s scored) Complete(ctx context.Context, r llm.Request) (llm.Response, error) {
	resp, err := s.Model.Complete(ctx, r)
	s.judge(resp, err, r.Brief)
	return resp, err
}

// Stream asks the model and compares what it wrote.
func (s scored) Stream(ctx context.Context, r llm.Request, more func(string) error) (llm.Response, error) {
	st, ok := s.Model.(llm.Streamer)
	if !ok {
		resp, err := s.Complete(ctx, r)
		if err == nil {
			err = more(string(resp.Raw))
		}
		return resp, err
	}
	resp, err := st.Stream(ctx, r, more)
	s.judge(resp, err, r.Brief)
	return resp, err
}

func (s scored) judge(resp llm.Response, err error, b llm.Brief) {
	got, bad := llm.Parse(resp.Raw, b)
	*s.verdicts = append(*s.verdicts, err == nil && bad == nil && sane(got, b))
}

// sane reports whether an answer is one the built-in responder could have given,
// in any of its wordings: to what the rules heard, or to the message as the model
// got it, from which everything that proves who someone is has been taken out.
func sane(got llm.Answer, b llm.Brief) bool {
	masked := b
	masked.Heard = understand.Parse(b.Text, b.Language, b.Today)
	for _, b := range []llm.Brief{b, masked} {
		for seed := range uint64(wordings) {
			b.Seed = seed
			want := responder.Answer(b)
			if got.Move == want.Move && got.Reply == want.Reply && slices.Equal(commandNames(got), commandNames(want)) {
				return true
			}
		}
	}
	return false
}

// wordings is how many wordings a sentence has at most.
const wordings = 6

func commandNames(a llm.Answer) []string {
	var out []string
	for _, c := range a.Commands {
		out = append(out, string(c.Name))
	}
	slices.Sort(out)
	return out
}
