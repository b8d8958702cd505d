package voice

import "time"

// Clock tells the time and calls back. Tests bring one they turn by hand.
type Clock interface {
	Now() time.Time
	// AfterFunc calls f once, in a goroutine of its own, when d has passed. stop
	// reports whether it kept f from being called.
	AfterFunc(d time.Duration, f func()) (stop func() bool)
}

// SystemClock is the real one.
type SystemClock struct{}

// Now is [time.Now].
func (SystemClock) Now() time.Time { return time.Now() }

// AfterFunc is [time.AfterFunc].
func (SystemClock) AfterFunc(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }
