// Package voice is the telephone channel.
//
// An [Adapter] holds the live calls of this process. A [Carrier] brings them and
// places them; a [Transport] speaks our words on one and hears the person's. What
// is between is the same for every carrier: which words were planned, sent and
// heard, when the person has been silent too long, and that all of it reaches
// the [channels.Receiver] in the order it happened.
//
// What was sent is not yet said. A message is delivered when it was heard to its
// end, and undelivered, with what was heard of it, when it was cut. Before the
// person's words are passed on, every receipt about the words they answer to has
// been confirmed.
package voice

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"parley/channels"
)

// Name is the channel's name.
const Name = "voice"

// MaxText is the longest text Send takes, in bytes: about four minutes of speech.
const MaxText = 4000

// Defaults of [Config].
const (
	DefaultSilence  = 10 * time.Second
	DefaultSilences = 3
)

// Config says how calls are held.
type Config struct {
	// Carrier brings and places the calls. Required.
	Carrier Carrier
	// Silence is how long a person may say nothing, counted from the end of our words,
	// before it is told. Defaults to [DefaultSilence].
	Silence time.Duration
	// Silences is how often in a row it is told. Defaults to [DefaultSilences].
	Silences int
	// Clock defaults to [SystemClock].
	Clock Clock
}

// Adapter is the channel. It is safe for concurrent use. Make one with [New].
type Adapter struct {
	carrier  Carrier
	silence  time.Duration
	silences int
	clock    Clock
	to       channels.Receiver

	mu      sync.Mutex
	calls   map[string]*call       // by the carrier's id of the call
	lost    map[string]func() bool // calls without a connection, each with what stops waiting for word of it
	known   map[string]bool        // live calls whose end the carrier has told already
	closing bool
	serving sync.WaitGroup
}

var (
	_ channels.Channel = (*Adapter)(nil)
	_ channels.Finder  = (*Adapter)(nil)
)

// New makes the channel. The error names every field of c that is wrong.
func New(c Config) (*Adapter, error) {
	var faults []error
	if c.Carrier == nil {
		faults = append(faults, errors.New("Carrier is missing"))
	}
	if c.Silence < 0 {
		faults = append(faults, errors.New("Silence is negative"))
	}
	if c.Silences < 0 {
		faults = append(faults, errors.New("Silences is negative"))
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("voice: %w", errors.Join(faults...))
	}
	a := &Adapter{carrier: c.Carrier, silence: c.Silence, silences: c.Silences, clock: c.Clock, calls: map[string]*call{},
		lost: map[string]func() bool{}, known: map[string]bool{}}
	if a.silence == 0 {
		a.silence = DefaultSilence
	}
	if a.silences == 0 {
		a.silences = DefaultSilences
	}
	if a.clock == nil {
		a.clock = SystemClock{}
	}
	return a, nil
}

// Name is "voice".
func (a *Adapter) Name() string { return Name }

// Capabilities of the channel: words are spoken, and what was heard is reported,
// to an address the law knows.
func (a *Adapter) Capabilities() channels.Capabilities {
	return channels.Capabilities{Speech: true, Receipts: true, Addressed: true, MaxText: MaxText}
}

// Routes registers what the carrier calls.
func (a *Adapter) Routes(r channels.Routes, to channels.Receiver) {
	a.to = to
	a.carrier.Routes(r, a)
}

// Clock is the clock the adapter goes by; carriers go by the same.
func (a *Adapter) Clock() Clock { return a.clock }

// Confirm passes on a receipt for a call that was placed.
func (a *Adapter) Confirm(ctx context.Context, r channels.Receipt) error {
	r.Channel, r.At = Name, a.clock.Now().UTC()
	return a.to.Confirm(ctx, r)
}

// Live is how many calls this process holds.
func (a *Adapter) Live() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.calls)
}

// Shutdown takes no more calls, drops the connections of those it has, and waits
// until what was heard on them is on record, or ctx ends. The carrier takes a
// dropped connection for a lost one: it asks for another, and the call goes on
// with whoever then answers.
func (a *Adapter) Shutdown(ctx context.Context) error {
	a.mu.Lock()
	a.closing = true
	for id, stop := range a.lost {
		stop()
		delete(a.lost, id)
	}
	for _, c := range a.calls {
		_ = c.transport.Close()
	}
	a.mu.Unlock()
	done := make(chan struct{})
	go func() {
		a.serving.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
