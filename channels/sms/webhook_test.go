package sms_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/sms"
	"parley/channels/sms/twiliotest"
)

const service = "MG0123456789abcdef0123456789abcdef"

// hook is the channel's routes and what came through them.
type hook struct {
	mux      *http.ServeMux
	receiver *channeltest.Receiver
	twilio   *twiliotest.Server
	public   string
}

func newHook(tb testing.TB, edit func(*sms.Config)) *hook {
	tb.Helper()
	config := goodConfig()
	if edit != nil {
		edit(&config)
	}
	adapter, err := sms.New(config)
	if err != nil {
		tb.Fatal(err)
	}
	h := &hook{mux: http.NewServeMux(), receiver: channeltest.NewReceiver(), public: config.PublicURL,
		twilio: twiliotest.New(twiliotest.Config{AccountSID: account, AuthToken: token, Numbers: []string{number}})}
	adapter.Routes(h.mux, h.receiver)
	return h
}

// post serves a message signed for the address, whatever host it is posted to.
func (h *hook) post(tb testing.TB, signedURL string, options ...twiliotest.Option) *httptest.ResponseRecorder {
	tb.Helper()
	options = append([]twiliotest.Option{twiliotest.WithSignedURL(signedURL)}, options...)
	req, err := h.twilio.InboundRequest(tb.Context(), "http://10.0.0.7:9000"+sms.MessagesPath, person, "hello", options...)
	if err != nil {
		tb.Fatal(err)
	}
	return h.serve(req)
}

func (h *hook) serve(req *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, req)
	return w
}

func TestMessageWebhook(t *testing.T) {
	t.Parallel()
	public := goodConfig().PublicURL + sms.MessagesPath
	withPort := strings.Replace(public, ".com", ".com:443", 1)
	cases := []struct {
		name    string
		edit    func(*sms.Config)
		signed  string
		options []twiliotest.Option
		code    int
	}{
		{"a message signed for the public address is accepted", nil, public, nil, 200},
		{"one signed with the port is accepted", nil, withPort, nil, 200},
		{"one signed without the configured port is accepted", func(c *sms.Config) { c.PublicURL += ":8443" }, public, nil, 200},
		{"one signed for the configured port is accepted", func(c *sms.Config) { c.PublicURL += ":8443" }, strings.Replace(public, ".com", ".com:8443", 1), nil, 200},
		{"one signed below a stripped prefix is accepted", func(c *sms.Config) { c.PublicURL += "/parley/" }, goodConfig().PublicURL + "/parley" + sms.MessagesPath, nil, 200},
		{"one signed for the private address is forged", nil, "http://10.0.0.7:9000" + sms.MessagesPath, nil, 403},
		{"one signed for the other webhook is forged", nil, goodConfig().PublicURL + sms.StatusPath, nil, 403},
		{"one signed with the old token is accepted while both stand", func(c *sms.Config) { c.AuthTokens = []string{"new", token} }, public, nil, 200},
		{"one signed with a token that was taken out is forged", func(c *sms.Config) { c.AuthTokens = []string{"new"} }, public, nil, 403},
		{"a field that comes twice with two values is signed by both", nil, public, []twiliotest.Option{twiliotest.WithField("X", "b", "a", "b")}, 200},
		{"a message to the messaging service is accepted", func(c *sms.Config) { c.From = service }, public, []twiliotest.Option{twiliotest.WithField("MessagingServiceSid", service)}, 200},
		{"a message to a short code of the service is accepted", func(c *sms.Config) { c.From = service }, public,
			[]twiliotest.Option{twiliotest.WithField("MessagingServiceSid", service), twiliotest.WithField("To", "72975")}, 200},
		{"a message to a number that is not the service's is refused", func(c *sms.Config) { c.From = service }, public, nil, 400},
		{"a message to a listed number of the service is accepted without it", func(c *sms.Config) { c.From, c.Numbers = service, []string{number} }, public, nil, 200},
		{"a message to our number through some service is accepted", nil, public, []twiliotest.Option{twiliotest.WithField("MessagingServiceSid", service)}, 200},
		{"a sender that is a short code is refused", nil, public, []twiliotest.Option{twiliotest.WithField("From", "72975")}, 400},
		{"a message known by SmsSid alone is accepted", nil, public, []twiliotest.Option{twiliotest.WithField("MessageSid", ""), twiliotest.WithField("SmsSid", "SM1")}, 200},
		{"a message without any id is refused", nil, public, []twiliotest.Option{twiliotest.WithField("MessageSid", ""), twiliotest.WithField("SmsSid")}, 400},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newHook(t, c.edit)
			w := h.post(t, c.signed, c.options...)
			if w.Code != c.code {
				t.Fatalf("answered %d %s, want %d", w.Code, w.Body, c.code)
			}
			if got := len(h.receiver.Received()); (got == 1) != (c.code == 200) {
				t.Errorf("the receiver got %d messages", got)
			}
		})
	}
	t.Run("the acknowledgement is an empty TwiML document", func(t *testing.T) {
		t.Parallel()
		w := newHook(t, nil).post(t, public)
		if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, "text/xml") {
			t.Errorf("its type is %s", got)
		}
		if !strings.HasSuffix(w.Body.String(), "<Response/>") {
			t.Errorf("it is %s", w.Body)
		}
	})
	t.Run("a GET is no webhook", func(t *testing.T) {
		t.Parallel()
		if w := newHook(t, nil).serve(httptest.NewRequest("GET", sms.MessagesPath, nil)); w.Code != http.StatusMethodNotAllowed {
			t.Errorf("answered %d", w.Code)
		}
	})
}

// untouchable is a body that must not be read.
type untouchable struct{ t *testing.T }

func (b untouchable) Read([]byte) (int, error) {
	b.t.Error("the body was read")
	return 0, io.EOF
}

func TestForgeries(t *testing.T) {
	t.Parallel()
	t.Run("what can't be a signature is refused before the body is read", func(t *testing.T) {
		t.Parallel()
		for _, header := range []string{"", "x", strings.Repeat("A", 1000), "vOEb5UThFn24KEfnOFLQY2AE5F!="} {
			req := httptest.NewRequest("POST", sms.MessagesPath, untouchable{t})
			req.Header.Set("X-Twilio-Signature", header)
			if w := newHook(t, nil).serve(req); w.Code != 403 {
				t.Errorf("answered %d", w.Code)
			}
		}
	})
	t.Run("forwarding headers are not believed", func(t *testing.T) {
		t.Parallel()
		h := newHook(t, nil)
		req, err := h.twilio.InboundRequest(t.Context(), "https://evil.example"+sms.MessagesPath, person, "hello")
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Forwarded-Host", "evil.example")
		req.Header.Set("X-Forwarded-Path", sms.MessagesPath)
		if w := h.serve(req); w.Code != 403 {
			t.Errorf("answered %d", w.Code)
		}
	})
	t.Run("a body too large is refused, signed or not", func(t *testing.T) {
		t.Parallel()
		h := newHook(t, nil)
		w := h.post(t, h.public+sms.MessagesPath, twiliotest.WithField("Body", strings.Repeat("a", 65<<10)))
		if w.Code != http.StatusRequestEntityTooLarge || len(h.receiver.Received()) != 0 {
			t.Errorf("answered %d", w.Code)
		}
	})
	t.Run("a body that is no form is forged", func(t *testing.T) {
		t.Parallel()
		h := newHook(t, nil)
		req := httptest.NewRequest("POST", sms.MessagesPath, strings.NewReader("a=%zz;b"))
		req.Header.Set("X-Twilio-Signature", twiliotest.Sign(token, h.public+sms.MessagesPath, nil))
		if w := h.serve(req); w.Code != 403 {
			t.Errorf("answered %d", w.Code)
		}
	})
}

func TestJSONWebhook(t *testing.T) {
	t.Parallel()
	good := `{"AccountSid":"` + account + `","MessageSid":"SM1","From":"` + person + `","To":"` + number + `","Body":"hello","NumMedia":0,"Extra":null}`
	hash := func(body string) string { sum := sha256.Sum256([]byte(body)); return hex.EncodeToString(sum[:]) }
	cases := []struct {
		name, signed, sent string
		query              bool
		code               int
	}{
		{"a JSON body is read when its hash is signed", good, good, true, 200},
		{"a JSON body that is not the hashed one is forged", good, strings.Replace(good, "hello", "hullo", 1), true, 403},
		{"a JSON body without a signed hash is forged", "", good, false, 403},
		{"a signed body that is not a JSON object is refused", `[1]`, `[1]`, true, 400},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newHook(t, nil)
			path := sms.MessagesPath
			if c.query {
				path += "?bodySHA256=" + hash(c.signed)
			}
			req := httptest.NewRequest("POST", path, strings.NewReader(c.sent))
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("X-Twilio-Signature", twiliotest.Sign(token, h.public+path, nil))
			w := h.serve(req)
			if w.Code != c.code {
				t.Fatalf("answered %d %s, want %d", w.Code, w.Body, c.code)
			}
			if got := h.receiver.Received(); c.code == 200 && (len(got) != 1 || got[0].Text != "hello") {
				t.Errorf("the receiver got %v", got)
			}
		})
	}
	t.Run("a form whose hash is signed is read too", func(t *testing.T) {
		t.Parallel()
		h := newHook(t, nil)
		body := url.Values{"AccountSid": {account}, "MessageSid": {"SM1"}, "From": {person}, "To": {number}, "Body": {"hello"}}.Encode()
		path := sms.MessagesPath + "?bodySHA256=" + hash(body)
		req := httptest.NewRequest("POST", path, strings.NewReader(body))
		req.Header.Set("X-Twilio-Signature", twiliotest.Sign(token, h.public+path, nil))
		if w := h.serve(req); w.Code != 200 {
			t.Errorf("answered %d", w.Code)
		}
	})
}

func TestStatusWebhook(t *testing.T) {
	t.Parallel()
	report := func(t *testing.T, h *hook, query string, form url.Values) *httptest.ResponseRecorder {
		path := sms.StatusPath + query
		req := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
		req.Header.Set("X-Twilio-Signature", twiliotest.Sign(token, h.public+path, form))
		return h.serve(req)
	}
	form := func(edit func(url.Values)) url.Values {
		f := url.Values{"AccountSid": {account}, "MessageSid": {"SM1"}, "MessageStatus": {"delivered"}}
		if edit != nil {
			edit(f)
		}
		return f
	}
	cases := []struct {
		name  string
		query string
		form  url.Values
		code  int
		want  *channels.Receipt
	}{
		{"a report without our query is known by Twilio's id", "", form(nil), 200, &channels.Receipt{ProviderID: "SM1", Status: channels.StatusDelivered}},
		{"message and part come from the query", "?message=m1&part=3", form(nil), 200, &channels.Receipt{MessageID: "m1", Part: 3, ProviderID: "SM1", Status: channels.StatusDelivered}},
		{"SmsStatus and SmsSid are understood", "", url.Values{"AccountSid": {account}, "SmsSid": {"SM2"}, "SmsStatus": {"sent"}}, 200, &channels.Receipt{ProviderID: "SM2", Status: channels.StatusSent}},
		{"error code 0 is no error", "", form(func(f url.Values) { f.Set("ErrorCode", "0") }), 200, &channels.Receipt{ProviderID: "SM1", Status: channels.StatusDelivered}},
		{"of how many parts comes from the query", "?message=m1&part=1&of=3", form(nil), 200, &channels.Receipt{MessageID: "m1", Part: 1, Of: 3, ProviderID: "SM1", Status: channels.StatusDelivered}},
		{"a number of parts that is none is refused", "?message=m1&part=1&of=x", form(nil), 400, nil},
		{"a part that is no number is refused", "?message=m1&part=one", form(nil), 400, nil},
		{"a part below 0 is refused", "?message=m1&part=-1", form(nil), 400, nil},
		{"a part beyond any message is refused", "?message=m1&part=999999", form(nil), 400, nil},
		{"another account's report is refused", "", form(func(f url.Values) { f.Set("AccountSid", "AC99") }), 400, nil},
		{"a report on no message is refused", "", form(func(f url.Values) { f.Del("MessageSid") }), 400, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newHook(t, nil)
			if w := report(t, h, c.query, c.form); w.Code != c.code {
				t.Fatalf("answered %d %s, want %d", w.Code, w.Body, c.code)
			}
			got := h.receiver.Confirmed()
			if c.want == nil {
				if len(got) != 0 {
					t.Errorf("the receiver got %v", got)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("the receiver got %d receipts", len(got))
			}
			c.want.Channel, c.want.At = sms.Name, got[0].At
			if got[0] != *c.want {
				t.Errorf("got %+v, want %+v", got[0], *c.want)
			}
		})
	}
	t.Run("a query that was changed is forged", func(t *testing.T) {
		t.Parallel()
		h := newHook(t, nil)
		f := form(nil)
		req := httptest.NewRequest("POST", sms.StatusPath+"?message=m2&part=0", strings.NewReader(f.Encode()))
		req.Header.Set("X-Twilio-Signature", twiliotest.Sign(token, h.public+sms.StatusPath+"?message=m1&part=0", f))
		if w := h.serve(req); w.Code != 403 {
			t.Errorf("answered %d", w.Code)
		}
	})
}

// FuzzWebhook signs whatever the fuzzer thinks of: the answer is always one of
// the promised, and what reaches the receiver keeps the contract.
func FuzzWebhook(f *testing.F) {
	seed := url.Values{"AccountSid": {account}, "MessageSid": {"SM1"}, "From": {person}, "To": {number}, "Body": {"hello"}, "NumMedia": {"1"},
		"MediaUrl0": {"https://x.example/1"}, "OptOutType": {"STOP"}, "MessageStatus": {"delivered"}, "ErrorCode": {"21610"}}
	f.Add(seed.Encode(), "message=m&part=1", false)
	f.Add("AccountSid="+account+"&MessageSid=SM1&From=%2B15125550123&To=%2B15125550100&Body=%ff%00", "", false)
	f.Add(`{"AccountSid":"`+account+`","MessageSid":{"a":[1]},"NumMedia":1e99}`, "part=999999999999999999999", true)
	f.Add("%zz&;=", "bodySHA256=00&part=%zz", false)
	f.Fuzz(func(t *testing.T, body, query string, hashed bool) {
		h := newHook(t, nil)
		for _, path := range []string{sms.MessagesPath, sms.StatusPath} {
			u := &url.URL{Path: path, RawQuery: url.PathEscape(query)}
			form, _ := url.ParseQuery(body)
			if hashed {
				sum := sha256.Sum256([]byte(body))
				u.RawQuery += "&bodySHA256=" + hex.EncodeToString(sum[:])
				form = nil
			}
			req := httptest.NewRequest("POST", "/", strings.NewReader(body))
			req.URL = u
			req.Header.Set("Content-Type", map[bool]string{true: "application/json"}[hashed && strings.HasPrefix(body, "{")])
			req.Header.Set("X-Twilio-Signature", twiliotest.Sign(token, h.public+path+"?"+u.RawQuery, form))
			switch w := h.serve(req); w.Code {
			case 200, 400, 403, 413:
			default:
				t.Fatalf("answered %d", w.Code)
			}
		}
		for _, in := range h.receiver.Received() {
			if err := in.Validate(); err != nil {
				t.Fatalf("the receiver got a message that breaks the contract: %v", err)
			}
		}
		for _, r := range h.receiver.Confirmed() {
			if r.Status.Rank() == 0 || r.Part < 0 || r.ProviderID == "" {
				t.Fatalf("the receiver got a receipt that breaks the contract")
			}
		}
	})
}

// BenchmarkRejectForged measures how fast forged webhooks are turned away; a
// peer does 1,079 to 1,353 a second, over HTTP.
func BenchmarkRejectForged(b *testing.B) {
	h := newHook(b, nil)
	body := url.Values{"AccountSid": {account}, "MessageSid": {"SM1"}, "From": {person}, "To": {number}, "Body": {"hello there, can I pay on Friday?"},
		"NumMedia": {"0"}, "NumSegments": {"1"}, "FromCity": {"AUSTIN"}, "FromState": {"TX"}, "FromZip": {"78701"}, "FromCountry": {"US"},
		"ToCity": {"AUSTIN"}, "ToState": {"TX"}, "ToZip": {"78701"}, "ToCountry": {"US"}, "SmsStatus": {"received"}, "ApiVersion": {"2010-04-01"}}.Encode()
	serve := func(b *testing.B, do func() (int, error)) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if code, err := do(); err != nil || code != 403 {
					b.Fatalf("answered %d, %v", code, err)
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rejects/s")
	}
	wrong := twiliotest.Sign("wrong", h.public+sms.MessagesPath, nil)
	b.Run("in the process", func(b *testing.B) {
		serve(b, func() (int, error) {
			req := httptest.NewRequest("POST", sms.MessagesPath, strings.NewReader(body))
			req.Header.Set("X-Twilio-Signature", wrong)
			return h.serve(req).Code, nil
		})
	})
	b.Run("over HTTP", func(b *testing.B) {
		server := httptest.NewServer(h.mux)
		defer server.Close()
		client := &http.Client{Transport: channeltest.Guard()}
		serve(b, func() (int, error) {
			req, err := http.NewRequestWithContext(context.Background(), "POST", server.URL+sms.MessagesPath, strings.NewReader(body))
			if err != nil {
				return 0, err
			}
			req.Header.Set("X-Twilio-Signature", wrong)
			res, err := client.Do(req)
			if err != nil {
				return 0, err
			}
			_, err = io.Copy(io.Discard, res.Body)
			return res.StatusCode, errors.Join(err, res.Body.Close())
		})
	})
}
