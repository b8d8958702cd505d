package accounts_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/compliance/inbound"
	"parley/dialog"
	"parley/dialog/llm/responder"
	"parley/gateway/accounts"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
	"parley/negotiation"
)

// TestATurnBesideASystemOfRecord goes through the engine and a real record: what
// was fetched is committed with the turn that used it.
func TestATurnBesideASystemOfRecord(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	record, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "parley.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	now := noon.Add(4 * time.Hour)
	if _, err := record.PutAccount(ctx, account(t, nil), noon); err != nil {
		t.Fatal(err)
	}
	var down atomic.Bool
	engine := &dialog.Engine{Guard: guard.New(), Detector: inbound.NewDetector(), BuiltIn: responder.Model{}, Directory: record, Keys: keys,
		Settings: dialog.Settings{Actor: compliance.CreditorOwed, Profile: gate.Legal, Brand: dialog.Brand{Name: "Northwind Bank", LegalName: "Northwind Bank N.A.", Phone: "+18005550100", Assistant: "Ava"},
			Portfolios: map[string]dialog.Portfolio{"cards": {Autonomy: map[string]dialog.Level{"answer_balance": "auto", "payment_plan": "auto"},
				Policy: negotiation.Policy{Plan: negotiation.PlanPolicy{MaxMonths: 12, MinPayment: negotiation.USD(2500)}}}}}}
	engine.Accounts = connect(t, func(w http.ResponseWriter, _ *http.Request) {
		if down.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		give(t, w, func(m map[string]any) { m["balance"].(map[string]any)["amount"] = "900.00" })
	}, func(c *accounts.HTTPConfig) { c.Now = func() time.Time { return now } })

	ids := 0
	env := dialog.Env{Now: func() time.Time { return now }, NewID: func() string { ids++; return fmt.Sprintf("id%03d", ids) }}
	say := func(text string) dialog.Effects {
		t.Helper()
		_, err := record.Accept(ctx, store.Arrival{
			In:  channels.Inbound{Channel: "sms", ProviderID: "SM-" + text, From: "+15125550123", To: "+18005550199", Text: text, ReceivedAt: now},
			New: dialog.Conversation{ID: env.NewID(), Language: "en"}, MessageID: env.NewID(), Input: dialog.Input{At: now},
		})
		if err != nil {
			t.Fatal(err)
		}
		claim, err := record.Claim(ctx, "w", now, time.Minute)
		if err != nil || claim == nil {
			t.Fatal(claim, err)
		}
		e := engine.Turn(ctx, claim.Snapshot, claim.Input, env)
		if err := record.Commit(ctx, claim, e, now); err != nil {
			t.Fatal(err)
		}
		return e
	}

	first := say("zip 78701, how much do I owe?")
	if len(first.Outgoing) != 1 || !strings.Contains(first.Outgoing[0].Cleared.Out().Text, "$900.00") {
		t.Fatalf("the fresh balance was not said: %+v", first.Outgoing)
	}
	stored, err := record.Account(ctx, "acct-1")
	if err != nil || stored.Balance.Minor != 90000 || !stored.AsOf.Equal(now) || stored.Version != 2 {
		t.Fatalf("stored %+v, %v", stored, err)
	}
	down.Store(true)
	now = now.Add(10 * time.Minute)
	if e := say("and how much is it now?"); e.Conversation.Control != dialog.ControlBot {
		t.Error("ten minutes are no reason for a human")
	}
	now = now.Add(10 * time.Minute)
	last := say("how much do I owe?")
	if last.Conversation.Control != dialog.ControlQueued || len(last.Outgoing) != 1 || strings.Contains(last.Outgoing[0].Cleared.Out().Text, "900") {
		t.Errorf("twenty minutes on: %s %+v", last.Conversation.Control, last.Outgoing)
	}
	if traces, err := record.Traces(ctx, last.Conversation.ID); err != nil || !staleSince(traces[len(traces)-1], noon.Add(4*time.Hour)) {
		t.Errorf("the trace does not say since when: %+v, %v", traces, err)
	}
}

func staleSince(trace dialog.TurnTrace, since time.Time) bool {
	for _, s := range trace.Steps {
		if s.Name == dialog.StepLoad && s.Outcome == dialog.StepFallback && s.Error != nil && strings.Contains(*s.Error, "stale since "+since.Format(time.RFC3339)) {
			return true
		}
	}
	return false
}
