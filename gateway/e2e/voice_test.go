package e2e

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels/voice/voicetest"
)

// caller is somebody of the demonstration who has a telephone.
type caller struct{ account, name, phone, zip, born string }

var (
	torres = caller{"acct-1001", "Angela Torres", angela, "78701", "1986"}
	bell   = caller{"acct-1002", "Marcus Bell", "+14075550142", "32801", "1979"}
	priya  = caller{"acct-1005", "Priya Natarajan", "+16145550188", "43215", "1995"}
	price  = caller{"acct-1010", "Samuel Price", "+16025550193", "85004", "1999"}
	wu     = caller{"acct-1011", "Eleanor Wu", "+13125550160", "60601", "1964"}
)

// The ends of what is said, to wait for.
const (
	asksZIP    = "ZIP code."
	asksBorn   = "you were born."
	disclosure = "This is an attempt to collect a debt and any information obtained will be used for that purpose."
	asksWhat   = "What would work for you?"
)

// exchange is a telephone network before a running process.
type exchange struct {
	*parley
	twilio *voicetest.Twilio
	ctx    context.Context
}

// startCalls runs the binary with a telephone, and a balancer before it: what calls while
// it restarts waits for the next process.
func startCalls(t *testing.T, env ...string) *exchange {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	front, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	x := &exchange{ctx: ctx}
	x.twilio = voicetest.New(voicetest.Config{AccountSID: account, AuthToken: token, Number: ourNumber, PublicURL: publicURL,
		Base: "http://" + front.Addr().String(), Client: &http.Client{Timeout: patience, Transport: insistent{}}})
	network := httptest.NewServer(x.twilio)
	x.parley = start(t, append([]string{"PARLEY_TWILIO_API_URL=" + network.URL, "PARLEY_VOICE_AGENT_NUMBER=+15125550999"}, env...)...)
	var carrying sync.WaitGroup
	carrying.Go(func() {
		for {
			in, err := front.Accept()
			if err != nil {
				return
			}
			carrying.Go(func() { x.carry(in) })
		}
	})
	t.Cleanup(func() { // before the process stops
		for _, c := range x.twilio.Calls() {
			if faults := c.Faults(); len(faults) > 0 {
				t.Errorf("frames that Twilio would refuse: %q", faults)
			}
		}
		x.twilio.Close()
		network.Close()
		cancel()
		front.Close()
		carrying.Wait()
	})
	return x
}

// insistent asks again while nobody answers, as Twilio does where it is told to
// (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
type insistent struct{}

func (insistent) RoundTrip(r *http.Request) (*http.Response, error) {
	for {
		again := r.Clone(r.Context())
		again.Close = true
		var err error
		if again.Body, err = r.GetBody(); err != nil {
			return nil, err
		}
		res, err := http.DefaultTransport.RoundTrip(again)
		if err == nil {
			return res, nil
		}
		select {
		case <-r.Context().Done():
			return nil, err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// carry is one connection through the balancer.
func (x *exchange) carry(in net.Conn) {
	defer in.Close()
	var out net.Conn
	for {
		x.mu.Lock()
		to := x.public
		x.mu.Unlock()
		var err error
		if out, err = net.DialTimeout("tcp", to, time.Second); err == nil {
			break
		}
		select {
		case <-x.ctx.Done():
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	defer out.Close()
	stop := context.AfterFunc(x.ctx, func() { in.Close(); out.Close() })
	defer stop()
	back := make(chan struct{})
	go func() { defer close(back); _, _ = io.Copy(in, out); in.Close() }()
	_, _ = io.Copy(out, in)
	out.Close()
	<-back
}

func (x *exchange) ok(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatalf("%v; log:\n%s", err, x.logged())
	}
}

// ring has somebody call.
func (x *exchange) ring(from string) *voicetest.Peer {
	x.t.Helper()
	call, err := x.twilio.Call(x.ctx, from)
	x.ok(err)
	return call
}

// dial has us call somebody, and returns the call before it is answered.
func (x *exchange) dial(c caller) *voicetest.Peer {
	x.t.Helper()
	n := len(x.twilio.Calls())
	if code := x.call(http.MethodPost, "/conversations", map[string]string{"account": c.account, "channel": "voice", "purpose": "callback"}, nil); code != http.StatusCreated {
		x.t.Fatalf("placing a call answered %d", code)
	}
	x.wait("a call to be placed", func() bool {
		m := x.about(c.account).Messages
		return len(x.twilio.Calls()) > n && m[len(m)-1].Status == "sent"
	})
	return x.twilio.Calls()[n]
}

// hears waits until the person has heard all of the words, once more than before.
func (x *exchange) hears(call *voicetest.Peer, words string) {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.ctx, patience)
	defer cancel()
	for !strings.Contains(call.Heard(), words) {
		if _, err := call.Hear(ctx); err != nil {
			x.t.Fatalf("waiting for %q: %v; heard %q", words, err, call.Heard())
		}
	}
}

// says is the person saying something, and hearing the answer.
func (x *exchange) speaks(call *voicetest.Peer, words, answer string) {
	x.t.Helper()
	x.ok(call.Speak(x.ctx, words))
	x.hears(call, answer)
}

// identify goes from the first words to the disclosure, which is not yet heard.
func (x *exchange) identify(call *voicetest.Peer, c caller) {
	x.t.Helper()
	x.hears(call, "Am I speaking with "+c.name+"?")
	x.speaks(call, "Yes, this is me.", asksZIP)
	x.ok(call.Press(c.zip + "#"))
	x.hears(call, asksBorn)
	x.ok(call.Press(c.born + "#"))
}

// next is the next thing said, not yet heard.
func (x *exchange) next(call *voicetest.Peer) voicetest.Talk {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.ctx, patience)
	defer cancel()
	talk, err := call.Listen(ctx)
	if err != nil {
		x.t.Fatalf("waiting for words: %v; heard %q", err, call.Heard())
	}
	return talk
}

// over waits until the call is over at both ends and nothing of it is left to be said.
func (x *exchange) over(call *voicetest.Peer, c caller) called {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.ctx, patience)
	defer cancel()
	if err := call.Await(ctx, voicetest.Over); err != nil {
		x.t.Fatalf("%v; heard %q", err, call.Heard())
	}
	var got called
	x.wait("the books of the call closed", func() bool {
		got = x.calls(c)
		return got.ended(call.SID) && !got.open() && !got.Verified
	})
	return got
}

// spoken is a message of a call as the API gives it.
type spoken struct {
	message
	Reason, Planned string
	Heard           *string
	Spoken          *struct {
		Whole bool
		Then  string
	}
	Call *struct{ ID, Event, Detail, Text string }
}

// called is a conversation by telephone.
type called struct {
	conversation
	Messages []spoken
}

func (x *exchange) calls(c caller) called {
	x.t.Helper()
	var list struct{ Conversations []conversation }
	x.get("/conversations?channel=voice&account="+c.account, &list)
	if len(list.Conversations) == 0 {
		return called{}
	}
	var got called
	x.get("/conversations/"+list.Conversations[0].ID, &got)
	return got
}

func (c called) has(event string) bool {
	for _, m := range c.Messages {
		if m.Call != nil && m.Call.Event == event {
			return true
		}
	}
	return false
}

// ended reports that the end of a call is on record.
func (c called) ended(sid string) bool {
	return slices.ContainsFunc(c.Messages, func(m spoken) bool { return m.Call != nil && m.Call.ID == sid && m.Call.Event == "ended" })
}

// open reports a message whose fate is not settled.
func (c called) open() bool {
	for _, m := range c.Messages {
		switch m.Status {
		case "queued", "sending", "uncertain", "sent":
			if m.Spoken == nil || m.Spoken.Then != "dial" {
				return true
			}
		}
	}
	return false
}

// with are the messages of ours that hold some words.
func (c called) with(words string) []spoken {
	var out []spoken
	for _, m := range c.Messages {
		if m.Direction == "out" && strings.Contains(m.Text, words) {
			out = append(out, m)
		}
	}
	return out
}
