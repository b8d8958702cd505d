package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// twice clicks a button as an impatient hand does.
func twice(words string) action {
	return sees(fmt.Sprintf(`(() => {
		const b = [...(document.querySelector('dialog[open]') ?? document).querySelectorAll('button')]
			.find((b) => b.innerText.trim().startsWith(%q) && !b.disabled && b.checkVisibility());
		if (b) { b.click(); b.click(); }
		return b;
	})()`, words))
}

// asks calls the desk's API as the page does, and gives the status and the code of a refusal.
func (s *tab) asks(method, path, body string) string {
	s.t.Helper()
	s.do(sees(fmt.Sprintf(`(() => { window.answer = undefined; fetch('/api/v1/' + %q, { method: %q, headers: { 'content-type': 'application/json' }, body: %q || undefined })
		.then(async (r) => { const b = await r.json().catch(() => ({})); window.answer = r.status + ' ' + (b.code ?? '') }); return true })()`, path, method, body)), sees("window.answer"))
	return strings.TrimSpace(s.eval("window.answer"))
}

func TestWhatAHostilePersonWritesIsTextAndStaysInItsPlace(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := start(t, "PARLEY_DEV_CLOCK="+deskClock)
	markup := `<img src=x onerror="window.owned=1"><script>window.owned=1</script>`
	const flipped, hidden = "\u202egnp.exe\u200b\u200d", "o\u0302\u0323\u0302\u0323 \ufeffok"
	p.says(angela, "zip 78701")
	p.says(angela, "a person please")
	s := p.deskOf(ctx, t, "Dana")
	s.do(opened("Unassigned"), presses("Claim"), sees("document.activeElement === "+composer), presses("Mine"))
	p.text(angela, markup)
	s.do(bubble("onerror="))
	p.text(angela, flipped)
	p.text(angela, hidden)
	p.text(angela, strings.Repeat("W", 1600))
	s.do(bubble("gnp.exe"), bubble(strings.Repeat("W", 1500)))
	s.do(key("Escape", false), key("n", false), sees("document.activeElement.matches('[data-focus=note]')"), inserts(markup), key("Enter", true),
		sees("document.querySelector('.note-line').innerText.includes('<script>')"))
	keep(s.ctx, t, "desk-hostile")
	if s.eval("String(window.owned)") != "undefined" || s.eval("String(document.querySelectorAll('img, .transcript script').length)") != "0" {
		t.Error("words became markup")
	}
	if s.eval("String(document.documentElement.scrollWidth <= innerWidth && document.querySelector('.transcript').scrollWidth <= document.querySelector('.transcript').clientWidth)") != "true" {
		t.Error("a word without a break widens the page")
	}
	for _, part := range []string{".msg .text", ".rows .cut", ".note-line .text"} {
		if b := s.eval("getComputedStyle(document.querySelector('" + part + "')).unicodeBidi"); !strings.Contains(b, "isolate") && b != "plaintext" {
			t.Errorf("%s is %q: a mark that turns writing round turns what stands beside it, too", part, b)
		}
	}
	s.quiet()
}

func TestAnImpatientAgentDoesNothingTwice(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := start(t, "PARLEY_DEV_CLOCK="+deskClock)
	p.says(angela, "zip 78701")
	p.says(angela, "I want to talk to a person")
	s := p.deskOf(ctx, t, "Dana")
	s.do(opened("Unassigned"), twice("Claim"), sees("document.activeElement === "+composer), sees("!document.querySelector('.toast.stop, .toast.warning')"))
	id, handoff := strings.TrimPrefix(s.eval("location.hash"), "#/c/"), p.about("acct-1001").Handoff.ID

	s.do(fills(composer, "Hello Angela, this is Dana."), shows("No rule speaks against it"), twice("Send"), bubble("this is Dana"), sees("!document.querySelector('.msg.pending')"))
	if n := texts(p.about("acct-1001"), "this is Dana"); n != 1 {
		t.Errorf("a double click sent it %d times", n)
	}

	// A prepared reply is a slash and a word away, and says nothing that a rule forbids.
	s.do(fills(composer, "/time"), sees("document.querySelector('[role=option]')"), key("Enter", false), sees(composer+".value.startsWith('Take the time')"))
	var canned struct {
		Canned []struct{ Text, Language string }
	}
	if p.get("/desk/canned", &canned); len(canned.Canned) < 2 {
		t.Errorf("prepared are %+v", canned)
	}
	for _, c := range canned.Canned {
		var check struct {
			Findings []struct{ Rule, Severity string }
		}
		p.call("POST", "/desk/conversations/"+id+"/check", map[string]string{"text": c.Text}, &check)
		for _, f := range check.Findings {
			if f.Severity != "info" {
				t.Errorf("prepared, and refused by %s: %q", f.Rule, c.Text)
			}
		}
	}

	s.do(fills(composer, strings.Repeat("please ", 1500)), shows("10,499 characters: at most 4,000 can be sent"),
		sees("[...document.querySelectorAll('.send-line button')].at(-1).disabled"), key("Enter", true))
	keep(s.ctx, t, "desk-too-long")
	if s.eval("String("+composer+".value.length)") != "10500" {
		t.Error("what was too long to send is not kept")
	}
	if got := s.asks("POST", "conversations/"+id+"/messages", `{"text":"Hello again.","epoch":1}`); got != "409 control_changed" {
		t.Errorf("an old epoch answered %s", got)
	}

	// Another tab of the same person shows the same draft, and ends the session.
	other := opens(s.ctx, t)
	s.do(fills(composer, "Half a sentence"), sees(fmt.Sprintf("(fetch('/api/v1/desk/conversations/' + %q).then((r) => r.json()).then((c) => { window.kept = c.draft?.text }), window.kept === 'Half a sentence')", id)))
	other.do(chromedp.Navigate("http://"+p.admin+"/desk"+s.eval("location.hash")), sees(composer+".value.startsWith('Half a sentence')"))
	if got := other.eval("fetch('/desk/session', { method: 'DELETE' }), ''"); got != "" {
		t.Error(got)
	}
	s.do(shows("Sign in again"))
	keep(s.ctx, t, "desk-signed-out")
	s.do(presses("Dana"), sees("!document.querySelector('dialog[open]')"), sees(composer+".value === 'Half a sentence'"))

	// The network goes: no line can be had for as long as it is away. Then it is there again.
	s.do(sees("(window.Line = WebSocket, window.WebSocket = class extends Line { constructor() { super('ws://' + location.host + '/no-line') } }, dispatchEvent(new Event('offline')), true)"),
		shows("Reconnecting…"), sees("(window.WebSocket = Line, dispatchEvent(new Event('online')), true)"),
		sees("!document.body.innerText.includes('Reconnecting…')"), sees(composer+".value === 'Half a sentence'"))

	// Back, and forward again.
	s.do(sees("(history.back(), true)"), sees("!document.querySelector('.talk-head')"), sees("(history.forward(), true)"), sees(composer+".value === 'Half a sentence'"))

	s.do(presses("Finish"), chooses("dialog [value=answered], [name=disposition]"), twice("Close the conversation"), sees("!document.querySelector('dialog[open]')"), shows("CLOSED"))
	if got := s.asks("POST", "handoffs/"+handoff+"/claim", ""); !strings.HasPrefix(got, "409") {
		t.Errorf("a claim after the end answered %s", got)
	}
	s.quiet()
}

// An agent's clock may be wrong, and their line down while an offer runs out: the gateway's clock decides.
func TestAnOfferThatRanOutIsNotTaken(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := start(t, "PARLEY_DEV_CLOCK="+deskClock)
	p.says(angela, "zip 78701")
	p.says(angela, "I want to talk to a person")
	sam, luis := p.deskOf(ctx, t, "Sam"), p.deskOf(ctx, t, "Luis")
	luis.do(opened("Unassigned"), presses("I’m available"), sees("document.querySelector('.dot.available')"))
	luis.do(shows("This is offered to you."))
	p.env = append(p.env, "PARLEY_LISTEN="+p.public, "PARLEY_ADMIN_LISTEN="+p.admin, "PARLEY_DEV_CLOCK=2026-11-23T16:10:00Z")
	p.kill()
	luis.do(shows("Reconnecting…"))
	p.launch()
	handoff := p.about("acct-1001").Handoff.ID
	sam.do(sees("!document.body.innerText.includes('Reconnecting…')"))
	luis.do(sees("!document.body.innerText.includes('Reconnecting…')"))
	if got := luis.asks("POST", "handoffs/"+handoff+"/accept", ""); !strings.HasPrefix(got, "409") {
		t.Errorf("accepting what ran out answered %s", got)
	}
	luis.do(sees("!document.querySelector('.offer-card')"))
	sam.do(presses("Unassigned"), opened("Unassigned"), presses("Claim"), shows("YOU"))
	luis.do(sees("document.querySelector('.talk-head').innerText.includes('Sam')"))
	keep(luis.ctx, t, "desk-offer-lapsed")
	for _, s := range []*tab{sam, luis} {
		s.quiet()
	}
}
