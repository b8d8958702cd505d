package gateway

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"parley/dialog"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
)

var autonomyNow = time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)

// past is a record with conversations that used the promise of the demonstration's cards.
type past struct {
	*testing.T
	record store.Store
	n      int
}

func newPast(t *testing.T) *past {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &past{T: t, record: db}
}

// event adds to the ledger of a conversation, which is opened where there is none.
func (p *past) event(id, kind string, body any) error {
	opened := &dialog.Conversation{ID: id, Channel: "webchat", Address: id, Language: "en"}
	return p.record.Update(p.Context(), id, opened, autonomyNow, func(s dialog.Snapshot) (dialog.Effects, error) {
		return dialog.Effects{Conversation: s.Conversation, Events: []dialog.Event{{Type: kind, At: autonomyNow, Who: "bot", Body: body}}}, nil
	})
}

// had adds conversations in which the capability was used: well of them ended well.
func (p *past) had(capability string, well, badly int) {
	p.Helper()
	var all sync.WaitGroup
	errs := make([]error, well+badly)
	for i := range errs {
		id := fmt.Sprintf("wc_%08d", p.n+i)
		all.Go(func() {
			errs[i] = p.event(id, dialog.EventUsed, dialog.Use{Capability: capability, Portfolio: "northwind-cards", Level: dialog.LevelAuto})
			if i >= well {
				errs[i] = errors.Join(errs[i], p.event(id, "handoff.requested", map[string]any{"reason": "low_confidence"}))
			}
		})
	}
	p.n += len(errs)
	all.Wait()
	p.ok(errors.Join(errs...))
}

func (p *past) ok(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *past) gateway() *autonomy {
	p.Helper()
	cfg, err := DemoConfig()
	p.ok(err)
	a := newAutonomy(settings(cfg).Portfolios, p.record, func() time.Time { return autonomyNow }, zap.NewNop())
	p.ok(a.follow(p.Context()))
	return a
}

func (p *past) changes() int {
	p.Helper()
	n := 0
	ledger, err := p.record.Ledger(p.Context(), "", 0, 1000)
	p.ok(err)
	for _, e := range ledger {
		if e.Type == store.EventAutonomy {
			n++
		}
	}
	return n
}

// read is what the command line would show of a capability.
func (p *past) read(capability string) Autonomy {
	p.Helper()
	cfg, err := DemoConfig()
	p.ok(err)
	all, err := ReadAutonomy(p.Context(), cfg, p.record)
	p.ok(err)
	for _, a := range all {
		if a.Portfolio == "northwind-cards" && a.Capability == capability {
			return a
		}
	}
	p.Fatalf("no %s", capability)
	return Autonomy{}
}

func TestAutoFallsBackWhenTheLastConversationsNoLongerCarryIt(t *testing.T) {
	t.Parallel()
	p := newPast(t)
	p.had("payment_link", 300, 99) // bad, and too few to tell
	p.had("promise", 372, 28)      // just enough: 0.9007
	one, other := p.gateway(), p.gateway()
	p.ok(one.weigh(t.Context()))
	if got := one.level("northwind-cards", "promise"); got != dialog.LevelAuto || p.changes() != 0 {
		t.Fatalf("a window that carries it is at %s after %d changes", got, p.changes())
	}
	if w := one.evidence.window(pair{"northwind-cards", "payment_link"}); w != (dialog.Tally{Well: 300, Of: 399}) {
		t.Errorf("the window of the link has %+v", w)
	}
	// A conversation of long ago turns out to have ended badly: 371 of 400 is 0.8978.
	p.ok(p.event("wc_00000399", "handoff.requested", map[string]any{"reason": "no_lawful_reply"}))
	var both sync.WaitGroup
	for _, a := range []*autonomy{one, other} {
		both.Go(func() {
			if err := a.weigh(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	p.ok(one.weigh(t.Context()))
	for _, a := range []*autonomy{one, other, p.gateway()} {
		if got := a.level("northwind-cards", "promise"); got != dialog.LevelApprove {
			t.Errorf("it is at %s", got)
		}
		if got := a.level("northwind-cards", "payment_link"); got != dialog.LevelAuto {
			t.Errorf("what can't be told yet is at %s", got)
		}
	}
	a := p.read("promise")
	if p.changes() != 1 || a.Override.By != "service" || a.Override.Configured != dialog.LevelAuto || !strings.Contains(a.Override.Reason, "371 of the last 400") || !strings.Contains(a.Override.Reason, "0.8978") {
		t.Errorf("%d changes; %+v", p.changes(), a.Override)
	}
}

func TestTheWindowIsOfTheLastConversations(t *testing.T) {
	t.Parallel()
	p := newPast(t)
	p.had("promise", 100, 100)
	running := p.gateway()
	p.ok(running.weigh(t.Context()))
	p.had("promise", 400, 0)
	p.ok(running.weigh(t.Context()))
	want := dialog.Tally{Well: 400, Of: 400}
	a := p.read("promise")
	if w := running.evidence.window(pair{"northwind-cards", "promise"}); w != want || a.Last != want || a.All != (dialog.Tally{Well: 500, Of: 600}) || len(a.Against) != 0 {
		t.Errorf("running %+v, read %+v", w, a)
	}
	if n := len(running.evidence.known); n != 400 {
		t.Errorf("%d conversations are kept in mind", n)
	}
	p.ok(p.event("wc_00000000", dialog.EventUsed, dialog.Use{Capability: "promise", Portfolio: "northwind-cards"}))
	p.ok(p.event("wc_00000000", "handoff.requested", map[string]any{"reason": "turn_failed"}))
	p.ok(running.weigh(t.Context()))
	want.Well--
	a = p.read("promise")
	if w := running.evidence.window(pair{"northwind-cards", "promise"}); w != want || a.Last != want || a.Against["turn_failed"] != 1 {
		t.Errorf("after an old one was taken up again: running %+v, read %+v", w, a)
	}
}

func TestALevelRisesOnlyWhenTheEvidenceCarriesIt(t *testing.T) {
	t.Parallel()
	p := newPast(t)
	raise := Decision{To: dialog.LevelAuto, By: "ada", Reason: "measured"}
	try := func(d Decision) error {
		return p.read("settlement").Promote(t.Context(), p.record, d, autonomyNow)
	}
	wantRefused := func(err error, words ...string) {
		t.Helper()
		var r LevelRefused
		if !errors.As(err, &r) {
			t.Fatalf("got %v", err)
		}
		for _, w := range words {
			if !strings.Contains(r.Why, w) {
				t.Errorf("no %q in %q", w, r.Why)
			}
		}
	}
	p.had("settlement", 399, 0)
	wantRefused(try(raise), "settlement of northwind-cards stays approve", "only 399 conversations", "400 are needed", "399 ended well", "0.9905")
	p.had("settlement", 0, 30)
	wantRefused(try(raise), "stays approve", "370 of the last 400", "0.8950", "at least 0.90")
	wantRefused(try(Decision{To: dialog.LevelDraft, By: "ada", Reason: "r"}), "is approve", "would not raise")
	p.had("settlement", 400, 0)
	wantRefused(try(Decision{To: dialog.LevelAuto, By: " ", Reason: "r"}), "by somebody, for a reason")
	running := p.gateway()
	p.ok(try(raise))
	if running.level("northwind-cards", "settlement") != dialog.LevelApprove {
		t.Error("it followed before it looked")
	}
	p.ok(running.follow(t.Context()))
	a := p.read("settlement")
	if running.level("northwind-cards", "settlement") != dialog.LevelAuto || a.Level != dialog.LevelAuto || a.Override.By != "human:ada" || p.changes() != 1 {
		t.Errorf("after it was raised: %+v, %d changes", a, p.changes())
	}
	wantRefused(a.Demote(t.Context(), p.record, raise, autonomyNow), "would not lower")
	p.ok(a.Demote(t.Context(), p.record, Decision{To: dialog.LevelOff, By: "bob", Reason: "a complaint"}, autonomyNow))
	wantRefused(a.Demote(t.Context(), p.record, Decision{To: dialog.LevelDraft, By: "bob", Reason: "late"}, autonomyNow), "at the same moment")
	p.ok(running.follow(t.Context()))
	if got := running.level("northwind-cards", "settlement"); got != dialog.LevelOff || p.changes() != 2 {
		t.Errorf("after it was lowered: %s, %d changes", got, p.changes())
	}
}

func TestAGatewayWhoseLevelsCannotBeReadDoesNotStart(t *testing.T) {
	t.Parallel()
	p := newPast(t)
	a := p.gateway()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := a.follow(ctx); err == nil {
		t.Error("no error")
	}
	if got := a.level("northwind-cards", "promise"); got != dialog.LevelAuto {
		t.Errorf("the level known last is gone: %s", got)
	}
}
