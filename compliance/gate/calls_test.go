package gate

import (
	"testing"
	"time"

	"parley/compliance"
)

// onTheLine is a call of the person's own, just connected.
func onTheLine() Contact {
	now := time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC)
	return Contact{
		Now: now, Profile: Legal, Actor: compliance.CreditorOwed, Channel: "voice", Medium: "ai_voice", Live: true,
		Zones: []string{"America/Chicago"}, States: []string{"TX"}, LastInbound: now,
	}
}

func TestWhoeverIsOnTheLineIsNotLeftInSilence(t *testing.T) {
	t.Parallel()
	for name, flag := range map[string]func(*Contact){
		"cease":         func(c *Contact) { c.CeaseAt = c.Now.AddDate(0, -1, 0) },
		"wrong party":   func(c *Contact) { c.WrongParty = true },
		"deceased":      func(c *Contact) { c.Deceased, c.RepliesSince = true, 3 },
		"a minor":       func(c *Contact) { c.Minor, c.RepliesSince = true, 3 },
		"opted out":     func(c *Contact) { c.VoiceOptedOut, c.RepliesSince = true, 3 },
		"at night":      func(c *Contact) { c.Now = time.Date(2026, 12, 1, 7, 0, 0, 0, time.UTC); c.LastInbound = c.Now },
		"seven calls":   func(c *Contact) { c.Calls7 = 9 },
		"spoke lately":  func(c *Contact) { c.LastConversation = c.Now },
		"represented":   func(c *Contact) { c.Represented, c.RepliesSince = true, 3 },
		"in bankruptcy": func(c *Contact) { c.Bankruptcy, c.RepliesSince = true, 3 },
	} {
		c := onTheLine()
		flag(&c)
		c.Purpose = "handoff"
		if v := Decide(c); v.Decision != Allow {
			t.Errorf("%s: words that pass the call on: %+v", name, v)
		}
		c.Live, c.LastInbound, c.Purpose = false, time.Time{}, ""
		if v := Decide(c); v.Decision == Allow {
			t.Errorf("%s: a call of ours was allowed", name)
		}
	}
}

func TestOnTheLineNothingIsCollectedFromWhoMayNotBeAsked(t *testing.T) {
	t.Parallel()
	for name, flag := range map[string]func(*Contact){
		"cease":       func(c *Contact) { c.CeaseAt = c.Now.AddDate(0, -1, 0) },
		"wrong party": func(c *Contact) { c.WrongParty = true },
		"deceased":    func(c *Contact) { c.Deceased, c.RepliesSince = true, 3 },
		"self-harm":   func(c *Contact) { c.SelfHarm = true },
	} {
		c := onTheLine()
		flag(&c)
		c.Purpose = "reply"
		if v := Decide(c); v.Decision == Allow {
			t.Errorf("%s: an answer about the debt was allowed", name)
		}
	}
}
