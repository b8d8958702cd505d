package cli

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/casefile"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
	"parley/gateway/store/storetest"
)

var lastActivity = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

// recorded is a record with one conversation of two messages, at rest since lastActivity.
func recorded(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "parley.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	must(t, err)
	defer db.Close()
	_, err = db.Accept(t.Context(), store.Arrival{
		In:  channels.Inbound{Channel: "sms", ProviderID: "SM1", From: "+15125550123", To: "+15125550100", Text: "how much do I owe?", ReceivedAt: lastActivity},
		New: dialog.Conversation{ID: "cv_1", Language: "en"}, MessageID: "m1", Input: dialog.Input{At: lastActivity},
	})
	must(t, err)
	c, err := db.Claim(t.Context(), "w", lastActivity, time.Minute)
	must(t, err)
	out, err := storetest.Outgoing(c.Snapshot.Conversation, "hello")
	must(t, err)
	must(t, db.Commit(t.Context(), c, dialog.Effects{Conversation: c.Snapshot.Conversation, Outgoing: []dialog.Outgoing{out}}, lastActivity))
	d, err := db.Dequeue(t.Context(), "s", lastActivity, time.Minute, func(dialog.Snapshot, dialog.Message) (g store.GateResult) {
		g.Verdict.Decision = "allow"
		return g
	})
	must(t, err)
	must(t, db.Settle(t.Context(), d, store.Settlement{Status: channels.StatusSent, Parts: []channels.Part{{ProviderID: "SM2"}}}, lastActivity))
	return path
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// parley runs a command on a record, as a shell would.
func parley(path string, args ...string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	args = append(args, "--database", "sqlite:"+path)
	code = Main(args, strings.NewReader(""), &o, &e, nil)
	return code, o.String(), e.String()
}

// tamper changes the file behind the record's back.
func tamper(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	r, err := db.ExecContext(t.Context(), statement)
	must(t, err)
	if n, _ := r.RowsAffected(); n != 1 {
		t.Fatalf("%d rows were changed", n)
	}
}

func TestVerifyNamesOneChangedByte(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, statement, want string }{
		{"a message of the person", `UPDATE messages SET text = 'how much do I owe!' WHERE seq = 1`, "message 1 (m1) of conversation cv_1: it was changed after it was received"},
		{"a message of ours", `UPDATE messages SET text = 'hellO' WHERE seq = 2`, "message 2 (out-hello) of conversation cv_1: it was changed after it was cleared"},
		{"when a message came", `UPDATE messages SET at = at + 1 WHERE seq = 1`, "message 1 (m1)"},
		{"who wrote a message", `UPDATE messages SET sender = 'agent' WHERE seq = 2`, "message 2 (out-hello)"},
		{"the hash a message was cleared under", `UPDATE messages SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x') WHERE seq = 2`, "message 2 (out-hello)"},
		{"a message taken out", `DELETE FROM messages WHERE seq = 1`, "message 1 (m1) of conversation cv_1: it is missing"},
		{"a message put in", `INSERT INTO messages (conversation, seq, id, direction, sender, text, at, status) VALUES ('cv_1', 9, 'x', 'in', 'person', 'I agree', 1, 'received')`, "message 9 (x) of conversation cv_1: the ledger knows nothing"},
		{"the body of an entry", `UPDATE ledger SET body = replace(body, 'm1', 'm2') WHERE n = 1`, "ledger entry 1 of conversation cv_1: it was changed"},
		{"the body's own hash", `UPDATE ledger SET body_sha256 = replace(body_sha256, substr(body_sha256, 1, 1), 'x') WHERE n = 2`, "ledger entry 2 of conversation cv_1: it was changed"},
		{"who did it", `UPDATE ledger SET who = 'human:Sam' WHERE n = 2`, "ledger entry 2"},
		{"when", `UPDATE ledger SET at = at + 1 WHERE n = 3`, "ledger entry 3"},
		{"a body taken out", `UPDATE ledger SET body = '' WHERE n = 1`, "ledger entry 1 of conversation cv_1: its body is gone"},
		{"an entry taken out", `DELETE FROM ledger WHERE n = 2`, "entry 2 is missing"},
		{"the last entry taken out", `DELETE FROM ledger WHERE n = (SELECT MAX(n) FROM ledger)`, "missing at the end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := recorded(t)
			if code, out, errOut := parley(path, "verify"); code != exitOK || !strings.Contains(out, "2 messages") {
				t.Fatalf("before: %d %s %s", code, out, errOut)
			}
			tamper(t, path, c.statement)
			code, out, errOut := parley(path, "verify")
			if code != exitFailed || !strings.Contains(out, c.want) || !strings.Contains(errOut, "not as it was written") {
				t.Errorf("exit %d\n%s%s", code, out, errOut)
			}
			if strings.Contains(out+errOut, "owe") {
				t.Error("it says what was written")
			}
		})
	}
}

func TestExportWritesTheCaseFile(t *testing.T) {
	t.Parallel()
	path, dir := recorded(t), filepath.Join(t.TempDir(), "out")
	code, out, errOut := parley(path, "export", "cv_1", "--out", dir, "--for", "Lee")
	if code != exitOK || !strings.Contains(out, "cv_1.json") {
		t.Fatalf("exit %d\n%s%s", code, out, errOut)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "cv_1.json"))
	must(t, err)
	var file casefile.File
	must(t, json.Unmarshal(raw, &file))
	last := file.Ledger[len(file.Ledger)-1]
	if file.Schema != casefile.Schema || !file.Verification.Whole || len(file.Messages) != 2 || last.Type != store.EventRecordRead || last.Who != "human:Lee" {
		t.Errorf("got %+v, and the last entry is %+v", file.Verification, last)
	}
	page, err := os.ReadFile(filepath.Join(dir, "cv_1.html"))
	must(t, err)
	if !bytes.Contains(page, []byte("how much do I owe?")) {
		t.Error("the page does not say what was said")
	}
	for _, name := range []string{"cv_1.json", "cv_1.html"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: others may read it (%v)", name, err)
		}
	}
	code, out, _ = parley(path, "export", "cv_1")
	if code != exitOK || !strings.HasPrefix(out, `{`) || strings.Count(out, `"type": "record.read"`) != 2 {
		t.Errorf("exit %d: %.60s", code, out)
	}
	if code, _, errOut := parley(path, "export", "none"); code != exitUnusable || !strings.Contains(errOut, "no conversation") {
		t.Errorf("exit %d, %s", code, errOut)
	}
	if code, _, errOut := parley(path+"x", "export", "cv_1"); code != exitUnusable || !strings.Contains(errOut, "no record") {
		t.Errorf("exit %d, %s", code, errOut)
	}
}

func TestAnIdCanNotNameAnotherFolder(t *testing.T) {
	t.Parallel()
	if got := fileName("../../etc/p a"); got != "______etc_p_a" {
		t.Errorf("got %s", got)
	}
}

// purge runs the command at a time.
func purge(t *testing.T, path string, now time.Time, c purgeCmd) string {
	t.Helper()
	var out bytes.Buffer
	c.Database, c.now = "sqlite:"+path, func() time.Time { return now }
	if c.By == "" {
		c.By = "Sam"
	}
	must(t, c.Run(&world{out: &out}))
	return out.String()
}

func TestPurgeKeepsThreeYears(t *testing.T) {
	t.Parallel()
	path := recorded(t)
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 23, 59, 59, 0, time.UTC) }
	if got := purge(t, path, day(2029, 11, 22), purgeCmd{}); got != "0 purged, 0 kept\n" {
		t.Errorf("a day too early: %s", got)
	}
	got := purge(t, path, day(2029, 11, 22), purgeCmd{Before: "2029-01-01"})
	if !strings.Contains(got, "kept    cv_1: the three years after the last collection activity are not over (REC-01), until 2029-11-23") {
		t.Errorf("a later day does not shorten the three years: %s", got)
	}
	if got := purge(t, path, day(2029, 11, 23), purgeCmd{DryRun: true}); !strings.Contains(got, "would   cv_1: 2 messages") || !strings.HasSuffix(got, "1 would be purged, 0 kept\n") {
		t.Errorf("dry run: %s", got)
	}
	if got := purge(t, path, day(2029, 11, 23), purgeCmd{}); !strings.Contains(got, "purged  cv_1: 2 messages, 1 turns") || !strings.Contains(got, "last activity 2026-11-23") {
		t.Errorf("got %s", got)
	}
	if code, out, errOut := parley(path, "verify"); code != exitOK || !strings.Contains(out, "0 messages") {
		t.Errorf("exit %d %s%s", code, out, errOut)
	}
	if code, out, _ := parley(path, "export", "cv_1"); code != exitOK || !strings.Contains(out, `"purged": true`) || strings.Contains(out, "owe") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestADemandToDeleteIsRecordedAndTheRecordKept(t *testing.T) {
	t.Parallel()
	path := recorded(t)
	got := purge(t, path, lastActivity.AddDate(0, 1, 0), purgeCmd{Demanded: "cv_1"})
	if !strings.Contains(got, "kept    cv_1:") || !strings.Contains(got, "until 2029-11-23") {
		t.Errorf("got %s", got)
	}
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	must(t, err)
	defer db.Close()
	all, err := db.Ledger(context.Background(), "cv_1", 0, 100)
	must(t, err)
	last := all[len(all)-1]
	if last.Type != store.EventDeletionDemanded || last.Who != "human:Sam" || !strings.Contains(string(last.Body), `"retained"`) {
		t.Errorf("the last entry is %+v", last)
	}
	if m, err := db.Messages(context.Background(), "cv_1", 0, 10); err != nil || len(m) != 2 {
		t.Errorf("%d messages are left, %v", len(m), err)
	}
}

func TestPurgeWantsADate(t *testing.T) {
	t.Parallel()
	path := recorded(t)
	if code, _, errOut := parley(path, "purge", "--before", "yesterday"); code != exitUnusable || !strings.Contains(errOut, "--before") {
		t.Errorf("exit %d, %s", code, errOut)
	}
	if code, _, errOut := parley(path, "purge", "--demanded", "none"); code != exitUnusable || !strings.Contains(errOut, "no conversation") {
		t.Errorf("exit %d, %s", code, errOut)
	}
	if code, out, errOut := parley(path, "purge", "--dry-run"); code != exitOK {
		t.Errorf("exit %d, %s%s", code, out, errOut)
	}
}
