package gateway

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"

	"parley/channels"
	"parley/gateway/store"
)

// knowing is a channel whose provider knows of some parts.
type knowing struct {
	channels.Channel
	parts []channels.Part
	whole bool
	err   error
}

func (k knowing) Find(context.Context, channels.Outbound, time.Time, func(string) bool) ([]channels.Part, bool, error) {
	return k.parts, k.whole, k.err
}

// settledWith is a record that keeps the last settlement.
type settledWith struct {
	store.Store
	last store.Settlement
}

func (r *settledWith) Settle(_ context.Context, _ *store.Delivery, s store.Settlement, _ time.Time) error {
	s.Trace = nil
	r.last = s
	return nil
}

func TestWhatIsOnlyPartlyOutIsNotCalledSent(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	first, second := channels.Part{Index: 0, ProviderID: "SM-a"}, channels.Part{Index: 1, ProviderID: "SM-b"}
	for name, k := range map[string]struct {
		provider channels.Channel
		done     []channels.Part
		age      time.Duration
		want     store.Settlement
	}{
		"all parts are there": {knowing{parts: []channels.Part{first, second}, whole: true}, nil, time.Minute,
			store.Settlement{Status: channels.StatusSent, Parts: []channels.Part{first, second}}},
		"one part of two is there": {knowing{parts: []channels.Part{first}}, nil, time.Minute,
			store.Settlement{Status: channels.StatusQueued, Parts: []channels.Part{first}, Next: now, Reason: "sent_in_part"}},
		"one more part than was known, and one that isn't": {knowing{parts: []channels.Part{first, second}}, []channels.Part{first}, time.Minute,
			store.Settlement{Status: channels.StatusQueued, Parts: []channels.Part{first, second}, Next: now, Reason: "sent_in_part"}},
		"none is there": {knowing{}, nil, time.Minute, store.Settlement{Status: channels.StatusQueued, Next: now, Reason: "not_sent"}},
		"the provider can't say": {knowing{err: errors.New("down")}, nil, time.Minute,
			store.Settlement{Status: channels.StatusUncertain, Next: now.Add(lookAgain), Reason: "provider_unreachable"}},
		"nobody can be asked, for too long": {struct{ channels.Channel }{}, []channels.Part{first}, 2 * uncertainFor,
			store.Settlement{Status: channels.StatusFailed, Reason: "uncertain_unresolved"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			record := &settledWith{}
			c := &courier{record: record, channels: map[string]channels.Channel{"sms": k.provider}, now: func() time.Time { return now },
				log: zap.NewNop(), outgoing: newBell(1), settled: func(string) {}}
			out := channels.Outbound{ID: "m1", Channel: "sms", Done: slices.Clone(k.done)}
			if err := c.resolve(t.Context(), &store.Delivery{Out: out, Since: now.Add(-k.age)}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(k.want, record.last); diff != "" {
				t.Error(diff)
			}
		})
	}
}
