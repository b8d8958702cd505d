package channeltest

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels"
)

// receiptCases check what becomes of the provider's reports.
func receiptCases(s Suite) []check {
	skip := func(c channels.Capabilities, _ Rig) string {
		return unless(c.Receipts, "the channel has no receipts")
	}
	all := []check{
		{
			name:  "a status nobody knows is acknowledged and ignored",
			quote: "A status the adapter does not know is acknowledged and not passed on.",
			run: func(tb testing.TB, b *bench) {
				for _, word := range []string{"no-such-status", "", "DELIVERED\x00"} {
					if a := b.Report(Report{Delivery: b.sendOne(tb), Status: word}); a.Code != 200 {
						tb.Errorf("answered %d", a.Code)
					}
				}
				if got := b.receiver.Confirmed(); len(got) != 0 {
					tb.Errorf("%d receipts were passed on", len(got))
				}
			},
		},
		{
			name:  "a forged receipt is refused before it reaches anyone",
			quote: promiseForged,
			run: func(tb testing.TB, b *bench) {
				a := b.Report(Report{Delivery: b.sendOne(tb), Status: anyWord(b.suite), Forged: true})
				b.refused(tb, a, 403, "", Message{})
			},
		},
		{
			name:  "a receipt that can't be recorded is asked for again",
			quote: "Confirm records a receipt. One that is late, repeated or unknown is no error.",
			run: func(tb testing.TB, b *bench) {
				d := b.sendOne(tb)
				b.receiver.Fail(errors.New("the disk is full"))
				if a := b.Report(Report{Delivery: d, Status: anyWord(b.suite)}); a.Code < 500 {
					tb.Errorf("answered %d, want a 5xx", a.Code)
				}
				b.receiver.Fail(nil)
				if a := b.Report(Report{Delivery: d, Status: anyWord(b.suite)}); a.Code != 200 {
					tb.Errorf("the second attempt was answered %d", a.Code)
				}
			},
		},
		{
			name:  "an error code is the receipt's reason, and an opt-out is told apart",
			quote: "Reason is the provider's error code, \"\" when all is well.",
			run:   reasons,
		},
		{
			name:  "a receipt finds its message and its part",
			quote: "It stands in the status callback's URL, so that a receipt finds its message even if the send's answer was lost.",
			run:   partReceipts,
		},
		{
			name:  "reports in any order and twice are all passed on as they come",
			quote: "a message only moves forward along [Status.Rank].",
			run: func(tb testing.TB, b *bench) {
				d := b.sendOne(tb)
				words := slices.Sorted(maps.Keys(b.suite.Statuses))
				words = append(words, words...)
				for _, word := range words {
					if a := b.Report(Report{Delivery: d, Status: word}); a.Code != 200 {
						tb.Errorf("%s was answered %d", word, a.Code)
					}
				}
				if got := len(b.receiver.Confirmed()); got != len(words) {
					tb.Errorf("%d of %d receipts were passed on", got, len(words))
				}
			},
		},
	}
	for _, word := range slices.Sorted(maps.Keys(s.Statuses)) {
		all = append(all, check{name: word + " is passed on as " + string(s.Statuses[word]), quote: "Receipt is what a provider says became of an outgoing message.",
			run: func(tb testing.TB, b *bench) {
				d := b.sendOne(tb)
				if a := b.Report(Report{Delivery: d, Status: word}); a.Code != 200 {
					tb.Fatalf("answered %d", a.Code)
				}
				b.confirmed(tb, channels.Receipt{MessageID: b.suite.Out.ID, ProviderID: d.ProviderID, Status: b.suite.Statuses[word]})
			}})
	}
	for i := range all {
		all[i].skip = skip
	}
	return all
}

// reasons reports a failure with an ordinary code and with the opt-out's.
func reasons(tb testing.TB, b *bench) {
	want := channels.Receipt{MessageID: b.suite.Out.ID, Status: b.suite.Statuses[anyWord(b.suite)]}
	for _, code := range []string{"12345", b.suite.OptOutCode} {
		if code == "" {
			continue
		}
		fresh := open(tb, b.suite)
		d := fresh.sendOne(tb)
		if a := fresh.Report(Report{Delivery: d, Status: anyWord(b.suite), Code: code}); a.Code != 200 {
			tb.Fatalf("answered %d", a.Code)
		}
		want.ProviderID, want.Reason, want.OptedOut = d.ProviderID, code, code == b.suite.OptOutCode
		fresh.confirmed(tb, want)
	}
}

// partReceipts sends as long a text as there may be and reports on every part, last first.
func partReceipts(tb testing.TB, b *bench) {
	out := b.long()
	if _, err := b.Channel.Send(tb.Context(), out); err != nil {
		tb.Fatalf("send: %v", err)
	}
	taken := b.Taken()
	word := anyWord(b.suite)
	var want []channels.Receipt
	for i := len(taken) - 1; i >= 0; i-- {
		if a := b.Report(Report{Delivery: taken[i], Status: word}); a.Code != 200 {
			tb.Fatalf("answered %d", a.Code)
		}
		want = append(want, channels.Receipt{MessageID: out.ID, ProviderID: taken[i].ProviderID, Part: i, Status: b.suite.Statuses[word]})
	}
	for i, r := range b.receiver.Confirmed() { // one that tells of how many tells the truth
		if r.Of != 0 && i < len(want) {
			want[i].Of = len(taken)
		}
	}
	b.confirmed(tb, want...)
}

// confirmed compares the receipts passed on so far.
func (b *bench) confirmed(tb testing.TB, want ...channels.Receipt) {
	tb.Helper()
	got := b.receiver.Confirmed()
	for _, r := range got {
		if r.At.Location() != time.UTC {
			tb.Error("At is not in UTC")
		}
	}
	for i := range want {
		want[i].Channel, want[i].At = b.Channel.Name(), b.env.Now()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		tb.Errorf("want -, got +:\n%s", diff)
	}
}

// sendOne sends the suite's message and gives its only part.
func (b *bench) sendOne(tb testing.TB) Delivery {
	tb.Helper()
	before := len(b.Taken())
	if _, err := b.Channel.Send(tb.Context(), b.suite.Out); err != nil {
		tb.Fatalf("send: %v", err)
	}
	taken := b.Taken()[before:]
	if len(taken) != 1 {
		tb.Fatalf("an ordinary message went out in %d parts", len(taken))
	}
	return taken[0]
}

func anyWord(s Suite) string {
	words := slices.Sorted(maps.Keys(s.Statuses))
	if len(words) == 0 {
		return "delivered"
	}
	return words[0]
}
