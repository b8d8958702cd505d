package staff_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"parley/dialog"
	"parley/gateway/config"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
)

var secret = []byte("0123456789abcdef0123456789abcdef")

// house is a service on a record of its own.
type house struct {
	*testing.T
	s      *staff.Service
	record store.Store
	mux    *http.ServeMux
	clock  atomic.Int64
	ids    atomic.Int64
}

func newHouse(t *testing.T, edit ...func(*staff.Config)) *house {
	t.Helper()
	record, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	h := &house{T: t, record: record, mux: http.NewServeMux()}
	h.clock.Store(time.Date(2026, 11, 30, 15, 0, 0, 0, time.UTC).UnixNano())
	h.s = h.service(edit...)
	h.s.Routes(h.mux)
	h.mux.Handle("/api/", h.s.Shield(h.s.Middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, _ := staff.From(r.Context())
		fmt.Fprint(w, a.Name)
	}))))
	return h
}

// service is another process on the same record.
func (h *house) service(edit ...func(*staff.Config)) *staff.Service {
	h.Helper()
	cfg := staff.Config{Record: h.record, Now: h.now, NewID: func() string { return fmt.Sprint(h.ids.Add(1)) }, Secret: secret,
		SignIn: config.Default().SignIn, Brand: "Northwind Bank", AdminListen: "127.0.0.1:8081", Argon2: cheap}
	for _, e := range edit {
		e(&cfg)
	}
	s, err := staff.New(cfg)
	if err != nil {
		h.Fatal(err)
	}
	return s
}

func (h *house) now() time.Time { return time.Unix(0, h.clock.Load()).UTC() }

func (h *house) later(d time.Duration) { h.clock.Add(int64(d)) }

// boss may do what an admin may, as the command line does.
func (h *house) boss() context.Context {
	return staff.With(h.Context(), staff.Actor{Name: "operator", Role: staff.Admin})
}

const password = "four unrelated words"

func (h *house) add(name string, role staff.Role, portfolios ...string) staff.Person {
	h.Helper()
	p, made, err := h.s.Add(h.boss(), staff.NewPerson{Name: name, Role: role, Portfolios: portfolios, Password: password})
	if err != nil || made != "" {
		h.Fatal(made, err)
	}
	return p
}

// recorded are the types of what the ledger has of the desk.
func (h *house) recorded() []string {
	h.Helper()
	var types []string
	for _, e := range h.ledger("") {
		types = append(types, strings.TrimPrefix(e.Type, "staff."))
	}
	return types
}

func (h *house) ledger(conversation string) []dialog.LedgerEntry {
	h.Helper()
	all, err := h.record.Ledger(h.Context(), conversation, 0, 500)
	if err != nil {
		h.Fatal(err)
	}
	return all
}

func (h *house) lastEvent() (e dialog.LedgerEntry, body map[string]any) {
	h.Helper()
	all := h.ledger("")
	e = all[len(all)-1]
	if err := json.Unmarshal(e.Body, &body); err != nil {
		h.Fatal(err)
	}
	return e, body
}

// browser keeps cookies, as one does.
type browser struct {
	h       *house
	cookies map[string]string
	ip      string
	header  map[string]string
}

func (h *house) browser() *browser {
	return &browser{h: h, cookies: map[string]string{}, ip: "192.0.2.7", header: map[string]string{}}
}

// reply is what came back.
type reply struct {
	status int
	body   map[string]any
	text   string
	header http.Header
	set    []*http.Cookie
}

func (r reply) code() string { c, _ := r.body["code"].(string); return c }

func (b *browser) do(method, path string, body any) reply {
	b.h.Helper()
	var src bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&src).Encode(body); err != nil {
			b.h.Fatal(err)
		}
	}
	r := httptest.NewRequestWithContext(b.h.Context(), method, path, &src)
	r.RemoteAddr = b.ip + ":4711"
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for k, v := range b.header {
		if k == "Host" {
			r.Host = v
		}
		r.Header.Set(k, v)
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.h.mux.ServeHTTP(w, r)
	out := reply{status: w.Code, header: w.Header(), text: w.Body.String(), set: w.Result().Cookies()}
	_ = json.Unmarshal(w.Body.Bytes(), &out.body)
	for _, c := range out.set {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	return out
}

type m = map[string]any

func (b *browser) signIn(name, password, code string) reply {
	b.h.Helper()
	return b.do("POST", "/desk/session", m{"name": name, "password": password, "code": code})
}

// want fails where an answer is another.
func (r reply) want(t testing.TB, status int, code string) reply {
	t.Helper()
	if r.status != status || r.code() != code {
		t.Errorf("got %d %q, want %d %q: %s", r.status, r.code(), status, code, r.text)
	}
	return r
}

// is is who the browser is taken for by other routes, "" for nobody.
func (b *browser) is(name string) {
	b.h.Helper()
	if got := b.do("GET", "/api/who", nil); got.status != http.StatusOK || got.text != name {
		b.h.Errorf("taken for %q (%d), want %q", got.text, got.status, name)
	}
}

// enrol signs somebody in who must set up a second factor, and gives its secret and the recovery codes.
func (b *browser) enrol(name string) (secret string, codes []string) {
	b.h.Helper()
	r := b.signIn(name, password, "").want(b.h, http.StatusForbidden, "totp_enrol")
	u, err := url.Parse(r.body["uri"].(string))
	if err != nil {
		b.h.Fatal(err)
	}
	secret = u.Query().Get("secret")
	done := b.do("POST", "/desk/session/totp", m{"code": b.h.code(secret)}).want(b.h, http.StatusOK, "")
	for _, c := range done.body["recovery_codes"].([]any) {
		codes = append(codes, c.(string))
	}
	return secret, codes
}

// code is what an authenticator application shows now.
func (h *house) code(secret string) string {
	h.Helper()
	c, err := totp.GenerateCode(secret, h.now())
	if err != nil {
		h.Fatal(err)
	}
	return c
}

func same(t testing.TB, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}
