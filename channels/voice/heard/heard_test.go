package heard_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/channels/voice/heard"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		text string
		want []string
	}{
		{"an empty text has none", "", nil},
		{"each end of a sentence is one", "Hello. How are you? Good!", []string{"Hello. ", "How are you? ", "Good!"}},
		{"an amount is not split", "You owe $1,250.50. Can you pay?", []string{"You owe $1,250.50. ", "Can you pay?"}},
		{"an abbreviation ends nothing", "Mr. Torres, call Northwind Bank N.A. today at 9 a.m. please. Bye.", []string{"Mr. Torres, call Northwind Bank N.A. today at 9 a.m. please. ", "Bye."}},
		{"an initial ends nothing", "I spoke with J. Doe. He agreed.", []string{"I spoke with J. Doe. ", "He agreed."}},
		{"quotes stay with their sentence", "She said “Yes.” Then she paid.", []string{"She said “Yes.” ", "Then she paid."}},
		{"several marks are one end", "Really?! Yes... maybe.", []string{"Really?! ", "Yes... maybe."}},
		{"Spanish marks are no harm", "¿Puede pagar $50.00? ¡Gracias! Adiós.", []string{"¿Puede pagar $50.00? ", "¡Gracias! ", "Adiós."}},
		{"a line is a sentence", "One\nTwo", []string{"One\n", "Two"}},
		{"space around stays", "  Hi.  ", []string{"  Hi.  "}},
		{"what has no word joins its neighbour", "... Hello. ...", []string{"... Hello. ..."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, heard.Sentences(c.text)); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
	t.Run("a long stretch is split at a comma", func(t *testing.T) {
		t.Parallel()
		text := strings.Repeat("and so on it goes, ", 30)
		for _, s := range heard.Sentences(text) {
			if len(s) > 220 || !strings.HasSuffix(s, ", ") {
				t.Errorf("%q", s)
			}
		}
	})
	t.Run("together they are the text, and none is empty", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			text := rapid.OneOf(rapid.String(), proseOf()).Draw(t, "text")
			parts := heard.Sentences(text)
			if strings.Join(parts, "") != text {
				t.Fatalf("%q became %q", text, parts)
			}
			for _, p := range parts {
				if p == "" || utf8.ValidString(text) && !utf8.ValidString(p) {
					t.Fatalf("the part %q of %q", p, text)
				}
			}
		})
	})
}

// proseOf draws texts such as are said on a call.
func proseOf() *rapid.Generator[string] {
	words := rapid.SampledFrom([]string{"your", "balance", "is", "$1,240.00", "a", "month", "This", "is", "an", "attempt", "to", "collect", "a",
		"debt", "12/4", "Mr.", "N.A.", "APR", "well-known", "¿Puede", "pagar", "mañana", "50%", "—", "🙂", "hundred", "a", "don’t"})
	marks := rapid.SampledFrom([]string{" ", " ", " ", ", ", ". ", "? ", "! ", "\n", "... "})
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for range rapid.IntRange(0, 40).Draw(t, "words") {
			b.WriteString(words.Draw(t, "word") + marks.Draw(t, "mark"))
		}
		return b.String()
	})
}

const plan = "Thank you, Angela. You would pay $103.34 a month for twelve months, starting on 12/4. Does that work for you?"

func TestPlay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		text   string
		chunks []string
		want   string
	}{
		{"nothing played is nothing heard", plan, nil, ""},
		{"words as they were sent", plan, []string{"Thank you, ", "Angela. ", "You would "}, "Thank you, Angela. You would"},
		{"chunks without their space", plan, []string{"Thank you,", "Angela.", "You would pay"}, "Thank you, Angela. You would pay"},
		{"all of it", plan, []string{plan}, plan},
		{"an amount as it was sent", plan, []string{"Thank you, Angela. You would pay $103.34 a month"}, "Thank you, Angela. You would pay $103.34 a month"},
		{"an amount in words, with what follows it", plan, []string{"Thank you, Angela. You would pay one hundred three dollars and thirty-four cents a month for"},
			"Thank you, Angela. You would pay $103.34 a month for"},
		{"an amount in words and no more is not surely heard", plan, []string{"Thank you, Angela. You would pay one hundred three dollars"},
			"Thank you, Angela. You would pay"},
		{"an amount split between chunks", plan, []string{"Thank you, Angela. You would pay one hundred three", "dollars and thirty four cents a month for twelve"},
			"Thank you, Angela. You would pay $103.34 a month for twelve"},
		{"a short word may belong to the amount", "It is $100 a month now.", []string{"It is ", "a "}, "It is"},
		{"all that was played so far, each time", plan, []string{"Thank you,", "Thank you, Angela.", "Thank you, Angela. You would pay"}, "Thank you, Angela. You would pay"},
		{"chunks that break a word", "Your settlement offer stands.", []string{"Your settle", "ment off", "er sta"}, "Your settlement offer"},
		{"a word of which a part was played is not heard", "Your settlement offer stands.", []string{"Your settle"}, "Your"},
		{"a later sentence proves the earlier", "Call (800) 555-0100 now. We are here until five. Thanks.",
			[]string{"Call eight hundred five five five oh one hundred now", "We are here until"}, "Call (800) 555-0100 now. We are here until"},
		{"what is not ours moves nothing", plan, []string{"completely different words here"}, ""},
		{"two words of a later sentence prove nothing", "Pay $5 or more. We will see.", []string{"Pay five dollars", "We will"}, "Pay"},
		{"case, accents composed or not, and apostrophes do not matter", "Está bien, don’t worry.", []string{"ESTA\u0301 bien don't"}, "Está bien, don’t"},
		{"letters spelled out", "The APR is low and stays low.", []string{"The A P R is low and"}, "The APR is low and"},
		{"the end of a text that ends in a figure is not surely heard", "You owe $50.", []string{"You owe fifty dollars"}, "You owe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := heard.New(c.text)
			for _, chunk := range c.chunks {
				text.Play(chunk)
			}
			if got := text.Heard(); got != c.want {
				t.Errorf("heard %q, want %q", got, c.want)
			}
			if whole := c.want == c.text; text.Whole() != whole {
				t.Errorf("whole is %v", !whole)
			}
		})
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		text   string
		played string
		cut    string
		want   string
	}{
		{"from the beginning of the talk", plan, "", "Thank you, Angela. You would", "Thank you, Angela. You would"},
		{"from the beginning of the sentence that was being said", plan, "Thank you, Angela.", "You would pay", "Thank you, Angela. You would pay"},
		{"it decides against more that was reported", plan, "Thank you, Angela. You would pay", "Thank you, Angela. You", "Thank you, Angela. You"},
		{"without words it changes nothing", plan, "Thank you,", "", "Thank you,"},
		{"with words nobody sent it changes nothing", plan, "Thank you,", "colourless green ideas sleep", "Thank you,"},
		{"an amount in words is not surely heard", plan, "", "Thank you, Angela. You would pay one hundred three dollars and", "Thank you, Angela. You would pay"},
		{"a phrase that comes twice is the first", "Please pay on Friday. If not, please pay on Monday.", "", "Please pay on", "Please pay on"},
		{"half a word is not heard", "Your settlement offer.", "", "Your settle", ""},
		{"the words up to a doubtful one count by whole sentences", "Good morning. Your settlement offer.", "", "Good morning. Your settle", "Good morning."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := heard.New(c.text)
			text.Play(c.played)
			text.Cut(c.cut)
			if got := text.Heard(); got != c.want {
				t.Errorf("heard %q, want %q", got, c.want)
			}
		})
	}
}

func TestHeardIsABeginningOfWhatWasSent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sent := proseOf().Draw(t, "sent")
		text := heard.New(sent)
		last := 0
		for range rapid.IntRange(0, 8).Draw(t, "reports") {
			text.Play(rapid.OneOf(proseOf(), piecesOf(sent)).Draw(t, "played"))
			got := text.Heard()
			if !strings.HasPrefix(sent, got) {
				t.Fatalf("heard %q of %q", got, sent)
			}
			if len(got) < last {
				t.Fatalf("%d bytes were heard and now %d", last, len(got))
			}
			last = len(got)
		}
		text.Cut(rapid.OneOf(proseOf(), piecesOf(sent)).Draw(t, "cut"))
		if got := text.Heard(); !strings.HasPrefix(sent, got) {
			t.Fatalf("heard %q of %q", got, sent)
		}
	})
}

// What a carrier reports word for word, in chunks of any size, is followed exactly:
// never more than was played, and all of it once all was.
func TestVerbatimReportsAreFollowedExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sent := proseOf().Draw(t, "sent")
		runes := []rune(sent)
		text, played := heard.New(sent), 0
		for played < len(runes) {
			n := rapid.IntRange(1, 12).Draw(t, "n")
			chunk := string(runes[played:min(len(runes), played+n)])
			played = min(len(runes), played+n)
			text.Play(chunk)
			// A mark behind the last word may come with it.
			if got := strings.TrimRightFunc(text.Heard(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); !strings.HasPrefix(string(runes[:played]), got) {
				t.Fatalf("heard %q when %q was played", got, string(runes[:played]))
			}
		}
	})
}

func piecesOf(sent string) *rapid.Generator[string] {
	fields := strings.Fields(sent)
	return rapid.Custom(func(t *rapid.T) string {
		i := rapid.IntRange(0, max(0, len(fields)-1)).Draw(t, "from")
		j := rapid.IntRange(i, len(fields)).Draw(t, "to")
		return strings.Join(slices.Clone(fields[i:j]), " ")
	})
}

func FuzzHeard(f *testing.F) {
	f.Add(plan, "Thank you,", "Angela. You would pay one hundred", "Thank you")
	f.Add("", "", "", "")
	f.Add("$1 $2 - -", "one two", "\xff", "— …")
	f.Fuzz(func(t *testing.T, sent, one, two, cut string) {
		text := heard.New(sent)
		for _, s := range []string{one, two} {
			text.Play(s)
			if !strings.HasPrefix(sent, text.Heard()) {
				t.Fatalf("heard %q of %q", text.Heard(), sent)
			}
		}
		text.Cut(cut)
		if !strings.HasPrefix(sent, text.Heard()) {
			t.Fatalf("heard %q of %q", text.Heard(), sent)
		}
		text.Finish()
		if !text.Whole() || text.Heard() != sent && strings.TrimSpace(text.Heard()) != "" {
			t.Fatalf("a finished text was heard as %q", text.Heard())
		}
	})
}
