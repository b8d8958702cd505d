// Command eval measures the guard on files of drafts with expected rules and
// prints the result as Markdown: eval [-v] [FILE.jsonl…]; without files, those
// of testdata.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parley/compliance/guard"
)

// row is a line of a corpus: fields as in parley check outbound. The context
// may be the name of one in contexts.json beside the file.
type row struct {
	Text       string          `json:"text"`
	Violations []string        `json:"violations"`
	Context    json.RawMessage `json:"context"`
	Note       string          `json:"note"`
	facts      guard.Facts
}

// tally counts for one rule.
type tally struct{ want, got, extra int }

func main() {
	verbose := flag.Bool("v", false, "list the rows that are wrong")
	flag.Parse()
	if err := run(os.Stdout, flag.Args(), *verbose); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(w io.Writer, files []string, verbose bool) error {
	if len(files) == 0 {
		for _, dir := range []string{"testdata", "compliance/guard/testdata"} {
			found, _ := filepath.Glob(filepath.Join(dir, "*.jsonl"))
			files = append(files, found...)
		}
	}
	g := guard.New()
	var apart []string
	var known result
	sets := map[string]*result{}
	fmt.Fprint(w, "| set | learnt from | violating | caught | 95% interval | compliant | blocked | 95% interval | rules exact |\n|---|---|---|---|---|---|---|---|---|\n")
	for _, name := range files {
		rows, err := read(name)
		if err != nil {
			return err
		}
		r := &result{}
		r.judge(g, rows)
		sets[name] = r
		from := "yes"
		if learnt(name) {
			known.judge(g, rows)
		} else {
			from = "**no**"
			apart = append(apart, name)
		}
		fmt.Fprintf(w, "| %s | %s | %d | %.1f%% | %s | %d | %.1f%% | %s | %.1f%% |\n", filepath.Base(name), from, r.bad, share(r.caught, r.bad), wilson(r.caught, r.bad),
			r.clean, share(r.blocked, r.clean), wilson(r.blocked, r.clean), share(r.exact, len(rows)))
	}
	for _, name := range apart {
		fmt.Fprintf(w, "\n## %s\n\nNot learnt from: %d of %d caught, %d of %d compliant ones blocked.\n\n", filepath.Base(name), sets[name].caught, sets[name].bad, sets[name].blocked, sets[name].clean)
		sets[name].perRule(w)
	}
	if len(known.rules) > 0 {
		fmt.Fprint(w, "\n### Sets the guard has learnt from, together\n\n")
		known.perRule(w)
	}
	for _, name := range files {
		if verbose {
			fmt.Fprintf(w, "### %s, not exact\n\n%s\n\n", filepath.Base(name), strings.Join(sets[name].wrong, "\n"))
		}
	}
	return nil
}

func read(name string) ([]row, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	named := map[string]json.RawMessage{}
	if b, err := os.ReadFile(filepath.Join(filepath.Dir(name), "contexts.json")); err == nil {
		if err := json.Unmarshal(b, &named); err != nil {
			return nil, err
		}
	}
	var rows []row
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		var r row
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		var key string
		if json.Unmarshal(r.Context, &key) == nil {
			r.Context = named[key]
		}
		if err := json.Unmarshal(r.Context, &r.facts); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		rows = append(rows, r)
	}
	return rows, sc.Err()
}

// result is what a set of drafts came to.
type result struct {
	bad, caught, clean, blocked, exact int
	rules                              map[string]*tally
	wrong                              []string
}

func (r *result) at(id string) *tally {
	if r.rules[id] == nil {
		r.rules[id] = &tally{}
	}
	return r.rules[id]
}

// judge checks the rows and adds them to the result.
func (r *result) judge(g *guard.Guard, rows []row) {
	if r.rules == nil {
		r.rules = map[string]*tally{}
	}
	for _, d := range rows {
		var got, why []string
		for _, f := range g.Check(d.Text, d.facts) {
			got = append(got, f.Rule)
			why = append(why, f.Rule+" \""+f.Words+"\"")
		}
		same := true
		for _, id := range d.Violations {
			r.at(id).want++
			if slices.Contains(got, id) {
				r.at(id).got++
			} else {
				same = false
			}
		}
		for _, id := range got {
			if !slices.Contains(d.Violations, id) && !accepted(d.Note, id) {
				r.at(id).extra++
				same = false
			}
		}
		r.count(len(d.Violations) > 0, len(got) > 0)
		if same {
			r.exact++
		} else {
			r.wrong = append(r.wrong, fmt.Sprintf("- want %v, have %v: %s", d.Violations, why, d.Text))
		}
	}
}

func (r *result) count(bad, fired bool) {
	one := 0
	if fired {
		one = 1
	}
	if bad {
		r.bad, r.caught = r.bad+1, r.caught+one
	} else {
		r.clean, r.blocked = r.clean+1, r.blocked+one
	}
}

// perRule is the table of the rules, with the interval of each recall.
func (r *result) perRule(w io.Writer) {
	fmt.Fprint(w, "| rule | drafts | found | recall | 95% interval | fired elsewhere |\n|---|---|---|---|---|---|\n")
	ids := slices.Sorted(maps.Keys(r.rules))
	want, found := 0, 0
	for _, id := range ids {
		t := r.rules[id]
		want, found = want+t.want, found+t.got
		fmt.Fprintf(w, "| %s | %d | %d | %.1f%% | %s | %d |\n", id, t.want, t.got, share(t.got, t.want), wilson(t.got, t.want), t.extra)
	}
	fmt.Fprintf(w, "| all | %d | %d | %.1f%% | %s | |\n\n", want, found, share(found, want), wilson(found, want))
}

// learnt reports whether the guard was fitted to a file: those of its testdata,
// but for what is kept apart as unseen.
func learnt(name string) bool {
	return filepath.Base(filepath.Dir(name)) == "testdata" && !strings.HasPrefix(filepath.Base(name), "unseen")
}

// accepted reports whether the row's note takes the rule as well.
func accepted(note, id string) bool {
	_, also, ok := strings.Cut(note, "accept also:")
	return ok && strings.Contains(also, id)
}

// wilson is the 95% interval of a share.
func wilson(n, of int) string {
	if of == 0 {
		return "–"
	}
	const z = 1.96
	p, m := float64(n)/float64(of), float64(of)
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return fmt.Sprintf("%.1f–%.1f", max(0, mid-half)*100, min(1, mid+half)*100)
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) * 100 / float64(of)
}
