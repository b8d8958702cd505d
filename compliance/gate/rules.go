package gate

// rules is every rule of the gate in the rulebook's order. The rulebook has the
// citation, the source's confidence mark and the condition of each.
var rules = []rule{
	{id: "GATE-INPUT", check: checkInput},
	{id: "BC-TIME-01", check: checkQuiet, next: nextQuiet},
	{id: "BC-ATTY-01", check: checkAttorney},
	{id: "BC-CEASE-01", check: checkCease},
	{id: "BC-MEDIUM-01", check: checkMedium},
	{id: "BC-3P-01", check: checkThirdParty},
	{id: "BC-BK-01", check: checkBankruptcy},
	{id: "BC-DEC-01", check: checkDeceased},
	{id: "BC-DISPUTE-01", check: checkDispute},
	{id: "BC-SCRA-01", check: checkMilitary},
	{id: "IN-MINOR-01", check: checkMinor},
	{id: "IN-SELFHARM-01", check: checkSelfHarm},
}
