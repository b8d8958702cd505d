package inbound

import "strings"

var (
	codeWords  = wordSet(`cvv cvc cvv2 cvc2 cid csc cvn`)
	ssnWords   = wordSet(`ssn social itin ssn# sin socialsecurity ss tin`)
	bankWords  = wordSet(`routing aba checking savings iban clabe cuenta ruta transito chequera cheques ahorros rtn`)
	acctWords  = wordSet(`account acct acc acct# cta`)
	pinWords   = wordSet(`pin nip passcode clave`)
	pinFillers = wordSet(`number num no is code my the es mi el de numero its it and for card debit y`)
	notBank    = wordSet(`call phone cell text zip tracking order case ref reference confirmation ending ends last born dob claim ticket balance owe
 termina terminada llame codigo postal`)
)

// each calls f with every stretch of tight groups of at most most digits in all.
func (d *digits) each(most int, f func(r run, s string) bool) {
	for i := 0; i < len(d.groups); i++ {
		n := 0
		for j := i; j < len(d.groups); j++ {
			if j > i && d.groups[j-1].next != tight {
				break
			}
			if n += len(d.groups[j].text); n > most {
				break
			}
			if r := (run{i, j}); f(r, d.join(r)) {
				i = j
				break
			}
		}
	}
}

func (d *digits) cutOf(r run, mask, kind string) cut {
	start, end := d.span(r)
	return cut{start, end, mask, kind}
}

// securityCodes finds the three or four digits of a card's back (or an Amex's
// front) near words that say so, or as the answer to a card just sent.
func (d *digits) securityCodes(cards []cut, earlier []string) []cut {
	var cuts []cut
	said := d.codeSaid()
	cuts = d.eachCode(cuts, said, cards)
	if len(cuts) > 0 || len(cards) > 0 || len(earlier) == 0 {
		return cuts
	}
	last := earlier[len(earlier)-1]
	prev := newDigits(last)
	asked := strings.Contains(last, maskCardHead) || prev.codeSaid() && len(prev.groups) == 0
	if asked && len(d.groups) <= 3 && d.onlyNumbers() {
		g := d.groups
		if n := len(g); n > 0 && (len(g[n-1].text) == 3 || len(g[n-1].text) == 4 && n == 1) && !g[n-1].money {
			cuts = append(cuts, d.cutOf(run{n - 1, n - 1}, maskCVV, "cvv"))
		}
	}
	return cuts
}

func (d *digits) eachCode(cuts []cut, said bool, cards []cut) []cut {
	if !said {
		return cuts
	}
	d.each(4, func(r run, s string) bool {
		g := d.groups[r.first]
		if len(s) < 3 || g.money || overlaps(cards, g.start, g.end) || r.last+1 < len(d.groups) && d.groups[r.last].next == tight && !d.groups[r.last].spoken && len(d.groups[r.last+1].text) > 4 {
			return false
		}
		if r.first != r.last && !g.spoken {
			// "3 119" in "the 3 on the back 119" is not one number; spelled digits are.
			for _, x := range d.groups[r.first : r.last+1] {
				if len(x.text) != 1 {
					return false
				}
			}
		}
		if d.expiry(r) {
			return false
		}
		cuts = append(cuts, d.cutOf(r, maskCVV, "cvv"))
		return true
	})
	return cuts
}

// codeSaid reports talk of a security code anywhere in the text.
func (d *digits) codeSaid() bool {
	words := make([]string, 0, len(d.ps))
	for _, p := range d.ps {
		switch p.kind {
		case word:
			if codeWords[p.text] {
				return true
			}
			words = append(words, p.text)
		case number:
			words = append(words, "#")
		}
	}
	s := " " + strings.Join(words, " ") + " "
	for _, phrase := range []string{
		" security code ", " card code ", " verification code on ", " on the back ", " on back ", " in the back ", " the back is ", " back number",
		" codigo de seguridad ", " de atras ", " al reverso ", " parte de atras ", " numeros de atras ", " secret code ", " # digits back", " sec code ",
		" code on my card ", " code on the card ", " codigo de la tarjeta ", " detras ", " on the front is ",
	} {
		if strings.Contains(s, phrase) {
			return true
		}
	}
	return false
}

// expiry reports four digits that read as month and year, or half of one.
func (d *digits) expiry(r run) bool {
	g := d.groups[r.first]
	if d.near(r, wordSet(`exp expires expiration expiry expire vence vencimiento expira`), nil, 2, 0) {
		return true
	}
	if r.first > 0 && d.groups[r.first-1].next == slashed && len(d.groups[r.first-1].text) <= 2 {
		return true
	}
	return r.first == r.last && len(g.text) <= 2
}

// onlyNumbers reports a text of numbers, marks and masks alone.
func (d *digits) onlyNumbers() bool {
	for _, p := range d.ps {
		if p.kind == word && !bridges[p.text] && p.text != "exp" && p.text != "code" && p.text != "its" && p.text != "it" {
			return false
		}
	}
	return len(d.groups) > 0
}

// ssns finds social security and taxpayer numbers: nine digits written 3-2-4, or
// nine digits near words that say so, or nine digits that are the whole message.
func (d *digits) ssns() []cut {
	var cuts []cut
	said := d.has(ssnWords)
	d.each(9, func(r run, s string) bool {
		if len(s) != 9 || d.groups[r.first].money || d.touchesNumber(r) {
			return false
		}
		shape := d.shape(r)
		alone := d.onlyNumbers() && r.first == 0 && r.last == len(d.groups)-1 && shape != "5-4" && shape != "4-5" // ZIP code and year of birth
		if !(shape == "3-2-4" || said && d.near(r, ssnWords, phoneContext, 8, 5) || alone) {
			return false
		}
		cuts = append(cuts, d.cutOf(r, maskSSN, "ssn"))
		return true
	})
	return cuts
}

// touchesNumber reports that the run is the middle of a longer number.
func (d *digits) touchesNumber(r run) bool {
	short := func(g group) bool { return g.spoken || len(g.text) <= 4 }
	if r.last+1 < len(d.groups) && d.groups[r.last].next == tight && d.sameMark(r.last) && short(d.groups[r.last+1]) {
		return true
	}
	return r.first > 0 && d.groups[r.first-1].next == tight && d.sameMark(r.first-1) && short(d.groups[r.first-1])
}

// sameMark reports that a dash or dot ties group i to the next.
func (d *digits) sameMark(i int) bool {
	between := d.ps[d.groups[i].at+1 : d.groups[i+1].at]
	return len(between) == 1 && strings.ContainsAny(between[0].text, "-.") && !strings.Contains(between[0].text, " ")
}

// pins finds the four to eight digits beside the word PIN.
func (d *digits) pins() []cut {
	var cuts []cut
	d.each(8, func(r run, s string) bool {
		if len(s) < 4 || d.groups[r.first].money || d.phone(r) {
			return false
		}
		if r.last+1 < len(d.groups) && d.groups[r.last].next == tight && d.groups[r.first].spoken && len(s) < 8 {
			return false // read on: spoken digits come one by one
		}
		if !d.pinBeside(r) {
			return false
		}
		cuts = append(cuts, d.cutOf(r, maskPIN, "pin"))
		return true
	})
	return cuts
}

func (d *digits) pinBeside(r run) bool {
	look := func(from, step int) bool {
		for i := from; i >= 0 && i < len(d.ps); i += step {
			p := d.ps[i]
			if p.kind == number || p.kind == masked {
				return false
			}
			if p.kind != word || pinFillers[p.text] {
				continue
			}
			return pinWords[p.text]
		}
		return false
	}
	return look(d.groups[r.first].at-1, -1) || look(d.groups[r.last].at+1, 1)
}

// bankNumbers finds account and routing numbers near words that say so.
func (d *digits) bankNumbers() []cut {
	cuts := d.ibans()
	d.each(18, func(r run, s string) bool {
		if len(s) < 6 || d.groups[r.first].money || r.last+1 < len(d.groups) && d.groups[r.last].next == tight && len(s)+len(d.groups[r.last+1].text) <= 18 {
			return false
		}
		strong := d.near(r, bankWords, notBank, 6, 4)
		weak := d.near(r, acctWords, notBank, 4, 3) && (!d.phone(r) || strong || d.numberSaid(r)) && !d.date(r)
		if !strong && !weak || strong && d.phone(r) && d.near(r, phoneContext, nil, 3, 0) {
			return false
		}
		cuts = append(cuts, d.cutOf(r, maskBank, "bank_account"))
		return true
	})
	return cuts
}

func (d *digits) numberSaid(r run) bool {
	return d.near(r, wordSet(`number num numero`), nil, 3, 0)
}

// date reports groups that read as a calendar date.
func (d *digits) date(r run) bool {
	switch d.shape(r) {
	case "2-2-4", "1-2-4", "1-1-4", "2-1-4", "4-2-2", "2-2-2", "1-2-2":
		return true
	}
	return false
}

// ibans finds international account numbers by form and check digits.
func (d *digits) ibans() []cut {
	var cuts []cut
	for at := 0; at+15 <= len(d.text); at++ {
		if at > 0 && alnum(d.text[at-1]) || !upperOrLower(d.text[at]) {
			continue
		}
		end, s := at, make([]byte, 0, 34)
		best := 0
		for end < len(d.text) && len(s) < 34 && (alnum(d.text[end]) || d.text[end] == ' ' && end+1 < len(d.text) && alnum(d.text[end+1])) {
			if d.text[end] != ' ' {
				s = append(s, upper(d.text[end]))
			}
			end++
			if len(s) >= 15 && (end == len(d.text) || !alnum(d.text[end])) && iban(s) {
				best = end
			}
		}
		if best > 0 {
			cuts = append(cuts, cut{at, best, maskBank, "bank_account"})
			at = best
		}
	}
	return cuts
}

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

func upperOrLower(c byte) bool { c = upper(c); return c >= 'A' && c <= 'Z' }

func alnum(c byte) bool { return upperOrLower(c) || c >= '0' && c <= '9' }

// iban checks two letters, two digits, and the remainder of ISO 13616.
func iban(s []byte) bool {
	if !upperOrLower(s[0]) || !upperOrLower(s[1]) || s[2] < '0' || s[2] > '9' || s[3] < '0' || s[3] > '9' {
		return false
	}
	rem, digits := 0, 0
	for i := range s {
		c := s[(i+4)%len(s)]
		if c >= '0' && c <= '9' {
			rem, digits = (rem*10+int(c-'0'))%97, digits+1
		} else {
			rem = (rem*100 + int(c-'A') + 10) % 97
		}
	}
	return rem == 1 && digits >= 10
}
