package dialog

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/negotiation"
)

// outgoing is a message before it is cleared.
type outgoing struct {
	Text    string
	Purpose string
	From    string // bot, agent, system
	Name    string // a human agent's
	Choices []channels.Choice
	// Offers are those whose figures the text may name.
	Offers []Offer
	// Figures and Days are others it may name: what was paid, what is left, when it is due.
	Figures []negotiation.Money
	Days    []civil.Date
	// AnyEpoch: see Outgoing.
	AnyEpoch bool
	// Spoken is how it is said on a call.
	Spoken  channels.Spoken
	planned string // the draft
}

// send passes a text through the guard and the gate and queues it. It reports
// whether the guard let it out; a text that the gate delays or cancels counts as
// sent, since other words would not change that.
func (t *turn) send(o outgoing) bool {
	planned := o.Text
	if t.voice() {
		if !t.sayable(&o) {
			return true
		}
	}
	facts := t.facts(o)
	out := t.outbound(o)
	out.Spoken = o.Spoken
	cleared, err := step(t, StepGuard, map[string]any{"draft": o.Text, "purpose": o.Purpose}, func(context.Context) (guard.Cleared, error) {
		c, found, err := t.e.Guard.Clear(out, facts)
		if err != nil {
			return c, err
		}
		if c.Zero() {
			return c, blocked(found)
		}
		return c, nil
	}, func(c guard.Cleared) any {
		return map[string]any{"text": c.Out().Text, "rewrites": compliance.RuleIDs(c.Rewrites()), "sha256": c.SHA256()}
	})
	if err != nil {
		var b blockedError
		errors.As(err, &b)
		t.blockedBy = b.Findings
		t.mark(StepBlocked)
		t.trace.Steps[len(t.trace.Steps)-1].Output = map[string]any{"findings": b.Findings}
		t.event("message.blocked", o.From, map[string]any{"rules": err.Error(), "purpose": o.Purpose})
		return false
	}
	if !t.withheld(o, cleared) {
		o.planned = planned
		t.gateAndQueue(o, cleared)
	}
	return true
}

// blockedError says which rules stand against a text.
type blockedError struct{ Findings []compliance.Finding }

func blocked(f []compliance.Finding) error { return permanent{blockedError{f}} }

func (b blockedError) Error() string {
	return "blocked by " + strings.Join(compliance.RuleIDs(b.Findings), ", ")
}

// gateAndQueue asks the contact gate, and queues the message as it says.
func (t *turn) gateAndQueue(o outgoing, cleared guard.Cleared) {
	snap := t.snap
	snap.Conversation, snap.Address = t.conv, t.address
	snap.Accounts = nil
	for _, id := range sorted(keys(t.accounts)) {
		snap.Accounts = append(snap.Accounts, t.accounts[id])
	}
	verdict, err := step(t, StepGate, map[string]any{"purpose": o.Purpose, "channel": t.conv.Channel, "zones": t.zones()},
		func(context.Context) (gate.Verdict, error) {
			return gate.Decide(t.e.Settings.Contact(snap, o.Purpose, o.From, t.now)), nil
		}, func(v gate.Verdict) any {
			return map[string]any{"decision": v.Decision, "until": stamp(v.Until), "rules": compliance.RuleIDs(v.Findings)}
		})
	t.verdict = verdict
	if t.strict && verdict.Decision != gate.Allow {
		t.mark(StepBlocked)
		return
	}
	queued := Outgoing{Cleared: cleared, From: o.From, Purpose: o.Purpose, AnyEpoch: o.AnyEpoch}
	if t.voice() {
		queued.Planned = o.planned
	}
	switch {
	case err != nil || verdict.Decision == gate.Escalate:
		t.mark(StepHandoff)
		t.queue(Reason{Code: "contact_undecided", Detail: "The contact gate could not allow the reply."}, 1)
		t.event("contact.escalated", "service", map[string]any{"rules": compliance.RuleIDs(verdict.Findings)})
		return
	case verdict.Decision == gate.Delay:
		queued.NotBefore = verdict.Until
		t.event("contact.delayed", "service", map[string]any{"until": stamp(verdict.Until), "rules": compliance.RuleIDs(verdict.Findings)})
	case verdict.Decision != gate.Allow:
		t.mark(StepBlocked)
		t.event("contact.blocked", "service", map[string]any{"rules": compliance.RuleIDs(verdict.Findings)})
		return
	}
	t.disclosed(cleared.Out().Text)
	t.conv.LastOutbound = t.now
	t.conv.RepliesSince++
	if queued.NotBefore.IsZero() {
		t.answered(o)
	}
	if !t.pass(queued) {
		return
	}
	t.lastSent = cleared.Out().ID
	t.event("message.cleared", o.From, map[string]any{
		"message": cleared.Out().ID, "sha256": cleared.SHA256(), "purpose": o.Purpose, "rewrites": compliance.RuleIDs(cleared.Rewrites())})
}

// pass hands a message on: with the effects, or at once where the turn speaks aloud. It
// reports false when that could not be done; nothing was said then.
func (t *turn) pass(o Outgoing) bool {
	if !t.aloud {
		t.fx.Outgoing = append(t.fx.Outgoing, o)
		return true
	}
	o.Turn = t.id
	if t.unsaid != nil || t.env.Say == nil {
		return false
	}
	if t.unsaid = t.env.Say(t.ctx, o); t.unsaid != nil {
		return false
	}
	t.spokenNow++
	return true
}

func (t *turn) speakerName(o outgoing) string {
	switch {
	case o.Name != "":
		return o.Name
	case o.From == "bot":
		return t.e.Settings.Brand.Assistant
	}
	return t.e.Settings.Brand.Name
}

// sayTemplate says one of the fixed, lawful texts. A stranger may not learn what
// it is about: for them there are texts of their own, and a last one that says nothing at all.
func (t *turn) sayTemplate(kind, purpose string) {
	kinds := []string{kind}
	if !t.conv.Identity.Verified {
		kinds = []string{kind + "_unverified", kind, "noted_unverified"}
	}
	if t.onCall() {
		kinds = forCalls(kinds)
	}
	for _, k := range kinds {
		text := guard.Template(k, t.conv.Language, t.e.Settings.Actor, t.templateData())
		if text == "" {
			continue
		}
		t.record(StepCompose, StepOK, map[string]any{"template": k}, map[string]any{"text": text})
		if t.send(outgoing{Text: text, Purpose: purpose, From: "bot", AnyEpoch: anyEpoch[purpose]}) {
			return
		}
	}
	t.queue(Reason{Code: "template_blocked", Detail: "The fixed text " + kind + " could not be sent here."}, 1)
}

// anyEpoch are the purposes whose messages go out whoever has control by then.
var anyEpoch = map[string]bool{"handoff": true, "opt_out_confirmation": true, "crisis": true, "help": true, "opt_in_confirmation": true, guard.PurposeEnd: true}

func (t *turn) templateData() map[string]string {
	b := t.e.Settings.Brand
	phone := b.Phone
	if t.onCall() {
		phone = spokenPhone(phone)
	}
	return map[string]string{"brand": b.Name, "name": b.Assistant, "assistant": b.Assistant, "phone": phone, "legal_name": b.LegalName, "mail": b.Mail}
}

func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
