package channeltest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
)

// fake is a small channel with a provider of its own that speaks JSON. broken
// names the promise it breaks; "" is the channel as it should be.
type fake struct {
	broken string
	env    channeltest.Env
	api    string
}

const fakeKey = "fake-key-1234"

// wire is the fake provider's form of a message or report.
type wire struct {
	ID, From, To, Text, Status, Code, Message string
	Part                                      int
	Media                                     []channels.Media
}

func (f *fake) Name() string { return "fake" }

func (f *fake) Capabilities() channels.Capabilities {
	return channels.Capabilities{Receipts: true, Media: true, Addressed: true, MaxText: 300, Typing: f.broken == "typing"}
}

func (f *fake) Routes(r channels.Routes, to channels.Receiver) {
	r.Handle("POST /channels/fake/messages", f.signed(func(ctx context.Context, m wire) error {
		in := channels.Inbound{Channel: "fake", ProviderID: m.ID, From: m.From, To: m.To, Text: m.Text, Media: m.Media, ReceivedAt: f.env.Now()}
		switch f.broken {
		case "trims text":
			in.Text = strings.TrimSpace(in.Text)
		case "local time":
			in.ReceivedAt = in.ReceivedAt.In(time.FixedZone("x", 3600))
		case "fresh ids":
			in.ProviderID += strconv.Itoa(int(time.Now().UnixNano()))
		}
		if !strings.HasPrefix(m.From, "+") || len(m.From) > 16 {
			return &channels.InputError{Field: "from", Reason: "is no number"}
		}
		if err := in.Validate(); err != nil && f.broken != "no validation" {
			if f.broken == "quotes values" {
				return &channels.InputError{Field: "text " + m.Text, Reason: "is bad"}
			}
			return err
		}
		_, err := to.Receive(ctx, in)
		if f.broken == "swallows errors" {
			return nil
		}
		return err
	}))
	r.Handle("POST /channels/fake/reports", f.signed(func(ctx context.Context, m wire) error {
		status := map[string]channels.Status{"ok": channels.StatusDelivered, "bad": channels.StatusFailed}[m.Status]
		if f.broken == "maps wrongly" {
			status = channels.StatusDelivered
		}
		if status == "" && f.broken != "passes unknown" {
			return nil
		}
		if f.broken == "loses parts" {
			m.Part = 0
		}
		return to.Confirm(ctx, channels.Receipt{Channel: "fake", MessageID: m.Message, ProviderID: m.ID, Part: m.Part,
			Status: status, Reason: m.Code, OptedOut: m.Code == "stop", At: f.env.Now()})
	}))
}

func (f *fake) signed(handle func(context.Context, wire) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Key") != fakeKey && f.broken != "no signature" {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		body, _ := io.ReadAll(r.Body)
		var m wire
		if err := unpack(body, &m); err != nil {
			http.Error(w, "body: is not JSON", http.StatusBadRequest)
			return
		}
		err := handle(r.Context(), m)
		var input *channels.InputError
		switch {
		case errors.As(err, &input):
			http.Error(w, err.Error(), http.StatusBadRequest)
		case err != nil:
			http.Error(w, "try again", http.StatusServiceUnavailable)
		}
	})
}

func (f *fake) Send(ctx context.Context, out channels.Outbound) (channels.Sent, error) {
	if len(out.Text) > 300 && f.broken != "too long" {
		return channels.Sent{}, &channels.SendError{Kind: channels.Rejected, Reason: "too_long"}
	}
	var done []channels.Part
	for i, text := range slices.Collect(f.pieces(out.Text)) {
		if i < len(out.Done) && f.broken != "sends parts again" {
			done = append(done, out.Done[i])
			continue
		}
		id, err := f.hand(ctx, wire{To: out.To, Text: text, Message: out.ID, Part: i})
		if err != nil {
			var fail *channels.SendError
			if errors.As(err, &fail) {
				fail.Done = done
				if f.broken == "forgets parts" {
					fail.Done = nil
				}
			}
			return channels.Sent{}, err
		}
		done = append(done, channels.Part{Index: i, ProviderID: id})
	}
	return channels.Sent{Parts: done, Status: channels.StatusSent}, nil
}

// pieces cuts text into lengths of at most 100 bytes, at a character.
func (f *fake) pieces(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for len(text) > 100 {
			cut := 100
			for cut > 0 && text[cut]&0xC0 == 0x80 {
				cut--
			}
			piece := text[:cut]
			text = text[cut:]
			if f.broken == "drops words" {
				piece = piece[:len(piece)-1]
			}
			if !yield(piece) {
				return
			}
		}
		yield(text)
	}
}

func (f *fake) hand(ctx context.Context, m wire) (string, error) {
	if ctx.Err() != nil && f.broken != "late" {
		return "", &channels.SendError{Kind: channels.Retryable, Reason: "deadline", Err: ctx.Err()}
	}
	if f.broken == "late" {
		ctx = context.WithoutCancel(ctx)
	}
	var res *http.Response
	var err error
	for try := range 2 {
		req, _ := http.NewRequestWithContext(ctx, "POST", f.api, bytes.NewReader(pack(m)))
		if res, err = f.env.Client.Do(req); err == nil || f.broken != "retries" || try > 0 {
			break
		}
	}
	switch {
	case err != nil && f.broken == "plain errors":
		return "", err
	case err != nil && f.broken == "certain":
		return "", &channels.SendError{Kind: channels.Retryable, Reason: "lost"}
	case err != nil && f.broken == "leaks":
		return "", &channels.SendError{Kind: channels.Uncertain, Reason: "lost", Err: fmt.Errorf("to %s with %s", m.To, fakeKey)}
	case err != nil:
		return "", &channels.SendError{Kind: channels.Uncertain, Reason: "lost"}
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode == 429 && f.broken != "no kinds" {
		seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
		return "", &channels.SendError{Kind: channels.Retryable, Reason: "429", RetryAfter: time.Duration(seconds) * time.Second}
	}
	id, ok := strings.CutPrefix(string(body), "id ")
	if !ok && f.broken != "believes anything" {
		return "", &channels.SendError{Kind: channels.Uncertain, Reason: "bad_answer"}
	}
	return id, nil
}

// unpack and pack use hexadecimal for texts, so that broken UTF-8 gets through.
func unpack(body []byte, m *wire) error {
	if err := json.Unmarshal(body, m); err != nil {
		return err
	}
	_, err := fmt.Sscanf(m.Text+" ", "%x ", &m.Text)
	if m.Text == "" || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func pack(m wire) []byte {
	m.Text = fmt.Sprintf("%x", m.Text)
	body, _ := json.Marshal(m)
	return body
}

// fakeProvider is the stand-in the fake sends to.
type fakeProvider struct {
	mu     sync.Mutex
	taken  []wire
	faults []channeltest.Fault
}

func (p *fakeProvider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var m wire
	_ = unpack(body, &m)
	p.mu.Lock()
	var f channeltest.Fault
	if len(p.faults) > 0 {
		f, p.faults = p.faults[0], p.faults[1:]
	}
	clean := !f.Drop && !f.Hang && !f.Garbage && f.Status == 0
	if clean || f.Accept {
		m.ID = "F" + strconv.Itoa(len(p.taken))
		p.taken = append(p.taken, m)
	}
	p.mu.Unlock()
	if f.Reached != nil {
		f.Reached()
	}
	switch {
	case f.Hang:
		select {
		case <-r.Context().Done():
		case <-time.After(3 * time.Second): // for the adapter that never gives up
		}
		panic(http.ErrAbortHandler)
	case f.Drop:
		panic(http.ErrAbortHandler)
	case f.Garbage:
		io.WriteString(w, "<html>")
	case f.Status != 0:
		w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter/time.Second)))
		w.WriteHeader(f.Status)
	default:
		io.WriteString(w, "id "+m.ID)
	}
}

func openFake(broken string) func(testing.TB, channeltest.Env) channeltest.Rig {
	return func(tb testing.TB, env channeltest.Env) channeltest.Rig {
		provider := &fakeProvider{}
		api := httptest.NewServer(provider)
		tb.Cleanup(api.Close)
		f := &fake{broken: broken, env: env, api: api.URL}
		post := func(path string, forged bool, m wire) channeltest.Answer {
			req, _ := http.NewRequest("POST", env.URL+path, bytes.NewReader(pack(m)))
			if !forged {
				req.Header.Set("Key", fakeKey)
			}
			res, err := env.Client.Do(req)
			if err != nil {
				tb.Fatal(err)
			}
			defer res.Body.Close()
			body, _ := io.ReadAll(res.Body)
			return channeltest.Answer{Code: res.StatusCode, Body: string(body)}
		}
		return channeltest.Rig{
			Channel: f,
			Post: func(m channeltest.Message) channeltest.Answer {
				w := wire{ID: m.ID, From: m.From, To: m.To, Text: m.Text, Media: m.Media}
				if to, ok := m.Fields["To"]; ok {
					w.From = to
				}
				return post("/channels/fake/messages", m.Forged, w)
			},
			Report: func(r channeltest.Report) channeltest.Answer {
				provider.mu.Lock()
				i := slices.IndexFunc(provider.taken, func(m wire) bool { return m.ID == r.Delivery.ProviderID })
				m := provider.taken[i]
				provider.mu.Unlock()
				return post("/channels/fake/reports", r.Forged, wire{ID: m.ID, Message: m.Message, Part: m.Part, Status: r.Status, Code: r.Code})
			},
			Script: func(f ...channeltest.Fault) {
				provider.mu.Lock()
				defer provider.mu.Unlock()
				provider.faults = append(provider.faults, f...)
			},
			Taken: func() (taken []channeltest.Delivery) {
				provider.mu.Lock()
				defer provider.mu.Unlock()
				for _, m := range provider.taken {
					taken = append(taken, channeltest.Delivery{ProviderID: m.ID, To: m.To, Text: m.Text})
				}
				return taken
			},
		}
	}
}
