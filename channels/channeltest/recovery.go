package channeltest

import (
	"cmp"
	"context"
	"sync/atomic"
	"testing"

	"parley/channels"
)

// recoveryCases check that nothing is sent twice and nothing is lost when a
// send goes wrong on its way.
func recoveryCases() []check {
	finder := func(c channels.Capabilities, r Rig) string {
		_, can := r.Channel.(channels.Finder)
		return cmp.Or(provider(c, r), unless(can, "the channel is no Finder"))
	}
	return []check{
		{
			name:  "a send to a provider that never answers ends with its context",
			quote: "It returns by ctx's deadline whatever the provider does.",
			skip:  provider,
			run:   hang,
		},
		{
			name:  "it does not try again by itself",
			quote: "It does not retry.",
			skip:  provider,
			run: func(tb testing.TB, b *bench) {
				var tries atomic.Int32
				count := func() { tries.Add(1) }
				b.Script(Fault{Drop: true, Reached: count}, Fault{Reached: count})
				_, err := b.Channel.Send(tb.Context(), b.suite.Out)
				b.failed(tb, b.suite.Out, err, channels.Uncertain)
				if n := tries.Load(); n != 1 {
					tb.Errorf("it tried %d times", n)
				}
			},
		},
		{
			name:  "a nonsense answer leaves it uncertain",
			quote: "Uncertain: it may or may not have gone out. Never resend blindly.",
			skip:  provider,
			run: func(tb testing.TB, b *bench) {
				b.Script(Fault{Garbage: true})
				_, err := b.Channel.Send(tb.Context(), b.suite.Out)
				b.failed(tb, b.suite.Out, err, channels.Uncertain)
			},
		},
		{
			name:  "a message that failed between its parts goes on where it stopped",
			quote: "Parts that stand in out.Done are not sent again.",
			skip:  provider,
			run:   resume,
		},
		{
			name:  "a message all of whose parts went out is not sent again",
			quote: "Done are the parts an earlier attempt is known to have sent.",
			run: func(tb testing.TB, b *bench) {
				out := b.long()
				sent, err := b.Channel.Send(tb.Context(), out)
				b.sentWhole(tb, out, sent, err)
				out.Done = sent.Parts
				again, err := b.Channel.Send(tb.Context(), out)
				b.sentWhole(tb, out, again, err)
			},
		},
		{
			name:  "a send whose answer was lost is found",
			quote: "Find reports the parts of out the provider knows, those in out.Done among them.",
			skip:  finder,
			run:   find,
		},
		{
			name:  "a message of which only a part arrived is not whole, and its rest can be sent",
			quote: "It is false when the provider is sure that the others, or all, do not exist: those may be sent.",
			skip:  finder,
			run:   findPart,
		},
		{
			name:  "a send that never arrived is known not to exist",
			quote: "It is false when the provider is sure that the others, or all, do not exist: those may be sent.",
			skip:  finder,
			run: func(tb testing.TB, b *bench) {
				b.sendOne(tb)
				out := b.suite.Out
				out.ID, out.Text = out.ID+"x", "Something else altogether."
				parts, found, err := b.Channel.(channels.Finder).Find(tb.Context(), out, b.env.Now(), nil)
				if err != nil || found || len(parts) != 0 {
					tb.Errorf("found %v, %v, error %v", parts, found, err)
				}
			},
		},
		{
			name:  "a look-up that could not be made is an error, not a no",
			quote: "An error means it can't say.",
			skip:  finder,
			run: func(tb testing.TB, b *bench) {
				ctx, cancel := context.WithCancel(tb.Context())
				cancel()
				_, found, err := b.Channel.(channels.Finder).Find(ctx, b.suite.Out, b.env.Now(), nil)
				if err == nil || found {
					tb.Fatalf("found %v, error %v", found, err)
				}
				b.discreet(tb, "the error", err.Error(), b.suite.Out.Text, b.suite.Out.To)
			},
		},
	}
}

// hang gives up on a provider that has the request and says nothing.
func hang(tb testing.TB, b *bench) {
	ctx, cancel := context.WithCancel(tb.Context())
	defer cancel()
	b.Script(Fault{Hang: true, Reached: cancel})
	_, err := b.Channel.Send(ctx, b.suite.Out)
	b.failed(tb, b.suite.Out, err, channels.Uncertain)
}

// resume breaks a long message after its first part and goes on.
func resume(tb testing.TB, b *bench) {
	whole := open(tb, b.suite)
	sent, err := whole.Channel.Send(tb.Context(), whole.long())
	whole.sentWhole(tb, whole.long(), sent, err)
	pieces := len(sent.Parts)
	if pieces < 2 {
		return // the longest text is one piece: there is no between
	}
	out := b.long()
	b.Script(Fault{}, Fault{Drop: true})
	_, err = b.Channel.Send(tb.Context(), out)
	fail := b.failed(tb, out, err, channels.Uncertain)
	b.took(tb, 1)
	if len(fail.Done) != 1 || fail.Done[0].Index != 0 || fail.Done[0].ProviderID != b.Taken()[0].ProviderID {
		tb.Fatalf("Done is %v after one part", fail.Done)
	}
	out.Done = fail.Done
	sent, err = b.Channel.Send(tb.Context(), out)
	b.sentWhole(tb, out, sent, err)
	b.took(tb, pieces)
}

// find loses the answer to a send and asks for it.
func find(tb testing.TB, b *bench) {
	b.Script(Fault{Accept: true, Drop: true})
	_, err := b.Channel.Send(tb.Context(), b.suite.Out)
	b.failed(tb, b.suite.Out, err, channels.Uncertain)
	b.took(tb, 1)
	parts, found, err := b.Channel.(channels.Finder).Find(tb.Context(), b.suite.Out, b.env.Now(), nil)
	if err != nil || !found || len(parts) != 1 || parts[0].ProviderID != b.Taken()[0].ProviderID {
		tb.Fatalf("found %v, %v, error %v", parts, found, err)
	}
	out := b.suite.Out
	out.Done = parts
	if _, err := b.Channel.Send(tb.Context(), out); err != nil {
		tb.Errorf("send: %v", err)
	}
	b.took(tb, 1)
}

// findPart loses the answer to the first part of a long message and asks for it.
func findPart(tb testing.TB, b *bench) {
	whole := open(tb, b.suite)
	sent, err := whole.Channel.Send(tb.Context(), whole.long())
	whole.sentWhole(tb, whole.long(), sent, err)
	pieces := len(sent.Parts)
	if pieces < 2 {
		return // the longest text is one piece: it is whole or nothing
	}
	finder := b.Channel.(channels.Finder)
	out := b.long()
	b.Script(Fault{Accept: true, Drop: true})
	_, err = b.Channel.Send(tb.Context(), out)
	b.failed(tb, out, err, channels.Uncertain)
	b.took(tb, 1)
	parts, complete, err := finder.Find(tb.Context(), out, b.env.Now(), nil)
	if err != nil || complete || len(parts) != 1 || parts[0].ProviderID != b.Taken()[0].ProviderID {
		tb.Fatalf("after one part of %d: whole %v, %v, error %v", pieces, complete, parts, err)
	}
	out.Done = parts
	sent, err = b.Channel.Send(tb.Context(), out)
	b.sentWhole(tb, out, sent, err)
	b.took(tb, pieces)
	if parts, complete, err = finder.Find(tb.Context(), out, b.env.Now(), nil); err != nil || !complete || len(parts) != pieces {
		tb.Errorf("after all %d: whole %v, %d parts, error %v", pieces, complete, len(parts), err)
	}
}
