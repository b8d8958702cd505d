package inbound

import "strings"

// joint says what stands between two groups of digits.
type joint uint8

const (
	apart   joint = iota // something that ends a number
	tight                // a space, dash, dot, newline, or words that only bridge
	slashed              // a slash or colon: a date unless the shape says card
	loose                // a few other words
)

// group is one number of a text with what follows it.
type group struct {
	piece
	at    int   // index in digits.ps
	next  joint // to the following group
	money bool
}

// digits is a text read for its numbers.
type digits struct {
	text   string
	ps     []piece
	groups []group
}

func newDigits(text string) *digits {
	d := &digits{text: text, ps: scan(text)}
	for i, p := range d.ps {
		if p.kind == number {
			d.groups = append(d.groups, group{piece: p, at: i, money: d.money(i)})
		}
	}
	for i := range d.groups {
		if i+1 < len(d.groups) {
			d.groups[i].next = d.joint(d.groups[i], d.groups[i+1])
		}
	}
	return d
}

var currencies = wordSet(`dollars dollar usd bucks buck dolares dolar pesos cents k percent`)

// money reports a number that is an amount or a percentage.
func (d *digits) money(i int) bool {
	if i > 0 && d.ps[i-1].kind == gap && strings.ContainsAny(lastRune(strings.TrimRight(d.ps[i-1].text, " ")), "$€£") {
		return true
	}
	for j := i + 1; j < len(d.ps) && j <= i+2; j++ {
		if d.ps[j].kind == gap && strings.HasPrefix(d.ps[j].text, "%") || d.ps[j].kind == word && currencies[d.ps[j].text] {
			return true
		}
		if d.ps[j].kind == word {
			return false
		}
	}
	return false
}

func lastRune(s string) string {
	rs := []rune(s)
	if len(rs) == 0 {
		return ""
	}
	return string(rs[len(rs)-1])
}

// bridges are words said between the parts of one number.
var bridges = wordSet(`then and dash space hyphen next followed by dot point y luego guion espacio despues sigue um uh uhm er comma so ok x
 sorry the rest is part`)

func (d *digits) joint(a, b group) joint {
	if a.money || b.money {
		return apart
	}
	words, seps, slash, other := 0, 0, false, false
	for _, p := range d.ps[a.at+1 : b.at] {
		switch p.kind {
		case masked, number:
			return apart
		case word:
			words++
			other = other || !bridges[p.text]
		case gap:
			seps += len(p.text)
			slash = slash || strings.ContainsAny(p.text, "/:")
			if strings.ContainsAny(p.text, "$%=@[]") {
				return apart
			}
		}
	}
	switch {
	case words > 4 || seps > 12:
		return apart
	case other && words > 3:
		return apart
	case other:
		return loose
	case slash:
		return slashed
	}
	return tight
}

// run is a stretch of groups, from first to last.
type run struct{ first, last int }

func (d *digits) join(r run) string {
	var b strings.Builder
	for _, g := range d.groups[r.first : r.last+1] {
		b.WriteString(g.text)
	}
	return b.String()
}

func (d *digits) span(r run) (start, end int) {
	return d.groups[r.first].start, d.groups[r.last].end
}

// has reports whether any word of set stands in the text.
func (d *digits) has(set map[string]bool) bool {
	for _, p := range d.ps {
		if p.kind == word && set[p.text] || p.kind == masked && set["[mask]"] {
			return true
		}
	}
	return false
}

// near reports whether a word of set stands within before words ahead of group
// first or within after words behind group last, without another number or a
// word of stop between.
func (d *digits) near(r run, set, stop map[string]bool, before, after int) bool {
	look := func(from, step, words int) bool {
		for i := from; i >= 0 && i < len(d.ps) && words > 0; i += step {
			p := d.ps[i]
			if p.kind == number && len(p.text) > 1 || p.kind == masked {
				return false
			}
			if p.kind != word {
				continue
			}
			if set[p.text] {
				return true
			}
			if stop[p.text] {
				return false
			}
			words--
		}
		return false
	}
	return look(d.groups[r.first].at-1, -1, before) || look(d.groups[r.last].at+1, 1, after)
}

// phone reports a run of groups shaped as a North American telephone number.
func (d *digits) phone(r run) bool {
	s := d.join(r)
	if len(s) == 11 && s[0] == '1' {
		s = s[1:]
	}
	if len(s) != 10 || s[0] < '2' || s[3] < '2' {
		return false
	}
	for _, g := range d.groups[r.first : r.last+1] {
		if g.spoken {
			return false
		}
	}
	shape := d.shape(r)
	switch shape {
	case "3-3-4", "1-3-3-4", "10", "11", "3-7", "1-10":
		return true
	}
	return false
}

// shape writes the lengths of the groups of r, as "4-4-4-4".
func (d *digits) shape(r run) string {
	var b strings.Builder
	for i := r.first; i <= r.last; i++ {
		if i > r.first {
			b.WriteByte('-')
		}
		n := len(d.groups[i].text)
		if n >= 10 {
			b.WriteByte('0' + byte(n/10%10))
		}
		b.WriteByte('0' + byte(n%10))
	}
	return b.String()
}
