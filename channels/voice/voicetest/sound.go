package voicetest

import (
	"context"
	"strings"
	"time"
)

// sound is what is said on the line and what of it was heard.
type sound struct {
	queue    []*piece
	talking  bool   // we told that the gateway's voice is on
	talk     string // what was played of the talk that is being played
	talks    []Talk // whole, not yet listened to
	coming   Talk   // still coming
	isComing bool
	into     time.Duration // of the next chunk
	heard    string
}

// piece is one sentence to be played.
type piece struct {
	text  string
	whole bool
	last  bool
}

// Talk is what the gateway said in one go.
type Talk struct {
	Text string
	// Whole: the person can't break in.
	Whole bool
	Lang  string
}

// take queues a frame; the lock is held.
func (p *Peer) take(f Frame) {
	if f.Type != "text" {
		return
	}
	whole := f.Interruptible != nil && !*f.Interruptible
	p.queue = append(p.queue, &piece{f.Token, whole, f.Last})
	if !p.isComing {
		p.coming, p.isComing = Talk{Whole: whole, Lang: f.Lang}, true
	}
	p.coming.Text += f.Token
	if f.Last {
		p.talks, p.isComing = append(p.talks, p.coming), false
	}
}

// Listen waits for the gateway's next talk. It is not yet heard: see [Peer.Advance].
func (p *Peer) Listen(ctx context.Context) (Talk, error) {
	err := p.until(ctx, func() bool { return len(p.talks) > 0 })
	if err != nil {
		return Talk{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.talks[0]
	p.talks = p.talks[1:]
	return t, nil
}

// Hear waits for the gateway's next talk and hears everything that was said, to its end.
func (p *Peer) Hear(ctx context.Context) (Talk, error) {
	t, err := p.Listen(ctx)
	if err != nil {
		return t, err
	}
	return t, p.PlayAll()
}

// Heard is everything the person has heard on this call.
func (p *Peer) Heard() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.heard
}

// PlayAll plays all that was said.
func (p *Peer) PlayAll() error {
	for {
		chunk, d := p.next()
		if chunk == "" {
			return p.Advance(0)
		}
		if err := p.Advance(d); err != nil {
			return err
		}
	}
}

// PlayWords plays the next n chunks of tokensPlayed.
func (p *Peer) PlayWords(n int) error {
	for range n {
		chunk, d := p.next()
		if chunk == "" {
			return nil
		}
		if err := p.Advance(d); err != nil {
			return err
		}
	}
	return nil
}

// next is the next chunk to be played, and how long that takes from here.
func (p *Peer) next() (string, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.skipBlank()
	if len(p.queue) == 0 {
		return "", 0
	}
	chunk := firstWords(p.queue[0].text, max(1, p.t.cfg.Words))
	return chunk, time.Duration(float64(len([]rune(chunk)))/p.t.cfg.Rate*float64(time.Second)) - p.into
}

// skipBlank drops what makes no sound from the queue; the lock is held.
func (p *Peer) skipBlank() {
	for len(p.queue) > 0 && strings.TrimSpace(p.queue[0].text) == "" {
		p.ended()
	}
}

// ended takes the first piece out of the queue; the lock is held.
func (p *Peer) ended() {
	if p.queue[0].last {
		p.talk = ""
	}
	p.queue = p.queue[1:]
}

// Advance plays what was said for that long. The clock turns with it.
func (p *Peer) Advance(d time.Duration) error {
	for {
		chunk, need := p.next()
		if chunk == "" {
			if err := p.voice(false); err != nil {
				return err
			}
			p.tick(d)
			return nil
		}
		if err := p.voice(true); err != nil {
			return err
		}
		if need > d {
			p.tick(d)
			p.mu.Lock()
			p.into += d
			p.mu.Unlock()
			return nil
		}
		p.tick(need)
		d -= need
		if err := p.played(chunk); err != nil {
			return err
		}
	}
}

// played notes that a chunk was heard, and tells.
func (p *Peer) played(chunk string) error {
	p.mu.Lock()
	p.into = 0
	if len(p.queue) == 0 { // it was cut meanwhile
		p.mu.Unlock()
		return nil
	}
	first := p.queue[0]
	first.text = strings.TrimPrefix(first.text, chunk)
	p.heard += chunk
	p.talk += chunk
	if strings.TrimSpace(first.text) == "" {
		p.ended()
	}
	p.skipBlank()
	p.mu.Unlock()
	if p.t.cfg.Words < 0 {
		return nil
	}
	return p.tell(map[string]any{"type": "info", "name": "tokensPlayed", "value": strings.TrimSpace(chunk)})
}

func (p *Peer) tick(d time.Duration) {
	if p.t.cfg.Clock != nil {
		p.t.cfg.Clock.Advance(d)
	}
}

// voice tells when the gateway's voice begins or ends.
func (p *Peer) voice(on bool) error {
	p.mu.Lock()
	was := p.talking
	p.talking = on
	p.mu.Unlock()
	if was == on {
		return nil
	}
	return p.side("agentSpeaking", on)
}

func (p *Peer) side(name string, on bool) error {
	if p.t.cfg.Mute {
		return nil
	}
	value := "off"
	if on {
		value = "on"
	}
	return p.tell(map[string]any{"type": "info", "name": name, "value": value, "ts": p.t.now().UnixMilli()})
}

// Speak is the person saying something. If the gateway's voice is on and may be cut, it is.
func (p *Peer) Speak(ctx context.Context, text string) error { return p.SpeakIn(ctx, "en-US", text) }

// SpeakIn is Speak in a language.
func (p *Peer) SpeakIn(_ context.Context, lang, text string) error {
	if err := p.Begin(); err != nil {
		return err
	}
	if err := p.Advance(time.Duration(float64(len(text)) / p.t.cfg.Rate * float64(time.Second))); err != nil {
		return err
	}
	return p.End(lang, text)
}

// Begin is the person beginning to speak, which cuts what may be cut.
func (p *Peer) Begin() error {
	if err := p.side("clientSpeaking", true); err != nil {
		return err
	}
	return p.Interrupt()
}

// Partial tells what the person has said so far.
func (p *Peer) Partial(lang, text string) error {
	return p.send(map[string]any{"type": "prompt", "voicePrompt": text, "lang": lang, "last": false})
}

// End is the person ending to speak, and what they said.
func (p *Peer) End(lang, text string) error {
	if err := p.side("clientSpeaking", false); err != nil {
		return err
	}
	return p.send(map[string]any{"type": "prompt", "voicePrompt": text, "lang": lang, "last": true})
}

// Cough is a noise of the person that means nothing.
func (p *Peer) Cough() error {
	if err := p.Begin(); err != nil {
		return err
	}
	return p.side("clientSpeaking", false)
}

// Press is the person pressing keys.
func (p *Peer) Press(keys string) error {
	for _, k := range keys {
		if err := p.send(map[string]any{"type": "dtmf", "digit": string(k)}); err != nil {
			return err
		}
	}
	return nil
}

// Interrupt cuts what is being said, and may be cut, with nobody having spoken.
func (p *Peer) Interrupt() error {
	p.mu.Lock()
	p.skipBlank()
	cut := p.talking && len(p.queue) > 0 && !p.queue[0].whole
	said, into := p.talk, p.into
	if cut {
		var rest []*piece
		for _, q := range p.queue {
			if q.whole {
				rest = append(rest, q)
			}
		}
		p.queue, p.talk, p.into, p.talking = rest, "", 0, false
	}
	p.mu.Unlock()
	if !cut {
		return nil
	}
	ms := int(float64(len([]rune(said)))/p.t.cfg.Rate*1000) + int(into.Milliseconds())
	if err := p.send(map[string]any{"type": "interrupt", "utteranceUntilInterrupt": strings.TrimSpace(said), "durationUntilInterruptMs": ms}); err != nil {
		return err
	}
	return p.side("agentSpeaking", false)
}

// firstWords are the first n words of s, with the space around them.
func firstWords(s string, n int) string {
	inWord := false
	for i, r := range s {
		space := r == ' ' || r == '\n' || r == '\t'
		if inWord && space {
			inWord = false
			n--
		} else if !space && !inWord {
			if n == 0 {
				return s[:i]
			}
			inWord = true
		}
	}
	return s
}
