package desk

import (
	"cmp"
	"context"
	"strings"
	"time"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/live"
)

// do runs an action on a hand-off that somebody may do, and gives the hand-off after it.
func (s *Service) do(ctx context.Context, id string, p staff.Permission, act func(staff.Actor, dialog.Snapshot) (dialog.Effects, error)) (dialog.Handoff, error) {
	a, h, err := s.SeeHandoff(ctx, id, p)
	if err != nil {
		return h, err
	}
	s.Acted(ctx, a)
	if err := s.update(ctx, h.Conversation, func(snap dialog.Snapshot) (dialog.Effects, error) { return act(a, snap) }); err != nil {
		return h, err
	}
	return s.Record.Handoff(ctx, id)
}

// reservedFor reports whether a hand-off is offered to somebody.
func reservedFor(snap dialog.Snapshot, id, name string) bool {
	h := snap.Conversation.Handoff
	return h.Open() && h.ID == id && h.Reserved != nil && h.Reserved.To == name
}

// Claim takes a waiting hand-off, or one that is offered to the asker. One wins; the others learn who.
func (s *Service) Claim(ctx context.Context, id string) (dialog.Handoff, error) {
	return s.do(ctx, id, staff.HandoffClaim, func(a staff.Actor, snap dialog.Snapshot) (dialog.Effects, error) {
		if reservedFor(snap, id, a.Name) {
			return s.Engine.Accept(snap, id, a.Name, s.Env)
		}
		return s.Engine.Claim(snap, id, a.Name, s.Env)
	})
}

// Accept takes what is offered to the asker, from the queue or from its holder.
func (s *Service) Accept(ctx context.Context, id string) (dialog.Handoff, error) {
	return s.do(ctx, id, staff.HandoffClaim, func(a staff.Actor, snap dialog.Snapshot) (dialog.Effects, error) {
		return s.Engine.Accept(snap, id, a.Name, s.Env)
	})
}

// Decline turns down what is offered to the asker.
func (s *Service) Decline(ctx context.Context, id, why string) (dialog.Handoff, error) {
	return s.do(ctx, id, staff.HandoffClaim, func(a staff.Actor, snap dialog.Snapshot) (dialog.Effects, error) {
		return s.Engine.Decline(snap, id, a.Name, cmp.Or(strings.TrimSpace(s.redact(why)), "declined"), s.Env)
	})
}

// Offer asks one agent to take what waits.
func (s *Service) Offer(ctx context.Context, id, to string) (dialog.Handoff, error) {
	if err := s.look(ctx); err != nil {
		return dialog.Handoff{}, err
	}
	return s.do(ctx, id, staff.HandoffReassign, func(a staff.Actor, snap dialog.Snapshot) (dialog.Effects, error) {
		return s.Engine.Offer(snap, id, to, a.Name, s.offerEnds(), s.Env)
	})
}

// Release puts a held hand-off back into the queue, with its original wait; a supervisor also what another holds.
func (s *Service) Release(ctx context.Context, id string) (dialog.Handoff, error) {
	return s.do(ctx, id, staff.HandoffClaim, func(a staff.Actor, snap dialog.Snapshot) (dialog.Effects, error) {
		if a.May(staff.HandoffReassign) && holdsAnother(snap, a) {
			return s.Engine.Reassign(snap, id, a.Name, "", "", s.Env)
		}
		return s.Engine.Release(snap, id, a.Name, s.Env)
	})
}

// Transfer asks somebody to take over a held hand-off: its holder keeps it until they accept. A supervisor
// gives what another holds to whom they say, at once. With to "" it goes into the queue.
func (s *Service) Transfer(ctx context.Context, id, to, comment string) (dialog.Handoff, error) {
	if err := s.look(ctx); err != nil {
		return dialog.Handoff{}, err
	}
	comment = strings.TrimSpace(s.redact(comment))
	return s.do(ctx, id, staff.HandoffTransfer, func(a staff.Actor, snap dialog.Snapshot) (dialog.Effects, error) {
		if a.Session == "" && comment == "" {
			comment = "Transferred by " + a.Name + " through the API."
		}
		if a.May(staff.HandoffReassign) && holdsAnother(snap, a) {
			return s.Engine.Reassign(snap, id, a.Name, to, comment, s.Env)
		}
		if comment == "" && to != "" {
			return dialog.Effects{}, &staff.Invalid{Field: "comment", What: "is missing: whoever takes over needs to know why"}
		}
		return s.Engine.Transfer(snap, id, a.Name, to, comment, s.offerEnds(), s.Env)
	})
}

// CancelTransfer takes back what the asker offered to another.
func (s *Service) CancelTransfer(ctx context.Context, id string) (dialog.Handoff, error) {
	return s.do(ctx, id, staff.HandoffTransfer, func(a staff.Actor, snap dialog.Snapshot) (dialog.Effects, error) {
		return s.Engine.CancelTransfer(snap, id, a.Name, s.Env)
	})
}

// Wrap ends the talking; the asker writes up.
func (s *Service) Wrap(ctx context.Context, id string) (dialog.Handoff, error) {
	return s.do(ctx, id, staff.HandoffResolve, func(a staff.Actor, snap dialog.Snapshot) (dialog.Effects, error) {
		return s.Engine.Wrap(snap, id, a.Name, s.Env)
	})
}

// Resolve ends a held hand-off with a disposition.
func (s *Service) Resolve(ctx context.Context, id string, r dialog.Resolution) (dialog.Handoff, error) {
	r.Disposition, r.Note, r.Brief = s.redact(r.Disposition), s.redact(r.Note), s.redact(r.Brief)
	return s.do(ctx, id, staff.HandoffResolve, func(a staff.Actor, snap dialog.Snapshot) (dialog.Effects, error) {
		return s.Engine.Resolve(snap, id, a.Name, r, s.Env)
	})
}

// TakeOver gives the asker a conversation at once, from the bot, the queue or another agent.
func (s *Service) TakeOver(ctx context.Context, conversation, why string) error {
	a, err := s.See(ctx, conversation, staff.TakeOver)
	if err != nil {
		return err
	}
	if why = strings.TrimSpace(s.redact(why)); why == "" {
		return &staff.Invalid{Field: "why", What: "is missing: it is recorded"}
	}
	s.Acted(ctx, a)
	err = s.update(ctx, conversation, func(snap dialog.Snapshot) (dialog.Effects, error) {
		if h := snap.Conversation.Handoff; holdsAnother(snap, a) {
			if err := a.Demand(staff.HandoffReassign); err != nil {
				return dialog.Effects{}, err
			}
			return s.Engine.Reassign(snap, h.ID, a.Name, a.Name, why, s.Env)
		}
		return s.Engine.TakeOver(snap, a.Name, why, s.Env)
	})
	return err
}

// SetMode says how freely the bot may speak in a conversation.
func (s *Service) SetMode(ctx context.Context, conversation string, mode dialog.Mode) error {
	a, err := s.See(ctx, conversation, staff.TakeOver)
	if err != nil {
		return err
	}
	err = s.update(ctx, conversation, func(snap dialog.Snapshot) (dialog.Effects, error) {
		return s.Engine.SetMode(snap, a.Name, mode, s.Env)
	})
	return err
}

// look looks at who is there now, so that nobody is given anything on old news.
func (s *Service) look(ctx context.Context) error {
	if _, ok := staff.From(ctx); !ok {
		return staff.ErrNobody
	}
	_, err := s.people(ctx)
	return err
}

func (s *Service) offerEnds() time.Time { return s.now().Add(transferFor) }

// transferFor is how long somebody has to take what a colleague offers them: longer than the router gives, as nobody else is asked meanwhile
// and, in a transfer, nobody waits.
const transferFor = 2 * time.Minute

func holdsAnother(snap dialog.Snapshot, a staff.Actor) bool {
	h := holder(snap.Conversation.Handoff)
	return h != "" && h != a.Name
}

// whisper tells the holder of a conversation something at once.
func (s *Service) whisperLive(conversation, from, to, text string) {
	s.Live.Publish(live.Notice{Kind: live.KindWhisper, Conversation: conversation, From: from, To: to, Text: text})
}
