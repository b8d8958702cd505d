package voice

import (
	"cmp"
	"context"
	"strconv"
	"sync"
	"time"

	"parley/channels"
)

// call is one connection of one call: what was said on it and what was heard, who
// is speaking, and the clocks that run meanwhile.
type call struct {
	a         *Adapter
	leg       Leg
	transport Transport
	began     time.Time
	reports   *reports
	gone      chan struct{} // closed when the call is no longer among the live ones
	mouth     chan struct{} // held by whoever speaks; one message at a time

	mu           sync.Mutex
	conversation string
	over         bool
	ended        bool // we ended our part
	handed       bool // to a human
	things       int  // what the person did, counted

	// What we say.
	said    map[string]string // provider's ids by ours
	pending []*message        // not yet known to be heard or cut, in the order they are said
	until   time.Time         // when all of it must have been said
	doubted []*message        // cut, and it is not yet clear whether anybody spoke
	doubt   func() bool       // stops the clock on that
	hushed  bool              // the person broke in and is not done: what they have not asked for is not said

	// Who is heard.
	ours, person bool
	oursSince    time.Time
	settling     func() bool   // stops waiting for word that our voice was cut when it ended
	spoken       time.Duration // how long we have spoken since the first pending message was
	personAt     time.Time     // when the person was last heard
	reportsSides bool          // the line tells who speaks
	reportsWords bool          // the line tells which words were played

	// What the person does.
	waiting  bool // for us
	keys     string
	keyed    func() bool
	quiet    func() bool
	quietFor int // how often in a row they have been silent
}

func newCall(a *Adapter, leg Leg, t Transport) *call {
	c := &call{
		a: a, leg: leg, transport: t, began: a.clock.Now(), reports: newReports(a.clock),
		gone: make(chan struct{}), mouth: make(chan struct{}, 1), said: map[string]string{},
	}
	c.mouth <- struct{}{}
	return c
}

var _ Ear = (*call)(nil)

// begin tells that we may speak.
func (c *call) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	event := channels.CallStarted
	switch {
	case c.leg.Agent != "":
		event = channels.CallAgent
	case c.leg.Resumed:
		event = channels.CallResumed
	}
	in := inbound(c.leg, c.leg.Session+"#"+string(event), c.began)
	in.Call.Event, in.Call.Detail = event, c.leg.Agent
	c.receive(in)
	c.listen()
}

// finish is called when the connection is over: what was not heard by now never will be.
func (c *call) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.settled()
	c.flushKeys()
	c.over = true
	for _, stop := range []func() bool{c.doubt, c.quiet, c.keyed, c.settling} {
		if stop != nil {
			stop()
		}
	}
	for _, m := range append(c.doubted, c.pending...) {
		c.settle(m, channels.CallEndedReason)
	}
	c.doubted, c.pending = nil, nil
	c.reports.close()
}

// receive queues what happened for the receiver, and learns the conversation from it.
func (c *call) receive(in channels.Inbound) {
	c.reports.add(func(ctx context.Context) error {
		accepted, err := c.a.to.Receive(ctx, in)
		if err == nil {
			c.mu.Lock()
			c.conversation = cmp.Or(accepted.Conversation, c.conversation)
			c.mu.Unlock()
		}
		return err
	})
}

// thing is the next thing the person did, under an id of its own.
func (c *call) thing(event channels.CallEvent) channels.Inbound {
	c.things++
	in := inbound(c.leg, c.leg.Session+"#"+strconv.Itoa(c.things), c.a.clock.Now())
	in.Call.Event = event
	return in
}

func (c *call) conversationID() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.conversation
}

func (c *call) saidAs(message string) (id string, found bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id, found = c.said[message]
	return id, found
}

func (c *call) handedOver() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.handed
}
