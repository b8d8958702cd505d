package sms_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/sms"
	"parley/channels/sms/twiliotest"
)

var noon = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)

// line is the channel and the stand-in it sends to.
type line struct {
	*sms.Adapter
	twilio *twiliotest.Server
	now    time.Time // the stand-in's clock
}

func newLine(tb testing.TB, edit func(*sms.Config)) *line {
	tb.Helper()
	l := &line{now: noon}
	l.twilio = twiliotest.New(twiliotest.Config{AccountSID: account, AuthToken: token, Statuses: []string{}, Now: func() time.Time { return l.now }})
	api := httptest.NewServer(l.twilio)
	tb.Cleanup(api.Close)
	tb.Cleanup(l.twilio.Close)
	config := goodConfig()
	config.APIURL = api.URL
	config.HTTPClient = &http.Client{Transport: channeltest.Guard()}
	config.Now = func() time.Time { return noon }
	if edit != nil {
		edit(&config)
	}
	adapter, err := sms.New(config)
	if err != nil {
		tb.Fatal(err)
	}
	l.Adapter = adapter
	return l
}

func outbound(text string) channels.Outbound {
	return channels.Outbound{ID: "m1", Channel: sms.Name, To: person, Text: text}
}

func sendError(t *testing.T, err error) *channels.SendError {
	t.Helper()
	var fail *channels.SendError
	if !errors.As(err, &fail) {
		t.Fatalf("the error is %T %v", err, err)
	}
	return fail
}

func TestSendForm(t *testing.T) {
	t.Parallel()
	useService := func(c *sms.Config) { c.From = service }
	cases := []struct {
		name string
		edit func(*sms.Config)
		from string
		want map[string]string
	}{
		{"from the configured number", nil, "", map[string]string{"From": number, "MessagingServiceSid": ""}},
		{"from a further number that was written to", func(c *sms.Config) { c.Numbers = []string{"+15125550101"} }, "+15125550101", map[string]string{"From": "+15125550101"}},
		{"from the messaging service", useService, "", map[string]string{"From": "", "MessagingServiceSid": service}},
		{"from the service's number that was written to", useService, number, map[string]string{"From": number, "MessagingServiceSid": service}},
		{"from the service, named", useService, service, map[string]string{"From": "", "MessagingServiceSid": service}},
		{"with a callback that knows message and part", nil, "", map[string]string{"StatusCallback": "https://parley.example.com/channels/sms/status?message=m1&part=0"}},
		{"without Twilio's own substitutions", nil, "", map[string]string{"SmartEncoded": "false"}},
		{"to the person", nil, "", map[string]string{"To": person, "Body": "It's due - \"soon\"..."}},
	}
	for _, c := range cases {
		t.Run("a message goes out "+c.name, func(t *testing.T) {
			t.Parallel()
			l := newLine(t, c.edit)
			out := outbound("It’s due – “soon”…")
			out.From = c.from
			if _, err := l.Send(t.Context(), out); err != nil {
				t.Fatal(err)
			}
			form := l.twilio.Messages()[0].Params
			for field, want := range c.want {
				if got := form.Get(field); got != want {
					t.Errorf("%s is %q, want %q", field, got, want)
				}
			}
		})
	}
	t.Run("calls go below the API's path, with the first token", func(t *testing.T) {
		t.Parallel()
		var path, user, password string
		api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			path = r.URL.Path
			user, password, _ = r.BasicAuth()
			w.WriteHeader(201)
			fmt.Fprint(w, `{"sid":"SM1","status":"failed"}`)
		}))
		defer api.Close()
		l := newLine(t, func(c *sms.Config) { c.APIURL, c.AuthTokens = api.URL+"/twilio/", []string{"new-token", token} })
		sent, err := l.Send(t.Context(), outbound("hello"))
		if err != nil {
			t.Fatal(err)
		}
		if want := "/twilio/2010-04-01/Accounts/" + account + "/Messages.json"; path != want || user != account || password != "new-token" {
			t.Errorf("called %s as %s", path, user)
		}
		if sent.Status != channels.StatusFailed {
			t.Errorf("the status is %s: what Twilio says at once is lost", sent.Status)
		}
	})
}

func TestRefusedUnasked(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		out    channels.Outbound
		kind   channels.ErrorKind
		reason string
	}{
		{"a recipient that is no number", channels.Outbound{To: "5125550123", Text: "x"}, channels.Rejected, "invalid_to"},
		{"an empty text", outbound(" \n"), channels.Rejected, "empty_text"},
		{"a text too long", outbound(strings.Repeat("a", sms.MaxText+1)), channels.Rejected, "text_too_long"},
		{"broken UTF-8", outbound("a\xff"), channels.Rejected, "invalid_text"},
		{"a sender that is not ours", channels.Outbound{To: person, Text: "x", From: "+15125559999"}, channels.Misconfigured, "unknown_sender"},
	}
	for _, c := range cases {
		t.Run(c.name+" is refused without asking Twilio", func(t *testing.T) {
			t.Parallel()
			l := newLine(t, nil)
			_, err := l.Send(t.Context(), c.out)
			if fail := sendError(t, err); fail.Kind != c.kind || fail.Reason != c.reason {
				t.Errorf("got %v", fail)
			}
			if n := l.twilio.Requests(); n != 0 {
				t.Errorf("Twilio was asked %d times", n)
			}
		})
	}
}

func TestNetworkFailures(t *testing.T) {
	t.Parallel()
	closed := httptest.NewServer(nil)
	closed.Close()
	secure := httptest.NewTLSServer(nil)
	t.Cleanup(secure.Close)
	cases := []struct {
		name   string
		edit   func(*sms.Config)
		kind   channels.ErrorKind
		reason string
	}{
		{"a refused connection is to be retried", func(c *sms.Config) { c.APIURL = closed.URL }, channels.Retryable, "connect"},
		{"a host that can't be reached is to be retried", func(c *sms.Config) { c.APIURL = "https://api.twilio.invalid" }, channels.Retryable, "connect"},
		{"a certificate nobody trusts is to be retried", func(c *sms.Config) { c.APIURL = secure.URL }, channels.Retryable, "connect"},
		{"a transport that says nothing of its connection leaves it uncertain", func(c *sms.Config) {
			c.HTTPClient = &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) { return nil, errors.New("gone") })}
		}, channels.Uncertain, "connection_lost"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := newLine(t, c.edit).Send(t.Context(), outbound("hello"))
			if fail := sendError(t, err); fail.Kind != c.kind || fail.Reason != c.reason {
				t.Errorf("got %v", fail)
			}
		})
	}
	t.Run("a call that outlasts the channel's own time-out is uncertain", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, func(c *sms.Config) { c.Timeout = 500 * time.Millisecond })
		l.twilio.Fail(twiliotest.Fault{Hang: true})
		_, err := l.Send(t.Context(), outbound("hello"))
		if fail := sendError(t, err); fail.Kind != channels.Uncertain || fail.Reason != "timeout" || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", fail)
		}
	})
	t.Run("a redirect is not followed: the message would go elsewhere", func(t *testing.T) {
		t.Parallel()
		calls := 0
		l := newLine(t, func(c *sms.Config) {
			c.HTTPClient = &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
				calls++
				header := http.Header{"Location": {"https://elsewhere.example/"}}
				return &http.Response{StatusCode: 307, Header: header, Body: http.NoBody}, nil
			})}
		})
		_, err := l.Send(t.Context(), outbound("hello"))
		if fail := sendError(t, err); fail.Kind != channels.Misconfigured || fail.Reason != "http_307" || calls != 1 {
			t.Errorf("got %v after %d calls", fail, calls)
		}
	})
	t.Run("an answer without an id is uncertain", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, func(c *sms.Config) {
			c.HTTPClient = &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 201, Header: http.Header{}, Body: http.NoBody}, nil
			})}
		})
		_, err := l.Send(t.Context(), outbound("hello"))
		if fail := sendError(t, err); fail.Kind != channels.Uncertain || fail.Reason != "bad_answer" {
			t.Errorf("got %v", fail)
		}
	})
	t.Run("a date to retry after is counted from now", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, func(c *sms.Config) {
			c.HTTPClient = &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
				header := http.Header{"Retry-After": {noon.Add(90 * time.Second).Format(http.TimeFormat)}}
				return &http.Response{StatusCode: 429, Header: header, Body: http.NoBody}, nil
			})}
		})
		_, err := l.Send(t.Context(), outbound("hello"))
		if fail := sendError(t, err); fail.Kind != channels.Retryable || fail.RetryAfter != 90*time.Second {
			t.Errorf("got %v after %s", fail, fail.RetryAfter)
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestParts(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("One sentence more. ", 200) // 3,800 units: three parts
	t.Run("a failed part keeps what went before, and a retry sends the rest", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, nil)
		l.twilio.Fail(twiliotest.Fault{}, twiliotest.Fault{Status: 429, Code: 20429, RetryAfter: time.Second})
		out := outbound(text)
		_, err := l.Send(t.Context(), out)
		fail := sendError(t, err)
		first := channels.Part{Index: 0, ProviderID: l.twilio.Messages()[0].SID}
		if diff := cmp.Diff([]channels.Part{first}, fail.Done); diff != "" || fail.Kind != channels.Retryable {
			t.Fatalf("got %v, done:\n%s", fail, diff)
		}
		out.Done = fail.Done
		sent, err := l.Send(t.Context(), out)
		if err != nil || len(sent.Parts) != 3 || sent.Parts[0] != first {
			t.Fatalf("got %v, %v", sent, err)
		}
		var whole strings.Builder
		for i, m := range l.twilio.Messages() {
			whole.WriteString(m.Body)
			if want := fmt.Sprintf("part=%d", i); !strings.HasSuffix(m.StatusCallback, want) {
				t.Errorf("part %d has the callback %s", i, m.StatusCallback)
			}
		}
		if whole.String() != text {
			t.Error("the parts are not the text")
		}
	})
	t.Run("a part in the middle that is known to be out is passed over", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, nil)
		out := outbound(text)
		out.Done = []channels.Part{{Index: 1, ProviderID: "SMx"}, {Index: 99, ProviderID: "SMy"}, {Index: -1, ProviderID: "SMz"}}
		sent, err := l.Send(t.Context(), out)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(l.twilio.Messages()); n != 2 {
			t.Errorf("%d parts were sent", n)
		}
		if len(sent.Parts) != 3 || sent.Parts[1].ProviderID != "SMx" {
			t.Errorf("the parts are %v", sent.Parts)
		}
	})
	t.Run("time that runs out between parts is known not to have sent the next", func(t *testing.T) {
		t.Parallel()
		l := newLine(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		l.twilio.Fail(twiliotest.Fault{}, twiliotest.Fault{Status: 400, Code: 21211, Reached: cancel})
		_, err := l.Send(ctx, outbound(text))
		if fail := sendError(t, err); len(fail.Done) != 1 {
			t.Errorf("got %v, done %v", fail, fail.Done)
		}
	})
}
