package dialog

import (
	"errors"
	"fmt"
	"slices"

	"github.com/golang-sql/civil"

	"parley/compliance"
	"parley/compliance/gate"
	"parley/dialog/llm"
	"parley/negotiation"
)

// RefusedByLaw is refused because a rule about the debt stands against the action itself.
const RefusedByLaw RefusedKind = "law"

// Errors of a payment; each changes nothing.
var (
	// ErrPaid: this very payment is in the record already.
	ErrPaid = errors.New("dialog: the payment is recorded already")
	// ErrPaidOther: another payment has this id.
	ErrPaidOther = errors.New("dialog: another payment has this id")
	// ErrElsewhere: the conversation is not about the account.
	ErrElsewhere = errors.New("dialog: the conversation is not about this account")
	// ErrPayment: not a payment that can be counted.
	ErrPayment = errors.New("dialog: a payment needs a positive amount in the account's currency")
)

// disputedPayment is the rule against applying a payment to a disputed debt.
var disputedPayment = compliance.Finding{Rule: "EV-PAY-01", Cite: "12 CFR 1006.30(c)", Outcome: compliance.Block,
	Detail: "A payment is not applied to a debt the person disputes."}

// Owed is what is owed as far as Parley knows: the balance of the system of
// record, less the payments that came in since it was written. It is zero once a
// settlement is paid. Parley never changes the balance itself.
func (a Account) Owed() negotiation.Money {
	owed := a.Balance
	for _, g := range a.Agreements {
		if g.Kind == negotiation.MoveSettlement && g.State == AgreementCompleted {
			owed.Minor = 0
		}
	}
	for _, p := range a.Payments {
		if p.At.After(a.balanceSince()) {
			owed.Minor -= p.Amount.Minor
		}
	}
	owed.Minor = max(owed.Minor, 0)
	return owed
}

// pay adds a payment and moves what it pays for.
func pay(a Account, p Payment, today civil.Date) (Account, []fact, error) {
	if i := slices.IndexFunc(a.Payments, func(x Payment) bool { return x.ID == p.ID }); i >= 0 {
		if was := a.Payments[i]; was.Amount != p.Amount || was.Date != p.Date {
			return a, nil, ErrPaidOther
		}
		return a, nil, ErrPaid
	}
	if a.Has(FlagDisputed) {
		return a, nil, &Refused{Kind: RefusedByLaw, Why: "the debt is disputed: the payment may not be applied to it", Findings: []compliance.Finding{disputedPayment}}
	}
	if !p.Amount.Positive() || p.Amount.Currency != a.Balance.Currency || !p.Date.IsValid() {
		return a, nil, ErrPayment
	}
	a.Payments = append(slices.Clone(a.Payments), p)
	facts := []fact{{"payment.received", map[string]any{"payment": p.ID, "account": a.ID, "amount": p.Amount.Decimal(), "date": p.Date.String(), "method": p.Method}}}
	a, more, err := settle(a, today)
	if err != nil {
		return a, nil, fmt.Errorf("%w: %w", ErrPayment, err)
	}
	return a, append(facts, more...), nil
}

// PayAccount takes in what the payment system says was paid on an account that no
// conversation is about. The errors are those of [Engine.Pay].
func (e *Engine) PayAccount(a Account, p Payment, env Env) (Account, []Event, error) {
	t := e.action(Snapshot{Conversation: Conversation{Account: a.ID}, Accounts: []Account{a}}, "service", env)
	p.At = t.now
	a, facts, err := pay(a, p, t.today())
	if err != nil {
		return a, nil, err
	}
	t.note(facts)
	return a, t.fx.Events, nil
}

// Pay takes in what the payment system says was paid on an account, moves the
// agreement and the promises it pays for, and thanks the person where they are in
// an open, identified session and may be written to now. The balance stays the
// system of record's. The error is [ErrPaid] for a payment that is recorded
// already, [ErrPaidOther], [ErrElsewhere], [ErrPayment], or a *[Refused] when the
// debt is disputed; nothing is changed then.
func (e *Engine) Pay(snap Snapshot, account string, p Payment, env Env) (Effects, error) {
	t := e.action(snap, "service", env)
	a, ok := t.accounts[account]
	if !ok || t.conv.Account != "" && t.conv.Account != account {
		return Effects{}, ErrElsewhere
	}
	p.At = t.now
	paid, facts, err := pay(a, p, t.today())
	if err != nil {
		return Effects{}, err
	}
	t.keep(paid)
	t.note(facts)
	if len(t.unpaid()) == 0 {
		t.conv.Notice = ""
	}
	t.arm()
	t.receipt(p, facts)
	return t.finish(), nil
}

// note puts facts into the ledger.
func (t *turn) note(facts []fact) {
	for _, f := range facts {
		t.event(f.kind, t.who(), f.body)
	}
}

// receipt thanks for a payment and says what is left. It is a courtesy: where the
// session is over, a human has the conversation or the gate does not allow it
// now, nothing is said.
func (t *turn) receipt(p Payment, facts []fact) {
	t.lapse()
	if !t.speaks() || !t.conv.Identity.Verified || t.restricted() != "" {
		return
	}
	text, figures, days := t.receiptWords(p, facts)
	if text == "" {
		return
	}
	t.record(StepCompose, StepOK, map[string]any{"template": "receipt"}, map[string]any{"text": text})
	t.strict = true
	if t.send(outgoing{Text: text, Purpose: "receipt", From: "bot", Figures: figures, Days: days}) && t.verdict.Decision != gate.Allow {
		t.event("receipt.skipped", "service", map[string]any{"rules": compliance.RuleIDs(t.verdict.Findings)})
	}
	t.strict = false
}

// receiptWords finds the sentences: what came, and where the plan or promise stands.
func (t *turn) receiptWords(p Payment, facts []fact) (string, []negotiation.Money, []civil.Date) {
	a, ok := t.account()
	if !ok {
		return "", nil, nil
	}
	values := map[string]string{"amount": llm.Money(p.Amount, t.conv.Language)}
	figures, days := []negotiation.Money{p.Amount}, []civil.Date(nil)
	key := "receipt"
	g, running := a.InForce()
	switch {
	case happened(facts, "agreement."+string(AgreementCompleted)):
		key = "receipt_completed"
	case running:
		progress, err := a.Progress(g, t.today())
		if err != nil {
			return "", nil, nil
		}
		key = "receipt_plan"
		values["left"] = llm.Money(progress.Left, t.conv.Language)
		values["next"] = llm.Money(progress.NextAmount, t.conv.Language)
		values["date"] = llm.Date(progress.NextDue, t.conv.Language)
		figures = append(figures, progress.Left, progress.NextAmount)
		days = append(days, progress.NextDue)
	case happened(facts, "promise."+PromiseKept):
		key = "receipt_promise"
	}
	return t.phrase(key, values), figures, days
}

// paidUp tells a person who owes nothing any more that they don't. It reports whether it did.
func (t *turn) paidUp() bool {
	a, ok := t.account()
	if !ok || len(a.Payments) == 0 || a.Owed().Positive() {
		return false
	}
	return t.sayPhrase("paid_up", map[string]string{"creditor": a.Creditor.Current})
}

// link is where the person may pay; "" where there is none, or the bot may not give it.
func (t *turn) link(a Account) string {
	if t.voice() || t.e.Settings.PaymentLink == nil || t.level("payment_link") != LevelAuto {
		return ""
	}
	return t.e.Settings.PaymentLink(a.ID, t.conv.ID, t.now)
}

func happened(facts []fact, kind string) bool {
	return slices.ContainsFunc(facts, func(f fact) bool { return f.kind == kind })
}
