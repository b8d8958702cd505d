package staff_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"parley/gateway/config"
	"parley/gateway/desk/staff"
)

// provider is an OpenID provider: discovery, keys, authorization and token endpoints, with real signatures. It checks
// what a provider checks: the client's secret, the redirect, each code once, and PKCE.
type provider struct {
	*testing.T
	url string
	now func() time.Time

	mu     sync.Mutex
	down   bool
	key    jose.SigningKey
	public crypto.PublicKey
	claims map[string]any // of whoever is signed in there
	edit   func(map[string]any)
	codes  map[string]url.Values
	signer *jose.SigningKey // nil: key
}

const (
	clientID     = "parley"
	clientSecret = "a client's secret"
)

func newProvider(t *testing.T, alg jose.SignatureAlgorithm) *provider {
	t.Helper()
	p := &provider{T: t, now: time.Now, codes: map[string]url.Values{}}
	p.key, p.public = signingKey(t, alg)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.public, KeyID: "k1", Algorithm: string(alg), Use: "sig"}}})
	})
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

func signingKey(t *testing.T, alg jose.SignatureAlgorithm) (jose.SigningKey, crypto.PublicKey) {
	t.Helper()
	var private crypto.Signer
	var err error
	if alg == jose.ES256 {
		private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	} else {
		private, err = rsa.GenerateKey(rand.Reader, 2048)
	}
	if err != nil {
		t.Fatal(err)
	}
	return jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: private, KeyID: "k1"}}, private.Public()
}

// as is who is signed in at the provider from now on.
func (p *provider) as(claims map[string]any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.claims = claims
}

func (p *provider) discovery(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down {
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{
		"issuer": p.url, "authorization_endpoint": p.url + "/authorize", "token_endpoint": p.url + "/token", "jwks_uri": p.url + "/keys",
		"id_token_signing_alg_values_supported": []string{string(p.key.Algorithm)}, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
	})
}

func (p *provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	for name, want := range map[string]string{"client_id": clientID, "response_type": "code", "code_challenge_method": "S256", "scope": "openid profile email"} {
		if q.Get(name) != want {
			p.Errorf("%s is %q", name, q.Get(name))
		}
	}
	if len(q.Get("state")) < 20 || len(q.Get("nonce")) < 20 || len(q.Get("code_challenge")) != 43 {
		p.Errorf("state, nonce and challenge are %v", q)
	}
	code := rand.Text()
	p.mu.Lock()
	p.codes[code] = q
	p.mu.Unlock()
	back := url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {p.url}}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id, key, _ := r.BasicAuth()
	key, _ = url.QueryUnescape(key)
	asked, ok := p.codes[r.PostFormValue("code")]
	delete(p.codes, r.PostFormValue("code"))
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !ok || id != clientID || key != clientSecret || r.PostFormValue("redirect_uri") != asked.Get("redirect_uri") ||
		asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	claims := map[string]any{"iss": p.url, "aud": clientID, "exp": p.now().Add(time.Minute).Unix(), "iat": p.now().Unix(), "nonce": asked.Get("nonce")}
	for name, value := range p.claims {
		claims[name] = value
	}
	if p.edit != nil {
		p.edit(claims)
	}
	key0 := p.key
	if p.signer != nil {
		key0 = *p.signer
	}
	signer, err := jose.NewSigner(key0, nil)
	if err != nil {
		p.Error(err)
		return
	}
	raw, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		p.Error(err)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": raw})
}

// ssoHouse is a house that signs people on at p.
func ssoHouse(t *testing.T, p *provider, edit ...func(*config.OIDC)) *house {
	t.Helper()
	h := newHouse(t, func(c *staff.Config) {
		c.SignIn.URL = "http://localhost:8081"
		c.SignIn.OIDC = config.OIDC{Issuer: p.url, ClientID: clientID, ClientSecret: clientSecret, RoleClaim: "groups",
			Roles: map[string]string{"parley-agents": "agent", "parley-leads": "supervisor", "parley-audit": "auditor", "parley-admins": "admin"}}
		for _, e := range edit {
			e(&c.SignIn.OIDC)
		}
	})
	p.now = h.now
	return h
}

// visit goes to the provider, and gives the path by which it sends the browser back.
func (b *browser) visit(back string) string {
	b.h.Helper()
	r := b.do("GET", "/desk/oidc/start?return="+url.QueryEscape(back), nil)
	if r.status != http.StatusFound {
		b.h.Fatalf("got %d: %s %s", r.status, r.header.Get("Location"), r.text)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	req, err := http.NewRequestWithContext(b.h.Context(), http.MethodGet, r.header.Get("Location"), nil)
	if err != nil {
		b.h.Fatal(err)
	}
	answer, err := client.Do(req)
	if err != nil {
		b.h.Fatal(err)
	}
	_ = answer.Body.Close()
	u, err := answer.Location()
	if err != nil || u.Host != "localhost:8081" {
		b.h.Fatal(u, err)
	}
	return u.RequestURI()
}

// signOn goes there and back, and gives where the desk sends the browser then.
func (b *browser) signOn() string {
	b.h.Helper()
	return b.do("GET", b.visit("/desk/inbox"), nil).header.Get("Location")
}
