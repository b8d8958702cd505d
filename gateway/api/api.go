// Package api is the REST API under /api/v1: accounts, conversations, hand-offs.
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
}

// caller is who makes a request; what it does is recorded under its name.
type caller struct{ Name, Role string }

type callerKey struct{}

// Register puts the API on a mux.
func (a *API) Register(mux *http.ServeMux) {
	cfg := huma.DefaultConfig("Parley", a.Version)
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "/api/v1/openapi", "", "/api/v1/schemas"
	cfg.CreateHooks = nil // no $schema links in answers
	cfg.Transformers = append(cfg.Transformers, withoutValues)
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"key": {Type: "http", Scheme: "bearer"}}
	cfg.Security = []map[string][]string{{"key": {}}}
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
	mux.HandleFunc(fallback, otherwise(mux))
}

// authenticate demands a bearer key, compared in constant time.
func (a *API) authenticate(h huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		token, ok := strings.CutPrefix(ctx.Header("Authorization"), "Bearer ")
		who, found := a.whose(token)
		if !ok || !found {
			ctx.SetHeader("WWW-Authenticate", `Bearer realm="parley"`)
			_ = huma.WriteErr(h, ctx, http.StatusUnauthorized, "a bearer key is needed: Authorization: Bearer KEY")
			return
		}
		next(huma.WithValue(ctx, callerKey{}, who))
	}
}

func (a *API) whose(token string) (caller, bool) {
	given := sha256.Sum256([]byte(token))
	var who caller
	found := 0
	for _, k := range a.Keys {
		want := sha256.Sum256([]byte(k.Key))
		if subtle.ConstantTimeCompare(given[:], want[:]) == 1 {
			who, found = caller{k.Name, k.Role}, 1
		}
	}
	return who, found == 1
}

func who(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// may refuses a role that is not among those allowed; a key without a role may do everything.
func may(ctx context.Context, roles ...string) error {
	role := who(ctx).Role
	if role == "" || role == "admin" {
		return nil
	}
	for _, r := range roles {
		if r == role {
			return nil
		}
	}
	return huma.Error403Forbidden("the role " + role + " may not do this")
}

func (a *API) now() time.Time { return a.Env.Now().UTC() }

func operation(method, path, id, summary string, status int) huma.Operation {
	return huma.Operation{Method: method, Path: "/api/v1" + path, OperationID: id, Summary: summary, DefaultStatus: status, MaxBodyBytes: 1 << 20}
}
