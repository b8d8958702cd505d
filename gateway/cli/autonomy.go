package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"parley/dialog"
	"parley/gateway"
	"parley/gateway/config"
	"parley/gateway/store"
)

type autonomyCmd struct {
	Show    autonomyShow    `cmd:"" default:"withargs" help:"Levels, and the evidence for them."`
	Promote autonomyPromote `cmd:"" help:"Let a capability do more alone, if the evidence carries it."`
	Demote  autonomyDemote  `cmd:"" help:"Let a capability do less alone."`
}

// autonomyRecord is which configuration and record are meant.
type autonomyRecord struct {
	Config string `help:"Configuration file." placeholder:"FILE" env:"PARLEY_CONFIG"`
	Demo   bool   `help:"Use the demonstration's configuration."`
}

// read opens the record and reads what it shows; close it after use.
func (c autonomyRecord) read(ctx context.Context, w *world) (config.Config, store.Store, []gateway.Autonomy, error) {
	cfg, err := serveCmd{Config: c.Config, Demo: c.Demo}.load(w.environ)
	if err != nil {
		return cfg, nil, nil, err
	}
	record, err := openExisting(ctx, cfg.DatabaseURL)
	if err != nil {
		return cfg, nil, nil, err
	}
	all, err := gateway.ReadAutonomy(ctx, cfg, record)
	if err != nil {
		return cfg, nil, nil, errors.Join(err, record.Close())
	}
	return cfg, record, all, nil
}

type autonomyShow struct{ autonomyRecord }

// Help says how to read the table.
func (autonomyShow) Help() string {
	return fmt.Sprintf(`A conversation counts for a capability the bot used in it. "last" are the latest %d of which
something can be said, "bound" is the Wilson 95%% lower bound of those that ended well; a level may
rise when it is at least %.2f over %d, and a running gateway takes auto back to approve when it is
below that. "open" waits for a decision, or never had one.`, dialog.AutonomyWindow, dialog.AutonomyFloor, dialog.AutonomyWindow)
}

// Run prints the table.
func (c autonomyShow) Run(w *world) error {
	_, record, all, err := c.read(context.Background(), w)
	if err != nil {
		return err
	}
	defer record.Close()
	t := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "PORTFOLIO\tCAPABILITY\tLEVEL\tCONFIGURED\tLAST\tBOUND\tALL\tBOUND\tOPEN\tEVIDENCE")
	for _, a := range all {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%d/%d\t%.4f\t%d/%d\t%.4f\t%d\t%s\n", a.Portfolio, a.Capability, a.Level, a.Configured,
			a.Last.Well, a.Last.Of, a.Last.Bound(), a.All.Well, a.All.Of, a.All.Bound(), a.Open, verdict(a))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, a := range all {
		if o := a.Override; o.Version > 0 {
			fmt.Fprintf(w.out, "\n%s %s: %s in place of %s, by %s at %s: %s\n", a.Portfolio, a.Capability, o.Level, o.Configured, o.By, o.At.Format(time.RFC3339), o.Reason)
		}
		if len(a.Against) > 0 {
			fmt.Fprintf(w.out, "\n%s %s, what spoke against it: %s\n", a.Portfolio, a.Capability, counts(a.Against))
		}
	}
	return nil
}

func verdict(a gateway.Autonomy) string {
	switch {
	case a.Last.Of < dialog.AutonomyWindow:
		return fmt.Sprintf("%d more needed", dialog.AutonomyWindow-a.Last.Of)
	case !a.Carried():
		return "too low"
	}
	return "carried"
}

// counts are the most frequent first.
func counts(m map[string]int) string {
	names := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return strings.Compare(a, b)
	})
	for i, n := range names {
		names[i] = fmt.Sprintf("%s %d", n, m[n])
	}
	return strings.Join(names, ", ")
}

// autonomyChange is what both ways have in common.
type autonomyChange struct {
	autonomyRecord
	Portfolio  string `arg:"" help:"The portfolio."`
	Capability string `arg:"" help:"The capability, such as payment_plan."`
	To         string `required:"" enum:"off,draft,approve,auto" help:"The level it shall have: off, draft (a human sends), approve (a human approves) or auto."`
	By         string `required:"" placeholder:"NAME" help:"Who decides; recorded."`
	Reason     string `required:"" placeholder:"TEXT" help:"Why; recorded."`
}

func (c autonomyChange) run(w *world, set func(gateway.Autonomy, context.Context, store.Autonomy, gateway.Decision, time.Time) error) error {
	ctx := context.Background()
	cfg, record, all, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer record.Close()
	i := slices.IndexFunc(all, func(a gateway.Autonomy) bool { return a.Portfolio == c.Portfolio && a.Capability == c.Capability })
	if i < 0 {
		return unusable{fmt.Errorf("there is no capability %q in a portfolio %q", c.Capability, c.Portfolio)}
	}
	d := gateway.Decision{To: dialog.Level(c.To), By: c.By, Reason: c.Reason}
	if err := set(all[i], ctx, record, d, gateway.NewClock(cfg).Now()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "%s of %s: %s → %s. Running gateways follow within 30 seconds.\n", c.Capability, c.Portfolio, all[i].Level, c.To)
	return err
}

type autonomyPromote struct{ autonomyChange }

// Run raises a level.
func (c autonomyPromote) Run(w *world) error { return c.run(w, gateway.Autonomy.Promote) }

type autonomyDemote struct{ autonomyChange }

// Run lowers a level.
func (c autonomyDemote) Run(w *world) error { return c.run(w, gateway.Autonomy.Demote) }
