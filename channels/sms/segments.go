package sms

import (
	"strings"
	"unicode/utf16"
)

// Encoding is how the characters of a message travel.
type Encoding string

// The encodings of SMS (3GPP TS 23.038).
const (
	// GSM7 packs the default alphabet in 7-bit septets; a character of the
	// extension table takes two.
	GSM7 Encoding = "GSM-7"
	// UCS2 is used as soon as one character is in neither table. It takes one
	// 16-bit unit a character, two for those beyond the basic plane.
	UCS2 Encoding = "UCS-2"
)

// Units one segment holds: alone, and with the header that joins several
// (3GPP TS 23.040, 9.2.3.24.1).
const (
	gsm7Single, gsm7Joined = 160, 153
	ucs2Single, ucs2Joined = 70, 67
)

// gsm7Basic is the default alphabet of 3GPP TS 23.038, 6.2.1.
const gsm7Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
	"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"

// gsm7Extension is its extension table, 6.2.1.1.
const gsm7Extension = "\f^{}\\[~]|€"

// septets gives the length of each GSM-7 character.
var septets = func() map[rune]int {
	m := make(map[rune]int, 140)
	for _, r := range gsm7Basic {
		m[r] = 1
	}
	for _, r := range gsm7Extension {
		m[r] = 2
	}
	return m
}()

// Segments says how a text travels: in which encoding, in how many segments
// (what the carrier bills), and how many units it has: septets for GSM-7,
// 16-bit units for UCS-2. An escape sequence or a surrogate pair is never cut
// by a segment's end, so a text may need one segment more than its units say.
// The empty text has no segment.
func Segments(text string) (encoding Encoding, segments, units int) {
	encoding, single, joined := GSM7, gsm7Single, gsm7Joined
	if !isGSM7(text) {
		encoding, single, joined = UCS2, ucs2Single, ucs2Joined
	}
	used := 0 // units in the last joined segment
	for _, r := range text {
		n := width(encoding, r)
		units += n
		if segments == 0 || used+n > joined {
			segments, used = segments+1, 0
		}
		used += n
	}
	if units > 0 && units <= single {
		segments = 1
	}
	return encoding, segments, units
}

func isGSM7(text string) bool {
	for _, r := range text {
		if septets[r] == 0 {
			return false
		}
	}
	return true
}

func width(e Encoding, r rune) int {
	if e == GSM7 {
		return septets[r]
	}
	if n := utf16.RuneLen(r); n > 0 {
		return n
	}
	return 1 // broken UTF-8 travels as U+FFFD
}

// encode is text as it is sent: with look-alikes in place of the characters
// that would force UCS-2, if that is enough to make the whole of it GSM-7.
// Otherwise nothing is gained, and the text stays as it is.
func encode(text string) string {
	if isGSM7(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		if septets[r] > 0 {
			b.WriteRune(r)
			continue
		}
		like, ok := lookalikes[r]
		if !ok {
			return text
		}
		b.WriteString(like)
	}
	return b.String()
}
