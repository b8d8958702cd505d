package storetest

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/dialog"
	"parley/gateway/store"
)

func (f *fixture) member(name string) store.StaffMember {
	return store.StaffMember{
		ID: "st-" + name, Name: name, Display: "D. " + name, Email: name + "@example.com", Role: "agent", Portfolios: []string{"cards"},
		Skills: []string{"hardship"}, Languages: []string{"en", "es"}, Capacity: 3, CreatedAt: f.now, Subject: "https://id.example.com|" + name,
		Credentials: store.StaffCredentials{Password: "$argon2id$" + name, TOTP: []byte{1, 2}, TOTPStep: 7, Recovery: []string{"a", "b"}},
	}
}

func (f *fixture) hire(name string) store.StaffMember {
	f.Helper()
	m := f.member(name)
	f.ok(f.s.CreateStaff(f.ctx, m, []dialog.Event{{Type: store.EventStaffAdded, At: f.now, Who: "human:root", Body: map[string]string{"name": name}}}))
	m.Version = 1
	return m
}

func (f *fixture) session(id string) *store.StaffSession {
	return &store.StaffSession{ID: id, CreatedAt: f.now, IdleAt: f.now.Add(30 * time.Minute), EndsAt: f.now.Add(12 * time.Hour), Data: []byte(`{"ip":"::1"}`)}
}

// signIn opens a session of a member.
func (f *fixture) signIn(member, id string) {
	f.Helper()
	f.ok(f.s.ChangeStaff(f.ctx, member, func(m store.StaffMember) (store.StaffChange, error) {
		return store.StaffChange{Member: m, Session: f.session(id), Events: []dialog.Event{{Type: store.EventSignedIn, At: f.now, Who: "human:" + m.Name}}}, nil
	}))
}

func (f *fixture) alive(id string, want bool) {
	f.Helper()
	_, _, err := f.s.StaffSession(f.ctx, id, f.now)
	if want {
		f.ok(err)
	} else if !errors.Is(err, store.ErrNotFound) {
		f.Errorf("session %s: %v", id, err)
	}
}

// recorded are the types of the entries of no conversation.
func (f *fixture) recorded() string {
	f.Helper()
	return strings.Join(f.events(""), " ")
}

var errAct = errors.New("no")

var staffCases = []testCase{
	{"a member is written with the events, and read back", "CreateStaff writes a member with its events, in one transaction", func(t *testing.T, f *fixture) {
		want := f.hire("dana")
		f.hire("ann")
		for how, read := range map[string]func() (store.StaffMember, error){
			"id":      func() (store.StaffMember, error) { return f.s.Staff(f.ctx, want.ID) },
			"name":    func() (store.StaffMember, error) { return f.s.StaffByName(f.ctx, "dana") },
			"subject": func() (store.StaffMember, error) { return f.s.StaffBySubject(f.ctx, want.Subject) },
		} {
			got, err := read()
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("by %s: %v %s", how, err, diff)
			}
		}
		all, err := f.s.StaffList(f.ctx)
		if err != nil || len(all) != 2 || all[0].Name != "ann" || all[1].Name != "dana" {
			t.Errorf("listed are %+v, %v", all, err)
		}
		if got := f.recorded(); got != "staff.added staff.added" {
			t.Errorf("recorded: %s", got)
		}
		if _, broken, err := f.s.Verify(f.ctx); err != nil || broken != 0 {
			t.Errorf("entry %d is broken: %v", broken, err)
		}
	}},
	{"nobody is found who isn't there", "ErrNotFound when there is none", func(t *testing.T, f *fixture) {
		f.ok(f.s.CreateStaff(f.ctx, store.StaffMember{ID: "st-x", Name: "x"}, nil))
		for _, read := range []func() (store.StaffMember, error){
			func() (store.StaffMember, error) { return f.s.Staff(f.ctx, "none") },
			func() (store.StaffMember, error) { return f.s.StaffByName(f.ctx, "none") },
			func() (store.StaffMember, error) { return f.s.StaffBySubject(f.ctx, "") },
		} {
			if m, err := read(); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("%+v, %v", m, err)
			}
		}
		err := f.s.ChangeStaff(f.ctx, "none", func(m store.StaffMember) (store.StaffChange, error) { return store.StaffChange{Member: m}, nil })
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("changing nobody: %v", err)
		}
	}},
	{"a name and a subject are one member's", "ErrTaken: another has its name or subject; nothing is written", func(t *testing.T, f *fixture) {
		f.hire("dana")
		luis := f.hire("luis")
		sameName, sameSubject := f.member("dana"), f.member("third")
		sameName.ID, sameName.Subject, sameSubject.Subject = "st-other", "", luis.Subject
		for _, m := range []store.StaffMember{sameName, sameSubject} {
			err := f.s.CreateStaff(f.ctx, m, []dialog.Event{{Type: store.EventStaffAdded, At: f.now}})
			if !errors.Is(err, store.ErrTaken) {
				t.Errorf("got %v", err)
			}
		}
		err := f.s.ChangeStaff(f.ctx, "st-dana", func(m store.StaffMember) (store.StaffChange, error) {
			m.Subject = luis.Subject
			return store.StaffChange{Member: m, Events: []dialog.Event{{Type: store.EventStaffChanged, At: f.now}}}, nil
		})
		if !errors.Is(err, store.ErrTaken) || f.recorded() != "staff.added staff.added" {
			t.Errorf("%v; recorded %s", err, f.recorded())
		}
		for _, name := range []string{"a", "b"} { // none is nobody's
			f.ok(f.s.CreateStaff(f.ctx, store.StaffMember{ID: name, Name: name}, nil))
		}
	}},
	{"a change is whole or not there", "An error of act is returned as it is and nothing is written", func(t *testing.T, f *fixture) {
		was := f.hire("dana")
		f.signIn(was.ID, "s1")
		err := f.s.ChangeStaff(f.ctx, was.ID, func(m store.StaffMember) (store.StaffChange, error) {
			m.Role = "supervisor"
			return store.StaffChange{Member: m, EndSessions: true, Events: []dialog.Event{{Type: store.EventStaffChanged, At: f.now}}}, errAct
		})
		got, _ := f.s.Staff(f.ctx, was.ID)
		if diff := cmp.Diff(was, got); !errors.Is(err, errAct) || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		f.alive("s1", true)
		f.ok(f.s.ChangeStaff(f.ctx, was.ID, func(m store.StaffMember) (store.StaffChange, error) {
			m.ID, m.Name, m.CreatedAt, m.Version, m.Role, m.Credentials.TOTPStep = "x", "y", time.Time{}, 99, "supervisor", 8
			return store.StaffChange{Member: m, EndSessions: true, Session: f.session("s2"), Events: []dialog.Event{{Type: store.EventStaffChanged, At: f.now}}}, nil
		}))
		got, _ = f.s.Staff(f.ctx, was.ID)
		was.Version, was.Role, was.Credentials.TOTPStep = 2, "supervisor", 8
		if diff := cmp.Diff(was, got); diff != "" {
			t.Error(diff)
		}
		f.alive("s1", false)
		f.alive("s2", true)
		if got := f.recorded(); got != "staff.added staff.signed_in staff.changed" {
			t.Errorf("recorded: %s", got)
		}
	}},
	{"what did not change is not written", "A member that is as it was is not written, its events are", func(t *testing.T, f *fixture) {
		m := f.hire("dana")
		f.signIn(m.ID, "s1")
		if got, err := f.s.Staff(f.ctx, m.ID); err != nil || got.Version != 1 || f.recorded() != "staff.added staff.signed_in" {
			t.Errorf("version %d, recorded %s, %v", got.Version, f.recorded(), err)
		}
	}},
	{"changes at the same moment all count", "reads a member, calls act, and writes the change it returns, all in one transaction", func(t *testing.T, f *fixture) {
		m := f.hire("dana")
		var all sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			all.Go(func() {
				errs[i] = f.s.ChangeStaff(f.ctx, m.ID, func(m store.StaffMember) (store.StaffChange, error) {
					m.Credentials.TOTPStep++
					return store.StaffChange{Member: m}, nil
				})
			})
		}
		all.Wait()
		f.ok(errors.Join(errs...))
		if got, err := f.s.Staff(f.ctx, m.ID); err != nil || got.Version != 9 || got.Credentials.TOTPStep != 15 {
			t.Errorf("%+v, %v", got, err)
		}
	}},
	{"a session is read with its member until it ends", "reads one that has not ended, with its member", func(t *testing.T, f *fixture) {
		m := f.hire("dana")
		f.signIn(m.ID, "s1")
		s, who, err := f.s.StaffSession(f.ctx, "s1", f.now)
		f.ok(err)
		want := f.session("s1")
		want.Member = m.ID
		if diff := cmp.Diff(*want, s) + cmp.Diff(m, who); diff != "" {
			t.Error(diff)
		}
		f.later(30*time.Minute - 1)
		f.alive("s1", true)
		f.ok(f.s.UseStaffSession(f.ctx, "s1", f.now.Add(30*time.Minute)))
		f.ok(f.s.UseStaffSession(f.ctx, "s1", f.now.Add(time.Minute))) // never to an earlier time
		f.later(30*time.Minute - 1)
		f.alive("s1", true)
		f.later(1)
		f.alive("s1", false)
		f.signIn(m.ID, "s2")
		f.ok(f.s.UseStaffSession(f.ctx, "s2", f.now.Add(100*time.Hour)))
		f.later(12*time.Hour - 1)
		f.alive("s2", true)
		f.later(1)
		f.alive("s2", false)
	}},
	{"a session that was ended stays so", "One that was ended stays so", func(t *testing.T, f *fixture) {
		m := f.hire("dana")
		f.signIn(m.ID, "s1")
		out := dialog.Event{Type: store.EventSignedOut, At: f.now, Who: "human:dana"}
		for _, want := range []bool{true, false} {
			if was, err := f.s.EndStaffSession(f.ctx, "s1", out); err != nil || was != want {
				t.Errorf("ended %v, %v", was, err)
			}
		}
		f.ok(f.s.UseStaffSession(f.ctx, "s1", f.now.Add(time.Hour)))
		f.alive("s1", false)
		if got := f.recorded(); got != "staff.added staff.signed_in staff.signed_out" {
			t.Errorf("recorded: %s", got)
		}
	}},
	{"sessions of a member are listed, and swept when they are over", "drops sessions that have ended by themselves", func(t *testing.T, f *fixture) {
		dana, luis := f.hire("dana"), f.hire("luis")
		f.signIn(dana.ID, "s1")
		f.signIn(luis.ID, "s3")
		f.later(20 * time.Minute)
		f.signIn(dana.ID, "s2")
		ids := func() (all string) {
			list, err := f.s.StaffSessions(f.ctx, dana.ID, f.now)
			f.ok(err)
			for _, s := range list {
				all += s.ID + " "
			}
			return all
		}
		if got := ids(); got != "s2 s1 " {
			t.Errorf("listed: %s", got)
		}
		f.later(10 * time.Minute)
		if got := ids(); got != "s2 " {
			t.Errorf("then: %s", got)
		}
		f.ok(f.s.SweepStaff(f.ctx, f.now, f.now))
		f.alive("s2", true)
		f.later(-10 * time.Minute)
		f.alive("s1", false)
		f.alive("s3", false)
	}},
	{"events that change nothing are appended", "NoteStaff appends events that change nothing", func(t *testing.T, f *fixture) {
		f.ok(f.s.NoteStaff(f.ctx, dialog.Event{Type: store.EventSignInRefused, At: f.now, Who: "person"}, dialog.Event{Type: store.EventSignInLimited, At: f.now, Who: "service"}))
		if got := f.recorded(); got != "staff.sign_in_refused staff.sign_in_limited" {
			t.Errorf("recorded: %s", got)
		}
	}},
	{"tries are counted until there are too many", "unless one of them has had its Max after since", func(t *testing.T, f *fixture) {
		const window = 15 * time.Minute
		first := f.now
		limits := []store.TryLimit{{Key: "name", Max: 3}, {Key: "ip", Max: 5}}
		take := func(want int, until time.Time, limits ...store.TryLimit) {
			t.Helper()
			full, end, err := f.s.TakeTry(f.ctx, limits, f.now, window)
			if err != nil || full != want || !end.Equal(until) {
				t.Errorf("limit %d until %s, %v; want %d until %s", full, end, err, want, until)
			}
		}
		for range 3 {
			take(-1, time.Time{}, limits...)
			f.later(time.Minute)
		}
		take(0, first.Add(window), limits...)
		take(0, first.Add(window), limits...) // and was not counted
		take(-1, time.Time{}, store.TryLimit{Key: "other", Max: 3}, limits[1])
		f.ok(f.s.ForgetTries(f.ctx, nil, []string{"other", "ip"}, f.now))
		take(-1, time.Time{}, store.TryLimit{Key: "other", Max: 1}, limits[1])
		f.later(1)
		take(-1, time.Time{}, store.TryLimit{Key: "more", Max: 1}, limits[1])
		take(1, first.Add(window), store.TryLimit{Key: "fourth", Max: 3}, limits[1])
		f.ok(f.s.ForgetTries(f.ctx, []string{"name"}, nil, f.now))
		take(-1, time.Time{}, limits[0])
		f.now = first.Add(window)
		take(-1, time.Time{}, store.TryLimit{Key: "fourth", Max: 3}, limits[1])
		f.ok(f.s.SweepStaff(f.ctx, f.now, f.now.Add(time.Second)))
		take(-1, time.Time{}, store.TryLimit{Key: "ip", Max: 1})
	}},
	{"of tries at the same moment no more than Max are let through", "Of calls at the same moment no more than Max are let through", func(t *testing.T, f *fixture) {
		var all sync.WaitGroup
		fulls := make([]int, 16)
		errs := make([]error, len(fulls))
		for i := range fulls {
			all.Go(func() {
				fulls[i], _, errs[i] = f.s.TakeTry(f.ctx, []store.TryLimit{{Key: "name", Max: 5}}, f.now, time.Minute)
			})
		}
		all.Wait()
		f.ok(errors.Join(errs...))
		through := 0
		for _, full := range fulls {
			if full < 0 {
				through++
			}
		}
		if through != 5 {
			t.Errorf("%d were let through", through)
		}
	}},
}
