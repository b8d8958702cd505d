package staff_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"parley/gateway/desk/staff"
)

func TestShield(t *testing.T) {
	t.Parallel()
	t.Run("a request another site made a browser send is refused", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(c *staff.Config) { c.SignIn.URL = "https://desk.example.com" })
		h.add("dana", staff.Agent)
		for _, c := range []struct {
			name   string
			header map[string]string
			code   string
		}{
			{"another site", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, "cross_origin"},
			{"a sibling site", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "https://blog.example.com"}, "cross_origin"},
			{"an old browser", map[string]string{"Origin": "https://evil.example"}, "cross_origin"},
			{"a sandboxed frame", map[string]string{"Origin": "null"}, "cross_origin"},
			{"the desk", map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "https://desk.example.com"}, ""},
			{"the desk behind a proxy that names another host", map[string]string{"Origin": "https://desk.example.com"}, ""},
			{"no browser", nil, ""},
		} {
			b := h.browser()
			for k, v := range c.header {
				b.header[k] = v
			}
			status := 200
			if c.code != "" {
				status = 403
			}
			r := b.signIn("dana", password, "").want(t, status, c.code)
			if len(b.cookies) > 0 != (c.code == "") {
				t.Errorf("%s: %v", c.name, r.set)
			}
		}
	})
	t.Run("every answer says what a browser may do", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(c *staff.Config) { c.SignIn.URL = "https://desk.example.com" })
		r := h.browser().do("GET", "/desk/session", nil).want(t, 401, "nobody")
		for name, want := range map[string]string{
			"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
			"Cross-Origin-Opener-Policy": "same-origin", "Vary": "Cookie", "Content-Type": "application/problem+json",
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; " +
				"connect-src 'self' wss://desk.example.com; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
		} {
			if got := r.header.Get(name); got != want {
				t.Errorf("%s: %s", name, got)
			}
		}
	})
	t.Run("a WebSocket is opened from the desk's own pages", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(c *staff.Config) { c.SignIn.URL = "https://desk.example.com" })
		for origin, want := range map[string]bool{"": true, "http://example.com": true, "https://desk.example.com": true, "http://desk.example.com": false, "https://evil.example": false, "null": false, "https://example.com.evil.example": false} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.com/desk/socket", nil)
			if origin != "" {
				r.Header.Set("Origin", origin)
			}
			if got := h.s.SameOrigin(r); got != want {
				t.Errorf("%q: %v", origin, got)
			}
		}
	})
	t.Run("a record that doesn't answer makes nobody somebody", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		b := h.browser()
		b.signIn("dana", password, "").want(t, 200, "")
		_ = h.record.Close()
		b.do("GET", "/api/who", nil).want(t, 503, "record")
	})
}
