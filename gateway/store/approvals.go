package store

import (
	"context"

	"parley/dialog"
)

// Approvals reads requests for approval. They are written with the effects that
// make or decide them, in the same transaction; one that is final is never
// written again, ErrStale instead, whoever tries.
type Approvals interface {
	// Approvals lists those in a state ("": in any), oldest first, which are the first to
	// expire; cursor "" starts, and the returned one goes on ("" at the end).
	Approvals(ctx context.Context, state dialog.ApprovalState, cursor string, limit int) ([]dialog.Approval, string, error)
	// Approval reads one; ErrNotFound when there is none.
	Approval(ctx context.Context, id string) (dialog.Approval, error)
}
