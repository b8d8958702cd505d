package twiliotest_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels/sms/twiliotest"
)

const (
	account = "AC0123456789abcdef0123456789abcdef"
	token   = "t0ken"
	number  = "+15125550100"
	person  = "+15125550123"
)

func start(t *testing.T, edit func(*twiliotest.Config)) (*twiliotest.Server, string) {
	t.Helper()
	config := twiliotest.Config{AccountSID: account, AuthToken: token, Numbers: []string{number}, Statuses: []string{},
		Now: func() time.Time { return time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC) }}
	if edit != nil {
		edit(&config)
	}
	s := twiliotest.New(config)
	api := httptest.NewServer(s)
	t.Cleanup(api.Close)
	t.Cleanup(s.Close)
	return s, api.URL + "/2010-04-01/Accounts/" + account + "/Messages.json"
}

func call(t *testing.T, method, address, password string, form url.Values) (int, map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(account, password)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body := map[string]any{}
	_ = json.NewDecoder(res.Body).Decode(&body)
	return res.StatusCode, body
}

func form(edit ...string) url.Values {
	f := url.Values{"To": {person}, "From": {number}, "Body": {"hello"}}
	for i := 0; i+1 < len(edit); i += 2 {
		f.Set(edit[i], edit[i+1])
	}
	return f
}

func TestCreate(t *testing.T) {
	t.Parallel()
	t.Run("a message is taken, logged and shown", func(t *testing.T) {
		t.Parallel()
		s, api := start(t, nil)
		code, body := call(t, "POST", api, token, form())
		if code != 201 || body["sid"] != "SM00000000000000000000000000000001" || body["status"] != "queued" {
			t.Fatalf("answered %d %v", code, body)
		}
		if got := s.Messages(); len(got) != 1 || got[0].Body != "hello" || got[0].To != person {
			t.Errorf("the log is %v", got)
		}
		one := strings.TrimSuffix(api, ".json") + "/" + body["sid"].(string) + ".json"
		if code, again := call(t, "GET", one, token, nil); code != 200 || again["sid"] != body["sid"] {
			t.Errorf("fetching it answers %d %v", code, again)
		}
	})
	refusals := []struct {
		name   string
		form   url.Values
		status int
		code   float64
	}{
		{"no recipient", form("To", ""), 400, 21604},
		{"a recipient that is no number", form("To", "bob"), 400, 21211},
		{"no sender", form("From", ""), 400, 21603},
		{"a sender of somebody else's", form("From", "+15125550999"), 400, 21606},
		{"no text", form("Body", ""), 400, 21602},
		{"a text over 1,600 characters", form("Body", strings.Repeat("é", 1601)), 400, 21617},
		{"a recipient on the stop list", form("To", "+15125550777"), 400, 21610},
	}
	for _, c := range refusals {
		t.Run(c.name+" is refused as Twilio does", func(t *testing.T) {
			t.Parallel()
			s, api := start(t, nil)
			s.OptOut("+15125550777")
			code, body := call(t, "POST", api, token, c.form)
			if code != c.status || body["code"] != c.code || len(s.Messages()) != 0 {
				t.Errorf("answered %d %v", code, body)
			}
		})
	}
	t.Run("who opts in again is reached again", func(t *testing.T) {
		t.Parallel()
		s, api := start(t, nil)
		s.OptOut(person)
		s.OptIn(person)
		if code, _ := call(t, "POST", api, token, form()); code != 201 {
			t.Errorf("answered %d", code)
		}
	})
	t.Run("a messaging service sends from the first number", func(t *testing.T) {
		t.Parallel()
		s, api := start(t, nil)
		call(t, "POST", api, token, form("From", "", "MessagingServiceSid", "MG1"))
		if got := s.Messages(); len(got) != 1 || got[0].From != number {
			t.Errorf("the log is %v", got)
		}
	})
	t.Run("bad credentials and other accounts are refused", func(t *testing.T) {
		t.Parallel()
		_, api := start(t, nil)
		if code, body := call(t, "POST", api, "wrong", form()); code != 401 || body["code"] != 20003.0 {
			t.Errorf("answered %d %v", code, body)
		}
		if code, _ := call(t, "POST", strings.Replace(api, "AC01", "AC99", 1), token, form()); code != 404 {
			t.Errorf("answered %d", code)
		}
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	s, api := start(t, nil)
	for _, to := range []string{person, "+15125550777", person, person} {
		call(t, "POST", api, token, form("To", to))
	}
	sids := func(query string) (all []string) {
		address := api + "?" + query
		for {
			_, body := call(t, "GET", address, token, nil)
			for _, m := range body["messages"].([]any) {
				sid := m.(map[string]any)["sid"].(string)
				all = append(all, sid[len(sid)-1:])
			}
			next, more := body["next_page_uri"].(string)
			if !more {
				return all
			}
			address = api[:strings.Index(api, "/2010")] + next
		}
	}
	cases := []struct {
		name, query string
		want        []string
	}{
		{"all of them, newest first", "", []string{"4", "3", "2", "1"}},
		{"one recipient's", "To=%2B15125550123", []string{"4", "3", "1"}},
		{"page by page", "To=%2B15125550123&PageSize=2", []string{"4", "3", "1"}},
		{"none from another sender", "From=%2B15125550999", nil},
		{"those sent since", "DateSent%3E=2026-11-23T17:59:59Z", []string{"4", "3", "2", "1"}},
		{"none from the future", "DateSent%3E=2026-11-24", nil},
	}
	for _, c := range cases {
		t.Run("the list gives "+c.name, func(t *testing.T) {
			if got := sids(c.query); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	if n := s.Requests(); n != 4 {
		t.Errorf("%d requests to create were counted", n)
	}
}

// inbox is a webhook that notes what it is sent and whether it was signed.
type inbox struct {
	mu   sync.Mutex
	got  []url.Values
	good bool
}

func (i *inbox) serve(t *testing.T) string {
	t.Helper()
	i.good = true
	var address string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ := url.ParseQuery(string(body))
		i.mu.Lock()
		defer i.mu.Unlock()
		i.got = append(i.got, form)
		i.good = i.good && r.Header.Get("X-Twilio-Signature") == twiliotest.Sign(token, address+r.URL.RequestURI(), form)
		io.WriteString(w, "<Response/>")
	}))
	address = server.URL
	t.Cleanup(server.Close)
	return address
}

func (i *inbox) statuses() (all []string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, f := range i.got {
		all = append(all, f.Get("MessageStatus"))
	}
	return all
}

func TestWebhooks(t *testing.T) {
	t.Parallel()
	t.Run("each accepted message is reported on, signed, in order", func(t *testing.T) {
		t.Parallel()
		var box inbox
		address := box.serve(t)
		s, api := start(t, func(c *twiliotest.Config) { c.Statuses = nil })
		call(t, "POST", api, token, form("StatusCallback", address+"/status?message=m1"))
		s.Wait()
		if got := box.statuses(); !slices.Equal(got, []string{"sending", "sent", "delivered"}) || !box.good {
			t.Errorf("got %v, signed %v", got, box.good)
		}
		if m := s.Messages()[0]; m.Status != "delivered" {
			t.Errorf("the log says %s", m.Status)
		}
	})
	t.Run("a test may report out of order, twice, and a failure", func(t *testing.T) {
		t.Parallel()
		var box inbox
		address := box.serve(t)
		s, api := start(t, nil)
		_, body := call(t, "POST", api, token, form("StatusCallback", address+"/status"))
		for _, status := range []string{"delivered", "sent", "sent", "failed"} {
			if a, err := s.Report(t.Context(), body["sid"].(string), status, map[string]string{"failed": "30003"}[status]); err != nil || a.Code != 200 {
				t.Fatalf("answered %v, %v", a, err)
			}
		}
		if got := box.statuses(); !slices.Equal(got, []string{"delivered", "sent", "sent", "failed"}) || box.got[3].Get("ErrorCode") != "30003" {
			t.Errorf("got %v", got)
		}
	})
	t.Run("a message without a callback can't be reported on", func(t *testing.T) {
		t.Parallel()
		s, api := start(t, nil)
		_, body := call(t, "POST", api, token, form())
		for _, sid := range []string{body["sid"].(string), "SM9"} {
			if _, err := s.Report(t.Context(), sid, "sent", ""); err == nil {
				t.Error("it was")
			}
		}
	})
	t.Run("a person's message is posted signed, and logged once however often", func(t *testing.T) {
		t.Parallel()
		var box inbox
		address := box.serve(t)
		s, _ := start(t, func(c *twiliotest.Config) { c.MessagingService = "MG1" })
		for range 2 {
			a, err := s.SendInbound(t.Context(), address+"/in", person, "hi", twiliotest.WithSID("SMx"), twiliotest.WithMedia("https://x.example/1"))
			if err != nil || a.Code != 200 || a.SID != "SMx" || a.Body != "<Response/>" {
				t.Fatalf("answered %v, %v", a, err)
			}
		}
		if len(s.Log()) != 1 || len(s.Messages()) != 0 || s.Log()[0].Direction != twiliotest.Inbound {
			t.Errorf("the log is %v", s.Log())
		}
		f := box.got[0]
		if !box.good || f.Get("MessagingServiceSid") != "MG1" || f.Get("MediaUrl0") == "" || f.Get("To") != number {
			t.Errorf("signed %v: %v", box.good, f)
		}
	})
	t.Run("a webhook for a public address is brought to this machine", func(t *testing.T) {
		t.Parallel()
		var host string
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { host = r.Host }))
		defer server.Close()
		client, err := twiliotest.Redirect(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := start(t, func(c *twiliotest.Config) { c.HTTPClient = client })
		if _, err := s.SendInbound(t.Context(), "https://parley.example.com/in", person, "hi"); err != nil || host != "parley.example.com" {
			t.Errorf("host %q, %v", host, err)
		}
		if _, err := twiliotest.Redirect("nowhere"); err == nil {
			t.Error("an address that is none is taken")
		}
	})
	t.Run("subscribers see both ways and each status, until they leave", func(t *testing.T) {
		t.Parallel()
		var box inbox
		address := box.serve(t)
		s, api := start(t, nil)
		messages, cancel := s.Subscribe()
		call(t, "POST", api, token, form("StatusCallback", address))
		_, _ = s.SendInbound(t.Context(), address, person, "hi")
		_, _ = s.Report(t.Context(), s.Messages()[0].SID, "delivered", "")
		cancel()
		cancel()
		var seen []string
		for m := range messages {
			seen = append(seen, m.Direction+" "+m.Status)
		}
		if want := []string{"outbound-api queued", "inbound received", "outbound-api delivered"}; !slices.Equal(seen, want) {
			t.Errorf("seen %v", seen)
		}
	})
}

func TestFaults(t *testing.T) {
	t.Parallel()
	t.Run("faults are met one request each, in order", func(t *testing.T) {
		t.Parallel()
		s, api := start(t, nil)
		s.Fail(twiliotest.Fault{Status: 429, Code: 20429, RetryAfter: 2 * time.Second}, twiliotest.Fault{}, twiliotest.Fault{Status: 503})
		var codes []int
		for range 4 {
			code, _ := call(t, "POST", api, token, form())
			codes = append(codes, code)
		}
		if !slices.Equal(codes, []int{429, 201, 503, 201}) || len(s.Messages()) != 2 {
			t.Errorf("answered %v", codes)
		}
	})
	t.Run("a fault after taking the message leaves it taken", func(t *testing.T) {
		t.Parallel()
		s, api := start(t, nil)
		s.Fail(twiliotest.Fault{Accept: true, Status: 500})
		if code, _ := call(t, "POST", api, token, form()); code != 500 || len(s.Messages()) != 1 {
			t.Errorf("answered %d with %d taken", code, len(s.Messages()))
		}
	})
	t.Run("closing lets go of requests that hang and of reports not made", func(t *testing.T) {
		t.Parallel()
		s, api := start(t, func(c *twiliotest.Config) { c.Statuses, c.Pace = nil, time.Hour })
		call(t, "POST", api, token, form("StatusCallback", "http://127.0.0.1:1/"))
		s.Fail(twiliotest.Fault{Hang: true, Reached: func() { go s.Close() }})
		req, _ := http.NewRequestWithContext(context.Background(), "POST", api, strings.NewReader(form().Encode()))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.SetBasicAuth(account, token)
		if res, err := http.DefaultClient.Do(req); err == nil {
			res.Body.Close()
			t.Error("there was an answer")
		}
		s.Wait()
	})
}
