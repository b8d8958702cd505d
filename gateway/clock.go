package gateway

import (
	"time"

	"parley/gateway/config"
)

// Clock is the configuration's clock: the real one, or one that starts at
// dev_clock and runs. Whatever must agree on the time shares one: two calls give
// two clocks that differ by the time between the calls.
func Clock(cfg config.Config) func() time.Time {
	if cfg.DevClock == "" {
		return time.Now
	}
	start, began := must(time.Parse(time.RFC3339, cfg.DevClock)), time.Now()
	return func() time.Time { return start.Add(time.Since(began)) }
}
