// Package api is the REST API under /api/v1: accounts, conversations, hand-offs, and the desk with its events.
// Errors are RFC 9457 problem documents; unknown fields are a 422 that names them.
package api

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"parley/dialog"
	"parley/gateway/config"
	"parley/gateway/desk"
	"parley/gateway/desk/staff"
	"parley/gateway/live"
	"parley/gateway/store"
)

// API serves the paths. All its dependencies are given.
type API struct {
	Record store.Store
	Engine *dialog.Engine
	Env    dialog.Env
	Keys   []config.APIKey
	// Channels are the names of those that can send.
	Channels []string
	// Wake is called after something was queued or changed.
	Wake func(dialog.Conversation)
	// OpenReference reads what stood for {ref} in a payment link, as of the day it was
	// paid; nil: no link is configured.
	OpenReference func(ref string, at time.Time) (account, conversation string, err error)
	// ChatLink makes the URL that opens the web chat for an account until an instant; "", or
	// nil, where there is nowhere to lead to.
	ChatLink func(account string, until time.Time) string
	// Version is the program's.
	Version string
	// Desk decides who may see and do what. Defaults to one of its own, over the same record, that nothing runs.
	Desk *desk.Service
	// Sessions ties sockets to sessions; nil: there are only keys.
	Sessions Sessions

	sockets sockets
}

// Sessions is what a socket needs to know of sessions; [staff.Service] is it.
type Sessions interface {
	// Attach has end called once when the actor's session is over.
	Attach(ctx context.Context, a staff.Actor, end func()) (detach func(), err error)
	// Use says that the person behind a session is still there.
	Use(ctx context.Context, a staff.Actor) error
	// SameOrigin reports whether a browser opened a WebSocket from a page of the desk.
	SameOrigin(r *http.Request) bool
}

// Register puts the API on a mux.
func (a *API) Register(mux *http.ServeMux) {
	if a.Desk == nil {
		a.Desk = desk.New(desk.Config{Record: a.Record, Engine: a.Engine, Env: a.Env, Live: live.NewLocal(), Wake: a.Wake, Keys: a.Keys})
	}
	cfg := huma.DefaultConfig("Parley", a.Version)
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "/api/v1/openapi", "", "/api/v1/schemas"
	cfg.CreateHooks = nil // no $schema links in answers
	cfg.Transformers = append(cfg.Transformers, withoutValues)
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"key": {Type: "http", Scheme: "bearer"},
		"session": {Type: "apiKey", In: "cookie", Name: "parley_desk", Description: "the session of somebody who works at the desk; __Host-parley_desk over https"}}
	cfg.Security = []map[string][]string{{"key": {}}, {"session": {}}}
	h := humago.New(mux, cfg)
	h.UseMiddleware(a.authenticate(h))
	a.accounts(h)
	a.conversations(h)
	a.export(h)
	a.messages(h)
	a.handoffs(h)
	a.approvals(h)
	a.payments(h)
	a.chatLinks(h)
	a.people(h)
	a.work(h)
	a.keep(h)
	a.oversee(h)
	mux.HandleFunc("GET /api/v1/events", a.events)
	mux.HandleFunc(fallback, otherwise(mux))
}

// authenticate demands a bearer key, compared in constant time, or the session that stands in the context already.
func (a *API) authenticate(h huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		who, ok := a.actor(ctx.Context(), ctx.Header("Authorization"))
		if !ok {
			ctx.SetHeader("WWW-Authenticate", `Bearer realm="parley"`)
			_ = huma.WriteErr(h, ctx, http.StatusUnauthorized, "sign in, or send a bearer key: Authorization: Bearer KEY")
			return
		}
		next(huma.WithContext(ctx, staff.With(ctx.Context(), who)))
	}
}

// actor is who makes a request. One that brings a key is that key's, whatever session its browser has.
func (a *API) actor(ctx context.Context, authorization string) (staff.Actor, bool) {
	if authorization == "" {
		return staff.From(ctx)
	}
	token, ok := strings.CutPrefix(authorization, "Bearer ")
	who, found := a.whose(token)
	return who, ok && found
}

func (a *API) whose(token string) (staff.Actor, bool) {
	given := sha256.Sum256([]byte(token))
	var who staff.Actor
	found := 0
	for _, k := range a.Keys {
		want := sha256.Sum256([]byte(k.Key))
		if subtle.ConstantTimeCompare(given[:], want[:]) == 1 {
			who, found = staff.Actor{Name: k.Name, Display: k.Name, Role: staff.Role(k.Role)}, 1
		}
	}
	return who, found == 1
}

// who makes the request.
func who(ctx context.Context) staff.Actor {
	a, _ := staff.From(ctx)
	return a
}

// inPerson reports whether somebody came by a session: what they are shown is masked.
func inPerson(ctx context.Context) bool { return who(ctx).Session != "" }

func (a *API) now() time.Time { return a.Env.Now().UTC() }

func operation(method, path, id, summary string, status int) huma.Operation {
	return huma.Operation{Method: method, Path: "/api/v1" + path, OperationID: id, Summary: summary, DefaultStatus: status, MaxBodyBytes: 1 << 20}
}
