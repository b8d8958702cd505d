package channeltest

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"parley/channels"
)

// Receiver is a [channels.Receiver] in memory: it keeps all it is given, knows
// duplicates, and fails when told to.
type Receiver struct {
	mu        sync.Mutex
	received  []channels.Inbound
	confirmed []channels.Receipt
	seqs      map[[2]string]int64
	fail      error
}

// NewReceiver makes an empty one.
func NewReceiver() *Receiver { return &Receiver{seqs: map[[2]string]int64{}} }

// Fail makes every call from now on return err; nil ends it.
func (r *Receiver) Fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = err
}

// Receive keeps in, unless told to fail.
func (r *Receiver) Receive(ctx context.Context, in channels.Inbound) (channels.Accepted, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.received = append(r.received, in)
	if err := cmp.Or(r.fail, ctx.Err()); err != nil {
		return channels.Accepted{}, err
	}
	key := [2]string{in.Channel, in.ProviderID}
	seq, again := r.seqs[key]
	if !again {
		seq = int64(len(r.seqs) + 1)
		r.seqs[key] = seq
	}
	return channels.Accepted{Conversation: in.From, Seq: seq, Duplicate: again}, nil
}

// Confirm keeps c, unless told to fail.
func (r *Receiver) Confirm(ctx context.Context, c channels.Receipt) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.confirmed = append(r.confirmed, c)
	return cmp.Or(r.fail, ctx.Err())
}

// Received is every message that came, duplicates and failures included.
func (r *Receiver) Received() []channels.Inbound {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.received)
}

// Confirmed is every receipt that came.
func (r *Receiver) Confirmed() []channels.Receipt {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.confirmed)
}
