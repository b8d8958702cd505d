package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// The process is killed while an agent has half a reply typed and a person writes; both pages come back by themselves.
func TestTheDeskAndTheChatComeBackFromKillNine(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := start(t, "PARLEY_DEV_CLOCK="+deskClock)
	angela, dana := p.chatOf(ctx, t), p.deskOf(ctx, t, "Dana")
	angela.do(writes("zip 78701, born 1986"), said("$1,240.00"), writes("I want to talk to a person"), said("person"))
	dana.do(opened("Unassigned"), presses("Claim"), sees("document.activeElement === "+composer), replies("Hello, this is Dana, a person."))
	angela.do(said("this is Dana, a person"))

	dana.do(fills(composer, "I can see that you asked for"))
	p.env = append(p.env, "PARLEY_LISTEN="+p.public, "PARLEY_ADMIN_LISTEN="+p.admin, "PARLEY_DEV_CLOCK=2026-11-23T16:01:00Z")
	angela.do(writes("are you still there?"))
	p.kill()
	dana.do(shows("Reconnecting…"), inserts(" a plan, Angela."))
	angela.do(writes("hello? it says reconnecting"))
	keep(dana.ctx, t, "desk-line-lost")
	p.launch()

	dana.do(bubble("are you still there?"), bubble("it says reconnecting"), sees("!document.body.innerText.includes('Reconnecting…')"),
		sees(composer+".value === 'I can see that you asked for a plan, Angela.'"), shows("YOU"), shows("No rule speaks against it"), presses("Send"), bubble("you asked for a plan, Angela."))
	angela.do(said("you asked for a plan, Angela."))
	keep(dana.ctx, t, "desk-line-back")

	c := p.about("acct-1001")
	for _, words := range []string{"this is Dana", "are you still there?", "it says reconnecting", "you asked for a plan"} {
		if n := texts(c, words); n != 1 {
			t.Errorf("%q is in the record %d times", words, n)
		}
		for who, list := range map[string]string{"the person": in(".list"), "the agent": "document.querySelector('.transcript')"} {
			s := map[string]*tab{"the person": angela, "the agent": dana}[who]
			if n := s.eval(fmt.Sprintf("String(%s.textContent.split(%q).length - 1)", list, words)); n != "1" {
				t.Errorf("%s sees %q %s times", who, words, n)
			}
		}
	}
	if c.Control != "human" || c.Handoff == nil || c.Handoff.Holder == nil || *c.Handoff.Holder != "dana" {
		t.Errorf("the conversation is %s %+v", c.Control, c.Handoff)
	}
	dana.do(sees("!document.querySelector('.rows .three')?.innerText.includes('Draft')"), chromedp.Reload(), bubble("you asked for a plan, Angela."), sees(composer+".value === ''"))
	dana.quiet()
	angela.quiet()
}
