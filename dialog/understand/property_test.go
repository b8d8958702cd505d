package understand_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/golang-sql/civil"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialog/understand"
	"parley/negotiation"
)

// sound holds what is true of every understanding, whatever was said.
func sound(t rapid.TB, text string, today civil.Date, u understand.Understanding) {
	for _, a := range u.Asks {
		switch {
		case a.Amount.Minor < 0 || a.Amount.Minor > 100_000_000 || a.Amount.Minor > 0 && a.Amount.Currency != "USD":
			t.Fatalf("%q: amount %v", text, a.Amount)
		case a.Max.Minor != 0 && a.Max.Minor <= a.Amount.Minor:
			t.Fatalf("%q: a range of %d to %d", text, a.Amount.Minor, a.Max.Minor)
		case a.Share < 0 || a.Share > 10000:
			t.Fatalf("%q: share %d", text, a.Share)
		case a.Count < 0 || a.Count > 1000:
			t.Fatalf("%q: %d payments", text, a.Count)
		case !slices.Contains([]negotiation.Cadence{"", negotiation.Weekly, negotiation.Biweekly, negotiation.Monthly}, a.Cadence):
			t.Fatalf("%q: cadence %q", text, a.Cadence)
		}
		for _, d := range []civil.Date{a.Start, a.By, a.NotBefore} {
			if !d.IsZero() && (!d.IsValid() || d.Before(today) || d.DaysSince(today) > 5*366) {
				t.Fatalf("%q: asks for %v on %v", text, d, today)
			}
		}
	}
	for i, in := range u.Intents {
		if in.Score <= 0 || in.Score > 1 || i > 0 && in.Score > u.Intents[i-1].Score {
			t.Fatalf("%q: intents %v", text, u.Intents)
		}
	}
	if u.Margin < 0 || u.Margin > 1 || u.Choice < -1 || u.Choice > 9 || u.Language == "" {
		t.Fatalf("%q: %+v", text, u)
	}
	if u.Has(understand.Accept) && len(u.Asks) > 0 && u.Choice == 0 {
		for _, a := range u.Asks {
			if a.Amount.Minor != 0 || a.Share != 0 || a.Cadence != "" {
				t.Fatalf("%q is taken for a yes with %s", text, understand.AskWords(a))
			}
		}
	}
	for _, z := range u.Factors.ZIPs {
		if len(z) != 5 {
			t.Fatalf("%q: zip %q", text, z)
		}
	}
}

// pieces of messages, to be strung together in any order.
var pieces = []string{"yes", "no", "but", "or", "and", "not", "$", "50", "-50", "1,200.50", "1.2k", "80", "78701", "1986", "a month", "weekly", "every two weeks", "every",
	"friday", "next", "the 15th", "december", "by", "until", "in", "2", "weeks", "half", "%", "to", "-", "between", "settle", "in full", "payments", "option", "€",
	"99999999999999999999", "0", "february 30", "12/25", "13/45/2026", "1/1/1900", "hundred", "thousand", "a", "fifty", "cincuenta", "mil", "al mes", "el", "para", "navidad",
	"I meant", "no wait", ",", ".", "?", "\n", "\u200b", "٥٠", "５０", "😀", "пять", "every other", "paid on", "left over", "rent is", "born", "ssn", "last 4", "actually", "the rest"}

func TestWhateverIsSaidIsHeardSoundly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "text"), rapid.SampledFrom([]string{" ", " ", ""}).Draw(t, "glue"))
		today := monday.AddDays(rapid.IntRange(0, 1500).Draw(t, "day"))
		lang := rapid.SampledFrom([]string{"en", "es", "", "xx"}).Draw(t, "lang")
		u := understand.Parse(text, lang, today)
		sound(t, text, today, u)
		if diff := cmp.Diff(u, understand.Parse(text, lang, today)); diff != "" {
			t.Fatalf("%q is heard in two ways:\n%s", text, diff)
		}
	})
}

func TestAnyBytesAreHeardSoundly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "bytes"))
		sound(t, text, monday, understand.Parse(text, "en", monday))
	})
}

func TestAnAmountIsHeardHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(2, 99999).Draw(t, "dollars")
		style := rapid.SampledFrom([]func(int64) string{
			func(n int64) string { return "$" + grouped(n) + " a month" },
			func(n int64) string { return grouped(n) + " dollars monthly" },
			func(n int64) string { return "i can pay " + words(n) + " a month" },
			func(n int64) string { return words(n) + " dollars per month" },
			func(n int64) string { return "$" + grouped(n) + ".00/month" },
		}).Draw(t, "style")
		text := style(n)
		u := understand.Parse(text, "en", monday)
		if len(u.Asks) != 1 || u.Asks[0].Amount.Minor != n*100 || u.Asks[0].Cadence != negotiation.Monthly {
			t.Fatalf("%q is heard as %v", text, u.Asks)
		}
	})
}

// grouped writes 1240 as "1,240".
func grouped(n int64) string {
	if n < 1000 {
		return words0(n)
	}
	rest := words0(n % 1000)
	return grouped(n/1000) + "," + strings.Repeat("0", 3-len(rest)) + rest
}

func words0(n int64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return words0(n/10) + string(rune('0'+n%10))
}

// words writes a number in English.
func words(n int64) string {
	small := strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens := strings.Fields("_ _ twenty thirty forty fifty sixty seventy eighty ninety")
	switch {
	case n < 20:
		return small[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + "-" + small[n%10]
	case n < 1000 && n%100 == 0:
		return small[n/100] + " hundred"
	case n < 1000:
		return small[n/100] + " hundred and " + words(n%100)
	case n%1000 == 0:
		return words(n/1000) + " thousand"
	}
	return words(n/1000) + " thousand " + words(n%1000)
}

func TestADayIsHeardHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	months := strings.Fields("january february march april may june july august september october november december")
	meses := strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
	rapid.Check(t, func(t *rapid.T) {
		d := monday.AddDays(rapid.IntRange(1, 300).Draw(t, "days"))
		m, dom := int(d.Month)-1, words0(int64(d.Day))
		text := rapid.SampledFrom([]string{
			"50 on " + months[m] + " " + dom, "50 on " + months[m][:3] + " " + dom + "th", "50 on the " + dom + "th of " + months[m],
			"50 on " + words0(int64(d.Month)) + "/" + dom, "50 on " + d.String(), "50 el " + dom + " de " + meses[m], "50 on " + dom + " " + months[m] + " " + words0(int64(d.Year)),
		}).Draw(t, "text")
		u := understand.Parse(text, "", monday)
		if len(u.Asks) != 1 || u.Asks[0].Start != d || u.Asks[0].Amount.Minor != 5000 {
			t.Fatalf("%q on %v is heard as %+v", text, monday, u.Asks)
		}
	})
}

func TestALongTextIsReadInBoundedTime(t *testing.T) {
	t.Parallel()
	for _, text := range []string{strings.Repeat("a", 1<<16), strings.Repeat("1,", 1<<15), strings.Repeat("yes but 50 or 60 a month ", 4000), strings.Repeat("the ", 1<<14)} {
		sound(t, text[:20], monday, understand.Parse(text, "en", monday))
	}
}

func FuzzParse(f *testing.F) {
	for _, r := range rows(f) {
		f.Add(r.text, r.lang)
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		if !utf8.ValidString(lang) || len(lang) > 8 {
			return
		}
		sound(t, text, monday, understand.Parse(text, lang, monday))
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		understand.Parse("that's too much, I can do 40 every two weeks starting dec 4, what's my balance?", "en", monday)
	}
}
