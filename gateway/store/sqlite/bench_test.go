//go:build unix

package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"parley/channels"
	"parley/compliance/gate"
	"parley/dialog"
	"parley/gateway/store"
	"parley/gateway/store/storetest"
)

const benchText = "Hi, I got your message about the card. I can pay 80 a month from the 5th, is that ok?"

// benchArrival is what the door makes of one text, the i-th.
func benchArrival(i, people int64) store.Arrival {
	at := benchStart.Add(time.Duration(i) * time.Millisecond)
	id := fmt.Sprintf("SM%032d", i)
	step := func(name dialog.Step) dialog.StepTrace {
		return dialog.StepTrace{Name: name, Started: at, MS: 0.1, Attempt: 1, Outcome: dialog.StepOK}
	}
	return store.Arrival{
		In:        channels.Inbound{Channel: "sms", ProviderID: id, From: fmt.Sprintf("+1512%07d", i%people), To: "+15125550100", Text: benchText, ReceivedAt: at},
		New:       dialog.Conversation{ID: "c-" + id, Language: "en"},
		MessageID: "m-" + id,
		Input:     dialog.Input{At: at, Door: []dialog.StepTrace{step(dialog.StepReceive), step(dialog.StepNormalise), step(dialog.StepRedact), step(dialog.StepClaim), step(dialog.StepKeyword)}},
		Events:    []dialog.Event{{Type: "message.received", At: at, Who: "person", Body: map[string]any{"message": "m-" + id, "bytes": len(benchText)}}},
	}
}

// bare inserts the same row in grouped durable commits and does nothing else:
// the least that any handler must do.
type bare struct {
	db    *sql.DB
	queue chan bareRow
	done  chan struct{}
}

type bareRow struct {
	id, from, to, text string
	at                 int64
	done               chan error
}

func newBare(b *testing.B) *bare {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=cache_size(-16384)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE inbound (id TEXT PRIMARY KEY, sender TEXT, recipient TEXT, text TEXT, at INTEGER) STRICT`); err != nil {
		b.Fatal(err)
	}
	w := &bare{db: db, queue: make(chan bareRow, 1024), done: make(chan struct{})}
	go w.run()
	b.Cleanup(func() { close(w.queue); <-w.done; db.Close() })
	return w
}

func (w *bare) run() {
	defer close(w.done)
	ctx := context.Background()
	for first := range w.queue {
		tx, err := w.db.BeginTx(ctx, nil)
		if err != nil {
			first.done <- err
			continue
		}
		stmt, err := tx.Prepare(`INSERT INTO inbound (id, sender, recipient, text, at) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING`)
		group := []bareRow{first}
		for i := 0; err == nil && i < len(group); i++ {
			r := group[i]
			if _, err = stmt.Exec(r.id, r.from, r.to, r.text, r.at); err != nil || len(group) >= 128 {
				continue
			}
			select {
			case next, ok := <-w.queue:
				if ok {
					group = append(group, next)
				}
			default:
			}
		}
		if err == nil {
			err = tx.Commit()
		}
		for _, r := range group {
			r.done <- err
		}
	}
}

func (w *bare) insert(a store.Arrival) error {
	r := bareRow{a.In.ProviderID, a.In.From, a.In.To, a.In.Text, a.In.ReceivedAt.UnixNano(), make(chan error, 1)}
	w.queue <- r
	return <-r.done
}

// concurrently runs do b.N times on n goroutines and reports the rate.
func concurrently(b *testing.B, n int, do func(i int64) error) {
	b.Helper()
	var next atomic.Int64
	failed := make(chan error, n)
	b.ResetTimer()
	start, cpu := time.Now(), cpuTime()
	for range n {
		go func() {
			for {
				i := next.Add(1) - 1
				if i >= int64(b.N) {
					failed <- nil
					return
				}
				if err := do(i); err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	for range n {
		if err := <-failed; err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "ops/s")
	b.ReportMetric(float64((cpuTime()-cpu).Microseconds())/float64(b.N), "cpu-µs/op")
}

// BenchmarkAccept compares the durable acceptance of a text with the bare
// insertion of the same row. people is how many write in turn: few write into
// conversations that are open, many open one each.
func BenchmarkAccept(b *testing.B) {
	for _, n := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("bare/%d", n), func(b *testing.B) {
			w := newBare(b)
			concurrently(b, n, func(i int64) error { return w.insert(benchArrival(i, 1000)) })
		})
		for _, people := range []int64{200, 1 << 40} {
			name := map[int64]string{200: "known"}[people]
			if name == "" {
				name = "new"
			}
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				db := open(b, filepath.Join(b.TempDir(), "parley.db"))
				concurrently(b, n, func(i int64) error {
					_, err := db.Accept(context.Background(), benchArrival(i, people))
					return err
				})
			})
		}
	}
}

// BenchmarkCycle takes one text from its acceptance to its settled answer.
func BenchmarkCycle(b *testing.B) {
	for _, n := range []int{1, 16} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			db := open(b, filepath.Join(b.TempDir(), "parley.db"))
			took := make([]time.Duration, b.N)
			concurrently(b, n, func(i int64) error {
				start := time.Now()
				err := cycle(db, i)
				took[i] = time.Since(start)
				return err
			})
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

func allowAll(dialog.Snapshot, dialog.Message) store.GateResult {
	return store.GateResult{Verdict: gate.Verdict{Decision: gate.Allow}, Trace: dialog.StepTrace{Name: dialog.StepGate, Attempt: 1, Outcome: dialog.StepOK}}
}

// cycle accepts a text, then does one claim and one delivery, of whatever is
// next.
func cycle(db store.Store, i int64) error {
	ctx := context.Background()
	if _, err := db.Accept(ctx, benchArrival(i, 200)); err != nil {
		return err
	}
	now := benchStart.Add(time.Hour)
	c, err := db.Claim(ctx, "bench", now, time.Minute)
	if err != nil || c == nil {
		return err
	}
	o, err := storetest.Outgoing(c.Snapshot.Conversation, fmt.Sprintf("Thank you. %d", i))
	if err != nil {
		return err
	}
	e := dialog.Effects{Conversation: c.Snapshot.Conversation, Outgoing: []dialog.Outgoing{o}, Trace: &dialog.TurnTrace{ID: fmt.Sprint("t", i), Started: now}}
	for range 12 {
		e.Trace.Steps = append(e.Trace.Steps, dialog.StepTrace{Name: dialog.StepDecide, Started: now, MS: 1, Attempt: 1, Outcome: dialog.StepOK, Input: map[string]any{"a": 1}})
	}
	if err := db.Commit(ctx, c, e, now); err != nil {
		return err
	}
	d, err := db.Dequeue(ctx, "bench", now, time.Minute, allowAll)
	if err != nil || d == nil {
		return err
	}
	return db.Settle(ctx, d, store.Settlement{Status: channels.StatusSent, Parts: []channels.Part{{ProviderID: d.Out.ID}}, Trace: &dialog.StepTrace{Name: dialog.StepDeliver, Attempt: 1, Outcome: dialog.StepOK}}, now)
}

// cpuTime is the processor time this process has used, which says more than
// the clock on a machine that has other work.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
