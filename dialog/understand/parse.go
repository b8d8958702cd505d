package understand

import (
	"regexp"
	"slices"
	"strings"

	"github.com/golang-sql/civil"

	"parley/negotiation"
)

// Parse hears one message, written on the civil day today, in lang ("en", "es"
// or "" when not known). It never fails: what it can't read is Unclear. With a
// today that is no date, days named are not resolved.
func Parse(text, lang string, today civil.Date) Understanding {
	folded := strings.TrimSpace(fold(text))
	u := Understanding{Question: strings.Contains(folded, "?")}
	raw := spell(lex(folded, lang))
	u.Language = language(raw, lang)
	plain := plainText(raw)
	u.Choice = choice(folded, plain)

	ts := joinCadences(joinNumbers(raw, u.Language))
	if exists(today) {
		ts = recurring(dater{today: today, lang: u.Language}.join(ts))
	}
	ts, u.Factors = identifying(ts, today)
	ts = judgeNumbers(ts)
	if u.Choice != 0 {
		ts = withoutChoice(ts)
	}
	cs := split(ts)
	stated(cs, &u)
	yesNo(&u, plain)
	var doubt bool
	u.Asks, doubt = asksOf(cs, today, u.alone(ts))
	u.mentions(cs)
	u.Correction = corrects(cs, plain, u)
	u.intents(plain, cs)
	u.Unclear = doubt || len(u.Intents) == 0 && len(u.Asks) == 0 && u.Choice == 0 && !u.Affirm && !u.Deny &&
		u.Surplus == nil && u.Income == nil && u.Expenses == nil && u.Payday == "" && len(u.Dates) == 0
	if u.Unclear && doubt {
		u.Asks = slices.DeleteFunc(u.Asks, func(a negotiation.Ask) bool { return !figuresIn(a) && a.Kind == negotiation.AskOpen })
	}
	u.Margin = u.margin()
	return u
}

// plainText is the message as words and numbers, without punctuation.
func plainText(ts []token) string {
	var s strings.Builder
	for _, t := range ts {
		if t.kind == symbol && t.text != "#" && t.text != "$" && t.text != "%" {
			continue
		}
		if s.Len() > 0 {
			s.WriteByte(' ')
		}
		s.WriteString(t.text)
	}
	return s.String()
}

// withoutChoice takes the number of a choice out of the running for an amount.
func withoutChoice(ts []token) []token {
	for i := range ts {
		if t := &ts[i]; t.kind == number && t.num < 1000 && len(t.digits) == 1 {
			t.kind = ident
		}
		if t := &ts[i]; t.kind == day && !t.weekday && len(t.text) < 12 && (t.date.Day <= 4) && strings.ContainsAny(t.text, "1234fst") && i+1 < len(ts) && in([]string{"one", "option", "offer"}, ts[i+1].text) {
			t.kind = word
		}
	}
	return ts
}

// alone reports whether a message is a number with at most a yes, a no or a
// word around it, so that the number can only be an amount.
func (u Understanding) alone(ts []token) bool {
	numbers, words := 0, 0
	for _, t := range ts {
		switch t.kind {
		case number, money:
			numbers++
		case word:
			words++
		case day, ident:
			return false
		}
	}
	return numbers == 1 && (words <= 1 || words <= 3 && (u.Affirm || u.Deny))
}

func yesNo(u *Understanding, plain string) {
	u.Deny = reNo.MatchString(plain) && !reIsNo.MatchString(plain)
	u.Affirm = reYes.MatchString(plain) && !u.Deny
	u.Deny = u.Deny || u.Affirm && reYesAndNo.MatchString(plain)
}

// reYesAndNo is a no at the end of a yes: together they are neither.
var reYesAndNo = regexp.MustCompile(`^\S.* (?:no|nope|nah)$`)

var (
	reFix   = regexp.MustCompile(`\b(i meant( to say)?|i mean|no wait|wait no|scratch that|correction|make that|change (that|it) to|my bad|oops|quise decir|perdon|digo|me equivoque|corrijo|mejor dicho|no espera|instead of|rather than)\b`)
	reNotOf = regexp.MustCompile(`\bnot (the )?\$? ?\d`)
)

// corrects reports whether the message takes back something said before.
func corrects(cs []clause, plain string, u Understanding) bool {
	figures := len(u.Asks) > 0 || len(u.Amounts) > 0 || len(u.Dates) > 0 || !u.Factors.Empty()
	if !figures {
		return false
	}
	if reFix.MatchString(plain) || reNotOf.MatchString(plain) {
		return true
	}
	for _, c := range cs {
		if c.fixes && c.figures()+len(c.toks) > 0 && strings.Contains(plain, "actually") {
			return true
		}
	}
	// "no, the 15th": a no, and nothing but a figure.
	return u.Deny && bareNo(cs)
}

// bareNo reports whether nothing but a no and figures is said.
func bareNo(cs []clause) bool {
	words := 0
	for _, c := range cs {
		for _, t := range c.toks {
			if t.kind == word && !in([]string{"on", "the", "el", "a", "month", "es", "its", "it", "is", "sorry", "no", "nope", "nah"}, t.text) {
				words++
			}
		}
	}
	return words == 0
}

// mentions lists the amounts and days of the clauses, in order.
func (u *Understanding) mentions(cs []clause) {
	for _, c := range cs {
		for _, t := range c.toks {
			switch {
			case t.kind == money:
				u.Amounts = append(u.Amounts, t.mention())
			case t.kind == day && t.role != "birth":
				u.Dates = append(u.Dates, t.mention())
			}
		}
	}
}
