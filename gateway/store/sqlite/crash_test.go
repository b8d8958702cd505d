package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
)

const (
	crashes     = 12
	crashPeople = 4
)

// crasher is a whole gateway in small: people write, workers answer, senders
// hand answers to a provider. It is killed at any point and started again.
type crasher struct {
	db    *sqlite.DB
	path  string
	now   time.Time
	round int
	out   sync.Mutex
}

// acked is what the people know to be accepted; provider what it was given.
// Both survive the process, as their writers would.
func (c *crasher) acked() string    { return c.path + ".acked" }
func (c *crasher) provider() string { return c.path + ".provider" }

func appendLine(path, line string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line + "\n")
	return errors.Join(err, f.Close())
}

func lines(path string) ([]string, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	return strings.Fields(string(raw)), err
}

// run works until it is killed; in the last round only what is left is done.
func (c *crasher) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	failed := make(chan error, 16)
	loop := func(step func(context.Context) (bool, error)) {
		go func() {
			for {
				did, err := step(ctx)
				if err != nil {
					failed <- err
					return
				}
				if !did {
					time.Sleep(time.Millisecond) // a poll, where the real thing has doorbells
				}
			}
		}()
	}
	if c.round < crashes {
		for who := range crashPeople {
			if err := c.writeAs(ctx, who, failed); err != nil {
				return err
			}
		}
	} else {
		go c.untilIdle(ctx, failed)
	}
	for range 3 {
		loop(c.work)
	}
	for range 2 {
		loop(c.send)
	}
	loop(c.resolve)
	return <-failed
}

// writeAs has a person write one text after the other; what was not
// acknowledged is sent again, as a provider would.
func (c *crasher) writeAs(ctx context.Context, who int, failed chan<- error) error {
	all, err := lines(c.acked())
	if err != nil {
		return err
	}
	next := 0
	for _, id := range all {
		if strings.HasPrefix(id, fmt.Sprint(who, "-")) {
			next++
		}
	}
	go func() {
		for n := next; ; n++ {
			a := plain(who, n, c.now.Add(time.Duration(n)*time.Microsecond-time.Minute))
			if _, err := c.db.Accept(ctx, a); err != nil {
				failed <- err
				return
			}
			if err := appendLine(c.acked(), a.In.Text); err != nil {
				failed <- err
				return
			}
			c.out.Lock()
			fmt.Println(a.In.Text)
			c.out.Unlock()
		}
	}()
	return nil
}

func (c *crasher) work(ctx context.Context) (bool, error) {
	claim, err := c.db.Claim(ctx, "worker", c.now, testTTL)
	if err != nil || claim == nil {
		return false, err
	}
	e, err := reply(claim, c.now)
	if err != nil {
		return false, err
	}
	return true, c.db.Commit(ctx, claim, e, c.now)
}

func (c *crasher) send(ctx context.Context) (bool, error) {
	d, err := c.db.Dequeue(ctx, "sender", c.now, testTTL, allowed)
	if err != nil || d == nil {
		return false, err
	}
	if err := appendLine(c.provider(), d.Out.Text); err != nil {
		return false, err
	}
	return true, c.db.Settle(ctx, d, store.Settlement{Status: channels.StatusSent, Parts: []channels.Part{{ProviderID: "SM-" + d.Out.ID}}}, c.now)
}

// resolve asks the provider about what the last process was sending.
func (c *crasher) resolve(ctx context.Context) (bool, error) {
	if _, err := c.db.Expire(ctx, c.now); err != nil {
		return false, err
	}
	d, err := c.db.Uncertain(ctx, "resolver", c.now, testTTL)
	if err != nil || d == nil {
		return false, err
	}
	given, err := lines(c.provider())
	if err != nil {
		return false, err
	}
	how := store.Settlement{Status: channels.StatusQueued}
	if slices.Contains(given, d.Out.Text) {
		how.Status = channels.StatusSent
	}
	return true, c.db.Settle(ctx, d, how, c.now)
}

func (c *crasher) untilIdle(ctx context.Context, done chan<- error) {
	for {
		st, err := c.db.Stats(ctx)
		if err != nil || st.Inbox+st.Outbox == 0 {
			done <- err
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func TestKilledAtAnyPointNothingIsLostDoubledOutOfOrderOrStuck(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "parley.db")
	seed := rand.New(rand.NewPCG(2026, 11))
	for round := range crashes {
		p := start(t, "crash", path, round)
		for range 3 + seed.IntN(60) {
			if p.line() == "" {
				t.Fatalf("round %d ended by itself", round)
			}
		}
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		p.Wait() // killed: its error is known
	}
	last := start(t, "crash", path, crashes)
	if err := last.Wait(); err != nil {
		t.Fatalf("what was left could not be done: %v", err)
	}
	checkCrashed(t, &crasher{db: open(t, path), path: path})
}

func checkCrashed(t *testing.T, c *crasher) {
	t.Helper()
	ctx := t.Context()
	acked, err := lines(c.acked())
	if err != nil {
		t.Fatal(err)
	}
	given, err := lines(c.provider())
	if err != nil {
		t.Fatal(err)
	}
	all, _, err := c.db.Conversations(ctx, store.Filter{}, "", 100)
	if err != nil || len(all) != crashPeople {
		t.Fatalf("%d conversations, %v", len(all), err)
	}
	total := 0
	for _, conv := range all {
		in, out := history(t, c.db, conv.ID)
		total += len(in)
		who := strings.Split(in[0], "-")[0]
		for i, text := range in {
			if text != fmt.Sprintf("%s-%d", who, i) {
				t.Fatalf("message %d of %s is %s", i, who, text)
			}
			if i >= len(out) || out[i] != "re:"+text {
				t.Fatalf("message %s was not answered once and in order", text)
			}
		}
		if len(out) != len(in) {
			t.Errorf("%d messages had %d answers", len(in), len(out))
		}
		mine := slices.DeleteFunc(slices.Clone(given), func(s string) bool { return !strings.HasPrefix(s, "re:"+who+"-") })
		if !slices.Equal(mine, out) {
			t.Errorf("the provider was given %d messages for %s, the record says %d", len(mine), who, len(out))
		}
		for i := range acked {
			if strings.HasPrefix(acked[i], who+"-") && !slices.Contains(in, acked[i]) {
				t.Errorf("%s was acknowledged and is lost", acked[i])
			}
		}
	}
	if total < len(acked) || total > len(acked)+crashPeople*crashes {
		t.Errorf("%d messages for %d acknowledged ones", total, len(acked))
	}
	if _, broken, err := c.db.Verify(ctx); broken != 0 || err != nil {
		t.Errorf("the ledger is broken at %d, %v", broken, err)
	}
	t.Logf("%d messages over %d crashes", total, crashes)
}

// history is what was said in a conversation, and checks that all of it was sent
// and the feed has no gap.
func history(t *testing.T, db *sqlite.DB, id string) (in, out []string) {
	t.Helper()
	var seen int64
	for after := int64(0); ; {
		page, err := db.Feed(t.Context(), id, after, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, m := range page {
			if seen++; m.Feed != seen {
				t.Fatalf("place %d of the feed is numbered %d", seen, m.Feed)
			}
			if m.Direction == "in" {
				in = append(in, m.Text)
			} else {
				out = append(out, m.Text)
			}
		}
		after = page[len(page)-1].Feed
	}
	return in, out
}
