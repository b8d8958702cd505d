package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/store"
)

// The model is the port in memory, for one caller at a time: what waits, what
// is held, what was sent. It knows nothing of how a record is built.

type modelInput struct {
	text string // "" for a failure
	due  time.Time
	n    int
}

type modelOut struct {
	id, text      string
	epoch         int64
	any, proven   bool
	due, wake     time.Time
	state, status channels.Status // state: how far its sending is; status: what is shown
	token         int64
}

type modelConv struct {
	id, address    string
	epoch, version int64
	waiting        []modelInput
	inputs         int
	token          int64
	until          time.Time
	out            []*modelOut
	feed           []string
	heard          map[string]int64
}

type heldClaim struct {
	c       *store.Claim
	conv    *modelConv
	version int64
}

type heldOut struct {
	d     *store.Delivery
	conv  *modelConv
	out   *modelOut
	token int64
}

type model struct {
	*fixture
	rt     *rapid.T
	convs  []*modelConv
	claims []heldClaim
	outs   []heldOut
	texts  int
	ticks  time.Duration
}

func runModel(t *testing.T, open func(t *testing.T) store.Store) {
	rapid.Check(t, func(rt *rapid.T) {
		f := &fixture{T: t, s: open(t), ctx: t.Context(), now: time.Date(2026, 11, 30, 15, 0, 0, 0, time.UTC)}
		m := &model{fixture: f, rt: rt}
		rt.Repeat(map[string]func(*rapid.T){
			"hear": m.act(m.hears), "claim": m.act(m.takes), "commit": m.act(m.commits), "release": m.act(m.releases),
			"agent": m.act(m.agent), "dequeue": m.act(m.dequeues), "settle": m.act(m.settles), "expire": m.act(m.expires),
			"uncertain": m.act(m.resolves), "confirm": m.act(m.confirms), "sleep": m.act(func() { m.later(ttl) }),
			"": func(rt *rapid.T) { m.rt = rt; m.compare() },
		})
		if _, broken, err := f.s.Verify(f.ctx); broken != 0 || err != nil {
			rt.Fatalf("the ledger is broken at %d, %v", broken, err)
		}
	})
}

// act moves the clock before each step, so that what two steps do never falls due at once.
func (m *model) act(do func()) func(*rapid.T) {
	return func(rt *rapid.T) {
		m.rt = rt
		m.later(time.Second)
		do()
	}
}

// tick is what makes a time in the future unlike any other: the clock moves by whole seconds.
func (m *model) tick() time.Duration {
	m.ticks++
	return m.ticks
}

func (m *model) must(err error) {
	if err != nil {
		m.rt.Fatal(err)
	}
}

func (m *model) wants(what string, err, want error) {
	if !errors.Is(err, want) || want == nil && err != nil {
		m.rt.Fatalf("%s: %v, want %v", what, err, want)
	}
}

func (m *model) hears() {
	address := rapid.SampledFrom([]string{alice, bob, "+15125550125"}).Draw(m.rt, "address")
	conv := m.at(address)
	text := fmt.Sprint("t", m.texts)
	again := conv != nil && len(conv.heard) > 0 && rapid.IntRange(0, 4).Draw(m.rt, "repeat") == 0
	if again {
		all := make([]string, 0, len(conv.heard))
		for t := range conv.heard {
			all = append(all, t)
		}
		slices.Sort(all)
		text = rapid.SampledFrom(all).Draw(m.rt, "text")
	} else {
		m.texts++
	}
	a := arrival("sms", address, text, "c-"+address, m.now)
	a.OptOut = !again && rapid.IntRange(0, 9).Draw(m.rt, "stop") == 0
	got, err := m.s.Accept(m.ctx, a)
	m.must(err)
	if conv == nil {
		conv = &modelConv{id: a.New.ID, address: address, version: 1, heard: map[string]int64{}}
		m.convs = append(m.convs, conv)
	}
	if !again {
		conv.feed = append(conv.feed, text)
		conv.heard[text] = int64(len(conv.feed))
		conv.put(text, m.now)
	}
	if a.OptOut {
		conv.cancelQueued()
	}
	if want := (channels.Accepted{Conversation: conv.id, Seq: conv.heard[text], Duplicate: again}); got != want {
		m.rt.Fatalf("accepted as %+v, want %+v", got, want)
	}
}

func (m *model) at(address string) *modelConv {
	for _, c := range m.convs {
		if c.address == address {
			return c
		}
	}
	return nil
}

func (c *modelConv) put(text string, due time.Time) {
	c.inputs++
	c.waiting = append(c.waiting, modelInput{text, due, c.inputs})
}

func (c *modelConv) cancelQueued() {
	for _, o := range c.out {
		if o.state == channels.StatusQueued {
			o.cancel()
		}
	}
}

func (o *modelOut) cancel() {
	o.state = channels.StatusCancelled
	if o.status.Rank() < channels.StatusSent.Rank() {
		o.status = channels.StatusCancelled
	}
}

// first is the input that is next: the first message, or a failure that is due before it.
func (c *modelConv) first() *modelInput {
	var best *modelInput
	message := false
	for i := range c.waiting {
		w := &c.waiting[i]
		if w.text != "" {
			if message {
				continue
			}
			message = true
		}
		if best == nil || w.due.Before(best.due) {
			best = w
		}
	}
	return best
}

// longest are the conversations that have waited longest: several where one step
// has cancelled a message of each. Between those the port promises no order.
func (m *model) longest() (all []*modelConv) {
	for _, c := range m.convs {
		w := c.first()
		if w == nil || w.due.After(m.now) || c.until.After(m.now) {
			continue
		}
		if len(all) > 0 && w.due.After(all[0].first().due) {
			continue
		}
		if len(all) > 0 && w.due.Before(all[0].first().due) {
			all = nil
		}
		all = append(all, c)
	}
	return all
}

func (m *model) takes() {
	all := m.longest()
	got, err := m.s.Claim(m.ctx, "w", m.now, ttl)
	m.must(err)
	if got == nil || len(all) == 0 {
		if got != nil || len(all) > 0 {
			m.rt.Fatalf("claimed %+v, want %+v", got, all)
		}
		return
	}
	want := all[max(0, slices.IndexFunc(all, func(c *modelConv) bool { return c.id == got.Conversation }))]
	w := want.first()
	if got.Conversation != want.id || got.Input.Text != w.text || got.Token <= want.token || got.Snapshot.Conversation.Version != want.version {
		m.rt.Fatalf("claimed %q of %s under %d, want %q of %s", got.Input.Text, got.Conversation, got.Token, w.text, want.id)
	}
	want.token, want.until = got.Token, m.now.Add(ttl)
	m.claims = append(m.claims, heldClaim{got, want, want.version})
}

// takeClaim draws one of the claims ever made; most of them have ended.
func (m *model) takeClaim() (heldClaim, bool) {
	if len(m.claims) == 0 {
		return heldClaim{}, false
	}
	i := max(0, len(m.claims)-1-rapid.IntRange(0, 3).Draw(m.rt, "claim"))
	return m.claims[i], true
}

func (m *model) commits() {
	h, ok := m.takeClaim()
	if !ok {
		return
	}
	e := dialog.Effects{Conversation: h.c.Snapshot.Conversation}
	outs := m.says(&e)
	if rapid.IntRange(0, 5).Draw(m.rt, "hand over") == 0 {
		e.Conversation.Epoch++
	}
	err := m.s.Commit(m.ctx, h.c, e, m.now)
	switch {
	case h.conv.token != h.c.Token || h.conv.until.IsZero():
		m.wants("commit", err, store.ErrFenced)
		return
	case h.conv.version != h.version:
		m.wants("commit", err, store.ErrStale)
		return
	}
	m.must(err)
	c := h.conv
	w := c.first()
	for i := range c.waiting {
		if int64(c.waiting[i].n) == h.c.Input.ID {
			w = &c.waiting[i]
		}
	}
	if w.text != h.c.Input.Text {
		m.rt.Fatalf("committed %q, want %q", h.c.Input.Text, w.text)
	}
	c.waiting = slices.DeleteFunc(c.waiting, func(x modelInput) bool { return x.n == w.n })
	c.token, c.until = c.token+1, time.Time{}
	c.wrote(e.Conversation.Epoch, outs)
}

// says adds up to two messages to effects.
func (m *model) says(e *dialog.Effects) (outs []*modelOut) {
	for range rapid.IntRange(0, 2).Draw(m.rt, "say") {
		m.texts++
		text := fmt.Sprint("o", m.texts)
		o := m.say(e.Conversation, text)
		o.AnyEpoch = rapid.IntRange(0, 4).Draw(m.rt, "any epoch") == 0
		e.Outgoing = append(e.Outgoing, o)
		outs = append(outs, &modelOut{id: o.Cleared.Out().ID, text: text, any: o.AnyEpoch, due: m.now, state: channels.StatusQueued, status: channels.StatusQueued})
	}
	return outs
}

func (c *modelConv) wrote(epoch int64, outs []*modelOut) {
	c.version++
	c.epoch = epoch
	for _, o := range outs {
		o.epoch = epoch
	}
	c.out = append(c.out, outs...)
}

func (m *model) releases() {
	h, ok := m.takeClaim()
	if !ok {
		return
	}
	due := m.now.Add(time.Duration(rapid.IntRange(0, 40).Draw(m.rt, "wait"))*time.Second + m.tick())
	_, err := m.s.Release(m.ctx, h.c, due)
	c := h.conv
	if c.token != h.c.Token || c.until.IsZero() {
		m.wants("release", err, store.ErrFenced)
		return
	}
	m.must(err)
	for i := range c.waiting {
		if int64(c.waiting[i].n) == h.c.Input.ID && c.waiting[i].due.Before(due) {
			c.waiting[i].due = due
		}
	}
	c.token, c.until = c.token+1, time.Time{}
}

func (m *model) agent() {
	if len(m.convs) == 0 {
		return
	}
	c := rapid.SampledFrom(m.convs).Draw(m.rt, "conversation")
	e := dialog.Effects{Conversation: dialog.Conversation{ID: c.id, Channel: "sms", Address: c.address}}
	outs := m.says(&e)
	rise := int64(rapid.IntRange(0, 1).Draw(m.rt, "rise"))
	m.must(m.s.Update(m.ctx, c.id, nil, m.now, func(s dialog.Snapshot) (dialog.Effects, error) {
		if s.Conversation.Version != c.version || s.Conversation.Epoch != c.epoch {
			m.rt.Errorf("the agent saw version %d, epoch %d, want %d, %d", s.Conversation.Version, s.Conversation.Epoch, c.version, c.epoch)
		}
		e.Conversation = s.Conversation
		e.Conversation.Epoch += rise
		return e, nil
	}))
	c.wrote(c.epoch+rise, outs)
}

func (m *model) compare() {
	inbox, outbox := 0, 0
	for _, c := range m.convs {
		feed, err := m.s.Feed(m.ctx, c.id, 0, 500)
		m.must(err)
		var texts []string
		for i, f := range feed {
			if f.Feed != int64(i+1) {
				m.rt.Fatalf("place %d of the feed is numbered %d", i+1, f.Feed)
			}
			texts = append(texts, f.Text)
		}
		if !slices.Equal(texts, c.feed) {
			m.rt.Fatalf("feed of %s: %q, want %q", c.id, texts, c.feed)
		}
		all, err := m.s.Messages(m.ctx, c.id, 0, 500)
		m.must(err)
		var outs []dialog.Message
		for _, x := range all {
			if x.Direction == "out" {
				outs = append(outs, x)
			}
		}
		for i, o := range c.out {
			if i >= len(outs) || outs[i].ID != o.id || outs[i].Status != o.status {
				m.rt.Fatalf("message %d of %s is %+v, want %+v", i, c.id, outs[min(i, len(outs)-1)], o)
			}
			if live(o) {
				outbox++
			}
		}
		inbox += len(c.waiting)
	}
	st, err := m.s.Stats(m.ctx)
	m.must(err)
	if st.Inbox != inbox || st.Outbox != outbox {
		m.rt.Fatalf("%d inputs and %d messages wait, want %d and %d", st.Inbox, st.Outbox, inbox, outbox)
	}
}
