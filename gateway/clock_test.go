package gateway

import (
	"testing"
	"time"

	"parley/gateway/config"
)

func TestASetClockGoesOnWhereTheRecordEnds(t *testing.T) {
	t.Parallel()
	c := NewClock(config.Config{DevClock: "2026-11-23T16:00:00Z"})
	start := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	if now := c.Now(); now.Before(start) || now.After(start.Add(time.Minute)) {
		t.Errorf("it shows %s, want about %s", now, start)
	}
	last := start.Add(3 * time.Hour)
	c.Resume(last)
	if now := c.Now(); now.Before(last) {
		t.Errorf("after a restart it shows %s, before the record's last %s", now, last)
	}
	c.Resume(start)
	if c.Now().Before(last) {
		t.Error("it was set back")
	}
}

func TestARealClockIsNeverMoved(t *testing.T) {
	t.Parallel()
	c := NewClock(config.Config{})
	c.Resume(time.Now().Add(time.Hour))
	if c.Now().After(time.Now().Add(time.Minute)) {
		t.Error("it was moved")
	}
}
