package gateway

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"parley/channels/voice"
	"parley/channels/voice/relay"
	"parley/gateway/config"
)

// wireVoice adds the telephone, where there is a number to call.
func (g *Gateway) wireVoice() error {
	if g.Config.Asterisk.Secret != "" {
		return g.wireAsterisk()
	}
	number := g.Config.VoiceNumber()
	if number == "" {
		return nil
	}
	t := g.Config.Twilio
	return g.addVoice(line{account: t.AccountSID, tokens: strings.Split(t.AuthToken.Reveal(), ","), number: number,
		public: g.Config.PublicURL, api: t.APIURL})
}

// line is whose calls are carried, and where.
type line struct {
	account     string
	tokens      []string
	number      string
	public, api string
	client      *http.Client
}

func (g *Gateway) addVoice(l line) error {
	v := g.Config.Voice
	carrier, err := relay.New(relay.Config{
		AccountSID: l.account, AuthTokens: l.tokens, From: l.number, Numbers: v.Numbers, PublicURL: l.public, APIURL: l.api,
		HTTPClient: l.client, AgentNumber: v.AgentNumber, WorkflowSID: v.WorkflowSID, AgentTimeout: time.Duration(v.AgentTimeout),
		Speech: relaySpeech(v, g.Config.Brand),
	})
	if err != nil {
		return fmt.Errorf("voice: %w", err)
	}
	g.voice, err = voice.New(voice.Config{Carrier: carrier, Silence: time.Duration(v.Silence), Clock: callClock{g.env.Now}})
	if err != nil {
		return fmt.Errorf("voice: %w", err)
	}
	g.add(g.voice)
	return nil
}

func relaySpeech(v config.Voice, b config.Brand) relay.Speech {
	return relay.Speech{Language: v.Language, TTSProvider: v.TTSProvider, Voice: v.TTSVoice,
		TranscriptionProvider: v.TranscriptionProvider, SpeechModel: v.SpeechModel, Hints: append([]string{b.Name}, v.Hints...)}
}

// callClock shows the gateway's time, and waits in real time: a demonstration's
// clock starts elsewhere but runs as fast.
type callClock struct{ now func() time.Time }

func (c callClock) Now() time.Time { return c.now() }

func (callClock) AfterFunc(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }
