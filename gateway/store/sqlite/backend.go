package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"parley/gateway/store/sqlstore"
)

// ErrClosed is returned once the record is being closed.
var ErrClosed = errors.New("sqlite: the record is closed")

// backend runs writes on one goroutine with one connection, in groups that
// share a commit, and reads on connections of their own.
type backend struct {
	db, readDB *sql.DB
	queue      chan *request
	group      int
	readers    chan *conn
	all        []*conn // of the readers

	mu     sync.RWMutex // guards closed against senders
	closed bool
	done   chan struct{} // the writer has ended
}

// The states of a request: who moves it out of waiting first has it.
const (
	waiting int32 = iota
	running
	abandoned
)

type request struct {
	ctx   context.Context
	op    func(*sqlstore.Tx) error
	state atomic.Int32
	err   error
	// panicked is what op panicked with.
	panicked any
	done     chan struct{}
}

var errPanic = errors.New("sqlite: the operation panicked")

func newBackend(ctx context.Context, db, readDB *sql.DB, opt Options) (*backend, error) {
	b := &backend{db: db, readDB: readDB, queue: make(chan *request, opt.Queue), group: opt.Group, readers: make(chan *conn, opt.Readers), done: make(chan struct{})}
	for range opt.Readers {
		c, err := newConn(ctx, readDB)
		if err != nil {
			return nil, fmt.Errorf("sqlite: open a reader: %w", err)
		}
		b.all = append(b.all, c)
		b.readers <- c
	}
	c, err := newConn(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("sqlite: open the writer: %w", err)
	}
	k, err := newConn(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("sqlite: open the checkpointer: %w", err)
	}
	journal := newCheckpointer(k)
	go journal.run()
	go (&writer{c: c, queue: b.queue, group: b.group, done: b.done, journal: journal}).run()
	return b, nil
}

// Write implements [sqlstore.Backend].
func (b *backend) Write(ctx context.Context, op func(*sqlstore.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{ctx: ctx, op: op, done: make(chan struct{})}
	if err := b.enqueue(ctx, r); err != nil {
		return err
	}
	select {
	case <-r.done:
		if r.panicked != nil {
			panic(r.panicked)
		}
		return r.err
	case <-ctx.Done():
		if r.state.CompareAndSwap(waiting, abandoned) {
			return ctx.Err()
		}
		return fmt.Errorf("sqlite: the outcome is not known: %w", ctx.Err())
	}
}

func (b *backend) enqueue(ctx context.Context, r *request) error {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.closed {
		return ErrClosed
	}
	select {
	case b.queue <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Read implements [sqlstore.Backend].
func (b *backend) Read(ctx context.Context, fn func(sqlstore.Conn) error) error {
	return b.reader(ctx, func(c *conn) (err error) {
		if _, err := c.Exec(`BEGIN`); err != nil {
			return fmt.Errorf("sqlite: begin to read: %w", err)
		}
		defer func() {
			c.ctx = context.Background()
			if _, end := c.Exec(`COMMIT`); end != nil {
				err = errors.Join(err, fmt.Errorf("sqlite: end a read: %w", end))
			}
		}()
		c.ctx = ctx
		return fn(c)
	})
}

// ReadOne implements [sqlstore.Backend]. The statement is not watched for the end of ctx,
// which would cost more than it: it is short, and no writer can hold it up.
func (b *backend) ReadOne(ctx context.Context, fn func(sqlstore.Conn) error) error {
	return b.reader(ctx, func(c *conn) error { return fn(c) })
}

// reader lends one of the connections that read.
func (b *backend) reader(ctx context.Context, fn func(*conn) error) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-b.done:
		return ErrClosed
	case c := <-b.readers:
		defer func() { b.readers <- c }()
		return fn(c)
	}
}

// Close implements [sqlstore.Backend]: writes that wait are still done.
func (b *backend) Close() error {
	b.mu.Lock()
	first := !b.closed
	if first {
		b.closed = true
		close(b.queue)
	}
	b.mu.Unlock()
	<-b.done
	if !first {
		return nil
	}
	var errs []error
	for range b.all { // each comes back when its read has ended
		errs = append(errs, (<-b.readers).close())
	}
	return errors.Join(append(errs, b.readDB.Close(), b.db.Close())...)
}
