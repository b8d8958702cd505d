package accounts_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialog"
	"parley/gateway/accounts"
)

const head = "id,portfolio,person.id,person.name,creditor.current,account_last4,balance.amount,balance.currency"

func row(id string) string {
	return id + ",cards,p-" + id + ",Ann Example,Northwind Bank,4421,12.00,USD"
}

type result struct {
	sum     accounts.Summary
	refused []string
	err     error
	record  *record
}

func run(t *testing.T, r io.Reader, edit func(*accounts.Importer), stored ...dialog.Account) result {
	t.Helper()
	res := result{record: newRecord(stored...)}
	im := accounts.Importer{Shape: shape(), Record: res.record, Now: func() time.Time { return noon },
		Refused: func(line int, why accounts.Faults) {
			res.refused = append(res.refused, fmt.Sprintf("%d %s", line, why))
		}}
	if edit != nil {
		edit(&im)
	}
	res.sum, res.err = im.Import(context.Background(), r)
	return res
}

func TestAFileIsImported(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file    string
		sum     accounts.Summary
		refused []string
	}{
		"rows go in":                   {head + "\n" + row("a") + "\n" + row("b") + "\n", accounts.Summary{Created: 2}, nil},
		"a header alone is no mistake": {head + "\n", accounts.Summary{}, nil},
		"a byte order mark and CRLF":   {"\xef\xbb\xbf" + head + "\r\n" + row("a") + "\r\n", accounts.Summary{Created: 1}, nil},
		"no newline at the end":        {head + "\n" + row("a"), accounts.Summary{Created: 1}, nil},
		"quotes, commas and newlines in a cell": {head + "\n" + `a,cards,p-a,"Ann ""A"", the
second",Northwind Bank,4421,12.00,USD` + "\n" + row("b") + "\nx\n", accounts.Summary{Created: 2, Refused: 1}, []string{"5 has 1 cells, the first line names 8 fields"}},
		"blank rows are passed over": {head + "\n\n,,,,,,,\n" + row("a") + "\n\n", accounts.Summary{Created: 1}, nil},
		"bad rows are listed, good rows go in": {head + "\n" + row("a") + "\nb,cards,p,N,C,44,x,USD\n" + row("c"), accounts.Summary{Created: 2, Refused: 1},
			[]string{"3 account_last4: expected string to be four digits; balance.amount: expected string to match pattern ^-?[0-9]{1,12}(\\.[0-9]{2})?$"}},
		"an id twice in a file": {head + "\n" + row("a") + "\n" + row("a"), accounts.Summary{Created: 1, Refused: 1}, []string{"3 id: is on line 2 already"}},
		"a quote inside a cell": {head + "\n" + strings.Replace(row("a"), "Ann", `An"n`, 1) + "\n" + row("b"), accounts.Summary{Created: 1, Refused: 1},
			[]string{"2 a quote stands inside a cell that does not begin with one"}},
		"a quote that is never closed": {head + "\n" + row("a") + "\nb,\"cards\n" + row("c"), accounts.Summary{Created: 1, Refused: 1},
			[]string{"3 a quote is not closed, or has text around it; rows may have been swallowed"}},
		"bytes that are no text":  {head + "\n" + strings.Replace(row("a"), "Ann", "\xff\xfe", 1), accounts.Summary{Refused: 1}, []string{"2 person.name: is not UTF-8 text"}},
		"a missing value":         {head + "\n" + strings.Replace(row("a"), "4421", "", 1), accounts.Summary{Refused: 1}, []string{"2 account_last4: is missing"}},
		"a flag that is no truth": {head + ",flags.cease\n" + row("a") + ",perhaps\n" + row("b") + ",YES\n", accounts.Summary{Created: 1, Refused: 1}, []string{"2 flags.cease: must be true or false"}},
		"an itemization by half":  {head + ",itemization.date\n" + row("a") + ",2025-03-01\n" + row("b") + ",\n", accounts.Summary{Created: 1, Refused: 1}, []string{"2 itemization.amount: is missing; itemization.credits: is missing; itemization.fees: is missing; itemization.interest: is missing; itemization.payments: is missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, strings.NewReader(c.file), nil)
			if got.err != nil {
				t.Fatal(got.err)
			}
			if got.sum != c.sum {
				t.Errorf("got %+v, want %+v", got.sum, c.sum)
			}
			if diff := cmp.Diff(c.refused, got.refused); diff != "" {
				t.Error(diff)
			}
			if n := got.sum.Created + got.sum.Updated; got.record.puts != n {
				t.Errorf("%d were written, %d counted", got.record.puts, n)
			}
		})
	}
}

func TestAFirstLineThatCantBeUsedWritesNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ head, want string }{
		"an empty file":                      {"", "the file is empty"},
		"an unknown column":                  {head + ",person.nickname", "person.nickname: is no field of an account"},
		"every unknown column is named":      {head + ",x,y", "line 1: x: is no field of an account\nline 1: y: is no field of an account"},
		"a column twice":                     {head + ",id", "id: is there twice"},
		"a column that is missing":           {strings.Replace(head, "person.id,", "", 1), "person.id: is missing"},
		"a column without a name":            {head + ",", "column 9 has no name"},
		"a column that is a whole object":    {head + ",person", "person: is no field"},
		"a list without a place":             {head + ",person.addresses.value", "person.addresses.value: is no field"},
		"a place with leading zeros":         {head + ",person.addresses.00.value", "person.addresses.00.value: is no field"},
		"a place beyond the most":            {head + ",person.addresses.20.value", "person.addresses.20.value: is no field"},
		"a negative place":                   {head + ",person.addresses.-1.value", "person.addresses.-1.value: is no field"},
		"other capitals":                     {head + ",Person.City", "Person.City: is no field"},
		"semicolons":                         {strings.ReplaceAll(head, ",", ";"), "columns must be separated by commas"},
		"UTF-16":                             {"\xff\xfei\x00d\x00", "UTF-16"},
		"a name with control characters":     {head + ",a\x1b[2J", `"a\x1b[2J": is no field`},
		"a first line that is a quote alone": {"\"id", "line 1: a quote is not closed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, strings.NewReader(c.head+"\n"+row("a")), nil)
			if c.head == "" {
				got = run(t, strings.NewReader(""), nil)
			}
			var header accounts.HeaderError
			if !errors.As(got.err, &header) || !strings.Contains(got.err.Error(), c.want) {
				t.Errorf("got %v, want %q", got.err, c.want)
			}
			if got.record.puts != 0 {
				t.Error("something was written")
			}
		})
	}
}

func TestTheWholeShapeCanBeImported(t *testing.T) {
	t.Parallel()
	file := head + `,person.birth_date,person.zip,person.addresses.0.channel,person.addresses.0.value,person.addresses.0.consents.0.scope,person.addresses.0.consents.0.source,person.addresses.0.consents.0.at,person.addresses.1.channel,person.addresses.1.value,flags.disputed,validation.sent_at,finances.monthly_surplus
a,cards,p-a,Ann,Northwind Bank,4421,12.00,USD,1986-04-12,78701,sms,+15125550123,sms,web form,2026-10-30T15:00:00Z,voice,(512) 555-0123,true,2026-08-03,180.00
b,cards,p-b,Bob,Northwind Bank,4422,13.00,USD,,,,,,,,voice,+15125550124,,,
c,cards,p-c,Cy,Northwind Bank,4423,14.00,USD,,,,,,,,voice,none,,,
`
	got := run(t, strings.NewReader(file), nil)
	if got.err != nil || got.sum != (accounts.Summary{Created: 2, Refused: 1}) {
		t.Fatalf("%+v", got)
	}
	t.Run("values come where the API would put them", func(t *testing.T) {
		a := got.record.all["a"]
		if len(a.Person.Addresses) != 2 || a.Person.Addresses[1].Value != "+15125550123" || len(a.Person.Addresses[0].Consents) != 1 ||
			!a.Has(dialog.FlagDisputed) || a.Validation == nil || a.Finances.MonthlySurplus.Minor != 18000 {
			t.Errorf("got %+v", a)
		}
		if a.Factors["lookup"] == "" {
			t.Error("the person can't be found by ZIP and year")
		}
	})
	t.Run("a gap in a list is closed up", func(t *testing.T) {
		if b := got.record.all["b"]; len(b.Person.Addresses) != 1 || b.Person.Addresses[0].Channel != "voice" {
			t.Errorf("got %+v", b.Person.Addresses)
		}
	})
	t.Run("a fault has the name of its column all the same", func(t *testing.T) {
		if diff := cmp.Diff([]string{"4 person.addresses.1.value: must be a telephone number, as E.164"}, got.refused); diff != "" {
			t.Error(diff)
		}
	})
}

func TestImportingAgain(t *testing.T) {
	t.Parallel()
	stored := account(t, func(m map[string]any) { m["id"] = "a" })
	stored.Promises = []dialog.Promise{{ID: "pr-1"}}
	file := head + "\n" + row("a") + "\n" + row("b")
	t.Run("updates, and keeps what Parley alone knows", func(t *testing.T) {
		t.Parallel()
		got := run(t, strings.NewReader(file), nil, stored)
		a := got.record.all["a"]
		if got.sum != (accounts.Summary{Created: 1, Updated: 1}) || len(a.Promises) != 1 || a.Balance.Minor != 1200 || a.Factors[dialog.FactorBirthDate] == "" {
			t.Errorf("%+v %+v", got.sum, a)
		}
	})
	t.Run("a dry run tells the same and writes nothing", func(t *testing.T) {
		t.Parallel()
		got := run(t, strings.NewReader(file), func(im *accounts.Importer) { im.DryRun = true }, stored)
		if got.sum != (accounts.Summary{Created: 1, Updated: 1}) || got.record.puts != 0 {
			t.Errorf("%+v, %d written", got.sum, got.record.puts)
		}
	})
	t.Run("a dry run needs no record", func(t *testing.T) {
		t.Parallel()
		got := run(t, strings.NewReader(file), func(im *accounts.Importer) { im.DryRun, im.Record = true, nil })
		if got.sum != (accounts.Summary{Created: 2}) {
			t.Errorf("%+v", got.sum)
		}
	})
	t.Run("a record that fails ends it at the line, and what went in is counted", func(t *testing.T) {
		t.Parallel()
		got := run(t, strings.NewReader(file), func(im *accounts.Importer) {
			r := newRecord()
			r.fail["b"] = errors.New("disk full")
			im.Record = r
		})
		if got.err == nil || !strings.Contains(got.err.Error(), "line 3") || got.sum.Created != 1 {
			t.Errorf("%+v", got)
		}
	})
}

// lines makes rows without keeping them.
type lines struct {
	n, most int
	rest    string
}

func (l *lines) Read(p []byte) (int, error) {
	if l.rest == "" {
		switch {
		case l.n == 0:
			l.rest = head + "\n"
		case l.n > l.most:
			return 0, io.EOF
		default:
			l.rest = row(fmt.Sprintf("acct-%07d", l.n)) + "\n"
		}
		l.n++
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// nowhere takes everything and keeps nothing.
type nowhere struct{ *record }

func (nowhere) PutAccount(context.Context, dialog.Account, time.Time) (bool, error) { return true, nil }

func TestALongFileIsStreamed(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 100,000 rows")
	}
	const rows = 100_000
	var words []int
	var highest, before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	got := run(t, &lines{most: rows}, func(im *accounts.Importer) {
		im.Record = nowhere{newRecord()}
		im.Progress = func(n int) {
			words = append(words, n)
			runtime.GC()
			runtime.ReadMemStats(&highest)
		}
	})
	if got.err != nil || got.sum.Created != rows || len(words) != 10 || words[9] != rows {
		t.Fatalf("%+v after %v", got.sum, words)
	}
	grown := int64(highest.HeapAlloc) - int64(before.HeapAlloc)
	t.Logf("%.1f MB live after %d rows", float64(grown)/1e6, rows)
	if grown > 20e6 { // the ids and a table of them; the rows themselves would be 100 MB
		t.Errorf("%d bytes are live", grown)
	}
}

// endless is one row that never ends.
type endless struct{ sent bool }

func (e *endless) Read(p []byte) (int, error) {
	if !e.sent {
		e.sent = true
		return copy(p, head+"\n"+row("a")+"\nb,\""), nil
	}
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestARowWithoutEndDoesNotFillTheMemory(t *testing.T) {
	t.Parallel()
	got := run(t, &endless{}, nil)
	if got.err == nil || !strings.Contains(got.err.Error(), "longer than 1 MiB") || got.sum.Created != 1 {
		t.Errorf("%+v", got)
	}
}

func TestNoFileBreaksTheImporter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		cells := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "cards", "p", "\"", "\"\"", ",", "\n", "\r\n", "12.00", "USD", "4421", " ", "\x00", "é", "\xff"}), 0, 60).Draw(rt, "cells")
		got := run(t, strings.NewReader(head+"\n"+strings.Join(cells, "")), nil)
		if got.err != nil {
			rt.Fatalf("a bad row ended the import: %v", got.err)
		}
		if got.record.puts != got.sum.Created+got.sum.Updated || len(got.refused) != got.sum.Refused {
			rt.Fatalf("counted %+v, wrote %d, refused %d", got.sum, got.record.puts, len(got.refused))
		}
	})
}
