package store

import (
	"context"
	"time"

	"parley/dialog"
)

// EventAutonomy is the ledger's word on a change of a level, in no conversation.
const EventAutonomy = "autonomy.changed"

// LevelChange is the body of [EventAutonomy].
type LevelChange struct {
	Portfolio  string       `json:"portfolio"`
	Capability string       `json:"capability"`
	From       dialog.Level `json:"from"`
	To         dialog.Level `json:"to"`
	Configured dialog.Level `json:"configured"`
	Reason     string       `json:"reason"`
	// Well of Of conversations ended well, of the last ones; Bound is their Wilson 95% lower bound.
	Well  int     `json:"well"`
	Of    int     `json:"of"`
	Bound float64 `json:"bound"`
}

// Autonomy keeps the levels that stand in place of configured ones, and finds
// what the ledger knows of the use of capabilities.
type Autonomy interface {
	// Overrides lists them all, by portfolio and capability.
	Overrides(ctx context.Context) ([]dialog.Override, error)
	// SetOverride writes one with its change in the ledger, in one transaction. o.Version
	// is that of the override it was decided on, 0 where there was none. ErrStale: somebody else wrote
	// meanwhile; nothing is written.
	SetOverride(ctx context.Context, o dialog.Override, c LevelChange, now time.Time) error
	// Uses lists entries of the type [dialog.EventUsed], the newest first, that stand before
	// an entry; before 0 starts at the end.
	Uses(ctx context.Context, before int64, limit int) ([]dialog.LedgerEntry, error)
	// Touched lists the conversations that have entries after one, by the order of the first limit
	// of these entries, and the last entry that was looked at (after itself where there is none).
	Touched(ctx context.Context, after int64, limit int) (conversations []string, last int64, err error)
}
