// Package phrases holds the sentences the inbound classifier is trained on and
// judged by, and reads them. Only training and evaluation import it.
//
// A line "[a,b]" opens a section whose lines carry the labels a and b;
// "[none]" carries none; "[look-alike a]" carries none and looks like a. In a
// line (a|b) stands for either. A line is one template: its expansions are
// siblings and must stay on one side of a split.
package phrases

import (
	"bufio"
	"embed"
	"fmt"
	"strings"
)

//go:embed *.txt
var files embed.FS

// HeldOut is the file that is never trained on and never looked at while rules
// are written.
const HeldOut = "heldout.txt"

// Phrase is one expanded line.
type Phrase struct {
	Text   string
	Labels []string
	// Like is the label a look-alike must not fire; empty for others.
	Like string
	// Template identifies the line, over all files; siblings share it.
	Template int
	// Siblings is how many expansions the line has.
	Siblings int
}

// training are the files trained on, in a fixed order.
var training = []string{"stop.txt", "money.txt", "claims.txt", "person.txt", "care.txt", "ordinary.txt", "lookalikes.txt", "dev.txt", "dev2.txt", "more.txt", "dev3.txt", "wild.txt", "ordinary2.txt", "dev4.txt",
	"fresh_stop.txt", "fresh_claims.txt", "fresh_person.txt", "fresh_ask.txt", "fresh_none.txt", "seen_a.txt", "seen_c.txt",
	"fresh_wild.txt", "seen_d.txt", "fresh_plain.txt", "fresh_everyday.txt"}

// Training returns all phrases to train on, at most most expansions a line.
func Training(most int) ([]Phrase, error) {
	var out []Phrase
	template := 0
	for _, name := range training {
		ps, err := read(name, most, &template)
		if err != nil {
			return nil, err
		}
		out = append(out, ps...)
	}
	return out, nil
}

// Heldout returns the phrases to judge by.
func Heldout() ([]Phrase, error) {
	template := 0
	return read(HeldOut, 1<<10, &template)
}

func read(name string, most int, template *int) ([]Phrase, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []Phrase
	var labels []string
	like, n := "", 0
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		n++
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			labels, like = section(line[1 : len(line)-1])
		default:
			texts, err := expand(line, most)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, n, err)
			}
			*template++
			for _, t := range texts {
				out = append(out, Phrase{Text: t, Labels: labels, Like: like, Template: *template, Siblings: len(texts)})
			}
		}
	}
	return out, lines.Err()
}

func section(s string) (labels []string, like string) {
	if rest, ok := strings.CutPrefix(s, "look-alike "); ok {
		return nil, rest
	}
	if s == "none" {
		return nil, ""
	}
	return strings.Split(s, ","), ""
}

// expand writes out the alternatives of a line. Where there are more than most,
// it takes some spread evenly, so that all alternatives still occur.
func expand(line string, most int) ([]string, error) {
	parts := []string{""}
	for line != "" {
		open := strings.IndexByte(line, '(')
		if open < 0 || !strings.Contains(line[open:], "|") {
			parts = product(parts, []string{line})
			break
		}
		end := strings.IndexByte(line[open:], ')')
		if end < 0 {
			return nil, fmt.Errorf("no closing bracket")
		}
		parts = product(parts, []string{line[:open]})
		inner := line[open+1 : open+end]
		if strings.Contains(inner, "|") {
			parts = product(parts, strings.Split(inner, "|"))
		} else {
			parts = product(parts, []string{"(" + inner + ")"})
		}
		line = line[open+end+1:]
	}
	// Steps of the golden section, made coprime to the count, visit the
	// alternatives of every bracket about evenly and none twice.
	step := 1
	if len(parts) > most {
		for step = max(1, len(parts)*618/1000); gcd(step, len(parts)) != 1; step++ {
		}
	}
	out := make([]string, 0, min(most, len(parts)))
	for i := range min(most, len(parts)) {
		out = append(out, strings.Join(strings.Fields(parts[i*step%len(parts)]), " "))
	}
	return out, nil
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func product(heads, tails []string) []string {
	out := make([]string, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			out = append(out, h+t)
		}
	}
	return out
}
