package oracle

import (
	"fmt"
	"io"
	"runtime"
	"sync"

	"parley/negotiation"
)

// Run simulates n negotiations of a seed.
func Run(seed uint64, n int) []Result { return run(seed, n, truth) }

func run(seed uint64, n int, see view) []Result {
	out := make([]Result, n)
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				out[i] = simulate(seed, i, see)
			}
		})
	}
	wg.Wait()
	return out
}

// Report writes the evaluation as a markdown page.
func Report(w io.Writer, seed uint64, n int) error {
	results := Run(seed, n)
	all := Summarize(results)
	real := Summarize(run(seed, n, realised))
	pr := &printer{w: w}
	pr.f("# How the engine negotiates, measured\n\n")
	pr.f("Written by `go run ./negotiation/cmd/eval -n %d -seed %d`. What the measures mean, what the oracle knows and\n", n, seed)
	pr.f("what the simulation can't show is in [negotiation.md](negotiation.md).\n\n## Against the goals\n\n")
	pr.f("| measure | goal | measured | |\n|---|---|---|---|\n")
	pr.goal("negotiations", "≥ 10,000", fmt.Sprint(all.N), all.N >= 10_000)
	pr.goal("mean regret against the oracle", "≤ 2%", fmt.Sprintf("%s ± %s", pct(all.Regret), pct(all.RegretCI)), all.Regret <= 0.02)
	pr.goal("Pareto-efficient agreements", "≥ 99%", pct(all.Pareto), all.Pareto >= 0.99)
	pr.goal("the same two as it turned out", "", fmt.Sprintf("%s ± %s, %s", pct(real.Regret), pct(real.RegretCI), pct(real.Pareto)), real.Regret <= 0.02 && real.Pareto >= 0.99)
	pr.goal("over-concession index, mean of the negotiations", "≤ 0.35", fmt.Sprintf("%.3f ± %.3f", all.Over, all.OverCI), all.Over <= 0.35)
	pr.goal("the same with the whole balance as the target of a yes at once", "", fmt.Sprintf("%.3f ± %.3f", all.OverWhole, all.OverWholeCI), all.OverWhole <= 0.35)
	pr.goal("over-concession index, of all value bargained over", "≤ 0.35", fmt.Sprintf("%.3f", all.OverShare), all.OverShare <= 0.35)
	pr.goal("settlements below the floor", "0", fmt.Sprint(all.BelowFloor), all.BelowFloor == 0)
	pr.goal("unaffordable plans", "0", fmt.Sprint(all.Unaffordable), all.Unaffordable == 0)
	pr.goal("terms that don't add up or fail the check", "0", fmt.Sprint(all.Broken), all.Broken == 0)
	pr.f("\n## By behaviour\n\n")
	pr.head()
	for _, b := range Behaviors() {
		pr.row(string(b), Summarize(only(results, func(r Result) bool { return r.Behavior == b })))
	}
	pr.row("**all**", all)
	pr.f("\n## By what is bargained over\n\n")
	pr.head()
	pr.row("by the month", Summarize(only(results, func(r Result) bool { return !r.Lump })))
	pr.row("for a lump sum", Summarize(only(results, func(r Result) bool { return r.Lump })))
	pr.f("\n## By outcome\n\n")
	pr.head()
	for _, k := range []negotiation.MoveKind{negotiation.MoveFull, negotiation.MoveSettlement, negotiation.MovePlan} {
		pr.row(string(k), Summarize(only(results, func(r Result) bool { return r.Agreed && r.Kind == k })))
	}
	pr.f("\n## If the world is not as the engine believes\n\n")
	pr.f("The same debtors, judged by other truths about who keeps paying. The engine isn't told.\n\n")
	pr.head()
	for _, v := range views() {
		pr.row(v.name, Summarize(run(seed, n, v.see)))
	}
	return pr.err
}

func only(of []Result, want func(Result) bool) []Result {
	var out []Result
	for _, r := range of {
		if want(r) {
			out = append(out, r)
		}
	}
	return out
}

type named struct {
	name string
	see  view
}

func views() []named {
	hazard := func(by func(negotiation.Bp) negotiation.Bp) view {
		return func(p negotiation.Policy, c negotiation.Case, d Debtor) (negotiation.Policy, negotiation.Case) {
			p, c = truth(p, c, d)
			p.Value.Hazard = by(d.Hazard)
			return p, c
		}
	}
	return []named{
		{"as it turned out: each by their own chance of stopping", realised},
		{"people stop half as often", hazard(func(h negotiation.Bp) negotiation.Bp { return h / 2 })},
		{"people stop twice as often", hazard(func(h negotiation.Bp) negotiation.Bp { return 2 * h })},
		{"nobody stops; time costs 30% a year", func(p negotiation.Policy, c negotiation.Case, d Debtor) (negotiation.Policy, negotiation.Case) {
			p, c = truth(p, c, d)
			p.Value.Hazard, p.Value.AnnualRate = 1, 3000
			return p, c
		}},
	}
}

// realised is the truth with the chance of stopping that the person really has,
// which no one at the table knows.
func realised(p negotiation.Policy, c negotiation.Case, d Debtor) (negotiation.Policy, negotiation.Case) {
	p, c = truth(p, c, d)
	p.Value.Hazard = d.Hazard
	return p, c
}

type printer struct {
	w   io.Writer
	err error
}

func (p *printer) f(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (p *printer) goal(name, goal, got string, met bool) {
	mark := "met"
	if !met {
		mark = "**not met**"
	}
	p.f("| %s | %s | %s | %s |\n", name, goal, got, mark)
}

func (p *printer) head() {
	p.f("| | n | zone | agreed | missed | regret | of agreements | Pareto | strict | Nash ratio | over-concession | of all value | oracle's | by figure | turns |\n")
	p.f("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
}

func (p *printer) row(name string, s Summary) {
	over := "– | – | – | –" // nobody named a number
	if s.OverN > 0 {
		over = fmt.Sprintf("%.3f | %.3f | %.3f | %.3f", s.Over, s.OverShare, s.Needed, s.OverTerms)
	}
	p.f("| %s | %d | %d | %d | %d | %s | %s | %s | %s | %.3f | %s | %.1f |\n", name, s.N, s.Zone, s.Agreed, s.Missed,
		pct(s.Regret), pct(s.RegretAgreed), pct(s.Pareto), pct(s.ParetoStrict), s.Nash, over, s.Turns)
}

func pct(x float64) string { return fmt.Sprintf("%.2f%%", 100*x) }
