package voice

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/channels"
)

const (
	// betweenKeys is how long after a key the next of the same entry may come.
	betweenKeys = 2 * time.Second
	// maxKeys bounds one entry.
	maxKeys = 32
	// patience is how many silences long we wait after the person spoke: the answer
	// is ours to give, and takes its time.
	patience = 3
	// longestTurn is how long the person is believed to speak without a word of theirs coming.
	longestTurn = 90 * time.Second
)

// Prompt notes what the person said.
func (c *call) Prompt(text string, final bool, language string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	text = spokenText(text)
	if c.over || text == "" {
		return
	}
	c.personAt = c.a.clock.Now()
	c.sure()
	if !final {
		c.listen()
		return
	}
	c.settled()
	c.person, c.hushed, c.waiting, c.quietFor = false, false, true, 0
	c.flushKeys()
	in := c.thing(channels.CallSpeech)
	in.Text, in.Call.Language = text, language
	c.receive(in)
	c.listen()
}

// Digits collects the keys of an entry: it ends with "#", or when no key follows.
func (c *call) Digits(keys string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		return
	}
	c.personAt = c.a.clock.Now()
	c.sure()
	ended := false
	for _, k := range keys {
		switch {
		case k == '#' && c.keys != "":
			ended = true
		case strings.ContainsRune("0123456789*#ABCDabcd", k) && len(c.keys) < maxKeys:
			c.keys += string(k)
		}
	}
	if c.keyed != nil {
		c.keyed()
		c.keyed = nil
	}
	switch {
	case c.keys == "":
		return
	case ended || len(c.keys) == maxKeys:
		c.flushKeys()
	default:
		c.keyed = c.a.clock.AfterFunc(betweenKeys, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.flushKeys()
		})
	}
	c.listen()
}

// flushKeys passes the entry on.
func (c *call) flushKeys() {
	if c.over || c.keys == "" {
		return
	}
	if c.keyed != nil {
		c.keyed()
		c.keyed = nil
	}
	c.settled()
	in := c.thing(channels.CallDigits)
	in.Text, c.keys = c.keys, ""
	c.hushed, c.waiting, c.quietFor = false, true, 0
	c.receive(in)
	c.listen()
}

// listen begins to count how long the person is silent, if it is their turn. That
// somebody speaks is believed only so long: the word that they ended may be lost.
func (c *call) listen() {
	if c.quiet != nil {
		c.quiet()
		c.quiet = nil
	}
	if c.over || c.ended || c.keys != "" || len(c.pending) > 0 || c.doubted != nil || c.quietFor >= c.a.silences {
		return
	}
	wait := c.a.silence
	switch {
	case c.person:
		wait = max(wait, longestTurn)
	case c.waiting, c.ours:
		wait *= patience
	}
	current := true
	stop := c.a.clock.AfterFunc(wait, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if current && !c.over {
			c.silent()
		}
	})
	c.quiet = func() bool {
		current = false
		return stop()
	}
}

// silent tells that the person said nothing.
func (c *call) silent() {
	c.quietFor++
	c.hushed, c.waiting, c.person, c.ours = false, false, false, false
	in := inbound(c.leg, c.leg.Session+"#silence-"+strconv.Itoa(c.things)+"-"+strconv.Itoa(c.quietFor), c.a.clock.Now())
	in.Call.Event, in.Call.Detail = channels.CallSilence, strconv.Itoa(c.quietFor)
	c.receive(in)
	c.listen()
}

// spokenText is what was said, fit for the contract: no control characters, not too long.
func spokenText(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	for len(s) > channels.MaxTextBytes {
		_, size := utf8.DecodeLastRuneInString(s[:channels.MaxTextBytes+1])
		s = s[:channels.MaxTextBytes+1-size]
	}
	return strings.TrimSpace(s)
}
