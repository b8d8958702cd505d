package desk

import (
	"context"
	"slices"
	"time"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// Team is the work as a supervisor sees it.
type Team struct {
	Agents        []Agent        `json:"agents"`
	Queue         TeamQueue      `json:"queue"`
	Conversations map[string]int `json:"conversations" doc:"open ones by who has control; more than 1000 of the bot's are not told apart"`
}

// TeamQueue is what waits.
type TeamQueue struct {
	Waiting     int            `json:"waiting" doc:"nobody has them"`
	OldestSince *time.Time     `json:"oldest_since"`
	Breaching   int            `json:"breaching" doc:"nobody has answered by the deadline"`
	Abandoned   int            `json:"abandoned" doc:"they wait for longer than anybody should"`
	ByReason    map[string]int `json:"by_reason"`
}

// Team shows it. That somebody watches the team is no reading of anybody's record.
func (s *Service) Team(ctx context.Context) (Team, error) {
	a, err := staff.Demand(ctx, staff.Monitor)
	if err != nil {
		return Team{}, err
	}
	all, err := s.people(ctx)
	if err != nil {
		return Team{}, err
	}
	page, err := s.Record.Items(ctx, store.ItemQuery{View: store.ViewMine, Who: a.Name, Scope: Scope(a), Sort: store.SortWait, Limit: 1})
	if err != nil {
		return Team{}, err
	}
	open, err := s.openHandoffs(ctx, a)
	if err != nil {
		return Team{}, err
	}
	out := Team{Agents: s.agentList(all, true), Queue: TeamQueue{OldestSince: instant(page.Oldest), ByReason: map[string]int{}},
		Conversations: map[string]int{"bot": page.Counts[store.ViewBot], "queued": 0, "offered": 0, "human": 0, "transferring": 0, "wrapping": 0}}
	for _, h := range open {
		out.Queue.count(h, s.now())
		out.Conversations[string(controlOf(h))]++
	}
	return out, nil
}

// count adds a hand-off to the figures.
func (q *TeamQueue) count(h dialog.Handoff, now time.Time) {
	if h.RepliedAt.IsZero() && !h.Deadline.IsZero() && now.After(h.Deadline) {
		q.Breaching++
	}
	if h.Holder != "" {
		return
	}
	q.Waiting++
	for _, code := range codes(&h) {
		q.ByReason[code]++
	}
	if slices.ContainsFunc(h.Notices, func(n dialog.Notice) bool { return n.Code == "waited_too_long" }) {
		q.Abandoned++
	}
}

// controlOf is the state of control an open hand-off says.
func controlOf(h dialog.Handoff) dialog.Control {
	switch {
	case h.Holder != "" && !h.WrappedAt.IsZero():
		return dialog.ControlWrapping
	case h.Holder != "" && h.Reserved != nil:
		return dialog.ControlTransferring
	case h.Holder != "":
		return dialog.ControlHuman
	case h.Reserved != nil:
		return dialog.ControlOffered
	}
	return dialog.ControlQueued
}

// openHandoffs are all that an actor may see.
func (s *Service) openHandoffs(ctx context.Context, a staff.Actor) ([]dialog.Handoff, error) {
	var all []dialog.Handoff
	for cursor := ""; ; {
		page, next, err := s.Record.Handoffs(ctx, cursor, sweepPage)
		if err != nil {
			return nil, err
		}
		page, err = keepCovered(ctx, s, a, page, func(h dialog.Handoff) string { return h.Conversation })
		if err != nil {
			return nil, err
		}
		if all = append(all, page...); next == "" {
			return all, nil
		}
		cursor = next
	}
}
