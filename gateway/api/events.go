package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gorilla/websocket"

	"parley/gateway/desk/staff"
	"parley/gateway/live"
)

// Limits of the event socket.
const (
	eventReadLimit = 4 << 10 // bytes of one frame of the client's
	eventQueue     = 64      // notices that wait for a client; more drop it
	eventPing      = 20 * time.Second
	eventSilence   = 60 * time.Second // without a word, a pong included, it is gone
	eventWrite     = 10 * time.Second
	eventLinger    = time.Second // for the last word to arrive
	eventFrames    = 20          // frames a client may send in a second, on average
)

// Why a socket ends, in its last frame.
const (
	byeRevoked  = "revoked"
	byeShutdown = "shutdown"
	byeNoise    = "too_many"
)

var upgrader = websocket.Upgrader{HandshakeTimeout: eventWrite, ReadBufferSize: 1 << 10, WriteBufferSize: 4 << 10,
	CheckOrigin: func(*http.Request) bool { return true }} // checked before, so that a refusal is a problem document

// events is GET /api/v1/events: what happens, as it happens, to whoever may know of it.
func (a *API) events(w http.ResponseWriter, r *http.Request) {
	who, ok := a.actor(r.Context(), r.Header.Get("Authorization"))
	switch {
	case !ok:
		w.Header().Set("WWW-Authenticate", `Bearer realm="parley"`)
		writeProblem(w, http.StatusUnauthorized, "", "sign in, or send a bearer key: Authorization: Bearer KEY")
		return
	case !who.May(staff.QueueRead) && !who.May(staff.ConversationRead):
		writeProblem(w, http.StatusForbidden, "permission", who.Demand(staff.QueueRead).Error())
		return
	case who.Session != "" && (a.Sessions == nil || !a.Sessions.SameOrigin(r)):
		writeProblem(w, http.StatusForbidden, "cross_origin", "the request comes from another site")
		return
	case !websocket.IsWebSocketUpgrade(r):
		writeProblem(w, http.StatusUpgradeRequired, "", "this is a WebSocket")
		return
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // it has answered
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	s := &eventSocket{a: a, ws: ws, who: who, id: a.Env.NewID(), cancel: cancel, ready: make(chan struct{}, 1), greeted: make(chan int64, 1)}
	if !a.sockets.enter(s) {
		s.bye = byeShutdown
		s.lastWord()
		_ = ws.Close() // nothing more to say
		cancel()
		return
	}
	go s.run(ctx)
}

func writeProblem(w http.ResponseWriter, status int, code, detail string) {
	p := refuse(status, detail)
	p.Code = code
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(p) // the client may be gone
}

var _ huma.ContentTypeFilter = (*Refusal)(nil)

// sockets are those that are open.
type sockets struct {
	mu     sync.Mutex
	all    map[*eventSocket]bool
	closed bool
	wg     sync.WaitGroup
}

func (x *sockets) enter(s *eventSocket) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return false
	}
	if x.all == nil {
		x.all = map[*eventSocket]bool{}
	}
	x.all[s] = true
	x.wg.Add(1)
	return true
}

func (x *sockets) leave(s *eventSocket) {
	x.mu.Lock()
	delete(x.all, s)
	x.mu.Unlock()
	x.wg.Done()
}

// Shutdown says goodbye to every socket and waits until they are closed, or ctx ends.
func (a *API) Shutdown(ctx context.Context) error {
	a.sockets.mu.Lock()
	a.sockets.closed = true
	for s := range a.sockets.all {
		s.end(byeShutdown)
	}
	a.sockets.mu.Unlock()
	done := make(chan struct{})
	go func() { a.sockets.wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// eventSocket is one: a reader that takes the client's frames, and a writer that alone writes. The events themselves wait in
// the record, not here, so a slow client costs nothing but its place; what is only worth something now waits in a queue with a bound.
type eventSocket struct {
	a      *API
	ws     *websocket.Conn
	who    staff.Actor
	id     string
	cancel context.CancelFunc
	// ready is rung when there is something to write.
	ready chan struct{}
	// greeted has the place a client wants to go on from, -1 for now.
	greeted chan int64

	mu     sync.Mutex
	queue  [][]byte
	bye    string
	viewed map[string]bool // conversations whose viewers have changed
	there  bool            // who is there has changed
}

// run serves until the client goes, its session is over, or the process stops.
func (s *eventSocket) run(ctx context.Context) {
	defer s.a.sockets.leave(s)
	defer s.cancel()
	defer func() { _ = s.ws.Close() }() // the writer has said its last word
	if s.a.Sessions != nil {
		detach, err := s.a.Sessions.Attach(ctx, s.who, func() { s.end(byeRevoked) })
		if err != nil {
			s.end(byeRevoked)
			s.lastWord()
			return
		}
		defer detach()
	}
	live := s.a.Desk.Live
	live.Enter(s.id, s.who.Name)
	defer live.Leave(s.id)
	defer live.Subscribe(s.hear)()
	s.alive(ctx)
	go s.read(ctx)
	s.write(ctx)
	s.lastWord()
	s.alive(context.WithoutCancel(ctx)) // the grace runs from here
	if s.over() {
		s.a.Desk.SessionOver(context.WithoutCancel(ctx), s.who.Name, s.id)
	}
}

// over reports whether it ended because the session had.
func (s *eventSocket) over() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bye == byeRevoked
}

// alive notes that somebody is there. That it can't be noted is no reason to send them away.
func (s *eventSocket) alive(ctx context.Context) {
	if !s.who.May(staff.HandoffClaim) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	s.a.Desk.NoteAlive(ctx, s.who)
}

// end begins the end. Only the first reason counts.
func (s *eventSocket) end(code string) {
	s.mu.Lock()
	if s.bye == "" {
		s.bye = code
	}
	s.mu.Unlock()
	s.cancel()
}

// lastWord says why it ends, where there is a reason to be told.
func (s *eventSocket) lastWord() {
	s.mu.Lock()
	code := s.bye
	s.mu.Unlock()
	if code == "" {
		return
	}
	until := time.Now().Add(2 * time.Second) // the operating system's sockets know only the real clock
	_ = s.ws.SetWriteDeadline(until)
	frame, err := json.Marshal(map[string]string{"type": "bye", "code": code})
	if err == nil && s.ws.WriteMessage(websocket.TextMessage, frame) == nil {
		status := websocket.ClosePolicyViolation
		if code == byeShutdown {
			status = websocket.CloseServiceRestart
		}
		_ = s.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(status, code), until) // the client may be gone
	}
	// It is read until the client hangs up: closing over unread bytes would reset the connection, and take the last word with it.
	line := s.ws.NetConn()
	_ = line.SetReadDeadline(time.Now().Add(eventLinger))
	var sink [512]byte
	for {
		if _, err := line.Read(sink[:]); err != nil {
			return
		}
	}
}

// hear takes a notice from the bus; it never blocks.
func (s *eventSocket) hear(n live.Notice) {
	s.mu.Lock()
	switch {
	case n.Kind == live.KindPresence:
		s.there = true
	case n.Kind == live.KindViewing:
		if s.viewed == nil {
			s.viewed = map[string]bool{}
		}
		s.viewed[n.Conversation] = true
	case n.To != s.who.Name || len(s.queue) >= eventQueue:
	default:
		frame, err := json.Marshal(map[string]string{"type": string(n.Kind), "conversation": n.Conversation, "from": n.From, "text": n.Text})
		if err == nil {
			s.queue = append(s.queue, frame)
		}
	}
	s.mu.Unlock()
	s.ring()
}

func (s *eventSocket) ring() {
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

// clientFrame is what a client may say.
type clientFrame struct {
	Type         string  `json:"type"`
	Since        *int64  `json:"since"`
	Conversation *string `json:"conversation"`
}

// read takes the client's frames until it goes.
func (s *eventSocket) read(ctx context.Context) {
	defer s.cancel()
	s.ws.SetReadLimit(eventReadLimit)
	heard := func() error {
		if ctx.Err() != nil {
			return ctx.Err() // the end has its own time
		}
		return s.ws.SetReadDeadline(time.Now().Add(eventSilence))
	}
	s.ws.SetPongHandler(func(string) error { return heard() })
	allowance, last := float64(eventFrames), time.Now()
	for {
		if heard() != nil {
			return
		}
		kind, data, err := s.ws.ReadMessage()
		if err != nil {
			return
		}
		now := time.Now()
		allowance = min(eventFrames, allowance+now.Sub(last).Seconds()*eventFrames) - 1
		if last = now; allowance < 0 {
			s.end(byeNoise)
			return
		}
		var f clientFrame
		if kind != websocket.TextMessage || json.Unmarshal(data, &f) != nil {
			continue // of no protocol of ours
		}
		s.take(ctx, f)
	}
}

func (s *eventSocket) take(ctx context.Context, f clientFrame) {
	conversation := ""
	if f.Conversation != nil {
		conversation = *f.Conversation
	}
	switch f.Type {
	case "hello":
		since := int64(-1)
		if f.Since != nil && *f.Since >= 0 {
			since = *f.Since
		}
		select {
		case s.greeted <- since:
		default: // once is enough
		}
	case "ping":
		s.mu.Lock()
		if len(s.queue) < eventQueue {
			s.queue = append(s.queue, []byte(`{"type":"pong"}`))
		}
		s.mu.Unlock()
		s.ring()
		if s.a.Sessions != nil && errors.Is(s.a.Sessions.Use(ctx, s.who), staff.ErrNobody) {
			s.end(byeRevoked)
		}
	case "viewing":
		if conversation == "" || s.sees(ctx, conversation) {
			s.a.Desk.Live.View(s.id, conversation)
		}
	case "typing":
		if conversation != "" && s.sees(ctx, conversation) {
			s.a.Desk.Live.Type(s.id, conversation, s.a.now())
		}
	}
}

// sees reports whether the client may know of a conversation.
func (s *eventSocket) sees(ctx context.Context, conversation string) bool {
	_, err := s.a.Desk.See(staff.With(ctx, s.who), conversation, staff.QueueRead)
	return err == nil
}
