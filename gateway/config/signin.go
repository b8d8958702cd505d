package config

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
)

// SignIn is how people come in to the desk: see docs/sign-in.md.
type SignIn struct {
	// URL is how browsers reach AdminListen, scheme and host, such as "https://desk.example.com". With https the session's
	// cookie goes over https only; needed for OIDC unless redirect_url is set.
	URL string `yaml:"url"`
	// Local lets people sign in with a name and a password kept here; false needs oidc. Defaults to true.
	Local bool `yaml:"local"`
	// Idle is how long a session lasts unused, 1m to Lifetime. Defaults to 30m.
	Idle Duration `yaml:"idle"`
	// Lifetime is how long it lasts in any case, at most 24h. Defaults to 12h.
	Lifetime Duration `yaml:"lifetime"`
	// TrustedProxies are addresses or networks, such as "10.0.0.0/8", whose X-Forwarded-For is believed: what is recorded, and
	// limited, is the address behind them.
	TrustedProxies []string `yaml:"trusted_proxies"`
	// OIDC is a sign-on provider; without an issuer there is none.
	OIDC OIDC `yaml:"oidc"`
}

// OIDC is a provider of OpenID Connect, asked by authorization code with PKCE. People it vouches for are
// made members of the desk when they first come, and have the role it says each time they come.
type OIDC struct {
	// Issuer is the provider's issuer URL, exactly as it writes it: https, or http on localhost.
	Issuer string `yaml:"issuer"`
	// ClientID is what the provider knows Parley by.
	ClientID string `yaml:"client_id"`
	// ClientSecret is sent to the provider with the code; empty for a public client.
	ClientSecret Secret `yaml:"client_secret"`
	// RedirectURL is where the provider sends people back. Defaults to url with "/desk/oidc/callback".
	RedirectURL string `yaml:"redirect_url"`
	// Scopes are asked for beside "openid"; none: profile and email.
	Scopes []string `yaml:"scopes"`
	// RoleClaim is the claim of the ID token that says what somebody may be, a text or a list. Defaults to "groups".
	RoleClaim string `yaml:"role_claim"`
	// Roles turns its values into roles of the desk, as a map such as {parley-agents: agent}; who has none of them doesn't come in.
	Roles map[string]string `yaml:"roles"`
	// PortfolioClaim is the claim that bounds the portfolios somebody sees, a text or a list; who lacks it doesn't come in. Empty: no claim does, and the
	// portfolios are those of the record.
	PortfolioClaim string `yaml:"portfolio_claim"`
}

// DeskRoles are the roles a person may have.
var DeskRoles = []string{"agent", "senior_agent", "supervisor", "compliance", "admin", "auditor"}

func defaultSignIn() SignIn {
	return SignIn{Local: true, Idle: Duration(30 * time.Minute), Lifetime: Duration(12 * time.Hour),
		OIDC: OIDC{RoleClaim: "groups"}}
}

func (k *checker) signIn(s SignIn) {
	if s.URL != "" && !origin(s.URL) {
		k.fault("sign_in.url", "must be an http or https URL with nothing after the host")
	}
	if life := time.Duration(s.Lifetime); life > 24*time.Hour || time.Duration(s.Idle) > life || time.Duration(s.Idle) < time.Minute {
		k.fault("sign_in.idle", "must be at least 1m, not above lifetime, and lifetime at most 24h")
	}
	if _, err := Networks(s.TrustedProxies); err != nil {
		k.fault("sign_in.trusted_proxies", "must be addresses or networks such as 10.0.0.0/8")
	}
	if s.OIDC.Issuer == "" {
		if !s.Local {
			k.fault("sign_in.local", "must not be false without sign_in.oidc: nobody could come in")
		}
		return
	}
	k.oidc(s)
}

func (k *checker) oidc(s SignIn) {
	o := s.OIDC
	if !secureURL(o.Issuer) {
		k.fault("sign_in.oidc.issuer", "must be an https URL, or http on localhost")
	}
	if o.ClientID == "" {
		k.fault("sign_in.oidc.client_id", "is missing: what the provider knows Parley by")
	}
	if o.RedirectURL == "" && s.URL == "" {
		k.fault("sign_in.url", "is missing: the provider sends people back to it")
	} else if o.RedirectURL != "" && !secureURL(o.RedirectURL) {
		k.fault("sign_in.oidc.redirect_url", "must be an https URL, or http on localhost")
	}
	if o.RoleClaim == "" || len(o.Roles) == 0 {
		k.fault("sign_in.oidc.roles", "is missing: without a claim and a map to roles nobody could come in")
	}
	for _, value := range sortedKeys(o.Roles) {
		k.oneOf("sign_in.oidc.roles."+value, o.Roles[value], DeskRoles...)
	}
}

// origin reports whether a URL is scheme and host alone.
func origin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.User == nil
}

// secureURL reports whether a URL is https, or http to this machine.
func secureURL(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, u.Hostname())
}

// Networks reads addresses and networks.
func Networks(list []string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range list {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			a, aerr := netip.ParseAddr(text)
			if aerr != nil {
				return nil, err
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		all = append(all, p.Masked())
	}
	return all, nil
}
