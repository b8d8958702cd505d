package heard

import (
	"iter"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text is a message as it was sent, and how far it is surely known to have been heard.
type Text struct {
	raw   string
	words []word
	// starts are the indexes of the words that begin a sentence.
	starts  []int
	at      int // words heard
	scanned int
	carry   string // the beginning of a word whose rest is yet to come
}

// word is one word of the text, in the form that is compared.
type word struct {
	form string
	end  int // in the raw text, behind the punctuation that follows it
	// loose: a voice may say it in other words ("$103.34"), so a report need not spell it like this.
	loose bool
}

// New begins to follow a text of which nothing was heard yet.
func New(raw string) *Text {
	t := &Text{raw: raw}
	for _, s := range Sentences(raw) {
		before := len(t.words)
		t.add(s)
		if len(t.words) > before {
			t.starts = append(t.starts, before)
		}
	}
	return t
}

// add appends the words of the next sentence.
func (t *Text) add(sentence string) {
	first := len(t.words)
	for field := range strings.FieldsSeq(sentence) {
		start := t.scanned + strings.Index(t.raw[t.scanned:], field)
		t.scanned = start + len(field)
		if f := form(field); f != "" && loose(field) {
			t.words = append(t.words, word{f, t.scanned, true})
			continue
		}
		for part := range parts(field) {
			start += len(part)
			if f := form(part); f != "" {
				t.words = append(t.words, word{f, start, false})
			}
		}
		if n := len(t.words); n > first {
			t.words[n-1].end = t.scanned // with the punctuation behind it
		}
	}
}

// parts splits a field behind each hyphen and dash.
func parts(field string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := 0
		for i, r := range field {
			if strings.ContainsRune("-–—/…", r) {
				end := i + utf8.RuneLen(r)
				if !yield(field[start:end]) {
					return
				}
				start = end
			}
		}
		if start < len(field) {
			yield(field[start:])
		}
	}
}

// loose reports whether a voice may say field in words other than these: figures,
// symbols, letters spelled out, abbreviations.
func loose(field string) bool {
	letters, upper := 0, 0
	for _, r := range field {
		switch {
		case unicode.IsDigit(r), unicode.IsSymbol(r), strings.ContainsRune("%#&@*_\\", r):
			return true
		case unicode.IsLetter(r):
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	bare := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
	word := strings.TrimRight(bare, ".")
	return letters > 1 && upper == letters || strings.Contains(word, ".") || word != bare && abbreviations[strings.ToLower(word)]
}

// form is what is compared of a word: its letters and digits, in lower case.
func form(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < 'a' || c > 'z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// forms are the words of a report, in the form that is compared.
func forms(s string) []string {
	var out []string
	for field := range strings.FieldsSeq(s) {
		if loose(field) {
			if f := form(field); f != "" {
				out = append(out, f)
			}
			continue
		}
		for part := range parts(field) {
			if f := form(part); f != "" {
				out = append(out, f)
			}
		}
	}
	return out
}

// Heard is what is surely known to have been heard: the beginning of the text.
func (t *Text) Heard() string {
	switch {
	case t.at == 0:
		return ""
	case t.at >= len(t.words):
		return t.raw
	}
	return t.raw[:t.words[t.at-1].end]
}

// Whole reports whether all of it was heard.
func (t *Text) Whole() bool { return t.at >= len(t.words) }

// Nearly reports whether what is left may be unknown only because a voice says it in
// words of its own: figures and the like, and nothing else.
func (t *Text) Nearly() bool {
	for _, w := range t.words[t.at:] {
		if !w.loose {
			return false
		}
	}
	return true
}

// Finish takes all of it as heard.
func (t *Text) Finish() { t.at, t.carry = len(t.words), "" }

// Length is how long a voice takes to say text at that many characters a second.
// A digit counts as a word.
func Length(text string, rate float64) time.Duration {
	n := 0
	for _, r := range text {
		n++
		if unicode.IsDigit(r) {
			n += 4
		}
	}
	return time.Duration(float64(n) / rate * float64(time.Second))
}
