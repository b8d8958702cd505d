package understand

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxRunes bounds what is read of one message. What a person wants stands in
// the first pages; a longer text is somebody trying something.
const maxRunes = 2000

// lookalikes are letters of other scripts that pass for Latin ones.
var lookalikes = map[rune]rune{
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'х': 'x', 'у': 'y', 'і': 'i', 'ѕ': 's', 'ј': 'j', 'һ': 'h', 'ԁ': 'd',
	'α': 'a', 'ο': 'o', 'ρ': 'p', 'ε': 'e', 'ι': 'i', 'ν': 'v', 'τ': 't', 'κ': 'k', 'υ': 'u',
}

// signs are characters with a plain spelling, or a plain meaning.
var signs = map[rune]string{
	'‘': "'", '’': "'", 'ʼ': "'", '`': "'", '´': "'", '“': `"`, '”': `"`, '–': "-", '—': " - ", '−': "-", '‐': "-", '‑': "-",
	'¿': " ", '¡': " ", '👍': " yes ", '👌': " yes ", '✅': " yes ", '👎': " no ", '…': ". ", '½': " half ", '⁄': "/", '¢': " cents ",
}

// fold brings a text to one plain form: compatibility characters resolved,
// invisible ones dropped, lower case, no accents, ASCII digits.
func fold(text string) string {
	var out strings.Builder
	n := 0
	for _, r := range strings.ToValidUTF8(text, " ") {
		if n++; n > maxRunes {
			break
		}
		if s, ok := signs[r]; ok {
			out.WriteString(s)
			continue
		}
		out.WriteRune(r)
	}
	decomposed := norm.NFKD.String(out.String())
	out.Reset()
	latin := strings.ContainsFunc(decomposed, func(r rune) bool { return r >= 'A' && r <= 'z' })
	for _, r := range decomposed {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
			continue
		case unicode.Is(unicode.Nd, r):
			out.WriteByte(asciiDigit(r))
			continue
		case r != '\n' && unicode.IsSpace(r) || r != '\n' && unicode.IsControl(r):
			r = ' '
		}
		r = unicode.ToLower(r)
		if l, ok := lookalikes[r]; ok && latin {
			r = l
		}
		out.WriteRune(r)
	}
	return out.String()
}

// asciiDigit gives the value of a decimal digit of any script: the digits of a
// script stand in rows of ten, and a range of the table holds whole rows.
func asciiDigit(r rune) byte {
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + byte((r-rune(t.Lo))%10)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + byte((r-rune(t.Lo))%10)
		}
	}
	return '0'
}
