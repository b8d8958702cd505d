package twiliotest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Sign is Twilio's signature of a request to rawURL with the form's fields:
// https://www.twilio.com/docs/usage/security#validating-requests.
func Sign(token, rawURL string, form url.Values) string {
	var pairs []string
	for key, values := range form {
		seen := map[string]bool{}
		for _, v := range values {
			if !seen[v] {
				pairs = append(pairs, key+"\x00"+v)
				seen[v] = true
			}
		}
	}
	sort.Strings(pairs)
	mac := hmac.New(sha1.New, []byte(token))
	io.WriteString(mac, rawURL)
	for _, p := range pairs {
		io.WriteString(mac, strings.Replace(p, "\x00", "", 1))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Answer is what a webhook answered.
type Answer struct {
	// SID is the id of the message it was about.
	SID string
	// Code is the HTTP status, Body what came with it.
	Code int
	Body string
}

// Option changes a webhook request before it is signed.
type Option func(*request)

type request struct {
	form      url.Values
	signedURL string
	token     string
}

// WithSID posts the message under that id: twice is the same message again.
func WithSID(sid string) Option { return WithField("MessageSid", sid) }

// WithField sets a field of the webhook to these values; to none removes it.
func WithField(name string, values ...string) Option {
	return func(in *request) {
		in.form.Del(name)
		for _, v := range values {
			in.form.Add(name, v)
		}
	}
}

// WithMedia attaches links.
func WithMedia(links ...string) Option {
	return func(in *request) {
		in.form.Set("NumMedia", strconv.Itoa(len(links)))
		for i, link := range links {
			in.form.Set("MediaUrl"+strconv.Itoa(i), link)
			in.form.Set("MediaContentType"+strconv.Itoa(i), "image/jpeg")
		}
	}
}

// WithSignedURL signs for that address instead of the one posted to: the public
// one, where the webhook is reached by a private one.
func WithSignedURL(u string) Option { return func(in *request) { in.signedURL = u } }

// WithToken signs with another token.
func WithToken(token string) Option { return func(in *request) { in.token = token } }

// InboundRequest is the webhook request for a message from a person, signed as
// Twilio signs it.
func (s *Server) InboundRequest(ctx context.Context, webhookURL, from, body string, options ...Option) (*http.Request, error) {
	in := request{signedURL: webhookURL, token: s.config.AuthToken, form: url.Values{
		"AccountSid": {s.config.AccountSID}, "ApiVersion": {"2010-04-01"},
		"From": {from}, "To": {s.firstNumber()}, "Body": {body}, "NumMedia": {"0"}, "NumSegments": {"1"},
	}}
	if s.config.MessagingService != "" {
		in.form.Set("MessagingServiceSid", s.config.MessagingService)
	}
	for _, option := range options {
		option(&in)
	}
	if !in.form.Has("MessageSid") {
		s.mu.Lock()
		in.form.Set("MessageSid", s.newSID())
		s.mu.Unlock()
	}
	if !in.form.Has("SmsSid") {
		in.form.Set("SmsSid", in.form.Get("MessageSid"))
	}
	return signedRequest(ctx, webhookURL, in.signedURL, in.token, in.form)
}

// SendInbound posts a message from a person to the webhook and logs it. The
// error is one of the network; a refusal is an answer.
func (s *Server) SendInbound(ctx context.Context, webhookURL, from, body string, options ...Option) (Answer, error) {
	req, err := s.InboundRequest(ctx, webhookURL, from, body, options...)
	if err != nil {
		return Answer{}, err
	}
	form, err := readForm(req)
	if err != nil {
		return Answer{}, err
	}
	sid := form.Get("MessageSid")
	if _, again := s.find(sid); !again {
		s.record(Message{SID: sid, From: from, To: form.Get("To"), Body: form.Get("Body"), Direction: Inbound, Status: "received",
			MessagingServiceSID: form.Get("MessagingServiceSid"), Params: form})
	}
	return s.post(req, sid)
}

// Report posts a status of a message to its callback address, signed, and notes
// it. Statuses may be reported in any order and any number of times; errorCode
// is "" when all is well.
func (s *Server) Report(ctx context.Context, sid, status, errorCode string, options ...Option) (Answer, error) {
	m, found := s.find(sid)
	if !found || m.StatusCallback == "" {
		return Answer{}, fmt.Errorf("twiliotest: no message %s with a status callback", sid)
	}
	s.setStatus(sid, status, errorCode)
	report := request{signedURL: m.StatusCallback, token: s.config.AuthToken, form: url.Values{
		"AccountSid": {s.config.AccountSID}, "ApiVersion": {"2010-04-01"}, "MessageSid": {sid}, "SmsSid": {sid},
		"MessageStatus": {status}, "SmsStatus": {status}, "From": {m.From}, "To": {m.To},
	}}
	if errorCode != "" {
		report.form.Set("ErrorCode", errorCode)
	}
	for _, option := range options {
		option(&report)
	}
	req, err := signedRequest(ctx, m.StatusCallback, report.signedURL, report.token, report.form)
	if err != nil {
		return Answer{}, err
	}
	return s.post(req, sid)
}

// reportAll makes the automatic reports. Like Twilio, it does not try again.
func (s *Server) reportAll(m Message) {
	for _, status := range s.config.Statuses {
		if s.config.Pace > 0 {
			select {
			case <-time.After(s.config.Pace):
			case <-s.ctx.Done():
			}
		}
		if s.ctx.Err() != nil {
			return
		}
		_, _ = s.Report(s.ctx, m.SID, status, "")
	}
}

func signedRequest(ctx context.Context, address, signedURL, token string, form url.Values) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	req.Header.Set("User-Agent", "TwilioProxy/1.1")
	req.Header.Set("X-Twilio-Signature", Sign(token, signedURL, form))
	return req, nil
}

// readForm reads the request's form and leaves the request as it was.
func readForm(req *http.Request) (url.Values, error) {
	body, err := req.GetBody()
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if _, err := text.ReadFrom(body); err != nil {
		return nil, err
	}
	return url.ParseQuery(text.String())
}

func (s *Server) post(req *http.Request, sid string) (Answer, error) {
	res, err := s.config.HTTPClient.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	return Answer{SID: sid, Code: res.StatusCode, Body: string(body)}, err
}

// Redirect is a client that takes every request to base, whatever host its
// address names: the demo's webhooks are signed for the public address and
// posted to the process itself.
func Redirect(base string) (*http.Client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("twiliotest: %q is not an address", base)
	}
	return &http.Client{Transport: redirect{u}, Timeout: 30 * time.Second}, nil
}

type redirect struct{ base *url.URL }

func (t redirect) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = t.base.Scheme, t.base.Host
	return http.DefaultTransport.RoundTrip(r)
}
