package dialog

import (
	"context"
)

// Suggestion is something an agent may say or do next. It is never sent by itself.
type Suggestion struct {
	// Move is the id of the engine's move behind it, "" for a reply that has none; Kind is that move's
	// kind, or "reply".
	Move string `json:"move,omitempty"`
	Kind string `json:"kind"`
	// Text is what would go out, with what must be said added.
	Text   string `json:"text"`
	Reason string `json:"reason,omitempty"`
	// By is "engine", or who found the words.
	By string `json:"by"`
	// LastSeq is the last message of the person's it knows: with a newer one it is stale.
	LastSeq int64 `json:"last_seq"`
}

// Suggest gives an agent the engine's permitted moves, each in words that pass the guard, and, first
// of all, the reply the bot would have given. It changes nothing.
func (e *Engine) Suggest(ctx context.Context, snap Snapshot, env Env) []Suggestion {
	return nil
}
