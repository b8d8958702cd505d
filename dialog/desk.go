package dialog

import "time"

// Desk is how the humans work. Zero values have the defaults named.
type Desk struct {
	// Calendar is when the desk is open; the zero one is always open.
	Calendar Calendar
	// OfferFor is how long one agent is asked before the next. Defaults to 45 seconds.
	OfferFor time.Duration
	// FirstReply is how long an agent may hold a waiting person without a word. Defaults to 5 minutes.
	FirstReply time.Duration
	// WrapUp is how long writing up may take. Defaults to 5 minutes.
	WrapUp time.Duration
	// Lease is how long an agent who is not heard of keeps what they hold. Defaults to 90 seconds.
	Lease time.Duration
	// MaxWait is how long a person may wait, with the desk open, before they are told that it takes
	// longer and a supervisor is. Zero: for ever.
	MaxWait time.Duration
	// Capacity is how many conversations one agent holds at a time. Defaults to 5.
	Capacity int
	// AgentsOnline is how many agents may take a hand-off now; nil: not known. It must not block.
	AgentsOnline func() int
}

// WithDefaults fills in what is not set.
func (d Desk) WithDefaults() Desk {
	set := func(v *time.Duration, to time.Duration) {
		if *v <= 0 {
			*v = to
		}
	}
	set(&d.OfferFor, 45*time.Second)
	set(&d.FirstReply, 5*time.Minute)
	set(&d.WrapUp, 5*time.Minute)
	set(&d.Lease, 90*time.Second)
	if d.Capacity <= 0 {
		d.Capacity = 5
	}
	return d
}
