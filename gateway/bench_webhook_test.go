package gateway

import (
	"bufio"
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/subtle"
	"database/sql"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"parley/channels/sms"
	"parley/channels/sms/twiliotest"
)

// How the webhooks are sent.
const (
	webhookConns  = 64
	webhookPhones = 2000
	idleRounds    = 8
	idleBatch     = 1500
	workRounds    = 4 // each message costs a turn as well
	workBatch     = 300
)

// BenchmarkInboundWebhook is how many signed inbound webhooks a second the
// public handler answers, each durable before its answer, beside a bare handler
// that checks the signature and inserts one row in grouped durable commits. Both are
// asked the same, over loopback, in rounds that alternate; the ratio is the median of the
// rounds', cpu-ratio that of the processor time both have used, client included.
//
// "idle" has no turn workers: what arrives waits, as for the bare handler. With
// "working" all messages are also answered meanwhile, on the same processors;
// answered/s is the rate of whole conversations' turns, from the first webhook until the last
// answer has been posted to the provider.
func BenchmarkInboundWebhook(b *testing.B) {
	b.Run("idle", func(b *testing.B) { webhooks(b, false) })
	b.Run("working", func(b *testing.B) { webhooks(b, true) })
}

// BenchmarkBareHandler is the bare handler alone.
func BenchmarkBareHandler(b *testing.B) {
	var rates []float64
	for b.Loop() {
		address, sent := newBare(b), 0
		for range idleRounds {
			rates = append(rates, round(b, address, requests(b, &sent, idleBatch)))
		}
	}
	b.ReportMetric(median(rates), "webhooks/s")
	b.ReportMetric(0, "ns/op")
}

func webhooks(b *testing.B, working bool) {
	var ours, bares, ratios, answered []float64
	var ourCPU, bareCPU time.Duration
	for b.Loop() {
		h, bare := newHouse(b, working), newBare(b)
		sent, rounds, size := 0, idleRounds, idleBatch
		if working {
			rounds, size = workRounds, workBatch
		}
		for i := range rounds {
			batch := requests(b, &sent, size)
			var our, least float64
			us := func() {
				start, cpu := time.Now(), cpuTime(b)
				our = round(b, strings.TrimPrefix(h.url, "http://"), batch)
				ourCPU += cpuTime(b) - cpu
				if working {
					h.settle(b) // or else the bare handler would share the processors
					answered = append(answered, float64(size)/time.Since(start).Seconds())
				}
			}
			them := func() {
				cpu := cpuTime(b)
				least = round(b, bare, batch)
				bareCPU += cpuTime(b) - cpu
			}
			if i%2 == 0 {
				us()
				them()
			} else {
				them()
				us()
			}
			ours, bares, ratios = append(ours, our), append(bares, least), append(ratios, our/least)
		}
	}
	b.ReportMetric(median(ours), "webhooks/s")
	b.ReportMetric(median(bares), "bare-webhooks/s")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(float64(bareCPU)/float64(ourCPU), "cpu-ratio")
	if working {
		b.ReportMetric(median(answered), "answered/s")
	}
	b.ReportMetric(0, "ns/op")
}

// cpuTime is the processor time this process has used, the sending client's
// included. Unlike the clock it says little of what else the machine was doing.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// requests are the bytes of the next webhooks, made before the clock runs.
func requests(b *testing.B, sent *int, n int) [][]byte {
	b.Helper()
	texts := []string{
		"Hi, I got your message about the card. I can pay 80 a month from the 5th, is that ok?",
		"Who is this and why are you texting me",
		"ok let me look at my budget and get back to you tomorrow",
		"How much do I owe? My zip is 78701",
	}
	out := make([][]byte, 0, n)
	for range n {
		i := *sent
		*sent++
		sid := fmt.Sprintf("SM%x", md5.Sum(fmt.Append(nil, i))) // as random as Twilio's
		form := url.Values{
			"AccountSid": {benchAccount}, "ApiVersion": {"2010-04-01"}, "MessageSid": {sid}, "SmsSid": {sid}, "SmsMessageSid": {sid},
			"From": {fmt.Sprintf("+1512%07d", 5_560_000+i%webhookPhones)}, "To": {benchNumber}, "Body": {texts[i%len(texts)]},
			"NumMedia": {"0"}, "NumSegments": {"1"}, "SmsStatus": {"received"}, "FromCity": {"AUSTIN"}, "FromState": {"TX"}, "FromZip": {"78701"},
			"FromCountry": {"US"}, "ToCountry": {"US"}, "ToState": {""}, "ToCity": {""}, "ToZip": {""},
		}
		body := form.Encode()
		out = append(out, fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: parley.example.com\r\nUser-Agent: TwilioProxy/1.1\r\nX-Twilio-Signature: %s\r\n"+
			"Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: %d\r\n\r\n%s",
			sms.MessagesPath, twiliotest.Sign(benchToken, benchURL+sms.MessagesPath, form), len(body), body))
	}
	return out
}

// round sends the requests on many connections, each with one under way, and
// returns the rate. The client does as little as it can: it has the same processors.
func round(b *testing.B, address string, requests [][]byte) float64 {
	b.Helper()
	conns := make([]net.Conn, webhookConns)
	for i := range conns {
		var err error
		if conns[i], err = net.Dial("tcp", address); err != nil {
			b.Fatal(err)
		}
		defer conns[i].Close()
	}
	next := make(chan []byte, len(requests))
	for _, r := range requests {
		next <- r
	}
	close(next)
	failed := make(chan error, webhookConns)
	start := time.Now()
	for _, c := range conns {
		go func() { failed <- post(c, next) }()
	}
	for range conns {
		if err := <-failed; err != nil {
			b.Fatal(err)
		}
	}
	return float64(len(requests)) / time.Since(start).Seconds()
}

func post(c net.Conn, requests <-chan []byte) error {
	answers := bufio.NewReader(c)
	for r := range requests {
		if _, err := c.Write(r); err != nil {
			return err
		}
		status, err := answers.ReadSlice('\n')
		if err != nil {
			return err
		}
		if !bytes.Contains(status, []byte(" 200 ")) {
			return fmt.Errorf("the webhook answered %s", status)
		}
		length := 0
		for {
			line, err := answers.ReadSlice('\n')
			if err != nil {
				return err
			}
			if line = bytes.TrimSpace(line); len(line) == 0 {
				break
			}
			if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
				if length, err = strconv.Atoi(string(value)); err != nil {
					return err
				}
			}
		}
		if _, err := answers.Discard(length); err != nil {
			return err
		}
	}
	return nil
}

// bare is the least that any handler must do for the same promise: the
// signature, and the message's row with the index that keeps it from being taken twice.
type bare struct {
	seq   atomic.Int64
	queue chan *bareRow
	done  sync.WaitGroup
}

type bareRow struct {
	id, from, text string
	at, seq        int64
	done           chan error
}

// newBare serves one and returns its address.
func newBare(b *testing.B) string {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+
		"?_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=cache_size(-16384)&_pragma=wal_autocheckpoint(4000)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, ddl := range []string{
		`CREATE TABLE messages (conversation TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, direction TEXT NOT NULL, sender TEXT NOT NULL,
			text TEXT NOT NULL, at INTEGER NOT NULL, arrival TEXT, provider_id TEXT NOT NULL, status TEXT NOT NULL, PRIMARY KEY (conversation, seq)) STRICT, WITHOUT ROWID`,
		`CREATE UNIQUE INDEX messages_arrival ON messages (arrival) WHERE arrival IS NOT NULL`,
	} {
		if _, err := db.Exec(ddl); err != nil {
			b.Fatal(err)
		}
	}
	conn, err := db.Conn(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	insert, err := conn.PrepareContext(b.Context(), `INSERT INTO messages (conversation, seq, id, direction, sender, text, at, arrival, provider_id, status)
		VALUES (?,?,?,'in','person',?,?,?,?,'received') ON CONFLICT DO NOTHING`)
	if err != nil {
		b.Fatal(err)
	}
	w := &bare{queue: make(chan *bareRow, 1024)}
	w.done.Go(func() { w.write(conn, insert) })
	server := httptest.NewServer(w)
	b.Cleanup(func() {
		server.Close()
		close(w.queue)
		w.done.Wait()
		db.Close()
	})
	return strings.TrimPrefix(server.URL, "http://")
}

// write commits what waits, in groups.
func (w *bare) write(conn *sql.Conn, insert *sql.Stmt) {
	ctx := context.Background()
	for first := range w.queue {
		group := []*bareRow{first}
		_, err := conn.ExecContext(ctx, `BEGIN IMMEDIATE`)
		for i := 0; err == nil && i < len(group); i++ {
			r := group[i]
			if _, err = insert.ExecContext(ctx, r.from, r.seq, r.id, r.text, r.at, "sms "+r.id, r.id); err != nil || len(group) >= 128 {
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
			_, err = conn.ExecContext(ctx, `COMMIT`)
		}
		for _, r := range group {
			r.done <- err
		}
	}
}

// ServeHTTP takes a webhook.
func (w *bare) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(rw, "bad request", http.StatusBadRequest)
		return
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || !bareVerify(form, r.Header.Get("X-Twilio-Signature")) {
		http.Error(rw, "forbidden", http.StatusForbidden)
		return
	}
	row := &bareRow{form.Get("MessageSid"), form.Get("From"), form.Get("Body"), time.Now().UnixNano(), w.seq.Add(1), make(chan error, 1)}
	w.queue <- row
	if err := <-row.done; err != nil {
		http.Error(rw, "try again", http.StatusServiceUnavailable)
		return
	}
	rw.Header().Set("Content-Type", "text/xml")
	_, _ = io.WriteString(rw, "<Response/>")
}

func bareVerify(form url.Values, signature string) bool {
	mac := hmac.New(sha1.New, []byte(benchToken))
	io.WriteString(mac, benchURL+sms.MessagesPath)
	for _, key := range slices.Sorted(maps.Keys(form)) {
		io.WriteString(mac, key)
		io.WriteString(mac, form.Get(key))
	}
	want := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	return subtle.ConstantTimeCompare([]byte(want), []byte(signature)) == 1
}
