package channels_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"parley/channels"
)

func sample() channels.Inbound {
	return channels.Inbound{
		Channel: "sms", ProviderID: "SM1", From: "+15125550123", To: "+15125550100",
		Text: "hello", ReceivedAt: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC),
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	links := func(n int) []channels.Media {
		return make([]channels.Media, n)
	}
	cases := []struct {
		name  string
		edit  func(*channels.Inbound)
		field string // "" means accepted
	}{
		{"an ordinary message is accepted", func(*channels.Inbound) {}, ""},
		{"newline, carriage return and tab are no harm", func(in *channels.Inbound) { in.Text = "a\r\n\tb" }, ""},
		{"emoji and combined letters are text", func(in *channels.Inbound) { in.Text = "👩‍👧 e\u0301 ñ" }, ""},
		{"text of exactly the limit is accepted", func(in *channels.Inbound) { in.Text = strings.Repeat("a", channels.MaxTextBytes) }, ""},
		{"a choice needs no text", func(in *channels.Inbound) { in.Text, in.Choice = "", "m1" }, ""},
		{"a picture needs no text", func(in *channels.Inbound) {
			in.Text, in.Media = "", []channels.Media{{URL: "https://media.example/1"}}
		}, ""},
		{"a recognised opt-out needs no text", func(in *channels.Inbound) { in.Text, in.OptOut = "", channels.OptOutStop }, ""},
		{"a message of no channel is refused", func(in *channels.Inbound) { in.Channel = "" }, "channel"},
		{"a message without the provider's id is refused", func(in *channels.Inbound) { in.ProviderID = "" }, "provider_id"},
		{"an endless provider id is refused", func(in *channels.Inbound) { in.ProviderID = strings.Repeat("x", 257) }, "provider_id"},
		{"a message from nobody is refused", func(in *channels.Inbound) { in.From = "" }, "from"},
		{"an endless sender is refused", func(in *channels.Inbound) { in.From = strings.Repeat("1", 257) }, "from"},
		{"eleven attachments are refused", func(in *channels.Inbound) { in.Media = links(channels.MaxMedia + 1) }, "media"},
		{"an attachment that is no link is refused", func(in *channels.Inbound) {
			in.Media = []channels.Media{{URL: "https://media.example/1"}, {URL: "file:///etc/passwd"}}
		}, "media[1].url"},
		{"a link without a host is refused", func(in *channels.Inbound) { in.Media = []channels.Media{{URL: "https:///x"}} }, "media[0].url"},
		{"text over the limit is refused", func(in *channels.Inbound) { in.Text = strings.Repeat("a", channels.MaxTextBytes+1) }, "text"},
		{"broken UTF-8 is refused", func(in *channels.Inbound) { in.Text = "a\xff" }, "text"},
		{"a NUL is refused", func(in *channels.Inbound) { in.Text = "a\x00b" }, "text"},
		{"an escape is refused", func(in *channels.Inbound) { in.Text = "\x1b[31m" }, "text"},
		{"a C1 control is refused", func(in *channels.Inbound) { in.Text = "a\u0085b" }, "text"},
		{"an empty message is refused", func(in *channels.Inbound) { in.Text = "" }, "text"},
		{"white space alone is an empty message", func(in *channels.Inbound) { in.Text = " \n\t " }, "text"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := sample()
			c.edit(&in)
			err := in.Validate()
			if c.field == "" {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			var bad *channels.InputError
			if !errors.As(err, &bad) {
				t.Fatalf("error is %T %v, want *InputError", err, err)
			}
			if bad.Field != c.field {
				t.Errorf("names %q, want %q", bad.Field, c.field)
			}
			if in.Text != "" && strings.Contains(err.Error(), in.Text) {
				t.Error("the error quotes the message")
			}
		})
	}
}

func TestRank(t *testing.T) {
	t.Parallel()
	t.Run("statuses rise in the order a message lives through", func(t *testing.T) {
		t.Parallel()
		order := []channels.Status{"no such status", channels.StatusQueued, channels.StatusSending,
			channels.StatusUncertain, channels.StatusSent, channels.StatusFailed, channels.StatusDelivered, channels.StatusRead}
		for i := 1; i < len(order); i++ {
			if order[i-1].Rank() >= order[i].Rank() {
				t.Errorf("%s does not rank below %s", order[i-1], order[i])
			}
		}
	})
	t.Run("the ways to fail are equal, so none replaces another", func(t *testing.T) {
		t.Parallel()
		if a, b, c := channels.StatusFailed.Rank(), channels.StatusUndelivered.Rank(), channels.StatusCancelled.Rank(); a != b || b != c {
			t.Errorf("ranks %d, %d, %d", a, b, c)
		}
	})
	t.Run("an unknown status ranks below all", func(t *testing.T) {
		t.Parallel()
		if r := channels.Status("").Rank(); r != 0 {
			t.Errorf("rank %d", r)
		}
	})
}

func TestSendError(t *testing.T) {
	t.Parallel()
	cause := errors.New("connection refused")
	t.Run("it says kind, reason and cause, and unwraps to the cause", func(t *testing.T) {
		t.Parallel()
		err := &channels.SendError{Kind: channels.Retryable, Reason: "connect", Err: cause}
		if got, want := err.Error(), "send retryable: connect: connection refused"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if !errors.Is(err, cause) {
			t.Error("the cause is lost")
		}
	})
	t.Run("it needs no cause", func(t *testing.T) {
		t.Parallel()
		err := &channels.SendError{Kind: channels.OptedOut, Reason: "21610"}
		if got, want := err.Error(), "send opted_out: 21610"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if err.Unwrap() != nil {
			t.Error("there is a cause from nowhere")
		}
	})
	t.Run("an input error names its field", func(t *testing.T) {
		t.Parallel()
		err := &channels.InputError{Field: "text", Reason: "is empty"}
		if got, want := err.Error(), "text: is empty"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
