package sentence_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialog/llm/sentence"
)

func TestWhatEndsASentenceAndWhatDoesNot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text string }{
		{"two sentences", "I understand. |How much can you pay?"},
		{"an amount", "You owe $1,250.50. |That is all."},
		{"an amount at the end of a question", "Can you pay $60? |We can start on Friday."},
		{"a decimal", "It is 3.5 percent of 40. |Nothing else."},
		{"a title", "Mr. Smith and Dr. Lee called. |They wait."},
		{"a street", "Write to 5 Main St. Austin or Mt. Vernon. |Thanks."},
		{"hours", "We open at 9 a.m. Eastern and close at 5 p.m. sharp. |Call us."},
		{"a country", "Los EE. UU. Es un país. |Sí."},
		{"an American country", "The U.S. Bank said so. |Yes."},
		{"titles in Spanish", "La Sra. Pérez y el Sr. Gómez llamaron. |Hasta luego."},
		{"a page", "Vea la pág. 5 y el núm. 12 de la carta. |Gracias."},
		{"a number and a no", "See No. 5 of it. |I said no. |We go on."},
		{"a list", "1. Pay now.\n|2. Pay later.\n|Which one?"},
		{"an ordinal", "Es el 1.º de mayo. |Bien."},
		{"a number at the end", "There are 12. |Then it is done."},
		{"a link", "Go to https://pay.example.com/x?y=1.2&z=3 now. |Thanks."},
		{"a link at the end", "Go to pay.example.com/a?b. |Thanks."},
		{"Spanish questions", "¡Hola! |¿Cómo está? |¿Puede pagar {amount}?"},
		{"a question within", "Hola, ¿cómo está usted? |Bien."},
		{"a placeholder with a dot in it", "I can do {1.words}. |{options}"},
		{"an ellipsis", "Well... let me see. |Wait... |No."},
		{"a question that goes on", "Really? yes. |OK."},
		{"a quotation", "They said \"Stop.\" |Then (they left.) |So what?!"},
		{"lines", "First line\n|second line\n\n|third"},
		{"blank lines first", "\n\nHello. |You."},
		{"an initial", "J. Smith writes. |So do I. |Bye."},
		{"abbreviations in the middle", "Call approx. 5 people, e.g. Ann, p. ej. Juan. |Done."},
		{"nothing", ""}, {"only space", "  \n "}, {"no end", "and so on"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var want []string
			if c.text != "" {
				want = strings.Split(c.text, "|")
			}
			if diff := cmp.Diff(want, sentence.Split(strings.ReplaceAll(c.text, "|", ""))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestALongSentenceIsCutWhereItHurtsLeast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		limit      int
		want       []string
	}{
		{"at its last clause", "one two three four, five six seven eight nine", 30, []string{"one two three four, ", "five six seven eight nine"}},
		{"not within a date", "we can start it on December 4, 2026 at the earliest", 40, []string{"we can start it on December 4, 2026 at ", "the earliest"}},
		{"between words", "one two three four five", 12, []string{"one two ", "three four ", "five"}},
		{"within a word when there is nothing else", strings.Repeat("x", 25), 10, []string{strings.Repeat("x", 10), strings.Repeat("x", 10), "xxxxx"}},
		{"never within a placeholder", "aaaa {first_amount} bbbb", 10, []string{"aaaa ", "{first_amount}", " bbbb"}},
		{"unless it never ends", "{" + strings.Repeat("x", 30), 10, []string{"{" + strings.Repeat("x", 19), "xxxxxxxxxx", "x"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := sentence.Splitter{Max: c.limit}
			got := append(s.Push(c.text), s.Flush())
			if diff := cmp.Diff(c.want, slices.DeleteFunc(got, func(p string) bool { return p == "" })); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// texts are made of what gives splitters trouble.
func texts(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom([]string{
		". ", "? ", "! ", "… ", ".", "\n", " ", ", ", "Mr", "a.m", "EE. UU", "$1,250.50", "{amount}", "{", "}", "¿", "¡", "word ", "Word ",
		"é", "e\u0301", "\xff", "\xe2\x82", "5", "\"", ")", "https://a.b/c?d=e.f ",
	}), rapid.StringN(0, 4, -1), rapid.Map(rapid.IntRange(1, 300), func(n int) string { return strings.Repeat("y", n) })), 0, 30).Draw(t, "text"), "")
}

func checkSplit(t rapid.TB, text string, chunks []string) {
	whole := sentence.Split(text)
	if got := strings.Join(whole, ""); got != text {
		t.Fatalf("the pieces give %q back for %q", got, text)
	}
	var s sentence.Splitter
	var grown []string
	for _, c := range chunks {
		grown = append(grown, s.Push(c)...)
	}
	if rest := s.Flush(); rest != "" {
		grown = append(grown, rest)
	}
	if diff := cmp.Diff(whole, grown); diff != "" {
		t.Fatalf("how %q came changes its pieces: %s", text, diff)
	}
	for _, p := range whole {
		if p == "" {
			t.Fatalf("an empty piece of %q", text)
		}
		if n := utf8.RuneCountInString(strings.TrimSpace(p)); n > sentence.Max && !strings.Contains(p, "{") {
			t.Fatalf("a piece of %d characters", n)
		}
	}
}

func TestThePiecesAreTheTextHoweverItComes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := texts(t)
		var chunks []string
		for rest := text; rest != ""; {
			n := rapid.IntRange(1, min(len(rest), 9)).Draw(t, "chunk")
			chunks, rest = append(chunks, rest[:n]), rest[n:]
		}
		checkSplit(t, text, chunks)
	})
}

func FuzzSplit(f *testing.F) {
	f.Add("I understand. You owe $1,250.50.", uint8(3))
	f.Add("¿Sí? Los EE. UU. {amount}", uint8(1))
	f.Fuzz(func(t *testing.T, text string, step uint8) {
		var chunks []string
		for rest := text; rest != ""; {
			n := min(len(rest), int(step)+1)
			chunks, rest = append(chunks, rest[:n]), rest[n:]
		}
		checkSplit(t, text, chunks)
	})
}
