package webchat

import (
	"net/netip"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// hub knows the sockets of each conversation.
type hub struct {
	mu      sync.RWMutex
	sockets map[string][]*conn
}

// join adds c unless the conversation has most sockets already.
func (h *hub) join(conversation string, c *conn, most int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.sockets[conversation]) >= most {
		return false
	}
	h.sockets[conversation] = append(h.sockets[conversation], c)
	return true
}

func (h *hub) leave(conversation string, c *conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	left := slices.DeleteFunc(h.sockets[conversation], func(o *conn) bool { return o == c })
	if len(left) == 0 {
		delete(h.sockets, conversation)
		return
	}
	h.sockets[conversation] = left
}

// each calls do, which must not block, for the conversation's sockets.
func (h *hub) each(conversation string, do func(*conn)) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, c := range h.sockets[conversation] {
		do(c)
	}
}

// freshSet remembers the handles that were given out and have no message yet.
// Without it a widget whose first message is still on its way to the record,
// and whose line breaks just then, would be given a second conversation and say
// everything twice. It is per process; another process gives a new handle.
type freshSet struct {
	mu    sync.Mutex
	until map[string]time.Time
	order []freshEntry
	ttl   time.Duration
	most  int
}

type freshEntry struct {
	handle string
	until  time.Time
}

func newFreshSet(ttl time.Duration, most int) *freshSet {
	return &freshSet{until: map[string]time.Time{}, ttl: ttl, most: most}
}

func (s *freshSet) add(handle string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := freshEntry{handle, now.Add(s.ttl)}
	s.until[handle] = e.until
	s.order = append(s.order, e)
	for len(s.order) > 0 && (s.order[0].until.Before(now) || len(s.order) > s.most) {
		old := s.order[0]
		s.order = s.order[1:]
		if s.until[old.handle].Equal(old.until) { // not renewed since
			delete(s.until, old.handle)
		}
	}
}

func (s *freshSet) has(handle string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	until, ok := s.until[handle]
	return ok && now.Before(until)
}

// ipTable holds every socket by the address it came from, and counts the
// conversations an address begins.
type ipTable struct {
	mu     sync.Mutex
	limits Limits
	peers  map[string]*peer
	count  int
}

type peer struct {
	sockets map[*conn]struct{}
	held    int // admitted, not yet added or already gone
	fresh   *rate.Limiter
}

func newIPTable(l Limits) *ipTable { return &ipTable{limits: l, peers: map[string]*peer{}} }

// peerKey takes an IPv6 address as its /64: that is what one subscriber has.
func peerKey(ip string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil || addr.Unmap().Is4() {
		return ip
	}
	prefix, err := addr.WithZone("").Prefix(64)
	if err != nil {
		return ip
	}
	return prefix.String()
}

// admit reserves a socket; it must be followed by release.
func (t *ipTable) admit(ip string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.peers[ip]
	if t.count >= t.limits.Sockets || p != nil && p.held >= t.limits.SocketsPerIP {
		return false
	}
	if p == nil {
		t.sweep(now)
		perSecond := rate.Limit(t.limits.NewPerMinute / 60)
		p = &peer{sockets: map[*conn]struct{}{}, fresh: rate.NewLimiter(perSecond, t.limits.NewBurst)}
		t.peers[ip] = p
	}
	p.held++
	t.count++
	return true
}

// sweep forgets some addresses that have no socket and begin no conversations.
func (t *ipTable) sweep(now time.Time) {
	looked := 0
	for ip, p := range t.peers {
		if p.held == 0 && p.fresh.TokensAt(now) >= float64(t.limits.NewBurst) {
			delete(t.peers, ip)
		}
		if looked++; looked >= 8 {
			return
		}
	}
}

func (t *ipTable) release(ip string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.peers[ip].held--
	t.count--
}

func (t *ipTable) add(c *conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.peers[c.ip].sockets[c] = struct{}{}
}

func (t *ipTable) remove(c *conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.peers[c.ip].sockets, c)
}

// begin takes one new conversation from the address's allowance.
func (t *ipTable) begin(ip string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.peers[ip].fresh.AllowN(now, 1)
}

func (t *ipTable) total() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.count
}

// each calls do for every socket, outside the lock.
func (t *ipTable) each(do func(*conn)) {
	t.mu.Lock()
	var all []*conn
	for _, p := range t.peers {
		for c := range p.sockets {
			all = append(all, c)
		}
	}
	t.mu.Unlock()
	for _, c := range all {
		do(c)
	}
}
