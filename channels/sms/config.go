package sms

import (
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

// DefaultTimeout bounds each call of Twilio's API.
const DefaultTimeout = 10 * time.Second

// Config says whose messages the channel carries.
type Config struct {
	// AccountSID is the account's id, "AC" and 32 hexadecimal digits. Required.
	// Webhooks of any other account are refused.
	AccountSID string
	// AuthTokens sign Twilio's webhooks; any of them is accepted, so that a token
	// can be rotated without losing messages. The first one makes the API calls:
	// put the new token first before the old one is revoked. At least one.
	AuthTokens []string
	// From is the sender: a number in E.164, or the id ("MG…") of a messaging
	// service, which then picks a number of its own. Required.
	From string
	// Numbers are further numbers that are ours, in E.164: those of the messaging
	// service, say. Messages to them are accepted, and may be answered from them.
	Numbers []string
	// PublicURL is where Twilio reaches the gateway, such as
	// "https://parley.example.com" or, behind a proxy that strips a prefix,
	// "https://example.com/parley". Signatures are checked against it: what a
	// request's Host or forwarding headers say is never believed. Required.
	PublicURL string
	// APIURL is the REST API. Defaults to [DefaultAPIURL].
	APIURL string
	// ProviderConfirms is set where Twilio itself answers STOP, as it does unless
	// Advanced Opt-Out is set up otherwise; Parley then stays silent.
	ProviderConfirms bool
	// HTTPClient makes the API calls. Its redirect policy is not used: a redirect
	// is a failure. Defaults to a client of its own.
	HTTPClient *http.Client
	// Timeout bounds each API call; a message in several parts makes several.
	// The caller's deadline, where earlier, wins. Defaults to [DefaultTimeout].
	Timeout time.Duration
	// Now is the clock. Defaults to [time.Now].
	Now func() time.Time
}

var (
	accountSID = regexp.MustCompile(`^AC[0-9A-Za-z]{2,62}$`)
	serviceSID = regexp.MustCompile(`^MG[0-9A-Za-z]{2,62}$`)
	// e164 is ITU-T E.164: country code and number, at most 15 digits.
	e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
)

// New makes the channel. The error names every field of c that is wrong, not
// only the first, and quotes no secret.
func New(c Config) (*Adapter, error) {
	api, faults := c.check()
	if len(faults) > 0 {
		return nil, fmt.Errorf("sms: %w", errors.Join(faults...))
	}
	a := &Adapter{
		accountSID: c.AccountSID, from: c.From, numbers: map[string]bool{},
		providerConfirms: c.ProviderConfirms, publicURL: strings.TrimRight(c.PublicURL, "/"),
		api: api, apiToken: c.AuthTokens[0], http: ownClient(c.HTTPClient),
		timeout: c.Timeout, now: c.Now,
	}
	for _, token := range c.AuthTokens {
		a.tokens = append(a.tokens, []byte(token))
	}
	for _, n := range append([]string{c.From}, c.Numbers...) {
		a.numbers[n] = true
	}
	if a.timeout == 0 {
		a.timeout = DefaultTimeout
	}
	if a.now == nil {
		a.now = time.Now
	}
	return a, nil
}

// ownClient is a copy of c that follows no redirect: one to a POST would lose
// the message or send it elsewhere.
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
		bad("AuthTokens", "is missing: without a token no webhook can be checked")
	}
	for i, token := range c.AuthTokens {
		if token == "" || strings.TrimSpace(token) != token {
			bad(fmt.Sprintf("AuthTokens[%d]", i), "is empty or has white space around it")
		}
	}
	if !e164.MatchString(c.From) && !serviceSID.MatchString(c.From) {
		bad("From", `must be a number in E.164, such as "+15125550100", or a messaging service, "MG…"`)
	}
	for i, n := range c.Numbers {
		if !e164.MatchString(n) {
			bad(fmt.Sprintf("Numbers[%d]", i), "is not a number in E.164")
		}
	}
	if _, why := baseURL(c.PublicURL); why != "" {
		bad("PublicURL", why)
	}
	if c.APIURL == "" {
		c.APIURL = DefaultAPIURL
	}
	api, why := baseURL(c.APIURL)
	if why != "" {
		bad("APIURL", why)
	}
	if c.Timeout < 0 {
		bad("Timeout", "is negative")
	}
	return api, faults
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
