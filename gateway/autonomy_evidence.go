package gateway

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"parley/dialog"
	"parley/gateway/store"
)

// evidencePage is how many rows are read at a time.
const evidencePage = 500

// evidence keeps what the latest conversations show of each capability. It reads
// back once as far as it needs, and then only what was touched since.
type evidence struct {
	record  store.Store
	pairs   map[pair]dialog.Level
	started bool
	at      int64 // the ledger entry up to which it has looked
	// known are the outcomes of conversations, by id.
	known map[string][]dialog.Outcome
}

func newEvidence(record store.Store, pairs map[pair]dialog.Level) *evidence {
	return &evidence{record: record, pairs: pairs, known: map[string][]dialog.Outcome{}}
}

// update looks at what is new. An error leaves what was known; the next call goes on.
func (e *evidence) update(ctx context.Context) error {
	if !e.started {
		if err := e.start(ctx); err != nil {
			return err
		}
	}
	for {
		ids, last, err := e.record.Touched(ctx, e.at, evidencePage)
		if err != nil {
			return err
		}
		for _, id := range ids {
			outcomes, err := judge(ctx, e.record, id)
			if err != nil {
				return err
			}
			if e.known[id] = outcomes; len(outcomes) == 0 {
				delete(e.known, id)
			}
		}
		if last == e.at {
			e.trim()
			return nil
		}
		e.at = last
	}
}

// start walks back until the window of every capability is full.
func (e *evidence) start(ctx context.Context) error {
	newest, err := e.record.Uses(ctx, 0, 1)
	if err != nil {
		return err
	}
	if len(newest) > 0 {
		e.at = newest[0].N // before the walk: what happens meanwhile is looked at again
	}
	left, walked := map[pair]int{}, 0
	for p := range e.pairs {
		left[p] = dialog.AutonomyWindow
	}
	err = walk(ctx, e.record, func(conversation string, o dialog.Outcome, all []dialog.Outcome) bool {
		e.known[conversation] = all
		p := pair{o.Portfolio, o.Capability}
		if _, wanted := left[p]; wanted && o.Result != dialog.ResultOpen {
			if left[p]--; left[p] == 0 {
				delete(left, p)
			}
		}
		walked++
		return len(left) > 0 && walked < autonomyWalk
	})
	e.started = err == nil
	return err
}

// latest are the outcomes of a capability, the latest use first.
func (e *evidence) latest(p pair) []dialog.Outcome {
	var all []dialog.Outcome
	for _, outcomes := range e.known {
		for _, o := range outcomes {
			if o.Portfolio == p.portfolio && o.Capability == p.capability {
				all = append(all, o)
			}
		}
	}
	slices.SortFunc(all, func(x, y dialog.Outcome) int { return cmp.Compare(y.Last, x.Last) })
	return all
}

// window counts the latest conversations of which something can be said.
func (e *evidence) window(p pair) dialog.Tally {
	var t dialog.Tally
	for _, o := range e.latest(p) {
		if t.Of < dialog.AutonomyWindow {
			t.Add(o.Result)
		}
	}
	return t
}

// trim forgets what is in no window: an older conversation that is touched is read again.
func (e *evidence) trim() {
	oldest := map[pair]int64{}
	for p := range e.pairs {
		n := 0
		for _, o := range e.latest(p) {
			if o.Result != dialog.ResultOpen {
				n++
			}
			if n <= dialog.AutonomyWindow {
				oldest[p] = o.Last
			}
		}
	}
	for id, outcomes := range e.known {
		if !slices.ContainsFunc(outcomes, func(o dialog.Outcome) bool {
			last, ok := oldest[pair{o.Portfolio, o.Capability}]
			return ok && o.Last >= last
		}) {
			delete(e.known, id)
		}
	}
}

// judge reads what a conversation shows.
func judge(ctx context.Context, record store.Store, conversation string) ([]dialog.Outcome, error) {
	var all []dialog.LedgerEntry
	for after := int64(0); ; {
		page, err := record.Ledger(ctx, conversation, after, evidencePage)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < evidencePage {
			return dialog.Outcomes(all), nil
		}
		after = page[len(page)-1].N
	}
}

// walk visits each conversation that used a capability, once for each capability, the
// latest use first, until visit returns false. all are the outcomes of the conversation.
func walk(ctx context.Context, record store.Store, visit func(conversation string, o dialog.Outcome, all []dialog.Outcome) bool) error {
	type visited struct {
		conversation string
		pair
	}
	seen, judged := map[visited]bool{}, map[string][]dialog.Outcome{}
	for before := int64(0); ; {
		page, err := record.Uses(ctx, before, evidencePage)
		if err != nil {
			return err
		}
		for _, e := range page {
			before = e.N
			var u dialog.Use
			if json.Unmarshal(e.Body, &u) != nil {
				continue // purged
			}
			v := visited{e.Conversation, pair{u.Portfolio, u.Capability}}
			if seen[v] {
				continue
			}
			seen[v] = true
			outcomes, ok := judged[e.Conversation]
			if !ok {
				if outcomes, err = judge(ctx, record, e.Conversation); err != nil {
					return err
				}
				if len(judged) >= 10*evidencePage {
					clear(judged)
				}
				judged[e.Conversation] = outcomes
			}
			for _, o := range outcomes {
				if o.Portfolio == u.Portfolio && o.Capability == u.Capability && !visit(e.Conversation, o, outcomes) {
					return nil
				}
			}
		}
		if len(page) < evidencePage {
			return nil
		}
	}
}
