package demo

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"

	"parley/channels/sms/twiliotest"
	"parley/channels/voice/voicetest"
	"parley/channels/webchat"
	"parley/compliance"
	"parley/dialog"
	"parley/gateway/store"
)

//go:embed assets
var assets embed.FS

// Deps are what the page needs.
type Deps struct {
	Record store.Store
	// Text posts a signed webhook as if a telephone had sent a message.
	Text func(ctx context.Context, from, body string) error
	// Provider is the stand-in; nil where a real one is configured, and then there is no phone.
	Provider *twiliotest.Server
	// Calls is the stand-in that carries calls; nil where there is none.
	Calls            *voicetest.Twilio
	Number           string // the gateway's
	Brand, Assistant string
	Model            string // who finds the words
	Now              func() time.Time
}

// Page is the demonstration's page. It shows traces to whoever opens it, which is
// why it exists with --demo only.
type Page struct{ deps Deps }

// NewPage makes the page.
func NewPage(d Deps) *Page { return &Page{d} }

// files are the page's own, by the path they are served under.
var files = []struct{ path, name, kind string }{
	{"/demo", "index.html", kindHTML},
	{"/demo/demo.css", "demo.css", kindCSS},
	{"/demo/demo.js", "demo.js", kindJS},
	{"/demo/talk.js", "talk.js", kindJS},
	{"/demo/state.js", "state.js", kindJS},
	{"/demo/steps.js", "steps.js", kindJS},
	{"/demo/notes.js", "notes.js", kindJS},
	{"/demo/kit.js", "kit.js", kindJS},
	{"/demo/call.js", "call.js", kindJS},
	{"/demo/voice.js", "voice.js", kindJS},
}

const (
	kindHTML = "text/html; charset=utf-8"
	kindCSS  = "text/css; charset=utf-8"
	kindJS   = "text/javascript; charset=utf-8"
)

// small is a style sheet or script without its comments and spaces; what can't be made smaller stays as it is.
func small(kind string, body []byte) []byte {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	if made, err := m.Bytes(kind, body); err == nil {
		return made
	}
	return body
}

// Routes registers it.
func (p *Page) Routes(mux *http.ServeMux) {
	for _, f := range files {
		body, err := assets.ReadFile("assets/" + f.name)
		if err != nil {
			panic("demo: this build lacks " + f.name) // embedded: it can't happen in a built program
		}
		mux.HandleFunc("GET "+f.path, asset(small(f.kind, body), f.kind))
	}
	mux.HandleFunc("GET /demo/tokens.css", asset(small(kindCSS, []byte(webchat.TokensCSS)), kindCSS))
	for pattern, h := range map[string]http.HandlerFunc{"GET /demo/people": p.people, "POST /demo/texts": p.text, "GET /demo/texts": p.texts,
		"GET /demo/trace": p.trace, "GET /demo/call": p.call} {
		mux.HandleFunc(pattern, p.invented(h))
	}
}

// invented lets through what is asked where everybody is invented. With a real provider real people write, and
// what they said is for this machine alone: whoever can reach the gateway's webhooks must not read it.
func (p *Page) invented(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if p.deps.Provider == nil && !fromHere(r) {
			fail(w, http.StatusForbidden, "a real provider is configured: what people wrote is shown on the gateway's own machine only")
			return
		}
		h(w, r)
	}
}

// fromHere reports whether a request comes from this machine, to an address of it, and not through a proxy or tunnel.
func fromHere(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !at.Addr().Unmap().IsLoopback() || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	host := (&url.URL{Host: r.Host}).Hostname()
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// csp lets the page run its own scripts and talk to its own server, nothing else.
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

func asset(body []byte, kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", kind)
		h.Set("Content-Security-Policy", csp)
		h.Set("Cache-Control", "no-cache")
		h.Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write(body) // the client may be gone
	}
}

// person is somebody to be in the demonstration.
type person struct {
	Name     string   `json:"name"`
	Phone    string   `json:"phone"`
	Zip      string   `json:"zip"`
	Born     string   `json:"born"`
	Language string   `json:"language"`
	Account  string   `json:"account"`
	Balance  string   `json:"balance"`
	State    string   `json:"state"`
	Flags    []string `json:"flags"`
	// Surplus is what is left to them each month, Payday when they are paid; "" where the file does not say.
	Surplus string `json:"surplus"`
	Payday  string `json:"payday"`
}

// stepRule is what a step does, for the page to show before anything has happened.
type stepRule struct {
	Name     dialog.Step `json:"name"`
	Does     string      `json:"does"`
	Fallback string      `json:"fallback"`
}

// people tells who one can be, from the sample file: the record itself keeps no birth dates.
func (p *Page) people(w http.ResponseWriter, r *http.Request) {
	var accounts []struct {
		ID     string
		Person struct {
			Name, Language, State, Zip string
			BirthDate                  string `json:"birth_date"`
			Addresses                  []struct{ Channel, Value string }
		}
		Balance  struct{ Amount string }
		Finances struct {
			MonthlySurplus string `json:"monthly_surplus"`
			Payday         string
		}
		Flags map[string]bool
	}
	if err := json.Unmarshal(Accounts, &accounts); err != nil {
		fail(w, http.StatusInternalServerError, "the sample accounts can't be read")
		return
	}
	out := struct {
		Brand     string     `json:"brand"`
		Assistant string     `json:"assistant"`
		Model     string     `json:"model"`
		Number    string     `json:"number"`
		Phone     bool       `json:"phone"`    // the stand-in is there to text through
		Calls     bool       `json:"calls"`    // and the one to call through
		BuiltIn   bool       `json:"built_in"` // no language model is connected
		People    []person   `json:"people"`
		Steps     []stepRule `json:"steps"`
		// Rules are title and source of each rule, by id.
		Rules map[string][2]string `json:"rules"`
	}{p.deps.Brand, p.deps.Assistant, p.deps.Model, p.deps.Number, p.deps.Provider != nil, p.deps.Calls != nil,
		strings.HasPrefix(p.deps.Model, "built-in"), []person{}, []stepRule{}, rules()}
	for _, s := range dialog.StepRules {
		out.Steps = append(out.Steps, stepRule{s.Step, s.Does, s.Fallback})
	}
	for _, a := range accounts {
		who := person{Name: a.Person.Name, Zip: a.Person.Zip, Language: a.Person.Language, Account: a.ID, Balance: a.Balance.Amount, State: a.Person.State, Flags: []string{},
			Surplus: a.Finances.MonthlySurplus, Payday: a.Finances.Payday}
		if len(a.Person.BirthDate) >= 4 {
			who.Born = a.Person.BirthDate[:4]
		}
		for _, addr := range a.Person.Addresses {
			if addr.Channel == "sms" {
				who.Phone = addr.Value
			}
		}
		for _, f := range []string{"time_barred", "disputed", "cease", "represented", "bankruptcy", "deceased"} {
			if a.Flags[f] {
				who.Flags = append(who.Flags, f)
			}
		}
		out.People = append(out.People, who)
	}
	reply(w, r, out)
}

// rules are the titles and sources of the rulebook, by id.
func rules() map[string][2]string {
	out := map[string][2]string{}
	for _, r := range compliance.Rules() {
		out[r.ID] = [2]string{r.Title, r.Cite}
	}
	return out
}

// reply answers with JSON, or with 304 to a client that has the same already: the page asks often.
func reply(w http.ResponseWriter, r *http.Request, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		fail(w, http.StatusInternalServerError, "the answer could not be written")
		return
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/json")
	_, _ = w.Write(body) // the client may be gone
}

func fail(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"status": status, "detail": why})
}
