package asterisk

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"parley/channels/voice"
	"parley/channels/voice/speech"
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

// Run holds the line until it is over.
func (l *line) Run(ctx context.Context, ear voice.Ear) error {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	r := &run{line: l, ctx: ctx, cancel: cancel, ear: ear, made: make(chan made, 1), heard: make(chan understood, 1), stalled: make(chan int, 1)}
	in := make(chan incoming, 64)
	var beside sync.WaitGroup
	done := make(chan struct{})
	beside.Go(func() { l.read(in, done) })
	beside.Go(func() { l.keepAlive(done) })
	err := r.loop(in)
	stop()
	_ = l.Close() // or the reader would wait on
	close(done)
	cancel()
	r.beside.Wait()
	beside.Wait()
	return err
}

// run is what Run holds.
type run struct {
	*line
	ctx     context.Context
	ear     voice.Ear
	mouth   mouth
	hears   utterances
	beside  sync.WaitGroup
	made    chan made
	making  *sentence
	unmake  context.CancelFunc
	heard   chan understood
	waiting [][]int16 // utterances; the first is being understood
	stalled chan int
	frames  int
	patient func() bool // stops the clock on a line that sends nothing
	cancel  context.CancelFunc
}

// made is a sentence's audio, understood an utterance's words.
type made struct {
	of     *sentence
	chunks [][]byte
	err    error
}

type understood struct {
	text, language string
	err            error
}

func (r *run) loop(in <-chan incoming) error {
	for {
		var err error
		select {
		case m := <-in:
			if m.err != nil {
				return r.finish(m.err)
			}
			err = r.take(m)
		case s := <-r.says:
			if !r.mouth.add(s) {
				err = errFull
			} else {
				err = r.breakIn(r.hears.breaking())
			}
		case m := <-r.made:
			err = r.voiced(m)
		case u := <-r.heard:
			err = r.understand(u)
		case at := <-r.stalled:
			if at == r.frames && r.hears.speaking {
				r.ended(r.hears.end())
			}
		}
		if err == nil {
			r.make()
			err = r.mouth.push(r)
		}
		if err != nil {
			return r.fail(err)
		}
	}
}

// finish tells how the connection ended, once what the person said last is understood:
// "don't call me again" is often followed by a click.
func (r *run) finish(err error) error {
	if r.patient != nil {
		r.patient()
	}
	err = r.over(err)
	if r.hears.speaking {
		r.ended(r.hears.end())
	}
	stop := r.clock.AfterFunc(lastWords, r.cancel)
	defer stop()
	for len(r.waiting) > 0 {
		if r.understand(<-r.heard) != nil {
			break
		}
	}
	return err
}

// fail ends the call because of err: the person goes to a human.
func (r *run) fail(err error) error {
	if r.patient != nil {
		r.patient()
	}
	if errors.Is(err, errLost) {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), writeIn)
	defer cancel()
	_ = r.End(ctx, technical)
	return errSpeech
}

// take takes one message of Asterisk's.
func (r *run) take(m incoming) error {
	if m.kind == websocket.BinaryMessage {
		pcm := speech.Samples(m.body)
		for len(pcm) > 0 {
			n := min(frameSamples, len(pcm))
			if err := r.frame(pcm[:n]); err != nil {
				return err
			}
			pcm = pcm[n:]
		}
		return nil
	}
	e, ok := parse(m.body)
	if !ok {
		return nil
	}
	switch e.Event {
	case "MEDIA_MARK_PROCESSED":
		if id, err := strconv.Atoi(e.ID); err == nil {
			r.mouth.played(id, r.ear)
			return r.breakIn(r.hears.breaking())
		}
	case "DTMF_END":
		if err := r.breakIn(true); err != nil {
			return err
		}
		r.ear.Digits(e.Digit)
	}
	return nil
}

// frame hears one frame.
func (r *run) frame(pcm []int16) error {
	r.frames++
	began, ended, done := r.hears.hear(pcm)
	if r.patient != nil {
		r.patient()
		r.patient = nil
	}
	switch {
	case began:
		r.ear.Speaking(voice.Person, true)
	case ended:
		r.ended(done)
		if len(r.waiting) > unheard {
			return errSpeech
		}
	}
	if r.hears.speaking {
		at := r.frames
		r.patient = r.clock.AfterFunc(stalledAfter, func() {
			select {
			case r.stalled <- at:
			default:
			}
		})
	}
	return r.breakIn(r.hears.breaking())
}

// breakIn cuts what is being said, if it may be cut.
func (r *run) breakIn(now bool) error {
	if !now || !r.mouth.cuttable() {
		return nil
	}
	if r.making != nil && !r.making.Whole {
		r.unmake()
	}
	return r.mouth.cut(r, r.ear)
}

// ended notes that the person has spoken; done is nil if it was a noise.
func (r *run) ended(done []int16) {
	r.ear.Speaking(voice.Person, false)
	if done == nil {
		return
	}
	r.waiting = append(r.waiting, done)
	if len(r.waiting) == 1 {
		r.hearNext()
	}
}

func (r *run) hearNext() {
	pcm := r.waiting[0]
	r.beside.Go(func() {
		text, language, err := r.speech.Hear(r.ctx, pcm)
		r.heard <- understood{text, language, err} // there is room: one at a time
	})
}

func (r *run) understand(u understood) error {
	r.waiting = r.waiting[1:]
	if u.err != nil {
		return errSpeech
	}
	if u.text != "" {
		r.ear.Prompt(u.text, true, u.language)
	}
	if len(r.waiting) > 0 {
		r.hearNext()
	}
	return nil
}

// make has the next sentence's audio made, one at a time.
func (r *run) make() {
	q := r.mouth.unmade()
	if q == nil || r.making != nil {
		return
	}
	ctx, cancel := context.WithCancel(r.ctx)
	r.making, r.unmake = q, cancel
	r.beside.Go(func() {
		defer cancel()
		chunks, err := speak(ctx, r.speech, q)
		r.made <- made{q, chunks, err} // there is room: one at a time
	})
}

func (r *run) voiced(m made) error {
	r.making = nil
	for _, q := range r.mouth.queue {
		if q == m.of {
			q.made, q.chunks = true, m.chunks
			if m.err != nil {
				return errSpeech
			}
		}
	}
	return nil
}
