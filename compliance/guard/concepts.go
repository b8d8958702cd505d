package guard

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed concepts.txt
var conceptFile string

// ideas maps words and stems to the concepts they belong to.
type ideas struct {
	words, stems map[string][]string
}

// lexicon is the concepts of concepts.txt, read once.
var lexicon = sync.OnceValue(func() *ideas {
	x := &ideas{map[string][]string{}, map[string][]string{}}
	for line := range strings.Lines(conceptFile) {
		name, body, ok := strings.Cut(line, "=")
		if !ok || line[0] == '#' {
			continue
		}
		name = strings.TrimSpace(name)
		for w := range strings.FieldsSeq(body) {
			if stem, ok := strings.CutSuffix(w, "*"); ok {
				x.stems[stem] = append(x.stems[stem], name)
			} else {
				x.words[w] = append(x.words[w], name)
			}
		}
	}
	return x
})

// of lists the concepts of a word.
func (x *ideas) of(w string) []string {
	out := x.words[w]
	for n := 3; n <= len(w) && n <= 12; n++ {
		if more := x.stems[w[:n]]; more != nil {
			out = append(out[:len(out):len(out)], more...)
		}
	}
	return out
}
