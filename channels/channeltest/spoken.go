package channeltest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/channels"
)

// written are the cases about messages and reports that come one by one, each with
// an answer of its own. On a call they come over its connection: see package linetest.
func written(group []check) []check {
	for i, c := range group {
		group[i].skip = func(capable channels.Capabilities, r Rig) string {
			if capable.Speech {
				return "what is said on a call comes over its connection"
			}
			if c.skip != nil {
				return c.skip(capable, r)
			}
			return ""
		}
	}
	return group
}

// spokenCases check that what was said is not taken for what was heard.
func spokenCases() []check {
	const promise = "Heard is what was heard of a message that was spoken, as far as is known; a message heard to its end is [StatusDelivered], one that was cut [StatusUndelivered]."
	speech := func(c channels.Capabilities, _ Rig) string {
		return unless(c.Speech, "the channel speaks to nobody")
	}
	return []check{
		{
			name: "words are delivered when they were heard, not when they were sent", quote: promise, skip: speech,
			run: func(tb testing.TB, b *bench) {
				sent := b.sendOne(tb)
				if got := b.receiver.Confirmed(); len(got) != 0 {
					tb.Fatalf("before anything was heard there is %+v", got)
				}
				b.Hear()
				got := b.receiver.Confirmed()
				want := []channels.Receipt{{
					Channel: b.Channel.Name(), MessageID: b.suite.Out.ID, ProviderID: sent.ProviderID, Status: channels.StatusDelivered, Heard: b.suite.Out.Text,
				}}
				for i := range got {
					want[0].At, got[i].At = got[i].At, got[i].At.UTC()
				}
				if diff := cmp.Diff(want, got); diff != "" {
					tb.Errorf("want -, got +:\n%s", diff)
				}
			},
		},
		{
			name: "words are said to nobody once the call is over", quote: "On failure the error is a *[SendError], whose Done holds the parts that did go out.", skip: speech,
			run: func(tb testing.TB, b *bench) {
				b.Hear()
				_, err := b.Channel.Send(tb.Context(), b.suite.Out)
				b.failed(tb, b.suite.Out, err, channels.Rejected)
				b.took(tb, 0)
			},
		},
	}
}
