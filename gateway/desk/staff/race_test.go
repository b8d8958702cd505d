package staff_test

import (
	"context"
	"sync"
	"testing"

	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// hooked lets something happen right before a change is written: between what was
// looked at and what is done about it.
type hooked struct {
	store.Store
	mu     sync.Mutex
	before func()
}

func (r *hooked) ChangeStaff(ctx context.Context, id string, act func(store.StaffMember) (store.StaffChange, error)) error {
	r.mu.Lock()
	before := r.before
	r.before = nil
	r.mu.Unlock()
	if before != nil {
		before()
	}
	return r.Store.ChangeStaff(ctx, id, act)
}

// set changes a member behind the service's back, and leaves the sessions.
func (h *house) set(name string, edit func(*store.StaffMember)) {
	h.Helper()
	p, err := h.record.StaffByName(h.Context(), name)
	if err == nil {
		err = h.record.ChangeStaff(h.Context(), p.ID, func(m store.StaffMember) (store.StaffChange, error) {
			edit(&m)
			return store.StaffChange{Member: m}, nil
		})
	}
	if err != nil {
		h.Fatal(err)
	}
}

func TestWhatChangesMeanwhile(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(*store.StaffMember){
		"disabled":       func(m *store.StaffMember) { m.Disabled = true },
		"a new password": func(m *store.StaffMember) { m.Credentials.Password = "$argon2id$another" },
		"another role":   func(m *store.StaffMember) { m.Role = string(staff.Compliance) },
	} {
		t.Run("nobody comes in with a password that was right before: "+name, func(t *testing.T) {
			t.Parallel()
			record := &hooked{}
			h := newHouse(t, func(c *staff.Config) {
				record.Store = c.Record.(store.Store) // the harness gives one
				c.Record = record
			})
			h.add("dana", staff.Agent)
			h.add("sue", staff.Supervisor)
			b := h.browser()
			record.before = func() { h.set("dana", edit) }
			b.signIn("dana", password, "").want(t, 401, "credentials")
			b.is("")
			record.before = func() { h.set("sue", edit) }
			b.signIn("sue", password, "").want(t, 401, "credentials")
			b.is("")
		})
	}
	t.Run("a second factor that was set up meanwhile is not written over", func(t *testing.T) {
		t.Parallel()
		record := &hooked{}
		h := newHouse(t, func(c *staff.Config) {
			record.Store = c.Record.(store.Store) // the harness gives one
			c.Record = record
		})
		h.add("sue", staff.Supervisor)
		b := h.browser()
		r := b.signIn("sue", password, "").want(t, 403, "totp_enrol")
		record.before = func() { h.set("sue", func(m *store.StaffMember) { m.Credentials.TOTP = []byte("another") }) }
		b.do("POST", "/desk/session/totp", m{"code": h.code(r.body["secret"].(string))}).want(t, 409, "totp_enrolled")
		b.is("")
	})
	t.Run("somebody disabled is nobody, whatever sessions there are", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.add("dana", staff.Agent)
		b := h.browser()
		b.signIn("dana", password, "").want(t, 200, "")
		h.set("dana", func(m *store.StaffMember) { m.Disabled = true })
		b.is("")
		b.signIn("dana", password, "").want(t, 401, "credentials")
	})
}
