package inbound

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// testPANs are the card schemes' public test numbers.
var testPANs = []string{
	"4111111111111111", "4242424242424242", "5555555555554444", "2223003122003222", "378282246310005", "6011111111111117",
	"3530111333300000", "30569309025904", "4012888888881881", "5105105105105100", "4000056655665556", "6200000000000005",
}

var (
	spellings  = [10]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	espelling  = [10]string{"cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"}
	separators = []string{" ", "-", ".", "\n", "  ", " - ", ", ", "\u00a0", "\u2011", "_", " then ", " y "}
)

// write writes digits in a way a person might.
func write(t *rapid.T, pan string) string {
	digit := rapid.SampledFrom([]func(byte) string{
		func(d byte) string { return string(d) },
		func(d byte) string { return string(rune(0xFF10 + int(d-'0'))) },
		func(d byte) string { return string(rune(0x0660 + int(d-'0'))) },
		func(d byte) string { return string(rune(0x1D7CE + int(d-'0'))) },
		func(d byte) string { return string(d) + "\u200b" },
		func(d byte) string { return string(d) + "\ufe0f\u20e3" },
		func(d byte) string { return spellings[d-'0'] + " " },
		func(d byte) string { return espelling[d-'0'] + " " },
	}).Draw(t, "digit")
	groups := rapid.SampledFrom([][]int{{4, 4, 4, 4, 4}, {19}, {1}, {4, 6, 5}, {6, 6, 7}, {8, 8, 3}}).Draw(t, "groups")
	sep := rapid.SampledFrom(separators).Draw(t, "sep")
	var b strings.Builder
	for i, g := 0, 0; i < len(pan); g++ {
		if i > 0 {
			b.WriteString(sep)
		}
		for n := groups[g%len(groups)]; n > 0 && i < len(pan); n-- {
			b.WriteString(digit(pan[i]))
			i++
		}
	}
	return b.String()
}

// digitsLeft are all digits a reader can still read out of a text.
func digitsLeft(text string) string {
	var b strings.Builder
	for _, p := range scan(text) {
		if p.kind == number {
			b.WriteString(p.text)
		}
	}
	return b.String()
}

func TestACardNumberInAnyWritingIsCutOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pan := rapid.SampledFrom(testPANs).Draw(t, "pan")
		before := rapid.SampledFrom([]string{"", "my card is ", "use ", "tarjeta: ", "ok so it's "}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", " thanks", " exp 09/27", ".", " gracias"}).Draw(t, "after")
		text := before + write(t, pan) + after
		r := Redact(text, nil)
		if strings.Contains(digitsLeft(r.Text), pan) || strings.Contains(digitsLeft(r.Text), pan[:8]) {
			t.Fatalf("%q still holds it: %q", text, r.Text)
		}
		if !r.Found() || r.Kinds[0] != "card" {
			t.Fatalf("%q: kinds %v", text, r.Kinds)
		}
	})
}

func TestACardNumberSplitOverThreeMessagesIsCutOutOfAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pan := rapid.SampledFrom(testPANs).Draw(t, "pan")
		i := rapid.IntRange(2, len(pan)-5).Draw(t, "first cut")
		j := rapid.IntRange(i+1, len(pan)-2).Draw(t, "second cut")
		earlier := []string{"my card " + pan[:i], pan[i:j]}
		if rapid.Bool().Draw(t, "two") {
			earlier = []string{"hello", "it is " + pan[:j]}
		}
		r := Redact(pan[j:]+" ok?", earlier)
		left := ""
		for k, e := range earlier {
			if changed, ok := r.Earlier[k]; ok {
				e = changed
			}
			left += digitsLeft(e)
		}
		if left += digitsLeft(r.Text); strings.Contains(left, pan) || !r.Found() {
			t.Fatalf("%q + %q left %q", earlier, pan[j:], left)
		}
	})
}

func TestRedactTwiceIsRedactOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([0-9]{1,6}[ .,-]){1,8}[a-z ]{0,9}(ssn|pin|cvv|routing)? ?[0-9]{0,17}`)).Draw(t, "text")
		once := Redact(text, nil)
		if twice := Redact(once.Text, nil); twice.Text != once.Text {
			t.Fatalf("%q: %q then %q", text, once.Text, twice.Text)
		}
	})
}

func TestNormaliseTwiceIsNormaliseOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z0-9 .,!?$'@*-]{0,40}`)).Draw(t, "text")
		once := Normalise(text)
		if twice := Normalise(once); twice != once {
			t.Fatalf("%q: %q then %q", text, once, twice)
		}
	})
}

func TestCourtesyNeverUnfiresAnOptOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SampledFrom([]string{"STOP", "quit", "Unsubscribe", "ALTO", "opt out", "ST0P", "🛑"}).Draw(t, "keyword")
		for range rapid.IntRange(0, 3).Draw(t, "n") {
			w := rapid.SampledFrom([]string{"please", "now", "thanks", "gracias", "ok", "!!!", "sir"}).Draw(t, "word")
			if rapid.Bool().Draw(t, "front") {
				words = w + " " + words
			} else {
				words += " " + w
			}
		}
		if l, ok := Keyword(words); !ok || l != OptOut {
			t.Fatalf("%q: %v %v", words, l, ok)
		}
	})
}

func TestAddingASentenceNeverUnfiresRedaction(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pan := rapid.SampledFrom(testPANs).Draw(t, "pan")
		more := rapid.StringMatching(`[a-zA-Z ,.!?]{0,60}`).Draw(t, "more")
		for _, text := range []string{pan + ". " + more, more + ": " + pan} {
			if r := Redact(text, nil); strings.Contains(r.Text, pan) {
				t.Fatalf("%q", r.Text)
			}
		}
	})
}

func FuzzNormalise(f *testing.F) {
	f.Add("ＳＴОＰ\u200b 4ll")
	f.Fuzz(func(t *testing.T, s string) {
		if n := Normalise(s); Normalise(n) != n {
			t.Fatalf("%q: %q then %q", s, n, Normalise(n))
		}
	})
}

func FuzzRedact(f *testing.F) {
	f.Add("my card 4111 1111 1111 1111 123", "4242")
	f.Fuzz(func(t *testing.T, s, earlier string) {
		r := Redact(s, []string{earlier})
		if again := Redact(r.Text, nil); again.Text != Redact(again.Text, nil).Text {
			t.Fatalf("%q: %q", s, r.Text)
		}
		Fragment(s)
	})
}

func FuzzDetect(f *testing.F) {
	d := NewDetector()
	f.Add("stop texting me before noon? 🛑")
	f.Fuzz(func(t *testing.T, s string) {
		det := d.Detect(s, Context{})
		if len(det.Hits) > 0 && det.Primary != det.Hits[0].Label {
			t.Fatalf("%q: %v", s, det)
		}
	})
}
