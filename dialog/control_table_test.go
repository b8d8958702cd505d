package dialog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"parley/dialog"
)

// the is a conversation in each state of control, with its hand-off.
func (w *world) bring(to dialog.Control) string {
	w.t.Helper()
	id := w.snap.Conversation.Handoff.ID
	switch to {
	case dialog.ControlOffered:
		w.did(w.engine.Offer(w.snap, id, "ada", "router", w.now.Add(time.Minute), w.env()))
	case dialog.ControlHuman, dialog.ControlTransferring, dialog.ControlWrapping, dialog.ControlClosed, dialog.ControlBot:
		w.did(w.engine.Claim(w.snap, id, "ada", w.env()))
	}
	switch to {
	case dialog.ControlTransferring:
		w.did(w.engine.Transfer(w.snap, id, "ada", "bob", "he knows the account", w.now.Add(time.Minute), w.env()))
	case dialog.ControlWrapping:
		w.did(w.engine.Wrap(w.snap, id, "ada", w.env()))
	case dialog.ControlClosed:
		w.did(w.engine.Resolve(w.snap, id, "ada", dialog.Resolution{Disposition: "no_resolution"}, w.env()))
	case dialog.ControlBot:
		w.did(w.engine.Resolve(w.snap, id, "ada", dialog.Resolution{Disposition: "answered", Brief: "Nothing was promised.", ToBot: true}, w.env()))
	}
	if got := w.snap.Conversation.Control; got != to {
		w.t.Fatalf("brought to %s, not %s", got, to)
	}
	return id
}

// in is a conversation in a state, with its hand-off.
func in(t *testing.T, state dialog.Control) (*world, string) {
	t.Helper()
	w, _ := queued(t)
	return w, w.bring(state)
}

var states = []dialog.Control{dialog.ControlBot, dialog.ControlQueued, dialog.ControlOffered, dialog.ControlHuman,
	dialog.ControlTransferring, dialog.ControlWrapping, dialog.ControlClosed}

// act is something somebody does; the hand-off was ada's, and is offered to ada or, by her, to bob.
type act struct {
	name string
	do   func(w *world, id string) (dialog.Effects, error)
	// to are the states it leads to, by the one it is done in; in all others it is refused.
	to map[dialog.Control]dialog.Control
	// holder is who has it then.
	holder string
}

func soon(w *world) time.Time { return w.now.Add(time.Minute) }

const (
	bot, waiting, offered, human  = dialog.ControlBot, dialog.ControlQueued, dialog.ControlOffered, dialog.ControlHuman
	transferring, wrapping, ended = dialog.ControlTransferring, dialog.ControlWrapping, dialog.ControlClosed
)

type paths = map[dialog.Control]dialog.Control

var acts = []act{
	{"ada claims", func(w *world, id string) (dialog.Effects, error) { return w.engine.Claim(w.snap, id, "ada", w.env()) },
		paths{waiting: human, offered: human, human: human, transferring: transferring, wrapping: wrapping}, "ada"},
	{"cy claims", func(w *world, id string) (dialog.Effects, error) { return w.engine.Claim(w.snap, id, "cy", w.env()) },
		paths{waiting: human}, "cy"},
	{"cy takes over", func(w *world, _ string) (dialog.Effects, error) {
		return w.engine.TakeOver(w.snap, "cy", "I know them", w.env())
	},
		paths{bot: human, waiting: human, offered: human}, "cy"},
	{"it is offered to cy", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.Offer(w.snap, id, "cy", "router", soon(w), w.env())
	}, paths{waiting: offered}, ""},
	{"ada accepts", func(w *world, id string) (dialog.Effects, error) { return w.engine.Accept(w.snap, id, "ada", w.env()) },
		paths{offered: human, human: human, wrapping: wrapping}, "ada"},
	{"bob accepts", func(w *world, id string) (dialog.Effects, error) { return w.engine.Accept(w.snap, id, "bob", w.env()) },
		paths{transferring: human}, "bob"},
	{"ada declines", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.Decline(w.snap, id, "ada", "busy", w.env())
	},
		paths{offered: waiting}, ""},
	{"bob declines", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.Decline(w.snap, id, "bob", "busy", w.env())
	},
		paths{transferring: human}, "ada"},
	{"ada releases", func(w *world, id string) (dialog.Effects, error) { return w.engine.Release(w.snap, id, "ada", w.env()) },
		paths{human: waiting, transferring: waiting, wrapping: waiting}, ""},
	{"ada transfers to cy", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.Transfer(w.snap, id, "ada", "cy", "please", soon(w), w.env())
	}, paths{human: transferring}, "ada"},
	{"ada transfers to the queue", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.Transfer(w.snap, id, "ada", "", "", time.Time{}, w.env())
	}, paths{human: waiting, transferring: waiting, wrapping: waiting}, ""},
	{"ada takes her transfer back", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.CancelTransfer(w.snap, id, "ada", w.env())
	}, paths{transferring: human}, "ada"},
	{"ada wraps up", func(w *world, id string) (dialog.Effects, error) { return w.engine.Wrap(w.snap, id, "ada", w.env()) },
		paths{human: wrapping, wrapping: wrapping}, "ada"},
	{"ada closes it", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.Resolve(w.snap, id, "ada", dialog.Resolution{Disposition: "plan_agreed"}, w.env())
	}, paths{human: ended, wrapping: ended}, "ada"},
	{"ada gives it back to the bot", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.Resolve(w.snap, id, "ada", dialog.Resolution{Disposition: "answered", Brief: "A call was promised.", ToBot: true}, w.env())
	}, paths{human: bot, wrapping: bot}, "ada"},
	{"its holder is gone", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.Requeue(w.snap, id, "lease ran out", w.env())
	}, paths{offered: waiting, human: waiting, transferring: waiting, wrapping: waiting}, ""},
	{"sue gives it to cy", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.Reassign(w.snap, id, "sue", "cy", "ada is away", w.env())
	}, paths{human: human, transferring: human, wrapping: human}, "cy"},
	{"sue gives it back to the queue", func(w *world, id string) (dialog.Effects, error) {
		return w.engine.Reassign(w.snap, id, "sue", "", "", w.env())
	}, paths{human: waiting, transferring: waiting, wrapping: waiting}, ""},
}

func TestEveryActInEveryState(t *testing.T) {
	t.Parallel()
	for _, a := range acts {
		for _, from := range states {
			t.Run(a.name+" when it is "+string(from), func(t *testing.T) {
				t.Parallel()
				w, id := in(t, from)
				was := w.snap.Conversation
				e, err := a.do(w, id)
				to, allowed := a.to[from]
				if !allowed {
					var refused *dialog.Refused
					if !errors.As(err, &refused) {
						t.Fatalf("not refused: %v, %s", err, e.Conversation.Control)
					}
					return
				}
				w.did(e, err)
				c := w.snap.Conversation
				if c.Control != to {
					t.Fatalf("it is %s, want %s", c.Control, to)
				}
				if c.Handoff.Holder != a.holder {
					t.Errorf("held by %q, want %q", c.Handoff.Holder, a.holder)
				}
				changed := to != from || c.Handoff.Holder != was.Handoff.Holder
				if want := was.Epoch + map[bool]int64{true: 1}[changed]; c.Epoch != want {
					t.Errorf("epoch %d after %d", c.Epoch, was.Epoch)
				}
				if c.Handoff.ID == id && !c.Handoff.Since.Equal(was.Handoff.Since) {
					t.Error("the original wait was lost")
				}
			})
		}
	}
}

func TestWhoeverLosesLearnsWhoHasIt(t *testing.T) {
	t.Parallel()
	for _, k := range []struct {
		state        dialog.Control
		do           string
		holder, says string
	}{
		{offered, "cy claims", "ada", "offered to ada"},
		{offered, "bob accepts", "ada", "offered to ada"},
		{human, "cy claims", "ada", "ada has the conversation"},
		{human, "cy takes over", "ada", "ada has the conversation"},
		{transferring, "cy takes over", "ada", "ada has the conversation"},
		{wrapping, "cy takes over", "ada", "ada has the conversation"},
		{ended, "ada claims", "", "has ended"},
		{ended, "cy takes over", "", "is closed"},
	} {
		t.Run(k.do+" when it is "+string(k.state), func(t *testing.T) {
			t.Parallel()
			w, id := in(t, k.state)
			for _, a := range acts {
				if a.name != k.do {
					continue
				}
				var refused *dialog.Refused
				if _, err := a.do(w, id); !errors.As(err, &refused) || refused.Holder != k.holder || !strings.Contains(refused.Why, k.says) {
					t.Errorf("refused: %+v", refused)
				}
			}
		})
	}
}

func TestWhatATransferNeeds(t *testing.T) {
	t.Parallel()
	w, id := in(t, human)
	w.engine.Eligible = func(agent string, _ dialog.Handoff) string {
		return map[string]string{"dee": "is away"}[agent]
	}
	for name, do := range map[string]func() (dialog.Effects, error){
		"a comment": func() (dialog.Effects, error) {
			return w.engine.Transfer(w.snap, id, "ada", "bob", " ", soon(w), w.env())
		},
		"time": func() (dialog.Effects, error) {
			return w.engine.Transfer(w.snap, id, "ada", "bob", "please", w.now, w.env())
		},
		"another": func() (dialog.Effects, error) {
			return w.engine.Transfer(w.snap, id, "ada", "ada", "please", soon(w), w.env())
		},
		"somebody who is there": func() (dialog.Effects, error) {
			return w.engine.Transfer(w.snap, id, "ada", "dee", "please", soon(w), w.env())
		},
		"that when given away":      func() (dialog.Effects, error) { return w.engine.Reassign(w.snap, id, "sue", "dee", "please", w.env()) },
		"a reason to be given away": func() (dialog.Effects, error) { return w.engine.Reassign(w.snap, id, "sue", "bob", "", w.env()) },
	} {
		var refused *dialog.Refused
		if _, err := do(); !errors.As(err, &refused) || refused.Kind != dialog.RefusedByPolicy {
			t.Errorf("it needs %s: %v", name, err)
		}
	}
	w.did(w.engine.Transfer(w.snap, id, "ada", "bob", "he knows them", soon(w), w.env()))
	if h := w.snap.Conversation.Handoff; h.Reserved.Comment != "he knows them" || h.Comments[0].Text != "he knows them" || h.Comments[0].By != "ada" {
		t.Errorf("the comment is lost: %+v", h)
	}
	waits, id := queued(t)
	waits.engine.Eligible = w.engine.Eligible
	if _, err := waits.engine.Offer(waits.snap, id, "dee", "router", soon(waits), waits.env()); err == nil {
		t.Error("it was offered to somebody who is away")
	}
}

func TestOnlyWhoHasItSpeaks(t *testing.T) {
	t.Parallel()
	for _, state := range states {
		w, _ := in(t, state)
		epoch := w.snap.Conversation.Epoch
		speaks := state == human || state == transferring || state == wrapping
		for agent, may := range map[string]bool{"ada": speaks, "bob": false, "": false} {
			if _, err := w.engine.AgentReply(w.snap, agent, "Hello, how can I help?", 0, w.env()); (err == nil) != may {
				t.Errorf("%s: %q speaks: %v", state, agent, err)
			}
		}
		if !speaks {
			continue
		}
		if _, err := w.engine.AgentReply(w.snap, "ada", "Hello, how can I help?", epoch, w.env()); err != nil {
			t.Errorf("%s: under the current epoch: %v", state, err)
		}
		var refused *dialog.Refused
		if _, err := w.engine.AgentReply(w.snap, "ada", "Hello, how can I help?", epoch-1, w.env()); !errors.As(err, &refused) || refused.Kind != dialog.RefusedByControl || refused.Holder != "ada" {
			t.Errorf("%s: under an older epoch: %v", state, err)
		}
	}
}

func TestAnOfferThatLapsedBindsNobody(t *testing.T) {
	t.Parallel()
	w, id := in(t, offered)
	w.now = w.now.Add(time.Minute)
	if _, err := w.engine.Accept(w.snap, id, "ada", w.env()); err == nil {
		t.Error("a lapsed offer was accepted")
	}
	if e, err := w.engine.Claim(w.snap, id, "cy", w.env()); err != nil || e.Conversation.Handoff.Holder != "cy" {
		t.Errorf("cy: %v", err)
	}
	e, err := w.engine.Offer(w.snap, id, "cy", "router", soon(w), w.env())
	if err != nil || e.Handoff.Reserved.To != "cy" || e.Handoff.Declined[0].Agent != "ada" || e.Handoff.Declined[0].Why != "lapsed" {
		t.Errorf("offered again: %v %+v", err, e.Handoff)
	}
}
