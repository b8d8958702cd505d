package voice

import (
	"context"
	"errors"
	"sync"
	"time"

	"parley/channels"
)

// reports hands what happened on a call to the receiver, in the order it happened
// and one at a time: what the person said comes after what they had heard. What
// the receiver fails at is tried again until the call has been over for a while.
type reports struct {
	clock  Clock
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{}

	mu     sync.Mutex
	queue  []func(context.Context) error
	bell   chan struct{}
	closed bool
}

func newReports(clock Clock) *reports {
	ctx, cancel := context.WithCancel(context.Background())
	return &reports{clock: clock, ctx: ctx, cancel: cancel, done: make(chan struct{}), bell: make(chan struct{}, 1)}
}

// add queues one report.
func (r *reports) add(report func(context.Context) error) {
	r.mu.Lock()
	if !r.closed {
		r.queue = append(r.queue, report)
	}
	r.mu.Unlock()
	r.ring()
}

// close lets run end once the queue is empty.
func (r *reports) close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.ring()
}

func (r *reports) ring() {
	select {
	case r.bell <- struct{}{}:
	default:
	}
}

func (r *reports) run() {
	defer close(r.done)
	defer r.cancel()
	for {
		r.mu.Lock()
		var next func(context.Context) error
		if len(r.queue) > 0 {
			next, r.queue = r.queue[0], r.queue[1:]
		}
		closed := r.closed
		r.mu.Unlock()
		switch {
		case next != nil:
			r.deliver(next)
		case closed:
			return
		default:
			select {
			case <-r.bell:
			case <-r.ctx.Done():
				return
			}
		}
		if r.ctx.Err() != nil {
			return
		}
	}
}

// deliver tries until it succeeds, the report can never be accepted, or time is up.
func (r *reports) deliver(report func(context.Context) error) {
	const first, most = 100 * time.Millisecond, 2 * time.Second
	for wait := first; ; wait = min(2*wait, most) {
		err := report(r.ctx)
		var never *channels.InputError
		if err == nil || errors.As(err, &never) {
			return
		}
		again := make(chan struct{})
		stop := r.clock.AfterFunc(wait, func() { close(again) })
		select {
		case <-again:
		case <-r.ctx.Done():
			stop()
			return
		}
	}
}
