package gateway

import (
	"errors"
	"testing"
	"time"

	"go.uber.org/zap"

	"parley/channels"
	"parley/gateway/store"
)

func TestHowASendEndsSaysWhatIsDoneNext(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	c := &courier{now: func() time.Time { return now }, log: zap.NewNop()}
	failed := func(kind channels.ErrorKind) error { return &channels.SendError{Kind: kind, Reason: "why"} }
	for name, k := range map[string]struct {
		attempt  int
		err      error
		status   channels.Status
		optedOut bool
		soonest  time.Duration // 0: never
		latest   time.Duration
	}{
		"it went out":                             {attempt: 1, status: channels.StatusSent},
		"the person has opted out":                {attempt: 1, err: failed(channels.OptedOut), status: channels.StatusFailed, optedOut: true},
		"the provider will never take it":         {attempt: 1, err: failed(channels.Rejected), status: channels.StatusFailed},
		"the provider is busy":                    {attempt: 1, err: failed(channels.Retryable), status: channels.StatusQueued, soonest: 250 * time.Millisecond, latest: time.Second},
		"it is busy for the fifth time":           {attempt: 5, err: failed(channels.Retryable), status: channels.StatusQueued, soonest: 4 * time.Second, latest: 12 * time.Second},
		"the provider says when":                  {attempt: 1, err: &channels.SendError{Kind: channels.Retryable, RetryAfter: 40 * time.Second}, status: channels.StatusQueued, soonest: 40 * time.Second, latest: 40 * time.Second},
		"it was busy too often":                   {attempt: sendTries, err: failed(channels.Retryable), status: channels.StatusFailed},
		"the token is wrong":                      {attempt: 1, err: failed(channels.Misconfigured), status: channels.StatusQueued, soonest: misconfigured, latest: misconfigured},
		"the token stays wrong":                   {attempt: sendTries, err: failed(channels.Misconfigured), status: channels.StatusFailed},
		"nobody knows whether it went out":        {attempt: 1, err: failed(channels.Uncertain), status: channels.StatusUncertain, soonest: lookAfter, latest: lookAfter},
		"nobody knows, after attempts before":     {attempt: 3, err: failed(channels.Uncertain), status: channels.StatusUncertain, soonest: lookAfter, latest: lookAfter},
		"nobody knows, and not for want of tries": {attempt: sendTries, err: failed(channels.Uncertain), status: channels.StatusUncertain, soonest: lookAfter, latest: lookAfter},
		"an error of no known kind":               {attempt: 1, err: errors.New("what?"), status: channels.StatusUncertain, soonest: lookAfter, latest: lookAfter},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := c.settlement(&store.Delivery{Attempt: k.attempt, Since: now.Add(-time.Hour)}, channels.Sent{}, k.err)
			if s.Status != k.status || s.OptedOut != k.optedOut {
				t.Fatalf("got %+v", s)
			}
			if k.soonest == 0 {
				if !s.Next.IsZero() {
					t.Errorf("tried again in %v", s.Next.Sub(now))
				}
			} else if in := s.Next.Sub(now); in < k.soonest || in > k.latest {
				t.Errorf("next in %v, want %v to %v", in, k.soonest, k.latest)
			}
		})
	}
}
