package gateway

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"go.uber.org/zap"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/dialog"
	"parley/gateway/store"
)

// Times of sending.
const (
	sendDeadline  = 10 * time.Second
	sendLease     = 13 * time.Second // a dead courier's message is uncertain after this
	sendTries     = 6
	lookEvery     = 2 * time.Second  // for leases that ran out, and for uncertain ones
	lookAfter     = 10 * time.Second // a message is looked up no sooner than this after its attempt
	lookAgain     = 15 * time.Second // between looks at one uncertain message
	uncertainFor  = time.Hour        // then a human is told
	misconfigured = time.Minute
)

// courier sends what is queued: the only caller of [channels.Channel.Send]. It
// asks the contact gate again at dequeue, and sends exactly the bytes that were cleared.
type courier struct {
	record   store.Store
	settings dialog.Settings
	channels map[string]channels.Channel
	now      func() time.Time
	owner    string
	log      *zap.Logger
	metrics  *metrics
	outgoing bell
	work     bell
	settled  func(conversation string)
}

// run sends until ctx ends; a send in hand is finished under drain.
func (c *courier) run(ctx, drain context.Context) {
	for ctx.Err() == nil {
		did, err := c.once(drain)
		if err != nil && drain.Err() == nil {
			c.log.Error("sending failed", zap.Error(err))
		}
		if did && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-c.outgoing:
		case <-time.After(pollEvery):
		}
	}
}

func (c *courier) once(ctx context.Context) (bool, error) {
	d, err := c.record.Dequeue(ctx, c.owner, c.now().UTC(), sendLease, c.allow)
	if err != nil || d == nil {
		return false, err
	}
	c.outgoing.ring() // there may be more
	return true, c.deliver(ctx, d)
}

// allow is the contact gate at dequeue. It is pure: it runs inside the record's transaction.
func (c *courier) allow(snap dialog.Snapshot, m dialog.Message) store.GateResult {
	now := c.now().UTC()
	snap.Conversation.RepliesSince = dialog.Replies(snap.Recent, m.Seq)
	v := gate.Decide(c.settings.Contact(snap, m.Purpose, m.From, now))
	outcome := dialog.StepOK
	if v.Decision != gate.Allow {
		outcome = dialog.StepBlocked
	}
	return store.GateResult{Verdict: v, Trace: dialog.StepTrace{
		Name: dialog.StepGate, Started: now, Attempt: 2, Outcome: outcome, Input: map[string]any{"at": "dequeue", "purpose": m.Purpose},
		Output: map[string]any{"decision": v.Decision, "rules": compliance.RuleIDs(v.Findings)}, Versions: doorVersions,
	}}
}

// deliver hands one message to its channel and records how that ended.
func (c *courier) deliver(ctx context.Context, d *store.Delivery) error {
	started := c.now()
	sent, err := c.send(ctx, d)
	s := c.settlement(d, sent, err)
	s.Trace = &dialog.StepTrace{
		Name: dialog.StepDeliver, Started: started.UTC(), MS: float64(c.now().Sub(started).Microseconds()) / 1000, Attempt: d.Attempt,
		Outcome: deliverOutcome(s.Status), Input: map[string]any{"message": d.Out.ID, "sha256": d.SHA256},
		Output: map[string]any{"status": s.Status, "parts": len(s.Parts), "reason": s.Reason}, Versions: doorVersions,
	}
	c.metrics.sent(d.Out.Channel, s)
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := c.record.Settle(settle, d, s, c.now().UTC()); err != nil && !errors.Is(err, store.ErrFenced) {
		return err
	}
	c.settled(d.Out.Conversation)
	c.work.ring() // a failure is work
	return nil
}

// send refuses whatever is not byte for byte what the guard cleared.
func (c *courier) send(ctx context.Context, d *store.Delivery) (channels.Sent, error) {
	cleared, err := guard.Reopen(d.Out, d.SHA256)
	if err != nil || cleared.Zero() {
		return channels.Sent{}, &channels.SendError{Kind: channels.Rejected, Reason: "not_cleared", Err: err}
	}
	ch, ok := c.channels[d.Out.Channel]
	if !ok {
		return channels.Sent{}, &channels.SendError{Kind: channels.Misconfigured, Reason: "no_such_channel"}
	}
	ctx, cancel := context.WithTimeout(ctx, sendDeadline)
	defer cancel()
	return ch.Send(ctx, cleared.Out())
}

// settlement is the retry policy: the one place that says what to do about a failed send.
func (c *courier) settlement(d *store.Delivery, sent channels.Sent, err error) store.Settlement {
	if err == nil {
		return store.Settlement{Status: channels.StatusSent, Parts: sent.Parts}
	}
	var se *channels.SendError
	if !errors.As(err, &se) {
		se = &channels.SendError{Kind: channels.Uncertain, Reason: "unknown"}
	}
	s := store.Settlement{Reason: se.Reason, Parts: se.Done}
	now := c.now().UTC()
	switch {
	case se.Kind == channels.OptedOut:
		s.Status, s.OptedOut = channels.StatusFailed, true
	case se.Kind == channels.Rejected:
		s.Status = channels.StatusFailed
	case se.Kind == channels.Retryable && d.Attempt < sendTries:
		s.Status, s.Next = channels.StatusQueued, now.Add(max(se.RetryAfter, backoff(d.Attempt)))
	case se.Kind == channels.Misconfigured && d.Attempt < sendTries:
		s.Status, s.Next = channels.StatusQueued, now.Add(misconfigured)
		c.log.Error("channel is misconfigured", zap.String("channel", d.Out.Channel), zap.String("reason", se.Reason))
	case se.Kind == channels.Retryable || se.Kind == channels.Misconfigured:
		s.Status = channels.StatusFailed
	default:
		s.Status, s.Next = channels.StatusUncertain, now.Add(lookAfter) // of this attempt, whenever the first one was
	}
	return s
}

// backoff doubles from half a second, with jitter so that a burst doesn't return as one.
func backoff(attempt int) time.Duration {
	d := 500 * time.Millisecond << min(attempt-1, 7)
	return d/2 + rand.N(d)
}

func deliverOutcome(s channels.Status) dialog.StepOutcome {
	switch s {
	case channels.StatusSent:
		return dialog.StepOK
	case channels.StatusQueued:
		return dialog.StepRetry
	case channels.StatusUncertain:
		return dialog.StepFallback
	}
	return dialog.StepHandoff
}
