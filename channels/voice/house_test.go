package voice_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/voice"
	"parley/channels/voice/relay"
	"parley/channels/voice/voicetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	account = "AC0123456789abcdef0123456789abcdef"
	token   = "5ecret0123456789abcdef0123456789"
	number  = "+15125550100"
	person  = "+15125550123"
	agent   = "+15125550177"
)

var began = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

// house is a gateway's voice channel with Twilio around it.
type house struct {
	t       testing.TB
	clock   *voicetest.Clock
	twilio  *voicetest.Twilio
	adapter *voice.Adapter
	record  *record
	url     string
	handler atomic.Pointer[http.ServeMux]
	settle  func(*relay.Config, *voice.Config)
}

// open makes one; settle may change its configuration.
func open(t testing.TB, settle func(*relay.Config, *voice.Config), stand ...func(*voicetest.Config)) *house {
	t.Helper()
	h := &house{t: t, clock: voicetest.NewClock(began), record: newRecord(), settle: settle}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.handler.Load().ServeHTTP(w, r)
	}))
	h.url = server.URL
	client := &http.Client{Transport: channeltest.Guard(), Timeout: 30 * time.Second}
	cfg := voicetest.Config{AccountSID: account, AuthToken: token, Number: number, PublicURL: h.url, Client: client, Clock: h.clock}
	for _, s := range stand {
		s(&cfg)
	}
	h.twilio = voicetest.New(cfg)
	api := httptest.NewServer(h.twilio)
	h.start(api.URL, client)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		h.twilio.Close()
		if err := h.adapter.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		api.Close()
		server.Close()
		client.CloseIdleConnections()
		for _, c := range h.twilio.Calls() {
			for _, f := range c.Faults() {
				t.Errorf("Twilio would refuse a frame (error 64107): %s", f)
			}
		}
	})
	return h
}

// start makes the adapter, or makes it again as a restart would.
func (h *house) start(api string, client *http.Client) {
	h.t.Helper()
	rc := relay.Config{AccountSID: account, AuthTokens: []string{token}, From: number, PublicURL: h.url, APIURL: api, HTTPClient: client, AgentNumber: agent}
	vc := voice.Config{Clock: h.clock}
	if h.settle != nil {
		h.settle(&rc, &vc)
	}
	carrier, err := relay.New(rc)
	if err != nil {
		h.t.Fatal(err)
	}
	vc.Carrier = carrier
	if h.adapter, err = voice.New(vc); err != nil {
		h.t.Fatal(err)
	}
	mux := http.NewServeMux()
	h.adapter.Routes(mux, h.record)
	h.handler.Store(mux)
}

// call is a person calling, connected.
func (h *house) call() *voicetest.Peer {
	h.t.Helper()
	p, err := h.twilio.Call(h.ctx(), person)
	if err != nil {
		h.t.Fatalf("call: %v", err)
	}
	h.heardOf(channels.CallStarted, 1)
	return p
}

func (h *house) ctx() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	h.t.Cleanup(cancel)
	return ctx
}

// say sends a message, which must be taken.
func (h *house) say(id, text string, spoken channels.Spoken) channels.Sent {
	h.t.Helper()
	sent, err := h.adapter.Send(h.ctx(), message(id, text, spoken))
	if err != nil {
		h.t.Fatalf("send %s: %v", id, err)
	}
	return sent
}

func message(id, text string, spoken channels.Spoken) channels.Outbound {
	return channels.Outbound{ID: id, Channel: voice.Name, From: number, To: person, Text: text, Spoken: spoken}
}

// heardOf waits for the nth event of a kind and returns it.
func (h *house) heardOf(event channels.CallEvent, n int) channels.Inbound {
	h.t.Helper()
	h.record.wait(h.t, string(event), func(log []any) bool { return len(of(log, event)) >= n })
	return of(h.record.all(), event)[n-1]
}

// of are the events of a kind.
func of(log []any, event channels.CallEvent) (all []channels.Inbound) {
	for _, e := range log {
		if in, ok := e.(channels.Inbound); ok && in.Call.Event == event {
			all = append(all, in)
		}
	}
	return all
}

// receipt waits for the last word on a message.
func (h *house) receipt(id string) channels.Receipt {
	h.t.Helper()
	var got channels.Receipt
	h.record.wait(h.t, "the receipt of "+id, func(log []any) bool {
		for _, e := range log {
			if r, ok := e.(channels.Receipt); ok && r.MessageID == id && r.Status != channels.StatusSent {
				got = r
				return true
			}
		}
		return false
	})
	return got
}

// noneLive waits until no call has a connection.
func (h *house) noneLive() {
	h.t.Helper()
	for ctx := h.ctx(); h.adapter.Live() > 0; runtime.Gosched() {
		if ctx.Err() != nil {
			h.t.Fatal("there still is a live call")
		}
	}
}

// must fails the test on an error.
func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// record is a receiver that keeps all it is given, in order.
type record struct {
	mu      sync.Mutex
	log     []any
	seen    map[string]bool
	changed chan struct{}
	fail    func(any) error
}

func newRecord() *record { return &record{seen: map[string]bool{}, changed: make(chan struct{})} }

func (r *record) Receive(_ context.Context, in channels.Inbound) (channels.Accepted, error) {
	if err := in.Validate(); err != nil {
		return channels.Accepted{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		if err := r.fail(in); err != nil {
			return channels.Accepted{}, err
		}
	}
	again := r.seen[in.ProviderID]
	r.seen[in.ProviderID] = true
	if !again {
		r.add(in)
	}
	return channels.Accepted{Conversation: "cv_" + in.From, Seq: int64(len(r.seen)), Duplicate: again}, nil
}

func (r *record) Confirm(_ context.Context, c channels.Receipt) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		if err := r.fail(c); err != nil {
			return err
		}
	}
	r.add(c)
	return nil
}

func (r *record) add(e any) {
	r.log = append(r.log, e)
	close(r.changed)
	r.changed = make(chan struct{})
}

func (r *record) all() []any {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.log)
}

func (r *record) has(event channels.CallEvent, n int) bool { return len(of(r.all(), event)) >= n }

func (r *record) failing(f func(any) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = f
}

func (r *record) wait(t testing.TB, what string, done func([]any) bool) {
	t.Helper()
	limit := time.NewTimer(10 * time.Second)
	defer limit.Stop()
	for {
		r.mu.Lock()
		ok, changed := done(r.log), r.changed
		r.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-limit.C:
			t.Fatalf("%s did not come; there is %+v", what, r.all())
		}
	}
}

func contains(s, sub string) bool { return strings.Contains(s, sub) }
