package staff_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/gateway/config"
	"parley/gateway/desk/staff"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	t.Run("a name and a password open a session, and the record says so", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent, "cards")
		b := h.browser()
		b.do("GET", "/desk/session", nil).want(t, 401, "nobody")
		r := b.signIn(" Dana ", password, "").want(t, 200, "")
		if r.body["name"] != "dana" || r.body["role"] != "agent" || r.header.Get("Cache-Control") == "" {
			t.Errorf("got %s", r.text)
		}
		b.is("dana")
		who := b.do("GET", "/desk/session", nil).want(t, 200, "")
		for _, field := range []string{"permissions", "portfolios", "idle_at", "ends_at", "second_factor"} {
			if who.body[field] == nil {
				t.Errorf("no %s in %s", field, who.text)
			}
		}
		if strings.Contains(who.text, "argon2") || strings.Contains(r.text, password) {
			t.Error("a credential is shown")
		}
		same(t, "recorded", h.recorded(), "added", "signed_in")
		e, body := h.lastEvent()
		if e.Who != "human:dana" || body["ip"] != "192.0.2.7" || body["how"] != "password" || body["session"] == nil {
			t.Errorf("%+v %v", e, body)
		}
		for _, c := range b.cookies {
			if strings.Contains(string(e.Body), c) {
				t.Error("the token is in the ledger")
			}
		}
	})
	t.Run("nothing tells a name that is there from one that isn't", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		h.add("luis", staff.Agent)
		if _, err := h.s.Change(h.boss(), "luis", staff.Patch{Disabled: ptr(true)}); err != nil {
			t.Fatal(err)
		}
		b := h.browser()
		var texts []string
		for _, name := range []string{"dana", "luis", "nobody", "", strings.Repeat("x", 5000)} {
			pass := "wrong password"
			if name == "luis" {
				pass = password
			}
			texts = append(texts, b.signIn(name, pass, "").want(t, 401, "credentials").text)
		}
		for _, text := range texts[1:] {
			if text != texts[0] {
				t.Errorf("%s is not %s", text, texts[0])
			}
		}
		for _, e := range h.ledger("") {
			if strings.Contains(string(e.Body), "nobody") {
				t.Error("a name that is nobody's, and may be a password, was recorded")
			}
		}
	})
	t.Run("a hash that costs another amount is made again", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		h.mux = http.NewServeMux()
		h.service(func(c *staff.Config) { c.Argon2.Memory = 128 }).Routes(h.mux)
		h.browser().signIn("dana", password, "").want(t, 200, "")
		p, err := h.record.StaffByName(t.Context(), "dana")
		if err != nil || !strings.Contains(p.Credentials.Password, "m=128,") {
			t.Errorf("%s, %v", p.Credentials.Password, err)
		}
		h.browser().signIn("dana", password, "").want(t, 200, "")
	})
	t.Run("with local sign-in off there is no password", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(c *staff.Config) { c.SignIn.Local = false })
		h.add("dana", staff.Agent)
		h.browser().signIn("dana", password, "").want(t, 403, "local_off")
	})
	t.Run("a body that isn't what is expected is refused without quoting it", func(t *testing.T) {
		t.Parallel()
		b := newHouse(t).browser()
		for _, body := range []any{m{"name": "dana", "secret": "x"}, []string{"hunter2"}, m{"name": 4}} {
			if r := b.do("POST", "/desk/session", body).want(t, 422, "body"); strings.Contains(r.text, "hunter2") {
				t.Error("quoted")
			}
		}
		b.header["Content-Type"] = "text/plain"
		b.do("POST", "/desk/session", m{"name": "dana"}).want(t, 415, "media_type")
	})
}

func TestTooManyTries(t *testing.T) {
	t.Parallel()
	t.Run("a name is tried ten times within fifteen minutes, from anywhere", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		for i := range 10 {
			b := h.browser()
			b.ip = "192.0.2." + string(rune('0'+i))
			b.signIn("dana", "wrong password", "").want(t, 401, "credentials")
			h.later(time.Second)
		}
		b := h.browser()
		r := b.signIn("dana", password, "").want(t, 429, "limited")
		if r.header.Get("Retry-After") != "890" || r.body["until"] != "2026-11-30T15:15:00Z" {
			t.Errorf("wait %s until %s", r.header.Get("Retry-After"), r.body["until"])
		}
		b.signIn("DANA", password, "").want(t, 429, "limited")
		count := 0
		for _, typ := range h.recorded() {
			if typ == "sign_in_limited" {
				count++
			}
		}
		if count != 1 {
			t.Errorf("recorded %d times", count)
		}
		h.later(15*time.Minute - 10*time.Second)
		b.signIn("dana", password, "").want(t, 200, "")
		for range 10 { // one that succeeds takes the earlier ones back
			b.signIn("dana", "wrong password", "").want(t, 401, "credentials")
		}
	})
	t.Run("a name that is nobody's is limited just so", func(t *testing.T) {
		t.Parallel()
		b := newHouse(t).browser()
		for range 10 {
			b.signIn("nobody", "wrong password", "").want(t, 401, "credentials")
		}
		b.signIn("nobody", "wrong password", "").want(t, 429, "limited")
	})
	t.Run("an address tries fifty, over all names", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		b := h.browser()
		b.ip = "[2001:db8:1:2::1]"
		for i := range 50 {
			b.signIn("name"+string(rune('a'+i%25))+string(rune('a'+i/25)), "wrong password", "").want(t, 401, "credentials")
		}
		b.ip = "[2001:db8:1:2::99]" // the same network
		b.signIn("dana", password, "").want(t, 429, "limited")
		b.ip = "[2001:db8:1:3::1]"
		b.signIn("dana", password, "").want(t, 200, "")
	})
	t.Run("tries at the same moment are counted one by one", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		var all sync.WaitGroup
		status := make([]int, 30)
		for i := range status {
			all.Go(func() { status[i] = h.browser().signIn("dana", "wrong password", "").status })
		}
		all.Wait()
		tried := 0
		for _, s := range status {
			if s == http.StatusUnauthorized {
				tried++
			}
		}
		if tried != 10 {
			t.Errorf("%d were tried", tried)
		}
	})
	t.Run("changing a password is limited as well", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		b := h.browser()
		b.signIn("dana", password, "").want(t, 200, "")
		for range 10 {
			b.do("POST", "/desk/password", m{"current": "wrong password", "new": "another four words"}).want(t, 401, "credentials")
		}
		b.do("POST", "/desk/password", m{"current": password, "new": "another four words"}).want(t, 429, "limited")
	})
	t.Run("the address behind a trusted proxy counts, and no other header does", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(c *staff.Config) { c.SignIn.TrustedProxies = []string{"10.0.0.0/8"} })
		for _, c := range []struct{ remote, forwarded, want string }{
			{"192.0.2.7", "198.51.100.1", "192.0.2.7"},
			{"10.0.0.1", "198.51.100.1", "198.51.100.1"},
			{"10.0.0.1", "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"},
			{"10.0.0.1", "not an address", "10.0.0.1"},
			{"10.0.0.1", "", "10.0.0.1"},
		} {
			b := h.browser()
			b.ip, b.header["X-Forwarded-For"] = c.remote, c.forwarded
			b.signIn("nobody"+c.want+c.forwarded, "x", "").want(t, 401, "credentials")
			if _, body := h.lastEvent(); body["ip"] != c.want {
				t.Errorf("%s by %q is %v", c.remote, c.forwarded, body["ip"])
			}
		}
	})
}

func TestSecondFactor(t *testing.T) {
	t.Parallel()
	t.Run("each privileged role sets one up before anything else", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		for _, role := range staff.PeopleRoles {
			name := "p-" + strings.ReplaceAll(string(role), "_", "-")
			h.add(name, role)
			b := h.browser()
			if !role.Privileged() {
				b.signIn(name, password, "").want(t, 200, "")
				continue
			}
			r := b.signIn(name, password, "").want(t, 403, "totp_enrol")
			if !strings.HasPrefix(r.body["qr"].(string), "data:image/png;base64,") || !strings.HasPrefix(r.body["uri"].(string), "otpauth://totp/Northwind%20Bank:"+name) {
				t.Errorf("%s: %v", role, r.body)
			}
			b.is("") // the session may do nothing else
			b.do("GET", "/desk/session", nil).want(t, 401, "nobody")
			b.do("POST", "/desk/password", m{"current": password, "new": "another four words"}).want(t, 401, "nobody")
		}
	})
	t.Run("a code confirms it, and is needed from then on, each once", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("sue", staff.Supervisor)
		b := h.browser()
		r := b.signIn("sue", password, "").want(t, 403, "totp_enrol")
		first := b.cookies["parley_desk"]
		secret := r.body["secret"].(string)
		b.do("POST", "/desk/session/totp", m{"code": "000000"}).want(t, 401, "credentials")
		used := h.code(secret)
		done := b.do("POST", "/desk/session/totp", m{"code": used}).want(t, 200, "")
		if len(done.body["recovery_codes"].([]any)) != 10 || b.cookies["parley_desk"] == first {
			t.Errorf("%v", done.body)
		}
		b.is("sue")
		other := h.browser()
		other.signIn("sue", password, "").want(t, 401, "totp_needed")
		other.signIn("sue", "wrong password", used).want(t, 401, "credentials")
		other.signIn("sue", password, used).want(t, 401, "credentials") // it was used to confirm
		other.is("")
		h.later(30 * time.Second)
		code := h.code(secret)
		other.signIn("sue", password, code[:3]+" "+code[3:]).want(t, 200, "")
		other.is("sue")
		h.browser().signIn("sue", password, code).want(t, 401, "credentials")
		if _, body := h.lastEvent(); body["reason"] != "code" || body["name"] != "sue" {
			t.Errorf("recorded %v", body)
		}
		b.do("POST", "/desk/session/totp", m{"code": code}).want(t, 409, "totp_enrolled")
	})
	t.Run("one code at the same moment lets one in", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("sue", staff.Supervisor)
		secret, _ := h.browser().enrol("sue")
		h.later(time.Minute)
		code := h.code(secret)
		var all sync.WaitGroup
		status := make([]int, 8)
		for i := range status {
			all.Go(func() { status[i] = h.browser().signIn("sue", password, code).status })
		}
		all.Wait()
		in := 0
		for _, s := range status {
			if s == http.StatusOK {
				in++
			}
		}
		if in != 1 {
			t.Errorf("%d came in", in)
		}
	})
	t.Run("a recovery code stands in once, and is not kept in the clear", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("sue", staff.Supervisor)
		secret, codes := h.browser().enrol("sue")
		r := h.browser().signIn("sue", password, strings.ToUpper(codes[3])).want(t, 200, "")
		if r.body["recovery_codes_left"] != 9.0 {
			t.Errorf("left: %v", r.body["recovery_codes_left"])
		}
		h.browser().signIn("sue", password, codes[3]).want(t, 401, "credentials")
		h.browser().signIn("sue", password, codes[4]).want(t, 200, "")
		p, _ := h.record.StaffByName(t.Context(), "sue")
		kept := strings.Join(p.Credentials.Recovery, " ") + string(p.Credentials.TOTP)
		if strings.Contains(kept, codes[0]) || strings.Contains(kept, strings.ReplaceAll(codes[0], "-", "")) || strings.Contains(kept, secret) {
			t.Error("a code or the secret is kept in the clear")
		}
	})
	t.Run("setting up ends after ten minutes", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("sue", staff.Supervisor)
		b := h.browser()
		r := b.signIn("sue", password, "").want(t, 403, "totp_enrol")
		h.later(10 * time.Minute)
		b.do("POST", "/desk/session/totp", m{"code": h.code(r.body["secret"].(string))}).want(t, 401, "nobody")
	})
	t.Run("of two who set it up one has it", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("sue", staff.Supervisor)
		a, b := h.browser(), h.browser()
		ra := a.signIn("sue", password, "").want(t, 403, "totp_enrol")
		rb := b.signIn("sue", password, "").want(t, 403, "totp_enrol")
		if ra.body["secret"] == rb.body["secret"] {
			t.Error("one sees the other's secret")
		}
		b.do("POST", "/desk/session/totp", m{"code": h.code(rb.body["secret"].(string))}).want(t, 200, "")
		a.do("POST", "/desk/session/totp", m{"code": h.code(ra.body["secret"].(string))}).want(t, 401, "nobody")
		a.is("")
		b.is("sue")
	})
	t.Run("an agent may have one, and gives the password again where signing in is long ago", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		b := h.browser()
		b.signIn("dana", password, "").want(t, 200, "")
		b.do("POST", "/desk/session/totp", m{"code": "123456"}).want(t, 422, "invalid")
		b.do("POST", "/desk/session/totp", m{}).want(t, 200, "")
		b.is("dana") // and goes on working
		h.later(10 * time.Minute)
		b.do("POST", "/desk/session/totp", m{}).want(t, 403, "password_needed")
		b.do("POST", "/desk/session/totp", m{"password": "wrong password"}).want(t, 401, "credentials")
		r := b.do("POST", "/desk/session/totp", m{"password": password}).want(t, 200, "")
		b.do("POST", "/desk/session/totp", m{"code": "000000"}).want(t, 401, "credentials")
		done := b.do("POST", "/desk/session/totp", m{"code": h.code(r.body["secret"].(string))}).want(t, 200, "")
		if done.body["recovery_codes"] == nil {
			t.Errorf("%s", done.text)
		}
		b.is("dana")
		h.browser().signIn("dana", password, "").want(t, 401, "totp_needed")
	})
	t.Run("who must set one up sees the same secret again", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("sue", staff.Supervisor)
		b := h.browser()
		first := b.signIn("sue", password, "").want(t, 403, "totp_enrol")
		again := b.do("POST", "/desk/session/totp", m{}).want(t, 200, "")
		if first.body["secret"] != again.body["secret"] || again.body["qr"] == nil {
			t.Errorf("%v", again.body)
		}
		b.is("")
	})
	t.Run("a secret sealed by another key opens nothing", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("sue", staff.Supervisor)
		secret, _ := h.browser().enrol("sue")
		h.later(time.Minute)
		h.mux = http.NewServeMux()
		h.service(func(c *staff.Config) { c.Secret = []byte("another secret key") }).Routes(h.mux)
		h.browser().signIn("sue", password, h.code(secret)).want(t, 401, "credentials")
	})
}

func TestWhatCanNotStand(t *testing.T) {
	t.Parallel()
	good := staff.Config{Now: time.Now, Secret: secret, SignIn: config.Default().SignIn, AdminListen: "127.0.0.1:8081"}
	for name, edit := range map[string]func(*staff.Config){
		"no secret":      func(c *staff.Config) { c.Secret = nil },
		"a short secret": func(c *staff.Config) { c.Secret = []byte("changeme") },
		"a click's sign-in that others can reach": func(c *staff.Config) { c.Demo, c.AdminListen = true, ":8081" },
		"a proxy that is no address":              func(c *staff.Config) { c.SignIn.TrustedProxies = []string{"inside"} },
	} {
		cfg := good
		edit(&cfg)
		if _, err := staff.New(cfg); err == nil {
			t.Errorf("%s stands", name)
		}
	}
	if _, err := staff.New(good); err != nil {
		t.Error(err)
	}
	for listen, want := range map[string]bool{"127.0.0.1:1": true, "localhost:1": true, "[::1]:1": true, ":1": false, "0.0.0.0:1": false, "10.0.0.1:1": false, "x": false} {
		if staff.Loopback(listen) != want {
			t.Errorf("%s: %v", listen, !want)
		}
	}
	for _, r := range staff.PeopleRoles {
		found := false
		for _, c := range config.DeskRoles {
			found = found || c == string(r)
		}
		if !found || len(config.DeskRoles) != len(staff.PeopleRoles) {
			t.Errorf("the configuration knows %v", config.DeskRoles)
		}
	}
}

func ptr[T any](v T) *T { return &v }
