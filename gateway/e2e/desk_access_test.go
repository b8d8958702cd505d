package e2e

import (
	"context"
	_ "embed"
	"encoding/json"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axe finds what people with assistive technology trip over: axe-core 4, testdata/axe.LICENSE.
//
//go:embed testdata/axe.min.js
var axe string

// scheme has the page shown light or dark, as the system would ask.
func scheme(name string) action {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}}
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return chromedp.Void{}, err
	}
}

// accessible reports everything axe objects to, in light and in dark.
func (s *tab) accessible(name string) {
	s.t.Helper()
	if s.eval("typeof axe") == "undefined" {
		s.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
			_, err := chromedp.Evaluate[bool](axe+";true")(ctx, t)
			return chromedp.Void{}, err
		})
	}
	for _, theme := range []string{"light", "dark"} {
		s.do(scheme(theme), sees("matchMedia('(prefers-color-scheme: "+theme+")').matches && document.getAnimations().every((a) => a.playState !== 'running')"))
		found := s.eval(`"found"; axe.run(document).then((r) => { window.found = JSON.stringify(r.violations.map((v) =>
			({ Rule: v.id, Help: v.help, At: v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ': ' + n.failureSummary) }))) }), ""`)
		s.do(sees("window.found !== undefined"))
		found = s.eval("(() => { const f = window.found; delete window.found; return f })()")
		var violations []struct {
			Rule, Help string
			At         []string
		}
		if err := json.Unmarshal([]byte(found), &violations); err != nil {
			s.t.Fatal(err)
		}
		for _, v := range violations {
			s.t.Errorf("%s, %s: %s (%s) at %q", name, theme, v.Rule, v.Help, v.At)
		}
		keep(s.ctx, s.t, "desk-axe-"+name+"-"+theme)
	}
}

func TestEveryPageOfTheDeskIsAccessibleInLightAndDark(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := start(t, "PARLEY_DEV_CLOCK="+deskClock)
	p.waiting()
	p.says(angela, "I want to talk to a person")

	s := opens(ctx, t, chromedp.WithNewBrowserContext())
	s.do(chromedp.Navigate("http://"+p.admin+"/desk"), shows("This is a demonstration"))
	s.accessible("sign-in")
	s.do(presses("Sue"), sees("document.querySelectorAll('.rows a').length === 1"))
	s.accessible("queue")
	s.do(opened("Unassigned"), presses("Claim"), sees("document.activeElement === "+composer), fills(composer, "We'll have you arrested."), shows("OD-ARREST-01"),
		sees("!document.querySelector('.toast')"))
	s.accessible("conversation")
	s.do(chromedp.EmulateViewport(390, 844), sees("document.documentElement.scrollWidth <= innerWidth && "+composer+".checkVisibility()"))
	s.accessible("conversation-phone")
	s.do(chromedp.EmulateViewport(1440, 900))
	for page, heading := range map[string]string{"team": "Team", "approvals": "Approvals", "blocked": "Stopped", "report": "Reliability"} {
		s.do(sees("(location.hash = '#/" + page + "', document.querySelector('.sheet h1')?.innerText.includes('" + heading + "') && !document.querySelector('.bones'))"))
		s.accessible(page)
	}
	s.quiet()
}
