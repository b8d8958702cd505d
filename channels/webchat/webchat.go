// Package webchat is the channel of people who write on a web page: a WebSocket
// for the widget, the widget itself and a page that shows it.
//
// The adapter keeps no history. What a socket shows is read from a [Feed];
// [Adapter.Wake] only says that there is more to read. So a socket that was away
// gets what it missed, once and in order, and an answer that was lost on the way
// costs nothing.
//
// What a person writes is handed to the [channels.Receiver] and acknowledged
// only when that says it is durable. A widget repeats what was not acknowledged
// under the same id, and the same id is the same message.
package webchat

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/gorilla/websocket"

	"parley/channels"
)

// Name is the channel's name.
const Name = "webchat"

// Adapter is the web chat channel. Make it with [New].
type Adapter struct {
	cfg      Config
	feed     Feed
	to       channels.Receiver
	upgrader websocket.Upgrader
	hub      *hub
	fresh    *freshSet
	ips      *ipTable
	pages    *pages

	// base lives until Shutdown gives up waiting; receives in hand run under it.
	base   context.Context
	cancel context.CancelFunc

	mu      sync.Mutex
	stopped bool
	wg      sync.WaitGroup

	slow, flooded, refused atomic.Uint64
}

var (
	_ channels.Channel = (*Adapter)(nil)
	_ channels.Typist  = (*Adapter)(nil)
)

// New makes the adapter. The error names every fault of cfg.
func New(cfg Config, feed Feed) (*Adapter, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(feed); err != nil {
		return nil, err
	}
	p, err := buildPages(cfg)
	if err != nil {
		return nil, err
	}
	a := &Adapter{
		cfg: cfg, feed: feed, pages: p,
		hub:   &hub{sockets: map[string][]*conn{}},
		fresh: newFreshSet(cfg.Limits.FreshFor, cfg.Limits.Sockets*2),
		ips:   newIPTable(cfg.Limits),
	}
	a.base, a.cancel = context.WithCancel(context.Background())
	a.upgrader = websocket.Upgrader{
		HandshakeTimeout: cfg.Limits.WriteWait,
		ReadBufferSize:   readBuffer,
		WriteBufferSize:  writeBuffer,
		WriteBufferPool:  &sync.Pool{},
		CheckOrigin:      cfg.originAllowed,
		Error: func(w http.ResponseWriter, _ *http.Request, status int, reason error) {
			http.Error(w, reason.Error(), status)
		},
	}
	return a, nil
}

// Name implements [channels.Channel].
func (a *Adapter) Name() string { return Name }

// Capabilities implements [channels.Channel]. There are no receipts: that a
// socket was written to does not say that anybody read it.
func (a *Adapter) Capabilities() channels.Capabilities {
	return channels.Capabilities{Choices: true, Typing: true, MaxText: channels.MaxTextBytes}
}

// Routes implements [channels.Channel].
func (a *Adapter) Routes(r channels.Routes, to channels.Receiver) {
	a.to = to
	r.Handle("GET /channels/webchat/socket", http.HandlerFunc(a.serveSocket))
	for path, p := range a.pages.files {
		r.Handle("GET "+path, p)
	}
}

// Send implements [channels.Channel]. The message is already in the feed when
// the gateway sends it (that is how it becomes visible), so Send only wakes the
// sockets and reports it as sent: a person who is away reads it when they are
// back. out.To is the conversation's handle.
func (a *Adapter) Send(ctx context.Context, out channels.Outbound) (channels.Sent, error) {
	if err := ctx.Err(); err != nil {
		return channels.Sent{}, &channels.SendError{Kind: channels.Retryable, Reason: "deadline", Err: err}
	}
	switch {
	case !validHandle(out.To):
		return channels.Sent{}, &channels.SendError{Kind: channels.Rejected, Reason: "bad_address"}
	case out.Text == "":
		return channels.Sent{}, &channels.SendError{Kind: channels.Rejected, Reason: "empty_text"}
	case len(out.Text) > channels.MaxTextBytes:
		return channels.Sent{}, &channels.SendError{Kind: channels.Rejected, Reason: "text_too_long"}
	}
	a.Wake(out.To)
	return channels.Sent{Parts: []channels.Part{{ProviderID: out.ID}}, Status: channels.StatusSent}, nil
}

// Wake tells every socket of the conversation to read the feed. Call it after
// anything became visible. It never blocks; too many calls are harmless, and one
// that got lost is made up for within Limits.Recheck and one ping.
func (a *Adapter) Wake(conversation string) {
	a.hub.each(conversation, (*conn).wake)
}

// Control tells every socket of the conversation who speaks now. A socket that
// connects later is told by [Feed.Exists].
func (a *Adapter) Control(conversation, state string) {
	frame := encode(serverFrame{Type: "control", State: state})
	a.hub.each(conversation, func(c *conn) { c.push(frame) })
}

// Typing implements [channels.Typist]; to is the conversation's handle and from
// who writes ("bot" or "agent").
func (a *Adapter) Typing(_ context.Context, to, from string) {
	frame := encode(serverFrame{Type: "typing", From: from})
	a.hub.each(to, func(c *conn) { c.push(frame) })
}

// Stats are counts for the metrics page.
type Stats struct {
	// Sockets are open now.
	Sockets int
	// Slow were dropped because they did not read, Flooded because they did not
	// stop writing; Refused were turned away before they were sockets.
	Slow, Flooded, Refused uint64
}

// Stats reports the counts.
func (a *Adapter) Stats() Stats {
	return Stats{
		Sockets: a.ips.total(), Slow: a.slow.Load(),
		Flooded: a.flooded.Load(), Refused: a.refused.Load(),
	}
}

// Shutdown refuses new sockets, finishes the messages in hand and closes every
// socket with code 1012, on which widgets come back by themselves. When ctx ends
// first it cuts what is left and returns ctx's error.
func (a *Adapter) Shutdown(ctx context.Context) error {
	a.mu.Lock()
	a.stopped = true
	a.mu.Unlock()
	defer a.cancel()
	a.ips.each(func(c *conn) { c.close(websocket.CloseServiceRestart, "restarting", false) })
	done := make(chan struct{})
	go func() { a.wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
	}
	a.cancel()
	a.ips.each(func(c *conn) { c.ws.Close() })
	<-done
	return ctx.Err()
}

// enter counts the two goroutines of a socket, unless the adapter has stopped.
func (a *Adapter) enter(c *conn) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.stopped {
		return false
	}
	a.wg.Add(2)
	a.ips.add(c)
	return true
}

func (a *Adapter) over() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.stopped
}

func (a *Adapter) fault(op string, err error) {
	if a.cfg.Fault != nil {
		a.cfg.Fault(op, err)
	}
}
