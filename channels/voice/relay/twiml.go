package relay

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/twilio/twilio-go/twiml"

	"parley/channels/voice"
)

// relayURL is the WebSocket's address, exactly as Twilio signs it.
func (k *Carrier) relayURL() string {
	return "ws" + strings.TrimPrefix(k.publicURL, "http") + RelayPath
}

// connectTwiML has Twilio open a connection for the call. tries is how many were
// lost before it.
func (k *Carrier) connectTwiML(leg voice.Leg, tries int) (string, error) {
	if leg.Resumed {
		k.a.Await(leg)
	}
	s := k.cfg.Speech
	relay := twiml.VoiceConversationRelay{
		Url: k.relayURL(), Language: s.Language, TtsProvider: s.TTSProvider, Voice: s.Voice,
		TranscriptionProvider: s.TranscriptionProvider, SpeechModel: s.SpeechModel,
		// The person may break in, but for the words that say otherwise; what they say meanwhile is always told.
		Interruptible: "any", ReportInputDuringAgentSpeech: "any", DtmfDetection: "true",
		InterruptSensitivity: s.InterruptSensitivity, Hints: strings.Join(s.Hints, ","),
		Events: "speaker-events tokens-played",
		// The library writes the names of its own field for this in lower case, which Twilio ignores.
		OptionalAttributes: map[string]string{"ignoreBackchannel": "true"},
	}
	for _, l := range s.Languages {
		relay.InnerElements = append(relay.InnerElements, twiml.VoiceLanguage{
			Code: l.Code, TtsProvider: l.TTSProvider, Voice: l.Voice, TranscriptionProvider: l.TranscriptionProvider, SpeechModel: l.SpeechModel,
		})
	}
	relay.InnerElements = append(relay.InnerElements, twiml.VoiceParameter{Name: parameter, Value: k.issue(leg)})
	return twiml.Voice([]twiml.Element{twiml.VoiceConnect{
		Action:        k.address(EndedPath, url.Values{queryTries: {strconv.Itoa(tries)}}),
		InnerElements: []twiml.Element{relay},
	}})
}

// handTwiML passes the call to a human: to the agent's telephone, or into the queue.
func (k *Carrier) handTwiML(leg voice.Leg, data string, tries int) (string, error) {
	done := k.address(AgentPath, url.Values{queryTries: {strconv.Itoa(tries)}})
	if k.cfg.WorkflowSID != "" {
		return twiml.Voice([]twiml.Element{twiml.VoiceEnqueue{
			WorkflowSid: k.cfg.WorkflowSID, Action: done,
			InnerElements: []twiml.Element{twiml.VoiceTask{Body: data}},
		}})
	}
	return twiml.Voice([]twiml.Element{twiml.VoiceDial{
		Action: done, Timeout: strconv.Itoa(int(k.cfg.AgentTimeout.Seconds())), AnswerOnBridge: "true", CallerId: leg.Ours,
		InnerElements: []twiml.Element{twiml.VoiceNumber{
			PhoneNumber: k.cfg.AgentNumber,
			Url:         k.address(WhisperPath, url.Values{queryBrief: {k.conceal(brief(data))}}),
		}},
	}})
}

func emptyTwiML() (string, error)  { return twiml.Voice(nil) }
func hangUpTwiML() (string, error) { return twiml.Voice([]twiml.Element{twiml.VoiceHangup{}}) }

// rejectTwiML answers a call with the busy signal.
func rejectTwiML() (string, error) {
	return twiml.Voice([]twiml.Element{twiml.VoiceReject{Reason: "busy"}})
}

func sayTwiML(text, language string) (string, error) {
	return twiml.Voice([]twiml.Element{twiml.VoiceSay{Message: text, Language: language}})
}

// The fields we put in addresses. Twilio signs them with the rest.
const (
	queryMessage = "message"
	queryTries   = "tries"
	queryBrief   = "brief"
)

func (k *Carrier) address(path string, query url.Values) string {
	return k.publicURL + path + "?" + query.Encode()
}

// maxBrief bounds what an agent hears before the person is put through, in characters.
const maxBrief = 300

// brief is what the agent hears first, made of the handoff's data: its "whisper" where
// it has one, else why the call is handed over. Nothing else of it is said.
func brief(data string) string {
	var d struct {
		Whisper  string   `json:"whisper"`
		Reason   string   `json:"reason"`
		Reasons  []string `json:"reasons"`
		Verified bool     `json:"verified"`
	}
	_ = json.Unmarshal([]byte(data), &d) // an empty brief is still one
	text := d.Whisper
	if text == "" {
		text = "A call is being handed over to you."
		if d.Reason != "" {
			d.Reasons = append([]string{d.Reason}, d.Reasons...)
		}
		if len(d.Reasons) > 0 {
			text += " Reason: " + strings.ReplaceAll(strings.Join(d.Reasons, ", "), "_", " ") + "."
		}
		if d.Verified {
			text += " The person's identity was confirmed."
		}
	}
	if r := []rune(text); len(r) > maxBrief {
		text = string(r[:maxBrief])
	}
	return text
}
