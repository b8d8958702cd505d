package sms

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSegments(t *testing.T) {
	t.Parallel()
	a := func(n int) string { return strings.Repeat("a", n) }
	cases := []struct {
		name     string
		text     string
		encoding Encoding
		segments int
		units    int
	}{
		{"nothing is nothing", "", GSM7, 0, 0},
		{"160 letters are one segment", a(160), GSM7, 1, 160},
		{"161 letters are two", a(161), GSM7, 2, 161},
		{"306 letters fill two joined segments", a(306), GSM7, 2, 306},
		{"307 letters need a third", a(307), GSM7, 3, 307},
		{"a line end of two characters counts two", a(80) + "\r\n" + a(79), GSM7, 2, 161},
		{"a bar counts two", "|", GSM7, 1, 2},
		{"80 bars are one segment", strings.Repeat("|", 80), GSM7, 1, 160},
		{"159 letters and a euro are two", a(159) + "€", GSM7, 2, 161},
		{"an escape pair is not cut by a segment's end", a(152) + "|" + a(151), GSM7, 2, 305},
		{"so it may cost a segment", a(152) + "|" + a(152), GSM7, 3, 306},
		{"the basic table has Greek capitals and Spanish letters", "ΔΦΓΛΩΠΨΣΘΞ ñÑ¿¡ü", GSM7, 1, 16},
		{"an accented a is not in it", "está", UCS2, 1, 4},
		{"nor is a backquote", "`", UCS2, 1, 1},
		{"70 units of UCS-2 are one segment", "á" + a(69), UCS2, 1, 70},
		{"71 are two", "á" + a(70), UCS2, 2, 71},
		{"134 fill two joined segments", "á" + a(133), UCS2, 2, 134},
		{"135 need a third", "á" + a(134), UCS2, 3, 135},
		{"an emoji counts two", "🙂", UCS2, 1, 2},
		{"35 emoji are one segment", strings.Repeat("🙂", 35), UCS2, 1, 70},
		{"a surrogate pair is not cut by a segment's end", a(66) + "🙂" + a(66), UCS2, 3, 134},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e, s, u := Segments(c.text)
			if e != c.encoding || s != c.segments || u != c.units {
				t.Errorf("got %s, %d segments, %d units; want %s, %d, %d", e, s, u, c.encoding, c.segments, c.units)
			}
		})
	}
	t.Run("the default alphabet has its 127 characters and the extension its ten", func(t *testing.T) {
		t.Parallel()
		if n := utf8.RuneCountInString(gsm7Basic); n != 127 { // the 128th is the escape itself
			t.Errorf("basic table has %d characters", n)
		}
		if n := utf8.RuneCountInString(gsm7Extension); n != 10 {
			t.Errorf("extension table has %d characters", n)
		}
	})
}

func TestEncode(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, in, want string }{
		{"plain text stays", "Reply STOP to opt out.", "Reply STOP to opt out."},
		{"look-alikes are replaced where that makes it GSM-7", "“It’s – fine…”", `"It's - fine..."`},
		{"wide spaces and tabs become spaces", "a\u00a0b\tc\u202fd", "a b c d"},
		{"what has no width is dropped", "a\u200bb\ufeff", "ab"},
		{"nothing is touched where it would not help", "“está”", "“está”"},
		{"nor beside an emoji", "it’s 🙂", "it’s 🙂"},
		{"Spanish that is in the table stays", "¿Mañana? ¡Sí", "¿Mañana? ¡Sí"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := encode(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	t.Run("every look-alike is itself GSM-7 and stands for what is not", func(t *testing.T) {
		t.Parallel()
		for r, like := range lookalikes {
			if septets[r] > 0 {
				t.Errorf("%U needs no look-alike", r)
			}
			if !isGSM7(like) {
				t.Errorf("the look-alike of %U is not GSM-7", r)
			}
		}
	})
}

func TestParts(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		text string
		want []int // bytes of each part
	}{
		{"what fits is one part", strings.Repeat("a", 1600), []int{1600}},
		{"a word without end is cut at the limit", strings.Repeat("a", 1700), []int{1600, 100}},
		{"a bar counts two against the limit", strings.Repeat("|", 801), []int{800, 1}},
		{"a cut falls after a sentence", strings.Repeat("a", 1499) + ". " + strings.Repeat("b ", 300), []int{1501, 600}},
		{"or after a word", strings.Repeat("a", 1500) + " " + strings.Repeat("b", 300), []int{1501, 300}},
		{"a paragraph comes before a sentence", strings.Repeat("a", 1000) + "\n\n" + strings.Repeat("b", 400) + ". " + strings.Repeat("c", 400), []int{1002, 802}},
		{"a boundary too early is passed over", "a. " + strings.Repeat("b", 1000) + " " + strings.Repeat("c", 1000), []int{1004, 1000}},
		{"so is a paragraph too early", "a\n\n" + strings.Repeat("b", 1000) + " " + strings.Repeat("c", 1000), []int{1004, 1000}},
		{"an emoji of several characters stays whole", "á" + strings.Repeat("a", 1598) + "👍🏽", []int{1600, 8}},
		{"so does a family", "á" + strings.Repeat("a", 1596) + "👩‍👧", []int{1598, 11}},
		{"and a flag", "á" + strings.Repeat("a", 1597) + "🇺🇸🇺🇸", []int{1599, 16}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := parts(c.text)
			var lens []int
			for _, p := range got {
				lens = append(lens, len(p))
			}
			if len(lens) != len(c.want) {
				t.Fatalf("parts of %v bytes, want %v", lens, c.want)
			}
			for i := range lens {
				if lens[i] != c.want[i] {
					t.Fatalf("parts of %v bytes, want %v", lens, c.want)
				}
			}
		})
	}
	t.Run("any text is kept whole in parts that fit", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(r *rapid.T) {
			word := rapid.SampledFrom([]string{"pay ", "está. ", "|€~", "👩‍👧‍👦", "🇺🇸", "é\n\n", "a", "“x”", "e\u0301", "\r\n", strings.Repeat("z", 400)})
			checkParts(r, strings.Join(rapid.SliceOfN(word, 0, 900).Draw(r, "words"), ""))
		})
	})
}

type failer interface{ Fatalf(string, ...any) }

// checkParts holds for every text: the parts joined are the text, each fits,
// none is empty, and none of more than one part begins inside a character.
func checkParts(t failer, text string) {
	encoded := encode(text)
	got := parts(encoded)
	if strings.Join(got, "") != encoded {
		t.Fatalf("the parts joined are not the text")
	}
	e, _, _ := Segments(encoded)
	for i, p := range got {
		units := 0
		for _, r := range p {
			units += width(e, r)
		}
		if units > MaxPart {
			t.Fatalf("part %d has %d units", i, units)
		}
		if p == "" && text != "" && encoded != "" {
			t.Fatalf("part %d is empty", i)
		}
		if utf8.ValidString(text) && !utf8.ValidString(p) {
			t.Fatalf("part %d divides a character", i)
		}
	}
	if _, segments, units := Segments(encoded); (segments == 0) != (units == 0) || segments > units {
		t.Fatalf("%d segments for %d units", segments, units)
	}
}

func FuzzSegments(f *testing.F) {
	for _, s := range []string{"", "hello", strings.Repeat("a", 1601), strings.Repeat("|", 999), "á" + strings.Repeat("🙂", 900),
		strings.Repeat("👩‍👧‍👦", 400), strings.Repeat("\u0301", 2000), "\xff\xfe", strings.Repeat("word. ", 700)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkParts(t, text) })
}
