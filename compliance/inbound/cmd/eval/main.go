// Command eval prints how well the inbound detector hears, as markdown: on the
// repository's held-out phrases, and on every JSON-lines file named.
//
//	go run ./compliance/inbound/cmd/eval [-v] [FILE.jsonl ...]
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"parley/compliance/inbound"
	"parley/compliance/inbound/eval"
)

func main() {
	verbose := flag.Bool("v", false, "list what was missed and what fired wrongly")
	flag.Parse()
	if err := run(*verbose, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(2)
	}
}

func run(verbose bool, files []string) error {
	d := inbound.NewDetector()
	rows, err := eval.HeldOut()
	if err != nil {
		return err
	}
	show(eval.Evaluate(d, rows), "Inbound events, held-out phrases", verbose)
	for _, f := range files {
		rows, err := read(f)
		if err != nil {
			return err
		}
		show(eval.Evaluate(d, rows), "Inbound events, "+filepath.Base(f), verbose)
	}
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
	var rows []eval.Row
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var r eval.Row
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", filepath.Base(name), n, err)
		}
		rows = append(rows, r)
	}
	return rows, lines.Err()
}
