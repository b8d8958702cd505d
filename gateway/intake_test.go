package gateway

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"parley/channels"
	"parley/gateway/store/sqlite"
)

// TestANumberInPieces: what was said before is read back in the order it was said.
func TestANumberInPieces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		texts []string
		want  []string
	}{
		{"a card number in two messages", []string{"its 4539 1488", "0343 6467"}, []string{"its [card part]", "[card ••6467]"}},
		{"a card number in three messages", []string{"card is 4539 1488", "0343", "6467"}, []string{"card is [card part]", "[card part]", "[card ••6467]"}},
		{"a remark between the parts", []string{"4539 1488 0343", "wait, let me look", "6467"}, []string{"[card part]", "wait, let me look", "[card ••6467]"}},
		{"the code after the card", []string{"what for?", "4539 1488 0343 6467", "737"}, []string{"what for?", "[card ••6467]", "[cvv]"}},
		{"amounts are left alone", []string{"I can do 80", "or 120 a month", "from the 5th"}, []string{"I can do 80", "or 120 a month", "from the 5th"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			record, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), sqlite.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer record.Close()
			now, ids := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC), 0
			door := &intake{record: record, stored: func(string) {},
				now:   func() time.Time { now = now.Add(time.Millisecond); return now },
				newID: func() string { ids++; return fmt.Sprint(ids) }}
			var in channels.Accepted
			for i, text := range c.texts {
				in, err = door.Receive(t.Context(), channels.Inbound{Channel: "sms", ProviderID: fmt.Sprint("SM", i), From: "+15125550123", To: "+18005550199", Text: text, ReceivedAt: now})
				if err != nil {
					t.Fatal(err)
				}
			}
			kept, err := record.Messages(t.Context(), in.Conversation, 0, 10)
			if err != nil || len(kept) != len(c.want) {
				t.Fatalf("%d messages, %v", len(kept), err)
			}
			for i, m := range kept {
				if m.Text != c.want[i] {
					t.Errorf("message %d is kept as %q, want %q", i+1, m.Text, c.want[i])
				}
			}
		})
	}
}
