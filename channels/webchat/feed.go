package webchat

import (
	"context"
	"time"

	"parley/channels"
)

// Feed is what a conversation has to show, as the record keeps it. The adapter
// only reads it. "conversation" is always the handle of this channel ("wc_…"),
// the same string as [channels.Inbound.From] and [channels.Outbound.To].
//
// Order, no loss and no repeat on the sockets follow from two promises of the
// feed alone: Seq is the order in which messages became visible, and it has no
// holes. A socket that meets a hole shows nothing beyond it until it is filled.
type Feed interface {
	// Since returns the items after since, oldest first, at most limit; none when
	// there are none, or no such conversation. It is called on every [Adapter.Wake]
	// for every socket of the conversation, so it should be one indexed read.
	Since(ctx context.Context, conversation string, since int64, limit int) ([]Item, error)
	// Exists reports whether anything was stored under the handle, and who speaks
	// now ("bot", "queued", "human", …), which the widget is told on connecting.
	Exists(ctx context.Context, conversation string) (state string, ok bool, err error)
}

// Item is one visible message.
type Item struct {
	// Seq is its place in the conversation's feed, from 1, without holes.
	Seq int64
	// ID is the message's id. For the person's own messages (From "you") it is the
	// [channels.Inbound.ProviderID] this adapter made, or the part after its slash:
	// a widget knows its own words by it.
	ID string
	// From is "bot", "agent", "you" or "system"; Name is how the speaker is called.
	From, Name string
	// Text is what was said: final, cleared, redacted.
	Text string
	// Choices are shown as buttons under the text.
	Choices []channels.Choice
	// At is when it became visible.
	At time.Time
}

// Who may speak in an [Item].
const (
	FromBot    = "bot"
	FromAgent  = "agent"
	FromYou    = "you"
	FromSystem = "system"
)

// feedPage is how many items are read at a time.
const feedPage = 100

// A feed that fails is asked again after feedWait, then twice as long each
// time, up to feedWaitMost; a wake asks at once.
const (
	feedWait     = time.Second
	feedWaitMost = 30 * time.Second
)

// feedReader is the writer's place in the feed.
type feedReader struct {
	c       *conn
	last    int64
	started bool
	wait    time.Duration
}

// copy writes everything after last to the socket. A failing feed is not the
// client's fault: the socket stays, and wait says when to ask again. Only a
// failed write is an error.
func (f *feedReader) copy() (wait time.Duration, err error) {
	c := f.c
	if !f.started {
		c.mu.Lock()
		f.last, f.started = c.since, true
		c.mu.Unlock()
	}
	for {
		ctx, cancel := context.WithTimeout(c.a.base, c.a.cfg.Limits.ReceiveWait)
		items, err := c.a.feed.Since(ctx, c.conversation, f.last, feedPage)
		cancel()
		if err != nil {
			c.a.fault("feed", err)
			f.wait = min(max(2*f.wait, feedWait), feedWaitMost)
			return f.wait, nil
		}
		f.wait = 0
		for _, it := range items {
			if it.Seq <= f.last {
				continue
			}
			// A hole ends it for now: whatever fills it will wake us.
			if it.Seq != f.last+1 || c.over() {
				return 0, nil
			}
			if err := c.writeFrame(messageFrame(c.conversation, it)); err != nil {
				return 0, err
			}
			f.last = it.Seq
		}
		if len(items) < feedPage {
			return 0, nil
		}
	}
}
