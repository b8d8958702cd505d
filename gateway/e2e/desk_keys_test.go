package e2e

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// key presses one key as a keyboard does, Ctrl held down where it is asked for.
func key(name string, ctrl bool) action {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		p := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: name, Code: name, WindowsVirtualKeyCode: map[string]int64{"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40, " ": 32}[name]}
		if len(name) == 1 && !ctrl {
			p.Text = name
		}
		if name == "Enter" {
			p.Text = "\r"
		}
		if ctrl {
			p.Modifiers = 2
		}
		for range 2 {
			if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, p); err != nil {
				return chromedp.Void{}, err
			}
			p.Type, p.Text = input.DispatchKeyEventTypeKeyUp, ""
		}
		return chromedp.Void{}, nil
	}
}

// tabTo presses Tab until the focus is on what is named so.
func tabTo(words string) action {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		there := chromedp.Evaluate[bool](fmt.Sprintf(`(() => { const e = document.activeElement;
			return Boolean(e && e !== document.body && ((e.getAttribute('aria-label') ?? '') + ' ' + (e.labels?.[0]?.innerText ?? '') + ' ' + e.innerText).includes(%q)) })()`, words))
		for range 80 {
			if at, err := there(ctx, t); err != nil || at {
				return chromedp.Void{}, err
			}
			if _, err := key("Tab", false)(ctx, t); err != nil {
				return chromedp.Void{}, err
			}
		}
		return chromedp.Void{}, fmt.Errorf("the keyboard does not reach %q", words)
	}
}

func TestAShiftWithTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := start(t, "PARLEY_DEV_CLOCK="+deskClock)
	p.says(angela, "zip 78701")
	p.says(angela, "I want to talk to a person")

	s := opens(ctx, t, chromedp.WithNewBrowserContext())
	s.do(chromedp.Navigate("http://"+p.admin+"/desk"), shows("This is a demonstration"), tabTo("Dana"), key("Enter", false), shows("Unassigned"))
	s.do(sees("document.querySelectorAll('.rows a').length === 1"), key("j", false), sees("document.querySelector('.talk-head .button.primary')"),
		key("c", false), sees("document.activeElement === "+composer))
	s.do(chromedp.KeyEvent("Hello Angela, this is Dana."), shows("No rule speaks against it"), key("Enter", true), bubble("this is Dana"), sees(composer+".value === ''"))
	p.wait("the reply on the telephone", func() bool {
		r := p.replies(angela)
		return len(r) > 0 && strings.Contains(r[len(r)-1], "this is Dana")
	})
	s.do(key("Escape", false), key("n", false), sees("document.activeElement.matches('[data-focus=note]')"), chromedp.KeyEvent("Called back as asked."),
		key("Enter", true), sees("document.querySelector('.note-line').innerText.includes('Called back as asked.')"))
	s.do(key("Escape", false), key("f", false), sees("document.querySelector('dialog[open] [name=disposition]')"), tabTo("Question answered"), key(" ", false),
		sees("document.querySelector('[name=disposition]:checked')"))
	keep(s.ctx, t, "desk-keyboard")
	s.do(tabTo("Close the conversation"), key("Enter", false), sees("!document.querySelector('dialog[open]')"), shows("CLOSED"))
	if c := p.about("acct-1001"); c.Control != "closed" {
		t.Errorf("the conversation is %s", c.Control)
	}
	s.quiet()
}
