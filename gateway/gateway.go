// Package gateway is the composition root: it wires the channels, the record,
// the engine and the pages into one process, starts them in order, and stops them
// within a bound, finishing the turns in hand.
package gateway

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
	"go.uber.org/zap"

	"parley/channels"
	"parley/channels/voice"
	"parley/channels/webchat"
	"parley/dialog"
	"parley/gateway/api"
	"parley/gateway/config"
	"parley/gateway/desk"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// How many of each loop run. A turn waits on a model far longer than it computes.
const (
	turnWorkers = 16
	couriers    = 8
)

// Gateway is one process of Parley.
type Gateway struct {
	Config config.Config
	// Record is the store; it is closed by Run.
	Record store.Store
	Engine *dialog.Engine

	log      *zap.Logger
	env      dialog.Env
	owner    string
	metrics  *metrics
	channels map[string]channels.Channel
	webchat  *webchat.Adapter
	voice    *voice.Adapter // nil: there is no telephone
	workers  *workers
	courier  *courier
	intake   *intake
	autonomy *autonomy
	public   *http.ServeMux
	admin    *http.ServeMux
	// PublicAddr and AdminAddr are where it listens, once Run has called ready.
	PublicAddr, AdminAddr string
	demo                  *demoGateway
	staff                 *staff.Service
	desk                  *desk.Service
	api                   *api.API
}

// Options are what main decides beyond the configuration.
type Options struct {
	Demo bool
	Log  *zap.Logger
	// Now is the clock; nil: the real one.
	Now func() time.Time
}

// New wires a gateway over an opened record. Nothing runs yet.
func New(cfg config.Config, record store.Store, o Options) (*Gateway, error) {
	g := &Gateway{Config: cfg, Record: record, log: o.Log, public: http.NewServeMux(), admin: http.NewServeMux(), channels: map[string]channels.Channel{}}
	g.env = dialog.Env{Now: clock(cfg, o), NewID: newIDs()}
	g.owner = "w_" + g.env.NewID()
	g.metrics = newMetrics(record)
	engine, err := newEngine(cfg, record, g.env, g.log)
	if err != nil {
		return nil, err
	}
	g.Engine = engine
	g.autonomy = newAutonomy(engine.Settings.Portfolios, record, g.env.Now, g.log)
	engine.Levels = g.autonomy.level
	g.wireLoops()
	if err := g.wireDesk(o.Demo); err != nil {
		return nil, err
	}
	if err := g.wireChannels(o.Demo); err != nil {
		return nil, err
	}
	return g, g.wireHTTP(o.Demo)
}

func clock(cfg config.Config, o Options) func() time.Time {
	if o.Now != nil {
		return o.Now
	}
	return NewClock(cfg).Now
}

// must is for values the configuration check has already read once.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// newIDs makes sortable ids with 80 random bits each.
func newIDs() func() string {
	return func() string { return ulid.MustNew(ulid.Now(), rand.Reader).String() }
}

func (g *Gateway) wireLoops() {
	work, outgoing := newBell(turnWorkers), newBell(couriers)
	g.workers = &workers{record: g.Record, engine: g.Engine, channels: g.channels, env: g.env, owner: g.owner, log: g.log,
		metrics: g.metrics, work: work, outgoing: outgoing, changed: g.changed}
	g.courier = &courier{record: g.Record, settings: g.Engine.Settings, channels: g.channels, now: g.env.Now, owner: g.owner, log: g.log,
		metrics: g.metrics, outgoing: outgoing, work: work, settled: g.visible}
	g.intake = &intake{record: g.Record, now: g.env.Now, newID: g.env.NewID,
		confirmed: func(conversation string) { work.ring(); g.visible(conversation) }, // what was heard is work, too
		stored:    func(conversation string) { work.ring(); g.visible(conversation) }}
}

// visible tells whoever watches a conversation that its feed has grown.
func (g *Gateway) visible(conversation string) {
	g.webchat.Wake(conversation)
	g.desk.Feed.Ring()
}

// changed tells them who has control now.
func (g *Gateway) changed(c dialog.Conversation) {
	g.desk.Feed.Ring()
	if c.Channel == "webchat" {
		g.webchat.Control(c.ID, string(c.Control))
	}
}

// acted follows an action from outside a turn.
func (g *Gateway) acted(c dialog.Conversation) {
	g.courier.outgoing.ring()
	g.changed(c)
	g.visible(c.ID)
}

// Run serves until ctx ends or a listener fails, then stops in order: no new requests, turns
// in hand finished, record closed. That takes at most about half a minute. ready is called once it listens.
func (g *Gateway) Run(ctx context.Context, ready func()) error {
	if err := g.autonomy.follow(ctx); err != nil {
		return err // what was taken back must not run for a moment
	}
	public, err := net.Listen("tcp", g.Config.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	admin, err := net.Listen("tcp", g.Config.AdminListen)
	if err != nil {
		return errors.Join(fmt.Errorf("admin_listen: %w", err), public.Close())
	}
	g.PublicAddr, g.AdminAddr = public.Addr().String(), admin.Addr().String()
	if g.demo != nil {
		g.demo.listening(g.PublicAddr)
	}
	return g.serve(ctx, public, admin, ready)
}

// serve runs everything until ctx ends or a listener fails; either stops it all.
func (g *Gateway) serve(ctx context.Context, public, admin net.Listener, ready func()) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	drain, drained := context.WithCancel(context.WithoutCancel(ctx))
	defer drained()
	var loops sync.WaitGroup
	loop := func(run func()) { loops.Go(run) }
	for range turnWorkers {
		loop(func() { g.workers.run(ctx, drain) })
	}
	for range couriers {
		loop(func() { g.courier.run(ctx, drain) })
	}
	loop(func() { g.courier.reconcile(ctx) })
	loop(func() { g.autonomy.run(ctx) })
	loop(func() { g.staff.Run(ctx) })
	loop(func() { g.desk.Run(ctx) })

	servers := []*http.Server{server(g.handler(g.public), g.log), server(g.adminHandler(), g.log)}
	failed := make(chan error, len(servers))
	for i, l := range []net.Listener{public, admin} {
		go func() { failed <- servers[i].Serve(l) }()
	}
	if g.demo != nil {
		loop(func() { g.demo.run(ctx) })
	}
	ready()
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	cancel()
	return errors.Join(err, g.stop(servers, &loops, drained))
}

// stop ends in order and within a bound.
func (g *Gateway) stop(servers []*http.Server, loops *sync.WaitGroup, drained context.CancelFunc) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	var errs []error
	errs = append(errs, g.webchat.Shutdown(ctx), g.api.Shutdown(ctx))
	if g.voice != nil {
		errs = append(errs, g.voice.Shutdown(ctx))
	}
	for _, s := range servers {
		errs = append(errs, s.Shutdown(ctx))
	}
	done := make(chan struct{})
	go func() { loops.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
		g.log.Warn("turns in hand did not finish in time; their leases will run out")
		drained()
		<-done
	}
	return errors.Join(append(errs, g.Record.Close())...)
}

func server(h http.Handler, log *zap.Logger) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10, ErrorLog: zap.NewStdLog(log.Named("http")),
	}
}
