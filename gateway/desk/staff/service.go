package staff

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"go.uber.org/zap"

	"parley/dialog"
	"parley/gateway/config"
	"parley/gateway/store"
)

// Record is the part of the store this package needs.
type Record interface {
	store.Staff
	// Note appends an event to a conversation's ledger.
	Note(ctx context.Context, conversation string, e dialog.Event) error
}

// Config is what a [Service] is made of.
type Config struct {
	Record Record
	Now    func() time.Time
	NewID  func() string
	// Log hears of faults, never of names or addresses. Defaults to none.
	Log *zap.Logger
	// Secret keys what is sealed and hashed; at least 16 bytes.
	Secret []byte
	SignIn config.SignIn
	// Brand is what authenticator applications show.
	Brand string
	// AdminListen is where the desk listens.
	AdminListen string
	// Keys are the names of the API keys. Nobody is given one: both act by their names, and a key's whispers, drafts
	// and conversations would be theirs.
	Keys []string
	// Demo lets anybody sign in as anybody, with a click. It is refused where AdminListen is not this machine alone.
	Demo bool
	// Client asks the sign-on provider. Defaults to one that gives up after ten seconds.
	Client *http.Client
	// Argon2 is what passwords cost. Defaults to OWASP's least.
	Argon2 Argon2
}

// Service signs people in and out, keeps them, and says who is asking.
type Service struct {
	cfg      Config
	record   Record
	now      func() time.Time
	log      *zap.Logger
	keys     keys
	hashes   *hashes
	sessions *scs.SessionManager
	sso      *sso // nil: none
	proxies  []netip.Prefix
	live     hub
	reads    recent
	limited  recent
}

// hashesAtOnce bounds the memory of passwords being checked: 19 MiB each.
const hashesAtOnce = 4

// New makes a service. The error says what can't stand.
func New(cfg Config) (*Service, error) {
	if cfg.Demo && !Loopback(cfg.AdminListen) {
		return nil, errors.New("staff: signing in with a click is for a desk that only this machine can reach: admin_listen must be on 127.0.0.1")
	}
	k, err := newKeys(cfg.Secret)
	if err != nil {
		return nil, err
	}
	proxies, err := config.Networks(cfg.SignIn.TrustedProxies)
	if err != nil {
		return nil, fmt.Errorf("staff: trusted proxies: %w", err)
	}
	if cfg.Log == nil {
		cfg.Log = zap.NewNop()
	}
	if cfg.Argon2 == (Argon2{}) {
		cfg.Argon2 = argon2Default
	}
	if cfg.Client == nil {
		cfg.Client = &http.Client{Timeout: 10 * time.Second}
	}
	s := &Service{cfg: cfg, record: cfg.Record, now: func() time.Time { return cfg.Now().UTC() }, log: cfg.Log, keys: k, hashes: newHashes(cfg.Argon2, hashesAtOnce), proxies: proxies,
		live: hub{held: map[string]map[*held]bool{}}, reads: newRecent(readAgain), limited: newRecent(tryWindow)}
	s.sessions = s.newSessions()
	if cfg.SignIn.OIDC.Issuer != "" {
		s.sso = newSSO(cfg)
	}
	return s, nil
}

// Loopback reports whether an address to listen on is reached from this machine alone.
func Loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// secure reports whether browsers come over https.
func (s *Service) secure() bool { return strings.HasPrefix(s.cfg.SignIn.URL, "https://") }

// Run watches over sessions until ctx ends: those that sockets hang on, which another process may end, and
// those that are over.
func (s *Service) Run(ctx context.Context) {
	watch, sweep := time.NewTicker(watchEvery), time.NewTicker(sweepEvery)
	defer watch.Stop()
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-watch.C:
			s.watch(ctx)
		case <-sweep.C:
			now := s.now()
			if err := s.record.SweepStaff(ctx, now, now.Add(-tryWindow)); err != nil && ctx.Err() == nil {
				s.log.Warn("sessions that are over stay for now", zap.Error(err))
			}
		}
	}
}

const (
	watchEvery = 2 * time.Second
	sweepEvery = 10 * time.Minute
)

// recent remembers for a while that something was done.
type recent struct {
	mu   *sync.Mutex
	at   map[string]time.Time
	keep time.Duration
}

// maxRecent bounds what is remembered; past it the old go first, then all.
const maxRecent = 8192

func newRecent(keep time.Duration) recent {
	return recent{mu: &sync.Mutex{}, at: map[string]time.Time{}, keep: keep}
}

// has reports whether it was done lately.
func (r recent) has(key string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	at, ok := r.at[key]
	return ok && now.Sub(at) < r.keep && !now.Before(at)
}

// put notes that it was done.
func (r recent) put(key string, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.at) >= maxRecent {
		for k, at := range r.at {
			if now.Sub(at) >= r.keep {
				delete(r.at, k)
			}
		}
		if len(r.at) >= maxRecent {
			clear(r.at)
		}
	}
	r.at[key] = now
}

// FromConfig is what the configuration says of a [Config]; the rest is to be filled in.
func FromConfig(c config.Config) Config {
	keys, _ := c.ParsedAPIKeys() // the configuration was checked
	return Config{Secret: []byte(c.SecretKey.Reveal()), SignIn: c.SignIn, Brand: c.Brand.Name, AdminListen: c.AdminListen, Keys: KeyNames(keys)}
}

// KeyNames are the names that API keys act by.
func KeyNames(keys []config.APIKey) []string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.Name
	}
	return names
}
