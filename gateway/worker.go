package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.uber.org/zap"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/store"
)

// Times of the work loop.
const (
	leaseFor     = 8 * time.Second // a dead worker's conversation is free again after this
	leaseRenewal = 2 * time.Second
	pollEvery    = 500 * time.Millisecond // bells are only hints
	redoLimit    = 4                      // turns redone because somebody acted meanwhile
	inputTries   = 5                      // then a human looks at the input
)

// workers play the turns: each takes a conversation by lease, plays one turn,
// commits it, and looks for the next.
type workers struct {
	record   store.Store
	engine   *dialog.Engine
	channels map[string]channels.Channel
	env      dialog.Env
	owner    string
	log      *zap.Logger
	metrics  *metrics
	work     bell // rung when there may be work
	outgoing bell // rung when there may be something to send
	changed  func(dialog.Conversation)
}

// run plays turns until ctx ends; a turn in hand is finished under drain.
func (w *workers) run(ctx, drain context.Context) {
	for ctx.Err() == nil {
		did, err := w.once(drain)
		if err != nil && drain.Err() == nil {
			w.log.Error("turn failed", zap.Error(err))
		}
		if did && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-w.work:
		case <-time.After(pollEvery):
		}
	}
}

// once plays at most one turn and reports whether there was one.
func (w *workers) once(ctx context.Context) (bool, error) {
	claim, err := w.record.Claim(ctx, w.owner, w.env.Now().UTC(), leaseFor)
	if err != nil || claim == nil {
		return false, err
	}
	w.work.ring() // there may be more
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go w.keep(ctx, claim, cancel)
	return true, w.play(ctx, claim)
}

// keep renews the lease while the turn runs; when it is lost the turn is stopped.
func (w *workers) keep(ctx context.Context, c *store.Claim, lost context.CancelFunc) {
	tick := time.NewTicker(leaseRenewal)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := w.record.Extend(ctx, c, w.env.Now().UTC().Add(leaseFor)); errors.Is(err, store.ErrFenced) {
				lost()
				return
			}
		}
	}
}

// play runs the turn and commits it. If somebody acted meanwhile the turn is
// played again on what is true now, and what the bot had written is kept as discarded.
func (w *workers) play(ctx context.Context, c *store.Claim) error {
	started := w.env.Now()
	w.typing(ctx, c)
	var discarded []dialog.Draft
	for range redoLimit {
		effects, err := w.turn(ctx, c)
		if err != nil {
			return w.giveBack(ctx, c, err)
		}
		effects.Discarded = discarded
		err = w.record.Commit(ctx, c, effects, w.env.Now().UTC())
		switch {
		case err == nil:
			w.metrics.turn(w.env.Now().Sub(started), effects)
			if len(effects.Outgoing) > 0 {
				w.outgoing.ring()
			}
			w.changed(effects.Conversation)
			return nil
		case errors.Is(err, store.ErrStale):
			epoch := c.Snapshot.Conversation.Epoch
			if err := w.record.Reload(ctx, c); err != nil {
				return fmt.Errorf("reload: %w", err)
			}
			discarded = append(discarded, late(effects, c, epoch)...)
		case errors.Is(err, store.ErrFenced):
			w.metrics.fenced()
			return nil // another worker has it, and will answer
		default:
			return w.giveBack(ctx, c, err)
		}
	}
	return w.giveBack(ctx, c, store.ErrStale)
}

// late are the texts of a turn that was written too late, with the cause. epoch is the one
// it was begun under, c what is true now.
func late(e dialog.Effects, c *store.Claim, epoch int64) []dialog.Draft {
	cause := dialog.CauseOvertaken
	if c.Snapshot.Conversation.Epoch != epoch {
		cause = dialog.CauseControl
	}
	var out []dialog.Draft
	for _, o := range e.Outgoing {
		out = append(out, dialog.Draft{Text: o.Cleared.Out().Text, SHA256: o.Cleared.SHA256(), Seq: c.Input.Seq, Why: cause})
	}
	return out
}

// turn plays the input, or, once it has failed too often, gives it to a human. It
// guards the loop against a turn that panics outside its steps. A turn that took its
// process down counts too: the lease ran out on it.
func (w *workers) turn(ctx context.Context, c *store.Claim) (e dialog.Effects, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("turn panicked: %T", p)
		}
	}()
	lease := dialog.StepTrace{Name: dialog.StepLease, Started: w.env.Now().UTC(), Attempt: 1, Outcome: dialog.StepOK,
		Input: map[string]any{"worker": w.owner}, Output: map[string]any{"token": c.Token}, Versions: doorVersions}
	if c.Attempts >= inputTries {
		e = w.engine.GiveUp(c.Snapshot, c.Input, w.env)
	} else {
		e = w.engine.Turn(ctx, c.Snapshot, c.Input, w.envFor(c))
	}
	e.Trace.Steps = append([]dialog.StepTrace{lease}, e.Trace.Steps...)
	return e, nil
}

// envFor is what the turn takes from the world. Where words are spoken they are sent one by
// one while the turn goes on.
func (w *workers) envFor(c *store.Claim) dialog.Env {
	env := w.env
	ch, ok := w.channels[c.Snapshot.Conversation.Channel]
	if !ok || !ch.Capabilities().Speech {
		return env
	}
	env.After = time.After
	env.Say = func(ctx context.Context, o dialog.Outgoing) error {
		if err := w.record.Say(ctx, c, o, w.env.Now().UTC()); err != nil {
			return err
		}
		w.outgoing.ring()
		return nil
	}
	return env
}

// giveBack returns the conversation with its input waiting for a moment.
func (w *workers) giveBack(ctx context.Context, c *store.Claim, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	_, err := w.record.Release(ctx, c, w.env.Now().UTC().Add(time.Second))
	return errors.Join(cause, err)
}

func (w *workers) typing(ctx context.Context, c *store.Claim) {
	conv := c.Snapshot.Conversation
	if c.Input.Kind != dialog.InputMessage || conv.Control != dialog.ControlBot {
		return
	}
	if typist, ok := w.channels[conv.Channel].(channels.Typist); ok {
		typist.Typing(ctx, conv.Address, "bot")
	}
}
