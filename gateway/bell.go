package gateway

// bell wakes waiting loops. Ringing never blocks and rings are merged: whoever
// wakes looks at the record, which is the truth.
type bell chan struct{}

func newBell(waiters int) bell { return make(bell, waiters) }

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}
