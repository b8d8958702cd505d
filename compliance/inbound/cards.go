package inbound

import (
	"strings"
)

var cardContext = wordSet(`card cards visa mastercard amex discover debit credit tarjeta exp expires expiration cvv cvc pan vence credito debito mc [mask]`)

// cards finds card numbers that stand in this text alone.
func (d *digits) cards() []cut {
	var cuts []cut
	inContext := d.has(cardContext)
	for i := 0; i < len(d.groups); i++ {
		if c, last, ok := d.gluedCard(i); ok {
			cuts, i = append(cuts, c), last
			continue
		}
		last, ok := d.cardFrom(i, inContext)
		if !ok {
			continue
		}
		r := run{i, last}
		start, end := d.span(r)
		cuts = append(cuts, cut{start, end, maskCard(d.join(r)), "card"})
		if c, ok := d.codeAfter(last); ok {
			cuts = append(cuts, c)
		}
		i = last
	}
	return cuts
}

// cardFrom finds the end of a card number that begins at group first.
func (d *digits) cardFrom(first int, inContext bool) (last int, ok bool) {
	n, words := 0, false
	slash := false
	for j := first; j < len(d.groups) && j < first+20; j++ {
		if j > first {
			switch d.groups[j-1].next {
			case apart:
				return 0, false
			case loose:
				words = true
			case slashed:
				slash = true
			}
		}
		n += len(d.groups[j].text)
		if n > 19 {
			return 0, false
		}
		r := run{first, j}
		if n >= 13 && luhn(d.join(r)) && d.cardlike(r, words, slash, inContext) {
			return j, true
		}
	}
	return 0, false
}

// cardlike decides whether Luhn-valid digits in this arrangement are a card. One
// unbroken number is; so is the usual grouping; any other arrangement must also
// begin as the card schemes' numbers do, and not be telephone numbers or dates.
func (d *digits) cardlike(r run, words, slash, inContext bool) bool {
	s := d.join(r)
	if r.first == r.last {
		return true
	}
	shape := d.shape(r)
	usual := strings.HasPrefix(shape, "4-4-4-4") || shape == "4-6-5" || shape == "4-6-4" || shape == "4-4-5" || strings.Trim(shape, "1-") == ""
	switch {
	case words:
		return scheme(s) && (inContext || longest(d.groups[r.first:r.last+1]) >= 6) && !d.holdsPhone(r)
	case slash:
		return usual
	case usual:
		return true
	case !scheme(s):
		return false
	}
	return inContext || !d.holdsPhone(r)
}

func longest(gs []group) int {
	n := 0
	for _, g := range gs {
		n = max(n, len(g.text))
	}
	return n
}

// holdsPhone reports that part of the run is a telephone number as people write them.
func (d *digits) holdsPhone(r run) bool {
	for i := r.first; i < len(d.groups); i++ {
		for j := i; j < len(d.groups) && j < i+4; j++ {
			// A number that the run would cut through counts as well.
			if i <= r.last && d.phone(run{i, j}) && !(i == r.first && j == r.last) {
				return true
			}
			if d.groups[j].next == apart {
				break
			}
		}
	}
	return false
}

// gluedCard finds a card number with its expiry, and perhaps its code, written
// without a gap: too long for a card, but one at its beginning.
func (d *digits) gluedCard(i int) (c cut, last int, ok bool) {
	g := d.groups[i]
	n := len(g.text)
	if number := within(g.text); number != "" {
		return cut{g.start, g.end, maskCard(number), "card"}, i, true
	}
	if n < 18 || n > 27 {
		return cut{}, 0, false
	}
	for _, size := range []int{16, 15} {
		rest := ""
		if n > size {
			rest = g.text[size:]
		}
		if len(rest) < 4 || !luhn(g.text[:size]) || !scheme(g.text[:size]) || !month(rest[:2]) || len(rest) > 11 {
			continue
		}
		return cut{g.start, g.end, maskCard(g.text[:size]), "card"}, i, true
	}
	return cut{}, 0, false
}

// within is the card number at the beginning or the end of 17 to 20 digits that
// are none themselves: its code was written behind it, or a list's number before.
func within(s string) string {
	if len(s) < 17 || len(s) > 20 || len(s) <= 19 && luhn(s) {
		return ""
	}
	for _, size := range []int{16, 15} {
		for _, part := range []string{s[:size], s[len(s)-size:]} {
			if luhn(part) && scheme(part) {
				return part
			}
		}
	}
	return ""
}

func month(s string) bool { return s >= "01" && s <= "12" }

// codeAfter finds the security code that people write behind card and expiry.
func (d *digits) codeAfter(card int) (cut, bool) {
	for j := card + 1; j < len(d.groups) && j <= card+4; j++ {
		if d.groups[j-1].next == apart || d.groups[j].money {
			return cut{}, false
		}
		g := d.groups[j]
		if len(g.text) == 3 && (d.groups[j-1].next == tight || d.groups[j-1].next == slashed) {
			return cut{g.start, g.end, maskCVV, "cvv"}, true
		}
		if len(g.text) > 4 {
			return cut{}, false
		}
	}
	return cut{}, false
}

// luhn reports whether the check digit is right. All zeros are no number.
func luhn(s string) bool {
	sum, zero := 0, true
	for i := range len(s) {
		v := int(s[len(s)-1-i] - '0')
		zero = zero && v == 0
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0 && !zero
}

// scheme reports whether digits begin and are as long as a card of a known
// scheme. Source: ISO/IEC 7812 ranges as the schemes publish them.
func scheme(s string) bool {
	n := len(s)
	p2, p3, p4 := s[:2], s[:3], s[:4]
	switch {
	case s[0] == '4':
		return n == 13 || n == 16 || n == 19
	case p2 >= "51" && p2 <= "55", p4 >= "2221" && p4 <= "2720":
		return n == 16
	case p2 == "34" || p2 == "37":
		return n == 15
	case p2 == "36" || p2 == "38" || p2 == "39" || p3 >= "300" && p3 <= "305":
		return n >= 14
	case p2 == "35", p4 == "6011", p2 == "65", p3 >= "644" && p3 <= "649", p2 == "62", p2 == "81":
		return n >= 16
	case p2 == "50", p2 >= "56" && p2 <= "58", p2 == "60", p2 == "63", p2 == "67":
		return n >= 13
	}
	return false
}
