package staff_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

func TestSessions(t *testing.T) {
	t.Parallel()
	t.Run("a session fixed before signing in is worthless", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		victim, thief := h.browser(), h.browser()
		victim.cookies["parley_desk"] = "a-token-the-thief-knows"
		thief.cookies["parley_desk"] = "a-token-the-thief-knows"
		victim.signIn("dana", password, "").want(t, 200, "")
		if victim.cookies["parley_desk"] == "a-token-the-thief-knows" {
			t.Error("the token was kept")
		}
		victim.is("dana")
		thief.is("")
	})
	t.Run("signing in ends the session the browser had", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		h.add("luis", staff.Agent)
		b, copied := h.browser(), h.browser()
		b.signIn("dana", password, "").want(t, 200, "")
		copied.cookies["parley_desk"] = b.cookies["parley_desk"]
		copied.is("dana")
		b.signIn("luis", password, "").want(t, 200, "")
		b.is("luis")
		copied.is("")
	})
	t.Run("signing out ends it, whoever has a copy of the token", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		b, copied := h.browser(), h.browser()
		b.signIn("dana", password, "").want(t, 200, "")
		copied.cookies["parley_desk"] = b.cookies["parley_desk"]
		b.do("DELETE", "/desk/session", nil).want(t, 204, "")
		if len(b.cookies) != 0 {
			t.Error("the cookie stays")
		}
		copied.is("")
		b.do("DELETE", "/desk/session", nil).want(t, 204, "")
		same(t, "recorded", h.recorded(), "added", "signed_in", "signed_out")
	})
	t.Run("it ends half an hour after its last use, and twelve hours after its first", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		b := h.browser()
		b.signIn("dana", password, "").want(t, 200, "")
		for range 24 {
			h.later(29 * time.Minute)
			b.is("dana")
		}
		h.later(23*time.Minute + 59*time.Second) // 11:59:59
		b.is("dana")
		h.later(time.Second)
		b.is("")
		b.signIn("dana", password, "").want(t, 200, "")
		h.later(30 * time.Minute)
		b.is("")
	})
	t.Run("use is written about once a minute", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		p := h.add("dana", staff.Agent)
		b := h.browser()
		b.signIn("dana", password, "").want(t, 200, "")
		idle := func() time.Time {
			all, err := h.record.StaffSessions(t.Context(), p.ID, h.now())
			if err != nil || len(all) != 1 {
				t.Fatal(all, err)
			}
			return all[0].IdleAt
		}
		first := idle()
		h.later(59 * time.Second)
		b.is("dana")
		if !idle().Equal(first) {
			t.Error("written after 59 seconds")
		}
		h.later(time.Second)
		b.is("dana")
		if !idle().Equal(first.Add(time.Minute)) {
			t.Errorf("moved by %s", idle().Sub(first))
		}
	})
	t.Run("the token is in the cookie and nowhere else", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		p := h.add("dana", staff.Agent)
		b := h.browser()
		b.signIn("dana", password, "").want(t, 200, "")
		all, err := h.record.StaffSessions(t.Context(), p.ID, h.now())
		if err != nil || len(all) != 1 || len(b.cookies["parley_desk"]) < 40 {
			t.Fatal(all, err)
		}
		if s := all[0]; strings.Contains(s.ID+string(s.Data), b.cookies["parley_desk"]) {
			t.Error("the record has the token")
		}
		thief := h.browser()
		thief.cookies["parley_desk"] = all[0].ID
		thief.is("")
	})
	t.Run("the cookie is as closed as it can be", func(t *testing.T) {
		t.Parallel()
		for _, c := range []struct {
			name, url string
			sso       bool
			want      string
		}{
			{"plain", "", false, "parley_desk=T; Path=/; HttpOnly; SameSite=Strict"},
			{"https", "https://desk.example.com", false, "__Host-parley_desk=T; Path=/; HttpOnly; Secure; SameSite=Strict"},
			{"https with a provider", "https://desk.example.com", true, "__Host-parley_desk=T; Path=/; HttpOnly; Secure; SameSite=Lax"},
		} {
			h := newHouse(t, func(cfg *staff.Config) {
				cfg.SignIn.URL = c.url
				if c.sso {
					cfg.SignIn.OIDC.Issuer = "https://id.example.com"
				}
			})
			h.add("dana", staff.Agent)
			r := h.browser().signIn("dana", password, "").want(t, 200, "")
			got := strings.Replace(r.header.Get("Set-Cookie"), r.set[0].Value, "T", 1)
			if got != c.want {
				t.Errorf("%s: %s", c.name, got)
			}
		}
	})
	t.Run("what is over is swept", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		p := h.add("dana", staff.Agent)
		h.browser().signIn("dana", password, "").want(t, 200, "")
		h.later(31 * time.Minute)
		if err := h.s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.later(-31 * time.Minute)
		if all, err := h.record.StaffSessions(t.Context(), p.ID, h.now()); err != nil || len(all) != 0 {
			t.Errorf("left: %v %v", all, err)
		}
	})
}

func TestChangesEndSessions(t *testing.T) {
	t.Parallel()
	supervisor := staff.Supervisor
	for name, c := range map[string]struct {
		patch staff.Patch
		ends  bool
	}{
		"a new role":       {staff.Patch{Role: &supervisor}, true},
		"being disabled":   {staff.Patch{Disabled: ptr(true)}, true},
		"a new password":   {staff.Patch{Password: ptr("another four words")}, true},
		"other portfolios": {staff.Patch{Portfolios: &[]string{"loans"}}, true},
		"being signed out": {staff.Patch{EndSessions: true}, true},
		"another name":     {staff.Patch{Display: ptr("Dana W.")}, false},
		"another capacity": {staff.Patch{Capacity: ptr(7)}, false},
		"the role as is":   {staff.Patch{Role: ptr(staff.Agent)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.add("dana", staff.Agent, "cards")
			b := h.browser()
			b.signIn("dana", password, "").want(t, 200, "")
			done := make(chan struct{})
			if _, err := h.s.Attach(t.Context(), h.actor(b), func() { close(done) }); err != nil {
				t.Fatal(err)
			}
			if _, err := h.s.Change(h.boss(), "dana", c.patch); err != nil {
				t.Fatal(err)
			}
			if c.ends {
				b.is("")
				<-done // the socket dies with it
				if got := h.recorded(); got[len(got)-1] != "sessions_ended" {
					t.Errorf("recorded %v", got)
				}
				return
			}
			b.is("dana")
			select {
			case <-done:
				t.Error("the socket was ended")
			default:
			}
		})
	}
	t.Run("a second factor taken away ends them, and is set up anew", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("sue", staff.Supervisor)
		b := h.browser()
		_, codes := b.enrol("sue")
		b.is("sue")
		if _, err := h.s.Change(h.boss(), "sue", staff.Patch{ResetTOTP: true}); err != nil {
			t.Fatal(err)
		}
		b.is("")
		b.signIn("sue", password, codes[0]).want(t, 403, "totp_enrol")
	})
	t.Run("one's own new password ends all but the new session", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		here, there := h.browser(), h.browser()
		here.signIn("dana", password, "").want(t, 200, "")
		there.signIn("dana", password, "").want(t, 200, "")
		old := here.cookies["parley_desk"]
		here.do("POST", "/desk/password", m{"current": "wrong password", "new": "another four words"}).want(t, 401, "credentials")
		here.do("POST", "/desk/password", m{"current": password, "new": "password1234"}).want(t, 422, "invalid")
		here.do("POST", "/desk/password", m{"current": password, "new": "another four words"}).want(t, 200, "")
		here.is("dana")
		there.is("")
		if here.cookies["parley_desk"] == old {
			t.Error("the token is the old one")
		}
		h.browser().signIn("dana", password, "").want(t, 401, "credentials")
		h.browser().signIn("dana", "another four words", "").want(t, 200, "")
	})
}

// actor is who a browser is, as a route sees it.
func (h *house) actor(b *browser) staff.Actor {
	h.Helper()
	var a staff.Actor
	r := httptest.NewRequestWithContext(h.Context(), http.MethodGet, "/", nil)
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	h.s.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { a, _ = staff.From(r.Context()) })).ServeHTTP(httptest.NewRecorder(), r)
	return a
}

func TestWhatHangsOnASession(t *testing.T) {
	t.Parallel()
	signedIn := func(t *testing.T) (*house, *browser, staff.Actor, chan struct{}, func()) {
		h := newHouse(t)
		h.add("dana", staff.Agent)
		b := h.browser()
		b.signIn("dana", password, "").want(t, 200, "")
		a := h.actor(b)
		done := make(chan struct{})
		detach, err := h.s.Attach(t.Context(), a, func() { close(done) })
		if err != nil {
			t.Fatal(err)
		}
		return h, b, a, done, detach
	}
	t.Run("it ends with signing out", func(t *testing.T) {
		t.Parallel()
		_, b, _, done, _ := signedIn(t)
		b.do("DELETE", "/desk/session", nil).want(t, 204, "")
		<-done
	})
	t.Run("it ends when another process ends the session", func(t *testing.T) {
		t.Parallel()
		h, _, _, done, _ := signedIn(t)
		if _, err := h.service().Change(h.boss(), "dana", staff.Patch{Disabled: ptr(true)}); err != nil {
			t.Fatal(err)
		}
		h.s.Watch(t.Context())
		<-done
	})
	t.Run("it ends when the session's time has run out, which use puts off", func(t *testing.T) {
		t.Parallel()
		h, _, a, done, _ := signedIn(t)
		h.later(29 * time.Minute)
		if err := h.s.Use(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		h.later(29 * time.Minute)
		h.s.Watch(t.Context())
		select {
		case <-done:
			t.Error("too early")
		default:
		}
		h.later(time.Minute)
		h.s.Watch(t.Context())
		<-done
		if err := h.s.Use(t.Context(), a); err == nil {
			t.Error("a session that is over was used")
		}
	})
	t.Run("what was detached is left alone", func(t *testing.T) {
		t.Parallel()
		_, b, _, done, detach := signedIn(t)
		detach()
		b.do("DELETE", "/desk/session", nil).want(t, 204, "")
		select {
		case <-done:
			t.Error("ended")
		default:
		}
	})
	t.Run("nothing hangs on a session that is over", func(t *testing.T) {
		t.Parallel()
		h, b, a, _, _ := signedIn(t)
		b.do("DELETE", "/desk/session", nil).want(t, 204, "")
		if _, err := h.s.Attach(t.Context(), a, func() { t.Error("ended") }); err == nil {
			t.Error("it was attached")
		}
	})
	t.Run("a key has no session, and nothing ends it", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		detach, err := h.s.Attach(t.Context(), staff.Actor{Name: "crm"}, func() { t.Error("ended") })
		if err != nil {
			t.Fatal(err)
		}
		detach()
	})
}

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

func TestRecordRead(t *testing.T) {
	t.Parallel()
	reads := func(h *house, conversation string) (n int) {
		for _, e := range h.ledger(conversation) {
			if e.Type == store.EventRecordRead {
				n++
			}
		}
		return n
	}
	t.Run("a reading is recorded once in five minutes", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		dana := staff.Actor{Name: "dana", Role: staff.Agent, Session: "s1", IP: "192.0.2.7"}
		one := staff.Read{What: "account", Account: "acct-1"}
		record := func(a staff.Actor, r staff.Read, want int) {
			t.Helper()
			if err := h.s.RecordRead(t.Context(), a, r); err != nil {
				t.Fatal(err)
			}
			if got := reads(h, ""); got != want {
				t.Errorf("%d are recorded, want %d", got, want)
			}
		}
		record(dana, one, 1)
		h.later(5*time.Minute - 1)
		record(dana, one, 1)
		record(dana, staff.Read{What: "account", Account: "acct-2"}, 2)
		record(dana, staff.Read{What: "reveal birth date", Account: "acct-1"}, 3)
		other := dana
		other.Session = "s2"
		record(other, one, 4)
		h.later(1)
		record(dana, one, 5)
		record(dana, staff.Read{What: "account", Account: "acct-1", Why: "called in"}, 6)
		record(dana, staff.Read{What: "account", Account: "acct-1", Why: "called in"}, 7)
		e, body := h.lastEvent()
		if e.Who != "human:dana" || body["session"] != "s1" || body["ip"] != "192.0.2.7" || body["account"] != "acct-1" || body["why"] != "called in" || body["through"] != "desk" {
			t.Errorf("%+v %v", e, body)
		}
	})
	t.Run("what can't be recorded is an error, and not remembered as done", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		r := staff.Read{What: "account", Account: "acct-1"}
		if err := h.s.RecordRead(ctx, staff.Actor{Name: "dana"}, r); err == nil {
			t.Error("no error")
		}
		if err := h.s.RecordRead(t.Context(), staff.Actor{Name: "dana"}, staff.Read{What: "transcript", Conversation: "none"}); err == nil {
			t.Error("a conversation that isn't there was read")
		}
		if err := h.s.RecordRead(t.Context(), staff.Actor{Name: "dana"}, r); err != nil || reads(h, "") != 1 {
			t.Errorf("%v, %d", err, reads(h, ""))
		}
	})
}

func TestTheLedgerHoldsNoCredential(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add("sue", staff.Supervisor)
	b := h.browser()
	secret, codes := b.enrol("sue")
	b.do("POST", "/desk/password", m{"current": password, "new": "another four words"}).want(t, 200, "")
	never := slices.Concat([]string{password, "another four words", secret, "argon2"}, codes)
	for _, c := range b.cookies {
		never = append(never, c)
	}
	for _, e := range h.ledger("") {
		for _, text := range never {
			if strings.Contains(string(e.Body), text) {
				t.Errorf("%s holds a credential", e.Type)
			}
		}
	}
	if _, broken, err := h.record.Verify(t.Context()); err != nil || broken != 0 {
		t.Errorf("entry %d is broken: %v", broken, err)
	}
}
