package llm

import (
	"bytes"
	"encoding/json"
)

// Schema is the JSON schema of an answer to the brief, in the subset that
// providers enforce strictly: every field required, no others, no bounds. What is
// done comes before the words, so that a stream can be spoken as it comes. The
// moves are listed, and the amounts the person said, so that a provider which
// enforces it can't name another.
func Schema(b Brief) json.RawMessage {
	moves := []string{""}
	for _, o := range b.Options {
		moves = append(moves, o.ID)
	}
	str := map[string]any{"type": "string"}
	command := object(properties{
		{"name", map[string]any{"type": "string", "enum": commandNames}},
		{"amount", map[string]any{"type": "string", "enum": saidDecimals(b)}},
		{"cadence", map[string]any{"type": "string", "enum": []string{"", "weekly", "biweekly", "monthly"}}},
		{"date", str},
		{"reason", str},
	})
	s := object(properties{
		{"commands", map[string]any{"type": "array", "items": command}},
		{"move", map[string]any{"type": "string", "enum": moves}},
		{"reply", str},
		{"confidence", map[string]any{"type": "number"}},
	})
	raw, err := json.Marshal(s)
	if err != nil {
		panic("llm: the answer's schema is made of strings: " + err.Error())
	}
	return raw
}

// property is one named property of an object.
type property struct {
	name   string
	schema any
}

// properties keep their order: providers write an answer in the order of its
// schema, and what is done must be known before the words are spoken.
type properties []property

// MarshalJSON writes them as one object, in order.
func (p properties) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, one := range p {
		if i > 0 {
			out.WriteByte(',')
		}
		name, err := json.Marshal(one.name)
		if err != nil {
			return nil, err
		}
		schema, err := json.Marshal(one.schema)
		if err != nil {
			return nil, err
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(schema)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

func object(p properties) map[string]any {
	var required []string
	for _, one := range p {
		required = append(required, one.name)
	}
	return map[string]any{"type": "object", "properties": p, "required": required, "additionalProperties": false}
}
