// Package sqlstore is the record in plain SQL, for any database the dialects
// know. A dialect's package (sqlite, postgres) opens the database, migrates it
// and says how transactions are run, as a [Backend]; everything else is here,
// so that both keep the same promises with the same statements.
//
// Statements are written with ? for arguments and end in FOR UPDATE where a row
// must be locked; [Dialect] turns them into the database's own.
package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// Conn runs statements. Implementations prepare each text once.
type Conn interface {
	// Exec returns the number of rows changed.
	Exec(query string, args ...any) (int64, error)
	Query(query string, args ...any) (*sql.Rows, error)
	Row(query string, args ...any) *sql.Row
}

// Backend runs transactions on one database.
type Backend interface {
	// Write runs op in a transaction and returns once it is durable. Several may
	// share one transaction, each undone by itself when its op fails. op may run
	// more than once, and is not run once ctx has ended; when ctx ends while it
	// runs, Write returns at once and the outcome is not known.
	// When op returns an error for which [Undone] is true, its changes are undone and Write returns nil.
	Write(ctx context.Context, op func(*Tx) error) error
	// Read runs fn on one consistent state of the database. It never waits for a writer.
	Read(ctx context.Context, fn func(Conn) error) error
	// ReadOne is Read for an fn that makes one short statement: by itself that sees one state,
	// and needs no transaction around it. It may end later than ctx.
	ReadOne(ctx context.Context, fn func(Conn) error) error
	Close() error
}

// errUndo undoes an operation that found that there was nothing to do.
var errUndo = errors.New("sqlstore: undo")

// Undone reports whether an operation asked to be undone without having failed.
func Undone(err error) bool { return errors.Is(err, errUndo) }

// Options of a Store. The zero value is usable.
type Options struct {
	// Now gives the time where the port's call brings none: the counters of a
	// snapshot read for a page. Defaults to time.Now.
	Now func() time.Time
	// Zone is the consumer's time zone, which decides where a day of the contact
	// counters begins. Without it (nil, or returning nil) the counters look back over
	// whole 24 hours, which never counts less.
	Zone func(dialog.Conversation, []dialog.Account) *time.Location
}

// Store is the record on a Backend.
type Store struct {
	b   Backend
	opt Options
}

var _ store.Store = (*Store)(nil)

// New makes a Store on b, which it owns from then on.
func New(b Backend, opt Options) *Store {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	return &Store{b: b, opt: opt}
}

// Close implements [store.Store]. It waits for operations under way.
func (s *Store) Close() error { return s.b.Close() }

// Ping implements [store.Store].
func (s *Store) Ping(ctx context.Context) error {
	return s.b.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(`UPDATE ledger_head SET n = n WHERE id = 1`)
		return err
	})
}

// write runs op and hands over its result. The result is read only when op has
// ended, so that a caller whose context ended first shares nothing with it.
func write[T any](ctx context.Context, b Backend, op func(*Tx) (T, error)) (T, error) {
	var box, zero T
	err := b.Write(ctx, func(tx *Tx) error {
		v, err := op(tx)
		if err == nil || Undone(err) {
			box = v
		}
		return err
	})
	if err != nil {
		return zero, err
	}
	return box, nil
}

// read runs fn on one consistent state and hands over its result.
func read[T any](ctx context.Context, b Backend, fn func(Conn) (T, error)) (T, error) {
	return reading(ctx, b.Read, fn)
}

// readOne is read for one statement.
func readOne[T any](ctx context.Context, b Backend, fn func(Conn) (T, error)) (T, error) {
	return reading(ctx, b.ReadOne, fn)
}

func reading[T any](ctx context.Context, run func(context.Context, func(Conn) error) error, fn func(Conn) (T, error)) (T, error) {
	var v, zero T
	err := run(ctx, func(c Conn) (err error) {
		v, err = fn(c)
		return err
	})
	if err != nil {
		return zero, err
	}
	return v, nil
}
