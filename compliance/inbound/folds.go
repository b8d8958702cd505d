package inbound

import "unicode"

// lookalikes maps lower-case letters of other scripts to the Latin letter they
// are drawn like. Capitals that look alike where the small letter doesn't (Greek
// nu, Cyrillic ve) are listed under their small letter, because folding case
// comes first.
var lookalikes = map[rune]rune{
	// Cyrillic.
	'а': 'a', 'в': 'b', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'һ': 'h', 'н': 'h', 'і': 'i', 'ј': 'j', 'к': 'k',
	'ӏ': 'l', 'м': 'm', 'п': 'n', 'о': 'o', 'р': 'p', 'ԛ': 'q', 'г': 'r', 'ѕ': 's', 'т': 't', 'ц': 'u', 'ѵ': 'v',
	'ѡ': 'w', 'ԝ': 'w', 'х': 'x', 'у': 'y', 'ү': 'y', 'ь': 'b',
	// Greek.
	'α': 'a', 'β': 'b', 'ϲ': 'c', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'μ': 'm', 'ν': 'v', 'ο': 'o',
	'ρ': 'p', 'σ': 'o', 'τ': 't', 'υ': 'u', 'χ': 'x', 'γ': 'y', 'ζ': 'z',
	// Armenian and Cherokee (as lower-cased), the few that are used.
	'օ': 'o', 'ս': 'u', 'հ': 'h', 'ց': 'g', 'ո': 'n', 'ꮪ': 's', 'ꭲ': 't', 'ꮲ': 'p', 'ꮎ': 'o',
}

// latinFolds spells Latin letters that have no decomposition.
var latinFolds = folds{
	'ı': 'i', 'ł': 'l', 'ø': 'o', 'đ': 'd', 'ħ': 'h', 'ŧ': 't', 'ɑ': 'a', 'ɡ': 'g', 'ɪ': 'i', 'ɴ': 'n',
	'ʀ': 'r', 'ᴀ': 'a', 'ʙ': 'b', 'ᴄ': 'c', 'ᴅ': 'd', 'ᴇ': 'e', 'ɢ': 'g', 'ʜ': 'h', 'ᴊ': 'j', 'ᴋ': 'k',
	'ʟ': 'l', 'ᴍ': 'm', 'ᴏ': 'o', 'ᴘ': 'p', 'ꜱ': 's', 'ᴛ': 't', 'ᴜ': 'u', 'ᴠ': 'v', 'ᴡ': 'w', 'ʏ': 'y', 'ᴢ': 'z',
}.spell("ß", "ss", "æ", "ae", "œ", "oe", "þ", "th")

type folds map[rune]rune

func (f folds) spell(pairs ...string) map[rune]string {
	out := make(map[rune]string, len(f)+len(pairs)/2)
	for r, l := range f {
		out[r] = string(l)
	}
	for i := 0; i < len(pairs); i += 2 {
		out[[]rune(pairs[i])[0]] = pairs[i+1]
	}
	return out
}

// punctuationFolds maps signs to the ASCII sign they stand for.
var punctuationFolds = map[rune]rune{
	'‘': '\'', '’': '\'', 'ʼ': '\'', '′': '\'', '´': '\'', '‛': '\'',
	'‐': '-', '‑': '-', '‒': '-', '–': '-', '—': ' ', '―': ' ', '−': '-', '⁃': '-',
	'…': '.', '。': '.', '、': ',', '،': ',', '؟': '?', '·': ' ', '•': ' ', '¿': ' ', '¡': ' ',
}

// emojiWords gives emoji that carry meaning in law the word they stand for.
var emojiWords = map[rune]string{
	'🛑': "stop", '🖕': "🖕", '🚫': "🚫", '⛔': "🚫", '🙅': "🚫", '✋': "✋", '🤚': "✋", '🖐': "✋",
}

// letteredSymbol reads boxed, circled and flag letters that have no decomposition.
func letteredSymbol(r rune) (rune, bool) {
	switch {
	case r >= 0x1F150 && r <= 0x1F169:
		return 'a' + r - 0x1F150, true
	case r >= 0x1F170 && r <= 0x1F189:
		return 'a' + r - 0x1F170, true
	case r >= 0x1F1E6 && r <= 0x1F1FF:
		return 'a' + r - 0x1F1E6, true
	}
	return 0, false
}

// digitValue reads a decimal digit of any script, and the circled digits that
// have no decomposition; -1 if r is no digit.
func digitValue(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r < 0x80:
		return -1
	case r >= 0x2776 && r <= 0x277E: // negative circled 1-9
		return int(r-0x2776) + 1
	case r >= 0x2780 && r <= 0x2788:
		return int(r-0x2780) + 1
	case r >= 0x278A && r <= 0x2792:
		return int(r-0x278A) + 1
	case r == 0x24FF || r == 0x1F10B || r == 0x1F10C:
		return 0
	case r >= 0x1D7CE && r <= 0x1D7FF: // mathematical: five runs of ten, without a gap
		return int(r-0x1D7CE) % 10
	case unicode.Is(unicode.Nd, r):
		// Decimal digits of a script stand in runs of ten that start at a zero.
		for z := r; z > r-10; z-- {
			if !unicode.Is(unicode.Nd, z-1) || (r-(z-1)) > 9 {
				return int(r - z)
			}
		}
	}
	return -1
}

// leetWords are the words worth reading through digits and stretched letters.
var leetWords = wordSet(`stop stopall quit end cancel revoke unsubscribe unsub optout alto parar cancelar arret
 stoptexting help info ayuda start unstop text texts texting call calls lawyer attorney dispute fraud scam bot human robot suicide
 kill die kms dead sue please message remove leave alone no basta agent person abogado operator bankruptcy`)

// spelledWords are the words people spell out letter by letter.
var spelledWords = wordSet(`stop stopall quit end cancel revoke unsubscribe unsub optout alto parar cancelar arret help info`)
