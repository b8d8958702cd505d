package desk

import (
	"context"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// covered reports which conversations an actor may see, of those that are there.
func (s *Service) covered(ctx context.Context, a staff.Actor, ids []string) (func(id string) bool, error) {
	if len(a.Portfolios) == 0 {
		return func(string) bool { return true }, nil
	}
	portfolios, err := s.Record.Portfolios(ctx, ids)
	if err != nil {
		return nil, err
	}
	return func(id string) bool { return a.Covers(portfolios[id]...) }, nil
}

// keepCovered keeps what belongs to conversations an actor may see. A page may so be shorter than asked for; its cursor stands.
func keepCovered[T any](ctx context.Context, s *Service, a staff.Actor, all []T, of func(T) string) ([]T, error) {
	ids := make([]string, len(all))
	for i, x := range all {
		ids[i] = of(x)
	}
	sees, err := s.covered(ctx, a, ids)
	if err != nil {
		return nil, err
	}
	out := []T{}
	for _, x := range all {
		if sees(of(x)) {
			out = append(out, x)
		}
	}
	return out, nil
}

// Handoffs lists open hand-offs, most urgent first.
func (s *Service) Handoffs(ctx context.Context, cursor string, limit int) ([]dialog.Handoff, string, error) {
	a, err := staff.Demand(ctx, staff.QueueRead)
	if err != nil {
		return nil, "", err
	}
	all, next, err := s.Record.Handoffs(ctx, cursor, limit)
	if err != nil {
		return nil, "", err
	}
	all, err = keepCovered(ctx, s, a, all, func(h dialog.Handoff) string { return h.Conversation })
	return all, next, err
}

// Conversations lists conversations, newest activity first.
func (s *Service) Conversations(ctx context.Context, f store.Filter, cursor string, limit int) ([]dialog.Conversation, string, error) {
	a, err := staff.Demand(ctx, staff.ConversationRead)
	if err != nil {
		return nil, "", err
	}
	all, next, err := s.Record.Conversations(ctx, f, cursor, limit)
	if err != nil {
		return nil, "", err
	}
	all, err = keepCovered(ctx, s, a, all, func(c dialog.Conversation) string { return c.ID })
	return all, next, err
}

// Approvals lists requests for approval, oldest first.
func (s *Service) Approvals(ctx context.Context, state dialog.ApprovalState, cursor string, limit int) ([]dialog.Approval, string, error) {
	a, err := staff.Demand(ctx, staff.ApprovalRead)
	if err != nil {
		return nil, "", err
	}
	all, next, err := s.Record.Approvals(ctx, state, cursor, limit)
	if err != nil {
		return nil, "", err
	}
	all, err = keepCovered(ctx, s, a, all, func(x dialog.Approval) string { return x.Conversation })
	return all, next, err
}

// SeeApproval is a request that the asker may decide, if it is theirs to see.
func (s *Service) SeeApproval(ctx context.Context, id string, p staff.Permission) (staff.Actor, dialog.Approval, error) {
	a, err := staff.Demand(ctx, p)
	if err != nil {
		return a, dialog.Approval{}, err
	}
	x, err := s.Record.Approval(ctx, id)
	if err != nil {
		return a, x, err
	}
	return a, x, s.within(ctx, a, x.Conversation)
}
