package voicetest

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// State is where a call is.
type State string

// The states of a call.
const (
	Placed    State = "placed"    // by the gateway; not yet answered
	Connected State = "connected" // to the gateway
	Dialling  State = "dialling"  // the agent's telephone rings
	Queued    State = "queued"    // for an agent
	Bridged   State = "bridged"   // to an agent
	Over      State = "over"
)

// Peer is one call: the person on it, and Twilio between them and the gateway.
type Peer struct {
	t *Twilio
	// SID, From, To and Direction are the call's as Twilio says them.
	SID, From, To, Direction string
	// Params are those the gateway placed the call with.
	Params url.Values
	began  time.Time

	writing sync.Mutex

	mu      sync.Mutex
	changed chan struct{} // closed, and another made, on each change
	state   State
	status  string // Twilio's CallStatus
	session string
	ws      *websocket.Conn
	doc     Doc
	frames  []Frame
	faults  []string
	docs    []string
	pongs   map[string]chan struct{}
	serial  int
	sound
}

func (t *Twilio) peer(from, to, direction string) *Peer {
	p := &Peer{
		t: t, SID: t.sid("CA"), From: from, To: to, Direction: direction, began: t.now(), changed: make(chan struct{}),
		state: Placed, status: "ringing", pongs: map[string]chan struct{}{},
	}
	t.mu.Lock()
	t.calls = append(t.calls, p)
	t.mu.Unlock()
	return p
}

// The gateway's addresses.
const (
	callsPath  = "/channels/voice/calls"
	statusPath = "/channels/voice/status"
)

// Call calls the gateway from that number and follows what it answers. The call is
// returned even where the gateway refuses it.
func (t *Twilio) Call(ctx context.Context, from string) (*Peer, error) {
	p := t.peer(from, t.cfg.Number, "inbound")
	doc, err := t.Post(ctx, t.cfg.PublicURL+callsPath, p.Form())
	if err != nil {
		return p, err
	}
	return p, p.follow(ctx, doc)
}

// Answer has a call the gateway placed answered by a "human", "machine_start", "fax" …
func (p *Peer) Answer(ctx context.Context, by string) error {
	for _, status := range []string{"initiated", "ringing", "in-progress"} {
		if err := p.Progress(ctx, status); err != nil {
			return err
		}
	}
	doc, err := p.t.Post(ctx, p.Params.Get("Url"), p.Form("AnsweredBy", by))
	if err != nil {
		return err
	}
	return p.follow(ctx, doc)
}

// Progress tells the gateway how far the call is: "ringing", "busy", "no-answer" …
func (p *Peer) Progress(ctx context.Context, status string) error {
	p.set(func() {
		p.status = status
		if slices.Contains([]string{"busy", "no-answer", "failed", "canceled", "completed"}, status) {
			p.state = Over
		}
	})
	address := p.t.cfg.PublicURL + statusPath
	if p.Params != nil {
		address = p.Params.Get("StatusCallback")
	}
	_, err := p.t.Post(ctx, address, p.Form())
	return err
}

// Form is what Twilio says of the call in every request, with further fields and their values.
func (p *Peer) Form(more ...string) url.Values { return p.form(more...) }

// follow does what a TwiML document says.
func (p *Peer) follow(ctx context.Context, text string) error {
	doc, err := ParseTwiML(text)
	if err != nil {
		return err
	}
	p.set(func() { p.docs, p.doc = append(p.docs, text), doc })
	switch doc.Verb {
	case "Connect":
		return p.open(ctx)
	case "Dial":
		p.set(func() { p.state = Dialling })
		return nil
	case "Enqueue":
		p.set(func() { p.state = Queued })
		return nil
	}
	p.set(func() { p.state, p.status = Over, "completed" })
	if p.Params != nil || doc.Verb == "Hangup" {
		return p.Progress(ctx, "completed")
	}
	return nil
}

// closed ends the connection and asks the gateway what follows.
func (p *Peer) closed(ctx context.Context, status string, more ...string) error {
	var ws *websocket.Conn
	var session, action string
	p.set(func() {
		ws, session, action = p.ws, p.session, p.doc.Attributes["action"]
		p.ws = nil
	})
	if ws == nil {
		return errGone
	}
	if status != "failed" {
		_ = ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
	}
	_ = ws.NetConn().Close()
	doc, err := p.t.Post(ctx, action, p.Form(append([]string{"SessionId", session, "SessionStatus", status, "SessionDuration", "25"}, more...)...))
	if err != nil {
		return err
	}
	return p.follow(ctx, doc)
}

// HangUp is the person hanging up.
func (p *Peer) HangUp(ctx context.Context) error {
	p.set(func() { p.status = "completed" })
	return p.closed(ctx, "completed")
}

// Drop breaks the connection to the gateway in the middle of the call, and asks for another.
func (p *Peer) Drop(ctx context.Context) error {
	return p.closed(ctx, "failed", "ErrorCode", "39001", "ErrorMessage", "Network connection to WebSocket server failed.")
}

// AgentAnswers has the agent's telephone answered, and returns what the agent hears first.
func (p *Peer) AgentAnswers(ctx context.Context) (string, error) {
	p.mu.Lock()
	address := p.doc.Whisper
	p.mu.Unlock()
	text, err := p.t.Post(ctx, address, url.Values{
		"AccountSid": {p.t.cfg.AccountSID}, "CallSid": {p.t.sid("CA")}, "ParentCallSid": {p.SID}, "CallStatus": {"in-progress"},
		"From": {p.t.cfg.Number}, "To": {p.doc.Number}, "Direction": {"outbound-dial"},
	})
	if err != nil {
		return "", err
	}
	doc, err := ParseTwiML(text)
	p.set(func() { p.state = Bridged })
	return doc.Said, err
}

// AgentDone ends handing over: "completed", "no-answer", "busy", "failed"; of a queue
// "bridged", "hangup", "queue-full" …
func (p *Peer) AgentDone(ctx context.Context, result string) error {
	p.mu.Lock()
	action, field := p.doc.Attributes["action"], "DialCallStatus"
	if p.doc.Verb == "Enqueue" {
		field = "QueueResult"
	}
	p.mu.Unlock()
	doc, err := p.t.Post(ctx, action, p.Form(field, result))
	if err != nil {
		return err
	}
	return p.follow(ctx, doc)
}

// State is where the call is now.
func (p *Peer) State() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

// Await waits until the call is in that state.
func (p *Peer) Await(ctx context.Context, state State) error {
	return p.until(ctx, func() bool { return p.state == state })
}

// AwaitSession waits until the call has a connection other than that one; [Peer.Session] names it.
func (p *Peer) AwaitSession(ctx context.Context, other string) error {
	return p.until(ctx, func() bool { return p.state == Connected && p.session != other })
}

// Session is the id of the connection.
func (p *Peer) Session() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.session
}

// Frames are all the frames that came.
func (p *Peer) Frames() []Frame {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.frames)
}

// Faults are what was wrong with those frames that Twilio would refuse (error 64107).
func (p *Peer) Faults() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.faults)
}

// Docs are the TwiML documents the call was given, in order; Doc is the last.
func (p *Peer) Docs() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.docs)
}

// Doc is the TwiML document the call is at.
func (p *Peer) Doc() Doc {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.doc
}

// Unplug breaks the connection and says nothing to anybody.
func (p *Peer) Unplug() {
	var ws *websocket.Conn
	p.set(func() { ws, p.ws = p.ws, nil })
	if ws != nil {
		_ = ws.NetConn().Close()
	}
}

// set changes the call and wakes who waits for it.
func (p *Peer) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	close(p.changed)
	p.changed = make(chan struct{})
}

// until waits for a condition, which is looked at under the lock.
func (p *Peer) until(ctx context.Context, condition func() bool) error {
	for {
		p.mu.Lock()
		done, changed, state := condition(), p.changed, p.state
		p.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("voicetest: the call is %s: %w", state, ctx.Err())
		}
	}
}
