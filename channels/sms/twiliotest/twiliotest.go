// Package twiliotest is a stand-in for the part of Twilio that a text message
// channel meets: the REST resource for messages, delivery status callbacks and
// incoming message webhooks, both signed as Twilio signs them.
//
// It is not Twilio and reaches nobody's telephone. Tests and the demo run it in
// the process; as an [http.Handler] it also serves in a process of its own. It
// shares no code with the channel, so that a mistake in one shows in the other.
package twiliotest

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"sync"
	"time"
)

// Config says whose account the stand-in keeps.
type Config struct {
	// AccountSID and AuthToken are the credentials it demands and signs with. Required.
	AccountSID, AuthToken string
	// Numbers are the account's numbers; a message from another is refused with
	// 21606. With none, any sender will do. The first is whom a messaging
	// service sends from, and where incoming messages go by default.
	Numbers []string
	// MessagingService is put into incoming messages, when set.
	MessagingService string
	// Statuses are reported for each accepted message, in this order. nil means
	// "sending", "sent", "delivered"; an empty list means that none is, and the
	// test reports them with [Server.Report].
	Statuses []string
	// Pace waits before each automatic report. Defaults to none.
	Pace time.Duration
	// HTTPClient posts the webhooks. Defaults to [http.DefaultClient]. See [Redirect].
	HTTPClient *http.Client
	// Now is the clock. Defaults to [time.Now].
	Now func() time.Time
	// NewID makes the 32 hexadecimal digits of a message's id. Defaults to
	// counting, so that tests see the same ids each time.
	NewID func() string
}

// Directions of a message, in Twilio's words.
const (
	Outbound = "outbound-api"
	Inbound  = "inbound"
)

// Message is a message as the account's log has it.
type Message struct {
	SID, From, To, Body string
	Direction           string
	MessagingServiceSID string
	// Status is the last one reported, in Twilio's word; ErrorCode goes with it.
	Status, ErrorCode string
	// StatusCallback is where an outgoing message's status is reported.
	StatusCallback string
	CreatedAt      time.Time
	// Params are the fields it was created with.
	Params url.Values
}

// Server is the stand-in. Make one with [New]; call [Server.Close] when done.
type Server struct {
	config Config
	mux    *http.ServeMux

	mu          sync.Mutex
	count       int
	messages    []Message
	faults      []Fault
	optedOut    map[string]bool
	requests    int
	subscribers map[chan Message]bool

	// ctx ends when the server closes; running counts automatic reports.
	ctx     context.Context
	close   context.CancelFunc
	running sync.WaitGroup
}

var numberForm = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// New makes a stand-in with an empty log.
func New(c Config) *Server {
	if c.Statuses == nil {
		c.Statuses = []string{"sending", "sent", "delivered"}
	}
	if c.HTTPClient == nil {
		c.HTTPClient = http.DefaultClient
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &Server{config: c, mux: http.NewServeMux(), optedOut: map[string]bool{}, subscribers: map[chan Message]bool{}}
	s.ctx, s.close = context.WithCancel(context.Background())
	s.mux.HandleFunc("POST /2010-04-01/Accounts/{account}/Messages.json", s.authenticated(s.create))
	s.mux.HandleFunc("GET /2010-04-01/Accounts/{account}/Messages.json", s.authenticated(s.list))
	s.mux.HandleFunc("GET /2010-04-01/Accounts/{account}/Messages/{file}", s.authenticated(s.fetch))
	s.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusNotFound, 20404, "not found") })
	return s
}

// ServeHTTP is the REST API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Close lets go of requests that hang and of reports not yet made, and waits
// for those under way.
func (s *Server) Close() {
	s.close()
	s.running.Wait()
}

// Wait returns when all automatic reports so far have been made.
func (s *Server) Wait() { s.running.Wait() }

// Messages are the outgoing messages the stand-in took, oldest first.
func (s *Server) Messages() []Message {
	return slices.DeleteFunc(s.Log(), func(m Message) bool { return m.Direction != Outbound })
}

// Log is all messages, both ways, oldest first.
func (s *Server) Log() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// Requests is how many times a message was asked to be created, refusals and
// faults included.
func (s *Server) Requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

// OptOut puts a number on the stop list: messages to it are refused with 21610.
func (s *Server) OptOut(number string) { s.setOptOut(number, true) }

// OptIn takes it off.
func (s *Server) OptIn(number string) { s.setOptOut(number, false) }

func (s *Server) setOptOut(number string, out bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.optedOut[number] = out
}

// Subscribe gives every message from now on, both ways, and again whenever its
// status changes. A reader that falls 256 behind misses the newest; the log
// has them. cancel ends it and closes the channel.
func (s *Server) Subscribe() (messages <-chan Message, cancel func()) {
	ch := make(chan Message, 256)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.subscribers[ch] = true
	return ch, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.subscribers[ch] {
			delete(s.subscribers, ch)
			close(ch)
		}
	}
}

// publish tells the subscribers; s.mu is held.
func (s *Server) publish(m Message) {
	for ch := range s.subscribers {
		select {
		case ch <- m:
		default:
		}
	}
}

// record logs a message and gives it its id, unless it has one.
func (s *Server) record(m Message) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.SID == "" {
		m.SID = s.newSID()
	}
	m.CreatedAt = s.config.Now().UTC()
	s.messages = append(s.messages, m)
	s.publish(m)
	return m
}

// newSID makes an id; s.mu is held.
func (s *Server) newSID() string {
	s.count++
	if s.config.NewID != nil {
		return "SM" + s.config.NewID()
	}
	return fmt.Sprintf("SM%032x", s.count)
}

// find is the logged message with that id.
func (s *Server) find(sid string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.messages, func(m Message) bool { return m.SID == sid })
	if i < 0 {
		return Message{}, false
	}
	return s.messages[i], true
}

// setStatus notes a status.
func (s *Server) setStatus(sid, status, code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.messages {
		if s.messages[i].SID == sid {
			s.messages[i].Status, s.messages[i].ErrorCode = status, code
			s.publish(s.messages[i])
		}
	}
}

// firstNumber is whom a messaging service sends from.
func (s *Server) firstNumber() string {
	if len(s.config.Numbers) == 0 {
		return "+15005550006"
	}
	return cmp.Or(s.config.Numbers[0], "+15005550006")
}
