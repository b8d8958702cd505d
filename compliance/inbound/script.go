package inbound

import "unicode"

// hearScript fires a language request for a message written in letters that are
// not Latin: whatever it says, it says it in a language we were not asked for.
func hearScript(h *hearing, text string) {
	latin, other := 0, 0
	for _, r := range text {
		switch {
		case r < 0x80:
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				latin++
			}
		case unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian):
			if lookalikes[unicode.ToLower(r)] == 0 {
				other++
			}
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Arabic, unicode.Hebrew,
			unicode.Devanagari, unicode.Thai, unicode.Bengali, unicode.Tamil, unicode.Khmer, unicode.Lao, unicode.Ethiopic, unicode.Georgian):
			if unicode.IsLetter(r) {
				other += 2
			}
		}
	}
	if other >= 3 && other > latin/2 {
		h.add(Hit{LanguageRequest, ByRule, "IN-LANG-01", "", 1})
	}
}
