package asterisk

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/voice"
	"parley/channels/voice/voicetest"
)

const (
	secret = "a secret of 16 bytes"
	ours   = "+15125550100"
	person = "+15125550123"
	callN  = "pbx-1700000000.7"
)

// house is the channel behind a server, with what it told.
type house struct {
	*channeltest.Receiver
	mu      sync.Mutex
	changed chan struct{}
	adapter *voice.Adapter
	server  *httptest.Server
	clock   *voicetest.Clock
}

func (h *house) Receive(ctx context.Context, in channels.Inbound) (channels.Accepted, error) {
	defer h.ring()
	return h.Receiver.Receive(ctx, in)
}

func (h *house) Confirm(ctx context.Context, r channels.Receipt) error {
	defer h.ring()
	return h.Receiver.Confirm(ctx, r)
}

func (h *house) ring() {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.changed)
	h.changed = make(chan struct{})
}

// list is all that was told, in words.
func (h *house) list() (all []string) {
	for _, in := range h.Received() {
		all = append(all, strings.TrimSpace(strings.Join([]string{string(in.Call.Event), in.Call.Detail, in.Text}, " ")))
	}
	for _, r := range h.Confirmed() {
		all = append(all, "receipt "+string(r.Status)+" "+r.Reason+" "+r.Heard)
	}
	return all
}

func (h *house) await(t *testing.T, want string) {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		h.mu.Lock()
		changed := h.changed
		h.mu.Unlock()
		if slices.Contains(h.list(), want) {
			return
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("%q is not told, only %q", want, h.list())
		}
	}
}

func build(t *testing.T, c Config) *house {
	t.Helper()
	c.Secrets, c.From = []string{"an older secret, kept a while", secret}, ours
	if c.Speech == nil {
		c.Speech = speller{}
	}
	carrier, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{Receiver: channeltest.NewReceiver(), changed: make(chan struct{}), clock: voicetest.NewClock(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC))}
	if h.adapter, err = voice.New(voice.Config{Carrier: carrier, Clock: h.clock}); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	h.adapter.Routes(mux, h)
	h.server = httptest.NewServer(mux)
	t.Cleanup(func() {
		if err := h.adapter.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		h.server.Close()
	})
	return h
}

func basic(password string) http.Header {
	r := &http.Request{Header: http.Header{}}
	r.SetBasicAuth("parley", password)
	return r.Header
}

func about(extra ...string) url.Values {
	v := url.Values{"call": {callN}, "person": {person}, "ours": {ours}}
	for i := 0; i < len(extra); i += 2 {
		v.Set(extra[i], extra[i+1])
	}
	return v
}

// call opens a connection, as the dialplan does.
func (h *house) call(t *testing.T, extra ...string) *pbx {
	t.Helper()
	p, _, err := dialPBX(t, "ws"+h.server.URL[len("http"):]+MediaPath+"?"+about(extra...).Encode(), basic(secret))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.ws.Close() })
	p.start("slin16")
	return p
}

// ask asks as the dialplan does, and returns the answer and its status.
func (h *house) ask(t *testing.T, path, password string, extra ...string) (string, int) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.server.URL+path, strings.NewReader(about(extra...).Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = basic(password)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := h.server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return string(b), resp.StatusCode
}

func (h *house) expect(t *testing.T, path, want string, extra ...string) {
	t.Helper()
	if got, code := h.ask(t, path, secret, extra...); got != want || code != http.StatusOK {
		t.Errorf("asked %s with %q: %q, status %d; want %q", path, extra, got, code, want)
	}
}

func (h *house) send(t *testing.T, id, text string, spoken channels.Spoken) {
	t.Helper()
	if _, err := h.adapter.Send(t.Context(), channels.Outbound{ID: id, Channel: voice.Name, To: person, Text: text, Spoken: spoken}); err != nil {
		t.Fatal(err)
	}
}

func TestACallFromBeginningToEnd(t *testing.T) {
	t.Parallel()
	h := build(t, Config{})
	p := h.call(t)
	h.await(t, "started")
	p.playOn()
	h.send(t, "m1", "Hello, this is Parley.", channels.Spoken{})
	h.await(t, "receipt delivered  Hello, this is Parley.")
	p.say("i can pay fifty dollars")
	h.await(t, "speech  i can pay fifty dollars")
	h.send(t, "m2", "Goodbye.", channels.Spoken{Then: channels.ThenHangUp})
	p.until("the end", func() bool { return p.hungUp })
	h.expect(t, EndedPath, "hangup")
	h.await(t, "ended completed")
}

func TestAHumanTakesOver(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, result, gone, next, told string }{
		{"and they speak", "ANSWER", "1", "hangup", "agent completed"},
		{"and nobody answers: the call comes back", "NOANSWER", "", "again|no-answer", "agent no-answer"},
		{"and all are busy", "BUSY", "", "again|busy", "agent busy"},
		{"and the person hangs up meanwhile", "CANCEL", "1", "hangup", "agent canceled"},
		{"and the dialplan knows no result", "", "", "again|failed", "agent failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := build(t, Config{})
			p := h.call(t)
			h.await(t, "started")
			p.playOn()
			h.send(t, "m1", "One moment.", channels.Spoken{Then: channels.ThenTransfer, Handoff: `{"reason":"requested_human"}`})
			p.until("the end", func() bool { return p.hungUp })
			h.expect(t, EndedPath, `agent|{"reason":"requested_human"}`)
			h.expect(t, AgentPath, c.next, "result", c.result, "gone", c.gone)
			if _, result, again := strings.Cut(c.next, "|"); again {
				h.call(t, "agent", result)
			}
			h.await(t, c.told)
		})
	}
}

func TestALostConnectionIsAskedForAgainAndThenAHumanIs(t *testing.T) {
	t.Parallel()
	h := build(t, Config{})
	for i := range maxTries + 1 {
		p := h.call(t)
		h.await(t, []string{"started", "resumed", "resumed"}[i])
		_ = p.ws.NetConn().Close()
		want := nextAgain
		if i == maxTries {
			want = nextAgent + "|" + technical
		}
		h.expect(t, EndedPath, want)
	}
}

func TestACallThatIsHungUpDuringASentence(t *testing.T) {
	t.Parallel()
	h := build(t, Config{})
	p := h.call(t)
	h.await(t, "started")
	h.send(t, "m1", "This is a sentence that is not heard.", channels.Spoken{Whole: true})
	p.until("it", func() bool { return p.marked > 3 })
	p.close()
	h.expect(t, EndedPath, "hangup", "gone", "1")
	h.await(t, "receipt undelivered call_ended ")
	h.await(t, "ended completed")
}

func TestWhoDoesNotKnowTheSecretGetsNothing(t *testing.T) {
	t.Parallel()
	h := build(t, Config{})
	for _, password := range []string{"", "wrong", secret + "x", secret[:16]} {
		if _, resp, err := dialPBX(t, "ws"+h.server.URL[len("http"):]+MediaPath+"?"+about().Encode(), basic(password)); err == nil || resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("with %q the WebSocket opens", password)
		}
		for _, path := range []string{EndedPath, AgentPath, StatusPath} {
			if _, code := h.ask(t, path, password, "gone", "1"); code != http.StatusUnauthorized {
				t.Errorf("with %q %s answers %d", password, path, code)
			}
		}
	}
	if _, _, err := dialPBX(t, "ws"+h.server.URL[len("http"):]+MediaPath+"?"+about().Encode(), nil); err == nil {
		t.Error("without a password the WebSocket opens")
	}
	if len(h.list()) > 0 {
		t.Errorf("told %q", h.list())
	}
	h.expect(t, EndedPath, "hangup", "gone", "1")
}

func TestOneCallTooManyIsRefused(t *testing.T) {
	t.Parallel()
	h := build(t, Config{MaxCalls: 1})
	h.call(t)
	h.await(t, "started")
	_, resp, err := dialPBX(t, "ws"+h.server.URL[len("http"):]+MediaPath+"?"+about("call", "pbx-1700000000.8").Encode(), basic(secret))
	if err == nil || resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("it is taken: %v", err)
	}
}

func TestWhatIsNoCallOfOursIsRefused(t *testing.T) {
	t.Parallel()
	h := build(t, Config{})
	for _, wrong := range [][]string{{"call", ""}, {"call", "a b"}, {"person", "5125550123"}, {"person", ""}, {"ours", "+15125550199"}, {"agent", "asleep"}} {
		if _, code := h.ask(t, EndedPath, secret, wrong...); code != http.StatusBadRequest {
			t.Errorf("%q: status %d", wrong, code)
		}
		if _, resp, err := dialPBX(t, "ws"+h.server.URL[len("http"):]+MediaPath+"?"+about(wrong...).Encode(), basic(secret)); err == nil || resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%q: the WebSocket opens", wrong)
		}
	}
	if _, code := h.ask(t, EndedPath, secret, "x", strings.Repeat("x", maxBody)); code != http.StatusRequestEntityTooLarge {
		t.Errorf("a body that is too large: status %d", code)
	}
	t.Run("nor audio of another kind", func(t *testing.T) {
		t.Parallel()
		p, _, err := dialPBX(t, "ws"+h.server.URL[len("http"):]+MediaPath+"?"+about().Encode(), basic(secret))
		if err != nil {
			t.Fatal(err)
		}
		p.start("ulaw")
		p.until("the end", func() bool { return p.gone })
	})
}

// ari stands in for Asterisk's REST interface.
func ari(t *testing.T, code int) (ARI, *url.Values, *string) {
	t.Helper()
	var asked url.Values
	var body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "u" || password != "p" {
			t.Error("ARI is not given its password")
		}
		b, _ := io.ReadAll(r.Body)
		asked, body = r.URL.Query(), string(b)
		asked.Set("path", r.Method+" "+r.URL.Path)
		w.WriteHeader(code)
	}))
	t.Cleanup(server.Close)
	return ARI{URL: server.URL + "/ari", User: "u", Password: "p"}, &asked, &body
}

func TestPlacingACall(t *testing.T) {
	t.Parallel()
	dial := channels.Outbound{ID: "msg 1", Channel: voice.Name, To: person, Spoken: channels.Spoken{Then: channels.ThenDial}}
	t.Run("it is placed, and what becomes of it is told", func(t *testing.T) {
		t.Parallel()
		a, asked, body := ari(t, http.StatusOK)
		h := build(t, Config{ARI: a})
		sent, err := h.adapter.Send(t.Context(), dial)
		if err != nil {
			t.Fatal(err)
		}
		id := sent.Parts[0].ProviderID
		if asked.Get("path") != "POST /ari/channels" || asked.Get("endpoint") != "Local/"+person+"@parley-dial/n" || asked.Get("channelId") != id ||
			!strings.Contains(*body, `"__PARLEY_MESSAGE":"msg+1"`) {
			t.Errorf("ARI was asked %v with %s", *asked, *body)
		}
		out := []string{"direction", "outbound", "call", id, "message", "msg 1"}
		h.expect(t, StatusPath, "go", append(out, "amd", "HUMAN")...)
		h.await(t, "answered human")
		h.await(t, "receipt delivered  ")
	})
	t.Run("to a machine nothing is said", func(t *testing.T) {
		t.Parallel()
		h := build(t, Config{})
		h.expect(t, StatusPath, "hangup", "direction", "outbound", "amd", "MACHINE", "message", "m")
		h.await(t, "answered machine")
	})
	t.Run("nobody answers", func(t *testing.T) {
		t.Parallel()
		h := build(t, Config{})
		h.expect(t, StatusPath, "hangup", "direction", "outbound", "dial", "NOANSWER", "message", "m")
		h.await(t, "receipt failed no-answer ")
		h.await(t, "ended no-answer")
	})
	for code, want := range map[int]channels.ErrorKind{409: "", 500: channels.Uncertain, 401: channels.Misconfigured, 400: channels.Rejected, 302: channels.Misconfigured} {
		a, _, _ := ari(t, code)
		_, err := build(t, Config{ARI: a}).adapter.Send(t.Context(), dial)
		var fail *channels.SendError
		if got := errors.As(err, &fail); got != (want != "") || got && fail.Kind != want {
			t.Errorf("status %d: %v", code, err)
		}
	}
	t.Run("without ARI none is", func(t *testing.T) {
		t.Parallel()
		_, err := build(t, Config{}).adapter.Send(t.Context(), dial)
		var fail *channels.SendError
		if !errors.As(err, &fail) || fail.Kind != channels.Misconfigured {
			t.Errorf("got %v", err)
		}
	})
	t.Run("one that is there is found, of another it can't be said", func(t *testing.T) {
		t.Parallel()
		for code, found := range map[int]bool{200: true, 404: false} {
			a, _, _ := ari(t, code)
			parts, ok, err := build(t, Config{ARI: a}).adapter.Find(t.Context(), dial, time.Time{}, nil)
			if ok != found || (err == nil) != found || found && parts[0].ProviderID != placed("msg 1") {
				t.Errorf("status %d: %v, %v, %v", code, parts, ok, err)
			}
		}
	})
}

func TestNewNamesEveryMistake(t *testing.T) {
	t.Parallel()
	_, err := New(Config{Secrets: []string{"short"}, From: "555", MaxCalls: -1, ARI: ARI{URL: "http://u:p@h/ari", Endpoint: "PJSIP/x"}})
	for _, want := range []string{"Secrets[0]", "From", "Speech", "MaxCalls", "ARI.URL", "ARI.Endpoint"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
}
