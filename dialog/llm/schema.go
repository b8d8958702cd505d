package llm

import (
	"encoding/json"
)

// Schema is the JSON schema of an answer to the brief, in the subset that
// providers enforce strictly: every field required, no others, no bounds. The
// moves are listed, so that a provider which enforces it can't name another.
func Schema(b Brief) json.RawMessage {
	moves := []string{""}
	for _, o := range b.Options {
		moves = append(moves, o.ID)
	}
	str := map[string]any{"type": "string"}
	command := object(map[string]any{
		"name":    map[string]any{"type": "string", "enum": commandNames},
		"amount":  str,
		"cadence": map[string]any{"type": "string", "enum": []string{"", "weekly", "biweekly", "monthly"}},
		"date":    str,
		"reason":  str,
	}, commandFields)
	s := object(map[string]any{
		"commands":   map[string]any{"type": "array", "items": command},
		"move":       map[string]any{"type": "string", "enum": moves},
		"reply":      str,
		"confidence": map[string]any{"type": "number"},
	}, answerFields)
	raw, err := json.Marshal(s)
	if err != nil {
		panic("llm: the answer's schema is made of strings: " + err.Error())
	}
	return raw
}

func object(properties map[string]any, required []string) map[string]any {
	return map[string]any{
		"type": "object", "properties": properties, "required": required, "additionalProperties": false,
	}
}
