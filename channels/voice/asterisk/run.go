package asterisk

import (
	"context"
	"errors"
	"strconv"
	"sync"

	"github.com/gorilla/websocket"

	"parley/channels/voice"
	"parley/channels/voice/speech"
)

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
