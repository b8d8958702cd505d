package asterisk

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Defaults of [Config].
const (
	DefaultTimeout  = 10 * time.Second
	DefaultMaxCalls = 100
	DefaultEndpoint = "Local/{number}@parley-dial/n"
	DefaultContext  = "parley-placed"
)

// minSecret is the shortest secret that is taken, in bytes.
const minSecret = 16

// Config says whose calls are carried.
type Config struct {
	// Secrets are known to Asterisk and us; any of them is accepted, so that one can be
	// changed during a call. At least one, of 16 bytes or more.
	Secrets []string
	// From is our number, in E.164: calls are placed from it. Required. Numbers are
	// further ones that are ours.
	From    string
	Numbers []string
	// Speech hears and speaks. Required.
	Speech Speech
	// ARI places calls; without its URL none are placed.
	ARI ARI
	// MaxCalls bounds the calls of this process; one more is refused, and the dialplan
	// goes on without us. Defaults to [DefaultMaxCalls].
	MaxCalls int
}

// ARI is Asterisk's REST interface.
type ARI struct {
	// URL is such as "http://127.0.0.1:8088/ari"; "": no calls are placed.
	URL string
	// User and Password are of ari.conf.
	User, Password string
	// Endpoint is what is dialled; {number} stands for the person's number. Defaults to
	// [DefaultEndpoint].
	Endpoint string
	// Context is where the dialplan goes on once somebody answered. Defaults to [DefaultContext].
	Context string
	// HTTPClient makes the calls; it follows no redirect. Defaults to one of its own.
	HTTPClient *http.Client
	// Timeout bounds each. Defaults to [DefaultTimeout].
	Timeout time.Duration
}

// New makes the carrier. The error names every field of c that is wrong, and quotes no secret.
func New(c Config) (*Carrier, error) {
	var faults []error
	bad := func(field, reason string) { faults = append(faults, fmt.Errorf("%s %s", field, reason)) }
	if len(c.Secrets) == 0 {
		bad("Secrets", "is missing: without one no request can be checked")
	}
	for i, s := range c.Secrets {
		if len(s) < minSecret || strings.TrimSpace(s) != s {
			bad(fmt.Sprintf("Secrets[%d]", i), "has fewer than 16 bytes, or white space around it")
		}
	}
	for i, n := range append([]string{c.From}, c.Numbers...) {
		if !e164.MatchString(n) {
			bad(map[bool]string{true: "From", false: "Numbers"}[i == 0], `must be in E.164, such as "+15125550100"`)
		}
	}
	if c.Speech == nil {
		bad("Speech", "is missing")
	}
	if c.MaxCalls < 0 {
		bad("MaxCalls", "is negative")
	}
	k := &Carrier{cfg: c, ours: map[string]bool{c.From: true}, fates: map[string]*fate{}}
	k.place(c.ARI, bad)
	if len(faults) > 0 {
		return nil, fmt.Errorf("asterisk: %w", errors.Join(faults...))
	}
	if k.cfg.MaxCalls == 0 {
		k.cfg.MaxCalls = DefaultMaxCalls
	}
	for _, n := range c.Numbers {
		k.ours[n] = true
	}
	for _, s := range c.Secrets {
		k.secrets = append(k.secrets, sha256.Sum256([]byte(s)))
	}
	return k, nil
}

// place takes what places calls.
func (k *Carrier) place(a ARI, bad func(field, reason string)) {
	if a.Timeout < 0 {
		bad("ARI.Timeout", "is negative")
	}
	if a.URL == "" {
		return
	}
	u, err := url.Parse(a.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		bad("ARI.URL", `is not an address such as "http://127.0.0.1:8088/ari"`)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		bad("ARI.URL", "must not have a query, a fragment or credentials")
	case a.User == "" || a.Password == "":
		bad("ARI.User", "and ARI.Password are needed where there is a URL")
	}
	if a.Endpoint == "" {
		a.Endpoint = DefaultEndpoint
	} else if !strings.Contains(a.Endpoint, "{number}") {
		bad("ARI.Endpoint", "must have {number} in it")
	}
	if a.Context == "" {
		a.Context = DefaultContext
	}
	if a.Timeout == 0 {
		a.Timeout = DefaultTimeout
	}
	client := http.Client{}
	if a.HTTPClient != nil {
		client = *a.HTTPClient
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	k.ari, k.http, k.cfg.ARI = u, &client, a
}
