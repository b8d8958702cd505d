package dialog_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/dialog"
)

// desk plays random things that people, agents, timers and supervisors do, and holds the
// invariants of control after each.
type control struct {
	*world
	waiting time.Time // since when the person waits, by the rule
	since   map[string]time.Time
	stopped bool
}

var people = []string{"ada", "bob", "cy"}

var said = []string{"hello?", "zip 78701", "can I pay monthly?", "yes", "I want a human", "I dispute this debt, it is not mine",
	"talk to my attorney, I have a lawyer", "I filed for bankruptcy", "STOP", "START", "are you a bot?", "I want to die", "asdf qwer", "lower please"}

// legal are the flags that what is said sets whoever has the conversation.
var legal = map[string]string{said[5]: dialog.FlagDisputed, said[6]: dialog.FlagRepresented, said[7]: dialog.FlagBankruptcy, said[11]: dialog.FlagSelfHarm}

func (c *control) says(t *rapid.T) (dialog.Effects, error) {
	words := rapid.SampledFrom(said).Draw(t, "words")
	in := c.input(beat{Say: words})
	if c.waiting.IsZero() {
		c.waiting = c.now
	}
	c.snap.Accounts = c.visible()
	e := c.engine.Turn(context.Background(), c.snap, in, c.env())
	if !slices.ContainsFunc(e.Events, func(ev dialog.Event) bool { return ev.Type == "message.received" }) {
		t.Errorf("%s: a message was not accepted", c.snap.Conversation.Control)
	}
	if flag := legal[words]; flag != "" {
		if !slices.ContainsFunc(append(c.visible(), e.Accounts...), func(a dialog.Account) bool { return a.Has(flag) }) {
			t.Errorf("%s: %q set no flag %s", c.snap.Conversation.Control, words, flag)
		}
	}
	c.stopped = c.stopped && words != "START" || words == "STOP"
	return e, nil
}

func (c *control) acts(t *rapid.T) (dialog.Effects, error) {
	c.snap.Accounts = c.visible()
	id := ""
	if h := c.snap.Conversation.Handoff; h != nil {
		id = h.ID
	}
	who, whom := rapid.SampledFrom(people).Draw(t, "who"), rapid.SampledFrom(people).Draw(t, "whom")
	e, snap, env := c.engine, c.snap, c.env()
	until := c.now.Add(time.Duration(rapid.IntRange(1, 300).Draw(t, "seconds")) * time.Second)
	brief := rapid.SampledFrom([]string{"", "Nothing was promised."}).Draw(t, "brief")
	disposition := rapid.SampledFrom([]string{"answered", "disputed", "hardship", "no_resolution"}).Draw(t, "disposition")
	return rapid.SampledFrom([]func() (dialog.Effects, error){
		func() (dialog.Effects, error) { return e.Claim(snap, id, who, env) },
		func() (dialog.Effects, error) { return e.TakeOver(snap, who, "why", env) },
		func() (dialog.Effects, error) { return e.Offer(snap, id, who, "router", until, env) },
		func() (dialog.Effects, error) { return e.Accept(snap, id, who, env) },
		func() (dialog.Effects, error) { return e.Decline(snap, id, who, "busy", env) },
		func() (dialog.Effects, error) { return e.Release(snap, id, who, env) },
		func() (dialog.Effects, error) { return e.Transfer(snap, id, who, whom, "please", until, env) },
		func() (dialog.Effects, error) { return e.CancelTransfer(snap, id, who, env) },
		func() (dialog.Effects, error) { return e.Wrap(snap, id, who, env) },
		func() (dialog.Effects, error) { return e.Requeue(snap, id, "gone", env) },
		func() (dialog.Effects, error) { return e.Reassign(snap, id, who, whom, "why", env) },
		func() (dialog.Effects, error) {
			return e.Resolve(snap, id, who, dialog.Resolution{Disposition: disposition, Brief: brief, ToBot: rapid.Bool().Draw(t, "to the bot")}, env)
		},
		func() (dialog.Effects, error) {
			return e.AgentReply(snap, who, "Thank you for waiting. How can I help?", 0, env)
		},
		func() (dialog.Effects, error) {
			return e.SetMode(snap, who, rapid.SampledFrom([]dialog.Mode{dialog.ModeAuto, dialog.ModeDraftOnly, dialog.ModeOff}).Draw(t, "mode"), env)
		},
	}).Draw(t, "act")()
}

func (c *control) timer() (dialog.Effects, error) {
	next := c.nextTimer()
	delete(c.timers, next.Name)
	if next.Due.After(c.now) {
		c.now = next.Due
	}
	c.snap.Accounts = c.visible()
	return c.engine.Turn(context.Background(), c.snap, dialog.Input{Kind: dialog.InputTimer, Timer: next.Kind, At: next.Due, Body: next.Body}, c.env()), nil
}

func TestWhateverHappensControlIsOnes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c := &control{world: newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"}), since: map[string]time.Time{}}
		c.engine.Settings.Desk.MaxWait = 20 * time.Minute
		for range rapid.IntRange(1, 25).Draw(rt, "events") {
			c.now = c.now.Add(time.Duration(rapid.IntRange(1, 90).Draw(rt, "wait")) * time.Second)
			was, quiet := c.snap, c.stopped
			var e dialog.Effects
			var err error
			switch n := rapid.IntRange(0, 9).Draw(rt, "what"); {
			case n < 3:
				e, err = c.says(rt)
			case n < 9 || len(c.timers) == 0:
				e, err = c.acts(rt)
			default:
				e, err = c.timer()
			}
			if err != nil {
				continue
			}
			c.holds(rt, was, e, quiet)
			c.apply(e)
		}
	})
}

// holds checks the invariants of one step.
func (c *control) holds(t *rapid.T, before dialog.Snapshot, e dialog.Effects, quiet bool) {
	was, is := before.Conversation, e.Conversation
	held := func(x dialog.Conversation) string {
		if !x.Handoff.Open() {
			return ""
		}
		return x.Handoff.Holder
	}
	changed := was.Control != is.Control || held(was) != held(is)
	if is.Epoch < was.Epoch || changed != (is.Epoch > was.Epoch) && is.Control != dialog.ControlOffered {
		t.Errorf("%s → %s: epoch %d → %d", was.Control, is.Control, was.Epoch, is.Epoch)
	}
	open := is.Control != dialog.ControlBot && is.Control != dialog.ControlClosed
	holding := is.Control == dialog.ControlHuman || is.Control == dialog.ControlTransferring || is.Control == dialog.ControlWrapping
	reserved := is.Control == dialog.ControlOffered || is.Control == dialog.ControlTransferring
	h := is.Handoff
	if h.Open() != open || (held(is) != "") != holding || (open && h.Reserved != nil) != reserved {
		t.Fatalf("%s with the hand-off %+v", is.Control, h)
	}
	if open {
		if first, known := c.since[h.ID]; known && !first.Equal(h.Since) {
			t.Error("the original wait was lost")
		}
		c.since[h.ID] = h.Since
		if was.Handoff != nil && was.Handoff.ID == h.ID && h.Priority < was.Handoff.Priority {
			t.Error("the priority fell")
		}
	}
	for _, o := range e.Outgoing {
		if o.From == "bot" && is.Control != dialog.ControlBot && !o.AnyEpoch && was.Control != dialog.ControlBot && was.Control != dialog.ControlClosed {
			t.Errorf("%s → %s: the bot says %q", was.Control, is.Control, o.Cleared.Out().Text)
		}
		if o.From == "agent" && held(is) == "" {
			t.Error("an agent speaks who does not hold it")
		}
		if quiet && c.stopped && o.From == "bot" && o.Purpose != "crisis" {
			t.Errorf("after a STOP: %q (%s, by %s)", o.Cleared.Out().Text, o.Purpose, o.From)
		}
		if o.From == "agent" || is.Control == dialog.ControlBot && o.Purpose != "handoff" && !o.NotBefore.After(c.now) {
			c.waiting = time.Time{}
		}
	}
	if !is.WaitingSince.Equal(c.waiting) {
		t.Errorf("%s → %s: waits since %v, want %v", was.Control, is.Control, is.WaitingSince, c.waiting)
	}
	silent := slices.ContainsFunc(e.Events, func(ev dialog.Event) bool { return ev.Type == "handoff.silent" })
	if was.Control == dialog.ControlBot && is.Control == dialog.ControlQueued && len(e.Outgoing) == 0 != silent {
		t.Errorf("handed off with %d messages, silent: %v", len(e.Outgoing), silent)
	}
	for _, m := range is.Stretches {
		if m.Promised == "" || m.Agent == "" {
			t.Errorf("the mark says too little: %+v", m)
		}
	}
}
