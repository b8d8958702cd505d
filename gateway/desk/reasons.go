package desk

import (
	"strings"

	"parley/dialog"
)

// reasonTexts say each reason for a hand-off in a few words. One that is not here is said by its code.
var reasonTexts = map[string]string{
	"request_human": "Asked for a person", "requested_human": "Asked for a person", "low_confidence": "Not understood well enough",
	"dispute": "Disputes the debt", "validation_request": "Wants the debt verified", "identity_theft": "Says it is identity theft",
	"coerced_debt": "Says the debt was forced on them", "bankruptcy": "Bankruptcy", "attorney_represented": "Has an attorney", "deceased": "The person has died",
	"minor": "May be a minor", "cease_contact": "Wants contact to stop", "refusal_to_pay": "Refuses to pay", "wrong_number": "Says it is the wrong person",
	"third_party": "Somebody else writes", "hardship": "In financial hardship", "vulnerable": "May be vulnerable", "self_harm": "May be in danger",
	"legal_threat": "Threatens legal action", "regulator_complaint": "Complains to a regulator", "military": "Serves in the military",
	"stop_payment": "Wants a payment stopped", "identity_failed": "Could not be identified", "identity_not_given": "Would not identify themselves",
	"identity_unavailable": "Could not be identified just now", "delivery_failed": "A message could not be delivered", "contact_undecided": "Contact needs a decision",
	"no_move": "No offer is left that the policy allows", "no_lawful_reply": "No lawful reply was found", "offer_not_valid": "An accepted offer no longer stands",
	"change_agreement": "Wants to change an agreement", "promise_broken_again": "Broke a promise again", "approval_expired": "An approval ran out",
	"approval_failed": "What was approved could not be done", "approval_rejected": "An approval was refused", "turn_failed": "The bot failed several times",
	"load_failed": "The account could not be read", "record_unavailable": "The account could not be read", "model_asked": "The bot asked for a person",
	"mode_off": "The bot is switched off here", "draft_only": "The bot has drafted a reply", "taken_over": "Taken over by an agent",
	"written_copy_failed": "A written copy could not be sent", "wrote_after_opt_out": "Wrote after opting out", "wrote_after_wrong_number": "Wrote after saying it is the wrong person",
	"template_blocked": "A fixed text could not be sent", "no_account": "No account was found", "no_policy": "No policy for the account", "act_failed": "An action failed",
}

// ReasonText says a reason in a few words.
func ReasonText(code string) string {
	if text, ok := reasonTexts[code]; ok {
		return text
	}
	if capability, ok := strings.CutPrefix(code, "capability_"); ok {
		return "Not for the bot to do: " + strings.ReplaceAll(capability, "_", " ")
	}
	if code == "" {
		return ""
	}
	text := strings.ReplaceAll(code, "_", " ")
	return strings.ToUpper(text[:1]) + text[1:]
}

// codes are the codes of a hand-off's reasons.
func codes(h *dialog.Handoff) []string {
	out := []string{}
	if h != nil {
		for _, r := range h.Reasons {
			out = append(out, r.Code)
		}
	}
	return out
}
