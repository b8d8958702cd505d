package inbound

import (
	"sort"
	"strings"
)

// The masks that take the place of what was cut out. A mask is never scanned
// again, which makes redaction idempotent.
const (
	maskCardPart = "[card part]"
	maskCVV      = "[cvv]"
	maskSSN      = "[ssn]"
	maskBank     = "[bank account]"
	maskPIN      = "[pin]"
	maskDigits   = "[digits]"
	maskCardHead = "[card ••"
)

func maskCard(digits string) string { return maskCardHead + digits[len(digits)-4:] + "]" }

// maskAt is the length of the mask at the start of s, 0 if there is none.
func maskAt(s string) int {
	if s[0] != '[' {
		return 0
	}
	for _, m := range []string{maskCardPart, maskCVV, maskSSN, maskBank, maskPIN, maskDigits} {
		if strings.HasPrefix(s, m) {
			return len(m)
		}
	}
	if n := len(maskCardHead); strings.HasPrefix(s, maskCardHead) && len(s) >= n+5 && allDigits(s[n:n+4]) && s[n+4] == ']' {
		return n + 5
	}
	return 0
}

// unmasked puts digits where masks stand: what was cut out was a number, and the
// mask's own word ("ssn") is none of the person's.
func unmasked(text string) string {
	if !strings.Contains(text, "[") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		if n := maskAt(text[i:]); n > 0 {
			b.WriteString("000000000")
			i += n
			continue
		}
		b.WriteByte(text[i])
		i++
	}
	return b.String()
}

// cut is one stretch of a text to be replaced.
type cut struct {
	start, end int
	mask       string
	kind       string
}

// apply makes the cuts; where two overlap the first one listed wins.
func apply(text string, cuts []cut) string {
	kept := make([]cut, 0, len(cuts))
	for _, c := range cuts {
		if !overlaps(kept, c.start, c.end) {
			kept = append(kept, c)
		}
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i].start < kept[j].start })
	var b strings.Builder
	at := 0
	for _, c := range kept {
		b.WriteString(text[at:c.start])
		b.WriteString(c.mask)
		at = c.end
	}
	b.WriteString(text[at:])
	return b.String()
}

func overlaps(cuts []cut, start, end int) bool {
	for _, c := range cuts {
		if start < c.end && c.start < end {
			return true
		}
	}
	return false
}

// holdsMask reports that something was cut out of text.
func holdsMask(text string) bool {
	for i := range len(text) {
		if text[i] == '[' && maskAt(text[i:]) > 0 {
			return true
		}
	}
	return false
}
