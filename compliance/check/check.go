// Package check runs the detector, the guard and the contact gate over JSON
// lines: one object a line in, one a line out, in the same order. It is the core
// of the command "parley check".
//
// A line that can't be read ends the run with a [LineError]; nothing is written
// for it, and nothing is guessed. What was written for the lines before stands.
package check

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/compliance/inbound"
)

// LineError says which line of the input was unusable, counted from 1, and why.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap is the reason.
func (e *LineError) Unwrap() error { return e.Err }

// maxLine is the longest line that is read, in bytes.
const maxLine = 1 << 20

// Inbound reads {"text", "lang"} and writes {"labels", "by", "redacted"}: the
// events heard, which layer heard each, and the text as it may be stored. The
// fields of the sample corpus that hold the expected answer are not read.
func Inbound(r io.Reader, w io.Writer) error {
	detector := inbound.NewDetector()
	return each(r, w, func(line []byte) (any, error) {
		var in struct {
			ID     json.RawMessage `json:"id"`
			Text   *string         `json:"text"`
			Lang   string          `json:"lang"`
			Labels json.RawMessage `json:"labels"`
			Note   json.RawMessage `json:"note"`
		}
		if err := strictly(line, &in); err != nil {
			return nil, err
		}
		if in.Text == nil {
			return nil, errors.New("text is missing")
		}
		out := heard{Labels: []inbound.Label{}, By: map[inbound.Label]inbound.By{}}
		for _, hit := range detector.Detect(*in.Text, inbound.Context{Lang: in.Lang}).Hits {
			out.Labels = append(out.Labels, hit.Label)
			out.By[hit.Label] = hit.By
		}
		out.Redacted = inbound.Redact(*in.Text, nil).Text
		return out, nil
	})
}

type heard struct {
	Labels   []inbound.Label              `json:"labels"`
	By       map[inbound.Label]inbound.By `json:"by"`
	Redacted string                       `json:"redacted"`
}

// Outbound reads {"text", "context"} and writes {"violations", "final"}: the ids of
// what the draft as given breaks, and the text as it would go out with its
// disclosures, or null when it would not.
func Outbound(r io.Reader, w io.Writer) error {
	g := guard.New()
	return each(r, w, func(line []byte) (any, error) {
		var in struct {
			ID         json.RawMessage `json:"id"`
			Text       *string         `json:"text"`
			Context    *guard.Facts    `json:"context"`
			Violations json.RawMessage `json:"violations"`
			Note       json.RawMessage `json:"note"`
		}
		if err := strictly(line, &in); err != nil {
			return nil, err
		}
		switch {
		case in.Text == nil:
			return nil, errors.New("text is missing")
		case in.Context == nil:
			return nil, errors.New("context is missing")
		}
		out := checked{Violations: []string{}}
		for _, finding := range g.Check(*in.Text, *in.Context) {
			out.Violations = append(out.Violations, finding.Rule)
		}
		if final, ok := g.Final(*in.Text, *in.Context); ok {
			out.Final = &final
		}
		return out, nil
	})
}

type checked struct {
	Violations []string `json:"violations"`
	Final      *string  `json:"final"`
}

// Contact reads {"id", "rule", "given"} and writes the gate's answer in the shape
// that the rule has in the contact corpus.
func Contact(r io.Reader, w io.Writer) error {
	return each(r, w, func(line []byte) (any, error) { return gate.CheckRow(json.RawMessage(line)) })
}

// each answers every line. It holds one line at a time. Lines of white space are
// passed over. What is answered is written out whenever no more input waits, so
// that a program can talk with it line by line.
func each(r io.Reader, w io.Writer, answer func([]byte) (any, error)) (err error) {
	in, out := bufio.NewReaderSize(r, 64<<10), bufio.NewWriterSize(w, 64<<10)
	defer func() { err = errors.Join(err, out.Flush()) }()
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	var buf []byte
	for number := 1; ; number++ {
		line, end := readLine(in, buf[:0])
		buf = line
		if end != nil && !errors.Is(end, io.EOF) {
			return &LineError{number, end}
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			result, err := answerLine(line, answer)
			if err != nil {
				return &LineError{number, err}
			}
			if err := enc.Encode(result); err != nil {
				return fmt.Errorf("writing: %w", err)
			}
		}
		if end != nil {
			return nil
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return fmt.Errorf("writing: %w", err)
			}
		}
	}
}

func answerLine(line []byte, answer func([]byte) (any, error)) (any, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("not UTF-8")
	}
	return answer(line)
}

// readLine appends the next line to buf. io.EOF comes with the last one.
func readLine(in *bufio.Reader, buf []byte) ([]byte, error) {
	for {
		part, err := in.ReadSlice('\n')
		buf = append(buf, part...)
		switch {
		case len(buf) > maxLine:
			return buf, fmt.Errorf("longer than %d bytes", maxLine)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		default:
			return buf, err
		}
	}
}

// strictly decodes one JSON object; a field it does not know is an error that
// names it.
func strictly(line []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if dec.More() {
		return errors.New("more than one JSON value")
	}
	return nil
}
