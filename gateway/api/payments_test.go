package api_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/compliance/inbound"
	"parley/dialog"
	"parley/dialog/llm/responder"
	"parley/gateway/api"
	"parley/gateway/config"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
	"parley/negotiation"
)

// till is a record with the API before it.
type till struct {
	*testing.T
	record store.Store
	mux    *http.ServeMux
	now    time.Time
	woken  []string
}

var heard = inbound.NewDetector()

func newTill(t *testing.T) *till {
	t.Helper()
	record, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "till.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	p := &till{T: t, record: record, mux: http.NewServeMux(), now: time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)}
	var n atomic.Int64
	engine := &dialog.Engine{Guard: guard.New(), Detector: heard, BuiltIn: responder.Model{}, Settings: dialog.Settings{
		Actor: compliance.CreditorOwed, Profile: gate.Legal,
		Brand:      dialog.Brand{Name: "Northwind Bank", LegalName: "Northwind Bank N.A.", Phone: "+18005550100", Assistant: "Ava"},
		Portfolios: map[string]dialog.Portfolio{"p": {Autonomy: map[string]dialog.Level{"payment_link": dialog.LevelAuto}}},
	}}
	a := &api.API{Record: record, Engine: engine, Env: dialog.Env{Now: func() time.Time { return p.now }, NewID: func() string { return fmt.Sprintf("id%d", n.Add(1)) }},
		Keys: []config.APIKey{{Name: "root", Key: "k0"}, {Name: "bank", Key: "k1", Role: "integrator"}, {Name: "eve", Key: "k2", Role: "viewer"},
			{Name: "ada", Key: "ka", Role: "agent"}, {Name: "bob", Key: "kb", Role: "agent"}, {Name: "sue", Key: "ks", Role: "supervisor"}},
		Wake:     func(c dialog.Conversation) { p.woken = append(p.woken, c.ID) },
		ChatLink: func(account string, _ time.Time) string { return "https://x/chat#token=" + account },
		OpenReference: func(ref string, _ time.Time) (string, string, error) {
			if ref != "good" {
				return "", "", errors.New("not ours")
			}
			return "acct-1", "", nil
		}}
	a.Register(p.mux)
	return p
}

// account stores one with a plan of two payments, agreed in a web chat that is open and identified.
func (p *till) account(flags ...string) {
	p.Helper()
	today := civil.DateOf(p.now)
	acc := dialog.Account{ID: "acct-1", Portfolio: "p", Last4: "4421", Balance: negotiation.USD(20000), AsOf: p.now.Add(-time.Hour), Flags: map[string]dialog.Flag{},
		Person: dialog.Person{ID: "p-1", Name: "Angela Torres", State: "TX", Zip: "78701"}, Creditor: dialog.Creditor{Original: "Northwind Bank", Current: "Northwind Bank"},
		Validation: &dialog.Validation{SentAt: civil.Date{Year: 2026, Month: 8, Day: 3}}}
	for _, f := range flags {
		acc.Flags[f] = dialog.Flag{At: p.now, Why: "record"}
	}
	if _, err := p.record.PutAccount(p.Context(), acc, p.now); err != nil {
		p.Fatal(err)
	}
	g := dialog.Agreement{ID: "ag-1", Account: "acct-1", Conversation: "cv-1", Kind: negotiation.MovePlan, State: dialog.AgreementAccepted, At: p.now.Add(-time.Minute), On: today,
		Terms: negotiation.Terms{Kind: negotiation.MovePlan, Total: negotiation.USD(20000), Installments: []negotiation.Installment{
			{Due: today.AddDays(4), Amount: negotiation.USD(10000)}, {Due: today.AddDays(34), Amount: negotiation.USD(10000)}}}}
	c := dialog.Conversation{ID: "cv-1", Channel: "webchat", Address: "wc", Account: "acct-1", Control: dialog.ControlBot, Mode: dialog.ModeAuto, Language: "en"}
	err := p.record.Update(p.Context(), "cv-1", &c, p.now, func(s dialog.Snapshot) (dialog.Effects, error) {
		conv := s.Conversation
		conv.Account, conv.Agreement = "acct-1", &g
		conv.Identity = dialog.Identity{Verified: true, VerifiedAt: p.now, LastSeen: p.now}
		conv.Disclosed = dialog.Disclosed{Initial: p.now, AI: p.now, Session: p.now}
		known, err := p.record.Account(p.Context(), "acct-1")
		known.Agreements = []dialog.Agreement{g}
		return dialog.Effects{Conversation: conv, Accounts: []dialog.Account{known}}, err
	})
	if err != nil {
		p.Fatal(err)
	}
}

func (p *till) post(key, body string) (int, map[string]any) {
	p.Helper()
	r := httptest.NewRequest(http.MethodPost, "/api/v1/payments", bytes.NewBufferString(body))
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	p.mux.ServeHTTP(w, r)
	var out map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		p.Fatalf("%d %s", w.Code, w.Body)
	}
	return w.Code, out
}

func payment(id, amount string, more ...string) string {
	return `{"id":"` + id + `","amount":{"amount":"` + amount + `","currency":"USD"},"date":"2026-11-23"` + strings.Join(more, "") + `}`
}

const onAccount = `,"account":"acct-1"`

func TestAPaymentMovesThePlanAndLeavesTheBalance(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	p.account()
	status, out := p.post("k1", payment("pay-1", "100.00", onAccount, `,"method":"card"`))
	if status != http.StatusCreated {
		t.Fatalf("%d %v", status, out)
	}
	got := fmt.Sprint(out["balance"], " ", out["owed"], " ", out["left"], " ", out["next_due"], " ", out["agreement"].(map[string]any)["state"])
	want := "map[amount:200.00 currency:USD] map[amount:100.00 currency:USD] map[amount:100.00 currency:USD] 2026-12-27 active"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	snap, err := p.record.Snapshot(t.Context(), "cv-1")
	if err != nil || snap.Conversation.Agreement.State != dialog.AgreementActive || snap.Accounts[0].Agreements[0].State != dialog.AgreementActive {
		t.Errorf("the copies differ: %v %+v", err, snap.Conversation.Agreement)
	}
	if len(p.woken) != 1 || p.woken[0] != "cv-1" {
		t.Errorf("woke %v", p.woken)
	}
	status, out = p.post("k1", payment("pay-2", "100.00", `,"reference":"good"`))
	if status != http.StatusCreated || out["agreement"].(map[string]any)["state"] != "completed" {
		t.Errorf("by reference: %d %v", status, out)
	}
}

func TestThePersonIsThankedWhereTheyAreThere(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	p.account()
	p.now = p.now.Add(10 * time.Minute)
	accept(p) // they have just written
	if status, out := p.post("k1", payment("pay-1", "100.00", onAccount)); status != http.StatusCreated || out["receipt"] != true {
		t.Fatalf("%d %v", status, out)
	}
	if texts := p.said(); len(texts) != 1 || !strings.HasPrefix(texts[0], "Thank you. We received your payment of $100.00. $100.00 is left on your plan.") {
		t.Errorf("said %q", texts)
	}
	p.now = p.now.Add(2 * time.Hour) // the session is over
	if _, out := p.post("k1", payment("pay-2", "50.00", onAccount)); out["receipt"] != false {
		t.Errorf("a stranger is told of a payment: %v", out)
	}
}

// accept has the person write, so that they are live in the chat.
func accept(p *till) {
	p.Helper()
	in := store.Arrival{MessageID: "in-1", Input: dialog.Input{At: p.now}, New: dialog.Conversation{ID: "other", Language: "en"}}
	in.In.Channel, in.In.ProviderID, in.In.From, in.In.Text, in.In.ReceivedAt = "webchat", "m1", "wc", "hello", p.now
	if _, err := p.record.Accept(p.Context(), in); err != nil {
		p.Fatal(err)
	}
}

func (p *till) said() []string {
	p.Helper()
	all, err := p.record.Messages(p.Context(), "cv-1", 0, 50)
	if err != nil {
		p.Fatal(err)
	}
	var texts []string
	for _, m := range all {
		if m.Direction == "out" {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

func TestTheSamePaymentTwiceIsOnePayment(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	p.account()
	p.post("k1", payment("pay-1", "100.00", onAccount))
	status, out := p.post("k1", payment("pay-1", "100.00", onAccount))
	if status != http.StatusOK || out["duplicate"] != true || fmt.Sprint(out["left"]) != "map[amount:100.00 currency:USD]" {
		t.Errorf("again: %d %v", status, out)
	}
	if status, out := p.post("k1", payment("pay-1", "100.01", onAccount)); status != http.StatusConflict {
		t.Errorf("another amount under its id: %d %v", status, out)
	}
	acc, err := p.record.Account(t.Context(), "acct-1")
	if err != nil || len(acc.Payments) != 1 {
		t.Errorf("%v %+v", err, acc.Payments)
	}
}

func TestAPaymentOnADisputedDebtIsRefusedWithTheRule(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	p.account(dialog.FlagDisputed)
	status, out := p.post("k1", payment("pay-1", "100.00", onAccount))
	if status != http.StatusConflict || !strings.Contains(fmt.Sprint(out["findings"]), "1006.30(c)") {
		t.Errorf("%d %v", status, out)
	}
	if acc, err := p.record.Account(t.Context(), "acct-1"); err != nil || len(acc.Payments) != 0 {
		t.Errorf("it was applied: %v %+v", err, acc.Payments)
	}
}

func TestAPaymentWithoutAConversationIsCountedOnTheAccount(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	acc := dialog.Account{ID: "acct-1", Balance: negotiation.USD(20000), AsOf: p.now.Add(-time.Hour)}
	acc.Person.State = "TX"
	if _, err := p.record.PutAccount(t.Context(), acc, p.now); err != nil {
		t.Fatal(err)
	}
	status, out := p.post("k1", payment("pay-1", "100.00", onAccount))
	if status != http.StatusCreated || fmt.Sprint(out["owed"]) != "map[amount:100.00 currency:USD]" || out["receipt"] != false {
		t.Errorf("%d %v", status, out)
	}
	ledger, err := p.record.Ledger(t.Context(), "", 0, 50)
	if err != nil || ledger[len(ledger)-1].Type != "payment.received" {
		t.Errorf("%v %+v", err, ledger)
	}
}

func TestWhatIsNoPaymentIsRefusedByName(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	p.account()
	for name, c := range map[string]struct {
		key, body string
		status    int
		names     string
	}{
		"neither account nor reference": {"k1", payment("a", "1.00"), 422, "body.account"},
		"a reference that is not ours":  {"k1", payment("a", "1.00", `,"reference":"forged"`), 422, "body.reference"},
		"account and reference differ":  {"k1", payment("a", "1.00", `,"reference":"good","account":"acct-2"`), 422, "body.account"},
		"nothing paid":                  {"k1", payment("a", "0.00", onAccount), 422, "body.amount.amount"},
		"less than nothing":             {"k1", payment("a", "-5.00", onAccount), 422, "body.amount.amount"},
		"another currency":              {"k1", strings.Replace(payment("a", "5.00", onAccount), "USD", "EUR", 1), 422, "currency"},
		"tomorrow":                      {"k1", strings.Replace(payment("a", "5.00", onAccount), "-23", "-24", 1), 422, "body.date"},
		"a day that does not exist":     {"k1", strings.Replace(payment("a", "5.00", onAccount), "11-23", "02-30", 1), 422, "date"},
		"a card number for a method":    {"k1", payment("a", "5.00", onAccount, `,"method":"4111111111111111"`), 422, "body.method"},
		"a field nobody knows":          {"k1", payment("a", "5.00", onAccount, `,"tip":"1.00"`), 422, "tip"},
		"an account nobody knows":       {"k1", payment("a", "5.00", `,"account":"none"`), 404, "account"},
		"a role that may only look":     {"k2", payment("a", "5.00", onAccount), 403, "viewer"},
		"no key":                        {"", payment("a", "5.00", onAccount), 401, "bearer"},
	} {
		t.Run(name, func(t *testing.T) {
			q := &till{T: t, record: p.record, mux: p.mux, now: p.now}
			status, out := q.post(c.key, c.body)
			if status != c.status || !strings.Contains(fmt.Sprint(out), c.names) {
				t.Errorf("%d %v", status, out)
			}
		})
	}
	if acc, err := p.record.Account(t.Context(), "acct-1"); err != nil || len(acc.Payments) != 0 {
		t.Errorf("something was counted: %v %+v", err, acc.Payments)
	}
}
