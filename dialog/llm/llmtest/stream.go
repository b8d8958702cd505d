package llmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"

	"parley/dialog/llm"
)

// events writes server-sent events as chat completions are streamed.
type events struct {
	w     http.ResponseWriter
	model string
}

// send writes one event.
func (e events) send(choice map[string]any, usage any) {
	event := map[string]any{"id": "chatcmpl-s", "object": "chat.completion.chunk", "model": e.model, "choices": []any{}}
	if choice != nil {
		choice["index"] = 0
		event["choices"] = []any{choice}
	}
	if usage != nil {
		event["usage"] = usage
	}
	raw, err := json.Marshal(event)
	if err != nil {
		return // made of strings and numbers
	}
	e.line("data: " + string(raw) + "\n\n")
}

func (e events) line(s string) {
	_, _ = io.WriteString(e.w, s)
	if f, ok := e.w.(http.Flusher); ok {
		f.Flush()
	}
}

// stream answers in pieces of a few characters. What breaks in the middle has
// written half of its answer by then.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, c Config, p payload, rng *rand.Rand) {
	content, finish := s.content(c, p, rng)
	pieces := chop(content, rng)
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	e := events{w: w, model: p.Model}
	e.line(": this is a comment, which keeps a connection alive\n\n")
	e.send(map[string]any{"delta": map[string]any{"role": "assistant", "content": ""}}, nil)
	for i, piece := range pieces {
		if i == len(pieces)/2 && !s.middle(e, r, c) {
			return
		}
		if c.Mode == Trickle && !wait(r, c.Delay) {
			return
		}
		choice := map[string]any{"delta": map[string]any{"content": piece}}
		if p.LogProbs && c.LogProb != 0 {
			choice["logprobs"] = map[string]any{"content": []any{map[string]any{"token": piece, "logprob": c.LogProb}}}
		}
		e.send(choice, nil)
	}
	if finish != "" {
		e.send(map[string]any{"delta": map[string]any{}, "finish_reason": finish}, nil)
	}
	if p.StreamOptions != nil && p.StreamOptions.IncludeUsage {
		e.send(nil, map[string]any{"prompt_tokens": 100, "completion_tokens": len(pieces), "total_tokens": 100 + len(pieces)})
	}
	e.line("data: [DONE]\n\n")
}

// middle plays what goes wrong in the middle of a stream. It reports whether the
// stream goes on.
func (s *Server) middle(e events, r *http.Request, c Config) bool {
	switch c.Mode {
	case Cut:
		panic(http.ErrAbortHandler) // the connection breaks
	case Stall:
		<-r.Context().Done()
		return false
	case Garbage:
		e.line("data: {%%% not JSON\n\n")
	}
	return true
}

// chop cuts a text into pieces of one to seven characters.
func chop(text string, rng *rand.Rand) []string {
	var out []string
	for rest := []rune(text); len(rest) > 0; {
		n := min(1+rng.IntN(7), len(rest))
		out, rest = append(out, string(rest[:n])), rest[n:]
	}
	return out
}

// lateHarm begins as anybody would.
func lateHarm(b llm.Brief, p play) string {
	good := "I understand. "
	if b.Language == "es" {
		good = "Entiendo. "
	}
	p.reply = good + p.reply
	return hostile(b, p)
}

// replyFirst writes the words before what they do.
func replyFirst(a llm.Answer) string {
	commands, err := json.Marshal(a.Commands)
	if err != nil {
		return ""
	}
	if len(a.Commands) == 0 {
		commands = []byte("[]")
	}
	reply, move := quote(a.Reply), quote(a.Move)
	return fmt.Sprintf(`{"reply":%s,"move":%s,"commands":%s}`, reply, move, commands)
}

func quote(s string) string {
	raw, err := json.Marshal(s)
	if err != nil {
		return `""` // a string always marshals
	}
	return string(raw)
}
