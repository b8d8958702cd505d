package negotiation

import (
	"cmp"
	"reflect"
	"slices"
)

// Moves lists what Parley may do now, best first: a yes to what the person
// asks where that is right, then the offers of this round, then questions and
// ways out. Asks are what the person has just asked, in the order they were
// said; c.History holds what went before them.
//
// Every offer passes Validate. The list is never empty; where nothing may be
// offered it ends with the hardship path or a hand-off. The same input gives
// the same moves.
func Moves(p Policy, c Case, asks []Ask) []Move {
	t, ok := newTable(p, c, asks)
	if !ok {
		return []Move{{Key: "a", Kind: MoveHandoff, Reason: "the figures of this account need a person to look at them"}}
	}
	s := t.span(t.cadence)
	if len(s) == 0 && t.cadence != Monthly {
		s = t.span(Monthly)
	}
	moves, accepted := t.offers(s)
	moves = append(t.repairs(), moves...)
	if t.short(s, accepted) {
		moves = slices.Insert(moves, hardshipPlace(s, moves), Move{Kind: MoveHardship, Reason: "when money is short, a person can look at a pause or smaller payments"})
	}
	moves = append(moves, t.ways(s, accepted)...)
	if len(moves) == 0 {
		moves = append(moves, Move{Kind: MoveHandoff, Reason: "a person can look at this with more room"})
	}
	for i := range moves {
		moves[i].Key = string(rune('a' + i))
	}
	return moves
}

// offers are the yes to what is asked, or else the menu of this round; accepted
// says which.
func (t *table) offers(s span) (moves []Move, accepted bool) {
	at := 0
	if len(s) > 0 {
		at = t.planRung(s)
	}
	for _, a := range t.asks {
		if m, ok := t.answer(a, s, at); ok {
			moves = append(moves, m)
			accepted = accepted || m.Accepts
		}
	}
	slices.SortStableFunc(moves, func(a, b Move) int { return cmp.Compare(yes(b), yes(a)) })
	moves = append(moves, t.rest(s, at)...)
	if !accepted {
		moves = append(moves, t.menu(s, at)...)
	}
	moves = t.keep(moves)
	t.compare(moves)
	if !accepted && t.standing(moves) {
		moves = slices.Insert(moves, 0, Move{Kind: MoveHold, Reason: "the offers made before still stand"})
	}
	return moves, accepted
}

func yes(m Move) int {
	if m.Accepts {
		return 1
	}
	return 0
}

// rest is a plan that begins with a promised payment and spreads what it
// leaves over: "600 by Christmas, and then 80 a month".
func (t *table) rest(s span, at int) []Move {
	if len(s) == 0 {
		return nil
	}
	var out []Move
	for _, a := range t.asks {
		down := lump(t.c.Balance, a)
		if a.Kind != AskPromise || down.Minor <= 0 || down.Minor >= t.c.Balance.Minor {
			continue
		}
		due, exact := t.day(a, t.latest)
		left := Money{Minor: t.c.Balance.Minor - down.Minor, Currency: down.Currency}
		each := s[at].Installments[0].Amount
		amounts := append([]Money{down}, splitBy(left, each)...)
		if !exact || len(amounts) > Most {
			continue
		}
		terms := Terms{Kind: MovePlan, Total: t.c.Balance, Cadence: s[at].Cadence, Installments: lay(amounts, due, s[at].Cadence, t.pay)}
		out = append(out, Move{Kind: MovePlan, Terms: terms, For: down.String() + " on " + spell(due), Reason: "what is promised first, and the rest in payments after it"})
	}
	return out
}

// keep drops offers that are there already and any that the independent check
// refuses, and bounds the list.
func (t *table) keep(moves []Move) []Move {
	var out []Move
	for _, m := range moves {
		double := false
		for _, o := range out {
			double = double || reflect.DeepEqual(o.Terms, m.Terms)
		}
		if !double && t.ok(m.Terms) && len(out) < 8 {
			out = append(out, m)
		}
	}
	return out
}

// standing reports that the person has asked for something else and there is
// nothing new to say to it.
func (t *table) standing(moves []Move) bool {
	if len(t.asks) == 0 || len(moves) == 0 || t.c.Round == 0 {
		return false
	}
	for _, m := range moves {
		if !t.offeredBefore(m.Terms) {
			return false
		}
	}
	return true
}

func (t *table) offeredBefore(terms Terms) bool {
	for _, o := range t.c.History.Offered {
		if o.Kind != terms.Kind || o.Total != terms.Total || len(o.Installments) != len(terms.Installments) {
			continue
		}
		if len(o.Installments) > 0 && o.Installments[0].Amount == terms.Installments[0].Amount {
			return true
		}
	}
	return false
}

// repairs are the questions that come first: an ask that can't be meant.
func (t *table) repairs() []Move {
	for _, found := range t.flaws {
		switch found {
		case badAmount:
			return []Move{{Kind: MoveAsk, Field: "amount", Reason: "the amount can't be used as it was said"}}
		case badCurrency:
			return []Move{{Kind: MoveAsk, Field: "amount", Reason: "the account is in " + t.c.Balance.Currency}}
		case badDate:
			return []Move{{Kind: MoveAsk, Field: "start", Reason: "that day has passed or does not exist"}}
		}
	}
	return nil
}

// short reports that the hardship path belongs on the list: the person has told
// of a hardship, no plan fits what they have left, or they keep asking for
// payments below any there are.
func (t *table) short(s span, accepted bool) bool {
	return t.c.Hardship || !accepted && (len(s) == 0 && t.c.Surplus != nil || t.c.Round > 0 && t.belowReach(s))
}

// hardshipPlace is the first place when no plan fits or a hardship meets
// nothing to accept, else the last.
func hardshipPlace(s span, moves []Move) int {
	if len(s) == 0 && (len(moves) == 0 || !moves[0].Accepts) {
		return 0
	}
	return len(moves)
}

// ways are what is left besides offers: the question that would help most, and
// a person.
func (t *table) ways(s span, accepted bool) []Move {
	var out []Move
	if t.c.Surplus == nil && !accepted {
		out = append(out, Move{Kind: MoveAsk, Field: "surplus", Reason: "knowing what is left each month helps to find payments that can be kept"})
	}
	if t.c.Payday == "" {
		out = append(out, Move{Kind: MoveAsk, Field: "payday", Reason: "payments that follow the payday are easier to keep"})
	}
	promised := false
	for _, a := range t.asks {
		promised = promised || a.Kind == AskPromise
	}
	if promised && promiseReach(t.c.Behavior) == 0 || !accepted && t.c.Round > enough {
		out = append(out, Move{Kind: MoveHandoff, Reason: "a person can look at this with more room"})
	}
	return out
}

// belowReach reports that the person asks for payments smaller than the
// smallest there are.
func (t *table) belowReach(s span) bool {
	load := t.askedLoad()
	return load > 0 && (len(s) == 0 || s[len(s)-1].load > load)
}
