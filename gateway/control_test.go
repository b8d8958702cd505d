package gateway

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"parley/channels"
	"parley/dialog"
	"parley/dialog/llm/llmtest"
	"parley/dialog/llm/openai"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
)

// lateModel is an endpoint that answers only when it is let: each request is reported,
// and waits.
type lateModel struct {
	asked, answer chan struct{}
	answers       http.Handler
}

func (m *lateModel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.asked <- struct{}{}
	select {
	case <-m.answer:
	case <-r.Context().Done():
		return
	}
	m.answers.ServeHTTP(w, r)
}

// talk is a gateway with a web chat of a person who is known, and a late model.
type talk struct {
	*testing.T
	g     *Gateway
	model *lateModel
	mu    sync.Mutex
	at    time.Time
	said  int
}

const talking = "wc_0123456789abcdef"

func newTalk(t *testing.T) *talk {
	t.Helper()
	p := &talk{T: t, at: time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)}
	cfg, err := DemoConfig()
	p.ok(err)
	cfg.SecretKey, cfg.PublicURL, cfg.DevClock = "0123456789abcdef", "https://chat.example.com/", ""
	record, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), sqlite.Options{})
	p.ok(err)
	t.Cleanup(func() { p.ok(record.Close()) })
	p.g, err = New(cfg, record, Options{Log: zap.NewNop(), Now: p.now})
	p.ok(err)
	p.ok(p.g.Seed(t.Context()))
	p.model = &lateModel{asked: make(chan struct{}), answer: make(chan struct{}), answers: llmtest.New(llmtest.Config{Mode: llmtest.Ideal})}
	server := httptest.NewServer(p.model)
	t.Cleanup(server.Close)
	p.g.Engine.Model, err = openai.New(openai.Config{BaseURL: server.URL, APIKey: "k", Model: "m", Timeout: time.Minute, AttemptTimeout: time.Minute})
	p.ok(err)
	p.g.Engine.Settings.ModelBudget = time.Minute
	link, ok := strings.CutPrefix(p.g.chatLink("acct-1001", p.now().Add(time.Minute)), "https://chat.example.com/chat#token=")
	if !ok {
		t.Fatal("no link to the chat")
	}
	p.ok(p.g.openChat(t.Context(), talking, link))
	return p
}

func (p *talk) ok(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *talk) now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

func (p *talk) wait(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = p.at.Add(d)
}

// hears has the person say something.
func (p *talk) hears(text string) {
	p.Helper()
	p.said++
	_, err := p.g.intake.Receive(p.Context(), channels.Inbound{Channel: "webchat", ProviderID: fmt.Sprint(p.said), From: talking, Text: text, ReceivedAt: p.now()})
	p.ok(err)
}

// does has an agent act.
func (p *talk) does(act func(dialog.Snapshot) (dialog.Effects, error)) dialog.Conversation {
	p.Helper()
	var after dialog.Conversation
	p.ok(p.g.Record.Update(p.Context(), talking, nil, p.now(), func(s dialog.Snapshot) (dialog.Effects, error) {
		e, err := act(s)
		after = e.Conversation
		return e, err
	}))
	return after
}

func (p *talk) takeOver(s dialog.Snapshot) (dialog.Effects, error) {
	return p.g.Engine.TakeOver(s, "ada", "I know them", p.g.env)
}

// sends lets the couriers work until nothing waits.
func (p *talk) sends() {
	p.Helper()
	for did := true; did; {
		var err error
		did, err = p.g.courier.once(p.Context())
		p.ok(err)
	}
}

// fromBot is what became of what the bot said, but for notices of a hand-off: status and reason.
func (p *talk) fromBot(after int64) []string {
	p.Helper()
	all, err := p.g.Record.Messages(p.Context(), talking, after, 50)
	p.ok(err)
	var out []string
	for _, m := range all {
		if m.From == "bot" && m.Purpose != "handoff" {
			out = append(out, fmt.Sprintf("%s %s", m.Status, m.Reason))
		}
	}
	return out
}

func (p *talk) ledger(kind string) []string {
	p.Helper()
	all, err := p.g.Record.Ledger(p.Context(), talking, 0, 200)
	p.ok(err)
	var out []string
	for _, e := range all {
		if e.Type == kind {
			out = append(out, string(e.Body))
		}
	}
	return out
}

func TestWithAModelTenSecondsLateNoWordOfTheBotsFollowsATakeOver(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(p *talk, s dialog.Snapshot) (dialog.Effects, error){
		"an agent takes over": (*talk).takeOver,
		"the bot is switched off": func(p *talk, s dialog.Snapshot) (dialog.Effects, error) {
			return p.g.Engine.SetMode(s, "ada", dialog.ModeOff, p.g.env)
		},
		"drafts only from now on": func(p *talk, s dialog.Snapshot) (dialog.Effects, error) {
			return p.g.Engine.SetMode(s, "ada", dialog.ModeDraftOnly, p.g.env)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newTalk(t)
			p.hears("how much do I owe?")
			played := make(chan error)
			go func() {
				_, err := p.g.workers.once(p.Context())
				played <- err
			}()
			<-p.model.asked
			p.wait(10 * time.Second)
			before := p.does(func(s dialog.Snapshot) (dialog.Effects, error) { return act(p, s) })
			close(p.model.answer)
			for done := false; !done; {
				select {
				case <-p.model.asked: // a draft, written anew
				case err := <-played:
					p.ok(err)
					done = true
				}
			}
			p.sends()
			snap, err := p.g.Record.Snapshot(t.Context(), talking)
			p.ok(err)
			if said := p.fromBot(0); len(said) != 0 {
				t.Errorf("the bot said %v", said)
			}
			cause := dialog.CauseOvertaken
			if before.Control == dialog.ControlHuman {
				cause = dialog.CauseControl
			}
			if drafts := p.ledger("draft.discarded"); len(drafts) != 1 || !strings.Contains(drafts[0], `"cause":"`+cause+`"`) {
				t.Errorf("discarded: %v", drafts)
			}
			if snap.Conversation.Control == dialog.ControlBot || before.Control == dialog.ControlHuman && snap.Conversation.Handoff.Holder != "ada" {
				t.Errorf("%s %+v", snap.Conversation.Control, snap.Conversation.Handoff)
			}
		})
	}
}

func TestWhatTheBotHasQueuedIsNotSentAfterATakeOver(t *testing.T) {
	t.Parallel()
	p := newTalk(t)
	p.hears("how much do I owe?")
	played := make(chan error)
	go func() {
		_, err := p.g.workers.once(p.Context())
		played <- err
	}()
	<-p.model.asked
	close(p.model.answer)
	p.ok(<-played)
	if said := p.fromBot(0); len(said) != 1 || said[0] != "queued " {
		t.Fatalf("the bot said %v", said)
	}
	c := p.does(p.takeOver)
	p.sends()
	if said := p.fromBot(0); len(said) != 1 || said[0] != "cancelled epoch" {
		t.Errorf("the bot said %v", said)
	}
	if c.WaitingSince.IsZero() {
		t.Error("an answer that was not sent stopped the clock")
	}
	p.does(func(s dialog.Snapshot) (dialog.Effects, error) {
		return p.g.Engine.AgentReply(s, "ada", "Hello, I am Ada. How can I help?", c.Epoch, p.g.env)
	})
	p.sends()
	all, err := p.g.Record.Messages(t.Context(), talking, 0, 50)
	p.ok(err)
	if last := all[len(all)-1]; last.From != "agent" || last.Status != channels.StatusSent {
		t.Errorf("ada's words: %+v", last)
	}
}

func TestOfTwoWhoClaimAtOnceOneHasItAndTheOtherLearnsWho(t *testing.T) {
	t.Parallel()
	const handoffs = 1000
	record, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	now := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	engine := &dialog.Engine{}
	var all sync.WaitGroup
	for i := range handoffs {
		all.Go(func() { waitsAlone(t, record, fmt.Sprintf("c%d", i), now) })
	}
	all.Wait()
	agents := []string{"ada", "bob"}
	results := make([][2]error, handoffs)
	for i := range handoffs {
		start := make(chan struct{})
		for n, agent := range agents {
			all.Go(func() {
				<-start
				results[i][n] = record.Update(t.Context(), fmt.Sprintf("c%d", i), nil, now, func(s dialog.Snapshot) (dialog.Effects, error) {
					return engine.Claim(s, "h"+s.Conversation.ID, agent, dialog.Env{Now: func() time.Time { return now }, NewID: func() string { return fmt.Sprintf("%s-%d", agent, i) }})
				})
			})
		}
		close(start)
	}
	all.Wait()
	for i, r := range results {
		h, err := record.Handoff(t.Context(), fmt.Sprintf("hc%d", i))
		if err != nil {
			t.Fatal(err)
		}
		won := slices.Index(agents, h.Holder)
		if won < 0 || r[won] != nil {
			t.Fatalf("%d: held by %q, %v", i, h.Holder, r)
		}
		var refused *dialog.Refused
		if !errors.As(r[1-won], &refused) || refused.Holder != h.Holder || refused.Kind != dialog.RefusedByControl {
			t.Fatalf("%d: %s lost to %q: %v", i, agents[1-won], h.Holder, r[1-won])
		}
	}
}

// waitsAlone makes a conversation with one hand-off nobody has.
func waitsAlone(t *testing.T, record store.Store, id string, now time.Time) {
	create := &dialog.Conversation{ID: id, Channel: "webchat", Address: id, Control: dialog.ControlBot, Mode: dialog.ModeAuto, Language: "en"}
	err := record.Update(t.Context(), id, create, now, func(s dialog.Snapshot) (dialog.Effects, error) {
		c := s.Conversation
		c.Handoff = &dialog.Handoff{ID: "h" + id, Conversation: id, Since: now}
		c.Control = dialog.ControlQueued
		c.Epoch++
		return dialog.Effects{Conversation: c, Handoff: c.Handoff}, nil
	})
	if err != nil {
		t.Error(err)
	}
}
