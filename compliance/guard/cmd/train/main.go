// Command train fits the guard's classifier to the drafts in testdata and
// writes model.bin: train [-out FILE] [FILE.jsonl…]. Run it from the package's
// folder, or through go generate.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parley/compliance/guard"
)

// learnable are the rules that a text breaks by what it says, whatever the state.
var learnable = []string{"OD-ARREST-01", "OD-GARNISH-01", "OD-LITIG-01", "OD-ATTY-01", "OD-GOVT-01", "OD-CREDIT-01", "OD-FEE-01", "OD-OFFER-01", "OD-OFFER-02",
	"OD-URGENCY-01", "OD-TAX-01", "OD-LEGALADV-01", "OD-FINADV-01", "OD-MEDICAL-01", "OD-PROFANE-01", "OD-HARASS-01", "OD-DISPUTE-01", "OD-OVERSHADOW-01",
	"OD-CARD-01", "OD-PII-01", "OD-REGE-01", "OD-POSTDATE-01", "OD-PROMISE-01", "OD-AI-01", "OD-ID-01"}

// formal are the rules about disclosures: a text that breaks only those says
// nothing wrong.
var formal = []string{"OD-MM-01", "OD-MM-02", "OD-OPTOUT-01", "OD-LANG-01", "OD-STATE-CA-01", "OD-STATE-NYC-01"}

func main() {
	out := flag.String("out", "model.bin", "where to write the weights")
	flag.Parse()
	if err := run(*out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(out string, files []string) error {
	if len(files) == 0 {
		files, _ = filepath.Glob("testdata/*.jsonl")
		files = slices.DeleteFunc(files, func(f string) bool { return strings.HasPrefix(filepath.Base(f), "unseen") })
	}
	var all []guard.Example
	for _, f := range files {
		ex, err := read(f)
		if err != nil {
			return err
		}
		all = append(all, ex...)
	}
	for _, kind := range guard.Templates() {
		for _, lang := range []string{"en", "es"} {
			text := guard.Template(kind, lang, "", map[string]string{"brand": "Harbor Recovery", "name": "Ava", "phone": "800-555-0100"})
			all = append(all, guard.Example{Text: text})
		}
	}
	own, err := os.ReadFile("testdata/lawful.txt")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(own)) {
		all = append(all, guard.Example{Text: strings.TrimSpace(line)})
	}
	b, err := guard.Train(all)
	if err != nil {
		return err
	}
	return os.WriteFile(out, b, 0o644)
}

func read(name string) ([]guard.Example, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []guard.Example
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		var r struct {
			Text       string   `json:"text"`
			Violations []string `json:"violations"`
		}
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		switch {
		case !slices.ContainsFunc(r.Violations, func(id string) bool { return !slices.Contains(formal, id) }):
			out = append(out, guard.Example{Text: r.Text})
		case slices.Contains(learnable, r.Violations[0]):
			out = append(out, guard.Example{Text: r.Text, Label: r.Violations[0]})
		}
	}
	return out, sc.Err()
}
