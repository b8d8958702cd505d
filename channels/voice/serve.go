package voice

import (
	"context"
	"errors"
	"time"

	"parley/channels"
)

// ErrClosing says that the adapter takes no more calls.
var ErrClosing = errors.New("voice: shutting down")

// Times of holding a call.
const (
	// lostFor is how long the carrier may take to say what became of a call whose
	// connection is over; then the call counts as ended.
	lostFor = 2 * time.Minute
	// lastWords is how long, after a connection is over, its reports are tried.
	lastWords = 30 * time.Second
)

// Serve holds one connection of a call until it is over and everything that
// happened on it is on record. An earlier connection of the same call is dropped.
func (a *Adapter) Serve(ctx context.Context, leg Leg, t Transport) error {
	c := newCall(a, leg, t)
	if err := a.enter(ctx, c); err != nil {
		_ = t.Close()
		return err
	}
	defer a.serving.Done()
	go c.reports.run()
	c.begin()
	err := t.Run(ctx, c)
	c.finish()
	stop := a.clock.AfterFunc(lastWords, c.reports.cancel)
	<-c.reports.done
	stop()
	a.leave(c)
	return err
}

// enter takes c among the live calls.
func (a *Adapter) enter(ctx context.Context, c *call) error {
	for {
		a.mu.Lock()
		if a.closing {
			a.mu.Unlock()
			return ErrClosing
		}
		old := a.calls[c.leg.Call]
		if old == nil {
			a.serving.Add(1)
			a.calls[c.leg.Call] = c
			if stop := a.lost[c.leg.Call]; stop != nil {
				stop()
				delete(a.lost, c.leg.Call)
			}
			a.mu.Unlock()
			return nil
		}
		a.mu.Unlock()
		_ = old.transport.Close()
		select {
		case <-old.gone:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// leave takes c out. Unless it was ended or handed over, the carrier now has
// lostFor to say what became of the call.
func (a *Adapter) leave(c *call) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.calls, c.leg.Call)
	close(c.gone)
	if a.closing || c.handedOver() || a.known[c.leg.Call] {
		delete(a.known, c.leg.Call)
		return
	}
	a.expect(c.leg)
}

// Await is called by a carrier that has asked for another connection of a call: if
// none comes within lostFor, the call counts as ended.
func (a *Adapter) Await(leg Leg) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.closing:
	case a.calls[leg.Call] != nil: // it has not noticed yet that it lost its connection
		delete(a.known, leg.Call)
	default:
		a.expect(leg)
	}
}

// expect waits for word of a call; a.mu is held.
func (a *Adapter) expect(leg Leg) {
	id := leg.Call
	if stop := a.lost[id]; stop != nil {
		stop()
	}
	a.lost[id] = a.clock.AfterFunc(lostFor, func() {
		a.mu.Lock()
		_, waiting := a.lost[id]
		delete(a.lost, id)
		a.mu.Unlock()
		if waiting {
			a.giveUp(leg)
		}
	})
}

// giveUp tells that a call has ended, as far as anybody knows.
func (a *Adapter) giveUp(leg Leg) {
	ctx, cancel := context.WithTimeout(context.Background(), lastWords)
	defer cancel()
	_ = a.Happened(ctx, Event{Leg: leg, Kind: channels.CallEnded, Detail: "failed"}) // nobody is left to be told otherwise
}

// Known is called by a carrier that has learned what became of a call whose
// connection is over: it is no longer waited for.
func (a *Adapter) Known(call string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.calls[call] != nil {
		a.known[call] = true
	}
	if stop := a.lost[call]; stop != nil {
		stop()
		delete(a.lost, call)
	}
}

// Event is what a carrier learns of a call besides what passes over a connection.
type Event struct {
	Leg    Leg
	Kind   channels.CallEvent
	Detail string
	// ID tells events of one kind on one call apart; "" where there is only one.
	ID string
}

// Happened passes on an event. The same event again has the same id. Before a call
// is told to have ended its connection is dropped and all of it is on record.
func (a *Adapter) Happened(ctx context.Context, e Event) error {
	if e.Kind == channels.CallEnded {
		a.Known(e.Leg.Call)
		if err := a.drop(ctx, e.Leg.Call); err != nil {
			return err
		}
	}
	id := e.Leg.Call + "#" + string(e.Kind)
	if e.ID != "" {
		id += "-" + e.ID
	}
	in := inbound(e.Leg, id, a.clock.Now())
	in.Call.Event, in.Call.Detail = e.Kind, e.Detail
	if err := in.Validate(); err != nil {
		return err
	}
	_, err := a.to.Receive(ctx, in)
	return err
}

// drop ends the connection of a call, if it has one, and waits for its reports.
func (a *Adapter) drop(ctx context.Context, id string) error {
	a.mu.Lock()
	c := a.calls[id]
	a.mu.Unlock()
	if c == nil {
		return nil
	}
	_ = c.transport.Close()
	select {
	case <-c.gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// inbound is what comes from a call, without what happened.
func inbound(leg Leg, id string, at time.Time) channels.Inbound {
	return channels.Inbound{
		Channel: Name, ProviderID: id, From: leg.Person, To: leg.Ours, ReceivedAt: at.UTC(),
		Call: &channels.Call{ID: leg.Call, Outbound: leg.Outbound},
	}
}
