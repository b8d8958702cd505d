package storetest

import (
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/dialog"
	"parley/gateway/store"
)

var deskKeepCases = []testCase{
	{"notes are kept in order, with an event without their words", "an event in the ledger that holds none of its words", func(t *testing.T, f *fixture) {
		id := f.hear(alice, "hello").Conversation
		var want []store.Note
		for i, kind := range []string{"note", "whisper"} {
			n := store.Note{ID: f.id("n"), Conversation: id, Who: "dana", Kind: kind, Text: "secret " + kind, At: f.now.Add(time.Duration(i) * time.Second)}
			f.ok(f.s.AddNote(f.ctx, n, dialog.Event{Type: "note.added", At: n.At, Who: "human:dana", Body: map[string]any{"note": n.ID}}))
			want = append(want, n)
		}
		got, err := f.s.Notes(f.ctx, id, 10)
		f.ok(err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if got, err = f.s.Notes(f.ctx, id, 1); err != nil || len(got) != 1 || got[0].Kind != "whisper" {
			t.Errorf("the latest is %+v %v", got, err)
		}
		f.same("events", f.events(id), []string{"message.received", "note.added", "note.added"})
		if err := f.s.AddNote(f.ctx, store.Note{ID: "x", Conversation: "none"}, dialog.Event{Type: "note.added", At: f.now}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("on none: %v", err)
		}
		if _, broken, err := f.s.Verify(f.ctx); err != nil || broken != 0 {
			t.Errorf("entry %d is broken: %v", broken, err)
		}
	}},
	{"what is being written is each one's own", "an empty text forgets it", func(t *testing.T, f *fixture) {
		id := f.hear(alice, "hello").Conversation
		f.ok(f.s.Type(f.ctx, store.Typed{Conversation: id, Who: "dana", Text: "Good", Epoch: 1, At: f.now}))
		f.ok(f.s.Type(f.ctx, store.Typed{Conversation: id, Who: "dana", Text: "Good morning", Epoch: 2, At: f.now}))
		got, err := f.s.Typed(f.ctx, id, "dana")
		f.ok(err)
		if diff := cmp.Diff(store.Typed{Conversation: id, Who: "dana", Text: "Good morning", Epoch: 2, At: f.now}, got); diff != "" {
			t.Error(diff)
		}
		if _, err := f.s.Typed(f.ctx, id, "luis"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("luis sees %v", err)
		}
		f.ok(f.s.Type(f.ctx, store.Typed{Conversation: id, Who: "dana"}))
		if _, err := f.s.Typed(f.ctx, id, "dana"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("it is still there: %v", err)
		}
		if err := f.s.Type(f.ctx, store.Typed{Conversation: "none", Who: "dana", Text: "x"}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("in none: %v", err)
		}
	}},
	{"a suggestion has one fate", "ErrStale: it was decided before", func(t *testing.T, f *fixture) {
		id := f.hear(alice, "hello").Conversation
		make := func(key string, seq int64) store.Suggestion {
			return store.Suggestion{ID: key, Conversation: id, Seq: seq, Kind: "answer", Text: "text " + key, Reason: "asked", Source: "model", MadeAt: f.now}
		}
		f.ok(f.s.Suggest(f.ctx, id, []store.Suggestion{make("a", 1), make("b", 1)}, f.now))
		got, err := f.s.Suggestions(f.ctx, id, 1)
		f.ok(err)
		if diff := cmp.Diff([]store.Suggestion{make("a", 1), make("b", 1)}, got); diff != "" {
			t.Error(diff)
		}
		decided := got[0]
		decided.Fate, decided.Who, decided.FateAt, decided.Sent, decided.Distance = store.FateEdited, "dana", f.now, "other", 4
		var all sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for range 4 {
			all.Go(func() {
				err := f.s.Decided(f.ctx, decided)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if !errors.Is(err, store.ErrStale) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if won != 1 {
			t.Errorf("%d decided it", won)
		}
		if back, err := f.s.Suggestion(f.ctx, "a"); err != nil || cmp.Diff(decided, back) != "" {
			t.Errorf("%v %s", err, cmp.Diff(decided, back))
		}
		f.ok(f.s.Suggest(f.ctx, id, []store.Suggestion{make("c", 2)}, f.now))
		if got, err := f.s.Suggestions(f.ctx, id, 1); err != nil || len(got) != 0 {
			t.Errorf("still open for an earlier message: %+v %v", got, err)
		}
		counts, err := f.s.Decisions(f.ctx, f.now, store.Scope{})
		f.ok(err)
		if diff := cmp.Diff(map[store.Fate]int{store.FateEdited: 1, store.FateStale: 1, store.FateOpen: 1}, counts); diff != "" {
			t.Error(diff)
		}
		if counts, err := f.s.Decisions(f.ctx, f.now, store.Scope{Portfolios: []string{"cards"}}); err != nil || len(counts) != 0 {
			t.Errorf("out of scope: %v %v", counts, err)
		}
		if _, err := f.s.Suggestion(f.ctx, "none"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("none: %v", err)
		}
	}},
	{"the bot's drafts are found by the message they answer", "what the bot wrote for a human to send in answer to a message", func(t *testing.T, f *fixture) {
		id := f.hear(alice, "hello").Conversation
		c := f.mustClaim()
		e := f.effects(c.Snapshot)
		e.Drafts = []dialog.Draft{{Text: "Good morning", SHA256: "x", Seq: 1, Why: "draft_only"}}
		e.Discarded = []dialog.Draft{{Text: "too late", Seq: 1, Why: dialog.CauseControl}}
		f.commit(c, e)
		got, err := f.s.BotDrafts(f.ctx, id, 9)
		f.ok(err)
		if diff := cmp.Diff([]dialog.Draft{{Text: "Good morning", Seq: 1, Why: "draft_only"}}, got); diff != "" {
			t.Error(diff)
		}
		f.hear(alice, "and now")
		if got, err := f.s.BotDrafts(f.ctx, id, 9); err != nil || len(got) != 0 {
			t.Errorf("for a later message: %v %v", got, err)
		}
	}},
	{"a text kept for use again is each one's who may use it", "the house's, those of their portfolios (nil: all) and their own", func(t *testing.T, f *fixture) {
		put := func(c store.Canned) error {
			c.Title, c.Text, c.Language, c.UpdatedAt, c.UpdatedBy = "T", "text", "en", f.now, "root"
			return f.s.PutCanned(f.ctx, c)
		}
		f.ok(put(store.Canned{ID: "1", Scope: "all", Shortcut: "hi", Locked: true}))
		f.ok(put(store.Canned{ID: "2", Scope: "team", Team: "cards", Shortcut: "hi"}))
		f.ok(put(store.Canned{ID: "3", Scope: "mine", Owner: "dana", Shortcut: "bye"}))
		list := func(who string, portfolios ...string) []string {
			all, err := f.s.Canned(f.ctx, who, portfolios)
			f.ok(err)
			got := []string{}
			for _, c := range all {
				got = append(got, c.ID)
			}
			return got
		}
		f.same("dana's", list("dana"), []string{"3", "1", "2"})
		f.same("luis's in cards", list("luis", "cards"), []string{"1", "2"})
		f.same("luis's in autos", list("luis", "autos"), []string{"1"})
		if err := put(store.Canned{ID: "4", Scope: "all", Shortcut: "hi"}); !errors.Is(err, store.ErrStale) {
			t.Errorf("a shortcut twice: %v", err)
		}
		if err := put(store.Canned{ID: "1", Scope: "all", Shortcut: "hi", Version: 7}); !errors.Is(err, store.ErrStale) {
			t.Errorf("an old version: %v", err)
		}
		f.ok(put(store.Canned{ID: "1", Scope: "all", Shortcut: "hey", Version: 1}))
		got, err := f.s.CannedText(f.ctx, "1")
		if f.ok(err); got.Version != 2 || got.Shortcut != "hey" || got.Locked {
			t.Errorf("got %+v", got)
		}
		f.ok(f.s.DropCanned(f.ctx, "1"))
		if err := f.s.DropCanned(f.ctx, "1"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("dropped twice: %v", err)
		}
	}},
	{"a purge takes what the desk kept", "What belongs to a conversation goes with it when it is purged", func(t *testing.T, f *fixture) {
		id := f.over()
		f.ok(f.s.AddNote(f.ctx, store.Note{ID: "n", Conversation: id, Text: "secret", At: f.now}, dialog.Event{Type: "note.added", At: f.now}))
		f.ok(f.s.Type(f.ctx, store.Typed{Conversation: id, Who: "dana", Text: "x", At: f.now}))
		f.ok(f.s.Suggest(f.ctx, id, []store.Suggestion{{ID: "s", Conversation: id, Seq: 1, Text: "x", MadeAt: f.now}}, f.now))
		f.ok(f.s.AddBlocked(f.ctx, store.Blocked{Conversation: id, Who: "human:dana", Text: "x", At: f.now}, dialog.Event{Type: "message.blocked", At: f.now}))
		f.ok(f.s.Seen(f.ctx, id, "dana", 1, f.now))
		f.now = fourYears
		if p := f.purge(id, store.PurgeRequest{}); len(p.Holds) != 0 {
			t.Fatalf("held by %+v", p.Holds)
		}
		notes, err1 := f.s.Notes(f.ctx, id, 10)
		_, err2 := f.s.Typed(f.ctx, id, "dana")
		_, err3 := f.s.Suggestion(f.ctx, "s")
		blocked, err4 := f.s.Blocked(f.ctx, store.Scope{}, 0, 10)
		if len(notes)+len(blocked) != 0 || errors.Join(err1, err4) != nil || !errors.Is(err2, store.ErrNotFound) || !errors.Is(err3, store.ErrNotFound) {
			t.Errorf("left: %v %v %v %v %v %v", notes, blocked, err1, err2, err3, err4)
		}
	}},
}

var deskFeedCases = []testCase{
	{"somebody is there as long as they were last seen", "Neither time goes back", func(t *testing.T, f *fixture) {
		f.ok(f.s.Heartbeat(f.ctx, "dana", f.now, f.now, false))
		f.ok(f.s.SetStatus(f.ctx, "dana", "available", dialog.Event{Type: "agent.status", At: f.now, Who: "human:dana", Body: map[string]string{"to": "available"}}))
		f.ok(f.s.Heartbeat(f.ctx, "dana", f.now.Add(-time.Minute), f.now.Add(time.Minute), false))
		f.ok(f.s.SetStatus(f.ctx, "bot-key", "busy", dialog.Event{Type: "agent.status", At: f.now}))
		f.ok(f.s.Heartbeat(f.ctx, "bot-key", time.Time{}, f.now, true))
		got, err := f.s.People(f.ctx)
		f.ok(err)
		want := []store.Presence{{Name: "bot-key", Status: "busy", LastAct: f.now, Key: true}, {Name: "dana", Status: "available", LastSeen: f.now, LastAct: f.now.Add(time.Minute)}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if ledger, err := f.s.Ledger(f.ctx, "", 0, 10); err != nil || len(ledger) != 2 || ledger[0].Type != "agent.status" {
			t.Errorf("the ledger has %+v %v", ledger, err)
		}
	}},
	{"the whole ledger is read in order from anywhere", "Events lists entries of the whole ledger after one, in order", func(t *testing.T, f *fixture) {
		start := f.now
		for i := range 7 {
			f.now = start.Add(time.Duration(i) * time.Minute)
			f.hear(alice, f.id("text"))
		}
		last, err := f.s.LastEntry(f.ctx)
		f.ok(err)
		var seen []int64
		for after := int64(0); ; {
			page, err := f.s.Events(f.ctx, after, 3)
			f.ok(err)
			for _, e := range page {
				seen = append(seen, e.N)
				after = e.N
			}
			if len(page) < 3 {
				break
			}
		}
		if int64(len(seen)) != last || !slices.IsSorted(seen) || seen[0] != 1 {
			t.Errorf("%d entries, saw %v", last, seen)
		}
		for _, c := range []struct {
			at   time.Time
			want int64
		}{{start, 0}, {start.Add(time.Nanosecond), last / 7}, {start.Add(time.Hour), last}, {start.Add(3 * time.Minute), 3 * last / 7}} {
			if n, err := f.s.EntryBefore(f.ctx, c.at); err != nil || n != c.want {
				t.Errorf("before %s: %d %v, want %d", c.at, n, err, c.want)
			}
		}
	}},
	{"what was blocked is listed from the newest back", "the newest first, that stand before one", func(t *testing.T, f *fixture) {
		f.portfolio("acct-1", "cards", alice)
		id := f.hear(alice, "hello").Conversation
		var want []store.Blocked
		for i := range 3 {
			b := store.Blocked{N: int64(i + 1), At: f.now, Conversation: id, Who: "human:dana", Findings: json.RawMessage(`[{"rule":"OD-THREAT-01"}]`), Text: f.id("threat")}
			f.ok(f.s.AddBlocked(f.ctx, b, dialog.Event{Type: "message.blocked", At: f.now, Who: "human:dana", Body: map[string]any{"rules": "OD-THREAT-01"}}))
			want = append(want, b)
		}
		slices.Reverse(want)
		got, err := f.s.Blocked(f.ctx, store.Scope{Portfolios: []string{"cards"}}, 0, 10)
		f.ok(err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if got, err := f.s.Blocked(f.ctx, store.Scope{}, 3, 1); err != nil || len(got) != 1 || got[0].N != 2 {
			t.Errorf("before 3: %+v %v", got, err)
		}
		if got, err := f.s.Blocked(f.ctx, store.Scope{Portfolios: []string{"autos"}}, 0, 10); err != nil || len(got) != 0 {
			t.Errorf("out of scope: %+v %v", got, err)
		}
		refused, err := f.s.Refusals(f.ctx, 0, 2)
		if f.ok(err); len(refused) != 2 || refused[0].N < refused[1].N || refused[0].Type != "message.blocked" {
			t.Errorf("got %+v", refused)
		}
		if older, err := f.s.Refusals(f.ctx, refused[1].N, 2); err != nil || len(older) != 1 {
			t.Errorf("older: %+v %v", older, err)
		}
	}},
}
