// Package prompts holds every word sent to a model and every sentence of the
// built-in responder, versioned and embedded. Rendering is typed: what isn't in
// a template's data can't get into a prompt. What a person wrote goes in as a
// JSON string inside a marked block, so that no text can close the block or
// speak in another voice.
package prompts

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rendered is a prompt ready to be sent, byte for byte.
type Rendered struct {
	// Name and Version say which template it came from: "negotiator", "1".
	Name    string `json:"name"`
	Version string `json:"version"`
	// SHA256 is the hash of the system text and the messages, in hex.
	SHA256 string `json:"sha256"`
	// System is the instruction, Messages the conversation with the model.
	System   string    `json:"system"`
	Messages []Message `json:"messages"`
	// Tokens is an estimate of the size, never below a usual tokenizer's for
	// English and Spanish.
	Tokens int `json:"tokens"`
	// Dropped is how many earlier messages were left out to keep the budget.
	Dropped int `json:"dropped,omitempty"`
}

// Message is one message to or from the model. Role is "user" or "assistant".
type Message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// ErrBudget means that a prompt can't be brought under its budget without
// leaving out what must be in it.
var ErrBudget = errors.New("prompts: over budget")

// Text is the whole prompt as one text, for hashing and for tests that look for
// what must not be in it.
func (r Rendered) Text() string {
	var s strings.Builder
	s.WriteString("system\n" + r.System)
	for _, m := range r.Messages {
		s.WriteString("\n\n" + m.Role + "\n" + m.Content)
	}
	return s.String()
}

// seal sets what depends on the text.
func (r Rendered) seal() Rendered {
	text := r.Text()
	sum := sha256.Sum256([]byte(text))
	r.SHA256 = hex.EncodeToString(sum[:])
	r.Tokens = Tokens(text)
	return r
}

// Tokens estimates how many tokens a text is: a quarter of its bytes or, where
// that is more, one for each word and each three other characters.
func Tokens(s string) int {
	words, others, inWord := 0, 0, false
	for _, r := range s {
		letter := unicode.IsLetter(r) && r < utf8.RuneSelf
		if letter && !inWord {
			words++
		}
		if !letter && r != ' ' {
			others++
		}
		inWord = letter
	}
	return max((len(s)+3)/4, words+(others+2)/3)
}

// Quote makes a text data: one line, a JSON string, in which <, > and & are
// escaped, so that it holds no marker, no line break and no quote of its own.
// Invisible and directional characters are dropped.
func Quote(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || (unicode.IsControl(r) && r != '\n' && r != '\t') {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	raw, err := json.Marshal(s)
	if err != nil {
		return `""` // a string always marshals
	}
	return string(raw)
}

// Truncate cuts s to at most n characters, marking the cut.
func Truncate(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
