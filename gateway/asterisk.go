package gateway

import (
	"errors"
	"fmt"
	"time"

	"parley/channels/voice"
	"parley/channels/voice/asterisk"
	audio "parley/channels/voice/speech"
)

// wireAsterisk adds the telephone over a PBX of one's own.
func (g *Gateway) wireAsterisk() error {
	if g.voice != nil {
		return errors.New("asterisk.secret: a demonstration has a telephone of its own")
	}
	a := g.Config.Asterisk
	talk, err := audio.New(audio.Config{
		Hear:  audio.Endpoint{BaseURL: a.STTBaseURL, APIKey: a.STTAPIKey.Reveal(), Model: a.STTModel},
		Speak: audio.Endpoint{BaseURL: a.TTSBaseURL, APIKey: a.TTSAPIKey.Reveal(), Model: a.TTSModel},
		Voice: a.TTSVoice, Voices: a.TTSVoices, Language: a.STTLanguage, Timeout: time.Duration(a.Timeout),
		Hints: append([]string{g.Config.Brand.Name}, g.Config.Voice.Hints...),
	})
	if err != nil {
		return fmt.Errorf("asterisk: %w", err)
	}
	carrier, err := asterisk.New(asterisk.Config{
		Secrets: a.Secrets(), From: a.From, Numbers: a.Numbers, Speech: talk, MaxCalls: a.MaxCalls,
		ARI: asterisk.ARI{URL: a.ARIURL, User: a.ARIUser, Password: a.ARIPassword.Reveal(), Endpoint: a.ARIEndpoint, Context: a.ARIContext},
	})
	if err != nil {
		return fmt.Errorf("asterisk: %w", err)
	}
	g.voice, err = voice.New(voice.Config{Carrier: carrier, Silence: time.Duration(g.Config.Voice.Silence), Clock: callClock{g.env.Now}})
	if err != nil {
		return fmt.Errorf("asterisk: %w", err)
	}
	g.add(g.voice)
	return nil
}
