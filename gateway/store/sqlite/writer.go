package sqlite

import (
	"context"
	"errors"
	"fmt"

	"parley/gateway/store/sqlstore"
)

// writer commits requests in groups. A group is what waits when it begins and
// what arrives while it works; nothing is ever held back to wait for more.
type writer struct {
	c     *conn
	queue chan *request
	group int
	done  chan struct{}
	// writes counts statements since the last ring of journal.
	writes  int
	journal *checkpointer
}

func (w *writer) run() {
	defer close(w.done)
	for r := range w.queue {
		if w.skip(r) {
			continue
		}
		w.commit(r)
		if w.writes >= checkpointAfter {
			w.writes = 0
			w.journal.ring()
		}
	}
	// Nobody is left to hear of an error here: every write was answered.
	_ = w.journal.stop()
	_ = w.c.close()
}

// skip reports whether r's caller has gone; else r is the writer's from here on.
func (w *writer) skip(r *request) bool {
	if !r.state.CompareAndSwap(waiting, running) {
		return true
	}
	if err := r.ctx.Err(); err != nil {
		r.finish(err)
		return true
	}
	return false
}

func (r *request) finish(err error) {
	r.err = err
	close(r.done)
}

// commit runs a group that begins with first. When an operation fails after it
// has changed something, the whole group is undone and run again, each member in
// a transaction of its own: that is rare, and spares all others a savepoint.
func (w *writer) commit(first *request) {
	group, spoilt, err := w.transact(first, w.next)
	if spoilt {
		for _, r := range group {
			r.panicked = nil
			if _, _, err := w.transact(r, nobody); err != nil {
				r.err = err
			}
			close(r.done)
		}
		return
	}
	for _, r := range group {
		if err != nil {
			r.err = err
		}
		close(r.done)
	}
}

func nobody(int) *request { return nil }

// transact runs first, and what more gives, in one transaction. spoilt: one of
// several has failed and left changes behind, so that nothing was committed.
// err is of the transaction; that of each operation is in its request.
func (w *writer) transact(first *request, more func(size int) *request) (group []*request, spoilt bool, err error) {
	if err := w.begin(first.ctx); err != nil {
		return []*request{first}, false, err
	}
	tx := sqlstore.NewTx(w.c)
	undo := false
	for r := first; r != nil; r = more(len(group)) {
		group = append(group, r)
		if undo = w.one(tx, r); undo {
			break
		}
	}
	if !undo {
		if err = w.end(tx); err == nil {
			w.writes += tx.Writes()
			return group, false, nil
		}
	}
	if _, rerr := w.c.Exec(`ROLLBACK`); rerr != nil && err != nil {
		err = errors.Join(err, rerr)
	}
	return group, undo && len(group) > 1, err
}

// begin takes the write lock, waiting for other processes as long as the caller does.
func (w *writer) begin(ctx context.Context) error {
	err := retryBusy(ctx, func() error { _, err := w.c.Exec(`BEGIN IMMEDIATE`); return err })
	if err != nil {
		return fmt.Errorf("sqlite: begin: %w", err)
	}
	return nil
}

// next takes what waits, if the group has room.
func (w *writer) next(size int) *request {
	for size < w.group {
		select {
		case r, ok := <-w.queue:
			if !ok {
				return nil
			}
			if !w.skip(r) {
				return r
			}
		default:
			return nil
		}
	}
	return nil
}

// one runs a request and reports whether it has failed and left changes behind.
func (w *writer) one(tx *sqlstore.Tx, r *request) (undo bool) {
	mark, writes := tx.Mark(), tx.Writes()
	r.err = run(r, tx)
	if r.err == nil {
		return false
	}
	tx.Reset(mark)
	if sqlstore.Undone(r.err) {
		r.err = nil
	}
	return tx.Writes() > writes
}

// run keeps a panic of one caller's function from taking the writer, and with
// it everyone else, down. It goes on where the caller is.
func run(r *request, tx *sqlstore.Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.panicked = p
			err = errPanic
		}
	}()
	return r.op(tx)
}

func (w *writer) end(tx *sqlstore.Tx) error {
	if err := tx.Flush(); err != nil {
		return err
	}
	if _, err := w.c.Exec(`COMMIT`); err != nil {
		return fmt.Errorf("sqlite: commit: %w", err)
	}
	return nil
}
