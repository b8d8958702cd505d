package gateway

import (
	"context"
	"net"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"parley/channels/voice/voicetest"
	"parley/dialog"
	"parley/dialog/llm/llmtest"
	"parley/dialog/llm/openai"
	"parley/gateway/config"
	"parley/gateway/store/sqlite"
)

const (
	angela   = "+15125550123" // acct-1001's
	ourPhone = "+18005550100"
)

// phone is a whole gateway that serves, with a telephone network before it.
type phone struct {
	testing.TB
	g      *Gateway
	twilio *voicetest.Twilio
	ctx    context.Context
}

func newPhone(t testing.TB, model bool) *phone {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	p := &phone{TB: t, ctx: ctx}
	cfg, err := DemoConfig()
	p.ok(err)
	cfg.SecretKey, cfg.PublicURL, cfg.DevClock = "0123456789abcdef", "https://calls.example.com", ""
	cfg.Voice.AgentNumber = "+15125550999"
	if _, ok := t.(*testing.B); ok {
		cfg.Voice.Silence = config.Duration(time.Hour) // nobody is asked whether they are still there
	}
	record, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "parley.db"), sqlite.Options{})
	p.ok(err)
	began := time.Now()
	now := func() time.Time { return time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC).Add(time.Since(began)) }
	p.g, err = New(cfg, record, Options{Log: zap.NewNop(), Now: now})
	p.ok(err)
	p.ok(p.g.Seed(ctx))
	if model {
		server := httptest.NewServer(llmtest.New(llmtest.Config{Mode: llmtest.Ideal}))
		t.Cleanup(server.Close)
		p.g.Engine.Model, err = openai.New(openai.Config{BaseURL: server.URL, APIKey: "k", Model: "m", Timeout: time.Minute, AttemptTimeout: time.Minute})
		p.ok(err)
	}
	var listeners [2]net.Listener
	for i := range listeners {
		listeners[i], err = net.Listen("tcp", "127.0.0.1:0")
		p.ok(err)
	}
	p.twilio = voicetest.New(voicetest.Config{AccountSID: "AC" + strings.Repeat("0", 32), AuthToken: "token", Number: ourPhone,
		PublicURL: cfg.PublicURL, Base: "http://" + listeners[0].Addr().String()})
	network := httptest.NewServer(p.twilio)
	p.ok(p.g.addVoice(line{account: "AC" + strings.Repeat("0", 32), tokens: []string{"token"}, number: ourPhone, public: cfg.PublicURL, api: network.URL}))
	var running sync.WaitGroup
	running.Go(func() {
		if err := p.g.serve(ctx, listeners[0], listeners[1], func() {}); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { p.twilio.Close(); network.Close(); cancel(); running.Wait() })
	return p
}

func (p *phone) ok(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// hears waits until the person has heard all of the words.
func (p *phone) hears(call *voicetest.Peer, words string) {
	p.Helper()
	for !strings.Contains(call.Heard(), words) {
		if _, err := call.Hear(p.ctx); err != nil {
			p.Fatalf("waiting for %q: %v; heard %q", words, err, call.Heard())
		}
	}
}

func (p *phone) conversation() dialog.Snapshot {
	p.Helper()
	id, err := p.g.Record.OpenConversation(p.ctx, "voice", angela)
	p.ok(err)
	snap, err := p.g.Record.Snapshot(p.ctx, id)
	p.ok(err)
	return snap
}

// toAgreement calls and agrees a plan.
func (p *phone) toAgreement() *voicetest.Peer {
	p.Helper()
	call, err := p.twilio.Call(p.ctx, angela)
	p.ok(err)
	p.hears(call, "Am I speaking with Angela Torres?")
	p.ok(call.Speak(p.ctx, "Yes, this is she."))
	p.hears(call, "ZIP code")
	p.ok(call.Press("78701"))
	p.hears(call, "you were born")
	p.ok(call.Speak(p.ctx, "Nineteen eighty-six."))
	p.hears(call, "any information obtained will be used for that purpose.")
	p.hears(call, "Your balance")
	p.ok(call.Speak(p.ctx, "Can I pay one hundred and fifty five dollars a month?"))
	p.hears(call, "$155.00")
	p.ok(call.Speak(p.ctx, "Yes, that works."))
	p.hears(call, "Please say yes or no.")
	p.ok(call.Speak(p.ctx, "Yes."))
	p.hears(call, "in all.")
	return call
}

func TestACallGoesFromItsFirstWordToAnAgreement(t *testing.T) {
	t.Parallel()
	for name, model := range map[string]bool{"with the built-in responder": false, "with a model that streams": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPhone(t, model)
			call := p.toAgreement()
			c := p.conversation().Conversation
			if c.Agreement == nil || c.Agreement.State != dialog.AgreementAccepted || c.Call.Disclosed.IsZero() || c.Call.Opened.IsZero() {
				t.Errorf("agreement %+v, call %+v", c.Agreement, c.Call)
			}
			if faults := call.Faults(); len(faults) > 0 {
				t.Errorf("frames that would be refused: %q", faults)
			}
			p.ok(call.HangUp(p.ctx))
			p.until(func() bool { return p.conversation().Conversation.Call.Stage == dialog.CallOver })
			snap := p.conversation()
			if snap.Conversation.Identity.Verified {
				t.Error("it is still known who speaks")
			}
			audit, err := p.g.Record.Audit(p.ctx)
			if err != nil || len(audit.Faults) > 0 {
				t.Errorf("audit: %+v, %v", audit.Faults, err)
			}
			for _, m := range snap.Recent {
				if m.Direction == "out" && m.Spoken != nil && m.Spoken.Whole && m.Heard != m.Text {
					t.Errorf("of the mandatory %q was heard %q", m.Text, m.Heard)
				}
			}
		})
	}
}

func TestStopEndsACallAndSilencesTheNumber(t *testing.T) {
	t.Parallel()
	p := newPhone(t, false)
	call, err := p.twilio.Call(p.ctx, angela)
	p.ok(err)
	p.hears(call, "Am I speaking with Angela Torres?")
	p.ok(call.Speak(p.ctx, "Stop calling me."))
	p.hears(call, "Goodbye.")
	p.ok(call.Await(p.ctx, voicetest.Over))
	if facts := p.conversation().Address; facts.VoiceOptedOut.IsZero() || !facts.SMSOptedOut.IsZero() {
		t.Errorf("facts: %+v", facts)
	}
}

// until waits for what other goroutines do.
func (p *phone) until(done func() bool) {
	p.Helper()
	for !done() {
		select {
		case <-p.ctx.Done():
			p.Fatal("it did not come to that")
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// From the person's words to the first checked sentence on the wire, through the record,
// with the built-in responder.
func BenchmarkFirstCheckedSentence(b *testing.B) {
	p := newPhone(b, false)
	call, err := p.twilio.Call(p.ctx, angela)
	p.ok(err)
	p.hears(call, "Am I speaking with Angela Torres?")
	p.ok(call.Speak(p.ctx, "Yes, this is she."))
	p.hears(call, "ZIP code")
	p.ok(call.Press("78701"))
	p.hears(call, "you were born")
	p.ok(call.Press("1986"))
	p.hears(call, "Your balance")
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		p.ok(call.Speak(p.ctx, "How much do I owe?"))
		if _, err := call.Listen(p.ctx); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
		p.ok(call.PlayAll())
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}
