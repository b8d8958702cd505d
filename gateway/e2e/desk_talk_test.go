package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// What a person sees of the desk, and the desk of them, from "a human, please" to the assistant's next word.
func TestAPersonAsksForAHumanAndIsAnsweredByOne(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := start(t, "PARLEY_DEV_CLOCK="+deskClock)
	angela, dana := p.chatOf(ctx, t), p.deskOf(ctx, t, "Dana")

	angela.do(writes("zip 78701, born 1986"), said("$1,240.00"), writes("I would rather talk to a real person"), said("person"))
	dana.do(presses("Unassigned"), shows("Asked for a person"))
	if list := dana.eval("document.querySelector('.rows').innerText"); strings.Contains(list, "Torres") {
		t.Errorf("before anybody has it the list names the person: %s", list)
	}
	dana.do(opened("Unassigned"), shows("Angela T.", "Asked for a person", "rather talk to a real person"))
	keep(dana.ctx, t, "desk-waiting")
	dana.do(presses("Claim"), sees("document.activeElement === "+composer), shows("YOU"))

	dana.do(replies("Hello, this is Dana, a person. How can I help?"))
	angela.do(said("this is Dana, a person"), writes("can I split it into smaller payments?"))
	dana.do(bubble("split it into smaller payments"))

	dana.do(presses("Insert and edit"), sees(composer+".value.length > 10"))
	suggested := dana.eval(composer + ".value")
	dana.do(inserts(" Take the time you need."), shows("Show what you changed in the draft"), shows("No rule speaks against it"))
	keep(dana.ctx, t, "desk-suggestion")
	dana.do(presses("Send"), bubble("Take the time you need."))
	angela.do(said("Take the time you need."))
	if n := texts(p.about("acct-1001"), suggested); n != 1 {
		t.Errorf("the suggestion %q is in the record %d times", suggested, n)
	}

	const threat = "Pay today or we'll have you arrested."
	dana.do(fills(composer, threat), shows("Can’t be sent", "OD-ARREST-01", "1692e(4)", "No one can be arrested"))
	keep(dana.ctx, t, "desk-blocked")
	dana.do(presses("See why not"), sees("document.activeElement.closest('.findings')"))
	if got := dana.asks("POST", "conversations/"+p.about("acct-1001").ID+"/messages", `{"text":"`+threat+`"}`); got != "422 blocked" {
		t.Errorf("past the button, the gateway answered %s", got)
	}
	if n := texts(p.about("acct-1001"), "arrested"); n != 0 {
		t.Errorf("what must not be said is in the record %d times", n)
	}
	dana.do(replies("Thank you, Angela. Our assistant goes on from here."))
	angela.do(said("Our assistant goes on from here."))
	if heard := angela.eval(in(".list") + ".textContent"); strings.Contains(heard, "arrested") {
		t.Error("the threat reached the person")
	}

	dana.do(presses("Return to assistant"), sees("document.querySelector('[name=disposition]')"))
	keep(dana.ctx, t, "desk-finish")
	dana.do(chooses("[name=disposition]"), fills("document.querySelector('#finish-brief')", "Explained plans; nothing was promised."),
		presses("Return to the assistant"), sees("!document.querySelector('dialog[open]')"), shows("BOT"))
	angela.do(writes("how much do I owe?"), sees("[..."+in(".list")+".children].at(-1).textContent.includes('$1,240.00')"))
	c := p.about("acct-1001")
	if c.Control != "bot" {
		t.Errorf("the conversation is %s", c.Control)
	}
	dana.quiet()
	angela.quiet()
}

func TestATakeOverATransferAndAnApproval(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := start(t, "PARLEY_DEV_CLOCK="+deskClock)
	angela := p.chatOf(ctx, t)
	angela.do(writes("zip 78701, born 1986"), said("$1,240.00"))

	sue := p.deskOf(ctx, t, "Sue")
	sue.do(opened("Bot-handled"), presses("Take over"), sees("document.querySelector('#takeover-why')"),
		fills("document.querySelector('#takeover-why')", "They are confused."), presses("Take over"), sees("document.activeElement === "+composer),
		replies("Hello Angela, a supervisor here, a person."))
	angela.do(said("a supervisor here, a person"))

	luis := p.deskOf(ctx, t, "Luis")
	luis.do(presses("I’m available"), sees("document.querySelector('.dot.available')"))
	at := sue.eval("location.hash")
	sue.do(presses("Transfer"), chooses("[name=to][value=luis]"), fills("document.querySelector('#transfer-comment')", "Wants to settle."),
		presses("Ask them"), shows("TRANSFERRING"))
	luis.do(shows("Offered to you:"), presses("Look first"), shows("wants to hand this to you", "Wants to settle."))
	keep(luis.ctx, t, "desk-transfer")
	sue.do(replies("One moment, I am asking a colleague."))
	angela.do(said("asking a colleague"))
	luis.do(presses("Accept"), shows("YOU"), sees("document.activeElement === "+composer))
	sue.do(sees("document.querySelector('.talk-head').innerText.includes('Luis') && !"+composer), sees("location.hash === '"+at+"'"))

	luis.do(presses("Ask for other terms"), sees("document.querySelector('#ask-total')"), fills("document.querySelector('#ask-total')", "800"),
		fills("document.querySelector('#ask-why')", "One income; pays at once."), presses("Ask"), shows("Waiting for approval"))
	sue.do(chromedp.Click("nav[aria-label=Pages] a[href='#/approvals']"), shows("$800.00", "One income; pays at once."))
	keep(sue.ctx, t, "desk-approvals")
	sue.do(presses("Approve"), sees("document.querySelector('#decide-comment')"), presses("Approve $800.00"), shows("Nothing waits for approval"))
	luis.do(suggested("$800.00"), presses("Insert and edit"), shows("No rule speaks against it"), presses("Send"), bubble("$800.00"))
	angela.do(said("$800.00"))
	luis.do(sees("!document.body.innerText.includes('writing a reply')"))
	keep(luis.ctx, t, "desk-approved")
	for _, s := range []*tab{angela, sue, luis} {
		s.quiet()
	}
}
