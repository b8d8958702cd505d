package understand

import (
	"strings"

	"github.com/golang-sql/civil"

	"parley/negotiation"
)

// clause is a stretch of tokens that holds one ask at most.
type clause struct {
	toks []token
	// alt: it begins with "or"; also: with "and" or "then"; fixes: it takes back
	// what went before.
	alt, also, fixes bool
}

func (c clause) text() string { return joinText(c.toks) }

func (c clause) figures() int { return figuresAhead(c.toks) }

// figuresAhead counts amounts up to the next full stop.
func figuresAhead(ts []token) int {
	n := 0
	for _, t := range ts {
		if t.kind == symbol && strings.Contains(".;?!\n", t.text) {
			break
		}
		if t.kind == money || t.kind == share || t.kind == number && !t.ordinal {
			n++
		}
	}
	return n
}

var fixPhrases = []string{
	"no wait", "wait no", "i meant to say", "i meant", "i mean", "scratch that", "correction", "make that", "actually", "my bad", "oops", "change that to", "change it to",
	"quise decir", "quiero decir", "perdon", "digo", "mejor dicho", "me equivoque", "corrijo", "no espera", "no espere",
}

// split cuts a message into clauses.
func split(ts []token) []clause {
	var out []clause
	cur := clause{}
	flush := func(next clause) {
		if len(cur.toks) > 0 {
			out = append(out, cur)
		}
		cur = next
	}
	for i := 0; i < len(ts); i++ {
		t := ts[i]
		if n := phrase(ts[i:], fixPhrases...); n > 0 && t.kind == word {
			flush(clause{fixes: true})
			i += n - 1
			continue
		}
		switch {
		case t.kind == symbol && strings.Contains(".;?!\n", t.text):
			flush(clause{})
		case t.kind == word && in([]string{"but", "pero"}, t.text):
			flush(clause{})
		case t.kind == word && in([]string{"or", "o", "u"}, t.text) && cur.figures() > 0 && figuresAhead(ts[i+1:]) > 0:
			if i > 0 && ts[i-1].role == "amount" { // inside a range
				cur.toks = append(cur.toks, t)
				continue
			}
			flush(clause{alt: true})
		case isAnd(t) && cur.figures() > 0 && phrase(ts[i+1:], "the rest", "the remainder", "the remaining", "the other half", "el resto", "la otra mitad", "lo demas", "rest") > 0:
			flush(clause{also: true})
		case isAnd(t) && cur.figures() > 0 && figuresAhead(ts[i+1:]) > 0 && (i == 0 || ts[i-1].role != "amount"):
			flush(clause{also: true})
		default:
			cur.toks = append(cur.toks, t)
		}
	}
	flush(clause{})
	return out
}

func isAnd(t token) bool {
	return t.kind == word && in([]string{"and", "y", "then", "plus", "luego", "despues", "mas"}, t.text) || t.kind == symbol && in([]string{",", "+", "&"}, t.text)
}

var nowWords = []string{"down", "now", "ahora", "upfront", "up"}

// gathered is what one clause says.
type gathered struct {
	ask           negotiation.Ask
	amount, share bool
	timed         bool // a day, a cadence or a count
	down          bool // "now", "down"
	until         bool
	off           bool // the share is what remains when one is taken off
	refused       bool // an amount is named as one they can't pay
	short         bool // hardly anything but figures is said
	doubt         bool
}

// gather reads the figures of a clause.
func gather(c clause, today civil.Date, alone bool) gathered {
	g := gathered{short: len(c.toks) <= 4}
	for i := range c.toks {
		t := &c.toks[i]
		switch t.kind {
		case number:
			if promotes(c.toks, i, alone || c.fixes || reSettleWords.match(c.text())) {
				t.kind = money
				g.money(c.toks, i)
			}
		case money:
			g.money(c.toks, i)
		case share:
			if t.invalid {
				g.doubt = true
			} else if !g.share {
				g.share, g.ask.Share, g.off = true, negotiation.Bp(t.num), t.role == "off"
				g.down = g.down || in(nowWords, textAt(c.toks, i+1))
			}
		case cadence:
			g.ask.Cadence, g.timed = t.cadence, true
		case count:
			g.count(t)
		case day:
			g.day(c.toks, i, today)
		}
	}
	return g
}

// promotes reports whether a bare number is an amount: by a word of paying
// before it, a rate or a day after it, or because nothing else is said.
func promotes(ts []token, i int, alone bool) bool {
	t := ts[i]
	if t.ordinal || t.negative || t.num == 0 {
		return false
	}
	if alone {
		return true
	}
	if len(t.digits) <= 4 && (reIsAllICan.match(joinText(ts[i+1:])) || reMostICanIs.match(joinText(ts[:i]))) {
		return true // "110 is what I can do"; five digits may be a ZIP code
	}
	if i+1 < len(ts) && (ts[i+1].kind == cadence || ts[i+1].kind == day || in([]string{"down", "now", "ahora", "today", "upfront", "first", "max", "tops", "total", "each", "flat", "cash", "bi"}, ts[i+1].text)) {
		return true
	}
	if i+2 < len(ts) && ts[i+2].kind == day && in([]string{"by", "on", "before", "until", "in", "after", "para", "el", "antes", "starting", "this", "come"}, ts[i+1].text) {
		return true
	}
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if ts[j].kind == word && in(payWords, ts[j].text) {
			return true
		}
		if ts[j].kind == cadence || ts[j].kind == money {
			return true
		}
	}
	// "60?" and "60 works" are amounts where the clause has no other number.
	return i == 0 && len(ts) <= 4
}

func (g *gathered) money(ts []token, i int) {
	t := &ts[i]
	if t.role == "surplus" || t.role == "income" || t.role == "expenses" || t.role == "owed" {
		return
	}
	if !t.usable() {
		g.doubt, t.role = true, "invalid"
		return
	}
	if i > 0 && in([]string{"not", "instead", "than"}, ts[i-1].text) || i > 1 && (ts[i-2].text == "instead" || ts[i-2].text == "rather") && ts[i-1].text != "pay" {
		if ts[i-1].text == "not" || ts[i-1].text == "of" || ts[i-1].text == "instead" {
			t.role = "retracted"
			return
		}
	}
	if refused(ts, i) {
		t.role, g.refused = "refused", true
		return
	}
	switch {
	case t.role == "max":
		g.ask.Max = t.amount()
	case !g.amount:
		g.amount, g.ask.Amount = true, t.amount()
		if t.role == "" {
			t.role = "amount"
		}
	}
	g.down = g.down || in(nowWords, textAt(ts, i+1))
}

// refused reports whether an amount is named as too much: "I can't afford 103",
// "103 is too much". "I can't pay more than 50" names one they can.
func refused(ts []token, i int) bool {
	after := joinText(ts[i+1 : min(len(ts), i+5)])
	if reTooMuch.match(after) {
		return true
	}
	before := joinText(ts[max(0, i-4):i])
	return reCant.match(before) && !reMoreThan.match(before)
}

func (g *gathered) count(t *token) {
	n := int(t.num / 100)
	if t.cadence != "" {
		g.ask.Cadence = t.cadence
	}
	if n < 1 || n > 1000 || t.num%100 != 0 || t.invalid {
		g.doubt = true
		return
	}
	g.ask.Count, g.timed = n, true
	switch {
	case g.ask.Cadence != "":
	case t.role == "months":
		g.ask.Cadence = negotiation.Monthly
	case t.role == "weeks":
		g.ask.Cadence = negotiation.Weekly
	}
}

// day gives a date its part by the words before it.
func (g *gathered) day(ts []token, i int, today civil.Date) {
	t := &ts[i]
	if t.invalid || t.role == "past" {
		g.doubt = true
		return
	}
	if t.role != "" {
		return // a birthday, a payday
	}
	if t.cadence != "" {
		g.ask.Cadence = t.cadence
	}
	if t.date == today && dateRole(ts, i) == "not_before" {
		return // "I never heard of it until today"
	}
	g.timed = true
	t.role = dateRole(ts, i)
	switch t.role {
	case "by":
		g.ask.By = t.date
	case "not_before":
		g.ask.NotBefore, g.until = t.date, true
	default:
		if !exists(g.ask.Start) {
			g.ask.Start = t.date
		}
		g.down = g.down || t.date == today
	}
}

// dateRole reads the few words before a day.
func dateRole(ts []token, i int) string {
	before := ""
	for j := max(0, i-4); j < i; j++ {
		before += " " + ts[j].text
	}
	before += " "
	ends := func(words ...string) bool {
		for _, w := range words {
			for _, filler := range []string{"", "the ", "el ", "around ", "about ", "like ", "at least ", "la "} {
				if strings.HasSuffix(before, " "+w+" "+filler) {
					return true
				}
			}
		}
		return false
	}
	switch {
	case ends("not before", "no antes de", "no antes del", "until", "till", "til", "hasta", "after", "despues de", "despues del", "anything before", "cant before", "nothing before", "nada antes de", "nada antes del"):
		return "not_before"
	case ends("by", "before", "no later than", "para", "antes de", "antes del", "latest", "due", "due on"):
		return "by"
	}
	return "start"
}
