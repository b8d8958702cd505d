package dialog

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"time"
)

// Accounts is a creditor's system of record, where accounts are kept elsewhere.
type Accounts interface {
	// Refresh gives the account as the system of record has it now, laid over a; it
	// stores nothing. When it can't be had, a comes back as it was given, stale is its age, and the error says
	// why, without any value of the account. Only a [StaleError] that is Usable lets a be spoken of; after
	// any other error it may not be. Refresh bounds itself, retries included, to a few seconds.
	Refresh(ctx context.Context, a Account) (fresh Account, stale time.Duration, err error)
}

// StaleError is why the system of record could not give an account.
type StaleError struct {
	// Since is when the stored facts were last given; zero: not known.
	Since time.Time
	// Usable: they are young enough to be spoken of.
	Usable bool
	// Tries are the attempts made, each with what went wrong.
	Tries []Try
	Why   error
}

// Try is one failed attempt.
type Try struct {
	Started time.Time
	Took    time.Duration
	Why     string
}

func (e *StaleError) Error() string {
	since := "not known when given"
	if !e.Since.IsZero() {
		since = "stale since " + stamp(e.Since)
	}
	return since + ": " + e.Why.Error()
}

func (e *StaleError) Unwrap() error { return e.Why }

const (
	// refreshLimit is the last bound of one refresh; the port has a shorter one of its own.
	refreshLimit = 6 * time.Second
	// refreshMost bounds how many accounts of an unidentified address are asked for.
	refreshMost = 4
	// asOfStep is how much younger unchanged facts must be to be worth a write. Ages are
	// overstated by at most this much.
	asOfStep = time.Minute
)

func (t *turn) load(context.Context) (struct{}, error) { return struct{}{}, nil }

func loadNote(struct{}) any { return "snapshot read" }

// refreshed is what came of asking for one account.
type refreshed struct {
	was, now Account
	stale    time.Duration
	err      error
	started  time.Time
	took     time.Duration
}

// refresh asks the system of record for the account the conversation is about, or
// for those of the address while that is not known. What can't be had holds nothing up yet: a STOP must be
// heard, and an identity checked, whatever is down. See [turn.blind].
func (t *turn) refresh() {
	if t.e.Accounts == nil || t.in.Kind == InputFailure {
		return
	}
	ids := t.toRefresh()
	answers := make([]refreshed, len(ids))
	var all sync.WaitGroup
	for i, id := range ids {
		answers[i] = refreshed{was: t.accounts[id], started: t.env.Now()}
		all.Go(func() { t.e.refresh(t.ctx, &answers[i]) })
	}
	all.Wait()
	for _, r := range answers {
		r.took = t.env.Now().Sub(r.started)
		t.took(r)
	}
}

// toRefresh are the accounts not asked for in this turn.
func (t *turn) toRefresh() []string {
	ids := t.conv.Candidates
	if t.conv.Account != "" {
		ids = []string{t.conv.Account}
	}
	var ask []string
	for _, id := range ids {
		_, asked := t.asked[id]
		if _, known := t.accounts[id]; known && !asked && len(ask) < refreshMost {
			ask = append(ask, id)
		}
	}
	return sorted(ask)
}

func (e *Engine) refresh(ctx context.Context, r *refreshed) {
	type answer struct {
		account Account
		stale   time.Duration
	}
	a, err := attemptStep(ctx, refreshLimit, func(ctx context.Context) (answer, error) {
		account, stale, err := e.Accounts.Refresh(ctx, r.was)
		return answer{account, stale}, err
	})
	r.now, r.stale, r.err = a.account, a.stale, err
}

// took records an answer and takes it over.
func (t *turn) took(r refreshed) {
	if t.asked == nil {
		t.asked = map[string]bool{}
	}
	id := r.was.ID
	if r.err == nil && r.now.ID != id {
		r.err = errors.New("the system of record gave another account")
	}
	var stale *StaleError
	t.asked[id] = r.err == nil || (errors.As(r.err, &stale) && stale.Usable)
	entry := StepTrace{Name: StepLoad, Started: r.started, MS: ms(r.took), Attempt: 1, Outcome: StepOK,
		Input: map[string]any{"account": id, "from": "system of record"}, Versions: t.versions(StepLoad)}
	if r.err == nil {
		changed := t.takeOver(r.was, r.now)
		entry.Output = map[string]any{"fresh": true, "changed": changed}
		t.trace.Steps = append(t.trace.Steps, entry)
		return
	}
	if stale != nil {
		for i, try := range stale.Tries[:max(0, len(stale.Tries)-1)] {
			again := entry
			again.Started, again.MS, again.Attempt, again.Outcome, again.Error = try.Started, ms(try.Took), i+1, StepRetry, &try.Why
			t.trace.Steps = append(t.trace.Steps, again)
		}
		if n := len(stale.Tries); n > 0 {
			entry.Started, entry.MS, entry.Attempt = stale.Tries[n-1].Started, ms(stale.Tries[n-1].Took), n
		}
	}
	why := r.err.Error()
	note := map[string]any{"stale_since": stamp(r.was.AsOf), "age_seconds": int64(r.stale.Seconds()), "used": t.asked[id]}
	entry.Outcome, entry.Error, entry.Output = StepFallback, &why, note
	t.trace.Steps = append(t.trace.Steps, entry)
	t.event("account.stale", "service", map[string]any{"account": id, "since": stamp(r.was.AsOf), "used": t.asked[id]})
}

// takeOver puts fresh facts in place of the stored ones. Offers were made on the
// balance that was: with another they leave the table.
func (t *turn) takeOver(was, now Account) (changed bool) {
	now.Version, now.UpdatedAt = was.Version, was.UpdatedAt
	changed = !sameFacts(was, now)
	t.accounts[was.ID] = now
	if changed || now.AsOf.Sub(was.AsOf) >= asOfStep {
		t.change(now)
	}
	if !changed {
		return false
	}
	t.event("account.refreshed", "service", map[string]any{"account": was.ID, "balance_changed": was.Owed() != now.Owed()})
	if was.ID == t.conv.Account && was.Owed() != now.Owed() && len(t.conv.Table) > 0 {
		t.conv.Table, t.conv.Pending = nil, ""
		t.event("offer.withdrawn", "service", map[string]any{"account": was.ID, "why": "the balance has changed"})
	}
	return true
}

// balanceSince is the moment whose payments the balance can first lack.
func (a Account) balanceSince() time.Time {
	if a.BalanceAt.IsZero() {
		return a.AsOf
	}
	return a.BalanceAt
}

func sameFacts(a, b Account) bool {
	a.AsOf, b.AsOf, a.BalanceAt, b.BalanceAt = timeZero, timeZero, timeZero, timeZero
	return bytes.Equal(mustJSON(a), mustJSON(b))
}

// unseen reports that the account's facts can't be seen now.
func (t *turn) unseen() bool {
	may, asked := t.asked[t.conv.Account]
	return asked && !may
}

// blind reports that the account's facts can't be seen now: nothing may be said
// of them. The person is told so, and a human takes over.
func (t *turn) blind() bool {
	if !t.unseen() {
		return false
	}
	words, ok := cantSee[t.conv.Language]
	if !ok {
		words = cantSee["en"]
	}
	since := "it is not known from when"
	if a, _ := t.account(); !a.AsOf.IsZero() {
		since = "from " + stamp(a.AsOf)
	}
	t.handOffWords(words, Reason{Code: "record_unavailable",
		Detail: "The system of record could not give the account. The stored copy, " + since + ", was not used; the person knows."}, 1)
	return true
}

// cantSee is the truth, and no fact of a debt.
var cantSee = map[string]string{
	"en": "I can't see your account details right now, and I don't want to guess. I've asked a person on our team to look into it. They will reply here.",
	"es": "En este momento no puedo ver los datos de su cuenta y no quiero adivinar. He pedido a una persona de nuestro equipo que lo revise. Le responderá aquí.",
}
