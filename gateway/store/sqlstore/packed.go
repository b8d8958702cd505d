package sqlstore

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"parley/compliance/inbound"
	"parley/dialog"
)

// A waiting message is written by every webhook, and most of its JSON would be the
// steps made at the door, which say the same each time but for figures. So it is
// packed: each step is [name, nanoseconds since the input's time, milliseconds, input,
// output]. What doesn't fit that form is written as the plain JSON of the input, which is
// also what earlier versions wrote.

// packedHead is how the packed form begins; the plain one begins with its id.
const packedHead = `{"t":`

type packedInput struct {
	At              int64               `json:"t"`
	Keyword         inbound.Label       `json:"k"`
	ProviderHandled bool                `json:"p"`
	Redacted        []string            `json:"r"`
	Versions        map[string]string   `json:"v"`
	Door            [][]json.RawMessage `json:"d"`
}

// packInput is the body of a waiting message, without its words.
func packInput(in dialog.Input) (string, error) {
	in.Text, in.Choice, in.Media = "", "", nil
	if !packs(in) {
		return encode(in)
	}
	b := make([]byte, 0, 384)
	b = strconv.AppendInt(append(b, packedHead...), nanos(in.At), 10)
	var err error
	add := func(name string, v any) {
		if err == nil {
			b, err = appendJSON(append(b, name...), v)
		}
	}
	if in.Keyword != "" {
		add(`,"k":`, string(in.Keyword))
	}
	if in.ProviderHandled {
		b = append(b, `,"p":true`...)
	}
	if len(in.Redacted) > 0 {
		add(`,"r":`, in.Redacted)
	}
	for i, s := range in.Door {
		if i == 0 {
			if s.Versions != nil {
				add(`,"v":`, s.Versions)
			}
			b = append(b, `,"d":[`...)
		} else {
			b = append(b, ',')
		}
		add(`[`, string(s.Name))
		b = strconv.AppendInt(append(b, ','), s.Started.Sub(in.At).Nanoseconds(), 10)
		b = strconv.AppendFloat(append(b, ','), s.MS, 'f', -1, 64)
		add(`,`, s.Input)
		add(`,`, s.Output)
		b = append(b, ']')
	}
	if len(in.Door) > 0 {
		b = append(b, ']')
	}
	if err != nil {
		return "", fmt.Errorf("store: encode the steps at the door: %w", err)
	}
	return string(append(b, '}')), nil
}

// packs reports whether nothing is lost by packing.
func packs(in dialog.Input) bool {
	if in.At.IsZero() || in.Timer != "" || in.Body != nil || in.Kind != dialog.InputMessage || in.Call != nil {
		return false
	}
	for _, s := range in.Door {
		if s.Attempt != 1 || s.Outcome != dialog.StepOK || s.Error != nil || !maps.Equal(s.Versions, in.Door[0].Versions) {
			return false
		}
		if far := s.Started.Sub(in.At); far < -time.Hour || far > time.Hour {
			return false
		}
	}
	return true
}

// appendJSON appends v as JSON.
func appendJSON(b []byte, v any) ([]byte, error) {
	if v == nil {
		return append(b, "null"...), nil
	}
	raw, err := json.Marshal(v)
	return append(b, raw...), err
}

// decodeInput reads the body of an inbox row, in either form.
func decodeInput(body string) (*dialog.Input, error) {
	in := &dialog.Input{}
	if !strings.HasPrefix(body, packedHead) {
		return in, decode(body, in)
	}
	var p packedInput
	if err := decode(body, &p); err != nil {
		return nil, err
	}
	in.At, in.Keyword, in.ProviderHandled, in.Redacted = instant(p.At), p.Keyword, p.ProviderHandled, p.Redacted
	for _, d := range p.Door {
		s := dialog.StepTrace{Attempt: 1, Outcome: dialog.StepOK, Versions: p.Versions}
		var after int64
		for i, into := range []any{&s.Name, &after, &s.MS, &s.Input, &s.Output} {
			if i >= len(d) {
				return nil, fmt.Errorf("store: a packed step has %d parts", len(d))
			}
			if err := json.Unmarshal(d[i], into); err != nil {
				return nil, fmt.Errorf("store: decode a packed step: %w", err)
			}
		}
		s.Started = in.At.Add(time.Duration(after))
		in.Door = append(in.Door, s)
	}
	return in, nil
}
