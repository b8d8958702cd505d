package cli

import (
	"context"
	"fmt"
	"io"

	"parley/compliance"
	"parley/compliance/check"
	"parley/gateway/config"
)

type checkCmd struct {
	Inbound  checkInbound  `cmd:"" help:"What a message means in law: {\"text\",\"lang\"} to {\"labels\",\"by\",\"redacted\"}."`
	Outbound checkOutbound `cmd:"" help:"What a draft breaks: {\"text\",\"context\"} to {\"violations\",\"final\"}."`
	Contact  checkContact  `cmd:"" help:"Whether a person may be contacted: {\"id\",\"rule\",\"given\"} to the decision."`
}

type (
	checkInbound  struct{}
	checkOutbound struct{}
	checkContact  struct{}
)

func (checkInbound) Run(w *world) error  { return stream(check.Inbound, w) }
func (checkOutbound) Run(w *world) error { return stream(check.Outbound, w) }
func (checkContact) Run(w *world) error  { return stream(check.Contact, w) }

func stream(run func(io.Reader, io.Writer) error, w *world) error {
	if err := run(w.in, w.out); err != nil {
		return unusable{err}
	}
	return nil
}

type rulesCmd struct{}

// Run prints every rule with its citation.
func (rulesCmd) Run(w *world) error { return compliance.RenderRulebook(w.out) }

type databaseFlag struct {
	Database string `help:"The record, such as sqlite:parley.db." default:"sqlite:parley.db" env:"PARLEY_DATABASE_URL"`
}

type verifyCmd struct{ databaseFlag }

// Run walks the chain and fails at the first entry that does not fit.
func (c verifyCmd) Run(w *world) error {
	ctx := context.Background()
	record, err := openRecord(ctx, c.Database)
	if err != nil {
		return err
	}
	defer record.Close()
	entries, broken, err := record.Verify(ctx)
	if err != nil {
		return err
	}
	if broken > 0 {
		return fmt.Errorf("the ledger is broken at entry %d of %d: it was changed after it was written", broken, entries)
	}
	_, err = fmt.Fprintf(w.out, "the ledger is whole: %d entries\n", entries)
	return err
}

type configCmd struct {
	Check configCheck `cmd:"" help:"Report every mistake in a configuration file."`
}

type configCheck struct {
	File string `arg:"" help:"The file."`
}

// Run reads the file as serve would.
func (c configCheck) Run(w *world) error {
	if _, err := config.Load(config.Default(), c.File, w.environ, false); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w.out, "the configuration is good")
	return err
}
