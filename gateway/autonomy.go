package gateway

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"parley/dialog"
	"parley/gateway/store"
)

const (
	// autonomyEvery is how often levels and evidence are read anew: a level that somebody
	// set in another process counts here after this long at the latest.
	autonomyEvery = 15 * time.Second
	// autonomyWalk bounds the uses that are looked through at the start.
	autonomyWalk = 100_000
)

// pair is a capability of a portfolio.
type pair struct{ portfolio, capability string }

func (p pair) String() string { return p.capability + " of " + p.portfolio }

// pairsOf are all there are under a configuration.
func pairsOf(portfolios map[string]dialog.Portfolio) map[pair]dialog.Level {
	all := map[pair]dialog.Level{}
	for name, p := range portfolios {
		for capability, level := range p.Autonomy {
			all[pair{name, capability}] = level
		}
	}
	return all
}

// autonomy is the level of each capability now: the configured one, or what
// stands in its place. It takes a capability that is on auto back to approve by itself
// when the last [dialog.AutonomyWindow] conversations no longer carry it.
type autonomy struct {
	record     store.Store
	configured map[pair]dialog.Level
	now        func() time.Time
	log        *zap.Logger
	evidence   *evidence

	overrides atomic.Pointer[map[pair]dialog.Override]
}

func newAutonomy(portfolios map[string]dialog.Portfolio, record store.Store, now func() time.Time, log *zap.Logger) *autonomy {
	a := &autonomy{record: record, configured: pairsOf(portfolios), now: now, log: log}
	a.evidence = newEvidence(record, a.configured)
	a.overrides.Store(&map[pair]dialog.Override{})
	return a
}

// level is the engine's port.
func (a *autonomy) level(portfolio, capability string) dialog.Level {
	p := pair{portfolio, capability}
	if o, ok := (*a.overrides.Load())[p]; ok {
		return o.Over(a.configured[p])
	}
	return a.configured[p]
}

// run follows the record until ctx ends. What fails is tried again; meanwhile the
// levels known last stand.
func (a *autonomy) run(ctx context.Context) {
	tick := time.NewTicker(autonomyEvery)
	defer tick.Stop()
	for {
		if err := errors.Join(a.follow(ctx), a.weigh(ctx)); err != nil && ctx.Err() == nil {
			a.log.Error("levels of autonomy could not be brought up to date", zap.Error(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// follow reads the levels that stand in place of configured ones.
func (a *autonomy) follow(ctx context.Context) error {
	all, err := overrides(ctx, a.record)
	if err != nil {
		return err
	}
	before := *a.overrides.Load()
	a.overrides.Store(&all)
	for p, o := range all {
		if before[p].Version != o.Version {
			a.log.Info("level of autonomy", zap.String("portfolio", p.portfolio), zap.String("capability", p.capability),
				zap.String("level", string(o.Over(a.configured[p]))), zap.String("set_by", o.By))
		}
	}
	return nil
}

func overrides(ctx context.Context, record store.Autonomy) (map[pair]dialog.Override, error) {
	list, err := record.Overrides(ctx)
	if err != nil {
		return nil, fmt.Errorf("levels of autonomy: %w", err)
	}
	all := make(map[pair]dialog.Override, len(list))
	for _, o := range list {
		all[pair{o.Portfolio, o.Capability}] = o
	}
	return all, nil
}

// weigh brings the evidence up to date and takes back what it no longer carries.
func (a *autonomy) weigh(ctx context.Context) error {
	if err := a.evidence.update(ctx); err != nil {
		return fmt.Errorf("evidence for autonomy: %w", err)
	}
	for p := range maps.Keys(a.configured) {
		last := a.evidence.window(p)
		if a.level(p.portfolio, p.capability) != dialog.LevelAuto || !falls(last) {
			continue
		}
		if err := a.fall(ctx, p, last); err != nil && !errors.Is(err, store.ErrStale) { // somebody else did: see what they did
			return err
		}
		if err := a.follow(ctx); err != nil {
			return err
		}
	}
	return nil
}

// falls reports whether a full window no longer carries doing it alone.
func falls(last dialog.Tally) bool {
	return last.Of >= dialog.AutonomyWindow && last.Bound() < dialog.AutonomyFloor
}

func (a *autonomy) fall(ctx context.Context, p pair, last dialog.Tally) error {
	o := (*a.overrides.Load())[p]
	o.Portfolio, o.Capability = p.portfolio, p.capability
	o.Level, o.Configured, o.By = dialog.LevelApprove, a.configured[p], "service"
	o.Reason = fmt.Sprintf("%s, below %.2f", measured(last), dialog.AutonomyFloor)
	c := change(o, dialog.LevelAuto, last)
	if err := a.record.SetOverride(ctx, o, c, a.now().UTC()); err != nil {
		return err
	}
	a.log.Warn("a capability fell back to approve", zap.String("portfolio", p.portfolio), zap.String("capability", p.capability),
		zap.Int("well", last.Well), zap.Int("of", last.Of), zap.Float64("bound", last.Bound()))
	return nil
}

func change(o dialog.Override, from dialog.Level, last dialog.Tally) store.LevelChange {
	return store.LevelChange{Portfolio: o.Portfolio, Capability: o.Capability, From: from, To: o.Level, Configured: o.Configured,
		Reason: o.Reason, Well: last.Well, Of: last.Of, Bound: last.Bound()}
}

// measured are the numbers in words.
func measured(t dialog.Tally) string {
	return fmt.Sprintf("%d of the last %d conversations ended well, which makes a lower bound of %.4f", t.Well, t.Of, t.Bound())
}
