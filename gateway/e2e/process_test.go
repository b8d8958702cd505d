// Package e2e drives the real binary from outside: signed webhooks, sockets, the
// API, a browser, kill -9.
package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"parley/channels/sms/twiliotest"
)

const (
	account   = "ACe2e00000000000000000000000000000"
	token     = "e2e-token"
	ourNumber = "+18005550199"
	publicURL = "https://parley.example.com"
	apiKey    = "e2e-key"
	angela    = "+15125550123" // acct-1001 of the demonstration
	patience  = 30 * time.Second
)

var binary string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "parley-e2e")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "parley")
	build := exec.Command("go", "build", "-o", binary, "parley/cmd/parley")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// parley is one running process with a stand-in for Twilio beside it.
type parley struct {
	t      *testing.T
	dir    string
	env    []string
	twilio *twiliotest.Server
	rest   *httptest.Server

	mu            sync.Mutex
	cmd           *exec.Cmd
	public, admin string
	log           *bytes.Buffer
}

// start runs the binary over a database of its own. Extra environment comes as NAME=value.
func start(t *testing.T, env ...string) *parley {
	t.Helper()
	p := &parley{t: t, dir: t.TempDir(), env: env, log: &bytes.Buffer{}}
	p.twilio = twiliotest.New(twiliotest.Config{AccountSID: account, AuthToken: token, Numbers: []string{ourNumber}, HTTPClient: &http.Client{Transport: p, Timeout: 10 * time.Second}})
	p.rest = httptest.NewServer(p.twilio)
	t.Cleanup(func() { p.stop(); p.twilio.Close(); p.rest.Close() })
	p.launch()
	return p
}

// RoundTrip takes what is addressed to the public URL to where the process listens now.
func (p *parley) RoundTrip(r *http.Request) (*http.Response, error) {
	p.mu.Lock()
	host := p.public
	p.mu.Unlock()
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", host
	return http.DefaultTransport.RoundTrip(r)
}

var announced = regexp.MustCompile(`http://(\S+) \(public\) and http://(\S+) \(desk`)

// launch starts the process and waits until it listens.
func (p *parley) launch() {
	p.t.Helper()
	cmd := exec.Command(binary, "serve", "--demo")
	cmd.Dir = p.dir
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.dir, "PARLEY_LISTEN=127.0.0.1:0", "PARLEY_ADMIN_LISTEN=127.0.0.1:0",
		"PARLEY_PUBLIC_URL=" + publicURL, "PARLEY_TWILIO_ACCOUNT_SID=" + account, "PARLEY_TWILIO_AUTH_TOKEN=" + token,
		"PARLEY_TWILIO_FROM=" + ourNumber, "PARLEY_TWILIO_API_URL=" + p.rest.URL, "PARLEY_API_KEYS=e2e:" + apiKey,
		"PARLEY_DEV_CLOCK=2026-11-23T16:00:00Z"}, p.env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	errOut, err := cmd.StderrPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	go func() {
		lines := bufio.NewScanner(errOut)
		for lines.Scan() {
			p.mu.Lock()
			p.log.WriteString(lines.Text() + "\n")
			p.mu.Unlock()
		}
	}()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := announced.FindStringSubmatch(lines.Text()); m != nil {
			p.mu.Lock()
			p.cmd, p.public, p.admin = cmd, m[1], m[2]
			p.mu.Unlock()
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return
		}
	}
	_ = cmd.Wait()
	p.t.Fatalf("it did not start:\n%s", p.logged())
}

// kill ends it with kill -9.
func (p *parley) kill() {
	_ = p.cmd.Process.Signal(syscall.SIGKILL)
	_, _ = p.cmd.Process.Wait()
}

// stop asks it to end, and reports a process that does not.
func (p *parley) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	done := make(chan struct{})
	go func() { _, _ = p.cmd.Process.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		p.t.Error("it did not stop within 30 seconds")
		p.kill()
	}
}

func (p *parley) logged() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// text posts a signed message from a telephone; any answer but 200 fails.
func (p *parley) text(from, body string, options ...twiliotest.Option) {
	p.t.Helper()
	a, err := p.twilio.SendInbound(context.Background(), publicURL+"/channels/sms/messages", from, body, options...)
	if err != nil || a.Code != http.StatusOK {
		p.t.Fatalf("the webhook answered %d %v", a.Code, err)
	}
}

// replies are the texts a telephone has received, in order.
func (p *parley) replies(to string) []string {
	var out []string
	for _, m := range p.twilio.Log() {
		if m.Direction == twiliotest.Outbound && m.To == to {
			out = append(out, m.Body)
		}
	}
	return out
}

// says texts and waits for the next reply.
func (p *parley) says(from, body string) string {
	p.t.Helper()
	n := len(p.replies(from))
	p.text(from, body)
	p.wait("a reply to "+from, func() bool { return len(p.replies(from)) > n })
	return p.replies(from)[n]
}

// wait polls until it is so.
func (p *parley) wait(what string, so func() bool) {
	p.t.Helper()
	deadline := time.Now().Add(patience)
	for !so() {
		if time.Now().After(deadline) {
			p.t.Fatalf("no %s within %s; log:\n%s", what, patience, p.logged())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// get reads from the API; into may be nil.
func (p *parley) get(path string, into any) int { return p.call(http.MethodGet, path, nil, into) }

func (p *parley) call(method, path string, body, into any) int {
	p.t.Helper()
	var in io.Reader
	if body != nil {
		src, err := json.Marshal(body)
		if err != nil {
			p.t.Fatal(err)
		}
		in = bytes.NewReader(src)
	}
	req, err := http.NewRequest(method, "http://"+p.admin+"/api/v1"+path, in)
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+apiKey)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if into != nil {
		if err := json.Unmarshal(data, into); err != nil {
			p.t.Fatalf("%s %s: %v in %s", method, path, err, data)
		}
	}
	return res.StatusCode
}

// conversation is what the tests read of one.
type conversation struct {
	ID, Channel, Address, Control string
	Epoch                         int64
	Verified                      bool
	Flags                         []string
	Agreement                     *struct {
		Kind, State, Total string
		Installments       []struct{ Due, Amount string }
	}
	Handoff *struct {
		ID      string
		Reasons []string
		Holder  *string
	}
	Messages []message
}

type message struct {
	Seq                                            int64
	ID, Direction, From, Text, Status, Provider_ID string
	Cleared_SHA256                                 string
}

// about finds the newest conversation of an account.
func (p *parley) about(accountID string) conversation {
	p.t.Helper()
	var list struct{ Conversations []conversation }
	p.get("/conversations?account="+accountID, &list)
	if len(list.Conversations) == 0 {
		p.t.Fatalf("no conversation about %s", accountID)
	}
	var c conversation
	p.get("/conversations/"+list.Conversations[0].ID, &c)
	return c
}

func read(t *testing.T, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func contains(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("no %q in %q", w, text)
		}
	}
}
