package webchat

import (
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"
)

// closeInvalidData is the close code of text that is not UTF-8 (RFC 6455, 7.4.1).
const closeInvalidData = websocket.CloseInvalidFramePayloadData

// closeGrace is how long a closing socket may take for its last words.
const closeGrace = time.Second

// conn is one socket: a reader goroutine that takes the widget's frames and a
// writer goroutine that alone writes. They share what mu guards.
type conn struct {
	a  *Adapter
	ws *websocket.Conn
	ip string
	// bell wakes the writer; it holds at most one ring.
	bell chan struct{}
	// readerGone is closed when the reader has finished its last frame.
	readerGone chan struct{}

	mu           sync.Mutex
	queue        [][]byte // frames that are not in the feed
	early        [][]byte // those for the conversation that came before its welcome
	conversation string   // set once, by hello
	since        int64    // where the writer starts in the feed
	unread       bool     // the feed may have more
	ending       bool
	code         int
	reason       string

	// The reader's own.
	messages *rate.Limiter
	strikes  int
	typedAt  time.Time
	stored   bool // something of the conversation is in the record
}

// serveSocket upgrades and returns: the two goroutines hold less memory than
// the HTTP server's own would.
func (a *Adapter) serveSocket(w http.ResponseWriter, r *http.Request) {
	now := a.cfg.Now()
	ip := peerKey(a.cfg.ClientIP(r))
	if a.over() || !a.ips.admit(ip, now) {
		a.refused.Add(1)
		w.Header().Set("Retry-After", "30")
		http.Error(w, "no more connections just now", http.StatusServiceUnavailable)
		return
	}
	ws, err := a.upgrader.Upgrade(w, r, nil)
	if err != nil { // Upgrade has answered
		a.refused.Add(1)
		a.ips.release(ip)
		return
	}
	c := &conn{
		a: a, ws: ws, ip: ip,
		bell: make(chan struct{}, 1), readerGone: make(chan struct{}),
		messages: rate.NewLimiter(rate.Limit(a.cfg.Limits.MessageRate), a.cfg.Limits.MessageBurst),
	}
	if !a.enter(c) {
		ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseServiceRestart, "restarting"), deadline(closeGrace))
		ws.Close()
		a.ips.release(ip)
		return
	}
	go c.read()
	go c.write()
}

// deadline is for the operating system's sockets, which know only the real clock.
func deadline(d time.Duration) time.Time { return time.Now().Add(d) }

func (c *conn) ring() {
	select {
	case c.bell <- struct{}{}:
	default:
	}
}

// wake says that the feed may have more.
func (c *conn) wake() {
	c.mu.Lock()
	c.unread = true
	c.mu.Unlock()
	c.ring()
}

// enqueue adds a frame for the writer. A client that lets the queue fill up is dropped.
func (c *conn) enqueue(frame []byte) {
	c.mu.Lock()
	full := len(c.queue) >= c.a.cfg.Limits.Queue
	if !full {
		c.queue = append(c.queue, frame)
	}
	c.mu.Unlock()
	if full {
		c.drop()
		return
	}
	c.ring()
}

// push adds a frame about the conversation; before the welcome it is held back,
// so that the welcome comes first and nothing that came meanwhile is lost.
func (c *conn) push(frame []byte) {
	c.mu.Lock()
	if c.conversation == "" && len(c.early) < c.a.cfg.Limits.Queue {
		c.early = append(c.early, frame)
		c.mu.Unlock()
		return
	}
	c.mu.Unlock()
	c.enqueue(frame)
}

// greet opens the conversation to the writer: welcome, then what came early, then the feed.
func (c *conn) greet(handle string, since int64, frames ...[]byte) {
	c.mu.Lock()
	c.queue = append(append(c.queue, frames...), c.early...)
	c.conversation, c.since, c.unread, c.early = handle, since, true, nil
	c.mu.Unlock()
	c.ring()
}

// drop ends a socket whose client does not read.
func (c *conn) drop() {
	if c.close(websocket.CloseTryAgainLater, "reading too slowly", true) {
		c.a.slow.Add(1)
	}
}

// close begins the end: the reader stops after the frame in hand, then the
// writer sends what is queued and the close frame. Code 0 says that the peer has
// gone and nothing more is to be sent. hurry cuts the line soon, even under a write that is stuck.
// Only the first call counts; it reports whether it was that.
func (c *conn) close(code int, reason string, hurry bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ending {
		return false
	}
	c.ending, c.code, c.reason = true, code, reason
	c.ws.SetReadDeadline(time.Unix(1, 0))
	if hurry {
		time.AfterFunc(2*closeGrace, func() { c.ws.Close() })
	}
	c.ring()
	return true
}

// alive moves the read deadline, unless the socket is ending.
func (c *conn) alive(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.ending {
		c.ws.SetReadDeadline(deadline(d))
	}
}

// write is the writer goroutine.
func (c *conn) write() {
	defer c.gone()
	l := c.a.cfg.Limits
	tick := time.NewTicker(l.PingEvery)
	defer tick.Stop()
	feed := feedReader{c: c}
	var again <-chan time.Time // a failing feed is asked again
	lastRead := time.Now()
	for {
		select {
		case <-c.bell:
		case <-again:
			again = nil
			c.wake()
		case <-tick.C:
			if err := c.ws.WriteControl(websocket.PingMessage, nil, deadline(l.WriteWait)); err != nil {
				c.lost(err)
			}
		}
		frames, unread, ending := c.take(time.Since(lastRead) >= l.Recheck)
		if ending {
			return
		}
		if err := c.writeAll(frames); err != nil {
			c.lost(err)
			return
		}
		if !unread {
			continue
		}
		lastRead = time.Now()
		wait, err := feed.copy()
		if err != nil {
			c.lost(err)
			return
		}
		if wait > 0 && again == nil {
			again = time.After(wait)
		}
	}
}

// take hands the writer its work. While the socket is ending it leaves the
// queue to finish.
func (c *conn) take(recheck bool) (frames [][]byte, unread, ending bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ending {
		return nil, false, true
	}
	frames, c.queue = c.queue, nil
	unread = c.conversation != "" && (c.unread || recheck)
	c.unread = c.unread && !unread
	return frames, unread, false
}

// lost is a write that failed: the client did not take it in time, or has gone.
// gorilla/websocket allows no further write after a deadline has fired.
func (c *conn) lost(err error) {
	var timeout net.Error
	if c.close(0, "", false) && errors.As(err, &timeout) && timeout.Timeout() {
		c.a.slow.Add(1)
	}
}

func (c *conn) writeAll(frames [][]byte) error {
	for _, f := range frames {
		if err := c.writeFrame(f); err != nil {
			return err
		}
	}
	return nil
}

func (c *conn) writeFrame(frame []byte) error {
	if err := c.ws.SetWriteDeadline(deadline(c.a.cfg.Limits.WriteWait)); err != nil {
		return err
	}
	return c.ws.WriteMessage(websocket.TextMessage, frame)
}

// gone is the writer's end: last words, then the socket and its places are given back.
func (c *conn) gone() {
	defer c.a.wg.Done()
	<-c.readerGone
	c.mu.Lock()
	frames, code, reason, conversation := c.queue, c.code, c.reason, c.conversation
	c.queue = nil
	c.mu.Unlock()
	if code != 0 {
		c.lastWords(frames, code, reason)
	}
	c.ws.Close()
	if conversation != "" {
		c.a.hub.leave(conversation, c)
		if !c.stored {
			c.a.fresh.add(conversation, c.a.cfg.Now())
		}
	}
	c.a.ips.remove(c)
	c.a.ips.release(c.ip)
}

// lastWords sends what is queued and the close frame, then reads until the
// client hangs up: closing over unread bytes would reset the connection and take
// the close frame with it.
func (c *conn) lastWords(frames [][]byte, code int, reason string) {
	end := deadline(closeGrace)
	c.ws.SetWriteDeadline(end)
	for _, f := range frames {
		if c.ws.WriteMessage(websocket.TextMessage, f) != nil {
			return
		}
	}
	err := c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), end)
	if err != nil && !errors.Is(err, websocket.ErrCloseSent) { // sent: the library closed an oversize frame itself
		return
	}
	nc := c.ws.NetConn()
	nc.SetReadDeadline(end)
	var sink [512]byte
	for {
		if _, err := nc.Read(sink[:]); err != nil {
			return
		}
	}
}
