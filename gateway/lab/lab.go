// Package lab plays whole conversations: simulated debtors with known means and
// intentions against the real engine, guard, gate, detector and negotiation,
// with models good and bad, and with faults. A second judge, which shares no
// code with them, looks at every byte that reaches the person and at everything
// that is committed. Everything follows from the seed.
package lab

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"parley/compliance/guard"
	"parley/compliance/inbound"
	"parley/dialog"
	"parley/dialog/llm"
)

// Options say what to play.
type Options struct {
	// Conversations is how many; they are Trials of each scenario, rounded up.
	Conversations int
	// Trials of one scenario differ in wording, noise and faults. Defaults to 8.
	Trials int
	Model  Model
	Seed   uint64
	// Faults is the chance that a port fails each time it is used.
	Faults float64
	// Confidence replaces the build's; nil: none.
	Confidence *dialog.Confidence
	// Slips is how often people write carelessly and in slang, beyond what their
	// kind does: calibration needs something to get wrong.
	Slips float64
	// side is whose words they use then.
	side side
	// Live is the model behind [Live].
	Live llm.Model
	// ModelBudget is what a turn gives the model. Zero: the engine's own.
	ModelBudget time.Duration
	// Personas limits the debtors to these names; nil: all.
	Personas []string
	// Workers play side by side. Defaults to the number of processors.
	Workers int
	// Done is called after each conversation with how many are done.
	Done func(done, of int)
}

func (o *Options) defaults() {
	if o.Trials == 0 {
		o.Trials = 8
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Model == "" {
		o.Model = BuiltIn
	}
	if o.Done == nil {
		o.Done = func(int, int) {}
	}
}

// Run plays the conversations and scores them. The error is a wrong option, or
// ctx's when it is done before they are.
func Run(ctx context.Context, o Options) (Report, error) {
	o.defaults()
	if o.Model != Live && !slices.Contains(Models, o.Model) {
		return Report{}, fmt.Errorf("lab: there is no model %q: choose one of %v", o.Model, Models)
	}
	if o.Model == Live && o.Live == nil {
		return Report{}, fmt.Errorf("lab: the live model has no endpoint")
	}
	if o.Faults < 0 || o.Faults >= 1 || o.Conversations < 1 {
		return Report{}, fmt.Errorf("lab: conversations must be at least 1, faults from 0 to below 1")
	}
	personas, err := choose(o.Personas)
	if err != nil {
		return Report{}, err
	}
	all, err := playAll(ctx, o, personas)
	if err != nil {
		return Report{}, err
	}
	return score(o, all), nil
}

func choose(names []string) ([]Persona, error) {
	all := Personas()
	if len(names) == 0 {
		return all, nil
	}
	var out []Persona
	for _, n := range names {
		i := slices.IndexFunc(all, func(p Persona) bool { return p.Name == n })
		if i < 0 {
			return nil, fmt.Errorf("lab: there is no persona %q", n)
		}
		out = append(out, all[i])
	}
	return out, nil
}

func playAll(ctx context.Context, o Options, personas []Persona) ([]Conversation, error) {
	sh := shared{guard: guard.New(), detector: inbound.NewDetector()}
	out := make([]Conversation, o.Conversations)
	errs := make([]error, o.Conversations)
	var next, done atomic.Int64
	var wg sync.WaitGroup
	for range o.Workers {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= o.Conversations || ctx.Err() != nil {
					return
				}
				out[i], errs[i] = play(newScenario(o.Seed, i/o.Trials, personas), i%o.Trials, o, sh)
				o.Done(int(done.Add(1)), o.Conversations)
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
