// Package desk is what live agents, supervisors and compliance officers do: who
// may see and do what, what each of them is shown, and the router that offers
// waiting conversations. It knows no HTTP.
//
// Every method asks for its permission and for the actor's scope itself. What is
// out of scope is not there: [store.ErrNotFound]. What is there and may not be done is [staff.Denied].
// A value that can't be taken is a [staff.Invalid], what control, the guard or the gate stand against a [dialog.Refused].
package desk

import (
	"context"
	"errors"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/singleflight"

	"parley/dialog"
	"parley/gateway/config"
	"parley/gateway/desk/staff"
	"parley/gateway/live"
	"parley/gateway/store"
)

// Config is what a [Service] is made of.
type Config struct {
	Record store.Store
	Engine *dialog.Engine
	Env    dialog.Env
	Live   live.Live
	// Wake is called after something was queued or changed.
	Wake func(dialog.Conversation)
	// Keys are the API keys; who acts by one is known by its name.
	Keys []config.APIKey
	// RecordRead puts somebody's reading of a person's record into the ledger; [staff.Service.RecordRead] is one. nil: each goes there.
	RecordRead func(ctx context.Context, a staff.Actor, r staff.Read) error
	// Log hears of faults of what runs by itself. Defaults to none.
	Log *zap.Logger
}

// Service is the desk.
type Service struct {
	Config
	// Log of events; see [Feed].
	Feed *Feed
	// started is when the process began to listen for who is there: nobody is gone before they could come back.
	started time.Time
	roster  roster
	acts    acts // who has done something
	// suggested is for which message suggestions were looked for, suggesting those that are being found.
	suggested  acts
	suggesting singleflight.Group
	reports    reports
}

// New makes the desk. Nothing runs yet.
func New(c Config) *Service {
	if c.Log == nil {
		c.Log = zap.NewNop()
	}
	if c.Wake == nil {
		c.Wake = func(dialog.Conversation) {}
	}
	s := &Service{Config: c, started: c.Env.Now().UTC()}
	s.Feed = NewFeed(c.Record, c.Log)
	return s
}

func (s *Service) now() time.Time { return s.Env.Now().UTC() }

// Scope is what an actor may see.
func Scope(a staff.Actor) store.Scope {
	return store.Scope{Portfolios: a.Portfolios, Unknown: a.May(staff.HandoffClaim)}
}

// Allow is the actor of a request who may do something.
func (s *Service) Allow(ctx context.Context, p staff.Permission) (staff.Actor, error) {
	return staff.Demand(ctx, p)
}

// See is the actor who may do something to a conversation they may see. Who may do nothing of
// the kind is told so before anything is looked for.
func (s *Service) See(ctx context.Context, conversation string, p staff.Permission) (staff.Actor, error) {
	a, err := staff.Demand(ctx, p)
	if err != nil {
		return a, err
	}
	return a, s.within(ctx, a, conversation)
}

func (s *Service) within(ctx context.Context, a staff.Actor, conversation string) error {
	in, err := s.Record.InScope(ctx, conversation, Scope(a))
	if err == nil && !in {
		err = store.ErrNotFound
	}
	return err
}

// SeeHandoff is See for the conversation of a hand-off.
func (s *Service) SeeHandoff(ctx context.Context, id string, p staff.Permission) (staff.Actor, dialog.Handoff, error) {
	a, err := staff.Demand(ctx, p)
	if err != nil {
		return a, dialog.Handoff{}, err
	}
	h, err := s.Record.Handoff(ctx, id)
	if err != nil {
		return a, h, err
	}
	return a, h, s.within(ctx, a, h.Conversation)
}

// SeeAccount is See for an account.
func (s *Service) SeeAccount(ctx context.Context, id string, p staff.Permission) (staff.Actor, dialog.Account, error) {
	a, err := staff.Demand(ctx, p)
	if err != nil {
		return a, dialog.Account{}, err
	}
	acc, err := s.Record.Account(ctx, id)
	if err != nil {
		return a, acc, err
	}
	if !a.Covers(acc.Portfolio) {
		return a, dialog.Account{}, store.ErrNotFound
	}
	return a, acc, nil
}

// Read records that somebody reads a conversation, before it is shown: what can't be recorded is not read. Systems,
// which come by a key, are not people; what they take out in one piece or act on is recorded elsewhere.
func (s *Service) Read(ctx context.Context, a staff.Actor, conversation, what string) error {
	if a.Session == "" {
		return nil
	}
	return s.recordRead(ctx, a, staff.Read{What: what, Conversation: conversation})
}

func (s *Service) recordRead(ctx context.Context, a staff.Actor, r staff.Read) error {
	if s.RecordRead != nil {
		return s.RecordRead(ctx, a, r)
	}
	body := map[string]any{"what": r.What, "through": through(a), "role": string(a.Role)}
	if r.Why != "" {
		body["why"] = r.Why
	}
	e := dialog.Event{Type: store.EventRecordRead, At: s.now(), Who: a.Who(), Body: body}
	if r.Conversation == "" {
		body["account"] = r.Account
		return s.Record.NoteStaff(ctx, e)
	}
	return s.Record.Note(ctx, r.Conversation, e)
}

// through is the way somebody came.
func through(a staff.Actor) string {
	if a.Session == "" {
		return "api"
	}
	return "desk"
}

// update runs an action under a conversation's lock, and wakes whoever waits for what it did.
func (s *Service) update(ctx context.Context, conversation string, act func(dialog.Snapshot) (dialog.Effects, error)) error {
	for range updateTries {
		var after dialog.Conversation
		err := s.Record.Update(ctx, conversation, nil, s.now(), func(snap dialog.Snapshot) (dialog.Effects, error) {
			e, err := act(snap)
			after = e.Conversation
			return e, err
		})
		if errors.Is(err, store.ErrStale) { // somebody wrote an account of it meanwhile
			continue
		}
		if err == nil {
			s.Wake(after)
		}
		return err
	}
	return store.ErrStale
}

// updateTries is how often an action is done anew because an account was written meanwhile.
const updateTries = 4

// ReadAccount records that somebody reads an account.
func (s *Service) ReadAccount(ctx context.Context, a staff.Actor, account string) error {
	if a.Session == "" {
		return nil
	}
	return s.recordRead(ctx, a, staff.Read{What: "account", Account: account})
}
