package staff

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"go.uber.org/zap"
)

type sessionKey struct{}

// sessionOf is the session that [Service.Middleware] found, nil for none.
func sessionOf(r *http.Request) *Session {
	x, _ := r.Context().Value(sessionKey{}).(*Session)
	return x
}

// Middleware puts the actor of a request's session into its context, or nobody; see [From]. Each request asks the
// record, so that a session that was ended is nobody at once. It writes nothing to the response
// but Vary, and may stand around a route twice.
func (s *Service) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		if ctx.Value(sessionKey{}) != nil {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Add("Vary", "Cookie")
		x, err := s.lookup(r)
		if err == nil && x != nil {
			err = s.use(ctx, x)
		}
		if err != nil {
			s.log.Warn("a session can't be looked at", zap.Error(err))
			problemOf(http.StatusServiceUnavailable, "record", "the record did not answer; try again").write(w)
			return
		}
		ctx = context.WithValue(ctx, sessionKey{}, x)
		if x != nil && !x.Enrolling {
			ctx = With(ctx, actorOf(*x, s.ip(r)))
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func actorOf(x Session, ip string) Actor {
	m := x.Member
	return Actor{Name: m.Name, Display: display(m), Role: Role(m.Role), Portfolios: m.Portfolios, Skills: m.Skills, Languages: m.Languages, Session: x.ID, IP: ip}
}

// IP is where a request comes from, behind the proxies that are trusted.
func (s *Service) IP(r *http.Request) string { return s.ip(r) }

func (s *Service) ip(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusts(at); i-- { // each proxy added the one before it, at the end
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = hop
	}
	return at.Unmap().WithZone("").String()
}

func (s *Service) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(a.Unmap().WithZone("")) })
}

// Shield is for everything a cookie can authorise: it refuses requests that another site made a browser send
// (by Sec-Fetch-Site, else by Origin) with a problem document, and sets the headers of [SecureHeaders].
// A WebSocket is opened by GET, which it lets pass: check [Service.SameOrigin].
func (s *Service) Shield(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	if s.cfg.SignIn.URL != "" {
		if u, err := url.Parse(s.cfg.SignIn.URL); err == nil {
			_ = guard.AddTrustedOrigin(u.Scheme + "://" + u.Host) // the configuration was checked
		}
	}
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		problemOf(http.StatusForbidden, "cross_origin", "the request comes from another site").write(w)
	}))
	return SecureHeaders(s.CSP())(noStore(guard.Handler(next)))
}

// SameOrigin reports whether a browser opened a WebSocket from a page of the desk; a request without an Origin is no browser's.
func (s *Service) SameOrigin(r *http.Request) bool {
	text := r.Header.Get("Origin")
	if text == "" {
		return true
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return false
	}
	if ours, err := url.Parse(s.cfg.SignIn.URL); err == nil && ours.Host != "" && u.Scheme == ours.Scheme && u.Host == ours.Host {
		return true
	}
	return strings.EqualFold(u.Host, r.Host)
}

// CSP is the desk's Content-Security-Policy: its own files and its own server, nothing inline, in nobody's frame.
func (s *Service) CSP() string {
	connect := "'self'"
	if u, err := url.Parse(s.cfg.SignIn.URL); err == nil && u.Host != "" {
		connect += " " + map[bool]string{true: "wss://", false: "ws://"}[s.secure()] + u.Host // for browsers whose 'self' holds no WebSocket
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src " + connect +
		"; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
}

// SecureHeaders sets what browsers are told about a page, csp above all.
func SecureHeaders(csp string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Security-Policy", csp)
			h.Set("X-Frame-Options", "DENY")
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "no-referrer")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
			next.ServeHTTP(w, r)
		})
	}
}

// noStore keeps answers out of every cache; a page's files may say otherwise.
func noStore(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
