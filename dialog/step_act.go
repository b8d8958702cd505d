package dialog

import (
	"context"
	"fmt"

	"parley/dialog/llm"
	"parley/dialog/understand"
	"parley/negotiation"
	"parley/prompts"
)

// capabilityOf names what an offer's acceptance does.
var capabilityOf = map[negotiation.MoveKind]string{
	negotiation.MovePlan: "payment_plan", negotiation.MoveSettlement: "settlement",
	negotiation.MovePromise: "promise", negotiation.MoveFull: "promise",
}

// asksFor are the capabilities behind what a person asks for, beyond offers.
var asksFor = []struct {
	Intent     understand.Name
	Capability string
}{
	{understand.AskBalance, "answer_balance"}, {understand.Dispute, "dispute"}, {understand.Validation, "validation"},
	{understand.UpdateContact, "update_contact"}, {understand.Callback, "callback"}, {understand.PaymentLink, "payment_link"},
}

// beyondAutonomy finds something asked for that the bot may not do by itself.
func (t *turn) beyondAutonomy() (Reason, bool) {
	for _, a := range asksFor {
		if t.said.Has(a.Intent) && t.level(a.Capability) != LevelAuto {
			t.record(StepAuthorise, StepHandoff, map[string]any{"capability": a.Capability}, map[string]any{"level": t.level(a.Capability)})
			return Reason{Code: "capability_" + a.Capability, Detail: "The bot may not do this alone: " + a.Capability + " is " + string(t.level(a.Capability)) + "."}, true
		}
	}
	return Reason{}, false
}

// accept commits an offer: checks it again outside the model, asks whether it may be done
// alone, does it, and says exactly what was done.
func (t *turn) accept(o Offer) {
	if t.in.Choice == "" && o.MadeAt.After(t.in.At) && t.restate() {
		return // they wrote before it was made: a yes to what nobody has read is none
	}
	capability := capabilityOf[o.Kind]
	level := t.level(capability)
	err := t.stillGood(o)
	outcome := StepOK
	if level != LevelAuto || err != nil {
		outcome = StepHandoff
	}
	output := map[string]any{"level": level, "allowed": outcome == StepOK}
	if err != nil {
		output["why"] = err.Error()
	}
	t.record(StepAuthorise, outcome, map[string]any{"capability": capability, "offer": o.ID}, output)
	if level == LevelAuto || level == LevelApprove {
		t.use(capability, o.ID)
	}
	switch {
	case err != nil:
		t.conv.Table = nil
		t.handOff(Reason{Code: "offer_not_valid", Detail: "The accepted offer is no longer valid: " + err.Error()}, 1)
	case level == LevelApprove:
		t.requestApproval(o)
	case level != LevelAuto:
		t.handOffSaying("handoff", "handoff", Reason{Code: "capability_" + capability, Detail: "The bot may not do this alone."}, 0)
	default:
		if a, _ := t.account(); o.Kind != negotiation.MovePromise || o.Terms.Total.Minor >= a.Owed().Minor { // a part paid meanwhile changes nothing
			t.supersede("the person agreed to something else")
		}
		t.act(o)
	}
}

// stillGood checks an offer where it is taken: not expired, within policy, adding up.
func (t *turn) stillGood(o Offer) error {
	if flag := t.restricted(); flag != "" {
		return fmt.Errorf("the account is flagged %s", flag)
	}
	if e := o.Terms.Expires; e.IsValid() && e.Before(t.today()) {
		return fmt.Errorf("it expired on %s", e)
	}
	return negotiation.Validate(t.policy(), t.negotiationCase(), o.Terms)
}

// act makes the agreement or promise. It is idempotent: an offer makes one agreement.
func (t *turn) act(o Offer) {
	_, err := step(t, StepAct, map[string]any{"offer": o.ID, "kind": o.Kind}, func(context.Context) (string, error) {
		if a := t.conv.Agreement; a != nil && a.Offer == o.ID {
			return "already agreed", nil
		}
		if p := t.conv.Promise; p != nil && p.Offer == o.ID {
			return "already promised", nil
		}
		if o.Kind == negotiation.MovePromise || o.Kind == negotiation.MoveFull {
			return t.promise(o), nil
		}
		t.propose(o, AgreementAccepted)
		return "agreement " + t.conv.Agreement.ID, nil
	}, func(s string) any { return s })
	if err != nil {
		t.handOff(Reason{Code: "act_failed", Detail: "The agreement could not be recorded."}, 2)
		return
	}
	t.conv.Table, t.conv.Pending = nil, ""
	t.confirmAgreement(o)
}

// confirmAgreement says what was agreed, from the record and not from a model.
func (t *turn) confirmAgreement(o Offer) {
	option := llm.NewOption(o.ID, negotiation.Move{Kind: o.Kind, Terms: withoutExpiry(o.Terms)}, t.conv.Language)
	key := "accepted_total"
	if o.Kind == negotiation.MovePromise || o.Kind == negotiation.MoveFull {
		key = "accepted_promise"
	}
	values := map[string]string{"words": option.Words}
	for k, v := range option.Values {
		values[k] = v
	}
	text, err := llm.Fill(prompts.Phrases(t.conv.Language).Say(key, 0), values)
	if err != nil {
		t.handOff(Reason{Code: "compose_failed", Detail: "The agreement is recorded; its confirmation could not be written."}, 2)
		return
	}
	t.record(StepCompose, StepOK, map[string]any{"by": "template", "template": key}, map[string]any{"text": text})
	if !t.send(outgoing{Text: text, Offers: []Offer{o}, From: "bot"}) {
		t.handOff(Reason{Code: "no_lawful_reply", Detail: "The agreement is recorded; its confirmation was blocked."}, 2)
	}
	t.writtenCopy(o)
	t.arm()
}

func withoutExpiry(terms negotiation.Terms) negotiation.Terms {
	terms.Expires = negotiation.Terms{}.Expires
	return terms
}
