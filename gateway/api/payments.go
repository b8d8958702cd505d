package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/golang-sql/civil"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
	"parley/negotiation"
)

// payTries is how often a payment is taken in again when somebody else wrote at the same moment.
const payTries = 4

type paymentIn struct {
	Body struct {
		ID        string `json:"id" minLength:"1" maxLength:"128" pattern:"^[A-Za-z0-9._:-]+$" doc:"the payment system's id; the same id again changes nothing"`
		Account   string `json:"account,omitempty" maxLength:"128" doc:"the account paid on; or reference"`
		Reference string `json:"reference,omitempty" maxLength:"1024" doc:"what stood for {ref} in the payment link; or account"`
		Amount    Money  `json:"amount"`
		Date      string `json:"date" format:"date" doc:"the day it was paid"`
		Method    string `json:"method,omitempty" maxLength:"32" pattern:"^[a-z][a-z_]*$" example:"card" doc:"a label, such as card, ach or check; never a number"`
	}
}

// PaymentResult is what a payment did.
type PaymentResult struct {
	PaymentOut
	Account   string        `json:"account"`
	Method    string        `json:"method,omitempty"`
	Duplicate bool          `json:"duplicate" doc:"it was recorded before; nothing was changed"`
	Balance   Money         `json:"balance" doc:"the system of record's, which a payment does not change"`
	Owed      Money         `json:"owed" doc:"the balance less the payments that came since it was given"`
	Agreement *AgreementOut `json:"agreement,omitempty" doc:"the plan or settlement the payment counts towards"`
	Left      *Money        `json:"left,omitempty" doc:"still to be paid on it"`
	NextDue   string        `json:"next_due,omitempty" format:"date"`
	Promises  []PromiseOut  `json:"promises"`
	Receipt   bool          `json:"receipt" doc:"the person is being thanked"`
}

type paymentOut struct {
	Status int
	Body   PaymentResult
}

func (a *API) payments(h huma.API) {
	huma.Register(h, operation(http.MethodPost, "/payments", "take-payment", "The payment system says what was paid; 409 when the debt is disputed", http.StatusCreated), a.takePayment)
}

// takePayment counts a payment towards what was agreed. It never changes the
// balance: that is the system of record's.
func (a *API) takePayment(ctx context.Context, in *paymentIn) (*paymentOut, error) {
	if _, err := a.Desk.Allow(ctx, staff.PaymentWrite); err != nil {
		return nil, problem(err, "account")
	}
	p, account, conversation, err := a.payment(in)
	if err != nil {
		return nil, err
	}
	writer, acc, err := a.Desk.SeeAccount(ctx, account, staff.PaymentWrite)
	if err == nil {
		err = a.byHand(ctx, writer, EventPaymentTold, account, map[string]any{"payment": p.ID, "amount": p.Amount.Decimal()})
	}
	if err != nil {
		return nil, problem(err, "account")
	}
	if about := agreedIn(acc); about != "" {
		conversation = about
	}
	receipt := false
	for range payTries {
		if receipt, err = a.pay(ctx, conversation, account, p); !errors.Is(err, store.ErrStale) {
			break
		}
	}
	duplicate := errors.Is(err, dialog.ErrPaid)
	if err != nil && !duplicate {
		return nil, paymentProblem(err)
	}
	if acc, err = a.Record.Account(ctx, account); err != nil {
		return nil, problem(err, "account")
	}
	out := &paymentOut{Status: http.StatusCreated, Body: paymentView(acc, p, civil.DateOf(a.now()))}
	out.Body.Receipt, out.Body.Duplicate = receipt, duplicate
	if duplicate {
		out.Status = http.StatusOK
	}
	return out, nil
}

// payment reads the body: the payment, and what it is for.
func (a *API) payment(in *paymentIn) (p dialog.Payment, account, conversation string, err error) {
	var f fields
	b := in.Body
	p = dialog.Payment{ID: b.ID, Amount: f.decimal("body.amount.amount", b.Amount.Amount), Date: f.date("body.date", b.Date), Method: b.Method}
	if len(f.errs) == 0 && !p.Amount.Positive() {
		f.bad("body.amount.amount", "must be above 0.00")
	}
	if p.Date.IsValid() && p.Date.After(civil.DateOf(a.now())) {
		f.bad("body.date", "must not lie in the future")
	}
	account = b.Account
	switch {
	case b.Reference == "" && b.Account == "":
		f.bad("body.account", "is missing: give the account or the reference")
	case b.Reference != "" && a.OpenReference == nil:
		f.bad("body.reference", "can't be read: no payment link is configured")
	case b.Reference != "" && p.Date.IsValid():
		account, conversation, err = a.OpenReference(b.Reference, p.Date.In(time.UTC))
		if err != nil {
			f.bad("body.reference", "is not one of ours, or had expired on the day of the payment")
		} else if b.Account != "" && b.Account != account {
			f.bad("body.account", "is not the account of the reference")
		}
	}
	return p, account, conversation, f.err()
}

// agreedIn is the conversation what is being paid was agreed in, whose timers and receipt it is.
func agreedIn(acc dialog.Account) string {
	if g, ok := acc.InForce(); ok {
		return g.Conversation
	}
	for i := len(acc.Promises) - 1; i >= 0; i-- {
		if p := acc.Promises[i]; p.State == dialog.PromiseOpen {
			return p.Conversation
		}
	}
	return ""
}

// pay writes the payment under the lock of the conversation it belongs to, or of
// the account alone where there is none. It reports whether the person is thanked.
func (a *API) pay(ctx context.Context, conversation, account string, p dialog.Payment) (receipt bool, err error) {
	if conversation != "" {
		var after dialog.Effects
		err := a.Record.Update(ctx, conversation, nil, a.now(), func(snap dialog.Snapshot) (dialog.Effects, error) {
			e, err := a.Engine.Pay(snap, account, p, a.Env)
			after = e
			return e, err
		})
		if err == nil {
			a.Wake(after.Conversation)
			return len(after.Outgoing) > 0, nil
		}
		if !errors.Is(err, dialog.ErrElsewhere) && !errors.Is(err, store.ErrNotFound) {
			return false, err
		}
	}
	return false, a.Record.UpdateAccount(ctx, account, a.now(), func(acc dialog.Account) (dialog.Account, []dialog.Event, error) {
		return a.Engine.PayAccount(acc, p, a.Env)
	})
}

// paymentProblem says why a payment was not taken in.
func paymentProblem(err error) error {
	switch {
	case errors.Is(err, dialog.ErrPaidOther):
		return huma.Error409Conflict("another payment on this account has this id; nothing was changed")
	case errors.Is(err, dialog.ErrPayment):
		return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{Location: "body.amount", Message: "can't be counted on this account: it must be positive and in the account's currency"})
	}
	return actionProblem(err, "")
}

func paymentView(acc dialog.Account, p dialog.Payment, today civil.Date) PaymentResult {
	out := PaymentResult{PaymentOut: PaymentOut{p.ID, money(p.Amount), p.Date.String()}, Account: acc.ID, Method: p.Method,
		Balance: money(acc.Balance), Owed: money(acc.Owed()), Promises: []PromiseOut{}}
	for _, promise := range acc.Promises {
		out.Promises = append(out.Promises, promiseView(promise))
	}
	g, ok := acc.InForce()
	if n := len(acc.Agreements); !ok && n > 0 && acc.Agreements[n-1].State == dialog.AgreementCompleted {
		g, ok = acc.Agreements[n-1], true
	}
	if !ok {
		return out
	}
	view := agreementView(g)
	out.Agreement = &view
	progress, err := acc.Progress(g, today)
	if err != nil {
		return out // what can't be counted is not made up
	}
	left := money(negotiation.Money{Minor: progress.Left.Minor, Currency: progress.Left.Currency})
	out.Left = &left
	if progress.NextDue.IsValid() {
		out.NextDue = progress.NextDue.String()
	}
	return out
}
