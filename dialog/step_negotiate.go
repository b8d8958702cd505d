package dialog

import (
	"context"
	"slices"

	"parley/dialog/llm"
	"parley/dialog/understand"
	"parley/negotiation"
)

// negotiate asks the engine what may be offered now, with exact terms, and mints
// an id for each move. Numbers come from here and from nowhere else.
func (t *turn) negotiate() {
	moves, err := step(t, StepNegotiate, t.negotiateInput(), func(context.Context) ([]negotiation.Move, error) {
		return t.permitted(), nil
	}, func([]negotiation.Move) any { return t.movesNote() })
	if err != nil {
		moves = []negotiation.Move{{Key: "a", Kind: negotiation.MoveHandoff, Reason: "a person looks at this"}}
		t.mint(moves)
	}
	t.moves = moves
	if n := len(t.conv.Asked); n > 40 {
		t.conv.Asked = slices.Clone(t.conv.Asked[n-40:])
	}
}

func (t *turn) negotiateInput() any {
	asks := make([]string, 0, len(t.said.Asks))
	for _, a := range t.said.Asks {
		asks = append(asks, understand.AskWords(a))
	}
	return map[string]any{"asks": asks, "on_the_table": len(t.conv.Table)}
}

// permitted are the engine's moves; what lies on the table stays there while
// the person asks for nothing else.
func (t *turn) permitted() []negotiation.Move {
	if t.restricted() != "" {
		return t.mint([]negotiation.Move{{Key: "a", Kind: negotiation.MoveHandoff, Reason: "a person looks at this account"}})
	}
	if len(t.conv.Table) > 0 && len(t.said.Asks) == 0 && !t.said.Has(moving...) {
		return nil
	}
	asks := t.said.Asks
	if len(asks) == 0 {
		asks = t.impliedAsks()
	}
	if len(asks) > 0 && len(t.conv.Offered) > 0 {
		t.conv.Round++ // it answers an offer of ours
	}
	before := t.negotiationCase() // asks are new: in the history they would count as repeated
	t.conv.Asked = append(slices.Clone(t.conv.Asked), asks...)
	return t.mint(t.fitting(t.unrefused(negotiation.Moves(t.policy(), before, asks))))
}

// unrefused leaves out settlements that a human has refused here: the same one,
// and any for less.
func (t *turn) unrefused(moves []negotiation.Move) []negotiation.Move {
	return slices.DeleteFunc(slices.Clone(moves), func(m negotiation.Move) bool {
		return m.Kind == negotiation.MoveSettlement && m.Terms.Total.Minor <= t.conv.Declined
	})
}

// fitting leaves out the way to a human for hardship while the person is asking
// for terms and there is a plan they can afford.
func (t *turn) fitting(moves []negotiation.Move) []negotiation.Move {
	plans := func(m negotiation.Move) bool { return m.Kind == negotiation.MovePlan }
	if !t.said.Has(understand.MakePlan, understand.Counter, understand.Settle, understand.Promise, understand.PayFull) || !slices.ContainsFunc(moves, plans) {
		return moves
	}
	return slices.DeleteFunc(slices.Clone(moves), func(m negotiation.Move) bool { return m.Kind == negotiation.MoveHardship })
}

// moving are the intents that call for new offers though something is on the table.
var moving = []understand.Name{understand.MakePlan, understand.Settle, understand.PayFull, understand.Promise,
	understand.Counter, understand.Decline, understand.Hardship}

func (t *turn) impliedAsks() []negotiation.Ask {
	switch {
	case t.said.Has(understand.Settle):
		return []negotiation.Ask{{Kind: negotiation.AskSettlement}}
	case t.said.Has(understand.PayFull):
		return []negotiation.Ask{{Kind: negotiation.AskFull}}
	case t.said.Has(understand.MakePlan):
		return []negotiation.Ask{{Kind: negotiation.AskPlan}}
	case t.said.Has(understand.Decline) && len(t.conv.Table) > 0:
		return []negotiation.Ask{{Kind: negotiation.AskLower}}
	}
	return nil
}

// mint gives each move an id of this turn.
func (t *turn) mint(moves []negotiation.Move) []negotiation.Move {
	for _, m := range moves {
		t.minted[t.id+"."+m.Key] = m
	}
	return moves
}

func (t *turn) movesNote() any {
	notes := make([]map[string]any, 0, len(t.minted))
	for _, id := range sorted(keys(t.minted)) {
		m := t.minted[id]
		note := map[string]any{"id": id, "kind": m.Kind, "reason": m.Reason}
		if len(m.Terms.Installments) > 0 {
			note["terms"] = llm.NewOption(id, m, "en").Words
			note["total"] = m.Terms.Total.Decimal()
			note["payments"] = len(m.Terms.Installments)
		}
		if m.Accepts {
			note["accepts"] = true
		}
		if m.For != "" {
			note["for"] = m.For
		}
		notes = append(notes, note)
	}
	return map[string]any{"moves": notes}
}

// policy is that of the account's portfolio; a portfolio without one permits nothing.
func (t *turn) policy() negotiation.Policy {
	a, _ := t.account()
	return t.e.Settings.Portfolios[a.Portfolio].Policy
}

// negotiationCase is what the engine may know.
func (t *turn) negotiationCase() negotiation.Case {
	a, _ := t.account()
	c := negotiation.Case{
		Balance: a.Owed(), Today: t.today(), Surplus: t.conv.Surplus, Payday: t.conv.Payday,
		Round: t.conv.Round, Hardship: t.conv.Hardship,
		Settle: t.level("settlement") == LevelAuto || t.level("settlement") == LevelApprove,
	}
	if c.Surplus == nil {
		c.Surplus = a.Finances.MonthlySurplus
	}
	if c.Payday == "" {
		c.Payday = a.Finances.Payday
	}
	for _, o := range t.conv.Offered {
		c.History.Offered = append(c.History.Offered, o.Terms)
	}
	c.History.Asked = t.conv.Asked
	c.Behavior = behavior(a)
	return c
}

// restricting are the flags under which nothing may be collected, the gravest first.
var restricting = []string{FlagSelfHarm, FlagDeceased, FlagMinor, FlagBankruptcy, FlagRepresented, FlagCease, FlagRefused,
	FlagIdentityTheft, FlagCoerced, FlagDisputed, FlagHold, FlagLitigation, FlagMilitary, FlagTimeBarred}

// restricted names the flag under which nothing may be collected, "" for none.
func (t *turn) restricted() string {
	a, ok := t.account()
	if !ok {
		return "no_account"
	}
	for _, flag := range restricting {
		if a.Has(flag) {
			return flag
		}
	}
	if _, known := t.e.Settings.Portfolios[a.Portfolio]; !known {
		return "no_policy"
	}
	return ""
}

func (t *turn) level(capability string) Level {
	a, _ := t.account()
	return t.e.Level(a.Portfolio, capability)
}
