package voicetest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// open connects to the gateway and says who is calling.
func (p *Peer) open(ctx context.Context) error {
	address := p.doc.Relay["url"]
	header := http.Header{"X-Twilio-Signature": {Sign(p.t.cfg.AuthToken, address, nil)}}
	ws, res, err := websocket.DefaultDialer.DialContext(ctx, p.t.real(address), header)
	if err != nil {
		if res != nil {
			defer res.Body.Close()
			return &Refused{Code: res.StatusCode}
		}
		return err
	}
	ws.SetPongHandler(func(data string) error {
		p.mu.Lock()
		defer p.mu.Unlock()
		if c := p.pongs[data]; c != nil {
			close(c)
			delete(p.pongs, data)
		}
		return nil
	})
	session := p.t.sid("VX")
	p.set(func() {
		p.ws, p.session, p.state, p.status, p.sound = ws, session, Connected, "in-progress", sound{heard: p.sound.heard}
	})
	p.t.busy.Go(func() { p.read(ws, session) })
	return p.send(map[string]any{
		"type": "setup", "sessionId": session, "accountSid": p.t.cfg.AccountSID, "parentCallSid": "", "callSid": p.SID, "from": p.From,
		"to": p.To, "forwardedFrom": "", "callType": "PSTN", "callerName": "", "direction": p.Direction, "callStatus": "IN-PROGRESS",
		"customParameters": p.doc.Parameters,
	})
}

// read takes the gateway's frames until the connection is over.
func (p *Peer) read(ws *websocket.Conn, session string) {
	for {
		_, b, err := ws.ReadMessage()
		if err != nil {
			p.mu.Lock()
			lost := p.state == Connected && p.session == session && p.ws != nil
			p.mu.Unlock()
			if lost && p.t.ctx.Err() == nil { // the gateway went away
				_ = p.closed(p.t.ctx, "failed", "ErrorCode", "39001", "ErrorMessage", "Network connection to WebSocket server failed.")
			}
			return
		}
		f, err := ParseFrame(b)
		if err != nil {
			p.set(func() { p.faults = append(p.faults, err.Error()) })
			_ = p.write(map[string]any{"type": "error", "description": "Invalid message received: " + string(b)})
			continue
		}
		p.set(func() {
			p.frames = append(p.frames, f)
			p.take(f)
		})
		if f.Type == "end" {
			more := []string{}
			if f.HandoffData != "" {
				more = []string{"HandoffData", f.HandoffData}
			}
			p.t.busy.Go(func() { _ = p.closed(p.t.ctx, "ended", more...) })
			return
		}
	}
}

// write sends one frame.
func (p *Peer) write(frame map[string]any) error {
	p.mu.Lock()
	ws := p.ws
	p.mu.Unlock()
	if ws == nil {
		return errGone
	}
	p.writing.Lock()
	defer p.writing.Unlock()
	return p.stillHere(ws, ws.WriteJSON(frame))
}

// errGone: there is no connection any more.
var errGone = errors.New("voicetest: the call has no connection")

// stillHere is err, or errGone where the connection went away meanwhile.
func (p *Peer) stillHere(ws *websocket.Conn, err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil && p.ws != ws {
		return errGone
	}
	return err
}

// tell is send, for what nobody needs to hear once the call is over.
func (p *Peer) tell(frame map[string]any) error {
	if err := p.send(frame); !errors.Is(err, errGone) {
		return err
	}
	return nil
}

// send sends one frame and waits until the gateway has taken it in: it answers a ping
// only after what came before it.
func (p *Peer) send(frame map[string]any) error {
	if err := p.write(frame); err != nil {
		return err
	}
	p.mu.Lock()
	p.serial++
	id, pong, ws := fmt.Sprint(p.serial), make(chan struct{}), p.ws
	p.pongs[id] = pong
	p.mu.Unlock()
	if ws == nil {
		return nil
	}
	if err := ws.WriteControl(websocket.PingMessage, []byte(id), time.Now().Add(5*time.Second)); err != nil {
		return p.stillHere(ws, err)
	}
	gone := time.NewTimer(5 * time.Second)
	defer gone.Stop()
	for {
		p.mu.Lock()
		changed, over := p.changed, p.ws != ws
		p.mu.Unlock()
		if over {
			return nil
		}
		select {
		case <-pong:
			return nil
		case <-changed:
		case <-gone.C:
			return errors.New("voicetest: the gateway does not answer")
		}
	}
}

// Sync waits until the gateway has taken in all that was sent to it, and all that it
// sent before has come.
func (p *Peer) Sync() error { return p.tell(map[string]any{"type": "info", "name": "nothing"}) }

// Raw sends the gateway a frame as it stands.
func (p *Peer) Raw(frame string) error {
	p.mu.Lock()
	ws := p.ws
	p.mu.Unlock()
	if ws == nil {
		return errGone
	}
	p.writing.Lock()
	err := ws.WriteMessage(websocket.TextMessage, []byte(strings.TrimSpace(frame)))
	p.writing.Unlock()
	if err != nil {
		return err
	}
	return p.Sync()
}
