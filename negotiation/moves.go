package negotiation

// Moves lists what Parley may do now, best first. Every offer in it passes
// Validate. The list is never empty: where there is nothing to offer it holds
// a hand-off.
func Moves(p Policy, c Case, asks []Ask) []Move {
	if c.Balance.Minor <= 0 || !c.Balance.Positive() || !c.Today.IsValid() {
		return []Move{{Key: "a", Kind: MoveHandoff, Reason: "the account needs a person to look at it"}}
	}
	pay := parsePayday(c.Payday)
	first := pay.onOrAfter(c.Today.AddDays(1))
	moves := []Move{{
		Kind:   MoveFull,
		Terms:  Terms{Kind: MoveFull, Total: c.Balance, Installments: []Installment{{Due: first, Amount: c.Balance}}},
		Reason: "paying everything at once closes the account",
	}}
	for _, n := range []int{p.Plan.MaxMonths / 2, p.Plan.MaxMonths} {
		amounts := split(c.Balance, n)
		if n < 2 || amounts[0].Minor < p.Plan.MinPayment.Minor || c.Surplus != nil && amounts[0].Minor > c.Surplus.Minor {
			continue
		}
		moves = append(moves, Move{
			Kind:   MovePlan,
			Terms:  Terms{Kind: MovePlan, Total: c.Balance, Cadence: Monthly, Installments: lay(amounts, first, Monthly, pay)},
			Reason: "equal payments over the whole balance",
		})
	}
	if c.Hardship {
		moves = append(moves, Move{Kind: MoveHardship, Reason: "a person can look at what is possible"})
	}
	for i := range moves {
		moves[i].Key = string(rune('a' + i))
	}
	return moves
}
