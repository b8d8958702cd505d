package guard

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed phrases/*.txt
var phraseFiles embed.FS

// mode is what a phrase does where it stands.
type mode uint8

const (
	asserts mode = iota // fires unless it is denied: "we will not sue you"
	always              // fires even under a negation: "you are nothing but a deadbeat"
	insists             // fires whatever is around it
	excuses             // what it covers doesn't fire
)

// A phrase is a pattern with its mode and the set it belongs to. Others must
// stand in the same sentence, anywhere: "disput* & (useless|pointless)".
type phrase struct {
	pattern
	others []pattern
	words  map[string]bool // negators the phrase itself has
	tail   int             // an excuse covers so many words more
	mode   mode
	set    int
}

// matcher finds all phrases of all sets in one walk over the tokens.
type matcher struct {
	sets    []string
	index   map[string]int
	phrases []phrase
	exact   map[string][]int // by first word
	prefix  map[string][]int // by the first bytes of the first word
	kinds   map[op][]int     // by kind of the first token
	shapes  map[int]bool     // lengths of prefixes
}

// hit is a phrase found at tokens [from,to).
type hit struct {
	from, to int
	phrase   *phrase
}

// builtin is the matcher over the embedded phrase files, built once.
var builtin = sync.OnceValues(func() (*matcher, error) { return newMatcher(phraseFiles) })

// newMatcher reads phrases/classes.txt and a file per set.
func newMatcher(files fs.FS) (*matcher, error) {
	m := &matcher{index: map[string]int{}, exact: map[string][]int{}, prefix: map[string][]int{}, kinds: map[op][]int{}, shapes: map[int]bool{}}
	classes := map[string]string{}
	err := eachLine(files, "phrases/classes.txt", func(line string) error {
		name, body, ok := strings.Cut(line, "=")
		if !ok {
			return fmt.Errorf("class %q has no =", line)
		}
		classes[strings.TrimSpace(name)] = strings.TrimSpace(body)
		return nil
	})
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "phrases/*.txt")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if path.Base(name) == "classes.txt" {
			continue
		}
		set := strings.TrimSuffix(path.Base(name), ".txt")
		m.index[set] = len(m.sets)
		m.sets = append(m.sets, set)
		err := eachLine(files, name, func(line string) error { return m.add(len(m.sets)-1, line, classes) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return m, nil
}

// eachLine calls f with each line that is not empty and no comment.
func eachLine(files fs.FS, name string, f func(string) error) error {
	file, err := files.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	sc := bufio.NewScanner(file)
	for sc.Scan() {
		line := strings.TrimSpace(sc.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if err := f(line); err != nil {
			return err
		}
	}
	return sc.Err()
}

// add compiles one line of set.
func (m *matcher) add(set int, line string, classes map[string]string) error {
	ph := phrase{set: set}
	switch {
	case strings.HasPrefix(line, "!! "):
		ph.mode, line = insists, line[3:]
	case strings.HasPrefix(line, "! "):
		ph.mode, line = always, line[2:]
	case strings.HasPrefix(line, "- "):
		ph.mode, line = excuses, line[2:]
		if i := strings.LastIndex(line, " .."); i >= 0 && !strings.ContainsAny(line[i+1:], " )]") {
			if _, err := fmt.Sscanf(line[i+1:], "..%d", &ph.tail); err != nil {
				return err
			}
			line = line[:i]
		}
	}
	parts := strings.Split(line, " & ")
	pat, err := compile(parts[0], classes)
	if err != nil {
		return err
	}
	for _, part := range parts[1:] {
		other, err := compile(part, classes)
		if err != nil {
			return err
		}
		ph.others = append(ph.others, other)
	}
	ph.pattern = pat
	for _, in := range pat.prog {
		if negators[in.lit] {
			if ph.words == nil {
				ph.words = map[string]bool{}
			}
			ph.words[in.lit] = true
		}
	}
	id := len(m.phrases)
	m.phrases = append(m.phrases, ph)
	seen := map[string]bool{}
	for _, in := range pat.first() {
		key := fmt.Sprint(in.op, in.lit)
		if seen[key] {
			continue
		}
		seen[key] = true
		switch in.op {
		case opLit:
			m.exact[in.lit] = append(m.exact[in.lit], id)
		case opPrefix:
			m.prefix[in.lit] = append(m.prefix[in.lit], id)
			m.shapes[len(in.lit)] = true
		case opMatch:
			return fmt.Errorf("phrase %q matches nothing", line)
		default:
			m.kinds[in.op] = append(m.kinds[in.op], id)
		}
	}
	return nil
}

// together reports whether the phrase's other parts stand in the sentence of
// toks[i:end], outside it, each asserted like the phrase itself.
func (ph *phrase) together(toks []token, i, end int) bool {
	if len(ph.others) == 0 {
		return true
	}
	first, last := i, end
	for first > 0 && toks[first-1].sent == toks[i].sent {
		first--
	}
	for last < len(toks) && toks[last].sent == toks[i].sent {
		last++
	}
	for k := range ph.others {
		if !ph.other(&ph.others[k], toks, first, last, i, end) {
			return false
		}
	}
	return true
}

func (ph *phrase) other(p *pattern, toks []token, first, last, i, end int) bool {
	for j := first; j < last; j++ {
		if e := p.match(toks, j); e > j && (e <= i || j >= end) && (ph.mode != asserts || !denied(toks, j, e)) {
			return true
		}
	}
	return false
}

// scan returns the hits of each set.
func (m *matcher) scan(toks []token) [][]hit {
	out := make([][]hit, len(m.sets))
	try := func(ids []int, i int) {
		for _, id := range ids {
			ph := &m.phrases[id]
			if end := ph.match(toks, i); end > i && ph.together(toks, i, end) {
				for n := ph.tail; n > 0 && end < len(toks) && toks[end].sent == toks[i].sent; n-- {
					end++
				}
				out[ph.set] = append(out[ph.set], hit{i, end, ph})
			}
		}
	}
	for i := range toks {
		t := &toks[i]
		try(m.exact[t.s], i)
		for n := 1; n <= len(t.s); n++ {
			if m.shapes[n] {
				try(m.prefix[t.s[:n]], i)
			}
		}
		switch t.kind {
		case kNumber:
			try(m.kinds[opNum], i)
		case kMoney:
			try(m.kinds[opMoney], i)
		case kPercent:
			try(m.kinds[opPct], i)
		}
		try(m.kinds[opAny], i)
	}
	return out
}
