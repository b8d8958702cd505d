package e2e

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// deskClock is the gateway's clock in these tests; the pages' clocks are set by it.
const deskClock = "2026-11-23T16:00:00Z"

// tab is one person's page, with cookies and storage of its own.
type tab struct {
	t   *testing.T
	ctx context.Context
}

// opens gives a page of the same browser; with its own cookies where it is asked for a browser context of its own.
func opens(ctx context.Context, t *testing.T, how ...chromedp.ContextOption) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(ctx, how...)
	t.Cleanup(cancel)
	s := &tab{t: t, ctx: ctx}
	s.do(thrown(), sameClock(t), chromedp.EmulateViewport(1440, 900))
	t.Cleanup(func() {
		if t.Failed() && ctx.Err() == nil {
			keep(ctx, t, "failed-"+t.Name()+fmt.Sprintf("-%p", s)[6:])
		}
	})
	return s
}

// thrown keeps what the page throws, for [tab.quiet].
func thrown() action {
	return onNewPage(`addEventListener('error', (e) => { window.parleyThrew = String(e.message) });
		addEventListener('unhandledrejection', (e) => { window.parleyThrew = String(e.reason) });`)
}

// sameClock sets the page's clock to the gateway's, which these tests set to a working day.
func sameClock(t *testing.T) action {
	at, err := time.Parse(time.RFC3339, deskClock)
	if err != nil {
		t.Fatal(err)
	}
	return onNewPage(fmt.Sprintf(`{ const real = Date, ahead = %d;
		globalThis.Date = class extends real {
			constructor(...a) { if (a.length) super(...a); else super(real.now() + ahead); }
			static now() { return real.now() + ahead; }
		}; }`, time.Until(at).Milliseconds()))
}

func onNewPage(source string) action {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: source})
		return chromedp.Void{}, err
	}
}

func (s *tab) do(actions ...action) {
	s.t.Helper()
	do(s.ctx, s.t, actions...)
}

// deskOf signs somebody of the demonstration in, on a page of their own.
func (p *parley) deskOf(ctx context.Context, t *testing.T, name string) *tab {
	t.Helper()
	s := opens(ctx, t, chromedp.WithNewBrowserContext())
	s.do(chromedp.Navigate("http://"+p.admin+"/desk"), presses(name), sees("document.querySelector('.top .who')"))
	return s
}

// chatOf opens the web chat as a person who owes.
func (p *parley) chatOf(ctx context.Context, t *testing.T) *tab {
	t.Helper()
	s := opens(ctx, t, chromedp.WithNewBrowserContext())
	s.do(chromedp.EmulateViewport(420, 844), chromedp.Navigate("http://"+p.public+"/chat"),
		sees("document.querySelector('parley-chat').hasAttribute('data-ready')"))
	return s
}

// presses clicks the button or link that begins with these words, in the dialog where one is open, once it can be clicked.
func presses(words string) action {
	return sees(fmt.Sprintf(`(() => {
		const within = document.querySelector('dialog[open]') ?? document;
		const b = [...within.querySelectorAll('button, a.button, [role=menuitem], [role=menuitemradio]')]
			.find((b) => b.innerText.trim().startsWith(%q) && !b.disabled && b.checkVisibility());
		b?.click();
		return b;
	})()`, words))
}

// shows waits until the page shows these words.
func shows(words ...string) action {
	var all []action
	for _, w := range words {
		all = append(all, sees(fmt.Sprintf("document.body.innerText.includes(%q)", w)))
	}
	return chromedp.Steps(all...)
}

// bubble waits for a message in the transcript.
func bubble(words string) action {
	return sees(fmt.Sprintf("[...document.querySelectorAll('.transcript .msg:not(.pending)')].some((m) => m.innerText.includes(%q))", words))
}

// inserts puts text where the focus is, at once.
func inserts(text string) action {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return chromedp.Void{}, err
	}
}

const composer = "document.querySelector('[data-focus=composer]')"

// fills replaces what an element holds by what is typed.
func fills(element, text string) action {
	return chromedp.Steps(sees("("+element+".focus(), document.activeElement === "+element+" && ("+element+".select(), true))"), inserts(text))
}

// replies writes to the person and sends once no rule speaks against it.
func replies(text string) action {
	return chromedp.Steps(fills(composer, text), shows("No rule speaks against it"), presses("Send"), bubble(text), sees(composer+".value === ''"))
}

// suggested goes through the suggested replies to the one that says this.
func suggested(words string) action {
	return sees(fmt.Sprintf(`(() => {
		const s = document.querySelector('.suggestion');
		if (s.innerText.includes(%q)) return true;
		[...s.querySelectorAll('button')].find((b) => b.innerText.includes('next')).click();
	})()`, words))
}

// chooses marks a radio button.
func chooses(selector string) action {
	return sees(fmt.Sprintf("(() => { const r = document.querySelector(%q); r?.click(); return r?.checked })()", selector))
}

// opened waits for the list and opens the one conversation in it.
func opened(list string) action {
	return chromedp.Steps(presses(list), sees("document.querySelectorAll('.rows a').length === 1"),
		sees("(document.querySelector('.rows a').click(), true)"), sees("document.querySelector('.talk-head h2')"))
}

func (s *tab) eval(expr string) string {
	s.t.Helper()
	out, err := chromedp.Run(s.ctx, chromedp.Evaluate[string](expr))
	if err != nil {
		s.t.Fatalf("%s: %v", expr, err)
	}
	return out
}

// quiet reports what the page threw.
func (s *tab) quiet() {
	s.t.Helper()
	if threw := s.eval("window.parleyThrew ?? ''"); threw != "" {
		s.t.Errorf("the page threw: %s", threw)
	}
}

// texts counts the messages of a conversation that say something.
func texts(c conversation, words string) (n int) {
	for _, m := range c.Messages {
		if strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}
