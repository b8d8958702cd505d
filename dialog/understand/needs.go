package understand

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// pattern is an expression with the words one of which any match must hold, so
// that most texts need not be matched at all.
type pattern struct {
	re    *regexp.Regexp
	needs []string
}

func compile(expr string) *pattern {
	p := &pattern{re: regexp.MustCompile(expr)}
	if tree, err := syntax.Parse(expr, syntax.Perl); err == nil {
		p.needs = required(tree)
	}
	return p
}

// match reports whether text matches. A nil pattern matches nothing.
func (p *pattern) match(text string) bool {
	if p == nil {
		return false
	}
	if p.needs == nil {
		return p.re.MatchString(text)
	}
	for _, n := range p.needs {
		if strings.Contains(text, n) {
			return p.re.MatchString(text)
		}
	}
	return false
}

// required are literals one of which stands in every match of the expression;
// nil when none can be named.
func required(e *syntax.Regexp) []string {
	switch e.Op {
	case syntax.OpLiteral:
		if e.Flags&syntax.FoldCase != 0 {
			return nil
		}
		return []string{string(e.Rune)}
	case syntax.OpCapture, syntax.OpPlus:
		return required(e.Sub[0])
	case syntax.OpConcat:
		var best []string
		for _, s := range e.Sub {
			if r := required(s); r != nil && (best == nil || shortest(r) > shortest(best)) {
				best = r
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, s := range e.Sub {
			r := required(s)
			if r == nil {
				return nil
			}
			all = append(all, r...)
		}
		return all
	}
	return nil
}

func shortest(words []string) int {
	n := len(words[0])
	for _, w := range words {
		n = min(n, len(w))
	}
	return n
}
