package guard

import (
	"testing"
)

func TestASettlementMayNameItsDay(t *testing.T) {
	t.Parallel()
	g := New()
	f := consumer()
	f.Settlements, f.Amounts = []Cents{99200}, append(f.Amounts, 99200)
	f.Dates, f.OfferExpires = []string{"2026-12-01", "2026-12-08"}, "2026-12-08"
	for text, blocked := range map[string]bool{
		"How about this: one payment of $992.00 on December 1, 2026 to settle the account, open until December 8, 2026?": false,
		"How about this: one payment of $612.00 on December 1, 2026 to settle the account, open until December 8, 2026?": true,
	} {
		found := false
		for _, v := range g.Check(text, f) {
			found = found || v.Rule == "OD-OFFER-01"
		}
		if found != blocked {
			t.Errorf("OD-OFFER-01 %v for %q", found, text)
		}
	}
}
