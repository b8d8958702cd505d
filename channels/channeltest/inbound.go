package channeltest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels"
)

const (
	promiseForged  = "A request the provider can't be shown to have made is refused with 403."
	promiseRefused = "One that can never be accepted is refused with 400 and the name of the field."
	promiseText    = "Text is what the person wrote: valid UTF-8, no control characters but newline, carriage return and tab, at most MaxTextBytes."
)

// inboundCases check what becomes of a person's message.
func inboundCases(s Suite) []check {
	all := []check{
		{
			name:  "an ordinary message reaches the receiver",
			quote: "ReceivedAt is when the adapter got it, in UTC.",
			run: func(tb testing.TB, b *bench) {
				b.translate(tb, b.suite.Message, inbound(b.suite.Message))
			},
		},
		{
			name:  "a forged message is refused before it reaches anyone",
			quote: promiseForged,
			run: func(tb testing.TB, b *bench) {
				m := b.suite.Message
				m.Forged = true
				b.refused(tb, b.Post(m), 403, "", m)
			},
		},
		{
			name:  "a forged message is refused as forged, whatever is in it",
			quote: promiseForged,
			run: func(tb testing.TB, b *bench) {
				m := b.suite.Message
				m.Forged, m.Text = true, "\x00\xff"
				b.refused(tb, b.Post(m), 403, "", m)
			},
		},
		{
			name:  "the same message again is handed on under the same id and acknowledged",
			quote: "(Channel, ProviderID) is unique for ever: the same pair again is the same message.",
			run:   duplicates,
		},
		{
			name:  "a receiver that fails makes the provider try again",
			quote: "Where the Receiver fails the answer is a 5xx, so that the provider tries again.",
			run: func(tb testing.TB, b *bench) {
				b.receiver.Fail(errors.New("the disk is full"))
				if a := b.Post(b.suite.Message); a.Code < 500 {
					tb.Errorf("answered %d, want a 5xx", a.Code)
				} else {
					b.discreet(tb, "the answer", a.Body, b.suite.Message.Text, b.suite.Message.From, "the disk is full")
				}
				b.receiver.Fail(nil)
				if a := b.Post(b.suite.Message); a.Code != 200 {
					tb.Errorf("the second attempt was answered %d", a.Code)
				}
			},
		},
		{
			name:  "a message the receiver can never accept is refused by its field",
			quote: "It is an [InputError] when the message itself can never be accepted.",
			run: func(tb testing.TB, b *bench) {
				b.receiver.Fail(fmt.Errorf("store: %w", &channels.InputError{Field: "text", Reason: "is not wanted"}))
				if a := b.Post(b.suite.Message); a.Code != 400 || !strings.Contains(a.Body, "text") {
					tb.Errorf("answered %d, want 400 naming text", a.Code)
				}
			},
		},
	}
	for _, c := range texts() {
		all = append(all, check{name: c.name, quote: promiseText, run: func(tb testing.TB, b *bench) {
			m := b.suite.Message
			m.Text = c.text
			b.translate(tb, m, inbound(m))
		}})
	}
	all = append(all, badMessages()...)
	for _, c := range s.Translations {
		all = append(all, check{name: c.Name, quote: "Inbound is one message from a person, in no provider's form.", run: func(tb testing.TB, b *bench) {
			b.translate(tb, c.Message, c.Want)
		}})
	}
	for _, c := range s.Refusals {
		all = append(all, check{name: c.Name, quote: promiseRefused, run: func(tb testing.TB, b *bench) {
			m := b.suite.Message
			m.Fields = c.Fields
			b.refused(tb, b.Post(m), 400, c.Field, m)
		}})
	}
	return all
}

func texts() []struct{ name, text string } {
	return []struct{ name, text string }{
		{"emoji, accents and other scripts arrive as written", "¿Mañana? 👩‍👧 e\u0301 日本 ﷺ"},
		{"lines and tabs arrive as written", "one\ntwo\tthree\n\nfour"},
		{"markup and separators arrive as written", `<b>"a" & 'b'</b>; c=d+e %41 \n {{x}} $(y)`},
		{"a long text arrives whole", strings.Repeat("all the words of it. ", 150)},
	}
}

// badMessages come free: whatever the provider, they are refused.
func badMessages() []check {
	addressed := func(c channels.Capabilities, _ Rig) string {
		return unless(c.Addressed, "the channel has no addresses")
	}
	media := func(c channels.Capabilities, _ Rig) string {
		return unless(c.Media, "the channel takes no attachments")
	}
	links := func(n int) func(*Message) {
		return func(m *Message) {
			for i := range n {
				m.Media = append(m.Media, channels.Media{URL: fmt.Sprintf("https://media.example/%d", i), ContentType: "image/jpeg"})
			}
		}
	}
	text := func(s string) func(*Message) { return func(m *Message) { m.Text = s } }
	bad := []struct {
		name  string
		field string
		skip  func(channels.Capabilities, Rig) string
		edit  func(*Message)
	}{
		{"an empty message is refused", "text", nil, text("")},
		{"white space alone is refused", "text", nil, text(" \n\t ")},
		{"text over the limit is refused", "text", nil, text(strings.Repeat("a", channels.MaxTextBytes+1))},
		{"a NUL in the text is refused", "text", nil, text("pay\x00me")},
		{"an escape sequence in the text is refused", "text", nil, text("\x1b[2Jpay")},
		{"a C1 control in the text is refused", "text", nil, text("pay\u009bme")},
		{"broken UTF-8 is refused", "text", nil, text("pay \xc3\x28 me")},
		{"half a surrogate pair is refused", "text", nil, text("pay \xed\xa0\x80 me")},
		{"one attachment too many is refused", "media", media, links(channels.MaxMedia + 1)},
		{"a hundred attachments are refused", "media", media, links(100)},
		{"an attachment that is not a link is refused", "media", media, func(m *Message) { m.Media = []channels.Media{{URL: "javascript:alert(1)"}} }},
		{"a sender that is no number is refused", "from", addressed, func(m *Message) { m.From = "not-a-number" }},
		{"a sender with too many digits is refused", "from", addressed, func(m *Message) { m.From = "+1234567890123456" }},
		{"a missing sender is refused", "from", addressed, func(m *Message) { m.From = "" }},
		{"a message without the provider's id is refused", "", nil, func(m *Message) { m.ID = "" }},
	}
	var all []check
	for _, c := range bad {
		all = append(all, check{name: c.name, quote: promiseRefused, skip: c.skip, run: func(tb testing.TB, b *bench) {
			m := b.suite.Message
			c.edit(&m)
			b.refused(tb, b.Post(m), 400, c.field, m)
		}})
	}
	return all
}

// duplicates posts one message many times at once.
func duplicates(tb testing.TB, b *bench) {
	const copies = 20
	answers := make([]Answer, copies)
	var posting sync.WaitGroup
	for i := range copies {
		posting.Go(func() { answers[i] = b.Post(b.suite.Message) })
	}
	posting.Wait()
	for _, a := range answers {
		if a.Code != 200 {
			tb.Errorf("a copy was answered %d", a.Code)
		}
	}
	got := b.receiver.Received()
	if len(got) != copies {
		tb.Errorf("the receiver saw %d of %d copies: whether they are one message is its to say", len(got), copies)
	}
	for _, in := range got {
		if in.ProviderID != got[0].ProviderID || in.Channel != got[0].Channel {
			tb.Error("copies have different ids")
		}
	}
}

// inbound is what m must become.
func inbound(m Message) channels.Inbound {
	return channels.Inbound{ProviderID: m.ID, From: m.From, To: m.To, Text: m.Text, Media: m.Media, Choice: m.Choice, OptOut: m.OptOut}
}

// translate posts m and compares what the receiver got.
func (b *bench) translate(tb testing.TB, m Message, want channels.Inbound) {
	tb.Helper()
	if a := b.Post(m); a.Code != 200 {
		tb.Fatalf("answered %d: %s", a.Code, a.Body)
	}
	got := b.receiver.Received()
	if len(got) != 1 {
		tb.Fatalf("the receiver got %d messages", len(got))
	}
	if err := got[0].Validate(); err != nil {
		tb.Errorf("what it got breaks the contract: %v", err)
	}
	if got[0].ReceivedAt.Location() != time.UTC {
		tb.Error("ReceivedAt is not in UTC")
	}
	want.Channel, want.ReceivedAt = b.Channel.Name(), b.env.Now()
	if want.ProviderID == "" {
		want.ProviderID = m.ID
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		tb.Errorf("want -, got +:\n%s", diff)
	}
}

// refused checks a refusal: its code, that it names the field and quotes
// nothing, and that nothing reached the receiver.
func (b *bench) refused(tb testing.TB, a Answer, code int, field string, m Message) {
	tb.Helper()
	if a.Code != code {
		tb.Errorf("answered %d, want %d", a.Code, code)
	}
	if !strings.Contains(strings.ToLower(a.Body), strings.ToLower(field)) {
		tb.Errorf("the answer %q does not name %s", a.Body, field)
	}
	if n := len(b.receiver.Received()) + len(b.receiver.Confirmed()); n != 0 {
		tb.Errorf("%d things reached the receiver", n)
	}
	b.discreet(tb, "the answer", a.Body, m.Text, m.From)
}

// discreet checks that text holds no secret and none of the private words.
func (b *bench) discreet(tb testing.TB, what, text string, private ...string) {
	tb.Helper()
	for _, secret := range append(private, b.suite.Secrets...) {
		if len(secret) > 2 && strings.Contains(text, secret) {
			tb.Errorf("%s gives away something private", what)
		}
	}
}

func unless(has bool, why string) string {
	if has {
		return ""
	}
	return why
}
