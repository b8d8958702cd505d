package dialog

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// StepRule is how a step is held: its deadline, how often it is tried, and the
// way out when it fails. The last way out is always a human.
type StepRule struct {
	Step     Step
	Does     string
	Deadline time.Duration // zero: bound by the turn
	Attempts int
	Fallback string
}

// StepRules are the rules of all steps, in order. The steps of the door are held
// by the intake, those after gate by the courier; all are traced in this form.
var StepRules = []StepRule{
	{StepReceive, "verify the provider's signature, parse", time.Second, 1, "403 or 400, nothing stored"},
	{StepNormalise, "provider's form to one form", time.Second, 1, "400 with the field's name"},
	{StepRedact, "take out card, bank and social security numbers", time.Second, 1, "refuse to store"},
	{StepClaim, "store once, durably", 3 * time.Second, 1, "not acknowledged: the provider tries again"},
	{StepKeyword, "STOP, HELP, START act at once", time.Second, 1, "goes on to detect"},
	{StepLease, "take the conversation under a fencing token", 5 * time.Second, 1, "another worker has it"},
	{StepLoad, "conversation, account, policy", 3 * time.Second, 3, "human"},
	{StepIdentify, "is this the right person", 2 * time.Second, 2, "ask again; third attempt: human"},
	{StepDetect, "legally significant events", time.Second, 1, "human"},
	{StepUnderstand, "intents, amounts, dates, corrections", time.Second, 1, "one short question; second time: human"},
	{StepAssess, "act, ask, or hand off", time.Second, 1, "human"},
	{StepNegotiate, "permitted moves with exact terms", time.Second, 1, "hardship path or human"},
	{StepDecide, "pick a move, draft the words", 6 * time.Second, 1, "built-in responder"},
	{StepValidate, "strict parse; one repair", 4 * time.Second, 1, "built-in responder"},
	{StepAuthorise, "may this be done alone", time.Second, 1, "human"},
	{StepAct, "agreement, promise, flag; idempotent", time.Second, 1, "human"},
	{StepCompose, "fill in the engine's figures", time.Second, 1, "template"},
	{StepGuard, "every rule on the exact text", time.Second, 1, "regenerate, template, human"},
	{StepGate, "may we contact this person, here, now, this way", time.Second, 1, "delay or cancel, recorded"},
	{StepDeliver, "send with retry by kind of failure", 12 * time.Second, 5, "uncertain, then human"},
	{StepConfirm, "provider's receipts, only forward", time.Second, 1, "reconcile"},
}

func ruleOf(s Step) StepRule {
	for _, r := range StepRules {
		if r.Step == s {
			return r
		}
	}
	return StepRule{Step: s, Attempts: 1}
}

// permanent marks an error that another attempt can't mend.
type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// step runs one step under its rule and records every attempt. A panic is an
// error: one bad message must not stop the others. note describes the output
// for the trace; it must not hold what was redacted.
func step[T any](t *turn, name Step, input any, do func(ctx context.Context) (T, error), note func(T) any) (T, error) {
	rule := ruleOf(name)
	var out T
	var err error
	for attempt := 1; ; attempt++ {
		started := t.env.Now()
		out, err = attemptStep(t.ctx, rule.Deadline, do)
		entry := StepTrace{
			Name: name, Started: started, MS: ms(t.env.Now().Sub(started)), Attempt: attempt,
			Outcome: StepOK, Input: input, Versions: t.versions(name),
		}
		if err == nil {
			entry.Output = note(out)
			t.trace.Steps = append(t.trace.Steps, entry)
			return out, nil
		}
		reason := err.Error()
		entry.Error = &reason
		final := attempt >= max(rule.Attempts, 1) || errors.As(err, new(permanent)) || t.ctx.Err() != nil
		entry.Outcome = StepRetry
		if final {
			entry.Outcome = StepFallback
		}
		t.trace.Steps = append(t.trace.Steps, entry)
		if final {
			return out, err
		}
	}
}

func attemptStep[T any](ctx context.Context, deadline time.Duration, do func(context.Context) (T, error)) (out T, err error) {
	if deadline > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, deadline)
		defer cancel()
	}
	defer func() {
		if p := recover(); p != nil {
			err = permanent{fmt.Errorf("panic: %T", p)}
		}
	}()
	return do(ctx)
}

// mark changes the outcome of the step recorded last.
func (t *turn) mark(o StepOutcome) {
	if n := len(t.trace.Steps); n > 0 {
		t.trace.Steps[n-1].Outcome = o
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
