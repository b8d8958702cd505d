package accounts

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

const (
	batch    = 64      // rows written side by side, so that they share commits
	maxRow   = 1 << 20 // bytes of one row
	progress = 10_000  // rows between two words of progress
)

// Record is what the importer needs of the store.
type Record interface {
	Account(ctx context.Context, id string) (dialog.Account, error)
	PutAccount(ctx context.Context, a dialog.Account, now time.Time) (created bool, err error)
}

// Importer upserts the accounts of a CSV file: the fields of the API's account,
// flattened with dots, such as person.addresses.0.value. An empty cell is a field that is not
// there. A row replaces an account's own facts; what Parley alone knows, and identity factors
// that the row does not bring, stay. Memory is bounded but for the ids seen, some 100 bytes a row.
type Importer struct {
	Shape  *Shape
	Record Record // may be nil with DryRun: then every account is new
	Now    func() time.Time
	// DryRun checks everything and writes nothing.
	DryRun bool
	// Refused is told of each row that does not go in, in the order of the file. Line
	// is where the row begins, from 1.
	Refused func(line int, why Faults)
	// Progress, where not nil, is told the number of rows read, every 10,000.
	Progress func(rows int)
}

// Summary counts rows. Blank ones are not counted.
type Summary struct{ Created, Updated, Refused int }

// Import reads all of r. Bad rows are refused one by one; the rest goes in. The
// error is a [HeaderError], and nothing was written, or says at which line reading or writing ended;
// what is counted in the summary has gone in, and the same file may simply be imported again.
func (im Importer) Import(ctx context.Context, r io.Reader) (Summary, error) {
	run := importing{Importer: im, seen: map[string]int{}}
	bounded := &bounded{r: r, left: maxRow}
	text, err := plain(bounded)
	if err != nil {
		return run.sum, err
	}
	run.rows = csv.NewReader(text)
	run.rows.FieldsPerRecord, run.rows.ReuseRecord = -1, true
	names, err := run.rows.Read()
	switch {
	case errors.Is(err, io.EOF):
		return run.sum, HeaderError{Faults{{What: "the file is empty; its first line must name the fields"}}}
	case err != nil:
		return run.sum, HeaderError{Faults{{What: reading(err)}}}
	}
	if run.columns, err = im.Shape.header(names); err != nil {
		return run.sum, err
	}
	err = run.all(ctx, bounded)
	return run.sum, err
}

// plain takes off a byte order mark; UTF-16, which some spreadsheets save, is named.
func plain(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	start, _ := b.Peek(3) // a shorter file is read as it is
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, _ = b.Discard(3)
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		return nil, HeaderError{Faults{{What: "the file is UTF-16; save it as CSV UTF-8"}}}
	}
	return b, nil
}

// importing is one run.
type importing struct {
	Importer
	rows    *csv.Reader
	columns []column
	seen    map[string]int // id → line
	waiting []checked
	sum     Summary
}

type checked struct {
	line    int
	account dialog.Account
}

func (run *importing) all(ctx context.Context, b *bounded) error {
	for n := 1; ; n++ {
		b.left = maxRow
		cells, err := run.rows.Read()
		if errors.Is(err, io.EOF) {
			return run.write(ctx)
		}
		var stop error
		var bad *csv.ParseError
		switch {
		case errors.As(err, &bad):
			run.refuse(bad.StartLine, Faults{{What: reading(err)}})
		case err != nil:
			line, _ := run.rows.FieldPos(0)
			stop = fmt.Errorf("after line %d: %s", line, reading(err))
		default:
			run.check(cells)
		}
		if len(run.waiting) == batch || stop != nil {
			stop = errors.Join(stop, run.write(ctx))
		}
		if run.Progress != nil && n%progress == 0 {
			run.Progress(n)
		}
		if stop == nil {
			stop = ctx.Err()
		}
		if stop != nil {
			return stop
		}
	}
}

func (run *importing) refuse(line int, why Faults) {
	run.sum.Refused++
	if run.Refused != nil {
		run.Refused(line, why)
	}
}

// check puts a good row among those waiting to be written.
func (run *importing) check(cells []string) {
	line, _ := run.rows.FieldPos(0)
	if blank(cells) {
		return
	}
	if len(cells) != len(run.columns) {
		run.refuse(line, Faults{{What: fmt.Sprintf("has %d cells, the first line names %d fields", len(cells), len(run.columns))}})
		return
	}
	object, back, faults := tree(run.columns, cells)
	account, err := run.Shape.Account(object, run.Now().UTC())
	var more Faults
	if errors.As(err, &more) {
		faults = faults.add(asGiven(more, back))
	} else if err != nil {
		faults = append(faults, Fault{What: "was refused"})
	}
	if id, ok := object["id"].(string); ok {
		if at, double := run.seen[id]; double {
			faults = append(faults, Fault{"id", fmt.Sprintf("is on line %d already", at)})
		} else {
			run.seen[id] = line
		}
	}
	if len(faults) > 0 {
		run.refuse(line, faults)
		return
	}
	run.waiting = append(run.waiting, checked{line, account})
}

func blank(cells []string) bool {
	for _, c := range cells {
		if c != "" {
			return false
		}
	}
	return true
}

// write puts what waits into the record, side by side: ids are unique in a file.
func (run *importing) write(ctx context.Context) error {
	created, failed := make([]bool, len(run.waiting)), make([]error, len(run.waiting))
	var all sync.WaitGroup
	for i, row := range run.waiting {
		all.Go(func() { created[i], failed[i] = run.put(ctx, row.account) })
	}
	all.Wait()
	var first error
	for i, err := range failed {
		switch {
		case err != nil && first == nil:
			first = fmt.Errorf("line %d: the record did not take it: %w", run.waiting[i].line, err)
		case err != nil:
		case created[i]:
			run.sum.Created++
		default:
			run.sum.Updated++
		}
	}
	run.waiting = run.waiting[:0]
	return first
}

func (run *importing) put(ctx context.Context, a dialog.Account) (created bool, err error) {
	if run.Record == nil {
		return true, nil
	}
	stored, err := run.Record.Account(ctx, a.ID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		created = true
	case err != nil:
		return false, err
	default:
		a = Merge(stored, a, run.Shape.engine.Keys)
	}
	if run.DryRun {
		return created, nil
	}
	return run.Record.PutAccount(ctx, a, run.Now().UTC())
}

// errRow ends the reading of a row without end.
var errRow = errors.New("a row is longer than 1 MiB; perhaps a quote is never closed. Nothing after it was read")

// reading words what the CSV reader says, without the row's content.
func reading(err error) string {
	switch {
	case errors.Is(err, csv.ErrQuote):
		return "a quote is not closed, or has text around it; rows may have been swallowed"
	case errors.Is(err, csv.ErrBareQuote):
		return "a quote stands inside a cell that does not begin with one"
	case errors.Is(err, errRow):
		return errRow.Error()
	}
	return "can't be read: " + err.Error()
}

// bounded reads until left is used up, so that one row can't fill the memory.
type bounded struct {
	r    io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errRow
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
