package config

import (
	"net"
	"net/url"
	"strings"
	"time"
)

// Voice is the telephone, carried by Twilio's ConversationRelay with the account under twilio:
// see docs/voice.md. Without a number there are no calls.
type Voice struct {
	// From is our telephone number, in E.164. Defaults to twilio.from where that is a number.
	From string `yaml:"from"`
	// Numbers are further numbers of ours on which people may call.
	Numbers []string `yaml:"numbers"`
	// AgentNumber is the telephone of the desk, in E.164: calls are handed over to it.
	AgentNumber string `yaml:"agent_number"`
	// WorkflowSID is the TaskRouter workflow (WW…) calls are queued in instead of a number.
	WorkflowSID string `yaml:"workflow_sid"`
	// AgentTimeout is how long the desk's telephone rings, 5s to 1m. Defaults to 20s.
	AgentTimeout Duration `yaml:"agent_timeout"`
	// Silence is how long a person may say nothing before they are asked whether they are
	// there, 5s to 1m, counted from the end of our words. Defaults to 10s.
	Silence Duration `yaml:"silence"`
	// Language is spoken before another is heard, a tag such as "en-US". Defaults to "en-US".
	Language string `yaml:"language"`
	// TTSProvider speaks: "Google", "Amazon" or "ElevenLabs"; empty: Twilio's default.
	TTSProvider string `yaml:"tts_provider"`
	// TTSVoice is one of its voices; empty: Twilio's default.
	TTSVoice string `yaml:"tts_voice"`
	// TranscriptionProvider hears: "Google" or "Deepgram"; empty: Twilio's default.
	TranscriptionProvider string `yaml:"transcription_provider"`
	// SpeechModel is one of its models; empty: Twilio's default.
	SpeechModel string `yaml:"speech_model"`
	// Hints are words the hearing should expect, such as the creditor's name.
	Hints []string `yaml:"hints"`
}

func defaultVoice() Voice {
	return Voice{AgentTimeout: Duration(20 * time.Second), Silence: Duration(10 * time.Second), Language: "en-US"}
}

// VoiceNumber is the number calls are placed from, "" where there is no telephone: Twilio
// is not configured, sends from a messaging service alone, or can't reach us over TLS.
func (c *Config) VoiceNumber() string {
	switch {
	case c.Twilio.AccountSID == "":
		return ""
	case c.Voice.From != "":
		return c.Voice.From
	case e164(c.Twilio.From) && relayable(c.PublicURL):
		return c.Twilio.From
	}
	return ""
}

// relayable reports whether ConversationRelay, which speaks wss alone, can reach the URL;
// on this machine it need not.
func relayable(public string) bool {
	u, err := url.Parse(public)
	if err != nil || u.Host == "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

func (k *checker) telephone(c *Config) {
	v := c.Voice
	for key, number := range map[string]string{"voice.from": v.From, "voice.agent_number": v.AgentNumber} {
		if number != "" && !e164(number) {
			k.fault(key, "must be a number in E.164 such as +15125550100")
		}
	}
	for _, number := range v.Numbers {
		if !e164(number) {
			k.fault("voice.numbers", "must be numbers in E.164 such as +15125550100")
			break
		}
	}
	if v.From != "" && c.Twilio.AccountSID == "" {
		k.fault("voice.from", "needs the account under twilio, which carries the calls")
	}
	if v.From != "" && !relayable(c.PublicURL) {
		k.fault("public_url", "must be https: the words of a call go over a secure WebSocket")
	}
	if v.AgentNumber != "" && v.WorkflowSID != "" {
		k.fault("voice.workflow_sid", "must be empty where agent_number is set: a call goes to one of them")
	}
	if v.WorkflowSID != "" && !strings.HasPrefix(v.WorkflowSID, "WW") {
		k.fault("voice.workflow_sid", "must be a TaskRouter workflow, WW…")
	}
	if t := time.Duration(v.AgentTimeout); t < 5*time.Second || t > time.Minute {
		k.fault("voice.agent_timeout", "must be 5s to 1m")
	}
	if t := time.Duration(v.Silence); t < 5*time.Second || t > time.Minute {
		k.fault("voice.silence", "must be 5s to 1m")
	}
}

// e164 reports whether s is a telephone number in international form.
func e164(s string) bool {
	digits, ok := strings.CutPrefix(s, "+")
	return ok && len(digits) >= 8 && len(digits) <= 15 && digits[0] != '0' && strings.Trim(digits, "0123456789") == ""
}
