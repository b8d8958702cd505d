package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// Event says that something happened, not what it is like now: that is for the reader to ask.
type Event struct {
	// Seq is the entry's place in the whole ledger, which a restart does not change.
	Seq          int64
	Name         string
	Conversation string
	Handoff      string
	Account      string
	At           time.Time
	// Offered is who is asked to take the hand-off, where the event is that.
	Offered string
	// Alert: a person may be in danger.
	Alert bool
	// portfolios are those of the accounts the conversation is about as the event was read.
	portfolios []string
}

// Visible reports whether an actor may know of it.
func (e Event) Visible(a staff.Actor) bool {
	return (a.May(staff.ConversationRead) || a.May(staff.QueueRead)) && a.Covers(e.portfolios...)
}

// Sizes of the feed.
const (
	feedPage = 500
	feedKeep = 4096
	// FeedReach is how far back a reader may go on from.
	FeedReach = 10_000
	feedPoll  = time.Second // rings are only hints
)

// silent are entries that say nothing to somebody at the desk; those of reading would beget themselves.
var silent = []string{store.EventRecordRead, "message.cleared", "message.queued", "capability.used", "identity.factor"}

// Feed follows the ledger for all readers together. Each reader has a place of its own and reads on from there, so a slow
// one holds up nobody and loses nothing.
type Feed struct {
	record interface {
		store.DeskFeed
		store.DeskQueue
	}
	log  *zap.Logger
	bell chan struct{}

	mu      sync.Mutex
	known   bool
	first   int64 // the place before the first entry kept
	last    int64 // the place up to which it has read
	kept    []Event
	changed chan struct{} // closed when there is more
}

// NewFeed makes one that has read nothing yet.
func NewFeed(record store.Store, log *zap.Logger) *Feed {
	return &Feed{record: record, log: log, bell: make(chan struct{}, 1), changed: make(chan struct{})}
}

// Ring says that the ledger may have more. It never blocks.
func (f *Feed) Ring() {
	select {
	case f.bell <- struct{}{}:
	default:
	}
}

// Run follows the ledger until ctx ends.
func (f *Feed) Run(ctx context.Context) {
	tick := time.NewTicker(feedPoll)
	defer tick.Stop()
	for {
		if err := f.Follow(ctx); err != nil && ctx.Err() == nil {
			f.log.Warn("the ledger can't be followed", zap.Error(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-f.bell:
		case <-tick.C:
		}
	}
}

// Follow reads what is new.
func (f *Feed) Follow(ctx context.Context) error {
	at, err := f.Last(ctx)
	if err != nil {
		return err
	}
	for {
		events, last, more, err := f.read(ctx, at, feedPage)
		if err != nil || last == at {
			return err
		}
		f.take(at, last, events)
		if at = last; !more {
			return nil
		}
	}
}

// take keeps what was read, unless somebody else did so meanwhile.
func (f *Feed) take(from, to int64, events []Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.last != from {
		return
	}
	f.last = to
	f.kept = append(f.kept, events...)
	if n := len(f.kept) - feedKeep; n > 0 {
		f.first = f.kept[n-1].Seq
		f.kept = slices.Clone(f.kept[n:])
	}
	close(f.changed)
	f.changed = make(chan struct{})
}

// Last is the place up to which events can be read; the first call finds where the ledger ends.
func (f *Feed) Last(ctx context.Context) (int64, error) {
	f.mu.Lock()
	known, last := f.known, f.last
	f.mu.Unlock()
	if known {
		return last, nil
	}
	last, err := f.record.LastEntry(ctx)
	if err != nil {
		return 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.known {
		f.known, f.first, f.last = true, last, last
	}
	return f.last, nil
}

// Changed is closed when there is more than at the time of the call.
func (f *Feed) Changed() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.changed
}

// After gives events after a place that an actor may see, in order, and the place up to which it has looked.
func (f *Feed) After(ctx context.Context, a staff.Actor, after int64) (events []Event, upTo int64, err error) {
	f.mu.Lock()
	last, inMemory := f.last, f.known && after >= f.first
	if inMemory {
		i, _ := slices.BinarySearchFunc(f.kept, after+1, func(e Event, seq int64) int { return int(e.Seq - seq) })
		events = f.kept[i:]
		events = events[:min(len(events), feedPage)]
		if i+len(events) < len(f.kept) {
			last = events[len(events)-1].Seq
		}
		events = slices.Clone(events)
	}
	f.mu.Unlock()
	upTo = last
	if !inMemory {
		if events, upTo, _, err = f.read(ctx, after, feedPage); err != nil {
			return nil, after, err
		}
	}
	return slices.DeleteFunc(events, func(e Event) bool { return !e.Visible(a) }), max(upTo, after), nil
}

// read reads entries from the record, with whose they are.
func (f *Feed) read(ctx context.Context, after int64, limit int) (events []Event, last int64, more bool, err error) {
	entries, err := f.record.Events(ctx, after, limit)
	if err != nil || len(entries) == 0 {
		return nil, after, false, err
	}
	last = entries[len(entries)-1].N
	var ids []string
	for _, e := range entries {
		if e.Conversation == "" || slices.Contains(silent, e.Type) {
			continue
		}
		events = append(events, eventOf(e))
		if !slices.Contains(ids, e.Conversation) {
			ids = append(ids, e.Conversation)
		}
	}
	portfolios, err := f.record.Portfolios(ctx, ids)
	if err != nil {
		return nil, after, false, err
	}
	for i := range events {
		events[i].portfolios = portfolios[events[i].Conversation]
	}
	return events, last, len(entries) == limit, nil
}

// eventOf takes from an entry what says where to look. An incoming message is told when it is stored: the turn that
// answers it comes later.
func eventOf(e dialog.LedgerEntry) Event {
	out := Event{Seq: e.N, Name: e.Type, Conversation: e.Conversation, At: e.At.UTC()}
	switch e.Type {
	case store.EventMessageStored:
		out.Name = "message.received"
	case "message.received":
		out.Name = "message.read"
	}
	var b struct {
		Handoff string `json:"handoff"`
		Account string `json:"account"`
		Offered string `json:"offered"`
		To      string `json:"to"`
	}
	if len(e.Body) > 0 && json.Unmarshal(e.Body, &b) == nil {
		out.Handoff, out.Account = b.Handoff, b.Account
		if e.Type == "control.changed" && strings.HasPrefix(b.To, "offered") || b.To == string(dialog.ControlTransferring) {
			out.Offered = b.Offered
		}
	}
	out.Alert = e.Type == "handoff.alert"
	return out
}
