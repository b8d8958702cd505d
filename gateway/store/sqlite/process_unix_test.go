//go:build unix

package sqlite_test

import (
	"fmt"
	"syscall"
	"testing"

	"parley/channels"
	"parley/gateway/store"
)

// stop freezes the process and returns once it is.
func stop(t *testing.T, p *process) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(p.Process.Pid, &status, syscall.WUNTRACED, nil); err != nil || !status.Stopped() {
		t.Fatalf("the process was not stopped: %v, %v", status, err)
	}
}

func resume(t *testing.T, p *process) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
}

func TestAWorkerFrozenPastItsLeaseWritesNothing(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	path := t.TempDir() + "/parley.db"
	db := open(t, path)
	now := roundTime(0)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := db.Accept(ctx, plain(1, 1, now))
	must(err)
	c, err := db.Claim(ctx, "awake", now, testTTL)
	must(err)
	e, err := reply(c, now)
	must(err)
	must(db.Commit(ctx, c, e, now))
	_, err = db.Accept(ctx, plain(2, 1, now))
	must(err)

	p := start(t, "frozen", path, 0)
	p.expect(t, "holding")
	stop(t, p)

	now = now.Add(testTTL)
	c, err = db.Claim(ctx, "awake", now, testTTL)
	must(err)
	if c == nil || c.Input.Text != "2-1" || c.Attempts != 1 {
		t.Fatalf("claimed %+v", c)
	}
	e, err = reply(c, now)
	must(err)
	must(db.Commit(ctx, c, e, now))
	if n, err := db.Expire(ctx, now); n != 1 || err != nil {
		t.Fatalf("%d expired, %v", n, err)
	}
	u, err := db.Uncertain(ctx, "awake", now, testTTL)
	must(err)

	_, err = fmt.Fprintln(p.in, "go")
	must(err)
	resume(t, p)
	p.expect(t, "commit true")
	p.expect(t, "settle true")
	p.expect(t, "release true")
	must(p.Wait())

	must(db.Settle(ctx, u, store.Settlement{Status: channels.StatusSent}, now))
	var sent []string
	for {
		d, err := db.Dequeue(ctx, "awake", now, testTTL, allowed)
		must(err)
		if d == nil {
			break
		}
		sent = append(sent, d.Out.Text)
		must(db.Settle(ctx, d, store.Settlement{Status: channels.StatusSent}, now))
	}
	if len(sent) != 1 || sent[0] != "re:2-1" {
		t.Errorf("sent afterwards: %q", sent)
	}
	st, err := db.Stats(ctx)
	must(err)
	if st.Inbox+st.Outbox+st.Uncertain != 0 {
		t.Errorf("left over: %+v", st)
	}
	if _, broken, err := db.Verify(ctx); broken != 0 || err != nil {
		t.Errorf("the ledger is broken at %d, %v", broken, err)
	}
}
