package api

import (
	"context"
	"encoding/json"
	"time"

	"github.com/gorilla/websocket"

	"parley/gateway/desk"
	"parley/gateway/desk/staff"
)

// eventFrame is what the service says of an event.
type eventFrame struct {
	Type         string    `json:"type"`
	Seq          int64     `json:"seq"`
	Name         string    `json:"name"`
	Conversation string    `json:"conversation"`
	Handoff      string    `json:"handoff,omitempty"`
	Account      string    `json:"account,omitempty"`
	At           time.Time `json:"at"`
}

// write is the writer: it waits for the hello, then copies the feed from there on, and notices as they come.
func (s *eventSocket) write(ctx context.Context) {
	ping, alive := time.NewTicker(eventPing), time.NewTicker(eventPing)
	defer ping.Stop()
	defer alive.Stop()
	at := int64(-1)
	for {
		changed := s.a.Desk.Feed.Changed() // before it is looked, so that nothing is missed between
		more := false
		if at >= 0 {
			var err error
			if at, more, err = s.copy(ctx, at); err != nil {
				return
			}
			if s.notices(ctx) != nil {
				return
			}
		}
		if more {
			if ctx.Err() != nil {
				return
			}
			continue
		}
		select {
		case <-ctx.Done():
			return
		case since := <-s.greeted:
			if at >= 0 {
				continue
			}
			var err error
			if at, err = s.greet(ctx, since); err != nil {
				return
			}
		case <-changed:
		case <-s.ready:
		case <-ping.C:
			if s.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(eventWrite)) != nil {
				return
			}
		case <-alive.C:
			s.alive(ctx)
		}
	}
}

// greet welcomes a client, and says from where it is told what happens: from where it was, or from now, where
// that is too far back or no place of this record.
func (s *eventSocket) greet(ctx context.Context, since int64) (int64, error) {
	last, err := s.a.Desk.Feed.Last(ctx)
	if err != nil {
		s.end(byeShutdown)
		return 0, err
	}
	at, resumed := last, false
	if since >= 0 && since <= last && last-since <= desk.FeedReach {
		at, resumed = since, true
	}
	s.mu.Lock()
	s.there = true
	s.mu.Unlock()
	return at, s.send(map[string]any{"type": "welcome", "seq": at, "resumed": resumed})
}

// copy sends what happened after a place, and gives the place it has come to.
func (s *eventSocket) copy(ctx context.Context, at int64) (int64, bool, error) {
	events, upTo, err := s.a.Desk.Feed.After(ctx, s.who, at)
	if err != nil {
		s.end(byeShutdown) // the record doesn't answer; the client comes again and goes on where it was
		return at, false, err
	}
	for _, e := range events {
		if err := s.send(eventFrame{"event", e.Seq, e.Name, e.Conversation, e.Handoff, e.Account, e.At}); err != nil {
			return at, false, err
		}
		if err := s.follow(ctx, e); err != nil {
			return at, false, err
		}
	}
	return upTo, upTo > at, nil
}

// follow says what of an event is for this client to act on: an offer to them, or a person in danger.
func (s *eventSocket) follow(ctx context.Context, e desk.Event) error {
	if e.Offered != "" && e.Offered == s.who.Name {
		h, err := s.a.Record.Handoff(ctx, e.Handoff)
		if err == nil && h.Open() && h.Reserved != nil && h.Reserved.To == s.who.Name {
			return s.send(map[string]any{"type": "offer", "handoff": h.ID, "conversation": h.Conversation, "until": h.Reserved.Until.UTC()})
		}
	}
	if e.Alert && s.who.May(staff.ConversationReply) {
		return s.send(map[string]any{"type": "alert", "conversation": e.Conversation, "handoff": e.Handoff, "text": "A person may be in danger."})
	}
	return nil
}

// notices sends what waits for now: words to this client, who is there, and who looks at what.
func (s *eventSocket) notices(ctx context.Context) error {
	s.mu.Lock()
	queue, viewed, there := s.queue, s.viewed, s.there
	s.queue, s.viewed, s.there = nil, nil, false
	s.mu.Unlock()
	for _, frame := range queue {
		if err := s.raw(frame); err != nil {
			return err
		}
	}
	if there && s.who.May(staff.QueueRead) {
		if agents, err := s.a.Desk.Agents(staff.With(ctx, s.who)); err == nil {
			if err := s.send(map[string]any{"type": "presence", "agents": agents}); err != nil {
				return err
			}
		}
	}
	for conversation := range viewed {
		if !s.sees(ctx, conversation) {
			continue
		}
		who, typing := s.a.Desk.Looking(conversation)
		if err := s.send(map[string]any{"type": "viewing", "conversation": conversation, "who": who, "typing": typing}); err != nil {
			return err
		}
	}
	return nil
}

func (s *eventSocket) send(v any) error {
	frame, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.raw(frame)
}

// raw writes a frame. A client that does not take it in time is gone: nothing can be written after a deadline has passed.
func (s *eventSocket) raw(frame []byte) error {
	if err := s.ws.SetWriteDeadline(time.Now().Add(eventWrite)); err != nil {
		return err
	}
	return s.ws.WriteMessage(websocket.TextMessage, frame)
}
