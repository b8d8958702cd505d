package gate

import (
	"strings"
	"time"
)

// replies carries over whether the contact answers something they wrote.
func (g *given) replies(c *Contact, home *time.Location, id string) {
	switch {
	case !g.ReplyTo.IsZero():
		c.LastInbound = g.ReplyTo.in(home)
	case bool(g.Reply || g.TheyBegan || g.TheyUsed) || g.RepliesSince != nil && !strings.HasPrefix(id, "BC-TIME-") || g.Purpose == "reply" || g.Purpose == "opt_out_confirmation":
		c.LastInbound = c.Now
	default:
		return
	}
	if c.Purpose == "" {
		c.Purpose = "reply"
	}
	if c.Purpose == "opt_out_confirmation" {
		c.RepliesSince += g.TimesSent + g.Confirmations
	}
}

// address carries over what a row says of an address.
func (g *given) address(c *Contact, home *time.Location, id string) {
	c.LedToDisclosure, c.DoNotCall, c.Public = g.LedToDisclosure, g.DoNotCall, g.Public
	c.ProhibitedMedia, c.Places, c.AtPlaceNow = g.Prohibited, g.Places, g.AtPlace
	c.WorkAddress, c.WroteFromWork = g.WorkAddress || g.EmployerDomain || g.AddressType == "work" || g.NumberType == "work", g.WroteFromWork
	if g.EmployerBars {
		c.Places = append(c.Places, "work")
	}
	if g.LegalName != "" || g.DBA != "" {
		said := g.LegalName
		if g.DBA != "" {
			said = g.DBA // the registered trade name is what is said
		}
		c.AICall = AICall{NameSafe: !NameRevealsDebt(said), CallbackSet: true, OptOutWorks: true, AsksForThem: true}
	}
	if g.License != "" {
		c.Licenses = map[string]string{strings.ToUpper(g.State): g.License}
	}
	if g.RND != nil {
		c.Reassigned = g.RND.Reassigned != nil && *g.RND.Reassigned
		if !g.RND.Checked.IsZero() && !bool(g.RND.Error) && g.RND.Reassigned != nil {
			c.RNDCheckedAt = g.RND.Checked.in(home)
		}
	}
	revoked := bool(g.Withdrawn || g.Revoked || g.ConsentRevoked || g.OptedOut)
	if !g.LastText.IsZero() && !revoked && (g.Basis == "" || g.Basis == "consumer_texted") {
		c.LastTextFromPerson = g.LastText.in(home)
	}
	if at := first(g.Renewed, g.Consent); !at.IsZero() {
		direct := !strings.Contains(g.Basis, "creditor")
		for _, scope := range []string{mediumText, mediumEmail, "ai_voice"} {
			c.Consents = append(c.Consents, Consent{Scope: scope, At: at.in(home), Direct: direct, Revoked: revoked})
		}
	}
	if strings.HasPrefix(id, "BC-STATE-") && len(c.Consents) == 0 && !revoked {
		// The rows of states are about their caps; consent is not in question.
		for _, scope := range []string{mediumText, mediumEmail} {
			c.Consents = append(c.Consents, Consent{Scope: scope, At: c.Now, Direct: true})
		}
	}
	c.Email = EmailFacts{Basis: emailBasis(g.Basis), OptOutDays: g.OptOutWindow, EmployerDomain: g.EmployerDomain,
		PriorCollectorUsed: strings.HasPrefix(g.Basis, "prior_collector") && (g.PriorUsed == nil || *g.PriorUsed) && !strings.Contains(g.Basis, "never"),
		OptedOut:           bool(g.OptedOut)}
	if !g.Notice.IsZero() {
		c.Email.NoticeAt = g.Notice.in(home)
	}
}

// emailBasis is the basis in the gate's words.
func emailBasis(s string) string {
	switch {
	case strings.HasPrefix(s, "consumer_used"), strings.HasPrefix(s, "consumer_emailed"), strings.HasPrefix(s, "consumer_wrote"):
		return "consumer_used"
	case strings.HasPrefix(s, "prior_collector"):
		return "prior_collector"
	}
	return s
}

// person carries over what a row says of the person and the debt.
func (g *given) person(c *Contact, home *time.Location) {
	c.Represented, c.AttorneyAllows = g.Represented && !g.Unrelated, g.AttorneyAllows
	c.Bankruptcy, c.Deceased, c.HandlesEstate = g.Bankruptcy, g.Deceased, g.Executor
	c.Minor, c.Military, c.RecipientIsThirdParty, c.IdentityTheft = g.Minor, g.Military, g.ThirdParty, g.IdentityTheft
	if g.Recipient != "" {
		c.RecipientIsThirdParty = !g.permitted()
	}
	if !g.Cease.IsZero() {
		c.CeaseAt = g.Cease.in(home)
	}
	if !g.Refused.IsZero() {
		c.RefusedAt = g.Refused.in(home)
	}
	c.CeaseNoticesSent = g.TimesSent
	if !g.DisputedOn.IsZero() && !g.DisputedOn.in(home).After(c.Now) {
		c.Disputed = true
		c.DisputeInValidation = g.ValidationEnd.IsZero() || !g.DisputedOn.in(home).After(g.ValidationEnd.in(home))
		c.VerificationSent = !g.Verification.IsZero() && !g.Verification.in(home).After(c.Now)
	}
	if !g.OCRequested.IsZero() && !g.OCRequested.in(home).After(c.Now) && (g.OCSent.IsZero() || g.OCSent.in(home).After(c.Now)) {
		c.Disputed, c.DisputeInValidation, c.VerificationSent = true, true, false
	}
	if !g.Initial.IsZero() {
		c.InitialAt = g.Initial.in(home)
	}
	if !g.NoticeSent.IsZero() {
		c.NoticeSentAt = g.NoticeSent.in(home)
	}
}

// permitted reports a recipient that 1006.6(d)(1) lets hear of the debt. A spouse
// counts as a third party unless consent is on file [P]; who stands for the person
// must be verified.
func (g *given) permitted() bool {
	switch g.Recipient {
	case "consumer", "attorney", "creditor", "cra", "creditor_attorney", "collector_attorney":
		return true
	case "parent_of_minor", "guardian", "executor", "administrator", "personal_representative", "successor_in_interest":
		return bool(g.Verified) || g.Executor
	}
	return bool(g.OthersConsent)
}

// histories counts the logs of a row by day, as the record would.
func (g *given) histories(c *Contact, home *time.Location) {
	for _, log := range [][]givenContact{g.Calls, g.Contacts} {
		for _, e := range log {
			g.count(c, e, home)
		}
	}
	if g.Prior != nil && !g.Prior.Received.IsZero() {
		c.CallConsent = CallConsent{At: g.Prior.Received.in(home), Revoked: g.Prior.Revoked != nil && g.Prior.Revoked != false}
		if !g.Prior.For.IsZero() {
			c.CallConsent.For = g.Prior.For.Format(time.DateOnly)
		}
		if !g.Prior.Expires.IsZero() && c.Now.After(g.Prior.Expires.in(home)) {
			c.CallConsent.Revoked = true
		}
	}
}

// count adds one past contact to the day it fell on.
func (g *given) count(c *Contact, e givenContact, home *time.Location) {
	when := first(e.Date, e.At).in(home)
	ago := localDays(when, c.Now, home)
	if ago < 0 || !g.concerns(e) {
		return
	}
	medium := mediumOf(e.Medium, e.Channel)
	if e.Medium == "" && e.Channel == "" {
		medium = mediumCall
	}
	excluded := e.Excluded != nil && e.Excluded != false && e.Excluded != ""
	if medium == mediumCall && e.Conversation && (!excluded || e.Excluded == "prior_consent") && when.After(c.LastConversation) {
		c.LastConversation = when
	}
	theirs := e.InitiatedBy == "consumer" || e.InitiatedBy == "person"
	answered := e.Reply || e.Proactive != nil && !*e.Proactive
	if ago >= len(c.CallDays) || excluded || theirs || answered || unconnected(e) {
		return
	}
	c.AllDays[ago]++
	switch medium {
	case mediumCall:
		c.CallDays[ago]++
	case mediumText:
		c.TextDays[ago]++
	case mediumEmail, mediumSocial:
		c.EmailDays[ago]++
	}
}

// concerns reports that a past contact was with this person about this debt; one
// about no particular debt counts for all [P].
func (g *given) concerns(e givenContact) bool {
	if g.Person != "" && e.Person != "" && e.Person != g.Person {
		return false
	}
	if g.Account != "" && e.Account != "" && e.Account != g.Account {
		return false
	}
	if g.Debt == "" || e.Debt == "" && len(e.Debts) == 0 || e.Debt == g.Debt {
		return true
	}
	for _, d := range e.Debts {
		if d == g.Debt {
			return true
		}
	}
	return false
}

// unconnected reports a call that never reached the number: busy, not in service.
func unconnected(e givenContact) bool {
	if e.Connected != nil && !*e.Connected {
		return true
	}
	switch e.Result {
	case "busy", "not_in_service", "disconnected", "failed", "invalid":
		return true
	}
	return false
}
