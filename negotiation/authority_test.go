package negotiation

import "testing"

func TestAuthorityIsPerRole(t *testing.T) {
	t.Parallel()
	c := angela(t)
	for _, k := range []struct {
		role  string
		kind  MoveKind
		total int64
		want  bool
	}{
		{"agent", MoveSettlement, 99200, true},
		{"agent", MoveSettlement, 99199, false},
		{"senior_agent", MoveSettlement, 86800, true},
		{"senior_agent", MoveSettlement, 86799, false},
		{"supervisor", MoveSettlement, 74400, true},
		{"supervisor", MoveSettlement, 74399, false},
		{"visitor", MoveSettlement, 124000, false},
		{"", MoveSettlement, 124000, false},
		{"visitor", MovePlan, 124000, true},
		{"supervisor", MoveSettlement, -1, false},
		{"supervisor", MoveSettlement, 1<<63 - 1, false},
	} {
		terms := Terms{Kind: k.kind, Total: USD(k.total)}
		if got := sample().Authorizes(k.role, c, terms); got != k.want {
			t.Errorf("%s, %s of %d: %v", k.role, k.kind, k.total, got)
		}
	}
	if sample().Authorizes("supervisor", c, Terms{Kind: MoveSettlement, Total: Money{Minor: 99200, Currency: "EUR"}}) {
		t.Error("euros are authorised on dollars")
	}
}
