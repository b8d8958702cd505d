package storetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

var noFilter = store.Filter{}

func contains(s, part string) bool { return strings.Contains(s, part) }

func fenced(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, store.ErrFenced) {
		t.Errorf("%s: %v, want ErrFenced", what, err)
	}
}

var workCases = []testCase{
	{"a claim carries the input and what is known", "Snapshot was read after the claim was made", func(t *testing.T, f *fixture) {
		a := f.arrival(alice, "hello")
		a.In.Choice = "offer-1"
		a.Input.Redacted = []string{"card"}
		_, err := f.s.Accept(f.ctx, a)
		f.ok(err)
		c := f.mustClaim()
		in := c.Input
		if in.Kind != dialog.InputMessage || in.Seq != 1 || in.Text != "hello" || in.Choice != "offer-1" || len(in.Redacted) != 1 || len(in.Door) != 1 || !in.At.Equal(f.now) {
			t.Errorf("input: %+v", in)
		}
		s := c.Snapshot
		if s.Conversation.ID != c.Conversation || s.Conversation.Control != dialog.ControlBot || s.Conversation.Version != 1 || len(s.Recent) != 1 || s.Address.Value != alice {
			t.Errorf("snapshot: %+v", s)
		}
	}},
	{"a conversation is held by one worker", "that no live lease holds", func(t *testing.T, f *fixture) {
		f.hear(alice, "one")
		f.hear(alice, "two")
		first := f.mustClaim()
		if c := f.claim(); c != nil {
			t.Errorf("the conversation was given out twice: %+v", c)
		}
		f.commit(first, f.effects(first.Snapshot))
		if c := f.mustClaim(); c.Input.Text != "two" || c.Token <= first.Token {
			t.Errorf("then came %q under token %d", c.Input.Text, c.Token)
		}
	}},
	{"many workers do each input once and in order", "Per conversation order is exact", func(t *testing.T, f *fixture) {
		const people, each = 6, 8
		for i := range each {
			for p := range people {
				f.hear(fmt.Sprintf("+1512555%04d", p), fmt.Sprintf("%d-%d", p, i))
			}
		}
		var mu sync.Mutex
		done := map[string][]string{}
		var wg sync.WaitGroup
		for w := range 8 {
			wg.Go(func() {
				for {
					c, err := f.s.Claim(f.ctx, fmt.Sprint("w", w), f.now, ttl)
					if err != nil {
						t.Error(err)
						return
					}
					if c == nil {
						mu.Lock()
						n := 0
						for _, d := range done {
							n += len(d)
						}
						mu.Unlock()
						if n == people*each {
							return
						}
						continue
					}
					mu.Lock()
					done[c.Snapshot.Conversation.Address] = append(done[c.Snapshot.Conversation.Address], c.Input.Text)
					mu.Unlock()
					if err := f.s.Commit(f.ctx, c, dialog.Effects{Conversation: c.Snapshot.Conversation}, f.now); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		for p := range people {
			var want []string
			for i := range each {
				want = append(want, fmt.Sprintf("%d-%d", p, i))
			}
			f.same("inputs", done[fmt.Sprintf("+1512555%04d", p)], want)
		}
	}},
	{"the conversation that has waited longest comes first", "whose oldest due input has waited longest", func(t *testing.T, f *fixture) {
		f.hear(bob, "b1")
		f.later(time.Second)
		f.hear(alice, "a1")
		f.later(time.Second)
		f.hear(bob, "b2")
		if c := f.answer(); c.Input.Text != "b1" {
			t.Errorf("first came %q", c.Input.Text)
		}
		if c := f.answer(); c.Input.Text != "a1" {
			t.Errorf("second came %q", c.Input.Text)
		}
	}},
	{"a message behind one that is held back gives its conversation no better place", "whose oldest due input has waited longest", func(t *testing.T, f *fixture) {
		f.hear(alice, "a1")
		_, err := f.s.Release(f.ctx, f.mustClaim(), f.now.Add(10*time.Second))
		f.ok(err)
		f.later(time.Second)
		f.hear(alice, "a2")
		f.later(time.Second)
		f.hear(bob, "b1")
		f.later(20 * time.Second)
		for _, want := range []string{"b1", "a1", "a2"} {
			if c := f.answer(); c.Input.Text != want {
				t.Errorf("then came %q, want %q", c.Input.Text, want)
			}
		}
	}},
	{"nothing to do is no claim", "It returns nil when there is none", func(t *testing.T, f *fixture) {
		if c := f.claim(); c != nil {
			t.Errorf("got %+v", c)
		}
		if at, err := f.s.NextWork(f.ctx); err != nil || !at.IsZero() {
			t.Errorf("next work at %s, %v", at, err)
		}
	}},
	{"a worker that slept past its lease writes nothing", "a commit with an old one writes nothing", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		frozen := f.mustClaim()
		f.later(ttl)
		awake := f.mustClaim()
		if awake.Token <= frozen.Token || awake.Attempts != 1 {
			t.Errorf("token %d after %d, attempts %d", awake.Token, frozen.Token, awake.Attempts)
		}
		e := f.effects(frozen.Snapshot, "from the grave")
		e.Events = []dialog.Event{{Type: "late", At: f.now, Who: "bot"}}
		fenced(t, "commit", f.s.Commit(f.ctx, frozen, e, f.now))
		fenced(t, "extend", f.s.Extend(f.ctx, frozen, f.now.Add(ttl)))
		_, err := f.s.Release(f.ctx, frozen, f.now)
		fenced(t, "release", err)
		fenced(t, "reload", f.s.Reload(f.ctx, frozen))
		f.commit(awake, f.effects(awake.Snapshot, "once"))
		fenced(t, "commit after the other's", f.s.Commit(f.ctx, frozen, e, f.now))
		f.same("sent", f.deliver(), []string{"once"})
		f.same("ledger", f.events(awake.Conversation), []string{"message.received", "message.queued", "message.sent"})
	}},
	{"a claim commits once", "marks the input done and ends the lease", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		f.commit(c, f.effects(c.Snapshot, "once"))
		fenced(t, "second commit", f.s.Commit(f.ctx, c, f.effects(c.Snapshot, "twice"), f.now))
		fenced(t, "extend", f.s.Extend(f.ctx, c, f.now.Add(ttl)))
		f.same("sent", f.deliver(), []string{"once"})
	}},
	{"a lease that is extended holds", "Extend moves the lease's end", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		f.ok(f.s.Extend(f.ctx, c, f.now.Add(2*ttl)))
		f.later(ttl)
		if other := f.claim(); other != nil {
			t.Error("the conversation was given to another")
		}
		f.commit(c, f.effects(c.Snapshot))
	}},
	{"what is given back waits and holds back what came after it", "Release gives the conversation back with its input still waiting, not before due", func(t *testing.T, f *fixture) {
		f.hear(alice, "one")
		c := f.mustClaim()
		n, err := f.s.Release(f.ctx, c, f.now.Add(time.Minute))
		f.ok(err)
		if n != 1 {
			t.Errorf("attempts: %d", n)
		}
		f.later(time.Second)
		f.hear(alice, "two")
		if c := f.claim(); c != nil {
			t.Errorf("%q was given out too early", c.Input.Text)
		}
		if at, err := f.s.NextWork(f.ctx); err != nil || !at.Equal(f.now.Add(59*time.Second)) {
			t.Errorf("next work at %s, %v", at, err)
		}
		f.later(time.Minute)
		c = f.mustClaim()
		if c.Input.Text != "one" || c.Attempts != 1 {
			t.Errorf("got %q with %d attempts", c.Input.Text, c.Attempts)
		}
		n, err = f.s.Release(f.ctx, c, f.now)
		f.ok(err)
		if n != 2 {
			t.Errorf("attempts: %d", n)
		}
		f.answer()
		if c := f.answer(); c.Input.Text != "two" {
			t.Errorf("then came %q", c.Input.Text)
		}
	}},
	{"next work is when a lease ends or an input falls due", "NextWork is when the earliest waiting input, timer or queued message falls due", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		if at, err := f.s.NextWork(f.ctx); err != nil || !at.Equal(c.Until) {
			t.Errorf("while it is held: %s, %v", at, err)
		}
		e := f.effects(c.Snapshot)
		e.SetTimers = []dialog.Timer{{Name: "nudge", Kind: "silence", Due: f.now.Add(time.Hour)}}
		f.commit(c, e)
		if at, err := f.s.NextWork(f.ctx); err != nil || !at.Equal(f.now.Add(time.Hour)) {
			t.Errorf("with a timer: %s, %v", at, err)
		}
		f.hear(alice, "again")
		c = f.mustClaim()
		e = f.effects(c.Snapshot, "later")
		e.Outgoing[0].NotBefore = f.now.Add(time.Minute)
		f.commit(c, e)
		if at, err := f.s.NextWork(f.ctx); err != nil || !at.Equal(f.now.Add(time.Minute)) {
			t.Errorf("with a message: %s, %v", at, err)
		}
	}},
	{"a timer wakes its conversation once", "Timer wakes a conversation", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.SetTimers = []dialog.Timer{{Name: "t", Kind: "silence", Due: f.now.Add(time.Hour), Body: []byte(`{"a":1}`)}, {Name: "u", Due: f.now.Add(time.Hour)}}
		f.commit(c, e)
		if c := f.claim(); c != nil {
			t.Error("the timer fired early")
		}
		f.later(time.Hour)
		c = f.mustClaim()
		if c.Input.Kind != dialog.InputTimer || c.Input.Timer != "silence" || string(c.Input.Body) != `{"a":1}` || !c.Input.At.Equal(f.now) {
			t.Errorf("input: %+v", c.Input)
		}
		f.commit(c, f.effects(c.Snapshot))
		if c := f.answer(); c.Input.Timer != "u" {
			t.Errorf("then came %+v", c.Input)
		}
		if c := f.claim(); c != nil {
			t.Error("a timer fired twice")
		}
	}},
	{"a timer set again is one timer, and a cancelled one none", "Name is unique in the conversation: setting it again replaces it", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.SetTimers = []dialog.Timer{{Name: "t", Due: f.now.Add(time.Hour)}, {Name: "u", Due: f.now.Add(time.Hour)}}
		f.commit(c, e)
		f.hear(alice, "again")
		c = f.mustClaim()
		e = f.effects(c.Snapshot)
		e.SetTimers = []dialog.Timer{{Name: "t", Due: f.now.Add(2 * time.Hour)}}
		e.CancelTimers = []string{"u", "unknown"}
		f.commit(c, e)
		f.later(time.Hour)
		if c := f.claim(); c != nil {
			t.Errorf("%s fired", c.Input.Timer)
		}
		f.later(time.Hour)
		if c := f.answer(); c.Input.Timer != "t" {
			t.Errorf("got %+v", c.Input)
		}
	}},
	{"a turn may set the timer it answers to again", "setting it again replaces it", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		for range 3 {
			c := f.mustClaim()
			e := f.effects(c.Snapshot)
			e.SetTimers = []dialog.Timer{{Name: "t", Due: f.now.Add(time.Hour)}}
			f.commit(c, e)
			f.later(time.Hour)
		}
		f.answer()
	}},
	{"a claimed timer that is cancelled meanwhile has nothing left to do", "ErrFenced: the lease was lost", func(t *testing.T, f *fixture) {
		f.hear(alice, "hello")
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.SetTimers = []dialog.Timer{{Name: "t", Due: f.now}}
		f.commit(c, e)
		c = f.mustClaim()
		f.ok(f.s.Update(f.ctx, c.Conversation, nil, f.now, func(s dialog.Snapshot) (dialog.Effects, error) {
			return dialog.Effects{Conversation: s.Conversation, CancelTimers: []string{"t"}}, nil
		}))
		if err := f.s.Commit(f.ctx, c, f.effects(c.Snapshot), f.now); !errors.Is(err, store.ErrStale) {
			t.Errorf("commit: %v", err)
		}
		fenced(t, "reload", f.s.Reload(f.ctx, c))
		f.hear(alice, "more")
		f.answer()
	}},
}
