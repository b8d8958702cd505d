package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.uber.org/zap"

	"parley/channels"
	"parley/channels/sms"
	"parley/channels/sms/twiliotest"
	"parley/dialog"
	"parley/gateway/api"
	"parley/gateway/demo"
	"parley/gateway/store/sqlite"
)

// What the benchmarks' provider account is called.
const (
	benchAccount = "ACbe0c0000000000000000000000000000"
	benchToken   = "bench-token"
	benchNumber  = "+18005550199"
	benchURL     = "https://parley.example.com"
	benchSecret  = "a key for the benchmarks alone"
)

// house is a whole gateway with a stand-in for its provider on loopback, and its
// record in a file.
type house struct {
	g      *Gateway
	twilio *twiliotest.Server
	// url is where the public listener is.
	url string
	// posted gets the recipient and the time of each message that reaches the
	// provider, as it arrives, if anybody waits.
	posted chan arrival
}

type arrival struct {
	to string
	at time.Time
}

// newHouse opens one. With running its workers and couriers run; without, only
// its door is open, and what comes in waits.
func newHouse(b *testing.B, running bool) *house {
	b.Helper()
	h := &house{posted: make(chan arrival, 64)}
	h.twilio = twiliotest.New(twiliotest.Config{AccountSID: benchAccount, AuthToken: benchToken, Numbers: []string{benchNumber}, Statuses: []string{}})
	rest := httptest.NewServer(http.HandlerFunc(h.provider))
	b.Cleanup(rest.Close)

	cfg, err := DemoConfig()
	if err != nil {
		b.Fatal(err)
	}
	cfg.Listen, cfg.AdminListen, cfg.PublicURL, cfg.SecretKey = "127.0.0.1:0", "127.0.0.1:0", benchURL, benchSecret
	cfg.Twilio.AccountSID, cfg.Twilio.AuthToken, cfg.Twilio.From, cfg.Twilio.APIURL = benchAccount, benchToken, benchNumber, rest.URL
	record, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "parley.db"), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	// A Monday morning in Texas, from where the clock runs: the contact gate is open.
	monday, began := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC), time.Now()
	h.g, err = New(cfg, record, Options{Log: zap.NewNop(), Now: func() time.Time { return monday.Add(time.Since(began)) }})
	if err != nil {
		b.Fatal(err)
	}
	if !running {
		door := httptest.NewServer(h.g.handler(h.g.public))
		h.url = door.URL
		b.Cleanup(func() { door.Close(); record.Close() })
		return h
	}
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- h.g.Run(ctx, func() { close(ready) }) }()
	b.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	})
	<-ready
	h.url = "http://" + h.g.PublicAddr
	return h
}

// provider is the stand-in's API; it notes when a message is posted to it.
func (h *house) provider(w http.ResponseWriter, r *http.Request) {
	at := time.Now()
	if r.Method == http.MethodPost && r.ParseForm() == nil {
		select {
		case h.posted <- arrival{r.PostForm.Get("To"), at}:
		default:
		}
	}
	h.twilio.ServeHTTP(w, r)
}

// settle waits until nothing waits in the record.
func (h *house) settle(b *testing.B) {
	b.Helper()
	for range 30_000 {
		s, err := h.g.Record.Stats(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if s.Inbox+s.Outbox == 0 {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	b.Fatal("the gateway did not come to rest")
}

// person is one who owes, like the demonstration's first account, and texts.
func (h *house) person(b *testing.B, i int) (phone string) {
	b.Helper()
	var all []api.AccountIn
	if err := json.Unmarshal(demo.Accounts, &all); err != nil {
		b.Fatal(err)
	}
	in := all[0]
	phone = fmt.Sprintf("+1512%07d", 5_560_000+i)
	in.ID, in.Person.ID = fmt.Sprintf("acct-bench-%d", i), fmt.Sprintf("p-bench-%d", i)
	for n := range in.Person.Addresses {
		in.Person.Addresses[n].Value = phone
	}
	now := h.g.env.Now()
	acc, err := in.Account(h.g.Engine, now)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := h.g.Record.PutAccount(b.Context(), acc, now); err != nil {
		b.Fatal(err)
	}
	return phone
}

// BenchmarkIdleLatency is the time from a person's message to its answer's
// arrival at the provider, through the whole gateway with the built-in responder,
// when nothing else is going on: one message at a time, three in each conversation.
func BenchmarkIdleLatency(b *testing.B) {
	const people = 110
	script := []string{"Hi, I got a message from you. What is this about?", "Sure. zip 78701, born 1986. How much do I owe?", "I could pay about 100 a month"}
	for b.Loop() {
		h := newHouse(b, true)
		var took []time.Duration
		for i := range people {
			phone := h.person(b, i)
			for _, text := range script {
				took = append(took, h.answer(b, phone, text))
				h.settle(b)
			}
		}
		took = took[len(script):] // the first person finds a cold house
		slices.Sort(took)
		b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
		b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
		b.ReportMetric(float64(len(took)), "messages")
	}
	b.ReportMetric(0, "ns/op")
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// answer texts, and returns how long it took until the answer was posted.
func (h *house) answer(b *testing.B, from, text string) time.Duration {
	b.Helper()
	for len(h.posted) > 0 {
		<-h.posted
	}
	req, err := h.twilio.InboundRequest(b.Context(), h.url+sms.MessagesPath, from, text, twiliotest.WithSignedURL(benchURL+sms.MessagesPath))
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		b.Fatalf("the webhook answered %d", res.StatusCode)
	}
	select {
	case a := <-h.posted:
		if a.to != from {
			b.Fatalf("the answer went to somebody else")
		}
		return a.at.Sub(start)
	case <-time.After(10 * time.Second):
		b.Fatalf("no answer to %q", text)
		return 0
	}
}

// BenchmarkTurn is the engine's work for one message, without the record: from
// detecting to the cleared reply, with the built-in responder.
func BenchmarkTurn(b *testing.B) {
	h := newHouse(b, false)
	phone := h.person(b, 0)
	for _, turn := range []struct{ name, text string }{
		{"stranger", "Hi, I got a message from you. What is this about?"},
		{"balance", "zip 78701, born 1986. How much do I owe?"},
		{"offer", "I could pay about 100 a month"},
	} {
		_, err := h.g.intake.Receive(b.Context(), channels.Inbound{Channel: sms.Name, ProviderID: turn.name, From: phone, To: benchNumber, Text: turn.text})
		if err != nil {
			b.Fatal(err)
		}
		now := h.g.env.Now()
		claim, err := h.g.Record.Claim(b.Context(), "bench", now, time.Hour)
		if err != nil || claim == nil {
			b.Fatal("nothing to claim", err)
		}
		var e dialog.Effects
		b.Run(turn.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e = h.g.Engine.Turn(b.Context(), claim.Snapshot, claim.Input, h.g.env)
			}
			if len(e.Outgoing) == 0 {
				b.Fatal("the turn said nothing")
			}
		})
		if e.Trace == nil { // this one was not asked for
			e = h.g.Engine.Turn(b.Context(), claim.Snapshot, claim.Input, h.g.env)
		}
		if err := h.g.Record.Commit(b.Context(), claim, e, now); err != nil {
			b.Fatal(err)
		}
	}
}
