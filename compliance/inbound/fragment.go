package inbound

// Fragment masks what could be a part of a number that must not be kept: digits
// that stay together for six or more and are no telephone number, date, amount
// or known mask. It is for traces and prompts, where a card's first half must
// not stand while its second half is still to come; the record keeps the text,
// because [Redact] can still reach back into it.
func Fragment(text string) string {
	if !mayHoldDigits(text) {
		return text
	}
	d := newDigits(text)
	var cuts []cut
	for _, r := range d.runs() {
		s := d.join(r)
		if len(s) < 6 || d.phone(r) || d.date(r) || d.isoDate(s) || d.groups[r.first].money {
			continue
		}
		cuts = append(cuts, d.cutOf(r, maskDigits, "digits"))
	}
	return apply(text, cuts)
}

// isoDate reports eight digits that read as year, month and day.
func (d *digits) isoDate(s string) bool {
	return len(s) == 8 && (s[:2] == "19" || s[:2] == "20") && month(s[4:6]) && s[6:] >= "01" && s[6:] <= "31"
}
