package desk

import (
	"context"
	"slices"

	"parley/gateway/desk/staff"
)

// Disposition is a way for a hand-off to end.
type Disposition struct {
	Code  string `json:"code"`
	Label string `json:"label"`
	// ToBot: the bot may go on after it, where nothing else stands against that.
	ToBot  bool   `json:"to_bot"`
	Effect string `json:"effect" doc:"what choosing it does"`
}

// dispositions are those a desk offers. The ones that mean something in law are the engine's.
var dispositions = []Disposition{
	{"answered", "Question answered", true, ""},
	{"plan_agreed", "Agreed a plan", true, ""},
	{"promise_made", "Promised to pay", true, ""},
	{"paid", "Paid, or says so", true, ""},
	{"callback", "To be called back", true, ""},
	{"written_info", "Information to be sent in writing", true, ""},
	{"no_resolution", "No resolution", true, ""},
	{"hardship", "In hardship", true, "Notes the hardship"},
	{"military", "Serves in the military", true, "Marks the account for the Servicemembers Civil Relief Act"},
	{"opted_out", "Wants no more texts", true, "Stops texts to this number at once"},
	{"disputed", "Disputes the debt", false, "Marks the account disputed and stops collection until it is verified"},
	{"cease", "Wants contact to stop", false, "Stops contact on all debts of the person"},
	{"refused_to_pay", "Refuses to pay", false, "Stops contact about this debt"},
	{"attorney", "Has an attorney", false, "Marks the person represented: only the attorney is contacted"},
	{"bankruptcy", "In bankruptcy", false, "Stops collection"},
	{"deceased", "The person has died", false, "Stops contact but with who settles the estate"},
	{"minor", "Is a minor", false, "Stops contact"},
	{"identity_theft", "Identity theft", false, "Marks the account and stops collection until it is looked into"},
	{"coerced_debt", "The debt was forced on them", false, "Marks the account and stops collection until it is looked into"},
	{"vulnerable", "Vulnerable", false, "Marks the person vulnerable: a human stays with it"},
	{"self_harm", "May be in danger", false, "Marks the person, stops collection and alerts"},
	{"wrong_party", "Wrong person", false, "Marks the number as not the person's: nothing more is sent there"},
	{"complaint", "Complains to a regulator", false, "Holds the record for legal reasons"},
	{"legal_threat", "Threatens legal action", false, "Holds the record for legal reasons"},
}

// Dispositions lists them.
func (s *Service) Dispositions(ctx context.Context) ([]Disposition, error) {
	if _, err := staff.Demand(ctx, staff.QueueRead); err != nil {
		return nil, err
	}
	return slices.Clone(dispositions), nil
}
