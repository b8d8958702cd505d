package relay

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"parley/channels/voice"
)

// Limits of one connection.
const (
	maxFrame   = 64 << 10
	setupIn    = 10 * time.Second
	writeIn    = 5 * time.Second
	pingEvery  = 20 * time.Second
	deadAfter  = 65 * time.Second // without a frame or a pong
	closeIn    = 10 * time.Second // after our end
	parameter  = "token"
	partingGap = time.Second
)

// errLost is why a connection broke: without the peer's words, which may quote a person's.
var errLost = errors.New("relay: the connection was lost")

// conn is the connection of one call.
type conn struct {
	ws    *websocket.Conn
	langs map[string]string

	mu      sync.Mutex // one writer at a time
	ended   bool
	dropped bool
}

var _ voice.Transport = (*conn)(nil)

// connect is GET /channels/voice/relay: a handshake that is not signed is refused
// before it becomes a connection, and a connection without a good token before it
// becomes a call.
func (k *Carrier) connect(w http.ResponseWriter, r *http.Request) {
	if !k.verify(k.relayURL(), r.URL.RawQuery, nil, r.Header.Get("X-Twilio-Signature")) {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	if k.a.Live() >= k.cfg.MaxCalls {
		http.Error(w, "no more calls just now", http.StatusServiceUnavailable)
		return
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil { // Upgrade has answered
		return
	}
	defer ws.Close()
	ws.SetReadLimit(maxFrame)
	leg, ok := k.setup(ws)
	if !ok {
		deadline := time.Now().Add(partingGap)
		_ = ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.ClosePolicyViolation, "setup refused"), deadline)
		return
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	_ = k.a.Serve(ctx, leg, &conn{ws: ws, langs: k.cfg.Speech.codes()}) // the carrier is told how it ended by webhook
}

// setup reads the first frame, which says whose connection it is.
func (k *Carrier) setup(ws *websocket.Conn) (voice.Leg, bool) {
	_ = ws.SetReadDeadline(time.Now().Add(setupIn))
	_, b, err := ws.ReadMessage()
	if err != nil {
		return voice.Leg{}, false
	}
	f, ok := parse(b)
	if !ok || f.Type != "setup" || f.SessionID == "" || len(f.SessionID) > 128 ||
		f.AccountSID != "" && f.AccountSID != k.cfg.AccountSID {
		return voice.Leg{}, false
	}
	c, ok := k.redeem(f.Parameters[parameter], f.CallSID)
	if !ok {
		return voice.Leg{}, false
	}
	leg := c.leg()
	leg.Session = f.SessionID
	// Who speaks with whom was signed with the call; the connection must not say otherwise.
	from, to := leg.Person, leg.Ours
	if leg.Outbound {
		from, to = to, from
	}
	return leg, (f.From == "" || f.From == from) && (f.To == "" || f.To == to)
}

// Run reads frames until the connection is over.
func (c *conn) Run(ctx context.Context, ear voice.Ear) error {
	stop := context.AfterFunc(ctx, func() { _ = c.Close() })
	defer stop()
	done := make(chan struct{})
	defer close(done)
	go c.keepAlive(done)
	c.ws.SetPongHandler(func(string) error { c.alive(); return nil })
	c.alive()
	for {
		kind, b, err := c.ws.ReadMessage()
		if err != nil {
			return c.over(err)
		}
		c.alive()
		if kind != websocket.TextMessage {
			continue
		}
		if f, ok := parse(b); ok {
			hear(ear, f)
		}
	}
}

// hear tells ear what a frame says.
func hear(ear voice.Ear, f inFrame) {
	switch f.Type {
	case "prompt":
		ear.Prompt(f.VoicePrompt, f.Last == nil || *f.Last, f.Lang)
	case "dtmf":
		ear.Digits(f.Digit)
	case "interrupt":
		ear.Interrupted(f.UtteranceUntilInterrupt)
	case "info":
		switch f.Name {
		case "agentSpeaking":
			ear.Speaking(voice.Ours, f.Value == "on")
		case "clientSpeaking":
			ear.Speaking(voice.Person, f.Value == "on")
		case "tokensPlayed":
			ear.Played(f.Value)
		}
	}
}

// alive puts off the end of patience with a peer that says nothing.
func (c *conn) alive() {
	c.mu.Lock()
	ended := c.ended
	c.mu.Unlock()
	if !ended {
		_ = c.ws.SetReadDeadline(time.Now().Add(deadAfter))
	}
}

func (c *conn) keepAlive(done <-chan struct{}) {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
			if c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeIn)) != nil {
				return
			}
		}
	}
}

// over says how the connection ended.
func (c *conn) over(err error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.ended && !c.dropped:
		return nil
	case !c.dropped && websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway, websocket.CloseNoStatusReceived):
		return nil
	}
	return errLost
}

// Say writes one sentence.
func (c *conn) Say(ctx context.Context, s voice.Sentence) error {
	f := textFrame{Type: "text", Token: s.Text, Last: s.Last, Lang: languageCode(c.langs, s.Language)}
	if s.Whole {
		f.Interruptible, f.Preemptible = new(bool), new(bool)
	}
	return c.write(ctx, f)
}

// End writes the last frame; the peer then closes, or is given up on.
func (c *conn) End(ctx context.Context, handoff string) error {
	if err := c.write(ctx, endFrame{Type: "end", HandoffData: handoff}); err != nil {
		return err
	}
	c.mu.Lock()
	c.ended = true
	c.mu.Unlock()
	_ = c.ws.SetReadDeadline(time.Now().Add(closeIn))
	return nil
}

// Close drops the connection. Twilio is not told that all is in order, for it is not.
func (c *conn) Close() error {
	c.mu.Lock()
	c.dropped = true
	c.mu.Unlock()
	return c.ws.NetConn().Close()
}

func (c *conn) write(ctx context.Context, frame any) error {
	b, err := json.Marshal(frame)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.ended || c.dropped {
		return errLost
	}
	deadline := time.Now().Add(writeIn)
	if d, ok := ctx.Deadline(); ok && d.Before(deadline) {
		deadline = d
	}
	_ = c.ws.SetWriteDeadline(deadline)
	if c.ws.WriteMessage(websocket.TextMessage, b) != nil {
		return errLost
	}
	return nil
}

// codes are the languages of the TwiML, by themselves and by their first part.
func (s Speech) codes() map[string]string {
	m := map[string]string{}
	add := func(code string) {
		low := strings.ToLower(code)
		primary, _, _ := strings.Cut(low, "-")
		m[low] = code
		if m[primary] == "" {
			m[primary] = code
		}
	}
	add(s.Language)
	for _, l := range s.Languages {
		add(l.Code)
	}
	return m
}

// languageCode is the language of the TwiML for a tag: itself, or one that differs
// only by region. Of one that is not there Twilio has no voice; "" leaves it to its default.
func languageCode(langs map[string]string, tag string) string {
	low := strings.ToLower(tag)
	if code := langs[low]; code != "" {
		return code
	}
	primary, _, _ := strings.Cut(low, "-")
	return langs[primary]
}
