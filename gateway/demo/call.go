package demo

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gorilla/websocket"

	"parley/channels/voice/voicetest"
)

// The page's telephone. The page is the person's ear and mouth: it is given
// ConversationRelay's frames as the gateway wrote them, and its own go to the gateway
// as they are. What Twilio does besides (webhooks, signatures, the agent's telephone)
// the stand-in does.

// What the page asks of the telephone besides words.
type order struct {
	Do string `json:"do"`
	// Result is how the agent's telephone ends: "answer", "no-answer", "busy".
	Result string `json:"result,omitempty"`
}

// callState is what the page is told besides frames.
type callState struct {
	Type  string `json:"type"` // "call"
	State string `json:"state"`
	// Line says, for an agent who answered, what they hear first.
	Line string `json:"line,omitempty"`
	Why  string `json:"why,omitempty"`
}

const (
	callReadLimit = 16 << 10
	callIdle      = 10 * time.Minute
	callStep      = 15 * time.Second
)

// upgrader takes the page's own origin only: the default of the library.
var upgrader = websocket.Upgrader{HandshakeTimeout: 5 * time.Second}

// ringing reports whether the gateway is calling this telephone.
func (p *Page) ringing(phone string) bool {
	return p.deps.Calls != nil && phone != "" && p.placed(phone) != nil
}

func (p *Page) placed(phone string) *voicetest.Peer {
	for _, c := range slices.Backward(p.deps.Calls.Calls()) {
		if c.To == phone && c.State() == voicetest.Placed {
			return c
		}
	}
	return nil
}

// call is one call of the page's telephone, made or answered.
func (p *Page) call(w http.ResponseWriter, r *http.Request) {
	phone := r.URL.Query().Get("phone")
	if p.deps.Calls == nil {
		fail(w, http.StatusConflict, "a real provider is configured: call the gateway's number from a real telephone")
		return
	}
	if phone == "" {
		fail(w, http.StatusBadRequest, "phone: is missing")
		return
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	defer ws.Close()
	ws.SetReadLimit(callReadLimit)
	l := &handset{ws: ws, out: make(chan any, 256), cancel: cancel}
	go l.write(ctx)
	peer, err := p.begin(ctx, phone, r.URL.Query().Get("answer") != "")
	if err != nil {
		l.tell(ctx, callState{Type: "call", State: string(voicetest.Over), Why: "the gateway did not take the call"})
		l.flush(ctx)
		return
	}
	go l.watch(ctx, peer)
	l.read(ctx, peer)
	over, stop := context.WithTimeout(context.WithoutCancel(ctx), callStep)
	defer stop()
	if peer.State() == voicetest.Connected {
		_ = peer.HangUp(over) // the page is gone; the gateway hears of it or will notice
	}
}

// begin calls the gateway, or answers its call.
func (p *Page) begin(ctx context.Context, phone string, answer bool) (*voicetest.Peer, error) {
	ctx, stop := context.WithTimeout(ctx, callStep)
	defer stop()
	if answer {
		if c := p.placed(phone); c != nil {
			return c, c.Answer(ctx, "human")
		}
	}
	return p.deps.Calls.Call(ctx, phone)
}

// handset is the page's end of one call.
type handset struct {
	ws     *websocket.Conn
	out    chan any
	cancel context.CancelFunc
}

func (l *handset) tell(ctx context.Context, v any) {
	select {
	case l.out <- v:
	case <-ctx.Done():
	}
}

// write is the one writer of the socket.
func (l *handset) write(ctx context.Context) {
	defer l.cancel()
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-l.out:
			if done, ok := v.(chan struct{}); ok {
				close(done)
				continue
			}
			_ = l.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
			if l.ws.WriteJSON(v) != nil {
				return
			}
		}
	}
}

// flush waits until what was told is written.
func (l *handset) flush(ctx context.Context) {
	done := make(chan struct{})
	l.tell(ctx, done)
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// watch passes on the gateway's frames and what becomes of the call.
func (l *handset) watch(ctx context.Context, peer *voicetest.Peer) {
	seen := voicetest.Seen{}
	for {
		frames, now, err := peer.News(ctx, seen)
		if err != nil {
			return
		}
		if now.Session != seen.Session {
			l.tell(ctx, callState{Type: "call", State: string(voicetest.Connected)})
		}
		for _, f := range frames {
			l.tell(ctx, wire(f))
		}
		if now.State != seen.State && now.State != voicetest.Connected {
			l.tell(ctx, callState{Type: "call", State: string(now.State)})
		}
		if now.State == voicetest.Over {
			l.flush(ctx)
			l.cancel()
			_ = l.ws.Close()
			return
		}
		seen = now
	}
}

// wire is a frame as it came.
func wire(f voicetest.Frame) map[string]any {
	out := map[string]any{"type": f.Type}
	switch f.Type {
	case "text":
		out["token"], out["last"] = f.Token, f.Last
		if f.Lang != "" {
			out["lang"] = f.Lang
		}
		if f.Interruptible != nil {
			out["interruptible"] = *f.Interruptible
		}
	case "end":
		out["handoff"] = f.HandoffData != ""
	}
	return out
}

// fromPerson are the frames a person's end of a call sends.
var fromPerson = []string{"prompt", "dtmf", "interrupt", "info"}

// read takes what the person says and does until they, or the call, are gone.
func (l *handset) read(ctx context.Context, peer *voicetest.Peer) {
	for {
		_ = l.ws.SetReadDeadline(time.Now().Add(callIdle))
		_, b, err := l.ws.ReadMessage()
		if err != nil || ctx.Err() != nil {
			return
		}
		var kind struct {
			Type string `json:"type"`
			order
		}
		if json.Unmarshal(b, &kind) != nil {
			continue
		}
		switch {
		case slices.Contains(fromPerson, kind.Type):
			_ = peer.Raw(string(b)) // no connection now: the person speaks into nothing
		case kind.Type == "call":
			l.do(ctx, peer, kind.order)
		}
	}
}

// do what only a telephone network does.
func (l *handset) do(ctx context.Context, peer *voicetest.Peer, o order) {
	ctx, stop := context.WithTimeout(ctx, callStep)
	defer stop()
	var err error
	switch o.Do {
	case "hang_up":
		if peer.State() == voicetest.Connected {
			err = peer.HangUp(ctx)
		} else {
			err = peer.AgentDone(ctx, "canceled")
		}
	case "lose":
		err = peer.Drop(ctx)
	case "agent":
		err = l.agent(ctx, peer, o.Result)
	}
	if err != nil {
		l.tell(ctx, callState{Type: "call", State: string(peer.State()), Why: "that did not work"})
	}
}

// agent is what becomes of the telephone on the desk.
func (l *handset) agent(ctx context.Context, peer *voicetest.Peer, result string) error {
	if result != "answer" {
		return peer.AgentDone(ctx, result)
	}
	line, err := peer.AgentAnswers(ctx)
	if err != nil {
		return err
	}
	l.tell(ctx, callState{Type: "call", State: string(voicetest.Bridged), Line: line})
	return nil
}

// PublicCalls is the address calls are signed for in a demonstration; nobody else is there.
const PublicCalls = "https://parley.demo"

// Address is where the stand-in reaches the gateway that listens there.
func Address(listen string) string {
	u := url.URL{Scheme: "http", Host: listen}
	host := u.Hostname()
	if host == "" || host == "::" || host == "0.0.0.0" {
		host = "127.0.0.1"
	}
	return "http://" + host + ":" + u.Port()
}
