package voicetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Frame is a message from the gateway, as ConversationRelay knows it. Source:
// https://www.twilio.com/docs/voice/conversationrelay/websocket-messages.
type Frame struct {
	Type string

	// text
	Token                      string
	Last                       bool
	Lang                       string
	Interruptible, Preemptible *bool

	// end
	HandoffData string
}

// fields are the members of each type of frame, each with its kind; those marked
// with an exclamation mark must be there.
var fields = map[string]map[string]string{
	"text":       {"token": "!string", "last": "bool", "lang": "string", "interruptible": "bool", "preemptible": "bool"},
	"play":       {"source": "!string", "loop": "number", "interruptible": "bool", "preemptible": "bool"},
	"sendDigits": {"digits": "!string"},
	"language":   {"ttsLanguage": "string", "transcriptionLanguage": "string"},
	"end":        {"handoffData": "string"},
}

// ParseFrame reads a frame and refuses whatever Twilio would refuse with error 64107:
// unknown types and members, members of the wrong kind, and missing ones.
func ParseFrame(b []byte) (Frame, error) {
	var members map[string]any
	d := json.NewDecoder(bytes.NewReader(b))
	if err := d.Decode(&members); err != nil || d.More() {
		return Frame{}, errors.New("not one JSON object")
	}
	kind, _ := members["type"].(string)
	known, ok := fields[kind]
	if !ok {
		return Frame{}, fmt.Errorf("unknown type %q", kind)
	}
	for name, value := range members {
		if name == "type" {
			continue
		}
		want, ok := known[name]
		if !ok {
			return Frame{}, fmt.Errorf("%s has the unknown member %q", kind, name)
		}
		if got := kindOf(value); got != want && "!"+got != want {
			return Frame{}, fmt.Errorf("%s.%s is a %s", kind, name, got)
		}
	}
	for name, want := range known {
		if _, there := members[name]; want[0] == '!' && !there {
			return Frame{}, fmt.Errorf("%s has no %s", kind, name)
		}
	}
	f := Frame{Type: kind}
	f.Token, _ = members["token"].(string)
	f.Last, _ = members["last"].(bool)
	f.Lang, _ = members["lang"].(string)
	f.Interruptible, f.Preemptible = truth(members["interruptible"]), truth(members["preemptible"])
	f.HandoffData, _ = members["handoffData"].(string)
	if f.HandoffData != "" {
		var o map[string]any
		if json.Unmarshal([]byte(f.HandoffData), &o) != nil {
			return Frame{}, errors.New("handoffData is not a JSON object in a string")
		}
	}
	return f, nil
}

func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "string"
	case bool:
		return "bool"
	case float64:
		return "number"
	}
	return "thing of another kind"
}

func truth(v any) *bool {
	if b, ok := v.(bool); ok {
		return &b
	}
	return nil
}
