package voice

import (
	"strings"
	"time"

	"parley/channels"
	"parley/channels/voice/heard"
)

// An interruption is the person's only if they were heard within personNear of it,
// before or after. Where the line does not tell who speaks, their words must come
// within blindNear.
const (
	personNear = 700 * time.Millisecond
	blindNear  = 2 * time.Second
	// afterword is how long after our voice ends the word that it was cut may still come.
	afterword = 300 * time.Millisecond
)

// Played notes words of ours that reached the ear.
func (c *call) Played(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reportsWords = true
	if c.over || len(c.pending) == 0 {
		return
	}
	head := c.pending[0]
	if !head.text.Play(text) && len(c.pending) > 1 && c.pending[1].text.Begins(text) {
		head.text.Finish() // what comes after it is being said
		c.pending[1].text.Play(text)
	}
	c.hear()
}

// hear settles what was heard to its end, in order.
func (c *call) hear() {
	if c.over {
		return
	}
	for len(c.pending) > 0 {
		m := c.pending[0]
		if !m.written || !m.text.Whole() {
			break
		}
		c.pending = c.pending[1:]
		c.spoken, c.oursSince = 0, c.a.clock.Now()
		c.settle(m, "")
		c.conclude(m)
	}
	c.listen()
}

// Speaking notes who begins or ends to speak.
func (c *call) Speaking(side Side, on bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reportsSides = true
	if c.over {
		return
	}
	now := c.a.clock.Now()
	switch {
	case side == Person:
		c.person, c.personAt = on, now
		if on {
			c.sure()
		}
	case on && !c.ours:
		c.ours, c.oursSince, c.waiting = true, now, false
		c.stopSettling()
	case !on && c.ours:
		c.ours = false
		c.spoken += now.Sub(c.oursSince)
		c.stopSettling()
		if len(c.pending) == 0 {
			break
		}
		c.settling = c.a.clock.AfterFunc(afterword, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.settled()
		})
	}
	c.listen()
}

func (c *call) stopSettling() {
	if c.settling != nil {
		c.settling()
		c.settling = nil
	}
}

// settled is called when we have ended to speak and nothing cut us: what there was
// time to say was said. Where the line names the words and those do not go to the end, for
// a voice says figures in words of its own, more time must have been spent.
func (c *call) settled() {
	if c.settling == nil || c.over {
		return
	}
	c.stopSettling()
	for _, m := range c.pending {
		rate, named := fastest, false
		if c.reportsWords {
			rate, named = (fastest+usual)/2, m.text.Nearly() && m.text.Heard() != ""
		}
		if !m.written || !named && c.spoken < heard.Length(m.out.Text, rate) {
			break
		}
		c.spoken -= min(c.spoken, heard.Length(m.out.Text, usual))
		m.text.Finish()
	}
	left := c.spoken
	c.hear()
	c.spoken = left
}

// Interrupted notes that our words were cut. Those that follow and may be cut are
// cut with them.
func (c *call) Interrupted(utterance string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopSettling()
	if c.over || len(c.pending) == 0 {
		return
	}
	if len(c.pending) > 1 && strings.TrimSpace(utterance) != "" && !c.pending[0].text.Begins(utterance) && c.pending[1].text.Begins(utterance) {
		c.pending[0].text.Finish()
		if c.hear(); len(c.pending) == 0 {
			return
		}
	}
	head := c.pending[0]
	head.text.Cut(utterance)
	if head.text.Whole() && head.written {
		c.hear()
	}
	var rest []*message
	cut := c.doubted
	for _, m := range c.pending {
		if m != head && m.out.Spoken.Whole {
			rest = append(rest, m)
			continue
		}
		m.cut = true
		cut = append(cut, m)
		if m.late != nil {
			m.late()
		}
	}
	c.pending, c.doubted, c.hushed = rest, cut, true
	c.ours, c.spoken, c.until = false, 0, time.Time{}
	for _, m := range rest {
		c.bound(m)
	}
	if len(cut) == 0 {
		c.hushed = false
		return
	}
	c.judge()
}

// judge decides whether the person broke in, or waits for what shows it.
func (c *call) judge() {
	now, near := c.a.clock.Now(), personNear
	if !c.reportsSides {
		near = blindNear
	}
	if c.person || !c.personAt.IsZero() && now.Sub(c.personAt) <= near {
		c.sure()
		return
	}
	if c.doubt != nil {
		c.doubt()
	}
	c.doubt = c.a.clock.AfterFunc(near, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.over || c.doubted == nil {
			return
		}
		c.hushed = false
		c.resolve(channels.SpuriousReason)
		c.listen()
	})
}

// sure is called when the person is heard: what was cut was cut by them.
func (c *call) sure() {
	if c.doubted != nil {
		c.resolve(channels.InterruptedReason)
	}
}

func (c *call) resolve(reason string) {
	if c.doubt != nil {
		c.doubt()
		c.doubt = nil
	}
	for _, m := range c.doubted {
		c.settle(m, reason)
	}
	c.doubted = nil
}
