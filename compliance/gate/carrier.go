package gate

import (
	"slices"
	"strings"

	"parley/compliance"
)

// CheckCarrier is BC-CARRIER-01, asked when the configuration is read and not per
// message: any finding refuses the start. Channel is as in Contact; status is that
// of the sender's campaign registration, "approved" being the only one that may
// send texts. providerAnswer reports that a written answer of the provider about
// debt buyers is on file.
//
// Twilio permits texts about a debt only to the party owed it, whatever the
// consent (errors 30863 and 30460).
func CheckCarrier(actor compliance.Actor, provider, channel, status string, providerAnswer ...bool) []compliance.Finding {
	if mediumOf("", channel) != mediumText {
		return nil
	}
	const id = "BC-CARRIER-01"
	var found []compliance.Finding
	refuse := func(detail string) {
		found = append(found, compliance.Finding{Rule: id, Cite: compliance.Cite(id), Outcome: compliance.Block, Detail: detail})
	}
	switch actor {
	case compliance.CreditorOwed:
	case compliance.DebtBuyerOwner:
		if len(providerAnswer) == 0 || !providerAnswer[0] {
			refuse("a debt buyer needs the provider's written answer on file before it sends texts")
		}
	case compliance.ThirdParty:
		if strings.EqualFold(provider, "twilio") {
			refuse("Twilio forbids texts that collect a debt for someone else, whatever the consent: use web chat, voice or another provider")
		}
	default:
		refuse("the actor is not set: creditor_owed, debt_buyer_owner or third_party")
	}
	if provider == "" {
		refuse("the provider is not set")
	}
	if !strings.EqualFold(status, "approved") {
		refuse("the sender's campaign is not approved: carriers block texts of an unregistered sender (30034)")
	}
	return found
}

// CheckLicenses is BC-LIC-01 for a configuration: the states in which this actor
// needs a licence number and has none, as findings to show at start. The gate
// blocks contact in those states.
func CheckLicenses(actor compliance.Actor, licenses map[string]string) []compliance.Finding {
	const id = "BC-LIC-01"
	var found []compliance.Finding
	for _, o := range compliance.Overlays() {
		if slices.Contains(o.LicenseRequired, actor) && licenses[o.Place] == "" {
			found = append(found, compliance.Finding{Rule: id, Cite: compliance.Cite(id), Outcome: compliance.Block,
				Detail: "no licence number for " + o.Name + ": people there can't be contacted"})
		}
	}
	return found
}

// CheckFurnish is BC-FURNISH-01: credit reporting only after speaking, or fourteen
// days after a letter or message about the debt with no word that it was
// undeliverable (1006.30(a), cmt 30(a)(1)-2).
func CheckFurnish(fn Furnishing) compliance.Finding {
	finding := fn.check()
	finding.Rule, finding.Cite = "BC-FURNISH-01", compliance.Cite("BC-FURNISH-01")
	return finding
}
