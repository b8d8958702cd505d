package asterisk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/channels/voice"
	"parley/channels/voice/speech"
)

// pbx is Asterisk's side of one connection, and the person behind it. It plays what it
// was sent only when told to: no test waits for audio.
type pbx struct {
	tb testing.TB
	ws *websocket.Conn

	writing sync.Mutex
	mu      sync.Mutex
	changed *sync.Cond
	queue   []any // []byte is a frame, string a mark
	played  []byte
	flushes int
	marked  int
	hungUp  bool
	gone    bool
	on      bool // it plays by itself
}

// dialPBX connects to our server as Asterisk does.
func dialPBX(tb testing.TB, address string, header http.Header) (*pbx, *http.Response, error) {
	tb.Helper()
	d := websocket.Dialer{HandshakeTimeout: 5 * time.Second, Subprotocols: []string{"media"}}
	ws, resp, err := d.Dial(address, header)
	if err != nil {
		return nil, resp, err
	}
	p := &pbx{tb: tb, ws: ws}
	p.changed = sync.NewCond(&p.mu)
	return p, resp, nil
}

// start tells that the media begins, and reads from then on.
func (p *pbx) start(format string) {
	p.tell(map[string]any{"event": "MEDIA_START", "connection_id": "parley", "channel": "WebSocket/parley-0x1", "channel_id": "pbx-1.2",
		"format": format, "optimal_frame_size": frameBytes, "ptime": 20, "channel_variables": map[string]string{}})
	go p.read()
}

func (p *pbx) read() {
	for {
		kind, b, err := p.ws.ReadMessage()
		p.mu.Lock()
		switch {
		case err != nil:
			p.gone = true
		case kind == websocket.BinaryMessage:
			if len(b)%frameBytes != 0 || len(b) > 65500 {
				p.tb.Errorf("a message of %d bytes: Asterisk would drop some of it", len(b))
			}
			for len(b) > 0 {
				p.queue, b = append(p.queue, b[:frameBytes:frameBytes]), b[frameBytes:]
			}
			if len(p.queue) > 1000 {
				p.tb.Error("Asterisk's queue runs over")
			}
		default:
			p.take(b)
		}
		on := p.on
		p.changed.Broadcast()
		p.mu.Unlock()
		if err != nil {
			return
		}
		if on {
			p.play(1 << 30)
		}
	}
}

// take obeys a command; the lock is held.
func (p *pbx) take(b []byte) {
	var c struct {
		Command string `json:"command"`
		ID      string `json:"correlation_id"`
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil || len(b) > 128 {
		p.tb.Errorf("Asterisk would drop %q: %v", b, err)
	}
	switch c.Command {
	case "MARK_MEDIA":
		p.queue = append(p.queue, c.ID)
		p.marked++
	case "FLUSH_MEDIA":
		p.queue, p.flushes = nil, p.flushes+1
	case "HANGUP":
		p.hungUp = true
		go p.close()
	default:
		p.tb.Errorf("Asterisk knows no %q", c.Command)
	}
}

// until waits for something to be so.
func (p *pbx) until(what string, so func() bool) {
	p.tb.Helper()
	late := time.AfterFunc(10*time.Second, func() {
		p.mu.Lock()
		p.gone = true
		p.changed.Broadcast()
		p.mu.Unlock()
	})
	defer late.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	for !so() {
		if p.gone {
			p.tb.Errorf("waiting for %s, the line is over", what)
			return
		}
		p.changed.Wait()
	}
}

// play plays the next n frames of what has come, or all that has.
func (p *pbx) play(n int) {
	for n > 0 {
		p.mu.Lock()
		if len(p.queue) == 0 {
			p.mu.Unlock()
			return
		}
		next := p.queue[0]
		p.queue = p.queue[1:]
		if frame, ok := next.([]byte); ok {
			p.played = append(p.played, frame...)
			n--
		}
		p.mu.Unlock()
		if id, ok := next.(string); ok {
			p.tell(map[string]any{"event": "MEDIA_MARK_PROCESSED", "channel_id": "pbx-1.2", "correlation_id": id})
		}
	}
}

// playOn plays all that has come, and from now on what comes.
func (p *pbx) playOn() {
	p.mu.Lock()
	p.on = true
	p.mu.Unlock()
	p.play(1 << 30)
}

// playUntil plays what comes until something has been heard, or taken back.
func (p *pbx) playUntil(what string, so func(heard string) bool) {
	p.tb.Helper()
	for {
		p.play(1 << 30)
		over := false
		p.until(what, func() bool {
			over = so(spelled(speech.Samples(p.played)))
			return over || len(p.queue) > 0
		})
		if over || p.over() {
			return
		}
	}
}

func (p *pbx) over() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.gone
}

// heardText is what the person has heard.
func (p *pbx) heardText() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return spelled(speech.Samples(p.played))
}

func (p *pbx) tell(event map[string]any) {
	p.writing.Lock()
	defer p.writing.Unlock()
	_ = p.ws.WriteJSON(event)
}

// sound sends audio as Asterisk does, a frame in a message.
func (p *pbx) sound(pcm []int16) {
	b := speech.Bytes(pcm)
	p.writing.Lock()
	defer p.writing.Unlock()
	for len(b) > 0 {
		n := min(len(b), frameBytes)
		_ = p.ws.WriteMessage(websocket.BinaryMessage, b[:n])
		b = b[n:]
	}
}

func (p *pbx) silence(frames int) { p.sound(make([]int16, frames*frameSamples)) }

// say is the person saying words, and being silent.
func (p *pbx) say(text string) {
	p.sound(spell(text))
	p.silence(endsAfter + 5)
}

func (p *pbx) press(keys string) {
	for _, k := range keys {
		p.tell(map[string]any{"event": "DTMF_END", "channel_id": "pbx-1.2", "digit": string(k)})
	}
}

// close is Asterisk's end of the connection, in order.
func (p *pbx) close() {
	p.writing.Lock()
	defer p.writing.Unlock()
	_ = p.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
}

// A voice for tests: each letter is two frames as loud as the letter is far in the alphabet.

const (
	letterFrames = 2
	loudness     = 64
)

func spell(text string) []int16 {
	pcm := make([]int16, 0, len(text)*letterFrames*frameSamples)
	for _, c := range []byte(text) {
		for range letterFrames * frameSamples {
			pcm = append(pcm, int16(c)*loudness)
		}
	}
	return pcm
}

func spelled(pcm []int16) string {
	var b strings.Builder
	run, last := 0, int16(0)
	for i := 0; i+frameSamples <= len(pcm); i += frameSamples {
		c := pcm[i]
		if c != last {
			run, last = 0, c
		}
		if run++; c != 0 && run%letterFrames == 0 {
			b.WriteByte(byte(c / loudness))
		}
	}
	return b.String()
}

// speller hears and speaks that voice.
type speller struct {
	hearFails, speakFails bool
}

func (s speller) Hear(_ context.Context, pcm []int16) (string, string, error) {
	if s.hearFails {
		return "", "", errors.New("deaf")
	}
	return spelled(pcm), "", nil
}

func (s speller) Speak(_ context.Context, text, _ string) ([]int16, error) {
	if s.speakFails {
		return nil, errors.New("dumb")
	}
	return spell(text), nil
}

// open connects a stand-in to a bare line, with nobody behind it. over is told what was
// passed on at the end.
func open(tb testing.TB, s Speech, clock voice.Clock) (l *line, p *pbx, over chan string) {
	tb.Helper()
	lines, over := make(chan *line, 1), make(chan string, 1)
	release := make(chan struct{})
	var serving sync.WaitGroup
	serving.Add(1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer serving.Done()
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		if _, _, err := ws.ReadMessage(); err == nil { // the start
			lines <- newLine(ws, s, clock, func(handoff string) { over <- handoff })
		}
		<-release
	}))
	p, _, err := dialPBX(tb, "ws"+server.URL[len("http"):], nil)
	if err != nil {
		tb.Fatal(err)
	}
	p.start("slin16")
	tb.Cleanup(func() {
		close(release)
		_ = p.ws.Close()
		serving.Wait()
		server.Close()
	})
	return <-lines, p, over
}
