package store

import (
	"slices"
	"time"

	"parley/dialog"
)

// RetentionYears is how long evidence of compliance, or of the lack of it, is kept
// after the last collection activity on the debt (12 CFR 1006.100(a)).
const RetentionYears = 3

// KeepUntil is the earliest moment at which a record may be purged. A time on
// February 29 counts to March 1: never less than the three years.
func KeepUntil(lastActivity time.Time) time.Time {
	return lastActivity.AddDate(RetentionYears, 0, 0)
}

// Hold is a reason why a record must be kept.
type Hold struct {
	// Code is stable: retention, open_handoff, human_control, open_approval, work_waiting, open_agreement, open_promise, or flag:NAME.
	Code string `json:"code"`
	// Rule is the rulebook's id, where one demands it.
	Rule string `json:"rule,omitempty"`
	// Account it is about, where it is about one.
	Account string `json:"account,omitempty"`
	// Until is when it ends by itself; zero: when a person ends it.
	Until time.Time `json:"until,omitzero"`
}

// holdingFlags are matters that are open until a person closes them: what was said may be evidence.
var holdingFlags = []string{
	dialog.FlagLitigation, dialog.FlagDisputed, dialog.FlagHold, dialog.FlagIdentityTheft,
	dialog.FlagCoerced, dialog.FlagBankruptcy, dialog.FlagRepresented,
}

// openAgreement are the states of an agreement that isn't over.
var openAgreement = []dialog.AgreementState{
	dialog.AgreementProposed, dialog.AgreementApproved, dialog.AgreementAccepted, dialog.AgreementActive,
}

// Holds are all the reasons why a record must be kept now; none: it may be purged. What can't be told is a reason.
func Holds(r Retained, now time.Time) []Hold {
	var all []Hold
	switch until := KeepUntil(r.LastActivity); {
	case r.LastActivity.IsZero():
		all = append(all, Hold{Code: "retention", Rule: "REC-01"})
	case now.Before(until):
		all = append(all, Hold{Code: "retention", Rule: "REC-01", Until: until})
	}
	if r.Handoff || r.Conversation.Handoff.Open() {
		all = append(all, Hold{Code: "open_handoff"})
	} else if c := r.Conversation.Control; c != dialog.ControlBot && c != dialog.ControlClosed {
		all = append(all, Hold{Code: "human_control"})
	}
	if r.Approvals > 0 {
		all = append(all, Hold{Code: "open_approval"})
	}
	if r.Waiting > 0 {
		all = append(all, Hold{Code: "work_waiting"})
	}
	if g := r.Conversation.Agreement; g != nil && slices.Contains(openAgreement, g.State) && !onAccount(*g, r.Accounts) {
		all = append(all, Hold{Code: "open_agreement", Account: g.Account})
	}
	for _, a := range r.Accounts {
		all = append(all, accountHolds(a)...)
	}
	return all
}

// onAccount reports whether an account has the agreement: its copy, which payments and people move on, is the one that counts.
func onAccount(g dialog.Agreement, accounts []dialog.Account) bool {
	return slices.ContainsFunc(accounts, func(a dialog.Account) bool {
		return slices.ContainsFunc(a.Agreements, func(known dialog.Agreement) bool { return known.ID == g.ID })
	})
}

func accountHolds(a dialog.Account) []Hold {
	var all []Hold
	for _, flag := range holdingFlags {
		if a.Has(flag) {
			all = append(all, Hold{Code: "flag:" + flag, Account: a.ID})
		}
	}
	if slices.ContainsFunc(a.Agreements, func(g dialog.Agreement) bool { return slices.Contains(openAgreement, g.State) }) {
		all = append(all, Hold{Code: "open_agreement", Account: a.ID})
	}
	if slices.ContainsFunc(a.Promises, func(p dialog.Promise) bool { return p.State == "open" || p.State == "partial" }) {
		all = append(all, Hold{Code: "open_promise", Account: a.ID})
	}
	return all
}
