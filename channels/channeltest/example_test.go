package channeltest_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
)

// This file is the example of docs/channels.md: a whole adapter, for a provider
// that speaks signed JSON, and its proof.

// pigeon is the adapter.
type pigeon struct {
	key    []byte
	api    string // where messages are handed in
	client *http.Client
	now    func() time.Time
}

var pigeonAddress = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// letter is the provider's form of a message.
type letter struct {
	ID   string `json:"id"`
	From string `json:"from"`
	To   string `json:"to"`
	Text string `json:"text"`
}

func (p *pigeon) Name() string { return "pigeon" }

func (p *pigeon) Capabilities() channels.Capabilities {
	return channels.Capabilities{Addressed: true, MaxText: 2000}
}

func (p *pigeon) Routes(r channels.Routes, to channels.Receiver) {
	r.Handle("POST /channels/pigeon/messages", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 256<<10))
		if err != nil || !hmac.Equal([]byte(r.Header.Get("Signature")), []byte(sign(p.key, body))) {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		err = p.receive(r.Context(), body, to)
		var input *channels.InputError
		switch {
		case errors.As(err, &input):
			http.Error(w, input.Error(), http.StatusBadRequest)
		case err != nil:
			http.Error(w, "try again", http.StatusServiceUnavailable)
		}
	}))
}

func (p *pigeon) receive(ctx context.Context, body []byte, to channels.Receiver) error {
	var l letter
	if err := strictJSON(body, &l); err != nil {
		return err
	}
	if !pigeonAddress.MatchString(l.From) {
		return &channels.InputError{Field: "from", Reason: "is not a telephone number in E.164"}
	}
	in := channels.Inbound{Channel: "pigeon", ProviderID: l.ID, From: l.From, To: l.To, Text: l.Text, ReceivedAt: p.now().UTC()}
	if err := in.Validate(); err != nil {
		return err
	}
	_, err := to.Receive(ctx, in)
	return err
}

// strictJSON decodes body. Broken UTF-8 is refused first: the decoder would mend
// it in silence, and the text would not be what the person wrote.
func strictJSON(body []byte, v any) error {
	if !bytes.Equal(body, bytes.ToValidUTF8(body, nil)) {
		return &channels.InputError{Field: "text", Reason: "is not valid UTF-8"}
	}
	if err := json.Unmarshal(body, v); err != nil {
		return &channels.InputError{Field: "body", Reason: "is not the JSON it should be"}
	}
	return nil
}

func (p *pigeon) Send(ctx context.Context, out channels.Outbound) (channels.Sent, error) {
	sent := channels.Sent{Status: channels.StatusSent}
	switch {
	case len(out.Text) > p.Capabilities().MaxText:
		return channels.Sent{}, &channels.SendError{Kind: channels.Rejected, Reason: "text_too_long"}
	case len(out.Done) > 0: // a letter has one part
		sent.Parts = out.Done
		return sent, nil
	case ctx.Err() != nil:
		return channels.Sent{}, &channels.SendError{Kind: channels.Retryable, Reason: "deadline", Err: ctx.Err()}
	}
	body, err := json.Marshal(letter{To: out.To, Text: out.Text})
	if err != nil {
		return channels.Sent{}, &channels.SendError{Kind: channels.Rejected, Reason: "unencodable"}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.api, bytes.NewReader(body))
	if err != nil {
		return channels.Sent{}, &channels.SendError{Kind: channels.Misconfigured, Reason: "api_url"}
	}
	req.Header.Set("Signature", sign(p.key, body))
	res, err := p.client.Do(req)
	if err != nil {
		return channels.Sent{}, &channels.SendError{Kind: channels.Uncertain, Reason: "no_answer"}
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusTooManyRequests:
		return channels.Sent{}, &channels.SendError{Kind: channels.Retryable, Reason: "http_429"}
	case res.StatusCode >= 400 && res.StatusCode < 500:
		return channels.Sent{}, &channels.SendError{Kind: channels.Rejected, Reason: fmt.Sprint("http_", res.StatusCode)}
	}
	var taken letter
	if json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(&taken) != nil || taken.ID == "" {
		return channels.Sent{}, &channels.SendError{Kind: channels.Uncertain, Reason: "bad_answer"}
	}
	sent.Parts = []channels.Part{{ProviderID: taken.ID}}
	return sent, nil
}

func sign(key, body []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// TestPigeon is all an adapter's test has to be.
func TestPigeon(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, channeltest.Suite{
		Open:    openPigeon,
		Message: channeltest.Message{ID: "L1", From: "+15125550123", To: "+15125550100", Text: "Can I pay on Friday?"},
		Out:     channels.Outbound{ID: "m1", Channel: "pigeon", To: "+15125550123", Text: "Yes, Friday works."},
		Secrets: []string{"the key"},
		Sends: []channeltest.SendCase{
			{Name: "429 is to be retried", Fault: channeltest.Fault{Status: 429}, Kind: channels.Retryable, Reason: "http_429"},
			{Name: "422 is rejected", Fault: channeltest.Fault{Status: 422}, Kind: channels.Rejected, Reason: "http_422"},
			{Name: "500 is uncertain", Fault: channeltest.Fault{Status: 500}, Kind: channels.Uncertain, Reason: "bad_answer"},
		},
	})
}

// openPigeon is the adapter against a loft that stands in for the provider.
func openPigeon(tb testing.TB, env channeltest.Env) channeltest.Rig {
	loft := &loft{}
	api := httptest.NewServer(loft)
	tb.Cleanup(api.Close)
	key := []byte("the key")
	return channeltest.Rig{
		Channel: &pigeon{key: key, api: api.URL, client: env.Client, now: env.Now},
		Script:  loft.script,
		Taken:   loft.taken,
		Post: func(m channeltest.Message) channeltest.Answer {
			quoted, _ := json.Marshal(letter{ID: m.ID, From: m.From, To: m.To, Text: "TEXT"})
			text := strings.ReplaceAll(strings.ReplaceAll(m.Text, `\`, `\\`), `"`, `\"`)
			for _, r := range "\x00\x1b\n\t" {
				text = strings.ReplaceAll(text, string(r), fmt.Sprintf(`\u%04x`, r))
			}
			body := bytes.Replace(quoted, []byte("TEXT"), []byte(text), 1)
			req, _ := http.NewRequestWithContext(tb.Context(), http.MethodPost, env.URL+"/channels/pigeon/messages", bytes.NewReader(body))
			req.Header.Set("Signature", sign(key, body))
			if m.Forged {
				req.Header.Set("Signature", sign([]byte("another key"), body))
			}
			res, err := env.Client.Do(req)
			if err != nil {
				tb.Fatal(err)
			}
			defer res.Body.Close()
			answer, _ := io.ReadAll(res.Body)
			return channeltest.Answer{Code: res.StatusCode, Body: string(answer)}
		},
	}
}

// loft takes letters, or meets them as it is told.
type loft struct {
	mu      sync.Mutex
	letters []letter
	faults  []channeltest.Fault
}

func (l *loft) script(faults ...channeltest.Fault) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.faults = append(l.faults, faults...)
}

func (l *loft) taken() (all []channeltest.Delivery) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, one := range l.letters {
		all = append(all, channeltest.Delivery{ProviderID: one.ID, To: one.To, Text: one.Text})
	}
	return all
}

func (l *loft) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var one letter
	_ = json.NewDecoder(r.Body).Decode(&one)
	l.mu.Lock()
	var f channeltest.Fault
	if len(l.faults) > 0 {
		f, l.faults = l.faults[0], l.faults[1:]
	}
	if f.Accept || (!f.Hang && !f.Drop && !f.Garbage && f.Status == 0) {
		one.ID = fmt.Sprint("P", len(l.letters))
		l.letters = append(l.letters, one)
	}
	l.mu.Unlock()
	if f.Reached != nil {
		f.Reached()
	}
	switch {
	case f.Hang:
		<-r.Context().Done()
	case f.Drop:
		panic(http.ErrAbortHandler)
	case f.Garbage:
		_, _ = io.WriteString(w, "coo")
	case f.Status != 0:
		w.WriteHeader(f.Status)
	default:
		_ = json.NewEncoder(w).Encode(one)
	}
}
