package voice_test

import (
	"fmt"
	"sync"
	"testing"

	"parley/channels"
	"parley/channels/voice"
	"parley/channels/voice/relay"
	"parley/channels/voice/voicetest"
)

// Two hundred calls at once: the person says something, we answer in three
// sentences, and those are heard in chunks of four words.
func BenchmarkTwoHundredCalls(b *testing.B) {
	const calls = 200
	h := open(b, func(c *relay.Config, _ *voice.Config) { c.MaxCalls = calls })
	peers := make([]*voicetest.Peer, calls)
	for i := range peers {
		p, err := h.twilio.Call(h.ctx(), fmt.Sprintf("+1512555%04d", i))
		if err != nil {
			b.Fatal(err)
		}
		peers[i] = p
	}
	frames := func() (n int) {
		for _, p := range peers {
			n += len(p.Frames())
		}
		return n
	}
	turn := 0
	for b.Loop() {
		turn++
		var speaking sync.WaitGroup
		for i, p := range peers {
			speaking.Go(func() {
				if err := p.End("en-US", "Can I pay fifty dollars a month?"); err != nil {
					b.Error(err)
				}
				out := message(fmt.Sprintf("m%d-%d", turn, i), "Thank you. You would pay $50.00 a month for twelve months. Does that work for you?", channels.Spoken{})
				out.To = p.From
				if _, err := h.adapter.Send(b.Context(), out); err != nil {
					b.Error(err)
				}
				if _, err := p.Hear(b.Context()); err != nil {
					b.Error(err)
				}
			})
		}
		speaking.Wait()
	}
	b.StopTimer()
	b.ReportMetric(float64(calls*b.N)/b.Elapsed().Seconds(), "turns/s")
	if frames() == 0 {
		b.Error("nothing was said")
	}
}

// From the send of an answer to its first sentence on the wire, on an idle gateway.
func BenchmarkFirstSentence(b *testing.B) {
	h := open(b, nil)
	p := h.twilio
	call, err := p.Call(h.ctx(), person)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		n++
		out := message(fmt.Sprint("m", n), "Thank you. You would pay $50.00 a month for twelve months. Does that work for you?", channels.Spoken{})
		if _, err := h.adapter.Send(b.Context(), out); err != nil {
			b.Fatal(err)
		}
		if _, err := call.Listen(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
