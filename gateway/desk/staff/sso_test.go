package staff_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"parley/gateway/config"
	"parley/gateway/desk/staff"
)

func dana(groups ...string) map[string]any {
	return map[string]any{"sub": "0815", "preferred_username": "Dana", "name": "Dana Whitfield", "email": "dana@example.com", "groups": groups}
}

func TestSignOn(t *testing.T) {
	t.Parallel()
	for _, alg := range []jose.SignatureAlgorithm{jose.RS256, jose.ES256} {
		t.Run("who comes for the first time becomes a member, with "+string(alg), func(t *testing.T) {
			t.Parallel()
			p := newProvider(t, alg)
			p.as(dana("everyone", "parley-agents"))
			h := ssoHouse(t, p)
			b := h.browser()
			if to := b.signOn(); to != "/desk/inbox" {
				t.Fatalf("sent to %s", to)
			}
			b.is("dana")
			who := b.do("GET", "/desk/session", nil).want(t, 200, "")
			if who.body["role"] != "agent" || who.body["display"] != "Dana Whitfield" {
				t.Errorf("%s", who.text)
			}
			same(t, "recorded", h.recorded(), "added", "signed_in")
			again := h.browser()
			again.signOn()
			again.is("dana")
			same(t, "then recorded", h.recorded(), "added", "signed_in", "signed_in")
			if _, body := h.lastEvent(); body["how"] != "oidc" {
				t.Errorf("%v", body)
			}
			h.browser().signIn("dana", "", "").want(t, 401, "credentials")
		})
	}
	t.Run("the provider's word on a role counts each time, and ends what was signed in with another", func(t *testing.T) {
		t.Parallel()
		p := newProvider(t, jose.ES256)
		h := ssoHouse(t, p)
		p.as(dana("parley-agents"))
		first, second := h.browser(), h.browser()
		first.signOn()
		p.as(dana("parley-agents", "parley-leads"))
		second.signOn()
		first.is("")
		if who := second.do("GET", "/desk/session", nil); who.body["role"] != "supervisor" {
			t.Errorf("%s", who.text)
		}
		same(t, "recorded", h.recorded(), "added", "signed_in", "changed", "sessions_ended", "signed_in")
	})
	t.Run("a provider's user does not come in under a name of the record's own", func(t *testing.T) {
		t.Parallel()
		p := newProvider(t, jose.ES256)
		h := ssoHouse(t, p)
		c := dana("parley-agents")
		c["preferred_username"] = "Service"
		p.as(c)
		b := h.browser()
		if to := b.signOn(); to != "/desk/inbox?sign_in_refused=name" {
			t.Errorf("sent to %s", to)
		}
		b.is("")
	})
	t.Run("portfolios come with a claim", func(t *testing.T) {
		t.Parallel()
		p := newProvider(t, jose.ES256)
		h := ssoHouse(t, p, func(o *config.OIDC) { o.PortfolioClaim = "portfolios" })
		b := h.browser()
		p.as(dana("parley-agents"))
		if to := b.signOn(); to != "/desk/inbox?sign_in_refused=portfolio" {
			t.Errorf("without it sent to %s", to)
		}
		c := dana("parley-agents")
		c["portfolios"] = []string{"loans", "cards"}
		p.as(c)
		b.signOn()
		if a := h.actor(b); a.Covers("autos") || !a.Covers("cards", "loans") {
			t.Errorf("%+v", a)
		}
		c["portfolios"] = "autos" // a text will do
		b.signOn()
		if a := h.actor(b); !a.Covers("autos") || a.Covers("cards") {
			t.Errorf("%+v", a)
		}
	})
	for name, c := range map[string]struct {
		groups []string
		code   string
	}{
		"no group that has a role":               {[]string{"everyone"}, "role"},
		"no group":                               {nil, "role"},
		"two duties that don't go together":      {[]string{"parley-audit", "parley-admins"}, "role"},
		"a duty and a place on the agents' side": {[]string{"parley-agents", "parley-audit"}, "role"},
	} {
		t.Run("not let in: "+name, func(t *testing.T) {
			t.Parallel()
			p := newProvider(t, jose.ES256)
			p.as(dana(c.groups...))
			h := ssoHouse(t, p)
			b := h.browser()
			if to := b.signOn(); to != "/desk/inbox?sign_in_refused="+c.code {
				t.Errorf("sent to %s", to)
			}
			b.is("")
			same(t, "recorded", h.recorded(), "sign_in_refused")
		})
	}
	t.Run("not let in: somebody who was disabled here", func(t *testing.T) {
		t.Parallel()
		p := newProvider(t, jose.ES256)
		p.as(dana("parley-agents"))
		h := ssoHouse(t, p)
		h.browser().signOn()
		if _, err := h.s.Change(h.boss(), "dana", staff.Patch{Disabled: ptr(true)}); err != nil {
			t.Fatal(err)
		}
		b := h.browser()
		if to := b.signOn(); !strings.HasSuffix(to, "=disabled") {
			t.Errorf("sent to %s", to)
		}
		b.is("")
	})
	t.Run("not let in: under the name of somebody who has a password here", func(t *testing.T) {
		t.Parallel()
		p := newProvider(t, jose.ES256)
		p.as(dana("parley-admins"))
		h := ssoHouse(t, p)
		h.add("dana", staff.Agent)
		b := h.browser()
		if to := b.signOn(); !strings.HasSuffix(to, "=name") {
			t.Errorf("sent to %s", to)
		}
		b.is("")
	})
}

func TestWhatASignOnIsNotFooledBy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(t *testing.T, h *house, p *provider, b *browser) (path string)
		code  string
	}{
		"a state of another flow": {func(_ *testing.T, _ *house, _ *provider, b *browser) string {
			return replaced(b.visit("/desk"), "state", "AAAAAAAAAAAAAAAAAAAAAAAAAA")
		}, "state"},
		"no state": {func(_ *testing.T, _ *house, _ *provider, b *browser) string {
			return replaced(b.visit("/desk"), "state", "")
		}, "state"},
		"another browser": {func(_ *testing.T, h *house, _ *provider, _ *browser) string {
			return h.browser().visit("/desk") // the link of an attacker's own flow
		}, "state"},
		"an attacker's code put into one's own flow": {func(t *testing.T, h *house, _ *provider, b *browser) string {
			u, err := url.Parse(h.browser().visit("/desk"))
			if err != nil {
				t.Fatal(err)
			}
			return replaced(b.visit("/desk"), "code", u.Query().Get("code")) // PKCE
		}, "provider"},
		"a cookie that was changed": {func(_ *testing.T, _ *house, _ *provider, b *browser) string {
			path := b.visit("/desk")
			b.cookies["parley_oidc"] = "A" + b.cookies["parley_oidc"][1:]
			return path
		}, "state"},
		"an answer of another provider": {func(_ *testing.T, _ *house, _ *provider, b *browser) string {
			return replaced(b.visit("/desk"), "iss", "https://evil.example")
		}, "state"},
		"a return after ten minutes": {func(_ *testing.T, h *house, _ *provider, b *browser) string {
			path := b.visit("/desk")
			h.later(10 * time.Minute)
			return path
		}, "state"},
		"a refusal": {func(_ *testing.T, _ *house, _ *provider, b *browser) string {
			return replaced(replaced(b.visit("/desk"), "code", ""), "error", "access_denied")
		}, "provider"},
		"a token for another flow": {func(_ *testing.T, _ *house, p *provider, b *browser) string {
			p.edit = func(c map[string]any) { c["nonce"] = "AAAAAAAAAAAAAAAAAAAAAAAAAA" }
			return b.visit("/desk")
		}, "state"},
		"a token without a nonce": {func(_ *testing.T, _ *house, p *provider, b *browser) string {
			p.edit = func(c map[string]any) { delete(c, "nonce") }
			return b.visit("/desk")
		}, "state"},
		"a token for another client": {func(_ *testing.T, _ *house, p *provider, b *browser) string {
			p.edit = func(c map[string]any) { c["aud"] = "another" }
			return b.visit("/desk")
		}, "provider"},
		"a token of another issuer": {func(_ *testing.T, _ *house, p *provider, b *browser) string {
			p.edit = func(c map[string]any) { c["iss"] = "https://evil.example" }
			return b.visit("/desk")
		}, "provider"},
		"a token that is over": {func(_ *testing.T, _ *house, p *provider, b *browser) string {
			p.edit = func(c map[string]any) { c["exp"] = p.now().Add(-time.Second).Unix() }
			return b.visit("/desk")
		}, "provider"},
		"a token signed by another key": {func(t *testing.T, _ *house, p *provider, b *browser) string {
			other, _ := signingKey(t, jose.ES256)
			p.signer = &other
			return b.visit("/desk")
		}, "provider"},
		"a token signed with the client's secret": {func(_ *testing.T, _ *house, p *provider, b *browser) string {
			p.signer = &jose.SigningKey{Algorithm: jose.HS256, Key: []byte(strings.Repeat(clientSecret, 3))}
			return b.visit("/desk")
		}, "provider"},
		"a token of nobody": {func(_ *testing.T, _ *house, p *provider, b *browser) string {
			p.edit = func(c map[string]any) { delete(c, "sub") }
			return b.visit("/desk")
		}, "provider"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProvider(t, jose.ES256)
			p.as(dana("parley-agents"))
			h := ssoHouse(t, p)
			b := h.browser()
			r := b.do("GET", c.spoil(t, h, p, b), nil)
			if to := r.header.Get("Location"); r.status != http.StatusSeeOther || to != "/desk?sign_in_refused="+c.code {
				t.Errorf("got %d, sent to %s", r.status, to)
			}
			b.is("")
		})
	}
	t.Run("a return is taken once", func(t *testing.T) {
		t.Parallel()
		p := newProvider(t, jose.ES256)
		p.as(dana("parley-agents"))
		h := ssoHouse(t, p)
		b := h.browser()
		path := b.visit("/desk")
		flow := b.cookies["parley_oidc"]
		b.do("GET", path, nil)
		b.is("dana")
		if b.cookies["parley_oidc"] != "" {
			t.Error("the flow's cookie stays")
		}
		thief := h.browser()
		thief.cookies["parley_oidc"] = flow
		thief.do("GET", path, nil)
		thief.is("")
	})
	t.Run("a provider that is down is asked again later", func(t *testing.T) {
		t.Parallel()
		p := newProvider(t, jose.ES256)
		p.as(dana("parley-agents"))
		p.down = true
		h := ssoHouse(t, p)
		b := h.browser()
		if to := b.do("GET", "/desk/oidc/start", nil).header.Get("Location"); to != "/desk?sign_in_refused=provider" {
			t.Errorf("sent to %s", to)
		}
		p.mu.Lock()
		p.down = false
		p.mu.Unlock()
		b.signOn()
		b.is("dana")
	})
	t.Run("nobody is sent anywhere but to the desk", func(t *testing.T) {
		t.Parallel()
		for _, bad := range []string{"", "/", "//evil.example/desk", "https://evil.example/desk", "/desk/../api", "/desk\\evil", "/deskx", "desk", "/\\evil.example", "/desk/\r\nSet-Cookie: a=b", "javascript:alert(1)"} {
			if got := staff.BackTo(bad); got != "/desk" {
				t.Errorf("%q leads to %q", bad, got)
			}
		}
		for _, good := range []string{"/desk", "/desk/inbox?c=1#m3"} {
			if got := staff.BackTo(good); got != good {
				t.Errorf("%q leads to %q", good, got)
			}
		}
	})
}

// replaced is a path with one value of its query replaced.
func replaced(path, name, value string) string {
	u, err := url.Parse(path)
	if err != nil {
		return ""
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.RequestURI()
}
