package llm

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// Reader reads an answer while it is being written. It gives the reply's text
// out as it grows, and the move and the commands as soon as they are whole. It
// refuses what [Parse] refuses as soon as it can tell; that the answer as a whole
// is right, only Parse can say. It is for one answer and one goroutine.
type Reader struct {
	// Move and Commands are the answer's, once HasMove and HasCommands are true.
	Move        string
	Commands    []Command
	HasMove     bool
	HasCommands bool
	// ReplyDone: the reply's last character has been read.
	ReplyDone bool

	state  readState
	buffer strings.Builder // what is being read: fence, key or value
	key    string
	seen   []string
	size   int
	// refused is why the answer can't be used.
	refused *Error

	text   text // the string being read, decoded
	quoted bool // in a string of a value other than reply
	escape bool // after its backslash
	depth  int  // of the value's brackets
}

type readState int

const (
	atStart  readState = iota // before the object's brace
	atKey                     // before a key or the closing brace
	inKey                     // within a key
	atColon                   // between key and value
	atValue                   // before a value
	inReply                   // within the reply's quotes
	inValue                   // within another value
	atComma                   // after a value
	atFinish                  // after the closing brace: for Parse to judge
)

// maxKey is the longest key or fence line that is worth reading on.
const maxKey = 64

// Feed reads on. It gives what the reply has grown by, decoded, never ending
// within a character. The error is an [*Error] of kind Malformed; an answer that
// was refused once stays refused.
func (r *Reader) Feed(chunk string) (string, error) {
	if r.size += len(chunk); r.size > maxRaw && r.refused == nil {
		r.refused = malformed("answer is longer than %d bytes", maxRaw)
	}
	var grown strings.Builder
	for i := 0; i < len(chunk) && r.refused == nil; i++ {
		r.refused = r.step(chunk[i], &grown)
	}
	if r.refused != nil {
		return grown.String(), r.refused
	}
	return grown.String(), nil
}

func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// step reads one byte.
func (r *Reader) step(c byte, grown *strings.Builder) *Error {
	switch r.state {
	case atStart:
		return r.start(c)
	case atKey, atColon, atComma:
		return r.between(c)
	case atValue:
		return r.beginValue(c)
	case inKey:
		return r.readKey(c)
	case inReply:
		done, err := r.text.step(c, grown)
		if done {
			r.ReplyDone, r.state = true, atComma
		}
		return err
	case inValue:
		return r.readValue(c)
	}
	return nil // after the closing brace
}

// start skips white space and one code fence's opening line.
func (r *Reader) start(c byte) *Error {
	fence := r.buffer.String()
	switch {
	case c == '{' && (fence == "" || strings.HasPrefix(fence, "```")):
		r.buffer.Reset()
		r.state = atKey
		return nil
	case blank(c) && (fence == "" || strings.HasPrefix(fence, "```")):
		return nil
	}
	r.buffer.WriteByte(c)
	if fence = r.buffer.String(); len(fence) > maxKey || !strings.HasPrefix(fence, "```"[:min(3, len(fence))]) {
		return malformed("not a JSON object")
	}
	return nil
}

// between reads what stands between keys and values.
func (r *Reader) between(c byte) *Error {
	switch {
	case blank(c):
	case r.state == atKey && c == '"':
		r.buffer.Reset()
		r.state = inKey
	case r.state == atColon && c == ':':
		r.state = atValue
	case r.state == atComma && c == ',':
		r.state = atKey
	case c == '}' && (r.state == atComma || r.state == atKey):
		r.state = atFinish
	default:
		return malformed("broken JSON")
	}
	return nil
}

func (r *Reader) readKey(c byte) *Error {
	if c != '"' {
		r.buffer.WriteByte(c)
		if r.buffer.Len() > maxKey {
			return malformed("unknown field")
		}
		return nil
	}
	r.key = r.buffer.String() // one with an escape in it is none of ours
	r.state = atColon
	switch {
	case !slices.Contains(answerFields, r.key):
		return malformed("unknown field")
	case slices.Contains(r.seen, r.key):
		return malformed("field %q twice", r.key)
	}
	r.seen = append(r.seen, r.key)
	return nil
}

func (r *Reader) beginValue(c byte) *Error {
	switch {
	case blank(c):
		return nil
	case r.key == "reply" && c == '"':
		r.state = inReply
		return nil
	case r.key == "reply":
		return malformed("a field has the wrong type")
	}
	r.buffer.Reset()
	r.quoted, r.escape, r.depth = false, false, 0
	r.state = inValue
	return r.readValue(c)
}

// readValue keeps a value's bytes until it is whole. Its form is checked then.
func (r *Reader) readValue(c byte) *Error {
	if !r.quoted && r.depth == 0 && (c == ',' || c == '}') {
		if err := r.endValue(); err != nil { // a number's end is what follows it
			return err
		}
		return r.between(c)
	}
	r.buffer.WriteByte(c)
	switch {
	case r.escape:
		r.escape = false
	case r.quoted && c == '\\':
		r.escape = true
	case c == '"':
		r.quoted = !r.quoted
	case r.quoted:
	case c == '[' || c == '{':
		r.depth++
	case c == ']' || c == '}':
		if r.depth--; r.depth < 0 {
			return malformed("broken JSON")
		}
	}
	if !r.quoted && r.depth == 0 && (c == '"' || c == ']' || c == '}') {
		return r.endValue()
	}
	return nil
}

// endValue takes a whole value.
func (r *Reader) endValue() *Error {
	r.state = atComma
	raw := []byte(r.buffer.String())
	switch r.key {
	case "move":
		if err := json.Unmarshal(raw, &r.Move); err != nil || raw[0] != '"' {
			return malformed("a field has the wrong type")
		}
		r.HasMove = true
	case "commands":
		if err := checkCommandShapes(json.NewDecoder(strings.NewReader(string(raw)))); err != nil {
			return err
		}
		if err := json.Unmarshal(raw, &r.Commands); err != nil {
			return malformed("a field has the wrong type")
		}
		r.HasCommands = true
	}
	return nil
}

// text decodes a JSON string byte by byte, as encoding/json does.
type text struct {
	rune   []byte // the bytes of a character that isn't whole yet
	escape []byte // an escape that isn't whole yet: "u00e"
	in     bool   // after a backslash
	high   rune   // the first half of a surrogate pair; 0 for none
}

// step reads one byte and adds what it completes to out. done: it was the closing quote.
func (t *text) step(c byte, out *strings.Builder) (done bool, err *Error) {
	if t.in {
		return false, t.escaped(c, out)
	}
	if t.high != 0 && c != '\\' {
		t.lone(out)
	}
	if len(t.rune) > 0 || c >= utf8.RuneSelf {
		t.rune = append(t.rune, c)
		if utf8.FullRune(t.rune) {
			if r, _ := utf8.DecodeRune(t.rune); r == utf8.RuneError && string(t.rune) != "\uFFFD" {
				return false, malformed("answer is not UTF-8")
			}
			out.Write(t.rune)
			t.rune = t.rune[:0]
		}
		return false, nil
	}
	switch {
	case c == '"':
		return true, nil
	case c == '\\':
		t.in = true
	case c < ' ':
		return false, malformed("broken JSON")
	default:
		out.WriteByte(c)
	}
	return false, nil
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escaped reads what follows a backslash.
func (t *text) escaped(c byte, out *strings.Builder) *Error {
	if len(t.escape) == 0 && c != 'u' {
		plain, ok := escapes[c]
		if !ok {
			return malformed("broken JSON")
		}
		t.lone(out)
		t.in = false
		out.WriteByte(plain)
		return nil
	}
	if t.escape = append(t.escape, c); len(t.escape) < 5 {
		return nil
	}
	r := rune(0)
	for _, d := range t.escape[1:] {
		n := strings.IndexByte("0123456789abcdef0000000000ABCDEF", d)
		if n < 0 {
			return malformed("broken JSON")
		}
		r = r<<4 | rune(n&15)
	}
	t.in, t.escape = false, t.escape[:0]
	t.unit(r, out)
	return nil
}

// unit takes one UTF-16 unit: halves of a pair are joined, lone ones replaced.
func (t *text) unit(r rune, out *strings.Builder) {
	low := r >= 0xDC00 && r <= 0xDFFF
	if t.high != 0 && low {
		out.WriteRune((t.high-0xD800)<<10 | (r - 0xDC00) + 0x10000)
		t.high = 0
		return
	}
	t.lone(out)
	switch {
	case r >= 0xD800 && r <= 0xDBFF:
		t.high = r
	case low:
		out.WriteRune(utf8.RuneError)
	default:
		out.WriteRune(r)
	}
}

// lone replaces a first half that no second one followed.
func (t *text) lone(out *strings.Builder) {
	if t.high != 0 {
		out.WriteRune(utf8.RuneError)
		t.high = 0
	}
}
