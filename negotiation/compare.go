package negotiation

import "github.com/golang-sql/civil"

// compare marks offers by how they stand to the one plan that the person has
// just asked for, so that an answer can be true: what policy permits is not
// "impossible" because something else is offered first. Lump sums are not
// marked: a "can't" that ended at the floor would tell where the floor is.
func (t *table) compare(moves []Move) {
	var plans []Ask
	for _, a := range t.asks {
		if a.Kind == AskPlan {
			plans = append(plans, a)
		}
	}
	if len(plans) != 1 {
		return
	}
	asked, _, ok := t.wanted(plans[0])
	permitted := ok && t.withinPolicy(asked)
	beyond := ok && !permitted || t.countless(plans[0])
	for i := range moves {
		if len(moves[i].Terms.Installments) == 0 || moves[i].Accepts {
			continue
		}
		moves[i].Beyond = beyond
		moves[i].Sooner = permitted && moves[i].Kind == MovePlan && lastDue(moves[i].Terms).Before(lastDue(asked))
	}
}

// withinPolicy reports whether policy permits a plan, whatever the person can carry.
func (t *table) withinPolicy(terms Terms) bool {
	c := t.c
	c.Surplus = nil
	return Validate(t.p, c, terms) == nil
}

// countless reports payments so small that their plan can't be laid out.
func (t *table) countless(a Ask) bool {
	each := max(a.Amount.Minor, a.Max.Minor)
	return each > 0 && t.c.Balance.Minor/each >= Most
}

func lastDue(t Terms) civil.Date { return t.Installments[len(t.Installments)-1].Due }
