package desk

import (
	"context"
	"errors"
	"sync"
	"time"

	"go.uber.org/zap"

	"parley/dialog"
	"parley/gateway/store"
)

// Times of the router.
const (
	routeEvery = time.Second
	sweepPage  = 200
)

// Run follows the ledger, offers what waits and takes back what nobody holds any more, until ctx ends.
func (s *Service) Run(ctx context.Context) {
	var follows sync.WaitGroup
	follows.Go(func() { s.Feed.Run(ctx) })
	defer follows.Wait()
	tick := time.NewTicker(routeEvery)
	defer tick.Stop()
	for {
		if err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.Log.Warn("the router could not do its round", zap.Error(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Sweep is one round of the router: who is gone gives back what they held or were offered, and what waits is offered to who
// is available. Several processes may do it at once; each change is made under the conversation's lock, and checked there.
func (s *Service) Sweep(ctx context.Context) error {
	all, err := s.people(ctx)
	if err != nil {
		return err
	}
	held, err := s.Record.Held(ctx)
	if err != nil {
		return err
	}
	back, err := s.takeBack(ctx, all, held)
	if err != nil {
		return err
	}
	if back {
		if all, err = s.people(ctx); err != nil {
			return err
		}
	}
	return s.offer(ctx, all)
}

// takeBack requeues what people hold who are gone, and what is offered to them.
func (s *Service) takeBack(ctx context.Context, all map[string]person, held []dialog.Handoff) (any bool, err error) {
	now := s.now()
	for _, h := range held {
		name := h.Holder
		if name == "" && h.Reserved != nil {
			name = h.Reserved.To
		}
		p, known := all[name]
		if known && !p.gone(s.lease(), s.started, now) || !known && now.Sub(s.started) < s.lease() {
			continue
		}
		err := s.update(ctx, h.Conversation, func(snap dialog.Snapshot) (dialog.Effects, error) {
			is := snap.Conversation.Handoff
			if !is.Open() || is.ID != h.ID || is.Holder != h.Holder || h.Holder == "" && (is.Reserved == nil || is.Reserved.To != name) {
				return dialog.Effects{}, errMeanwhile
			}
			return s.Engine.Requeue(snap, h.ID, name+" is gone", s.Env)
		})
		if err != nil && !passing(err) {
			return any, err
		}
		any = any || err == nil
	}
	return any, nil
}

// errMeanwhile: somebody did something meanwhile, and nothing is to be done.
var errMeanwhile = errors.New("desk: it has changed meanwhile")

// passing reports an error that says only that things have moved on.
func passing(err error) bool {
	var refused *dialog.Refused
	return errors.Is(err, errMeanwhile) || errors.Is(err, store.ErrStale) || errors.Is(err, store.ErrNotFound) || errors.As(err, &refused)
}

// offer asks those who are available to take what waits.
func (s *Service) offer(ctx context.Context, all map[string]person) error {
	agents := s.agents(all)
	free := false
	for _, a := range agents {
		free = free || a.Available && a.MayReply && a.Load <= a.Capacity
	}
	if !free {
		return nil
	}
	waiting, err := s.waiting(ctx)
	if err != nil {
		return err
	}
	desk := s.Engine.Settings.Desk.WithDefaults()
	for _, x := range dialog.Route(waiting, agents, s.now()) {
		until := s.now().Add(desk.OfferFor)
		err := s.update(ctx, x.Conversation, func(snap dialog.Snapshot) (dialog.Effects, error) {
			return s.Engine.Offer(snap, x.Handoff, x.Agent, "router", until, s.Env)
		})
		if err != nil && !passing(err) {
			return err
		}
	}
	return nil
}

// waiting are the open hand-offs that nobody holds.
func (s *Service) waiting(ctx context.Context) ([]dialog.Handoff, error) {
	var all []dialog.Handoff
	for cursor := ""; ; {
		page, next, err := s.Record.Handoffs(ctx, cursor, sweepPage)
		if err != nil {
			return nil, err
		}
		for _, h := range page {
			if h.Holder == "" {
				all = append(all, h)
			}
		}
		if next == "" {
			return all, nil
		}
		cursor = next
	}
}
