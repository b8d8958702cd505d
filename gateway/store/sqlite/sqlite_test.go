package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"parley/gateway/store"
	"parley/gateway/store/sqlite"
	"parley/gateway/store/storetest"
)

func TestMain(m *testing.M) {
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
