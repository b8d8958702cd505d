// Package llmtest stands in for language models, good and bad: an endpoint that
// speaks OpenAI's chat completions and can answer well, break in every known
// way, or try to do harm; and the suites a [llm.Model] proves itself with.
//
// Everything it does follows from its seed and the bytes it is sent, so that a
// failure can be played again. It keeps every byte it was sent, so that a test
// can look for what must never leave the house.
package llmtest

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Mode is how a server answers.
type Mode string

// The modes.
const (
	Ideal       Mode = "ideal"        // what the built-in responder would say
	Noisy       Mode = "noisy"        // ideal, but broken or wrong with probability Noise
	Malformed   Mode = "malformed"    // not JSON
	Fenced      Mode = "fenced"       // ideal, in a Markdown code fence
	Slow        Mode = "slow"         // ideal, after Delay
	Hang        Mode = "hang"         // never, until the caller goes away
	RateLimit   Mode = "rate_limit"   // 429 with Retry-After
	ServerError Mode = "server_error" // 500
	Truncated   Mode = "truncated"    // cut off, finish_reason "length"
	NoFinish    Mode = "no_finish"    // an answer without a finish_reason
	Empty       Mode = "empty"        // no content
	WrongSchema Mode = "wrong_schema" // JSON of another shape
	Stale       Mode = "stale"        // the answer to the request before
	Refusing    Mode = "refusing"     // the content filter
	Denied      Mode = "denied"       // 401
	Huge        Mode = "huge"         // a body of many megabytes
	Cut         Mode = "cut"          // the connection breaks in the middle of the body
	Sycophant   Mode = "sycophant"    // accepts any number it hears
	Hostile     Mode = "hostile"      // breaks the law in valid JSON
	Adaptive    Mode = "adaptive"     // hostile, and drops what was refused before
	ReplyFirst  Mode = "reply_first"  // ideal, with the reply before the move
	LateHarm    Mode = "late_harm"    // its first sentence is good, its second breaks the law
	Trickle     Mode = "trickle"      // ideal, with Delay before each piece of a stream
	Stall       Mode = "stall"        // a stream that stops in the middle, until the caller goes away
	Garbage     Mode = "garbage"      // what isn't JSON, in the middle of a stream or a body
)

// Modes are all of them.
var Modes = []Mode{Ideal, Noisy, Malformed, Fenced, Slow, Hang, RateLimit, ServerError, Truncated, NoFinish, Empty,
	WrongSchema, Stale, Refusing, Denied, Huge, Cut, Sycophant, Hostile, Adaptive,
	ReplyFirst, LateHarm, Trickle, Stall, Garbage}

// Config says how a server answers.
type Config struct {
	Mode Mode
	Seed uint64
	// Noise is the probability of a broken answer in mode Noisy.
	Noise float64
	// Delay is how long Slow waits before it answers, and Trickle before each piece.
	Delay time.Duration
	// RetryAfter is the header of RateLimit. Defaults to "1".
	RetryAfter string
	// Formats are the response formats the endpoint knows. Nil: "json_schema" and
	// "json_object". Empty, not nil: none.
	Formats []string
	// Mute: an unknown format is refused with a bare 400 that doesn't say why.
	Mute bool
	// Refuses are fields of a request that the endpoint refuses by name: "stream",
	// "stream_options".
	Refuses []string
	// Whole: a stream is asked for, and the answer comes whole.
	Whole bool
	// FailFirst answers that many requests with 500 before the mode begins.
	FailFirst int
	// LogProb is given for every token when the request asks for it.
	LogProb float64
}

// Request is one request as it came.
type Request struct {
	Path   string
	Header http.Header
	Body   []byte
	// Format is the response format asked for, "" for none.
	Format string
}

// Server is the endpoint. Serve it with httptest, or in a real listener.
type Server struct {
	mu       sync.Mutex
	config   Config
	requests []Request
	seen     map[uint64]int
	last     string
	played   string
	refused  map[string]bool
}

// New makes a server.
func New(c Config) *Server {
	if c.RetryAfter == "" {
		c.RetryAfter = "1"
	}
	if c.Formats == nil {
		c.Formats = []string{"json_schema", "json_object"}
	}
	return &Server{config: c, seen: map[uint64]int{}, refused: map[string]bool{}}
}

// Set changes how the server answers from now on.
func (s *Server) Set(change func(*Config)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.config)
}

// Requests are all requests so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Contains reports whether any request, headers and body, holds the bytes. JSON
// escapes are looked through.
func (s *Server) Contains(needle string) bool {
	for _, r := range s.Requests() {
		var headers bytes.Buffer
		_ = r.Header.Write(&headers)
		if bytes.Contains(r.Body, []byte(needle)) || bytes.Contains(headers.Bytes(), []byte(needle)) || strings.Contains(r.words(), needle) {
			return true
		}
	}
	return false
}

// words is all text of a request with its JSON escapes resolved, twice, since
// quoted data is JSON within JSON.
func (r Request) words() string {
	p := readPayload(r.Body)
	text := ""
	for _, m := range p.Messages {
		text += m.Content + "\n"
	}
	for _, q := range quoted.FindAllString(text, -1) {
		text += unquote(q) + "\n"
	}
	return text
}

// payload is what is read of a request.
type payload struct {
	Model    string `json:"model"`
	Messages []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
	ResponseFormat *struct {
		Type string `json:"type"`
	} `json:"response_format"`
	LogProbs      bool `json:"logprobs"`
	Stream        bool `json:"stream"`
	StreamOptions *struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
}

// refused is the first of a request's fields that the endpoint doesn't take.
func (p payload) refused(c Config) string {
	switch {
	case p.StreamOptions != nil && slices.Contains(c.Refuses, "stream_options"):
		return "stream_options"
	case p.Stream && slices.Contains(c.Refuses, "stream"):
		return "stream"
	}
	return ""
}

func readPayload(body []byte) payload {
	var p payload
	_ = json.Unmarshal(body, &p)
	return p
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	if err != nil {
		return
	}
	p := readPayload(body)
	req := Request{Path: r.URL.Path, Header: r.Header.Clone(), Body: body}
	if p.ResponseFormat != nil {
		req.Format = p.ResponseFormat.Type
	}
	c, n, rng := s.record(req)
	switch {
	case !strings.HasSuffix(r.URL.Path, "/chat/completions") || r.Method != http.MethodPost:
		fail(w, http.StatusNotFound, "not_found", "no such path", "")
	case len(p.Messages) == 0:
		fail(w, http.StatusBadRequest, "invalid_request_error", "messages are missing", "messages")
	case n <= c.FailFirst:
		fail(w, http.StatusInternalServerError, "server_error", "try again", "")
	case p.refused(c) != "":
		fail(w, http.StatusBadRequest, "invalid_request_error", p.refused(c)+" is not supported", p.refused(c))
	case req.Format != "" && req.Format != "text" && !slices.Contains(c.Formats, req.Format) && c.Mute:
		w.WriteHeader(http.StatusBadRequest)
	case req.Format != "" && req.Format != "text" && !slices.Contains(c.Formats, req.Format):
		fail(w, http.StatusBadRequest, "invalid_request_error", "response_format of this type is not supported", "response_format")
	default:
		s.answer(w, r, c, p, rng)
	}
}

// record keeps a request, and gives what its answer depends on: the same body
// for the same time gets the same chance, whatever comes between.
func (s *Server) record(req Request) (Config, int, *rand.Rand) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, req)
	h := fnv.New64a()
	_, _ = h.Write(req.Body)
	sum := h.Sum64()
	s.seen[sum]++
	return s.config, len(s.requests), rand.New(rand.NewPCG(s.config.Seed^sum, uint64(s.seen[sum])))
}

func fail(w http.ResponseWriter, status int, kind, message, param string) {
	e := map[string]any{"message": message, "type": kind, "code": kind}
	if param != "" {
		e["param"] = param
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": e})
}

// answer plays the mode.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, c Config, p payload, rng *rand.Rand) {
	switch c.Mode {
	case Slow:
		if !wait(r, c.Delay) {
			return
		}
	case Hang:
		<-r.Context().Done()
		return
	case RateLimit:
		w.Header().Set("Retry-After", c.RetryAfter)
		fail(w, http.StatusTooManyRequests, "rate_limit_exceeded", "slow down", "")
		return
	case ServerError:
		fail(w, http.StatusInternalServerError, "server_error", "something broke", "")
		return
	case Denied:
		fail(w, http.StatusUnauthorized, "invalid_api_key", "who are you", "")
		return
	case Huge:
		_, _ = io.WriteString(w, `{"choices":[{"finish_reason":"stop","message":{"content":"`)
		for range 64 {
			_, _ = io.WriteString(w, strings.Repeat("a", 64<<10))
		}
		return
	}
	if p.Stream && !c.Whole {
		s.stream(w, r, c, p, rng)
		return
	}
	switch c.Mode {
	case Trickle:
		if !wait(r, c.Delay) {
			return
		}
	case Stall:
		<-r.Context().Done()
		return
	case Garbage:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"choices":[{"mess%%%`)
		return
	case Cut:
		w.Header().Set("Content-Length", "5000")
		_, _ = io.WriteString(w, `{"choices":[{"mess`)
		return
	}
	content, finish := s.content(c, p, rng)
	s.reply(w, c, p, content, finish)
}

// wait reports whether the caller stayed that long.
func wait(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-r.Context().Done():
		return false
	case <-timer.C:
		return true
	}
}

func (s *Server) reply(w http.ResponseWriter, c Config, p payload, content, finish string) {
	choice := map[string]any{"index": 0, "message": map[string]any{"role": "assistant", "content": content}}
	if finish != "" {
		choice["finish_reason"] = finish
	}
	if p.LogProbs && c.LogProb != 0 {
		choice["logprobs"] = map[string]any{"content": []any{
			map[string]any{"token": "a", "logprob": c.LogProb}, map[string]any{"token": "b", "logprob": c.LogProb}}}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"id": "chatcmpl-" + strconv.Itoa(len(content)), "object": "chat.completion", "model": p.Model, "choices": []any{choice},
		"usage": map[string]any{"prompt_tokens": 100, "completion_tokens": len(content) / 4, "total_tokens": 100 + len(content)/4},
	})
}
