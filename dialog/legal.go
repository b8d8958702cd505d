package dialog

import (
	"parley/compliance/inbound"
)

// response is what an event demands of a turn, as data: the law's part of the
// reply is never left to a model. The order of precedence is the rulebook's, in
// package inbound; every event's flags are set, only the first one's reply is said.
type response struct {
	Label inbound.Label
	// Flags are set on the person's accounts.
	Flags []string
	// Template is said; "" leaves the reply to the conversation.
	Template string
	// Purpose of the message, as the guard and the gate know it.
	Purpose string
	// Handoff gives the conversation to a human, with this priority.
	Handoff  bool
	Priority int
	// Cancel drops everything queued to the address and about the accounts.
	Cancel bool
	// Suppress stops a medium: "sms", "voice" or "all".
	Suppress string
	// Known: acted on only once it is known who asks; before, they are asked who they are.
	Known bool
	// Stranger: whoever writes is not the person, whatever they gave to show it.
	Stranger bool
	// Always: say it whoever has control.
	Always bool
}

// responses is the explicit list, in the order of the rulebook's section 0.2.
var responses = []response{
	{Label: inbound.SelfHarm, Flags: []string{FlagSelfHarm, FlagHold}, Template: "crisis", Purpose: "crisis", Handoff: true, Priority: 3, Cancel: true, Always: true},
	{Label: inbound.CardData, Template: "card_redacted", Purpose: "reply"},
	{Label: inbound.Minor, Flags: []string{FlagMinor}, Template: "minor", Purpose: "wrong_party", Handoff: true, Priority: 2, Cancel: true, Suppress: "all", Stranger: true},
	{Label: inbound.Deceased, Flags: []string{FlagDeceased}, Template: "deceased", Purpose: "reply", Handoff: true, Priority: 2, Cancel: true},
	{Label: inbound.Bankruptcy, Flags: []string{FlagBankruptcy}, Template: "bankruptcy", Purpose: "reply", Handoff: true, Priority: 2, Cancel: true},
	{Label: inbound.Attorney, Flags: []string{FlagRepresented}, Template: "attorney_ask", Purpose: "reply", Handoff: true, Priority: 2, Cancel: true},
	{Label: inbound.CeaseContact, Flags: []string{FlagCease}, Template: "opt_out_confirmation", Purpose: "opt_out_confirmation", Handoff: true, Priority: 1, Cancel: true, Suppress: "all", Always: true},
	{Label: inbound.OptOut, Template: "opt_out_confirmation", Purpose: "opt_out_confirmation", Cancel: true, Suppress: "sms", Always: true},
	{Label: inbound.WrongNumber, Template: "wrong_party", Purpose: "wrong_party", Cancel: true, Suppress: "wrong_party", Stranger: true},
	{Label: inbound.ThirdParty, Template: "third_party", Purpose: "wrong_party", Handoff: true, Priority: 1, Stranger: true},
	{Label: inbound.IdentityTheft, Flags: []string{FlagIdentityTheft, FlagDisputed}, Template: "identity_theft", Purpose: "reply", Handoff: true, Priority: 2, Cancel: true},
	{Label: inbound.CoercedDebt, Flags: []string{FlagCoerced, FlagHold, FlagVulnerable}, Template: "coerced", Purpose: "reply", Handoff: true, Priority: 2, Cancel: true},
	{Label: inbound.Dispute, Flags: []string{FlagDisputed}, Template: "dispute_ack", Purpose: "reply", Handoff: true, Priority: 1, Cancel: true},
	{Label: inbound.RefusalToPay, Flags: []string{FlagRefused, FlagCease}, Template: "opt_out_confirmation", Purpose: "opt_out_confirmation", Handoff: true, Priority: 1, Cancel: true, Suppress: "all", Always: true},
	{Label: inbound.Military, Flags: []string{FlagMilitary}, Template: "military", Purpose: "reply", Handoff: true, Priority: 1},
	{Label: inbound.Vulnerable, Flags: []string{FlagVulnerable}, Template: "vulnerable", Purpose: "reply", Handoff: true, Priority: 2},
	{Label: inbound.EmployerProhibits, Template: "inconvenient", Purpose: "reply", Cancel: true},
	{Label: inbound.InconvenientTime, Template: "inconvenient", Purpose: "reply", Cancel: true},
	{Label: inbound.InconvenientPlace, Template: "inconvenient", Purpose: "reply", Cancel: true},
	{Label: inbound.MediumRestriction, Template: "medium", Purpose: "reply"},
	{Label: inbound.RecordingObjection, Template: "recording_stopped", Purpose: "reply", Handoff: true, Priority: 1},
	{Label: inbound.StopPayment, Template: "stop_payment", Purpose: "reply", Handoff: true, Priority: 2},
	{Label: inbound.RequestHuman, Template: "handoff", Purpose: "handoff", Handoff: true, Priority: 0},
	{Label: inbound.BotQuery, Template: "bot", Purpose: "reply"},
	{Label: inbound.ValidationRequest, Known: true, Template: "validation_ack", Purpose: "reply", Handoff: true, Priority: 1},
	{Label: inbound.LegalThreat, Flags: []string{FlagLitigation}, Template: "complaint", Purpose: "reply", Handoff: true, Priority: 2},
	{Label: inbound.RegulatorComplaint, Flags: []string{FlagLitigation}, Template: "complaint", Purpose: "reply", Handoff: true, Priority: 2},
	{Label: inbound.LanguageRequest, Template: "language", Purpose: "handoff", Handoff: true, Priority: 0},
	{Label: inbound.Hardship}, // heard, and left to the engine: it has a path for it
	{Label: inbound.Help, Template: "help", Purpose: "help", Always: true},
	{Label: inbound.OptIn, Template: "opt_in_confirmation", Purpose: "opt_in_confirmation", Always: true},
}

func responseTo(l inbound.Label) (response, bool) {
	for _, r := range responses {
		if r.Label == l {
			return r, true
		}
	}
	return response{}, false
}
