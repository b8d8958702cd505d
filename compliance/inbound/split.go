package inbound

// message is an earlier text read for its numbers.
type message struct {
	index int
	d     *digits
	runs  []run
}

// splitCard finds a card number begun in one or two earlier messages and ended
// in this one. It returns the cuts here and the new texts of earlier messages.
func (d *digits) splitCard(earlier []string) ([]cut, map[int]string) {
	heads := d.runs()
	if len(heads) == 0 {
		return nil, nil
	}
	before := numbered(earlier)
	for a, near := range before {
		for _, mid := range near.runs {
			if own, ok := d.endOf(heads, near, mid); ok {
				return own.cuts(d), map[int]string{near.index: near.d.mask(own.tail)}
			}
			for _, far := range before[a+1:] {
				for _, tail := range far.runs {
					if own, ok := d.endOfTwo(heads, far, tail, near.d.join(mid)); ok {
						return own.cuts(d), map[int]string{near.index: near.d.mask(mid), far.index: far.d.mask(own.tail)}
					}
				}
			}
		}
	}
	return nil, nil
}

// numbered reads the last few messages that hold numbers, the nearest first; a
// remark may stand between the parts of a number.
func numbered(earlier []string) []message {
	var out []message
	for i := len(earlier) - 1; i >= 0 && i >= len(earlier)-8 && len(out) < splitOver; i-- {
		if len(earlier[i]) > 4000 || !mayHoldDigits(earlier[i]) {
			continue
		}
		d := newDigits(earlier[i])
		if rs := d.runs(); len(rs) > 0 {
			out = append(out, message{i, d, rs})
		}
	}
	return out
}

// ending is the part of a split card in this message and where its beginning starts.
type ending struct {
	head run
	tail run
	pan  string
}

func (e ending) cuts(d *digits) []cut {
	start, end := d.span(e.head)
	return []cut{{start, end, maskCard(e.pan), "card"}}
}

func (d *digits) endOf(heads []run, m message, tail run) (ending, bool) {
	return d.endOfTwo(heads, m, tail, "")
}

// endOfTwo looks for a card made of the end of tail, all of mid, and the
// beginning of one of heads.
func (d *digits) endOfTwo(heads []run, m message, tail run, mid string) (ending, bool) {
	for i := tail.first; i <= tail.last; i++ {
		t := run{i, tail.last}
		begin := m.d.join(t) + mid
		if len(begin) < 1 || len(begin) > 18 {
			continue
		}
		for _, h := range heads {
			for j := h.first; j <= h.last; j++ {
				r := run{h.first, j}
				pan := begin + d.join(r)
				if len(pan) > 19 {
					break
				}
				if len(pan) >= 14 && luhn(pan) && scheme(pan) && !(d.phoneSaid(r) || m.d.phoneSaid(t)) {
					return ending{r, t, pan}, true
				}
			}
		}
	}
	return ending{}, false
}

var phoneContext = wordSet(`phone cell call calls llame llamar telefono celular numero tel mobile fax`)

// phoneSaid reports a run that is a telephone number and is called one.
func (d *digits) phoneSaid(r run) bool {
	return d.phone(r) && d.near(r, phoneContext, nil, 5, 3)
}

// runs are the longest stretches of groups that belong together. Amounts and
// ordinals ("2nd") belong to none.
func (d *digits) runs() []run {
	var out []run
	for i := 0; i < len(d.groups) && len(out) < 6; i++ {
		if d.groups[i].money || d.ordinal(i) {
			continue
		}
		j := i
		for j+1 < len(d.groups) && d.groups[j].next == tight && !d.ordinal(j+1) {
			j++
		}
		if j-i < 20 {
			out = append(out, run{i, j})
		}
		i = j
	}
	return out
}

var ordinals = wordSet(`st nd rd th am pm`)

func (d *digits) ordinal(i int) bool {
	at := d.groups[i].at + 1
	return at < len(d.ps) && d.ps[at].kind == word && ordinals[d.ps[at].text] && d.ps[at].start == d.groups[i].end
}

func (d *digits) mask(r run) string {
	start, end := d.span(r)
	return d.text[:start] + maskCardPart + d.text[end:]
}
