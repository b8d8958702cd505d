package storetest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/dialog"
	"parley/gateway/store"
)

func (f *fixture) audit() store.Audit {
	f.Helper()
	a, err := f.s.Audit(f.ctx)
	f.ok(err)
	return a
}

func (f *fixture) whole() store.Audit {
	f.Helper()
	a := f.audit()
	if !a.Whole() {
		f.Fatalf("faults: %+v", a.Faults)
	}
	return a
}

func (f *fixture) tamperer() Tamperer {
	f.Helper()
	t, can := f.s.(Tamperer)
	if !can {
		f.Fatal("the store under test can't be tampered with: implement storetest.Tamperer")
	}
	return t
}

func (f *fixture) entry(conversation, typ string) dialog.LedgerEntry {
	f.Helper()
	all, err := f.s.Ledger(f.ctx, conversation, 0, 500)
	f.ok(err)
	for _, e := range all {
		if e.Type == typ {
			return e
		}
	}
	f.Fatalf("there is no %s", typ)
	return dialog.LedgerEntry{}
}

var auditCases = []testCase{
	{"a record as it was written is whole", "Audit walks the whole chain, and compares every message", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one", "two")
		f.deliver()
		a := f.whole()
		if a.Entries != 6 || a.Messages != 3 || a.Purged != 0 || len(a.Head) != 64 {
			t.Errorf("got %+v", a)
		}
		all, err := f.s.Ledger(f.ctx, c.Conversation, 0, 100)
		f.ok(err)
		for _, e := range all {
			if !store.Sound(e) || e.BodySHA256 == "" {
				t.Errorf("entry %d isn't sound", e.N)
			}
		}
		if all[len(all)-1].Hash != a.Head {
			t.Error("the head isn't the last entry's hash")
		}
	}},
	{"one changed byte of a message is found and named, whoever wrote it", "every message that is kept", func(t *testing.T, f *fixture) {
		tamper := f.tamperer()
		c := f.queue(alice, "one").Conversation
		f.deliver()
		f.queue(bob, "two")
		for seq, what := range map[int64]string{1: "it was changed after it was received", 2: "it was changed after it was cleared"} {
			var kept string
			f.ok(tamper.TamperMessage(f.ctx, c, seq, func(s string) string { kept = s; return s[:1] + "X" + s[2:] }))
			want := []store.Fault{{Conversation: c, Seq: seq, Message: map[int64]string{1: f.messageID(c, 1), 2: "out-one"}[seq], What: what}}
			if d := cmp.Diff(want, f.audit().Faults); d != "" {
				t.Error(d)
			}
			f.ok(tamper.TamperMessage(f.ctx, c, seq, func(string) string { return kept }))
		}
		f.whole()
	}},
	{"a message that was taken away is missed", "and every one that should be", func(t *testing.T, f *fixture) {
		tamper := f.tamperer()
		c := f.queue(alice, "one").Conversation
		f.ok(tamper.TamperMessage(f.ctx, c, 2, nil))
		if d := cmp.Diff([]store.Fault{{Conversation: c, Seq: 2, Message: "out-one", What: "it is missing"}}, f.audit().Faults); d != "" {
			t.Error(d)
		}
	}},
	{"a changed byte of the ledger is named with its conversation", "Audit walks the whole chain, as Verify", func(t *testing.T, f *fixture) {
		c := f.queue(alice, "one").Conversation
		f.ok(f.tamperer().Tamper(f.ctx, 2, func(b string) string { return strings.Replace(b, "a", "b", 1) }))
		want := store.Fault{Entry: 2, Conversation: c, What: "it was changed after it was written"}
		if got := f.audit().Faults; len(got) == 0 || got[0] != want {
			t.Errorf("got %+v", got)
		}
	}},
	{"a body that is dropped without a purge is found", "a body is gone and no later entry says why", func(t *testing.T, f *fixture) {
		f.queue(alice, "one")
		f.ok(f.tamperer().Tamper(f.ctx, 1, func(string) string { return "" }))
		if got := f.audit().Faults; len(got) == 0 || got[0].Entry != 1 || !strings.Contains(got[0].What, "no purge") {
			t.Errorf("got %+v", got)
		}
	}},
	{"a message that is redacted later is bound anew, and its old hash can't be guessed from", "entries are those about the earlier text, whose bodies are dropped", func(t *testing.T, f *fixture) {
		c := f.hear(alice, "my card is 4111 1111").Conversation
		old := f.entry(c, store.EventMessageStored)
		for i, redacted := range []string{"my card is [card]", "[card]"} {
			a := f.arrival(alice, f.id("1111 1111"))
			a.Earlier = map[int64]string{1: redacted}
			_, err := f.s.Accept(f.ctx, a)
			f.ok(err)
			if got := f.message(c, f.messageID(c, 1)).Text; got != redacted {
				t.Errorf("text %q", got)
			}
			if now := f.entry(c, store.EventMessageStored); len(now.Body) != 0 || now.BodySHA256 != old.BodySHA256 || now.Hash != old.Hash {
				t.Errorf("the old entry is %+v", now)
			}
			if got := f.whole(); got.Purged != int64(i+1) {
				t.Errorf("%d bodies were dropped", got.Purged)
			}
		}
		f.ok(f.tamperer().TamperMessage(f.ctx, c, 1, func(string) string { return "my card is [Card]" }))
		if f.audit().Whole() {
			t.Error("a change of the redacted text was not found")
		}
	}},
	{"a note is one more entry and nothing else", "Note appends an event to the ledger of a conversation and changes nothing else", func(t *testing.T, f *fixture) {
		c := f.hear(alice, "hello").Conversation
		before, err := f.s.Snapshot(f.ctx, c)
		f.ok(err)
		f.ok(f.s.Note(f.ctx, c, dialog.Event{Type: store.EventRecordRead, At: f.now, Who: "human:Sam", Body: map[string]any{"what": "case file"}}))
		after, err := f.s.Snapshot(f.ctx, c)
		f.ok(err)
		if d := cmp.Diff(before, after); d != "" {
			t.Error(d)
		}
		if e := f.entry(c, store.EventRecordRead); e.Who != "human:Sam" || !strings.Contains(string(e.Body), "case file") {
			t.Errorf("got %+v", e)
		}
		f.whole()
		if err := f.s.Note(f.ctx, "none", dialog.Event{Type: "x"}); err != store.ErrNotFound {
			t.Errorf("got %v", err)
		}
	}},
}

func (f *fixture) messageID(conversation string, seq int64) string {
	f.Helper()
	all, err := f.s.Messages(f.ctx, conversation, seq-1, 1)
	f.ok(err)
	return all[0].ID
}
