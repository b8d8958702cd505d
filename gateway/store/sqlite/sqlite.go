// Package sqlite keeps the record in one SQLite file: the default, and enough
// for one machine. Several processes may use the same file.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"parley/gateway/store/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options of a DB. The zero value is usable.
type Options struct {
	sqlstore.Options
	// Readers is how many reads run at once. Defaults to the number of processors, at least 4.
	Readers int
	// Queue bounds the writes that wait; more than that wait outside, until their
	// context ends. Defaults to 1024.
	Queue int
	// Group bounds the writes that share one commit. Defaults to 128.
	Group int
	// BusyTimeout is how long SQLite itself waits for another process's lock
	// before the writer looks whether its callers are still there. Defaults to 2 s.
	BusyTimeout time.Duration
}

func (o *Options) defaults() {
	if o.Readers <= 0 {
		o.Readers = max(4, runtime.NumCPU())
	}
	if o.Queue <= 0 {
		o.Queue = 1024
	}
	if o.Group <= 0 {
		o.Group = 128
	}
	if o.BusyTimeout <= 0 {
		o.BusyTimeout = 2 * time.Second
	}
}

// DB is a record in a file.
type DB struct{ *sqlstore.Store }

// Open opens the file at path, creates it where there is none, and brings its
// tables up to date. Close it after use.
func Open(ctx context.Context, path string, opt Options) (*DB, error) {
	opt.defaults()
	write, err := openPool(ctx, path, opt, false)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, write); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: bring the tables up to date: %w", err), write.Close())
	}
	read, err := openPool(ctx, path, opt, true)
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	b, err := newBackend(ctx, write, read, opt)
	if err != nil {
		return nil, errors.Join(err, read.Close(), write.Close())
	}
	return &DB{sqlstore.New(b, opt.Options)}, nil
}

// dsn is the file with its settings. A file name may hold any character.
func dsn(path string, opt Options, readOnly bool) string {
	q := url.Values{}
	pragma := func(s string) { q.Add("_pragma", s) }
	pragma(fmt.Sprintf("busy_timeout(%d)", opt.BusyTimeout.Milliseconds()))
	pragma("foreign_keys(1)")
	pragma("cache_size(-16384)")
	pragma("temp_store(memory)")
	if readOnly {
		pragma("query_only(1)")
	} else {
		q.Set("_txlock", "immediate")
		pragma("journal_mode(wal)")
		pragma("synchronous(full)")
		// What was deleted or redacted does not stay behind in free pages.
		pragma("secure_delete(1)")
		// The checkpointer copies the journal back into the file; the writer itself does
		// so only where that has fallen far behind.
		pragma(fmt.Sprintf("wal_autocheckpoint(%d)", maxJournal))
	}
	return "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path) + "?" + q.Encode()
}

func openPool(ctx context.Context, path string, opt Options, readOnly bool) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, opt, readOnly))
	if err != nil {
		return nil, fmt.Errorf("sqlite: open: %w", err)
	}
	n := 2 // the writer's and the checkpointer's
	if readOnly {
		n = opt.Readers
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	if err := retryBusy(ctx, func() error { return db.PingContext(ctx) }); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: open: %w", err), db.Close())
	}
	return db, nil
}

// migrate brings the tables up to date. Of two processes that do so at once the
// later one fails where the earlier has been, and finds it done when it looks again.
func migrate(ctx context.Context, db *sql.DB) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		var p *goose.Provider
		if p, err = goose.NewProvider(goose.DialectSQLite3, db, dir, goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true)); err == nil {
			_, err = p.Up(ctx)
		}
		if err == nil || try == 10 || ctx.Err() != nil {
			return err
		}
		if wait(ctx, time.Duration(try)*20*time.Millisecond) != nil {
			return err
		}
	}
}

// busy reports whether another process holds the lock.
func busy(err error) bool {
	var e *driver.Error
	if !errors.As(err, &e) {
		return false
	}
	code := e.Code() & 0xff
	return code == lib.SQLITE_BUSY || code == lib.SQLITE_LOCKED
}

func retryBusy(ctx context.Context, do func() error) error {
	for {
		err := do()
		if !busy(err) {
			return err
		}
		if werr := wait(ctx, 10*time.Millisecond); werr != nil {
			return errors.Join(err, werr)
		}
	}
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
