package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// onCall types what the person says on the telephone.
func onCall(text string) action {
	return chromedp.Steps(chromedp.Click("#call-text"), chromedp.KeyEvent(text), enter)
}

// hears waits until Parley has said it, and it was heard.
func hears(text string) action {
	return sees(fmt.Sprintf("[...document.querySelectorAll('#call-log li[data-heard=heard]')].some((li) => li.textContent.includes(%q))", text))
}

// pressed clicks one of the telephone's buttons once it is there. The page does it: what is
// above may still be taking its place when a mouse would have aimed.
func pressed(name string) action {
	return sees(fmt.Sprintf("((b) => b && !b.disabled && (b.click(), true))(document.querySelector('#call [data-do=%q]'))", name))
}

func demoCall(t *testing.T) (*parley, func(...action)) {
	t.Helper()
	ctx := browser(t)
	p := start(t, "PARLEY_TWILIO_ACCOUNT_SID=", "PARLEY_TWILIO_AUTH_TOKEN=", "PARLEY_TWILIO_FROM=", "PARLEY_TWILIO_API_URL=", "PARLEY_PUBLIC_URL=")
	play := func(actions ...action) { t.Helper(); do(ctx, t, actions...) }
	play(chromedp.EmulateViewport(1440, 900), chromedp.Navigate("http://"+p.public+"/demo"), sees("document.querySelector('#person-note').textContent.includes('Owes')"),
		chromedp.Click("#tab-call"))
	t.Cleanup(func() {
		if t.Failed() {
			keep(ctx, t, "failed-"+t.Name())
		}
	})
	return p, func(actions ...action) {
		t.Helper()
		if actions == nil {
			keep(ctx, t, t.Name())
			return
		}
		play(actions...)
	}
}

func TestAPersonCallsAndSettlesIntoAPlan(t *testing.T) {
	t.Parallel()
	p, play := demoCall(t)
	play(pressed("call"), hears("I'm Ava, an AI assistant"), hears("recorded and transcribed"), hears("Am I speaking with Angela Torres?"))
	play(onCall("yes, this is Angela"), hears("ZIP code"))
	play(onCall("my zip is seven eight seven zero one and I was born in nineteen eighty six"), hears("attempt to collect a debt"), hears("What would work for you?"))
	play(onCall("can I pay a hundred fifty five a month"), hears("$155.00"), hears("Would you like me to set it up?"))
	play(onCall("yes"), hears("Please say yes or no"))
	play(onCall("yes"), hears("That is $1,240.00 in all"))
	play()
	c := p.about("acct-1001")
	if c.Channel != "voice" || c.Agreement == nil || c.Agreement.State != "accepted" || cents(t, c) != 124000 {
		t.Fatalf("on %s: %+v", c.Channel, c.Agreement)
	}
	play(pressed("hang-up"), sees("document.querySelector('#call').dataset.call === 'over'"))
}

func TestACallThatBreaksGoesOnAndComesBackFromADeskNobodyAnswers(t *testing.T) {
	t.Parallel()
	_, play := demoCall(t)
	play(pressed("call"), hears("Am I speaking with Angela Torres?"), onCall("yes, this is Angela"), hears("ZIP code"))
	play(pressed("lose"), sees("document.querySelector('#call-log').textContent.includes('The line broke, and is back')"))
	play(onCall("seven eight seven zero one, born nineteen eighty six"), hears("attempt to collect a debt"), hears("What would work for you?"))
	play(onCall("I want to talk to a human"), sees("!document.querySelector('#call-desk').hidden"))
	play()
	play(pressed("agent-none"), hears("A person will call you back"), sees("document.querySelector('#call').dataset.call === 'over'"))
}
