package staff

import (
	"context"
	"errors"
	"sync"

	"go.uber.org/zap"

	"parley/gateway/store"
)

// hub knows what hangs on sessions.
type hub struct {
	mu   sync.Mutex
	held map[string]map[*held]bool // by session
}

type held struct {
	name string // the member's
	end  func()
	once sync.Once
}

func (h *held) stop() { h.once.Do(h.end) }

// Attach ties something that lives as long as a session, such as a socket, to the actor's. end is called once, from another
// goroutine, when the session is over: at once where this process ended it, within two seconds where another did or
// its time ran out. Call detach when the thing ends by itself. An API key has no session, and nothing ends it.
// The error is [ErrNobody] when the session is over already.
func (s *Service) Attach(ctx context.Context, a Actor, end func()) (detach func(), err error) {
	if a.Session == "" {
		return func() {}, nil
	}
	x := &held{name: a.Name, end: end}
	s.live.mu.Lock()
	if s.live.held[a.Session] == nil {
		s.live.held[a.Session] = map[*held]bool{}
	}
	s.live.held[a.Session][x] = true
	s.live.mu.Unlock()
	detach = func() { s.live.drop(a.Session, x) }
	// Looked at once it is tied: of an end that came between, one side has seen the other.
	_, member, err := s.record.StaffSession(ctx, a.Session, s.now())
	if errors.Is(err, store.ErrNotFound) || err == nil && member.Disabled {
		err = ErrNobody
	}
	if err != nil {
		detach()
		return func() {}, err
	}
	return detach, nil
}

// Use says that the person behind a session is still there, for a socket that hears of it. It is cheap.
func (s *Service) Use(ctx context.Context, a Actor) error {
	if a.Session == "" {
		return nil
	}
	row, member, err := s.record.StaffSession(ctx, a.Session, s.now())
	if errors.Is(err, store.ErrNotFound) {
		return ErrNobody
	}
	if err != nil {
		return err
	}
	return s.use(ctx, &Session{StaffSession: row, Member: member})
}

func (h *hub) drop(session string, x *held) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.held[session], x)
	if len(h.held[session]) == 0 {
		delete(h.held, session)
	}
}

// end ends what hangs on sessions that match.
func (h *hub) end(match func(session string, x *held) bool) {
	var ended []*held
	h.mu.Lock()
	for session, all := range h.held {
		for x := range all {
			if match(session, x) {
				ended = append(ended, x)
				delete(all, x)
			}
		}
		if len(all) == 0 {
			delete(h.held, session)
		}
	}
	h.mu.Unlock()
	for _, x := range ended {
		go x.stop()
	}
}

func (h *hub) endSession(id string) {
	h.end(func(session string, _ *held) bool { return session == id })
}

// endMember ends what hangs on a member's sessions, but for the one kept.
func (h *hub) endMember(name, keep string) {
	h.end(func(session string, x *held) bool { return x.name == name && session != keep })
}

// watch ends what hangs on sessions that are over. A record that doesn't answer ends nothing: requests fail by themselves.
func (s *Service) watch(ctx context.Context) {
	s.live.mu.Lock()
	ids := make([]string, 0, len(s.live.held))
	for id := range s.live.held {
		ids = append(ids, id)
	}
	s.live.mu.Unlock()
	for _, id := range ids {
		_, member, err := s.record.StaffSession(ctx, id, s.now())
		switch {
		case errors.Is(err, store.ErrNotFound), err == nil && member.Disabled:
			s.live.endSession(id)
		case err != nil && ctx.Err() == nil:
			s.log.Warn("a session can't be looked at", zap.Error(err))
			return
		}
	}
}
