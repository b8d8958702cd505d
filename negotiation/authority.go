package negotiation

// Authorizes reports whether a person in a role may approve terms. Terms over
// the whole balance need no authority. A settlement needs a role whose lowest
// share it reaches; a role the policy doesn't list has none. Authority permits
// nothing that Validate refuses: the floor holds for every role.
func (p Policy) Authorizes(role string, c Case, t Terms) bool {
	if t.Kind != MoveSettlement {
		return true
	}
	least, listed := p.Authority[role]
	if !listed || least <= 0 || !c.Balance.Positive() || !t.Total.Positive() || t.Total.Currency != c.Balance.Currency {
		return false
	}
	return t.Total.Minor*int64(whole) >= c.Balance.Minor*int64(least)
}
