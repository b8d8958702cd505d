package openai

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	api "github.com/sashabaranov/go-openai"

	"parley/dialog/llm"
)

// Stream asks the endpoint and hands the answer out as it comes. See [llm.Streamer].
// An endpoint that can't stream is asked for the whole, which is then one piece.
func (c *Client) Stream(ctx context.Context, r llm.Request, more func(raw string) error) (llm.Response, error) {
	began := c.config.Now()
	to := &sink{more: more, now: c.config.Now}
	resp, err := c.complete(ctx, r, to)
	if to.any {
		resp.First = to.first.Sub(began)
		resp.Raw = []byte(to.raw.String())
	}
	if to.stopped != nil {
		return resp, to.stopped
	}
	return resp, err
}

// sink is where a stream's pieces go. A nil sink is for whole answers.
type sink struct {
	more    func(string) error
	now     func() time.Time
	raw     strings.Builder
	any     bool // something was handed out
	first   time.Time
	stopped error // more's
}

func (s *sink) given() bool { return s != nil && s.any }

// write hands a piece out. The failure says that the caller wants no more, which
// speaks neither for another call nor against the endpoint.
func (s *sink) write(piece string) *failure {
	if piece == "" {
		return nil
	}
	if !s.any {
		s.any, s.first = true, s.now()
	}
	s.raw.WriteString(piece)
	if s.stopped = s.more(piece); s.stopped != nil {
		return &failure{err: &llm.Error{Kind: llm.Refused, Reason: "stopped by the caller"}, final: true, cancelled: true}
	}
	return nil
}

// cantStream learns from the provider's words that it doesn't know how to stream,
// or how to count what it streams. whole and uncounted are what was known when it
// was asked. It reports whether there is another way to ask.
func (c *Client) cantStream(words string, whole, uncounted bool) bool {
	switch {
	case whole:
		return false
	case strings.Contains(words, "stream_options") || strings.Contains(words, "include_usage"):
		c.uncounted.Store(true)
		return !uncounted
	case strings.Contains(words, "stream"):
		c.whole.Store(true)
		return true
	}
	return false
}

// stream makes exactly one HTTP request and reads its answer as it comes.
func (c *Client) stream(ctx context.Context, r llm.Request, format int32, to *sink) (llm.Response, error, *failure) {
	call, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	patience := time.AfterFunc(c.config.AttemptTimeout, func() { cancel(context.DeadlineExceeded) })
	defer patience.Stop()
	seen := &seen{at: c.config.Now()}
	resp := llm.Response{Format: formatNames[format]}
	q := c.request(r, format)
	if !c.uncounted.Load() {
		q.StreamOptions = &api.StreamOptions{IncludeUsage: true}
	}
	events, err := c.api.CreateChatCompletionStream(withSeen(call, seen), q)
	if err != nil {
		return resp, err, classify(ctx, call, err, seen)
	}
	defer func() { _ = events.Close() }()
	if seen.whole {
		c.whole.Store(true)
		return resp, nil, &failure{err: &llm.Error{Kind: llm.Malformed, Reason: "not a stream"}, final: true, again: true}
	}
	var end ending
	for {
		event, err := events.Recv()
		if err != nil && (!errors.Is(err, io.EOF) && end.finish == "") {
			return resp, err, broken(classify(ctx, call, err, seen), to)
		}
		if err != nil { // a stream that just ends is judged by its finish reason
			break
		}
		patience.Reset(c.config.AttemptTimeout)
		if f := end.take(&resp, event, to); f != nil {
			return resp, nil, f
		}
	}
	resp.LogProb = end.logProb.value()
	resp.Raw = []byte(to.raw.String())
	return judge(resp, end.finish, end.refused)
}

// broken is a stream that failed in the middle: once something was handed out, it
// can't be asked for again.
func broken(f *failure, to *sink) *failure {
	if f.err.Kind == llm.Unavailable {
		f.err.Reason = "stream broke"
	}
	f.final = f.final || to.given()
	return f
}

// ending is what a stream tells of itself.
type ending struct {
	finish  api.FinishReason
	refused bool
	logProb mean
}

// take reads one event.
func (e *ending) take(resp *llm.Response, event api.ChatCompletionStreamResponse, to *sink) *failure {
	if event.Model != "" {
		resp.Model = event.Model
	}
	if event.Usage != nil {
		resp.InputTokens, resp.OutputTokens = event.Usage.PromptTokens, event.Usage.CompletionTokens
	}
	for _, choice := range event.Choices {
		if choice.Index != 0 {
			continue
		}
		e.refused = e.refused || choice.Delta.Refusal != ""
		if choice.FinishReason != "" && choice.FinishReason != api.FinishReasonNull {
			e.finish = choice.FinishReason
		}
		if choice.Logprobs != nil {
			for _, t := range choice.Logprobs.Content {
				e.logProb.add(t.Logprob)
			}
		}
		if f := to.write(choice.Delta.Content); f != nil {
			return f
		}
	}
	return nil
}
