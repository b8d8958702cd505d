package gateway

import (
	"context"
	"errors"
	"time"

	"go.uber.org/zap"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/store"
)

// reconcile resolves what a crash or a lost answer left open: leases that ran
// out make their messages uncertain, and uncertain ones are looked up at the provider. A
// message is sent again only when it is known not to have gone out.
func (c *courier) reconcile(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if n, err := c.record.Expire(ctx, c.now().UTC()); err != nil && ctx.Err() == nil {
			c.log.Error("expiring deliveries failed", zap.Error(err))
		} else if n > 0 {
			c.log.Warn("deliveries became uncertain", zap.Int("count", n))
		}
		for ctx.Err() == nil {
			d, err := c.record.Uncertain(ctx, c.owner, c.now().UTC(), sendLease)
			if err != nil && ctx.Err() == nil {
				c.log.Error("looking for uncertain messages failed", zap.Error(err))
			}
			if err != nil || d == nil {
				break
			}
			if err := c.resolve(ctx, d); err != nil {
				c.log.Error("resolving an uncertain message failed", zap.Error(err))
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// began is the earliest time the attempt can have, by the provider's clock: real
// time, whatever clock the gateway runs on, with room for clocks that differ.
func (c *courier) began(d *store.Delivery) time.Time {
	return time.Now().Add(-c.now().Sub(d.Since)).Add(-10 * time.Minute)
}

// resolve asks the provider what became of one uncertain message.
func (c *courier) resolve(ctx context.Context, d *store.Delivery) error {
	now := c.now().UTC()
	s := store.Settlement{Status: channels.StatusUncertain, Next: now.Add(lookAgain), Parts: d.Out.Done, Reason: "uncertain"}
	finder, ok := c.channels[d.Out.Channel].(channels.Finder)
	if early := d.Since.Add(lookAfter); now.Before(early) {
		s.Next = early // its receipt may still come, and the provider's list lag behind
	} else if ok {
		look, cancel := context.WithTimeout(ctx, sendDeadline)
		var unsure error
		parts, whole, err := finder.Find(look, d.Out, c.began(d), func(id string) bool {
			known, err := c.record.ProviderID(look, d.Out.Channel, id)
			unsure = errors.Join(unsure, err)
			return known
		})
		cancel()
		err = errors.Join(err, unsure)
		switch {
		case err != nil:
			s.Reason = "provider_unreachable"
		case whole:
			s = store.Settlement{Status: channels.StatusSent, Parts: parts}
		case len(parts) > 0: // the rest goes out as any message does: past the gate, and behind nothing else
			s = store.Settlement{Status: channels.StatusQueued, Next: now, Parts: parts, Reason: "sent_in_part"}
		default:
			s = store.Settlement{Status: channels.StatusQueued, Next: now, Parts: d.Out.Done, Reason: "not_sent"}
		}
	}
	if s.Status == channels.StatusUncertain && now.Sub(d.Since) > uncertainFor {
		s = store.Settlement{Status: channels.StatusFailed, Reason: "uncertain_unresolved"}
	}
	s.Trace = &dialog.StepTrace{Name: dialog.StepConfirm, Started: now, Attempt: d.Attempt, Outcome: deliverOutcome(s.Status),
		Input: map[string]any{"message": d.Out.ID, "was": "uncertain"}, Output: map[string]any{"status": s.Status, "reason": s.Reason}, Versions: doorVersions}
	if err := c.record.Settle(ctx, d, s, c.now().UTC()); err != nil {
		return err
	}
	c.outgoing.ring()
	c.settled(d.Out.Conversation)
	return nil
}
