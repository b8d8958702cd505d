package dialog_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"github.com/google/go-cmp/cmp"

	"parley/channels"
	"parley/compliance/gate"
	"parley/compliance/inbound"
	"parley/dialog"
)

// callScript is a golden call: what happens on it, and what came of it.
type callScript struct {
	About    string   `json:"about"`
	Address  string   `json:"address"`
	Account  string   `json:"account"`
	Start    string   `json:"start"`
	Actor    string   `json:"actor,omitempty"`
	Outbound bool     `json:"outbound,omitempty"`
	Flags    []string `json:"flags,omitempty"`
	Model    []string `json:"model,omitempty"`
	// DeskClosed: the desk's calendar says that it is closed.
	DeskClosed bool       `json:"desk_closed,omitempty"`
	Beats      []callBeat `json:"beats"`
}

// callBeat is one thing that happens: an event without words, words, or keys.
type callBeat struct {
	Event  string `json:"event,omitempty"`
	Detail string `json:"detail,omitempty"`
	Say    string `json:"say,omitempty"`
	Keys   string `json:"keys,omitempty"`
	After  string `json:"after,omitempty"`
	// Timer lets the earliest timer fire, at its time; what was queued for a human is done by then.
	Timer bool `json:"timer,omitempty"`
	// Dial places a call for this purpose.
	Dial *string `json:"dial,omitempty"`
	// Cut is what becomes of the last words of ours: "interrupted", "interrupted_spuriously" or
	// "call_ended", with as many words heard as Words says. "" hears all, and so does "estimated", which proves nothing.
	Cut   string `json:"cut,omitempty"`
	Words int    `json:"words,omitempty"`
	// Playing: no receipt for the last words has come yet.
	Playing bool `json:"playing,omitempty"`
	// Heard: what was still playing was heard to its end.
	Heard  bool        `json:"heard,omitempty"`
	Expect callOutcome `json:"expect"`
}

type callOutcome struct {
	Says      []string `json:"says"`
	Stage     string   `json:"stage"`
	Control   string   `json:"control"`
	Verified  bool     `json:"verified"`
	Flags     []string `json:"flags,omitempty"`
	Events    []string `json:"events"`
	Cancelled string   `json:"cancelled,omitempty"`
	Agreement string   `json:"agreement,omitempty"`
	Promise   string   `json:"promise,omitempty"`
	Table     int      `json:"table,omitempty"`
	Refused   string   `json:"refused,omitempty"`
}

func TestGoldenCalls(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/calls/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden calls", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var s callScript
			d := json.NewDecoder(bytes.NewReader(src))
			d.DisallowUnknownFields()
			if err := d.Decode(&s); err != nil {
				t.Fatal(err)
			}
			got := playScript(t, s)
			if *update {
				writeCall(t, file, got)
				return
			}
			if diff := cmp.Diff(s, got); diff != "" {
				t.Errorf("the call went another way (-want +got):\n%s", diff)
			}
		})
	}
}

func writeCall(t *testing.T, file string, s callScript) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func playScript(t *testing.T, s callScript) callScript {
	t.Helper()
	l := newLine(t, s)
	got := s
	got.Beats = nil
	for _, b := range s.Beats {
		b.Expect = l.beat(b)
		got.Beats = append(got.Beats, b)
	}
	if l.w.model != nil && l.w.model.next < len(l.w.model.answers) {
		t.Errorf("%d scripted answers of the model were not used", len(l.w.model.answers)-l.w.model.next)
	}
	return got
}

// line is a call with a record in memory behind it: every message of ours is heard, or cut, and
// what the record tells the turn of that is told.
type line struct {
	t        *testing.T
	w        *world
	outbound bool
	id       string
	calls    time.Time        // when the call that has this id was placed
	fx       []dialog.Effects // of the beat
	pending  []dialog.Input   // receipts
}

func newLine(t *testing.T, s callScript) *line {
	w := newWorld(t, script{Channel: "voice", Address: s.Address, Account: s.Account, Start: s.Start, Actor: s.Actor, Flags: s.Flags, Model: s.Model})
	if s.DeskClosed {
		w.engine.Settings.Desk.Calendar.Holidays = []civil.Date{civil.DateOf(w.now)}
	}
	for id, a := range w.accounts {
		a.Person.Addresses = append(a.Person.Addresses, dialog.Address{Channel: "voice", Value: s.Address,
			Consents: []gate.Consent{{Scope: "ai_voice", Source: "web form", At: w.now.AddDate(0, -1, 0), Direct: true}}})
		w.accounts[id] = a
	}
	return &line{t: t, w: w, outbound: s.Outbound, id: "CA1"}
}

func (l *line) beat(b callBeat) callOutcome {
	l.t.Helper()
	if b.Event == "started" || b.Event == "answered" {
		l.outbound = l.w.snap.Conversation.Call != nil && l.w.snap.Conversation.Call.Stage == dialog.CallDialling || l.outbound
	}
	wait := 5 * time.Second
	if b.After != "" {
		d, err := time.ParseDuration(b.After)
		if err != nil {
			l.t.Fatal(err)
		}
		wait = d
	}
	l.w.now = l.w.now.Add(wait)
	l.fx, l.pending = nil, nil
	refused := ""
	if b.Heard {
		for i := range l.w.snap.Recent {
			if m := &l.w.snap.Recent[i]; m.Direction == "out" && m.Status == channels.StatusSent {
				l.heard(m, "", 0)
			}
		}
	} else if b.Timer {
		next := l.w.nextTimer()
		delete(l.w.timers, next.Name)
		l.w.now = next.Due
		l.w.snap.Conversation.Control, l.w.snap.Conversation.Handoff = dialog.ControlBot, nil
		l.turn(dialog.Input{Kind: dialog.InputTimer, Timer: next.Kind, At: next.Due, Body: next.Body}, b)
	} else if b.Dial != nil {
		l.w.snap.Accounts = l.w.visible()
		e, err := l.w.engine.StartCall(l.w.snap, "acct-1001", *b.Dial, l.w.env())
		if err != nil {
			refused = err.Error()
		} else {
			l.take(e, b)
		}
	} else {
		l.turn(l.input(b), b)
	}
	for len(l.pending) > 0 {
		in := l.pending[0]
		l.pending = l.pending[1:]
		l.w.now = l.w.now.Add(time.Second)
		in.At = l.w.now
		l.turn(in, callBeat{})
	}
	o := l.outcome()
	o.Refused = refused
	return o
}

func (l *line) turn(in dialog.Input, b callBeat) {
	l.w.snap.Accounts = l.w.visible()
	l.take(l.w.engine.Turn(context.Background(), l.w.snap, in, l.w.env()), b)
}

// take applies a turn's effects, and has its words heard as the beat says.
func (l *line) take(e dialog.Effects, b callBeat) {
	l.t.Helper()
	if e.CancelOwn {
		for i, m := range l.w.snap.Recent {
			if m.Direction == "out" && m.Status == channels.StatusQueued {
				l.w.snap.Recent[i].Status = channels.StatusCancelled
			}
		}
	}
	from := len(l.w.snap.Recent)
	l.w.apply(e)
	l.fx = append(l.fx, e)
	last := len(e.Outgoing) - 1
	for i, o := range e.Outgoing {
		m := &l.w.snap.Recent[from+i]
		out := o.Cleared.Out()
		m.ID, m.Purpose, m.Spoken, m.Status, m.SHA256 = out.ID, o.Purpose, &out.Spoken, channels.StatusSent, o.Cleared.SHA256()
		switch {
		case i == last && b.Playing || out.Spoken.Then == channels.ThenDial:
		case i == last && b.Cut != "":
			l.heard(m, b.Cut, b.Words)
		case b.Cut == channels.EstimatedReason:
			l.heard(m, b.Cut, 0)
		default:
			l.heard(m, "", 0)
		}
	}
}

// heard is a receipt, as the record takes it in.
func (l *line) heard(m *dialog.Message, cut string, words int) {
	m.Status, m.Heard = channels.StatusDelivered, m.Text
	if cut == channels.EstimatedReason {
		m.Reason = cut
	} else if cut != "" {
		m.Status, m.Reason, m.Heard = channels.StatusUndelivered, cut, strings.Join(strings.Fields(m.Text)[:words], " ")
	}
	if m.Status == channels.StatusDelivered && !m.Spoken.Whole {
		return
	}
	body, err := json.Marshal(dialog.Heard{Message: m.ID, Seq: m.Seq, Status: m.Status, Reason: cut, Purpose: m.Purpose})
	if err != nil {
		l.t.Fatal(err)
	}
	l.pending = append(l.pending, dialog.Input{Kind: dialog.InputReceipt, Seq: m.Seq, Body: body})
}

// input is what happens as the door would hand it on.
func (l *line) input(b callBeat) dialog.Input {
	w := l.w
	w.seq++
	call := &channels.Call{ID: l.callID(b), Outbound: l.outbound, Event: channels.CallEvent(b.Event), Detail: b.Detail}
	in := dialog.Input{ID: w.seq, Seq: w.seq, Kind: dialog.InputCall, At: w.now, Call: call}
	from := "system"
	switch {
	case b.Say != "":
		call.Event = channels.CallSpeech
	case b.Keys != "":
		call.Event = channels.CallDigits
	}
	if b.Say+b.Keys != "" {
		r := inbound.RedactSpoken(b.Say+b.Keys, w.earlier())
		w.inbound = append(w.inbound, r.Text)
		in.Kind, in.Text, in.Redacted, from = dialog.InputMessage, r.Text, r.Kinds, "person"
		if inbound.StopsCalls(r.Text, b.Keys != "") {
			in.Keyword = inbound.OptOut
			if w.snap.Address.VoiceOptedOut.IsZero() {
				w.snap.Address.VoiceOptedOut = w.now // the record does this at the door
			}
		}
	}
	w.snap.Recent = append(w.snap.Recent, dialog.Message{Seq: w.seq, Direction: "in", From: from, Text: in.Text, At: w.now, Call: call, Status: dialog.StatusReceived})
	return in
}

func (l *line) outcome() callOutcome {
	c := l.w.snap.Conversation
	o := callOutcome{Says: []string{}, Control: string(c.Control), Verified: c.Identity.Verified, Events: []string{}, Table: len(c.Table)}
	if c.Call != nil {
		o.Stage = string(c.Call.Stage)
	}
	for _, e := range l.fx {
		if e.CancelReason != "" {
			o.Cancelled = e.CancelReason
		}
		for _, m := range e.Outgoing {
			out := m.Cleared.Out()
			text := out.Text
			if out.Spoken.Whole {
				text = "[whole] " + text
			}
			if out.Spoken.Then != "" {
				text += " [" + string(out.Spoken.Then) + "]"
			}
			if i := slices.IndexFunc(l.w.snap.Recent, func(r dialog.Message) bool { return r.ID == out.ID }); i >= 0 {
				if r := l.w.snap.Recent[i]; r.Status == channels.StatusUndelivered {
					text += " [heard: " + strconv.Quote(r.Heard) + "]"
				}
			}
			o.Says = append(o.Says, strings.TrimSpace(text))
		}
		for _, ev := range e.Events {
			o.Events = append(o.Events, ev.Type)
		}
	}
	for _, a := range l.w.visible() {
		o.Flags = append(o.Flags, slices.Sorted(maps.Keys(a.Flags))...)
	}
	if a := c.Agreement; a != nil {
		o.Agreement = fmt.Sprintf("%s %s %s in %d", a.State, a.Kind, a.Terms.Total.Decimal(), len(a.Terms.Installments))
	}
	if p := c.Promise; p != nil {
		o.Promise = fmt.Sprintf("%s %s by %s", p.State, p.Amount.Decimal(), p.Due)
	}
	return o
}

// callID is the provider's id of the call: another once one is over.
func (l *line) callID(b callBeat) string {
	if c := l.w.snap.Conversation.Call; b.Event == "started" && c != nil && !c.EndedAt.IsZero() && c.ID == l.id {
		l.id += "'"
	} else if c != nil && c.Stage == dialog.CallDialling && c.ID == "" && c.Outbound && l.calls != c.PlacedAt {
		l.id, l.calls = l.id+"+", c.PlacedAt
	}
	return l.id
}
