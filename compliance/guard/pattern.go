package guard

import (
	"fmt"
	"strings"
)

// Phrases are written in a small language, one a line, over tokens:
//
//	garnish*            a word that begins so
//	(wage|wages|pay)    one of these; an alternative may have several words
//	[your]              may stand there or not
//	..4                 up to four words of any kind
//	{we}                a class, defined once
//	{num} {money} {pct} a number, an amount of money, a percentage
//	^                   the beginning of a sentence
//
// A match never crosses the end of a sentence.
type pattern struct {
	src  string
	prog []instr
}

type op uint8

const (
	opLit op = iota
	opPrefix
	opNum
	opMoney
	opPct
	opAny
	opStart
	opSplit
	opJump
	opMatch
)

type instr struct {
	op   op
	lit  string
	x, y int
}

// compile parses a phrase.
func compile(src string, classes map[string]string) (pattern, error) {
	p := parser{src: src, classes: classes}
	p.words()
	if err := p.seq(0); err != nil {
		return pattern{}, fmt.Errorf("phrase %q: %w", src, err)
	}
	if p.pos != len(p.toks) {
		return pattern{}, fmt.Errorf("phrase %q: unexpected %q", src, p.toks[p.pos])
	}
	p.prog = append(p.prog, instr{op: opMatch})
	return pattern{src: src, prog: p.prog}, nil
}

type parser struct {
	src     string
	classes map[string]string
	toks    []string
	pos     int
	prog    []instr
}

// words splits the source into words and the signs ( ) [ ] |.
func (p *parser) words() {
	r := strings.NewReplacer("(", " ( ", ")", " ) ", "[", " [ ", "]", " ] ", "|", " | ")
	p.toks = strings.Fields(r.Replace(p.src))
}

func (p *parser) emit(i instr) int {
	p.prog = append(p.prog, i)
	return len(p.prog) - 1
}

// seq parses elements up to a closing sign.
func (p *parser) seq(depth int) error {
	if depth > 8 {
		return fmt.Errorf("nested too deep")
	}
	for p.pos < len(p.toks) {
		switch t := p.toks[p.pos]; t {
		case ")", "]", "|":
			return nil
		case "(":
			p.pos++
			if err := p.alt(depth, ")"); err != nil {
				return err
			}
		case "[":
			p.pos++
			split := p.emit(instr{op: opSplit})
			p.prog[split].x = split + 1
			if err := p.alt(depth, "]"); err != nil {
				return err
			}
			p.prog[split].y = len(p.prog)
		default:
			p.pos++
			if err := p.atom(t, depth); err != nil {
				return err
			}
		}
	}
	return nil
}

// alt parses alternatives up to the closing sign.
func (p *parser) alt(depth int, closing string) error {
	var jumps []int
	for {
		split := p.emit(instr{op: opSplit})
		p.prog[split].x = split + 1
		if err := p.seq(depth + 1); err != nil {
			return err
		}
		if p.pos >= len(p.toks) {
			return fmt.Errorf("missing %s", closing)
		}
		t := p.toks[p.pos]
		p.pos++
		if t == "|" {
			jumps = append(jumps, p.emit(instr{op: opJump}))
			p.prog[split].y = len(p.prog)
			continue
		}
		if t != closing {
			return fmt.Errorf("want %s, have %s", closing, t)
		}
		p.prog[split].y = split + 1
		for _, j := range jumps {
			p.prog[j].x = len(p.prog)
		}
		return nil
	}
}

func (p *parser) atom(t string, depth int) error {
	switch {
	case t == "{num}":
		p.emit(instr{op: opNum})
	case t == "{money}":
		p.emit(instr{op: opMoney})
	case t == "{pct}":
		p.emit(instr{op: opPct})
	case t == "{any}":
		p.emit(instr{op: opAny})
	case t == "^":
		p.emit(instr{op: opStart})
	case strings.HasPrefix(t, "{"):
		body, ok := p.classes[strings.Trim(t, "{}")]
		if !ok {
			return fmt.Errorf("no class %s", t)
		}
		sub := parser{src: "(" + body + ")", classes: p.classes, prog: p.prog}
		sub.words()
		if err := sub.seq(depth + 1); err != nil {
			return err
		}
		p.prog = sub.prog
	case strings.HasPrefix(t, ".."):
		n := 0
		if _, err := fmt.Sscanf(t, "..%d", &n); err != nil || n < 1 || n > 20 {
			return fmt.Errorf("bad gap %s", t)
		}
		for range n {
			i := p.emit(instr{op: opSplit})
			p.prog[i].x = i + 2 // prefer the shorter gap
			p.prog[i].y = i + 1
			p.emit(instr{op: opAny})
		}
		// each split may leave the gap at once
		end := len(p.prog)
		for i := end - 2*n; i < end; i += 2 {
			p.prog[i].x = end
		}
	case strings.HasSuffix(t, "*"):
		p.emit(instr{op: opPrefix, lit: strings.TrimSuffix(t, "*")})
	default:
		p.emit(instr{op: opLit, lit: t})
	}
	return nil
}

// match reports where the phrase ends that begins at toks[i]; -1: it doesn't.
func (p *pattern) match(toks []token, i int) int { return p.run(toks, i, i, 0) }

func (p *pattern) run(toks []token, start, i, pc int) int {
	for {
		in := &p.prog[pc]
		switch in.op {
		case opMatch:
			return i
		case opJump:
			pc = in.x
			continue
		case opSplit:
			if in.x == in.y {
				pc = in.x
				continue
			}
			if e := p.run(toks, start, i, in.x); e >= 0 {
				return e
			}
			pc = in.y
			continue
		case opStart:
			if i < len(toks) && (i == 0 || toks[i].brk == brkSentence) {
				pc++
				continue
			}
			return -1
		}
		if i >= len(toks) || toks[i].sent != toks[start].sent || !in.accepts(&toks[i]) {
			return -1
		}
		i++
		pc++
	}
}

func (in *instr) accepts(t *token) bool {
	switch in.op {
	case opLit:
		return t.s == in.lit
	case opPrefix:
		return strings.HasPrefix(t.s, in.lit)
	case opNum:
		return t.kind == kNumber
	case opMoney:
		return t.kind == kMoney
	case opPct:
		return t.kind == kPercent
	}
	return true
}

// first lists the instructions that may consume the phrase's first token.
func (p *pattern) first() []instr {
	var out []instr
	seen := make([]bool, len(p.prog))
	var walk func(int)
	walk = func(pc int) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch in := p.prog[pc]; in.op {
		case opSplit:
			walk(in.x)
			walk(in.y)
		case opJump:
			walk(in.x)
		case opStart:
			walk(pc + 1)
		default:
			out = append(out, in)
		}
	}
	walk(0)
	return out
}
