package lab

import (
	"fmt"
	"html/template"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
)

// percent writes a share with its interval.
func (s Share) String() string {
	if s.Of == 0 {
		return "none"
	}
	low, high := s.Wilson()
	return fmt.Sprintf("%.1f%% (%d of %d; 95%%: %.1f–%.1f%%)", 100*s.Rate(), s.N, s.Of, 100*low, 100*high)
}

// row is one line of a table.
type row struct{ What, Value string }

func (r Report) rows() []row {
	rows := []row{
		{"model", string(r.Options.Model)},
		{"conversations", fmt.Sprintf("%d: %d scenarios, %d trials each, seed %d, faults %.0f%%", r.Conversations, r.Scenarios, r.Options.Trials, r.Options.Seed, 100*r.Options.Faults)},
		{"ended well", r.Well.String()},
		{"without a human, where none was needed", r.Autonomous.String()},
		{"pass^k", passes(r.PassK)},
		{"pass^k without a human", passes(r.AutonomousPassK)},
		{"hand-off recall", r.Recall.String()},
		{"hand-off precision", r.Precision.String()},
		{"hand-off delay, turns", delays(r.Delays)},
		{"violations that reached a person or the record", r.violations()},
		{"turns", fmt.Sprintf("%d, %.1f a conversation", r.Turns, float64(r.Turns)/float64(max(r.Conversations, 1)))},
	}
	if r.ModelUsable.Of > 0 {
		rows = append(rows, row{"model's answers that could be used", r.ModelUsable.String()},
			row{"turns whose words were the model's, as far as confidence goes", r.ModelSpoke.String()})
	}
	if why := counts(r.Unusable); why != "" {
		rows = append(rows, row{"why the others could not be used", why})
	}
	if l := quantiles(r.Latency); l != "" {
		rows = append(rows, row{"model's latency", l})
	}
	return rows
}

func (r Report) violations() string {
	if r.Violations == 0 {
		return fmt.Sprintf("0 (95%% upper bound %.2g of conversations)", 3/float64(max(r.Conversations, 1)))
	}
	var parts []string
	for _, rule := range slices.Sorted(maps.Keys(r.ByRule)) {
		parts = append(parts, fmt.Sprintf("%s %d", rule, r.ByRule[rule]))
	}
	return fmt.Sprintf("%d: %s", r.Violations, strings.Join(parts, ", "))
}

func passes(p []float64) string {
	var parts []string
	for _, k := range []int{1, 2, 4, 8, 16} {
		if k <= len(p) && !math.IsNaN(p[k-1]) {
			parts = append(parts, fmt.Sprintf("^%d %.3f", k, p[k-1]))
		}
	}
	return strings.Join(parts, "  ")
}

func delays(d []int) string {
	if len(d) == 0 {
		return "none"
	}
	d = slices.Sorted(slices.Values(d))
	return fmt.Sprintf("median %d, longest %d", d[len(d)/2], d[len(d)-1])
}

func quantiles(l []time.Duration) string {
	l = slices.Sorted(slices.Values(l))
	if len(l) == 0 || l[len(l)-1] == 0 {
		return ""
	}
	at := func(q float64) time.Duration { return l[int(q*float64(len(l)-1))].Round(time.Millisecond) }
	return fmt.Sprintf("p50 %v, p95 %v, longest %v", at(0.5), at(0.95), at(1))
}

func counts[K ~string](m map[K]int) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, fmt.Sprintf("%s %d", k, m[k]))
	}
	return strings.Join(parts, ", ")
}

// Summary writes the table for a terminal.
func (r Report) Summary(w io.Writer) error {
	for _, x := range r.rows() {
		if _, err := fmt.Fprintf(w, "%-48s %s\n", x.What, x.Value); err != nil {
			return err
		}
	}
	for _, p := range r.Personas {
		if p.Well.N == p.Well.Of {
			continue
		}
		if _, err := fmt.Fprintf(w, "  went wrong: %-26s %d of %d; ended %s; hand-offs for %s\n", p.Name, p.Well.Of-p.Well.N, p.Well.Of, counts(p.Ends), counts(p.Why)); err != nil {
			return err
		}
	}
	return nil
}

// Markdown writes the whole report.
func (r Report) Markdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString("| what | figure |\n|---|---|\n")
	for _, x := range r.rows() {
		fmt.Fprintf(&b, "| %s | %s |\n", x.What, x.Value)
	}
	b.WriteString("\n| debtor | a human | ended well | handed off | violations | turns | ends | why handed off |\n|---|---|---|---|---|---|---|---|\n")
	for _, p := range r.Personas {
		fmt.Fprintf(&b, "| %s | %s | %d/%d | %d | %d | %.1f | %s | %s |\n", p.Name, p.Escalate, p.Well.N, p.Well.Of, p.HandedOff.N, p.Violations,
			float64(p.Turns)/float64(p.Well.Of), counts(p.Ends), counts(p.Why))
	}
	for i, c := range r.worst() {
		if i == 0 {
			b.WriteString("\n## The worst\n")
		}
		fmt.Fprintf(&b, "\n### %s on %s, scenario %d, trial %d: %s %s\n\n", c.Persona, c.Channel, c.Scenario, c.Trial, c.End, c.Why)
		for _, v := range c.Violations {
			fmt.Fprintf(&b, "- **%s**: %s: %q\n", v.Rule, v.What, v.Text)
		}
		b.WriteString("\n```\n" + strings.ReplaceAll(strings.Join(c.Transcript, "\n"), "```", "'''") + "\n```\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Report) worst() []Conversation { return r.Worst[:min(len(r.Worst), worstKept)] }

var page = template.Must(template.New("report").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Parley: simulated conversations</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0}
td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}.bad{color:#a00}pre{background:#f6f6f6;padding:1rem;white-space:pre-wrap}</style>
<h1>Simulated conversations</h1>
<table>{{range .Rows}}<tr><th>{{.What}}</th><td>{{.Value}}</td></tr>{{end}}</table>
<h2>By debtor</h2>
<table><tr><th>debtor</th><th>a human</th><th>ended well</th><th>handed off</th><th>violations</th><th>ends</th><th>why handed off</th></tr>
{{range .Personas}}<tr><td>{{.Name}}</td><td>{{.Escalate}}</td><td>{{.Well.N}}/{{.Well.Of}}</td><td>{{.HandedOff.N}}</td><td>{{.Violations}}</td><td>{{range $k, $v := .Ends}}{{$k}} {{$v}} {{end}}</td><td>{{range $k, $v := .Why}}{{$k}} {{$v}} {{end}}</td></tr>{{end}}</table>
{{if .Worst}}<h2>The worst</h2>{{end}}
{{range .Worst}}<h3>{{.Persona}} on {{.Channel}}, scenario {{.Scenario}}, trial {{.Trial}}: {{.End}} {{.Why}}</h3>
<ul>{{range .Violations}}<li class="bad">{{.Rule}}: {{.What}}: {{.Text}}</li>{{end}}</ul><pre>{{range .Transcript}}{{.}}
{{end}}</pre>{{end}}</html>
`))

// HTML writes the whole report as one page.
func (r Report) HTML(w io.Writer) error {
	return page.Execute(w, struct {
		Rows     []row
		Personas []PersonaScore
		Worst    []Conversation
	}{r.rows(), r.Personas, r.worst()})
}
