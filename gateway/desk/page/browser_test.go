package page_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"parley/gateway/desk/page"
)

// browser starts a Chromium of its own. Without one on the machine the test is skipped,
// except where CI is set: there it must be.
func browser(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no chromium on the PATH: install the package \"chromium\"")
		}
		t.Skip("no chromium on the PATH: the desk is not tested in a browser; install the package \"chromium\"")
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "en-US"))...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	err := chromedp.Listen(ctx, func(ev any) {
		if ev, ok := ev.(*runtime.EventExceptionThrown); ok {
			t.Errorf("the page threw: %s %+v", ev.ExceptionDetails.Text, ev.ExceptionDetails.Exception)
		}
	})
	if err != nil {
		t.Fatalf("starting %s: %v", path, err)
	}
	t.Cleanup(func() { chromedp.Cancel(ctx) })
	ctx, timeout := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(timeout)
	return ctx
}

// service answers what the page asks, with one conversation that waits.
type service struct {
	mu      sync.Mutex
	who     string
	claimed bool
	sent    []string
}

func (s *service) item() map[string]any {
	i := map[string]any{"conversation": "cv_1", "handoff": "ho_1", "name": "Angela T.", "channel": "sms", "language": "en", "account": "•••4421",
		"portfolio": "p", "control": "queued", "epoch": 1, "reasons": []string{"requested_human"}, "reason_text": "Asked for a person",
		"words": "<img src=x onerror=alert(1)> a person please", "priority": 0, "since": "2026-11-22T18:00:00Z"}
	if s.claimed {
		i["control"], i["holder"] = "human", "dana"
	}
	return i
}

func (s *service) routes() http.Handler {
	mux := http.NewServeMux()
	page.Register(mux)
	on := func(pattern string, answer func(body map[string]any) any) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			var body map[string]any
			_ = json.NewDecoder(r.Body).Decode(&body) // most have none
			s.mu.Lock()
			defer s.mu.Unlock()
			w.Header().Set("Content-Type", "application/json")
			if s.who == "" && strings.HasPrefix(r.URL.Path, "/api/") || r.Pattern == "GET /desk/session" && s.who == "" {
				w.WriteHeader(http.StatusUnauthorized)
			}
			_ = json.NewEncoder(w).Encode(answer(body)) // the page may be gone
		})
	}
	type m = map[string]any
	me := func(map[string]any) any {
		return m{"name": "dana", "display": "Dana Reyes", "role": "agent", "status": "available", "capacity": 5, "load": 1,
			"permissions": []string{"conversation:read", "conversation:reply"}}
	}
	on("GET /desk/session", me)
	on("GET /desk/signin-options", func(m) any { return m{"demo": []m{{"name": "dana", "display": "Dana Reyes", "role": "agent"}}} })
	on("POST /desk/demo-session", func(m) any { s.who = "dana"; return me(nil) })
	on("GET /api/v1/me", me)
	on("GET /api/v1/desk/items", func(m) any { return m{"items": []any{s.item()}, "counts": m{"unassigned": 1}} })
	on("GET /api/v1/desk/conversations/cv_1", func(m) any {
		return m{"item": s.item(), "messages": []m{{"seq": 1, "id": "m1", "direction": "in", "from": "person", "text": "a person please", "at": "2026-11-22T18:00:00Z", "status": "received"}},
			"can": m{"claim": !s.claimed, "reply": s.claimed}}
	})
	on("GET /api/v1/desk/conversations/cv_1/panel", func(m) any { return m{"person": m{"name": "Angela T.", "zone": "America/Chicago"}} })
	on("GET /api/v1/desk/conversations/cv_1/suggestions", func(m) any { return m{"suggestions": []m{}, "last_seq": 1} })
	on("PUT /api/v1/desk/conversations/cv_1/draft", func(m) any { return m{} })
	on("DELETE /api/v1/desk/conversations/cv_1/draft", func(m) any { return m{} })
	on("POST /api/v1/desk/conversations/cv_1/check", func(m) any { return m{"findings": []m{}, "final": "", "allowed": true} })
	on("POST /api/v1/handoffs/ho_1/claim", func(m) any { s.claimed = true; return m{} })
	on("POST /api/v1/conversations/cv_1/messages", func(b m) any { s.sent = append(s.sent, b["text"].(string)); return m{} })
	return mux
}

type action = chromedp.Action[chromedp.Void]

func sees(expr string) action {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.PollFunction[bool]("() => { try { return Boolean("+expr+") } catch { return false } }",
			chromedp.WithPollingTimeout(15*time.Second), chromedp.WithPollingInterval(20*time.Millisecond))(ctx, t)
		return chromedp.Void{}, err
	}
}

func does(expr string) action {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Evaluate[bool]("("+expr+", true)")(ctx, t)
		return chromedp.Void{}, err
	}
}

// press is a key as the page hears it.
func press(key string, ctrl bool) action {
	js, _ := json.Marshal(key) // a string
	more := ""
	if ctrl {
		more = ", ctrlKey: true"
	}
	return does("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: " + string(js) + more + ", bubbles: true, cancelable: true}))")
}

func TestTheBuiltPageInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	s := &service{}
	srv := httptest.NewServer(s.routes())
	t.Cleanup(srv.Close)

	const composer = "document.querySelector('[data-focus=composer]')"
	steps := []struct {
		name string
		do   action
	}{
		{"opening it asks who one is", chromedp.Steps(
			does("0"), chromedp.Navigate(srv.URL+"/desk"),
			does("window.refused = [], document.addEventListener('securitypolicyviolation', (e) => refused.push(e.violatedDirective + ' ' + e.blockedURI))"),
			sees("document.querySelector('.choose button') && getComputedStyle(document.querySelector('.choose')).display === 'grid'"))},
		{"one click signs in to a demonstration", chromedp.Steps(does("document.querySelector('.choose button').click()"), sees("document.querySelector('.rows a')"))},
		{"j opens the next conversation", chromedp.Steps(press("j", false), sees("document.querySelector('.talk-head h2').innerText === 'Angela T.'"))},
		{"c claims it, and the focus is where one writes", chromedp.Steps(press("c", false), sees("document.activeElement === "+composer))},
		{"Ctrl+Enter sends what was written", chromedp.Steps(
			does("document.execCommand('insertText', false, 'Hello, this is Dana.')"), sees(composer+".value === 'Hello, this is Dana.'"),
			press("Enter", true), sees(composer+".value === ''"))},
		{"the page's own policy refused nothing it does", sees("refused.length === 0")},
		{"what a person wrote is text, never markup", sees("!document.querySelector('img[onerror]')")},
	}
	for _, step := range steps {
		if err := chromedp.Do(ctx, step.do); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.sent) != 1 || s.sent[0] != "Hello, this is Dana." {
		t.Errorf("sent %q, want the one reply", s.sent)
	}
}
