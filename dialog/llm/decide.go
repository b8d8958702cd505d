package llm

import (
	"context"
	"time"
)

// Attempt is one try at an answer, for the trace. It holds no content.
type Attempt struct {
	Model   string `json:"model"`
	Purpose string `json:"purpose"`
	// Kind is "" when the answer was usable.
	Kind   Kind   `json:"kind,omitempty"`
	Reason string `json:"reason,omitempty"`
	// Response without its Raw bytes.
	Finish       string        `json:"finish,omitempty"`
	Format       string        `json:"format,omitempty"`
	Calls        int           `json:"calls,omitempty"`
	InputTokens  int           `json:"input_tokens,omitempty"`
	OutputTokens int           `json:"output_tokens,omitempty"`
	Latency      time.Duration `json:"latency,omitempty"`
	First        time.Duration `json:"first,omitempty"`
	LogProb      *float64      `json:"logprob,omitempty"`
	PromptSHA256 string        `json:"prompt_sha256,omitempty"`
}

// Outcome is what a turn's decision came to.
type Outcome struct {
	Answer Answer
	// Text is the reply with its placeholders filled.
	Text string
	// By is the name of the model that answered.
	By string
	// Repaired: the first answer was refused and the second taken.
	Repaired bool
	// Fallback: the stand-in answered, since the model gave nothing usable.
	Fallback bool
	Prompt   PromptID
	Attempts []Attempt
	// Said are the pieces that were handed out, for [DecideStream].
	Said []Piece
}

// PromptID names the prompt behind an outcome.
type PromptID struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
	Tokens  int    `json:"tokens"`
}

// Decide gets a usable answer: from model, after one repair at most, else from
// fallback, which is asked under a context of its own so that a model which
// used up the deadline doesn't take the answer with it. model may be nil. The
// error is fallback's, and means that there is no answer at all.
//
// An answer with a move and the command accept proposes to commit to it; a move
// without that command puts it on the table.
func Decide(ctx context.Context, model, fallback Model, b Brief) (Outcome, error) {
	var out Outcome
	out.Fallback = model != nil
	req, err := NewRequest(b)
	if err != nil {
		out.Attempts = append(out.Attempts, Attempt{Purpose: PurposeDecide, Kind: Refused, Reason: "prompt over budget"})
		model, req = nil, Request{Brief: b, Purpose: PurposeDecide}
	}
	out.Prompt = PromptID{Name: req.Prompt.Name, Version: req.Prompt.Version, SHA256: req.Prompt.SHA256, Tokens: req.Prompt.Tokens}
	if model != nil {
		raw, err := out.try(ctx, model, req)
		if err == nil {
			out.Fallback = false
			return out, nil
		}
		if raw != nil && KindOf(err) == Malformed && ctx.Err() == nil {
			if _, err = out.try(ctx, model, RepairRequest(req, raw, err)); err == nil {
				out.Repaired, out.Fallback = true, false
				return out, nil
			}
		}
	}
	_, err = out.try(context.WithoutCancel(ctx), fallback, req)
	return out, err
}

// try asks once and keeps a usable answer. It returns the bytes of an answer
// that was refused.
func (out *Outcome) try(ctx context.Context, m Model, req Request) ([]byte, error) {
	a := Attempt{Model: m.Name(), Purpose: req.Purpose, PromptSHA256: req.Prompt.SHA256}
	resp, err := m.Complete(ctx, req)
	a.Finish, a.Format, a.Calls = resp.FinishReason, resp.Format, resp.Attempts
	a.InputTokens, a.OutputTokens, a.Latency, a.LogProb = resp.InputTokens, resp.OutputTokens, resp.Latency, resp.LogProb
	var answer Answer
	var text string
	if err == nil {
		answer, err = Parse(resp.Raw, req.Brief)
	}
	if err == nil {
		text, err = Fill(answer.Reply, req.Brief.Values(answer.Move))
	}
	if err != nil {
		a.Kind = KindOf(err)
		if e, ok := err.(*Error); ok {
			a.Reason = e.Reason
		}
		out.Attempts = append(out.Attempts, a)
		return resp.Raw, err
	}
	out.Attempts = append(out.Attempts, a)
	out.Answer, out.Text, out.By = answer, text, m.Name()
	return nil, nil
}
