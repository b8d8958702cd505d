package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/dialog"
	"parley/dialog/llm/responder"
	"parley/gateway/api"
	"parley/gateway/config"
	"parley/gateway/desk"
	"parley/gateway/desk/staff"
	"parley/gateway/live"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
	"parley/negotiation"
)

// What must never be seen by whoever may not see the conversation.
const (
	secretWords = "tulips-and-lilies"
	secretName  = "Torres"
	secretPhone = "5550123"
)

// office is a desk with its API, in front of a record.
type office struct {
	testing.TB
	record *sqlite.DB
	desk   *desk.Service
	api    *api.API
	h      http.Handler
	live   *live.Local

	mu   sync.Mutex
	time time.Time
}

func (o *office) now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.time
}

func (o *office) later(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.time = o.time.Add(d)
}

// ids are new in every office, as one may be opened on another's record.
var ids atomic.Int64

// actorHeader has who a test's request comes from: role|name|portfolio,…; it stands for the session that a cookie would.
const actorHeader = "X-Test-Actor"

func as(role staff.Role, name string, portfolios ...string) staff.Actor {
	return staff.Actor{Name: name, Display: "D. " + name, Role: role, Portfolios: portfolios, Session: "s-" + name}
}

// fakeSessions end when a test says so.
type fakeSessions struct {
	mu   sync.Mutex
	ends map[string][]func()
}

func (f *fakeSessions) Attach(_ context.Context, a staff.Actor, end func()) (func(), error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ends[a.Name] = append(f.ends[a.Name], end)
	return func() {}, nil
}

func (f *fakeSessions) Use(context.Context, staff.Actor) error { return nil }

func (f *fakeSessions) SameOrigin(r *http.Request) bool {
	o := r.Header.Get("Origin")
	return o == "" || o == "http://"+r.Host
}

func (f *fakeSessions) end(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, end := range f.ends[name] {
		end()
	}
}

func newOffice(t testing.TB) *office {
	t.Helper()
	return openOffice(t, filepath.Join(t.TempDir(), "office.db"))
}

func openOffice(t testing.TB, path string) *office {
	t.Helper()
	record, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	o := &office{TB: t, record: record, live: live.NewLocal(), time: time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)}
	env := dialog.Env{Now: o.now, NewID: func() string { return "id" + strconv.FormatInt(ids.Add(1), 10) }}
	policy := negotiation.Policy{Settlement: negotiation.SettlementPolicy{Enabled: true, Floor: 6000, Open: 9000, ExpiresDays: 14},
		Plan: negotiation.PlanPolicy{MaxMonths: 12, MinPayment: negotiation.USD(2500)}, Authority: map[string]negotiation.Bp{"agent": 8000, "supervisor": 6000}, Version: "p"}
	levels := map[string]dialog.Level{"settlement": dialog.LevelApprove, "payment_plan": dialog.LevelAuto}
	engine := &dialog.Engine{Guard: guard.New(), Detector: heard, BuiltIn: responder.Model{}, Directory: record, Settings: dialog.Settings{
		Actor: compliance.CreditorOwed, Profile: gate.Legal,
		Brand:      dialog.Brand{Name: "Northwind Bank", LegalName: "Northwind Bank N.A.", Phone: "+18005550100", Assistant: "Ava"},
		Portfolios: map[string]dialog.Portfolio{"p": {Policy: policy, Autonomy: levels}, "other": {Policy: policy, Autonomy: levels}},
	}}
	keys := []config.APIKey{{Name: "root", Key: "k0"}, {Name: "ada", Key: "ka", Role: "agent"}, {Name: "bob", Key: "kb", Role: "agent"}, {Name: "sue", Key: "ks", Role: "supervisor"}}
	o.desk = desk.New(desk.Config{Record: record, Engine: engine, Env: env, Live: o.live, Keys: keys})
	engine.Eligible = o.desk.Eligible
	o.api = &api.API{Record: record, Engine: engine, Env: env, Keys: keys, Wake: func(dialog.Conversation) { o.desk.Feed.Ring() }, Desk: o.desk,
		Sessions: &fakeSessions{ends: map[string][]func(){}}, Channels: []string{"sms"},
		ChatLink: func(account string, _ time.Time) string { return "https://x/chat#token=" + account }}
	mux := http.NewServeMux()
	o.api.Register(mux)
	o.h = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if text := r.Header.Get(actorHeader); text != "" {
			var a staff.Actor
			if err := json.Unmarshal([]byte(text), &a); err != nil {
				t.Error(err)
			}
			r = r.WithContext(staff.With(r.Context(), a))
		}
		mux.ServeHTTP(w, r)
	})
	return o
}

// member has somebody work here.
func (o *office) member(role staff.Role, name string, portfolios ...string) staff.Actor {
	o.Helper()
	m := store.StaffMember{ID: "st-" + name, Name: name, Display: "D. " + name, Role: string(role), Portfolios: portfolios, CreatedAt: o.now()}
	if err := o.record.CreateStaff(o.Context(), m, nil); err != nil {
		o.Fatal(err)
	}
	return as(role, name, portfolios...)
}

func header(a staff.Actor) string {
	text, err := json.Marshal(a)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// ask makes a request as somebody; a nil body sends none.
func (o *office) ask(a *staff.Actor, method, path, body string) *httptest.ResponseRecorder {
	o.Helper()
	r := httptest.NewRequestWithContext(o.Context(), method, "/api/v1/"+path, bytes.NewBufferString(body))
	if a != nil {
		r.Header.Set(actorHeader, header(*a))
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	o.h.ServeHTTP(w, r)
	return w
}

// must is ask with a status that is wanted; it decodes the answer.
func (o *office) must(a staff.Actor, status int, method, path, body string) map[string]any {
	o.Helper()
	w := o.ask(&a, method, path, body)
	if w.Code != status {
		o.Fatalf("%s %s as %s: %d %s, want %d", method, path, a.Name, w.Code, w.Body, status)
	}
	var out map[string]any
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			o.Fatalf("%s: %v", w.Body, err)
		}
	}
	return out
}

// account puts one of a portfolio, with the address.
func (o *office) account(id, portfolio, address string) {
	o.Helper()
	acc := dialog.Account{ID: id, Portfolio: portfolio, Last4: "4421", Balance: negotiation.USD(100000), AsOf: o.now().Add(-time.Hour), Flags: map[string]dialog.Flag{},
		Person: dialog.Person{ID: "p-" + id, Name: "Angela " + secretName, State: "TX", Zip: "78701",
			Addresses: []dialog.Address{{Channel: "sms", Value: address, Consents: []gate.Consent{{Scope: "sms", Source: "web form", At: o.now().AddDate(0, -1, 0)}}}}},
		Creditor: dialog.Creditor{Original: "Northwind Bank", Current: "Northwind Bank"}}
	if _, err := o.record.PutAccount(o.Context(), acc, o.now()); err != nil {
		o.Fatal(err)
	}
}

// waits has a person write, be identified, and wait for a human.
func (o *office) waits(id, account, address string) {
	o.Helper()
	now := o.now()
	_, err := o.record.Accept(o.Context(), store.Arrival{
		In:  channels.Inbound{Channel: "sms", ProviderID: "SM-" + id, From: address, To: "+18005550199", Text: secretWords + " please", ReceivedAt: now},
		New: dialog.Conversation{ID: "cv-" + id, Language: "en", Control: dialog.ControlBot, Mode: dialog.ModeAuto}, MessageID: "m-" + id, Input: dialog.Input{At: now},
	})
	if err != nil {
		o.Fatal(err)
	}
	o.change("cv-"+id, func(c *dialog.Conversation, e *dialog.Effects) {
		h := &dialog.Handoff{ID: "h-" + id, Conversation: c.ID, Account: account, Since: now, Waiting: now, Deadline: now.Add(5 * time.Minute), Reasons: []dialog.Reason{{Code: "request_human", Words: secretWords}}}
		if account != "" {
			acc, err := o.record.Account(o.Context(), account)
			if err != nil {
				o.Fatal(err)
			}
			c.Account, h.Portfolio = account, acc.Portfolio
		}
		c.Identity, c.SessionStart = dialog.Identity{Verified: account != "", VerifiedAt: now, LastSeen: now}, now
		c.Disclosed = dialog.Disclosed{Initial: now, AI: now, Session: now}
		c.Control, c.Epoch, c.Handoff, c.WaitingSince = dialog.ControlQueued, c.Epoch+1, h, now
		e.Handoff = h
	})
}

// change edits a conversation as a turn would.
func (o *office) change(id string, edit func(*dialog.Conversation, *dialog.Effects)) {
	o.Helper()
	err := o.record.Update(o.Context(), id, nil, o.now(), func(s dialog.Snapshot) (dialog.Effects, error) {
		e := dialog.Effects{Conversation: s.Conversation}
		edit(&e.Conversation, &e)
		return e, nil
	})
	if err != nil {
		o.Fatal(err)
	}
}

// settled is an office with one conversation that waits, with everything there can be about it.
func settled(t testing.TB) *office {
	t.Helper()
	o := newOffice(t)
	o.account("acct-1", "p", "+15125550123")
	o.waits("1", "acct-1", "+15125550123")
	terms := negotiation.Terms{Kind: negotiation.MoveSettlement, Total: negotiation.USD(70000)}
	args := dialog.ApprovalArgs{Offer: "o-1", Kind: negotiation.MoveSettlement, Terms: terms}
	o.change("cv-1", func(_ *dialog.Conversation, e *dialog.Effects) {
		e.Approvals = []dialog.Approval{{ID: "ap-1", Conversation: "cv-1", Account: "acct-1", RequestedBy: "bot", Action: dialog.ActionAgree, ActionVersion: 1, Args: args, SHA256: args.Hash(),
			State: dialog.ApprovalPending, CreatedAt: o.now(), ExpiresAt: o.now().Add(time.Hour)}}
		e.Events = []dialog.Event{{Type: "message.blocked", At: o.now(), Who: "bot", Turn: "t-1", Body: map[string]any{"rules": "x"}}}
		e.Trace = &dialog.TurnTrace{ID: "t-1", Started: o.now(), Steps: []dialog.StepTrace{{Name: dialog.StepGuard, Outcome: dialog.StepBlocked, Input: map[string]any{"draft": "blocked " + secretWords},
			Output: map[string]any{"findings": []map[string]any{{"rule": "OD-THREAT-01", "words": secretWords}}}}}}
	})
	ctx := t.Context()
	if err := o.record.Suggest(ctx, "cv-1", []store.Suggestion{{ID: "sg-1", Conversation: "cv-1", Seq: 1, Text: secretWords, MadeAt: o.now()}}, o.now()); err != nil {
		t.Fatal(err)
	}
	if err := o.record.AddNote(ctx, store.Note{ID: "nt-1", Conversation: "cv-1", Who: "dana", Kind: "note", Text: secretWords, At: o.now()}, dialog.Event{Type: "note.note", At: o.now()}); err != nil {
		t.Fatal(err)
	}
	if err := o.record.AddBlocked(ctx, store.Blocked{At: o.now(), Conversation: "cv-1", Who: "human:dana", Findings: []byte(`[]`), Text: secretWords}, dialog.Event{Type: "message.blocked", At: o.now(), Who: "human:dana"}); err != nil {
		t.Fatal(err)
	}
	if err := o.record.PutCanned(ctx, store.Canned{ID: "ct-1", Scope: "all", Shortcut: "hi", Title: "Hi", Text: "Hello", UpdatedAt: o.now()}); err != nil {
		t.Fatal(err)
	}
	return o
}
