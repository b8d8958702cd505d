package cli

import (
	"context"
	"fmt"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"parley/dialog"
	"parley/gateway"
	"parley/gateway/config"
	"parley/gateway/demo"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
	"parley/gateway/store/sqlstore"
)

type serveCmd struct {
	Config      string `help:"Configuration file." placeholder:"FILE" env:"PARLEY_CONFIG"`
	Demo        bool   `help:"Seed invented accounts and stand in for whatever is not configured."`
	PrintConfig bool   `help:"Print the demonstration's configuration and stop."`
}

// Run serves until it is told to stop.
func (c serveCmd) Run(w *world) error {
	if c.PrintConfig {
		_, err := w.out.Write(demo.Config)
		return err
	}
	cfg, err := c.load(w.environ)
	if err != nil {
		return err
	}
	log, err := newLog(cfg.LogLevel, w)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	clock := gateway.NewClock(cfg)
	record, err := openRecordAt(ctx, cfg.DatabaseURL, clock.Now)
	if err != nil {
		return err
	}
	last, err := record.LastEvent(ctx)
	if err != nil {
		return err
	}
	clock.Resume(last)
	g, err := gateway.New(cfg, record, gateway.Options{Demo: c.Demo, Log: log, Now: clock.Now})
	if err != nil {
		return err
	}
	if c.Demo {
		if err := g.Seed(ctx); err != nil {
			return err
		}
	}
	return g.Run(ctx, func() { announce(w, g, c.Demo) })
}

func (c serveCmd) load(environ config.Environ) (config.Config, error) {
	base := config.Default()
	if c.Demo {
		var err error
		if base, err = gateway.DemoConfig(); err != nil {
			return base, err
		}
	}
	cfg, err := config.Load(base, c.Config, environ, c.Demo)
	if err != nil || !c.Demo {
		return cfg, err
	}
	return gateway.FillDemo(cfg)
}

// openRecord opens the database the URL names.
func openRecord(ctx context.Context, url string) (store.Store, error) {
	return openRecordAt(ctx, url, time.Now)
}

// openRecordAt opens it under a clock of the caller's.
func openRecordAt(ctx context.Context, url string, now func() time.Time) (store.Store, error) {
	opt := sqlstore.Options{Now: now, Zone: consumerZone}
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		return sqlite.Open(ctx, path, sqlite.Options{Options: opt})
	}
	return nil, unusable{fmt.Errorf("database_url: this build keeps its record in sqlite:FILE")}
}

// consumerZone is where the person's days begin: the first of the zones they may
// be in, nil where none is known.
func consumerZone(c dialog.Conversation, accounts []dialog.Account) *time.Location {
	for _, name := range dialog.Zones(dialog.Snapshot{Conversation: c, Accounts: accounts}) {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
	}
	return nil
}

func announce(w *world, g *gateway.Gateway, isDemo bool) {
	fmt.Fprintf(w.out, "Parley listens on http://%s (public) and http://%s (desk, API, metrics)\n", local(g.PublicAddr), local(g.AdminAddr))
	if isDemo {
		fmt.Fprintf(w.out, "\n  Demonstration with invented people:\n    http://%[1]s/demo   a telephone, a web chat, and every step of a turn\n    http://%[1]s/chat   the web chat alone\n    http://%[2]s/desk   the desk of the people who take over\n\n",
			local(g.PublicAddr), local(g.AdminAddr))
	}
}

func local(addr string) string {
	if rest, ok := strings.CutPrefix(addr, "[::]:"); ok {
		return "localhost:" + rest
	}
	return addr
}

func newLog(level string, w *world) (*zap.Logger, error) {
	l, err := zapcore.ParseLevel(level)
	if err != nil {
		return nil, unusable{err}
	}
	enc := zap.NewProductionEncoderConfig()
	enc.EncodeTime = zapcore.ISO8601TimeEncoder
	return zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(enc), zapcore.AddSync(w.err), l)), nil
}
