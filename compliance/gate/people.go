package gate

import (
	"slices"
	"time"

	"parley/compliance"
)

// checkInput refuses a contact whose facts can't be judged.
func checkInput(f *facts) compliance.Finding {
	switch {
	case f.Now.IsZero():
		return block("the instant of contact is not given")
	case f.medium() == mediumUnknown:
		return block("the medium is not one the rules know")
	case f.Profile != "" && f.Profile != Legal && f.Profile != Strict:
		return block("the profile is neither legal nor strict")
	}
	return pass()
}

// profile is the profile in force; none said is the strict one.
func (f *facts) profile() Profile {
	if f.Profile == Legal {
		return Legal
	}
	return Strict
}

// checkAttorney is BC-ATTY-01: a represented person is reached through their
// attorney; one reply to what they write does not lift the flag.
func checkAttorney(f *facts) compliance.Finding {
	if !f.Represented || f.AttorneyAllows || f.credit() || f.live() && f.Purpose == "reply" || f.crisis() || f.passesOn() {
		return pass()
	}
	return block("an attorney represents this person: write to the attorney")
}

// checkThirdParty is BC-3P-01: to others only location information, or the
// neutral words for a wrong party.
func checkThirdParty(f *facts) compliance.Finding {
	if !f.RecipientIsThirdParty && !f.WrongParty {
		return pass()
	}
	if f.crisis() || f.passesOn() || f.Purpose == "wrong_party" && f.credit() || f.Purpose == "opt_out_confirmation" && f.confirms() {
		return pass()
	}
	if f.Purpose == "location" && !f.WrongParty {
		return pass()
	}
	return block("the recipient is not the person who owes: say nothing about a debt")
}

// checkBankruptcy is BC-BK-01: the automatic stay ends every act to collect.
func checkBankruptcy(f *facts) compliance.Finding {
	if !f.Bankruptcy || f.crisis() || f.credit() || f.passesOn() || f.live() && f.Purpose == "reply" {
		return pass()
	}
	return block("a bankruptcy is noted: route to the trustee or the attorney")
}

// checkDeceased is BC-DEC-01: never the decedent's addresses, but the one
// condolence to who told us; a verified representative is the consumer.
func checkDeceased(f *facts) compliance.Finding {
	if !f.Deceased || f.HandlesEstate || f.crisis() || f.passesOn() || f.credit() || f.Purpose == "location" {
		return pass()
	}
	return block("the person has died: only who handles the estate may be sought")
}

// checkMilitary is BC-SCRA-01: active duty goes to a person before anything more
// is asked for.
func checkMilitary(f *facts) compliance.Finding {
	if !f.Military || !f.collects() || f.Human {
		return pass()
	}
	return escalate("active duty is claimed or found: a person checks the record first")
}

// checkMinor stops all but the one reply that says so (1006.6(a)(2), policy).
func checkMinor(f *facts) compliance.Finding {
	if !f.Minor || f.crisis() || f.credit() || f.passesOn() {
		return pass()
	}
	return block("the person is a minor: no contact")
}

// checkSelfHarm holds collection after words of self-harm until a person has
// released it.
func checkSelfHarm(f *facts) compliance.Finding {
	if !f.SelfHarm || f.crisis() || f.Purpose == "handoff" || f.confirms() || f.Human && !f.collects() {
		return pass()
	}
	return block("words of self-harm were heard: collection is held until a person releases it")
}

// checkCease is BC-CEASE-01. Each notice of 1006.6(c)(2) may go out once, approved
// by a person.
func checkCease(f *facts) compliance.Finding {
	since := f.CeaseAt
	if since.IsZero() || !f.RefusedAt.IsZero() && f.RefusedAt.Before(since) {
		since = f.RefusedAt
	}
	if since.IsZero() || f.Now.Before(since) || f.crisis() || f.confirms() || f.passesOn() {
		return pass()
	}
	if slices.Contains(ceaseNotices, f.Purpose) {
		switch {
		case f.CeaseNoticesSent > 0:
			return block("this notice has gone out once already")
		case !f.Approved:
			return escalate("a notice after a cease request needs a person's approval")
		}
		return pass()
	}
	if f.LastInbound.After(since) && f.credit() {
		return escalate("they wrote again after asking us to cease: a person decides")
	}
	return block("they asked us to cease, or refused to pay")
}

// ceaseNotices are the three communications 1006.6(c)(2) permits.
var ceaseNotices = []string{"6c2_terminating_efforts", "6c2_may_invoke_remedy", "6c2_intends_remedy"}

// checkDispute is BC-DISPUTE-01: no collection until verification was sent. The
// law holds it for a dispute within the validation period; policy for every one.
func checkDispute(f *facts) compliance.Finding {
	if f.IdentityTheft && f.collects() {
		return block("identity theft is claimed: collection is held")
	}
	if !f.Disputed && !f.DisputeInValidation || f.VerificationSent || !f.collects() {
		return pass()
	}
	return block("the debt is disputed and verification was not sent yet")
}

// checkMedium is BC-MEDIUM-01 with BC-TCPA-02: a medium or an address the person
// barred, for every debt.
func checkMedium(f *facts) compliance.Finding {
	if !f.barred() || f.crisis() || f.confirms() || f.credit() || f.passesOn() {
		return pass()
	}
	if f.live() && f.Purpose == "reply" && f.heardWithin(24*time.Hour) {
		return pass()
	}
	return block("the person barred this medium or address, for every debt")
}

func (f *facts) barred() bool {
	m := f.medium()
	for _, p := range f.ProhibitedMedia {
		if p == "all" || mediumOf(p, "") == m {
			return true
		}
	}
	return f.MediumProhibited || m == mediumText && f.SMSOptedOut || m == mediumCall && (f.VoiceOptedOut || f.DoNotCall)
}
