package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"go.uber.org/zap"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/live"
)

// EventStatus is the ledger's word on the status somebody chose.
const EventStatus = "agent.status"

// Me is who asks.
type Me struct {
	Name        string   `json:"name"`
	Display     string   `json:"display"`
	Role        string   `json:"role"`
	Status      string   `json:"status" enum:"available,busy,away,offline"`
	Capacity    int      `json:"capacity" doc:"how many conversations they have at once"`
	Load        int      `json:"load" doc:"how many they hold or are offered"`
	Portfolios  []string `json:"portfolios" doc:"none: all"`
	Permissions []string `json:"permissions"`
}

// Agent is somebody of the desk.
type Agent struct {
	Name           string  `json:"name"`
	Display        string  `json:"display"`
	Role           string  `json:"role"`
	Status         string  `json:"status"`
	Online         bool    `json:"online"`
	Load           int     `json:"load"`
	Capacity       int     `json:"capacity"`
	Viewing        *string `json:"viewing" doc:"the conversation they look at, for those who may watch the team"`
	LongestMinutes int     `json:"longest_minutes" doc:"for how long they have had the one they have had longest"`
	MayTake        bool    `json:"may_take" doc:"a conversation can be given to them now"`
}

// Me says who asks, and how the desk sees them.
func (s *Service) Me(ctx context.Context) (Me, error) {
	a, ok := staff.From(ctx)
	if !ok {
		return Me{}, staff.ErrNobody
	}
	all, err := s.people(ctx)
	if err != nil {
		return Me{}, err
	}
	p := all[a.Name]
	me := Me{Name: a.Name, Display: cmp.Or(a.Display, a.Name), Role: string(a.Role), Status: cmp.Or(p.Status, StatusOffline), Capacity: p.Capacity, Load: p.Load,
		Portfolios: append([]string{}, a.Portfolios...), Permissions: []string{}}
	for _, perm := range a.Role.Permissions() {
		me.Permissions = append(me.Permissions, string(perm))
	}
	return me, nil
}

// SetStatus chooses the asker's status.
func (s *Service) SetStatus(ctx context.Context, status string) (Me, error) {
	a, err := staff.Demand(ctx, staff.HandoffClaim)
	if err != nil {
		return Me{}, err
	}
	if !slices.Contains(Statuses, status) {
		return Me{}, &staff.Invalid{Field: "status", What: "must be one of " + strings.Join(Statuses, ", ")}
	}
	if err := s.setStatus(ctx, a.Name, a.Who(), status); err != nil {
		return Me{}, err
	}
	s.Acted(ctx, a)
	s.Live.Publish(live.Notice{Kind: live.KindPresence, From: a.Name})
	return s.Me(ctx)
}

// SessionOver is for when a session has ended under a socket: where it was somebody's last, they are offline. It is the one
// time a status is set for them.
func (s *Service) SessionOver(ctx context.Context, name, socket string) {
	s.Live.Leave(socket)
	if slices.ContainsFunc(s.Live.There(s.now()), func(p live.Seen) bool { return p.Name == name }) {
		return
	}
	if err := s.setStatus(ctx, name, "service", StatusOffline); err != nil {
		s.Log.Warn("somebody's status can't be set", zap.Error(err))
	}
}

func (s *Service) setStatus(ctx context.Context, name, who, status string) error {
	return s.Record.SetStatus(ctx, name, status, dialog.Event{Type: EventStatus, At: s.now(), Who: who, Body: map[string]string{"agent": name, "to": status}})
}

// Agents lists who works here, for transfers and for the team's picture.
func (s *Service) Agents(ctx context.Context) ([]Agent, error) {
	a, err := staff.Demand(ctx, staff.QueueRead)
	if err != nil {
		return nil, err
	}
	all, err := s.people(ctx)
	if err != nil {
		return nil, err
	}
	return s.agentList(all, a.May(staff.Monitor)), nil
}

func (s *Service) agentList(all map[string]person, watching bool) []Agent {
	now := s.now()
	out := []Agent{}
	for _, p := range all {
		if p.Disabled || p.Key && !p.works() {
			continue
		}
		x := Agent{Name: p.Name, Display: p.Display, Role: string(p.Role), Status: p.Status, Online: p.online(s.lease(), now), Load: p.Load, Capacity: p.Capacity,
			MayTake: s.Eligible(p.Name, dialog.Handoff{}) == ""}
		if watching && len(p.Viewing) > 0 {
			x.Viewing = some(p.Viewing[0])
		}
		if !p.Since.IsZero() {
			x.LongestMinutes = int(now.Sub(p.Since).Minutes())
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(x, y Agent) int { return strings.Compare(x.Name, y.Name) })
	return out
}

// Looking is who looks at a conversation, and who types in it.
func (s *Service) Looking(conversation string) (who, typing []string) {
	there := s.Live.There(s.now())
	typing = []string{}
	for _, p := range there {
		if slices.Contains(p.Typing, conversation) {
			typing = append(typing, p.Name)
		}
	}
	return viewers(there, conversation), typing
}
