package openai

import (
	"context"
	"net/http"
	"strings"

	api "github.com/sashabaranov/go-openai"

	"parley/dialog/llm"
)

// The ways to ask for JSON, from strictest to loosest.
const (
	formatSchema int32 = iota
	formatObject
	formatPrompt
)

var formatNames = [...]string{"json_schema", "json_object", "prompt"}

// attempt makes one call, or several when the endpoint turns out not to know a
// response format or how to stream. What it knows is remembered for good, but only
// on evidence: its own words, or a looser form that works where the stricter did not.
func (c *Client) attempt(ctx context.Context, r llm.Request, calls *int, to *sink) (llm.Response, error) {
	format := c.format.Load()
	if format == formatSchema && len(r.Schema) == 0 {
		format = formatObject
	}
	asked := format
	for {
		*calls++
		whole, uncounted := to == nil || c.whole.Load(), c.uncounted.Load()
		resp, err, fail := c.ask(ctx, r, format, to)
		if fail == nil {
			if format > asked {
				c.lower(format)
			}
			return resp, nil
		}
		status, code, words := provider(err)
		switch {
		case to.given() || fail.cancelled:
			return resp, fail
		case fail.again || maybeFormat(status, code) && c.cantStream(words, whole, uncounted):
			continue
		case format == formatPrompt || !maybeFormat(status, code):
			return resp, fail
		}
		if namesFormat(words) {
			c.lower(format + 1)
		}
		format++
	}
}

// ask makes one call in the way the caller wants and the endpoint knows.
func (c *Client) ask(ctx context.Context, r llm.Request, format int32, to *sink) (llm.Response, error, *failure) {
	if to == nil {
		return c.call(ctx, r, format)
	}
	if !c.whole.Load() {
		return c.stream(ctx, r, format, to)
	}
	resp, err, fail := c.call(ctx, r, format)
	if fail == nil {
		if fail = to.write(string(resp.Raw)); fail != nil {
			return resp, nil, fail
		}
	}
	return resp, err, fail
}

// lower remembers a looser format, never a stricter one.
func (c *Client) lower(to int32) {
	for {
		now := c.format.Load()
		if now >= to || c.format.CompareAndSwap(now, to) {
			return
		}
	}
}

// maybeFormat reports whether a status may mean that the response format isn't known.
func maybeFormat(status int, code string) bool {
	if code == "context_length_exceeded" || code == "content_filter" || code == "model_not_found" {
		return false
	}
	switch status {
	case http.StatusBadRequest, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusNotImplemented:
		return true
	}
	return false
}

func namesFormat(words string) bool {
	for _, w := range []string{"response_format", "json_schema", "json_object", "response format", "structured output"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// call makes exactly one HTTP request. The second result is the raw error, for
// reading the provider's words.
func (c *Client) call(ctx context.Context, r llm.Request, format int32) (llm.Response, error, *failure) {
	call, cancel := context.WithTimeout(ctx, c.config.AttemptTimeout)
	defer cancel()
	seen := &seen{at: c.config.Now()}
	got, err := c.api.CreateChatCompletion(withSeen(call, seen), c.request(r, format))
	resp := llm.Response{Format: formatNames[format]}
	if err != nil {
		return resp, err, classify(ctx, call, err, seen)
	}
	resp.Model, resp.InputTokens, resp.OutputTokens = got.Model, got.Usage.PromptTokens, got.Usage.CompletionTokens
	if len(got.Choices) == 0 {
		return resp, nil, final(llm.Malformed, "no choices")
	}
	choice := got.Choices[0]
	resp.Raw = []byte(choice.Message.Content)
	if choice.LogProbs != nil {
		var m mean
		for _, t := range choice.LogProbs.Content {
			m.add(t.LogProb)
		}
		resp.LogProb = m.value()
	}
	return judge(resp, choice.FinishReason, choice.Message.Refusal != "")
}

// judge holds an answer to what the provider says of how it ended. A refused one
// has no Raw: what was cut off must not be read.
func judge(resp llm.Response, finish api.FinishReason, refused bool) (llm.Response, error, *failure) {
	resp.FinishReason = string(finish)
	var f *failure
	switch {
	case finish == api.FinishReasonLength:
		f = final(llm.Truncated, "finish reason length")
	case finish == api.FinishReasonContentFilter || refused:
		f = final(llm.Refused, "content filter")
	case finish == "" || finish == api.FinishReasonNull:
		f = final(llm.Truncated, "no finish reason")
	case finish != api.FinishReasonStop:
		f = final(llm.Malformed, "unexpected finish reason")
	case strings.TrimSpace(string(resp.Raw)) == "":
		f = final(llm.Malformed, "empty answer")
	}
	if f != nil {
		resp.Raw = nil
	}
	return resp, nil, f
}

func final(k llm.Kind, reason string) *failure {
	return &failure{err: &llm.Error{Kind: k, Reason: reason}, final: true}
}

// request says the prompt in the provider's form.
func (c *Client) request(r llm.Request, format int32) api.ChatCompletionRequest {
	q := api.ChatCompletionRequest{Model: c.config.Model}
	if r.Prompt.System != "" {
		q.Messages = append(q.Messages, api.ChatCompletionMessage{Role: api.ChatMessageRoleSystem, Content: r.Prompt.System})
	}
	for _, m := range r.Prompt.Messages {
		q.Messages = append(q.Messages, api.ChatCompletionMessage{Role: m.Role, Content: m.Content})
	}
	if reasoning(c.config.Model) {
		// These take no sampling parameters, and think before they write.
		q.MaxCompletionTokens = r.MaxTokens * 4
	} else {
		q.MaxTokens, q.Temperature, q.LogProbs = r.MaxTokens, c.config.Temperature, c.config.LogProbs
	}
	switch format {
	case formatSchema:
		q.ResponseFormat = &api.ChatCompletionResponseFormat{
			Type:       api.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &api.ChatCompletionResponseFormatJSONSchema{Name: "answer", Schema: r.Schema, Strict: true},
		}
	case formatObject:
		q.ResponseFormat = &api.ChatCompletionResponseFormat{Type: api.ChatCompletionResponseFormatTypeJSONObject}
	}
	return q
}

// reasoning reports whether the vendor's model refuses sampling parameters.
func reasoning(model string) bool {
	for _, p := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(model, p) {
			return true
		}
	}
	return false
}

// mean adds up log-probabilities.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(x float64) { m.sum, m.n = m.sum+x, m.n+1 }

// value is nil when nothing was added.
func (m *mean) value() *float64 {
	if m.n == 0 {
		return nil
	}
	v := m.sum / float64(m.n)
	return &v
}
