package staff

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parley/gateway/config"
)

// sso asks a provider of OpenID Connect who somebody is: authorization code (RFC 6749) with PKCE (RFC 7636), state and
// nonce bound to the browser by a sealed cookie.
type sso struct {
	cfg      config.OIDC
	redirect string
	client   *http.Client
	now      func() time.Time

	mu       sync.Mutex
	provider *oidc.Provider // nil until it could be asked once
}

// ssoFor is how long somebody may take at the provider.
const ssoFor = 10 * time.Minute

const callbackPath = "/desk/oidc/callback"

func newSSO(cfg Config) *sso {
	o := &sso{cfg: cfg.SignIn.OIDC, redirect: cfg.SignIn.OIDC.RedirectURL, client: cfg.Client, now: cfg.Now}
	if o.redirect == "" {
		o.redirect = strings.TrimSuffix(cfg.SignIn.URL, "/") + callbackPath
	}
	if len(o.cfg.Scopes) == 0 {
		o.cfg.Scopes = []string{"profile", "email"}
	}
	return o
}

// discover asks the provider for its endpoints when they are first needed, so that a provider that is
// down keeps nobody from starting the gateway.
func (o *sso) discover(ctx context.Context) (*oidc.Provider, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.provider != nil {
		return o.provider, nil
	}
	// The provider keeps the context for fetching its keys later; it must outlive the request.
	p, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), o.client), o.cfg.Issuer)
	if err != nil {
		return nil, fmt.Errorf("staff: ask the sign-on provider: %w", err)
	}
	o.provider = p
	return p, nil
}

func (o *sso) oauth(p *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: o.cfg.ClientID, ClientSecret: o.cfg.ClientSecret.Reveal(), Endpoint: p.Endpoint(), RedirectURL: o.redirect,
		Scopes: append([]string{oidc.ScopeOpenID}, o.cfg.Scopes...)}
}

// flow is one going to the provider and back.
type flow struct {
	State    string    `json:"state"`
	Nonce    string    `json:"nonce"`
	Verifier string    `json:"verifier"`
	Return   string    `json:"return"`
	Until    time.Time `json:"until"`
}

// begin makes a flow, and the provider's URL for it.
func (o *sso) begin(ctx context.Context, back string) (flow, string, error) {
	p, err := o.discover(ctx)
	if err != nil {
		return flow{}, "", err
	}
	f := flow{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Return: back, Until: o.now().Add(ssoFor)}
	return f, o.oauth(p).AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), nil
}

// claims are what the provider says of somebody.
type claims struct {
	Subject, Name, Display, Email string
	roles, portfolios             []string
}

// What may be wrong with a return from the provider.
var (
	errFlow     = errors.New("staff: not a return to this browser, or too late")
	errProvider = errors.New("staff: the sign-on provider refused")
)

// finish takes the return to a flow and asks for the token, which must be ours, for this browser, and of now.
func (o *sso) finish(ctx context.Context, f flow, q url.Values) (claims, error) {
	if subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(f.State)) != 1 || !o.now().Before(f.Until) {
		return claims{}, errFlow
	}
	if iss := q.Get("iss"); iss != "" && iss != o.cfg.Issuer { // RFC 9207
		return claims{}, errFlow
	}
	if q.Get("error") != "" || q.Get("code") == "" {
		return claims{}, errProvider
	}
	p, err := o.discover(ctx)
	if err != nil {
		return claims{}, err
	}
	ctx = oidc.ClientContext(ctx, o.client)
	token, err := o.oauth(p).Exchange(ctx, q.Get("code"), oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return claims{}, fmt.Errorf("%w: %w", errProvider, scrub(err))
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return claims{}, fmt.Errorf("%w: it sent no ID token", errProvider)
	}
	id, err := p.VerifierContext(ctx, &oidc.Config{ClientID: o.cfg.ClientID, Now: o.now}).Verify(ctx, raw)
	if err != nil {
		return claims{}, fmt.Errorf("%w: its ID token does not hold", errProvider)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(f.Nonce)) != 1 {
		return claims{}, errFlow
	}
	return o.read(id)
}

// scrub keeps the provider's answer, which may hold anything, out of logs.
func scrub(err error) error {
	var r *oauth2.RetrieveError
	if errors.As(err, &r) && r.Response != nil {
		return fmt.Errorf("it answered %d", r.Response.StatusCode)
	}
	return errors.New("it did not answer")
}

// read takes from a token what is needed of it.
func (o *sso) read(id *oidc.IDToken) (claims, error) {
	var std struct {
		Username string `json:"preferred_username"`
		Name     string `json:"name"`
		Email    string `json:"email"`
		Verified any    `json:"email_verified"` // some say "true"
	}
	var all map[string]json.RawMessage
	if err := errors.Join(id.Claims(&std), id.Claims(&all)); err != nil || id.Subject == "" {
		return claims{}, fmt.Errorf("%w: its ID token can't be read", errProvider)
	}
	c := claims{Subject: id.Issuer + "|" + id.Subject, Name: std.Username, Display: std.Name, Email: std.Email,
		roles: texts(all[o.cfg.RoleClaim])}
	if o.cfg.PortfolioClaim != "" {
		c.portfolios = texts(all[o.cfg.PortfolioClaim])
	}
	if c.Name == "" && (std.Verified == true || std.Verified == "true") {
		c.Name = std.Email
	}
	if c.Name == "" {
		c.Name = id.Subject
	}
	return c, nil
}

// texts reads a claim that is a text or a list of them.
func texts(raw json.RawMessage) []string {
	var one string
	var many []string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return []string{one}
	}
	if json.Unmarshal(raw, &many) == nil {
		return many
	}
	return nil
}

// ladder are the roles of which a higher one holds the lower; the others stand apart.
var ladder = []Role{Agent, SeniorAgent, Supervisor}

// role is the one role of somebody with these values: the highest of the ladder, or one that stands apart. "": none,
// or several duties that one person must not have together.
func (o *sso) role(values []string) Role {
	best, apart := -1, map[Role]bool{}
	for _, v := range values {
		r, ok := Role(o.cfg.Roles[v]), o.cfg.Roles[v] != ""
		if !ok {
			continue
		}
		rung := -1
		for i, l := range ladder {
			if l == r {
				rung = i
			}
		}
		if rung < 0 {
			apart[r] = true
		}
		best = max(best, rung)
	}
	switch {
	case best >= 0 && len(apart) == 0:
		return ladder[best]
	case best < 0 && len(apart) == 1:
		for r := range apart {
			return r
		}
	}
	return ""
}

// backTo is where somebody goes on at the desk; nowhere else.
func backTo(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || strings.ContainsAny(path, "\\\r\n\t") ||
		u.Path != "/desk" && !strings.HasPrefix(u.Path, "/desk/") || strings.Contains(u.Path, "..") {
		return "/desk"
	}
	return path
}
