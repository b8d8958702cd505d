package compliance

// Cite is the law or policy behind a rule; empty for an id the rulebook lacks.
func Cite(id string) string { return "" }
