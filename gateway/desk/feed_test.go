package desk_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.uber.org/zap"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/desk"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
)

func now() time.Time { return time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC) }

func TestAReaderFarBehindCatchesUpFromTheRecord(t *testing.T) {
	t.Parallel()
	record, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "feed.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	ctx := t.Context()
	accept := func(n int) {
		for range n {
			last, err := record.LastEntry(ctx)
			if err != nil {
				t.Fatal(err)
			}
			id := time.Duration(last).String()
			events := make([]dialog.Event, 100)
			for i := range events {
				events[i] = dialog.Event{Type: "note.note", At: now(), Who: "service"}
			}
			if _, err := record.Accept(ctx, store.Arrival{In: channels.Inbound{Channel: "sms", ProviderID: "SM" + id, From: "+15125550123", To: "+15125550100", Text: "x", ReceivedAt: now()},
				New: dialog.Conversation{ID: "cv-1", Language: "en"}, MessageID: "m" + id, Input: dialog.Input{At: now()}, Events: events}); err != nil {
				t.Fatal(err)
			}
		}
	}
	feed := desk.NewFeed(record, zap.NewNop())
	accept(3)
	start, err := feed.Last(ctx)
	if err != nil {
		t.Fatal(err)
	}
	changed := feed.Changed()
	accept(60) // more than the feed keeps
	if err := feed.Follow(ctx); err != nil {
		t.Fatal(err)
	}
	select {
	case <-changed:
	default:
		t.Error("nobody was told")
	}
	last, err := record.LastEntry(ctx)
	if err != nil {
		t.Fatal(err)
	}
	all := staff.Actor{Role: staff.Agent}
	for _, from := range []int64{0, start, start + 1, last - 5, last} {
		var seqs []int64
		for at := from; ; {
			events, upTo, err := feed.After(ctx, all, at)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range events {
				seqs = append(seqs, e.Seq)
			}
			if upTo == at {
				break
			}
			at = upTo
		}
		if int64(len(seqs)) != last-from || !slices.IsSorted(seqs) || len(seqs) > 0 && seqs[0] != from+1 {
			t.Errorf("from %d of %d came %d", from, last, len(seqs))
		}
	}
	t.Run("who may not know hears nothing, and still moves on", func(t *testing.T) {
		for _, a := range []staff.Actor{{Role: staff.Integrator}, {Role: staff.Admin}, {Role: staff.Auditor, Portfolios: []string{"p"}}} {
			events, upTo, err := feed.After(ctx, a, last-5)
			if err != nil || len(events) != 0 || upTo != last {
				t.Errorf("%s: %d events up to %d, %v", a.Role, len(events), upTo, err)
			}
		}
	})
}
