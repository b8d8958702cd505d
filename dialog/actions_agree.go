package dialog

import (
	"fmt"

	"parley/negotiation"
)

// Offers are what an agent may record as agreed now: what lies on the table, and what the
// engine permits. The id of each is made of its terms, and stays while they do.
func (e *Engine) Offers(snap Snapshot, env Env) []Offer {
	t := e.action(snap, "service", env)
	s, ok := t.study()
	if !ok {
		return nil
	}
	var all []Offer
	seen := map[string]bool{}
	for _, o := range s.offers() {
		o.ID = recordedAs(o)
		if !seen[o.ID] && t.stillGood(o) == nil {
			all, seen[o.ID] = append(all, o), true
		}
	}
	return all
}

// recordedAs is the id of an offer as a human records it.
func recordedAs(o Offer) string {
	return "agreed." + ApprovalArgs{Kind: o.Kind, Terms: o.Terms}.Hash()[:20]
}

// Agree records that the person has accepted an offer of [Engine.Offers], as the agent who
// holds the conversation heard it. Law and policy are checked as for the bot; a settlement beyond
// the role's authority needs an approval of exactly these terms, which it uses up. The written copy goes
// to the person; the agent is given the words that confirm it. The same again changes nothing.
func (e *Engine) Agree(snap Snapshot, agent, role, offer string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	if err := t.maySpeak(agent, 0); err != nil {
		return Effects{}, err
	}
	if a, p := t.conv.Agreement, t.conv.Promise; a != nil && a.Offer == offer || p != nil && p.Offer == offer {
		return t.finish(), nil
	}
	o, ok := t.recordable(offer)
	if !ok {
		return Effects{}, notLikeThis("this may not be offered now, or its terms have changed: look at the offers again")
	}
	args := ApprovalArgs{Kind: o.Kind, Terms: o.Terms}
	a, approved := t.approvedFor(args)
	switch {
	case approved:
		a.State, a.ConsumedAt = ApprovalConsumed, t.now
		t.putApproval(a)
	case t.authority(role, args):
		t.supersede("a human recorded what the person accepted")
	default:
		return Effects{}, notLikeThis(fmt.Sprintf("the role %s may not settle for this: ask for approval", role))
	}
	t.event("agreement.recorded", t.who(), map[string]any{"offer": o.ID, "kind": o.Kind, "total": o.Terms.Total.Decimal()})
	t.act(o)
	return t.finish(), nil
}

// recordable finds an offer by its id among what may be agreed now.
func (t *turn) recordable(id string) (Offer, bool) {
	for _, o := range t.e.Offers(t.snap, t.env) {
		if o.ID == id {
			return o, true
		}
	}
	return Offer{}, false
}

// approvedFor finds an approval of these terms that was not used, whoever offered them.
func (t *turn) approvedFor(args ApprovalArgs) (Approval, bool) {
	for _, a := range t.snap.Approvals {
		same := ApprovalArgs{Kind: a.Args.Kind, Terms: a.Args.Terms}.Hash() == args.Hash()
		if a.State == ApprovalApproved && a.SHA256 == a.Args.Hash() && same && a.Args.Kind == negotiation.MoveSettlement && t.now.Before(a.ExpiresAt) {
			return a, true
		}
	}
	return Approval{}, false
}
