package gateway

import (
	"sync/atomic"
	"time"

	"parley/gateway/config"
)

// Clock is the time the gateway lives in: real, or, in a demonstration, one that
// was started at a time of choice and runs from there.
type Clock struct {
	// ahead is how far it is before real time, in nanoseconds.
	ahead atomic.Int64
}

// NewClock makes the clock the configuration asks for.
func NewClock(cfg config.Config) *Clock {
	c := &Clock{}
	if cfg.DevClock != "" {
		c.ahead.Store(int64(time.Until(must(time.Parse(time.RFC3339, cfg.DevClock)))))
	}
	return c
}

// Now is the time.
func (c *Clock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// Resume moves a clock that was set forward to the last thing the record knows
// of, so that after a restart time doesn't run over it again. A real clock stays.
func (c *Clock) Resume(last time.Time) {
	if behind := last.Sub(c.Now()); behind > 0 && c.ahead.Load() != 0 {
		c.ahead.Add(int64(behind))
	}
}
