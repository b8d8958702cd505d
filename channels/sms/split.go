package sms

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxPart is the longest body Twilio takes in one message, in units (Twilio's
// error 21617). Units are counted as [Segments] counts them, the stricter reading.
const MaxPart = 1600

// parts cuts an encoded text into the messages it is sent in. One that fits is
// one part. A longer one is cut after the last paragraph, sentence or word that
// fits, in that order of preference, and inside a word only when it alone fills
// half a part. The parts joined are the text: nothing is dropped, and no emoji
// or letter with marks is taken apart.
func parts(text string) []string {
	encoding := UCS2
	if isGSM7(text) {
		encoding = GSM7
	}
	var out []string
	for {
		fits := fitting(text, encoding)
		if fits == len(text) {
			return append(out, text)
		}
		cut := cutPoint(text, fits)
		out = append(out, text[:cut])
		text = text[cut:]
	}
}

// fitting is how many bytes of text fit in one part.
func fitting(text string, e Encoding) int {
	units := 0
	for i, r := range text {
		n := width(e, r)
		if units+n > MaxPart {
			return i
		}
		units += n
	}
	return len(text)
}

// cutPoint is where to cut text, at most at byte fits, which is inside text.
// A boundary in the first half of the part is passed over for a lesser one
// further on, so that parts do not get needlessly short.
func cutPoint(text string, fits int) int {
	half := fits / 2
	head := text[:fits]
	if i := strings.LastIndex(head, "\n\n"); i >= half {
		return i + 2
	}
	if i := lastSentence(head); i > half {
		return i
	}
	if i := strings.LastIndexFunc(head, unicode.IsSpace); i >= half {
		_, size := utf8.DecodeRuneInString(head[i:])
		return i + size
	}
	return wholeCluster(text, fits)
}

// lastSentence is the byte after the white space that follows the last
// sentence of s; 0 when none ends in s.
func lastSentence(s string) int {
	for i := len(s) - 1; i > 0; i-- {
		if s[i] != ' ' && s[i] != '\n' {
			continue
		}
		switch s[i-1] {
		case '.', '!', '?', ':', ';', '\n':
			return i + 1
		}
	}
	return 0
}

// wholeCluster moves a cut at byte at back to where no cluster of characters
// that show as one (letter and marks, emoji sequence, flag) is divided. Where
// the whole part is one cluster there is no such place and at stands.
func wholeCluster(text string, at int) int {
	for i := at; i > 0; {
		next, _ := utf8.DecodeRuneInString(text[i:])
		prev, size := utf8.DecodeLastRuneInString(text[:i])
		if !joined(prev, next) && !(flag(next) && oddFlags(text[:i])) {
			return i
		}
		i -= size
	}
	return at
}

const zeroWidthJoiner = '\u200D'

// joined reports whether next is shown as one with prev.
func joined(prev, next rune) bool {
	return next == zeroWidthJoiner || prev == zeroWidthJoiner ||
		unicode.Is(unicode.M, next) || // marks and variation selectors
		(next >= 0x1F3FB && next <= 0x1F3FF) || // skin tones
		(next >= 0xE0020 && next <= 0xE007F) || // tags of regional flags
		(prev == '\r' && next == '\n')
}

func flag(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// oddFlags reports whether s ends in the first half of a flag's pair.
func oddFlags(s string) bool {
	n := 0
	for len(s) > 0 {
		r, size := utf8.DecodeLastRuneInString(s)
		if !flag(r) {
			break
		}
		n++
		s = s[:len(s)-size]
	}
	return n%2 == 1
}
