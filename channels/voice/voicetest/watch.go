package voicetest

import "context"

// Seen is how much of a call somebody has seen.
type Seen struct {
	// Frames is how many of them; Session and State as they were.
	Frames  int
	Session string
	State   State
}

// News waits until there is more of the call than was seen, and returns the new frames
// and what there is to see now. Frames sent just before a change of state come with it.
func (p *Peer) News(ctx context.Context, last Seen) ([]Frame, Seen, error) {
	err := p.until(ctx, func() bool {
		return len(p.frames) > last.Frames || p.state != last.State || p.session != last.Session
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	fresh := append([]Frame(nil), p.frames[min(last.Frames, len(p.frames)):]...)
	return fresh, Seen{Frames: len(p.frames), Session: p.session, State: p.state}, err
}

// Reach says where the gateway is from now on, for one that did not know its port when
// this was made. Call it before the first call.
func (t *Twilio) Reach(base string) { t.cfg.Base = base }
