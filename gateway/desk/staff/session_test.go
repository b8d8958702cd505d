package staff_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/gateway/desk/staff"
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
