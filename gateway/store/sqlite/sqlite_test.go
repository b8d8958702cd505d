package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parley/gateway/store"
	"parley/gateway/store/sqlite"
	"parley/gateway/store/storetest"
)

var benchStart = time.Date(2026, 11, 30, 15, 0, 0, 0, time.UTC)

// TestMain is also the other process of the tests that need one.
func TestMain(m *testing.M) {
	if role := os.Getenv(roleVar); role != "" {
		if err := play(role); err != nil {
			fmt.Fprintln(os.Stderr, role+":", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// file is a record that can be tampered with through a connection of its own.
type file struct {
	*sqlite.DB
	path string
}

func (f file) Tamper(ctx context.Context, n int64, change func(string) string) error {
	db, err := sql.Open("sqlite", "file:"+f.path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer db.Close()
	if change == nil {
		_, err = db.ExecContext(ctx, `DELETE FROM ledger WHERE n = ?`, n)
		return err
	}
	var body string
	if err := db.QueryRowContext(ctx, `SELECT body FROM ledger WHERE n = ?`, n).Scan(&body); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `UPDATE ledger SET body = ? WHERE n = ?`, change(body), n)
	return err
}

func (f file) TamperMessage(ctx context.Context, conversation string, seq int64, change func(string) string) error {
	db, err := sql.Open("sqlite", "file:"+f.path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer db.Close()
	if change == nil {
		_, err = db.ExecContext(ctx, `DELETE FROM messages WHERE conversation = ? AND seq = ?`, conversation, seq)
		return err
	}
	var text string
	if err := db.QueryRowContext(ctx, `SELECT text FROM messages WHERE conversation = ? AND seq = ?`, conversation, seq).Scan(&text); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `UPDATE messages SET text = ? WHERE conversation = ? AND seq = ?`, change(text), conversation, seq)
	return err
}

func open(t testing.TB, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestSQLiteKeepsThePromisesOfTheRecord(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) store.Store {
		path := filepath.Join(t.TempDir(), "parley.db")
		return file{open(t, path), path}
	})
}
