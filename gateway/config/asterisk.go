package config

import (
	"net/url"
	"strings"
	"time"
)

// Asterisk is the telephone over a PBX of one's own, instead of Twilio: Asterisk 22.8 or
// later brings the audio, endpoints that serve OpenAI's audio hear and speak. See
// docs/voice-asterisk.md. Without a secret it carries no calls.
type Asterisk struct {
	// Secret is the password Asterisk shows, 16 bytes or more; several, comma-separated, while it is changed.
	Secret Secret `yaml:"secret"`
	// From is our telephone number, in E.164; needed with a secret.
	From string `yaml:"from"`
	// Numbers are further numbers of ours on which people may call.
	Numbers []string `yaml:"numbers"`
	// STTBaseURL is the endpoint that hears (/audio/transcriptions), such as "http://localhost:8000/v1"; empty: OpenAI's.
	STTBaseURL string `yaml:"stt_base_url"`
	// STTAPIKey is sent to it as a bearer token; an endpoint of one's own may need none.
	STTAPIKey Secret `yaml:"stt_api_key"`
	// STTModel is the one it serves. Defaults to "whisper-1".
	STTModel string `yaml:"stt_model"`
	// STTLanguage is the language to hear, an ISO 639-1 code such as "en"; empty lets the endpoint guess.
	STTLanguage string `yaml:"stt_language"`
	// TTSBaseURL is the endpoint that speaks (/audio/speech); empty: OpenAI's.
	TTSBaseURL string `yaml:"tts_base_url"`
	// TTSAPIKey is sent to it as a bearer token; an endpoint of one's own may need none.
	TTSAPIKey Secret `yaml:"tts_api_key"`
	// TTSModel is the one it serves. Defaults to "tts-1".
	TTSModel string `yaml:"tts_model"`
	// TTSVoice is one of its voices. Defaults to "alloy".
	TTSVoice string `yaml:"tts_voice"`
	// TTSVoices are voices for other languages, as a map such as {es: nova}.
	TTSVoices map[string]string `yaml:"tts_voices"`
	// Timeout bounds one call of either, 1s to 30s; one that fails is made once more. Defaults to 10s.
	Timeout Duration `yaml:"timeout"`
	// ARIURL is Asterisk's REST interface, such as "http://127.0.0.1:8088/ari"; empty: no calls are placed.
	ARIURL string `yaml:"ari_url"`
	// ARIUser is a user of ari.conf; needed with a URL.
	ARIUser string `yaml:"ari_user"`
	// ARIPassword is that user's.
	ARIPassword Secret `yaml:"ari_password"`
	// ARIEndpoint is what is dialled, {number} being the person's number. Defaults to "Local/{number}@parley-dial/n".
	ARIEndpoint string `yaml:"ari_endpoint"`
	// ARIContext is where the dialplan goes on once somebody answered. Defaults to "parley-placed".
	ARIContext string `yaml:"ari_context"`
	// MaxCalls is how many calls this process holds, 1 to 10000. Defaults to 100.
	MaxCalls int `yaml:"max_calls"`
}

func defaultAsterisk() Asterisk {
	return Asterisk{STTModel: "whisper-1", TTSModel: "tts-1", TTSVoice: "alloy", Timeout: Duration(10 * time.Second),
		ARIEndpoint: "Local/{number}@parley-dial/n", ARIContext: "parley-placed", MaxCalls: 100}
}

// Secrets are the secrets that are accepted.
func (a Asterisk) Secrets() []string { return strings.Split(a.Secret.Reveal(), ",") }

func (k *checker) asterisk(c *Config) {
	a := c.Asterisk
	if a.Secret.Reveal() == "" {
		if a.From != "" {
			k.fault("asterisk.secret", "is missing: without it no call can be trusted")
		}
		return
	}
	for _, s := range a.Secrets() {
		if len(s) < 16 || strings.TrimSpace(s) != s {
			k.fault("asterisk.secret", "must have 16 bytes or more, and no white space around it")
			break
		}
	}
	if c.Voice.From != "" {
		k.fault("voice.from", "must be empty where asterisk.secret is set: calls are carried by Twilio or by Asterisk")
	}
	if !e164(a.From) {
		k.fault("asterisk.from", "must be a number in E.164 such as +15125550100")
	}
	for _, number := range a.Numbers {
		if !e164(number) {
			k.fault("asterisk.numbers", "must be numbers in E.164 such as +15125550100")
			break
		}
	}
	for _, e := range []struct{ key, url, secret string }{
		{"asterisk.stt_base_url", a.STTBaseURL, a.STTAPIKey.Reveal()}, {"asterisk.tts_base_url", a.TTSBaseURL, a.TTSAPIKey.Reveal()},
	} {
		switch {
		case e.url == "" && e.secret == "":
			k.fault(e.key, "is missing, or the endpoint's api_key where it is OpenAI's")
		case e.url != "" && !address(e.url):
			k.fault(e.key, "must be an http or https URL")
		}
	}
	if a.ARIURL != "" {
		if !address(a.ARIURL) {
			k.fault("asterisk.ari_url", "must be an http or https URL, such as http://127.0.0.1:8088/ari")
		}
		if a.ARIUser == "" || a.ARIPassword.Reveal() == "" {
			k.fault("asterisk.ari_user", "and ari_password are needed where ari_url is set")
		}
		if !strings.Contains(a.ARIEndpoint, "{number}") {
			k.fault("asterisk.ari_endpoint", "must have {number} in it")
		}
	}
	if t := time.Duration(a.Timeout); t < time.Second || t > 30*time.Second {
		k.fault("asterisk.timeout", "must be 1s to 30s")
	}
	if a.MaxCalls < 1 || a.MaxCalls > 10000 {
		k.fault("asterisk.max_calls", "must be 1 to 10000")
	}
}

// address reports whether s is a URL that paths can be added to, without credentials.
func address(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && u.User == nil && u.RawQuery == "" && u.Fragment == ""
}
