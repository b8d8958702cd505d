package asterisk

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"parley/channels/voice"
)

// Limits of one connection.
const (
	maxMessage = 64 << 10
	startIn    = 10 * time.Second // the first message
	writeIn    = 5 * time.Second
	pingEvery  = 20 * time.Second
	deadAfter  = 65 * time.Second // without a message or a pong
	closeIn    = 10 * time.Second // after our end
	// stalledAfter is how long the line may send nothing while somebody speaks, before
	// they count as done: a telephone that sends no silence.
	stalledAfter = time.Second
	// unheard is how many utterances may wait to be understood.
	unheard = 4
	// lastWords is how long, once the connection is over, the last words may take to be understood.
	lastWords = 8 * time.Second
)

// Why a connection broke; without anybody's words.
var (
	errLost   = errors.New("asterisk: the connection was lost")
	errSpeech = errors.New("asterisk: hearing or speaking failed")
	errFull   = errors.New("asterisk: too much is waiting to be said")
)

// technical is passed on with a call that goes to a human because hearing or speaking failed.
const technical = `{"reason":"technical_failure"}`

// Speech hears and speaks. Package speech has the one that is used.
type Speech interface {
	// Hear is the words in pcm, 16 kHz; "" if there are none. language may be "".
	Hear(ctx context.Context, pcm []int16) (text, language string, err error)
	// Speak is text as audio, 16 kHz. language may be "".
	Speak(ctx context.Context, text, language string) ([]int16, error)
}

// line is the connection of one call. Everything is done by Run, one thing at a time;
// what takes long (hearing, speaking) is done beside it and comes back to it.
type line struct {
	ws     *websocket.Conn
	speech Speech
	clock  voice.Clock
	// ending is told before our part ends: with "" it was a hanging up.
	ending func(handoff string)

	says chan voice.Sentence

	mu             sync.Mutex // one writer at a time
	ended, dropped bool
}

var (
	_ voice.Transport = (*line)(nil)
	_ wire            = (*line)(nil)
)

func newLine(ws *websocket.Conn, s Speech, clock voice.Clock, ending func(string)) *line {
	return &line{ws: ws, speech: s, clock: clock, ending: ending, says: make(chan voice.Sentence, maxWaiting)}
}

// Say queues one sentence.
func (l *line) Say(ctx context.Context, s voice.Sentence) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if l.ended || l.dropped {
		return errLost
	}
	select {
	case l.says <- s:
		return nil
	default:
		return errFull
	}
}

// End hangs up our leg of the call. The dialplan then asks what follows.
func (l *line) End(ctx context.Context, handoff string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	if l.ended || l.dropped {
		l.mu.Unlock()
		return errLost
	}
	l.ending(handoff)
	err := l.write(websocket.TextMessage, encode(command{Command: "HANGUP"}))
	l.ended = true
	l.mu.Unlock()
	_ = l.ws.SetReadDeadline(time.Now().Add(closeIn))
	return err
}

// Close drops the connection. Asterisk is not told that all is in order, for it is not.
func (l *line) Close() error {
	l.mu.Lock()
	l.dropped = true
	l.mu.Unlock()
	return l.ws.NetConn().Close()
}

func (l *line) audio(b []byte) error { return l.send(websocket.BinaryMessage, b) }

func (l *line) command(c command) error { return l.send(websocket.TextMessage, encode(c)) }

func encode(c command) []byte {
	b, _ := json.Marshal(c) // of strings alone
	return b
}

func (l *line) send(kind int, b []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended { // what comes after the end is not played
		return nil
	}
	return l.write(kind, b)
}

// write writes one message; l.mu is held.
func (l *line) write(kind int, b []byte) error {
	if l.dropped {
		return errLost
	}
	_ = l.ws.SetWriteDeadline(time.Now().Add(writeIn))
	if l.ws.WriteMessage(kind, b) != nil {
		return errLost
	}
	return nil
}

// incoming is one message, or the end of them.
type incoming struct {
	kind int
	body []byte
	err  error
}

// read passes on what Asterisk sends until there is no more.
func (l *line) read(to chan<- incoming, done <-chan struct{}) {
	l.ws.SetPongHandler(func(string) error { l.alive(); return nil })
	l.alive()
	for {
		kind, b, err := l.ws.ReadMessage()
		if err == nil {
			l.alive()
		}
		select {
		case to <- incoming{kind, b, err}:
		case <-done:
			return
		}
		if err != nil {
			return
		}
	}
}

// alive puts off the end of patience with a peer that says nothing.
func (l *line) alive() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended {
		_ = l.ws.SetReadDeadline(time.Now().Add(deadAfter))
	}
}

func (l *line) keepAlive(done <-chan struct{}) {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
			if l.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeIn)) != nil {
				return
			}
		}
	}
}

// over says how the connection ended.
func (l *line) over(err error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.dropped:
	case l.ended, websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway, websocket.CloseNoStatusReceived):
		return nil
	}
	return errLost
}
