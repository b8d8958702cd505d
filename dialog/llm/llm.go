// Package llm is the port to a language model, and everything that stands
// between a model and the world: what it is told, what it may answer, and how
// its answer is read.
//
// A model proposes and code disposes. It is given a [Brief]: the facts of one
// turn, redacted, with the moves the engine permits and their words, but not
// the limits behind them. It returns an [Answer] that names one of these moves
// and a reply whose figures are placeholders. [Parse] refuses everything else.
package llm

import (
	"context"
	"encoding/json"
	"time"

	"parley/prompts"
)

// Model is a language model, or something that stands in for one.
type Model interface {
	// Name is what the model is called in traces and reports. It says honestly
	// what answers: "gpt-4o-mini", "built-in responder".
	Name() string
	// Complete answers one request. It returns by ctx's deadline. On failure the
	// error is an [*Error], whose Kind says whether another attempt may help;
	// the implementation has already made those it thinks are safe. A nil error
	// means that the provider finished its answer; what stands in it is not
	// checked yet.
	Complete(ctx context.Context, r Request) (Response, error)
}

// Streamer is a model that can hand its answer out while it writes.
type Streamer interface {
	Model
	// Stream answers as Complete does, and calls more with each piece of the raw
	// answer as it comes, in order and from the calling goroutine. Nothing is tried
	// again after the first piece: no byte is handed out twice. An error of more
	// closes the stream and is returned as it is. A nil error means that the
	// provider finished its answer: one that was cut off is an error, however whole
	// it looks. Raw is what came, also beside an error.
	Stream(ctx context.Context, r Request, more func(raw string) error) (Response, error)
}

// Request is one question to a model.
type Request struct {
	// Brief is the facts of the turn. Models reached over a network use Prompt,
	// which says the same in words; the built-in responder uses Brief alone.
	Brief Brief
	// Prompt is the rendered prompt: exactly the bytes that leave the house.
	Prompt prompts.Rendered
	// Schema is the JSON schema of the answer, for providers that can enforce one.
	Schema json.RawMessage
	// MaxTokens bounds the answer. Zero: the provider's default.
	MaxTokens int
	// Purpose is what it is for, for metrics: "decide", "repair".
	Purpose string
}

// Response is what a model answered.
type Response struct {
	// Raw is the answer as it came: it should be JSON and may be anything.
	Raw []byte
	// Model is what the provider says answered; empty when it doesn't say.
	Model string
	// InputTokens and OutputTokens are the provider's count; zero when unknown.
	InputTokens, OutputTokens int
	// FinishReason is the provider's word, "stop" when all is well.
	FinishReason string
	// Attempts is how many calls were made, the last included.
	Attempts int
	// Format is how JSON was asked for: "json_schema", "json_object", "prompt" or "".
	Format string
	// Latency is the time from the first call to the answer, by the
	// implementation's clock.
	Latency time.Duration
	// First is the time from the first call to the first piece of a stream; zero
	// when nothing came or nothing was streamed.
	First time.Duration
	// LogProb is the mean natural log-probability of the answer's tokens; nil
	// when the provider doesn't give it.
	LogProb *float64
}

// Purposes of a request.
const (
	PurposeDecide = "decide"
	PurposeRepair = "repair"
)
