package channeltest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"parley/channels"
)

const (
	promiseFinal = "Its text is final: an adapter may encode and split it, and may replace characters by look-alikes its declared [Capabilities] name, but may not add, drop or reorder words."
	promiseError = "On failure the error is a *[SendError], whose Done holds the parts that did go out."
)

func provider(_ channels.Capabilities, r Rig) string {
	return unless(r.Script != nil, "no provider stands between the channel and the person")
}

// sendCases check what becomes of a message to a person.
func sendCases(s Suite) []check {
	all := []check{
		{
			name:  "an ordinary message goes out once, in one part",
			quote: "Parts has one entry for each piece, in order; a message in one piece has one.",
			run: func(tb testing.TB, b *bench) {
				sent, err := b.Channel.Send(tb.Context(), b.suite.Out)
				b.sentWhole(tb, b.suite.Out, sent, err)
				if len(sent.Parts) != 1 {
					tb.Errorf("it has %d parts", len(sent.Parts))
				}
			},
		},
		{
			name:  "a text too long is refused whole",
			quote: "A longer one is refused whole, as [Rejected].",
			run: func(tb testing.TB, b *bench) {
				out := b.suite.Out
				out.Text = strings.Repeat("a", b.Channel.Capabilities().MaxText+1)
				_, err := b.Channel.Send(tb.Context(), out)
				b.failed(tb, out, err, channels.Rejected)
				b.took(tb, 0)
			},
		},
		{
			name:  "a message whose time is already up is not sent, and known not to be",
			quote: "Retryable: it certainly did not go out, and may later (429, refused connection).",
			run: func(tb testing.TB, b *bench) {
				ctx, cancel := context.WithCancel(tb.Context())
				cancel()
				_, err := b.Channel.Send(ctx, b.suite.Out)
				b.failed(tb, b.suite.Out, err, channels.Retryable)
				b.took(tb, 0)
			},
		},
		{
			name:  "messages sent at the same time all go out whole",
			quote: "Send hands out to the provider and returns when it has accepted every part.",
			run:   together,
		},
	}
	for _, c := range outTexts() {
		all = append(all, check{name: c.name, quote: promiseFinal, run: func(tb testing.TB, b *bench) {
			out := b.suite.Out
			out.Text = c.text(b.Channel.Capabilities().MaxText)
			sent, err := b.Channel.Send(tb.Context(), out)
			b.sentWhole(tb, out, sent, err)
		}})
	}
	for _, c := range s.Sends {
		all = append(all, check{name: c.Name, quote: promiseError, skip: provider, run: func(tb testing.TB, b *bench) {
			b.Script(c.Fault)
			_, err := b.Channel.Send(tb.Context(), b.suite.Out)
			fail := b.failed(tb, b.suite.Out, err, c.Kind)
			if fail.Reason != c.Reason {
				tb.Errorf("the reason is %q, want %q", fail.Reason, c.Reason)
			}
			if fail.RetryAfter != c.RetryAfter {
				tb.Errorf("to be tried again after %s, want %s", fail.RetryAfter, c.RetryAfter)
			}
		}})
	}
	return all
}

func outTexts() []struct {
	name string
	text func(limit int) string
} {
	fixed := func(s string) func(int) string {
		return func(limit int) string { return s[:min(len(s), limit)] }
	}
	fill := func(unit string) func(int) string {
		return func(limit int) string { return strings.Repeat(unit, limit/len(unit)) }
	}
	return []struct {
		name string
		text func(limit int) string
	}{
		{"curly quotes and dashes keep their words", fixed("“It’s due – or so we’re told…”")},
		{"accents keep their words", fixed("Está bien: mañana pagará “la mitad” — ¿sí?")},
		{"emoji and other scripts keep their words", fixed("Thank you 👩‍👧 🇺🇸 日本 e\u0301")},
		{"braces, pipes and markup keep their words", fixed(`{a} | [b] ^ ~ \ € <c> & "d" %20 + ; =`)},
		{"the longest text keeps its words", fill("many words and few breaks, ")},
		{"the longest text without a break keeps its letters", fill("x")},
		{"the longest text of emoji keeps them", fill("🙂")},
	}
}

// together sends several different messages at once.
func together(tb testing.TB, b *bench) {
	var sending sync.WaitGroup
	for i := range 8 {
		sending.Go(func() {
			out := b.suite.Out
			out.ID, out.Text = fmt.Sprint(out.ID, i), out.Text+strings.Repeat("!", i)
			if _, err := b.Channel.Send(tb.Context(), out); err != nil {
				tb.Errorf("send: %v", err)
			}
		})
	}
	sending.Wait()
	var got []string
	for _, d := range b.Taken() {
		got = append(got, d.Text)
	}
	slices.Sort(got)
	if distinct := slices.Compact(got); len(distinct) != 8 || len(b.Taken()) != 8 {
		tb.Errorf("%d messages went out, %d of them different; want 8", len(b.Taken()), len(distinct))
	}
}

// sentWhole checks a send that went well: what was taken is the text, to the
// right person, and the parts are those.
func (b *bench) sentWhole(tb testing.TB, out channels.Outbound, sent channels.Sent, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatalf("send: %v", err)
	}
	taken := b.Taken()
	b.complete(tb, out, taken)
	if len(sent.Parts) != len(taken) {
		tb.Fatalf("it says %d parts, the provider took %d", len(sent.Parts), len(taken))
	}
	for i, p := range sent.Parts {
		if p.Index != i || p.ProviderID != taken[i].ProviderID || p.ProviderID == "" {
			tb.Errorf("part %d is %v", i, p)
		}
	}
	if sent.Status.Rank() < channels.StatusSent.Rank() {
		tb.Errorf("its status is %q", sent.Status)
	}
}

// complete checks that the parts taken are the text, but for look-alikes.
func (b *bench) complete(tb testing.TB, out channels.Outbound, taken []Delivery) {
	tb.Helper()
	var text strings.Builder
	for _, d := range taken {
		text.WriteString(d.Text)
		if d.To != out.To {
			tb.Error("a part went to somebody else")
		}
	}
	like := b.Channel.Capabilities().Lookalikes
	if normal(text.String(), like) != normal(out.Text, like) {
		tb.Error("what went out is not the text")
	}
}

// normal replaces every character that may be replaced.
func normal(s string, like map[rune]string) string {
	var b strings.Builder
	for _, r := range s {
		if other, ok := like[r]; ok {
			b.WriteString(other)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// failed checks what every failed send has in common.
func (b *bench) failed(tb testing.TB, out channels.Outbound, err error, kind channels.ErrorKind) *channels.SendError {
	tb.Helper()
	var fail *channels.SendError
	if !errors.As(err, &fail) {
		tb.Fatalf("the error is %T, not a *SendError", err)
	}
	if fail.Kind != kind {
		tb.Errorf("the kind is %q (%s), want %q", fail.Kind, fail.Reason, kind)
	}
	if fail.Reason == "" || strings.ContainsAny(fail.Reason, " \n") {
		tb.Errorf("the reason %q is no stable label", fail.Reason)
	}
	b.discreet(tb, "the error", err.Error(), out.Text, out.To, out.From)
	return fail
}

// took checks how many parts the provider took.
func (b *bench) took(tb testing.TB, want int) {
	tb.Helper()
	if got := len(b.Taken()); got != want {
		tb.Errorf("the provider took %d parts, want %d", got, want)
	}
}

// long is the suite's message with as long a text as there may be.
func (b *bench) long() channels.Outbound {
	out := b.suite.Out
	limit := b.Channel.Capabilities().MaxText
	const words = "These are the words of a long message. "
	out.Text = strings.Repeat(words, limit/len(words)+1)[:limit]
	return out
}
