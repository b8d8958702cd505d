package staff_test

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/gateway/config"
	"parley/gateway/desk/staff"
	"parley/gateway/store/sqlite"
)

// BenchmarkDesk is what signing in costs each request of the desk, each reading that is recorded already, and each password.
func BenchmarkDesk(b *testing.B) {
	record, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "parley.db"), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer record.Close()
	now := time.Date(2026, 11, 30, 15, 0, 0, 0, time.UTC)
	s, err := staff.New(staff.Config{Record: record, Now: func() time.Time { return now }, NewID: rand.Text, Secret: secret,
		SignIn: config.Default().SignIn, AdminListen: "127.0.0.1:8081", Demo: true})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.SeedDemo(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	mux := http.NewServeMux()
	s.Routes(mux)
	in := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "http://localhost/desk/demo-session", strings.NewReader(`{"name":"dana"}`))
	in.RemoteAddr = "127.0.0.1:1"
	in.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, in)
	if w.Code != http.StatusOK {
		b.Fatal(w.Body)
	}
	b.Run("a request with a session", func(b *testing.B) {
		h := s.Shield(s.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if _, ok := staff.From(r.Context()); !ok {
				b.Error("nobody")
			}
		})))
		for b.Loop() {
			r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/", nil)
			r.AddCookie(w.Result().Cookies()[0])
			h.ServeHTTP(httptest.NewRecorder(), r)
		}
	})
	b.Run("a reading that is recorded already", func(b *testing.B) {
		a := staff.Actor{Name: "dana", Session: "s"}
		for b.Loop() {
			if err := s.RecordRead(b.Context(), a, staff.Read{What: "transcript of a search"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("a password", func(b *testing.B) {
		h := staff.NewHashes(staff.Argon2{Memory: 19456, Time: 2, Threads: 1}, 1)
		for b.Loop() {
			if ok, _, err := h.Verify(b.Context(), "", "wrong"); ok || err != nil {
				b.Fatal(ok, err)
			}
		}
	})
}
