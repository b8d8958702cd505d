package sqlite

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"

	"parley/gateway/store/sqlstore"
)

func openBackend(t *testing.T, opt Options) *backend {
	t.Helper()
	ctx := t.Context()
	path := t.TempDir() + "/parley.db"
	db, err := Open(ctx, path, opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	opt.defaults()
	write, err := openPool(ctx, path, opt, false)
	if err != nil {
		t.Fatal(err)
	}
	read, err := openPool(ctx, path, opt, true)
	if err != nil {
		t.Fatal(err)
	}
	b, err := newBackend(ctx, write, read, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// hold occupies the writer until the returned function is called.
func hold(t *testing.T, b *backend) (release func()) {
	t.Helper()
	began, end := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	begin := sync.OnceFunc(func() { close(began) })
	go func() {
		done <- b.Write(context.Background(), func(*sqlstore.Tx) error { // may run again
			begin()
			<-end
			return nil
		})
	}()
	<-began
	return sync.OnceFunc(func() {
		close(end)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func put(value string) func(*sqlstore.Tx) error {
	return func(tx *sqlstore.Tx) error {
		_, err := tx.Exec(`INSERT INTO addresses (value, body) VALUES (?, '{}')`, value)
		return err
	}
}

func values(t *testing.T, b *backend) (all []string) {
	t.Helper()
	err := b.Read(t.Context(), func(c sqlstore.Conn) error {
		rows, err := c.Query(`SELECT value FROM addresses ORDER BY value`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var v string
			if err := rows.Scan(&v); err != nil {
				return err
			}
			all = append(all, v)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// queued waits until n requests wait for the writer.
func queued(b *backend, n int) {
	for len(b.queue) < n {
		runtime.Gosched()
	}
}

func TestWriter(t *testing.T) {
	t.Parallel()
	t.Run("an operation whose context ended while it waited is not run", func(t *testing.T) {
		t.Parallel()
		b := openBackend(t, Options{})
		release := hold(t, b)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			done <- b.Write(ctx, func(*sqlstore.Tx) error { t.Error("it was run"); return nil })
		}()
		queued(b, 1)
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		release()
		if err := b.Write(t.Context(), put("after")); err != nil {
			t.Error(err)
		}
	})
	t.Run("a caller whose context ends while its operation runs is told that the outcome is not known", func(t *testing.T) {
		t.Parallel()
		b := openBackend(t, Options{})
		ctx, cancel := context.WithCancel(t.Context())
		end := make(chan struct{})
		err := b.Write(ctx, func(tx *sqlstore.Tx) error {
			cancel()
			<-end
			return put("a")(tx)
		})
		if !errors.Is(err, context.Canceled) || err == context.Canceled {
			t.Errorf("got %v", err)
		}
		close(end)
		if err := b.Write(t.Context(), put("b")); err != nil {
			t.Error(err)
		}
		if got := values(t, b); !slices.Equal(got, []string{"a", "b"}) {
			t.Errorf("got %q", got)
		}
	})
	t.Run("what waits shares a transaction, and one that fails undoes itself alone", func(t *testing.T) {
		t.Parallel()
		b := openBackend(t, Options{})
		release := hold(t, b)
		mine := errors.New("no")
		var mu sync.Mutex
		seen := map[*sqlstore.Tx]int{}
		errs := make([]error, 6)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				errs[i] = b.Write(t.Context(), func(tx *sqlstore.Tx) error {
					mu.Lock()
					seen[tx]++
					mu.Unlock()
					if err := put(fmt.Sprint(i))(tx); err != nil || i != 3 {
						return err
					}
					return mine
				})
			})
		}
		queued(b, len(errs))
		release()
		wg.Wait()
		for i, err := range errs {
			if (i == 3) != errors.Is(err, mine) || i != 3 && err != nil {
				t.Errorf("operation %d: %v", i, err)
			}
		}
		if got := values(t, b); !slices.Equal(got, []string{"0", "1", "2", "4", "5"}) {
			t.Errorf("got %q", got)
		}
		shared := 0
		for _, n := range seen {
			shared = max(shared, n)
		}
		if shared < 2 {
			t.Error("no two operations shared a transaction")
		}
	})
	t.Run("a failure that changed nothing costs the others nothing", func(t *testing.T) {
		t.Parallel()
		b := openBackend(t, Options{})
		release := hold(t, b)
		mine := errors.New("no")
		runs := 0
		var wg sync.WaitGroup
		wg.Go(func() {
			if err := b.Write(t.Context(), func(tx *sqlstore.Tx) error { runs++; return put("a")(tx) }); err != nil {
				t.Error(err)
			}
		})
		queued(b, 1)
		wg.Go(func() {
			if err := b.Write(t.Context(), func(*sqlstore.Tx) error { return mine }); !errors.Is(err, mine) {
				t.Error(err)
			}
		})
		queued(b, 2)
		release()
		wg.Wait()
		if got := values(t, b); runs != 1 || len(got) != 1 {
			t.Errorf("%d runs, got %q", runs, got)
		}
	})
	t.Run("a panic goes to its caller and leaves the writer whole", func(t *testing.T) {
		t.Parallel()
		b := openBackend(t, Options{})
		func() {
			defer func() {
				if p := recover(); p != "mine" {
					t.Errorf("recovered %v", p)
				}
			}()
			b.Write(t.Context(), func(tx *sqlstore.Tx) error {
				if err := put("a")(tx); err != nil {
					return err
				}
				panic("mine")
			})
		}()
		if err := b.Write(t.Context(), put("b")); err != nil {
			t.Error(err)
		}
		if got := values(t, b); !slices.Equal(got, []string{"b"}) {
			t.Errorf("got %q", got)
		}
	})
	t.Run("the queue is bounded and lets go of who gives up", func(t *testing.T) {
		t.Parallel()
		b := openBackend(t, Options{Queue: 1})
		release := hold(t, b)
		defer release()
		go b.Write(context.Background(), put("waits"))
		queued(b, 1)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- b.Write(ctx, put("outside")) }()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("closing does what waits and refuses what comes", func(t *testing.T) {
		t.Parallel()
		b := openBackend(t, Options{})
		release := hold(t, b)
		done := make(chan error, 1)
		go func() { done <- b.Write(t.Context(), put("waits")) }()
		queued(b, 1)
		closed := make(chan error, 1)
		go func() { closed <- b.Close() }()
		release()
		if err := errors.Join(<-done, <-closed); err != nil {
			t.Error(err)
		}
		if err := b.Write(t.Context(), put("late")); !errors.Is(err, ErrClosed) {
			t.Errorf("write: %v", err)
		}
		if err := b.Read(t.Context(), func(sqlstore.Conn) error { return nil }); !errors.Is(err, ErrClosed) {
			t.Errorf("read: %v", err)
		}
	})
	t.Run("a read sees one state and writes nothing", func(t *testing.T) {
		t.Parallel()
		b := openBackend(t, Options{})
		count := func(c sqlstore.Conn) (n int) {
			if err := c.Row(`SELECT COUNT(*) FROM addresses`).Scan(&n); err != nil {
				t.Error(err)
			}
			return n
		}
		err := b.Read(t.Context(), func(c sqlstore.Conn) error {
			before := count(c)
			if err := b.Write(t.Context(), put("a")); err != nil {
				return err
			}
			if after := count(c); before != 0 || after != 0 {
				t.Errorf("saw %d, then %d", before, after)
			}
			if _, err := c.Exec(`DELETE FROM addresses`); err == nil {
				t.Error("a reader could write")
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	t.Run("every commit is on the disk before it is told", func(t *testing.T) {
		t.Parallel()
		b := openBackend(t, Options{})
		for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1"} {
			var got string
			err := b.Write(t.Context(), func(tx *sqlstore.Tx) error { return tx.Row(`PRAGMA ` + pragma).Scan(&got) })
			if err != nil || got != want {
				t.Errorf("%s is %s, want %s (%v)", pragma, got, want, err)
			}
		}
	})
}
