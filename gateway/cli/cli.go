// Package cli is the command line: it reads flags and calls the libraries.
package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"parley/gateway"
	"parley/gateway/config"
)

// Exit codes.
const (
	exitOK       = 0
	exitFailed   = 1
	exitUnusable = 2 // the input or the configuration can't be used
)

// world is what commands take from outside.
type world struct {
	in       io.Reader
	out, err io.Writer
	environ  config.Environ
}

// unusable is an error about what was given, not about what happened.
type unusable struct{ error }

func (u unusable) Unwrap() error { return u.error }

type commands struct {
	Serve    serveCmd    `cmd:"" help:"Run the gateway."`
	Check    checkCmd    `cmd:"" help:"Ask the rules: JSON lines on standard input, JSON lines on standard output."`
	Accounts accountsCmd `cmd:"" help:"Accounts."`
	Agents   agentsCmd   `cmd:"" help:"The people of the desk."`
	Rules    rulesCmd    `cmd:"" help:"Print the rulebook as the code has it."`
	Export   exportCmd   `cmd:"" help:"The case file of a conversation: JSON, and a page to read."`
	Purge    purgeCmd    `cmd:"" help:"Delete records that need not be kept any longer; name those that must be."`
	Autonomy autonomyCmd `cmd:"" help:"How much each capability may do alone: levels, evidence, promote, demote."`
	Verify   verifyCmd   `cmd:"" help:"Check the ledger's chain."`
	Config   configCmd   `cmd:"" help:"Configuration."`
	Simulate simulateCmd `cmd:"" help:"Play simulated conversations against the real engine, and score them."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// Main runs one command and returns the process's exit code.
func Main(args []string, in io.Reader, out, errOut io.Writer, environ config.Environ) int {
	var c commands
	code := -1
	parser, err := kong.New(&c, kong.Name("parley"), kong.Description("A conversational gateway for debt resolution."),
		kong.Writers(out, errOut), kong.Exit(func(n int) { code = n }), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(errOut, err)
		return exitFailed
	}
	ctx, err := parser.Parse(args)
	if code >= 0 {
		return code // help was asked for
	}
	if err != nil {
		parser.FatalIfErrorf(err)
		return exitUnusable
	}
	err = ctx.Run(&world{in, out, errOut, environ})
	var bad unusable
	var faults config.Faults
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &bad), errors.As(err, &faults):
		fmt.Fprintln(errOut, err)
		return exitUnusable
	}
	fmt.Fprintln(errOut, "parley:", err)
	return exitFailed
}

type versionCmd struct{}

func (versionCmd) Run(w *world) error {
	_, err := fmt.Fprintln(w.out, "parley", gateway.Version)
	return err
}
