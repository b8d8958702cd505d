package gateway

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/dialog"
	"parley/gateway/config"
	"parley/gateway/store"
)

// Autonomy is how much one capability of one portfolio may do alone, and what the
// record shows of it.
type Autonomy struct {
	Portfolio, Capability string
	Configured, Level     dialog.Level
	// Override is what stands in place of the configured level; Version 0: nothing does.
	Override dialog.Override
	// All counts every conversation that can be told from the record, Last the latest
	// [dialog.AutonomyWindow] of them; Open are those of which nothing can be said, yet or at all.
	All, Last dialog.Tally
	Open      int
	// Against are what spoke against the last ones, with how often.
	Against map[string]int
}

// ReadAutonomy reads the levels and the evidence from the whole record, by portfolio and capability.
func ReadAutonomy(ctx context.Context, cfg config.Config, record store.Store) ([]Autonomy, error) {
	set, err := overrides(ctx, record)
	if err != nil {
		return nil, err
	}
	rows := map[pair]*Autonomy{}
	for p, configured := range pairsOf(settings(cfg).Portfolios) {
		a := &Autonomy{Portfolio: p.portfolio, Capability: p.capability, Configured: configured, Level: configured, Override: set[p], Against: map[string]int{}}
		if a.Override.Version > 0 {
			a.Level = a.Override.Over(configured)
		}
		rows[p] = a
	}
	err = walk(ctx, record, func(_ string, o dialog.Outcome, _ []dialog.Outcome) bool {
		if a := rows[pair{o.Portfolio, o.Capability}]; a != nil {
			a.count(o)
		}
		return true
	})
	if err != nil {
		return nil, fmt.Errorf("evidence for autonomy: %w", err)
	}
	var all []Autonomy
	for _, a := range rows {
		all = append(all, *a)
	}
	slices.SortFunc(all, func(x, y Autonomy) int {
		return cmp.Or(cmp.Compare(x.Portfolio, y.Portfolio), cmp.Compare(x.Capability, y.Capability))
	})
	return all, nil
}

func (a *Autonomy) count(o dialog.Outcome) {
	a.All.Add(o.Result)
	if o.Result == dialog.ResultOpen {
		a.Open++
		return
	}
	if a.Last.Of == dialog.AutonomyWindow {
		return
	}
	a.Last.Add(o.Result)
	if o.Why != "" {
		a.Against[o.Why]++
	}
}

// Carried reports whether the evidence allows the level to rise.
func (a Autonomy) Carried() bool {
	return a.Last.Of >= dialog.AutonomyWindow && a.Last.Bound() >= dialog.AutonomyFloor
}

// LevelRefused is why a level was not changed. Nothing was written.
type LevelRefused struct{ Why string }

func (r LevelRefused) Error() string { return r.Why }

func refused(format string, args ...any) error { return LevelRefused{fmt.Sprintf(format, args...)} }

// Decision is a person's word on a level.
type Decision struct {
	To         dialog.Level
	By, Reason string
}

// Promote raises the level, if the evidence carries it. The error is a
// [LevelRefused], with the numbers, or the record's.
func (a Autonomy) Promote(ctx context.Context, record store.Autonomy, d Decision, now time.Time) error {
	switch {
	case !a.Level.Below(d.To):
		return refused("%s of %s is %s: %s would not raise it", a.Capability, a.Portfolio, a.Level, d.To)
	case a.Last.Of < dialog.AutonomyWindow:
		return refused("%s of %s stays %s: only %d conversations are measured, %d are needed; %d ended well, a lower bound of %.4f",
			a.Capability, a.Portfolio, a.Level, a.Last.Of, dialog.AutonomyWindow, a.Last.Well, a.Last.Bound())
	case !a.Carried():
		return refused("%s of %s stays %s: %s, and at least %.2f is needed", a.Capability, a.Portfolio, a.Level, measured(a.Last), dialog.AutonomyFloor)
	}
	return a.set(ctx, record, d, now)
}

// Demote lowers the level; that needs no evidence. The errors are those of [Autonomy.Promote].
func (a Autonomy) Demote(ctx context.Context, record store.Autonomy, d Decision, now time.Time) error {
	if !d.To.Below(a.Level) {
		return refused("%s of %s is %s: %s would not lower it", a.Capability, a.Portfolio, a.Level, d.To)
	}
	return a.set(ctx, record, d, now)
}

func (a Autonomy) set(ctx context.Context, record store.Autonomy, d Decision, now time.Time) error {
	d.By, d.Reason = strings.TrimSpace(d.By), strings.TrimSpace(d.Reason)
	if d.By == "" || d.Reason == "" || !d.To.Known() {
		return refused("a level is changed by somebody, for a reason, to one of %v", dialog.Levels())
	}
	o := a.Override
	o.Portfolio, o.Capability, o.Level, o.Configured = a.Portfolio, a.Capability, d.To, a.Configured
	o.By, o.Reason = "human:"+d.By, d.Reason
	err := record.SetOverride(ctx, o, change(o, a.Level, a.Last), now.UTC())
	if errors.Is(err, store.ErrStale) {
		return refused("%s of %s was changed at the same moment; look again", a.Capability, a.Portfolio)
	}
	return err
}
