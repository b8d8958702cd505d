package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/live"
	"parley/gateway/store"
)

// The statuses somebody may choose. None is ever chosen for them but offline, when they sign out or their session ends.
const (
	StatusAvailable = "available" // takes new hand-offs
	StatusBusy      = "busy"      // is there, and takes none
	StatusAway      = "away"
	StatusOffline   = "offline"
)

// Statuses are all of them.
var Statuses = []string{StatusAvailable, StatusBusy, StatusAway, StatusOffline}

// keyLease is how long somebody who acts by a key is taken to be there after they last did: they have no socket to tell.
const keyLease = 30 * time.Minute

// person is somebody of the desk as they are now.
type person struct {
	staff.Actor
	Capacity int
	Disabled bool
	// Key: they act by an API key.
	Key      bool
	Status   string
	Viewing  []string
	LastSeen time.Time // or acted
	Socket   bool
	// Load counts the hand-offs they hold or are offered; Since is when they took the oldest they hold.
	Load  int
	Since time.Time
}

// online: a socket is open, or was until a moment ago.
func (p person) online(lease time.Duration, now time.Time) bool {
	if p.Key {
		lease = keyLease
	}
	return p.Socket || !p.LastSeen.IsZero() && now.Sub(p.LastSeen) < lease
}

// gone: nothing was heard of them for so long that what they hold is given to others. Nobody is gone before
// the desk has been there long enough for them to come back.
func (p person) gone(lease time.Duration, started, now time.Time) bool {
	last := p.LastSeen
	if started.After(last) {
		last = started
	}
	if p.Key {
		lease = keyLease
	}
	return p.Disabled || !p.Socket && now.Sub(last) >= lease
}

// works: they may be given a conversation at all.
func (p person) works() bool {
	return !p.Disabled && p.May(staff.HandoffClaim) && p.May(staff.ConversationReply)
}

// roster is the desk's people as they were last looked at, for those who must not wait.
type roster struct {
	now atomic.Pointer[map[string]person]
}

// people reads who there is.
func (s *Service) people(ctx context.Context) (map[string]person, error) {
	members, err := s.Record.StaffList(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.Record.People(ctx)
	if err != nil {
		return nil, err
	}
	held, err := s.Record.Held(ctx)
	if err != nil {
		return nil, err
	}
	all := map[string]person{}
	capacity := s.Engine.Settings.Desk.WithDefaults().Capacity
	for _, k := range s.Keys {
		all[k.Name] = person{Actor: staff.Actor{Name: k.Name, Display: k.Name, Role: staff.Role(k.Role)}, Capacity: capacity, Key: true}
	}
	for _, m := range members {
		p := person{Actor: staff.Actor{Name: m.Name, Display: cmp.Or(m.Display, m.Name), Role: staff.Role(m.Role), Portfolios: m.Portfolios,
			Skills: m.Skills, Languages: m.Languages}, Capacity: cmp.Or(m.Capacity, capacity), Disabled: m.Disabled}
		all[m.Name] = p
	}
	present(all, rows, s.Live.There(s.now()))
	loads(all, held)
	s.roster.now.Store(&all)
	return all, nil
}

func present(all map[string]person, rows []store.Presence, there []live.Seen) {
	for _, row := range rows {
		p, ok := all[row.Name]
		if !ok {
			continue // a key or a member that is no more
		}
		p.Status, p.LastSeen = row.Status, row.LastSeen
		if row.LastAct.After(p.LastSeen) {
			p.LastSeen = row.LastAct
		}
		all[row.Name] = p
	}
	for _, seen := range there {
		if p, ok := all[seen.Name]; ok {
			p.Socket, p.Viewing = true, seen.Viewing
			all[seen.Name] = p
		}
	}
	for name, p := range all {
		p.Status = cmp.Or(p.Status, StatusOffline)
		all[name] = p
	}
}

func loads(all map[string]person, held []dialog.Handoff) {
	for _, h := range held {
		names := []string{h.Holder}
		if h.Reserved != nil && h.Reserved.To != h.Holder {
			names = append(names, h.Reserved.To)
		}
		for _, name := range names {
			p, ok := all[name]
			if !ok {
				continue
			}
			p.Load++
			if name == h.Holder && (p.Since.IsZero() || h.ClaimedAt.Before(p.Since)) {
				p.Since = h.ClaimedAt
			}
			all[name] = p
		}
	}
}

func (s *Service) lease() time.Duration { return s.Engine.Settings.Desk.WithDefaults().Lease }

// Called is how somebody of the desk is called to debtors; [dialog.Engine.Called] is this.
func (s *Service) Called(name string) string {
	if all := s.roster.now.Load(); all != nil {
		return cmp.Or((*all)[name].Display, name)
	}
	return name
}

// Eligible says why somebody may not be given a hand-off by somebody else, "" where they may. It goes by how things were
// last seen, and never waits; [dialog.Engine.Eligible] is this.
func (s *Service) Eligible(name string, h dialog.Handoff) string {
	all := s.roster.now.Load()
	if all == nil {
		return ""
	}
	p, ok := (*all)[name]
	switch {
	case !ok:
		return "nobody of that name works here"
	case p.Disabled:
		return "they no longer work here"
	case !p.works():
		return "their role may not reply to people"
	case !p.Covers(h.Portfolio):
		return "they don't work for this portfolio"
	case !p.online(s.lease(), s.now()):
		return "they are offline"
	case !p.Key && p.Status == StatusOffline:
		return "they are offline"
	}
	return ""
}

// AgentsOnline counts who may take a hand-off now. Where nobody but keys works here there is no telling,
// and somebody is taken to be there.
func (s *Service) AgentsOnline() int {
	all := s.roster.now.Load()
	if all == nil {
		return 1
	}
	n, members := 0, false
	for _, p := range *all {
		members = members || !p.Key
		if p.works() && p.online(s.lease(), s.now()) && (p.Status == StatusAvailable || p.Key) {
			n++
		}
	}
	if !members {
		return max(n, 1)
	}
	return n
}

// agents are the desk's people as the router sees them.
func (s *Service) agents(all map[string]person) []dialog.Agent {
	out := make([]dialog.Agent, 0, len(all))
	for _, p := range all {
		if p.Disabled {
			continue
		}
		out = append(out, dialog.Agent{Name: p.Name, Skills: p.Skills, Languages: p.Languages, Portfolios: p.Portfolios, Load: p.Load, Capacity: p.Capacity,
			Available: p.Status == StatusAvailable && p.online(s.lease(), s.now()), MayReply: p.works()})
	}
	slices.SortFunc(out, func(a, b dialog.Agent) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// display is what colleagues call somebody.
func (s *Service) display(name string) string {
	if all := s.roster.now.Load(); all != nil && name != "" {
		if p, ok := (*all)[name]; ok {
			return p.Display
		}
	}
	return name
}
