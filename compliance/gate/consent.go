package gate

import (
	"time"

	"parley/compliance"
)

// fresh is how long a text, a consent or a database check speaks for a number
// (1006.6(d)(5)).
const fresh = 60

// checkSMS is BC-SMS-01: the procedures for texts that keep an accidental
// disclosure to a stranger from being a violation (1006.6(d)(3), (d)(5)).
func checkSMS(f *facts) compliance.Finding {
	if f.medium() != mediumText || f.crisis() || f.confirms() {
		return pass()
	}
	if f.LedToDisclosure {
		return block("a text to this number has reached a stranger before")
	}
	if f.Reassigned {
		return block("the number belongs to someone else now")
	}
	if f.credit() {
		return pass() // they wrote from this number within a day
	}
	basis := false
	if !f.LastTextFromPerson.IsZero() {
		basis = true
		if f.current(f.LastTextFromPerson) {
			return pass()
		}
	}
	for _, c := range f.Consents {
		if c.Scope != mediumText || !c.Direct || c.Revoked || c.At.IsZero() {
			continue
		}
		basis = true
		if f.current(c.At) {
			return pass()
		}
	}
	if basis {
		return delay(f.Now.Add(24*time.Hour), "the reassigned numbers database must be asked first: over %d days have passed", fresh)
	}
	return block("they neither texted from this number nor consented to us directly; a call from it does not count")
}

// current reports that a text or consent speaks for the number still: within sixty
// days, or with a database check since then that is itself within sixty days.
func (f *facts) current(since time.Time) bool {
	if since.After(f.Now) {
		return false
	}
	if f.days(since) <= fresh {
		return true
	}
	checked := f.RNDCheckedAt
	return !checked.IsZero() && !checked.Before(since) && !checked.After(f.Now) && f.days(checked) <= fresh
}

// checkEmail is BC-EMAIL-01: e-mail by the person's own use or consent, a creditor's
// notice whose time to opt out has passed, or the prior collector's use
// (1006.6(d)(4)).
func checkEmail(f *facts) compliance.Finding {
	if f.medium() != mediumEmail || f.crisis() || f.credit() {
		return pass()
	}
	e := f.Email
	if e.OptedOut {
		return block("they opted out of e-mail to this address")
	}
	switch e.Basis {
	case "consumer_used", "direct_consent":
		return pass()
	case "creditor_notice":
		return f.noticeBasis()
	case "prior_collector":
		if e.PriorCollectorUsed && !e.EmployerDomain {
			return pass()
		}
		return block("the prior collector never used this address")
	}
	for _, c := range f.Consents {
		if c.Scope == mediumEmail && c.Direct && !c.Revoked {
			return pass()
		}
	}
	return block("nothing permits e-mail to this address")
}

// noticeBasis is 1006.6(d)(4)(ii): at least 35 days to opt out, and they are over.
func (f *facts) noticeBasis() compliance.Finding {
	e := f.Email
	const shortest = 35
	if e.NoticeAt.IsZero() || e.OptOutDays < shortest || e.EmployerDomain {
		return block("the creditor's notice gave too little time, or the employer gives the address")
	}
	if passed := f.daysSince(e.NoticeAt); passed <= e.OptOutDays {
		return delay(f.startOfDay(e.OptOutDays-passed+1), "their time to opt out of e-mail runs until day %d", e.OptOutDays)
	}
	return pass()
}

// checkSocial is BC-SOCIAL-01 (1006.22(f)(4)).
func checkSocial(f *facts) compliance.Finding {
	if f.medium() == mediumSocial && f.Public {
		return block("others could see this message")
	}
	return pass()
}

// checkAutomated is BC-TCPA-01: an artificial or prerecorded voice needs the prior
// express consent of the called party (47 USC 227(b)(1)(A)(iii), FCC 24-17).
func checkAutomated(f *facts) compliance.Finding {
	if f.medium() != mediumCall || !f.artificial() || f.live() {
		return pass()
	}
	if f.consented("ai_voice") {
		return pass()
	}
	return block("an artificial voice needs consent for this number that is not revoked")
}

// consented reports a consent of the scope that is not revoked. A later
// revocation of the scope ends the earlier consents.
func (f *facts) consented(scope string) bool {
	var given, revoked time.Time
	for _, c := range f.Consents {
		switch {
		case c.Scope != scope || c.At.After(f.Now):
		case c.Revoked && c.At.After(revoked):
			revoked = c.At
		case !c.Revoked && c.At.After(given):
			given = c.At
		}
	}
	return !given.IsZero() && given.After(revoked)
}

// checkSuppressed is BC-TCPA-02: an opt-out holds at once, over campaigns, debts
// and vendors; the law's ten business days are no licence (64.1200(a)(10)).
func checkSuppressed(f *facts) compliance.Finding {
	if f.crisis() || f.confirms() || f.credit() || f.live() && f.Purpose == "reply" || f.passesOn() {
		return pass()
	}
	if f.medium() == mediumText && f.SMSOptedOut || f.medium() == mediumCall && f.VoiceOptedOut {
		return block("this number opted out")
	}
	return pass()
}

// checkReassigned is BC-TCPA-03: the safe harbour of 64.1200(m) wants a database
// check; policy asks again after thirty days in the strict profile.
func checkReassigned(f *facts) compliance.Finding {
	if f.medium() != mediumText && f.medium() != mediumCall || f.live() || f.crisis() {
		return pass()
	}
	if f.Reassigned {
		return block("the number belongs to someone else now")
	}
	if f.profile() != Strict || f.credit() || f.confirms() {
		return pass()
	}
	latest := f.RNDCheckedAt
	for _, c := range f.Consents {
		if !c.Revoked && c.At.After(latest) {
			latest = c.At
		}
	}
	if f.LastTextFromPerson.After(latest) {
		latest = f.LastTextFromPerson
	}
	if len(f.Consents) > 0 && f.days(latest) > 30 {
		return delay(f.Now.Add(24*time.Hour), "the consent is over 30 days old: ask the reassigned numbers database first")
	}
	return pass()
}

// checkDoNotCall is BC-DNC-01: the house's own list, for everyone.
func checkDoNotCall(f *facts) compliance.Finding {
	if f.DoNotCall && f.medium() == mediumCall && !f.live() && !f.crisis() {
		return block("they asked to be on the do-not-call list")
	}
	return pass()
}

// checkAICall is BC-AIVOICE-01: what an outbound call by an artificial voice needs
// beyond consent (64.1200(b)).
func checkAICall(f *facts) compliance.Finding {
	if f.Medium != "ai_voice" || f.live() {
		return pass()
	}
	a := f.AICall
	switch {
	case !a.NameSafe && !a.RightPartyOK:
		return block("the registered name would tell a stranger of a debt: a person must call")
	case !a.CallbackSet || !a.OptOutWorks || !a.AsksForThem:
		return block("a call by an artificial voice needs a callback number, a working opt-out and a script that asks for the person first")
	}
	return pass()
}
