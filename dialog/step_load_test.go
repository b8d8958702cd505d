package dialog_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/dialog"
	"parley/negotiation"
)

// recordScript is a golden conversation beside a system of record.
type recordScript struct {
	script
	// Record is how the system of record does in each turn: "up", "down", "gone", "broken",
	// "panics", or "balance 900.00". The last one holds on.
	Record []string `json:"record"`
	// AsOf is the age of the stored account at the start.
	AsOf string `json:"as_of"`
	// Load is what the step load says in each turn.
	Load [][]string `json:"load"`
}

// systemOfRecord is one in memory.
type systemOfRecord struct {
	mu    sync.Mutex
	state string
	now   func() time.Time
	asked []string
}

const testMaxAge = 15 * time.Minute

func (s *systemOfRecord) Refresh(_ context.Context, a dialog.Account) (dialog.Account, time.Duration, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, a.ID)
	age := s.now().Sub(a.AsOf)
	fail := func(usable bool, why string) (dialog.Account, time.Duration, error) {
		try := dialog.Try{Started: s.now(), Why: why}
		return a, age, &dialog.StaleError{Since: a.AsOf, Usable: usable && age <= testMaxAge, Tries: []dialog.Try{try, try}, Why: errors.New(why)}
	}
	switch s.state {
	case "down":
		return fail(true, "status 503")
	case "gone":
		return fail(false, "no such account")
	case "broken":
		return a, age, errors.New("no reason anyone foresaw")
	case "other":
		a.ID = "acct-9999"
	case "panics":
		panic("a fault of the connector")
	}
	a.AsOf = s.now()
	if text, ok := strings.CutPrefix(s.state, "balance "); ok {
		m, err := negotiation.ParseMoney(text, "USD")
		if err != nil {
			return a, age, err
		}
		a.Balance = m
	}
	return a, 0, nil
}

func TestConversationsBesideASystemOfRecord(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/record/*.json")
	if err != nil || len(files) != 3 {
		t.Fatal("no golden conversations", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want recordScript
			d := json.NewDecoder(bytes.NewReader(src))
			d.DisallowUnknownFields()
			if err := d.Decode(&want); err != nil {
				t.Fatal(err)
			}
			got := playRecord(t, want)
			if *update {
				var b bytes.Buffer
				e := json.NewEncoder(&b)
				e.SetEscapeHTML(false)
				e.SetIndent("", "  ")
				if err := e.Encode(got); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want.script, got.script) + cmp.Diff(want.Load, got.Load); diff != "" {
				t.Errorf("the conversation went another way (-want +got):\n%s", diff)
			}
		})
	}
}

func playRecord(t *testing.T, s recordScript) recordScript {
	t.Helper()
	w, record := recordWorld(t, s)
	got := s
	got.Turns, got.Load = nil, nil
	for i, b := range s.Turns {
		record.state = s.Record[min(i, len(s.Record)-1)]
		got.Turns = append(got.Turns, w.turn(b))
		got.Load = append(got.Load, loads(w.effects))
	}
	got.Stored = w.inbound
	return got
}

func recordWorld(t *testing.T, s recordScript) (*world, *systemOfRecord) {
	t.Helper()
	w := newWorld(t, s.script)
	record := &systemOfRecord{now: func() time.Time { return w.now }}
	w.engine.Accounts = record
	if s.AsOf != "" {
		age, err := time.ParseDuration(s.AsOf)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range slices.Collect(maps.Keys(w.accounts)) {
			a := w.accounts[id]
			a.AsOf = w.now.Add(-age)
			w.accounts[id] = a
		}
	}
	return w, record
}

// loads words the trace of the step load.
func loads(e dialog.Effects) []string {
	var out []string
	for _, s := range e.Trace.Steps {
		if s.Name != dialog.StepLoad {
			continue
		}
		text := fmt.Sprintf("%s %d", s.Outcome, s.Attempt)
		if s.Error != nil {
			text += ": " + *s.Error
		}
		if m, ok := s.Output.(map[string]any); ok {
			for _, k := range slices.Sorted(maps.Keys(m)) {
				text += fmt.Sprintf(" %s=%v", k, m[k])
			}
		}
		out = append(out, text)
	}
	return out
}

func angela(record string) recordScript {
	return recordScript{script: script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"},
		Record: []string{record}, AsOf: "1h"}
}

func TestTheSystemOfRecordIsAsked(t *testing.T) {
	t.Parallel()
	t.Run("a stop is heard while it is down", func(t *testing.T) {
		t.Parallel()
		w, record := recordWorld(t, angela("down"))
		record.state = "down"
		got := w.turn(beat{Say: "STOP"})
		if w.snap.Address.SMSOptedOut.IsZero() || slices.Contains(got.Expect.Events, "handoff.requested") {
			t.Errorf("got %+v", got.Expect)
		}
	})
	for state, why := range map[string]string{"gone": "it has no such account", "broken": "its error is of no known kind",
		"panics": "the connector panics", "other": "it gives another account"} {
		t.Run("nothing is said of the debt when "+why, func(t *testing.T) {
			t.Parallel()
			s := angela(state)
			s.AsOf = "1m" // young enough, were it only down
			w, record := recordWorld(t, s)
			record.state = state
			got := w.turn(beat{Say: "zip 78701, how much do I owe?"})
			if said := strings.Join(got.Expect.Says, " "); got.Expect.Control != "queued" || strings.Contains(said, "1,240") || !strings.Contains(said, "can't see your account") {
				t.Errorf("got %+v", got.Expect)
			}
			if got.Expect.Verified != true {
				t.Error("who they are could be checked all the same")
			}
		})
	}
	t.Run("an account is asked for once in a turn", func(t *testing.T) {
		t.Parallel()
		w, record := recordWorld(t, angela("up"))
		w.turn(beat{Say: "zip 78701"})
		if diff := cmp.Diff([]string{"acct-1001"}, record.asked); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("an account found by what the person gave is asked for in the same turn", func(t *testing.T) {
		t.Parallel()
		s := angela("down")
		s.Channel, s.Address, s.Account = "webchat", "web-1", ""
		w, record := recordWorld(t, s)
		record.state = "down"
		got := w.turn(beat{Say: "zip 78701, born 1986. how much do I owe?"})
		if !got.Expect.Verified || got.Expect.Control != "queued" || len(record.asked) != 1 {
			t.Errorf("asked %v, got %+v", record.asked, got.Expect)
		}
	})
	t.Run("facts that did not change are written once a minute at most", func(t *testing.T) {
		t.Parallel()
		s := angela("up")
		s.AsOf = "20s"
		w, _ := recordWorld(t, s)
		w.turn(beat{Say: "hello", After: "1s"})
		if len(w.effects.Accounts) != 0 {
			t.Errorf("%d accounts were written", len(w.effects.Accounts))
		}
		w.turn(beat{Say: "hello?", After: "2m"})
		if len(w.effects.Accounts) != 1 || !w.effects.Accounts[0].AsOf.Equal(w.now) {
			t.Errorf("got %+v", w.effects.Accounts)
		}
	})
	t.Run("what changed is written with the turn, at the version that was read", func(t *testing.T) {
		t.Parallel()
		w, record := recordWorld(t, angela("up"))
		a := w.accounts["acct-1001"]
		a.Version = 7
		w.accounts[a.ID] = a
		record.state = "balance 900.00"
		w.turn(beat{Say: "hello"})
		if len(w.effects.Accounts) != 1 || w.effects.Accounts[0].Balance.Minor != 90000 || w.effects.Accounts[0].Version != 7 {
			t.Errorf("got %+v", w.effects.Accounts)
		}
	})
	t.Run("a yes to an offer made on another balance agrees to nothing", func(t *testing.T) {
		t.Parallel()
		w, record := recordWorld(t, angela("up"))
		w.turn(beat{Say: "zip 78701"})
		w.turn(beat{Say: "can I pay monthly"})
		old := w.snap.Conversation.Table
		record.state = "balance 900.00"
		w.accounts = maps.Clone(w.accounts)
		before := w.snap
		w.turn(beat{Say: "how much do I owe?"})
		for _, o := range w.snap.Conversation.Table {
			if o.Terms.Total.Minor > 90000 {
				t.Errorf("still on the table: %+v", o)
			}
		}
		w.snap = before
		w.accounts["acct-1001"] = before.Accounts[0]
		got := w.turn(beat{Say: "ok"})
		if len(old) != 1 || got.Expect.Agreement != "" || !slices.Contains(got.Expect.Events, "offer.withdrawn") {
			t.Errorf("got %+v", got.Expect)
		}
		for _, o := range w.snap.Conversation.Table {
			if o.Terms.Total.Minor > 90000 {
				t.Errorf("still on the table: %+v", o)
			}
		}
	})
	t.Run("nobody is reminded while it can't be had; the timer waits for it", func(t *testing.T) {
		t.Parallel()
		w, record := recordWorld(t, angela("up"))
		w.turn(beat{Say: "zip 78701"})
		w.turn(beat{Say: "can I pay monthly"})
		if b := w.turn(beat{Say: "yes"}); b.Expect.Agreement == "" {
			t.Fatalf("nothing was agreed: %+v", b.Expect)
		}
		record.state = "gone"
		due := w.nextTimer().Due
		b := w.turn(beat{Timer: true})
		if len(b.Expect.Says) != 0 || len(w.effects.SetTimers) != 1 || w.effects.SetTimers[0].Kind != dialog.TimerReminder || !w.effects.SetTimers[0].Due.Equal(due.Add(time.Hour)) {
			t.Fatalf("while it is down: %+v", b.Expect)
		}
		record.state = "up"
		if b = w.turn(beat{Timer: true}); len(b.Expect.Says) != 1 {
			t.Errorf("when it is back: %+v", b.Expect)
		}
	})
	t.Run("it is not asked about a message that could not be delivered", func(t *testing.T) {
		t.Parallel()
		w, record := recordWorld(t, angela("up"))
		w.snap.Accounts = w.visible()
		w.engine.Turn(context.Background(), w.snap, dialog.Input{Kind: dialog.InputFailure, At: w.now}, w.env())
		if len(record.asked) != 0 {
			t.Errorf("asked %v", record.asked)
		}
	})
}
