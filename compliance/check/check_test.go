package check

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
)

func run(t *testing.T, f func(io.Reader, io.Writer) error, in string) []map[string]any {
	t.Helper()
	var out bytes.Buffer
	if err := f(strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	for line := range strings.Lines(out.String()) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func TestInboundNamesEventsAndRedacts(t *testing.T) {
	t.Parallel()
	rows := run(t, Inbound, `{"text":"STOP","lang":"en"}
{"text":"ok, thanks","lang":"en","labels":[],"note":"x"}

{"text":"my card is 4242424242424242"}
`)
	if len(rows) != 3 {
		t.Fatalf("%d rows, want 3", len(rows))
	}
	if labels := rows[0]["labels"].([]any); len(labels) == 0 || labels[0] != "opt_out" || rows[0]["by"].(map[string]any)["opt_out"] != "rule" {
		t.Errorf("STOP: %v", rows[0])
	}
	if labels := rows[1]["labels"].([]any); len(labels) != 0 || rows[1]["redacted"] != "ok, thanks" {
		t.Errorf("thanks: %v", rows[1])
	}
	if got := rows[2]["redacted"].(string); strings.Contains(got, "42424242") {
		t.Errorf("the card number stands in %q", got)
	}
}

const context = `{"creditor":"Northwind Bank","collector":"Harbor Recovery LLC","consumer":"Angela Torres","account_last4":"4421","agent":"ai","ai_disclosed":true,"identity_verified":true,"first_message":false,"channel":"sms","state":"TX","today":"2026-11-23","lang":"en","balance":1240.0,"floor_pct":60,"allowed_amounts":[1240.0],"furnished":"not_furnished","max_installments":12}`

func TestOutboundNamesViolationsAndTheFinalText(t *testing.T) {
	t.Parallel()
	rows := run(t, Outbound, `{"text":"Your balance is $1,240.00.","context":`+context+`}
{"text":"Pay $1,240.00 or be arrested.","context":`+context+`}`)
	if len(rows) != 2 {
		t.Fatalf("%d rows, want 2", len(rows))
	}
	if final, ok := rows[0]["final"].(string); !ok || !strings.Contains(final, "STOP") || len(rows[0]["violations"].([]any)) == 0 {
		t.Errorf("a text without its footer: %v", rows[0])
	}
	if rows[1]["final"] != nil || !strings.Contains(string(must(json.Marshal(rows[1]["violations"]))), "OD-ARREST-01") {
		t.Errorf("a threat: %v", rows[1])
	}
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

func TestContactAnswersInTheCorpusShape(t *testing.T) {
	t.Parallel()
	rows := run(t, Contact, `{"id":"a","rule":"BC-VAL-02","given":{"sent":"2026-11-20"}}`+"\r\n"+`{"id":"b","rule":"BC-TIME-01","given":{"now":"2026-11-23T13:00:00Z","tz_candidates":["America/New_York"],"profile":"legal","channel":"sms"}}`)
	if len(rows) != 2 || rows[0]["earliest_end"] != "2026-12-30" || rows[1]["until"] != "2026-11-23T13:00:01Z" {
		t.Errorf("%v", rows)
	}
}

func TestUnusableInputIsAnErrorWithItsLine(t *testing.T) {
	t.Parallel()
	good := map[string]string{
		"inbound":  `{"text":"hi"}`,
		"outbound": `{"text":"hi","context":` + context + `}`,
		"contact":  `{"rule":"BC-VAL-02","given":{"sent":"2026-11-20"}}`,
	}
	commands := map[string]func(io.Reader, io.Writer) error{"inbound": Inbound, "outbound": Outbound, "contact": Contact}
	for _, tt := range []struct{ name, command, line, want string }{
		{"no JSON", "inbound", `hello`, "invalid"},
		{"half a line", "contact", `{"rule":"BC-VAL-02"`, "EOF"},
		{"an unknown field", "inbound", `{"txt":"hi"}`, "txt"},
		{"an unknown fact", "outbound", `{"text":"hi","context":{"blance":1}}`, "blance"},
		{"an unknown fact of a contact", "contact", `{"rule":"BC-VAL-02","given":{"snt":"2026-11-20"}}`, "snt"},
		{"no text", "inbound", `{"lang":"en"}`, "text"},
		{"a text that is none", "outbound", `{"text":null,"context":{}}`, "text"},
		{"no context", "outbound", `{"text":"hi"}`, "context"},
		{"a number for a text", "inbound", `{"text":7}`, "text"},
		{"two values", "inbound", `{"text":"a"} {"text":"b"}`, "more than one"},
		{"bytes that are no text", "inbound", "{\"text\":\"a\xff\"}", "UTF-8"},
		{"a list", "contact", `[]`, "array"},
		{"a line without end", "inbound", `{"text":"` + strings.Repeat("a", maxLine) + `"}`, "longer"},
	} {
		t.Run(tt.command+" "+tt.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			err := commands[tt.command](strings.NewReader(good[tt.command]+"\n\n"+tt.line+"\n"+good[tt.command]+"\n"), &out)
			var at *LineError
			if !errors.As(err, &at) || at.Line != 3 || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one at line 3 with %q", err, tt.want)
			}
			if n := strings.Count(out.String(), "\n"); n != 1 {
				t.Errorf("%d answers, want that of the line before alone", n)
			}
		})
	}
}

// endless gives the same line n times, without holding them.
type endless struct {
	line string
	n    int
	rest string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		if e.n == 0 {
			return 0, io.EOF
		}
		e.n--
		e.rest = e.line
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	const rows = 100_000
	row := `{"id":"a","rule":"BC-TIME-01","given":{"now":"2026-11-24T03:00:00Z","tz_candidates":["America/New_York","America/Los_Angeles"],"profile":"legal","channel":"sms"}}` + "\n"
	var out heapWatch
	if err := Contact(&endless{line: row, n: rows}, &out); err != nil {
		t.Fatal(err)
	}
	if out.lines != rows {
		t.Fatalf("%d answers, want %d", out.lines, rows)
	}
	if out.peak > 64<<20 {
		t.Errorf("the heap reached %d MB", out.peak>>20)
	}
}

// heapWatch counts lines and looks at the heap now and then.
type heapWatch struct {
	lines, writes int
	peak          uint64
}

func (h *heapWatch) Write(p []byte) (int, error) {
	h.lines += bytes.Count(p, []byte("\n"))
	if h.writes++; h.writes%64 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		h.peak = max(h.peak, m.HeapAlloc)
	}
	return len(p), nil
}

type talk struct {
	lines chan string
	out   chan string
}

func (c talk) Read(p []byte) (int, error) {
	line, ok := <-c.lines
	if !ok {
		return 0, io.EOF
	}
	return copy(p, line), nil
}

func (c talk) Write(p []byte) (int, error) {
	c.out <- string(p)
	return len(p), nil
}

func TestALineIsAnsweredBeforeTheNextIsRead(t *testing.T) {
	t.Parallel()
	c := talk{make(chan string), make(chan string)}
	done := make(chan error, 1)
	go func() { done <- Contact(c, c) }()
	for range 3 {
		c.lines <- `{"rule":"BC-VAL-02","given":{"sent":"2026-11-20"}}` + "\n"
		if got := <-c.out; !strings.Contains(got, "2026-12-30") {
			t.Errorf("got %q", got)
		}
	}
	close(c.lines)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestAnOutputThatFailsIsAnError(t *testing.T) {
	t.Parallel()
	err := Contact(strings.NewReader(`{"rule":"BC-VAL-02","given":{"sent":"2026-11-20"}}`), full{})
	if !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("error %v", err)
	}
}
