package webchat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"parley/channels"
)

// browser starts a Chromium of its own. Without one on the machine the test is
// skipped, except where CI is set: there it must be.
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
		t.Skip("no chromium on the PATH: the widget is not tested in a browser; install the package \"chromium\"")
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "en-US"))...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	// Whatever the page throws, or its policy refuses, fails the test.
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

type action = chromedp.Action[chromedp.Void]

func run(t *testing.T, ctx context.Context, actions ...action) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatalf("in the browser: %v", err)
	}
}

// in is an expression's element inside the widget.
func in(selector string) string {
	return fmt.Sprintf("document.querySelector('parley-chat').shadowRoot.querySelector(%q)", selector)
}

// sees waits until an expression is true in the page.
func sees(expr string) action {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		poll := chromedp.PollFunction[bool]("() => { try { return Boolean("+expr+") } catch { return false } }",
			chromedp.WithPollingTimeout(15*time.Second), chromedp.WithPollingInterval(10*time.Millisecond))
		if _, err := poll(ctx, t); err != nil {
			return chromedp.Void{}, fmt.Errorf("never seen: %s: %w", expr, err)
		}
		return chromedp.Void{}, nil
	}
}

// does runs an expression for its effect; value gives its value.
func does(expr string) action {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Evaluate[bool]("("+expr+", true)")(ctx, t)
		return chromedp.Void{}, err
	}
}

func value[T any](t *testing.T, ctx context.Context, expr string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expr))
	if err != nil {
		t.Fatalf("evaluating %s: %v", expr, err)
	}
	return v
}

func focus(selector string) action { return does(in(selector) + ".focus()") }

// enter presses the key as a keyboard does: a page that takes the key keeps the
// character from being typed.
func enter(modifier int64) action {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
			p := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, Modifiers: modifier}
			if kind == input.DispatchKeyEventTypeKeyDown {
				p.Text = "\r"
			}
			if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func says(text string) string {
	return fmt.Sprintf("%s.textContent.includes(%q)", in(".list"), text)
}

func clicks(selector string) action { return chromedp.Click(chromedp.JSPath(in(selector))) }

func active(selector string) string {
	return "document.querySelector('parley-chat').shadowRoot.activeElement === " + in(selector)
}

// shot keeps a screenshot where PARLEY_SCREENSHOTS names a folder.
func shot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("PARLEY_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

func view(width, height int64, theme string) action {
	return chromedp.Steps(chromedp.EmulateViewport(width, height), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	}))
}

// clerk answers like a small bot, so that a conversation can be had.
func (r *rig) clerk() {
	r.onItem = func(in channels.Inbound) {
		switch {
		case in.Choice != "":
			r.bot(in.From, "Done. Your plan starts Fri, Dec 4. You can change or stop it any time.")
		case strings.Contains(in.Text, "person"):
			r.show(in.From, Item{ID: "s", From: FromSystem, Text: "A person will join soon. The wait is about 4 minutes."})
			r.a.Control(in.From, "queued")
			r.a.Wake(in.From)
		default:
			r.bot(in.From, "Thank you, Angela. Your balance is $1,240.00. Here are plans you could keep; or tell me what fits.",
				channels.Choice{ID: "mv-1", Label: "12 payments of $103.34"}, channels.Choice{ID: "mv-2", Label: "6 payments of $206.67"}, channels.Choice{ID: "mv-3", Label: "Something else"})
		}
	}
}

// refuse makes the server turn new sockets away, or stops that.
func (r *rig) refuse(on bool) {
	r.a.mu.Lock()
	defer r.a.mu.Unlock()
	r.a.stopped = on
}

func (r *rig) conversations() []string {
	r.house.mu.Lock()
	defer r.house.mu.Unlock()
	var all []string
	for c := range r.feeds {
		all = append(all, c)
	}
	return all
}

func TestBrowser(t *testing.T) {
	ctx := browser(t)
	r := newRig(t, func(c *Config) { c.Now = time.Now })
	r.clerk()
	run(t, ctx, view(1440, 900, "light"), chromedp.Navigate(r.srv.URL+"/chat"), sees(in(".hello")+".offsetHeight"), sees("document.querySelector('parley-chat').hasAttribute('data-ready')"))
	shot(t, ctx, "empty-1440-light")

	t.Run("who it is, that it is an AI, that a person can be reached and what the law wants said are in sight", func(t *testing.T) {
		text := value[string](t, ctx, in(".panel")+".innerText")
		for _, want := range []string{"Ava", "AI assistant of Northwind Bank", "Talk to a person", "never ask for a card number", "attempting to collect a debt", "What is my balance?"} {
			if !strings.Contains(text, want) {
				t.Errorf("the widget does not say %q:\n%s", want, text)
			}
		}
	})

	t.Run("the page around it learns which conversation it is, at the element and above it", func(t *testing.T) {
		run(t, ctx, does("document.addEventListener('parley:conversation', (e) => { document.title = e.target.localName + ' ' + e.detail; })"),
			does("document.querySelector('parley-chat').remove()"), does("document.querySelector('main').append(document.createElement('parley-chat'))"),
			does("document.querySelector('parley-chat').shadowRoot.querySelector('.launch').click()"), sees("document.title.startsWith('parley-chat ')"))
		if got, want := value[string](t, ctx, "document.title"), "parley-chat "+value[string](t, ctx, "JSON.parse(Object.values(sessionStorage)[0]).conversation"); got != want {
			t.Errorf("it told %q, want %q", got, want)
		}
		run(t, ctx, chromedp.Reload(), sees("document.querySelector('parley-chat').hasAttribute('data-ready')"))
	})

	t.Run("typing and Enter send, the answer comes, Shift+Enter is a new line", func(t *testing.T) {
		run(t, ctx, focus("textarea"), chromedp.KeyEvent("zip 78701"),
			enter(8), chromedp.KeyEvent("born 1986"), enter(0),
			sees(says("Your balance is $1,240.00")), sees(in(".you")+".dataset.state === 'sent'"))
		if got := r.received[0].Text; got != "zip 78701\nborn 1986" {
			t.Errorf("received %q", got)
		}
		if bubbles := value[int](t, ctx, in(".list")+".children.length"); bubbles != 2 {
			t.Errorf("%d bubbles, want the person's and the bot's", bubbles)
		}
	})

	t.Run("a choice is a button, is sent once pressed and looks taken", func(t *testing.T) {
		run(t, ctx, clicks(".offer button"), sees(says("Your plan starts Fri, Dec 4")), sees(in(".offer button")+".ariaPressed === 'true'"), sees(in(".offer button:last-child")+".disabled"))
		last := r.received[len(r.received)-1]
		if last.Choice != "mv-1" || last.Text != "12 payments of $103.34" {
			t.Errorf("received %+v", last)
		}
		shot(t, ctx, "full-1440-light")
	})

	t.Run("a reload shows the same conversation and goes on with it", func(t *testing.T) {
		run(t, ctx, chromedp.Reload(), sees(says("zip 78701")), sees(says("Your plan starts Fri, Dec 4")), sees(in(".offer button")+".ariaPressed === 'true'"))
		if all := r.conversations(); len(all) != 1 {
			t.Errorf("conversations: %v", all)
		}
		if items := value[int](t, ctx, in(".list")+".children.length"); items != 4 {
			t.Errorf("%d bubbles after the reload, want 4", items)
		}
	})

	t.Run("offline it keeps what was typed and sends it once when it is back", func(t *testing.T) {
		conv := r.conversations()[0]
		r.refuse(true)
		r.a.hub.each(conv, func(c *conn) { c.close(1012, "test", false) })
		run(t, ctx, sees("!"+in(".net")+".hidden"), focus("textarea"), chromedp.KeyEvent("sent while away"), enter(0),
			sees(in(".you:last-child .note")+".textContent.includes('Waiting')"))
		run(t, ctx, chromedp.KeyEvent("half a thought"))
		shot(t, ctx, "offline-1440-light")
		r.refuse(false)
		run(t, ctx, clicks(".net button"), sees(in(".net")+".hidden"), sees(in("[data-seq='5']")+".dataset.state === 'sent'"), sees(in("textarea")+".value === 'half a thought'"))
		if n := r.count(); n != 3 {
			t.Errorf("%d messages were received, want 3", n)
		}
		run(t, ctx, does(in("textarea")+".value = ''"))
	})

	t.Run("a message that can't be stored just now can be tried again", func(t *testing.T) {
		r.setFail(errors.New("disk full"))
		run(t, ctx, focus("textarea"), chromedp.KeyEvent("please"), enter(0))
		until(t, "giving up", func() bool { return value[bool](t, ctx, "Boolean("+in("[data-state=failed] .note button")+")") })
		shot(t, ctx, "failed-1440-light")
		r.setFail(nil)
		run(t, ctx, clicks("[data-state=failed] .note button"), sees("!"+in("[data-state=failed]")), sees(says("please")))
	})

	t.Run("a message that can't be taken as it is goes back to be changed", func(t *testing.T) {
		r.setFail(&channels.InputError{Field: "text", Reason: "can't be taken"})
		run(t, ctx, focus("textarea"), chromedp.KeyEvent("odd words"), enter(0), sees(in("[data-state=refused] .note button")+".offsetHeight"))
		shot(t, ctx, "refused-1440-light")
		r.setFail(nil)
		run(t, ctx, clicks("[data-state=refused] .note button"), sees("!"+in("[data-state=refused]")), sees(in("textarea")+".value === 'odd words'"), sees(active("textarea")))
		run(t, ctx, does(in("textarea")+".value = ''"))
	})

	t.Run("reading above, news is counted and leads back", func(t *testing.T) {
		conv := r.conversations()[0]
		for i := range 12 {
			r.bot(conv, fmt.Sprintf("Line %d of a longer explanation of how the plan works, which payments fall on which day and why.", i))
		}
		run(t, ctx, sees(says("Line 11")), does(in(".scroll")+".scrollTop = 0"), sees(in(".scroll")+".scrollTop === 0"))
		for range 3 {
			r.bot(conv, "One more thing.")
		}
		run(t, ctx, sees(in(".pill")+".textContent === '3 new' && !"+in(".pill")+".hidden"), sees(in(".scroll")+".scrollTop === 0"))
		shot(t, ctx, "pill-1440-light")
		run(t, ctx, clicks(".pill"), sees(in(".pill")+".hidden"), sees(active("textarea")))
	})

	t.Run("a person is asked for with one button, and to stop contact takes two presses", func(t *testing.T) {
		run(t, ctx, clicks("footer .plain"), sees(in(".state")+".textContent.includes('A person will join')"), sees(in("footer .plain")+".disabled"))
		run(t, ctx, clicks("footer .plain:nth-of-type(2)"), sees(in("footer .plain:nth-of-type(2)")+".textContent.includes('again')"))
		before := r.count()
		run(t, ctx, clicks("footer .plain:nth-of-type(2)"), sees(says("Stop contacting me.")))
		until(t, "receiving the stop", func() bool { return r.count() == before+1 })
	})
	for _, v := range []struct {
		w, h  int64
		theme string
	}{{1440, 900, "dark"}, {1024, 768, "light"}, {390, 844, "light"}, {390, 844, "dark"}} {
		run(t, ctx, view(v.w, v.h, v.theme), sees("true"))
		run(t, ctx, does(in(".scroll")+".scrollTop = 0"))
		shot(t, ctx, fmt.Sprintf("full-%d-%s", v.w, v.theme))
	}
}

func TestBrowserKeyboard(t *testing.T) {
	ctx := browser(t)
	r := newRig(t, nil)
	r.clerk()
	host := `<!doctype html><html lang="es"><title>x</title><body style="font-family:serif;color:red"><h1>Una tienda</h1><p>Texto de la página que lo incluye.</p><script src="/widget.js"></script><parley-chat></parley-chat>`
	r.mux.HandleFunc("GET /shop", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'")
		fmt.Fprint(w, host)
	})
	run(t, ctx, view(1024, 768, "light"), chromedp.Navigate(r.srv.URL+"/shop"), sees(in(".launch")+".offsetHeight"))

	t.Run("nothing is connected before the chat is opened", func(t *testing.T) {
		if n := r.a.Stats().Sockets; n != 0 {
			t.Errorf("%d sockets", n)
		}
	})
	t.Run("the keyboard alone opens, asks, chooses, and Escape gives the focus back", func(t *testing.T) {
		run(t, ctx, chromedp.KeyEvent(kb.Tab), sees(active(".launch")), enter(0), sees(active("textarea")))
		run(t, ctx, sees("document.querySelector('parley-chat').hasAttribute('data-ready')"))
		shot(t, ctx, "popup-1024-es")
		run(t, ctx, chromedp.KeyEvent("hola"), enter(0), sees(says("Your balance")), sees(active("textarea")))
		for range 3 {
			run(t, ctx, chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
		}
		run(t, ctx, sees(active(".offer button:nth-child(1)")), chromedp.KeyEvent(" "), sees(says("Your plan starts")))
		run(t, ctx, chromedp.KeyEvent(kb.Escape), sees(in(".panel")+".hidden"), sees(active(".launch")))
	})
	t.Run("what comes while it is closed is counted on the launcher", func(t *testing.T) {
		r.bot(r.conversations()[0], "Are you still there?")
		run(t, ctx, sees(in(".badge")+".textContent === '1' && !"+in(".badge")+".hidden"))
		shot(t, ctx, "launcher-1024")
		run(t, ctx, enter(0), sees(in(".badge")+".hidden"))
	})
	t.Run("it fills a phone", func(t *testing.T) {
		run(t, ctx, view(390, 844, "dark"), sees(in(".panel")+".offsetWidth === 390 && "+in(".panel")+".offsetHeight === 844"))
		shot(t, ctx, "popup-390-dark-es")
	})
	t.Run("no target is smaller than 44 pixels", func(t *testing.T) {
		small := value[[]string](t, ctx, `[...document.querySelector('parley-chat').shadowRoot.querySelectorAll('button, textarea')]
			.filter((e) => e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 44)).map((e) => e.outerHTML)`)
		if len(small) > 0 {
			t.Errorf("too small: %v", small)
		}
	})
}
