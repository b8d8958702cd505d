package relay

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Frames of ConversationRelay, as Twilio sends them. Source:
// https://www.twilio.com/docs/voice/conversationrelay/websocket-messages. Any field
// may be missing; types and names that are not here are ignored.
type inFrame struct {
	Type string `json:"type"`

	// setup
	SessionID  string            `json:"sessionId"`
	AccountSID string            `json:"accountSid"`
	CallSID    string            `json:"callSid"`
	From       string            `json:"from"`
	To         string            `json:"to"`
	Direction  string            `json:"direction"`
	Parameters map[string]string `json:"customParameters"`

	// prompt; Last is absent unless partial prompts are on
	VoicePrompt string `json:"voicePrompt"`
	Lang        string `json:"lang"`
	Last        *bool  `json:"last"`

	// dtmf
	Digit string `json:"digit"`

	// interrupt
	UtteranceUntilInterrupt  string `json:"utteranceUntilInterrupt"`
	DurationUntilInterruptMS millis `json:"durationUntilInterruptMs"`

	// info
	Name  string `json:"name"`
	Value string `json:"value"`
}

// millis is a number that Twilio writes as one or as a string.
type millis int64

// UnmarshalJSON never fails: what is no number is 0.
func (m *millis) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(strings.Trim(string(b), `"`), 64)
	if err == nil && f > 0 && f < 1e12 {
		*m = millis(f)
	}
	return nil
}

// parse reads one frame. A field of another kind than documented spoils that field
// alone.
func parse(b []byte) (inFrame, bool) {
	var f inFrame
	if json.Unmarshal(b, &f) == nil {
		return f, f.Type != ""
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(b, &members) != nil {
		return inFrame{}, false
	}
	f = inFrame{}
	for name, to := range map[string]any{
		"type": &f.Type, "sessionId": &f.SessionID, "accountSid": &f.AccountSID, "callSid": &f.CallSID, "from": &f.From, "to": &f.To,
		"direction": &f.Direction, "customParameters": &f.Parameters, "voicePrompt": &f.VoicePrompt, "lang": &f.Lang, "last": &f.Last,
		"digit": &f.Digit, "utteranceUntilInterrupt": &f.UtteranceUntilInterrupt,
		"durationUntilInterruptMs": &f.DurationUntilInterruptMS, "name": &f.Name, "value": &f.Value,
	} {
		if raw, there := members[name]; there && json.Unmarshal(raw, to) != nil && name == "last" {
			f.Last = nil // the others are left empty
		}
	}
	return f, f.Type != ""
}

// textFrame is one sentence to say.
type textFrame struct {
	Type          string `json:"type"` // "text"
	Token         string `json:"token"`
	Last          bool   `json:"last"`
	Lang          string `json:"lang,omitempty"`
	Interruptible *bool  `json:"interruptible,omitempty"`
	Preemptible   *bool  `json:"preemptible,omitempty"`
}

// endFrame ends the session; with data the call goes on with a human.
type endFrame struct {
	Type        string `json:"type"` // "end"
	HandoffData string `json:"handoffData,omitempty"`
}
