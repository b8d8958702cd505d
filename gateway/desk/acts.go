package desk

import (
	"context"
	"sync"
	"time"

	"go.uber.org/zap"

	"parley/gateway/desk/staff"
)

// actEvery is how often it is written that somebody acts: a durable write each.
const actEvery = 10 * time.Second

// acts remembers when somebody's acting was last written.
type acts struct {
	mu sync.Mutex
	at map[string]time.Time
}

// due reports whether it is to be written again, and takes it that it will be.
func (x *acts) due(name string, now time.Time) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if at, ok := x.at[name]; ok && now.Sub(at) < actEvery && !now.Before(at) {
		return false
	}
	x.at[name] = now
	return true
}

// Acted notes that somebody does something here. A record that can't take it does not keep them from it.
func (s *Service) Acted(ctx context.Context, a staff.Actor) {
	now := s.now()
	if a.Name == "" || !a.May(staff.HandoffClaim) || !s.acts.due(a.Name, now) {
		return
	}
	if err := s.Record.Heartbeat(ctx, a.Name, time.Time{}, now, a.Session == ""); err != nil && ctx.Err() == nil {
		s.Log.Warn("it can't be noted who is there", zap.Error(err))
	}
}

// NoteAlive notes that somebody's socket is open. A record that can't take it does not send them away.
func (s *Service) NoteAlive(ctx context.Context, a staff.Actor) {
	now := s.now()
	if err := s.Record.Heartbeat(ctx, a.Name, now, time.Time{}, a.Session == ""); err != nil && ctx.Err() == nil {
		s.Log.Warn("it can't be noted who is there", zap.Error(err))
	}
}
