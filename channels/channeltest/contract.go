package channeltest

import (
	"testing"

	"parley/channels"
)

// contractCases check what an adapter says of itself.
func contractCases() []check {
	return []check{
		{
			name:  "it has a name, and keeps it",
			quote: "Name is the channel's name in [Inbound.Channel]; it never changes.",
			run: func(tb testing.TB, b *bench) {
				if b.Channel.Name() == "" {
					tb.Error("the name is empty")
				}
				if other := open(tb, b.suite); other.Channel.Name() != b.Channel.Name() {
					tb.Error("two adapters of the channel have different names")
				}
			},
		},
		{
			name:  "it says how long a text may be",
			quote: "MaxText is the longest text, in bytes, that may be passed to Send.",
			run: func(tb testing.TB, b *bench) {
				if n := b.Channel.Capabilities().MaxText; n <= 0 {
					tb.Errorf("MaxText is %d", n)
				}
			},
		},
		{
			name:  "what it may replace does not chain",
			quote: "Lookalikes are the characters Send may replace, each with what may stand in its place; nil means that none is ever replaced.",
			run: func(tb testing.TB, b *bench) {
				like := b.Channel.Capabilities().Lookalikes
				for r, s := range like {
					if normal(s, like) != s {
						tb.Errorf("%U is replaced by something that is itself replaced", r)
					}
				}
			},
		},
		{
			name:  "it shows typing exactly if it says so",
			quote: "Typist is a channel that can show that an answer is being written.",
			run: func(tb testing.TB, b *bench) {
				typist, can := b.Channel.(channels.Typist)
				if says := b.Channel.Capabilities().Typing; says != can {
					tb.Fatalf("Capabilities.Typing is %v, but it is a Typist: %v", says, can)
				}
				if can {
					typist.Typing(tb.Context(), b.suite.Out.To, b.suite.Out.From)
				}
			},
		},
		{
			name:  "it registers where its provider calls",
			quote: "Routes registers what the provider calls; Receive is called from these handlers, before they acknowledge.",
			run: func(tb testing.TB, b *bench) {
				if len(b.routes.patterns) == 0 {
					tb.Error("it registers nothing")
				}
			},
		},
	}
}
