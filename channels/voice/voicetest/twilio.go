package voicetest

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Config says whom the stand-in plays Twilio for.
type Config struct {
	AccountSID, AuthToken string
	// Number is the gateway's number.
	Number string
	// PublicURL is the gateway's public address: what it signs with.
	PublicURL string
	// Base is where the gateway really is; PublicURL if "".
	Base string
	// Client reaches the gateway. Defaults to one of its own.
	Client *http.Client
	// Clock is turned with what is played, where the gateway goes by the same. May be nil.
	Clock *Clock
	// Rate is how many characters are spoken a second; 15 if 0.
	Rate float64
	// Words is how many words one tokensPlayed reports; 4 if 0, and if negative none is sent.
	Words int
	// Mute sends no speaker events, as Telnyx does.
	Mute bool
	// First is where ids are counted from. One who uses the same record again begins elsewhere, as Twilio never gives an id twice.
	First int
}

// Twilio is the account: its calls, and the API that places them.
type Twilio struct {
	cfg Config
	mux *http.ServeMux

	mu     sync.Mutex
	calls  []*Peer
	faults []Fault
	serial int
	tapes  []Tape
	ctx    context.Context
	cancel context.CancelFunc
	busy   sync.WaitGroup
}

// New makes the stand-in. It is the API's [http.Handler].
func New(c Config) *Twilio {
	if c.Base == "" {
		c.Base = c.PublicURL
	}
	if c.Client == nil {
		c.Client = &http.Client{Timeout: 30 * time.Second}
	}
	if c.Rate == 0 {
		c.Rate = 15
	}
	if c.Words == 0 {
		c.Words = 4
	}
	t := &Twilio{cfg: c, mux: http.NewServeMux(), serial: c.First}
	t.ctx, t.cancel = context.WithCancel(context.Background())
	t.routes()
	return t
}

// Close ends all calls at once and waits for what still runs.
func (t *Twilio) Close() {
	t.cancel()
	for _, p := range t.Calls() {
		p.Unplug()
	}
	t.busy.Wait()
}

// Calls are all calls, in the order they began.
func (t *Twilio) Calls() []*Peer {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.calls)
}

func (t *Twilio) now() time.Time {
	if t.cfg.Clock != nil {
		return t.cfg.Clock.Now()
	}
	return time.Now()
}

// sid makes an id of Twilio's kind.
func (t *Twilio) sid(prefix string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.serial++
	return fmt.Sprintf("%s%032x", prefix, t.serial)
}

// Sign is Twilio's signature of a request to rawURL with the form's fields:
// https://www.twilio.com/docs/usage/security#validating-requests.
func Sign(token, rawURL string, form url.Values) string {
	keys := make([]string, 0, len(form))
	for k := range form {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	mac := hmac.New(sha1.New, []byte(token))
	_, _ = io.WriteString(mac, rawURL) // a hash takes anything
	for _, k := range keys {
		_, _ = io.WriteString(mac, k+form.Get(k))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Refused is an answer of the gateway that is no TwiML.
type Refused struct {
	Code int
	Body string
}

func (e *Refused) Error() string { return fmt.Sprintf("the gateway answered %d", e.Code) }

// Post sends the gateway a form, signed, and returns the TwiML it answers with. An
// answer that is not 200 is a *[Refused].
func (t *Twilio) Post(ctx context.Context, address string, form url.Values) (string, error) {
	return t.post(ctx, address, form, Sign(t.cfg.AuthToken, address, form))
}

// PostForged is Post with a signature that is not Twilio's.
func (t *Twilio) PostForged(ctx context.Context, address string, form url.Values) (string, error) {
	return t.post(ctx, address, form, Sign(t.cfg.AuthToken+"?", address, form))
}

func (t *Twilio) post(ctx context.Context, address string, form url.Values, signature string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.real(address), strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	req.Header.Set("User-Agent", "TwilioProxy/1.1")
	req.Header.Set("X-Twilio-Signature", signature)
	res, err := t.cfg.Client.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return "", err
	}
	if res.StatusCode != http.StatusOK {
		return "", &Refused{res.StatusCode, string(body)}
	}
	return string(body), nil
}

// real is where an address of the gateway is really reached.
func (t *Twilio) real(address string) string {
	public, base := t.cfg.PublicURL, strings.TrimRight(t.cfg.Base, "/")
	if strings.HasPrefix(address, "ws") {
		public, base = "ws"+strings.TrimPrefix(public, "http"), "ws"+strings.TrimPrefix(base, "http")
	}
	if rest, ok := strings.CutPrefix(address, strings.TrimRight(public, "/")); ok {
		return base + rest
	}
	return address
}
