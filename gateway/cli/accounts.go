package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"parley/gateway"
	"parley/gateway/accounts"
	"parley/gateway/config"
	"parley/gateway/store"
)

type accountsCmd struct {
	Import accountsImport `cmd:"" help:"Upsert accounts from a CSV file."`
}

type accountsImport struct {
	File   string `arg:"" help:"The file, \"-\" for standard input. Its first line names the fields of the API's account, flattened with dots: id, person.name, person.addresses.0.value."`
	Config string `help:"Configuration file." placeholder:"FILE" env:"PARLEY_CONFIG"`
	Demo   bool   `help:"Use the demonstration's configuration."`
	DryRun bool   `help:"Check everything, write nothing."`
}

// Help says how a run ends.
func (accountsImport) Help() string {
	return `Good rows go in; bad rows are listed with their line and the fields at fault, never with
their values. A row replaces an account's own facts; what Parley alone knows (agreements, promises,
payments, flags set) and identity factors the row does not bring stay. An empty cell is a field that
is not there. Importing the same file again changes nothing.

Exit 0: every row went in. 1: some were refused, or the record failed. 2: the file or the
configuration can't be used, and nothing was written.`
}

// Run imports the file.
func (c accountsImport) Run(w *world) error {
	cfg, err := serveCmd{Config: c.Config, Demo: c.Demo}.load(w.environ)
	if err != nil {
		return err
	}
	shape, err := gateway.AccountShape(cfg)
	if err != nil {
		return unusable{err}
	}
	file, err := c.open(w)
	if err != nil {
		return unusable{err}
	}
	defer file.Close()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	im := accounts.Importer{
		Shape: shape, Now: gateway.NewClock(cfg).Now, DryRun: c.DryRun,
		Refused:  func(line int, why accounts.Faults) { fmt.Fprintf(w.out, "line %d: %s\n", line, why) },
		Progress: func(rows int) { fmt.Fprintf(w.err, "%d rows read\n", rows) },
	}
	record, err := c.record(ctx, cfg)
	if err != nil {
		return err
	}
	if record != nil {
		defer record.Close()
		im.Record = record
	}
	sum, err := im.Import(ctx, file)
	return c.report(w, sum, err)
}

func (c accountsImport) open(w *world) (io.ReadCloser, error) {
	if c.File == "-" {
		return io.NopCloser(w.in), nil
	}
	return os.Open(c.File)
}

// record is nil for a dry run where there is none yet: opening it would make one.
func (c accountsImport) record(ctx context.Context, cfg config.Config) (store.Store, error) {
	if path, ok := strings.CutPrefix(cfg.DatabaseURL, "sqlite:"); ok && c.DryRun {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return nil, nil
		}
	}
	return openRecord(ctx, cfg.DatabaseURL)
}

func (c accountsImport) report(w *world, sum accounts.Summary, err error) error {
	var header accounts.HeaderError
	if errors.As(err, &header) {
		return unusable{err}
	}
	words := "imported %d, updated %d, refused %d\n"
	if c.DryRun {
		words = "would import %d, update %d, refuse %d\n"
	}
	fmt.Fprintf(w.out, words, sum.Created, sum.Updated, sum.Refused)
	switch {
	case err != nil:
		return err
	case sum.Refused > 0:
		return fmt.Errorf("%d rows were refused; the others are good", sum.Refused)
	}
	return nil
}
