package voice

import (
	"context"
	"errors"
)

// Recorder is a carrier that can record calls.
type Recorder interface {
	// Record begins or ends the recording of a call.
	Record(ctx context.Context, call string, on bool) error
}

// ErrCantRecord says that the carrier does not record.
var ErrCantRecord = errors.New("voice: the carrier can't record")

// Record begins or ends the recording of a call. Nothing calls it by itself: a call is
// recorded once the person has agreed to it, and no longer than they do.
func (a *Adapter) Record(ctx context.Context, call string, on bool) error {
	r, can := a.carrier.(Recorder)
	if !can {
		return ErrCantRecord
	}
	return r.Record(ctx, call, on)
}
