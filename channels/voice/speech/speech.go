// Package speech hears and speaks through any endpoint that serves OpenAI's
// /audio/transcriptions and /audio/speech.
//
// All audio here is one channel of 16-bit samples at [Rate]. What the endpoint
// speaks may come at another rate; it is resampled. No error holds anybody's words.
package speech

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	api "github.com/sashabaranov/go-openai"
)

// Rate is how many samples a second the audio has.
const Rate = 16000

// Defaults of [Config].
const (
	DefaultTimeout = 10 * time.Second
	DefaultVoice   = "alloy"
)

// Limits of one answer.
const (
	maxWords = 64 << 10           // bytes of a transcription's answer
	maxAudio = 60 * 48000 * 2 * 2 // bytes of spoken audio: a minute of stereo at 48 kHz
	maxHeard = 4 << 10            // bytes of words from one utterance
	attempts = 2                  // calls for one piece of work
)

// Endpoint is where one of the two is served.
type Endpoint struct {
	// BaseURL is such as "http://localhost:8000/v1"; empty: OpenAI's own.
	BaseURL string
	// APIKey is sent as a bearer token; an endpoint of one's own may need none.
	APIKey string
	// Model is the one the endpoint serves. Required.
	Model string
}

// Config says who hears and who speaks.
type Config struct {
	Hear, Speak Endpoint
	// Voice speaks, unless Voices names another for the language, by its first part:
	// {"es": "…"}. Defaults to [DefaultVoice].
	Voice  string
	Voices map[string]string
	// Language is the one to hear, an ISO 639-1 code such as "en"; "" lets the endpoint guess.
	Language string
	// Hints are words to expect, such as the creditor's name.
	Hints []string
	// Timeout bounds one call; a call that fails is made once more. Defaults to [DefaultTimeout].
	Timeout time.Duration
	// HTTPClient makes the calls; it follows no redirect. Defaults to one of its own.
	HTTPClient *http.Client
}

// Client hears and speaks. It is safe for concurrent use. Make one with [New].
type Client struct {
	cfg         Config
	hear, speak *api.Client
}

// Error is why a piece of work failed.
type Error struct {
	// Op is "hear" or "speak".
	Op string
	// Reason is a short label, such as "timeout" or "http_500".
	Reason string
}

func (e *Error) Error() string { return "speech: " + e.Op + ": " + e.Reason }

// New makes a client. The error names every field of c that is wrong, and quotes no secret.
func New(c Config) (*Client, error) {
	var faults []error
	for field, e := range map[string]Endpoint{"Hear": c.Hear, "Speak": c.Speak} {
		if e.Model == "" {
			faults = append(faults, fmt.Errorf("%s.Model is missing", field))
		}
		if u, err := url.Parse(e.BaseURL); e.BaseURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			faults = append(faults, fmt.Errorf(`%s.BaseURL is not an address such as "http://localhost:8000/v1"`, field))
		}
		if e.BaseURL == "" && e.APIKey == "" {
			faults = append(faults, fmt.Errorf("%s.APIKey is missing: OpenAI's own endpoint needs one", field))
		}
	}
	if c.Timeout < 0 {
		faults = append(faults, errors.New("Timeout is negative"))
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("speech: %w", errors.Join(faults...))
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.Voice == "" {
		c.Voice = DefaultVoice
	}
	base := c.HTTPClient
	if base == nil {
		base = &http.Client{}
	}
	return &Client{cfg: c, hear: client(c.Hear, base), speak: client(c.Speak, base)}, nil
}

func client(e Endpoint, base *http.Client) *api.Client {
	own := *base
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	transport := own.Transport
	if transport == nil {
		transport = http.DefaultTransport
	}
	own.Transport = limited{transport}
	cfg := api.DefaultConfig(e.APIKey)
	if e.BaseURL != "" {
		cfg.BaseURL = strings.TrimRight(e.BaseURL, "/")
	}
	cfg.HTTPClient = &own
	return api.NewClientWithConfig(cfg)
}

// errRedirect says that the address is not the endpoint's.
var errRedirect = errors.New("speech: redirected")

// limited bounds what an answer may hold.
type limited struct{ base http.RoundTripper }

func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := l.base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 300 && resp.StatusCode < 400 { // the library would take it for an empty answer
		_ = resp.Body.Close()
		return nil, errRedirect
	}
	limit := int64(maxWords)
	if strings.HasSuffix(r.URL.Path, "/audio/speech") && resp.StatusCode == http.StatusOK {
		limit = maxAudio
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, limit), resp.Body}
	return resp, nil
}

// Hear is the words in pcm, "" if there are none, and the language they are in where
// that is configured. The error is an *[Error].
func (c *Client) Hear(ctx context.Context, pcm []int16) (text, language string, err error) {
	wav := WAV(pcm, Rate)
	err = c.try(ctx, "hear", func(ctx context.Context) error {
		got, err := c.hear.CreateTranscription(ctx, api.AudioRequest{
			Model: c.cfg.Hear.Model, FilePath: "speech.wav", Reader: bytes.NewReader(wav), Format: api.AudioResponseFormatJSON,
			Language: c.cfg.Language, Prompt: strings.Join(c.cfg.Hints, ", "),
		})
		text = strings.TrimSpace(got.Text)
		return err
	})
	if err != nil {
		return "", "", err
	}
	if len(text) > maxHeard {
		text = strings.ToValidUTF8(text[:maxHeard], "")
	}
	return text, c.cfg.Language, nil
}

// Speak is text as audio. The error is an *[Error].
func (c *Client) Speak(ctx context.Context, text, language string) (pcm []int16, err error) {
	voice := c.cfg.Voice
	primary, _, _ := strings.Cut(strings.ToLower(language), "-")
	if v := c.cfg.Voices[primary]; v != "" {
		voice = v
	}
	err = c.try(ctx, "speak", func(ctx context.Context) error {
		got, err := c.speak.CreateSpeech(ctx, api.CreateSpeechRequest{
			Model: api.SpeechModel(c.cfg.Speak.Model), Input: text, Voice: api.SpeechVoice(voice), ResponseFormat: api.SpeechResponseFormatWav,
		})
		if err != nil {
			return err
		}
		defer got.Close()
		body, err := io.ReadAll(got)
		if err != nil {
			return err
		}
		if len(body) == maxAudio {
			return errAudio
		}
		samples, rate, err := ParseWAV(body)
		if err != nil {
			return err
		}
		pcm = Resample(samples, rate, Rate)
		return nil
	})
	return pcm, err
}

// try makes the call, and once more if that may help.
func (c *Client) try(ctx context.Context, op string, call func(context.Context) error) error {
	var fail *Error
	for range attempts {
		one, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
		err := call(one)
		cancel()
		if err == nil {
			return nil
		}
		label, again := reason(err)
		fail = &Error{Op: op, Reason: label}
		if !again || ctx.Err() != nil {
			break
		}
	}
	return fail
}

// reason labels an error, whose own words may quote what was said, and tells whether
// the same call may yet succeed.
func reason(err error) (label string, again bool) {
	var status int
	var answered *api.APIError
	var failed *api.RequestError
	switch {
	case errors.Is(err, errAudio):
		return "bad_audio", false
	case errors.Is(err, errRedirect):
		return "redirect", false
	case errors.As(err, &answered):
		status = answered.HTTPStatusCode
	case errors.As(err, &failed):
		status = failed.HTTPStatusCode
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout", true
	case errors.Is(err, context.Canceled):
		return "canceled", false
	default:
		return "connection", true
	}
	return "http_" + strconv.Itoa(status), status >= 500 || status == http.StatusTooManyRequests || status == http.StatusRequestTimeout
}
