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

// Run checks the chain and every message against it, and names each fault.
func (c verifyCmd) Run(w *world) error {
	ctx := context.Background()
	record, err := openExisting(ctx, c.Database)
	if err != nil {
		return err
	}
	defer record.Close()
	a, err := record.Audit(ctx)
	if err != nil {
		return err
	}
	for _, f := range a.Faults {
		what := fmt.Sprintf("message %d (%s) of conversation %s", f.Seq, f.Message, f.Conversation)
		if f.Entry > 0 {
			what = fmt.Sprintf("ledger entry %d", f.Entry)
			if f.Conversation != "" {
				what += " of conversation " + f.Conversation
			}
		}
		if _, err := fmt.Fprintf(w.out, "%s: %s\n", what, f.What); err != nil {
			return err
		}
	}
	if !a.Whole() {
		return fmt.Errorf("the record is not as it was written: %d faults in %d ledger entries and %d messages", len(a.Faults), a.Entries, a.Messages)
	}
	_, err = fmt.Fprintf(w.out, "the ledger is whole: %d entries, %d messages; the last hash is %s\n", a.Entries, a.Messages, a.Head)
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
