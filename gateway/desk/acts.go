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

// acts remembers when something was last done. Its zero value remembers nothing.
type acts struct {
	mu sync.Mutex
	at map[string]time.Time
}

// maxActs bounds what is remembered; past it everything is forgotten.
const maxActs = 8192

// due reports whether it is to be done again, and takes it that it will be.
func (x *acts) due(name string, now time.Time, every time.Duration) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if at, ok := x.at[name]; ok && now.Sub(at) < every && !now.Before(at) {
		return false
	}
	if x.at == nil || len(x.at) >= maxActs {
		x.at = map[string]time.Time{}
	}
	x.at[name] = now
	return true
}

// Acted notes that somebody does something here. A record that can't take it does not keep them from it.
func (s *Service) Acted(ctx context.Context, a staff.Actor) {
	now := s.now()
	if a.Name == "" || !a.May(staff.HandoffClaim) || !s.acts.due(a.Name, now, actEvery) {
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
