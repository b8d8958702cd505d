// Package responder is the built-in model: it needs no network and no key. It
// understands by the rules of package understand, picks among the engine's
// moves by plain preference, and speaks the sentences of package prompts. It
// answers in the same JSON as any model and is held to the same checks.
package responder

import (
	"context"
	"encoding/json"

	"parley/dialog/llm"
)

// Name is what the responder is called wherever it shows.
const Name = "built-in responder"

// Model is the built-in responder. The zero value is ready for use, by any
// number of goroutines.
type Model struct{}

var _ llm.Streamer = Model{}

// Name is [Name].
func (Model) Name() string { return Name }

// Complete answers from the brief alone. It reads no clock and draws no chance:
// the same brief gives the same bytes. It fails only when ctx is done.
func (Model) Complete(ctx context.Context, r llm.Request) (llm.Response, error) {
	if err := ctx.Err(); err != nil {
		return llm.Response{}, &llm.Error{Kind: llm.Timeout, Reason: "context done", Err: err}
	}
	raw, err := json.Marshal(Answer(r.Brief))
	if err != nil {
		return llm.Response{}, &llm.Error{Kind: llm.Malformed, Reason: "answer can't be encoded", Err: err}
	}
	return llm.Response{Raw: raw, Model: Name, FinishReason: "stop", Attempts: 1}, nil
}

// Stream answers as Complete does, in one piece: nothing is gained by less.
func (m Model) Stream(ctx context.Context, r llm.Request, more func(raw string) error) (llm.Response, error) {
	resp, err := m.Complete(ctx, r)
	if err == nil {
		err = more(string(resp.Raw))
	}
	return resp, err
}

// Answer is what the responder says to the brief.
func Answer(b llm.Brief) llm.Answer {
	w := newWriter(b)
	switch {
	case !b.Verified:
		w.unverified()
	default:
		w.verified()
	}
	return w.answer()
}
