package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/compliance/gate"
	"parley/dialog"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
	"parley/gateway/store/storetest"
)

// What the other process is told, in its environment.
const (
	roleVar  = "PARLEY_STORE_TEST_ROLE"
	fileVar  = "PARLEY_STORE_TEST_FILE"
	roundVar = "PARLEY_STORE_TEST_ROUND"
)

const (
	testTTL   = time.Minute
	processes = 4 // that open a new file at once
	rivalry   = 150
)

// roundTime is the clock of a round. It is far after the last one's, so that
// what was leased then has run out.
func roundTime(round int) time.Time { return benchStart.Add(time.Duration(round) * time.Hour) }

func play(role string) error {
	ctx := context.Background()
	path := os.Getenv(fileVar)
	round, err := strconv.Atoi(os.Getenv(roundVar))
	if err != nil {
		return err
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return err
	}
	switch role {
	case "crash":
		err = (&crasher{db: db, path: path, now: roundTime(round), round: round}).run(ctx)
	case "frozen":
		err = freeze(ctx, db)
	case "rival":
		err = rival(ctx, db, round)
	default:
		err = errors.New("unknown role")
	}
	return errors.Join(err, db.Close())
}

// process is another process on the same file.
type process struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func start(t *testing.T, role, path string, round int) *process {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute) // stuck is a failure, not a hang
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), roleVar+"="+role, fileVar+"="+path, roundVar+"="+strconv.Itoa(round), "GOMAXPROCS=2")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &process{cmd, in, bufio.NewScanner(out)}
}

// line is the next line the process writes, "" at its end.
func (p *process) line() string {
	if !p.out.Scan() {
		return ""
	}
	return p.out.Text()
}

func (p *process) expect(t *testing.T, want string) {
	t.Helper()
	if got := p.line(); got != want {
		t.Fatalf("the other process says %q, want %q", got, want)
	}
}

// plain is a text from a person whose number ends in who.
func plain(who, n int, at time.Time) store.Arrival {
	id := fmt.Sprintf("%d-%d", who, n)
	return store.Arrival{
		In:        channels.Inbound{Channel: "sms", ProviderID: "SM-" + id, From: fmt.Sprintf("+1512555%04d", who), To: "+15125550100", Text: id, ReceivedAt: at},
		New:       dialog.Conversation{ID: fmt.Sprintf("c-%d-%d", who, at.UnixNano()), Language: "en"},
		MessageID: "in-" + id,
		Input:     dialog.Input{At: at},
		Events:    []dialog.Event{{Type: "message.received", At: at, Who: "person"}},
	}
}

// reply answers the claim's message with one of its own, "re:" and the text.
func reply(c *store.Claim, now time.Time) (dialog.Effects, error) {
	o, err := storetest.Outgoing(c.Snapshot.Conversation, "re:"+c.Input.Text)
	return dialog.Effects{
		Conversation: c.Snapshot.Conversation, Outgoing: []dialog.Outgoing{o},
		Trace: &dialog.TurnTrace{ID: "turn-" + c.Input.Text, Started: now},
	}, err
}

func allowed(dialog.Snapshot, dialog.Message) store.GateResult {
	return store.GateResult{Verdict: gate.Verdict{Decision: gate.Allow}}
}

// freeze takes a conversation and a message, is stopped, and goes on as if nothing had been.
func freeze(ctx context.Context, db *sqlite.DB) error {
	now := roundTime(0)
	c, err := db.Claim(ctx, "frozen", now, testTTL)
	if err != nil || c == nil {
		return fmt.Errorf("claim: %v, %w", c, err)
	}
	d, err := db.Dequeue(ctx, "frozen", now, testTTL, allowed)
	if err != nil || d == nil {
		return fmt.Errorf("dequeue: %v, %w", d, err)
	}
	e, err := reply(c, now)
	if err != nil {
		return err
	}
	fmt.Println("holding")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	fmt.Println("commit", errors.Is(db.Commit(ctx, c, e, now), store.ErrFenced))
	fmt.Println("settle", errors.Is(db.Settle(ctx, d, store.Settlement{Status: channels.StatusQueued}, now), store.ErrFenced))
	_, err = db.Release(ctx, c, now)
	fmt.Println("release", errors.Is(err, store.ErrFenced))
	return nil
}

// rival accepts the same messages as its rivals and says how many were new.
func rival(ctx context.Context, db *sqlite.DB, round int) error {
	fresh := 0
	for i := range rivalry {
		got, err := db.Accept(ctx, plain(i%7, i, benchStart.Add(time.Duration(round))))
		if err != nil {
			return err
		}
		if !got.Duplicate {
			fresh++
		}
	}
	fmt.Println(fresh)
	return nil
}

func TestProcessesMayShareAFileFromItsFirstMoment(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/parley.db"
	var all []*process
	for i := range processes {
		all = append(all, start(t, "rival", path, i))
	}
	total := 0
	for _, p := range all {
		n, err := strconv.Atoi(strings.TrimSpace(p.line()))
		if err != nil {
			t.Error(err)
		}
		total += n
		if err := p.Wait(); err != nil {
			t.Error(err)
		}
	}
	if total != rivalry {
		t.Errorf("%d messages were new, want %d", total, rivalry)
	}
	db := open(t, path)
	st, err := db.Stats(t.Context())
	if err != nil || st.Inbox != rivalry || st.Conversations[dialog.ControlBot] != 7 {
		t.Errorf("stats: %+v, %v", st, err)
	}
	if n, broken, err := db.Verify(t.Context()); n != 2*rivalry || broken != 0 || err != nil {
		t.Errorf("%d ledger entries, broken at %d, %v", n, broken, err)
	}
}
