package voice

import (
	"context"
	"strconv"
	"strings"
	"time"

	"parley/channels"
	"parley/channels/voice/heard"
)

// message is one message on its way to the ear.
type message struct {
	out     channels.Outbound
	id      string // the provider's
	text    *heard.Text
	written bool // handed over to its last sentence
	cut     bool
	late    func() bool // stops the clock that bounds it
	grace   int         // how often the bound was put off because we were speaking
}

// How fast a voice speaks, in characters a second: the slowest a message is waited
// for, the usual, and the fastest that can have said it.
const (
	slowest = 8.0
	usual   = 15.0
	fastest = 25.0
)

// slack is how long a voice may take to begin.
const slack = 3 * time.Second

// say hands a message to the line.
func (c *call) say(ctx context.Context, out channels.Outbound) (id string, fail *channels.SendError) {
	select {
	case <-c.mouth:
		defer func() { c.mouth <- struct{}{} }()
	case <-ctx.Done():
		return "", &channels.SendError{Kind: channels.Retryable, Reason: "deadline", Err: ctx.Err()}
	}
	m, id, fail := c.plan(out)
	if m == nil {
		return id, fail
	}
	begun, closed, err := c.utter(ctx, m)
	if begun && !closed { // or the line would wait for the rest
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = c.transport.Say(last, Sentence{Whole: out.Spoken.Whole, Language: out.Spoken.Language, Last: true})
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	m.written = true
	if err != nil && !m.cut && !c.over {
		c.forget(m)
		c.settle(m, channels.CallEndedReason)
		return "", &channels.SendError{Kind: channels.Uncertain, Reason: "connection_lost", Err: err}
	}
	c.hear()
	return m.id, nil
}

// plan takes a message among those that are to be heard. m is nil when there is
// nothing to hand over.
func (c *call) plan(out channels.Outbound) (m *message, id string, fail *channels.SendError) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if id, again := c.said[out.ID]; again && out.ID != "" {
		return nil, id, nil
	}
	if c.over || c.ended {
		return nil, "", &channels.SendError{Kind: channels.Rejected, Reason: NoCall}
	}
	id = c.leg.Session + "#m" + strconv.Itoa(len(c.said)+1)
	c.said[out.ID] = id
	m = &message{out: out, id: id, text: heard.New(out.Text)}
	switch {
	case strings.TrimSpace(out.Text) == "":
	case out.Spoken.Whole:
	case c.doubted != nil:
		m.cut = true
		c.doubted = append(c.doubted, m)
		return nil, id, nil
	case c.hushed:
		m.cut = true
		c.settle(m, channels.InterruptedReason)
		return nil, id, nil
	}
	if len(c.pending) == 0 {
		c.spoken, c.oursSince = 0, c.a.clock.Now()
	}
	c.pending = append(c.pending, m)
	c.bound(m)
	c.waiting = false
	c.listen()
	return m, id, nil
}

// utter hands over the sentences of m, up to where it is cut.
func (c *call) utter(ctx context.Context, m *message) (begun, closed bool, err error) {
	if strings.TrimSpace(m.out.Text) == "" {
		return false, false, nil
	}
	sentences := heard.Sentences(m.out.Text)
	for i, text := range sentences {
		c.mu.Lock()
		stop := m.cut || c.over
		c.mu.Unlock()
		if stop {
			return begun, closed, nil
		}
		s := Sentence{Text: text, Whole: m.out.Spoken.Whole, Language: m.out.Spoken.Language, Last: i == len(sentences)-1}
		if err := c.transport.Say(ctx, s); err != nil {
			return begun, closed, err
		}
		begun, closed = true, s.Last
	}
	return begun, closed, nil
}

// bound sets when m must have been said, after what is said before it.
func (c *call) bound(m *message) {
	now := c.a.clock.Now()
	if c.until.Before(now) {
		c.until = now
	}
	c.until = c.until.Add(heard.Length(m.out.Text, slowest) + slack)
	c.waitFor(m, c.until.Sub(now))
}

func (c *call) waitFor(m *message, d time.Duration) {
	if m.late != nil {
		m.late()
	}
	m.late = c.a.clock.AfterFunc(d, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.tooLate(m)
	})
}

// tooLate gives up on hearing that m was heard.
func (c *call) tooLate(m *message) {
	if c.over || !c.isPending(m) {
		return
	}
	if c.ours && m.grace < 3 {
		m.grace++
		c.waitFor(m, heard.Length(m.out.Text, usual)+slack)
		return
	}
	c.forget(m)
	if !c.reportsSides && !c.reportsWords {
		m.text.Finish()
		c.settle(m, channels.EstimatedReason)
	} else {
		c.settle(m, channels.SpuriousReason)
	}
	c.conclude(m)
	c.hear()
}

// settle reports how m ended: heard to its end, or cut for that reason.
func (c *call) settle(m *message, reason string) {
	if m.late != nil {
		m.late()
	}
	r := channels.Receipt{
		Channel: Name, MessageID: m.out.ID, ProviderID: m.id, Status: channels.StatusUndelivered, Reason: reason,
		Heard: m.text.Heard(), At: c.a.clock.Now().UTC(),
	}
	if m.text.Whole() {
		r.Status = channels.StatusDelivered
		if reason != channels.EstimatedReason {
			r.Reason = ""
		}
		r.Heard = m.out.Text
	}
	c.reports.add(func(ctx context.Context) error { return c.a.to.Confirm(ctx, r) })
}

func (c *call) isPending(m *message) bool {
	for _, p := range c.pending {
		if p == m {
			return true
		}
	}
	return false
}

func (c *call) forget(m *message) {
	for i, p := range c.pending {
		if p == m {
			c.pending = append(c.pending[:i:i], c.pending[i+1:]...)
			return
		}
	}
}

// conclude does what follows m once it was said.
func (c *call) conclude(m *message) {
	handoff := ""
	switch m.out.Spoken.Then {
	case channels.ThenHangUp:
	case channels.ThenTransfer:
		if handoff = m.out.Spoken.Handoff; handoff == "" {
			handoff = "{}"
		}
		c.handed = true
	default:
		return
	}
	if c.ended {
		return
	}
	c.ended = true
	go c.end(handoff)
}

// end ends our part. Where it can't be ended in order the connection is dropped.
func (c *call) end(handoff string) {
	select {
	case <-c.mouth:
		defer func() { c.mouth <- struct{}{} }()
	case <-c.gone:
		return
	}
	ctx, cancel := context.WithTimeout(c.reports.ctx, 5*time.Second)
	defer cancel()
	if err := c.transport.End(ctx, handoff); err != nil {
		_ = c.transport.Close()
	}
}
