package webchat

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parley/channels"
)

// Config says how the channel behaves and what the widget shows.
type Config struct {
	// AllowedOrigins are the sites that may embed the widget, such as
	// "https://www.example.com". The gateway's own origin is always allowed. A
	// request without an Origin header does not come from a browser's page and is
	// allowed too. Empty: own origin only.
	AllowedOrigins []string
	// Brand is the creditor's name; Assistant is what the bot is called. Both are required.
	Brand, Assistant string
	// Phone is shown where the chat can't be reached. Empty: no number is offered.
	Phone string
	// Words are the texts of the widget that depend on who collects, by language
	// ("en", "es"). English is used where a language is missing.
	Words map[string]Words
	// Site stands in [channels.Inbound.To]. Defaults to "webchat".
	Site string

	// Token checks a signed link's token for a conversation. An error refuses it
	// (the person is told and may go on without); an error that wraps a context's
	// error asks the widget to try again. Nil: every token is refused.
	Token func(ctx context.Context, conversation, token string) error
	// PersonTyping is told that the person is writing, at most every two seconds a
	// socket. May be nil; must not block.
	PersonTyping func(conversation string)
	// Fault is told of failures of the feed or the receiver, for the log. The
	// errors are theirs. May be nil.
	Fault func(op string, err error)
	// ClientIP names the address that limits are counted under. Defaults to the
	// connection's peer; behind a proxy give one that reads its header.
	ClientIP func(*http.Request) string

	// Now defaults to time.Now.
	Now func() time.Time
	// NewID makes the unguessable part of a conversation's handle: at least 128
	// bits as 16 to 64 letters, digits, "-" or "_". Defaults to [rand.Text].
	NewID func() string

	Limits Limits
}

// Words are the texts for one language.
type Words struct {
	// Greeting is shown before the first message. It is not a message: it is not
	// stored, so it may not hold anything the law wants said.
	Greeting string
	// Banner is the disclosure that stays in sight during the whole conversation,
	// such as that this is an attempt to collect a debt. Empty: none is shown.
	Banner string
}

// Limits bound what one process spends on people who are idle, slow or hostile.
// Zero fields take the defaults.
type Limits struct {
	// MaxText is the longest message, in bytes; at most [channels.MaxTextBytes]. Default 4,000.
	MaxText int
	// Messages a second, and how many at once, on one socket. Default 1 and 12.
	MessageRate  float64
	MessageBurst int
	// Strikes are the refused messages in a row after which a socket is closed. Default 24.
	Strikes int
	// Queue is how many frames may wait for a slow client, feed not counted
	// (it is read as fast as the client takes it). Default 64.
	Queue int
	// Sockets open in the process, from one address, on one conversation.
	// Default 20,000, 200 and 16.
	Sockets, SocketsPerIP, SocketsPerConversation int
	// Conversations that one address may begin: at once, and per minute. Default 60 and 30.
	NewBurst     int
	NewPerMinute float64
	// FreshFor is how long a conversation without a message is remembered after
	// its last socket has gone. Default 30 minutes.
	FreshFor time.Duration
	// HelloWait is how long a new socket may stay silent. Default 10 s.
	HelloWait time.Duration
	// PingEvery is the interval of pings; a socket without a sign of life for
	// twice as long is gone. Default 25 s.
	PingEvery time.Duration
	// WriteWait is how long a client may take to accept one frame. Default 10 s.
	WriteWait time.Duration
	// ReceiveWait is the deadline of one call of the receiver or the feed. Default 10 s.
	ReceiveWait time.Duration
	// Recheck is how often the feed is read without a wake, because wakes between
	// processes may get lost. Default 1 minute.
	Recheck time.Duration
}

const (
	readBuffer  = 1 << 10
	writeBuffer = 2 << 10
)

func (c Config) withDefaults() Config {
	set(&c.Site, Name)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.NewID == nil {
		c.NewID = rand.Text
	}
	if c.ClientIP == nil {
		c.ClientIP = peerIP
	}
	l := &c.Limits
	set(&l.MaxText, 4000)
	set(&l.MessageRate, 1)
	set(&l.MessageBurst, 12)
	set(&l.Strikes, 24)
	set(&l.Queue, 64)
	set(&l.Sockets, 20_000)
	set(&l.SocketsPerIP, 200)
	set(&l.SocketsPerConversation, 16)
	set(&l.NewBurst, 60)
	set(&l.NewPerMinute, 30)
	set(&l.FreshFor, 30*time.Minute)
	set(&l.HelloWait, 10*time.Second)
	set(&l.PingEvery, 25*time.Second)
	set(&l.WriteWait, 10*time.Second)
	set(&l.ReceiveWait, 10*time.Second)
	set(&l.Recheck, time.Minute)
	return c
}

func set[T comparable](v *T, value T) {
	var zero T
	if *v == zero {
		*v = value
	}
}

func (c Config) validate(feed Feed) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf("webchat: "+format, args...)) }
	if feed == nil {
		fault("feed: is missing")
	}
	if c.Brand == "" {
		fault("brand: is missing")
	}
	if c.Assistant == "" {
		fault("assistant: is missing")
	}
	for _, o := range c.AllowedOrigins {
		if u, err := url.Parse(o); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.Scheme+"://"+u.Host != o {
			fault("allowed_origins: %q is not an origin such as https://www.example.com", o)
		}
	}
	for lang := range c.Words {
		if lang != "en" && lang != "es" {
			fault("words: the widget speaks en and es, not %q", lang)
		}
	}
	l := c.Limits
	if l.MaxText < 1 || l.MaxText > channels.MaxTextBytes {
		fault("limits.max_text: must be 1 to %d", channels.MaxTextBytes)
	}
	for _, n := range []int{l.MessageBurst, l.Strikes, l.Queue, l.Sockets, l.SocketsPerIP, l.SocketsPerConversation, l.NewBurst} {
		if n < 0 {
			fault("limits: a count is negative")
		}
	}
	for _, d := range []time.Duration{l.FreshFor, l.HelloWait, l.PingEvery, l.WriteWait, l.ReceiveWait, l.Recheck} {
		if d < 0 {
			fault("limits: a duration is negative")
		}
	}
	if !validHandle(handlePrefix + c.NewID()) {
		fault("new_id: must give 16 to 64 letters, digits, - or _")
	}
	return errors.Join(faults...)
}

// originAllowed compares whole origins; for the own origin only host and port
// count, because TLS may end at a proxy.
func (c Config) originAllowed(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return false
	}
	if strings.EqualFold(u.Host, r.Host) {
		return true
	}
	for _, allowed := range c.AllowedOrigins {
		if strings.EqualFold(allowed, origin) {
			return true
		}
	}
	return false
}

func peerIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
