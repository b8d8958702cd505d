package inbound

import (
	"slices"
	"strings"
)

// splitOver is how many messages a card number may be spread over (IN-CARD-01).
const splitOver = 3

// Redact takes out of a text what may never be stored: card numbers in any
// writing (IN-CARD-01; PCI DSS 3.x), security codes, social security numbers,
// bank account and routing numbers, and PINs. Of a card the last four digits
// stay, as "[card ••1111]".
//
// earlier holds the person's messages before this one, oldest first, as stored.
// A card number begun there and ended here is cut out of both; only the last few
// are looked at. Redact is idempotent, and keeps every byte it doesn't cut.
func Redact(text string, earlier []string) Redaction {
	const rounds = 4 // a cut can bring two numbers side by side; it settles at once
	out := Redaction{Text: text}
	for range rounds {
		next, kinds, changed := redactOnce(out.Text, earlier)
		for _, k := range kinds {
			if !slices.Contains(out.Kinds, k) {
				out.Kinds = append(out.Kinds, k)
			}
		}
		for i, t := range changed {
			if out.Earlier == nil {
				out.Earlier = make(map[int]string)
				earlier = slices.Clone(earlier)
			}
			out.Earlier[i] = t
			earlier[i] = t
		}
		if next == out.Text {
			break
		}
		out.Text = next
	}
	slices.Sort(out.Kinds)
	return out
}

func redactOnce(text string, earlier []string) (string, []string, map[int]string) {
	if !mayHoldDigits(text) {
		return text, nil, nil
	}
	d := newDigits(text)
	cuts := d.cards()
	cuts = append(cuts, d.securityCodes(cuts, earlier)...)
	cuts = append(cuts, d.ssns()...)
	cuts = append(cuts, d.pins()...)
	cuts = append(cuts, d.bankNumbers()...)
	var changed map[int]string
	if len(cuts) == 0 {
		var own []cut
		own, changed = d.splitCard(earlier)
		cuts = append(cuts, own...)
	}
	kinds := make([]string, 0, len(cuts))
	for _, c := range cuts {
		kinds = append(kinds, c.kind)
	}
	return apply(text, cuts), kinds, changed
}

// mayHoldDigits is a quick no for the many messages without any number.
func mayHoldDigits(text string) bool {
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' || text[i] >= 0x80 {
			return true
		}
	}
	lower := strings.ToLower(text)
	for _, w := range strings.FieldsFunc(lower, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if units[w] != "" || tens[w] != "" || len(w) == 4 && strings.Trim(w, "oli") == "" {
			return true
		}
	}
	return false
}
