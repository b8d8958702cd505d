package dialog

import (
	"strings"
	"unicode"

	"parley/compliance/inbound"
)

// Resolution is how a hand-off ends.
type Resolution struct {
	Disposition, Note string
	// ToBot gives the conversation back to the bot instead of closing it.
	ToBot bool
	// Brief says, where the bot goes on, what was promised; "" takes the Note.
	Brief string
}

// Wrap ends the talking: the agent writes up, and says how it ended before the time
// for that is over.
func (e *Engine) Wrap(snap Snapshot, handoff, agent string, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.heldHandoff(handoff, agent)
	switch {
	case err != nil:
		return Effects{}, err
	case t.conv.Control == ControlWrapping:
		return t.finish(), nil
	case t.conv.Control != ControlHuman:
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "the conversation is " + string(t.conv.Control), Holder: h.Holder}
	}
	h.WrappedAt = t.now
	t.setControl(ControlWrapping, &h)
	return t.finish(), nil
}

// Resolve ends a held hand-off. What it came to is law as much as what the person
// said: a dispute that an agent heard holds the account like one that was written.
func (e *Engine) Resolve(snap Snapshot, handoff, agent string, r Resolution, env Env) (Effects, error) {
	t := e.action(snap, agent, env)
	h, err := t.heldHandoff(handoff, agent)
	switch {
	case err != nil:
		return Effects{}, err
	case t.conv.Control == ControlTransferring:
		return Effects{}, &Refused{Kind: RefusedByControl, Why: "a transfer to " + h.Reserved.To + " is under way: take it back first", Holder: h.Holder}
	}
	next := ControlClosed
	if r.ToBot {
		if err := t.mayReturn(h, &r); err != nil {
			return Effects{}, err
		}
		next = ControlBot
	}
	t.dispose(r.Disposition)
	h.ResolvedAt, h.Disposition, h.Note = t.now, r.Disposition, r.Note
	if r.ToBot {
		h.Brief = r.Brief
		t.backToBot(h, r)
	}
	t.setControl(next, &h)
	return t.finish(), nil
}

// humansOnly are the reasons after which the bot does not go on: the law, or care, asks for a human
// to see it through (rulebook 0.2). They never go back by a timer either.
var humansOnly = map[string]bool{
	string(inbound.SelfHarm): true, string(inbound.Vulnerable): true, string(inbound.Minor): true, string(inbound.Deceased): true,
	string(inbound.Bankruptcy): true, string(inbound.Attorney): true, string(inbound.CeaseContact): true, string(inbound.RefusalToPay): true,
	string(inbound.IdentityTheft): true, string(inbound.CoercedDebt): true, string(inbound.Dispute): true,
	string(inbound.LegalThreat): true, string(inbound.RegulatorComplaint): true,
}

// disposition is what a way for a hand-off to end means in law.
type disposition struct {
	// Label is the event it amounts to; "" for none.
	Label inbound.Label
	// Human: the bot does not go on after it.
	Human bool
}

// dispositions are those with a meaning; any other is only recorded.
var dispositions = map[string]disposition{
	"disputed": {inbound.Dispute, true}, "dispute": {inbound.Dispute, true},
	"complaint": {inbound.RegulatorComplaint, true}, "legal_threat": {inbound.LegalThreat, true},
	"attorney": {inbound.Attorney, true}, "represented": {inbound.Attorney, true},
	"bankruptcy": {inbound.Bankruptcy, true}, "deceased": {inbound.Deceased, true}, "minor": {inbound.Minor, true},
	"cease": {inbound.CeaseContact, true}, "cease_contact": {inbound.CeaseContact, true}, "refused_to_pay": {inbound.RefusalToPay, true},
	"identity_theft": {inbound.IdentityTheft, true}, "coerced_debt": {inbound.CoercedDebt, true},
	"vulnerable": {inbound.Vulnerable, true}, "self_harm": {inbound.SelfHarm, true},
	"wrong_party": {inbound.WrongNumber, true}, "wrong_number": {inbound.WrongNumber, true},
	"hardship": {inbound.Hardship, false}, "opted_out": {inbound.OptOut, false}, "military": {inbound.Military, false},
}

// Dispositions lists the codes that have a meaning in law, sorted. Any other code may be given as well.
func Dispositions() []string { return sorted(keys(dispositions)) }

// dispose does what the way it ended demands, as if the person had written it.
func (t *turn) dispose(code string) {
	d, ok := dispositions[code]
	if !ok || d.Label == "" {
		return
	}
	t.take(inbound.Hit{Label: d.Label, By: "human", Rule: "disposition." + code, Confidence: 1})
}

// mayReturn is the gate on the way back to the bot.
func (t *turn) mayReturn(h Handoff, r *Resolution) error {
	if why := t.humanOnly(h); why != "" {
		return notLikeThis("because of " + why + " a human sees it through: close it instead")
	}
	if dispositions[r.Disposition].Human {
		return notLikeThis("after " + r.Disposition + " a human sees it through: close it instead")
	}
	if r.Brief = strings.TrimSpace(r.Brief); r.Brief == "" {
		r.Brief = strings.TrimSpace(r.Note)
	}
	if !sentence(r.Brief) {
		return notLikeThis("say in a sentence what was promised, or that nothing was")
	}
	return nil
}

// humanFlags are flags of an account that speak against a return like their reasons do.
var humanFlags = map[string]bool{FlagSelfHarm: true, FlagDeceased: true, FlagMinor: true, FlagBankruptcy: true, FlagRepresented: true,
	FlagCease: true, FlagRefused: true, FlagIdentityTheft: true, FlagCoerced: true, FlagDisputed: true, FlagLitigation: true}

// sentence reports whether s says something: two words at least.
func sentence(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return len(words) >= 2
}
