package staff_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

func TestPeople(t *testing.T) {
	t.Parallel()
	t.Run("who may not change people doesn't", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		for _, role := range append(staff.PeopleRoles, staff.Viewer, staff.Integrator, "owner") {
			ctx := staff.With(t.Context(), staff.Actor{Name: "x", Role: role})
			_, _, err := h.s.Add(ctx, staff.NewPerson{Name: "eve", Role: staff.Admin})
			_, cerr := h.s.Change(ctx, "dana", staff.Patch{Role: ptr(staff.Admin)})
			var denied staff.Denied
			refused := errors.As(err, &denied) && errors.As(cerr, &denied)
			if refused == (role == staff.Admin) {
				t.Errorf("%s: %v, %v", role, err, cerr)
			}
		}
		if _, _, err := h.s.Add(context.Background(), staff.NewPerson{}); !errors.Is(err, staff.ErrNobody) {
			t.Errorf("nobody: %v", err)
		}
		if _, err := h.s.Sessions(staff.With(t.Context(), staff.Actor{Role: staff.Agent}), staff.Person{ID: "1"}); err == nil {
			t.Error("an agent lists sessions")
		}
		if _, err := h.s.People(staff.With(t.Context(), staff.Actor{Role: staff.Agent})); err == nil {
			t.Error("an agent lists people")
		}
	})
	t.Run("nobody has the name the record knows somebody else by", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(c *staff.Config) { c.Keys = []string{"CRM"} })
		for _, name := range []string{"service", "bot", "router", "crm", "Crm "} {
			if _, _, err := h.s.Add(h.boss(), staff.NewPerson{Name: name, Role: staff.Agent}); !errors.Is(err, store.ErrTaken) {
				t.Errorf("%q: %v", name, err)
			}
		}
		if got := h.recorded(); len(got) != 0 {
			t.Errorf("recorded %v", got)
		}
	})
	t.Run("a mistake is named by its field and not quoted", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		for field, n := range map[string]staff.NewPerson{
			"name":     {Name: "has space", Role: staff.Agent},
			"role":     {Name: "eve", Role: "owner"},
			"password": {Name: "eve", Role: staff.Agent, Password: "hunter2"},
			"display":  {Name: "eve", Role: staff.Agent, Display: "two\nlines"},
			"capacity": {Name: "eve", Role: staff.Agent, Capacity: -1},
			"email":    {Name: "eve", Role: staff.Agent, Email: strings.Repeat("x", 300)},
		} {
			_, _, err := h.s.Add(h.boss(), n)
			var invalid *staff.Invalid
			if !errors.As(err, &invalid) || invalid.Field != field || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%s: %v", field, err)
			}
		}
		if got := h.recorded(); len(got) != 0 {
			t.Errorf("recorded %v", got)
		}
	})
	t.Run("a password is made where none is given, and works", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		_, made, err := h.s.Add(h.boss(), staff.NewPerson{Name: "Dana", Role: staff.Agent})
		if err != nil || len(made) < 16 {
			t.Fatal(made, err)
		}
		h.browser().signIn("dana", made, "").want(t, 200, "")
		if _, _, err := h.s.Add(h.boss(), staff.NewPerson{Name: "DANA", Role: staff.Agent}); !errors.Is(err, store.ErrTaken) {
			t.Errorf("again: %v", err)
		}
	})
	t.Run("nobody changes their own role, or shuts themselves out", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("adam", staff.Admin)
		ctx := staff.With(t.Context(), staff.Actor{Name: "adam", Role: staff.Admin, Session: "s"})
		for _, p := range []staff.Patch{{Role: ptr(staff.Supervisor)}, {Disabled: ptr(true)}, {ResetTOTP: true}, {Password: ptr("another four words")}, {Portfolios: &[]string{"x"}}} {
			if _, err := h.s.Change(ctx, "Adam", p); !errors.Is(err, staff.ErrSelf) {
				t.Errorf("%+v: %v", p, err)
			}
		}
		if _, err := h.s.Change(ctx, "adam", staff.Patch{Display: ptr("Adam")}); err != nil {
			t.Error(err)
		}
	})
	t.Run("a change decided on what is no longer so is refused", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		one, err := h.s.Change(h.boss(), "dana", staff.Patch{Display: ptr("D."), Version: 1})
		if err != nil || one.Display != "D." {
			t.Fatal(one, err)
		}
		if _, err := h.s.Change(h.boss(), "dana", staff.Patch{Display: ptr("E."), Version: 1}); !errors.Is(err, staff.ErrChanged) {
			t.Errorf("got %v", err)
		}
		if _, err := h.s.Change(h.boss(), "nobody", staff.Patch{}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("nobody: %v", err)
		}
	})
	t.Run("a change says who did what", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		if _, err := h.s.Change(h.boss(), "dana", staff.Patch{Role: ptr(staff.SeniorAgent)}); err != nil {
			t.Fatal(err)
		}
		all := h.ledger("")
		e := all[len(all)-2]
		if e.Type != store.EventStaffChanged || e.Who != "human:operator" || !strings.Contains(string(e.Body), `"role_before":"agent"`) {
			t.Errorf("%s by %s: %s", e.Type, e.Who, e.Body)
		}
	})
}

func TestDemo(t *testing.T) {
	t.Parallel()
	demo := func(t *testing.T) (*house, *browser) {
		h := newHouse(t, func(c *staff.Config) { c.Demo = true })
		for range 2 { // again changes nothing
			if err := h.s.SeedDemo(t.Context(), map[string]string{"dana": password}); err != nil {
				t.Fatal(err)
			}
		}
		b := h.browser()
		b.ip, b.header["Host"] = "127.0.0.1", "localhost:8081"
		return h, b
	}
	t.Run("a click signs in as any of its people, second factor or not", func(t *testing.T) {
		t.Parallel()
		h, b := demo(t)
		options := b.do("GET", "/desk/signin-options", nil).want(t, 200, "").body
		if ways := b.do("GET", "/desk/session", nil).want(t, 401, "nobody").body["ways"]; !reflect.DeepEqual(ways, any(options)) {
			t.Errorf("%v is not %v", ways, options)
		}
		choices := options["demo"].([]any)
		if len(choices) != 7 {
			t.Fatalf("%v", choices)
		}
		for _, c := range choices {
			name := c.(map[string]any)["name"].(string)
			b.do("POST", "/desk/demo-session", m{"name": name}).want(t, 200, "")
			b.is(name)
		}
		h.browser().signIn("dana", password, "").want(t, 200, "")
		h.browser().signIn("luis", "", "").want(t, 401, "credentials")
	})
	t.Run("not for somebody who is no part of it, nor disabled", func(t *testing.T) {
		t.Parallel()
		h, b := demo(t)
		h.add("eve", staff.Agent)
		if _, err := h.s.Change(h.boss(), "luis", staff.Patch{Disabled: ptr(true)}); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"eve", "nobody", "", "luis"} {
			b.do("POST", "/desk/demo-session", m{"name": name}).want(t, 401, "credentials")
		}
	})
	t.Run("not from elsewhere, nor under a name that was made to point here", func(t *testing.T) {
		t.Parallel()
		_, b := demo(t)
		b.header["Host"] = "rebound.example:8081"
		b.do("POST", "/desk/demo-session", m{"name": "dana"}).want(t, 401, "credentials")
		b.header["Host"], b.ip = "localhost:8081", "192.0.2.7"
		b.do("POST", "/desk/demo-session", m{"name": "dana"}).want(t, 401, "credentials")
		b.ip, b.header["X-Forwarded-For"] = "127.0.0.1", "192.0.2.7"
		b.do("POST", "/desk/demo-session", m{"name": "dana"}).want(t, 401, "credentials")
		delete(b.header, "X-Forwarded-For")
		b.do("POST", "/desk/demo-session", m{"name": "dana"}).want(t, 200, "")
	})
	t.Run("outside a demonstration there is no such way", func(t *testing.T) {
		t.Parallel()
		b := newHouse(t).browser()
		b.ip, b.header["Host"] = "127.0.0.1", "localhost:8081"
		if r := b.do("POST", "/desk/demo-session", m{"name": "dana"}); r.status != 404 {
			t.Errorf("got %d", r.status)
		}
	})
}
