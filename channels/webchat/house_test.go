package webchat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"parley/channels"
)

func TestMain(m *testing.M) {
	if os.Getenv(benchServer) != "" {
		serveBench()
	}
	goleak.VerifyTestMain(m)
}

// house is an in-memory record: the Feed the adapter reads and the Receiver it writes to.
type house struct {
	mu       sync.Mutex
	feeds    map[string][]Item
	states   map[string]string
	seqs     map[string]int64 // by provider id
	received []channels.Inbound
	fail     error         // what Receive and Since answer
	feedFail error         //
	hold     chan struct{} // Receive waits for it
	onItem   func(channels.Inbound)
	onExists func() // happens once, between the read and its answer
}

func newHouse() *house {
	return &house{feeds: map[string][]Item{}, states: map[string]string{}, seqs: map[string]int64{}}
}

func (h *house) Since(_ context.Context, conversation string, since int64, limit int) ([]Item, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.feedFail != nil {
		return nil, h.feedFail
	}
	var out []Item
	for _, it := range h.feeds[conversation] {
		if it.Seq > since && len(out) < limit {
			out = append(out, it)
		}
	}
	return out, nil
}

func (h *house) Exists(_ context.Context, conversation string) (string, bool, error) {
	h.mu.Lock()
	_, ok := h.feeds[conversation]
	state, fail, then := h.states[conversation], h.feedFail, h.onExists
	h.onExists = nil
	h.mu.Unlock()
	if then != nil {
		then()
	}
	return state, ok, fail
}

func (h *house) Receive(ctx context.Context, in channels.Inbound) (channels.Accepted, error) {
	h.mu.Lock()
	hold := h.hold
	h.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return channels.Accepted{}, ctx.Err()
		}
	}
	h.mu.Lock()
	if h.fail != nil {
		defer h.mu.Unlock()
		return channels.Accepted{}, h.fail
	}
	if seq, ok := h.seqs[in.ProviderID]; ok {
		defer h.mu.Unlock()
		return channels.Accepted{Seq: seq, Duplicate: true}, nil
	}
	h.received = append(h.received, in)
	seq := h.append(in.From, Item{ID: in.ProviderID, From: FromYou, Text: in.Text})
	h.seqs[in.ProviderID] = seq
	onItem := h.onItem
	h.mu.Unlock()
	if onItem != nil {
		onItem(in)
	}
	return channels.Accepted{Seq: seq}, nil
}

func (h *house) Confirm(context.Context, channels.Receipt) error { return errors.New("not used") }

func (h *house) append(conversation string, it Item) int64 {
	it.Seq = int64(len(h.feeds[conversation]) + 1)
	if it.At.IsZero() {
		it.At = time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	}
	h.feeds[conversation] = append(h.feeds[conversation], it)
	return it.Seq
}

// show makes an item visible, as a committed transaction would.
func (h *house) show(conversation string, it Item) {
	h.mu.Lock()
	h.append(conversation, it)
	h.mu.Unlock()
}

func (h *house) setFail(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fail = err
}

func (h *house) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.received)
}

// rig is an adapter behind a real server.
type rig struct {
	t testing.TB
	*house
	a   *Adapter
	srv *httptest.Server
	mux *http.ServeMux
}

func testConfig() Config {
	return Config{Brand: "Northwind Bank", Assistant: "Ava", Phone: "1-800-555-0100", Words: map[string]Words{
		"en": {Greeting: "I can tell you what you owe and help you find a plan you can keep.",
			Banner: "Northwind Bank is attempting to collect a debt. Any information obtained will be used for that purpose."},
		"es": {Greeting: "Puedo decirle cuánto debe y ayudarle a encontrar un plan que pueda cumplir.",
			Banner: "Northwind Bank intenta cobrar una deuda. Toda información obtenida se usará para ese fin."},
	}}
}

func newRig(t *testing.T, change func(*Config)) *rig {
	t.Helper()
	cfg := testConfig()
	if change != nil {
		change(&cfg)
	}
	return benchRig(t, cfg)
}

func benchRig(t testing.TB, cfg Config) *rig {
	t.Helper()
	r := &rig{t: t, house: newHouse()}
	a, err := New(cfg, r.house)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	a.Routes(mux, r.house)
	r.mux = mux
	r.a, r.srv = a, httptest.NewServer(mux)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := a.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		r.srv.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	return r
}

// bot shows a line of the bot and wakes, as the gateway does.
func (r *rig) bot(conversation, text string, choices ...channels.Choice) {
	r.house.mu.Lock()
	n := len(r.feeds[conversation])
	r.house.mu.Unlock()
	r.show(conversation, Item{ID: fmt.Sprintf("m-%d", n+1), From: FromBot, Name: "Ava", Text: text, Choices: choices})
	r.a.Wake(conversation)
}

func (r *rig) url() string {
	return "ws" + strings.TrimPrefix(r.srv.URL, "http") + "/channels/webchat/socket"
}

// client is a widget by hand.
type client struct {
	t            testing.TB
	ws           *websocket.Conn
	conversation string
	seq          int64
}

func (r *rig) dial(header http.Header) *client {
	r.t.Helper()
	ws, resp, err := websocket.DefaultDialer.Dial(r.url(), header)
	if err != nil {
		r.t.Fatalf("dial: %v (%v)", err, resp)
	}
	r.t.Cleanup(func() { ws.Close() })
	return &client{t: r.t, ws: ws}
}

// hello dials and says hello for conversation ("" for a new one).
func (r *rig) hello(conversation string, since int64) *client {
	r.t.Helper()
	c := r.dial(nil)
	c.send(map[string]any{"type": "hello", "conversation": conversation, "since": since})
	w := c.want("welcome")
	c.conversation, c.seq = w.Conversation, *w.Seq
	return c
}

func (c *client) send(frame any) {
	c.t.Helper()
	if err := c.ws.WriteJSON(frame); err != nil {
		c.t.Fatalf("write: %v", err)
	}
}

func (c *client) raw(data string) {
	c.t.Helper()
	if err := c.ws.WriteMessage(websocket.TextMessage, []byte(data)); err != nil {
		c.t.Fatalf("write: %v", err)
	}
}

// next reads one frame; the deadline is only there so that a failure ends.
func (c *client) next() (serverFrame, error) {
	c.ws.SetReadDeadline(time.Now().Add(15 * time.Second))
	var f serverFrame
	err := c.ws.ReadJSON(&f)
	return f, err
}

// want reads up to the next frame of a type.
func (c *client) want(kind string) serverFrame {
	c.t.Helper()
	for {
		f, err := c.next()
		if err != nil {
			c.t.Fatalf("waiting for a %s frame: %v", kind, err)
		}
		if f.Type == kind {
			return f
		}
	}
}

// wantError reads up to the next error and compares its code.
func (c *client) wantError(code string) serverFrame {
	c.t.Helper()
	f := c.want("error")
	if f.Code != code {
		c.t.Fatalf("error frame has code %q (%s), want %q", f.Code, f.Detail, code)
	}
	return f
}

// wantClose reads until the socket is closed.
func (c *client) wantClose(code int) {
	c.t.Helper()
	for {
		if _, err := c.next(); err != nil {
			if !websocket.IsCloseError(err, code) {
				c.t.Fatalf("closed with %v, want code %d", err, code)
			}
			return
		}
	}
}
