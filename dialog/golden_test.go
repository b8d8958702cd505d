package dialog_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"github.com/google/go-cmp/cmp"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/compliance/inbound"
	"parley/dialog"
	"parley/dialog/llm"
	"parley/dialog/llm/responder"
	"parley/negotiation"
)

var update = flag.Bool("update", false, "rewrite the golden conversations")

// script is a golden conversation: what is said, and what came of it. It pins
// what matters (words, control, flags, events), not internals.
type script struct {
	About   string   `json:"about"`
	Channel string   `json:"channel"`
	Address string   `json:"address"`
	Account string   `json:"account"` // whose address it is; "" for a stranger
	Start   string   `json:"start"`   // RFC 3339
	Actor   string   `json:"actor,omitempty"`
	Flags   []string `json:"flags,omitempty"` // set on the account before
	Model   []string `json:"model,omitempty"` // scripted answers of a model; unused ones fail
	Turns   []beat   `json:"turns"`
	// Stored is what the record keeps of the person\'s words.
	Stored []string `json:"stored"`
}

type beat struct {
	Say string `json:"say,omitempty"`
	// Press presses the n-th button of the last message, from 1.
	Press int    `json:"press,omitempty"`
	After string `json:"after,omitempty"` // time since the last turn; default 30s
	// Timer lets the earliest timer fire, at its time; nobody says anything.
	Timer bool `json:"timer,omitempty"`
	// Pay has the payment system say that so much was paid today, as "155.00".
	Pay    string  `json:"pay,omitempty"`
	Expect outcome `json:"expect"`
}

type outcome struct {
	Says      []string `json:"says"`
	Choices   []string `json:"choices,omitempty"`
	Control   string   `json:"control"`
	Verified  bool     `json:"verified"`
	Flags     []string `json:"flags,omitempty"`
	Events    []string `json:"events"`
	Cancelled string   `json:"cancelled,omitempty"`
	Agreement string   `json:"agreement,omitempty"`
	Promise   string   `json:"promise,omitempty"`
	// Timers are those set by the turn, with their times.
	Timers   []string `json:"timers,omitempty"`
	Priority int      `json:"priority,omitempty"`
}

func TestGoldenConversations(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/golden/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden conversations", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var s script
			d := json.NewDecoder(bytes.NewReader(src))
			d.DisallowUnknownFields()
			if err := d.Decode(&s); err != nil {
				t.Fatal(err)
			}
			got := play(t, s)
			if *update {
				write(t, file, got)
				return
			}
			if diff := cmp.Diff(s, got); diff != "" {
				t.Errorf("the conversation went another way (-want +got):\n%s", diff)
			}
		})
	}
}

func write(t *testing.T, file string, s script) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// play runs a script; the state goes through JSON between turns, as through a record.
func play(t *testing.T, s script) script {
	t.Helper()
	w := newWorld(t, s)
	got := s
	got.Turns = nil
	for _, b := range s.Turns {
		got.Turns = append(got.Turns, w.turn(b))
	}
	got.Stored = w.inbound
	if w.model != nil && w.model.next < len(w.model.answers) {
		t.Errorf("%d scripted answers of the model were not used", len(w.model.answers)-w.model.next)
	}
	return got
}

// world is a record of one conversation in memory.
type world struct {
	t        *testing.T
	engine   *dialog.Engine
	now      time.Time
	ids      int
	snap     dialog.Snapshot
	accounts map[string]dialog.Account
	choices  []string // ids of the last message's buttons
	model    *scriptedModel
	effects  dialog.Effects
	seq      int64
	inbound  []string // what was stored of the person's messages
	timers   map[string]dialog.Timer
	paid     int
}

var testKeys = func() dialog.Keyer {
	k, err := dialog.NewKeyer([]byte("0123456789abcdef"))
	if err != nil {
		panic(err)
	}
	return k
}()

func testSettings(actor string) dialog.Settings {
	if actor == "" {
		actor = string(compliance.CreditorOwed)
	}
	return dialog.Settings{
		Actor: compliance.Actor(actor), Profile: gate.Legal,
		Brand:       dialog.Brand{Name: "Northwind Bank", LegalName: "Northwind Bank N.A.", Phone: "+18005550100", Assistant: "Ava"},
		PaymentLink: func(account, _ string, _ time.Time) string { return "https://pay.example.com/ref-" + account },
		Portfolios: map[string]dialog.Portfolio{"northwind-cards": {
			Policy: negotiation.Policy{Settlement: negotiation.SettlementPolicy{Enabled: true, Floor: 6000, Open: 9000, ExpiresDays: 14},
				Plan: negotiation.PlanPolicy{MaxMonths: 12, MinPayment: negotiation.USD(2500)}},
			Autonomy: map[string]dialog.Level{"answer_balance": "auto", "payment_plan": "auto", "promise": "auto", "payment_link": "auto",
				"callback": "auto", "settlement": "approve"},
		}},
	}
}

func newWorld(t *testing.T, s script) *world {
	start, err := time.Parse(time.RFC3339, s.Start)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, now: start, accounts: testAccounts(t), timers: map[string]dialog.Timer{}}
	w.engine = &dialog.Engine{Settings: testSettings(s.Actor), Guard: guard.New(), Detector: detector, BuiltIn: responder.Model{}, Directory: w, Keys: testKeys}
	if len(s.Model) > 0 {
		w.model = &scriptedModel{answers: s.Model}
		w.engine.Model = w.model
	}
	for _, f := range s.Flags {
		a := w.accounts[s.Account]
		a.Flags = map[string]dialog.Flag{f: {At: start, Why: "record"}}
		w.accounts[s.Account] = a
	}
	w.snap = dialog.Snapshot{Conversation: dialog.Conversation{
		ID: "cv_1", Channel: s.Channel, Address: s.Address, Control: dialog.ControlBot, Mode: dialog.ModeAuto, Language: "en", CreatedAt: start, SessionStart: start,
	}, Address: dialog.AddressFacts{Value: s.Address}}
	if s.Account != "" && s.Channel != "webchat" {
		w.snap.Conversation.Candidates = []string{s.Account}
	}
	return w
}

var detector = inbound.NewDetector()

// AccountsByFactor implements dialog.Directory.
func (w *world) AccountsByFactor(_ context.Context, key string) ([]dialog.Account, error) {
	var out []dialog.Account
	for _, id := range slices.Sorted(maps.Keys(w.accounts)) {
		if w.accounts[id].Factors["lookup"] == key {
			out = append(out, w.accounts[id])
		}
	}
	return out, nil
}

func (w *world) env() dialog.Env {
	return dialog.Env{Now: func() time.Time { return w.now }, NewID: func() string { w.ids++; return fmt.Sprintf("id%03d", w.ids) }}
}

func (w *world) turn(b beat) beat {
	w.t.Helper()
	wait := 30 * time.Second
	if b.After != "" {
		d, err := time.ParseDuration(b.After)
		if err != nil {
			w.t.Fatal(err)
		}
		wait = d
	}
	w.now = w.now.Add(wait)
	w.effects = w.play(b)
	w.apply(w.effects)
	b.Expect = w.outcome()
	return b
}

// play has one thing happen: a message, a timer, a payment.
func (w *world) play(b beat) dialog.Effects {
	w.t.Helper()
	switch {
	case b.Pay != "":
		amount, err := negotiation.ParseMoney(b.Pay, "USD")
		if err != nil {
			w.t.Fatal(err)
		}
		w.paid++
		w.snap.Accounts = w.visible()
		local := w.now.In(time.FixedZone("CST", -6*3600))
		e, err := w.engine.Pay(w.snap, w.snap.Conversation.Account, dialog.Payment{ID: fmt.Sprintf("pay%d", w.paid), Amount: amount, Date: civil.DateOf(local)}, w.env())
		if err != nil {
			w.t.Fatal(err)
		}
		return e
	case b.Timer:
		next := w.nextTimer()
		delete(w.timers, next.Name)
		w.now = next.Due
		w.snap.Accounts = w.visible()
		return w.engine.Turn(context.Background(), w.snap, dialog.Input{Kind: dialog.InputTimer, Timer: next.Kind, At: next.Due, Body: next.Body}, w.env())
	}
	in := w.input(b)
	w.snap.Accounts = w.visible()
	return w.engine.Turn(context.Background(), w.snap, in, w.env())
}

func (w *world) nextTimer() dialog.Timer {
	var next dialog.Timer
	for _, name := range slices.Sorted(maps.Keys(w.timers)) {
		if x := w.timers[name]; next.Name == "" || x.Due.Before(next.Due) {
			next = x
		}
	}
	if next.Name == "" {
		w.t.Fatal("no timer is set")
	}
	return next
}

// input goes through the door as a message would.
func (w *world) input(b beat) dialog.Input {
	w.seq++
	r := inbound.Redact(b.Say, w.earlier())
	for n, text := range r.Earlier {
		w.inbound[len(w.inbound)-1-n] = text
	}
	w.inbound = append(w.inbound, r.Text)
	keyword, _ := inbound.Keyword(r.Text)
	in := dialog.Input{ID: w.seq, Seq: w.seq, Kind: dialog.InputMessage, Text: r.Text, At: w.now, Keyword: keyword, Redacted: r.Kinds}
	if keyword == inbound.OptOut && w.snap.Address.SMSOptedOut.IsZero() {
		w.snap.Address.SMSOptedOut = w.now // the record does this at the door
	}
	if b.Press > 0 {
		if b.Press > len(w.choices) {
			w.t.Fatalf("there is no button %d", b.Press)
		}
		in.Choice = w.choices[b.Press-1]
	}
	w.snap.Recent = append(w.snap.Recent, dialog.Message{Seq: w.seq, Direction: "in", From: "person", Text: r.Text, At: w.now})
	return in
}

// earlier are the texts before, the newest first, as the door reads them.
func (w *world) earlier() []string {
	var out []string
	for i := len(w.inbound) - 1; i >= 0 && len(out) < 2; i-- {
		out = append(out, w.inbound[i])
	}
	return out
}

func (w *world) visible() []dialog.Account {
	c := w.snap.Conversation
	var out []dialog.Account
	for _, id := range slices.Sorted(maps.Keys(w.accounts)) {
		if id == c.Account || (c.Account == "" && slices.Contains(c.Candidates, id)) {
			out = append(out, w.accounts[id])
		}
	}
	return out
}

// apply does what the record does with effects, through JSON.
func (w *world) apply(e dialog.Effects) {
	w.t.Helper()
	src, err := json.Marshal(e.Conversation)
	if err != nil {
		w.t.Fatal(err)
	}
	w.snap.Conversation = dialog.Conversation{}
	if err := json.Unmarshal(src, &w.snap.Conversation); err != nil {
		w.t.Fatal(err)
	}
	for _, a := range e.Accounts {
		w.accounts[a.ID] = a
	}
	if e.Address != nil {
		w.snap.Address = *e.Address
	}
	for _, name := range e.CancelTimers {
		delete(w.timers, name)
	}
	for _, x := range e.SetTimers {
		w.timers[x.Name] = x
	}
	for _, o := range e.Outgoing {
		out := o.Cleared.Out()
		w.seq++
		m := dialog.Message{Seq: w.seq, Direction: "out", From: o.From, Text: out.Text, At: w.now, Purpose: o.Purpose, Status: channels.StatusSent}
		if o.NotBefore.After(w.now) {
			m.Status = channels.StatusQueued
		}
		w.snap.Recent = append(w.snap.Recent, m)
		w.choices = nil
		for _, c := range out.Choices {
			w.choices = append(w.choices, c.ID)
		}
	}
}

func (w *world) outcome() outcome {
	e := w.effects
	c := e.Conversation
	o := outcome{Says: []string{}, Control: string(c.Control), Verified: c.Identity.Verified, Events: []string{}, Cancelled: e.CancelReason}
	for _, m := range e.Outgoing {
		text := m.Cleared.Out().Text
		if !m.NotBefore.IsZero() {
			text = "[" + m.NotBefore.UTC().Format(time.RFC3339) + "] " + text
		}
		o.Says = append(o.Says, text)
		for _, choice := range m.Cleared.Out().Choices {
			o.Choices = append(o.Choices, choice.Label)
		}
	}
	for _, ev := range e.Events {
		o.Events = append(o.Events, ev.Type)
	}
	for _, a := range w.visible() {
		o.Flags = append(o.Flags, slices.Sorted(maps.Keys(a.Flags))...)
	}
	if a := c.Agreement; a != nil {
		o.Agreement = fmt.Sprintf("%s %s %s in %d", a.State, a.Kind, a.Terms.Total.Decimal(), len(a.Terms.Installments))
	}
	if p := c.Promise; p != nil {
		o.Promise = fmt.Sprintf("%s %s by %s", p.State, p.Amount.Decimal(), p.Due)
	}
	for _, x := range e.SetTimers {
		o.Timers = append(o.Timers, x.Kind+" "+x.Due.UTC().Format(time.RFC3339))
	}
	if c.Handoff.Open() {
		o.Priority = c.Handoff.Priority
	}
	return o
}

// scriptedModel answers what the script says, in order.
type scriptedModel struct {
	answers []string
	next    int
	prompts []string
}

func (m *scriptedModel) Name() string { return "scripted model" }

func (m *scriptedModel) Complete(_ context.Context, r llm.Request) (llm.Response, error) {
	m.prompts = append(m.prompts, r.Prompt.Text())
	if m.next >= len(m.answers) {
		return llm.Response{}, &llm.Error{Kind: llm.Unavailable, Reason: "the script has ended"}
	}
	m.next++
	return llm.Response{Raw: []byte(m.answers[m.next-1]), FinishReason: "stop"}, nil
}
