package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/store"
	"parley/gateway/store/storetest"
)

// A table that is added one day is found here if a purge forgets it.
func TestAPurgeLeavesNoRowThatNamesTheConversation(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "parley.db")
	db := open(t, path)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const id = "the-conversation"
	_, err := db.PutAccount(t.Context(), dialog.Account{ID: "acct", Person: dialog.Person{ID: "p", Addresses: []dialog.Address{{Channel: "sms", Value: "+15125550123"}}}}, benchStart)
	ok(err)
	_, err = db.Accept(t.Context(), store.Arrival{
		In:  channels.Inbound{Channel: "sms", ProviderID: "SM1", From: "+15125550123", Text: "a secret word", ReceivedAt: benchStart},
		New: dialog.Conversation{ID: id}, MessageID: "m1", Input: dialog.Input{At: benchStart},
	})
	ok(err)
	c, err := db.Claim(t.Context(), "w", benchStart, time.Minute)
	ok(err)
	out, err := storetest.Outgoing(c.Snapshot.Conversation, "another secret word")
	ok(err)
	ok(db.Commit(t.Context(), c, dialog.Effects{
		Conversation: c.Snapshot.Conversation, Outgoing: []dialog.Outgoing{out}, Discarded: []dialog.Draft{{Text: "a third secret word"}},
		Handoff:   &dialog.Handoff{ID: "ho", Conversation: id, ResolvedAt: benchStart, Note: "a secret word"},
		Approvals: []dialog.Approval{{ID: "ap", Conversation: id, State: dialog.ApprovalRejected}},
		Events:    []dialog.Event{{Type: "x", At: benchStart, Who: "bot", Body: "a secret word"}},
		Trace:     &dialog.TurnTrace{ID: "t", Steps: []dialog.StepTrace{{Name: dialog.StepDecide, Output: "a secret word"}}},
	}, benchStart))
	d, err := db.Dequeue(t.Context(), "s", benchStart, time.Minute, func(dialog.Snapshot, dialog.Message) (g store.GateResult) {
		g.Verdict.Decision = "allow"
		return g
	})
	ok(err)
	ok(db.Settle(t.Context(), d, store.Settlement{Status: channels.StatusSent, Parts: []channels.Part{{ProviderID: "SM2"}}}, benchStart))
	if rows := rowsWith(t, path, "secret word"); len(rows) < 6 {
		t.Fatalf("only %v hold words: the test no longer sees what it is for", rows)
	}
	p, err := db.Purge(t.Context(), id, benchStart, store.PurgeRequest{Who: "service", Holds: func(store.Retained) []store.Hold { return nil }})
	ok(err)
	if p.Messages != 2 {
		t.Errorf("purged %+v", p)
	}
	if got := rowsWith(t, path, id); !slices.Equal(got, []string{"ledger"}) {
		t.Errorf("still named in %v", got)
	}
	if got := rowsWith(t, path, "secret word"); len(got) > 0 {
		t.Errorf("words are left in %v", got)
	}
	if a, err := db.Audit(t.Context()); err != nil || !a.Whole() {
		t.Errorf("%+v, %v", a, err)
	}
}

// rowsWith are the tables with a row that holds a text anywhere.
func rowsWith(t *testing.T, path, text string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var found []string
	for _, table := range strs(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`) {
		var like []string
		for _, column := range strs(t, db, `SELECT name FROM pragma_table_info('`+table+`')`) {
			like = append(like, `CAST(`+column+` AS TEXT) LIKE '%`+text+`%'`)
		}
		if len(strs(t, db, `SELECT 1 FROM `+table+` WHERE `+strings.Join(like, " OR ")+` LIMIT 1`)) > 0 {
			found = append(found, table)
		}
	}
	return found
}

func strs(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}
