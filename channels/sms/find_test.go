package sms_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels"
	"parley/channels/sms"
	"parley/channels/sms/twiliotest"
)

// lose sends out with every answer lost after the given number of parts.
func (l *line) lose(t *testing.T, out channels.Outbound) {
	t.Helper()
	l.twilio.Fail(twiliotest.Fault{Accept: true, Drop: true})
	_, err := l.Send(t.Context(), out)
	sendError(t, err)
}

func TestFind(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("One sentence more. ", 200)
	t.Run("a lost send is found by recipient and text, look-alikes and all", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, nil)
		out := outbound("It’s due")
		l.lose(t, out)
		parts, found, err := l.Find(t.Context(), out, noon, nil)
		want := []channels.Part{{Index: 0, ProviderID: l.twilio.Messages()[0].SID}}
		if diff := cmp.Diff(want, parts); err != nil || !found || diff != "" {
			t.Errorf("found %v, error %v:\n%s", found, err, diff)
		}
	})
	t.Run("the part that was lost is found beside the one that is known", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, nil)
		l.twilio.Fail(twiliotest.Fault{}, twiliotest.Fault{Accept: true, Drop: true})
		out := outbound(long)
		_, err := l.Send(t.Context(), out)
		out.Done = sendError(t, err).Done
		parts, found, err := l.Find(t.Context(), out, noon, nil)
		if err != nil || found || len(parts) != 2 || parts[1].ProviderID != l.twilio.Messages()[1].SID {
			t.Errorf("whole %v %v, error %v", found, parts, err) // the third was never sent
		}
		out.Done = parts
		sent, err := l.Send(t.Context(), out)
		if err != nil || len(sent.Parts) != 3 || len(l.twilio.Messages()) != 3 {
			t.Errorf("sent %v, error %v, %d messages at Twilio", sent.Parts, err, len(l.twilio.Messages()))
		}
		if _, found, err = l.Find(t.Context(), out, noon, nil); err != nil || !found {
			t.Errorf("whole %v, error %v after the rest", found, err)
		}
	})
	t.Run("parts of the same text are each found once", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, nil)
		out := outbound(strings.Repeat("x", 3*1600))
		sent, err := l.Send(t.Context(), out)
		if err != nil {
			t.Fatal(err)
		}
		parts, _, err := l.Find(t.Context(), out, noon, nil)
		if diff := cmp.Diff(sent.Parts, parts); err != nil || diff != "" {
			t.Errorf("error %v:\n%s", err, diff)
		}
	})
	notFound := []struct {
		name   string
		before func(*testing.T, *line)
	}{
		{"an empty list knows nothing of it", func(*testing.T, *line) {}},
		{"the same words of yesterday are another message", func(t *testing.T, l *line) {
			l.now = noon.Add(-24 * time.Hour)
			l.lose(t, outbound("hello"))
		}},
		{"the same words to somebody else are another message", func(t *testing.T, l *line) {
			l.lose(t, channels.Outbound{ID: "m2", To: "+15125550199", Text: "hello"})
		}},
		{"other words are another message", func(t *testing.T, l *line) { l.lose(t, outbound("hello?")) }},
		{"the person's own words are no message of ours", func(t *testing.T, l *line) {
			_, _ = l.twilio.SendInbound(t.Context(), "http://127.0.0.1:1/", number, "hello", twiliotest.WithField("To", person))
		}},
	}
	for _, c := range notFound {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newLine(t, nil)
			c.before(t, l)
			parts, found, err := l.Find(t.Context(), outbound("hello"), noon, nil)
			if err != nil || found || len(parts) != 0 {
				t.Errorf("found %v %v, error %v", found, parts, err)
			}
		})
	}
	t.Run("a list that does not keep to the filter is not believed", func(t *testing.T) {
		t.Parallel()
		const rows = `{"messages":[{"sid":"SM1","to":"+15125550199","body":"hello","direction":"outbound-api"},` +
			`{"sid":"","to":"+15125550123","body":"hello","direction":"outbound-api"},{"to":null}]}`
		l := newLine(t, func(c *sms.Config) {
			c.HTTPClient = &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(rows))}, nil
			})}
		})
		parts, found, err := l.Find(t.Context(), outbound("hello"), noon, nil)
		if err != nil || found {
			t.Errorf("found %v %v, error %v", found, parts, err)
		}
	})
	t.Run("a clock a little behind ours is allowed for", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, nil)
		l.now = noon.Add(-3 * time.Second)
		l.lose(t, outbound("hello"))
		if _, found, err := l.Find(t.Context(), outbound("hello"), noon, nil); err != nil || !found {
			t.Errorf("found %v, error %v", found, err)
		}
	})
	t.Run("a service's message is found whichever number it went from", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, func(c *sms.Config) { c.From = service })
		l.lose(t, outbound("hello"))
		if _, found, err := l.Find(t.Context(), outbound("hello"), noon, nil); err != nil || !found {
			t.Errorf("found %v, error %v", found, err)
		}
	})
	t.Run("more messages than it looks through is no answer", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, nil)
		for i := range 1000 {
			if _, err := l.Send(t.Context(), outbound(fmt.Sprint("message ", i))); err != nil {
				t.Fatal(err)
			}
		}
		if _, found, err := l.Find(t.Context(), outbound("hello"), noon, nil); err == nil || found {
			t.Errorf("found %v, error %v", found, err)
		}
		if _, found, err := l.Find(t.Context(), outbound("message 3"), noon, nil); err != nil || !found {
			t.Errorf("one that is there: found %v, error %v", found, err)
		}
	})
	t.Run("a refusal is no answer, and names nobody", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, func(c *sms.Config) { c.AuthTokens = []string{"another"} })
		_, found, err := l.Find(t.Context(), outbound("hello"), noon, nil)
		if fail := sendError(t, err); found || fail.Kind != channels.Misconfigured || strings.Contains(err.Error(), person) {
			t.Errorf("found %v, error %v", found, err)
		}
	})
	t.Run("a connection that breaks is no answer, and names nobody", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, func(c *sms.Config) { c.APIURL = "http://127.0.0.1:1" })
		_, found, err := l.Find(t.Context(), outbound("hello"), noon, nil)
		if err == nil || found || strings.Contains(err.Error(), person[1:]) {
			t.Errorf("found %v, error %v", found, err)
		}
	})
}

func TestAMessageThatIsAnothersIsNeverTakenForThisOne(t *testing.T) {
	t.Parallel()
	l := newLine(t, nil)
	for range 2 {
		if _, err := l.Send(t.Context(), outbound("hello")); err != nil {
			t.Fatal(err)
		}
	}
	log := l.twilio.Messages()
	parts, found, err := l.Find(t.Context(), outbound("hello"), noon, func(id string) bool { return id == log[0].SID })
	if err != nil || !found || parts[0].ProviderID != log[1].SID {
		t.Errorf("found %v %v, error %v, want the second", parts, found, err)
	}
	if _, found, err = l.Find(t.Context(), outbound("hello"), noon, func(string) bool { return true }); err != nil || found {
		t.Errorf("found %v, error %v, want none", found, err)
	}
}
