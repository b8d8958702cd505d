package gateway

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"go.uber.org/zap"

	"parley/gateway/api"
	"parley/gateway/desk/page"
)

// Version is the program's; a release sets it when linking.
var Version = "dev"

// wireHTTP puts the pages and the API on the two listeners.
func (g *Gateway) wireHTTP(isDemo bool) error {
	g.api = &api.API{Record: g.Record, Engine: g.Engine, Env: g.env, Keys: g.desk.Keys, Wake: g.acted, Version: Version,
		OpenReference: newPaymentRefs(g.Config.SecretKey).open, ChatLink: g.chatLink, Desk: g.desk, Sessions: g.staff}
	for name := range g.channels {
		g.api.Channels = append(g.api.Channels, name)
	}
	g.api.Register(g.admin)
	g.staff.Routes(g.admin)
	page.Register(g.admin)
	g.admin.Handle("GET /metrics", g.metrics.handler())
	for _, mux := range []*http.ServeMux{g.public, g.admin} {
		mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok\n") })
		mux.HandleFunc("GET /readyz", g.ready)
	}
	home := "/chat"
	if isDemo {
		home = "/demo"
		g.demo.routes(g.public)
	}
	g.public.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, home, http.StatusFound) })
	return nil
}

// adminHandler knows who is signed in, and refuses what another site had a browser send.
func (g *Gateway) adminHandler() http.Handler {
	return g.staff.Shield(g.staff.Middleware(g.handler(g.admin)))
}

// ready says whether the record can be written: without it nothing may be acknowledged.
func (g *Gateway) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := g.Record.Ping(ctx); err != nil {
		plain(w, http.StatusServiceUnavailable, "the record can't be written\n")
		return
	}
	plain(w, http.StatusOK, "ready\n")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // the client may be gone; nothing to do about it
}

// handler wraps a listener's routes: no request brings the process down, every
// one is measured, and none is logged with its content.
func (g *Gateway) handler(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		status := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // the sentinel itself is what is thrown
					panic(p)
				}
				g.log.Error("request panicked", zap.String("route", r.Pattern), zap.Stack("stack"))
				http.Error(status, "internal error", http.StatusInternalServerError)
			}
			if !status.hijacked {
				g.metrics.inbound.WithLabelValues(r.Pattern, strconv.Itoa(status.status)).Observe(time.Since(started).Seconds())
			}
		}()
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		mux.ServeHTTP(status, r)
	})
}
