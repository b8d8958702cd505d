package storetest

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"parley/channels"
	"parley/compliance/gate"
	"parley/dialog"
	"parley/gateway/store"
)

func live(o *modelOut) bool {
	return o.state == channels.StatusQueued || o.state == channels.StatusSending || o.state == channels.StatusUncertain
}

// head is the first message of a conversation that is not final.
func (c *modelConv) head() *modelOut {
	for _, o := range c.out {
		if live(o) {
			return o
		}
	}
	return nil
}

func (m *model) dequeues() {
	decision := rapid.SampledFrom([]gate.Decision{gate.Allow, gate.Allow, gate.Allow, gate.Delay, gate.Block, gate.Escalate}).Draw(m.rt, "gate")
	untils := map[string]time.Time{}
	got, err := m.s.Dequeue(m.ctx, "s", m.now, ttl, func(s dialog.Snapshot, msg dialog.Message) store.GateResult {
		untils[msg.ID] = m.now.Add(20*time.Second + m.tick())
		return verdict(decision, untils[msg.ID], "")(s, msg)
	})
	m.must(err)
	for {
		var conv *modelConv
		for _, c := range m.convs {
			if h := c.head(); h != nil && h.state == channels.StatusQueued && !h.due.After(m.now) && (conv == nil || h.due.Before(conv.head().due)) {
				conv = c
			}
		}
		if conv == nil {
			break
		}
		o := conv.head()
		if !o.any && o.epoch != conv.epoch {
			o.cancel()
			continue
		}
		switch decision {
		case gate.Delay:
			o.due = untils[o.id]
			continue
		case gate.Escalate:
			conv.put("", m.now)
			fallthrough
		case gate.Block:
			o.cancel()
			continue
		}
		if got == nil || got.Out.ID != o.id || got.Token <= o.token || got.Out.Text != o.text {
			m.rt.Fatalf("dequeued %+v, want %+v", got, o)
		}
		o.state, o.token, o.wake = channels.StatusSending, got.Token, m.now.Add(ttl)
		o.forward(channels.StatusSending)
		m.outs = append(m.outs, heldOut{got, conv, o, got.Token})
		return
	}
	if got != nil {
		m.rt.Fatalf("dequeued %+v, want nothing", got)
	}
}

func (o *modelOut) forward(s channels.Status) {
	if s.Rank() > o.status.Rank() {
		o.status = s
	}
}

// goneOut gives the message its place, once.
func (c *modelConv) goneOut(o *modelOut) {
	if !slices.Contains(c.feed, o.text) {
		c.feed = append(c.feed, o.text)
	}
}

func (m *model) settles() {
	if len(m.outs) == 0 {
		return
	}
	h := m.outs[max(0, len(m.outs)-1-rapid.IntRange(0, 3).Draw(m.rt, "delivery"))]
	status := rapid.SampledFrom([]channels.Status{channels.StatusSent, channels.StatusSent, channels.StatusFailed, channels.StatusQueued, channels.StatusUncertain}).Draw(m.rt, "end")
	next := m.now.Add(10*time.Second + m.tick())
	err := m.s.Settle(m.ctx, h.d, store.Settlement{Status: status, Next: next}, m.now)
	o := h.out
	if o.token != h.token || o.state != channels.StatusSending && o.state != channels.StatusUncertain {
		m.wants("settle", err, store.ErrFenced)
		return
	}
	m.must(err)
	o.token++
	if status == channels.StatusUncertain && o.proven {
		status = channels.StatusSent
	}
	o.state = status
	switch status {
	case channels.StatusSent:
		h.conv.goneOut(o)
		o.forward(status)
	case channels.StatusFailed:
		o.forward(status)
		h.conv.put("", m.now)
	case channels.StatusQueued:
		o.due = next
		if !o.proven {
			o.status = status
		}
	case channels.StatusUncertain:
		o.wake = next
		o.forward(status)
	}
}

func (m *model) expires() {
	want := 0
	for _, c := range m.convs {
		for _, o := range c.out {
			if o.state != channels.StatusSending || o.wake.After(m.now) {
				continue
			}
			want++
			o.token++
			o.state, o.wake = channels.StatusUncertain, m.now
			if o.proven {
				o.state = channels.StatusSent
				c.goneOut(o)
			}
			o.forward(o.state)
		}
	}
	n, err := m.s.Expire(m.ctx, m.now)
	m.must(err)
	if n != want {
		m.rt.Fatalf("%d expired, want %d", n, want)
	}
}

func (m *model) resolves() {
	got, err := m.s.Uncertain(m.ctx, "r", m.now, ttl)
	m.must(err)
	some := false
	for _, c := range m.convs {
		for _, o := range c.out {
			if o.state != channels.StatusUncertain || o.wake.After(m.now) {
				continue
			}
			some = true
			if got != nil && got.Out.ID == o.id {
				if got.Token <= o.token {
					m.rt.Fatalf("token %d after %d", got.Token, o.token)
				}
				o.token, o.wake = got.Token, m.now.Add(ttl)
				m.outs = append(m.outs, heldOut{got, c, o, got.Token})
				return
			}
		}
	}
	if got != nil || some {
		m.rt.Fatalf("taken: %+v, something was due: %v", got, some)
	}
}

func (m *model) confirms() {
	if len(m.outs) == 0 {
		return
	}
	h := rapid.SampledFrom(m.outs).Draw(m.rt, "message")
	o := h.out
	if o.state == channels.StatusCancelled {
		return
	}
	status := rapid.SampledFrom([]channels.Status{channels.StatusSent, channels.StatusDelivered, channels.StatusRead}).Draw(m.rt, "receipt")
	got, err := m.s.Confirm(m.ctx, receipt(o.id, status, m.now))
	m.must(err)
	if got != h.conv.id {
		m.rt.Fatalf("the receipt is of %q", got)
	}
	if live(o) {
		o.proven = true
	}
	if o.state == channels.StatusUncertain {
		o.state = channels.StatusSent
		o.token++
	}
	if status.Rank() > o.status.Rank() {
		h.conv.goneOut(o)
		o.forward(status)
	}
}
