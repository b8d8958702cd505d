package live

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// Local is [Live] for one process. Its zero value is not usable; see [NewLocal].
type Local struct {
	mu      sync.Mutex
	next    int
	heard   map[int]func(Notice)
	sockets map[string]*socket
}

type socket struct {
	name, viewing, typing string
	typed                 time.Time
}

var _ Live = (*Local)(nil)

// NewLocal makes one in which nobody is there.
func NewLocal() *Local { return &Local{heard: map[int]func(Notice){}, sockets: map[string]*socket{}} }

// Publish implements [Bus].
func (l *Local) Publish(n Notice) {
	l.mu.Lock()
	all := make([]func(Notice), 0, len(l.heard))
	for _, f := range l.heard {
		all = append(all, f)
	}
	l.mu.Unlock()
	for _, f := range all {
		f(n)
	}
}

// Subscribe implements [Bus].
func (l *Local) Subscribe(f func(Notice)) (stop func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	id := l.next
	l.next++
	l.heard[id] = f
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.heard, id)
	}
}

// Enter implements [Presence].
func (l *Local) Enter(id, name string) {
	l.mu.Lock()
	l.sockets[id] = &socket{name: name}
	l.mu.Unlock()
	l.Publish(Notice{Kind: KindPresence, From: name})
}

// Leave implements [Presence].
func (l *Local) Leave(id string) {
	l.mu.Lock()
	s, ok := l.sockets[id]
	delete(l.sockets, id)
	l.mu.Unlock()
	if !ok {
		return
	}
	if s.viewing != "" {
		l.Publish(Notice{Kind: KindViewing, Conversation: s.viewing, From: s.name})
	}
	l.Publish(Notice{Kind: KindPresence, From: s.name})
}

// View implements [Presence].
func (l *Local) View(id, conversation string) {
	l.mu.Lock()
	s, ok := l.sockets[id]
	if !ok || s.viewing == conversation {
		l.mu.Unlock()
		return
	}
	left, name := s.viewing, s.name
	s.viewing = conversation
	l.mu.Unlock()
	for _, c := range []string{left, conversation} {
		if c != "" {
			l.Publish(Notice{Kind: KindViewing, Conversation: c, From: name})
		}
	}
}

// Type implements [Presence].
func (l *Local) Type(id, conversation string, at time.Time) {
	l.mu.Lock()
	s, ok := l.sockets[id]
	if !ok {
		l.mu.Unlock()
		return
	}
	name := s.name
	s.typing, s.typed = conversation, at
	l.mu.Unlock()
	l.Publish(Notice{Kind: KindViewing, Conversation: conversation, From: name})
}

// There implements [Presence].
func (l *Local) There(now time.Time) []Seen {
	l.mu.Lock()
	defer l.mu.Unlock()
	people := map[string]*Seen{}
	for _, s := range l.sockets {
		p, ok := people[s.name]
		if !ok {
			p = &Seen{Name: s.name}
			people[s.name] = p
		}
		if s.viewing != "" && !slices.Contains(p.Viewing, s.viewing) {
			p.Viewing = append(p.Viewing, s.viewing)
		}
		if s.typing != "" && now.Sub(s.typed) < TypingFor && !slices.Contains(p.Typing, s.typing) {
			p.Typing = append(p.Typing, s.typing)
		}
	}
	all := make([]Seen, 0, len(people))
	for _, p := range people {
		slices.Sort(p.Viewing)
		slices.Sort(p.Typing)
		all = append(all, *p)
	}
	slices.SortFunc(all, func(a, b Seen) int { return strings.Compare(a.Name, b.Name) })
	return all
}
