package gate

import (
	"slices"
	"strings"
	"time"

	"parley/compliance"
)

// checkState applies one place's overlay when the person plausibly has a link to
// it. It is in force by the date in any zone they may be in.
func checkState(f *facts, o compliance.Overlay) compliance.Finding {
	if !f.linked(o.Place) || !f.inForce(o) || f.crisis() || f.confirms() || !f.proactive() {
		return pass()
	}
	needs := o.ElectronicNeedsConsent && f.electronic() || o.EmailNeedsConsent && f.medium() == mediumEmail
	if needs && !f.direct() {
		return block("electronic contact there needs consent given to us directly")
	}
	found := f.cap(o.Caps)
	if f.medium() == mediumCall && !f.consentedCall() {
		if o.WorkCalls7 > 0 && f.WorkAddress && f.WorkCalls7 >= o.WorkCalls7 {
			found = later(found, delay(f.startOfDay(1), "%d calls to work in seven days", f.WorkCalls7))
		}
		if o.OtherNumbers30 > 0 && f.OtherNumber && f.OtherNumbers30 >= o.OtherNumbers30 {
			found = later(found, delay(f.startOfDay(1), "%d calls to other numbers in thirty days", f.OtherNumbers30))
		}
	}
	return found
}

// linked reports a plausible link to a place. New York without a known city may be
// New York City.
func (f *facts) linked(place string) bool {
	if place != "NYC" {
		return slices.Contains(f.States, place)
	}
	if slices.Contains(f.States, "NYC") {
		return true
	}
	return slices.Contains(f.States, "NY") && (f.City == "" || slices.Contains(boroughs, strings.ToLower(strings.TrimSpace(f.City))))
}

var boroughs = []string{"new york", "new york city", "nyc", "manhattan", "brooklyn", "queens", "bronx", "the bronx", "staten island",
	"long island city", "astoria", "flushing", "jamaica", "forest hills", "far rockaway"}

func (f *facts) inForce(o compliance.Overlay) bool {
	zones := f.zones()
	if len(zones) == 0 {
		return o.InForce(f.Now.UTC())
	}
	return slices.ContainsFunc(zones, func(loc *time.Location) bool { return o.InForce(f.Now.In(loc)) })
}

// direct reports a consent to this electronic medium, given to us and not revoked,
// or their own use of it.
func (f *facts) direct() bool {
	m := f.medium()
	if m == mediumText && !f.LastTextFromPerson.IsZero() && !f.SMSOptedOut || m == mediumEmail && f.Email.Basis == "direct_consent" {
		return true
	}
	return slices.ContainsFunc(f.Consents, func(c Consent) bool { return c.Scope == m && c.Direct && !c.Revoked })
}

// checkLicense is BC-LIC-01: a licence on file for every state that demands one
// of this actor.
func checkLicense(f *facts) compliance.Finding {
	if f.crisis() {
		return pass()
	}
	for _, state := range f.States {
		if o, ok := compliance.OverlayFor(state); ok && f.inForce(o) && slices.Contains(o.LicenseRequired, f.Actor) && f.Licenses[state] == "" {
			return block("no licence is on file for a state that demands one")
		}
	}
	return pass()
}

// checkNotice is BC-VAL-01: five calendar days after the initial communication the
// validation notice must have gone out (1006.34(a), 1006.42). Until it has, nothing
// else may.
func checkNotice(f *facts) compliance.Finding {
	if f.InitialAt.IsZero() || !f.NoticeSentAt.IsZero() || f.Purpose == "validation_notice" || f.crisis() || f.confirms() {
		return pass()
	}
	if f.days(f.InitialAt) <= 5 {
		return pass()
	}
	if f.credit() || f.live() {
		return escalate("the validation notice is overdue: a person answers and sends it")
	}
	return block("the validation notice is overdue: nothing but the notice may go out")
}
