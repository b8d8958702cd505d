package gateway

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"go.uber.org/zap"

	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/compliance/inbound"
	"parley/dialog"
	"parley/dialog/llm/responder"
	"parley/gateway/store"
)

// inboxOf is a record in which conversations wait; what else is asked of it fails.
type inboxOf struct {
	store.Store
	claims    []*store.Claim
	released  []string
	committed map[string]dialog.Effects
}

func (r *inboxOf) Claim(context.Context, string, time.Time, time.Duration) (*store.Claim, error) {
	if len(r.claims) == 0 {
		return nil, nil
	}
	c := r.claims[0]
	r.claims = r.claims[1:]
	return c, nil
}

func (r *inboxOf) Release(_ context.Context, c *store.Claim, _ time.Time) (int, error) {
	r.released = append(r.released, c.Conversation)
	return c.Attempts + 1, nil
}

func (r *inboxOf) Commit(_ context.Context, c *store.Claim, e dialog.Effects, _ time.Time) error {
	r.committed[c.Conversation] = e
	return nil
}

func (r *inboxOf) Stats(context.Context) (store.Stats, error) { return store.Stats{}, nil }

// said is a message that waits, and how often it failed before.
func said(conversation string, attempts int) *store.Claim {
	at := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	return &store.Claim{
		Conversation: conversation, Attempts: attempts, Token: 1,
		Input: dialog.Input{ID: 1, Seq: 1, Kind: dialog.InputMessage, Text: "hello", At: at},
		Snapshot: dialog.Snapshot{Conversation: dialog.Conversation{ID: conversation, Channel: "webchat", Address: conversation, Control: dialog.ControlBot,
			Mode: dialog.ModeAuto, Language: "en", CreatedAt: at, SessionStart: at, LastInbound: at}},
	}
}

func newTestWorkers(record *inboxOf, engine *dialog.Engine) *workers {
	record.committed = map[string]dialog.Effects{}
	at, n := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC), 0
	env := dialog.Env{Now: func() time.Time { return at }, NewID: func() string { n++; return "id" + strconv.Itoa(n) }}
	return &workers{record: record, engine: engine, env: env, owner: "w", log: zap.NewNop(), metrics: newMetrics(record),
		work: newBell(1), outgoing: newBell(1), changed: func(dialog.Conversation) {}}
}

func TestAnInputThatFailedTooOftenGoesToAHuman(t *testing.T) {
	t.Parallel()
	engine := &dialog.Engine{Settings: dialog.Settings{Actor: compliance.CreditorOwed, Profile: gate.Legal, Brand: dialog.Brand{Name: "Northwind Bank", LegalName: "Northwind Bank N.A.", Phone: "+18005550100", Assistant: "Ava"}},
		Guard: guard.New(), Detector: inbound.NewDetector(), BuiltIn: responder.Model{}}
	record := &inboxOf{claims: []*store.Claim{said("a", inputTries), said("b", inputTries-1)}}
	w := newTestWorkers(record, engine)
	for range 2 {
		if did, err := w.once(t.Context()); !did || err != nil {
			t.Fatal(did, err)
		}
	}
	a, b := record.committed["a"], record.committed["b"]
	if a.Handoff == nil || a.Handoff.Reasons[0].Code != "turn_failed" || len(a.Outgoing) != 1 {
		t.Errorf("after %d failures: %+v, %d messages", inputTries, a.Handoff, len(a.Outgoing))
	}
	if b.Handoff != nil || len(b.Outgoing) != 1 {
		t.Errorf("one try before that: %+v, %d messages", b.Handoff, len(b.Outgoing))
	}
}

func TestATurnThatFailsTouchesNoOtherConversation(t *testing.T) {
	t.Parallel()
	record := &inboxOf{claims: []*store.Claim{said("a", inputTries-1), said("b", 0)}}
	w := newTestWorkers(record, nil) // without an engine every turn panics
	did, err := w.once(t.Context())
	if !did || err == nil || errors.Is(err, store.ErrFenced) {
		t.Fatal(did, err)
	}
	if len(record.released) != 1 || record.released[0] != "a" || len(record.claims) != 1 || len(record.committed) != 0 {
		t.Errorf("released %v, %d still wait, committed %v", record.released, len(record.claims), record.committed)
	}
}
