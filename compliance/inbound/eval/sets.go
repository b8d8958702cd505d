package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"sync"

	"parley/compliance/inbound"
	"parley/compliance/inbound/phrases"
)

// Set is a file of rows and what must be known to read its figures.
type Set struct {
	File  string
	Title string
	// Seen says that the detector has learnt from the rows, so that its figures
	// show that nothing was lost, not how it meets new words.
	Seen  bool
	About string
}

// Sets are the files of testdata, the held-out one first.
func Sets() []Set {
	return []Set{
		{"unseen_b.jsonl", "Inbound events, second author's quarter B: held out", false,
			"The rows were not used, nor looked at while rules and phrases were written. But the same hand wrote training phrases after them, and many say the same in the same words: those are left out of the second line, which is the one to go by."},
		{"unseen_c.jsonl", "Inbound events, second author's quarter C: seen", true, "Measured once, then learnt from."},
		{"unseen_a.jsonl", "Inbound events, second author's half A: seen", true, "Measured once, then learnt from."},
		{"ordinary_d.jsonl", "Ordinary messages D: seen", true, "Measured once, then learnt from."},
		{"ordinary_e.jsonl", "Ordinary messages E: seen", true, "Measured once, then rules were mended for them."},
		{"ordinary_f.jsonl", "Ordinary messages F: seen", true, "Measured once, then rules were mended for them."},
	}
}

// Read reads rows as JSON lines; name is for errors.
func Read(r io.Reader, name string) ([]Row, error) {
	var rows []Row
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var row Row
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		rows = append(rows, row)
	}
	return rows, lines.Err()
}

// Unlike returns the rows that are not worded as a training phrase, after
// normalisation.
func Unlike(rows []Row) ([]Row, error) {
	seen, err := trained()
	if err != nil {
		return nil, err
	}
	var out []Row
	for _, r := range rows {
		if !seen[inbound.Spelled(inbound.Normalise(r.Text))] {
			out = append(out, r)
		}
	}
	return out, nil
}

// mostExpansions bounds the wordings of one template that are looked up.
const mostExpansions = 400

var trained = sync.OnceValues(func() (map[string]bool, error) {
	ps, err := phrases.Training(mostExpansions)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]bool, len(ps))
	for _, p := range ps {
		seen[inbound.Spelled(inbound.Normalise(p.Text))] = true
	}
	return seen, nil
})

// Wilson is the 95% interval of a share of n of of.
func Wilson(n, of int) (low, high float64) {
	if of == 0 {
		return 0, 1
	}
	const z = 1.959964
	p, m := float64(n)/float64(of), float64(of)
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, mid-half), min(1, mid+half)
}
