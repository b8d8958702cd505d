package gate

import "strings"

// NameRevealsDebt reports a business name that would tell a stranger who hears it
// that a debt is being collected. Such a name is not said by an artificial voice
// before the right person is on the line (BC-AIVOICE-01), nor in a limited-content
// message (1006.2(j)(1)(i)). Doubt counts as yes.
func NameRevealsDebt(name string) bool {
	lower := strings.ToLower(name)
	for _, stem := range telling {
		if strings.Contains(lower, stem) {
			return true
		}
	}
	return strings.TrimSpace(name) == ""
}

// telling are stems of words that a collector's name gives itself away by.
var telling = []string{"debt", "collect", "recover", "receivable", "arrear", "delinquen", "default", "judgment", "judgement",
	"charge-off", "chargeoff", "credit control", "credit management", "repossess", "bailiff", "cobran", "cobro", "deuda"}
