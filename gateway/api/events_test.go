package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/gateway/desk/staff"
)

// patience is how long a test waits for a frame before it fails.
const patience = 10 * time.Second

// line is a client of the event socket.
type line struct {
	testing.TB
	ws *websocket.Conn
}

type frame map[string]any

func (f frame) seq() int64 {
	n, _ := f["seq"].(float64)
	return int64(n)
}

// serve puts the office on the network and has it follow the ledger.
func (o *office) serve() *httptest.Server {
	o.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { o.desk.Feed.Run(ctx); close(done) }()
	s := httptest.NewServer(o.h)
	o.Cleanup(func() {
		_ = o.api.Shutdown(context.Background()) // it always ends
		s.Close()
		cancel()
		<-done
	})
	return s
}

func dial(t testing.TB, s *httptest.Server, a staff.Actor, origin string) (*line, *http.Response, error) {
	t.Helper()
	h := http.Header{actorHeader: {header(a)}}
	if origin != "" {
		h.Set("Origin", origin)
	}
	ws, res, err := websocket.DefaultDialer.Dial(strings.Replace(s.URL, "http", "ws", 1)+"/api/v1/events", h)
	if err != nil {
		return nil, res, err
	}
	t.Cleanup(func() { _ = ws.Close() })
	return &line{t, ws}, res, nil
}

// open dials and says hello.
func open(t testing.TB, s *httptest.Server, a staff.Actor, hello string) *line {
	t.Helper()
	l, _, err := dial(t, s, a, "")
	if err != nil {
		t.Fatal(err)
	}
	l.say(hello)
	return l
}

func (l *line) say(text string) {
	l.Helper()
	if err := l.ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		l.Fatal(err)
	}
}

func (l *line) next() (frame, error) {
	if err := l.ws.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	_, data, err := l.ws.ReadMessage()
	if err != nil {
		return nil, err
	}
	var f frame
	return f, json.Unmarshal(data, &f)
}

// until reads on to a frame that is wanted and gives all events on the way, that one included.
func (l *line) until(what string, want func(frame) bool) (last frame, events []frame) {
	l.Helper()
	for {
		f, err := l.next()
		if err != nil {
			l.Fatalf("no %s: %v", what, err)
		}
		if f["type"] == "event" {
			events = append(events, f)
		}
		if want(f) {
			return f, events
		}
	}
}

func (l *line) welcome() frame {
	l.Helper()
	f, events := l.until("welcome", func(f frame) bool { return f["type"] == "welcome" })
	if len(events) > 0 {
		l.Errorf("%d events came before the welcome", len(events))
	}
	return f
}

func event(name, conversation string) func(frame) bool {
	return func(f frame) bool {
		return f["type"] == "event" && f["name"] == name && f["conversation"] == conversation
	}
}

const hello = `{"type":"hello"}`

func TestEventsComeInOrderToWhoMayKnow(t *testing.T) {
	t.Parallel()
	o := settled(t)
	o.account("acct-2", "other", "+15125550124")
	o.waits("2", "acct-2", "+15125550124")
	s := o.serve()
	dana, luis := o.member(staff.Agent, "dana", "p"), o.member(staff.Agent, "luis", "other")
	a, b := open(t, s, dana, hello), open(t, s, luis, hello)
	a.welcome()
	b.welcome()
	o.must(luis, http.StatusOK, http.MethodPost, "handoffs/h-2/claim", "")
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", "")
	o.must(luis, http.StatusOK, http.MethodPost, "handoffs/h-2/release", "")
	_, events := a.until("claim", event("control.changed", "cv-1"))
	_, others := b.until("release", func(f frame) bool {
		return event("control.changed", "cv-2")(f) && f.seq() > events[len(events)-1].seq()
	})
	for _, f := range events {
		if f["conversation"] != "cv-1" || f["handoff"] != "h-1" && f["name"] == "control.changed" {
			t.Errorf("dana heard %v", f)
		}
	}
	for _, f := range others {
		if f["conversation"] != "cv-2" {
			t.Errorf("luis heard %v", f)
		}
	}
	if !slices.IsSortedFunc(others, func(x, y frame) int { return int(x.seq() - y.seq()) }) {
		t.Errorf("out of order: %v", others)
	}
	t.Run("who looks and types is told to who may see it", func(t *testing.T) {
		b.say(`{"type":"viewing","conversation":"cv-1"}`) // not luis's to see
		a.say(`{"type":"viewing","conversation":"cv-1"}`)
		a.say(`{"type":"typing","conversation":"cv-1"}`)
		f, _ := a.until("typing", func(f frame) bool { return f["type"] == "viewing" && len(f["typing"].([]any)) > 0 })
		if who := f["who"].([]any); f["conversation"] != "cv-1" || len(who) != 1 || who[0] != "dana" {
			t.Errorf("got %v", f)
		}
		item := o.must(dana, http.StatusOK, http.MethodGet, "desk/items?view=mine", "")["items"].([]any)[0].(map[string]any)
		if viewers := item["viewers"].([]any); len(viewers) != 1 || viewers[0] != "dana" {
			t.Errorf("the list has %v", viewers)
		}
	})
	t.Run("a ping is answered", func(t *testing.T) {
		a.say(`{"type":"ping"}`)
		a.until("pong", func(f frame) bool { return f["type"] == "pong" })
	})
	t.Run("a whisper comes to the agent alone", func(t *testing.T) {
		sue := o.member(staff.Supervisor, "sue2")
		o.must(sue, http.StatusCreated, http.MethodPost, "desk/conversations/cv-1/whisper", `{"text":"go slowly"}`)
		if f, _ := a.until("whisper", func(f frame) bool { return f["type"] == "whisper" }); f["text"] != "go slowly" || f["from"] != "sue2" || f["conversation"] != "cv-1" {
			t.Errorf("got %v", f)
		}
	})
	t.Run("an offer comes to whom it is made", func(t *testing.T) {
		o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/release", "")
		o.must(dana, http.StatusOK, http.MethodPut, "me/status", `{"status":"available"}`)
		if err := o.desk.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if f, _ := a.until("offer", func(f frame) bool { return f["type"] == "offer" }); f["handoff"] != "h-1" || f["until"] == nil {
			t.Errorf("got %v", f)
		}
	})
	t.Run("reading makes no event", func(t *testing.T) {
		o.must(dana, http.StatusOK, http.MethodGet, "desk/conversations/cv-1", "")
		o.must(dana, http.StatusCreated, http.MethodPost, "desk/conversations/cv-1/notes", `{"text":"read it"}`)
		_, events := a.until("note", event("note.note", "cv-1"))
		for _, f := range events {
			if strings.HasPrefix(f["name"].(string), "record.") {
				t.Errorf("got %v", f)
			}
		}
	})
}

func TestWhoComesBackMissesNothingAndHearsNothingTwice(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "office.db")
	o := openOffice(t, path)
	o.account("acct-1", "p", "+15125550123")
	o.waits("1", "acct-1", "+15125550123")
	dana := o.member(staff.Agent, "dana", "p")
	s := o.serve()
	a := open(t, s, dana, hello)
	a.welcome()
	note := func(o *office) {
		o.must(dana, http.StatusCreated, http.MethodPost, "desk/conversations/cv-1/notes", `{"text":"x"}`)
	}
	note(o)
	last, _ := a.until("note", event("note.note", "cv-1"))
	_ = a.ws.Close()
	for range 5 {
		note(o)
	}
	resume := func(o *office, s *httptest.Server, n int) {
		t.Helper()
		l := open(t, s, dana, `{"type":"hello","since":`+jsonOf(last.seq())+`}`)
		if w := l.welcome(); w["resumed"] != true || w.seq() != last.seq() {
			t.Errorf("welcomed with %v", w)
		}
		var seqs []int64
		for len(seqs) < n {
			f, _ := l.until("note", event("note.note", "cv-1"))
			seqs = append(seqs, f.seq())
		}
		note(o)
		f, more := l.until("the next note", event("note.note", "cv-1"))
		if len(more) != 1 || seqs[0] <= last.seq() || !slices.IsSorted(seqs) || len(slices.Compact(slices.Clone(seqs))) != n || f.seq() <= seqs[n-1] {
			t.Errorf("after %d came %v, then %v", last.seq(), seqs, more)
		}
	}
	resume(o, s, 5)
	t.Run("nor after a restart", func(t *testing.T) {
		again := openOffice(t, path)
		resume(again, again.serve(), 6)
	})
	t.Run("from a place that never was it is told to load anew", func(t *testing.T) {
		l := open(t, s, dana, `{"type":"hello","since":999999}`)
		if w := l.welcome(); w["resumed"] != false || w.seq() >= 999999 {
			t.Errorf("welcomed with %v", w)
		}
	})
}

func jsonOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestASocketEndsWithItsReason(t *testing.T) {
	t.Parallel()
	o := settled(t)
	s := o.serve()
	dana := o.member(staff.Agent, "dana", "p")
	t.Run("another site's page is refused", func(t *testing.T) {
		if _, res, err := dial(t, s, dana, "https://evil.example"); err == nil || res.StatusCode != http.StatusForbidden {
			t.Errorf("got %v %v", res, err)
		}
		l, _, err := dial(t, s, dana, s.URL)
		if err != nil {
			t.Fatal(err)
		}
		_ = l.ws.Close()
	})
	t.Run("a session that is over closes it at once, and its owner is offline", func(t *testing.T) {
		o.must(dana, http.StatusOK, http.MethodPut, "me/status", `{"status":"available"}`)
		l := open(t, s, dana, hello)
		l.welcome()
		o.api.Sessions.(*fakeSessions).end("dana")
		if f, _ := l.until("bye", func(f frame) bool { return f["type"] == "bye" }); f["code"] != "revoked" {
			t.Errorf("got %v", f)
		}
		if f, err := l.next(); err == nil {
			t.Errorf("after the end came %v", f)
		}
		offline := func() bool { return o.must(dana, http.StatusOK, http.MethodGet, "me", "")["status"] == "offline" }
		for end := time.Now().Add(patience); !offline(); {
			if time.Now().After(end) {
				t.Fatal("she is not offline")
			}
		}
	})
	t.Run("one who floods it is sent away", func(t *testing.T) {
		l := open(t, s, as(staff.Agent, "flood", "p"), hello)
		l.welcome()
		for range 200 {
			if l.ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"ping"}`)) != nil {
				break
			}
		}
		if f, _ := l.until("bye", func(f frame) bool { return f["type"] == "bye" }); f["code"] != "too_many" {
			t.Errorf("got %v", f)
		}
	})
	t.Run("a frame that is too long ends it", func(t *testing.T) {
		l := open(t, s, as(staff.Agent, "long", "p"), hello)
		l.welcome()
		l.say(strings.Repeat("x", 5000))
		for {
			if _, err := l.next(); err != nil {
				return
			}
		}
	})
	t.Run("a shutdown says goodbye", func(t *testing.T) {
		l := open(t, s, as(staff.Agent, "last", "p"), hello)
		l.welcome()
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		if err := o.api.Shutdown(ctx); err != nil {
			t.Fatal(err)
		}
		if f, _ := l.until("bye", func(f frame) bool { return f["type"] == "bye" }); f["code"] != "shutdown" {
			t.Errorf("got %v", f)
		}
		l, _, err := dial(t, s, dana, "")
		if err != nil {
			t.Fatal(err)
		}
		if f, _ := l.until("bye", func(f frame) bool { return f["type"] == "bye" }); f["code"] != "shutdown" {
			t.Errorf("a new one got %v", f)
		}
	})
}
