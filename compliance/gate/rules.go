package gate

import (
	"slices"
	"sync"

	"parley/compliance"
)

// base is the rules that hold everywhere, in the rulebook's order.
var base = []rule{
	{id: "GATE-INPUT", check: checkInput},
	{id: "BC-TIME-01", check: checkQuiet, next: nextQuiet},
	{id: "BC-TIME-02", check: checkWindows, next: nextWindow},
	{id: "BC-PLACE-01", check: checkPlace},
	{id: "BC-WORK-01", check: checkWork},
	{id: "BC-WORKEMAIL-01", check: checkWorkEmail},
	{id: "BC-ATTY-01", check: checkAttorney},
	{id: "BC-CEASE-01", check: checkCease},
	{id: "BC-MEDIUM-01", check: checkMedium},
	{id: "BC-FREQ-01", check: checkCalls},
	{id: "BC-FREQ-02", check: checkConversation},
	{id: "BC-FREQ-03", check: checkElectronic},
	{id: "BC-3P-01", check: checkThirdParty},
	{id: "BC-SMS-01", check: checkSMS},
	{id: "BC-EMAIL-01", check: checkEmail},
	{id: "BC-SOCIAL-01", check: checkSocial},
	{id: "BC-TCPA-01", check: checkAutomated},
	{id: "BC-TCPA-02", check: checkSuppressed},
	{id: "BC-TCPA-03", check: checkReassigned},
	{id: "BC-DNC-01", check: checkDoNotCall},
	{id: "BC-AIVOICE-01", check: checkAICall},
	{id: "BC-BK-01", check: checkBankruptcy},
	{id: "BC-DEC-01", check: checkDeceased},
	{id: "BC-DISPUTE-01", check: checkDispute},
	{id: "BC-VAL-01", check: checkNotice},
	{id: "BC-SCRA-01", check: checkMilitary},
	{id: "BC-LIC-01", check: checkLicense},
	{id: "IN-MINOR-01", check: checkMinor},
	{id: "IN-SELFHARM-01", check: checkSelfHarm},
}

// rules is every rule of the gate: those of base, and one a place with an overlay.
var rules = sync.OnceValue(func() []rule {
	all := slices.Clone(base)
	for _, o := range compliance.Overlays() {
		if o.Place != "US" && o.Place != "strict" {
			all = append(all, rule{id: "BC-STATE-" + o.Place, check: func(f *facts) compliance.Finding { return checkState(f, o) }})
		}
	}
	return all
})
