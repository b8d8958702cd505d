// Command eval measures the guard on files of drafts with expected rules and
// prints the result as Markdown: eval [-v] FILE.jsonl…
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
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
	g := guard.New()
	for _, name := range files {
		rows, err := read(name)
		if err != nil {
			return err
		}
		report(w, name, g, rows, verbose)
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

func report(w io.Writer, name string, g *guard.Guard, rows []row, verbose bool) {
	rules := map[string]*tally{}
	at := func(id string) *tally {
		if rules[id] == nil {
			rules[id] = &tally{}
		}
		return rules[id]
	}
	bad, caught, clean, blocked, exact := 0, 0, 0, 0, 0
	var wrong []string
	for _, r := range rows {
		var got, why []string
		for _, f := range g.Check(r.Text, r.facts) {
			got = append(got, f.Rule)
			why = append(why, f.Rule+" \""+f.Words+"\"")
		}
		all := true
		for _, id := range r.Violations {
			at(id).want++
			if slices.Contains(got, id) {
				at(id).got++
			} else {
				all = false
			}
		}
		same := all
		for _, id := range got {
			if !slices.Contains(r.Violations, id) && !accepted(r.Note, id) {
				at(id).extra++
				same = false
			}
		}
		if len(r.Violations) > 0 {
			bad++
			if len(got) > 0 {
				caught++
			}
		} else {
			clean++
			if len(got) > 0 {
				blocked++
			}
		}
		if same {
			exact++
		} else {
			wrong = append(wrong, fmt.Sprintf("- want %v, have %v: %s", r.Violations, why, r.Text))
		}
	}
	fmt.Fprintf(w, "## %s\n\n%d drafts: %d with a violation, %d caught by some rule (%.1f%%); %d compliant, %d blocked (%.1f%%); rules exactly as expected on %.1f%%.\n\n",
		name[strings.LastIndexByte(name, '/')+1:], len(rows), bad, caught, share(caught, bad), clean, blocked, share(blocked, clean), share(exact, len(rows)))
	fmt.Fprint(w, "| rule | drafts | found | recall | fired elsewhere |\n|---|---|---|---|---|\n")
	ids := make([]string, 0, len(rules))
	for id := range rules {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	want, found := 0, 0
	for _, id := range ids {
		t := rules[id]
		want, found = want+t.want, found+t.got
		fmt.Fprintf(w, "| %s | %d | %d | %.1f%% | %d |\n", id, t.want, t.got, share(t.got, t.want), t.extra)
	}
	fmt.Fprintf(w, "| all | %d | %d | %.1f%% | |\n\n", want, found, share(found, want))
	if verbose {
		fmt.Fprintln(w, strings.Join(wrong, "\n"))
	}
}

// accepted reports whether the row's note takes the rule as well.
func accepted(note, id string) bool {
	_, also, ok := strings.Cut(note, "accept also:")
	return ok && strings.Contains(also, id)
}

func share(n, of int) float64 {
	if of == 0 {
		return 100
	}
	return float64(n) * 100 / float64(of)
}
