package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

type action = chromedp.Action[chromedp.Void]

// browsers is room for two at once: more of them only wait for each other.
var browsers = make(chan struct{}, 2)

// browser starts a Chromium of its own. Without one the test is skipped, except
// where CI is set: there it must be.
func browser(t *testing.T) context.Context {
	t.Helper()
	browsers <- struct{}{}
	t.Cleanup(func() { <-browsers })
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil && path == "" {
			path = p
		}
	}
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no chromium on the PATH: install the package \"chromium\"")
		}
		t.Skip("no chromium on the PATH: the pages are not tested in a browser; install the package \"chromium\"")
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
	ctx, timeout := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(timeout)
	return ctx
}

func do(ctx context.Context, t *testing.T, actions ...action) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatalf("in the browser: %v", err)
	}
}

// in is an expression for an element inside the widget.
func in(selector string) string {
	return fmt.Sprintf("document.querySelector('parley-chat').shadowRoot.querySelector(%q)", selector)
}

// sees waits until an expression is true in the page.
func sees(expr string) action {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		poll := chromedp.PollFunction[bool]("() => { try { return Boolean("+expr+") } catch { return false } }",
			chromedp.WithPollingTimeout(patience), chromedp.WithPollingInterval(20*time.Millisecond))
		if _, err := poll(ctx, t); err != nil {
			return chromedp.Void{}, fmt.Errorf("never seen: %s: %w", expr, err)
		}
		return chromedp.Void{}, nil
	}
}

// writes types into the widget and sends with Enter, as a person does.
func writes(text string) action {
	return chromedp.Steps(
		chromedp.Click(chromedp.JSPath(in("textarea"))), chromedp.KeyEvent(text), enter)
}

// enter presses the key as a keyboard does: a page that takes the key keeps the
// character from being typed.
func enter(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		p := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13}
		if kind == input.DispatchKeyEventTypeKeyDown {
			p.Text = "\r"
		}
		if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, p); err != nil {
			return chromedp.Void{}, err
		}
	}
	return chromedp.Void{}, nil
}

func said(text string) action {
	return sees(fmt.Sprintf("%s.textContent.includes(%q)", in(".list"), text))
}

// keep writes a screenshot into the folder PARLEY_SCREENSHOTS names, or beside the tests' other artifacts.
func keep(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	dir := os.Getenv("PARLEY_SCREENSHOTS")
	if dir == "" {
		dir = filepath.Join("..", "..", "artifacts")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestAPersonSettlesIntoAPlanInTheWebChat(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := start(t)
	do(ctx, t, chromedp.EmulateViewport(1440, 900), chromedp.Navigate("http://"+p.public+"/chat"),
		sees("document.querySelector('parley-chat').hasAttribute('data-ready')"))
	do(ctx, t, writes("hi, what is this about?"), said("ZIP code and your year of birth"))
	do(ctx, t, writes("zip 78701, born 1986"), said("$1,240.00"))
	do(ctx, t, writes("can I pay monthly?"), said("monthly payments"))
	do(ctx, t, writes("what about 110 a month"), said("$137.78"))
	do(ctx, t, writes("110 a month is what I can do"), said("11 of $110.00"))
	do(ctx, t, chromedp.Click(chromedp.JSPath("[..."+in(".list")+".querySelectorAll('.offer button')].at(-1)")), said("Your written copy"), said("$30.00"))
	keep(ctx, t, "webchat-plan")
	c := p.about("acct-1001")
	if c.Agreement == nil || c.Agreement.State != "accepted" || cents(t, c) != 124000 {
		t.Fatalf("agreement: %+v", c.Agreement)
	}
	if c.Channel != "webchat" || !c.Verified {
		t.Errorf("conversation: %+v", c)
	}
	id, err := chromedp.Run(ctx, chromedp.Evaluate[string]("JSON.parse(Object.values(sessionStorage)[0]).conversation"))
	if err != nil || id != c.ID {
		t.Errorf("the widget's conversation is %q, the API's %q (%v)", id, c.ID, err)
	}
	do(ctx, t, chromedp.Reload(), said("Your written copy"))
}

func TestATypedYesTakesTheOfferAsAButtonDoes(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := start(t)
	do(ctx, t, chromedp.EmulateViewport(390, 844), chromedp.Navigate("http://"+p.public+"/chat"),
		sees("document.querySelector('parley-chat').hasAttribute('data-ready')"))
	do(ctx, t, writes("zip 78701, born 1986"), said("$1,240.00"))
	do(ctx, t, writes("can I do 110 a month?"), sees(in(".list")+".querySelectorAll('.offer button').length > 0"))
	keep(ctx, t, "webchat-offers-phone")
	do(ctx, t, writes("ok 110 a month it is"), said("11 of $110.00"), writes("yes"), said("Your written copy"))
	if c := p.about("acct-1001"); c.Agreement == nil || cents(t, c) != 124000 {
		t.Errorf("agreement: %+v", c.Agreement)
	}
}
