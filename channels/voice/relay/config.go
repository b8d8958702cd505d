package relay

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// DefaultAPIURL is Twilio's REST API.
const DefaultAPIURL = "https://api.twilio.com"

// Defaults of [Config].
const (
	DefaultTimeout      = 10 * time.Second
	DefaultAgentTimeout = 20 * time.Second
	DefaultLanguage     = "en-US"
	DefaultMaxCalls     = 500
)

// Config says whose calls are carried, and how they sound.
type Config struct {
	// AccountSID is the account's id, "AC" and 32 hexadecimal digits. Required.
	// Requests of any other account are refused.
	AccountSID string
	// AuthTokens sign Twilio's requests; any of them is accepted, so that a token can
	// be rotated during a call. The first makes the API calls. At least one.
	AuthTokens []string
	// From is our number, in E.164: calls are placed from it. Required.
	From string
	// Numbers are further numbers that are ours, in E.164.
	Numbers []string
	// PublicURL is where Twilio reaches the gateway, such as
	// "https://parley.example.com". Signatures are checked against it, and the
	// WebSocket's address is made of it: what a request's Host or forwarding headers say
	// is never believed. It must be https, but for this machine. Required.
	PublicURL string
	// APIURL is the REST API. Defaults to [DefaultAPIURL].
	APIURL string
	// HTTPClient makes the API calls; it follows no redirect. Defaults to one of its own.
	HTTPClient *http.Client
	// Timeout bounds each API call. Defaults to [DefaultTimeout].
	Timeout time.Duration
	// AgentNumber is whom a call is handed to, in E.164; WorkflowSID is the TaskRouter
	// workflow ("WW…") it is queued in instead. At most one. With neither a call that
	// should be handed over comes back as one nobody answered.
	AgentNumber, WorkflowSID string
	// AgentTimeout is how long the agent's telephone rings. Defaults to [DefaultAgentTimeout].
	AgentTimeout time.Duration
	// Speech is how we sound and hear.
	Speech Speech
	// MaxCalls bounds the calls of this process; one more is told so by Twilio's busy
	// signal. Defaults to [DefaultMaxCalls].
	MaxCalls int
}

// Speech is how ConversationRelay speaks and hears; what is empty is Twilio's default.
type Speech struct {
	// Language is the BCP-47 tag of a message that names none. Defaults to [DefaultLanguage].
	Language string
	// TTSProvider and Voice speak, TranscriptionProvider and SpeechModel hear, in Language.
	TTSProvider, Voice, TranscriptionProvider, SpeechModel string
	// Languages are the others that may be spoken; en-US and es-US if nil.
	Languages []Language
	// Hints are words the hearing should expect, such as names of the creditor.
	Hints []string
	// InterruptSensitivity is "low", "medium" or "high".
	InterruptSensitivity string
}

// Language is one further language of a call.
type Language struct {
	Code, TTSProvider, Voice, TranscriptionProvider, SpeechModel string
}

var (
	accountSID  = regexp.MustCompile(`^AC[0-9A-Za-z]{2,62}$`)
	workflowSID = regexp.MustCompile(`^WW[0-9A-Za-z]{2,62}$`)
	callSID     = regexp.MustCompile(`^CA[0-9A-Za-z]{2,62}$`)
	// e164 is ITU-T E.164: country code and number, at most 15 digits.
	e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	// bcp47 is the form of the tags Twilio takes.
	bcp47 = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{2,8})*$`)
)

// New makes the carrier. The error names every field of c that is wrong, and quotes no secret.
func New(c Config) (*Carrier, error) {
	api, faults := c.check()
	if len(faults) > 0 {
		return nil, fmt.Errorf("relay: %w", errors.Join(faults...))
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.AgentTimeout == 0 {
		c.AgentTimeout = DefaultAgentTimeout
	}
	if c.MaxCalls == 0 {
		c.MaxCalls = DefaultMaxCalls
	}
	if c.Speech.Language == "" {
		c.Speech.Language = DefaultLanguage
	}
	if c.Speech.Languages == nil {
		c.Speech.Languages = []Language{{Code: "en-US"}, {Code: "es-US"}}
	}
	k := &Carrier{
		cfg: c, api: api, http: ownClient(c.HTTPClient), publicURL: strings.TrimRight(c.PublicURL, "/"),
		ours: map[string]bool{c.From: true}, used: map[string]time.Time{},
	}
	for _, n := range c.Numbers {
		k.ours[n] = true
	}
	for _, token := range c.AuthTokens {
		k.tokens = append(k.tokens, []byte(token))
		mac := hmac.New(sha256.New, []byte(token))
		mac.Write([]byte("parley voice tokens 1"))
		k.keys = append(k.keys, mac.Sum(nil))
	}
	return k, nil
}

// ownClient is a copy of c that follows no redirect: one to a POST would lose the call.
func ownClient(c *http.Client) *http.Client {
	if c == nil {
		c = &http.Client{}
	}
	own := *c
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

func (c Config) check() (api *url.URL, faults []error) {
	bad := func(field, reason string) { faults = append(faults, fmt.Errorf("%s %s", field, reason)) }
	if !accountSID.MatchString(c.AccountSID) {
		bad("AccountSID", `must be "AC" and 32 hexadecimal digits`)
	}
	if len(c.AuthTokens) == 0 {
		bad("AuthTokens", "is missing: without a token no request can be checked")
	}
	for i, token := range c.AuthTokens {
		if token == "" || strings.TrimSpace(token) != token {
			bad(fmt.Sprintf("AuthTokens[%d]", i), "is empty or has white space around it")
		}
	}
	numbers := map[string]string{"From": c.From}
	for i, n := range c.Numbers {
		numbers[fmt.Sprintf("Numbers[%d]", i)] = n
	}
	if c.AgentNumber != "" {
		numbers["AgentNumber"] = c.AgentNumber
	}
	for field, n := range numbers {
		if !e164.MatchString(n) {
			bad(field, `must be a number in E.164, such as "+15125550100"`)
		}
	}
	if c.WorkflowSID != "" && !workflowSID.MatchString(c.WorkflowSID) {
		bad("WorkflowSID", `must be "WW" and 32 hexadecimal digits`)
	}
	if c.AgentNumber != "" && c.WorkflowSID != "" {
		bad("WorkflowSID", "must be empty where AgentNumber is set: a call goes to one of them")
	}
	if public, why := baseURL(c.PublicURL); why != "" {
		bad("PublicURL", why)
	} else if public.Scheme != "https" && !loopback(public.Hostname()) {
		bad("PublicURL", "must be https: Twilio opens the WebSocket at wss only")
	}
	if c.APIURL == "" {
		c.APIURL = DefaultAPIURL
	}
	api, why := baseURL(c.APIURL)
	if why != "" {
		bad("APIURL", why)
	}
	for field, d := range map[string]time.Duration{"Timeout": c.Timeout, "AgentTimeout": c.AgentTimeout} {
		if d < 0 {
			bad(field, "is negative")
		}
	}
	if c.AgentTimeout > 10*time.Minute {
		bad("AgentTimeout", "is more than 10 minutes")
	}
	if c.MaxCalls < 0 {
		bad("MaxCalls", "is negative")
	}
	c.Speech.check(bad)
	return api, faults
}

func (s Speech) check(bad func(field, reason string)) {
	if s.Language != "" && !bcp47.MatchString(s.Language) {
		bad("Speech.Language", `is not a language tag such as "en-US"`)
	}
	for i, l := range s.Languages {
		if !bcp47.MatchString(l.Code) {
			bad(fmt.Sprintf("Speech.Languages[%d].Code", i), `is not a language tag such as "es-US"`)
		}
	}
	switch s.InterruptSensitivity {
	case "", "low", "medium", "high":
	default:
		bad("Speech.InterruptSensitivity", `must be "low", "medium" or "high"`)
	}
}

func loopback(host string) bool {
	return host == "localhost" || strings.HasPrefix(host, "127.") || host == "::1"
}

// baseURL parses an address that paths are appended to.
func baseURL(s string) (u *url.URL, why string) {
	if s == "" {
		return nil, "is missing"
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https"):
		return nil, `is not an address such as "https://parley.example.com"`
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return nil, "must not have a query, a fragment or credentials"
	}
	u.Path = strings.TrimRight(u.Path, "/")
	return u, ""
}
