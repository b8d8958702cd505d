// Command eval prints how well the inbound detector hears, as markdown: on the
// rows under compliance/inbound/testdata when it is run from the module's root,
// on the first author's phrases, and on every JSON-lines file named.
//
//	go run ./compliance/inbound/cmd/eval [-v] [-only] [FILE.jsonl ...]
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"parley/compliance/inbound"
	"parley/compliance/inbound/eval"
)

// data is where the sets lie, from the module's root.
const data = "compliance/inbound/testdata"

func main() {
	verbose := flag.Bool("v", false, "list what was missed and what fired wrongly")
	only := flag.Bool("only", false, "measure the files named and nothing else")
	flag.Parse()
	if err := run(*verbose, *only, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(2)
	}
}

func run(verbose, only bool, files []string) error {
	d := inbound.NewDetector()
	if !only {
		if err := own(d, verbose); err != nil {
			return err
		}
	}
	for _, f := range files {
		rows, err := read(f)
		if err != nil {
			return err
		}
		show(eval.Evaluate(d, rows), "Inbound events, "+filepath.Base(f), verbose)
	}
	return nil
}

// own measures the repository's own sets, held-out rows first.
func own(d *inbound.Detector, verbose bool) error {
	for _, set := range eval.Sets() {
		rows, err := read(filepath.Join(data, set.File))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return err
		}
		// Details of held-out rows stay out of sight, or they are seen.
		show(eval.Evaluate(d, rows), set.Title, verbose && set.Seen)
		fmt.Printf("%s\n\n", set.About)
		if set.Seen {
			continue
		}
		fresh, err := eval.Unlike(rows)
		if err != nil {
			return err
		}
		fmt.Printf("%d rows are worded exactly as a training phrase. Without them: %s\n\n", len(rows)-len(fresh), eval.Evaluate(d, fresh).Summary())
	}
	if first, err := os.ReadFile(filepath.Join(data, "first.md")); err == nil {
		fmt.Printf("### Inbound events, first figures\n\n%s\n", first)
	}
	rows, err := eval.HeldOut()
	if err != nil {
		return err
	}
	show(eval.Evaluate(d, rows), "Inbound events, first author's held-out phrases: seen", verbose)
	fmt.Print("Never trained on, but looked at between rounds of rule writing.\n\n")
	return nil
}

func show(r eval.Report, title string, verbose bool) {
	r.Markdown(os.Stdout, title)
	if !verbose {
		return
	}
	for _, m := range r.Missed {
		fmt.Println("MISSED", m)
	}
	for _, m := range r.Wrong {
		fmt.Println("WRONG ", m)
	}
}

func read(name string) ([]eval.Row, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return eval.Read(f, filepath.Base(name))
}
