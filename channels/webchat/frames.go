package webchat

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parley/channels"
)

// Codes of error frames. An error frame about a message carries its client id.
const (
	CodeBadFrame      = "bad_frame"      // not a JSON object, or not text
	CodeUnknownType   = "unknown_type"   // a frame type that does not exist
	CodeUnknownField  = "unknown_field"  // detail names the field
	CodeInvalidField  = "invalid_field"  // field and detail name it; repeating it won't help
	CodeHelloFirst    = "hello_first"    // anything before hello
	CodeAlreadyHere   = "already_here"   // a second hello
	CodeBadToken      = "bad_token"      // the signed link was refused; the chat goes on without
	CodeRateLimited   = "rate_limited"   // not taken; send it again later under the same id
	CodeTryAgain      = "try_again"      // not durable; send it again under the same id
	CodeTooManySocket = "too_many"       // too many sockets on this conversation, or conversations begun
	handlePrefix      = "wc_"            // of a conversation's handle
	maxToken          = 4 << 10          // bytes of a signed link's token
	maxMove           = 128              // bytes of a choice's id
	frameOverhead     = 1<<10 + maxToken // bytes of a frame besides the text
)

// clientFrame is what a widget sends; Type says which fields are set.
type clientFrame struct {
	Type         string
	Token        string // hello: of a signed link
	Conversation string // hello: the one to go on with
	Since        int64  // hello: the last seq the client has
	ID           string // message, choice: the client's id of it
	Text         string // message
	Move         string // choice: the id of the choice
}

// serverFrame is what a widget gets; Type says which fields are set.
type serverFrame struct {
	Type         string            `json:"type"`
	Conversation string            `json:"conversation,omitempty"`
	Seq          *int64            `json:"seq,omitempty"`
	ID           string            `json:"id,omitempty"`
	From         string            `json:"from,omitempty"`
	Name         string            `json:"name,omitempty"`
	Text         string            `json:"text,omitempty"`
	Choices      []channels.Choice `json:"choices,omitempty"`
	At           string            `json:"at,omitempty"`
	State        string            `json:"state,omitempty"`
	Code         string            `json:"code,omitempty"`
	Field        string            `json:"field,omitempty"`
	Detail       string            `json:"detail,omitempty"`
}

func encode(f serverFrame) []byte {
	b, err := json.Marshal(f)
	if err != nil {
		panic("webchat: a server frame is strings and numbers: " + err.Error())
	}
	return b
}

func messageFrame(conversation string, it Item) []byte {
	f := serverFrame{
		Type: "message", Seq: &it.Seq, From: it.From, Name: it.Name, Text: it.Text, Choices: it.Choices,
		ID: strings.TrimPrefix(it.ID, conversation+"/"),
	}
	if !it.At.IsZero() {
		f.At = it.At.UTC().Format(time.RFC3339)
	}
	return encode(f)
}

// frameError becomes an error frame. Its texts never quote a value.
type frameError struct {
	id, code, field, detail string
	// fatal closes the socket with this code after the frame; 0 goes on.
	fatal int
}

func (e *frameError) Error() string { return e.code + ": " + e.detail }

func (e *frameError) frame() []byte {
	return encode(serverFrame{Type: "error", ID: e.id, Code: e.code, Field: e.field, Detail: e.detail})
}

func invalid(field, reason string) *frameError {
	return &frameError{code: CodeInvalidField, field: field, detail: field + ": " + reason}
}

// frameFields are the fields of each type; a name ending in "?" may be absent.
var frameFields = map[string][]string{
	"hello":   {"token?", "conversation?", "since?"},
	"message": {"id", "text"},
	"typing":  {},
	"choice":  {"id", "move"},
}

// decode reads one frame strictly: names are exact, unknown ones are named, and
// a field of the wrong kind is an error and not a zero.
func decode(data []byte, maxText int) (clientFrame, *frameError) {
	var f clientFrame
	if !utf8.Valid(data) {
		return f, &frameError{code: CodeBadFrame, detail: "the frame's text is not valid UTF-8", fatal: closeInvalidData}
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil || fields == nil {
		return f, &frameError{code: CodeBadFrame, detail: "the frame is not a JSON object"}
	}
	if err := str(fields, "type", &f.Type); err != nil {
		return f, err
	}
	known, ok := frameFields[f.Type]
	if !ok {
		return f, &frameError{code: CodeUnknownType, field: "type", detail: "type: the types are hello, message, typing and choice"}
	}
	// The id comes first, so that every later complaint can say which message it is about.
	if slices.Contains(known, "id") {
		if err := str(fields, "id", &f.ID); err != nil {
			return f, err
		}
		if !validID(f.ID, 1, 64) {
			return f, invalid("id", "must have 1 to 64 letters, digits, - or _")
		}
	}
	err := f.fill(fields, known, maxText)
	if err != nil {
		err.id = f.ID
	}
	return f, err
}

func (f *clientFrame) fill(fields map[string]json.RawMessage, known []string, maxText int) *frameError {
	for name := range fields {
		if name != "type" && !slices.Contains(known, name) && !slices.Contains(known, name+"?") {
			return &frameError{code: CodeUnknownField, field: clip(name), detail: fmt.Sprintf("%s: a %s frame has no such field", clip(name), f.Type)}
		}
	}
	for _, name := range known {
		raw, present := fields[strings.TrimSuffix(name, "?")]
		if strings.HasSuffix(name, "?") && (!present || string(raw) == "null") {
			continue
		}
		if err := f.field(fields, strings.TrimSuffix(name, "?"), maxText); err != nil {
			return err
		}
	}
	return nil
}

func (f *clientFrame) field(fields map[string]json.RawMessage, name string, maxText int) *frameError {
	switch name {
	case "token":
		if err := str(fields, name, &f.Token); err != nil {
			return err
		}
		if len(f.Token) > maxToken {
			return invalid(name, fmt.Sprintf("has %d bytes, %d are allowed", len(f.Token), maxToken))
		}
	case "conversation":
		// Any string will do: one that is not ours gets a new conversation.
		return str(fields, name, &f.Conversation)
	case "since":
		if json.Unmarshal(fields[name], &f.Since) != nil || f.Since < 0 {
			f.Since = 0
			return invalid(name, "must be a whole number from 0")
		}
	case "text":
		if err := str(fields, name, &f.Text); err != nil {
			return err
		}
		f.Text = strings.ReplaceAll(f.Text, "\r\n", "\n")
		if len(f.Text) > maxText {
			return invalid(name, fmt.Sprintf("has %d bytes, %d are allowed", len(f.Text), maxText))
		}
	case "move":
		if err := str(fields, name, &f.Move); err != nil {
			return err
		}
		if f.Move == "" || len(f.Move) > maxMove || strings.ContainsFunc(f.Move, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return invalid(name, fmt.Sprintf("must have 1 to %d printable characters", maxMove))
		}
	}
	return nil
}

func str(fields map[string]json.RawMessage, name string, into *string) *frameError {
	raw, ok := fields[name]
	if !ok {
		return invalid(name, "is missing")
	}
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, into) != nil {
		return invalid(name, "must be a string")
	}
	return nil
}

// clip keeps a field's name short enough, and clean enough, to be repeated.
func clip(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError {
			return '?'
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return name
}

func validHandle(s string) bool {
	rest, ok := strings.CutPrefix(s, handlePrefix)
	return ok && validID(rest, 16, 64)
}

func validID(s string, least, most int) bool {
	if len(s) < least || len(s) > most {
		return false
	}
	for _, b := range []byte(s) {
		if !(b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_') {
			return false
		}
	}
	return true
}
