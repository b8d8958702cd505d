package demo

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"parley/channels/sms/twiliotest"
	"parley/channels/webchat"
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
	Provider         *twiliotest.Server
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

// Routes registers it.
func (p *Page) Routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /demo", p.asset("index.html", "text/html; charset=utf-8"))
	mux.HandleFunc("GET /demo/demo.js", p.asset("demo.js", "text/javascript; charset=utf-8"))
	mux.HandleFunc("GET /demo/demo.css", p.asset("demo.css", "text/css; charset=utf-8"))
	mux.HandleFunc("GET /demo/tokens.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write([]byte(webchat.TokensCSS))
	})
	mux.HandleFunc("GET /demo/people", p.people)
	mux.HandleFunc("POST /demo/texts", p.text)
	mux.HandleFunc("GET /demo/texts", p.texts)
	mux.HandleFunc("GET /demo/trace", p.trace)
}

const csp = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

func (p *Page) asset(name, kind string) http.HandlerFunc {
	body, err := assets.ReadFile("assets/" + name)
	return func(w http.ResponseWriter, _ *http.Request) {
		if err != nil {
			http.Error(w, "this build has no demo page", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Security-Policy", csp)
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(body)
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
}

// people tells who one can be, from the sample file: the record itself keeps no birth dates.
func (p *Page) people(w http.ResponseWriter, _ *http.Request) {
	var accounts []struct {
		ID     string
		Person struct {
			Name, Language, State, Zip string
			BirthDate                  string `json:"birth_date"`
			Addresses                  []struct{ Channel, Value string }
		}
		Balance struct{ Amount string }
		Flags   map[string]bool
	}
	if err := json.Unmarshal(Accounts, &accounts); err != nil {
		fail(w, http.StatusInternalServerError, "the sample accounts can't be read")
		return
	}
	out := struct {
		Brand     string   `json:"brand"`
		Assistant string   `json:"assistant"`
		Model     string   `json:"model"`
		Number    string   `json:"number"`
		Phone     bool     `json:"phone"` // the stand-in is there to text through
		People    []person `json:"people"`
	}{p.deps.Brand, p.deps.Assistant, p.deps.Model, p.deps.Number, p.deps.Provider != nil, []person{}}
	for _, a := range accounts {
		who := person{Name: a.Person.Name, Zip: a.Person.Zip, Language: a.Person.Language, Account: a.ID, Balance: a.Balance.Amount, State: a.Person.State, Flags: []string{}}
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
	reply(w, out)
}

// text sends a text message from the phone.
func (p *Page) text(w http.ResponseWriter, r *http.Request) {
	var in struct{ From, Text string }
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 32<<10)).Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "the message can't be read")
		return
	}
	if p.deps.Provider == nil {
		fail(w, http.StatusConflict, "a real provider is configured: text the gateway's number from a real phone")
		return
	}
	if err := p.deps.Text(r.Context(), in.From, in.Text); err != nil {
		fail(w, http.StatusBadGateway, err.Error())
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// texts is what the phone has sent and received, from the provider's log.
func (p *Page) texts(w http.ResponseWriter, r *http.Request) {
	type text struct {
		ID        string    `json:"id"`
		Direction string    `json:"direction"`
		Text      string    `json:"text"`
		Status    string    `json:"status"`
		At        time.Time `json:"at"`
	}
	out := []text{}
	phone := r.URL.Query().Get("phone")
	if p.deps.Provider != nil {
		for _, m := range p.deps.Provider.Log() {
			switch phone {
			case m.From:
				out = append(out, text{m.SID, "out", m.Body, m.Status, m.CreatedAt})
			case m.To:
				out = append(out, text{m.SID, "in", m.Body, m.Status, m.CreatedAt})
			}
		}
	}
	reply(w, map[string]any{"texts": out})
}

// trace is the conversation of a phone or a chat with every step of every turn.
func (p *Page) trace(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	id := r.URL.Query().Get("conversation")
	if phone := r.URL.Query().Get("phone"); phone != "" {
		var err error
		if id, err = p.deps.Record.OpenConversation(ctx, "sms", phone); err != nil {
			fail(w, http.StatusServiceUnavailable, "the record did not answer")
			return
		}
	}
	if id == "" {
		reply(w, map[string]any{"conversation": nil, "turns": []any{}})
		return
	}
	snap, err := p.deps.Record.Snapshot(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		reply(w, map[string]any{"conversation": nil, "turns": []any{}})
		return
	}
	turns, terr := p.deps.Record.Traces(ctx, id)
	if err != nil || terr != nil {
		fail(w, http.StatusServiceUnavailable, "the record did not answer")
		return
	}
	reply(w, map[string]any{"conversation": summary(snap), "turns": append([]dialog.TurnTrace{}, turns...)})
}

func summary(snap dialog.Snapshot) map[string]any {
	c := snap.Conversation
	out := map[string]any{"id": c.ID, "channel": c.Channel, "control": c.Control, "epoch": c.Epoch, "verified": c.Identity.Verified,
		"language": c.Language, "confidence": c.Confidence, "agreement": nil, "reasons": []string{}}
	if a := c.Agreement; a != nil {
		payments := []map[string]string{}
		for _, i := range a.Terms.Installments {
			payments = append(payments, map[string]string{"due": i.Due.String(), "amount": i.Amount.Decimal()})
		}
		out["agreement"] = map[string]any{"kind": a.Kind, "state": a.State, "total": a.Terms.Total.Decimal(), "installments": payments}
	}
	if c.Handoff.Open() {
		reasons := []string{}
		for _, r := range c.Handoff.Reasons {
			reasons = append(reasons, r.Code)
		}
		out["reasons"] = reasons
	}
	return out
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(v) // the client may be gone
}

func fail(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"status":%d,"detail":%q}`, status, why)
}
