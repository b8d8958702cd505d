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
var training = []string{"stop.txt", "money.txt", "claims.txt", "person.txt", "care.txt", "ordinary.txt", "lookalikes.txt", "dev.txt", "dev2.txt", "more.txt", "dev3.txt", "wild.txt", "ordinary2.txt", "dev4.txt"}

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
// it takes every k-th, so that all alternatives still occur.
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
	step := max(1, len(parts)/most)
	if step > 1 && step%2 == 0 {
		step++ // an odd step visits every alternative of a pair
	}
	var out []string
	for i := 0; i < len(parts) && len(out) < most; i += step {
		out = append(out, strings.Join(strings.Fields(parts[i]), " "))
	}
	return out, nil
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
